"""The figures of an evaluation: what they are called, what is wanted of them, and how they are kept."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

Figures = dict[str, float]  # key of FIGURES -> value


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure: the set it is of, its name there, how it is written, and its target with a sign, if any."""

    of: str
    name: str
    form: str = ".3f"
    at_least: float | None = None
    at_most: float | None = None

    @property
    def target(self) -> str:
        """The target as it is shown, empty if there is none."""
        least = "" if self.at_least is None else f">= {self.at_least:{self.form}}"
        return least if self.at_most is None else f"<= {self.at_most:{self.form}}"

    def met(self, value: float) -> bool | None:
        """Whether a value is what is wanted, or None if nothing is."""
        if self.at_least is not None:
            return value >= self.at_least
        return None if self.at_most is None else value <= self.at_most


SHEET: Mapping[str, Figure] = {
    "precision": Figure("", "triple precision", at_least=0.88),
    "typed_apart": Figure("", "the same, types aside"),
    "marked": Figure("", "statements with a mark", ".0f"),
    "new": Figure("", "new, without a mark", ".0f"),
    "vanished_right": Figure("", "vanished, were right", ".0f"),
    "vanished_wrong": Figure("", "vanished, were wrong", ".0f"),
    "per_long_sentence": Figure("", "statements a sentence of 20+ words", ".2f", at_least=4),
    "silent": Figure("", "such sentences without a statement", ".3f"),
    "calibration": Figure("", "mean error of the confidence"),
    "offsets": Figure("", "exact offsets", ".4f", at_least=1),
}

FIGURES: Mapping[str, Figure] = {
    "carb.f1": Figure("CaRB", "F1", at_least=0.55),
    "carb.precision": Figure("CaRB", "precision"),
    "carb.recall": Figure("CaRB", "recall"),
    "benchie.f1": Figure("BenchIE", "F1", at_least=0.48),
    "benchie.precision": Figure("BenchIE", "precision", at_least=0.52),
    "benchie.recall": Figure("BenchIE", "recall"),
    "wikinews.ua_f1": Figure("Wikinews", "argument F1", at_least=0.72),
    "wikinews.pair_precision": Figure("Wikinews", "pair precision", at_least=0.80),
    "wikinews.core_recall": Figure("Wikinews", "core recall", at_least=0.76),
    "wikipedia.ua_f1": Figure("Wikipedia", "argument F1"),
    "wikipedia.pair_precision": Figure("Wikipedia", "pair precision"),
    "wikipedia.core_recall": Figure("Wikipedia", "core recall"),
    "plover.tight": Figure("PLOVER", "tight recall", at_least=0.70),
    "plover.per_sentence": Figure("PLOVER", "extractions per sentence", ".2f", at_most=5),
    "gum.mention_f1": Figure("GUM news", "mention F1, all"),
    "gum.mention_precision": Figure("GUM news", "mention precision"),
    "gum.name_recall": Figure("GUM news", "recall of named mentions"),
    "gum.conll_f1": Figure("GUM news", "coreference F1 (CoNLL)"),
    "gum.muc_f1": Figure("GUM news", "coreference F1 (MUC)"),
    "gum.b3_f1": Figure("GUM news", "coreference F1 (B3)"),
    "gum.ceafe_f1": Figure("GUM news", "coreference F1 (CEAFe)"),
    "gum.link_precision": Figure("GUM news", "linking precision"),
    "gum.link_recall": Figure("GUM news", "linking recall"),
    "gum.link_f1": Figure("GUM news", "linking F1"),
    **{f"marks.{key}": replace(one, of="marked sheet") for key, one in SHEET.items()},
    **{f"more.{key}": replace(one, of="third sheet") for key, one in SHEET.items()},
    **{f"fifth.{key}": replace(one, of="fifth sheet") for key, one in SHEET.items()},
    **{f"held.{key}": replace(one, of="held-out sheet") for key, one in SHEET.items()},
    **{f"fresh.{key}": replace(one, of="fourth sheet") for key, one in SHEET.items()},
    "golden.precision": Figure("golden articles", "precision"),
    "golden.recall": Figure("golden articles", "recall"),
    "golden.unknown": Figure("golden articles", "not yet judged", ".0f"),
    "speed.words": Figure("speed", "words a second, whole pipeline", ",.0f"),
    "speed.rules": Figure("speed", "rules / parse", at_most=0.08),
    "speed.alone": Figure("speed", "all stages but the parse / parse"),
}


def to_json(figures: Mapping[str, float]) -> str:
    """Return the figures as a JSON object, for `from_json`."""
    return json.dumps({"figures": dict(figures)}, indent=1) + "\n"


def from_json(path: Path) -> Figures:
    """Return the figures of a run before. Raises OSError, or ValueError for a file that holds none."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))["figures"]
        return {str(key): float(value) for key, value in found.items()}
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise ValueError(f"{path} holds no figures; give a file that --json wrote.") from error
