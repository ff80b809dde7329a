from __future__ import annotations

from pathlib import Path

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from tests.w3c.answers import read_answer
from tests.w3c.comparing import XSD, Graph, Solutions
from tests.w3c.exchanges import Exchange, Message, exchanges_of
from tests.w3c.manifests import ROOT, Case, Kind, Source, Suites, folder

BASE = f"{ROOT}invented/"
PREFIXES = """
prefix : <http://tests.test/manifest#>
prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#>
prefix mf: <http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#>
prefix qt: <http://www.w3.org/2001/sw/DataAccess/tests/test-query#>
prefix ut: <http://www.w3.org/2009/sparql/tests/test-update#>
prefix sd: <http://www.w3.org/ns/sparql-service-description#>
prefix ht: <http://www.w3.org/2011/http#>
prefix hts: <http://www.w3.org/2011/http-statusCodes#>
prefix cnt: <http://www.w3.org/2011/content#>
"""
RS = "prefix rs: <http://www.w3.org/2001/sw/DataAccess/tests/result-set#> prefix : <http://x.test/> "
A = NamedNode("http://x.test/a")


@pytest.fixture
def suites(tmp_path: Path) -> Suites:
    (tmp_path / "sparql" / "invented" / "more").mkdir(parents=True)
    return Suites(tmp_path)


def write(root: Path, text: str, name: str = "manifest.ttl") -> None:
    (root / "sparql" / "invented" / name).write_text(PREFIXES + text, encoding="utf-8")


def cases(suites: Suites) -> list[Case]:
    return suites.cases(("invented/manifest.ttl",))


def test_what_a_manifest_lists_is_read_in_its_order_with_what_it_includes(
    suites: Suites, tmp_path: Path
) -> None:
    write(
        tmp_path,
        """<> a mf:Manifest ; mf:include ( <more/manifest.ttl> ) ; mf:entries ( :two :one ) .
        :one a mf:PositiveSyntaxTest11 ; mf:name "One" ; mf:action <one.rq> .
        :two a mf:NegativeSyntaxTest ; mf:action <two.rq> .
        :unlisted a mf:NegativeSyntaxTest ; mf:action <unlisted.rq> .""",
    )
    write(
        tmp_path,
        """<> a mf:Manifest ; mf:entries ( :three ) .
        :three a mf:NegativeSyntaxTest ; mf:action <three.ru> .""",
        "more/manifest.ttl",
    )
    assert [(case.id, case.kind, case.request) for case in cases(suites)] == [
        ("invented#two", Kind.QUERY_REFUSED, f"{BASE}two.rq"),
        ("invented#one", Kind.QUERY_SYNTAX, f"{BASE}one.rq"),
        ("invented/more#three", Kind.UPDATE_REFUSED, f"{BASE}more/three.ru"),
    ]
    assert cases(suites)[1].name == "One"


def test_a_query_has_its_data_and_its_result(suites: Suites, tmp_path: Path) -> None:
    write(
        tmp_path,
        """<> a mf:Manifest ; mf:entries ( :plain :reduced :regime ) .
        :plain a mf:QueryEvaluationTest ; mf:result <plain.srx> ;
            mf:action [ qt:query <plain.rq> ; qt:data <d.ttl> ; qt:graphData <g2.ttl> , <g1.ttl> ] .
        :reduced a mf:QueryEvaluationTest ; mf:action [ qt:query <r.rq> ] ; mf:result <r.ttl> ;
            mf:resultCardinality mf:LaxCardinality .
        :regime a mf:QueryEvaluationTest ; mf:result <e.srx> ;
            mf:action [ qt:query <e.rq> ; sd:entailmentRegime <http://regime.test/> ] .""",
    )
    plain, reduced, regime = cases(suites)
    assert plain.kind is Kind.QUERY
    assert (plain.request, plain.result) == (f"{BASE}plain.rq", f"{BASE}plain.srx")
    graphs = [Source(f"{BASE}{name}", f"{BASE}{name}") for name in ("g1.ttl", "g2.ttl")]
    assert plain.data == (Source(f"{BASE}d.ttl", None), *graphs)
    assert (plain.lax, reduced.lax) == (False, True)
    assert regime.kind is Kind.ENTAILMENT


