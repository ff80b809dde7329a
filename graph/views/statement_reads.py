"""Statements: a page of those that a filter describes, one, all of an article, and an article's mentions.

The index beside the graph tells which they are, and only those of a page are read from the graph.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from typing import Any

from graph.errors import NotFound
from graph.model import Mention, Statement
from graph.rdf_read import read_article, read_mentions, read_statements
from graph.store.archive import Archive
from graph.views.filters import StatementFilter, validate
from graph.views.orders import SORTS, Order, Sort, following
from graph.views.paging import Page, Place, checked_limit, next_cursor, place_of
from graph.views.plans import plan

_ELSEWHERE = "`newsgraph export jsonl` lists all, and GET /v1/statements those of a filter."

MANY = 1024
"""Articles, or statements, that are looked up at once where all are wanted."""


def statements(
    archive: Archive,
    wanted: StatementFilter,
    after: str | None = None,
    limit: int = 50,
    sort: Sort = Sort.TEXT,
) -> Page[Statement]:
    """List the statements that `wanted` describes, in the order `sort`: at first that of articles and texts.

    Raises BadFilter for a filter, limit or cursor that cannot be used.
    """
    limit = checked_limit(limit)
    validate(wanted)
    order = SORTS[Sort(sort)]
    question = (wanted, Sort(sort).value)
    place = None if after is None else place_of(after, question, order.kinds)
    rows = archive.search.read(lambda sql: _rows(sql, wanted, order, place, limit + 1))
    items = tuple(statements_of(archive, (row[0] for row in rows[:limit])))
    return Page(items, next_cursor(rows, limit, question, lambda row: row[1:]))


def all_statements(archive: Archive, wanted: StatementFilter) -> Iterator[Statement]:
    """Give all statements that `wanted` describes, in the order of texts; BadFilter if it cannot be used."""
    validate(wanted)
    if wanted.whole:
        for id_ in _ids(archive, wanted.article):
            yield from read_article(archive.store.select, id_, archive.ns)
        return
    order, place = SORTS[Sort.TEXT], None
    while rows := archive.search.read(lambda sql: _rows(sql, wanted, order, place, MANY)):  # noqa: B023
        yield from statements_of(archive, (row[0] for row in rows))
        place = rows[-1][1:]


def statement(archive: Archive, id_: str) -> Statement:
    """Give one statement; raises NotFound, which names near ids."""
    try:
        found = list(statements_of(archive, [id_]))
    except ValueError:  # what cannot stand in an IRI is no id
        found = []
    if found:
        return found[0]
    if (decision := archive.curator.rules.rejected(id_)) is not None:
        raise NotFound(
            f"The statement {id_!r} was rejected by {decision.who} on {decision.made:%Y-%m-%d};"
            f" `newsgraph undo {decision.id}` or DELETE /v1/curation/{decision.id} takes that back."
        )
    near = _near(archive, id_)
    hint = f"near it are {', '.join(near)}." if near else _ELSEWHERE
    raise NotFound(f"No statement has the id {id_!r}; {hint}")


def statements_of(archive: Archive, ids: Iterable[str]) -> Iterator[Statement]:
    """Give those of the statements `ids` that there are."""
    return read_statements(archive.store.select, ids, archive.ns)


def article_statements(archive: Archive, article_id: str) -> tuple[Statement, ...]:
    """Give all statements of one article, in the order of its text; raises NotFound, naming near ids."""
    archive.article(article_id)
    return tuple(all_statements(archive, StatementFilter(article=article_id)))


def article_mentions(archive: Archive, article_id: str) -> tuple[Mention, ...]:
    """Give the mentions in one article, in the order of its text; raises NotFound, naming near ids."""
    archive.article(article_id)
    return read_mentions(archive.store.select, article_id, archive.ns)


def _ids(archive: Archive, article: str | None) -> Iterator[str]:
    """Give the ids of all articles that there are, in their order, or only of that one."""
    if article is not None:
        yield from archive.ledger.sequences([article])
        return
    sequence = 0
    while places := archive.ledger.places(sequence, MANY):
        yield from places
        sequence = max(places.values())


def _rows(
    sql: sqlite3.Connection, wanted: StatementFilter, order: Order, place: Place | None, limit: int
) -> list[tuple[Any, ...]]:
    """Find the first statements after `place`: the id of each, and its place."""
    found = plan(sql, wanted, order)
    if found is None:
        return []
    own = found.ordered(order)
    query = found.query(", ".join(("s.id", *(key.column for key in own.keys))))
    return following(sql, query, found.values, own, place, limit)


def _near(archive: Archive, id_: str) -> list[str]:
    """Find ids that begin as `id_` does."""
    start = id_[:6].encode("utf-8", "replace").decode()
    query = "SELECT DISTINCT id FROM statements WHERE id >= ? AND id < ? LIMIT 3"
    between = (start, start + "\U0010ffff")
    return [row[0] for row in archive.search.read(lambda sql: sql.execute(query, between).fetchall())]
