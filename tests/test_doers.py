"""Who does what a noun's infinitive or gerund says."""

from __future__ import annotations

import pytest
from docs import each, find, make, table

from graph.text.doers import of_gerund, of_infinitive

GERUNDS = """
# quoted as saying
Oslo/NNP/nsubj/quoted/GPE quoted/VBD/ROOT/=quote Vale/NNP/dobj/quoted/PERSON as/IN/prep/quoted
saying/VBG/pcomp/as/=say so/RB/advmod/saying
=> saying: Vale

# but not as something else
Oslo/NNP/nsubj/quoted/GPE quoted/VBD/ROOT/=quote Vale/NNP/dobj/quoted/PERSON as/IN/prep/quoted
leaving/VBG/pcomp/as/=leave
=> leaving: nobody

# held on charges
Vale/NNP/nsubjpass/held/PERSON was/VBD/auxpass/held held/VBN/ROOT/=hold on/IN/prep/held
charges/NNS/pobj/on/=charge of/IN/prep/charges selling/VBG/pcomp/of/=sell it/PRP/dobj/selling
=> selling: held

# whom others hold on them
Oslo/NNP/nsubj/held/GPE held/VBD/ROOT/=hold Vale/NNP/dobj/held/PERSON on/IN/prep/held
suspicion/NN/pobj/on of/IN/prep/suspicion selling/VBG/pcomp/of/=sell it/PRP/dobj/selling
=> selling: Vale

# where the parse hangs the charges on the accused
Oslo/NNP/nsubj/sentenced/GPE sentenced/VBD/ROOT/=sentence a/DT/det/man man/NN/dobj/sentenced on/IN/prep/man
charges/NNS/pobj/on/=charge of/IN/prep/charges selling/VBG/pcomp/of/=sell it/PRP/dobj/selling
=> selling: man

# facing them
Vale/NNP/nsubj/faces/PERSON faces/VBZ/ROOT/=face charges/NNS/dobj/faces/=charge of/IN/prep/charges
selling/VBG/pcomp/of/=sell it/PRP/dobj/selling
=> selling: faces

# who brings them
Vale/NNP/nsubj/filed/PERSON filed/VBD/ROOT/=file charges/NNS/dobj/filed/=charge of/IN/prep/charges
selling/VBG/pcomp/of/=sell it/PRP/dobj/selling
=> selling: nobody

# a role
Vale/NNP/nsubj/played/PERSON played/VBD/ROOT/=play a/DT/det/role role/NN/dobj/played in/IN/prep/role
selling/VBG/pcomp/in/=sell it/PRP/dobj/selling
=> selling: played

# what it can do
A/DT/det/ship ship/NN/nsubj/is is/VBZ/ROOT/=be capable/JJ/acomp/is of/IN/prep/capable
carrying/VBG/pcomp/of/=carry oil/NN/dobj/carrying
=> carrying: is

# what can do it
Oslo/NNP/nsubj/built/GPE built/VBD/ROOT/=build a/DT/det/ship ship/NN/dobj/built capable/JJ/amod/ship
of/IN/prep/capable carrying/VBG/pcomp/of/=carry oil/NN/dobj/carrying
=> carrying: ship
"""


@pytest.mark.parametrize(("text", "expected"), table(GERUNDS))
def test_of_a_gerund(text: str, expected: list[str]) -> None:
    doc = make(text)
    for verb, who in each(expected):
        found = of_gerund(find(doc, verb))
        assert (found.text if found is not None else "nobody") == who


INFINITIVES = """
# a bid
Vale/NNP/nsubj/toured/PERSON toured/VBD/ROOT/=tour Oslo/NNP/dobj/toured/GPE in/IN/prep/toured a/DT/det/bid
bid/NN/pobj/in to/TO/aux/win win/VB/acl/bid votes/NNS/dobj/win
=> win: toured

# a bid that hangs on the object
Vale/NNP/nsubj/made/PERSON made/VBD/ROOT/=make a/DT/det/tour tour/NN/dobj/made in/IN/prep/tour a/DT/det/bid
bid/NN/pobj/in to/TO/aux/win win/VB/acl/bid votes/NNS/dobj/win
=> win: made

# nobody is told to have made it
Oslo/NNP/nsubjpass/closed/GPE was/VBD/auxpass/closed closed/VBN/ROOT/=close in/IN/prep/closed a/DT/det/bid
bid/NN/pobj/in to/TO/aux/win win/VB/acl/bid votes/NNS/dobj/win
=> win: nobody

# a right that is given
The/DT/det/law law/NN/nsubj/gave gave/VBD/ROOT/=give Oslo/NNP/dative/gave/GPE the/DT/det/right
right/NN/dobj/gave to/TO/aux/sell sell/VB/acl/right it/PRP/dobj/sell
=> sell: Oslo

# to whom
The/DT/det/law law/NN/nsubj/gave gave/VBD/ROOT/=give power/NN/dobj/gave to/IN/dative/gave
Oslo/NNP/pobj/to#1/GPE to/TO/aux/sell sell/VB/acl/power it/PRP/dobj/sell
=> sell: Oslo

# who was given it
Oslo/NNP/nsubjpass/given/GPE was/VBD/auxpass/given given/VBN/ROOT/=give permission/NN/dobj/given
to/TO/aux/sell sell/VB/acl/permission it/PRP/dobj/sell
=> sell: given

# a wish and a deal of one's own
Vale/NNP/nsubj/voiced/PERSON voiced/VBD/ROOT/=voice a/DT/det/wish wish/NN/dobj/voiced to/TO/aux/sell
sell/VB/acl/wish it/PRP/dobj/sell
=> sell: voiced

# a plan of others
Vale/NNP/nsubj/rejected/PERSON rejected/VBD/ROOT/=reject a/DT/det/plan plan/NN/dobj/rejected to/TO/aux/sell
sell/VB/acl/plan it/PRP/dobj/sell
=> sell: nobody

# the first
Vale/NNP/nsubj/became/PERSON became/VBD/ROOT/=become the/DT/det/woman first/JJ/amod/woman woman/NN/attr/became
to/TO/aux/win win/VB/relcl/woman it/PRP/dobj/win
=> win: became

# one of the first
Vale/NNP/nsubj/is/PERSON is/VBZ/ROOT/=be one/CD/attr/is of/IN/prep/one the/DT/det/women first/JJ/amod/women
women/NNS/pobj/of/=woman to/TO/aux/win win/VB/relcl/women it/PRP/dobj/win
=> win: is

# the first, beside a name
Vale/NNP/nsubj/left/PERSON ,/,/punct/Vale the/DT/det/woman first/JJ/amod/woman woman/NN/appos/Vale
to/TO/aux/win win/VB/relcl/woman it/PRP/dobj/win left/VBD/ROOT/=leave
=> win: Vale

# the best to do it has not done it
Vale/NNP/nsubj/is/PERSON is/VBZ/ROOT/=be the/DT/det/woman best/JJS/amod/woman woman/NN/attr/is
to/TO/aux/win win/VB/relcl/woman it/PRP/dobj/win
=> win: nobody
"""


@pytest.mark.parametrize(("text", "expected"), table(INFINITIVES))
def test_of_an_infinitive(text: str, expected: list[str]) -> None:
    doc = make(text)
    for verb, who in each(expected):
        found = of_infinitive(find(doc, verb))
        assert (found.text if found is not None else "nobody") == who
