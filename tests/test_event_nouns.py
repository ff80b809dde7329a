"""Events that nouns name: who did what to whom, what happened where, and whether it did."""

from __future__ import annotations

import pytest
from docs import make, read, table

from graph.text import lexicon
from graph.text.entities import build
from graph.text.event_nouns import RULES, events
from graph.text.event_stance import is_definite
from graph.text.mentions import names

ROWS = """
# event with a possessor
Kestria/NNP/poss/invasion/GPE 's/POS/case/Kestria invasion/NN/nsubj/angered of/IN/prep/invasion
Norvalia/NNP/pobj/of/GPE angered/VBD/ROOT/=anger Hale/NNP/dobj/angered/PERSON
=> Kestria | invade | Norvalia

# event with by
The/DT/det/purchase purchase/NN/nsubj/angered of/IN/prep/purchase Oceanlink/NNP/pobj/of/ORG
by/IN/prep/purchase Nordane/NNP/pobj/by/ORG angered/VBD/ROOT/=anger Hale/NNP/dobj/angered/PERSON
=> Nordane | buy | Oceanlink

# event with on
Kestria/NNP/poss/attack/GPE 's/POS/case/Kestria attack/NN/nsubj/angered on/IN/prep/attack
Norvalia/NNP/pobj/on/GPE angered/VBD/ROOT/=anger Hale/NNP/dobj/angered/PERSON
=> Kestria | attack | Norvalia

# event that is only possible
A/DT/det/invasion possible/JJ/amod/invasion invasion/NN/nsubj/worried of/IN/prep/invasion
Norvalia/NNP/pobj/of/GPE by/IN/prep/invasion Kestria/NNP/pobj/by/GPE worried/VBD/ROOT/=worry
Hale/NNP/dobj/worried/PERSON
=> Kestria | invade | Norvalia | open

# event of any kind
Any/DT/det/attack attack/NN/nsubj/anger by/IN/prep/attack Kestria/NNP/pobj/by/GPE on/IN/prep/attack
Norvalia/NNP/pobj/on/GPE will/MD/aux/anger anger/VB/ROOT Hale/NNP/dobj/anger/PERSON
=> Kestria | attack | Norvalia | open

# event without an actor
The/DT/det/invasion invasion/NN/nsubj/angered of/IN/prep/invasion Norvalia/NNP/pobj/of/GPE
angered/VBD/ROOT/=anger Hale/NNP/dobj/angered/PERSON
=> Norvalia | be_invaded | -

# event whose actor is no name
The/DT/det/army army/NN/poss/invasion 's/POS/case/army invasion/NN/nsubj/angered of/IN/prep/invasion
Norvalia/NNP/pobj/of/GPE angered/VBD/ROOT/=anger Hale/NNP/dobj/angered/PERSON
=> army | invade | Norvalia

# a noun that names no event
Kestria/NNP/poss/summer/GPE 's/POS/case/Kestria summer/NN/nsubj/angered of/IN/prep/summer
Norvalia/NNP/pobj/of/GPE angered/VBD/ROOT/=anger Hale/NNP/dobj/angered/PERSON

# one who is arrested
Hale/NNP/poss/arrest/PERSON 's/POS/case/Hale arrest/NN/nsubj/angered angered/VBD/ROOT/=anger
Vale/NNP/dobj/angered/PERSON
=> Hale | be_arrested | -

# a country's arrests are made by it
Kestria/NNP/poss/arrest/GPE 's/POS/case/Kestria arrest/NN/nsubj/angered angered/VBD/ROOT/=anger
Vale/NNP/dobj/angered/PERSON

# a day does nothing
Friday/NNP/poss/arrest/DATE 's/POS/case/Friday arrest/NN/nsubj/angered angered/VBD/ROOT/=anger
Vale/NNP/dobj/angered/PERSON

# what someone found is not he
Hale/NNP/poss/discovery/PERSON 's/POS/case/Hale discovery/NN/nsubj/angered angered/VBD/ROOT/=anger
Vale/NNP/dobj/angered/PERSON

# what one was elected as
Hale/NNP/poss/election/PERSON 's/POS/case/Hale election/NN/nsubj/angered as/IN/prep/election
mayor/NN/pobj/as angered/VBD/ROOT/=anger Vale/NNP/dobj/angered/PERSON
=> Hale | be_elected_as | mayor

# to whom it is sold, with the others that are
The/DT/det/sale sale/NN/nsubj/angered of/IN/prep/sale Oceanlink/NNP/pobj/of/ORG and/CC/cc/Oceanlink
Nordane/NNP/conj/Oceanlink/ORG to/IN/prep/sale Kestria/NNP/pobj/to/GPE angered/VBD/ROOT/=anger
Vale/NNP/dobj/angered/PERSON
=> Oceanlink | be_sold_to | Kestria
=> Nordane | be_sold_to | Kestria

# two men are told of
The/DT/det/killing killing/NN/nsubj/angered of/IN/prep/killing two/CD/nummod/men/CARDINAL
men/NNS/pobj/of/=man by/IN/prep/killing soldiers/NNS/pobj/by angered/VBD/ROOT/=anger
Vale/NNP/dobj/angered/PERSON
=> soldiers | kill | men

# men as such are not
The/DT/det/killing killing/NN/nsubj/angered of/IN/prep/killing men/NNS/pobj/of/=man
angered/VBD/ROOT/=anger Vale/NNP/dobj/angered/PERSON

# an arrest that may come is none
A/DT/det/arrest possible/JJ/amod/arrest arrest/NN/nsubj/worried of/IN/prep/arrest Hale/NNP/pobj/of/PERSON
worried/VBD/ROOT/=worry Vale/NNP/dobj/worried/PERSON

# a death
The/DT/det/death death/NN/nsubj/shocked of/IN/prep/death Hale/NNP/pobj/of/PERSON in/IN/prep/death
Oslo/NNP/pobj/in/GPE shocked/VBD/ROOT/=shock Vale/NNP/dobj/shocked/PERSON
=> Hale | die | - + in Oslo

# a resignation
Hale/NNP/poss/resignation/PERSON 's/POS/case/Hale resignation/NN/nsubj/shocked as/IN/prep/resignation
mayor/NN/pobj/as shocked/VBD/ROOT/=shock Vale/NNP/dobj/shocked/PERSON
=> Hale | resign_as | mayor

# a visit
Hale/NNP/nsubj/praised/PERSON praised/VBD/ROOT/=praise a/DT/det/visit visit/NN/dobj/praised to/IN/prep/visit
Oslo/NNP/pobj/to/GPE by/IN/prep/visit Vale/NNP/pobj/by/PERSON
=> Vale | visit | Oslo

# a victory
Kestria/NNP/poss/victory/GPE 's/POS/case/Kestria victory/NN/nsubj/pleased over/IN/prep/victory
Norvalia/NNP/pobj/over/GPE pleased/VBD/ROOT/=please Vale/NNP/dobj/pleased/PERSON
=> Kestria | defeat | Norvalia

# an aim without one who takes it
The/DT/det/attack attack/NN/nsubj/angered on/IN/prep/attack Norvalia/NNP/pobj/on/GPE angered/VBD/ROOT/=anger
Hale/NNP/dobj/angered/PERSON

# the side that is named before the noun
The/DT/det/attack Norwegian/JJ/amod/attack/NORP attack/NN/nsubj/angered on/IN/prep/attack
Norvalia/NNP/pobj/on/GPE angered/VBD/ROOT/=anger Hale/NNP/dobj/angered/PERSON
=> Norwegian | attack | Norvalia

# a country is a side
Norway/NNP/compound/purchase/GPE purchase/NN/nsubj/angered of/IN/prep/purchase Oceanlink/NNP/pobj/of/ORG
angered/VBD/ROOT/=anger Hale/NNP/dobj/angered/PERSON
=> Norway | buy | Oceanlink

# another side
Norwegian/JJ/amod/attack/NORP army/NN/compound/attack attack/NN/nsubj/angered on/IN/prep/attack
Norvalia/NNP/pobj/on/GPE angered/VBD/ROOT/=anger Hale/NNP/dobj/angered/PERSON

# a city is the place
The/DT/det/attack Bergen/NNP/compound/attack/GPE attack/NN/nsubj/angered on/IN/prep/attack
Norvalia/NNP/pobj/on/GPE angered/VBD/ROOT/=anger Hale/NNP/dobj/angered/PERSON

# talks between two
Talks/NNS/nsubj/ended/=talk between/IN/prep/Talks Kestria/NNP/pobj/between/GPE and/CC/cc/Kestria
Norvalia/NNP/conj/Kestria/GPE ended/VBD/ROOT/=end
=> Kestria | hold_talks_with | Norvalia

# talks of one with others
Kestria/NNP/poss/talks/GPE 's/POS/case/Kestria talks/NNS/nsubj/ended with/IN/prep/talks
Norvalia/NNP/pobj/with/GPE ended/VBD/ROOT/=end
=> Kestria | hold_talks_with | Norvalia

# talks between three tell no pair
Talks/NNS/nsubj/ended/=talk between/IN/prep/Talks Kestria/NNP/pobj/between/GPE ,/,/punct/Kestria
Norvalia/NNP/conj/Kestria/GPE and/CC/cc/Norvalia Oslo/NNP/conj/Norvalia/GPE ended/VBD/ROOT/=end

# what someone has made
Hale/NNP/poss/decision/PERSON 's/POS/case/Hale decision/NN/nsubj/pleased pleased/VBD/ROOT/=please
Vale/NNP/dobj/pleased/PERSON
=> Hale | make | decision

# a study by two
A/DT/det/study study/NN/nsubj/pleased by/IN/prep/study Oceanlink/NNP/pobj/by/ORG and/CC/cc/Oceanlink
Nordane/NNP/conj/Oceanlink/ORG pleased/VBD/ROOT/=please Vale/NNP/dobj/pleased/PERSON
=> Oceanlink | conduct | study
=> Nordane | conduct | study

# what the verb says already
Hale/NNP/nsubj/made/PERSON made/VBD/ROOT/=make his/PRP$/poss/decision decision/NN/dobj/made

# an explosion
An/DT/det/explosion explosion/NN/nsubj/shook in/IN/prep/explosion Oslo/NNP/pobj/in/GPE
shook/VBD/ROOT/=shake Kestria/NNP/dobj/shook/GPE
=> explosion | happen_in | Oslo

# an explosion in no named place, but on a day
An/DT/det/explosion explosion/NN/nsubj/shook in/IN/prep/explosion May/NNP/pobj/in/DATE
shook/VBD/ROOT/=shake Kestria/NNP/dobj/shook/GPE
=> explosion | happen | -

# the explosion of a day
Friday/NNP/poss/explosion/DATE 's/POS/case/Friday explosion/NN/nsubj/shook shook/VBD/ROOT/=shake
Kestria/NNP/dobj/shook/GPE
=> explosion | happen | -

# a day to come
Next/JJ/amod/week/DATE week/NN/poss/strike/DATE 's/POS/case/week strike/NN/nsubj/worries
worries/VBZ/ROOT/=worry Kestria/NNP/dobj/worries/GPE

# what is set for a day may still be to come
Friday/NNP/poss/election/DATE 's/POS/case/Friday election/NN/nsubj/worries worries/VBZ/ROOT/=worry
Kestria/NNP/dobj/worries/GPE

# a length is no day
A/DT/det/siege two/CD/nummod/day/DATE -/HYPH/punct/day/DATE day/NN/nmod/siege/DATE siege/NN/nsubj/ended
ended/VBD/ROOT/=end

# an attack that is feared
The/DT/det/threat threat/NN/nsubj/shook of/IN/prep/threat an/DT/det/attack attack/NN/pobj/of in/IN/prep/attack
Oslo/NNP/pobj/in/GPE shook/VBD/ROOT/=shake Kestria/NNP/dobj/shook/GPE

# an attack of which there is no sign
No/DT/det/sign sign/NN/nsubj/shook of/IN/prep/sign an/DT/det/attack attack/NN/pobj/of in/IN/prep/attack
Oslo/NNP/pobj/in/GPE shook/VBD/ROOT/=shake Kestria/NNP/dobj/shook/GPE

# part of another word
Death/NN/compound/toll of/IN/prep/toll toll/NN/nsubj/rose Hale/NNP/pobj/of/PERSON rose/VBD/ROOT/=rise
"""


