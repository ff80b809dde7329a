"""Statements: a page of those that a filter describes, one, all of an article, and an article's mentions.

What is asked first are only the places of statements, (article's sequence, offset, id); a page is cut from
these, and only its statements are read whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeAlias

from graph.errors import NotFound
from graph.model import Mention, Statement
from graph.rdf_fetch import iri
from graph.rdf_read import read_article, read_mentions, read_statements
from graph.store.archive import Archive
from graph.store.base import Term
from graph.views.filters import NARROWER, StatementFilter, bound, selection, validate
from graph.views.paging import Page, checked_limit, cursor_after, place_of
from graph.views.terms import local, similar, text

_Key: TypeAlias = tuple[int, int, str]

_ELSEWHERE = "`newsgraph export jsonl` lists all, and GET /v1/statements those of a filter."

FEW, MANY = 32, 1024
"""Articles that are looked through at once: at first, and at most."""

_NEAR = """
SELECT ?id WHERE {
  GRAPH ?article { ?id rdf:type kg:Statement . } FILTER(STRSTARTS(STR(?id), ?start))
} LIMIT 3"""


def statements(
    archive: Archive, wanted: StatementFilter, after: str | None = None, limit: int = 50
) -> Page[Statement]:
    """List the statements that `wanted` describes, in the order of articles and of their text.

    Raises BadFilter for a filter, limit or cursor that cannot be used.
    """
    limit = checked_limit(limit)
    place = None if after is None else place_of(after, wanted, (int, int, str))
    start: _Key = (0, 0, "") if place is None else (int(place[0]), int(place[1]), str(place[2]))
    keys: list[_Key] = []
    for found in _keys(archive, wanted, start):
        keys += found
        if len(keys) > limit:
            break
    page = keys[:limit]
    items = tuple(statements_of(archive, (id_ for _, _, id_ in page)))
    return Page(items, cursor_after(page[-1], wanted) if len(keys) > limit else None)


def all_statements(archive: Archive, wanted: StatementFilter) -> Iterator[Statement]:
    """Give all statements that `wanted` describes, in the same order; BadFilter if it cannot be used."""
    validate(wanted, archive.ns)
    if wanted.whole:
        for id_ in _ids(archive, wanted.article):
            yield from read_article(archive.store.select, id_, archive.ns)
        return
    for found in _keys(archive, wanted, (0, 0, "")):
        yield from statements_of(archive, (id_ for _, _, id_ in found))


def statement(archive: Archive, id_: str) -> Statement:
    """Give one statement; raises NotFound, which names near ids."""
    try:
        found = list(statements_of(archive, [id_]))
    except ValueError:  # what cannot stand in an IRI is no id
        found = []
    if found:
        return found[0]
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


def _keys(archive: Archive, wanted: StatementFilter, start: _Key) -> Iterator[list[_Key]]:
    """Give the places after `start`, in order, a list at a time.

    Where an index leads to the statements they all come at once; else articles are looked through, from
    the one of `start` on, in growing portions, so that a page costs the same in a store of any size.
    """
    relations = narrower(archive, wanted)
    if wanted.selective:
        yield _found(archive, wanted, start, relations, None)
        return
    sequence, portion = start[0] - 1, FEW
    while numbers := archive.ledger.places(sequence, portion):
        yield _found(archive, wanted, start, relations, numbers)
        sequence, portion = max(numbers.values()), min(2 * portion, MANY)


def _found(
    archive: Archive,
    wanted: StatementFilter,
    start: _Key,
    relations: list[Term] | None,
    numbers: dict[str, int] | None,
) -> list[_Key]:
    """Find the places after `start` in the articles `numbers` (ids with their sequence; None: in all)."""
    ns = archive.ns
    inside = None if numbers is None else [ns.article(id_) for id_ in numbers]
    chosen = selection(wanted, ns, relations, inside)
    rows = {
        (
            local(row["article"], ns.article("").value),
            _offset(row["span"]),
            local(row["id"], ns.statement("").value),
        )
        for row in archive.store.select(chosen.query, chosen.bindings)
    }
    if numbers is None:
        # What the ledger does not have (any more) is left out.
        numbers = archive.ledger.sequences({article for article, _, _ in rows})
    keys = [(numbers[article], offset, id_) for article, offset, id_ in rows if article in numbers]
    return sorted(key for key in keys if key > start)


def _offset(span: Term | None) -> int:
    """Give where a span begins, told by its IRI (`...#char=56,314`)."""
    return int(text(span).rpartition("=")[2].partition(",")[0])


def narrower(archive: Archive, wanted: StatementFilter) -> list[Term] | None:
    """Give the predicate of `wanted` and all that are narrower than it; None if it names none."""
    if wanted.predicate is None:
        return None
    asked = bound("predicate", wanted.predicate, archive.ns)
    rows = archive.store.select(NARROWER, {"predicate": asked})
    # The engine finds no path of length zero from a term that its default graph lacks.
    return [*{asked, *(iri(row["relation"]) for row in rows)}]


def _near(archive: Archive, id_: str) -> list[str]:
    start = similar(archive.ns.statement("").value + id_[:6])
    rows = archive.store.select(_NEAR, {"start": start})
    return [local(row["id"], archive.ns.statement("").value) for row in rows]
