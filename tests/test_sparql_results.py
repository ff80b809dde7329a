from __future__ import annotations

from collections.abc import Iterator

import pytest
from pyoxigraph import (
    BlankNode,
    Literal,
    NamedNode,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    RdfFormat,
    Triple,
    parse,
    parse_query_results,
)

from graph.errors import UnknownFormat
from graph.sparql.guard import QueryForm
from graph.sparql.pool import QueryPool
from graph.sparql.results import GRAPHS, RESULTS, ResultFormat, named, of_media_type, offered
from tests.querying import NS, checkpoint_of, people, small_settings

VALUES = """SELECT ?a ?b { VALUES (?a ?b) {
    (<http://x/é> "comma, \\"quote\\" and\\nline\\ttab") (UNDEF "ü"@de) (1.5 true) ("=1+1" "") } }"""
TERMS = """CONSTRUCT {
    <http://x/s> <http://x/p> "line\\n\\"quote\\" é", "ü"@de, 7, _:b . _:b <http://x/q> <http://x/o> } {}"""


@pytest.fixture(scope="module")
def pool(tmp_path_factory: pytest.TempPathFactory) -> Iterator[QueryPool]:
    path = checkpoint_of(tmp_path_factory.mktemp("store"), people(3))
    with QueryPool(lambda: (1, path), NS, small_settings()) as made:
        yield made


def ask(pool: QueryPool, query: str, name: str) -> bytes:
    with pool.run(query, name) as answer:
        return b"".join(answer.chunks)


@pytest.mark.parametrize("name", ["json", "xml", "tsv"])
def test_rows_read_back(name: str, pool: QueryPool) -> None:
    engine = RESULTS[name].engine
    assert isinstance(engine, QueryResultsFormat)
    found = parse_query_results(ask(pool, VALUES, name), format=engine)
    assert isinstance(found, QuerySolutions)
    assert [variable.value for variable in found.variables] == ["a", "b"]
    assert [(row["a"], row["b"]) for row in found] == [
        (NamedNode("http://x/é"), Literal('comma, "quote" and\nline\ttab')),
        (None, Literal("ü", language="de")),
        (Literal("1.5", datatype=NamedNode("http://www.w3.org/2001/XMLSchema#decimal")), Literal(True)),
        (Literal("=1+1"), Literal("")),
    ]


def test_csv_is_that_of_the_recommendation(pool: QueryPool) -> None:
    assert ask(pool, VALUES, "csv").decode() == (
        'a,b\r\nhttp://x/é,"comma, ""quote"" and\nline\ttab"\r\n,ü\r\n1.5,true\r\n=1+1,\r\n'
    )


@pytest.mark.parametrize(("pattern", "answer"), [("?s ?p ?o", True), ("?s <http://x/none> ?o", False)])
@pytest.mark.parametrize("name", ["json", "xml"])
def test_yes_or_no_reads_back(name: str, pattern: str, answer: bool, pool: QueryPool) -> None:
    engine = RESULTS[name].engine
    assert isinstance(engine, QueryResultsFormat)
    found = parse_query_results(ask(pool, f"ASK {{ {pattern} }}", name), format=engine)
    assert isinstance(found, QueryBoolean)
    assert bool(found) is answer


@pytest.mark.parametrize("name", ["csv", "tsv"])
def test_yes_or_no_as_a_table_is_one_word(name: str, pool: QueryPool) -> None:
    assert ask(pool, "ASK { ?s ?p ?o }", name) == b"true"
    assert ask(pool, "ASK { ?s <http://x/none> ?o }", name) == b"false"


@pytest.mark.parametrize("name", list(GRAPHS))
def test_graphs_read_back(name: str, pool: QueryPool) -> None:
    engine = GRAPHS[name].engine
    assert isinstance(engine, RdfFormat)
    quads = list(parse(ask(pool, TERMS, name), format=engine))
    subject, p = NamedNode("http://x/s"), NamedNode("http://x/p")
    blank = next(quad.object for quad in quads if isinstance(quad.object, BlankNode))
    assert {quad.triple for quad in quads} == {
        Triple(subject, p, Literal('line\n"quote" é')),
        Triple(subject, p, Literal("ü", language="de")),
        Triple(subject, p, Literal(7)),
        Triple(subject, p, blank),
        Triple(blank, NamedNode("http://x/q"), NamedNode("http://x/o")),
    }


def test_describe_gives_a_graph(pool: QueryPool) -> None:
    expected = '<http://localhost:8000/entity/P1> <http://localhost:8000/relation/named> "Person 1" .\n'
    assert ask(pool, "DESCRIBE :P1", "ntriples").decode() == expected


@pytest.mark.parametrize(
    ("form", "names"),
    [
        (QueryForm.SELECT, ["json", "xml", "csv", "tsv"]),
        (QueryForm.ASK, ["json", "xml", "csv", "tsv"]),
        (QueryForm.CONSTRUCT, ["turtle", "ntriples", "rdfxml", "jsonld", "nquads", "trig"]),
        (QueryForm.DESCRIBE, ["turtle", "ntriples", "rdfxml", "jsonld", "nquads", "trig"]),
    ],
)
def test_offers_the_default_first(form: QueryForm, names: list[str]) -> None:
    assert [one.name for one in offered(form)] == names
    assert named(form).name == names[0]


@pytest.mark.parametrize("table", [RESULTS, GRAPHS])
def test_names_and_types_are_those_of_the_engine_and_unique(table: dict[str, ResultFormat]) -> None:
    words = [word for one in table.values() for word in {one.name, one.suffix}]
    types = [media_type for one in table.values() for media_type in one.media_types]
    assert len(words) == len(set(words))
    assert len(types) == len(set(types))
    for one in table.values():
        assert one.media_type == one.engine.media_type.partition(";")[0]
        assert one.suffix == one.engine.file_extension


@pytest.mark.parametrize("word", ["turtle", "TTL", ".ttl"])
def test_finds_by_name_and_suffix(word: str) -> None:
    assert named(QueryForm.CONSTRUCT, word) is GRAPHS["turtle"]


@pytest.mark.parametrize(
    ("form", "media_type", "name"),
    [
        (QueryForm.SELECT, "application/json", "json"),
        (QueryForm.SELECT, "Text/CSV; header=present", "csv"),
        (QueryForm.SELECT, "text/turtle", None),
        (QueryForm.CONSTRUCT, "application/json", "jsonld"),
        (QueryForm.CONSTRUCT, "text/turtle;charset=utf-8", "turtle"),
        (QueryForm.CONSTRUCT, "text/csv", None),
    ],
)
def test_finds_by_media_type(form: QueryForm, media_type: str, name: str | None) -> None:
    found = of_media_type(form, media_type)
    assert (found.name if found else None) == name


def test_an_unknown_format_lists_those_there_are() -> None:
    with pytest.raises(
        UnknownFormat, match=r"SELECT has no result format 'turtle'; choose one of json, xml, csv, tsv"
    ):
        named(QueryForm.SELECT, "turtle")


def test_the_answer_carries_its_media_type(pool: QueryPool) -> None:
    assert pool.run("ASK {}").media_type == "application/sparql-results+json"
    assert pool.run("ASK {}", "csv").media_type == "text/csv; charset=utf-8"
    assert pool.run("DESCRIBE :P1").media_type == "text/turtle; charset=utf-8"
