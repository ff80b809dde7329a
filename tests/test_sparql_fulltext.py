"""`kg:search` in a query: what it becomes, where it may stand, and what is refused."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import QueryBoolean, QuerySolutions, Store
from querying import NS

from graph.errors import BadFilter, BadQuery
from graph.rdf import reading_quads
from graph.sparql.fulltext import MOST, Rewritten, rewrite
from graph.store.search_words import words
from tests.readings import echo, visit

XI, MOSCOW = NS.entity("Xi_Jinping").value, NS.entity("Moscow").value
(ANNEXED,) = (NS.statement(one.id).value for one in visit().statements if "annexed" in one.sentence)
HITS = {
    "xi": [(XI, 9.5)],
    "two": [(XI, 9.5), (MOSCOW, 2.25)],
    "annexed": [(ANNEXED, 1.5)],
    'a "b" \\ é\n': [(MOSCOW, 1.0)],
}


def find(text: str) -> tuple[int, list[tuple[str, float]]]:
    """Find what HITS has; the real words are checked as the index does."""
    words(text)
    return 7, HITS.get(text, [])


@pytest.fixture(scope="module")
def store() -> Store:
    made = Store()
    for reading in (visit(), echo()):
        made.extend(reading_quads(reading, NS, "test"))
    return made


def rows(store: Store, query: str) -> set[tuple[str | None, ...]]:
    """The rows of the rewritten query, as texts."""
    answer = store.query(rewrite(query, find, NS).query, base_iri=NS.base, prefixes=NS.prefixes)
    assert isinstance(answer, QuerySolutions)
    return {tuple(None if term is None else getattr(term, "value", None) for term in row) for row in answer}


SAME = "SELECT ?e { VALUES ?e { <%s> } }"
ALIKE = {
    "alone": ('SELECT ?e { ?e kg:search "xi" }', "SELECT ?e { VALUES ?e { :Xi_Jinping } }"),
    "with a full stop": ('SELECT ?e { ?e kg:search "xi" . }', "SELECT ?e { VALUES ?e { :Xi_Jinping } }"),
    "first of a list": (
        'SELECT ?l { ?e kg:search "two" ; rdfs:label ?l }',
        "SELECT ?l { VALUES ?e { :Xi_Jinping :Moscow } ?e rdfs:label ?l }",
    ),
    "last of a list": (
        'SELECT ?l { ?e rdfs:label ?l ; kg:search "two" }',
        "SELECT ?l { VALUES ?e { :Xi_Jinping :Moscow } ?e rdfs:label ?l }",
    ),
    "in the middle": (
        'SELECT ?l ?t { ?e rdfs:label ?l ; kg:search "two" ; ; a ?t . }',
        "SELECT ?l ?t { VALUES ?e { :Xi_Jinping :Moscow } ?e rdfs:label ?l ; a ?t . }",
    ),
    "after other triples": (
        'SELECT * { ?x rel:visit ?e . ?e kg:search "two" . ?e rdfs:label ?l }',
        "SELECT * { ?x rel:visit ?e . VALUES ?e { :Xi_Jinping :Moscow } ?e rdfs:label ?l }",
    ),
    "OPTIONAL": (
        'SELECT * { ?e rdfs:label ?l OPTIONAL { ?e kg:search "xi" ; skos:altLabel ?a } }',
        "SELECT * { ?e rdfs:label ?l OPTIONAL { VALUES ?e { :Xi_Jinping } ?e skos:altLabel ?a } }",
    ),
    "after OPTIONAL": (
        'SELECT * { ?e a ?t OPTIONAL { ?e rel:visit ?m } . ?m kg:search "two" }',
        "SELECT * { ?e a ?t OPTIONAL { ?e rel:visit ?m } VALUES ?m { :Xi_Jinping :Moscow } }",
    ),
    "UNION": (
        'SELECT * { { ?e kg:search "xi" } UNION { ?e kg:search "two" FILTER(?e != :Xi_Jinping) } ?e a ?t }',
        "SELECT * { VALUES ?e { :Xi_Jinping :Moscow } ?e a ?t }",
    ),
    "GRAPH": (
        'SELECT ?s { GRAPH ?g { ?st kg:search "annexed" ; rdf:subject ?s } }',
        f"SELECT ?s {{ VALUES ?st {{ <{ANNEXED}> }} GRAPH ?g {{ ?st rdf:subject ?s }} }}",
    ),
    "subquery": (
        'SELECT ?l { { SELECT DISTINCT ?e WHERE { ?e kg:search "two" } LIMIT 9 } ?e rdfs:label ?l }',
        "SELECT ?l { VALUES ?e { :Xi_Jinping :Moscow } ?e rdfs:label ?l }",
    ),
    "EXISTS": (
        'SELECT ?e { ?e a ?t FILTER(?e != :X && EXISTS { ?e kg:search "two" }) }',
        "SELECT ?e { ?e a ?t FILTER(?e IN (:Xi_Jinping, :Moscow)) }",
    ),
    "NOT EXISTS": (
        'SELECT ?e { ?e a schema:Place FILTER NOT EXISTS { ?e kg:search "two" } ?e rdfs:label ?l }',
        "SELECT ?e { ?e a schema:Place ; rdfs:label ?l FILTER(?e != :Moscow) }",
    ),
    "MINUS": (
        'SELECT ?e { ?e a schema:Place MINUS { ?e kg:search "two" } }',
        "SELECT ?e { ?e a schema:Place FILTER(?e != :Moscow) }",
    ),
    "two at once": ('SELECT ?e { ?e kg:search "two" ; kg:search "xi" }', SAME % XI),
    "comments and strings": (
        'SELECT ?e { # ?e kg:search "no"\n ?e kg:search # what\n "xi"'
        ' FILTER("?e kg:search \\"no\\"" != "") }',
        SAME % XI,
    ),
    "another prefix": (f'PREFIX x: <{NS.prefixes["kg"]}> SELECT ?e {{ ?e x:search "xi" }}', SAME % XI),
    "the whole IRI": (f'SELECT ?e {{ ?e <{NS.base}ontology#search> "xi" }}', SAME % XI),
    "a relative IRI": ("SELECT ?e { ?e <ontology#search> 'xi' }", SAME % XI),
    "a base": (f"BASE <{NS.base}x/> SELECT ?e {{ ?e <../ontology#search> 'xi' }}", SAME % XI),
    "long strings": ('SELECT ?e { ?e kg:search """xi""" }', SAME % XI),
    "escapes": (r"""SELECT ?e { ?e kg:search 'a "b" \\ \u00e9\n' }""", SAME % MOSCOW),
    "a dollar": ('SELECT $e { $e kg:search "xi" }', SAME % XI),
    "nothing": ('SELECT ?e { ?e kg:search "unheard" }', "SELECT ?e { VALUES ?e {} }"),
    "a number before": (
        'SELECT ?e { ?x rel:sell 40. ?e kg:search "xi" }',
        "SELECT ?e { ?x rel:sell 40 . VALUES ?e { :Xi_Jinping } }",
    ),
    "blank nodes on both sides": (
        'SELECT ?e { GRAPH ?g { _:a rdf:subject ?e } ?e kg:search "two" }',
        "SELECT ?e { VALUES ?e { :Xi_Jinping :Moscow } GRAPH ?g { _:a rdf:subject ?e } }",
    ),
    "a block with blank nodes": (
        'SELECT ?e { ?e rel:visit _:a . ?e kg:search "two" . _:a rdfs:label ?l }',
        "SELECT ?e { VALUES ?e { :Xi_Jinping :Moscow } ?e rel:visit _:a . _:a rdfs:label ?l }",
    ),
    "lists, paths and conditions around": (
        'SELECT ?e { ?e (rdfs:label|skos:altLabel) ?n ; kg:search "two" FILTER(STRLEN(?n) < 7 || ?n > "Y") }',
        "SELECT ?e { VALUES ?e { :Xi_Jinping :Moscow } ?e (rdfs:label|skos:altLabel) ?n"
        ' FILTER(STRLEN(?n) < 7 || ?n > "Y") }',
    ),
    "BIND": (
        'SELECT ?f { ?e rel:visit ?m BIND(?m AS ?f) ?f kg:search "two" }',
        "SELECT ?f { VALUES ?f { :Moscow } }",
    ),
    "VALUES": (
        'SELECT ?e { VALUES ?e { :Moscow :China } ?e kg:search "two" } VALUES (?e) { (:Moscow) }',
        SAME % MOSCOW,
    ),
}


@pytest.mark.parametrize("name", ALIKE)
def test_a_search_means_the_values_that_were_found(store: Store, name: str) -> None:
    searching, plain = ALIKE[name]
    expected = rows(store, plain)
    assert rows(store, searching) == expected
    assert expected or name == "nothing"


def test_the_score_is_a_number_to_sort_by(store: Store) -> None:
    found = rows(
        store, 'SELECT ?l ?score { (?e ?score) kg:search "two" . ?e rdfs:label ?l FILTER(?score > 2) }'
    )
    assert {(label, float(score or 0)) for label, score in found} == {("Xi Jinping", 9.5), ("Moscow", 2.25)}


def test_the_other_forms_search_too(store: Store) -> None:
    asked = rewrite('ASK { :Xi_Jinping rel:visit ?e . ?e kg:search "two" }', find, NS)
    answer = store.query(asked.query, prefixes=NS.prefixes)
    assert isinstance(answer, QueryBoolean)
    assert bool(answer)
    assert asked.sequence == 7
    built = 'CONSTRUCT { ?e kg:search "xi" } WHERE { ?e kg:search "xi" }'
    assert len(list(store.query(rewrite(built, find, NS).query, prefixes=NS.prefixes))) == 1
    described = rewrite('DESCRIBE ?e WHERE { ?e kg:search "xi" }', find, NS)
    assert list(store.query(described.query, prefixes=NS.prefixes))


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { ?s ?p ?o }",
        'SELECT * { ?s rdfs:label "kg:search" }',
        "SELECT * { kg:search rdfs:comment ?c }",
        "SELECT * { ?s ?p kg:search }",
        "SELECT * { ?s ?p ?o FILTER(?p = kg:search) }",
        'PREFIX kg: <http://example.org/> SELECT * { ?e kg:search "xi" }',
        'SELECT * { ?e rel:search "xi" }',
        'PREFIX x: <http://[> SELECT * { ?e <http://[/search> "xi" }',
    ],
)
def test_what_is_no_search_stays_as_it_is(query: str) -> None:
    assert rewrite(query, find, NS) == Rewritten(query)


@pytest.mark.parametrize(
    "pattern",
    [
        ':Xi_Jinping kg:search "xi"',
        "?e kg:search ?words",
        "?e kg:search :Moscow",
        '?e kg:search "xi"@en',
        '?e kg:search "xi"^^xsd:string',
        '?e kg:search "xi", "two"',
        "?e kg:search 5",
        '?e kg:search* "xi"',
        '?e kg:search? "xi"',
        '?e kg:search/rdfs:label "xi"',
        '?e rdfs:seeAlso/kg:search "xi"',
        '?e rdfs:seeAlso|kg:search "xi"',
        '?e ^kg:search "xi"',
        '?e !kg:search "xi"',
        '?e (kg:search) "xi"',
        '[ kg:search "xi" ] ?p ?o',
        '?s ?p [ kg:search "xi" ]',
        '[] kg:search "xi"',
        '_:e kg:search "xi"',
        '(?e ?s ?t) kg:search "xi"',
        '(?e 5) kg:search "xi"',
        '(?e ?s) kg:search "xi" ; rdfs:label ?l',
        "?e kg:search",
    ],
)
def test_what_cannot_be_searched_is_refused_with_what_to_write(pattern: str) -> None:
    with pytest.raises(BadQuery, match=r"line 2, column \d+ .*write \?thing kg:search"):
        rewrite(f"SELECT * {{\n {pattern} }}", find, NS)


def test_words_that_mean_nothing_are_refused_with_their_place() -> None:
    with pytest.raises(BadQuery, match=r"line 1, column 25 cannot be done\. There is no word"):
        rewrite('SELECT * { ?e kg:search "!!" }', find, NS)


def test_construct_where_needs_its_template() -> None:
    with pytest.raises(BadQuery, match="write the template"):
        rewrite('CONSTRUCT WHERE { ?e kg:search "xi" }', find, NS)


def test_searches_have_a_limit() -> None:
    many = " . ".join(['?e kg:search "xi"'] * (MOST + 1))
    query = f"SELECT * {{ {many} }}"
    with pytest.raises(BadQuery, match="one over the"):
        rewrite(query, find, NS)


PIECES = [
    '?e kg:search "xi" . ',
    "?e kg:search ",
    "?e rdfs:label ?l ; ",
    "WHERE { ",
    "CONSTRUCT { ",
    "VALUES ?x { ",
    "SELECT * { ",
    "# c\n",
    "(?e ?s) ",
    *"""{ } ( ) [ ] ; , . ^ / | ! ? << >> {| |} a 5. true "xi" ?e OPTIONAL FILTER EXISTS NOT UNION
    GRAPH BIND SELECT MINUS""".split(),
]


@given(st.lists(st.sampled_from(PIECES), max_size=30))
@settings(max_examples=400, deadline=None)
def test_no_text_trips_the_walk(pieces: list[str]) -> None:
    query = "SELECT * { " + " ".join(pieces) + " }"
    try:
        rewritten = rewrite(query, find, NS)
    except (BadQuery, BadFilter):
        return
    assert (rewritten.sequence is None) == (rewritten.query == query)
