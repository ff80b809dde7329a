"""`/v1/backup`: ledger and graph of one moment, as one file, while the server works."""

from __future__ import annotations

import threading

from fastapi import APIRouter, Depends
from starlette.responses import Response

from api import schemas
from api.parameters import refuse_unknown_parameters
from api.state import State
from api.streams import BlockingStream, Chunks
from graph.store import backups

router = APIRouter(
    prefix="/v1/backup", tags=["operations"], dependencies=[Depends(refuse_unknown_parameters)]
)


@router.post(
    "",
    summary="Download a backup",
    response_class=Response,
    responses={
        200: {
            "description": "A tar file for `newsgraph restore`.",
            "content": schemas.contents(["application/x-tar"]),
        },
        **schemas.problems(400, 503, 507),
    },
)
async def make_backup(state: State) -> BlockingStream:
    """Everything that the server keeps, and so only for who may know it all; writers wait a moment."""

    def make(_gone: threading.Event) -> Chunks:
        headers = {
            "Content-Type": "application/x-tar",
            "Content-Disposition": 'attachment; filename="newsgraph.tar"',
            "Cache-Control": "no-store",
        }
        return Chunks(headers, backups.backup(state.archive))

    return BlockingStream(make, state.threads.exports)
