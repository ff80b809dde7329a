from __future__ import annotations

import json
from collections import defaultdict

import pytest
import rdflib
from pyoxigraph import (
    Literal,
    NamedNode,
    Quad,
    QuerySolutions,
    RdfFormat,
    Store,
    Triple,
    parse,
)
from rdflib.plugins.parsers.jsonld import to_rdf
from readings import echo, visit

from graph.codec import statement_to_json
from graph.model import EntityType, Modality, Polarity, Statement
from graph.ontology import ontology_quads, relation_quads, shape_quads, statement_context
from graph.rdf import reading_quads
from graph.rdf_terms import entity_class, stored_form
from graph.relations import above, relations
from graph.vocab import KG_TERMS, OWL, RDF, RDFS, SCHEMA, SEM, SKOS, Namespaces

NS = Namespaces("https://kg.example/news/")
DCTERMS = "http://purl.org/dc/terms/"
TYPE = NamedNode(f"{RDF}type")

Said = dict[str, list[NamedNode | Literal]]


@pytest.fixture(scope="module")
def ontology() -> dict[str, Said]:
    """What the ontology says of each subject, by predicate."""
    found: dict[str, Said] = defaultdict(lambda: defaultdict(list))
    for quad in ontology_quads(NS):
        found[quad.subject.value][quad.predicate.value].append(quad.object)  # type: ignore[arg-type, union-attr]
    return found


def values(said: Said, predicate: str) -> list[str]:
    return [term.value for term in said.get(predicate, [])]


def test_own_terms_are_those_of_the_code(ontology: dict[str, Said]) -> None:
    own = {subject for subject in ontology if subject.startswith(NS.prefixes["kg"])}
    assert own == {NS.kg(term).value for term in KG_TERMS}


def test_nothing_else_is_defined(ontology: dict[str, Said]) -> None:
    assert {subject for subject in ontology if "#" not in subject} == {f"{NS.base}ontology"}
    assert all(subject.startswith(NS.base) for subject in ontology)


def test_every_term_explains_itself(ontology: dict[str, Said]) -> None:
    comments = set()
    for term in KG_TERMS:
        said = ontology[NS.kg(term).value]
        (label,), (comment,) = said[f"{RDFS}label"], said[f"{RDFS}comment"]
        assert isinstance(label, Literal)
        assert isinstance(comment, Literal)
        assert (label.language, comment.language) == ("en", "en")
        assert comment.value.endswith(".")
        assert comment.value not in comments
        assert values(said, f"{RDFS}isDefinedBy") == [f"{NS.base}ontology"]
        comments.add(comment.value)


def test_header(ontology: dict[str, Said]) -> None:
    header = ontology[f"{NS.base}ontology"]
    assert values(header, TYPE.value) == [f"{OWL}Ontology"]
    for predicate in (f"{DCTERMS}title", f"{DCTERMS}description", f"{DCTERMS}license", f"{OWL}versionInfo"):
        assert len(header[predicate]) == 1
    assert values(header, f"{DCTERMS}license") == ["https://www.apache.org/licenses/LICENSE-2.0"]


@pytest.mark.parametrize(("scheme", "members"), [("Modality", Modality), ("Polarity", Polarity)])
def test_schemes_hold_the_values_of_the_model(
    ontology: dict[str, Said], scheme: str, members: type[Modality | Polarity]
) -> None:
    concepts = {NS.kg(member.value).value for member in members}
    scheme_iri = NS.kg(f"{scheme}Scheme").value
    assert values(ontology[scheme_iri], TYPE.value) == [f"{SKOS}ConceptScheme"]
    assert set(values(ontology[scheme_iri], f"{SKOS}hasTopConcept")) == concepts
    assert {
        iri for iri, said in ontology.items() if scheme_iri in values(said, f"{SKOS}inScheme")
    } == concepts
    for concept in concepts:
        said = ontology[concept]
        assert set(values(said, TYPE.value)) == {f"{SKOS}Concept", NS.kg(scheme).value}
        assert values(said, f"{SKOS}topConceptOf") == [scheme_iri]
        assert values(said, f"{SKOS}prefLabel") == values(said, f"{RDFS}label") == [concept.partition("#")[2]]
        for predicate in ("definition", "example"):
            assert len(said[f"{SKOS}{predicate}"]) == 1


def test_domains_are_true_of_the_graph(ontology: dict[str, Said]) -> None:
    """Every subject of an own property is of its domain in what the code writes."""
    store = Store()
    store.extend([*reading_quads(visit(), NS, "test"), *reading_quads(echo(), NS, "test")])
    checked = set()
    for property_, said in ontology.items():
        for domain in values(said, f"{RDFS}domain"):
            for quad in store.quads_for_pattern(None, NamedNode(property_), None):
                if quad.graph_name == NS.article(visit().article.id) and domain != f"{RDF}Property":
                    assert Quad(quad.subject, TYPE, NamedNode(domain), quad.graph_name) in store, quad
                    checked.add(property_)
    assert len(checked) >= 10


def test_every_own_term_that_is_written_is_defined(ontology: dict[str, Said]) -> None:
    for quad in reading_quads(visit(), NS, "test"):
        for term in (quad.predicate, quad.object):
            if isinstance(term, NamedNode) and term.value.startswith(NS.prefixes["kg"]):
                assert term.value in ontology


@pytest.mark.parametrize("base", ["http://localhost:8000/", "https://kg.example/a/b/"])
def test_terms_lie_under_the_base_of_each_store(base: str) -> None:
    ns = Namespaces(base)
    for quads in (ontology_quads(ns), shape_quads(ns)):
        named = {
            term for quad in quads for term in (quad.subject, quad.object) if isinstance(term, NamedNode)
        }
        assert ns.kg("Statement") in named
        assert not {term for term in named if "localhost" in term.value and base not in term.value}


