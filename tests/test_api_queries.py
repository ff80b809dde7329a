"""`/v1/queries`: named queries as operations of the server."""

from __future__ import annotations

import csv
import io
import json
import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx
import pytest
import rdflib
from readings import echo, numbered, visit
from serving import Client, check_problem, loaded, settings_for

from api.app import create_app
from api.schemas.queries import Queries
from graph.codec import article_to_json
from graph.queries import load_library
from graph.settings import Settings

OWN = {
    "visits": "#+ summary: Visits as a graph\n#+ tags: [mine]\n"
    "CONSTRUCT { ?a rel:visit ?__to_entity } WHERE { ?a rel:visit ?__to_entity }",
    "is-there": "#+ summary: Is there such a name\nASK { ?a rdfs:label ?_name_en }",
    "found": "#+ summary: By words\nSELECT ?s { ?s kg:search ?_words . ?s a kg:Group } LIMIT 5",
    "search": "#+ summary: By words\nSELECT ?name { ?e kg:search ?_words ; rdfs:label ?name }",
    "slow": "#+ summary: Without end\nSELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l "
    "FILTER(STR(?a) = CONCAT(STR(?d), STR(?l))) }",
    "chance": "#+ summary: Another one each time\nSELECT (RAND() AS ?number) {}",
    "broken": "#+ summary: Does not parse\nSELECT ?a { ?a ?b }",
    "plans": "#+ summary: Of the same name\nASK {}",
}


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    folder = tmp_path_factory.mktemp("named")
    (folder / "queries").mkdir()
    for name, text in OWN.items():
        (folder / "queries" / f"{name}.rq").write_text(text, encoding="utf-8")
    with loaded(folder, [visit(), echo()], query_timeout=2.0) as opened:
        yield opened


def table(response: httpx.Response) -> list[dict[str, str]]:
    assert response.status_code == 200, response.text
    return list(csv.DictReader(io.StringIO(response.text)))


def test_the_list_says_what_there_is(client: Client) -> None:
    response = client.get("/v1/queries")
    listed = Queries.model_validate(response.json())
    assert response.headers["etag"]
    own = {one.name for one in listed.items if one.own}
    assert own == set(OWN) - {"broken", "plans"}
    assert {one.name for one in listed.items} == own | set(load_library().queries)
    told = {one.file: one.reason for one in listed.left_out}
    assert set(told) == {"broken.rq", "plans.rq"}
    assert "does not parse" in told["broken.rq"]
    (agenda,) = [one for one in listed.items if one.name == "agenda"]
    assert [(one.name, one.type, one.required) for one in agenda.parameters] == [
        ("since", "date", True),
        ("until", "date", True),
        ("who", "entity", False),
    ]
    for one in listed.items:
        assert one.href == f"/v1/queries/{one.name}"
    check_problem(client.get("/v1/queries", params={"limit": 1}), 400, "unknown-parameter")


def test_every_operation_does_what_its_examples_say(client: Client) -> None:
    """But for ids, which are those of the samples."""
    paths = client.get("/openapi.json").json()["paths"]
    ids = {"who": "Xi_Jinping", "whom": "Moscow", "source": "Kremlin", "about": "China", "mentions": "Moscow"}
    asked = 0
    for path, item in paths.items():
        if not path.startswith("/v1/queries/") or path.endswith("slow"):
            continue
        operation = item["get"]
        params = {
            one["name"]: ids.get(one["name"], one["example"])
            for one in operation["parameters"]
            if "example" in one and one["name"] != "to"
        }
        response = client.get(path, params=params)
        assert response.status_code == 200, (path, response.text)
        assert response.headers["content-type"].partition(";")[0] in operation["responses"]["200"]["content"]
        asked += 1
    assert asked == len(load_library().queries) + 5


