from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from pyoxigraph import Literal, NamedNode, QuerySolutions, Store, Variable
from rdflib.plugins.sparql import prepareQuery
from readings import Draft, echo, visit

from graph.errors import NotFound
from graph.model import Article, Entity, EntityType, Modality, Polarity, TimeSpan
from graph.queries import NamedQuery, bind, load_library
from graph.rdf import reading_quads
from graph.resources import data_path
from graph.vocab import Namespaces

LIBRARY = load_library()
QUERIES = list(LIBRARY.queries.values())
FILES = {
    query.name: data_path("queries", f"{query.name}.rq").read_text(encoding="utf-8") for query in QUERIES
}
NS = Namespaces("https://kg.example/news/")


@pytest.fixture(scope="module")
def store() -> Store:
    store = Store()
    for reading in (visit(), echo()):
        store.extend(reading_quads(reading, NS, "test"))
    return store


def rows(store: Store, name: str, /, **given: str) -> list[dict[str, str]]:
    """The answer to a named query: values by name, those that are unbound left out."""
    query = LIBRARY.get(name)
    solutions = store.query(bind(query, query.terms(given, NS)), prefixes=NS.prefixes)
    assert isinstance(solutions, QuerySolutions)
    names = [variable.value for variable in solutions.variables]
    found = [{key: solution[Variable(key)] for key in names} for solution in solutions]
    return [
        {key: term.value for key, term in row.items() if isinstance(term, NamedNode | Literal)}
        for row in found
    ]


def test_there_are_queries_to_choose_from() -> None:
    assert {"plans", "claims", "denials", "actor"} <= {query.name for query in QUERIES}


EVERY = pytest.mark.parametrize("query", QUERIES, ids=lambda query: query.name)


@EVERY
def test_query_explains_itself(query: NamedQuery) -> None:
    text = FILES[query.name]
    assert text.startswith(f"#+ summary: {query.summary}\n#+ description: {query.description}\n")
    assert query.description.endswith(".")
    assert not query.summary.endswith(".")
    assert query.parameters
    assert all(one.about.description.endswith(".") for one in query.parameters)


@EVERY
def test_query_parses_elsewhere_too(query: NamedQuery) -> None:
    """With its parameters still variables, as one finds it in its file, and with all of them given."""
    prepareQuery(FILES[query.name], initNs=NS.prefixes)
    every = query.terms({one.name: one.example for one in query.parameters}, NS)
    prepareQuery(bind(query, every), initNs=NS.prefixes)


@EVERY
def test_query_is_bound_to_no_store(query: NamedQuery) -> None:
    code = query.text.splitlines()
    assert not [line for line in code if "http" in line or "PREFIX" in line.upper()]


KNOWN = {
    "who": "Xi_Jinping",
    "how": "travel_to",
    "does": "visit",
    "since": "2023-01-01",
    "until": "2023-12-31",
}


@EVERY
def test_query_has_an_answer_and_an_end(query: NamedQuery, store: Store) -> None:
    given = {one.name: KNOWN[one.name] for one in query.parameters if one.required or one.name == "how"}
    assert rows(store, query.name, **given) or query.name == "contradictions"
    assert "LIMIT" in query.text


@EVERY
def test_each_parameter_counts(query: NamedQuery, store: Store) -> None:
    """What is nowhere in the store leaves nothing."""
    nothing = {
        "entity": "Nobody",
        "relation": "nothing",
        "modality": "hypothetical",
        "class": "Legislation",
        "string": "no such name",
        "integer": "9",
        "decimal": "1",
    }
    days = {"since": "2999-01-01", "until": "1900-01-01"}
    needed = {one.name: KNOWN[one.name] for one in query.parameters if one.required}
    for one in query.parameters:
        if one.kind.name == "polarity":
            continue
        value = days.get(one.name) or nothing[one.kind.name]
        assert not rows(store, query.name, **{**needed, one.name: value}), one.name


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
    found = rows(store, "actor", who="Russia")
    assert {(row["who"], row["does"], row["what"]) for row in found} == {("Russia", "annex", "Crimea")}
    assert len(found) == 2
    assert {row["modality"] for row in found} == {"asserted"}
    assert len(rows(store, "actor", who="China")) == 1
    assert not rows(store, "actor", who="China", polarity="positive")
    assert len(rows(store, "actor", who="Xi_Jinping")) == 2
    assert len(rows(store, "actor", who="Xi_Jinping", modality="planned")) == 1


