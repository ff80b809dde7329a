"""What the ledger tells of an article: all of it, or only what a list shows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, TypeAlias

from graph.model import Article

State: TypeAlias = Literal["pending", "stored", "deleting"]
Row: TypeAlias = tuple[str, str | None, str | None, str | None, str | None, State, int, int, str, str]
"""text, title, url, published, publisher, state, sequence, quads, model, added"""
HeadingRow: TypeAlias = tuple[str, str | None, str | None, str | None, str | None, State, int, str, str]
"""id, title, url, published, publisher, state, sequence, model, added"""


@dataclass(frozen=True, slots=True)
class Heading:
    """An article as a list shows it, without its text.

    `sequence` grows with each write; `model` names what read it; `added` is in UTC.
    """

    id: str
    title: str | None
    url: str | None
    published: date | None
    publisher: str | None
    state: State
    sequence: int
    model: str
    added: datetime


@dataclass(frozen=True, slots=True)
class ArticleRecord:
    """An article as the ledger keeps it: a `Heading`, and `quads`, which is how many its graph holds."""

    article: Article
    state: State
    sequence: int
    quads: int
    model: str
    added: datetime

    @property
    def heading(self) -> Heading:
        """What a list shows of it."""
        it = self.article
        described = it.id, it.title, it.url, it.published, it.publisher
        return Heading(*described, self.state, self.sequence, self.model, self.added)


def record(row: Row) -> ArticleRecord:
    """Make a record of a row; raises ValueError if a date in it is none."""
    text, title, url, published, publisher, state, sequence, quads, model, added = row
    return ArticleRecord(
        Article(text, title, url, _day(published), publisher),
        state,
        sequence,
        quads,
        model,
        datetime.fromisoformat(added),
    )


def heading(row: HeadingRow) -> Heading:
    """Make a heading of a row; raises ValueError if a date in it is none."""
    id_, title, url, published, publisher, state, sequence, model, added = row
    day = _day(published)
    return Heading(id_, title, url, day, publisher, state, sequence, model, datetime.fromisoformat(added))


def _day(written: str | None) -> date | None:
    return date.fromisoformat(written) if written else None
