"""`/v1/analysis` over HTTP."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import anyio
import pytest
from serving import Client, check_problem, loaded

from api import turns
from api.schemas.analyses import Centrality, Communities


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    with loaded(tmp_path_factory.mktemp("analyses")) as opened:
        yield opened


@pytest.mark.parametrize("measure", ["degree", "pagerank", "betweenness"])
def test_the_central_come_first(client: Client, measure: str) -> None:
    response = client.get(f"/v1/analysis/centrality?measure={measure}&limit=5")
    found = Centrality.model_validate(response.json())
    assert len(found.items) == 5
    assert [one.score for one in found.items] == sorted((one.score for one in found.items), reverse=True)
    assert found.entities > 20
    if measure != "pagerank":
        assert found.items[0].entity.id.startswith("City_")


def test_filters_choose_what_counts(client: Client) -> None:
    found = client.get("/v1/analysis/centrality?predicate=visit&measure=degree").json()
    assert {one["entity"]["id"] for one in found["items"]} == {"Xi_Jinping", "Moscow"}
    assert client.get("/v1/analysis/centrality?from=1900-01-01&to=1900-01-02").json()["items"] == []


@pytest.mark.parametrize("path", ["centrality", "communities"])
def test_a_filter_that_names_what_is_not_there_is_told_with_near_ids(client: Client, path: str) -> None:
    for query, near in (("about=Xi_Jinpin", "Xi_Jinping"), ("predicate=vist", "visit")):
        told = check_problem(client.get(f"/v1/analysis/{path}?{query}"), 404, "not-found")
        assert f"near it are {near}" in told


def test_each_city_is_a_community_with_its_envoys(client: Client) -> None:
    response = client.get("/v1/analysis/communities?predicate=meet&members=1&limit=3")
    found = Communities.model_validate(response.json())
    assert found.communities == 7
    assert len(found.items) == 3
    assert {one.members[0].id for one in found.items} <= {f"City_{number}" for number in range(7)}
    assert found.modularity > 0.7


def test_they_are_lists_whose_fields_can_be_chosen(client: Client) -> None:
    found = client.get("/v1/analysis/centrality?limit=2&fields=score,entity.id").json()
    assert [list(one) for one in found["items"]] == [["score", "entity"]] * 2
    assert all(list(one["entity"]) == ["id"] for one in found["items"])
    assert found["entities"] > 20
    told = client.get("/v1/analysis/communities?members=2&limit=2&format=csv&fields=community,member.id").text
    assert told.splitlines()[0] == "community,member.id"
    assert [line.split(",")[0] for line in told.splitlines()[1:]] == ["1", "1", "2", "2"]
    check_problem(client.get("/v1/analysis/communities?format=csv&fields=members"), 422, "unknown-field")
    check_problem(client.get("/v1/analysis/centrality?format=xml"), 406, "not-acceptable")


def test_what_several_articles_say_or_two_entities_share_can_be_chosen(client: Client) -> None:
    def ids(query: str) -> set[str]:
        items = client.get(f"/v1/analysis/centrality?measure=degree&{query}").json()["items"]
        return {one["entity"]["id"] for one in items}

    assert ids("between=Xi_Jinping,Moscow") == {"Xi_Jinping", "Moscow"}
    assert ids("minSupport=2") == {"Russia", "Crimea"}
    assert ids("minSupport=99") == set()
    assert "Nobody_X" in check_problem(
        client.get("/v1/analysis/communities?between=Moscow,Nobody_X"), 404, "not-found"
    )
    for query in ("between=Moscow", "minSupport=0"):
        check_problem(client.get(f"/v1/analysis/communities?{query}"), 400, "bad-parameter")


REFUSED = [
    ("centrality?measure=fame", "'measure'"),
    ("centrality?limit=501", "'limit'"),
    ("centrality?seed=-1", "'seed'"),
    ("centrality?seed=1e400", "'seed'"),
    ("communities?members=0", "'members'"),
    ("communities?measure=degree", "'measure'"),
    ("communities?polarity=both", "'polarity'"),
]


@pytest.mark.parametrize(("query", "says"), REFUSED)
def test_what_means_nothing_is_refused(client: Client, query: str, says: str) -> None:
    response = client.get(f"/v1/analysis/{query}")
    assert response.status_code == 400
    assert says in response.json()["detail"]


def test_too_many_statements_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("graph.views.budget.MOST_STATEMENTS", 9)
    with loaded(tmp_path) as client:
        told = check_problem(client.get("/v1/analysis/communities"), 422, "too-wide")
    assert "more than 9 statements; narrow it" in told


def test_work_that_takes_too_long_is_ended_and_told(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns, "_PATIENCE", 0.2)
    monkeypatch.setattr("graph.standing.communities", _slow)
    begun = time.monotonic()
    told = check_problem(client.get("/v1/analysis/communities"), 422, "too-wide")
    assert "too long" in told
    assert time.monotonic() - begun < 10
    monkeypatch.undo()
    assert client.get("/v1/analysis/communities").status_code == 200


def _slow(*_: object) -> None:
    anyio.run(anyio.sleep, 60)
