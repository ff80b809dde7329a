from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from datetime import date
from io import BytesIO

import networkx as nx
import pytest
from hypothesis import HealthCheck, given, settings
from subgraphs import NASTY, TRUE, node, says, subgraph, subgraphs

from graph.codec import statement_from_json
from graph.errors import UnknownFormat
from graph.export import EXPORTERS, export, exporter, style
from graph.export.chunks import SIZE
from graph.export.xmltext import escaped
from graph.model import Entity, EntityType, Modality, Polarity, Statement, TimeSpan
from graph.network import VALUE, network

GEXF, VIZ = "{http://gexf.net/1.3}", "{http://gexf.net/1.3/viz}"
NAMES = ["jsonl", "turtle", "nquads", "gexf", "graphml"]


def written(name, part):
    return b"".join(export(name, part))


def read_gexf(data):
    return nx.MultiDiGraph(nx.read_gexf(BytesIO(data), version="1.3"))


def read_graphml(data):
    return nx.read_graphml(BytesIO(data), force_multigraph=True)


def shown(value):
    """What a viewer shows of a value: the text of the XML that is written for it."""
    return ET.fromstring(f"<x>{escaped(value)}</x>").text or ""


def test_the_table_holds_each_format_under_its_name():
    assert set(NAMES) <= set(EXPORTERS)
    assert all(each.name == name for name, each in EXPORTERS.items())


@pytest.mark.parametrize(("alias", "name"), [("ttl", "turtle"), ("nq", "nquads"), ("gexf", "gexf")])
def test_suffixes_name_a_format_too(alias, name):
    assert exporter(alias) is EXPORTERS[name]


@pytest.mark.parametrize("name", ["pdf", "", "GEXF "])
def test_an_unknown_format_is_told_what_there_is(name):
    with pytest.raises(UnknownFormat) as error:
        export(name, subgraph([]))
    for known in EXPORTERS.values():
        assert known.name in str(error.value)
        assert known.suffix in str(error.value)


@pytest.mark.parametrize("name", NAMES)
def test_an_empty_graph_is_a_valid_file(name):
    data = written(name, subgraph([]))
    if name in ("gexf", "graphml"):
        assert len({"gexf": read_gexf, "graphml": read_graphml}[name](data)) == 0
    else:
        assert all(line.startswith((b"#", b"@prefix")) or not line for line in data.splitlines())


@pytest.mark.parametrize("name", ["jsonl", "gexf", "graphml"])
def test_files_come_in_chunks(name):
    many = subgraph([says(f"P{i}", "visit", f"C{i % 50}") for i in range(1_500)])
    chunks = list(export(name, many))
    assert len(chunks) > 5
    assert max(map(len, chunks)) < 2 * SIZE


@given(subgraphs)
def test_json_lines_read_back(part):
    lines = written("jsonl", part).decode().split("\n")[:-1]
    assert [statement_from_json(json.loads(line)) for line in lines] == list(part.statements)


@given(subgraphs)
@settings(suppress_health_check=[HealthCheck.too_slow])
def test_gexf_reads_back_edge_for_edge(part):
    summed, graph = network(part), read_gexf(written("gexf", part))
    assert {id_: data["label"] for id_, data in graph.nodes(data=True)} == {
        n.id: shown(n.label) for n in summed.nodes
    }
    found = {data["id"]: (u, v, data) for u, v, data in graph.edges(data=True)}
    assert len(found) == graph.number_of_edges() == len(summed.edges)
    for edge in summed.edges:
        source, target, data = found[edge.id]
        assert (source, target, data["predicate"]) == (edge.source, edge.target, edge.kind)
        assert (data["polarity"], data["modality"], data["support"]) == (
            edge.polarity,
            edge.modality,
            edge.support,
        )
        assert data["confidence"] == edge.confidence
        assert data.get("start") == (edge.start and edge.start.isoformat())
        assert data.get("end") == (edge.end and edge.end.isoformat())


