"""The runners do not take just anything for an answer: each is given wrong ones."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import httpx
import pytest

from tests.w3c import description, engine, exchanges
from tests.w3c.answers import read_quads
from tests.w3c.comparing import Graph, Verdict
from tests.w3c.manifests import ROOT, Case, Kind, Source, Suites
from tests.w3c.service import Paths, Service

BASE = f"{ROOT}invented/"
JSON = "application/sparql-results+json"
TWO = '{"head": {"vars": ["x"]}, "results": {"bindings": [{"x": {"type": "literal", "value": "2"}}]}}'
PATHS = Paths("/q", "/u", "/s")
RUNNERS = {**engine.RUNNERS, **exchanges.RUNNERS}
Answering = Callable[[httpx.Request], httpx.Response]


@pytest.fixture
def suites(tmp_path: Path) -> Suites:
    files = {
        "two.rq": "SELECT (2 AS ?x) {}",
        "from.rq": "PREFIX p: <http://p.test/> SELECT * FROM <d.ttl> FROM NAMED p:g FROM <http://a.test/> {}",
        "two.srj": TWO,
        "d.ttl": "<a> <b> <c> .",
        "d.trig": "<g> { _:x <b> <c> } <h> { _:x <b> <d> }",
        "one.ru": "CLEAR DEFAULT",
        "manifest.ttl": MANIFEST,
    }
    (tmp_path / "sparql" / "invented").mkdir(parents=True)
    for name, text in files.items():
        (tmp_path / "sparql" / "invented" / name).write_text(text, encoding="utf-8")
    return Suites(tmp_path)


class Server:
    """A service made up for one test: answers by `answer`, and keeps what it was sent."""

    def __init__(self, answer: Answering) -> None:
        self._answer = answer
        self.sent: list[httpx.Request] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.sent.append(request)
        return self._answer(request)


def service(server: Server, suites: Suites) -> Service:
    return Service("http://made.test", PATHS, suites, httpx.MockTransport(server))


def answering(body: str, media_type: str = JSON, status: int = 200) -> Server:
    """A service that does what it is told, and has one answer to each query."""

    def answer(request: httpx.Request) -> httpx.Response:
        if request.url.path == PATHS.query:
            return httpx.Response(status, text=body, headers={"Content-Type": media_type})
        return httpx.Response(204)

    return Server(answer)


QUERY = Case("i#q", Kind.QUERY, "", "", "", f"{BASE}two.rq", result=f"{BASE}two.srj")
UPDATE = Case(
    "i#u", Kind.UPDATE, "", "", "", f"{BASE}one.ru", (), (Source(f"{BASE}d.ttl", "http://g.test/"),)
)
HELD = """{"head": {"vars": ["s", "p", "o", "g"]}, "results": {"bindings": [{
 "s": {"type": "uri", "value": "BASEa"}, "p": {"type": "uri", "value": "BASEb"},
 "o": {"type": "uri", "value": "BASEc"}, "g": {"type": "uri", "value": "http://g.test/"}}]}}"""
HELD = HELD.replace("BASE", BASE)


@pytest.mark.parametrize(
    ("body", "media_type", "status", "verdict"),
    [
        (TWO, JSON, 200, Verdict.EXACT),
        (TWO.replace('"2"', '"3"'), JSON, 200, Verdict.WRONG),
        (TWO, "text/html", 200, Verdict.WRONG),
        (TWO, JSON, 400, Verdict.WRONG),
        ('{"head": {}, "boolean": true}', JSON, 200, Verdict.WRONG),
    ],
)
def test_an_answer_to_a_query_is_judged(
    suites: Suites, body: str, media_type: str, status: int, verdict: Verdict
) -> None:
    opened = service(answering(body, media_type, status), suites)
    assert engine.run(QUERY, opened, RUNNERS).verdict is verdict


@pytest.mark.parametrize(
    ("body", "verdict"),
    [(HELD, Verdict.EXACT), (HELD.replace("g.test", "h.test"), Verdict.WRONG)],
)
def test_what_an_update_leaves_is_judged(suites: Suites, body: str, verdict: Verdict) -> None:
    assert engine.run(UPDATE, service(answering(body), suites), RUNNERS).verdict is verdict


@pytest.mark.parametrize(
    ("kind", "status", "verdict"),
    [
        (Kind.QUERY_SYNTAX, 200, Verdict.EXACT),
        (Kind.QUERY_SYNTAX, 400, Verdict.WRONG),
        (Kind.QUERY_REFUSED, 400, Verdict.EXACT),
        (Kind.QUERY_REFUSED, 200, Verdict.WRONG),
        (Kind.QUERY_REFUSED, 403, Verdict.WRONG),
        (Kind.QUERY_REFUSED, 500, Verdict.WRONG),
    ],
)
def test_syntax_is_judged_by_the_status(suites: Suites, kind: Kind, status: int, verdict: Verdict) -> None:
    case = Case("i#s", kind, "", "", "", f"{BASE}two.rq")
    assert engine.run(case, service(answering("", status=status), suites), RUNNERS).verdict is verdict


def test_what_is_held_is_sent_once_and_again_after_a_change(suites: Suites) -> None:
    server = answering(TWO)
    opened = service(server, suites)
    data = [
        Source(f"{BASE}d.ttl", None),
        Source(f"{BASE}d.ttl", "http://g.test/"),
        Source("", "http://e.test/"),
    ]
    for _ in range(2):
        opened.hold(data)
    sent = [(one.method, str(one.url).removeprefix("http://made.test"), one.content) for one in server.sent]
    triple = f"<{BASE}a> <{BASE}b> <{BASE}c> .\n".encode()
    assert sent == [
        ("POST", "/u", b"DROP ALL"),
        ("PUT", "/s?default", triple),
        ("PUT", "/s?graph=http%3A%2F%2Fg.test%2F", triple),
        ("PUT", "/s?graph=http%3A%2F%2Fe.test%2F", b""),
    ]
    opened.update("CLEAR ALL")
    opened.hold(data)
    assert len(server.sent) == 2 * len(sent) + 1


def test_a_blank_node_of_two_graphs_stays_one(suites: Suites) -> None:
    server = answering(TWO)
    service(server, suites).hold([Source(f"{BASE}d.trig", None)])
    text = server.sent[-1].content.decode()
    assert text.startswith("INSERT DATA")
    assert text.count("GRAPH") == 2
    assert len({word for word in text.split() if word.startswith("_:")}) == 1


def test_the_graphs_that_a_query_names_are_held(suites: Suites) -> None:
    server = answering(TWO)
    opened = service(server, suites)
    syntax = Case("i#s", Kind.QUERY_SYNTAX, "", "", "", f"{BASE}from.rq")
    assert engine.run(syntax, opened, RUNNERS).verdict is Verdict.EXACT
    assert engine.run(replace(QUERY, request=f"{BASE}from.rq"), opened, RUNNERS).verdict is Verdict.EXACT
    made = [(one.url.params.get("graph"), one.content) for one in server.sent if one.method == "PUT"]
    triple = f"<{BASE}a> <{BASE}b> <{BASE}c> .\n".encode()
    other = ["http://a.test/", "http://p.test/g", f"{BASE}d.ttl"]
    assert made == [*((graph, b"") for graph in other), (f"{BASE}d.ttl", triple)]


def test_a_store_that_refuses_the_data_fails_the_test(suites: Suites) -> None:
    refusing = Server(lambda _: httpx.Response(403, text="no"))
    assert engine.run(QUERY, service(refusing, suites), RUNNERS).verdict is Verdict.WRONG


MANIFEST = """
prefix : <http://tests.test/manifest#>
prefix mf: <http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#>
prefix ht: <http://www.w3.org/2011/http#>
prefix hts: <http://www.w3.org/2011/http-statusCodes#>
prefix cnt: <http://www.w3.org/2011/content#>
<> a mf:Manifest ; mf:entries ( :ask :refused :update :store ) .
:ask a mf:ProtocolTest ; mf:action [ ht:requests ( [ ht:methodName "GET" ; ht:absolutePath "/sparql/?a" ;
    ht:resp [ mf:expectedStatus hts:StatusCode2xx ; mf:expectedFormat "boolean" ;
              mf:expectedBoolean true ] ] ) ] .
