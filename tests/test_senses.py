"""In which sense a verb is meant: the curated relations that its ends leave."""

from __future__ import annotations

import pytest
from docs import make, table

from graph.model import Modality
from graph.relations import relations
from graph.text import lexicon
from graph.text.clause import Clause
from graph.text.clauses import clauses
from graph.text.predicates import broader, identify, words_of
from graph.text.senses import KINDS, excluded

ROWS = """
# a fall to an amount
Prices/NNS/nsubj/fell fell/VBD/ROOT/=fall to/IN/prep/fell 5/CD/pobj/to/PERCENT
=> fall: decrease

# a fall to the ground
Hale/NNP/nsubj/fell/PERSON fell/VBD/ROOT/=fall to/IN/prep/fell the/DT/det/ground ground/NN/pobj/to
=> fall: -

# money that is spent
Hale/NNP/nsubj/spent/PERSON spent/VBD/ROOT/=spend $/$/nmod/million/MONEY 10/CD/compound/million/MONEY
million/CD/dobj/spent/MONEY
=> spend: pay

# years that are spent
Hale/NNP/nsubj/spent/PERSON spent/VBD/ROOT/=spend ten/CD/nummod/years/DATE years/NNS/dobj/spent/DATE
=> spend: -

# a person that is named
Hale/NNP/nsubj/named/PERSON named/VBD/ROOT/=name Vale/NNP/dobj/named/PERSON
=> name: appoint

# a body that is named
Hale/NNP/nsubj/named/PERSON named/VBD/ROOT/=name Nordane/NNP/dobj/named/ORG
=> name: -

# a storm that strikes
Storms/NNS/nsubj/struck struck/VBD/ROOT/=strike Oslo/NNP/dobj/struck/GPE
=> strike: -

# a ship that strikes
Ships/NNS/nsubj/struck struck/VBD/ROOT/=strike Oslo/NNP/dobj/struck/GPE
=> strike: assault attack hostile_act

# a prisoner, released
The/DT/det/prisoner prisoner/NN/nsubjpass/released was/VBD/auxpass/released/=be released/VBN/ROOT/=release
in/IN/prep/released Oslo/NNP/pobj/in/GPE
=> release: -

# what operates on nothing
Ships/NNS/nsubj/operate operate/VBP/ROOT
=> operate: -

# which virus spreads
The/DT/det/virus virus/NN/nsubj/spread spread/VBD/ROOT to/IN/prep/spread Oslo/NNP/pobj/to/GPE
=> spread: infect

# questions that are raised
Hale/NNP/nsubj/raised/PERSON raised/VBD/ROOT/=raise questions/NNS/dobj/raised
=> raise: -

# taxes that are raised
Hale/NNP/nsubj/raised/PERSON raised/VBD/ROOT/=raise taxes/NNS/dobj/raised
=> raise: increase

# a storm that strikes under its name
Storm/NNP/compound/Vale Vale/NNP/nsubj/struck struck/VBD/ROOT/=strike Oslo/NNP/dobj/struck/GPE
=> strike: -

# cases that appear
Cases/NNS/nsubj/appeared appeared/VBD/ROOT/=appear in/IN/prep/appeared Oslo/NNP/pobj/in/GPE
=> appear: -

# who is sent is not given
Hale/NNP/nsubj/sent/PERSON sent/VBD/ROOT/=send Vale/NNP/dobj/sent/PERSON
=> send: -

# an operation that is undergone
Hale/NNP/nsubj/underwent/PERSON underwent/VBD/ROOT/=undergo surgery/NN/dobj/underwent
=> undergo: -

# a person that is held
Hale/NNP/nsubj/held/PERSON held/VBD/ROOT/=hold Vale/NNP/dobj/held/PERSON
=> hold: -

# a possibility that is investigated
Hale/NNP/nsubj/probed/PERSON probed/VBD/ROOT/=investigate links/NNS/dobj/probed/=link
=> investigate: -

# missiles that are launched
Hale/NNP/nsubj/launched/PERSON launched/VBD/ROOT/=launch missiles/NNS/dobj/launched
=> launch: -

# what no one does
Buckets/NNS/nsubj/seized seized/VBD/ROOT/=seize Oslo/NNP/dobj/seized/GPE
=> seize: -

# a town that is seized
Rebels/NNS/nsubj/seized seized/VBD/ROOT/=seize Oslo/NNP/dobj/seized/GPE
=> seize: coerce hostile_act take_territory

# photographs that are captured
Hale/NNP/nsubj/captured/PERSON captured/VBD/ROOT/=capture photographs/NNS/dobj/captured
=> capture: -

# an attack in words
Hale/NNP/nsubj/attacked/PERSON attacked/VBD/ROOT/=attack the/DT/det/plan plan/NN/dobj/attacked
=> attack: -

# an attack on a ship
Hale/NNP/nsubj/attacked/PERSON attacked/VBD/ROOT/=attack the/DT/det/ship ship/NN/dobj/attacked
=> attack: assault hostile_act

# who is killed may have died by chance
Two/CD/nsubjpass/killed were/VBD/auxpass/killed/=be killed/VBN/ROOT/=kill
=> kill: die

# a decree, signed
Hale/NNP/nsubj/signed/PERSON signed/VBD/ROOT/=sign a/DT/det/decree decree/NN/dobj/signed
=> sign: -

# a treaty, signed
Hale/NNP/nsubj/signed/PERSON signed/VBD/ROOT/=sign a/DT/det/treaty treaty/NN/dobj/signed
=> sign: agree cooperative_act

# a secretariat, no event
Kestria/NNP/nsubj/hosts/GPE hosts/VBZ/ROOT/=host the/DT/det/secretariat secretariat/NN/dobj/hosts
=> host: -

# a summit
Kestria/NNP/nsubj/hosts/GPE hosts/VBZ/ROOT/=host the/DT/det/summit summit/NN/dobj/hosts
=> host: hold_event

# an illness that develops
Hale/NNP/nsubj/developed/PERSON developed/VBD/ROOT/=develop an/DT/det/infection infection/NN/dobj/developed
=> develop: -

# thoughts that go somewhere
Thoughts/NNS/nsubj/go go/VBP/ROOT to/IN/prep/go Oslo/NNP/pobj/to/GPE
=> go: -

# a conflict that someone is in
Kestria/NNP/nsubj/is/GPE is/VBZ/ROOT/=be in/IN/prep/is conflict/NN/pobj/in
=> be: -

# a street that someone is in
Hale/NNP/nsubj/is/PERSON is/VBZ/ROOT/=be in/IN/prep/is a/DT/det/street street/NN/pobj/in
=> be: be_located_in
"""


@pytest.mark.parametrize(("notation", "expected"), table(ROWS))
def test_relations_that_the_ends_leave(notation: str, expected: list[str]) -> None:
    assert [f"{c.head.lemma_}: {' '.join(_meant(c)) or '-'}" for c in clauses(make(notation))] == expected


def _meant(clause: Clause) -> tuple[str, ...]:
    """Return the curated relations that a clause is left with."""
    id_, _ = identify(words_of(clause))
    return broader(id_, Modality.ASSERTED, excluded(clause, broader(id_, Modality.ASSERTED)))


def test_the_table_names_relations_and_kinds_that_there_are() -> None:
    for row in (*lexicon.table("senses")["verbs"], *lexicon.table("senses")["ends"]):
        assert set(row["of"]) <= relations().keys()
        for end in ("subject", "object", "patient"):
            wanted = row.get(end, {})
            assert wanted.keys() <= {"never", "only", "is", "not"}
            assert set(wanted.get("is", [])) | set(wanted.get("not", [])) <= KINDS.keys()
