from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator

import pytest
from readings import visit
from serving import READINGS, Client, check_problem, loaded, pages
from test_index import disputed

from api import schemas
from api.schemas.facets import Contradiction, Facets, Others, PredicateSummary, Types
from graph.codec import statement_to_json
from graph.store.archive import Archive
from graph.views import Facet, Sort, StatementFilter, contradictions, facets, others, statements

SAID = [statement_to_json(one) for reading in READINGS for one in reading.statements]


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    with loaded(tmp_path_factory.mktemp("counts")) as opened:
        yield opened


@pytest.mark.parametrize("query", ["", "about=City_1&", "modality=planned&", "predicate=visit&"])
@pytest.mark.parametrize("sort", Sort)
def test_each_order_holds_every_statement_once_on_pages_of_any_size(
    client: Client, query: str, sort: Sort
) -> None:
    whole = client.get(f"/v1/statements?{query}sort={sort}&limit=500").json()["items"]
    plain = client.get(f"/v1/statements?{query}limit=500").json()["items"]
    assert sorted(one["id"] for one in whole) == sorted(one["id"] for one in plain)
    assert pages(client, f"/v1/statements?{query}sort={sort}&limit=3") == whole
    assert len(whole) > 0
    first = [(one["time"] or {}).get("start") or (one["time"] or {}).get("end") for one in whole]
    dated = [day for day in first if day]
    match sort:
        case Sort.TEXT:
            assert whole == plain
        case Sort.ADDED:
            assert whole == plain[::-1]
        case Sort.TIME | Sort.LATEST:
            assert first[: len(dated)] == sorted(dated, reverse=sort is Sort.LATEST)
        case Sort.CONFIDENCE:
            sure = [one["confidence"] for one in whole]
            assert sure == sorted(sure, reverse=True)


def test_a_cursor_of_another_order_is_refused(client: Client) -> None:
    cursor = client.get("/v1/statements?limit=1&sort=time").json()["next"]
    for other in ("", "&sort=-time", "&sort=confidence"):
        detail = check_problem(client.get(f"/v1/statements?after={cursor}{other}"), 400, "bad-parameter")
        assert "cursor" in detail


def expected(said: list[dict]) -> dict[str, Counter]:
    return {
        "predicate": Counter(one["predicate"]["id"] for one in said),
        "modality": Counter(one["modality"] for one in said),
        "polarity": Counter(one["polarity"] for one in said),
        "subject": Counter(one["subject"]["id"] for one in said),
        "object": Counter(one["object"].get("id") or one["object"]["value"] for one in said),
        "article": Counter(one["article"] for one in said),
        "attributedTo": Counter(one["attributedTo"]["id"] for one in said if one["attributedTo"]),
        "broader": Counter(id_ for one in said for id_ in one["predicate"]["broader"]),
        "type": Counter(
            type_ for one in said for type_ in {one["subject"]["type"], one["object"].get("type")} - {None}
        ),
        "month": Counter(
            (one["time"]["start"] or one["time"]["end"])[:7]
            for one in said
            if one["time"] and (one["time"]["start"] or one["time"]["end"])
        ),
    }


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ("", lambda _: True),
        ("&modality=planned", lambda one: one["modality"] == "planned"),
        ("&article=" + visit().article.id, lambda one: one["article"] == visit().article.id),
    ],
)
def test_facets_count_what_the_list_holds(client: Client, query: str, wanted: object) -> None:
    answer = client.get(f"/v1/statements/facets?limit=500{query}").json()
    Facets.model_validate(answer)
    said = [one for one in SAID if wanted(one)]  # type: ignore[operator]
    assert (answer["statements"], answer["complete"]) == (len(said), True)
    assert set(answer["facets"]) == set(Facet) - {Facet.ARTICLE}
    more = client.get(f"/v1/statements/facets?limit=500&facets=article{query}").json()
    answer["facets"] |= more["facets"]
    for name, counts in expected(said).items():
        found = answer["facets"][name]
        assert {one["value"]: one["statements"] for one in found["items"]} == counts, name
        assert found["values"] == len(counts)


