"""Clauses of passives, copulas and adjectives."""

from __future__ import annotations

import pytest
from docs import make, shown, table

from graph.text.clauses import clauses

ROWS = """
# passive with an agent
The/DT/det/port port/NN/nsubjpass/seized was/VBD/auxpass/seized/=be seized/VBN/ROOT/=seize
by/IN/agent/seized Kestria/NNP/pobj/by/GPE
=> Kestria | seize | port

# passive without
The/DT/det/port port/NN/nsubjpass/seized was/VBD/auxpass/seized/=be seized/VBN/ROOT/=seize
=> port | be seized | -

# passive by force
The/DT/det/port port/NN/nsubjpass/seized was/VBD/auxpass/seized/=be seized/VBN/ROOT/=seize
by/IN/agent/seized force/NN/pobj/by
=> port | be seized | - + by force

# passive with a shared auxiliary
Hale/NNP/nsubjpass/arrested/PERSON was/VBD/auxpass/arrested/=be arrested/VBN/ROOT/=arrest
in/IN/prep/arrested Oslo/NNP/pobj/in/GPE and/CC/cc/arrested charged/VBN/conj/arrested/=charge
with/IN/prep/charged theft/NN/pobj/with
=> Hale | be arrested in | Oslo
=> Hale | be charged with | theft

# passive participle
The/DT/det/ships ships/NNS/nsubj/carried seized/VBN/acl/ships/=seize by/IN/agent/seized
Kestria/NNP/pobj/by/GPE carried/VBD/ROOT/=carry grain/NN/dobj/carried
=> Kestria | seize | ships
=> ships | carry | grain

# passive participle with a wrong tag
The/DT/det/ships ships/NNS/nsubj/carried seized/VBD/acl/ships/=seize in/IN/prep/seized Oslo/NNP/pobj/in/GPE
carried/VBD/ROOT/=carry grain/NN/dobj/carried
=> ships | be seized in | Oslo
=> ships | carry | grain

# passive with an object
Hale/NNP/nsubjpass/given/PERSON was/VBD/auxpass/given/=be given/VBN/ROOT/=give a/DT/det/medal
medal/NN/dobj/given
=> Hale | be given | medal

# passive with an object and an agent
Hale/NNP/nsubjpass/given/PERSON was/VBD/auxpass/given/=be given/VBN/ROOT/=give a/DT/det/medal
medal/NN/dobj/given by/IN/agent/given Nordane/NNP/pobj/by/ORG
=> Nordane | give | medal + to Hale

# passive with a complement
Anna/NNP/compound/Berg/PERSON Berg/NNP/nsubjpass/elected/PERSON was/VBD/auxpass/elected/=be
elected/VBN/ROOT/=elect mayor/NN/oprd/elected in/IN/prep/mayor Oslo/NNP/pobj/in/GPE
=> Berg | be elected mayor in | Oslo

# passive with an adjective
Hale/NNP/nsubjpass/found/PERSON was/VBD/auxpass/found/=be found/VBN/ROOT/=find guilty/JJ/oprd/found
of/IN/prep/guilty murder/NN/pobj/of
=> Hale | be found guilty of | murder

# copula
Hale/NNP/nsubj/is/PERSON is/VBZ/ROOT/=be the/DT/det/mayor mayor/NN/attr/is of/IN/prep/mayor
Oslo/NNP/pobj/of/GPE
=> Hale | be | mayor

# become
Hale/NNP/nsubj/became/PERSON became/VBD/ROOT/=become the/DT/det/mayor mayor/NN/attr/became
=> Hale | become | mayor

# copula, coordinated
Hale/NNP/nsubj/is/PERSON is/VBZ/ROOT/=be a/DT/det/lawyer lawyer/NN/attr/is and/CC/cc/lawyer a/DT/det/poet
poet/NN/conj/lawyer
=> Hale | be | lawyer
=> Hale | be | poet

# adjective
Hale/NNP/nsubj/is/PERSON is/VBZ/ROOT/=be neutral/JJ/acomp/is
=> Hale | be neutral | -

# adjective with a preposition
Hale/NNP/nsubj/is/PERSON is/VBZ/ROOT/=be guilty/JJ/acomp/is of/IN/prep/guilty theft/NN/pobj/of
=> Hale | be guilty of | theft

# adjective of another verb
Hale/NNP/nsubj/remained/PERSON remained/VBD/ROOT/=remain silent/JJ/acomp/remained
=> Hale | remain silent | -

# adjective that governs a clause
Hale/NNP/nsubj/is/PERSON is/VBZ/ROOT/=be ready/JJ/acomp/is to/TO/aux/leave leave/VB/xcomp/ready
=> Hale | leave | -

# place
Hale/NNP/nsubj/is/PERSON is/VBZ/ROOT/=be in/IN/prep/is Oslo/NNP/pobj/in/GPE
=> Hale | be in | Oslo

# expletive
There/EX/expl/is is/VBZ/ROOT/=be a/DT/det/port port/NN/attr/is in/IN/prep/port Oslo/NNP/pobj/in/GPE

# passive by a measure
The/DT/det/port port/NN/nsubjpass/widened was/VBD/auxpass/widened/=be widened/VBN/ROOT/=widen
by/IN/agent/widened 40/CD/nummod/metres/QUANTITY metres/NNS/pobj/by/QUANTITY
=> port | be widened | - + by metres

# passive that shares the copula
Hale/NNP/nsubj/is/PERSON is/VBZ/ROOT/=be missing/JJ/acomp/is and/CC/cc/is presumed/VBN/conj/is/=presume
dead/JJ/oprd/presumed
=> Hale | be missing | -
=> Hale | be presumed dead | -

# by one, but not by the other
The/DT/det/ships ships/NNS/nsubjpass/sold were/VBD/auxpass/sold/=be sold/VBN/ROOT/=sell by/IN/agent/sold
Hale/NNP/pobj/by#1/PERSON but/CC/cc/sold not/RB/neg/by#2 by/IN/agent/sold Vale/NNP/pobj/by#2/PERSON
=> Hale | sell | ships

# known for what follows
Hale/NNP/nsubjpass/known/PERSON is/VBZ/auxpass/known/=be known/VBN/ROOT/=know for/IN/prep/known
selling/VBG/pcomp/for/=sell ships/NNS/dobj/selling
=> Hale | sell | ships

# charged, whatever for
Hale/NNP/nsubjpass/charged/PERSON was/VBD/auxpass/charged/=be charged/VBN/ROOT/=charge for/IN/prep/charged
selling/VBG/pcomp/for/=sell ships/NNS/dobj/selling
=> Hale | be charged | -
=> Hale | sell | ships

# called something else
Hale/NNP/nsubjpass/called/PERSON was/VBD/auxpass/called/=be called/VBN/ROOT/=call a/DT/det/rebel
rebel/NN/oprd/called
=> Hale | be called | rebel

# taken ill
Hale/NNP/nsubjpass/taken/PERSON was/VBD/auxpass/taken/=be taken/VBN/ROOT/=take ill/JJ/acomp/taken
=> Hale | be taken ill | -

# a preposition left behind
Vale/NNP/nsubjpass/dealt/PERSON was/VBD/auxpass/dealt/=be dealt/VBN/ROOT/=deal with/IN/prep/dealt
at/IN/prep/dealt sea/NN/pobj/at
=> Vale | be dealt with at | sea

# on which something was done
Ships/NNS/nsubj/sank on/IN/prep/kept which/WDT/pobj/on oil/NN/nsubjpass/kept was/VBD/auxpass/kept/=be
kept/VBN/relcl/Ships/=keep sank/VBD/ROOT/=sink
=> Ships | sink | -

# aged
Hale/NNP/nsubjpass/aged/PERSON was/VBD/auxpass/aged/=be aged/VBN/ROOT/=age 40/CD/npadvmod/aged

# capable of what follows
Ships/NNS/nsubj/are are/VBP/ROOT/=be capable/JJ/acomp/are of/IN/prep/capable sinking/VBG/pcomp/of/=sink
ports/NNS/dobj/sinking
=> Ships | sink | ports

# how old
Hale/NNP/nsubj/is/PERSON is/VBZ/ROOT/=be 45/CD/nummod/years years/NNS/npadvmod/old old/JJ/acomp/is

# called something
The/DT/det/invention invention/NN/nsubj/sells ,/,/punct/invention called/VBD/acl/invention/=call
Astrid/NNP/dobj/called/PRODUCT ,/,/punct/invention sells/VBZ/ROOT/=sell ships/NNS/dobj/sells
=> invention | be called | Astrid
=> invention | sell | ships

# paid more than others
Hale/NNP/nsubjpass/paid/PERSON was/VBD/auxpass/paid/=be paid/VBN/ROOT/=pay more/RBR/advmod/paid
than/IN/prep/more
sailors/NNS/pobj/than

# how far, and not from where
The/DT/det/port port/NN/nsubjpass/located is/VBZ/auxpass/located/=be located/VBN/ROOT/=locate
six/CD/nummod/miles/QUANTITY miles/NNS/dobj/located/QUANTITY
"""


@pytest.mark.parametrize(("notation", "expected"), table(ROWS))
def test_clauses(notation: str, expected: list[str]) -> None:
    assert [shown(clause) for clause in clauses(make(notation))] == expected
