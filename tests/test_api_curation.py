"""What people decide over HTTP."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from serving import Client, check_problem, loaded, pages

from api import schemas
from api.schemas.candidates import Candidate
from api.schemas.curation import Decision
from graph.vocab import RDF, XSD


@pytest.fixture
def client(tmp_path: Path) -> Iterator[Client]:
    with loaded(tmp_path) as opened:
        yield opened


def patch(client: Client, path: str, body: object, **options: object) -> httpx.Response:
    return client.request("PATCH", path, json=body, **options)


def statement_of(client: Client, **wanted: str) -> dict:
    query = "&".join(f"{name}={value}" for name, value in wanted.items())
    return client.get(f"/v1/statements?{query}").json()["items"][0]


def test_a_merged_entity_leads_to_the_other_and_back(client: Client) -> None:
    before = client.get("/v1/entities/Moscow").json()
    kremlin = client.get("/v1/entities/Kremlin").json()
    response = client.post("/v1/entities/Kremlin/merge", json={"into": "Moscow", "why": "it stands there"})
    assert response.status_code == 201, response.text
    made = Decision.model_validate(response.json())
    assert response.headers["location"] == f"/v1/curation/{made.id}"
    assert (made.kind, made.who, made.why, made.state) == ("merge", "anonymous", "it stands there", "active")
    for path in ("/v1/entities/Kremlin", "/v1/entities/Kremlin/neighbours?limit=3", "/entity/Kremlin"):
        moved = client.get(path)
        assert (moved.status_code, moved.headers["location"]) == (303, path.replace("Kremlin", "Moscow"))
    moscow = client.get("/v1/entities/Moscow").json()
    assert {"Kremlin", *before["aliases"]} <= set(moscow["aliases"])
    assert statement_of(client, subject="Xi_Jinping")["attributedTo"]["id"] == "Moscow"
    assert check_problem(
        client.post("/v1/entities/Kremlin/merge", json={"into": "Xi_Jinping"}), 404, "not-found"
    )
    for path in ("/v1/statements?about=Kremlin", "/v1/candidates?about=Kremlin"):
        assert "merged into 'Moscow' by decision" in check_problem(client.get(path), 404, "not-found")
    undone = client.delete(f"/v1/merges/{made.id}?why=wrong")
    assert (undone.status_code, undone.json()["state"]) == (200, "undone")
    assert client.get("/v1/entities/Moscow").json() == before
    assert client.get("/v1/entities/Kremlin").json() == kremlin


def test_either_side_may_be_the_address(client: Client) -> None:
    made = client.post("/v1/entities/Moscow/merge", json={"with": "Kremlin"}).json()
    assert (made["subject"], made["change"]["into"]) == ("Kremlin", "Moscow")


def test_an_entity_is_renamed_and_retyped(client: Client) -> None:
    response = patch(client, "/v1/entities/Moscow", {"label": "Norvalia City", "type": "Organization"})
    changed = schemas.CountedEntity.model_validate(response.json())
    assert (changed.label, changed.type) == ("Norvalia City", "Organization")
    assert "Moscow" in changed.aliases
    assert client.get("/v1/search?q=norvalia").json()["items"][0]["entity"]["id"] == "Moscow"
    assert statement_of(client, object="Moscow")["object"]["label"] == "Norvalia City"
    check_problem(patch(client, "/v1/entities/Moscow", {"label": "Norvalia City"}), 409, "conflict")
    kinds = [one["kind"] for one in pages(client, "/v1/curation?about=Moscow&limit=1")]
    assert kinds == ["retype", "rename"]


def test_a_statement_is_corrected(client: Client) -> None:
    plan = statement_of(client, subject="Xi_Jinping", modality="planned")
    change = {
        "predicate": "avoid",
        "object": {"id": "Geneva"},
        "attributedTo": None,
        "time": {"text": "soon"},
    }
    response = patch(client, f"/v1/statements/{plan['id']}", {**change, "why": "read again"})
    now = schemas.Statement.model_validate(response.json())
    assert (now.predicate.id, now.object.id, now.attributed_to) == ("avoid", "Geneva", None)  # type: ignore[union-attr]
    assert (now.confidence, now.sentence, now.curated_by) == (1.0, plan["sentence"], 1)
    assert now.object.text == plan["object"]["text"] == "Moscow"
    (told,) = pages(client, f"/v1/curation?about={plan['id']}")
    assert told["before"] == plan
    assert client.delete("/v1/curation/1").status_code == 200
    assert client.get(f"/v1/statements/{plan['id']}").json() == plan
    check_problem(client.delete("/v1/curation/1"), 409, "conflict")
    check_problem(client.delete("/v1/curation/2"), 409, "conflict")


def test_a_rejected_statement_is_hidden_and_comes_back(client: Client) -> None:
    sold = statement_of(client, predicate="sell")
    made = client.delete(f"/v1/statements/{sold['id']}?why=misread").json()
    assert made["kind"] == "reject"
    detail = check_problem(client.get(f"/v1/statements/{sold['id']}"), 404, "not-found")
    assert "was rejected by anonymous" in detail
    assert client.get("/v1/statements?subject=Beijing").json()["items"] == []
    assert client.delete(f"/v1/curation/{made['id']}").status_code == 200
    assert client.get(f"/v1/statements/{sold['id']}").json() == sold


def test_if_match_is_about_the_entity_alone(client: Client) -> None:
    etag = client.get("/v1/entities/Moscow").headers["etag"]
    assert client.get("/v1/entities/Moscow", headers={"If-None-Match": etag}).status_code == 304
    assert patch(client, "/v1/entities/Geneva", {"label": "Genf"}).status_code == 200
    assert client.get("/v1/entities/Moscow", headers={"If-None-Match": etag}).status_code == 304
    first = patch(client, "/v1/entities/Moscow", {"label": "Norvalia"}, headers={"If-Match": etag})
    assert first.status_code == 200
    second = patch(client, "/v1/entities/Moscow", {"label": "Moskva"}, headers={"If-Match": etag})
    check_problem(second, 412, "precondition-failed")
    third = patch(
        client, "/v1/entities/Moscow", {"label": "Moskva"}, headers={"If-Match": first.headers["etag"]}
    )
    assert third.status_code == 200
    stale = {"If-Match": etag}
    check_problem(
        client.post("/v1/entities/Moscow/merge", json={"into": "Russia"}, headers=stale),
        412,
        "precondition-failed",
    )
    plan = statement_of(client, subject="Xi_Jinping", modality="planned")
    check_problem(client.delete(f"/v1/statements/{plan['id']}", headers=stale), 412, "precondition-failed")


def test_of_two_writers_one_wins(client: Client) -> None:
    etag = client.get("/v1/entities/Moscow").headers["etag"]
    answers: list[int] = []

    def write(label: str) -> None:
        answers.append(
            patch(client, "/v1/entities/Moscow", {"label": label}, headers={"If-Match": etag}).status_code
        )

    threads = [threading.Thread(target=write, args=(f"Name {number}",)) for number in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == [200, 412, 412, 412, 412]
    assert len(pages(client, "/v1/curation")) == 1


def test_candidates_are_listed_and_told_apart(client: Client) -> None:
    """A person says once that one of two names is another's."""
    assert pages(client, "/v1/candidates") == []
    assert patch(client, "/v1/entities/Li_Wei", {"label": "X. Jinping"}).status_code == 200
    (found,) = pages(client, "/v1/candidates?limit=1")
    told = Candidate.model_validate(found)
    ids = [one.id for one in told.entities]
    assert sorted(ids) == ["Li_Wei", "Xi_Jinping"]
    assert told.reasons[0].rule == "initials"
    assert {one.id: one.articles for one in told.entities} == {"Xi_Jinping": 2, "Li_Wei": 1}
    assert pages(client, "/v1/candidates?about=Li_Wei&type=Person") == [found]
    assert pages(client, "/v1/candidates?type=Place") == []
    detail = check_problem(client.get("/v1/candidates?about=Xi_Jinpeng"), 404, "not-found")
    assert "Xi_Jinping" in detail
    etag = client.get("/v1/entities/Li_Wei").headers["etag"]
    body = {"from": "Xi_Jinping", "why": "his father"}
    stale = client.post("/v1/entities/Li_Wei/distinguish", json=body, headers={"If-Match": '"other"'})
    check_problem(stale, 412, "precondition-failed")
    made = client.post("/v1/entities/Li_Wei/distinguish", json=body, headers={"If-Match": etag})
    assert made.status_code == 201, made.text
    assert made.headers["location"] == f"/v1/curation/{made.json()['id']}"
    assert Decision.model_validate(made.json()).state == "active"
    assert pages(client, "/v1/candidates") == []
    check_problem(client.post("/v1/entities/Xi_Jinping/merge", json={"into": "Li_Wei"}), 409, "conflict")
    check_problem(client.post("/v1/entities/Li_Wei/distinguish", json={"from": "Li_Wei"}), 409, "conflict")
    check_problem(client.post("/v1/entities/Li_Wei/distinguish", json={}), 400, "bad-record")
    check_problem(client.get("/v1/candidates?type=Town"), 400, "bad-parameter")
    check_problem(client.get("/v1/candidates?after=abc"), 400, "bad-parameter")
    assert client.delete(f"/v1/curation/{made.json()['id']}").status_code == 200
    assert pages(client, "/v1/candidates") == [found]


