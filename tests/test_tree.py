"""Small questions to a parse."""

from __future__ import annotations

import pytest
from docs import find, make

from graph.text.tree import (
    antecedent,
    child,
    children,
    conjuncts,
    coordinated,
    having,
    infinitive,
    is_passive,
    is_verb,
    left_out,
    lemma,
    prepositions,
    stray_subject,
)

SOLD = make(
    "Hale/NNP/nsubj/sold and/CC/cc/Hale Vale/NNP/conj/Hale and/CC/cc/Vale Dorn/NNP/conj/Vale "
    "sold/VBD/ROOT/=sell ships/NNS/dobj/sold out/IN/prep/sold of/IN/prep/out Oslo/NNP/pobj/of "
    "and/CC/cc/Oslo Bergen/NNP/conj/Oslo in/IN/prep/sold May/NNP/pobj/in"
)


def test_children_by_label_in_order() -> None:
    sold = find(SOLD, "sold")
    assert [c.text for c in children(sold, "dobj", "prep")] == ["ships", "out", "in"]
    assert child(sold, "prep") == find(SOLD, "out")
    assert child(sold, "attr") is None


def test_having_looks_at_tags_labels_and_words() -> None:
    assert [t.text for t in having(SOLD, "TAG", ("NNS", "VBD"))] == ["sold", "ships"]
    assert [t.text for t in having(SOLD, "DEP", ("conj",))] == ["Vale", "Dorn", "Bergen"]
    assert [t.text for t in having(SOLD, "ORTH", ("in", "of", "nowhere"))] == ["of", "in"]


def test_conjuncts_hang_on_each_other() -> None:
    assert [t.text for t in conjuncts(find(SOLD, "Hale"))] == ["Hale", "Vale", "Dorn"]


def test_a_verb_is_no_conjunct_of_a_noun_but_of_a_verb() -> None:
    doc = make(
        "tanker/NN/nsubj/sank and/CC/cc/tanker loaded/VBN/conj/tanker sank/VBD/ROOT burned/VBD/conj/sank"
    )
    assert [t.text for t in conjuncts(find(doc, "tanker"))] == ["tanker"]
    assert [t.text for t in conjuncts(find(doc, "sank"))] == ["sank", "burned"]


def test_a_noun_between_two_prepositions_makes_one_with_them() -> None:
    doc = make(
        "Hale/NNP/nsubj/fell fell/VBD/ROOT in/IN/prep/fell front/NN/pobj/in of/IN/prep/front"
        " Oslo/NNP/pobj/of and/CC/cc/Oslo Bergen/NNP/conj/Oslo"
    )
    found = [(name, head.text) for name, head in prepositions(find(doc, "fell"))]
    assert found == [("in_front_of", "Oslo"), ("in_front_of", "Bergen")]


def test_prepositions_give_each_object_and_chains_as_one() -> None:
    found = [(name, head.text) for name, head in prepositions(find(SOLD, "sold"))]
    assert found == [("out_of", "Oslo"), ("out_of", "Bergen"), ("in", "May")]


def test_a_dative_without_a_preposition_is_none() -> None:
    doc = make(
        "Hale/NNP/nsubj/gave gave/VBD/ROOT/=give Vale/NNP/dative/gave it/PRP/dobj/gave "
        "to/IN/dative/gave Dorn/NNP/pobj/to"
    )
    assert [(name, head.text) for name, head in prepositions(find(doc, "gave"))] == [("to", "Dorn")]


def test_a_verb_form_that_heads_no_clause_is_no_verb() -> None:
    doc = make("has/VBZ/aux/sold sold/VBN/ROOT stolen/VBN/amod/ships ships/NNS/dobj/sold")
    assert [t.text for t in doc if is_verb(t)] == ["sold"]


def test_infinitive_is_a_verb_after_to() -> None:
    doc = make("plans/VBZ/ROOT to/TO/aux/go go/VB/xcomp/plans will/MD/aux/stay stay/VB/conj/plans")
    assert [t.text for t in doc if infinitive(t)] == ["go"]


@pytest.mark.parametrize(
    ("notation", "verb", "passive"),
    [
        ("Hale/NNP/nsubjpass/sued was/VBD/auxpass/sued sued/VBN/ROOT", "sued", True),
        ("Hale/NNP/nsubj/sued has/VBZ/aux/sued sued/VBN/ROOT", "sued", False),
        ("Hale/NNP/nsubj/sued sued/VBD/ROOT", "sued", False),
        (
            "Hale/NNP/nsubjpass/sued was/VBD/auxpass/sued sued/VBN/ROOT and/CC/cc/sued jailed/VBN/conj/sued",
            "jailed",
            True,
        ),
        (
            "Hale/NNP/nsubjpass/sued was/VBD/auxpass/sued sued/VBN/ROOT has/VBZ/aux/left left/VBN/conj/sued",
            "left",
            False,
        ),
        ("man/NN/ROOT sued/VBN/acl/man", "sued", True),
        ("man/NN/ROOT sued/VBD/acl/man", "sued", True),
        ("reply/NN/ROOT needed/VBD/acl/reply hands/NNS/dobj/needed", "needed", False),
        ("sued/VBN/advcl/left Hale/NNP/nsubj/left left/VBD/ROOT", "sued", True),
        ("having/VBG/aux/sued sued/VBN/advcl/left Hale/NNP/nsubj/left left/VBD/ROOT", "sued", False),
    ],
    ids=[
        "auxiliary",
        "perfect",
        "past",
        "shared auxiliary",
        "own auxiliary",
        "participle",
        "participle with a wrong tag",
        "past of a quotation",
        "participle clause",
        "perfect participle",
    ],
)
def test_passive(notation: str, verb: str, passive: bool) -> None:
    assert is_passive(find(make(notation), verb)) is passive