def test_an_update_has_the_graphs_before_and_after(suites: Suites, tmp_path: Path) -> None:
    write(
        tmp_path,
        """<> a mf:Manifest ; mf:entries ( :one ) .
        :one a mf:UpdateEvaluationTest ;
            mf:action [ ut:request <one.ru> ; ut:data <before.ttl> ;
                ut:graphData [ ut:graph <g.ttl> ; rdfs:label "http://graph.test/" ] ] ;
            mf:result [ ut:graphData [ ut:graph <after.ttl> ; rdfs:label "http://graph.test/" ] ] .""",
    )
    (case,) = cases(suites)
    assert (case.kind, case.request) == (Kind.UPDATE, f"{BASE}one.ru")
    assert case.data == (
        Source(f"{BASE}before.ttl", None),
        Source(f"{BASE}g.ttl", "http://graph.test/"),
    )
    assert case.after == (Source(f"{BASE}after.ttl", "http://graph.test/"),)


@pytest.mark.parametrize(
    "entry",
    [
        ":one a mf:PositiveSyntaxTest , mf:NegativeSyntaxTest .",
        ':one mf:name "of no type" .',
    ],
)
def test_a_test_of_no_one_kind_is_not_passed_over(suites: Suites, tmp_path: Path, entry: str) -> None:
    write(tmp_path, f"<> a mf:Manifest ; mf:entries ( :one ) . {entry}")
    with pytest.raises(ValueError, match="no test of one type"):
        cases(suites)


def test_a_kind_that_is_not_known_is_not_passed_over(suites: Suites, tmp_path: Path) -> None:
    write(tmp_path, "<> a mf:Manifest ; mf:entries ( :one ) . :one a mf:SurpriseTest .")
    with pytest.raises(KeyError):
        cases(suites)


def test_an_exchange_of_messages_is_read(suites: Suites, tmp_path: Path) -> None:
    write(
        tmp_path,
        """<> a mf:Manifest ; mf:entries ( :one ) .
        :one a mf:ProtocolTest ; mf:action [ ht:requests (
            [ ht:methodName "POST" ; ht:absolutePath "/sparql/?x=1" ;
              ht:headers ( [ ht:fieldName "Content-Type" ; ht:fieldValue "text/plain" ] ) ;
              ht:body [ cnt:characterEncoding "UTF-16" ; cnt:chars "ASK {}" ] ;
              ht:resp [ mf:expectedStatus hts:StatusCode4xx , hts:Created ; mf:expectedLocation "$L$" ] ]
            [ ht:methodName "GET" ; ht:absolutePath "/sparql/" ;
              ht:resp [ mf:expectedStatus hts:OK ; mf:expectedFormat "boolean" ;
                        mf:expectedBoolean false ] ] ) ] .""",
    )
    (case,) = cases(suites)
    first, second = exchanges_of(suites.manifest(case.manifest), case.iri)
    assert first.sent == Message({"content-type": "text/plain"}, "ASK {}".encode("utf-16"))
    assert (first.method, first.path, first.location) == ("POST", "/sparql/?x=1", "$L$")
    assert first.statuses == frozenset({201, *range(400, 500)})
    nothing = Message()
    assert second == Exchange(
        "GET", "/sparql/", nothing, frozenset({200}), nothing, format="boolean", boolean=False
    )


def test_the_folder_can_be_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("W3C_SUITES", str(tmp_path))
    assert folder() is None
    (tmp_path / "sparql").mkdir()
    assert folder() == tmp_path


