"""The IRIs of the graph over HTTP: redirects, descriptions in RDF, plain pages, the data set about itself."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from urllib.parse import unquote

import pyshacl
import pytest
import rdflib
from pyoxigraph import Triple
from rdflib.compare import isomorphic
from rdflib.plugins.parsers.jsonld import to_rdf
from readings import Draft, Recorded, echo, visit
from serving import Client, check_problem, loaded, serving, settings_for

from api.app import create_app
from graph.codec import article_to_json
from graph.linked import FORMATS
from graph.model import Article, EntityType
from graph.rdf_terms import triple_key
from graph.store import rows
from graph.vocab import Namespaces

ARTICLE = visit().article.id
STATEMENT = visit().statements[0].id
BASE = "http://localhost:8000/"
NS = Namespaces(BASE)
TRIPLE = triple_key(
    Triple(NS.entity("Xi_Jinping"), NS.relation("visit"), NS.entity("Moscow")), NS
).value.removeprefix(BASE)
RDF = {one.media_type: {"turtle": "turtle", "jsonld": "json-ld", "ntriples": "nt", "rdfxml": "xml"}[one.name]
       for one in FORMATS.values()}  # fmt: skip
THINGS = (
    "/entity/Xi_Jinping",
    f"/article/{ARTICLE}",
    f"/statement/{STATEMENT}",
    "/relation/visit",
    "/relation/hostile_act",
    f"/{TRIPLE}",
    "/ontology",
    "/shapes",
    "/v1/dataset",
    "/.well-known/void",
)
LICENCE = "https://creativecommons.org/licenses/by/4.0/"


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    with loaded(tmp_path_factory.mktemp("linked"), [visit(), echo()], licence=LICENCE) as opened:
        yield opened


def read(name: str, data: bytes) -> rdflib.Graph:
    """Read one format; `Graph.parse` of JSON-LD warns of a deprecation inside rdflib."""
    if name != "json-ld":
        return rdflib.Graph().parse(data=data, format=name)
    found = rdflib.Graph()
    to_rdf(json.loads(data), found)
    return found


def graph(client: Client, address: str, media_type: str = "text/turtle") -> rdflib.Graph:
    response = client.get(address, headers={"Accept": media_type})
    assert response.status_code == 200, response.text
    assert response.headers["content-type"].partition(";")[0] == media_type
    assert response.headers["vary"] == "Accept"
    return read(RDF[media_type], response.content)


REDIRECTS = [
    # IRI, Accept, where it leads
    ("/entity/Xi_Jinping", None, "/v1/entities/Xi_Jinping"),
    ("/entity/Xi_Jinping", "*/*", "/v1/entities/Xi_Jinping"),
    ("/entity/Xi_Jinping", "application/json", "/v1/entities/Xi_Jinping"),
    ("/entity/Xi_Jinping", "text/html,application/xhtml+xml,*/*;q=0.8", "/#entity=Xi_Jinping"),
    (f"/article/{ARTICLE}", "text/html", f"/#article={ARTICLE}"),
    (f"/article/{ARTICLE}", "application/json", f"/v1/articles/{ARTICLE}"),
    (f"/statement/{STATEMENT}", "text/html", f"/#article={ARTICLE}"),
    (f"/statement/{STATEMENT}", "application/json;q=0.9, text/html;q=0.1", f"/v1/statements/{STATEMENT}"),
    ("/entity/Xi_Jinping?format=json", "text/turtle", "/v1/entities/Xi_Jinping"),
]


@pytest.mark.parametrize(("iri", "accept", "target"), REDIRECTS)
def test_an_iri_leads_to_the_page_or_the_resource(
    client: Client, iri: str, accept: str | None, target: str
) -> None:
    response = client.get(iri, headers={"Accept": accept} if accept else {})
    assert response.status_code == 303
    assert response.headers["location"] == target
    assert response.headers["vary"] == "Accept"
    assert 'format=turtle>; rel="describedby"; type="text/turtle"' in response.headers["link"]
    assert client.get(target).status_code == 200


def test_several_accept_headers_are_one_list(client: Client) -> None:
    several = [("Accept", "image/png"), ("Accept", "text/html"), ("Accept", "application/json;q=0.5")]
    assert client.get("/entity/Xi_Jinping", headers=several).headers["location"] == "/#entity=Xi_Jinping"


@pytest.mark.parametrize("address", THINGS)
def test_all_formats_say_the_same(client: Client, address: str) -> None:
    turtle = graph(client, address)
    assert len(turtle) > 10
    for media_type in RDF:
        assert isomorphic(graph(client, address, media_type), turtle), media_type


@pytest.mark.parametrize("address", THINGS)
def test_conditions_head_and_links(client: Client, address: str) -> None:
    tags = set()
    page = "text/html"
    sent_on = address.startswith(("/entity", "/article", "/statement"))
    for media_type in (*RDF, *([] if sent_on else [page])):
        first = client.get(address, headers={"Accept": media_type})
        etag = first.headers["etag"]
        tags.add(etag)
        again = client.get(address, headers={"Accept": media_type, "If-None-Match": f'"x", {etag}'})
        assert (again.status_code, again.text, again.headers["etag"]) == (304, "", etag)
        head = client.request("HEAD", address, headers={"Accept": media_type})
        assert (head.status_code, head.text, head.headers["etag"]) == (200, "", etag)
        assert client.get(address, headers={"Accept": media_type}).text == first.text
        links = re.findall(r'<([^>]+)>; rel="alternate"; type="([^"]+)"', first.headers["link"])
        assert media_type not in dict(map(reversed, links))
        for target, type_ in links:
            if type_ in RDF or type_ == page:
                assert client.get(target).headers["content-type"].partition(";")[0] == type_
    assert len(tags) == len(RDF) + (not sent_on)
    assert client.get(address, headers={"Accept": "text/turtle", "If-None-Match": "*"}).status_code == 304


def test_an_entity_is_described_with_its_evidence(client: Client) -> None:
    found = graph(client, "/entity/Xi_Jinping")
    ask = """
        ASK { :Xi_Jinping a schema:Person ; rdfs:label "Xi Jinping"@en ; rel:visit :Moscow .
              :Moscow rdfs:label "Moscow"@en . rel:visit rdfs:label "visit"@en .
              ?st rdf:subject :Xi_Jinping ; kg:modality kg:planned ; kg:attributedTo :Kremlin ;
                  prov:wasDerivedFrom [ nif:anchorOf ?sentence ; nif:beginIndex ?begin ] .
              :Kremlin rdfs:label "Kremlin"@en .
              ?article a schema:NewsArticle ; schema:headline "Xi to visit Moscow"
              FILTER (STRSTARTS(?sentence, "Chinese President Xi Jinping plans")) }"""
    assert found.query(ask, initNs=Namespaces(BASE).prefixes).askAnswer
    assert "China" not in {str(label) for label in found.objects(None, rdflib.RDFS.label)}
    back = graph(client, "/entity/Moscow")
    assert (rdflib.URIRef(f"{BASE}entity/Xi_Jinping"), rdflib.URIRef(f"{BASE}relation/visit"), None) in back


def test_an_article_is_its_graph(client: Client) -> None:
    found = graph(client, f"/article/{ARTICLE}")
    sparql = f"CONSTRUCT {{ ?s ?p ?o }} {{ GRAPH <{BASE}article/{ARTICLE}> {{ ?s ?p ?o }} }}"
    response = client.get("/sparql", params={"query": sparql, "format": "ntriples"})
    said = rdflib.Graph().parse(data=response.text, format="nt")
    assert len(said) > 100
    assert set(said) < set(found)
    assert {str(predicate) for _, predicate, _ in set(found) - set(said)} == {str(rdflib.RDFS.label)}


def test_a_denied_statement_has_no_plain_triple(client: Client) -> None:
    (denied,) = [one for one in visit().statements if one.polarity.value == "negative"]
    found = graph(client, f"/statement/{denied.id}")
    subject = rdflib.URIRef(f"{BASE}entity/{denied.subject.id}")
    assert (None, rdflib.RDF.subject, subject) in found
    assert (subject, rdflib.URIRef(f"{BASE}relation/{denied.predicate.id}"), None) not in found


def test_relations_and_the_ontology_have_plain_pages(client: Client) -> None:
    named = (f"{path}?format=html" for path in THINGS if path.startswith(("/entity", "/article", "/state")))
    for address in (*named, "/relation/visit", f"/{TRIPLE}", "/ontology", "/shapes", "/v1/dataset"):
        response = client.get(address, headers={"Accept": "text/html"})
        assert response.status_code == 200
        assert response.headers["content-type"] == "text/html; charset=utf-8"
        assert "<script" not in response.text
        for target in sorted(set(re.findall(r'href="(/[^"]*)"', response.text)))[:40]:
            if target != "/v1":  # where the addresses of the service begin
                assert client.get(target.partition("#")[0]).status_code in {200, 303}, target
        inside = {unescape(unquote(one)) for one in re.findall(r'href="#([^"]*)"', response.text)}
        assert inside <= {unescape(one) for one in re.findall(r' id="([^"]*)"', response.text)}
    assert "Its subject goes to see its object." in client.get("/relation/visit?format=html").text


def test_a_fragment_leads_to_its_section(client: Client) -> None:
    """Both a term's own, and the words of an article that an entity's page names by their place."""
    assert re.search(r'<h2 id="planned">.*>planned</a></h2>', client.get("/ontology?format=html").text)
    text = client.get("/entity/Xi_Jinping?format=html").text
    (sentence,) = set(
        re.findall(r'<a href="#([^"]+)" title="[^"]+">“Chinese President Xi[^<]+”</a>', text)[:1]
    )
    assert unescape(unquote(sentence)).startswith(f"article/{ARTICLE}#char=")
    assert f'<h2 id="{unquote(sentence)}">' in text


def test_other_types_of_the_same_bytes(client: Client) -> None:
    """What rdflib asks for as `n3` and `nt`."""
    for accept, same in (("text/n3, */*;q=0.1", "ttl"), ("text/plain, */*;q=0.1", "nt")):
        response = client.get("/entity/Xi_Jinping", headers={"Accept": accept})
        assert response.headers["content-type"].startswith(accept.partition(",")[0])
        assert response.content == client.get(f"/entity/Xi_Jinping?format={same}").content


def test_a_triple_is_described_by_what_says_it(client: Client) -> None:
    found = graph(client, f"/{TRIPLE}")
    supports = set(found.subjects(rdflib.URIRef(NS.kg("supports").value), rdflib.URIRef(f"{BASE}{TRIPLE}")))
    assert supports == set(found.subjects(rdflib.RDF.type, rdflib.URIRef(NS.kg("Statement").value)))
    assert rdflib.URIRef(NS.statement(STATEMENT).value) in supports
    check_problem(client.get("/triple/0"), 404, "not-found")


def test_a_merge_leads_on_and_is_told(client: Client) -> None:
    made = client.post("/v1/entities/Kremlin/merge", json={"into": "Moscow", "why": "<it stands there>"})
    number = made.json()["id"]
    try:
        for query in ("", "?format=jsonld"):
            moved = client.get(f"/entity/Kremlin{query}", headers={"Accept": "text/turtle"})
            assert (moved.status_code, moved.headers["location"]) == (303, f"/entity/Moscow{query}")
        decision = rdflib.URIRef(f"{BASE}curation/{number}")
        merged = (
            rdflib.URIRef(NS.entity("Kremlin").value),
            rdflib.URIRef(NS.kg("mergedInto").value),
            rdflib.URIRef(NS.entity("Moscow").value),
        )
        assert merged in graph(client, "/entity/Moscow")
        told = graph(client, f"/curation/{number}")
        assert (decision, rdflib.PROV.used, merged[0]) in told
        assert "anonymous" not in told.serialize()
        assert "&lt;it stands there&gt;" in client.get(f"/curation/{number}?format=html").text
    finally:
        assert client.delete(f"/v1/curation/{number}").status_code == 200
    assert merged not in graph(client, "/entity/Moscow")
    for gone in (number, 0, 10**30):
        problem = check_problem(client.get(f"/curation/{gone}"), 404, "not-found")
        assert "/v1/curation lists" in problem


def test_terms_of_the_ontology_and_relations_are_found(client: Client) -> None:
    ontology = graph(client, "/ontology")
    assert (rdflib.URIRef(f"{BASE}ontology#planned"), rdflib.RDFS.label, None) in ontology
    assert (rdflib.URIRef(f"{BASE}relation/hostile_act"), rdflib.RDFS.comment, None) in ontology
    hostile = graph(client, "/relation/hostile_act")
    narrower = hostile.subjects(rdflib.URIRef(f"{BASE}ontology#broader"), None)
    assert rdflib.URIRef(f"{BASE}relation/annex") in set(narrower)
    annexed = (None, rdflib.RDF.predicate, rdflib.URIRef(f"{BASE}relation/annex"))
    assert len(list(hostile.triples(annexed))) == 2


def test_an_unknown_id_is_told(client: Client) -> None:
    for accept in ("*/*", "text/turtle", "text/html"):
        asked = {"headers": {"Accept": accept}}
        assert "Xi_Jinping" in check_problem(client.get("/entity/Xi_Jinpin", **asked), 404, "not-found")
        check_problem(client.get("/article/0", **asked), 404, "not-found")
        check_problem(client.get("/statement/0", **asked), 404, "not-found")
        assert "visit" in check_problem(client.get("/relation/visi", **asked), 404, "not-found")


@pytest.mark.parametrize("kind", ["entity", "article", "statement", "relation", "triple", "curation"])
@pytest.mark.parametrize("id_", ["%00", "a%20b", "%3Cb%3E", "%22", "a" * 400, "%F0%9F%92%A5", "%7B%7D"])
def test_an_id_that_cannot_be_is_not_found(client: Client, kind: str, id_: str) -> None:
    response = client.get(f"/{kind}/{id_}", headers={"Accept": "text/turtle"})
    assert response.headers["content-type"] == "application/problem+json"
    assert response.status_code == 404


def test_another_kind_is_no_address(client: Client) -> None:
    check_problem(client.get("/planet/Mars"), 404, "no-such-address")


def test_a_form_that_there_is_not_is_refused(client: Client) -> None:
    response = client.get("/entity/Xi_Jinping", headers={"Accept": "image/png"})
    assert "text/html" in check_problem(response, 406, "not-acceptable")
    check_problem(client.get("/entity/Xi_Jinping?format=png"), 406, "not-acceptable")
    check_problem(client.get("/relation/visit?format=json"), 406, "not-acceptable")
    check_problem(client.get("/entity/Xi_Jinping?as=turtle"), 400, "unknown-parameter")


def test_what_rdf_xml_cannot_hold_is_told(tmp_path: Path) -> None:
    draft = Draft(Article("Hale met Vale.\x0cVale left."))
    draft.sentence("Hale met Vale.\x0cVale left.")
    people = (draft.node(name, EntityType.PERSON) for name in ("Hale", "Vale"))
    draft.say(next(people), draft.predicate("met", "meet"), next(people))
    with serving(create_app(settings_for(tmp_path), Recorded(draft.reading()))) as client:
        made = client.post("/v1/articles", json=article_to_json(draft.reading().article))
        assert made.status_code == 201, made.text
        problem = check_problem(client.get("/entity/Hale?format=rdfxml"), 406, "not-acceptable")
        assert "ask for Turtle" in problem
        for name in ("turtle", "jsonld", "ntriples"):
            address = f"/entity/Hale?format={name}"
            assert client.get(address).status_code == 200


def test_what_is_deleted_is_gone(client: Client) -> None:
    text = client.get(f"/v1/articles/{echo().article.id}").json()
    assert client.delete(f"/v1/articles/{echo().article.id}").status_code == 204
    check_problem(client.get(f"/article/{echo().article.id}?format=ttl"), 410, "gone")
    check_problem(client.get(f"/statement/{echo().statements[0].id}?format=ttl"), 404, "not-found")
    check_problem(client.get("/relation/no_such_one"), 404, "not-found")
    restored = client.post("/v1/articles", json=article_to_json(echo().article))
    assert (restored.status_code, text["id"]) == (201, echo().article.id)


SHAPES = """
@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix dcat: <http://www.w3.org/ns/dcat#> .
@prefix dcterms: <http://purl.org/dc/terms/> . @prefix void: <http://rdfs.org/ns/void#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
[] a sh:NodeShape ; sh:targetClass dcat:Dataset ;
  sh:property [ sh:path dcterms:title ; sh:minCount 1 ; sh:datatype rdf:langString ] ,
    [ sh:path dcterms:description ; sh:minCount 1 ; sh:datatype rdf:langString ] ,
    [ sh:path dcterms:license ; sh:minCount 1 ; sh:maxCount 1 ; sh:nodeKind sh:IRI ] ,
    [ sh:path dcterms:modified ; sh:minCount 1 ; sh:maxCount 1 ; sh:datatype xsd:dateTime ] ,
    [ sh:path dcat:distribution ; sh:minCount 1 ; sh:class dcat:Distribution ] ,
    [ sh:path void:uriSpace ; sh:minCount 1 ; sh:maxCount 1 ; sh:datatype xsd:string ] ,
    [ sh:path void:sparqlEndpoint ; sh:minCount 1 ; sh:nodeKind sh:IRI ] ,
    [ sh:path void:dataDump ; sh:minCount 1 ; sh:nodeKind sh:IRI ] ,
    [ sh:path void:entities ; sh:minCount 1 ; sh:maxCount 1 ; sh:datatype xsd:integer ] ,
    [ sh:path void:vocabulary ; sh:minCount 1 ; sh:nodeKind sh:IRI ] ,
    [ sh:path void:classPartition ; sh:node [ sh:property
        [ sh:path void:class ; sh:minCount 1 ; sh:maxCount 1 ] ,
        [ sh:path void:entities ; sh:minCount 1 ] ] ] .
