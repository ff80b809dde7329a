from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.sources.fetching import Answer
from graph.sources.schedule import FeedState, answered, failed

FEED = "http://news.example/feed"
MOVED = "http://news.example/new"
NOW = 1_000_000.0
STATE = FeedState(FEED, '"1"', "Fri, 17 Mar 2023 10:00:00 GMT", failures=3, not_before=NOW)


def answer(status: int = 200, url: str = FEED, lasting: str = FEED, **headers: str) -> Answer:
    return Answer(
        url, status, {name.replace("_", "-"): value for name, value in headers.items()}, b"", lasting
    )


def test_what_was_read_last_is_the_condition_of_the_next_time() -> None:
    after = answered(
        FeedState(FEED), answer(etag='W/"2"', last_modified="Sat, 18 Mar 2023 10:00:00 GMT"), keep=True
    )
    assert after.conditions() == {
        "If-None-Match": 'W/"2"',
        "If-Modified-Since": "Sat, 18 Mar 2023 10:00:00 GMT",
    }
    assert FeedState(FEED).conditions() == {}


def test_nothing_new_keeps_what_is_known_and_forgets_failures() -> None:
    assert answered(STATE, answer(304), keep=True) == FeedState(FEED, STATE.etag, STATE.modified)


def test_what_was_not_read_whole_is_asked_for_again() -> None:
    assert answered(STATE, answer(etag='"2"'), keep=False) == FeedState(FEED)


def test_a_feed_moves_with_lasting_redirects() -> None:
    assert answered(STATE, answer(url=MOVED, lasting=MOVED, etag='"2"'), keep=True) == FeedState(MOVED, '"2"')
    assert answered(STATE, answer(url=MOVED, lasting=FEED, etag='"2"'), keep=True) == FeedState(FEED)


@pytest.mark.parametrize("etag", ["", "x" * 1_001, '"a"\r\nX: y', '"é"', "\x00"])
def test_a_version_that_cannot_be_sent_back_is_none(etag: str) -> None:
    assert answered(STATE, answer(etag=etag), keep=True).etag == ""


def test_failures_are_met_with_more_and_more_patience() -> None:
    state, waits = FeedState(FEED), []
    for _ in range(12):
        state = failed(state, NOW, 900.0, 1.0)
        waits.append(state.not_before - NOW)
    assert waits[:4] == [1_800.0, 3_600.0, 7_200.0, 14_400.0]
    assert waits[-1] == 86_400.0
    assert state.failures == 12


@given(
    st.integers(0, 10_000),
    st.floats(60, 2_592_000),
    st.floats(0, 1),
    st.none() | st.floats(0, 604_800),
)
def test_no_failure_is_forgiven_early_or_held_against_a_feed_for_ever(
    failures: int, every: float, jitter: float, said: float | None
) -> None:
    wait = failed(FeedState(FEED, failures=failures), NOW, every, jitter, said).not_before - NOW
    assert max(every, said or 0) - 0.01 <= wait <= max(every, 86_400, said or 0) + 0.01
