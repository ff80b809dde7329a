"""Treebanks (CoNLL-U of Universal Dependencies and GUM) become paragraphs with their gold annotation."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from graph.errors import UnreadableSource
from graph.training.rows import Gold, Span, write

Row = list[str]  # the ten columns of a CoNLL-U line
FORM, UPOS, XPOS, HEAD, DEPREL, MISC = 1, 3, 4, 6, 7, 9
NEW_PARAGRAPH = ("# newpar", "# newdoc")
_ENTITY = re.compile(r"Entity=([^|]*)")
_BRACKET = re.compile(r"\(?[^()]+\)?")


def gold_files(folder: Path) -> list[Path]:
    """Return the treebanks of a folder, sorted.

    Raises UnreadableSource if there is none.
    """
    paths = sorted(folder.glob("*.conllu"))
    if not paths:
        raise UnreadableSource(f"{str(folder)!r} holds no treebank; name a folder of NAME.conllu files.")
    return paths


def gather_gold(folder: Path, out: Path) -> None:
    """Write `out`/NAME.jsonl, with the gold words and annotation, for each NAME.conllu of a folder.

    Raises UnreadableSource if there is none.
    """
    for path in gold_files(folder):
        write(out / f"{path.stem}.jsonl", paragraphs(path))


def paragraphs(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the paragraphs of a treebank: `words`, `spaces`, `gold`, and no sentence starts given away."""
    paragraph: dict[str, Any] | None = None
    for new, rows in _sentences(path):
        if new or paragraph is None:
            if paragraph:
                yield paragraph
            gold: Gold = {"heads": [], "tags": [], "pos": [], "deps": [], "starts": [], "mentions": []}
            paragraph = {"doc": 0, "words": [], "spaces": [], "starts": None, "gold": gold}
        elif paragraph["spaces"]:
            paragraph["spaces"][-1] = True
        _add_sentence(paragraph, rows)
    if paragraph:
        yield paragraph


def _sentences(path: Path) -> Iterator[tuple[bool, list[Row]]]:
    """Yield whether a paragraph starts, and the rows of a sentence."""
    for block in path.read_text("utf-8").split("\n\n"):
        lines = block.split("\n")
        rows = [line.split("\t") for line in lines if line[:1].isdigit()]
        if rows:
            yield any(line.startswith(NEW_PARAGRAPH) for line in lines), rows


def _add_sentence(paragraph: dict[str, Any], rows: list[Row]) -> None:
    words, spaces = _words_and_spaces(rows)
    offset = len(paragraph["words"])
    paragraph["words"] += [row[FORM] for row in words]
    paragraph["spaces"] += spaces
    gold: Gold = paragraph["gold"]
    for i, row in enumerate(words):
        head = int(row[HEAD])
        gold["heads"].append(offset + (head - 1 if head else i))
        gold["tags"].append(row[XPOS])
        gold["pos"].append(row[UPOS])
        gold["deps"].append(row[DEPREL])
        gold["starts"].append(-1 if i else 1)
    gold["mentions"] += _mentions(words, offset)


def _words_and_spaces(rows: list[Row]) -> tuple[list[Row], list[bool]]:
    """Return the syntactic words, and whether a space follows each; none inside a multiword token."""
    words: list[Row] = []
    spaces: list[bool] = []
    inside, last_space = 0, True  # the last word of the multiword token, and whether a space follows that
    for row in rows:
        space = "SpaceAfter=No" not in row[MISC]
        if "-" in row[0]:
            inside, last_space = int(row[0].split("-")[1]), space
        elif "." not in row[0]:  # a number with a dot is a word that nobody wrote
            number = int(row[0])
            words.append(row)
            spaces.append(space if number > inside else number == inside and last_space)
    return words, spaces


def _mentions(words: list[Row], offset: int) -> list[Span]:
    """Return the entity mentions of GUM: brackets in the last column, which may nest and cross."""
    found: list[Span] = []
    opened: list[tuple[str, str, int]] = []  # number, type, first word
    for i, row in enumerate(words):
        match = _ENTITY.search(row[MISC])
        for part in _BRACKET.findall(match.group(1)) if match else ():
            number, *rest = part.strip("()").split("-")
            if part.startswith("("):
                opened.append((number, rest[0] if rest else "", i))
            if part.endswith(")"):
                place = next((k for k in reversed(range(len(opened))) if opened[k][0] == number), None)
                if place is not None:
                    _, kind, start = opened.pop(place)
                    found.append((start + offset, i + 1 + offset, kind))
    return found
