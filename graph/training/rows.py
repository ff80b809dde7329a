"""The files between the stages: JSON Lines, one paragraph a row, one file for each source."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NotRequired, TypedDict

Span = tuple[int, int, str]  # first token, token after the last, label


class Tokens(TypedDict):
    """A paragraph before it is labelled."""

    doc: int  # number of its document within the source
    words: list[str]
    spaces: list[bool]  # is the word followed by a space?
    starts: list[int] | None  # 1 where a sentence starts, -1 elsewhere; None where nobody knows


class Gold(TypedDict):
    """What people annotated in a paragraph of a treebank (Universal Dependencies)."""

    heads: list[int]
    tags: list[str]
    pos: list[str]
    deps: list[str]
    starts: list[int]
    mentions: list[Span]


class Labels(TypedDict):
    """What a model says of a paragraph."""

    tags: list[str]
    heads: list[int]  # position of the head in the paragraph; its own for the root of a sentence
    deps: list[str]
    ents: list[Span]
    starts: list[int]


class Paragraph(Labels):
    """A paragraph that the teacher labelled."""

    doc: int
    words: list[str]
    spaces: list[bool]
    gold: NotRequired[Gold]


def source_name(path: Path) -> str:
    """Return the source that a file belongs to: `wikinews` of `wikinews.sent.txt.gz` and `wikinews.jsonl`."""
    return path.name.split(".")[0]


def sources(folder: Path) -> list[Path]:
    """Return the files of a stage, in the order in which every stage takes them."""
    return sorted(folder.glob("*.jsonl"))


def read(path: Path) -> Iterator[Paragraph]:
    """Yield the labelled paragraphs of a file."""
    with path.open(encoding="utf-8") as file:
        for line in file:
            paragraph: Paragraph = json.loads(line)
            paragraph["ents"] = [(start, end, label) for start, end, label in paragraph["ents"]]
            yield paragraph


def read_documents(path: Path) -> Iterator[list[Paragraph]]:
    """Yield the labelled paragraphs of a file, a document at a time."""
    group: list[Paragraph] = []
    for paragraph in read(path):
        if group and paragraph["doc"] != group[0]["doc"]:
            yield group
            group = []
        group.append(paragraph)
    if group:
        yield group


def write(path: Path, rows: Iterable[Mapping[str, Any]]) -> None:
    """Write one JSON object a line."""
    with path.open("w", encoding="utf-8") as file:
        for row in rows:
            file.write(json.dumps(row, ensure_ascii=False) + "\n")
