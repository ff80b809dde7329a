"""Timelines: the order of days, what is known of when, and what has no day; as a view, over HTTP, printed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from calling import Caller, at_terminal
from readings import Draft, Reading
from serving import Client, check_problem, loaded

from api.schemas.timeline import Moment
from graph import views
from graph.errors import BadFilter
from graph.model import Article, EntityType, TimeSpan
from graph.store import index_schema
from graph.store.archive import Archive
from graph.views import plans

BASE = "http://localhost:8000/"
TIMES = {
    "a day": (date(2023, 3, 20), date(2023, 3, 20), "day"),
    "a month": (date(2023, 2, 1), date(2023, 2, 28), "range"),
    "a beginning": (date(2022, 2, 24), None, "since"),
    "an end": (None, date(2024, 1, 5), "until"),
    "words alone": (None, None, "words"),
}


def told() -> Reading:
    """Say one thing for each kind of time, and one without any."""
    names = [*TIMES, "nothing"]
    draft = Draft(Article(" ".join(f"Hale met Vale {n} by {name}." for n, name in enumerate(names))))
    for n, name in enumerate(names):
        draft.sentence(f"Hale met Vale {n}")
        hale, vale = draft.node("Hale", EntityType.PERSON), draft.node(f"Vale {n}", EntityType.PERSON)
        time = TimeSpan(name, *TIMES[name][:2]) if name in TIMES else None
        draft.say(hale, draft.predicate("met", "meet"), vale, time=time)
    return draft.reading()


def again() -> Reading:
    """Say the first of these once more, in another article."""
    draft = Draft(Article("Some say that Hale met Vale 0 one day.", published=date(2024, 5, 6)))
    draft.sentence("Some say")
    hale, vale = draft.node("Hale", EntityType.PERSON), draft.node("Vale 0", EntityType.PERSON)
    draft.say(hale, draft.predicate("met", "meet"), vale)
    return draft.reading()


@pytest.fixture(scope="module")
def archive() -> Iterator[Archive]:
    with Archive.open(None, BASE) as opened:
        for reading in (told(), again()):
            opened.begin(reading.article)
            opened.commit(reading)
        yield opened


def shown(archive: Archive, **options: object) -> list[tuple[str | None, str, str]]:
    asked = views.TimelineOptions(**options)  # type: ignore[arg-type]
    page = views.timeline(archive, views.StatementFilter(about="Hale"), asked)
    return [(one.period, one.precision.value, one.statement.object.id) for one in page.items]  # type: ignore[union-attr]


DATED = [
    ("2022-02-24", "since", "Vale_2"),
    ("2023-02-01", "range", "Vale_1"),
    ("2023-03-20", "day", "Vale_0"),
    ("2024-01-05", "until", "Vale_3"),
]
UNDATED = [(None, "words", "Vale_4"), (None, "none", "Vale_5"), (None, "published", "Vale_0")]


def test_each_stands_at_the_day_that_its_words_tell_and_says_how_exactly_that_is_known(
    archive: Archive,
) -> None:
    assert shown(archive) == DATED


def test_the_latest_may_come_first_and_what_has_no_day_last(archive: Archive) -> None:
    assert shown(archive, latest=True) == DATED[::-1]
    assert shown(archive, undated=True) == DATED + UNDATED
    assert shown(archive, latest=True, undated=True) == DATED[::-1] + UNDATED


@pytest.mark.parametrize(("step", "first"), [("day", "2022-02-24"), ("month", "2022-02"), ("year", "2022")])
def test_a_period_is_a_day_a_month_or_a_year(archive: Archive, step: str, first: str) -> None:
    assert shown(archive, step=step)[0][0] == first


def test_articles_that_say_the_same_are_its_support(archive: Archive) -> None:
    page = views.timeline(archive, views.StatementFilter())
    assert [one.support for one in page.items] == [1, 1, 2, 1]


@pytest.mark.parametrize("limit", [1, 2, 3, 7])
@pytest.mark.parametrize("undated", [False, True])
@pytest.mark.parametrize("latest", [False, True])
def test_pages_together_are_the_whole(archive: Archive, limit: int, undated: bool, latest: bool) -> None:
    asked, wanted = views.TimelineOptions(latest=latest, undated=undated), views.StatementFilter()
    found, after = [], None
    while True:
        page = views.timeline(archive, wanted, asked, after, limit)
        assert len(page.items) <= limit
        found += page.items
        if page.next is None:
            break
        assert page.items
        after = page.next
    assert tuple(found) == views.timeline(archive, wanted, asked).items


def test_a_cursor_belongs_to_its_timeline(archive: Archive) -> None:
    cursor = views.timeline(archive, views.StatementFilter(), limit=1).next
    for wanted, asked in (
        (views.StatementFilter(about="Hale"), None),
        (views.StatementFilter(), views.TimelineOptions(latest=True)),
        (views.StatementFilter(), views.TimelineOptions(undated=True)),
    ):
        with pytest.raises(BadFilter, match="another list"):
            views.timeline(archive, wanted, asked, cursor)


@pytest.mark.parametrize("latest", [False, True])
@pytest.mark.parametrize(
    "wanted", [views.StatementFilter(min_confidence=0), views.StatementFilter(about="Hale")]
)
def test_what_has_no_day_is_not_even_looked_at(
    archive: Archive, latest: bool, wanted: views.StatementFilter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(plans, "_MANY", 1)
    for undated, read in ((False, False), (True, True)):
        asked = views.TimelineOptions(latest=latest, undated=undated)
        seen: list[str] = []
        archive.search.read(lambda sql, seen=seen: sql.set_trace_callback(seen.append))
        views.timeline(archive, wanted, asked)
        archive.search.read(lambda sql: sql.set_trace_callback(None))
        assert any("statements_by_" in one for one in seen)
        assert all(f"< {index_schema.UNDATED}" in one for one in seen if "ORDER BY" in one) is not read


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    with loaded(tmp_path_factory.mktemp("timeline")) as opened:
        yield opened


def test_over_http_it_is_the_same_for_all_and_for_an_entity(client: Client) -> None:
    page = client.get("/v1/entities/Xi_Jinping/timeline?limit=1&undated=true")
    assert page.status_code == 200
    (item,) = [Moment.model_validate(one) for one in page.json()["items"]]
    assert "Xi_Jinping" in item.statement.model_dump_json()
    rest = client.get(page.links["next"]["url"]).json()["items"]
    whole = client.get("/v1/timeline?about=Xi_Jinping&undated=true").json()["items"]
    assert [page.json()["items"][0], *rest] == whole
    assert client.get("/v1/timeline?from=1900-01-01&to=1900-01-02").json()["items"] == []


@pytest.mark.parametrize(
    ("path", "status", "slug", "says"),
    [
        ("/v1/entities/Xi_Jinpin/timeline", 404, "not-found", "Xi_Jinping"),
        ("/v1/timeline?about=Xi_Jinpin", 404, "not-found", "Xi_Jinping"),
        ("/v1/entities/Xi_Jinping/timeline?about=China", 400, "unknown-parameter", "about"),
        ("/v1/timeline?from=2024-01-02&to=2024-01-01", 400, "bad-parameter", "exchange"),
        ("/v1/timeline?step=week", 400, "bad-parameter", "step"),
        ("/v1/timeline?limit=0", 400, "bad-parameter", "limit"),
        ("/v1/timeline?after=xyz", 400, "bad-parameter", "cursor"),
        ("/v1/timeline?form=2024-01-02", 400, "unknown-parameter", "from"),
    ],
)
def test_what_cannot_be_meant_is_told(client: Client, path: str, status: int, slug: str, says: str) -> None:
    assert says in check_problem(client.get(path), status, slug)


def test_a_program_gets_json_and_a_person_the_sentences(call: Caller, filled: Path) -> None:
    found = json.loads(call("timeline", "--data", filled, "anna berg", "--undated").out)
    assert found
    assert all(Moment.model_validate(one) for one in found)
    status, printed = at_terminal("timeline", "--data", filled, "Anna Berg", "--undated")
    assert status == 0
    assert "\x1b[1mBerg\x1b[0m" in printed


def test_a_person_is_told_what_is_known_of_when(call: Caller, tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text("Anna Hale met Karl Vale last May. Hale thanked Vale.")
    (tmp_path / "two.txt").write_text("Anna Hale met Karl Vale last week. Vale thanked Hale.")
    assert call("ingest", "--data", tmp_path / "s", "--date", "2025-03-14", tmp_path / "one.txt").status == 0
    assert call("ingest", "--data", tmp_path / "s", tmp_path / "two.txt").status == 0

    def whens(*more: str) -> list[tuple[str, str | None]]:
        told = call("timeline", "--data", tmp_path / "s", "--undated", *more)
        return [(one["precision"], one["published"]) for one in json.loads(told.out)]

    assert whens() == [
        ("range", "2025-03-14"),
        ("published", "2025-03-14"),
        ("words", None),
        ("none", None),
    ]
    shown = call("timeline", "--data", tmp_path / "s", "--undated", "--format", "table").out
    assert "2024-05-01 to" in shown
    assert "“last week”" in shown
    assert "published" in shown
    shown = call("timeline", "--data", tmp_path / "s", "--step", "month", "--format", "table").out
    assert "2024-05 " in shown
    assert "2024-05-31" not in shown


def test_nothing_with_a_day_is_said_and_is_no_failure(call: Caller, filled: Path) -> None:
    result = call("timeline", "--data", filled, "--from", "1900-01-01", "--to", "1900-01-02")
    assert (result.status, json.loads(result.out)) == (0, [])
    assert "--undated" in result.err
    assert call("timeline", "--data", filled, "Nobody At All").status == 1