XML = """<sparql xmlns="http://www.w3.org/2005/sparql-results#" xmlns:its="http://www.w3.org/2005/11/its">
<head><variable name="a"/><variable name="b"/></head><results><result>
<binding name="a"><uri>http://x.test/a</uri></binding>
<binding name="b"><literal datatype="http://www.w3.org/2001/XMLSchema#integer">7</literal></binding>
</result><result><binding name="b"><triple><subject><uri>http://x.test/a</uri></subject>
<predicate><uri>http://x.test/a</uri></predicate><object><literal xml:lang="de">x</literal></object>
</triple></binding></result></results></sparql>"""
JSON = """{"head": {"vars": ["a", "b"]}, "results": {"bindings": [
{"a": {"type": "uri", "value": "http://x.test/a"}, "b": {"type": "literal", "value": "7",
 "datatype": "http://www.w3.org/2001/XMLSchema#integer"}},
{"b": {"type": "triple", "value": {"subject": {"type": "uri", "value": "http://x.test/a"},
 "predicate": {"type": "uri", "value": "http://x.test/a"},
 "object": {"type": "literal", "value": "x", "xml:lang": "de"}}}}]}}"""
TSV = '?a\t?b\n<http://x.test/a>\t7\n\t<<( <http://x.test/a> <http://x.test/a> "x"@de )>>\n'
TURTLE = """[] a rs:ResultSet ; rs:resultVariable "a" , "b" ;
rs:solution [ rs:index 2 ; rs:binding
    [ rs:variable "b" ; rs:value <<( :a :a "x"@de )>> ] ] ,
  [ rs:index 1 ; rs:binding [ rs:variable "a" ; rs:value :a ] , [ rs:variable "b" ; rs:value 7 ] ] ."""


@pytest.mark.parametrize(
    ("suffix", "content"), [("srx", XML), ("srj", JSON), ("tsv", TSV), ("ttl", RS + TURTLE)]
)
def test_rows_are_read_in_each_format(suffix: str, content: str) -> None:
    seven = Literal("7", datatype=NamedNode(f"{XSD}integer"))
    expected = Solutions(("a", "b"), ((A, seven), (None, Triple(A, A, Literal("x", language="de")))))
    assert read_answer(content.encode(), suffix, BASE) == expected


def test_csv_is_read_as_characters() -> None:
    read = read_answer(b'a,b\r\nhttp://x.test/a,"1, 2"\r\n_:n,\r\n1.50,x\r\n', "csv", BASE)
    number = Literal("1.50", datatype=NamedNode(f"{XSD}double"))
    assert read == Solutions(
        ("a", "b"),
        (
            (Literal("http://x.test/a"), Literal("1, 2")),
            (BlankNode("n"), Literal("")),
            (number, Literal("x")),
        ),
    )


@pytest.mark.parametrize("truth", [True, False])
def test_yes_and_no_are_read_in_each_format(truth: bool) -> None:
    word = str(truth).lower()
    space = "http://www.w3.org/2005/sparql-results#"
    xml = f'<sparql xmlns="{space}"><head/><boolean>{word}</boolean></sparql>'
    for suffix, content in (
        ("srx", xml),
        ("srj", f'{{"head": {{}}, "boolean": {word}}}'),
        ("ttl", f"{RS} [] a rs:ResultSet ; rs:boolean {word} ."),
    ):
        assert read_answer(content.encode(), suffix, BASE) is truth


def test_rows_without_a_place_have_no_order() -> None:
    content = f'{RS} [] a rs:ResultSet ; rs:resultVariable "a" ; rs:solution [], [] .'
    assert read_answer(content.encode(), "ttl", BASE) == Solutions(("a",), ((None,), (None,)), in_order=False)


def test_a_graph_is_no_result_set() -> None:
    read = read_answer(b"<a> <b> <c> .", "ttl", BASE)
    assert isinstance(read, Graph)
    ((subject, *_),) = read.quads
    assert subject == NamedNode(f"{BASE}a")


def test_a_row_that_names_no_variable_of_its_head_is_refused() -> None:
    content = '{"head": {"vars": []}, "results": {"bindings": [{"a": {"type": "uri", "value": "x:y"}}]}}'
    with pytest.raises(AssertionError, match="not all among"):
        read_answer(content.encode(), "srj", BASE)
