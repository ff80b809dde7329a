"""Rows of the ledger's table of articles: how one is written, and how the same article is told."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime

from graph import __version__
from graph.model import Article
from graph.store.base import Contents
from graph.store.records import State

SAME = "id = :id AND title IS :title AND url IS :url AND published IS :published AND publisher IS :publisher"
"""A condition on `articles`, with the parameters of `fields`."""


def advance(sql: sqlite3.Connection) -> None:
    """Count one more write, and keep the moment of it."""
    sql.execute("UPDATE meta SET value = value + 1 WHERE key = 'sequence'")
    sql.execute("INSERT OR REPLACE INTO meta VALUES ('changed', ?)", (_now(),))


def insert(
    sql: sqlite3.Connection, article: Article, state: State, model: str, contents: Contents | None = None
) -> None:
    """Write a row for an article, as the next write."""
    advance(sql)
    sql.execute(
        "INSERT INTO articles SELECT value, :id, :state, :text, :title, :url, :published, :publisher,"
        " :quads, :model, :program, :added, :digest FROM meta WHERE key = 'sequence'",
        {
            **fields(article),
            "state": state,
            "text": article.text,
            "quads": contents.quads if contents else 0,
            "digest": contents.digest if contents else None,
            "model": model,
            "program": __version__,
            "added": _now(),
        },
    )


def fields(article: Article) -> dict[str, str | None]:
    """Give what tells a version of an article from another, as columns; the id is a hash of the text."""
    return {
        "id": article.id,
        "title": article.title,
        "url": article.url,
        "published": article.published.isoformat() if article.published else None,
        "publisher": article.publisher,
    }


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
