"""What someone is and how someone is: lists, peoples, and adjectives that say too little alone."""

from __future__ import annotations

import pytest
from docs import make, shown, table

from graph.text.clauses import clauses

ROWS = """
# what many are together
The/DT/det/members members/NNS/nsubj/are are/VBP/ROOT/=be Oslo/NNP/attr/are/GPE and/CC/cc/Oslo
Bergen/NNP/conj/Oslo/GPE

# what one is, twice
Hale/NNP/nsubj/is/PERSON is/VBZ/ROOT/=be a/DT/det/sailor sailor/NN/attr/is and/CC/cc/sailor
poet/NN/conj/sailor
=> Hale | be | sailor
=> Hale | be | poet

# what many are, each of them
The/DT/det/members members/NNS/nsubj/are are/VBP/ROOT/=be sailors/NNS/attr/are and/CC/cc/sailors
poets/NNS/conj/sailors
=> members | be | sailors
=> members | be | poets

# the first of a people
Hale/NNP/nsubj/became/PERSON became/VBD/ROOT/=become the/DT/det/Kestrian first/JJ/amod/Kestrian
Kestrian/NNP/attr/became/NORP

# one of a people
Hale/NNP/nsubj/is/PERSON is/VBZ/ROOT/=be a/DT/det/Kestrian Kestrian/NNP/attr/is/NORP
=> Hale | be | Kestrian

# an adjective that says too little
Hale/NNP/nsubj/is/PERSON is/VBZ/ROOT/=be responsible/JJ/acomp/is

# the same with what it asks for
Hale/NNP/nsubj/is/PERSON is/VBZ/ROOT/=be responsible/JJ/acomp/is for/IN/prep/responsible
ports/NNS/pobj/for
=> Hale | be responsible for | ports

# an adjective that says enough
The/DT/det/port port/NN/nsubj/is is/VBZ/ROOT/=be safe/JJ/acomp/is
=> port | be safe | -

# up by so much
Oil/NN/nsubj/was was/VBD/ROOT/=be up/RB/advmod/was 2/CD/nummod/dollars/MONEY dollars/NNS/attr/was/MONEY
=> Oil | be up | dollars

# over for someone
The/DT/det/race race/NN/nsubj/is is/VBZ/ROOT/=be over/RB/advmod/is for/IN/prep/is Hale/NNP/pobj/for/PERSON
=> race | be over for | Hale

# what is to be is no place
Hale/NNP/nsubj/is/PERSON is/VBZ/ROOT/=be to/TO/aux/leave leave/VB/xcomp/is Oslo/NNP/dobj/leave/GPE
with/IN/prep/is Vale/NNP/pobj/with/PERSON
=> Hale | leave | Oslo

# the worst, of what
The/DT/det/storm storm/NN/nsubj/is is/VBZ/ROOT/=be the/DT/det/worst worst/JJS/acomp/is

# the largest, of a place that only the first noun has
Oslo/NNP/nsubj/is/GPE is/VBZ/ROOT/=be Kestria/NNP/poss/port/GPE 's/POS/case/Kestria oldest/JJS/amod/port
port/NN/attr/is and/CC/cc/port largest/JJS/amod/town town/NN/conj/port
=> Oslo | be | port

# two adjectives, and what the second asks for
Ships/NNS/nsubj/are are/VBP/ROOT/=be old/JJ/acomp/are and/CC/cc/old vulnerable/JJ/conj/old
to/IN/prep/vulnerable
storms/NNS/pobj/to
=> Ships | be vulnerable to | storms

# one of many, whom only the next clause picks out
Hale/NNP/nsubj/is/PERSON is/VBZ/ROOT/=be the/DT/det/sailor sailor/NN/attr/is Vale/NNP/nsubj/paid/PERSON
paid/VBD/relcl/sailor/=pay
=> Vale | pay | sailor

# one of whom more is told
Hale/NNP/nsubj/is/PERSON is/VBZ/ROOT/=be a/DT/det/sailor sailor/NN/attr/is who/WP/nsubj/left
left/VBD/relcl/sailor/=leave
=> Hale | be | sailor
=> sailor | leave | -
"""


@pytest.mark.parametrize(("notation", "expected"), table(ROWS))
def test_clauses(notation: str, expected: list[str]) -> None:
    assert [shown(clause) for clause in clauses(make(notation))] == expected