def test_parameters_choose(client: Client) -> None:
    plans = table(client.get("/v1/queries/plans?format=csv"))
    assert [(row["who"], row["does"], row["what"]) for row in plans] == [("Xi Jinping", "visit", "Moscow")]
    assert table(client.get("/v1/queries/plans?format=csv&who=Xi_Jinping")) == plans
    assert table(client.get("/v1/queries/plans?format=csv&who=Moscow")) == []
    iri = quote("http://localhost:8000/entity/Xi_Jinping", safe="")
    assert table(client.get(f"/v1/queries/plans?format=csv&who={iri}")) == plans
    assert table(client.get("/v1/queries/plans?format=csv&confidence=1")) == []


def test_forms_and_formats(client: Client) -> None:
    graph = client.get("/v1/queries/visits", headers={"Accept": "text/turtle"})
    assert len(rdflib.Graph().parse(data=graph.text, format="turtle")) == 1
    assert client.get("/v1/queries/visits", params={"to": "China"}).text.strip() in {"", "@prefix"}
    assert client.get("/v1/queries/is-there", params={"name": "Xi Jinping"}).json()["boolean"] is True
    assert client.get("/v1/queries/is-there", params={"name": '" ?x'}).json()["boolean"] is False
    for format_ in ("json", "xml", "csv", "tsv"):
        assert "Moscow" in client.get("/v1/queries/plans", params={"format": format_}).text
    check_problem(client.get("/v1/queries/plans?format=turtle"), 406, "not-acceptable")
    check_problem(client.get("/v1/queries/plans", headers={"Accept": "image/png"}), 406, "not-acceptable")


def test_a_query_with_a_search(client: Client) -> None:
    names = table(client.get("/v1/queries/search?format=csv&words=jinp*"))
    assert names == [{"name": "Xi Jinping"}]
    check_problem(client.get("/v1/queries/search?words=%22"), 400, "bad-query")


def test_conditions(client: Client) -> None:
    first = client.get("/v1/queries/plans")
    etag = first.headers["etag"]
    assert first.headers["vary"] == "Accept"
    again = client.get("/v1/queries/plans", headers={"If-None-Match": etag})
    assert (again.status_code, again.text, again.headers["etag"]) == (304, "", etag)
    assert client.get("/v1/queries/plans", headers={"If-None-Match": "*"}).status_code == 304
    as_csv = client.get("/v1/queries/plans", headers={"If-None-Match": etag, "Accept": "text/csv"})
    assert (as_csv.status_code, as_csv.headers["etag"] == etag) == (200, False)
    assert client.get("/v1/queries/denials").headers["etag"] != etag
    head = client.request("HEAD", "/v1/queries/plans")
    assert (head.status_code, head.text, head.headers["etag"]) == (200, "", etag)
    assert "etag" not in client.get("/v1/queries/chance").headers
    assert client.get("/v1/queries/chance").text != client.get("/v1/queries/chance").text


def test_an_answer_that_was_kept_goes_with_the_next_write(tmp_path: Path) -> None:
    with loaded(tmp_path, [visit()]) as client:
        address = "/v1/queries/agreement?format=csv&who=Xi_Jinping"
        first = client.get(address)
        assert [row["how"] for row in table(first)] == ["planned"]
        assert client.get(address).text == first.text
        client.post("/v1/articles", json=article_to_json(echo().article))
        changed = client.get(address, headers={"If-None-Match": first.headers["etag"]})
        assert [row["how"] for row in table(changed)] == ["planned", "said"]


