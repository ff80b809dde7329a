"""What the ledger tells of an article: all of it, or only what a list shows."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, TypeAlias

from graph.model import Article

State: TypeAlias = Literal["pending", "stored", "deleting"]
"""How far a row of the ledger got."""
Fate: TypeAlias = State | Literal["failed"]
"""What is told of an article: `failed` is pending after a reading that came to nothing."""
Text: TypeAlias = str | None
Row: TypeAlias = tuple[str, Text, Text, Text, Text, State, int, int, str, str, Text]
"""text, title, url, published, publisher, state, sequence, quads, model, added, problem"""
HeadingRow: TypeAlias = tuple[str, Text, Text, Text, Text, State, int, str, str, Text]
"""id, title, url, published, publisher, state, sequence, model, added, problem"""


@dataclass(frozen=True, slots=True)
class Heading:
    """An article as a list shows it, without its text.

    `sequence` grows with each write; `model` names what read it; `added` is in UTC. `problem` says why an
    article that `failed` could not be read, and what to do.
    """

    id: str
    title: str | None
    url: str | None
    published: date | None
    publisher: str | None
    state: Fate
    sequence: int
    model: str
    added: datetime
    problem: str | None = None


@dataclass(frozen=True, slots=True)
class ArticleRecord:
    """An article as the ledger keeps it: a `Heading`, and `quads`, which is how many its graph holds."""

    article: Article
    state: Fate
    sequence: int
    quads: int
    model: str
    added: datetime
    problem: str | None = None

    @property
    def heading(self) -> Heading:
        """What a list shows of it."""
        it = self.article
        described = it.id, it.title, it.url, it.published, it.publisher
        return Heading(*described, self.state, self.sequence, self.model, self.added, self.problem)


def record(row: Row) -> ArticleRecord:
    """Make a record of a row; raises ValueError if a date in it is none."""
    text, title, url, published, publisher, state, sequence, quads, model, added, problem = row
    return ArticleRecord(
        Article(text, title, url, _day(published), publisher),
        _fate(state, problem),
        sequence,
        quads,
        model,
        datetime.fromisoformat(added),
        problem,
    )


def heading(row: HeadingRow) -> Heading:
    """Make a heading of a row; raises ValueError if a date in it is none."""
    id_, title, url, published, publisher, state, sequence, model, added, problem = row
    described = id_, title, url, _day(published), publisher
    when = datetime.fromisoformat(added)
    return Heading(*described, _fate(state, problem), sequence, model, when, problem)


def _fate(state: State, problem: str | None) -> Fate:
    return "failed" if problem else state


def _day(written: str | None) -> date | None:
    return date.fromisoformat(written) if written else None


def days_published(sql: sqlite3.Connection, ids: Collection[str]) -> dict[str, str]:
    """Return the ISO day of publication of each of those articles that has one; some hundred ids at most."""
    marks = ", ".join("?" * len(ids))
    query = (  # of two versions of one the stored one is later, and so the one that is kept
        f"SELECT id, published FROM articles WHERE id IN ({marks}) AND published IS NOT NULL"
        " ORDER BY state = 'stored'"
    )
    return dict(sql.execute(query, tuple(ids)))
