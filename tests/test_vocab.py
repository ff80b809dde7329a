from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import NamedNode

from graph.model import EntityType, Modality, Polarity
from graph.rdf_terms import entity_class
from graph.vocab import KG_TERMS, MAX_ID, Namespaces, slug

NS = Namespaces("https://kg.example/news/")


@given(st.text())
def test_slug_stands_in_an_iri_as_it_is(label: str) -> None:
    id_ = slug(label)
    assert NS.entity(id_).value == f"https://kg.example/news/entity/{id_}"
    assert not set(id_) & set("/?#% :<>\"'")
    assert slug(id_) == id_


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=150, max_size=600))
def test_a_long_label_has_an_id_that_an_address_can_hold(label: str) -> None:
    id_ = slug(label)
    assert len(id_) <= MAX_ID
    assert slug(id_) == id_
    assert NS.entity(id_).value.endswith(id_)


def test_long_labels_that_begin_alike_keep_ids_of_their_own() -> None:
    labels = ["x" * MAX_ID, "x" * (MAX_ID + 1), "x" * 1000, "x" * 1000 + " y", "x" * 1000 + " z"]
    ids = [slug(label) for label in labels]
    assert ids[0] == labels[0]
    assert len(set(ids)) == len(labels)
    assert all(id_.startswith("x" * (MAX_ID - 30)) for id_ in ids)


@pytest.mark.parametrize(
    ("label", "id_"),
    [
        ("Xi Jinping", "Xi_Jinping"),
        ("U.S. Steel", "U.S._Steel"),
        ("Côte d’Ivoire", "Côte_d_Ivoire"),
        ("Cote\u0302", "Cotê"),
        ("北京", "北京"),
        ("../../etc", "etc"),
        ("…", ""),
    ],
)
def test_slug(label: str, id_: str) -> None:
    assert slug(label) == id_


def test_every_value_of_the_model_is_a_term() -> None:
    assert {member.value for member in (*Modality, *Polarity)} <= KG_TERMS


def test_unknown_term_is_refused() -> None:
    assert NS.kg("planned") == NamedNode("https://kg.example/news/ontology#planned")
    with pytest.raises(KeyError):
        NS.kg("plannned")


def test_entity_types_have_classes_of_their_own() -> None:
    classes = [entity_class(type_, NS) for type_ in EntityType]
    assert len(set(classes)) == len(EntityType)
    assert all(class_.value.endswith(type_.value) for class_, type_ in zip(classes, EntityType, strict=True))


def test_all_of_a_store_lies_under_its_base() -> None:
    nodes = [
        NS.entity("a"),
        NS.relation("a"),
        NS.statement("a"),
        NS.article("a"),
        NS.triple("a"),
        NS.part("a", "run"),
        NS.phrase("a", 0, 7),
        NS.kg("Statement"),
    ]
    assert len(set(nodes)) == len(nodes)
    assert all(node.value.startswith(NS.base) for node in nodes)
    assert NS.phrase("a", 0, 7).value == "https://kg.example/news/article/a#char=0,7"


def test_prefixes_are_namespaces() -> None:
    assert all(namespace.endswith(("#", "/")) for namespace in NS.prefixes.values())
    assert NS.prefixes["kg"] + "place" == NS.kg("place").value
    assert NS.prefixes[""] + "Moscow" == NS.entity("Moscow").value