NAMED = {
    "an unknown field": ("/v1/entities/Moscow", {"labl": "x"}, "did you mean 'label'"),
    "nothing": ("/v1/entities/Moscow", {"why": "no reason"}, "give a label, a type"),
    "a blank label": ("/v1/entities/Moscow", {"label": " "}, "empty"),
    "a label with a line": ("/v1/entities/Moscow", {"label": "a\nb"}, "no text"),
    "a label with NUL": ("/v1/entities/Moscow", {"label": "a\0b"}, "no text"),
    "a label that shows nothing": ("/v1/entities/Moscow", {"label": "..."}, "no letter"),
    "a label that turns": ("/v1/entities/Moscow", {"label": "wocs\u202eoM"}, "direction"),
    "a label of a wrong kind": ("/v1/entities/Moscow", {"label": 5}, "label"),
    "a type that is none": ("/v1/entities/Moscow", {"type": "Town"}, "type"),
    "a list": ("/v1/entities/Moscow", ["label"], "body"),
    "an end of no kind": ("STATEMENT", {"subject": {"value": "x"}}, "subject"),
    "nobody as subject": ("STATEMENT", {"subject": None}, "subject"),
    "a day that is none": ("STATEMENT", {"time": {"start": "yesterday"}}, "time.start"),
    "days in the wrong order": (
        "STATEMENT",
        {"time": {"start": "2026-02-01", "end": "2026-01-01"}},
        "exchange",
    ),
    "a relation that is none": ("STATEMENT", {"predicate": "two words"}, "two_words"),
    "a datatype that is none": ("STATEMENT", {"object": {"value": "1", "datatype": "no iri"}}, "datatype"),
    "a datatype that needs a language": (
        "STATEMENT",
        {"object": {"value": "a", "datatype": f"{RDF}langString"}},
        "datatype",
    ),
    "a datatype that is a script": (
        "STATEMENT",
        {"object": {"value": "1", "datatype": "javascript:alert(1)"}},
        "datatype",
    ),
    "a value that is not of its type": (
        "STATEMENT",
        {"object": {"value": "abc", "datatype": f"{XSD}integer"}},
        "'abc'",
    ),
    "no field": ("STATEMENT", {"why": "no reason"}, "nothing to change"),
    "a field that stays": ("STATEMENT", {"sentence": "x"}, "sentence"),
}


