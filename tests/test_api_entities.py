from __future__ import annotations

from collections.abc import Iterator

import pytest
from serving import Client, check_problem, loaded, pages

from api import schemas


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    with loaded(tmp_path_factory.mktemp("entities")) as opened:
        yield opened


def test_entities_come_with_the_most_stated_first(client: Client) -> None:
    items = [schemas.CountedEntity.model_validate(item) for item in pages(client, "/v1/entities?limit=11")]
    assert len({item.id for item in items}) == len(items) == client.get("/v1/stats").json()["entities"]
    assert [item.statements for item in items] == sorted((i.statements for i in items), reverse=True)


def test_a_search_finds_labels_and_aliases(client: Client) -> None:
    assert [item["id"] for item in pages(client, "/v1/entities?q=chinese+president")] == ["Xi_Jinping"]
    assert pages(client, "/v1/entities?q=nobody+of+that+name") == []


def test_a_type_chooses(client: Client) -> None:
    items = pages(client, "/v1/entities?type=Organization")
    assert [item["id"] for item in items] == ["Kremlin"]


def test_the_filters_stay_on_the_next_page(client: Client) -> None:
    items = pages(client, "/v1/entities?q=city&type=Place&limit=2")
    assert {item["label"] for item in items} == {f"City {n}" for n in range(7)}


def test_one_entity_has_its_aliases_and_identifiers(client: Client) -> None:
    xi = schemas.CountedEntity.model_validate(client.get("/v1/entities/Xi_Jinping").json())
    assert "Xi" in xi.aliases
    moscow = client.get("/v1/entities/Moscow").json()
    assert moscow["sameAs"] == ["https://sws.geonames.org/524901/"]
    assert client.get("/v1/entities/Beijing").json()["standsFor"] == "China"


def test_neighbours_share_statements(client: Client) -> None:
    response = client.get("/v1/entities/Xi_Jinping/neighbours")
    (moscow,) = schemas.Page[schemas.Neighbour].model_validate(response.json()).items
    assert moscow.entity.id == "Moscow"
    assert [(one.id, one.direction, one.statements) for one in moscow.predicates] == [("visit", "out", 2)]
    assert len(client.get("/v1/entities/City_1/neighbours?limit=2").json()["items"]) == 2


@pytest.mark.parametrize("path", ["/v1/entities/Xi_Jinpin", "/v1/entities/Xi_Jinpin/neighbours"])
def test_an_unknown_id_names_near_ones(client: Client, path: str) -> None:
    assert "Xi_Jinping" in check_problem(client.get(path), 404, "not-found")


@pytest.mark.parametrize("strange", ["%00", "%FF", "a%20b", "%22%3E%3Cx%3E", "💥", "a%0Ab", "..%2F"])
def test_a_strange_id_is_just_not_there(client: Client, strange: str) -> None:
    assert client.get(f"/v1/entities/{strange}").status_code == 404


REFUSED = [
    ("/v1/entities?type=Persn", "bad-parameter", "'Person'"),
    ("/v1/entities?limit=0", "bad-parameter", "greater than or equal to 1"),
    ("/v1/entities?limit=501", "bad-parameter", "less than or equal to 500"),
    ("/v1/entities?after=x", "bad-parameter", "next"),
    ("/v1/entities?query=x", "unknown-parameter", "'query'"),
    ("/v1/entities?tpye=Person", "unknown-parameter", "'type'"),
    ("/v1/entities?q=a&q=b", "bad-parameter", "once"),
    ("/v1/entities/Moscow?limit=1", "unknown-parameter", "there is fields"),
    ("/v1/entities/Moscow/neighbours?limt=1", "unknown-parameter", "'limit'"),
]


@pytest.mark.parametrize(("address", "slug", "says"), REFUSED)
def test_a_parameter_that_means_nothing_is_refused(
    client: Client, address: str, slug: str, says: str
) -> None:
    assert says in check_problem(client.get(address), 400, slug)


def test_a_cursor_belongs_to_its_question(client: Client) -> None:
    cursor = client.get("/v1/entities?q=city&limit=1").json()["next"]
    check_problem(client.get("/v1/entities", params={"q": "envoy", "after": cursor}), 400, "bad-parameter")
