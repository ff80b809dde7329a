"""GUM documents: text and gold mentions out of CoNLL-U with entities in the last column.

An `Entity` is a run of brackets: `(4-person-...-minspan-link-identity` opens a mention of entity 4 at this
word, `4)` closes it, and both may stand together. The minimal span counts words from the mention's first.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from urllib.parse import unquote

from graph.model import Article

BRACKET = re.compile(r"\((?P<opened>[^()]+)(?P<alone>\))?|(?P<closed>[^()]+)\)")
CREATED = "# meta::dateCreated = "
COLUMNS = 10
ENTITY, KIND, MINIMUM, IDENTITY = 0, 1, 5, 7  # parts of what opens a mention
FORM, TAG, MISC = 1, 4, 9  # columns of a word
NAMES = frozenset(("NNP", "NNPS"))


@dataclass(frozen=True, slots=True)
class Word:
    """One word of the text: its characters [start, end) and its PTB tag."""

    start: int
    end: int
    tag: str


@dataclass(frozen=True, slots=True)
class Gold:
    """One gold mention: characters [start, end), the spans of the words it cannot lack, entity, kind.

    `named` says that such a word is a proper noun; `title` is the Wikipedia title of the entity, if any.
    """

    start: int
    end: int
    least: tuple[tuple[int, int], ...]
    entity: str
    kind: str
    named: bool
    title: str = ""


@dataclass(slots=True)
class _Opened:
    parts: list[str]
    first: int


@dataclass(slots=True)
class Document:
    """A document while it is read, and then its words and mentions."""

    text: str = ""
    published: date | None = None
    words: list[Word] = field(default_factory=list)
    mentions: list[Gold] = field(default_factory=list)
    _open: dict[str, list[_Opened]] = field(default_factory=lambda: defaultdict(list))

    @property
    def article(self) -> Article:
        """The document as an article."""
        return Article(self.text, published=self.published)

    def add(self, form: str, tag: str, misc: str, spaced: bool) -> None:
        """Add the next word; `spaced` says that a space follows it in the text."""
        start = len(self.text)
        self.text += f"{form} " if spaced else form
        self.words.append(Word(start, start + len(form), tag))
        for note in misc.split("|"):
            if note.startswith("Entity="):
                self._brackets(note.removeprefix("Entity="))

    def paragraph(self) -> None:
        """Begin a new line of text."""
        self.text = f"{self.text.rstrip()}\n" if self.text else ""

    def _brackets(self, note: str) -> None:
        for found in BRACKET.finditer(note):
            if found["closed"]:
                self._close(found["closed"])
                continue
            opened = _Opened(found["opened"].split("-"), len(self.words) - 1)
            self._open[opened.parts[ENTITY]].append(opened)
            if found["alone"]:
                self._close(opened.parts[ENTITY])

    def _close(self, entity: str) -> None:
        opened = self._open[entity].pop()
        words = self.words[opened.first :]
        least = [words[int(number) - 1] for number in opened.parts[MINIMUM].split(",")]
        title = opened.parts[IDENTITY] if len(opened.parts) > IDENTITY else ""
        self.mentions.append(
            Gold(
                start=words[0].start,
                end=words[-1].end,
                least=tuple((word.start, word.end) for word in least),
                entity=entity,
                kind=opened.parts[KIND],
                named=any(word.tag in NAMES for word in least),
                title=unquote(title).replace("_", " "),
            )
        )


def read(path: Path) -> Document:
    """Return the document of a file. Raises OSError."""
    return parse(path.read_text(encoding="utf-8").splitlines())


def parse(lines: Iterable[str]) -> Document:
    """Return the document that lines of CoNLL-U tell."""
    document = Document()
    spelled: dict[str, bool] = {}  # number of a word in a range (35-36 Trump's) -> whether a space follows
    for line in lines:
        columns = line.split("\t")
        if line.startswith(CREATED):
            document.published = date.fromisoformat(line.removeprefix(CREATED).strip())
        elif line.strip() == "# newpar":
            document.paragraph()
        elif len(columns) == COLUMNS and "-" in columns[0]:
            spelled = _spelled(columns)
        elif len(columns) == COLUMNS and columns[0].isdecimal():
            spaced = spelled.pop(columns[0], _spaced(columns))
            document.add(columns[FORM], columns[TAG], columns[MISC], spaced)
    return document


def _spaced(columns: list[str]) -> bool:
    return "SpaceAfter=No" not in columns[MISC].split("|")


def _spelled(columns: list[str]) -> dict[str, bool]:
    first, last = map(int, columns[0].split("-"))
    return {**{str(number): False for number in range(first, last)}, str(last): _spaced(columns)}