def _shown(notation: str) -> list[str]:
    doc = make(notation)
    found = []
    for clause in events(doc, build(names(doc))):
        end = clause.object.text if clause.object is not None else "-"
        rest = "".join(f" + {role} {head.text}" for role, head in clause.extras)
        known = "" if is_definite(clause.head) else " | open"
        found.append(f"{clause.subject.text} | {clause.verb} | {end}{rest}{known}")
    return found


@pytest.mark.parametrize(("notation", "expected"), table(ROWS))
def test_events(notation: str, expected: list[str]) -> None:
    assert _shown(notation) == expected


EVENTS = """
# an event is a fact where its phrase is the subject
Kestria/NNP/poss/purchase/GPE 's/POS/case/Kestria purchase/NN/nsubj/angered of/IN/prep/purchase
Oceanlink/NNP/pobj/of/ORG angered/VBD/ROOT/=anger Vale/NNP/dobj/angered/PERSON ././punct/angered
=> asserted

# an event that is opposed is open
Vale/NNP/nsubj/opposed/PERSON opposed/VBD/ROOT/=oppose Kestria/NNP/poss/purchase/GPE 's/POS/case/Kestria
purchase/NN/dobj/opposed of/IN/prep/purchase Oceanlink/NNP/pobj/of/ORG ././punct/opposed
=> hypothetical

# an event that is condemned has happened
Vale/NNP/nsubj/condemned/PERSON condemned/VBD/ROOT/=condemn Kestria/NNP/poss/purchase/GPE
's/POS/case/Kestria purchase/NN/dobj/condemned of/IN/prep/purchase Oceanlink/NNP/pobj/of/ORG
././punct/condemned
=> asserted

# an event that may anger has not happened for certain
Kestria/NNP/poss/purchase/GPE 's/POS/case/Kestria purchase/NN/nsubj/anger of/IN/prep/purchase
Oceanlink/NNP/pobj/of/ORG may/MD/aux/anger anger/VB/ROOT Vale/NNP/dobj/anger/PERSON ././punct/anger
=> hypothetical
"""


