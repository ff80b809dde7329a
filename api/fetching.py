"""Pages that clients give only the address of: fetched under the guard, then read as any other article.

    one address       is fetched before the answer, while its client waits
    several           are fetched one after the other for the job that they become, with manners

Whether any are is the setting `fetch`. A fetch has a thread that a server on its way out does not wait for:
what was not fetched by then is still to be fetched at the next start.
"""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Final, TypeVar

import anyio

from api.bell import Bell, beside, insist
from api.turns import BySize
from graph.errors import FetchFailed, FetchOff, NewsgraphError, UnknownFormat
from graph.model import Article, Failure
from graph.settings import Settings
from graph.sources.addresses import shortened
from graph.sources.fetching import Answer, Guard, fetch, guard_for
from graph.sources.jsonl import OnlyAddress
from graph.sources.polite import Polite, SystemClock
from graph.sources.web import read_page
from graph.store import job_queue
from graph.store.jobs import Jobs
from graph.store.ledger import Ledger

_LOG = logging.getLogger("newsgraph.api")
_AT_ONCE: Final = 4
"""Addresses that are fetched at once for clients that wait."""
_T = TypeVar("_T")


class Pages:
    """Fetches pages for one server, as its settings allow."""

    def __init__(self, settings: Settings, bodies: BySize) -> None:
        self._settings, self._bodies = settings, bodies
        self._few = anyio.CapacityLimiter(_AT_ONCE)

    def asked(self, items: Iterable[Article | Failure], published: date | None) -> list[Article | Failure]:
        """Put articles without a text in the place of those that are only an address, if pages are fetched.

        Else what they fail with says that none are. `published` is the day of those that bring none.
        """
        return [self._asked(item, published) for item in items]

    def guard(self) -> Guard:
        """Return what may be fetched. Raises FetchOff if nothing may."""
        return guard_for(self._settings)

    async def article(self, asked: Article) -> Article:
        """Fetch and take apart the page of one address, while its client waits.

        What was said with the address (title, day, publisher) goes before what the page says. Raises
        AddressRefused, FetchFailed, also for what is no page, FetchOff, InputError for one that
        holds no article, TooLarge, Busy.
        """
        guard = self.guard()
        async with self._few:
            answer = await apart(partial(fetch, asked.url or "", guard))
        return await self.read(asked, answer)

    async def read(self, asked: Article, answer: Answer) -> Article:
        """Take apart what an address gave, where no other request waits for it; raises as `article` does."""
        try:
            page = await self._bodies.run(len(answer.body), read_page, answer, self._settings.max_article)
        except UnknownFormat as error:  # of the page, not of what the client sent or wants
            raise FetchFailed(f"{shortened(answer.url)} is no article. {error}") from error
        return replace(
            page,
            title=asked.title or page.title,
            published=asked.published or page.published,
            publisher=asked.publisher or page.publisher,
            source=asked.source,
        )

    def _asked(self, item: Article | Failure, published: date | None) -> Article | Failure:
        if not (isinstance(item, Failure) and isinstance(item.error, OnlyAddress)):
            return item
        described = item.error.article
        try:
            self.guard()
        except FetchOff as error:
            return Failure(item.source, error)
        return replace(described, source=item.source, published=described.published or published)


class Fetches:
    """Fetches the addresses that jobs hold, one after the other; `bell` rings when there may be new ones."""

    def __init__(self, pages: Pages, ledger: Ledger, jobs: Jobs, bell: Bell) -> None:
        self._pages, self._ledger, self._jobs, self._bell = pages, ledger, jobs, bell
        self._polite: Polite | None = None

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Run while the block does."""
        scope = anyio.CancelScope()
        async with beside(self._run(scope), scope):
            yield

    async def _run(self, scope: anyio.CancelScope) -> None:
        with scope:
            last = 0
            while True:
                coming = self._bell.coming()
                found = await insist(partial(job_queue.next_address, self._ledger, last))
                if found is None:
                    await coming.wait()
                    continue
                job, number, asked = found
                last = job.sequence
                try:
                    article = await self._article(asked)
                except NewsgraphError as error:
                    settle = partial(job_queue.not_fetched, self._jobs, job, number, error)
                else:
                    settle = partial(job_queue.fetched, self._jobs, job, number, article)
                await insist(settle)

    async def _article(self, asked: Article) -> Article:
        guard = self._pages.guard()
        if self._polite is None:
            self._polite = Polite(guard, SystemClock())
        try:
            answer = await apart(partial(self._polite.page, asked.url or ""))
            return await self._pages.read(asked, answer)
        except NewsgraphError:
            raise
        except Exception as error:  # one page is no reason to fetch no other
            _LOG.exception("the page of a job could not be taken apart")
            raise FetchFailed("The page could not be taken apart; send the article's text.") from error


async def apart(work: Callable[[], _T]) -> _T:
    """Do `work` in a thread of its own, which nobody waits for once this is cancelled; raise what it does."""
    loop = asyncio.get_running_loop()
    done: asyncio.Future[_T] = loop.create_future()

    def finish(tell: Callable[[], object]) -> None:
        if not done.done():
            tell()

    def run() -> None:
        try:
            result = work()
        except BaseException as error:
            tell: Callable[[], object] = partial(done.set_exception, error)
        else:
            tell = partial(done.set_result, result)
        with suppress(RuntimeError):  # the loop is closed: nobody waits any more
            loop.call_soon_threadsafe(finish, tell)

    threading.Thread(target=run, daemon=True, name="fetch").start()
    return await done
