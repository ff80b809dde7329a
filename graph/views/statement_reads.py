"""Statements: a page of those that a filter describes, one, all of an article, and an article's mentions.

The index beside the graph tells which they are, and has the JSON of each as the graph says it.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from typing import Any

from graph.codec import statement_from_json
from graph.errors import NotFound
from graph.model import Mention, Statement
from graph.rdf_read import read_mentions
from graph.store.archive import Archive
from graph.store.packing import unpacked
from graph.views.filters import StatementFilter, validate
from graph.views.orders import SORTS, Order, Sort
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
    page = statement_texts(archive, wanted, after, limit, sort)
    return Page(tuple(map(_statement, page.items)), page.next)


def statement_texts(
    archive: Archive,
    wanted: StatementFilter,
    after: str | None = None,
    limit: int = 50,
    sort: Sort = Sort.TEXT,
) -> Page[str]:
    """List statements as `statements` does, each as the text of its JSON (`graph.codec`), which is kept."""
    limit = checked_limit(limit)
    validate(wanted)
    order = SORTS[Sort(sort)]
    question = (wanted, Sort(sort).value)
    place = None if after is None else place_of(after, question, order.kinds)
    rows, told = archive.search.read(lambda sql: _told(sql, wanted, order, place, limit))
    return Page(tuple(map(unpacked, told)), next_cursor(rows, limit, question, lambda row: row[1:]))


def all_statements(archive: Archive, wanted: StatementFilter) -> Iterator[Statement]:
    """Give all statements that `wanted` describes, in the order of texts; BadFilter if it cannot be used."""
    validate(wanted)
    order, place, more = SORTS[Sort.TEXT], None, True
    while more:
        rows, told = archive.search.read(lambda sql: _told(sql, wanted, order, place, MANY))  # noqa: B023
        yield from (_statement(unpacked(one)) for one in told)
        more = len(rows) > MANY
        place = rows[MANY - 1][1:] if more else None


def statement(archive: Archive, id_: str) -> Statement:
    """Give one statement; raises NotFound, which names near ids."""
    try:
        found = list(statements_of(archive, [id_]))
    except ValueError:  # what is no text is no id
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
    """Give those of the statements `ids` that there are. Raises ValueError for an id that is no text."""
    return map(_statement, texts_of(archive, ids).values())


def texts_of(archive: Archive, ids: Iterable[str]) -> dict[str, str]:
    """Give those of the statements `ids` that there are as the texts of their JSON, by id.

    Raises ValueError for an id that is no text.
    """
    query = "SELECT json FROM statements JOIN told USING (number) WHERE id = ?"
    asked = list(dict.fromkeys(ids))
    found = archive.search.read(lambda sql: [sql.execute(query, (id_,)).fetchone() for id_ in asked])
    return {id_: unpacked(row[0]) for id_, row in zip(asked, found, strict=True) if row is not None}


def article_statements(archive: Archive, article_id: str) -> tuple[Statement, ...]:
    """Give all statements of one article, in the order of its text; raises NotFound, naming near ids."""
    archive.article(article_id)
    return tuple(all_statements(archive, StatementFilter(article=article_id)))


def article_mentions(archive: Archive, article_id: str) -> tuple[Mention, ...]:
    """Give the mentions in one article, in the order of its text; raises NotFound, naming near ids."""
    archive.article(article_id)
    return read_mentions(archive.store.select, article_id, archive.ns)


def _told(
    sql: sqlite3.Connection, wanted: StatementFilter, order: Order, place: Place | None, limit: int
) -> tuple[list[tuple[Any, ...]], list[bytes]]:
    """Find `limit` statements after `place`, and one more: number and place of each; give what is kept."""
    found = plan(sql, wanted, order)
    if found is None:
        return [], []
    rows = found.first(sql, order, place, limit + 1)
    kept = "SELECT json FROM told WHERE number = ?"
    return rows, [sql.execute(kept, row[:1]).fetchone()[0] for row in rows[:limit]]


def _statement(text: str) -> Statement:
    return statement_from_json(json.loads(text))


def _near(archive: Archive, id_: str) -> list[str]:
    """Find ids that begin as `id_` does."""
    start = id_[:6].encode("utf-8", "replace").decode()
    query = "SELECT DISTINCT id FROM statements WHERE id >= ? AND id < ? LIMIT 3"
    between = (start, start + "\U0010ffff")
    return [row[0] for row in archive.search.read(lambda sql: sql.execute(query, between).fetchall())]
