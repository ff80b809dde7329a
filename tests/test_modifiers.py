"""What the words round a noun say of it, and the titles before names."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from docs import make, read, table

from graph.model import EntityType, Value
from graph.text.entities import build
from graph.text.mentions import names
from graph.text.modifiers import modifiers
from graph.text.nominals import titles

ROWS = """
# a seat
Oslo/NNP/npadvmod/based/GPE -/HYPH/punct/based based/VBN/amod/firm firm/NN/nsubj/sold sold/VBD/ROOT/=sell
ships/NNS/dobj/sold
=> firm | be_based_in | Oslo

# a birthplace of one with a name
The/DT/det/singer Kestria/NNP/npadvmod/born/GPE -/HYPH/punct/born born/VBN/amod/singer singer/NN/compound/Vale
Vale/NNP/nsubj/left/PERSON left/VBD/ROOT/=leave
=> Vale | be_born_in | Kestria

# a leader
The/DT/det/group Nordane/NNP/npadvmod/led/ORG -/HYPH/punct/led led/VBN/amod/group group/NN/nsubj/won
won/VBD/ROOT/=win
=> Nordane | lead | group

# no leader of what is only proposed
A/DT/det/group proposed/VBN/amod/group Nordane/NNP/npadvmod/led/ORG -/HYPH/punct/led led/VBN/amod/group
group/NN/nsubj/won won/VBD/ROOT/=win

# a participle with no name before it
The/DT/det/group state/NN/npadvmod/led -/HYPH/punct/led led/VBN/amod/group group/NN/nsubj/won
won/VBD/ROOT/=win

# a person has no one based in him
The/DT/det/film Vale/NNP/npadvmod/based/PERSON -/HYPH/punct/based based/VBN/amod/film film/NN/nsubj/won
won/VBD/ROOT/=win

# an age
Anna/NNP/compound/Vale/PERSON Vale/NNP/nsubj/left/PERSON ,/,/punct/Vale 45/CD/appos/Vale ,/,/punct/Vale
left/VBD/ROOT/=leave
=> Vale | be_aged | 45

# an age before a noun
A/DT/det/sailor 45/CD/nummod/year -/HYPH/punct/year year/NN/npadvmod/old -/HYPH/punct/year
old/JJ/amod/sailor sailor/NN/nsubj/left left/VBD/ROOT/=leave
=> sailor | be_aged | 45

# an age of whose it is
45/CD/nummod/year -/HYPH/punct/year year/NN/npadvmod/old -/HYPH/punct/year old/JJ/amod/office
Vale/NNP/poss/office/PERSON 's/POS/case/Vale office/NN/nsubj/closed closed/VBD/ROOT/=close
=> Vale | be_aged | 45
=> Vale | have | office

# no age of a town
Oslo/NNP/nsubj/lost/GPE ,/,/punct/Oslo 45/CD/appos/Oslo ,/,/punct/Oslo lost/VBD/ROOT/=lose

# nobody is so old
Vale/NNP/nsubj/left/PERSON ,/,/punct/Vale 450/CD/appos/Vale ,/,/punct/Vale left/VBD/ROOT/=leave

# a count that goes on is no age
Vale/NNP/nsubj/left/PERSON ,/,/punct/Vale 45/CD/nummod/men men/NNS/conj/Vale and/CC/cc/Vale
left/VBD/ROOT/=leave

# a building
Fire/NN/nsubj/hit hit/VBD/ROOT a/DT/det/hospital hospital/NN/dobj/hit near/IN/prep/hospital
Oslo/NNP/pobj/near/GPE
=> hospital | be_near | Oslo

# a building that is only planned
Hale/NNP/nsubj/praised/PERSON praised/VBD/ROOT/=praise a/DT/det/hospital planned/VBN/amod/hospital
hospital/NN/dobj/praised in/IN/prep/hospital Oslo/NNP/pobj/in/GPE

# a building in a month
Hale/NNP/nsubj/left/PERSON left/VBD/ROOT/=leave the/DT/det/hospital hospital/NN/dobj/left in/IN/prep/hospital
May/NNP/pobj/in/DATE

