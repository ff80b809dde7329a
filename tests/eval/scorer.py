"""The scorer of the open sets, which lies beside them and is loaded from there, never copied."""

from __future__ import annotations

import importlib.util
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple, Protocol, cast

SCORER = "oie_score.py"


class Extraction(NamedTuple):
    """One extraction as the scorer takes it: relation phrase, arguments in order, confidence in [0, 1]."""

    rel: str
    args: list[str]
    conf: float


Gold = Mapping[str, Any]  # key of a sentence -> what the scorer wants there
Extractions = Mapping[str, Sequence[Extraction]]


class Scorer(Protocol):
    """What is used of the scorer."""

    def key(self, sentence: str) -> str: ...
    def read_carb_gold(self, path: str) -> Gold: ...
    def read_benchie_gold(self, path: str) -> tuple[Gold, object]: ...
    def read_qasrl(self, gold: str, sentences: str) -> Gold: ...
    def read_plover(self, path: str) -> Gold: ...
    def score_carb(self, gold: Gold, pred: Extractions) -> Mapping[str, float]: ...
    def score_benchie(self, gold: Gold, pred: Extractions) -> Mapping[str, float]: ...
    def score_qasrl(self, gold: Gold, pred: Extractions) -> Mapping[str, float]: ...
    def score_plover(self, gold: Gold, pred: Extractions) -> Mapping[str, float]: ...


def load(folder: Path) -> Scorer:
    """Load the scorer of a folder of open sets. Raises FileNotFoundError if it has none."""
    path = folder / SCORER
    if not path.is_file():
        raise FileNotFoundError(2, "no scorer", str(path))
    spec = importlib.util.spec_from_file_location("oie_score", path)
    if spec is None or spec.loader is None:
        raise FileNotFoundError(2, "no Python module", str(path))
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return cast("Scorer", module)
