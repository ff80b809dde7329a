"""Whether the server is well: `/healthz` for who restarts it, `/readyz` for who sends it requests."""

from __future__ import annotations

from fastapi import APIRouter

from api import schemas
from api.problems import NotReady
from api.state import State

router = APIRouter(tags=["operations"])


@router.get("/healthz", summary="The process is alive", response_model=schemas.Health)
async def healthz() -> schemas.Health:
    """Needs no key, and waits for nothing."""
    return schemas.Health(status="ok")


@router.get(
    "/readyz",
    summary="The store is open and whole",
    response_model=schemas.Health,
    responses=schemas.problems(503),
)
async def readyz(state: State) -> schemas.Health:
    """Ready once what a killed process left unfinished has been read again."""
    if not state.recovered:
        raise NotReady("Articles that were not finished are being read again; try again in a few seconds.")
    return schemas.Health(status="ready")