@pytest.mark.parametrize("name", NAMED)
def test_a_body_that_cannot_be_used_says_what_is_wrong(client: Client, name: str) -> None:
    path, body, word = NAMED[name]
    if path == "STATEMENT":
        path = f"/v1/statements/{statement_of(client, subject='Xi_Jinping')['id']}"
    assert word in check_problem(patch(client, path, body), 400, "bad-record")
    assert client.get("/v1/curation").json()["items"] == []


def test_a_surrogate_is_no_text(client: Client) -> None:
    body = b'{"label": "\\ud800"}'
    response = client.request(
        "PATCH", "/v1/entities/Moscow", content=body, headers={"Content-Type": "application/json"}
    )
    check_problem(response, 400, "bad-record")


@pytest.mark.parametrize("body", [{}, {"into": "Geneva", "with": "Russia"}, {"into": None}])
def test_a_merge_names_one_entity(client: Client, body: dict) -> None:
    assert "either into or with" in check_problem(
        client.post("/v1/entities/Moscow/merge", json=body), 400, "bad-record"
    )


def test_unknown_ids_name_near_ones(client: Client) -> None:
    assert "Moscow" in check_problem(
        client.post("/v1/entities/Geneva/merge", json={"into": "Moscov"}), 404, "not-found"
    )
    check_problem(client.post("/v1/entities/Geneva/merge", json={"into": "Geneva"}), 409, "conflict")
    check_problem(patch(client, "/v1/statements/0", {"modality": "planned"}), 404, "not-found")
    check_problem(client.delete("/v1/curation/999"), 404, "not-found")
    check_problem(client.delete("/v1/merges/0"), 400, "bad-parameter")
    check_problem(client.get("/v1/curation?after=abc"), 400, "bad-parameter")
    check_problem(client.get("/v1/curation?state=gone"), 400, "bad-parameter")
    patch(client, "/v1/entities/Moscow", {"label": "Norvalia"})
    check_problem(client.delete("/v1/merges/1"), 404, "not-found")