@pytest.mark.parametrize(("notation", "expected"), table(EVENTS))
def test_an_event_is_a_fact_only_where_it_is_taken_for_one(notation: str, expected: list[str]) -> None:
    made = [s for s in read(make(notation)).statements if s.predicate.id == "buy"]
    assert [(s.subject.id, str(s.modality), s.polarity) for s in made] == [
        ("Kestria", modality, "positive") for modality in expected
    ]


STANCES = """
# calls for it ask for it
Vale/NNP/nsubj/called/PERSON called/VBD/ROOT/=call for/IN/prep/called Hale/NNP/poss/arrest/PERSON
's/POS/case/Hale arrest/NN/pobj/for ././punct/called
=> requested

# a vow to avenge it knows of it
Vale/NNP/nsubj/vowed/PERSON vowed/VBD/ROOT/=vow to/TO/aux/avenge avenge/VB/xcomp/vowed the/DT/det/murder
murder/NN/dobj/avenge of/IN/prep/murder Hale/NNP/pobj/of/PERSON ././punct/vowed
=> asserted

# what may cause it may not have
Frost/NN/nsubj/cause may/MD/aux/cause cause/VB/ROOT the/DT/det/death death/NN/dobj/cause of/IN/prep/death
Hale/NNP/pobj/of/PERSON ././punct/cause
=> possible

# the report of it is a claim
Vale/NNP/nsubj/said/PERSON said/VBD/ROOT/=say the/DT/det/murder murder/NN/nsubj/shook of/IN/prep/murder
Hale/NNP/pobj/of/PERSON shook/VBD/ccomp/said/=shake Oslo/NNP/dobj/shook/GPE ././punct/said
=> claimed

# what is held up has not come
Vale/NNP/nsubj/delayed/PERSON delayed/VBD/ROOT/=delay the/DT/det/release release/NN/dobj/delayed
of/IN/prep/release Hale/NNP/pobj/of/PERSON ././punct/delayed
=> hypothetical

# a part in it that is denied
Vale/NNP/nsubj/denies/PERSON denies/VBZ/ROOT/=deny a/DT/det/part part/NN/dobj/denies in/IN/prep/part
the/DT/det/murder murder/NN/pobj/in of/IN/prep/murder Hale/NNP/pobj/of/PERSON ././punct/denies
=> asserted

# what is put off has not come, though it is the subject
The/DT/det/attack attack/NN/nsubjpass/postponed on/IN/prep/attack Hale/NNP/pobj/on/PERSON by/IN/prep/attack
Kestria/NNP/pobj/by/GPE was/VBD/auxpass/postponed/=be postponed/VBN/ROOT/=postpone ././punct/postponed
=> hypothetical

# what was asked for during it
Vale/NNP/nsubj/urged/PERSON urged/VBD/ROOT/=urge Hale/NNP/dobj/urged/PERSON during/IN/prep/urged
Kestria/NNP/poss/attack/GPE 's/POS/case/Kestria attack/NN/pobj/during on/IN/prep/attack
Oslo/NNP/pobj/on/GPE ././punct/urged
=> asserted

# whose it is, whatever is done about it
Vale/NNP/nsubj/delayed/PERSON delayed/VBD/ROOT/=delay Hale/NNP/poss/proposal/PERSON 's/POS/case/Hale
proposal/NN/dobj/delayed ././punct/delayed
=> asserted

# a plan for it
Vale/NNP/nsubj/praised/PERSON praised/VBD/ROOT/=praise the/DT/det/plan plan/NN/dobj/praised
for/IN/prep/plan an/DT/det/attack attack/NN/pobj/for by/IN/prep/attack Kestria/NNP/pobj/by/GPE
on/IN/prep/attack Hale/NNP/pobj/on/PERSON ././punct/praised
=> hypothetical
"""


