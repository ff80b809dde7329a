"""In which sense a verb is meant: the curated relations that its ends rule out."""

from __future__ import annotations

import pytest
from docs import make, table

from graph.relations import relations
from graph.text import lexicon
from graph.text.clauses import clauses
from graph.text.senses import KINDS, excluded

ROWS = """
# a fall to an amount
Prices/NNS/nsubj/fell fell/VBD/ROOT/=fall to/IN/prep/fell 5/CD/pobj/to/PERCENT
=> fall: -

# a fall to the ground
Hale/NNP/nsubj/fell/PERSON fell/VBD/ROOT/=fall to/IN/prep/fell the/DT/det/ground ground/NN/pobj/to
=> fall: decrease increase

# money that is spent
Hale/NNP/nsubj/spent/PERSON spent/VBD/ROOT/=spend $/$/nmod/million/MONEY 10/CD/compound/million/MONEY
million/CD/dobj/spent/MONEY
=> spend: -

# years that are spent
Hale/NNP/nsubj/spent/PERSON spent/VBD/ROOT/=spend ten/CD/nummod/years/DATE years/NNS/dobj/spent/DATE
=> spend: pay

# a person that is named
Hale/NNP/nsubj/named/PERSON named/VBD/ROOT/=name Vale/NNP/dobj/named/PERSON
=> name: -

# a body that is named
Hale/NNP/nsubj/named/PERSON named/VBD/ROOT/=name Nordane/NNP/dobj/named/ORG
=> name: appoint

# a storm that strikes
Storms/NNS/nsubj/struck struck/VBD/ROOT/=strike Oslo/NNP/dobj/struck/GPE
=> strike: assault attack injure kill

# a ship that strikes
Ships/NNS/nsubj/struck struck/VBD/ROOT/=strike Oslo/NNP/dobj/struck/GPE
=> strike: -

# a prisoner, released
The/DT/det/prisoner prisoner/NN/nsubjpass/released was/VBD/auxpass/released/=be released/VBN/ROOT/=release
in/IN/prep/released Oslo/NNP/pobj/in/GPE
=> release: be_published publish

# what operates on nothing
Ships/NNS/nsubj/operate operate/VBP/ROOT
=> operate: use

# which virus spreads
The/DT/det/virus virus/NN/nsubj/spread spread/VBD/ROOT to/IN/prep/spread Oslo/NNP/pobj/to/GPE
=> spread: -

# questions that are raised
Hale/NNP/nsubj/raised/PERSON raised/VBD/ROOT/=raise questions/NNS/dobj/raised
=> raise: increase

# taxes that are raised
Hale/NNP/nsubj/raised/PERSON raised/VBD/ROOT/=raise taxes/NNS/dobj/raised
=> raise: -

# a storm that strikes under its name
Storm/NNP/compound/Vale Vale/NNP/nsubj/struck struck/VBD/ROOT/=strike Oslo/NNP/dobj/struck/GPE
=> strike: assault attack injure kill

# cases that appear
Cases/NNS/nsubj/appeared appeared/VBD/ROOT/=appear in/IN/prep/appeared Oslo/NNP/pobj/in/GPE
=> appear: perform

# who is sent is not given
Hale/NNP/nsubj/sent/PERSON sent/VBD/ROOT/=send Vale/NNP/dobj/sent/PERSON
=> send: give

# an operation that is undergone
Hale/NNP/nsubj/underwent/PERSON underwent/VBD/ROOT/=undergo surgery/NN/dobj/underwent
=> undergo: hold_event

# a person that is held
Hale/NNP/nsubj/held/PERSON held/VBD/ROOT/=hold Vale/NNP/dobj/held/PERSON
=> hold: hold_event

# a possibility that is investigated
Hale/NNP/nsubj/probed/PERSON probed/VBD/ROOT/=investigate links/NNS/dobj/probed/=link
=> investigate: accuse

# missiles that are launched
Hale/NNP/nsubj/launched/PERSON launched/VBD/ROOT/=launch missiles/NNS/dobj/launched
=> launch: begin
"""


@pytest.mark.parametrize(("notation", "expected"), table(ROWS))
def test_relations_that_the_ends_rule_out(notation: str, expected: list[str]) -> None:
    found = [f"{c.head.lemma_}: {' '.join(sorted(excluded(c))) or '-'}" for c in clauses(make(notation))]
    assert found == expected


def test_the_table_names_relations_and_kinds_that_there_are() -> None:
    for row in lexicon.table("relations")["senses"]:
        assert set(row["of"]) <= relations().keys()
        for end in ("subject", "object", "patient"):
            wanted = row.get(end, {})
            assert wanted.keys() <= {"never", "only", "is", "not"}
            assert set(wanted.get("is", [])) | set(wanted.get("not", [])) <= KINDS.keys()
