"""Keeps reading feeds: asks each when its time has come, and gives on what is new.

What was read is remembered by the store (`Memory`), item by item, so that nothing is read twice and nothing
is lost: an item counts as read when its article is on the disk, or cannot ever be. A feed that fails is
asked more and more rarely (`schedule.py`), and never stops the others; one that is gone (410) is given up.
"""

from __future__ import annotations

import hashlib
import random
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from http import HTTPStatus
from typing import Final, Protocol, TypeAlias

from graph.errors import (
    AddressRefused,
    FetchFailed,
    ModelError,
    NewsgraphError,
    ReadFailed,
    RobotsRefused,
    StoreError,
    StoreInUse,
)
from graph.model import Article, Failure, Outcome
from graph.sources import schedule, web
from graph.sources.feed import Entry, entry_article, parse_feed
from graph.sources.fetching import Answer, refused
from graph.sources.guard import failed as failure_of
from graph.sources.polite import Clock, Polite, retry_after
from graph.sources.schedule import NEVER, FeedState

OnResult: TypeAlias = Callable[[Article | Failure, Outcome | None], None]
Tries: TypeAlias = Mapping[str, int]
"""The items of a feed by their keys: 0 for one that is done with, else how often it could not be had."""

_MOST_TRIES: Final = 5
_DONE: Final = 0
_STORE_BUSY: Final = 30.0


class Memory(Protocol):
    """What is kept of feeds."""

    def recall(self, feed: str) -> tuple[FeedState | None, Tries]:
        """Return what is known of a feed and its items."""
        ...

    def keep(self, feed: str, state: FeedState, tries: Tries) -> None:
        """Keep this of a feed, in the place of what was there."""
        ...


@dataclass(frozen=True, slots=True)
class Desk:
    """The open store: its memory, and `ingest`, which reads articles, keeps them, and tells of each."""

    memory: Memory
    ingest: Callable[[Iterable[Article | Failure], OnResult], object]


@dataclass(slots=True)
class Watcher:
    """Reads feeds again and again. `every` is in seconds, `limit` in characters of an article.

    `opened` opens the store for one round, so that other programs can have it in between; `tell` hears what a
    person wants to know.
    """

    polite: Polite
    opened: Callable[[], AbstractContextManager[Desk]]
    clock: Clock
    every: float
    limit: int
    tell: Callable[[str], object]
    jitter: Callable[[], float] = random.random
    ok: bool = True
    _due: dict[str, float] = field(default_factory=dict)

    def run(self, feeds: Iterable[str], *, once: bool) -> bool:
        """Read feeds until none is left, or only `once`; say whether all went well.

        Raises StoreError and what reading raises for reasons of its own.
        """
        self._due = dict.fromkeys(feeds, self.clock.now())
        while self._due:
            now = self.clock.now()
            ready = [feed for feed, due in self._due.items() if due <= now]
            try:
                if ready:
                    self._round(ready)
            except StoreInUse as error:
                if once:
                    raise
                self.tell(str(error))
                self.clock.wait(_STORE_BUSY)
                continue
            if once:
                return self.ok
            if self._due:
                self.clock.wait(max(0.0, min(self._due.values()) - self.clock.now()))
        return self.ok

    def _round(self, feeds: Sequence[str]) -> None:
        left = list(feeds)
        with self.opened() as desk:
            while left:  # a host that has to be waited for comes last, so that it holds up none of the others
                feed = min(left, key=self.polite.delay)
                left.remove(feed)
                self._poll(feed, desk)

    def _gone(self, feed: str) -> None:
        self.tell(f"{feed}: It is gone for good (410), and not asked again.")
        self.ok = False
        del self._due[feed]

    def _poll(self, feed: str, desk: Desk) -> None:
        """Ask one feed, give on what is new in it, and settle when it is asked again."""
        known, tries = desk.memory.recall(feed)
        state = known or FeedState(feed)
        now = self.clock.now()
        if state.not_before == NEVER:
            self._gone(feed)
            return
        if state.not_before > now:
            self.tell(
                f"{feed}: Left alone for {state.not_before - now:,.0f} more seconds, as it failed before."
            )
            self._due[feed] = state.not_before
            return
        visit = _Visit(feed, state, dict(tries))
        try:
            answer = self.polite.ask(state.address, state.conditions())
            if answer.status == HTTPStatus.GONE:
                desk.memory.keep(feed, replace(state, not_before=NEVER), tries)
                self._gone(feed)
                return
            if answer.status not in (HTTPStatus.OK, HTTPStatus.NOT_MODIFIED):
                self._failed(visit, desk, refused(answer), retry_after(answer, self.clock.now()))
                return
            self._read(visit, answer, desk)
        except AddressRefused as error:
            if not self.polite.refuses(state.address):  # where it led is its own fault
                self._failed(visit, desk, error)
                return
            self.ok = False  # another run may be told to allow it
            self._due[feed] = now + self.every
            self.tell(f"{feed}: {error}")
        except (StoreError, ModelError):  # which concern every feed
            raise
        except Exception as error:  # whatever it is, the other feeds are still to be read
            self._failed(visit, desk, failure_of(feed, error).error)
        except BaseException:  # Ctrl-C: what was read till now is not fetched again
            desk.memory.keep(feed, state, visit.tries)
            raise

    def _read(self, visit: _Visit, answer: Answer, desk: Desk) -> None:
        if answer.lasting != visit.state.address:
            self.tell(f"{visit.feed}: It has moved to {answer.lasting}, and is asked there from now on.")
        if answer.status == HTTPStatus.OK:
            entries, wrong = parse_feed(answer.body, answer.url)
            if wrong is not None:
                self.ok = False
                self.tell(f"{visit.feed}: {wrong}")
            desk.ingest(visit.news(entries, self._page, self.limit), visit.heard)
            self.ok = self.ok and not visit.refused
        state = schedule.answered(visit.state, answer, keep=visit.settled)
        desk.memory.keep(visit.feed, state, visit.tries)
        self._due[visit.feed] = self.clock.now() + self.every

    def _page(self, url: str, limit: int) -> Article:
        return web.read_page(self.polite.page(url), limit)

    def _failed(self, visit: _Visit, desk: Desk, error: NewsgraphError, said: float | None = None) -> None:
        self.ok = False
        state = schedule.failed(visit.state, self.clock.now(), self.every, self.jitter(), said)
        desk.memory.keep(visit.feed, state, visit.tries)
        self._due[visit.feed] = state.not_before
        wait = state.not_before - self.clock.now()
        self.tell(f"{visit.feed}: {error} It is asked again in {wait:,.0f} seconds.")


