"""The page for people: `api/web/` at `/` and below `/assets`, and the modules that it shares with exports."""

from __future__ import annotations

from pathlib import Path

from fastapi import FastAPI, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import FileResponse, Response
from starlette.staticfiles import StaticFiles

from api.linked_data import GRAPHS, HTML, Format, choose, dataset
from api.state import State
from graph.resources import data_path

_WEB = Path(__file__).resolve().parent / "web"


def mount_pages(app: FastAPI) -> None:
    """Serve the page. Raises FileNotFoundError if the installation lacks its files."""
    app.add_api_route("/", _index, include_in_schema=False)
    app.mount("/assets/page", StaticFiles(directory=data_path("page")), name="page")
    app.mount("/assets", StaticFiles(directory=_WEB), name="web")


async def _index(request: Request, state: State, format: Format = None) -> Response:  # noqa: A002
    """Give the page; a program that asks for RDF gets the description of the data set, whose IRI this is."""
    offer, _ = choose(request, format, (HTML, *GRAPHS))
    if offer is not HTML:
        return await run_in_threadpool(dataset, request, state, format)
    return FileResponse(_WEB / "index.html", media_type="text/html", headers={"Vary": "Accept"})
