"""Nodes: the entity, concept or literal that a noun phrase stands for, with its place in the text."""

from __future__ import annotations

import pytest

from graph.model import Entity, EntityType, Node, Value
from graph.text.quantities import OWN
from graph.vocab import MONEY, PERCENT, QUANTITY, XSD
from tests.docs import find, make
from tests.noding import nodes_of, part


def concept(notation: str, head: str) -> Entity:
    nodes = nodes_of(notation)
    found = nodes.node(find(nodes.doc, head))
    assert found is not None
    assert found.type is EntityType.CONCEPT
    return nodes.concepts[found.id]


PRESIDENT = (
    "Chinese/JJ/amod/President/NORP President/NNP/compound/Jinping Xi/NNP/compound/Jinping/PERSON "
    "Jinping/NNP/nsubj/left/PERSON left/VBD/ROOT"
)


def test_entity_has_its_label_and_the_words_of_the_text() -> None:
    node = part(PRESIDENT, "Jinping")
    assert isinstance(node, Node)
    assert (node.id, node.label, node.type) == ("Xi_Jinping", "Xi Jinping", EntityType.PERSON)
    assert node.text == "Chinese President Xi Jinping"


def test_offsets_are_those_of_the_original() -> None:
    text = "BEIJING (Wire) — Chinese  President Xi\u00adJinping left"
    node = part(PRESIDENT, "Jinping", text.replace("Xi\u00adJ", "Xi J"))
    assert node is not None
    assert node.text == "Chinese  President Xi Jinping"
    assert node.start == text.index("Chinese")


def test_pronoun_is_whom_it_means_and_only_its_own_word() -> None:
    said = "Xi/NNP/nsubj/said/PERSON said/VBD/ROOT/=say he/PRP/nsubj/left left/VBD/ccomp/said/=leave"
    node = part(said, "he")
    assert isinstance(node, Node)
    assert (node.id, node.text) == ("Xi", "he")


@pytest.mark.parametrize(
    ("notation", "head"),
    [
        ("they/PRP/nsubj/left left/VBD/ROOT", "they"),
        ("who/WP/nsubj/left left/VBD/ROOT", "who"),
        ("that/DT/nsubj/left left/VBD/ROOT", "that"),
        ("a/DT/det/lot lot/NN/nsubj/left left/VBD/ROOT", "lot"),
        ("what/WP/det/men men/NNS/nsubj/left left/VBD/ROOT", "men"),
        ("whose/WP$/poss/duty duty/NN/nsubj/left left/VBD/ROOT", "duty"),
        ("—/NN/nsubj/left left/VBD/ROOT", "—"),
        ("how/WRB/advmod/many many/JJ/amod/men men/NNS/nsubj/left left/VBD/ROOT", "men"),
    ],
)
def test_what_no_one_can_say(notation: str, head: str) -> None:
    assert part(notation, head) is None


SANCTIONS = (
    "Western/JJ/amod/sanctions sanctions/NNS/nsubj/grew against/IN/prep/sanctions "
    "Moscow/NNP/pobj/against/GPE grew/VBD/ROOT"
)


def test_concept_mentions_the_entities_in_its_phrase() -> None:
    found = concept(SANCTIONS, "sanctions")
    assert found == Entity(
        "Western_sanctions_against_Moscow",
        "Western sanctions against Moscow",
        EntityType.CONCEPT,
        mentions=("Moscow",),
    )


@pytest.mark.parametrize(
    ("notation", "head", "label", "scoped"),
    [
        ("the/DT/det/meeting meeting/NN/nsubj/grew grew/VBD/ROOT", "meeting", "meeting", True),
        ("a/DT/det/meeting meeting/NN/nsubj/grew grew/VBD/ROOT", "meeting", "meeting", True),
        ("two/CD/nummod/ships ships/NNS/nsubj/grew grew/VBD/ROOT", "ships", "two ships", True),
        ("oil/NN/compound/prices prices/NNS/nsubj/grew grew/VBD/ROOT", "prices", "oil prices", False),
        ("Prices/NNS/nsubj/grew grew/VBD/ROOT", "Prices", "Prices", False),
    ],
)
def test_what_is_one_thing_of_this_article_is_not_that_of_another(
    notation: str, head: str, label: str, scoped: bool
) -> None:
    first = concept(notation, head)
    elsewhere = nodes_of(notation, text=make(notation).text + " ")
    other = elsewhere.node(find(elsewhere.doc, head))
    assert other is not None
    assert first.label == label
    assert (first.id != other.id) == scoped
    assert ("." in first.id) == scoped


def test_concept_of_the_start_of_a_sentence_is_that_of_the_middle() -> None:
    start = concept("Prices/NNS/nsubj/grew grew/VBD/ROOT", "Prices")
    middle = concept("Oslo/NNP/nsubj/cut/GPE cut/VBD/ROOT prices/NNS/dobj/cut", "prices")
    assert start.id == middle.id == "prices"


def test_what_someone_has_is_named_after_him() -> None:
    said = "Putin/NNP/nsubj/lost/PERSON lost/VBD/ROOT his/PRP$/poss/majority majority/NN/dobj/lost"
    found = concept(said, "majority")
    assert (found.label, found.mentions) == ("Putin’s majority", ("Putin",))