BAD = [
    ("/v1/queries/plan", 404, "not-found", "near it are plans"),
    ("/v1/queries/broken", 404, "not-found", ""),
    ("/v1/queries/%00", 404, "not-found", ""),
    ("/v1/queries/a%2Fb", 404, "no-such-address", ""),
    ("/v1/queries/plans?whom=Moscow", 400, "unknown-parameter", "did you mean 'who'"),
    ("/v1/queries/plans?who=Moscow&who=China", 400, "bad-parameter", "more than once"),
    ("/v1/queries/plans?who=", 400, "bad-parameter", "be the id of an entity"),
    ("/v1/queries/plans?who=Xi%20Jinping", 400, "bad-parameter", "be the id of an entity"),
    ("/v1/queries/plans?who=%FF", 400, "bad-encoding", ""),
    ("/v1/queries/plans?who=%ED%A0%80", 400, "bad-encoding", ""),
    ("/v1/queries/plans?who=a%00b", 400, "bad-parameter", ""),
    ("/v1/queries/plans?who=Xi_Jinpin", 404, "not-found", "near it are Xi_Jinping"),
    ("/v1/queries/plans?who=" + "x" * 2000, 400, "bad-parameter", "at most"),
    ("/v1/queries/plans?confidence=2", 400, "bad-parameter", "be 1 at most"),
    ("/v1/queries/plans?confidence=1e999", 400, "bad-parameter", "a number such as"),
    ("/v1/queries/plans?" + "&".join(f"a{n}=1" for n in range(80)), 400, "bad-parameter", "over 64"),
    ("/v1/queries/agenda", 400, "bad-parameter", "needs the parameter 'since'"),
    ("/v1/queries/agenda?since=2023-02-30&until=2023-03-01", 400, "bad-parameter", "a day such as"),
    ("/v1/queries/agreement?least=-1", 400, "bad-parameter", "be 1 at least"),
    ("/v1/queries/agreement?least=" + "9" * 30, 400, "bad-parameter", "a whole number"),
    ("/v1/queries/hostility?act=hostile_ac", 404, "not-found", "hostile_act"),
    ("/v1/queries/slow", 504, "query-timeout", ""),
]


@pytest.mark.parametrize(("address", "status", "slug", "says"), BAD, ids=range(len(BAD)))
def test_bad_input_is_told(client: Client, address: str, status: int, slug: str, says: str) -> None:
    assert says in check_problem(client.get(address), status, slug)


def test_only_get(client: Client) -> None:
    assert check_problem(client.post("/v1/queries/plans", json={}), 405, "method-not-allowed")


def test_what_is_left_out_is_told_at_the_start(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    folder = tmp_path / "own"
    folder.mkdir()
    (folder / "deep.rq").write_text(
        "#+ summary: Minutes to parse\nSELECT (" + "GROUP_CONCAT(" * 24 + "?x" + ")" * 24 + " AS ?y) {}",
        encoding="utf-8",
    )
    (folder / "fine.rq").write_text("#+ summary: Fine\nASK { ?a ?b ?c }", encoding="utf-8")
    with (
        caplog.at_level(logging.WARNING),
        loaded(tmp_path / "store", [numbered(1)], queries=str(folder), query_timeout=2.0) as client,
    ):
        assert client.get("/v1/queries/fine").json()["boolean"] is True
        check_problem(client.get("/v1/queries/deep"), 404, "not-found")
        paths = client.get("/openapi.json").json()["paths"]
        assert "/v1/queries/fine" in paths
        assert "/v1/queries/deep" not in paths
    assert "The named query deep.rq is left out." in caplog.text


def test_the_description_has_types_defaults_and_choices() -> None:
    paths: dict[str, Any] = create_app(Settings.model_construct()).openapi()["paths"]
    parameters = {one["name"]: one for one in paths["/v1/queries/hostility"]["get"]["parameters"]}
    assert parameters["act"]["schema"]["default"] == "hostile_act"
    assert not parameters["act"]["required"]
    parameters = {one["name"]: one for one in paths["/v1/queries/actor"]["get"]["parameters"]}
    assert "planned" in parameters["modality"]["schema"]["enum"]
    assert parameters["who"]["required"]
    least = {one["name"]: one for one in paths["/v1/queries/agreement"]["get"]["parameters"]}["least"]
    assert (least["schema"], least["example"]) == ({"type": "integer", "minimum": 1}, 2)
    json.dumps(paths)


def test_a_folder_that_is_not_there_stops_nothing(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    settings = settings_for(tmp_path / "store", queries=str(tmp_path / "none"))
    assert "/v1/queries/plans" in create_app(settings).openapi()["paths"]
    with loaded(tmp_path / "store", [], queries=str(tmp_path / "none")) as client:
        (left,) = client.get("/v1/queries").json()["leftOut"]
    assert "NEWSGRAPH_QUERIES" in left["reason"]
