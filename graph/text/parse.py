"""The language model: the only file that imports spaCy.

Any pipeline with the label scheme of `en_core_web_*` will do; the one that ships is in `data/model`.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from graph.errors import ModelError
from graph.resources import data_path
from graph.text.clean import Cleaned

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

# What the rules lean on; a pipeline without one of these would silently read nothing.
NEEDED = {
    "parser": frozenset(
        "nsubj nsubjpass dobj agent prep pobj xcomp ccomp advcl relcl acl conj appos attr acomp aux neg poss "
        "prt".split()
    ),
    "tagger": frozenset("NN NNP NNS VB VBD VBG VBN VBZ MD PRP IN TO".split()),
    "ner": frozenset("PERSON ORG GPE LOC NORP DATE".split()),
}
BATCH_CHARACTERS = 200_000


def load(model: str = "") -> Language:
    """Load the pipeline `model` (a package's name or a folder; empty for the one that ships).

    Sets NumPy's own matrix products and one BLAS thread, which nearly doubles the speed on one core.
    Raises ModelError if it is not installed or has another label scheme.
    """
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
        os.environ.setdefault(name, "1")
    import spacy
    from thinc.api import NumpyOps, set_current_ops

    set_current_ops(NumpyOps(use_blis=False))
    try:
        nlp = spacy.load(model or data_path("model"))
    except (OSError, ValueError, ImportError) as error:
        raise ModelError(
            f"The language model {model!r} cannot be loaded; install it as a package, name a folder "
            "that holds a spaCy 3.8 pipeline, or leave NEWSGRAPH_MODEL empty for the one that ships."
        ) from error
    check(nlp)
    return nlp


def check(nlp: Language) -> None:
    """Raise ModelError, naming what is missing, if `nlp` lacks labels that the rules need."""
    for pipe, labels in NEEDED.items():
        have = frozenset(nlp.get_pipe(pipe).labels) if nlp.has_pipe(pipe) else frozenset()  # type: ignore[attr-defined]
        missing = sorted(labels - have)
        if missing:
            raise ModelError(
                f"The language model {nlp.meta.get('name')!r} has no {pipe} labels {', '.join(missing)}; "
                "use a pipeline with the label scheme of en_core_web_sm."
            )


def model_name(nlp: Language) -> str:
    """Return name and version, as they are kept with what was read (`newsgraph_sm 1.0.0`)."""
    return f"{nlp.meta['name']} {nlp.meta['version']}"


def parse(nlp: Language, texts: Iterable[Cleaned]) -> Iterator[Doc]:
    """Parse in batches, in order; each paragraph starts a sentence."""
    yield from nlp.pipe((_make_doc(nlp, cleaned) for cleaned in texts), batch_size=16)


def _make_doc(nlp: Language, cleaned: Cleaned) -> Doc:
    nlp.max_length = max(nlp.max_length, len(cleaned.text) + 1)
    doc = nlp.make_doc(cleaned.text)
    starts = set(cleaned.blocks)
    for token in doc:
        if token.idx in starts:
            token.is_sent_start = True
    return doc