def test_what_only_this_article_says_of_whom_it_is_stays_in_it() -> None:
    said = (
        "Mayor/NNP/compound/Feld Feld/NNP/nsubj/left/PERSON left/VBD/ROOT plans/NNS/nsubj/grew "
        "of/IN/prep/plans the/DT/det/mayor mayor/NN/pobj/of grew/VBD/ROOT"
    )
    found = concept(said, "plans")
    assert (found.label, found.mentions) == ("plans of the mayor", ("Feld",))
    assert "." in found.id


def test_concept_with_the_name_of_an_entity_is_that_entity() -> None:
    nodes = nodes_of(
        "Asian/NNP/compound/Union#1/ORG Union/NNP/nsubj/met/ORG met/VBD/ROOT "
        "the/DT/det/Union#2 Asian/JJ/amod/Union#2/NORP Union/NN/dobj/met"
    )
    node = nodes.node(find(nodes.doc, "Union#2"))
    assert node is not None
    assert (node.id, node.type) == ("Asian_Union", EntityType.ORGANIZATION)
    assert nodes.concepts == {}


@pytest.mark.parametrize(
    ("notation", "head", "value", "datatype", "text"),
    [
        ("grew/VBD/ROOT 1,200/CD/dobj/grew/CARDINAL", "1,200", "1200", "integer", "1,200"),
        ("grew/VBD/ROOT 5/CD/dobj/grew/CARDINAL", "5", "5", "integer", "5"),
        ("grew/VBD/ROOT five/CD/dobj/grew/CARDINAL", "five", "5", "integer", "five"),
        ("grew/VBD/ROOT dozens/CD/dobj/grew/CARDINAL", "dozens", "dozens", "string", "dozens"),
        (
            "paid/VBD/ROOT $/$/quantmod/million/MONEY 3/CD/compound/million/MONEY million/CD/dobj/paid/MONEY",
            "million",
            "3000000 USD",
            MONEY,
            "$3 million",
        ),
        (
            "fell/VBD/ROOT 4.1/CD/nummod/%/PERCENT %/NN/dobj/fell/PERCENT",
            "%",
            "4.1",
            PERCENT,
            "4.1%",
        ),
        ("was/VBD/ROOT 2014/CD/attr/was/DATE", "2014", "2014", "integer", "2014"),
        ("was/VBD/ROOT Friday/NNP/attr/was/DATE", "Friday", "Friday", "string", "Friday"),
        ("was/VBD/ROOT 1,200/CD/attr/was/DATE", "1,200", "1,200", "string", "1,200"),
        (
            "carried/VBD/ROOT 40/CD/nummod/tonnes/CARDINAL tonnes/NNS/dobj/carried",
            "tonnes",
            "40 t",
            QUANTITY,
            "40 tonnes",
        ),
        (
            "reached/VBD/ROOT 165/CD/nummod/miles/QUANTITY miles/NNS/dobj/reached/QUANTITY "
            "per/IN/prep/miles/QUANTITY hour/NN/pobj/per/QUANTITY today/NN/npadvmod/reached",
            "miles",
            "165 mi/h",
            QUANTITY,
            "165 miles per hour",
        ),
        (
            "paid/VBD/ROOT 5/CD/dobj/paid/CARDINAL per/IN/prep/5 cent/NN/pobj/per",
            "5",
            "5",
            PERCENT,
            "5 per cent",
        ),
        (
            "drew/VBD/ROOT more/JJR/amod/million/MONEY than/IN/quantmod/million/MONEY "
            "3/CD/compound/million/MONEY million/CD/nummod/euros/MONEY euros/NNS/dobj/drew/MONEY",
            "euros",
            "3000000 EUR",
            MONEY,
            "more than 3 million euros",
        ),
    ],
)
def test_literal(notation: str, head: str, value: str, datatype: str, text: str) -> None:
    found = part(notation, head)
    assert isinstance(found, Value)
    full = datatype if datatype in OWN else f"{XSD}{datatype}"
    assert (found.value, found.datatype, found.text) == (value, full, text)


@pytest.mark.parametrize(
    "words", ["nine/CD/nummod/people", "young/JJ/amod/people", "flood/NN/compound/people"]
)
def test_people_are_someone_once_something_is_said_of_them(words: str) -> None:
    assert part("people/NNS/nsubj/left left/VBD/ROOT", "people") is None
    assert isinstance(part(f"{words} people/NNS/nsubj/left left/VBD/ROOT", "people"), Node)


@pytest.mark.parametrize(
    ("notation", "head"),
    [
        ("many/JJ/nsubj/left of/IN/prep/many them/PRP/pobj/of left/VBD/ROOT", "many"),
        ("one/CD/nsubj/left of/IN/prep/one three/CD/pobj/of left/VBD/ROOT", "one"),
    ],
)
def test_some_of_those_that_nobody_names_are_no_one(notation: str, head: str) -> None:
    assert part(notation, head) is None


def test_some_of_those_that_are_named_are_someone() -> None:
    found = part("many/JJ/nsubj/left of/IN/prep/many ships/NNS/pobj/of left/VBD/ROOT", "many")
    assert isinstance(found, Node)


def test_counted_things_are_no_number() -> None:
    said = "has/VBZ/ROOT 1,200/CD/nummod/ships/CARDINAL ships/NNS/dobj/has"
    found = part(said, "ships")
    assert isinstance(found, Node)
    assert found.label == "1,200 ships"
