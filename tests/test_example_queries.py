from __future__ import annotations

import pytest
from pyoxigraph import Literal, NamedNode, QuerySolutions, Store, Variable
from rdflib.plugins.sparql import prepareQuery
from readings import Draft, echo, visit

from graph.errors import NotFound
from graph.example_queries import ExampleQuery, example_queries, example_query
from graph.model import Article, EntityType
from graph.rdf import reading_quads
from graph.vocab import Namespaces

QUERIES = example_queries()
NS = Namespaces("https://kg.example/news/")


@pytest.fixture(scope="module")
def store() -> Store:
    store = Store()
    for reading in (visit(), echo()):
        store.extend(reading_quads(reading, NS, "test"))
    return store


def rows(store: Store, name: str) -> list[dict[str, str]]:
    """The answer to an example query: values by name, those that are unbound left out."""
    solutions = store.query(example_query(name).text, prefixes=NS.prefixes)
    assert isinstance(solutions, QuerySolutions)
    names = [variable.value for variable in solutions.variables]
    found = [{key: solution[Variable(key)] for key in names} for solution in solutions]
    return [
        {key: term.value for key, term in row.items() if isinstance(term, NamedNode | Literal)}
        for row in found
    ]


def test_there_are_queries_to_choose_from() -> None:
    assert {"plans", "claims", "denials", "actor"} <= {query.name for query in QUERIES}


@pytest.mark.parametrize("query", QUERIES, ids=lambda query: query.name)
def test_query_explains_itself(query: ExampleQuery) -> None:
    assert query.text.startswith(f"#+ summary: {query.summary}\n#+ description: {query.description}\n")
    assert query.description.endswith(".")
    assert not query.summary.endswith(".")


@pytest.mark.parametrize("query", QUERIES, ids=lambda query: query.name)
def test_query_parses_elsewhere_too(query: ExampleQuery) -> None:
    prepareQuery(query.text, initNs=NS.prefixes)


@pytest.mark.parametrize("query", QUERIES, ids=lambda query: query.name)
def test_query_is_bound_to_no_store(query: ExampleQuery) -> None:
    code = [line for line in query.text.splitlines() if not line.startswith("#+")]
    assert not [line for line in code if "http" in line or "PREFIX" in line.upper()]


@pytest.mark.parametrize("query", QUERIES, ids=lambda query: query.name)
def test_query_has_an_answer_and_an_end(query: ExampleQuery, store: Store) -> None:
    assert rows(store, query.name)
    assert "LIMIT" in query.text


def test_plans(store: Store) -> None:
    (plan,) = rows(store, "plans")
    assert (plan["who"], plan["does"], plan["what"]) == ("Xi Jinping", "visit", "Moscow")
    assert plan["when"] == "next week"
    assert plan["sentence"].startswith("Chinese President Xi Jinping plans")


def test_claims(store: Store) -> None:
    found = {
        (row["source"], row["about"], row["does"], row["what"], row["how"]) for row in rows(store, "claims")
    }
    assert found == {
        ("Kremlin", "Xi Jinping", "visit", "Moscow", "planned"),
        ("Dmitry Peskov", "Beijing", "sell", "40", "claimed"),
    }


def test_denials(store: Store) -> None:
    (denial,) = rows(store, "denials")
    assert (denial["about"], denial["does"]) == ("China", "condemn")
    assert denial["what"] == "Western sanctions against Moscow"
    assert "source" not in denial


def test_actor(store: Store) -> None:
    """Russia, Crimea, Moscow and Xi Jinping each take part in two; the first by IRI is taken."""
    found = rows(store, "actor")
    assert {(row["who"], row["does"], row["what"]) for row in found} == {("Russia", "annex", "Crimea")}
    assert len(found) == 2
    assert {row["modality"] for row in found} == {"asserted"}


def test_concepts(store: Store) -> None:
    assert rows(store, "concepts") == [
        {
            "who": "China",
            "does": "condemn",
            "concept": "Western sanctions against Moscow",
            "mentioned": "Moscow",
            "whether": "negative",
        }
    ]


def test_hostility(store: Store) -> None:
    found = rows(store, "hostility")
    assert {(row["who"], row["does"], row["whom"]) for row in found} == {("Russia", "annex", "Crimea")}
    assert len(found) == 2
    for row in found:
        assert sorted(row["under"].split(", ")) == ["hostile_act", "take_territory"]


def test_agreement(store: Store) -> None:
    counts = {(row["who"], row["does"]): row["articles"] for row in rows(store, "agreement")}
    assert counts == {
        ("Xi Jinping", "visit"): "2",
        ("Russia", "annex"): "2",
        ("Beijing", "sell"): "1",
        ("Li Wei", "resign"): "1",
    }


@pytest.mark.parametrize("name", ["actor", "agreement"])
def test_a_statement_without_an_object_has_an_empty_cell(name: str) -> None:
    draft = Draft(Article("Li Wei resigned."))
    draft.sentence("Li Wei")
    resigned = draft.predicate("resigned", "resign")
    draft.say(draft.node("Li Wei", EntityType.PERSON), resigned, draft.unary(resigned))
    store = Store()
    store.extend(reading_quads(draft.reading(), NS, "test"))
    (row,) = rows(store, name)
    assert (row["who"], row["does"], row["what"]) == ("Li Wei", "resign", "")


def test_entities(store: Store) -> None:
    found = {row["name"]: (row["entity"], row["statements"]) for row in rows(store, "entities")}
    assert found["Moscow"] == ("https://kg.example/news/entity/Moscow", "2")
    counts = [int(row["statements"]) for row in rows(store, "entities")]
    assert counts == sorted(counts, reverse=True)


def test_unknown_query_lists_the_known() -> None:
    with pytest.raises(NotFound, match="actor, agreement"):
        example_query("none")
