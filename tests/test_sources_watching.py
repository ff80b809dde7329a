"""Feeds that are watched, on a web of hosts that is this machine, with a clock that is moved."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

import pytest
from sourcing import LIMIT, OTHER, PLAIN
from webbing import Asked, FakeClock, Reply, Web, moved, page, web_of_hosts

from graph.errors import NotEnglish, ReadFailed, StoreFull, StoreInUse
from graph.model import Article, Failure, Outcome
from graph.sources.polite import Polite
from graph.sources.schedule import FeedState
from graph.sources.watching import Desk, OnResult, Tries, Watcher
from graph.store.archive import Archive
from graph.store.feeds import FeedMemory

FEED = "http://news.example/feed"
DEAD = "http://dead.example/feed"


def rss(*items: str, **headers: str) -> Reply:
    inside = "".join(f"<item>{item}</item>" for item in items)
    return Reply(
        f"<rss><channel>{inside}</channel></rss>".encode(),
        headers={
            "Content-Type": "text/xml",
            **{name.replace("_", "-"): value for name, value in headers.items()},
        },
    )


def item(number: int, text: str = PLAIN) -> str:
    return f"<guid>{number}</guid><description>{number}. {text * 20}</description>"


class Stopped(BaseException):
    """What a signal raises."""


class Bench:
    """A watcher and all that is round it."""

    def __init__(self, web: Web) -> None:
        self.web = web
        self.clock = FakeClock()
        self.kept: dict[str, tuple[FeedState, Tries]] = {}
        self.read: list[str] = []
        self.told: list[str] = []
        self.broken: dict[str, Exception] = {}
        self.opened = 0
        self.store_error: Exception | None = None

    def recall(self, feed: str) -> tuple[FeedState | None, Tries]:
        return self.kept.get(feed, (None, {}))

    def keep(self, feed: str, state: FeedState, tries: Tries) -> None:
        self.kept[feed] = (state, dict(tries))

    def ingest(self, articles: Iterable[Article | Failure], heard: OnResult) -> None:
        for one in articles:
            if isinstance(one, Failure):
                heard(one, None)
                continue
            error = self.broken.get(one.text[:2])
            if isinstance(error, ReadFailed | NotEnglish):
                heard(Failure(one.name, error), None)
            elif error is not None:
                raise error
            else:
                self.read.append(one.text[:2])
                heard(one, Outcome.ADDED)

    @contextmanager
    def desk(self) -> Iterator[Desk]:
        self.opened += 1
        if self.store_error is not None:
            error, self.store_error = self.store_error, None
            raise error
        yield Desk(self, self.ingest)

    def watcher(self, **options: object) -> Watcher:
        polite = Polite(self.web.guard(seconds=1.0), self.clock)
        given = {"every": 900.0, "limit": LIMIT, "jitter": lambda: 1.0, **options}
        return Watcher(polite, self.desk, self.clock, tell=self.told.append, **given)  # type: ignore[arg-type]

    def once(self, *feeds: str, **options: object) -> bool:
        return self.watcher(**options).run(feeds or (FEED,), once=True)

    def asked(self, host: str = "news.example") -> list[Asked]:
        return [asked for asked in self.web.asked if asked.url == f"{host}/feed"]


@pytest.fixture
def bench() -> Iterator[Bench]:
    with web_of_hosts() as web:
        yield Bench(web)


def test_what_is_new_is_read_the_oldest_first(bench: Bench) -> None:
    bench.web.pages["news.example/feed"] = rss(item(2), item(1))
    assert bench.once()
    assert bench.read == ["1.", "2."]
    bench.web.pages["news.example/feed"] = rss(item(3), item(2, OTHER), item(1))
    assert bench.once()
    assert bench.read == ["1.", "2.", "3."]


def test_an_unchanged_feed_is_not_sent_again(bench: Bench) -> None:
    def feed(asked: Asked) -> Reply:
        if (
            asked.headers.get("if-none-match") == '"1"'
            and asked.headers.get("if-modified-since") == "yesterday"
        ):
            return Reply(status=304)
        return rss(item(1), ETag='"1"', Last_Modified="yesterday")

    bench.web.pages["news.example/feed"] = feed
    assert bench.once()
    assert bench.once()  # another run: what it knows comes from the memory
    assert "if-none-match" not in bench.asked()[0].headers
    assert bench.asked()[1].headers["if-none-match"] == '"1"'
    assert bench.read == ["1."]


def test_feeds_are_asked_again_after_the_interval_and_in_between_the_store_is_closed(bench: Bench) -> None:
    def feed(asked: Asked) -> Reply:
        if asked.before == 3:
            raise_stop.append(True)
            return Reply(status=410)
        return rss(item(asked.before))

    raise_stop: list[bool] = []
    bench.web.pages["news.example/feed"] = feed
    assert not bench.watcher().run([FEED], once=False)  # it ends when no feed is left
    assert bench.read == ["0.", "1.", "2."]
    assert [wait for wait in bench.clock.waits if wait > 100] == [900.0] * 3
    assert bench.opened == 4
    assert "gone for good" in bench.told[-1]
    with Archive.open(None, "http://localhost:8000/") as archive:  # which is told to the next run
        memory = FeedMemory(archive.ledger)
        memory.keep(FEED, *bench.kept[FEED])
        assert memory.recall(FEED) == bench.kept[FEED]
    asked = len(bench.asked())
    assert not bench.once()
    assert (len(bench.asked()), "gone for good" in bench.told[-1]) == (asked, True)


@pytest.mark.parametrize(
    "reply",
    [
        Reply(status=404),
        Reply(status=500),
        Reply(b"<html></html>"),
        Reply(b"\x00\x01"),
        moved("http://127.0.0.1/"),
        moved("/feed"),
        Reply(raw=lambda _handler: time.sleep(1.5)),
        Reply(raw=lambda handler: handler.wfile.write(b"no HTTP\r\n")),
        Reply(b'<!DOCTYPE x [<!ENTITY a "b">]><rss>&a;</rss>'),
    ],
)
def test_a_dead_feed_never_stops_the_others(bench: Bench, reply: Reply) -> None:
    bench.web.names["127.0.0.1"] = ["127.0.0.1"]
    bench.web.pages["dead.example/feed"] = reply
    bench.web.pages["news.example/feed"] = rss(item(1))
    assert not bench.once(DEAD, FEED)
    assert bench.read == ["1."]
    (told,) = bench.told
    assert told.startswith(f"{DEAD}: ")
    assert told.endswith("It is asked again in 1,800 seconds.")
    assert "bug" not in told


def test_a_host_that_asks_for_patience_holds_up_no_other(bench: Bench) -> None:
    bench.web.pages["dead.example/feed"] = Reply(status=503, headers={"Retry-After": "40"})
    bench.web.pages["dead.example/more"] = rss(item(2))
    bench.web.pages["news.example/feed"] = rss(item(1))
    began = bench.clock.time
    times: list[float] = []
    bench.web.pages["news.example/feed"] = lambda _asked: (
        times.append(bench.clock.time - began),
        rss(item(1)),
    )[1]
    assert not bench.once(DEAD, "http://dead.example/more", FEED)
    assert bench.read == ["1.", "2."]
    assert times[0] < 10
    assert bench.clock.time - began >= 40


def test_a_feed_that_fails_is_left_alone_for_longer_each_time_also_by_the_next_run(bench: Bench) -> None:
    bench.web.pages["news.example/feed"] = Reply(status=500)
    for wait in (1_800.0, 3_600.0, 7_200.0):
        began = len(bench.asked())
        assert not bench.once()
        assert len(bench.asked()) == began + 1
        bench.once()
        assert "Left alone" in bench.told[-1]
        assert len(bench.asked()) == began + 1
        assert bench.kept[FEED][0].not_before - bench.clock.time == pytest.approx(wait)
        bench.clock.time += wait
    bench.web.pages["news.example/feed"] = rss(item(1))
    assert bench.once()
    assert bench.kept[FEED][0].failures == 0


@pytest.mark.parametrize("status", [429, 503])
def test_a_feed_says_itself_when_to_come_back(bench: Bench, status: int) -> None:
    bench.web.pages["news.example/feed"] = Reply(status=status, headers={"Retry-After": "36000"})
    assert not bench.once()
    assert bench.kept[FEED][0].not_before == bench.clock.time + 36_000
    assert str(status) in bench.told[0]


def test_a_feed_that_moved_is_asked_there_from_now_on(bench: Bench) -> None:
    bench.web.pages["news.example/feed"] = moved("http://other.example/feed", 301)
    bench.web.pages["other.example/feed"] = rss(item(1))
    assert bench.once()
    assert bench.once()
    assert len(bench.asked()) == 1
    assert len(bench.asked("other.example")) == 2
    assert bench.told == [
        f"{FEED}: It has moved to http://other.example/feed, and is asked there from now on."
    ]


def test_what_robots_txt_does_not_allow_is_not_asked_for(bench: Bench) -> None:
    bench.web.pages["news.example/robots.txt"] = Reply(b"User-agent: newsgraph\nDisallow: /feed\n")
    bench.web.pages["news.example/feed"] = rss(item(1))
    assert not bench.once()
    assert bench.asked() == []
    assert "robots.txt" in bench.told[0]


def teaser(path: str) -> str:
    return f"<link>http://news.example/{path}</link><description>1. {OTHER} ...</description>"


def test_pages_of_teasers_are_fetched_once_and_with_a_pause(bench: Bench) -> None:
    for path in ("a", "b"):
        bench.web.pages[f"news.example/{path}"] = page(f"{path}. {PLAIN}")
    bench.web.pages["news.example/feed"] = rss(teaser("b"), teaser("a"))
    assert bench.once()
    assert bench.once()
    assert bench.read == ["a.", "b."]
    assert bench.web.paths().count("news.example/a") == 1
    assert all(wait == 1.0 for wait in bench.clock.waits)
    assert len(bench.clock.waits) >= 3


def test_a_teaser_is_the_article_where_pages_may_not_be_fetched(bench: Bench) -> None:
    bench.web.pages["news.example/robots.txt"] = Reply(b"User-agent: *\nDisallow: /private/\n")
    bench.web.pages["news.example/feed"] = rss(teaser("private/a"))
    assert bench.once()
    assert bench.read == ["1."]


def test_a_page_that_fails_is_tried_again_though_the_feed_is_unchanged_and_then_given_up(
    bench: Bench,
) -> None:
    bench.web.pages["news.example/feed"] = rss(teaser("a"), item(2), ETag='"1"')
    for _ in range(7):
        bench.once()
    assert bench.web.paths().count("news.example/a") == 5
    assert bench.read == ["2."]
    assert all("if-none-match" not in asked.headers for asked in bench.asked()[:5])
    assert bench.asked()[6].headers["if-none-match"] == '"1"'
    bench.kept.clear()
    bench.web.pages["news.example/a"] = page(f"a. {PLAIN}")
    bench.once()
    assert "a." in bench.read


@pytest.mark.parametrize(("error", "times"), [(NotEnglish("No."), 1), (ReadFailed("A bug."), 3)])
def test_an_article_that_cannot_be_read_is_tried_again_if_that_may_help(
    bench: Bench, error: Exception, times: int
) -> None:
    heard = 0

    def counted(articles: Iterable[Article | Failure], tell: OnResult) -> None:
        nonlocal heard
        for one in articles:
            heard += 1
            assert isinstance(one, Article)
            tell(Failure(one.name, error), None)  # type: ignore[arg-type]

    bench.ingest = counted  # type: ignore[method-assign]
    bench.web.pages["news.example/feed"] = rss(item(1))
    assert not bench.once()
    bench.once()
    bench.once()
    assert heard == times


def test_a_feed_that_is_cut_off_gives_its_whole_items_and_says_so(bench: Bench) -> None:
    whole = rss(item(1), item(2))
    bench.web.pages["news.example/feed"] = Reply(whole.body[: len(whole.body) - 60], headers=whole.headers)
    assert not bench.once()
    assert bench.read == ["1."]
    assert "not well-formed" in bench.told[0]


def test_what_was_read_before_an_interruption_is_not_read_again(bench: Bench) -> None:
    bench.web.pages["news.example/feed"] = rss(item(3), item(2), item(1), ETag='"1"')
    bench.broken = {"2.": Stopped()}  # type: ignore[dict-item]
    with pytest.raises(Stopped):
        bench.once()
    bench.broken = {}
    assert bench.once()
    assert bench.read == ["1.", "2.", "3."]
    assert "if-none-match" not in bench.asked()[1].headers


def test_a_store_that_is_full_ends_it_and_one_in_use_is_waited_for(bench: Bench) -> None:
    bench.web.pages["news.example/feed"] = lambda asked: Reply(status=410) if asked.before else rss(item(1))
    bench.store_error = StoreInUse("Another process has it open.")
    with pytest.raises(StoreInUse):
        bench.once()
    bench.store_error = StoreInUse("Another process has it open.")
    bench.watcher().run([FEED], once=False)
    assert bench.told[0] == "Another process has it open."
    assert bench.read == ["1."]
    bench.kept.clear()
    bench.web.pages["news.example/feed"] = rss(item(1))
    bench.broken = {"1.": StoreFull("Make room.")}
    with pytest.raises(StoreFull):
        bench.once()
    assert FEED not in bench.kept


def test_an_item_that_left_the_feed_is_forgotten_and_an_empty_feed_forgets_nothing(bench: Bench) -> None:
    bench.web.pages["news.example/feed"] = rss(item(1), item(2))
    bench.once()
    bench.web.pages["news.example/feed"] = rss()
    bench.once()
    assert len(bench.kept[FEED][1]) == 2
    bench.web.pages["news.example/feed"] = rss(item(2))
    bench.once()
    assert len(bench.kept[FEED][1]) == 1
    assert bench.read == ["2.", "1."]