def test_agenda(store: Store) -> None:
    week = {"since": "2023-03-26", "until": "2023-04-30"}
    (plan,) = rows(store, "agenda", **week)
    assert (plan["first"], plan["last"], plan["who"]) == ("2023-03-20", "2023-03-26", "Xi Jinping")
    assert rows(store, "agenda", since="2023-03-01", until="2023-03-20") == [plan]
    assert not rows(store, "agenda", since="2023-03-27", until="2023-04-30")
    assert not rows(store, "agenda", since="2023-03-01", until="2023-03-19")


def test_meetings(store: Store) -> None:
    found = rows(store, "meetings", how="travel_to")
    assert {(row["who"], row["does"], row["whom"], row["modality"]) for row in found} == {
        ("Xi Jinping", "visit", "Moscow", "asserted"),
        ("Xi Jinping", "visit", "Moscow", "planned"),
    }
    assert [row.get("day") for row in rows(store, "meetings", how="travel_to", modality="planned")] == [
        "2023-03-20"
    ]
    assert rows(store, "meetings", how="travel_to", who="Moscow") == found
    assert not rows(store, "meetings", how="travel_to", who="Russia")


def test_timeline(store: Store) -> None:
    """The echo has no day, and so no place in it."""
    found = rows(store, "timeline", who="Xi_Jinping")
    assert [(row["day"], row["does"], row["what"]) for row in found] == [("2023-03-20", "visit", "Moscow")]
    (row,) = rows(store, "timeline", who="China")
    assert (row["day"], row["polarity"]) == ("2023-03-17", "negative")
    assert not rows(store, "timeline", who="China", since="2023-03-18")
    assert rows(store, "timeline", who="China", since="2023-03-17", until="2023-03-17") == [row]


def test_sources(store: Store) -> None:
    found = rows(store, "sources", who="Xi_Jinping", does="visit")
    assert {(row.get("whose"), row["headline"], row["modality"]) for row in found} == {
        ("Kremlin", visit().article.title, "planned"),
        (None, "Echo", "asserted"),
    }
    assert rows(store, "sources", who="Xi_Jinping", does="travel_to", whom="Moscow") == found
    assert not rows(store, "sources", who="Xi_Jinping", does="visit", whom="Crimea")


def test_together(store: Store) -> None:
    found = {
        row["name"]: (row["articles"], row["statements"]) for row in rows(store, "together", who="Moscow")
    }
    assert found["Xi Jinping"] == ("2", "2")
    assert found["Russia"] == ("2", "0")
    assert "Moscow" not in found
    assert "visit" not in found
    people = rows(store, "together", who="Moscow", type="Person")
    assert {row["name"] for row in people} < set(found)


def test_contradictions() -> None:
    """Two articles that say opposite things of the same: both are kept, and shown together."""
    store = Store()
    for text, polarity in (
        ("Hale met Vale.", Polarity.POSITIVE),
        ("Hale never met Vale.", Polarity.NEGATIVE),
    ):
        draft = Draft(Article(text))
        draft.sentence("Hale")
        hale, vale = draft.node("Hale", EntityType.PERSON), draft.node("Vale", EntityType.PERSON)
        draft.say(hale, draft.predicate("met", "meet"), vale, polarity=polarity)
        store.extend(reading_quads(draft.reading(), NS, "test"))
    (row,) = rows(store, "contradictions")
    assert (row["who"], row["does"], row["what"]) == ("Hale", "meet", "Vale")
    assert (row["affirmed"], row["denied"]) == ("Hale met Vale.", "Hale never met Vale.")
    assert row["article"] != row["other"]
    assert rows(store, "contradictions", about="Hale") == [row]
    assert not rows(store, "contradictions", about="Vale")


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
    assert rows(store, "hostility", whom="Crimea") == rows(store, "hostility")
    assert not rows(store, "hostility", whom="Russia")
    (visited,) = rows(store, "hostility", act="travel_to")
    assert (visited["who"], visited["whom"]) == ("Xi Jinping", "Moscow")
    found = rows(store, "hostility")
    assert {(row["who"], row["does"], row["whom"]) for row in found} == {("Russia", "annex", "Crimea")}
    assert len(found) == 2
    for row in found:
        assert sorted(row["under"].split(", ")) == ["hostile_act", "take_territory"]


