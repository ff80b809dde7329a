"""What people decide: `/v1/entities/{id}/merge`, PATCH and DELETE of entities and statements, `/v1/curation`.

Each decision is written down with who made it, when and why, and can be undone. With `If-Match` it is made
only if the entity or statement is still as its ETag says; that is looked at in the turn to write.
"""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from typing import Annotated, Any, Literal, TypeVar

from fastapi import APIRouter, Depends, Path, Query, Request
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import JSONResponse, Response

from api import schemas
from api.entities import EntityId, counted_entity
from api.paging import page_response
from api.parameters import After, Limit, refuse_unknown_parameters
from api.schemas.curation import Decision, EntityChange, Merge, StatementChange
from api.state import ServerState, State
from api.tags import demanded, tagged
from api.things import thing_response
from api.visitors import actor_of
from graph import curation, views
from graph.codec import Json, statement_to_json
from graph.curation import Hand, Wanted
from graph.decisions import Decision as Made
from graph.decisions import Kind
from graph.errors import BadRecord
from graph.store.archive import Archive

T = TypeVar("T")

MOST = 2_000
"""Articles that one decision may change while a server works."""

router = APIRouter(prefix="/v1", tags=["curation"], dependencies=[Depends(refuse_unknown_parameters)])
StatementId = Annotated[str, Path(description="Id of a statement.", max_length=500)]
Number = Annotated[int, Path(description="Number of a decision.", ge=1, le=2**53)]
Why = Annotated[str, Query(max_length=1_000, description="Why, for who looks back.")]


class DecisionQuery(BaseModel):
    """Which decisions are listed."""

    model_config = ConfigDict(frozen=True)

    kind: Kind | None = None
    about: Annotated[
        str | None, Field(max_length=500, description="Id of an entity or a statement.", examples=["Kestria"])
    ] = None
    article: Annotated[str | None, Field(max_length=500, description="Only those that change it.")] = None
    who: Annotated[str | None, Field(max_length=200, description="Only those of one name.")] = None
    state: Literal["active", "idle", "undone", "done"] | None = None
    limit: Limit = 50
    after: After = None


@router.post(
    "/entities/{id}/merge",
    summary="Make two entities one",
    response_model=Decision,
    status_code=201,
    responses=schemas.problems(400, 404, 409, 412, 413, 503, 507),
)
async def merge_entities(request: Request, state: State, id: EntityId, body: Merge) -> JSONResponse:  # noqa: A002
    """Whatever articles say of one they then say of the other; its names become aliases.

    The address of the entity that is no more leads to the other. `DELETE /v1/merges/{id}` undoes it.
    """
    match body.into, body.with_:
        case str() as new, None:
            old = id
        case None, str() as old:
            new = id
        case _:
            raise BadRecord("The body names no entity, or two; give either into or with.")
    check = demanded(request, lambda: counted_entity(state.archive, id))
    return await decided(
        request, state, body.why, lambda hand: curation.merge(state.archive, old, new, hand, check), 201
    )


@router.delete(
    "/merges/{id}",
    summary="Undo a merge",
    response_model=Decision,
    responses=schemas.problems(400, 404, 409, 412, 413, 503, 507),
)
async def unmerge_entities(request: Request, state: State, id: Number, why: Why = "") -> JSONResponse:  # noqa: A002
    """All is then as if it had not been decided. The answer is the decision, which says what undid it."""
    return await _undo(request, state, id, why, Kind.MERGE)


@router.patch(
    "/entities/{id}",
    summary="Rename or retype an entity",
    response_model=schemas.CountedEntity,
    responses=schemas.problems(400, 404, 409, 412, 413, 503, 507),
)
async def change_entity(request: Request, state: State, id: EntityId, body: EntityChange) -> JSONResponse:  # noqa: A002
    """What articles come to say of it later follows. Each of the two is a decision of its own.

    It has only that type then, and the other labels are aliases: *it is that* is a decision too.
    """
    check = demanded(request, lambda: counted_entity(state.archive, id))
    now = await _decide(
        request,
        state,
        body.why,
        lambda hand: curation.describe(state.archive, id, body.label, body.type, hand, check),
        lambda _: counted_entity(state.archive, id),
    )
    return tagged(now)


