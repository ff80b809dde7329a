from __future__ import annotations

from collections.abc import Iterator

import pytest
from readings import echo, visit
from serving import READINGS, Client, check_problem, loaded

from api import schemas
from graph.codec import statement_to_json

SAID = [statement_to_json(one) for reading in READINGS for one in reading.statements]


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    with loaded(tmp_path_factory.mktemp("statements")) as opened:
        yield opened


def test_the_pages_hold_every_statement_in_order(client: Client) -> None:
    seen: list[dict] = []
    address: str | None = "/v1/statements?limit=9"
    while address:
        response = client.get(address)
        page = response.json()
        schemas.Page[schemas.Statement].model_validate(page)
        seen += page["items"]
        address = response.links.get("next", {}).get("url")
        assert (address is None) == (page["next"] is None)
    assert seen == SAID


FILTERS = [
    # the query, what a statement must be
    ({"about": "Moscow"}, lambda s: "Moscow" in (s["subject"]["id"], s["object"].get("id"))),
    ({"subject": "Xi_Jinping"}, lambda s: s["subject"]["id"] == "Xi_Jinping"),
    ({"predicate": "visit"}, lambda s: s["predicate"]["id"] == "visit"),
    ({"predicate": "travel_to"}, lambda s: "travel_to" in s["predicate"]["broader"]),
    ({"object": "Crimea"}, lambda s: s["object"].get("id") == "Crimea"),
    ({"modality": "planned"}, lambda s: s["modality"] == "planned"),
    ({"polarity": "negative"}, lambda s: s["polarity"] == "negative"),
    ({"attributedTo": "Kremlin"}, lambda s: (s["attributedTo"] or {}).get("id") == "Kremlin"),
    ({"article": echo().article.id}, lambda s: s["article"] == echo().article.id),
    ({"from": "2023-01-01"}, lambda s: s["time"] and s["time"]["end"] and s["time"]["end"] >= "2023-01-01"),
    ({"to": "2014-06-30"}, lambda s: s["time"] and s["time"]["start"] and s["time"]["start"] <= "2014-06-30"),
    ({"minConfidence": "0.9"}, lambda s: s["confidence"] >= 0.9),
    ({"q": "ANNEXED"}, lambda s: "annexed" in s["sentence"].lower()),
    ({"object": "Crimea", "q": "by Russia"}, lambda s: "Crimea was annexed by Russia" in s["sentence"]),
]  # fmt: skip


@pytest.mark.parametrize(("query", "wanted"), FILTERS, ids=[" ".join(query) for query, _ in FILTERS])
def test_a_filter_chooses_what_it_says(client: Client, query: dict, wanted: object) -> None:
    response = client.get("/v1/statements", params={**query, "limit": 500})
    expected = [said for said in SAID if wanted(said)]  # type: ignore[operator]
    assert 0 < len(expected) < len(SAID)
    assert response.json() == {"items": expected, "next": None}


def test_one_statement_is_answered_with_its_sentence(client: Client) -> None:
    for said in visit().statements:
        answer = client.get(f"/v1/statements/{said.id}").json()
        assert answer == statement_to_json(said)
        assert visit().article.text[answer["start"] : answer["end"]] == answer["sentence"]


def test_an_unknown_id_names_near_ones(client: Client) -> None:
    known = visit().statements[0].id
    assert known in check_problem(client.get(f"/v1/statements/{known[:-1]}"), 404, "not-found")


REFUSED = [
    ("modality=maybe", "bad-parameter", "'asserted'"),
    ("polarity=neutral", "bad-parameter", "'positive' or 'negative'"),
    ("from=yesterday", "bad-parameter", "'from'"),
    ("from=2023-02-30", "bad-parameter", "'from'"),
    ("from=0", "bad-parameter", "ISO date"),
    ("to=-86400", "bad-parameter", "ISO date"),
    ("to=2023-02-03T00:00:00", "bad-parameter", "ISO date"),
    ("from=2023-02-02&to=2023-02-01", "bad-parameter", "exchange"),
    ("minConfidence=2", "bad-parameter", "less than or equal to 1"),
    ("minConfidence=nan", "bad-parameter", "'minConfidence'"),
    ("limit=ten", "bad-parameter", "'limit'"),
    ("after=x", "bad-parameter", "next"),
    ("about=Xi%20Jinping", "bad-parameter", "try 'Xi_Jinping'"),
    ("about=%3C", "bad-parameter", "search for the name"),
    ("q=" + "x" * 201, "bad-parameter", "200"),
    ("min_confidence=1", "unknown-parameter", "'minConfidence'"),
    ("attributed_to=x", "unknown-parameter", "'attributedTo'"),
    ("from_=2023-01-01", "unknown-parameter", "'from'"),
    ("subjet=Xi_Jinping", "unknown-parameter", "'subject'"),
    ("zzz=1", "unknown-parameter", "there is"),
]


@pytest.mark.parametrize(("query", "slug", "says"), REFUSED)
def test_a_filter_that_means_nothing_is_refused(client: Client, query: str, slug: str, says: str) -> None:
    assert says in check_problem(client.get(f"/v1/statements?{query}"), 400, slug)
    if query.partition("=")[0] not in {"limit", "after"}:
        assert says in check_problem(client.get(f"/v1/export/jsonl?{query}"), 400, slug)


def test_the_statistics_count_what_there_is(client: Client) -> None:
    stats = schemas.Stats.model_validate(client.get("/v1/stats").json())
    assert stats.articles == len(READINGS)
    assert stats.statements == len(SAID)