@pytest.mark.parametrize(
    ("notation", "verb", "first"),
    [
        ("sold/VBD/ROOT bought/VBD/conj/sold", "bought", "sold"),
        ("told/VBD/ROOT to/TO/aux/go go/VB/xcomp/told left/VBD/conj/go", "left", "told"),
        ("told/VBD/ROOT to/TO/aux/go go/VB/xcomp/told stay/VB/conj/go left/VBD/conj/stay", "left", "told"),
        ("told/VBD/ROOT to/TO/aux/go go/VB/xcomp/told stay/VB/conj/go", "stay", "go"),
        ("said/VBD/ROOT will/MD/aux/go go/VB/ccomp/said left/VBD/conj/go", "left", "go"),
        ("told/VBD/ROOT to/TO/aux/go go/VB/xcomp/told he/PRP/nsubj/left left/VBD/conj/go", "left", "go"),
    ],
    ids=["finite", "finite after an infinitive", "in a chain", "infinitives", "after a modal", "own subject"],
)
def test_coordinated(notation: str, verb: str, first: str) -> None:
    assert coordinated(find(make(notation), verb)).text == first


def test_antecedent_of_a_relative_pronoun() -> None:
    doc = make(
        "man/NN/ROOT who/WP/nsubj/wants wants/VBZ/relcl/man what/WP/dobj/buy to/TO/aux/buy buy/VB/xcomp/wants"
    )
    assert antecedent(find(doc, "who")) == find(doc, "man")
    assert antecedent(find(doc, "what")) == find(doc, "man")
    question = make("who/WP/nsubj/left left/VBD/ROOT")
    assert antecedent(find(question, "who")) is None


@pytest.mark.parametrize(
    ("notation", "noun"),
    [
        (
            "a/DT/det/model model/NN/ROOT of/IN/prep/model fields/NNS/pobj/of which/WDT/nsubj/raises "
            "raises/VBZ/relcl/fields",
            "model",
        ),
        (
            "ships/NNS/ROOT of/IN/prep/ships the/DT/det/town town/NN/pobj/of which/WDT/nsubj/raise "
            "raise/VBP/relcl/town",
            "ships",
        ),
        ("a/DT/det/group group/NN/ROOT who/WP/nsubj/leave leave/VBP/relcl/group", "group"),
        ("fields/NNS/ROOT which/WDT/nsubj/raises raises/VBZ/relcl/fields", None),
        ("fields/NNS/ROOT that/WDT/nsubj/raises raises/VBZ/relcl/fields", "fields"),
        ("physics/NNS/ROOT which/WDT/nsubj/raises raises/VBZ/relcl/physics", "physics"),
    ],
)
def test_number_tells_whose_clause_it_is(notation: str, noun: str | None) -> None:
    doc = make(notation)
    pronoun = next(token for token in doc if token.lower_ in {"which", "that", "who"})
    found = antecedent(pronoun)
    assert (found.text if found is not None else None) == noun


def test_no_city_is_a_who() -> None:
    """A name that the model takes for a place may stand before *who*: then nobody is meant for certain."""
    envoy = make(
        "the/DT/det/envoy envoy/NN/nsubj/left from/IN/prep/envoy Oslo/NNP/pobj/from/GPE "
        "who/WP/nsubj/lied lied/VBD/relcl/Oslo left/VBD/ROOT"
    )
    assert antecedent(find(envoy, "who")) == find(envoy, "envoy")
    place = make("Oslo/NNP/nsubj/left/GPE who/WP/nsubj/lied lied/VBD/relcl/Oslo left/VBD/ROOT")
    assert antecedent(find(place, "who")) is None


@pytest.mark.parametrize(
    ("word", "given", "mended"),
    [
        ("fined", "fin", "fine"),
        ("hopes", "hop", "hope"),
        ("bogged", "bogge", "bog"),
        ("banned", "ban", "ban"),
        ("opened", "open", "open"),
        ("added", "add", "add"),
        ("agreed", "agree", "agree"),
    ],
)
def test_lemma(word: str, given: str, mended: str) -> None:
    assert lemma(make(f"{word}/VBD/ROOT/={given}")[0]) == mended


def test_the_subject_of_the_next_clause_is_no_conjunct() -> None:
    doc = make(
        "sold/VBD/ROOT ships/NNS/dobj/sold and/CC/cc/ships Kestria/NNP/conj/ships "
        "is/VBZ/aux/taxing taxing/VBG/conj/sold grain/NN/dobj/taxing"
    )
    assert stray_subject(find(doc, "taxing")) == find(doc, "Kestria")
    assert [t.text for t in conjuncts(find(doc, "ships"))] == ["ships"]
    shared = make("sold/VBD/ROOT ships/NNS/dobj/sold grain/NN/conj/ships and/CC/cc/sold left/VBD/conj/sold")
    assert stray_subject(find(shared, "left")) is None
    assert [t.text for t in conjuncts(find(shared, "ships"))] == ["ships", "grain"]


def test_what_is_left_out() -> None:
    doc = make(
        "Hale/NNP/nsubj/left but/CC/cc/Hale not/RB/neg/Vale Vale/NNP/conj/Hale left/VBD/ROOT/=leave "
        "not/RB/neg/for only/RB/advmod/for for/IN/prep/left Oslo/NNP/pobj/for"
    )
    assert [token.text for token in doc if left_out(token)] == ["Vale"]