@router.patch(
    "/statements/{id}",
    summary="Correct a statement",
    response_model=schemas.Statement,
    responses=schemas.problems(400, 404, 409, 412, 413, 503, 507),
)
async def change_statement(
    request: Request,
    state: State,
    id: StatementId,  # noqa: A002
    body: StatementChange,
) -> JSONResponse:
    """The sentence and the phrases that it stands on stay; `curatedBy` names the decision."""
    change = body.model_dump(mode="json", by_alias=True, exclude_unset=True, exclude={"why"})
    check = demanded(request, lambda: _statement(state.archive, id))
    now = await _decide(
        request,
        state,
        body.why,
        lambda hand: curation.correct(state.archive, id, change, hand, check),
        lambda _: _statement(state.archive, id),
    )
    return tagged(now)


@router.delete(
    "/statements/{id}",
    summary="Reject a statement",
    response_model=Decision,
    responses=schemas.problems(400, 404, 409, 412, 413, 503, 507),
)
async def reject_statement(request: Request, state: State, id: StatementId, why: Why = "") -> JSONResponse:  # noqa: A002
    """It is hidden, also when its article is read again, until the decision is undone."""
    check = demanded(request, lambda: _statement(state.archive, id))
    return await decided(request, state, why, lambda hand: curation.reject(state.archive, id, hand, check))


@router.get(
    "/curation",
    summary="List what was decided, the last first",
    response_model=schemas.Page[Decision],
    responses=schemas.problems(400),
)
def list_decisions(request: Request, state: State, asked: Annotated[DecisionQuery, Query()]) -> Response:
    """Who decided what, when and why, and what was there before; what was undone stays in the list."""
    wanted = Wanted(asked.kind, asked.about, asked.article, asked.who, asked.state)
    page = curation.decisions(state.archive, wanted, asked.after, asked.limit)
    return page_response(request, page.items, page.next)


@router.get(
    "/curation/{id}", summary="One decision", response_model=Decision, responses=schemas.problems(404)
)
def get_decision(request: Request, state: State, id: Number) -> JSONResponse:  # noqa: A002
    """With how many articles it changes."""
    return thing_response(request, curation.decision(state.archive, id))


@router.delete(
    "/curation/{id}",
    summary="Undo a decision",
    response_model=Decision,
    responses=schemas.problems(400, 404, 409, 412, 413, 503, 507),
)
async def undo_decision(request: Request, state: State, id: Number, why: Why = "") -> JSONResponse:  # noqa: A002
    """All is then as if it had not been made. The answer is the decision, which says what undid it."""
    return await _undo(request, state, id, why)


async def _undo(
    request: Request, state: ServerState, number: int, why: str, kind: Kind | None = None
) -> JSONResponse:
    check = demanded(request, lambda: curation.decision(state.archive, number))
    undone = await _decide(
        request,
        state,
        why,
        lambda hand: curation.undo(state.archive, number, hand, kind=kind, check=check),
        lambda _: curation.decision(state.archive, number),
    )
    return tagged(undone)


async def decided(
    request: Request, state: ServerState, why: str, do: Callable[[Hand], Made], status: int = 200
) -> JSONResponse:
    """Let who asks decide, and answer with the decision; with 201 `Location` leads to it."""
    made = await _decide(request, state, why, do, lambda made: curation.decision(state.archive, made.id))
    headers = {"Location": f"/v1/curation/{made['id']}"} if status == HTTPStatus.CREATED else {}
    return tagged(made, status, **headers)


async def _decide(
    request: Request, state: ServerState, why: str, do: Callable[[Hand], T], show: Callable[[T], Json]
) -> Json:
    """Let who asks decide, when it is the turn of the request, and look at what came of it in the same turn.

    To wait for another turn could end in 503 for what was decided, and the event loop never waits for a disk.
    """
    hand = Hand(actor_of(request), why.strip(), MOST)
    return await state.threads.changes.run(lambda: show(do(hand)))


def _statement(archive: Archive, id_: str) -> dict[str, Any]:
    return statement_to_json(views.statement(archive, id_))
