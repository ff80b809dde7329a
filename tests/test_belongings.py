"""Whose, of which country and where things are, who is among many, and what nouns are about."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from docs import make, table

from graph.text.belongings import names_thing, things_of_names
from graph.text.clause import Clause
from graph.text.entities import Cast, build
from graph.text.members import members
from graph.text.mentions import names
from graph.text.tokens import Doc
from graph.text.topics import topics

THINGS = """
# of a country
Norwegian/JJ/amod/warships/NORP warships/NNS/nsubj/left left/VBD/ROOT/=leave
=> warships | be_of | Norwegian

# no act
Norwegian/JJ/amod/pressure/NORP pressure/NN/nsubj/rose rose/VBD/ROOT/=rise

# what is against a country is not of it
Anti/JJ/punct/Norwegian -/HYPH/punct/Norwegian Norwegian/JJ/amod/banners/NORP banners/NNS/nsubj/fell
fell/VBD/ROOT/=fall

# one of two things
Norwegian/JJ/amod/ships/NORP ships/NNS/nsubj/left and/CC/cc/ships planes/NNS/conj/ships left/VBD/ROOT/=leave

# who is known to be of a place is told elsewhere
Norwegian/JJ/amod/soldiers/NORP soldiers/NNS/nsubj/left left/VBD/ROOT/=leave

# a group that is no country
Lutheran/JJ/amod/flags/NORP flags/NNS/nsubj/fell fell/VBD/ROOT/=fall

# in a place
A/DT/det/pit pit/NN/nsubj/closed in/IN/prep/pit Oslo/NNP/pobj/in/GPE closed/VBD/ROOT/=close
=> pit | be_in | Oslo

# in each of two places
Canyons/NNS/nsubj/closed in/IN/prep/Canyons Oslo/NNP/pobj/in/GPE and/CC/cc/Oslo Bergen/NNP/conj/Oslo/GPE
closed/VBD/ROOT/=close
=> Canyons | be_in | Oslo
=> Canyons | be_in | Bergen

# but no one says how many are in which
Nine/CD/nummod/canyons canyons/NNS/nsubj/closed in/IN/prep/canyons Oslo/NNP/pobj/in/GPE and/CC/cc/Oslo
Bergen/NNP/conj/Oslo/GPE closed/VBD/ROOT/=close

# a bare word may be a verb
Hundreds/NNS/nsubj/meet meet/NN/ROOT in/IN/prep/meet Oslo/NNP/pobj/in/GPE

# none of it
No/DT/det/pit pit/NN/nsubj/closed in/IN/prep/pit Oslo/NNP/pobj/in/GPE closed/VBD/ROOT/=close

# of an owner
Nordane/NNP/poss/turbines/ORG 's/POS/case/Nordane turbines/NNS/nsubj/broke broke/VBD/ROOT/=break
=> Nordane | have | turbines

# made by a company
Nordane/NNP/compound/trucks/ORG trucks/NNS/nsubj/broke broke/VBD/ROOT/=break
=> trucks | be_of | Nordane

# a plural in the middle of a name
the/DT/det/Hospital Oslo/NNP/compound/Doctors/ORG Doctors/NNPS/poss/Hospital/ORG '/POS/case/Doctors
Hospital/NN/nsubj/closed closed/VBD/ROOT/=close
"""
MEMBERS = """
# names
Three/CD/nummod/towns towns/NNS/nsubj/flooded ,/,/punct/towns including/VBG/prep/towns
Karlshaven/NNP/pobj/including/GPE and/CC/cc/Karlshaven Merrow/NNP/conj/Karlshaven/GPE
flooded/VBD/ROOT/=flood
=> Karlshaven | be_among | towns
=> Merrow | be_among | towns

# people
Nine/CD/nummod/people people/NNS/nsubj/died/=people including/VBG/prep/people two/CD/nummod/nurses
nurses/NNS/pobj/including died/VBD/ROOT/=die
=> nurses | be_among | people

# such as
Companies/NNS/nsubj/left/=company such/JJ/amod/as as/IN/prep/Companies Nordane/NNP/pobj/as/ORG
left/VBD/ROOT/=leave
=> Nordane | be_among | Companies

# a name of another kind than the many
Three/CD/nummod/issues issues/NNS/nsubj/arose including/VBG/prep/issues Karlshaven/NNP/pobj/including/GPE
arose/VBD/ROOT/=arise

# as what
Companies/NNS/nsubj/left/=company as/IN/prep/Companies Nordane/NNP/pobj/as/ORG left/VBD/ROOT/=leave
"""
TOPICS = """
# against whom
The/DT/det/suit suit/NN/nsubj/failed against/IN/prep/suit Vale/NNP/pobj/against/PERSON failed/VBD/ROOT/=fail
=> suit | be_against | Vale

# whence and where to
A/DT/det/flight flight/NN/nsubj/landed from/IN/prep/flight Oslo/NNP/pobj/from/GPE to/IN/prep/flight
Bergen/NNP/pobj/to/GPE landed/VBD/ROOT/=land
=> flight | be_from | Oslo
=> flight | be_to | Bergen

# no name
A/DT/det/flight flight/NN/nsubj/landed from/IN/prep/flight home/NN/pobj/from landed/VBD/ROOT/=land
"""


@pytest.mark.parametrize(("text", "expected"), table(THINGS))
def test_things(text: str, expected: list[str]) -> None:
    assert _told(things_of_names, text) == expected


@pytest.mark.parametrize(("text", "expected"), table(MEMBERS))
def test_members(text: str, expected: list[str]) -> None:
    assert _told(members, text) == expected


@pytest.mark.parametrize(("text", "expected"), table(TOPICS))
def test_topics(text: str, expected: list[str]) -> None:
    assert _told(topics, text) == expected


def _told(find: Callable[[Doc, Cast], Iterator[Clause]], text: str) -> list[str]:
    doc = make(text)
    return [f"{one.subject} | {one.verb} | {one.object}" for one in find(doc, build(names(doc)))]


@pytest.mark.parametrize("lemma", ["website", "station", "government", "warship", "river"])
def test_a_thing(lemma: str) -> None:
    assert names_thing(lemma)


@pytest.mark.parametrize("lemma", ["decision", "arrest", "increase", "protest", "ownership", "president"])
def test_no_thing(lemma: str) -> None:
    assert not names_thing(lemma)
