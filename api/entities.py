"""`/v1/entities`: who and what the articles speak of."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Request
from starlette.responses import JSONResponse, Response

from api import schemas
from api.paging import page_response, written_page
from api.parameters import After, EntityFilters, Limit, any_of, refuse_unknown_parameters
from api.state import State
from api.statements import SortBy
from api.things import thing_response
from graph import views
from graph.codec import entity_to_json
from graph.store.archive import Archive

router = APIRouter(
    prefix="/v1/entities", tags=["entities"], dependencies=[Depends(refuse_unknown_parameters)]
)
MOVED: dict[int | str, dict[str, Any]] = {
    303: {"description": "It was merged into another entity, where `Location` leads."}
}
EntityId = Annotated[str, Path(description="Id of an entity.", examples=["Elena_Petrova"], max_length=500)]


@router.get(
    "",
    summary="List or search entities, those with the most statements first",
    response_model=schemas.Page[schemas.CountedEntity],
    responses=schemas.problems(400),
)
def list_entities(
    request: Request,
    state: State,
    wanted: EntityFilters,
) -> Response:
    """Search in labels and aliases with `q`; without it, list all."""
    page = views.entities(
        state.archive,
        q=wanted.q,
        type=any_of(wanted.type),
        after=wanted.after,
        limit=wanted.limit,
        sort=wanted.sort,
    )
    return page_response(request, [_counted(record) for record in page.items], page.next)


@router.get(
    "/{id}",
    summary="One entity",
    response_model=schemas.CountedEntity,
    responses={**MOVED, **schemas.problems(404)},
)
def get_entity(request: Request, state: State, id: EntityId) -> JSONResponse:  # noqa: A002
    """Its label, type, aliases and identifiers elsewhere, and how many statements name it."""
    return thing_response(request, counted_entity(state.archive, id))


@router.get(
    "/{id}/neighbours",
    summary="The entities that share statements with one",
    response_model=schemas.Page[schemas.Neighbour],
    responses={**MOVED, **schemas.problems(400, 404)},
)
def get_neighbours(
    request: Request,
    state: State,
    id: EntityId,  # noqa: A002
    limit: Limit = 50,
    after: After = None,
) -> Response:
    """Those with the most statements first, each with the relations between the two and their direction."""
    page = views.neighbours(state.archive, id, limit=limit, after=after)
    return page_response(request, [_neighbour(one) for one in page.items], page.next)


@router.get(
    "/{id}/statements",
    summary="The statements about one entity",
    response_model=schemas.Page[schemas.Statement],
    responses={**MOVED, **schemas.problems(400, 404)},
)
def get_statements(
    request: Request,
    state: State,
    id: EntityId,  # noqa: A002
    sort: SortBy = views.Sort.TEXT,
    limit: Limit = 50,
    after: After = None,
) -> Response:
    """Those with it at either end or in an argument; `/v1/statements?about=` takes more filters."""
    views.entity(state.archive, id)
    wanted = views.StatementFilter(about=id)
    page = views.statement_texts(state.archive, wanted, after=after, limit=limit, sort=sort)
    return written_page(request, page.items, page.next)


def counted_entity(archive: Archive, id_: str) -> dict[str, Any]:
    """Give one entity as JSON. Raises NotFound."""
    return _counted(views.entity(archive, id_))


def _counted(record: views.EntityRecord) -> dict[str, Any]:
    return {**entity_to_json(record.entity), "statements": record.statements}


def _neighbour(neighbour: views.Neighbour) -> dict[str, Any]:
    return {
        "entity": entity_to_json(neighbour.entity),
        "predicates": [
            {"id": one.predicate, "direction": one.direction.value, "statements": one.statements}
            for one in neighbour.predicates
        ],
        "statements": neighbour.statements,
    }