:refused a mf:ProtocolTest ; mf:action [ ht:requests ( [ ht:methodName "GET" ; ht:absolutePath "/sparql/" ;
    ht:resp [ mf:expectedStatus hts:StatusCode4xx ] ] ) ] .
:update a mf:ProtocolTest ; mf:action [ ht:requests (
    [ ht:methodName "POST" ; ht:absolutePath "/sparql/?b" ; ht:resp [ mf:expectedStatus hts:OK ] ] ) ] .
:store a mf:GraphStoreProtocolTest ; mf:action [ ht:requests (
    [ ht:methodName "POST" ; ht:absolutePath "/gsp" ;
      ht:resp [ mf:expectedStatus hts:Created ; mf:expectedLocation "$L$" ] ]
    [ ht:methodName "GET" ; ht:absolutePath "/gsp?graph=$L$" ;
      ht:resp [ mf:expectedStatus hts:OK ;
        ht:headers ( [ ht:fieldName "content-type" ; ht:fieldValue "text/turtle; charset=utf-8" ] ) ;
        ht:body [ cnt:characterEncoding "UTF-8" ; cnt:chars "[] <http://p.test/> 1 ." ] ] ] ) ] .
"""


@pytest.fixture
def case(suites: Suites, request: pytest.FixtureRequest) -> Case:
    return next(
        one for one in suites.cases(("invented/manifest.ttl",)) if one.id == f"invented#{request.param}"
    )


@pytest.mark.parametrize("case", ["ask"], indirect=True)
@pytest.mark.parametrize(
    ("body", "media_type", "status", "verdict"),
    [
        ('{"head": {}, "boolean": true}', JSON, 200, Verdict.EXACT),
        ('{"head": {}, "boolean": false}', JSON, 200, Verdict.WRONG),
        ('{"head": {}, "boolean": true}', JSON, 500, Verdict.WRONG),
        ("true", "text/plain", 200, Verdict.WRONG),
    ],
)
def test_an_answer_of_the_protocol_is_judged(
    suites: Suites, case: Case, body: str, media_type: str, status: int, verdict: Verdict
) -> None:
    server = answering(body, media_type, status)
    assert engine.run(case, service(server, suites), RUNNERS).verdict is verdict
    assert server.sent[-1].url.raw_path == b"/q?a"


@pytest.mark.parametrize("case", ["refused"], indirect=True)
@pytest.mark.parametrize(
    ("status", "verdict"), [(400, Verdict.EXACT), (404, Verdict.WRONG), (200, Verdict.WRONG)]
)
def test_an_error_is_no_error_where_nothing_is(
    suites: Suites, case: Case, status: int, verdict: Verdict
) -> None:
    server = answering("", status=status)
    assert engine.run(case, service(server, suites), RUNNERS).verdict is verdict


@pytest.mark.parametrize("case", ["update"], indirect=True)
def test_a_test_of_updates_goes_to_the_update_service(suites: Suites, case: Case) -> None:
    server = Server(lambda _: httpx.Response(200))
    assert engine.run(case, service(server, suites), RUNNERS).verdict is Verdict.EXACT
    assert server.sent[-1].url.raw_path == b"/u?b"


def storing(location: str | None, body: str, media_type: str = "text/turtle") -> Iterator[httpx.Response]:
    """Clearing, making a graph, and reading it."""
    yield httpx.Response(204)
    yield httpx.Response(201, headers={"Location": location} if location else {})
    yield httpx.Response(200, text=body, headers={"Content-Type": media_type})


@pytest.mark.parametrize("case", ["store"], indirect=True)
@pytest.mark.parametrize(
    ("location", "body", "media_type", "verdict"),
    [
        ("/s/7", "_:x <http://p.test/> 1 .", "text/turtle", Verdict.EXACT),
        (None, "_:x <http://p.test/> 1 .", "text/turtle", Verdict.WRONG),
        ("/s/7", "_:x <http://p.test/> 2 .", "text/turtle", Verdict.WRONG),
        ("/s/7", '_:x <http://p.test/> "1" .', "application/n-triples", Verdict.WRONG),
        ("/s/7", "", "", Verdict.WRONG),
    ],
)
def test_a_made_graph_is_asked_for_and_compared(
    suites: Suites, case: Case, location: str | None, body: str, media_type: str, verdict: Verdict
) -> None:
    answers = storing(location, body, media_type)
    server = Server(lambda _: next(answers))
    assert engine.run(case, service(server, suites), RUNNERS).verdict is verdict
    if verdict is Verdict.EXACT:
        assert server.sent[-1].url.raw_path == b"/s?graph=/s/7"


GOOD = """[] a sd:Service ; sd:endpoint <http://made.test/q> ; sd:supportedLanguage sd:SPARQL11Query ;
    sd:defaultDataset [ a sd:Dataset ; sd:defaultGraph [ a sd:Graph ] ] ."""


def described(turtle: str) -> Graph:
    prefix = f"prefix sd: <{description.SD}> "
    return Graph(read_quads((prefix + turtle).encode(), "ttl", BASE))


def test_a_good_description_passes_each_check() -> None:
    for check in description.CHECKS.values():
        assert not check(described(GOOD), "http://made.test/q")


@pytest.mark.parametrize(
    ("name", "turtle"),
    [
        ("returns-rdf", ""),
        ("has-endpoint-triple", "[] a sd:Service ."),
        ("has-endpoint-triple", GOOD.replace("/q>", "/other>")),
        ("conforms-to-schema", GOOD.replace("a sd:Service ;", "")),
        ("conforms-to-schema", GOOD.replace("sd:defaultDataset", "sd:favouriteDataset")),
        ("conforms-to-schema", GOOD.replace("a sd:Dataset", "a sd:Service")),
        ("conforms-to-schema", GOOD.replace("a sd:Graph", "a sd:Grape")),
        ("conforms-to-schema", GOOD.replace("<http://made.test/q>", '"http://made.test/q"')),
    ],
)
def test_a_description_that_is_wrong_is_refused(name: str, turtle: str) -> None:
    assert description.CHECKS[name](described(turtle), "http://made.test/q")
