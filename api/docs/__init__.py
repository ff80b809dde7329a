"""`/docs`: the API for people, made on the server from `/openapi.json`; works offline and without scripts.

page.py     OpenAPI document -> HTML
docs.css    how it looks
docs.js     lets one try the GETs
"""

from __future__ import annotations

from pathlib import Path

from fastapi import APIRouter, Request
from starlette.responses import FileResponse, HTMLResponse

from api.docs.page import render

router = APIRouter(include_in_schema=False)
_FOLDER = Path(__file__).resolve().parent


@router.get("/docs")
def docs(request: Request) -> HTMLResponse:
    """List all operations, with parameters and examples, and all kinds of problems."""
    return HTMLResponse(render(request.app.openapi()))


@router.get("/docs/docs.js")
async def script() -> FileResponse:
    """Give the script of the page."""
    return FileResponse(_FOLDER / "docs.js", media_type="text/javascript")


@router.get("/docs/docs.css")
async def style() -> FileResponse:
    """Give the style of the page."""
    return FileResponse(_FOLDER / "docs.css", media_type="text/css")