# where people are from
A/DT/det/nurse nurse/NN/nsubj/left from/IN/prep/nurse Oslo/NNP/pobj/from/GPE left/VBD/ROOT/=leave
=> nurse | be_from | Oslo

# people of two places
Nurses/NNS/nsubj/left in/IN/prep/Nurses Oslo/NNP/pobj/in/GPE and/CC/cc/Oslo Kestria/NNP/conj/Oslo/GPE
left/VBD/ROOT/=leave

# an opinion lies nowhere
The/DT/det/opinion opinion/NN/nsubj/changed in/IN/prep/opinion Oslo/NNP/pobj/in/GPE
changed/VBD/ROOT/=change

# of a country, told once
Norwegian/JJ/amod/soldiers#1/NORP soldiers/NNS/nsubj/met met/VBD/ROOT/=meet Norwegian/JJ/amod/soldiers#2/NORP
soldiers/NNS/dobj/met
=> soldiers | be_of | Norwegian

# of an organisation
A/DT/det/engineer Nordane/NNP/compound/engineer/ORG engineer/NN/nsubj/left left/VBD/ROOT/=leave
=> engineer | be_of | Nordane

# a person of a country, with a name
The/DT/det/singer Norwegian/JJ/amod/singer/NORP singer/NN/compound/Vale Vale/NNP/nsubj/left/PERSON
left/VBD/ROOT/=leave
=> Vale | be_of | Norwegian

# members of it
Members/NNS/nsubj/left of/IN/prep/Members Nordane/NNP/pobj/of/ORG left/VBD/ROOT/=leave
=> Members | be_of | Nordane

# of two that stand on either side
Norwegian/JJ/amod/members/NORP members/NNS/nsubj/left of/IN/prep/members Nordane/NNP/pobj/of/ORG
left/VBD/ROOT/=leave

# an agency is called by its name
The/DT/det/agency Nordane/NNP/compound/agency/ORG agency/NN/nsubj/left left/VBD/ROOT/=leave

# a country's army
Kestria/NNP/poss/army/GPE 's/POS/case/Kestria army/NN/nsubj/left left/VBD/ROOT/=leave
=> army | be_of | Kestria

# of two countries
Kestria/NNP/nmod/soldiers/GPE and/CC/cc/Kestria Oslo/NNP/conj/Kestria/GPE soldiers/NNS/nsubj/left
left/VBD/ROOT/=leave

# one who holds an office has it by the office
The/DT/det/president Norwegian/JJ/amod/president/NORP president/NN/nsubj/left left/VBD/ROOT/=leave

# a relative
Hale/NNP/poss/wife/PERSON 's/POS/case/Hale wife/NN/nsubj/left left/VBD/ROOT/=leave
=> Hale | have | wife

# a relative with a name
Hale/NNP/poss/wife/PERSON 's/POS/case/Hale wife/NN/nsubj/left ,/,/punct/wife Anna/NNP/appos/wife/PERSON
,/,/punct/wife left/VBD/ROOT/=leave

# what a country has
Kestria/NNP/poss/economy/GPE 's/POS/case/Kestria economy/NN/nsubj/grew grew/VBD/ROOT/=grow
=> Kestria | have | economy

# what it has none of yet
Kestria/NNP/poss/airport/GPE 's/POS/case/Kestria planned/VBN/amod/airport airport/NN/nsubj/grew
grew/VBD/ROOT/=grow

# a kind of place
The/DT/det/city Norwegian/JJ/amod/city/NORP city/NN/nsubj/grew of/IN/prep/city Bergen/NNP/pobj/of/GPE
grew/VBD/ROOT/=grow
=> Bergen | be | city
=> Bergen | be_in | Norwegian

# a place that its province is called by
The/DT/det/province Merrow/NNP/compound/province/GPE province/NN/nsubj/grew of/IN/prep/province
Kestria/NNP/pobj/of/GPE grew/VBD/ROOT/=grow

