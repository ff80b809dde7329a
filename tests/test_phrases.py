"""Where noun phrases begin and end, what they are called, and which name stands for them."""

from __future__ import annotations

import pytest
from docs import find, make, table

from graph.text.phrases import LONGEST, bounds, is_general, label, named

PHRASES = """
# modifiers and a determiner
the/DT/det/ships two/CD/nummod/ships old/JJ/amod/ships ships/NNS/ROOT
=> the two old ships

# a possessor
Hale/NNP/poss/ships 's/POS/case/Hale ships/NNS/ROOT
=> Hale's ships

# prepositional phrases
ships/NNS/ROOT of/IN/prep/ships the/DT/det/fleet fleet/NN/pobj/of in/IN/prep/ships Oslo/NNP/pobj/in
=> ships of the fleet in Oslo

# the number that says which
voice/NN/compound/recorder recorder/NN/ROOT from/IN/prep/recorder Flight/NNP/pobj/from 139/CD/nummod/Flight
=> voice recorder from Flight 139

# two prepositions in a row
plans/NNS/ROOT to/TO/aux/pull pull/VB/acl/plans out/IN/prep/pull of/IN/prep/out Oslo/NNP/pobj/of/GPE
=> plans to pull out of Oslo

# without a date
talks/NNS/ROOT in/IN/prep/talks May/NNP/pobj/in/DATE
=> talks

# coordinated objects of a preposition
talks/NNS/ROOT with/IN/prep/talks Hale/NNP/pobj/with and/CC/cc/Hale Vale/NNP/conj/Hale
=> talks with Hale and Vale

# without what is coordinated with the head
ships/NNS/ROOT and/CC/cc/ships ports/NNS/conj/ships
=> ships

# without relative clauses
ships/NNS/ROOT that/WDT/nsubj/sank sank/VBD/relcl/ships
=> ships

# without appositions
freighter/NN/ROOT Astrid/NNP/appos/freighter
=> freighter

# the infinitive of a plan
effort/NN/ROOT to/TO/aux/sell sell/VB/acl/effort the/DT/det/ships ships/NNS/dobj/sell
=> effort to sell the ships

# a gerund
importance/NN/ROOT of/IN/prep/importance holding/VBG/pcomp/of the/DT/det/port port/NN/dobj/holding
=> importance of holding the port

# a quotation mark inside
a/DT/det/pact “/``/punct/pact grand/JJ/amod/pact ”/''/punct/pact pact/NN/ROOT
=> a “grand” pact

# of those that only a clause tells
pain/NN/ROOT of/IN/prep/pain those/DT/pobj/of who/WP/nsubj/left left/VBD/relcl/those
=> pain

# an infinitive and its complement
woman/NN/ROOT to/TO/aux/serve serve/VB/relcl/woman as/IN/prep/serve speaker/NN/pobj/as of/IN/prep/speaker
parliament/NN/pobj/of
=> woman to serve as speaker of parliament

# a word with its prefix
a/DT/det/inventor co/NN/dep/- -/HYPH/dep/inventor inventor/NN/ROOT
=> a co-inventor
"""


@pytest.mark.parametrize(("notation", "expected"), table(PHRASES))
def test_bounds(notation: str, expected: list[str]) -> None:
    doc = make(notation)
    head = next(token for token in doc if token.dep_ == "ROOT")
    start, end = bounds(head)
    assert [doc.text_of(start, end)] == expected


def test_bare_bounds_leave_out_what_follows() -> None:
    doc = make("the/DT/det/ships ships/NNS/ROOT of/IN/prep/ships Oslo/NNP/pobj/of")
    assert bounds(find(doc, "ships"), bare=True) == (0, 2)


def test_the_gerund_of_an_accusation_is_no_part_of_the_accused() -> None:
    doc = make(
        "Vale/NNP/nsubj/accused accused/VBD/ROOT/=accuse the/DT/det/mayor mayor/NN/dobj/accused "
        "of/IN/prep/mayor stealing/VBG/pcomp/of"
    )
    assert bounds(find(doc, "mayor")) == (2, 4)


def test_what_the_verb_asks_for_is_no_part_of_its_object() -> None:
    doc = make(
        "Police/NNS/nsubj/blamed blamed/VBD/ROOT/=blame the/DT/det/fire fire/NN/dobj/blamed on/IN/prep/fire "
        "Hale/NNP/pobj/on"
    )
    assert bounds(find(doc, "fire")) == (2, 4)


def test_what_is_of_the_subject_of_a_passive_is_its_own() -> None:
    doc = make(
        "heads/NNS/nsubjpass/informed of/IN/prep/heads states/NNS/pobj/of were/VBD/auxpass/informed "
        "informed/VBN/ROOT/=inform"
    )
    assert bounds(find(doc, "heads")) == (0, 3)


def test_a_long_phrase_is_cut() -> None:
    tail = " ".join(f"big{i}/JJ/amod/fleet" for i in range(LONGEST))
    doc = make(f"ships/NNS/ROOT of/IN/prep/ships {tail} fleet/NN/pobj/of")
    assert bounds(find(doc, "ships")) == (0, 1)


