from __future__ import annotations

from collections.abc import Iterator

import pytest
from sourcing import PLAIN
from webbing import FakeClock, Reply, Web, moved, page, web_of_hosts

from graph.errors import FetchFailed, RobotsRefused
from graph.sources.fetching import Answer
from graph.sources.polite import Polite, retry_after


@pytest.fixture
def web() -> Iterator[Web]:
    with web_of_hosts() as served:
        for path in ("a", "b", "private/c"):
            served.pages[f"news.example/{path}"] = page(PLAIN)
            served.pages[f"other.example/{path}"] = page(PLAIN)
        yield served


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


def robots(text: str, status: int = 200) -> Reply:
    return Reply(text.encode(), status)


def test_a_host_is_asked_at_most_once_a_pause(web: Web, clock: FakeClock) -> None:
    polite = Polite(web.guard(), clock, pause=2.0)
    for path in ("a", "b", "a"):
        polite.page(f"http://news.example/{path}")
    assert clock.waits == [2.0, 2.0, 2.0]  # after robots.txt, and between the pages


def test_other_hosts_are_not_waited_for(web: Web, clock: FakeClock) -> None:
    polite = Polite(web.guard(), clock, pause=2.0)
    polite.page("http://news.example/a")
    polite.page("http://other.example/a")
    assert clock.waits == [2.0, 2.0]  # each after its own robots.txt


def test_robots_txt_is_asked_once_a_day(web: Web, clock: FakeClock) -> None:
    polite = Polite(web.guard(), clock)
    for _ in range(3):
        polite.page("http://news.example/a")
    assert web.paths().count("news.example/robots.txt") == 1
    clock.time += 86_400
    polite.page("http://news.example/a")
    assert web.paths().count("news.example/robots.txt") == 2


def test_what_robots_txt_does_not_allow_is_not_asked_for(web: Web, clock: FakeClock) -> None:
    web.pages["news.example/robots.txt"] = robots("User-agent: *\nDisallow: /private/\n")
    polite = Polite(web.guard(), clock)
    polite.page("http://news.example/a")
    with pytest.raises(RobotsRefused, match=r"news\.example/robots\.txt"):
        polite.page("http://news.example/private/c")
    assert "news.example/private/c" not in web.paths()


def test_robots_txt_may_speak_of_us_by_name(web: Web, clock: FakeClock) -> None:
    web.pages["news.example/robots.txt"] = robots(
        "User-agent: *\nDisallow: /\n\nUser-agent: newsgraph\nDisallow: /private/\n"
    )
    polite = Polite(web.guard(), clock)
    polite.page("http://news.example/a")
    with pytest.raises(RobotsRefused):
        polite.page("http://news.example/private/c")


def test_a_redirect_is_bound_by_the_rules_of_where_it_leads(web: Web, clock: FakeClock) -> None:
    web.pages["news.example/in"] = moved("http://other.example/private/c")
    web.pages["other.example/robots.txt"] = robots("User-agent: *\nDisallow: /private/\n")
    with pytest.raises(RobotsRefused, match=r"other\.example/robots\.txt"):
        Polite(web.guard(), clock).page("http://news.example/in")
    assert "other.example/private/c" not in web.paths()


def test_a_delay_that_is_asked_for_is_kept(web: Web, clock: FakeClock) -> None:
    web.pages["news.example/robots.txt"] = robots("User-agent: *\nCrawl-delay: 7\n")
    polite = Polite(web.guard(), clock)
    polite.page("http://news.example/a")
    polite.page("http://news.example/b")
    assert clock.waits[-1] == 7.0


@pytest.mark.parametrize("status", [401, 403, 404, 410])
def test_without_a_robots_txt_all_is_allowed(web: Web, clock: FakeClock, status: int) -> None:
    web.pages["news.example/robots.txt"] = robots("User-agent: *\nDisallow: /\n", status)
    assert Polite(web.guard(), clock).page("http://news.example/a").status == 200


@pytest.mark.parametrize(
    "reply",
    [
        robots("", 500),
        robots("", 503),
        robots("", 429),
        Reply(raw=lambda handler: handler.wfile.write(b"no HTTP\r\n")),
        Reply(b"#" * 2_000_000),
        moved("http://127.0.0.1/robots.txt"),
    ],
)
def test_a_robots_txt_that_cannot_be_had_allows_nothing_for_now(
    web: Web, clock: FakeClock, reply: Reply
) -> None:
    web.names["127.0.0.1"] = ["127.0.0.1"]
    web.pages["news.example/robots.txt"] = reply
    polite = Polite(web.guard(), clock)
    for _ in range(2):
        with pytest.raises(FetchFailed, match="cannot be had"):
            polite.page("http://news.example/a")
    assert web.paths().count("news.example/robots.txt") == 1
    web.pages["news.example/robots.txt"] = robots("")
    clock.time += 601
    assert polite.page("http://news.example/a").status == 200


@pytest.mark.parametrize(
    "text",
    [
        "\x00\xff",
        "Disallow",
        "User-agent: *\nCrawl-delay: x\nDisallow: /%zz\n",
        "<html>",
        "\ufeffUser-agent: *",
    ],
)
def test_odd_rules_stop_nothing(web: Web, clock: FakeClock, text: str) -> None:
    web.pages["news.example/robots.txt"] = Reply(text.encode("utf-8", "surrogateescape"))
    assert Polite(web.guard(), clock).page("http://news.example/a").status == 200


def test_a_host_that_says_when_to_come_back_is_left_alone(web: Web, clock: FakeClock) -> None:
    web.pages["news.example/a"] = Reply(status=429, headers={"Retry-After": "3600"})
    polite = Polite(web.guard(), clock)
    with pytest.raises(FetchFailed, match="429"):
        polite.page("http://news.example/a")
    asked = len(web.asked)
    with pytest.raises(FetchFailed, match="left alone for 3,600 seconds"):
        polite.page("http://news.example/b")
    assert len(web.asked) == asked
    clock.time += 3_600
    polite.page("http://news.example/b")


def test_waiting_takes_nothing_of_the_time_for_the_answer(web: Web) -> None:
    class SlowClock(FakeClock):
        def wait(self, seconds: float) -> None:
            import time

            time.sleep(0.4)
            super().wait(seconds)

    polite = Polite(web.guard(seconds=0.3), SlowClock())
    assert polite.page("http://news.example/a").status == 200


@pytest.mark.parametrize(
    ("status", "said", "seconds"),
    [
        (429, "120", 120.0),
        (503, "Sun, 09 Sep 2001 01:47:40 GMT", 60.0),
        (503, "Sun, 09 Sep 2001 01:40:00 GMT", 0.0),
        (429, "9" * 400, 604_800.0),
        (429, "-5", None),
        (429, "²", None),
        (429, "soon", None),
        (429, "", None),
        (200, "120", None),
    ],
)
def test_when_to_come_back(status: int, said: str, seconds: float | None) -> None:
    answer = Answer("http://news.example/", status, {"retry-after": said}, b"", "http://news.example/")
    assert retry_after(answer, 1_000_000_000.0) == seconds
