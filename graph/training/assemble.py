"""The trained parts are put together into one pipeline, in the order of en_core_web_sm."""

from __future__ import annotations

import importlib.util
import json
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import spacy

from graph.errors import ModelError
from graph.training.ruler import TAGS, fill
from graph.training.train import BEST

if TYPE_CHECKING:
    from spacy.language import Language

HERE = Path(__file__).parent


def require_tables() -> None:
    """Raise ModelError if spacy-lookups-data, which holds the lemmatizer's tables, is not installed."""
    if importlib.util.find_spec("spacy_lookups_data") is None:
        raise ModelError(
            "The lemmatizer's tables are missing; install spacy-lookups-data (`make install` brings it)."
        )


def assemble(syntax: Path, ner: Path, out: Path, *, names: Iterable[str], build: str) -> None:
    """Write the pipeline made of two trainings to `out`.

    `names` are the sources of the text, for the credits; `build` tells trainings apart in the version.
    Raises ModelError if spacy-lookups-data is not installed.
    """
    require_tables()
    nlp = spacy.load(syntax / BEST)
    fill(nlp.add_pipe("attribute_ruler", config={"validate": False}))  # type: ignore[arg-type]
    nlp.add_pipe("lemmatizer", config={"mode": "rule"}).initialize()  # type: ignore[attr-defined]
    nlp.add_pipe("ner", source=spacy.load(ner / BEST))
    nlp.config["paths"] = {"train": None, "dev": None, "init_tok2vec": None}  # no folders of this machine
    nlp.meta.update(_meta(names, build))
    nlp.to_disk(out)
    strings = json.dumps(needed_strings(nlp))
    (out / "vocab" / "strings.json").write_text(strings, "utf-8")


def needed_strings(nlp: Language) -> list[str]:
    """Return the strings that the pipeline itself needs, without the words of the training text."""
    strings = set(spacy.blank("en").vocab.strings)
    for _, pipe in nlp.pipeline:
        strings.update(getattr(pipe, "labels", ()))
    for pos, morph in TAGS.values():
        strings.update((pos, morph, *morph.split("|")))
    for name in ("parser", "ner"):
        for move in nlp.get_pipe(name).move_names:  # type: ignore[attr-defined]
            strings.update(move.split("-", 1))
    return sorted(strings - {""})


def _meta(names: Iterable[str], build: str) -> dict[str, Any]:
    meta: dict[str, Any] = json.loads((HERE / "meta.json").read_text("utf-8"))
    known: dict[str, Any] = json.loads((HERE / "credits.json").read_text("utf-8"))
    texts = [known.get(name, {"name": name}) for name in names]
    meta["sources"] += [text for i, text in enumerate(texts) if text not in texts[:i]]
    meta["version"] = f"{meta['version']}+{build}"
    return meta