@pytest.mark.parametrize(("notation", "expected"), table(STANCES))
def test_what_governs_an_event_tells_whether_it_happened(notation: str, expected: list[str]) -> None:
    nouns = {"arrest", "murder", "death", "release", "attack", "proposal"}
    made = [s for s in read(make(notation)).statements if s.predicate.text in nouns]
    assert [(str(s.modality), s.polarity) for s in made] == [(modality, "positive") for modality in expected]


def test_an_event_has_its_place_and_its_day() -> None:
    doc = make(
        "The/DT/det/death death/NN/nsubj/shocked of/IN/prep/death Hale/NNP/pobj/of/PERSON in/IN/prep/death "
        "Oslo/NNP/pobj/in/GPE on/IN/prep/death Friday/NNP/pobj/on/DATE shocked/VBD/ROOT/=shock "
        "Vale/NNP/dobj/shocked/PERSON ././punct/shocked"
    )
    [death] = [s for s in read(doc).statements if s.predicate.id == "die"]
    assert death.place is not None
    assert death.time is not None
    assert (death.predicate.text, death.place.id, death.time.text) == ("death", "Oslo", "Friday")


def test_an_event_has_the_day_before_it() -> None:
    doc = make(
        "Hale/NNP/nsubj/died/PERSON died/VBD/ROOT/=die after/IN/prep/died Friday/NNP/poss/attack/DATE "
        "'s/POS/case/Friday attack/NN/pobj/after in/IN/prep/attack Oslo/NNP/pobj/in/GPE ././punct/died"
    )
    [attack] = [s for s in read(doc).statements if s.predicate.id == "happen_in"]
    assert attack.time is not None
    assert attack.time.text == "Friday"


def test_of_two_long_lists_no_one_says_who_did_it_to_whom() -> None:
    def listed(prep: str, count: int) -> str:
        first, *others = [f"{prep.title()}{i}" for i in range(count)]
        links = "".join(f" and/CC/cc/{first} {name}/NNP/conj/{first}/ORG" for name in others)
        return f"{prep}/IN/prep/purchase {first}/NNP/pobj/{prep}/ORG{links}"

    def bought(count: int) -> int:
        lists = f"{listed('of', count)} {listed('by', count)}"
        end = "pleased/VBD/ROOT/=please Vale/NNP/dobj/pleased/PERSON"
        return len(_shown(f"The/DT/det/purchase purchase/NN/nsubj/pleased {lists} {end}"))

    assert (bought(2), bought(40)) == (4, 0)


def test_a_noun_stands_in_one_table_of_roles() -> None:
    tables = [lexicon.table("events")[key] for key in RULES]
    names_ = [name for rows in tables for name in rows]
    twice = {name for name in names_ if names_.count(name) > 1}
    assert not twice
