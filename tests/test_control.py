"""Whose doing an infinitive or a gerund is: the object's or the subject's."""

from __future__ import annotations

import pytest
from docs import each, find, make, table

from graph.text.subjects import subjects

ROWS = """
# task with
Vale/NNP/nsubj/tasked/PERSON tasked/VBD/ROOT/=task Hale/NNP/dobj/tasked/PERSON with/IN/prep/tasked
selling/VBG/pcomp/with/=sell the/DT/det/ships ships/NNS/dobj/selling
=> selling: Hale (control)

# clear of
A/DT/det/court court/NN/nsubj/cleared cleared/VBD/ROOT/=clear Hale/NNP/dobj/cleared/PERSON of/IN/prep/Hale
selling/VBG/pcomp/of/=sell the/DT/det/ships ships/NNS/dobj/selling
=> selling: Hale (control)

# accuse the sides of something of
Vale/NNP/nsubj/accused/PERSON accused/VBD/ROOT/=accuse both/DT/det/sides sides/NNS/dobj/accused
of/IN/prep/sides the/DT/det/war war/NN/pobj/of#1 of/IN/prep/war selling/VBG/pcomp/of#2/=sell
ships/NNS/dobj/selling
=> selling: sides (control)

# charge with counts of
Vale/NNP/nsubj/charged/PERSON charged/VBD/ROOT/=charge Hale/NNP/dobj/charged/PERSON with/IN/prep/charged
two/CD/nummod/counts counts/NNS/pobj/with of/IN/prep/counts selling/VBG/pcomp/of/=sell ships/NNS/dobj/selling
=> selling: Hale (control)

# deployed to guard, as if it were a purpose
Kestria/NNP/nsubj/deployed/GPE deployed/VBD/ROOT/=deploy troops/NNS/dobj/deployed to/TO/aux/guard
guard/VB/advcl/deployed ports/NNS/dobj/guard
=> guard: troops (control)

# urged to leave, as if it were a purpose
Vale/NNP/nsubj/urged/PERSON urged/VBD/ROOT/=urge Kestria/NNP/dobj/urged/GPE to/TO/aux/leave
leave/VB/advcl/urged Oslo/NNP/dobj/leave/GPE
=> leave: Kestria (control)

# ordered something for a purpose
Vale/NNP/nsubj/ordered/PERSON ordered/VBD/ROOT/=order ships/NNS/dobj/ordered to/TO/aux/leave
leave/VB/advcl/ordered Oslo/NNP/dobj/leave/GPE
=> leave: Vale (advcl)

# chosen to be closed
Vale/NNP/nsubj/chose/PERSON chose/VBD/ROOT/=choose a/DT/det/port port/NN/dobj/chose to/TO/aux/closed
be/VB/auxpass/closed closed/VBN/advcl/chose/=close
=> closed: port (control)

# and last year did something
Vale/NNP/nsubj/sold/PERSON sold/VBD/ROOT/=sell ships/NNS/dobj/sold and/CC/cc/sold last/JJ/amod/year/DATE
year/NN/nsubj/bought/DATE bought/VBD/conj/sold/=buy ports/NNS/dobj/bought
=> bought: Vale (conj)

# made ready to go
Hale/NNP/nsubj/made/PERSON made/VBD/ROOT/=make the/DT/det/ships ships/NNS/dobj/made ready/JJ/oprd/made
to/TO/aux/leave leave/VB/xcomp/ready Oslo/NNP/dobj/leave/GPE
=> leave: ships (control)

# made ready to go, as a clause
Hale/NNP/nsubj/made/PERSON made/VBD/ROOT/=make ships/NNS/nsubj/ready ready/JJ/ccomp/made to/TO/aux/leave
leave/VB/xcomp/ready Oslo/NNP/dobj/leave/GPE
=> leave: ships (control)

# is ready to go
Hale/NNP/nsubj/is/PERSON is/VBZ/ROOT/=be ready/JJ/acomp/is to/TO/aux/leave leave/VB/xcomp/ready
Oslo/NNP/dobj/leave/GPE
=> leave: Hale (xcomp)

# reporters from a country, who
Reporters/NNS/nsubj/left from/IN/prep/Reporters the/DT/det/country country/NN/pobj/from who/WP/nsubj/won
won/VBD/relcl/country/=win prizes/NNS/dobj/won left/VBD/ROOT/=leave
=> won: Reporters (relative)

# train, with what looks like a purpose
Kestria/NNP/nsubj/trained/GPE trained/VBD/ROOT/=train dogs/NNS/dobj/trained to/TO/aux/find
find/VB/advcl/trained mines/NNS/dobj/find
=> find: dogs (control)

# pay someone
Nordane/NNP/nsubj/paid/ORG paid/VBD/ROOT/=pay doctors/NNS/dobj/paid/=doctor to/TO/aux/find
find/VB/advcl/paid patients/NNS/dobj/find
=> find: doctors (control)

# pay something
Nordane/NNP/nsubj/paid/ORG paid/VBD/ROOT/=pay bribes/NNS/dobj/paid to/TO/aux/win win/VB/xcomp/paid
ships/NNS/dobj/win
=> win: Nordane (xcomp)

# clear someone to do it
Judges/NNS/nsubj/cleared cleared/VBD/ROOT/=clear Hale/NNP/dobj/cleared/PERSON to/TO/aux/leave
leave/VB/xcomp/cleared Oslo/NNP/dobj/leave/GPE
=> leave: Hale (control)

# what is caused, as if it were a purpose
A/DT/det/storm storm/NN/nsubj/caused caused/VBD/ROOT/=cause ships/NNS/dobj/caused ,/,/punct/caused
to/TO/aux/sink
sink/VB/advcl/caused
=> sink: ships (control)

# demanded of someone
Vale/NNP/nsubj/demanded/PERSON demanded/VBD/ROOT/=demand of/IN/prep/demanded Hale/NNP/pobj/of/PERSON
to/TO/aux/leave leave/VB/advcl/demanded
=> leave: Hale (control)
"""


@pytest.mark.parametrize(("notation", "expected"), table(ROWS))
def test_subjects(notation: str, expected: list[str]) -> None:
    doc = make(notation)
    for verb, who in each(expected):
        assert ", ".join(f"{s.token.text} ({s.rule})" for s in subjects(find(doc, verb))) == who