@given(subgraphs)
@settings(suppress_health_check=[HealthCheck.too_slow])
def test_graphml_reads_back_edge_for_edge(part):
    summed, graph = network(part), read_graphml(written("graphml", part))
    assert {id_: (d["name"], d["type"], d.get("facts", "")) for id_, d in graph.nodes(data=True)} == {
        n.id: (shown(n.label), n.type, shown(n.facts)) for n in summed.nodes
    }
    found = {key: (u, v, data) for u, v, key, data in graph.edges(keys=True, data=True)}
    assert len(found) == graph.number_of_edges() == len(summed.edges)
    for edge in summed.edges:
        source, target, data = found[edge.id]
        assert (source, target, data["interaction"]) == (edge.source, edge.target, edge.kind)
        assert (data["label"], data["statements"]) == (shown(edge.label), edge.statements)
        assert data["confidence"] == edge.confidence


@given(subgraphs)
@settings(suppress_health_check=[HealthCheck.too_slow])
def test_a_label_keeps_all_that_xml_can_hold(part):
    for given_node in network(part).nodes:
        kept = shown(given_node.label)
        visible = [c for c in given_node.label if c.isprintable() and not "\ud800" <= c <= "\udfff"]
        assert [c for c in kept if c.isprintable() and c not in " \ufffd"] == [
            c for c in visible if c not in " \ufffd"
        ]
        assert not set(kept) & set("\x00\x07\x1b\t\n\r\ufffe\uffff")


def gexf_elements(part, name):
    return ET.fromstring(written("gexf", part)).iter(GEXF + name)


def test_gephi_gets_kinds_colours_sizes_places_and_a_timeline():
    when = TimeSpan("in May", date(2023, 5, 1), date(2023, 5, 31))
    part = subgraph(
        [
            says("Xi", "visit", "Moscow", time=when),
            says("Xi", "leave", "Moscow", modality=Modality.PLANNED),
            says("Xi", "flee", "Moscow", polarity=Polarity.NEGATIVE),
        ]
    )
    (graph,) = gexf_elements(part, "graph")
    assert (graph.get("mode"), graph.get("timeformat")) == ("dynamic", "date")
    edges = {edge.get("kind"): edge for edge in gexf_elements(part, "edge")}
    assert (edges["visit"].get("start"), edges["visit"].get("end")) == ("2023-05-01", "2023-05-31")
    assert edges["leave"].get("start") is edges["leave"].get("end") is None
    lines = {kind: edge.find(f"{VIZ}shape").get("value") for kind, edge in edges.items()}
    assert lines == {"visit": "solid", "leave": "dashed", "flee": "solid"}
    colors = {kind: edge.find(f"{VIZ}color").attrib["r"] for kind, edge in edges.items()}
    assert colors["flee"] != colors["visit"] == colors["leave"]
    for item in gexf_elements(part, "node"):
        assert {child.tag for child in item} >= {f"{VIZ}color", f"{VIZ}size", f"{VIZ}position"}


def test_gexf_declares_every_attribute_with_its_type():
    part = subgraph([says("Xi", "visit", "Moscow")])
    declared = {item.get("id"): item.get("type") for item in gexf_elements(part, "attribute")}
    assert {item.get("for") for item in gexf_elements(part, "attvalue")} <= set(declared)
    assert (declared["support"], declared["confidence"], declared["type"]) == ("integer", "double", "string")


def test_lists_are_joined_and_facts_stay_on_their_node():
    xi = Entity("Xi", "Xi Jinping", EntityType.PERSON, ("Xi", "the president"), ("https://x.example/1",))
    part = subgraph([says("Xi", "resign", TRUE), says("Xi", "rest", TRUE, polarity=Polarity.NEGATIVE)], [xi])
    for graph in (read_gexf(written("gexf", part)), read_graphml(written("graphml", part))):
        assert list(graph) == ["Xi"]
        assert graph.nodes["Xi"]["facts"] == "resign; not rest"
        assert graph.nodes["Xi"]["aliases"] == "Xi; the president"


def test_each_type_and_polarity_has_a_style():
    assert set(style.NODE_STYLES) == {*EntityType, VALUE}
    assert set(style.EDGE_COLORS) == set(Polarity)
    assert len({each.color for each in style.NODE_STYLES.values()}) == len(style.NODE_STYLES)


def test_nasty_ids_of_literals_and_labels_are_well_formed():
    nasty = Statement(
        "s", "a1", node("Xi"), says("Xi", "v", "M").predicate, says("Xi", "v", NASTY).object, NASTY, 0, 1
    )
    for name in ("gexf", "graphml"):
        ET.fromstring(written(name, subgraph([nasty])))
