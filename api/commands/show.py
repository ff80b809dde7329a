"""`show`: one entity, statement or article, and what belongs to it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Annotated, TypeAlias

import typer
from rich.console import RenderableType

from api.commands.inputs import open_to_read
from api.commands.options import Data, Layout, id_argument
from api.commands.output import layout_for, write_chunks, write_json
from api.commands.output import show as show_all
from api.commands.tables import evidence_table, key_value_table, plain_table, statement_details
from api.commands.words import article_name
from graph import linked, views
from graph.codec import Json, article_to_json, entity_to_json, statement_to_json
from graph.store.archive import Archive

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
    with open_to_read(data) as archive:
        if kind is Kind.ENTITY:
            id_ = views.entity_called(archive, id_)
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


_KINDS: Mapping[Kind, Callable[[Archive, str], Shown]] = {
    Kind.ENTITY: _entity,
    Kind.STATEMENT: _statement,
    Kind.ARTICLE: _article,
}
