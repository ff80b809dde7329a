"""`/v1/search`: full text over the names of entities and the sentences of statements."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import Response

from api import schemas
from api.paging import written_page
from api.parameters import After, Limit, refuse_unknown_parameters
from api.schemas.search import Found
from api.state import State
from graph import views

router = APIRouter(prefix="/v1", tags=["search"], dependencies=[Depends(refuse_unknown_parameters)])


@router.get(
    "/search",
    summary="Find entities and statements by words, those that fit best first",
    response_model=schemas.Page[Found],
    responses=schemas.problems(400),
)
def search(
    request: Request,
    state: State,
    q: Annotated[str, Query(description='Words, "phrases" and beginn*.', max_length=200)],
    kind: Annotated[views.HitKind | None, Query(description="Only of this kind.")] = None,
    limit: Limit = 50,
    after: After = None,
) -> Response:
    """All words have to be there, in any order; case and accents do not count.

    Of the statements the newest two hundred are put in order of how well they fit; older ones follow, the
    newest first, with the score 0. Of more than a thousand entities those that were named first are found.
    """
    page = views.search_texts(state.archive, q, kind=kind, after=after, limit=limit)
    return written_page(request, page.items, page.next)
