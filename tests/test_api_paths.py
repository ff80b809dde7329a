"""`/v1/paths` over HTTP."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from serving import Client, check_problem, loaded

from api.schemas.paths import Paths


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    with loaded(tmp_path_factory.mktemp("paths")) as opened:
        yield opened


def found(client: Client, query: str) -> Paths:
    response = client.get(f"/v1/paths?{query}")
    assert response.status_code == 200, response.text
    return Paths.model_validate(response.json())


def test_a_path_comes_with_its_steps_and_sentences(client: Client) -> None:
    (path,) = found(client, "source=Moscow&target=Xi_Jinping").items
    (step,) = path.steps
    assert (step.start.id, step.end.label, step.count) == ("Moscow", "Xi Jinping", 2)
    (relation,) = step.relations
    assert (relation.predicate, relation.forward, relation.support) == ("visit", False, 2)
    assert step.statements[0].sentence == "Xi Jinping visited Moscow."


def test_the_longer_way_goes_over_others(client: Client) -> None:
    all_paths = found(client, "source=Envoy_1&target=Envoy_8&k=5")
    assert [[step.end.id for step in path.steps] for path in all_paths.items] == [["City_1", "Envoy_8"]]
    assert all(
        relation.predicate == "meet" for path in all_paths.items for relation in path.steps[0].relations
    )


def test_in_csv_each_statement_of_a_step_is_a_row(client: Client) -> None:
    asked = "source=Envoy_1&target=Envoy_8&k=2"
    paths = found(client, asked).items
    said = [
        (str(number), str(place), one.id)
        for number, path in enumerate(paths, 1)
        for place, step in enumerate(path.steps, 1)
        for one in step.statements
    ]
    assert len(said) > 1
    text = client.get(f"/v1/paths?{asked}&format=csv&fields=path,step,statement.id").text
    assert text.splitlines() == ["path,step,statement.id", *(",".join(row) for row in said)]
    assert client.get(f"/v1/paths?{asked}&fields=length").json()["items"] == [{"length": len(paths[0].steps)}]


def test_filters_and_options_hold_on_the_way(client: Client) -> None:
    assert not found(client, "source=Xi_Jinping&target=Moscow&modality=claimed").items
    assert found(client, "source=Xi_Jinping&target=Moscow&from=2023-03-21&to=2023-03-22").items
    assert not found(client, "source=Xi_Jinping&target=Moscow&from=2024-03-21").items
    assert found(client, "source=Xi_Jinping&target=Moscow&evidence=1").items[0].steps[0].count == 2
    china = "source=China&target=Western_sanctions_against_Moscow"
    assert not found(client, china).items
    assert found(client, f"{china}&denied=true").items[0].steps[0].relations[0].polarity == "negative"
    assert found(client, f"{china}&polarity=negative").items


def test_each_step_may_have_to_be_said_by_several_articles(client: Client) -> None:
    assert found(client, "source=Russia&target=Crimea&minSupport=2").items
    assert not found(client, "source=Envoy_1&target=Envoy_8&minSupport=2").items
    assert not found(client, "source=Envoy_1&target=Envoy_8&between=Xi_Jinping,Moscow").items
    edges = client.get("/v1/graph?about=Crimea&minSupport=2").json()["edges"]
    assert {one["support"] for one in edges} == {2}


def test_no_path_is_an_empty_list_that_says_how_far_was_looked(client: Client) -> None:
    nothing = found(client, "source=Xi_Jinping&target=Envoy_1&maxLength=3")
    assert nothing.items == []
    assert nothing.searched.length == 3
    assert nothing.searched.stopped is None


def test_unknown_ids_name_near_ones(client: Client) -> None:
    assert "Moscow" in check_problem(client.get("/v1/paths?source=Xi_Jinping&target=Moscw"), 404, "not-found")
    wrong = client.get("/v1/paths?source=Xi_Jinping&target=Moscow&predicate=visitt")
    assert "visit" in check_problem(wrong, 404, "not-found")


@pytest.mark.parametrize("strange", ["\x00", "a b", "💥", '"><x', "../", "?x } UNION {"])
def test_a_strange_id_is_just_not_there(client: Client, strange: str) -> None:
    check_problem(client.get(f"/v1/paths?source={quote(strange, safe='')}&target=Moscow"), 404, "not-found")


REFUSED = [
    ("source=Moscow", "bad-parameter", "'target'"),
    ("source=Moscow&target=Moscow", "bad-parameter", "name two"),
    ("source=Moscow&target=Russia&k=0", "bad-parameter", "'k'"),
    ("source=Moscow&target=Russia&k=21", "bad-parameter", "less than or equal to 20"),
    ("source=Moscow&target=Russia&k=1e99", "bad-parameter", "'k'"),
    ("source=Moscow&target=Russia&maxLength=7", "bad-parameter", "'maxLength'"),
    ("source=Moscow&target=Russia&maxlength=3", "unknown-parameter", "'maxLength'"),
    ("source=Moscow&target=Russia&denied=perhaps", "bad-parameter", "'denied'"),
    ("source=Moscow&target=Russia&evidence=-1", "bad-parameter", "'evidence'"),
    ("source=Moscow&target=Russia&from=2024-01-01&to=2023-01-01", "bad-parameter", "after"),
    ("source=Moscow&target=Russia&source=China", "bad-parameter", "more than once"),
    ("source=Moscow&target=Russia&predicate=a%20b", "bad-parameter", "predicate"),
]


@pytest.mark.parametrize(("query", "slug", "says"), REFUSED)
def test_what_means_nothing_is_refused(client: Client, query: str, slug: str, says: str) -> None:
    assert says in check_problem(client.get(f"/v1/paths?{query}"), 400, slug)


def test_a_question_that_is_too_wide_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("graph.views.budget.MOST_STATEMENTS", 2)
    with loaded(tmp_path) as client:
        told = check_problem(client.get("/v1/paths?source=Envoy_1&target=City_2"), 422, "too-wide")
    assert "more than 2 statements; narrow it with predicate" in told


def test_an_answer_has_an_etag(client: Client) -> None:
    response = client.get("/v1/paths?source=Xi_Jinping&target=Moscow")
    held = {"If-None-Match": response.headers["etag"]}
    assert client.get("/v1/paths?source=Xi_Jinping&target=Moscow", headers=held).status_code == 304
