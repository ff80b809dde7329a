"""What is said of an object by a phrase behind it."""

from __future__ import annotations

import pytest
from docs import make, read, table

from graph.text.clauses import clauses
from graph.text.undergone import participle, undergone

ROWS = """
# to whom it goes
Hale/NNP/nsubj/sold/PERSON sold/VBD/ROOT/=sell the/DT/det/ship ship/NN/dobj/sold to/IN/prep/sold
Kestria/NNP/pobj/to/GPE
=> ship | be_sold_to | Kestria

# what someone is charged with, by whom he is said to be
Vale/NNP/nsubjpass/charged/PERSON was/VBD/auxpass/charged charged/VBN/ROOT/=charge by/IN/agent/charged
Kestria/NNP/pobj/by/GPE with/IN/prep/charged fraud/NN/pobj/with
=> Vale | be_charged_with | fraud

# where it is done
Police/NNS/nsubj/arrested arrested/VBD/ROOT/=arrest Vale/NNP/dobj/arrested/PERSON in/IN/prep/arrested
Oslo/NNP/pobj/in/GPE
=> Vale | be_arrested_in | Oslo

# a verb that may be done from elsewhere
Hale/NNP/nsubj/criticized/PERSON criticized/VBD/ROOT/=criticize the/DT/det/plan plan/NN/dobj/criticized
in/IN/prep/criticized Oslo/NNP/pobj/in/GPE

# a particle
Hale/NNP/nsubj/handed/PERSON handed/VBD/ROOT/=hand over/RP/prt/handed the/DT/det/ship ship/NN/dobj/handed
to/IN/prep/handed Vale/NNP/pobj/to/PERSON
=> ship | be_handed_over_to | Vale

# half of an idiom is nothing of which more is said
Hale/NNP/nsubj/gave/PERSON gave/VBD/ROOT/=give way/NN/dobj/gave to/IN/prep/gave Vale/NNP/pobj/to/PERSON

# nor is a sum
Hale/NNP/nsubj/gave/PERSON gave/VBD/ROOT/=give 850/CD/nummod/euros/MONEY euros/NNS/dobj/gave/MONEY
to/IN/prep/gave Vale/NNP/pobj/to/PERSON

# what stands before the verb
To/IN/prep/sold Vale/NNP/pobj/To/PERSON Hale/NNP/nsubj/sold/PERSON sold/VBD/ROOT/=sell the/DT/det/ship
ship/NN/dobj/sold

# what an object is called is in the clause itself
Hale/NNP/nsubj/called/PERSON called/VBD/ROOT/=call the/DT/det/plan plan/NN/dobj/called a/DT/det/mistake
mistake/NN/oprd/called to/IN/prep/called Vale/NNP/pobj/to/PERSON
"""


@pytest.mark.parametrize(("text", "expected"), table(ROWS))
def test_undergone(text: str, expected: list[str]) -> None:
    found = [one for clause in clauses(make(text)) for one in undergone(clause)]
    assert [f"{one.subject} | {one.verb} | {one.object}" for one in found] == expected


@pytest.mark.parametrize(
    ("lemma", "expected"),
    [
        ("sell", "sold"),
        ("accuse", "accused"),
        ("carry", "carried"),
        ("deploy", "deployed"),
        ("ban", "banned"),
        ("admit", "admitted"),
        ("transfer", "transferred"),
        ("offer", "offered"),
        ("deliver", "delivered"),
        ("load", "loaded"),
        ("show", "shown"),
    ],
)
def test_participle(lemma: str, expected: str) -> None:
    assert participle(lemma) == expected


def test_it_is_as_real_as_its_clause() -> None:
    doc = make(
        "Hale/NNP/nsubj/plans/PERSON plans/VBZ/ROOT/=plan to/TO/aux/sell sell/VB/xcomp/plans the/DT/det/ship "
        "ship/NN/dobj/sell to/IN/prep/sell Kestria/NNP/pobj/to#2/GPE ././punct/plans"
    )
    [made] = [s for s in read(doc).statements if s.predicate.id == "be_sold_to"]
    assert (made.subject.label, made.modality, made.predicate.text) == ("ship", "planned", "plans to sell")
