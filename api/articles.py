"""`/v1/articles`: give articles to be read, list them, see what was read, take them away.

How POST answers depends on the body. One article (plain text, HTML, a JSON object): 201 with its
statements, 200 if it was there already, or the problem that it has; so does the address of one, if this
server fetches pages (`api/fetching.py`). Several (a JSON list, JSON Lines, CSV,
a feed): what became of each, with 200 if all went well and 207 if some did not; those that did are kept.
Many (`api/intake.py` says how many), and Parquet: 202 with a job that reads them.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, Iterable, Sequence
from contextlib import aclosing
from datetime import date
from typing import Annotated, Any

import anyio.to_thread
from fastapi import APIRouter, Depends, Path, Query, Request
from starlette.responses import JSONResponse, Response

from api import schemas
from api.audit import note_ids
from api.bodies import BODY, UTF8, take_apart, take_lines_apart
from api.days import Day
from api.errors import UnsupportedMedia
from api.ingestion import Result
from api.intake import APPLIED, MOST_AT_ONCE, MOST_CHARACTERS, gather, prefers_async, whole
from api.jobs import accepted
from api.negotiation import body_type
from api.paging import page_response
from api.parameters import After, Limit, refuse_unknown_parameters
from api.presence import while_there
from api.problems import problem_of
from api.schemas.jobs import Job
from api.state import ServerState, State
from api.tables import take_table_apart
from api.tags import demanded
from api.things import thing_response
from graph import views
from graph.codec import statement_to_json
from graph.errors import BadRecord, NewsgraphError
from graph.model import Article, Failure, Outcome
from graph.sources.formats import BY_MEDIA_TYPE, PARQUET_TYPE, media_type_of
from graph.store.job_rows import Job as TakenOn
from graph.store.records import Heading
from graph.views.paging import next_cursor, number_after

router = APIRouter(
    prefix="/v1/articles", tags=["articles"], dependencies=[Depends(refuse_unknown_parameters)]
)
ArticleId = Annotated[
    str, Path(description="Id of an article.", examples=["a53f640b2aa3551d9f78"], max_length=500)
]
Published = Annotated[
    Day | None,
    Query(description="Day of publication of articles that bring none.", examples=["2025-05-12"]),
]
_TEXT = {"schema": {"type": "string"}}
_BODIES: dict[str, Any] = {
    **dict.fromkeys(BY_MEDIA_TYPE, _TEXT),
    "application/json": {
        "schema": {
            "anyOf": [
                {"$ref": "#/components/schemas/NewArticle"},
                {"$ref": "#/components/schemas/NewPage"},
                {"type": "array"},
            ]
        },
        "example": {"text": "Russia annexed Crimea in 2014.", "title": "Crimea", "published": "2025-05-12"},
    },
    "text/plain": {**_TEXT, "example": "Xi Jinping plans to visit Moscow next week, the Kremlin said."},
    "application/x-ndjson": {**_TEXT, "example": '{"text": "Russia annexed Crimea in 2014."}\n'},
    "text/csv": {**_TEXT, "example": "title,text\nCrimea,Russia annexed Crimea in 2014.\n"},
}
_MANY: dict[str, Any] = {**_BODIES, PARQUET_TYPE: {"schema": {"type": "string", "format": "binary"}}}
_PARQUET = "parquet"
_COUNTS = (*(outcome.value for outcome in Outcome), "failed")
_LIST = "articles"


@router.post(
    "",
    summary="Read one article, or several, and keep what they say",
    response_model=schemas.Added | schemas.Batch,
    status_code=201,
    responses={
        202: {
            "description": f"More than {MOST_AT_ONCE} articles or {MOST_CHARACTERS:,} characters, Parquet, or"
            " `Prefer: respond-async`: a job reads them, and `Location` says where to watch it.",
            "model": Job,
        },
        200: {
            "description": "It was there already, or several were read.",
            "model": schemas.Added | schemas.Batch,
        },
        207: {"description": "Some of several failed; each item says which.", "model": schemas.Batch},
        **schemas.problems(400, 403, 413, 415, 422, 502, 503, 507),
    },
    openapi_extra={"requestBody": {"required": True, "content": _MANY}},
)
async def add_articles(
    request: Request,
    state: State,
    published: Published = None,
) -> Response:
    """The same text is the same article; sent again with more or other metadata it is replaced, but what is
    known and not sent stays, and a copy at another address changes nothing. Articles wait for their turn, at
    most for half a minute, and as long as the client does.
    """
    media_type = request.headers.get("content-type", "")
    kind = _kind(media_type, _MANY)
    apart = prefers_async(request.headers)
    groups = _groups(request, state, kind, media_type, published)
    found = await gather(state.jobs, groups, apart=apart or kind == _PARQUET)
    if isinstance(found, TakenOn):
        return accepted(found, APPLIED if apart else None)
    async with while_there(request.receive):
        results = await state.lane.ingest([await _with_text(state, item) for item in found])
    if results[0].source == BODY:  # all of it is one article, or one failure
        return await anyio.to_thread.run_sync(_single, state, results[0])
    note_ids(request, (one.article.id for one in results if one.article is not None))
    return _batch(results)


async def _groups(
    request: Request, state: ServerState, kind: str, media_type: str, published: date | None
) -> AsyncGenerator[Sequence[Article | Failure]]:
    """Take the articles out of a body: as they arrive where that is possible."""
    turns, limit = state.threads.bodies, state.settings.max_article
    if kind == _PARQUET:
        async with aclosing(
            take_table_apart(state.threads.tables, request, state.settings, published)
        ) as rows:
            async for some in rows:
                yield state.pages.asked(some, published)
        return
    if kind == "jsonl" and body_type(media_type)[1] in UTF8:
        async for some in take_lines_apart(turns, request.stream(), media_type, published, limit):
            yield state.pages.asked(some, published)
        return
    data = await request.body()
    async with while_there(request.receive):
        found = await take_apart(turns, data, media_type, published, limit)
    async for part in whole(state.pages.asked(found, published)):
        yield part


async def _with_text(state: ServerState, item: Article | Failure) -> Article | Failure:
    """Fetch an article of which only the address is known."""
    if isinstance(item, Failure) or item.text:
        return item
    try:
        return await state.pages.article(item)
    except NewsgraphError as error:
        return Failure(item.source or BODY, error)


@router.get(
    "",
    summary="List the articles, in the order in which they were read",
    response_model=schemas.Page[schemas.ArticleSummary],
    responses=schemas.problems(400),
)
def list_articles(request: Request, state: State, limit: Limit = 50, after: After = None) -> Response:
    """Their metadata, without their texts."""
    found = state.archive.ledger.headings(number_after(after, _LIST) or 0, limit + 1)
    cursor = next_cursor(found, limit, _LIST, lambda heading: (heading.sequence,))
    return page_response(request, [_summary(heading) for heading in found[:limit]], cursor)


@router.get(
    "/{id}",
    summary="One article: its text, its statements, its mentions",
    response_model=schemas.ArticleDetail,
    responses=schemas.problems(404, 410),
)
def get_article(request: Request, state: State, id: ArticleId) -> JSONResponse:  # noqa: A002
    """Offsets count code points of `text`."""
    return thing_response(request, _detail(state, id))


@router.put(
    "/{id}",
    summary="Put another version in the place of an article",
    response_model=schemas.Added,
    responses={
        201: {"description": "It was not there, and its id is that of the text.", "model": schemas.Added},
        **schemas.problems(400, 403, 404, 410, 412, 413, 415, 422, 502, 503, 507),
    },
    openapi_extra={"requestBody": {"required": True, "content": _BODIES}},
)
async def replace_article(
    request: Request,
    state: State,
    id: ArticleId,  # noqa: A002
    published: Published = None,
) -> Response:
    """The id of an article is a hash of its text: another text has another id, to which `Location` leads.

    What only the version before said is gone with it; what was decided of statements holds on where their
    sentences stayed (`decisions`). With `If-Match` it is replaced only if it still is what its ETag says.
    """
    media_type = request.headers.get("content-type", "")
    _kind(media_type, _BODIES)
    items = await take_apart(
        state.threads.bodies, await request.body(), media_type, published, state.settings.max_article
    )
    if len(items) != 1:
        raise BadRecord(
            f"The body is a list of {len(items):,}; send the one article that is to be in its place."
        )
    async with while_there(request.receive):
        (found,) = state.pages.asked(items, published)
        item = await _with_text(state, found)
        if isinstance(item, Failure):
            raise item.error
        check = demanded(request, lambda: _detail(state, id) if state.archive.ledger.find(id) else None)
        result = await state.lane.replace(id, item, check)
    return await anyio.to_thread.run_sync(_single, state, result)


@router.delete(
    "/{id}",
    summary="Remove an article, and what no other article says",
    status_code=204,
    responses=schemas.problems(404, 410, 412, 507),
)
def delete_article(request: Request, state: State, id: ArticleId) -> Response:  # noqa: A002
    """Statements that another article makes too stay, as statements of that article.

    Its address then answers 410, until the same text is sent again.
    """
    check = demanded(request, lambda: _detail(state, id))
    if check is None:
        state.archive.delete(id)
        return Response(status_code=204)
    with state.archive.turn():
        check()
        state.archive.delete(id)
    return Response(status_code=204)


def _kind(content_type: str, known: Iterable[str]) -> str:
    """Give the name of the source that reads a media type. Raises UnsupportedMedia, listing those `known`."""
    media_type = media_type_of(content_type)
    if media_type not in known:
        what = repr(media_type or "a body without a Content-Type")
        raise UnsupportedMedia(f"Articles are not read from {what} here; send one of {', '.join(known)}.")
    return _PARQUET if media_type == PARQUET_TYPE else BY_MEDIA_TYPE[media_type].name


def _single(state: ServerState, result: Result) -> Response:
    """Answer for a body of one article. Raises the error that it had."""
    if result.error is not None or result.article is None or result.outcome is None:
        raise result.error or AssertionError(result)
    article_id = result.article.id
    status = 201 if result.outcome is Outcome.ADDED else 200
    body = {**result.told, "article": _detail(state, article_id)}
    return JSONResponse(body, status, headers={"Location": f"/v1/articles/{article_id}"})


def _batch(results: list[Result]) -> Response:
    items = [_item(result) for result in results]
    counts = {name: sum(item["outcome"] == name for item in items) for name in _COUNTS}
    return JSONResponse({**counts, "items": items}, 207 if counts["failed"] else 200)


def _item(result: Result) -> dict[str, Any]:
    return {
        "source": result.source,
        **result.told,
        "article": result.article and result.article.id,
        "problem": result.error and problem_of(result.error),
    }


def _summary(heading: Heading) -> dict[str, Any]:
    return {
        "id": heading.id,
        "title": heading.title,
        "url": heading.url,
        "published": heading.published and heading.published.isoformat(),
        "publisher": heading.publisher,
        "state": heading.state,
        "problem": heading.problem,
        "added": heading.added.isoformat(),
        "model": heading.model,
    }


def _detail(state: ServerState, article_id: str) -> dict[str, Any]:
    archive = state.archive
    record = archive.article(article_id)
    mentions = views.article_mentions(archive, article_id)
    return {
        **_summary(record.heading),
        "text": record.article.text,
        "statements": [statement_to_json(one) for one in views.article_statements(archive, article_id)],
        "mentions": [{"entity": m.entity, "text": m.text, "start": m.start, "end": m.end} for m in mentions],
    }