# the curated relations


def test_relations_as_quads() -> None:
    said = {quad.triple for quad in relation_quads(NS)}
    arrest = NS.relation("arrest")
    assert Triple(arrest, NS.kg("broader"), NS.relation("coerce")) in said
    assert Triple(arrest, NS.kg("plover"), Literal("COERCE")) in said
    assert Triple(NS.relation("be_arrested"), NamedNode(f"{OWL}inverseOf"), arrest) in said
    labels = [triple for triple in said if triple.predicate == NamedNode(f"{RDFS}label")]
    comments = [triple for triple in said if triple.predicate == NamedNode(f"{RDFS}comment")]
    assert len(labels) == len(comments) == len(relations())
    assert {triple.subject for triple in said} == {NS.relation(id_) for id_ in relations()}


def test_relations_are_above_each_other_as_above_predicates() -> None:
    """Whoever loads them finds by `kg:broader+` what every predicate is written with."""
    store = Store()
    store.extend(relation_quads(NS))
    for id_ in ("seek_trial_of", "be_killed", "visit"):
        found = store.query(f"SELECT ?above WHERE {{ rel:{id_} kg:broader+ ?above }}", prefixes=NS.prefixes)
        assert isinstance(found, QuerySolutions)
        assert {row["above"] for row in found} == {NS.relation(up) for up in above(id_, "asserted")}


# the JSON-LD context


STATEMENTS = [*visit().statements, *echo().statements]


def stored_value(term: rdflib.term.Node) -> str:
    """The value of a term as the store spells it."""
    if isinstance(term, rdflib.Literal) and term.datatype:
        return stored_form(Literal(str(term), datatype=NamedNode(str(term.datatype)))).value
    return str(term)


def as_graph(statement: Statement) -> rdflib.Graph:
    record = {**statement_context(NS), **statement_to_json(statement)}
    graph = rdflib.Graph()
    to_rdf(record, graph)  # Graph.parse warns of a deprecation inside rdflib
    return graph


@pytest.mark.parametrize("statement", STATEMENTS, ids=lambda statement: statement.predicate.id)
def test_statement_as_json_ld_says_what_the_store_says(statement: Statement) -> None:
    """Whatever the JSON says of the statement and its nodes, the store's RDF of the reading says too."""
    written = {
        (quad.subject.value, quad.predicate.value, quad.object.value)  # type: ignore[union-attr]
        for reading in (visit(), echo())
        for quad in reading_quads(reading, NS, "test")
    }
    only_in_json = {
        f"{SEM}hasTime",
        "http://www.w3.org/ns/prov#value",
        "http://www.w3.org/ns/prov#hadPrimarySource",
    }
    compared = 0
    for subject, predicate, object_ in as_graph(statement):
        blank = isinstance(subject, rdflib.BNode) or isinstance(object_, rdflib.BNode)
        if not blank and str(predicate) not in only_in_json:
            assert (str(subject), str(predicate), stored_value(object_)) in written
            compared += 1
    assert compared >= 9


def test_arguments_time_and_source_as_json_ld() -> None:
    sale = next(statement for statement in visit().statements if statement.arguments)
    plan = next(statement for statement in visit().statements if statement.time and statement.time.start)
    graph = as_graph(sale)
    arguments = {
        (str(graph.value(node, rdflib.URIRef(NS.kg("role").value))), str(graph.value(node, rdflib.RDF.value)))
        for node in graph.objects(None, rdflib.URIRef(NS.kg("argument").value))
    }
    assert arguments == {("to", NS.entity("Russia").value), ("of", "drones")}
    (source,) = graph.objects(None, rdflib.PROV.hadPrimarySource)
    assert str(source) == NS.article(sale.article).value
    graph = as_graph(plan)
    (time,) = graph.objects(None, rdflib.URIRef(f"{SEM}hasTime"))
    assert graph.value(time, rdflib.RDFS.label) == rdflib.Literal("next week", lang="en")
    begin = graph.value(time, rdflib.URIRef(f"{SEM}hasEarliestBeginTimeStamp"))
    assert begin == rdflib.Literal("2023-03-20", datatype=rdflib.XSD.date)


@pytest.mark.parametrize("statement", STATEMENTS, ids=lambda statement: statement.predicate.id)
def test_two_parsers_read_the_json_ld_alike(statement: Statement) -> None:
    record = json.dumps({**statement_context(NS), **statement_to_json(statement)})
    ours = {str(quad.predicate) for quad in parse(record.encode(), RdfFormat.JSON_LD)}
    theirs = {f"<{predicate}>" for predicate in as_graph(statement).predicates()}
    assert ours == theirs


def test_context_names_every_type_and_value() -> None:
    (context,) = statement_context(NS).values()
    for type_ in EntityType:
        prefix, name = context[type_.value].split(":")
        assert context[prefix] + name == entity_class(type_, NS).value
    for field, members in (("modality", Modality), ("polarity", Polarity)):
        assert context[field]["@context"] == {member.value: f"kg:{member.value}" for member in members}


def test_context_knows_every_key_of_a_statement() -> None:
    (context,) = statement_context(NS).values()
    for statement in STATEMENTS:
        assert statement_to_json(statement).keys() <= context.keys()


def test_context_is_for_the_store_that_asks() -> None:
    text = json.dumps(statement_context(NS))
    assert "localhost" not in text
    assert SCHEMA in text
