"""`/store`: the Graph Store Protocol, over HTTP."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyoxigraph
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyoxigraph import BlankNode, Dataset, Literal, NamedNode, Quad, RdfFormat, Triple
from readings import echo, visit
from serving import Client, check_problem, loaded

from graph.sparql.results import GRAPHS

TURTLE = "text/turtle"
G = "http://example.org/g"
BASE = "http://localhost:8000"


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    folder = tmp_path_factory.mktemp("store")
    with loaded(folder, [visit(), echo()], query_memory=256, query_timeout=8.0, allow_update=True) as opened:
        yield opened


@pytest.fixture(autouse=True)
def _clean(client: Client) -> Iterator[None]:
    yield
    client.delete("/store", params={"graph": G})


def send(
    client: Client, method: str, body: str | bytes, media_type: str | None = TURTLE, **options: Any
) -> Any:
    headers = {**({"Content-Type": media_type} if media_type else {}), **options.pop("headers", {})}
    path = options.pop("path", "/store")
    options.setdefault("params", {"graph": G} if path == "/store" else {})
    return client.request(method, path, content=body, headers=headers, **options)


def lines(client: Client, path: str = "/store", **params: str) -> list[str]:
    answer = client.get(path, params=params or {"graph": G}, headers={"Accept": "application/n-triples"})
    assert answer.status_code == 200, answer.text
    return sorted(answer.text.splitlines())


def test_put_makes_and_replaces_post_adds_delete_removes(client: Client) -> None:
    assert send(client, "PUT", "<a:s> <a:p> 1, 2 .").status_code == 201
    assert len(lines(client)) == 2
    assert send(client, "PUT", "<a:s> <a:p> 3 .").status_code == 204
    assert send(client, "POST", "<a:s> <a:p> 4 .").status_code == 204
    assert [line.split('"')[1] for line in lines(client)] == ["3", "4"]
    assert client.delete("/store", params={"graph": G}).status_code == 204
    detail = check_problem(client.get("/store", params={"graph": G}), 404, "not-found")
    assert G in detail
    check_problem(client.delete("/store", params={"graph": G}), 404, "not-found")
    assert client.request("HEAD", "/store", params={"graph": G}).status_code == 404
    assert send(client, "POST", "<a:s> <a:p> 5 .").status_code == 201


def test_an_empty_graph_is_there_too(client: Client) -> None:
    assert send(client, "PUT", "").status_code == 201
    assert lines(client) == []
    assert send(client, "PUT", "").status_code == 204
    assert send(client, "POST", "<a:s> <a:p> 4 .").status_code == 204
    assert send(client, "PUT", "").status_code == 204
    assert lines(client) == []


def test_the_address_of_a_graph_may_be_the_graph(client: Client) -> None:
    path = "/store/person/1.ttl"
    assert send(client, "PUT", "<> <a:knows> <2> .", path=path).status_code == 201
    expected = [f"<{BASE}{path}> <a:knows> <{BASE}/store/person/2> ."]
    assert lines(client, path, format="nt") == expected
    assert lines(client, graph=f"{BASE}{path}") == expected
    other = client.get(path, headers={"Host": "127.0.0.1:8123"})
    check_problem(other, 404, "not-found")  # another address is another graph
    assert client.request("HEAD", path).status_code == 200
    assert send(client, "PUT", "<a:s> <a:p> 1 .", path="/store/person/%31.ttl").status_code == 201
    assert client.delete(path).status_code == 204
    assert client.delete("/store/person/%31.ttl").status_code == 204


def test_percent_signs_are_decoded_once(client: Client) -> None:
    for query, number in (("http://example.org/%31", 1), ("http://example.org/%2531", 2)):
        answer = client.request(
            "PUT",
            f"/store?graph={query}",
            content=f"<a:s> <a:p> {number} .",
            headers={"Content-Type": TURTLE},
        )
        assert answer.status_code == 201
    assert '"1"' in lines(client, graph="http://example.org/1")[0]
    assert '"2"' in lines(client, graph="http://example.org/%31")[0]


def test_post_without_a_graph_makes_one(client: Client) -> None:
    answer = send(client, "POST", "[] <a:p> <> .", params={})
    assert answer.status_code == 201
    place = answer.headers["location"]
    assert place.startswith(f"{BASE}/store/")
    (line,) = lines(client, graph=place)
    assert line.endswith(f"<a:p> <{place}> .")
    assert lines(client, place.removeprefix(BASE), format="nt") == [line]
    assert send(client, "POST", "[] <a:p> <> .", params={}).headers["location"] != place


def test_the_default_graph(tmp_path: Path) -> None:
    with loaded(tmp_path, [visit()], allow_update=True) as client:
        before = lines(client, default="")
        assert send(client, "POST", "<a:s> <a:p> 1 .", params={"default": ""}).status_code == 204
        assert len(lines(client, default="")) == len(before) + 1
        assert send(client, "PUT", "[] <a:p> [ <a:q> 1 ] .", params={"default": ""}).status_code == 204
        assert len(lines(client, default="")) == 2
        assert client.delete("/store?default").status_code == 204
        assert lines(client, default="") == []
        assert client.get("/store?default").status_code == 200


def test_blank_nodes_of_two_requests_are_two(client: Client) -> None:
    send(client, "PUT", "_:a <a:p> 1 ; <a:q> _:b .")
    send(client, "POST", "_:a <a:p> 2 .")
    subjects = {line.split()[0] for line in lines(client)}
    assert len(lines(client)) == 3
    assert len(subjects) == 2
    send(client, "PUT", "_:a <a:p> 1 ; <a:q> _:b .")
    assert len(lines(client)) == 2


def test_a_form_brings_several(client: Client) -> None:
    parts = [
        ("a.ttl", ("a.ttl", b"<> <a:p> _:x .", "text/turtle; charset=utf-8")),
        ("b.nt", ("b.nt", b"_:x <a:p> <a:o> .\r\n", "application/n-triples")),
    ]
    answer = client.post("/store", params={"graph": G}, files=parts)
    assert answer.status_code == 201, answer.text
    assert len(lines(client)) == 2
    assert len({term for line in lines(client) for term in line.split() if term.startswith("_:")}) == 2
    check_problem(client.request("PUT", "/store", params={"graph": G}, files=parts), 415, "unsupported-media")


def test_patch_is_an_update_of_that_graph_alone(client: Client) -> None:
    kind = "application/sparql-update"
    send(client, "PUT", "<a:s> <a:p> 1 ; <a:q> [ <a:r> 1 ] .")
    patch = "DELETE { ?s <a:p> ?o } INSERT { ?s <a:p> 7 ; <a:b> ?x } WHERE { ?s <a:p> ?o ; <a:q> ?x }"
    assert send(client, "PATCH", patch, kind).status_code == 204
    found = lines(client)
    assert len(found) == 4
    assert len({term for line in found for term in line.split() if term.startswith("_:")}) == 1
    refused = send(client, "PATCH", "INSERT DATA { GRAPH <a:other> { <a:s> <a:p> 1 } }", kind)
    assert "/update" in check_problem(refused, 403, "query-refused")
    check_problem(send(client, "PATCH", "LOAD <http://127.0.0.1:9/>", kind), 403, "query-refused")
    check_problem(send(client, "PATCH", "INSERT DATA {", kind), 400, "bad-query")
    check_problem(send(client, "PATCH", "<a:s> <a:p> 1 .", TURTLE), 415, "unsupported-media")
    assert lines(client) == found
    assert send(client, "PATCH", "CLEAR DEFAULT", kind).status_code == 204
    assert lines(client) == []


def test_conditions_hold_at_the_moment_of_the_change(client: Client) -> None:
    def put(body: str, **headers: str) -> Any:
        return send(
            client, "PUT", body, headers={name.replace("_", "-"): tag for name, tag in headers.items()}
        )

    check_problem(put("<a:s> <a:p> 1 .", If_Match="*"), 412, "precondition-failed")
    assert put("<a:s> <a:p> 1 .", If_None_Match="*").status_code == 201
    check_problem(put("<a:s> <a:p> 2 .", If_None_Match="*"), 412, "precondition-failed")
    answer = client.get("/store", params={"graph": G}, headers={"Accept": "application/rdf+xml"})
    tag = answer.headers["etag"]
    assert not tag.startswith("W/")
    again = {"Accept": "application/rdf+xml", "If-None-Match": tag}
    same = client.get("/store", params={"graph": G}, headers=again)
    assert (same.status_code, same.content, same.headers["etag"]) == (304, b"", tag)
    turtle = client.get("/store", params={"graph": G}, headers={"Accept": TURTLE, "If-None-Match": tag})
    assert turtle.status_code == 200
    assert put("<a:s> <a:p> 3 .", If_Match=tag).status_code == 204
    check_problem(put("<a:s> <a:p> 4 .", If_Match=tag), 412, "precondition-failed")
    assert client.get("/store", params={"graph": G}, headers=again).status_code == 200
    gone = client.request("DELETE", "/store", params={"graph": G}, headers={"If-Match": tag})
    check_problem(gone, 412, "precondition-failed")


def test_the_parameters_of_a_media_type_are_in_nobodys_way(client: Client) -> None:
    assert (
        send(client, "PUT", "<a:s> <a:p> 'é' .", 'text/turtle; version="1.2"; charset=UTF-8').status_code
        == 201
    )
    answer = client.get("/store", params={"graph": G}, headers={"Accept": "text/turtle; charset=utf-8"})
    assert answer.headers["content-type"] == "text/turtle; charset=utf-8"
    assert answer.headers["vary"] == "Accept"


LAUGHS = b"""<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "aaaaaaaaaa">%s]>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:x="x:">
<rdf:Description rdf:about="x:a"><x:p>&e9;</x:p></rdf:Description></rdf:RDF>""" % b"".join(
    b'<!ENTITY e%d "%s">' % (n, (b"&e%d;" % (n - 1) if n else b"&a;") * 10) for n in range(10)
)
CONTEXT = b'{"@context": "http://127.0.0.1:9/context", "@id": "a:s", "p": 1}'
DEEP = b'{"@id": "a:s", "a:p": ' + b"[" * 100_000 + b"]" * 100_000 + b"}"
TERSE = b"<a:s> <a:p> " + b",".join(b"%d" % n for n in range(600_000)) + b" ."
BAD = [
    # method, query, media type, body, status, slug, what the detail says
    ("PUT", "", TURTLE, b"", 400, "bad-parameter", "?graph=IRI"),
    ("PUT", "graph=x", TURTLE, b"", 400, "bad-parameter", "whole"),
    ("PUT", "graph=a:b&default", TURTLE, b"", 400, "bad-parameter", "one of"),
    ("PUT", "graph=a:b&graph=a:c", TURTLE, b"", 400, "bad-parameter", "once"),
    ("PUT", "grahp=a:b", TURTLE, b"", 400, "unknown-parameter", "'graph'"),
    ("PUT", "graph=%FF", TURTLE, b"", 400, "bad-encoding", "UTF-8"),
    ("PUT", "graph=a:b", TURTLE, b"<a:s> <a:p> ", 400, "bad-graph", "does not parse"),
    ("PUT", "graph=a:b", TURTLE, b"<a:s> <a:p> '\xff' .", 400, "bad-graph", "does not parse"),
    ("PUT", "graph=a:b", "text/plain", b"<a:s> <a:p> 1 .", 415, "unsupported-media", "text/turtle"),
    ("PUT", "graph=a:b", "image/png", b"", 415, "unsupported-media", "text/turtle"),
    ("PUT", "graph=a:b", None, b"<a:s> <a:p> 1 .", 415, "unsupported-media", "text/turtle"),
    ("PUT", "graph=a:b", "text/turtle; charset=utf-16", b"", 415, "unsupported-media", "UTF-8"),
    ("PUT", "graph=a:b", "application/trig", b"<a:g> { <a:s> <a:p> 1 }", 400, "bad-graph", ""),
    ("PUT", "graph=a:b", "application/rdf+xml", LAUGHS, 403, "query-refused", "DOCTYPE"),
    ("PUT", "graph=a:b", "application/ld+json", CONTEXT, 400, "bad-graph", "into the document itself"),
    ("PUT", "graph=a:b", "application/ld+json", DEEP, 400, "", ""),
    ("PUT", "graph=a:b", TURTLE, TERSE, 413, "too-large", "500,000"),
    ("PUT", "graph=a:b", TURTLE, b"#" * 10_000_001, 413, "too-large", "bytes"),
    ("POST", "graph=a:b", "multipart/form-data", b"x", 400, "bad-record", "boundary"),
    ("POST", "graph=a:b", "multipart/form-data; boundary=x", b"--y\r\n", 400, "bad-record", "end"),
    ("POST", "graph=a:b", "multipart/form-data; boundary=x", b"--x\r\n--x--", 400, "bad-record", "head"),
    ("POST", "graph=a:b", "multipart/form-data; boundary=x", b"--x\r\nA: b\r\n\r\nx\r\n--x--", 415,
     "unsupported-media", "text/turtle"),
    ("GET", "", None, None, 400, "bad-parameter", "?graph=IRI"),
    ("GET", "graph=a:b", None, None, 404, "not-found", "a:b"),
]  # fmt: skip


@pytest.mark.parametrize("case", BAD, ids=[str(case)[:70] for case in BAD])
def test_bad_input_is_refused_with_advice_and_changes_nothing(client: Client, case: tuple[Any, ...]) -> None:
    method, query, media_type, body, status, slug, says = case
    headers = {"Content-Type": media_type} if media_type else {}
    response = client.request(method, f"/store?{query}", content=body, headers=headers)
    if slug:
        assert says in check_problem(response, status, slug)
    else:  # how a bomb ends is the engine's to say
        assert 400 <= response.status_code < 505
        assert response.headers["content-type"] == "application/problem+json"
    check_problem(client.get("/store", params={"graph": "a:b"}), 404, "not-found")


def test_a_compressed_body_is_refused(client: Client) -> None:
    response = send(client, "PUT", b"\x1f\x8b", headers={"Content-Encoding": "gzip"})
    check_problem(response, 415, "encoded-body")


def test_other_methods_are_refused_by_name(client: Client) -> None:
    response = client.request("TRACE", "/store?default")
    check_problem(response, 405, "method-not-allowed")
    assert set(response.headers["allow"].split(", ")) >= {"GET", "PUT", "POST", "DELETE", "PATCH"}


IRIS = st.sampled_from([NamedNode(f"http://example.org/{name}") for name in "abcd"])
BLANKS = st.sampled_from([BlankNode(name) for name in "xyz"])
TEXTS = st.text(
    st.characters(codec="utf-8", exclude_characters="\0", exclude_categories=["Cs", "Cc", "Cn"]), max_size=20
)
LITERALS = st.one_of(
    st.builds(Literal, TEXTS),
    st.builds(lambda text: Literal(text, language="en"), TEXTS),
    st.builds(Literal, st.integers(-10, 10)),
    st.builds(Literal, st.booleans()),
)
TRIPLES = st.builds(Triple, st.one_of(IRIS, BLANKS), IRIS, st.one_of(IRIS, BLANKS, LITERALS))


def canonical(triples: Any) -> set[str]:
    found = Dataset(Quad(one.subject, one.predicate, one.object) for one in triples)
    found.canonicalize(pyoxigraph.CanonicalizationAlgorithm.UNSTABLE)
    return set(map(str, found))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(TRIPLES, max_size=12), st.sampled_from(sorted(GRAPHS)), st.sampled_from(sorted(GRAPHS)))
def test_what_is_put_is_what_is_got(client: Client, triples: list[Triple], sent: str, got: str) -> None:
    body = pyoxigraph.serialize(triples, format=GRAPHS[sent].engine)
    answer = send(client, "PUT", body, GRAPHS[sent].media_type)
    assert answer.status_code in {201, 204}, answer.text
    read = client.get("/store", params={"graph": G}, headers={"Accept": GRAPHS[got].media_type})
    engine = GRAPHS[got].engine
    assert isinstance(engine, RdfFormat)
    assert canonical(quad.triple for quad in pyoxigraph.parse(read.content, engine)) == canonical(triples)
