"""The page for people: `api/web/` at `/` and below `/assets`, and the modules that it shares with exports."""

from __future__ import annotations

from pathlib import Path

from fastapi import FastAPI
from starlette.responses import FileResponse
from starlette.staticfiles import StaticFiles

from graph.resources import data_path

_WEB = Path(__file__).resolve().parent / "web"


def mount_pages(app: FastAPI) -> None:
    """Serve the page. Raises FileNotFoundError if the installation lacks its files."""
    app.add_api_route("/", _index, include_in_schema=False)
    app.mount("/assets/page", StaticFiles(directory=data_path("page")), name="page")
    app.mount("/assets", StaticFiles(directory=_WEB), name="web")


async def _index() -> FileResponse:
    return FileResponse(_WEB / "index.html", media_type="text/html")