[] a sh:NodeShape ; sh:targetClass dcat:Distribution ;
  sh:property [ sh:path dcat:accessURL ; sh:minCount 1 ; sh:nodeKind sh:IRI ] ,
    [ sh:path dcat:mediaType ; sh:maxCount 1 ; sh:minCount 1 ; sh:pattern "^https://www.iana.org/" ] ,
    [ sh:path dcterms:license ; sh:maxCount 1 ; sh:minCount 1 ] .
[] a sh:NodeShape ; sh:targetClass dcat:DataService ;
  sh:property [ sh:path dcat:endpointURL ; sh:minCount 1 ; sh:nodeKind sh:IRI ] ,
    [ sh:path dcterms:title ; sh:minCount 1 ] ,
    [ sh:path dcat:servesDataset ; sh:minCount 1 ; sh:class dcat:Dataset ] .
"""


def test_the_data_set_describes_itself(client: Client) -> None:
    found = graph(client, "/.well-known/void")
    assert isomorphic(found, graph(client, "/v1/dataset"))
    assert isomorphic(found, graph(client, "/"))
    shapes = rdflib.Graph().parse(data=SHAPES, format="turtle")
    conforms, _, report = pyshacl.validate(found, shacl_graph=shapes, inference="none")
    assert conforms, report
    found.remove((None, rdflib.DCAT.accessURL, None))
    assert not pyshacl.validate(found, shacl_graph=shapes, inference="none")[0]


def test_the_data_set_tells_the_truth(client: Client) -> None:
    found = graph(client, "/v1/dataset")
    dataset = rdflib.URIRef(f"{BASE}#dataset")
    stats = client.get("/v1/stats").json()
    assert int(found.value(dataset, rdflib.VOID.entities)) == stats["entities"]
    assert int(found.value(dataset, rdflib.VOID.documents)) == stats["articles"]
    assert str(found.value(dataset, rdflib.DCTERMS.license)) == LICENCE
    people = client.get(
        "/sparql",
        params={"query": "SELECT (COUNT(*) AS ?n) { ?who a schema:Person }", "format": "csv"},
    ).text.split()[-1]
    (part,) = found.subjects(rdflib.VOID["class"], rdflib.URIRef("https://schema.org/Person"))
    assert str(found.value(part, rdflib.VOID.entities)) == people
    links = {str(one) for one in found.objects(None, rdflib.DCAT.downloadURL)}
    assert f"{BASE}v1/export/nquads" in links
    for link in (*links, *map(str, found.objects(None, rdflib.DCAT.endpointDescription))):
        assert client.get(link.removeprefix(BASE.rstrip("/"))).status_code == 200
    for example in found.objects(dataset, rdflib.VOID.exampleResource):
        assert client.get(str(example).removeprefix(BASE.rstrip("/"))).status_code == 303
    service = client.get("/sparql", headers={"Accept": "text/turtle"}).text
    described = rdflib.Graph().parse(data=service, format="turtle")
    assert (dataset, rdflib.RDFS.seeAlso, rdflib.URIRef(f"{BASE}.well-known/void")) in described


def test_the_page_is_still_the_page(client: Client) -> None:
    assert client.get("/?format=html").headers["content-type"].startswith("text/html")
    assert graph(client, "/?format=jsonld", "application/ld+json")
    for accept in (
        None,
        "*/*",
        "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
        "image/png",
    ):
        response = client.get("/", headers={"Accept": accept} if accept else {})
        if accept == "image/png":
            check_problem(response, 406, "not-acceptable")
        else:
            assert response.headers["content-type"].startswith("text/html")


def test_whatever_is_written_makes_the_data_set_newer(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    days = iter(range(1, 30))
    monkeypatch.setattr(rows, "_now", lambda: f"2030-01-{next(days):02}T00:00:00+00:00")
    seen = []
    with loaded(tmp_path_factory.mktemp("newer"), [visit()], allow_update=True) as client:
        for change in (
            lambda: None,
            lambda: client.request("PATCH", "/v1/entities/Xi_Jinping", json={"label": "President Xi"}),
            lambda: client.post("/update", data={"update": "INSERT DATA { <urn:a> <urn:b> <urn:c> }"}),
            lambda: client.delete(f"/v1/articles/{visit().article.id}"),
        ):
            answer = change()
            assert answer is None or answer.is_success
            seen += graph(client, "/v1/dataset").objects(None, rdflib.DCTERMS.modified)
    assert len(seen) == 4
    assert seen == sorted(set(seen))


def test_an_empty_store_describes_itself_too(tmp_path_factory: pytest.TempPathFactory) -> None:
    with loaded(tmp_path_factory.mktemp("empty"), []) as client:
        found = graph(client, "/.well-known/void")
        assert not list(found.objects(None, rdflib.DCTERMS.license))
        assert not list(found.objects(None, rdflib.DCTERMS.modified))
        assert graph(client, "/relation/visit")