def test_a_long_phrase_keeps_the_noun_that_it_is_of() -> None:
    tail = " ".join(f"big{i}/JJ/amod/fleet" for i in range(LONGEST))
    doc = make(f"loss/NN/ROOT of/IN/prep/loss ports/NNS/pobj/of and/CC/cc/ports {tail} fleet/NN/conj/ports")
    assert bounds(find(doc, "loss")) == (0, 3)


@pytest.mark.parametrize(
    ("notation", "text"),
    [
        ("the/DT/det/ships old/JJ/amod/ships ships/NNS/ROOT", "old ships"),
        ("its/PRP$/poss/ships ships/NNS/ROOT", "ships"),
        ("a/DT/det/pact “/``/punct/pact grand/JJ/amod/pact ”/''/punct/pact pact/NN/ROOT", "grand pact"),
        ("the/DT/ROOT", "the"),
    ],
)
def test_label(notation: str, text: str) -> None:
    doc = make(notation)
    assert label(doc, 0, len(doc)) == text


@pytest.mark.parametrize(
    ("notation", "general"),
    [
        ("Western/JJ/amod/sanctions sanctions/NNS/ROOT", True),
        ("bribery/NN/ROOT", True),
        ("the/DT/det/meeting meeting/NN/ROOT", False),
        ("his/PRP$/poss/meeting meeting/NN/ROOT", False),
        ("three/CD/nummod/meetings meetings/NNS/ROOT", False),
        ("Accord/NNP/ROOT", False),
    ],
)
def test_general(notation: str, general: bool) -> None:
    doc = make(notation)
    assert is_general(doc, 0, doc[len(doc) - 1]) is general


@pytest.mark.parametrize(
    ("notation", "head", "name"),
    [
        ("freighter/NN/ROOT Astrid/NNP/appos/freighter/PRODUCT", "freighter", "Astrid"),
        ("engineer/NN/ROOT ,/,/punct/engineer Hale/NNP/appos/engineer/PERSON", "engineer", "Hale"),
        ("Hale/NNP/ROOT/PERSON ,/,/punct/Hale engineer/NN/appos/Hale", "engineer", "Hale"),
        ("Nordane/NNP/ROOT/ORG ,/,/punct/Nordane company/NN/appos/Nordane", "company", "Nordane"),
        ("Nordane/NNP/ROOT/ORG ,/,/punct/Nordane move/NN/appos/Nordane", "move", "move"),
        ("day/NN/ROOT ,/,/punct/day May/NNP/appos/day/DATE", "day", "day"),
        ("firms/NNS/ROOT ,/,/punct/firms Nordane/NNP/appos/firms/ORG", "firms", "firms"),
        ("Hale/NNP/ROOT/PERSON ,/,/punct/Hale Vale/NNP/appos/Hale/PERSON", "Hale", "Hale"),
        ("ship/NN/ROOT", "ship", "ship"),
        (
            "mayor/NN/nsubj/left of/IN/prep/mayor Oslo/NNP/compound/Berg/GPE Anna/NNP/compound/Berg/PERSON "
            "Berg/NNP/pobj/of/PERSON left/VBD/ROOT",
            "mayor",
            "Berg",
        ),
        (
            "senator/NN/nsubj/left from/IN/prep/senator Oslo/NNP/compound/Berg/GPE "
            "Anna/NNP/compound/Berg/PERSON Berg/NNP/pobj/from/PERSON left/VBD/ROOT",
            "senator",
            "Berg",
        ),
        (
            "sanctions/NNS/nsubj/ended on/IN/prep/sanctions Oslo/NNP/compound/Berg/GPE "
            "Berg/NNP/pobj/on/PERSON ended/VBD/ROOT",
            "sanctions",
            "sanctions",
        ),
        ("lawyer/NN/nsubj/left of/IN/prep/lawyer Berg/NNP/pobj/of/PERSON left/VBD/ROOT", "lawyer", "lawyer"),
        (
            "Nordane/NNP/compound/director director/NN/ROOT and/CC/cc/director Mayor/NNP/compound/Hale "
            "Hale/NNP/conj/director/PERSON",
            "director",
            "Hale",
        ),
        (
            "a/DT/det/director director/NN/ROOT and/CC/cc/director Mayor/NNP/compound/Hale "
            "Hale/NNP/conj/director/PERSON",
            "director",
            "director",
        ),
        (
            "the/DT/det/mayor mayor/NN/nsubj/left not/RB/neg/Hale Hale/NNP/appos/mayor/PERSON left/VBD/ROOT",
            "mayor",
            "mayor",
        ),
        (
            "the/DT/det/army army/NN/nsubj/left which/WDT/nsubj/Oslo Oslo/NNP/appos/army/GPE left/VBD/ROOT",
            "army",
            "army",
        ),
    ],
)
def test_the_name_of_a_noun(notation: str, head: str, name: str) -> None:
    assert named(find(make(notation), head)).text == name
