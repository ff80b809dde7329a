"""Edges to those whom a clause reaches beyond its object."""

from __future__ import annotations

import pytest
from docs import make, shown, table

from graph.text.beyond import beyond
from graph.text.clauses import clauses

ROWS = """
# recipient
Hale/NNP/nsubj/sent/PERSON sent/VBD/ROOT/=send troops/NNS/dobj/sent to/IN/prep/sent Kestria/NNP/pobj/to/GPE
=> Hale | send to | Kestria + object troops

# source
Hale/NNP/nsubj/took/PERSON took/VBD/ROOT/=take ships/NNS/dobj/took from/IN/prep/took Kestria/NNP/pobj/from/GPE
and/CC/cc/Kestria Oslo/NNP/conj/Kestria/GPE
=> Hale | take from | Kestria + object ships
=> Hale | take from | Oslo + object ships

# through a noun
Hale/NNP/nsubj/rejected/PERSON rejected/VBD/ROOT/=reject the/DT/det/proposal proposal/NN/dobj/rejected
by/IN/prep/proposal Vale/NNP/pobj/by/PERSON
=> Hale | reject proposal by | Vale

# of
Hale/NNP/nsubj/demanded/PERSON demanded/VBD/ROOT/=demand the/DT/det/release release/NN/dobj/demanded
of/IN/prep/release Vale/NNP/pobj/of/PERSON
=> Hale | demand release of | Vale

# a verb that says nothing of it without its object
Hale/NNP/nsubj/curbed/PERSON curbed/VBD/ROOT/=curb its/PRP$/poss/trade trade/NN/dobj/curbed
with/IN/prep/curbed Kestria/NNP/pobj/with/GPE

# one of two
Hale/NNP/nsubj/started/PERSON started/VBD/ROOT/=start a/DT/det/war war/NN/dobj/started between/IN/prep/war
Kestria/NNP/pobj/between/GPE and/CC/cc/Kestria Norvalia/NNP/conj/Kestria/GPE

# where it happens is no one
Hale/NNP/nsubj/sold/PERSON sold/VBD/ROOT/=sell ships/NNS/dobj/sold in/IN/prep/sold Oslo/NNP/pobj/in/GPE

# what stands before the verb
With/IN/prep/sold Vale/NNP/pobj/With/PERSON ,/,/punct/sold Hale/NNP/nsubj/sold/PERSON sold/VBD/ROOT/=sell
ships/NNS/dobj/sold

# a thing
Hale/NNP/nsubj/sold/PERSON sold/VBD/ROOT/=sell ships/NNS/dobj/sold for/IN/prep/sold scrap/NN/pobj/for

# someone's thing
Hale/NNP/nsubj/rejected/PERSON rejected/VBD/ROOT/=reject Berg/NNP/poss/plan/PERSON 's/POS/case/Berg
plan/NN/dobj/rejected for/IN/prep/plan Oslo/NNP/pobj/for/GPE

# what one has who is meant by a pronoun
Hale/NNP/nsubj/sold/PERSON sold/VBD/ROOT/=sell her/PRP$/poss/ship ship/NN/dobj/sold
=> her | ship | ship

# no thing
Hale/NNP/nsubj/made/PERSON made/VBD/ROOT/=make her/PRP$/poss/decision decision/NN/dobj/made

# what something is called
Hale/NNP/nsubj/called/PERSON called/VBD/ROOT/=call it/PRP/nsubj/attack an/DT/det/attack attack/NN/dobj/called
on/IN/prep/attack Kestria/NNP/pobj/on/GPE

# a share of someone
Hale/NNP/nsubj/demanded/PERSON demanded/VBD/ROOT/=demand ten/CD/nummod/percent/PERCENT
percent/NN/dobj/demanded/PERCENT of/IN/prep/percent Vale/NNP/pobj/of/PERSON
"""


@pytest.mark.parametrize(("text", "expected"), table(ROWS))
def test_beyond(text: str, expected: list[str]) -> None:
    assert [shown(found) for clause in clauses(make(text)) for found in beyond(clause)] == expected
