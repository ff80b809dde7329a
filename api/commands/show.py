"""`show`: one entity, statement or article, and what belongs to it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from enum import StrEnum
from typing import Annotated, TypeAlias

import typer
from rich.console import RenderableType

from api.commands.inputs import open_to_read
from api.commands.lists import write_csv, write_lines
from api.commands.options import Data, Layout, ListLayout, id_argument
from api.commands.output import layout_for, write_chunks, write_json
from api.commands.output import show as show_all
from api.commands.tables import evidence_table, key_value_table, plain_table, statement_details
from api.commands.words import article_name
from api.fields import fields_of
from api.schemas import Statement as StatementSchema
from graph import linked, views
from graph.codec import Json, article_to_json, entity_to_json, statement_to_json
from graph.errors import UnknownFormat
from graph.model import Statement
from graph.store.archive import Archive
from graph.views.statement_reads import all_statements

_MOST = 50
"""Neighbours and statements that are shown of an entity."""


class Kind(StrEnum):
    """What can be shown."""

    ENTITY = "entity"
    STATEMENT = "statement"
    ARTICLE = "article"


ShownAs: TypeAlias = Annotated[
    str | None,
    typer.Option(
        "--format",
        metavar="FORMAT",
        help="table for a person (at a terminal) or json for a program (else);"
        " its statements as csv or jsonl;"
        " its description in RDF as turtle, jsonld, ntriples or rdfxml.",
    ),
]
Shown: TypeAlias = tuple[Json, list[RenderableType]]
"""The same for a program and for a person."""


def show(
    kind: Annotated[Kind, typer.Argument(metavar="KIND", help="What to show.", show_default=False)],
    id_: Annotated[str, id_argument("Its id; of an entity its name does too.")],
    data: Data = None,
    shape: ShownAs = None,
) -> None:
    """Show one entity, statement or article."""
    _check(shape)
    with open_to_read(data) as archive:
        if kind is Kind.ENTITY:
            id_ = views.entity_called(archive, id_)
        if rows := _ROWS.get(shape or ""):
            rows(map(statement_to_json, _statements(archive, kind, id_)))
            return
        if shape is not None and shape not in set(Layout):
            write_chunks([linked.write(shape, linked.describe(archive, kind, id_), archive.ns)])
            return
        value, things = _KINDS[kind](archive, id_)
    if layout_for(Layout(shape) if shape else None) is Layout.JSON:
        write_json(value)
    else:
        show_all(*things)


def _entity(archive: Archive, id_: str) -> Shown:
    record = views.entity(archive, id_)
    neighbours = views.neighbours(archive, id_, limit=_MOST).items
    statements = views.statements(archive, views.StatementFilter(about=id_), limit=_MOST).items
    entity = record.entity
    value = {
        **entity_to_json(entity),
        "neighbours": [
            {
                "id": one.entity.id,
                "predicates": [
                    {"id": by.predicate, "direction": by.direction, "statements": by.statements}
                    for by in one.predicates
                ],
                "statements": one.statements,
            }
            for one in neighbours
        ],
        "statements": [statement_to_json(one) for one in statements],
    }
    facts = {
        "entity": entity.label,
        "id": entity.id,
        "type": entity.type.value,
        "also called": ", ".join(entity.aliases),
        "the same as": " ".join(entity.same_as),
        "stands for": entity.stands_for or "",
        "mentions": ", ".join(entity.mentions),
        "statements": f"{record.statements:,}",
    }
    rows = (
        (
            one.entity.label,
            ", ".join(dict.fromkeys(by.predicate for by in one.predicates)),
            f"{one.statements:,}",
        )
        for one in neighbours
    )
    neighbour_table = plain_table(("neighbour", "relations", "statements"), rows)
    names = {id_: article_name(archive.article(id_).article) for id_ in {one.article for one in statements}}
    told = evidence_table((one, names[one.article]) for one in statements)
    return value, [key_value_table(facts.items()), "", neighbour_table, "", told]


def _statement(archive: Archive, id_: str) -> Shown:
    statement = views.statement(archive, id_)
    article = archive.article(statement.article).article
    return statement_to_json(statement), [statement_details(statement, article)]


def _article(archive: Archive, id_: str) -> Shown:
    record = archive.article(id_)
    statements = views.article_statements(archive, id_)
    article = record.article
    value = {**article_to_json(article), "statements": [statement_to_json(one) for one in statements]}
    facts = {
        "article": article.title or "",
        "id": article.id,
        "published": str(article.published or ""),
        "publisher": article.publisher or "",
        "url": article.url or "",
        "state": record.state,
        "problem": record.problem or "",
        "read by": record.model,
        "added": f"{record.added:%Y-%m-%d %H:%M}",
    }
    text = article.text.strip()
    told = evidence_table((one, "") for one in statements)
    return value, [key_value_table(facts.items()), "", text, "", told]


def _check(shape: str | None) -> None:
    """Raise UnknownFormat if nothing is shown in a format; those of descriptions have short names too."""
    known = (*Layout, *_ROWS, *linked.FORMATS)
    if shape is not None and shape not in (*known, *(one.suffix for one in linked.FORMATS.values())):
        raise UnknownFormat(f"There is no format {shape!r} here; choose one of {', '.join(known)}.")


def _statements(archive: Archive, kind: Kind, id_: str) -> Iterator[Statement]:
    """Give all the statements of what is shown. Raises NotFound if it is not there."""
    match kind:
        case Kind.ENTITY:
            views.entity(archive, id_)
            return all_statements(archive, views.StatementFilter(about=id_))
        case Kind.STATEMENT:
            return iter([views.statement(archive, id_)])
        case Kind.ARTICLE:
            return iter(views.article_statements(archive, id_))


_ROWS: Mapping[str, Callable[[Iterator[Json]], None]] = {
    ListLayout.CSV.value: lambda found: write_csv(found, fields_of(StatementSchema)),
    ListLayout.JSONL.value: write_lines,
}
_KINDS: Mapping[Kind, Callable[[Archive, str], Shown]] = {
    Kind.ENTITY: _entity,
    Kind.STATEMENT: _statement,
    Kind.ARTICLE: _article,
}