def test_more_than_can_be_counted_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.modules["graph.views.facets"], "MOST", 2)
    with Archive.open(None, "http://localhost:8000/") as archive:
        for number in (1, 3, 5):
            archive.begin(disputed(number, denied=False).article)
            archive.commit(disputed(number, denied=False))
        found = facets(archive, StatementFilter(min_confidence=0.1), [Facet.PREDICATE])
        assert (found.statements, found.complete) == (2, False)
        assert facets(archive, StatementFilter(), [Facet.PREDICATE]).complete


def test_both_sides_are_kept_and_shown_together() -> None:
    with Archive.open(None, "http://localhost:8000/") as archive:
        for number, denied in ((1, False), (2, True), (5, False)):
            archive.begin(disputed(number, denied=denied).article)
            archive.commit(disputed(number, denied=denied))
        first = contradictions(archive, limit=1)
        rest = contradictions(archive, limit=1, after=first.next)
        assert rest.next is None
        for one in (*first.items, *rest.items):
            assert (one.affirmed.articles, one.denied.articles) == (2, 1)
            assert {said.polarity for said in one.affirmed.statements} == {"positive"}
            assert {said.polarity for said in one.denied.statements} == {"negative"}
            beside = others(archive, one.denied.statements[0].id)
            assert (beside.same, beside.opposite) == (one.denied, one.affirmed)
        assert contradictions(archive, about="Norvalia").items
        assert contradictions(archive, about="nobody").items == ()
        supported = statements(archive, StatementFilter(min_support=2)).items
        assert {one.polarity for one in supported} == {"positive"}
        pair = StatementFilter(between=("Norvalia", "Hale"))
        assert {one.object.id for one in statements(archive, pair).items} == {"Norvalia"}


def test_the_routes_answer_as_they_are_documented(client: Client) -> None:
    schemas.Page[Contradiction].model_validate(client.get("/v1/contradictions").json())
    Others.model_validate(client.get(f"/v1/statements/{SAID[0]['id']}/others").json())
    Types.model_validate(client.get("/v1/types").json())
    listed = pages(client, "/v1/predicates?limit=3")
    counts = {one.id: one for one in map(PredicateSummary.model_validate, listed)}
    for id_, count in expected(SAID)["predicate"].items():
        assert counts[id_].own == count
    for id_, count in expected(SAID)["broader"].items():
        assert counts[id_].statements == count + counts[id_].own
    assert (
        sum(one["entities"] for one in client.get("/v1/types").json()["items"])
        == (client.get("/v1/stats").json()["entities"])
    )
    about = pages(client, "/v1/entities/Xi_Jinping/statements?limit=1")
    assert about == client.get("/v1/statements?about=Xi_Jinping").json()["items"]
    labels = [one["label"].casefold() for one in pages(client, "/v1/entities?sort=label&limit=7")]
    assert len(labels) == client.get("/v1/stats").json()["entities"]


@pytest.mark.parametrize(
    ("address", "says"),
    [
        ("/v1/statements?subject=Xi_Jinpin", "Xi_Jinping"),
        ("/v1/statements?between=Moscw,Xi_Jinping", "Moscow"),
        ("/v1/statements?between=Moscow", "comma"),
        ("/v1/statements?predicate=visitt", "visit"),
        ("/v1/statements?article=none", "No article has the id"),
        ("/v1/statements?minSupport=0", "'minSupport'"),
        ("/v1/statements?sort=size", "'sort'"),
        ("/v1/statements/facets?about=Moscw", "Moscow"),
        ("/v1/statements/facets?facets=size", "predicate"),
        ("/v1/statements/facets?facets=,", "none named"),
        ("/v1/contradictions?about=Moscw", "Moscow"),
        ("/v1/statements?about=", "no entity"),
    ],
)
def test_what_means_nothing_is_refused_with_what_is_near(client: Client, address: str, says: str) -> None:
    response = client.get(address)
    known = response.status_code == 400
    wanted = (400, "bad-parameter") if known else (404, "not-found")
    assert says in check_problem(response, *wanted)
    assert known == (says in {"comma", "'minSupport'", "'sort'", "none named"} or "facets=size" in address)