def test_what_articles_type_and_call_otherwise_is_told_once() -> None:
    """Hale Steel has two types and two labels, Vale too, and Norvalia sues itself, as after a merge."""
    store, said = Store(), 0
    for number, type_, steel, vale in (
        (1, EntityType.PERSON, "Hale Steel", "Mira Vale"),
        (2, EntityType.ORGANIZATION, "Hale, Steel", "Mira (Vale)"),
    ):
        draft = Draft(Article(f"Hale sued Vale over {number} ships, Moss said. Norvalia sued Norvalia."))
        draft.sentence("Hale")
        ends = draft.node("Hale", type_, steel), draft.node("Vale", type_, vale)
        sued = draft.predicate("sued", "sue", "hostile_act")
        moss, time = (
            draft.node("Moss", type_, steel.replace("Hale", "Moss")),
            TimeSpan("May", date(2025, 5, 1)),
        )
        time = replace(time, end=date(2025, 5, 31))
        draft.say(ends[0], sued, ends[1], attributed_to=moss)
        draft.say(ends[0], sued, ends[1], modality=Modality.PLANNED, time=time)
        draft.say(ends[0], sued, ends[1], polarity=Polarity.NEGATIVE, attributed_to=moss)
        draft.sentence("Norvalia")
        norvalia = draft.node("Norvalia", EntityType.PLACE)
        draft.say(norvalia, draft.predicate("sued", "sue", "hostile_act"), norvalia, time=time)
        draft.entity(Entity("ships", f"ship{'s' * number}", EntityType.CONCEPT, mentions=("Mira_Vale",)))
        draft.say(
            norvalia, draft.predicate("sued", "sue", "hostile_act"), replace(norvalia, id="ships"), time=time
        )
        store.extend(reading_quads(draft.reading(), NS, "test"))
        said += 1
    hale, self_, may = (
        {"who": "Hale_Steel"},
        {"who": "Norvalia"},
        {"since": "2025-01-01", "until": "2025-12-31"},
    )
    asked: list[tuple[str, dict[str, str], int]] = [
        ("actor", hale, 3),
        ("actor", self_, 2),
        ("timeline", {"who": "Mira_Vale"}, 1),
        ("timeline", self_, 2),
        ("agenda", may, 1),
        ("claims", {}, 1),
        ("denials", {}, 1),
        ("plans", {}, 1),
        ("hostility", hale, 1),
        ("hostility", self_, 1),
        ("meetings", {"how": "hostile_act", "who": "Mira_Vale"}, 2),
        ("sources", {**hale, "does": "sue"}, 3),
        ("concepts", {}, 1),
    ]
    for name, given, each in asked:
        assert len(rows(store, name, **given)) == each * said, (name, given)
    assert len(rows(store, "agreement", who="Hale_Steel")) == 2
    # the same sentence affirms and denies it, of each article with each
    assert len(rows(store, "contradictions", about="Hale_Steel")) == said * said
    for name, given in (("entities", {}), ("together", {"who": "Norvalia"})):
        found = [row["entity"] for row in rows(store, name, **given)]
        assert len(found) == len(set(found)) > 1, name
    assert {row["who"] for row in rows(store, "actor", **hale)} == {"Hale Steel"}


def test_agreement(store: Store) -> None:
    counts = {(row["who"], row["does"]): row["articles"] for row in rows(store, "agreement")}
    assert {row["does"] for row in rows(store, "agreement", least="2")} == {"annex"}
    assert {row["does"] for row in rows(store, "agreement", least="2", who="Russia")} == {"annex"}
    assert counts == {
        ("Xi Jinping", "visit"): "1",  # one article has him plan it, and one says that he did
        ("Russia", "annex"): "2",
        ("Beijing", "sell"): "1",
        ("Li Wei", "resign"): "1",
    }


@pytest.mark.parametrize(("name", "given"), [("actor", {"who": "Li_Wei"}), ("agreement", {})])
def test_a_statement_without_an_object_has_an_empty_cell(name: str, given: dict[str, str]) -> None:
    draft = Draft(Article("Li Wei resigned."))
    draft.sentence("Li Wei")
    resigned = draft.predicate("resigned", "resign")
    draft.say(draft.node("Li Wei", EntityType.PERSON), resigned, draft.unary(resigned))
    store = Store()
    store.extend(reading_quads(draft.reading(), NS, "test"))
    (row,) = rows(store, name, **given)
    assert (row["who"], row["does"], row["what"]) == ("Li Wei", "resign", "")


def test_entities(store: Store) -> None:
    found = {row["name"]: (row["entity"], row["statements"]) for row in rows(store, "entities")}
    assert found["Moscow"] == ("https://kg.example/news/entity/Moscow", "2")
    counts = [int(row["statements"]) for row in rows(store, "entities")]
    assert counts == sorted(counts, reverse=True)


def test_unknown_query_lists_the_known() -> None:
    with pytest.raises(NotFound, match="actor, agenda, agreement"):
        LIBRARY.get("none")
    with pytest.raises(NotFound, match="near it are plans"):
        LIBRARY.get("plan")
