"""Amounts survive the store, SPARQL, Turtle and JSON, and each store has the datatypes under its own base."""

from __future__ import annotations

import json

import pytest
from pyoxigraph import Literal, QueryResultsFormat, QuerySolutions, RdfFormat, Store, parse

from graph.codec import statement_from_json, statement_to_json
from graph.export import export
from graph.model import Argument, Article, EntityType, Reading, Subgraph, Value
from graph.ontology import statement_context
from graph.rdf import reading_quads
from graph.rdf_read import read_statements
from graph.store.embedded import EmbeddedStore
from graph.text.quantities import Quantity, read
from graph.vocab import MONEY, PERCENT, QUANTITY, XSD, Namespaces
from tests.readings import Draft

BASES = ["http://localhost:8000/", "https://kg.example/a/b/"]
SAID = [
    "2.4 billion euros",
    "580 million shillings",
    "24.4%",
    "785 miles",
    "240,000",
    "-2.50",
    "half a million",
]
TEXT = "".join(f"Nordane lost {amount}. " for amount in SAID)


def losses() -> Reading:
    """Statements that Nordane lost this and that, each amount with its count as an argument too."""
    draft = Draft(Article(TEXT, title="Losses"))
    for said in SAID:
        draft.sentence(f"Nordane lost {said}")
        firm, lost = draft.node("Nordane", EntityType.ORGANIZATION), draft.predicate("lost", "lose")
        start = draft.article.text.index(said)
        amount = read(said)
        assert amount is not None
        value = Value(amount.value, amount.datatype, said, start, start + len(said))
        draft.say(firm, lost, value, arguments=(Argument("count", value),))
    return draft.reading()


def kept(ns: Namespaces) -> EmbeddedStore:
    store = EmbeddedStore(None, ns)
    store.put(ns.article(losses().article.id), reading_quads(losses(), ns, "test"))
    return store


def asked(query: str, ns: Namespaces) -> list[str]:
    """The values of ?x, over the plain triples."""
    store = Store()
    store.extend(reading_quads(losses(), ns, "test"))
    found = store.query(query, prefixes=ns.prefixes)
    assert isinstance(found, QuerySolutions)
    return [str(row["x"].value) for row in found]  # type: ignore[union-attr]


@pytest.mark.parametrize("base", BASES)
def test_the_store_gives_them_back(base: str) -> None:
    ns, reading = Namespaces(base), losses()
    ids = [statement.id for statement in reading.statements]
    assert len(ids) == len(SAID)
    assert tuple(read_statements(kept(ns).select, ids, ns)) == reading.statements


@pytest.mark.parametrize("base", BASES)
def test_datatypes_are_terms_of_the_store(base: str) -> None:
    ns = Namespaces(base)
    query = "SELECT (DATATYPE(?o) AS ?x) { ?s rel:lose ?o }"
    own = {ns.kg(term).value for term in ("Money", "Percent", "Quantity")}
    assert set(asked(query, ns)) == own | {f"{XSD}integer", f"{XSD}decimal"}
    for name in (MONEY, PERCENT, QUANTITY, f"{XSD}integer", f"{base}ontology#planned", "kg:planned"):
        assert ns.datatype_name(ns.datatype(name)) == name


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("SELECT ?x { ?s rel:lose ?x FILTER(?x > 0) } ORDER BY ?x", ["240000", "500000"]),
        ("SELECT ?x { ?s rel:lose ?x FILTER(?x < 0) }", ["-2.5"]),
        ('SELECT ?x { ?s rel:lose ?x FILTER(?x = "785 mi"^^kg:Quantity) }', ["785 mi"]),
        (
            "SELECT (xsd:decimal(STRBEFORE(STR(?o), ' ')) AS ?x) { ?s rel:lose ?o "
            "FILTER(DATATYPE(?o) = kg:Money && STRENDS(STR(?o), ' EUR')) }",
            ["2400000000"],
        ),
        (
            "SELECT (xsd:decimal(STR(?o)) AS ?x) { ?s rel:lose ?o FILTER(DATATYPE(?o) = kg:Percent) }",
            ["24.4"],
        ),
        (
            'SELECT (SUM(?n) AS ?x) { GRAPH ?g { ?a kg:role "count"; rdf:value ?n } FILTER(isNumeric(?n)) }',
            ["739997.5"],
        ),
    ],
)
def test_numbers_compare_and_sums_of_money_can_be_taken_apart(query: str, expected: list[str]) -> None:
    assert asked(query, Namespaces(BASES[0])) == expected


def test_rows_have_the_amounts_in_every_format() -> None:
    ns = Namespaces(BASES[0])
    store = Store()
    store.extend(reading_quads(losses(), ns, "test"))
    for form in (
        QueryResultsFormat.CSV,
        QueryResultsFormat.TSV,
        QueryResultsFormat.JSON,
        QueryResultsFormat.XML,
    ):
        rows = store.query("SELECT ?x { ?s rel:lose ?x }", prefixes=ns.prefixes)
        assert isinstance(rows, QuerySolutions)
        written = rows.serialize(format=form)
        assert written is not None
        for value in ("2400000000 EUR", "785 mi", "24.4", "240000", "-2.5"):
            assert value.encode() in written


@pytest.mark.parametrize(("name", "form"), [("turtle", RdfFormat.TURTLE), ("nquads", RdfFormat.N_QUADS)])
def test_exports_of_rdf_hold_them(name: str, form: RdfFormat) -> None:
    ns = Namespaces(BASES[0])
    part = Subgraph((), (), (), lambda: iter(reading_quads(losses(), ns, "test")))
    found = {quad.object for quad in parse(b"".join(export(name, part)), form)}
    for value in (statement.object for statement in losses().statements):
        assert isinstance(value, Value)
        assert Literal(value.value, datatype=ns.datatype(value.datatype)) in found


@pytest.mark.parametrize("base", BASES)
def test_json_keeps_them_and_is_linked_data(base: str) -> None:
    ns = Namespaces(base)
    for statement in losses().statements:
        record = statement_to_json(statement)
        assert statement_from_json(json.loads(json.dumps(record))) == statement
        linked = json.dumps({**statement_context(ns), **record}).encode()
        objects = {quad.object for quad in parse(linked, RdfFormat.JSON_LD)}
        assert isinstance(statement.object, Value)
        assert Literal(statement.object.value, datatype=ns.datatype(statement.object.datatype)) in objects


def test_the_sample_is_what_it_says() -> None:
    assert [read(said) for said in SAID[:4]] == [
        Quantity("2400000000 EUR", MONEY),
        Quantity("580000000", MONEY),
        Quantity("24.4", PERCENT),
        Quantity("785 mi", QUANTITY),
    ]
