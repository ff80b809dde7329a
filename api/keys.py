"""`/v1/keys`: make keys, list them, revoke them; for who has one of scope admin."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Request
from starlette.responses import JSONResponse, Response

from api import schemas
from api.audit import note_ids
from api.listing import list_response
from api.parameters import refuse_unknown_parameters
from api.schemas.keys import KeyList, KeyMade, KeyShown, NewKey
from api.state import State
from graph.store.keys import key_to_json

router = APIRouter(prefix="/v1/keys", tags=["keys"], dependencies=[Depends(refuse_unknown_parameters)])
KeyId = Annotated[str, Path(description="Id or name of a key.", examples=["press"], max_length=64)]
_UNKEPT = {"Cache-Control": "no-store"}


@router.get(
    "",
    summary="List the keys, without their secrets",
    response_model=KeyList,
    responses=schemas.problems(),
)
def list_keys(request: Request, state: State) -> Response:
    """Those that are revoked or expired too, in the order in which they were made."""
    now = datetime.now(UTC)
    return list_response(request, [key_to_json(key, now) for key in state.keys.all()], _UNKEPT)


@router.post(
    "",
    summary="Make a key",
    status_code=201,
    response_model=KeyMade,
    responses=schemas.problems(400, 409, 507),
)
def make_key(request: Request, state: State, new: NewKey) -> JSONResponse:
    """The answer is the only place where its `token` is ever shown."""
    key, token = state.keys.add(new.name, new.scope, new.expires, new.rate)
    note_ids(request, [key.id])
    return JSONResponse({**key_to_json(key, datetime.now(UTC)), "token": token}, 201, headers=_UNKEPT)


@router.delete("/{id}", summary="Revoke a key", response_model=KeyShown, responses=schemas.problems(404, 507))
def revoke_key(state: State, id: KeyId) -> JSONResponse:  # noqa: A002
    """It is refused from now on; its line stays, so that the log can be read."""
    return JSONResponse(key_to_json(state.keys.revoke(id), datetime.now(UTC)), headers=_UNKEPT)