@dataclass(slots=True)
class _Visit:
    """One reading of a feed: which of its items are new, and what became of them."""

    feed: str
    state: FeedState
    tries: dict[str, int]
    refused: bool = False
    _keys: dict[str, str] = field(default_factory=dict)

    @property
    def settled(self) -> bool:
        """Whether no item is to be tried again."""
        return not any(self.tries.values())

    def news(
        self, entries: Sequence[Entry], page: Callable[[str, int], Article], limit: int
    ) -> Iterator[Article | Failure]:
        """Give the articles of the items that are not done with; what left the feed is forgotten."""
        keyed = {_key(entry): entry for entry in reversed(entries)}  # the oldest first, as they came about
        if keyed:
            self.tries = {key: tries for key, tries in self.tries.items() if key in keyed}
        for key, entry in keyed.items():
            tries = self.tries.get(key)
            if tries == _DONE:
                continue
            name = entry.url if entry.url and entry.url not in self._keys else f"{self.feed}#{key[:8]}"
            self._keys[name] = key
            yield entry_article(entry, name, limit, page)

    def heard(self, item: Article | Failure, outcome: Outcome | None) -> None:
        """Note what became of an item."""
        key = self._keys.get(item.source or "")
        if key is None:
            return
        self.refused = self.refused or outcome is None
        again = (
            isinstance(item, Failure) and _may_pass(item.error) and self.tries.get(key, 0) + 1 < _MOST_TRIES
        )
        self.tries[key] = self.tries.get(key, 0) + 1 if again else _DONE


def _may_pass(error: NewsgraphError) -> bool:
    """Say whether what went wrong with an item may be right the next time."""
    return isinstance(error, FetchFailed | ReadFailed) and not isinstance(error, RobotsRefused)


def _key(entry: Entry) -> str:
    """Return what an item is known by: a hash, since what feeds call their items may be long."""
    return hashlib.sha256(entry.id.encode("utf-8", "surrogatepass")).hexdigest()[:20]