# one of its towns
A/DT/det/town town/NN/nsubj/grew of/IN/prep/town Kestria/NNP/pobj/of/GPE grew/VBD/ROOT/=grow

# a part of it
The/DT/det/suburb suburb/NN/nsubj/grew of/IN/prep/suburb Bergen/NNP/pobj/of/GPE grew/VBD/ROOT/=grow

# a place of people
The/DT/det/city city/NN/nsubj/grew of/IN/prep/city Vale/NNP/pobj/of/PERSON grew/VBD/ROOT/=grow
"""


def _found(notation: str) -> Iterator[str]:
    doc = make(notation)
    for clause in modifiers(doc, build(names(doc))):
        assert clause.object is not None
        yield f"{clause.subject.text} | {clause.verb} | {clause.object.text}"


@pytest.mark.parametrize(("notation", "expected"), table(ROWS))
def test_what_modifiers_say(notation: str, expected: list[str]) -> None:
    assert list(_found(notation)) == expected


TITLES = """
# an office written like a name
President/NNP/compound/Vale Anna/NNP/compound/Vale/PERSON Vale/NNP/nsubj/left/PERSON left/VBD/ROOT/=leave
=> Vale | President

# an occupation
The/DT/det/Vale singer/NN/compound/Vale Vale/NNP/nsubj/left/PERSON left/VBD/ROOT/=leave
=> Vale | singer

# an office of two words
Prime/NNP/compound/Minister Minister/NNP/compound/Vale Vale/NNP/nsubj/left/PERSON left/VBD/ROOT/=leave
=> Vale | Minister

# once, not now
Former/JJ/amod/Vale president/NN/compound/Vale Vale/NNP/nsubj/left/PERSON left/VBD/ROOT/=leave

# no title
Big/JJ/amod/Vale Vale/NNP/nsubj/left/PERSON left/VBD/ROOT/=leave
"""


@pytest.mark.parametrize(("notation", "expected"), table(TITLES))
def test_titles(notation: str, expected: list[str]) -> None:
    doc = make(notation)
    found = [(c.subject.text, c.object) for c in titles(doc, build(names(doc)))]
    assert [f"{who} | {title.text}" for who, title in found if title is not None] == expected


def test_an_office_is_the_same_kind_however_it_is_written() -> None:
    doc = make(
        "President/NNP/compound/Vale Vale/NNP/nsubj/met/PERSON met/VBD/ROOT/=meet president/NN/compound/Hale "
        "Hale/NNP/dobj/met/PERSON ././punct/met"
    )
    reading = read(doc)
    made = [s for s in reading.statements if s.predicate.id == "be"]
    assert [(s.subject.id, getattr(s.object, "id", ""), s.predicate.text) for s in made] == [
        ("Vale", "president", "President"),
        ("Hale", "president", "president"),
    ]
    assert [e.type for e in reading.entities if e.id == "president"] == [EntityType.CONCEPT]


def test_a_kind_of_place_is_told_without_the_place() -> None:
    doc = make(
        "The/DT/det/city old/JJ/amod/city city/NN/nsubj/grew of/IN/prep/city Bergen/NNP/pobj/of/GPE "
        "grew/VBD/ROOT/=grow ././punct/grew"
    )
    [kind] = [s for s in read(doc).statements if s.predicate.id == "be"]
    assert (kind.subject.id, getattr(kind.object, "label", "")) == ("Bergen", "old city")


def test_an_age_is_a_number_and_holds_whatever_the_sentence_says() -> None:
    doc = make(
        "Vale/NNP/nsubj/sell/PERSON ,/,/punct/Vale 45/CD/appos/Vale/DATE ,/,/punct/Vale may/MD/aux/sell "
        "not/RB/neg/sell sell/VB/ROOT ships/NNS/dobj/sell ././punct/sell"
    )
    [age] = [s for s in read(doc).statements if s.predicate.id == "be_aged"]
    assert (age.modality, age.polarity) == ("asserted", "positive")
    assert isinstance(age.object, Value)
    assert (age.object.value, age.object.datatype.rsplit("#")[-1], age.object.text) == ("45", "integer", "45")
