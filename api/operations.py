"""Whether the server is well: `/healthz` for who restarts it, `/readyz` for who sends it requests."""

from __future__ import annotations

import anyio.to_thread
from fastapi import APIRouter

from api import schemas
from api.errors import NotReady
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
    responses=schemas.problems(503, 507),
)
async def readyz(state: State) -> schemas.Health:
    """Ready once what a killed process left unfinished has been read again, and what it deleted is gone."""
    if not state.recovered:
        raise NotReady("Articles that were not finished are being read again; try again in a few seconds.")
    await anyio.to_thread.run_sync(state.archive.catch_up)
    return schemas.Health(status="ready")
