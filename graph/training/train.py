"""Two trainings, each in two rounds: tagger and parser on a shared tok2vec, and entities on one of their own.

The same as `spacy train`, but on NumPy's own matrix products, nearly twice as fast on one core.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from spacy import util
from spacy.training.initialize import init_nlp
from spacy.training.loop import train as spacy_train
from thinc.api import NumpyOps, set_current_ops

BEST = "model-best"  # the folder that spaCy keeps the best state in
EVALUATE_EVERY = 1000  # steps; a shorter trial is measured at its end
WARM_UP = 250  # steps until the learning rate is reached; a shorter trial takes a tenth of its own


@dataclass(frozen=True, slots=True)
class Round:
    """One round of a training; all that its configuration leaves open."""

    config: str  # file beside this one
    steps: int  # batches of about 1,500 words
    rate: float  # learning rate after the warm-up; it falls to nothing over the steps
    seed: int = 0


# The second rounds go on from the first, over the text in another order and at half the rate. The seed of
# syntax2 stands in config.cfg of the pipeline that ships; that of ner2 is not kept, and taken to be equal.
ROUNDS = {
    "syntax": Round("syntax.cfg", steps=9000, rate=0.002),
    "ner": Round("ner.cfg", steps=8000, rate=0.002),
    "syntax2": Round("syntax.cfg", steps=7000, rate=0.001, seed=7),
    "ner2": Round("ner.cfg", steps=6000, rate=0.001, seed=7),
}


def train(documents: Path, out: Path, this: Round, *, start: Path | None = None) -> None:
    """Train on `documents`/train.spacy; the state that does best on dev.spacy is left in `out`/model-best.

    `start` is the training to go on from.
    """
    set_current_ops(NumpyOps(use_blis=False))
    config = util.load_config(
        Path(__file__).with_name(this.config), overrides=_overrides(documents, this), interpolate=False
    )
    if start:
        config["components"] = {name: {"source": str(start / BEST)} for name in config["components"]}
    spacy_train(init_nlp(config), out, stdout=sys.stderr, stderr=sys.stderr)


def _overrides(documents: Path, this: Round) -> dict[str, Any]:
    return {
        "paths.train": str(documents / "train.spacy"),
        "paths.dev": str(documents / "dev.spacy"),
        "system.seed": this.seed,
        "training.max_steps": this.steps,
        "training.eval_frequency": min(EVALUATE_EVERY, this.steps),
        "training.optimizer.learn_rate.warmup_steps": min(WARM_UP, max(1, this.steps // 10)),
        "training.optimizer.learn_rate.initial_rate": this.rate,
    }
