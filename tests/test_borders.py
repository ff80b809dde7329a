"""Clauses with two subjects or none: their border is found before any rule reads the tree."""

from __future__ import annotations

import pytest
from docs import make, shown, table

from graph.text.clauses import clauses
from graph.text.mending import mend

ROWS = """
# a verb taken for the noun that its subject stands before
The/DT/det/erupts Varn/NNP/compound/volcano/LOC volcano/NN/compound/erupts erupts/VBZ/ROOT near/IN/prep/erupts
Oslo/NNP/pobj/near/GPE
=> volcano | erupt near | Oslo

# the same behind after
Ten/CD/nummod/sailors sailors/NNS/nsubjpass/hurt were/VBD/auxpass/hurt hurt/VBN/ROOT after/IN/prep/hurt
a/DT/det/sinks ferry/NN/compound/sinks sinks/VBZ/pobj/after off/IN/prep/sinks Oslo/NNP/pobj/off/GPE
=> sailors | be hurt | -
=> ferry | sink off | Oslo

# a plural behind after
Hale/NNP/nsubj/left/PERSON left/VBD/ROOT/=leave Oslo/NNP/dobj/left/GPE after/IN/prep/left
strike/NN/compound/calls calls/NNS/pobj/after
=> Hale | leave | Oslo + after calls

# the last noun of a phrase before the verb
A/DT/det/ferry ferry/NN/nsubj/sinks full/JJ/amod/ferry of/IN/prep/full grain/NN/compound/sinks
sinks/VBZ/ROOT off/IN/prep/sinks Oslo/NNP/pobj/off/GPE
=> ferry | sink off | Oslo

# who did it, and some of them between commas
Guards/NNS/nsubj/closed ,/,/punct/Guards some/DT/nsubj/closed with/IN/prep/some dogs/NNS/pobj/with
,/,/punct/Guards closed/VBD/ROOT/=close the/DT/det/port port/NN/dobj/closed
=> Guards | close | port

# two that are joined
One/CD/nummod/guard guard/NN/nsubjpass/held and/CC/cc/held two/CD/nummod/sailors sailors/NNS/nsubjpass/held
were/VBD/auxpass/held held/VBN/ROOT/=hold by/IN/agent/held Norvalia/NNP/pobj/by/GPE
=> Norvalia | hold | guard
=> Norvalia | hold | sailors

# a name beside what it is of
Guards/NNS/nsubj/closed of/IN/prep/Guards the/DT/det/union union/NN/pobj/of Varn/NNP/nsubj/closed/ORG
closed/VBD/ROOT/=close the/DT/det/port port/NN/dobj/closed
=> Guards | close | port

# a report that was taken for a participle
The/DT/det/port port/NN/nsubj/was said/VBD/acl/port/=say Friday/NNP/npadvmod/said/DATE the/DT/det/ferry
ferry/NN/nsubj/was was/VBD/ROOT/=be safe/JJ/acomp/was
=> ferry | be safe | -

# a relative pronoun and a subject
Oslo/NNP/nsubj/freed/GPE freed/VBD/ROOT/=free men/NNS/dobj/freed who/WP/nsubj/needs
Vale/NNP/nsubj/needs/PERSON needs/VBZ/relcl/men/=need
=> Oslo | free | men
=> Vale | need | men

# of what is said in a relative clause
Oslo/NNP/nsubj/raised/GPE raised/VBD/ROOT/=raise a/DT/det/fleet fleet/NN/dobj/raised which/WDT/nsubj/says
Vale/NNP/nsubj/says/PERSON says/VBZ/relcl/fleet/=say will/MD/aux/close close/VB/ccomp/says
ports/NNS/dobj/close
=> Oslo | raise | fleet
=> fleet | close | ports

# who each did it
Oslo/NNP/nsubj/fined/GPE fined/VBD/ROOT/=fine ports/NNS/dobj/fined which/WDT/nsubj/closed each/DT/nsubj/closed
closed/VBD/relcl/ports/=close schools/NNS/dobj/closed
=> Oslo | fine | ports
=> ports | close | schools

# in one case
Oslo/NNP/nsubj/fined/GPE fined/VBD/ROOT/=fine ports/NNS/dobj/fined which/WDT/nsubj/closed in/IN/prep/closed
one/CD/nummod/case case/NN/nsubj/closed closed/VBD/relcl/ports/=close schools/NNS/dobj/closed
=> Oslo | fine | ports
=> ports | close | schools + in case

# a bare participle before the verb with a tense
Vale/NNP/nsubj/said/PERSON said/VBD/ROOT/=say ships/NNS/nsubj/built built/VBN/ccomp/said/=build
in/IN/prep/built Oslo/NNP/pobj/in/GPE have/VBP/aux/left left/VBN/ccomp/said/=leave Norvalia/NNP/dobj/left/GPE
=> ships | be built in | Oslo
=> ships | leave | Norvalia

# the subject behind and
Vale/NNP/nsubj/praised/PERSON praised/VBD/ROOT/=praise Oslo/NNP/dobj/praised/GPE and/CC/cc/Oslo
men/NNS/conj/Oslo from/IN/prep/men Norvalia/NNP/pobj/from/GPE were/VBD/auxpass/freed
freed/VBN/conj/praised/=free
=> Vale | praise | Oslo
=> men | be freed | -

# two subjects behind but
Vale/NNP/nsubj/left/PERSON left/VBD/ROOT/=leave Oslo/NNP/dobj/left/GPE but/CC/cc/Oslo guards/NNS/conj/Oslo
and/CC/cc/guards sailors/NNS/conj/guards closed/VBD/conj/left/=close ports/NNS/dobj/closed
=> Vale | leave | Oslo
=> guards | close | ports
=> sailors | close | ports

# a list of which a verb follows the last
Vale/NNP/nsubj/left/PERSON left/VBD/ROOT/=leave Oslo/NNP/dobj/left/GPE and/CC/cc/left sold/VBD/conj/left/=sell
ships/NNS/dobj/sold
=> Vale | leave | Oslo
=> Vale | sell | ships

# what introduces the sentence
In/IN/prep/failed talks/NNS/pobj/In on/IN/prep/talks Oslo/NNP/pobj/on/GPE ,/,/punct/Oslo
Norvalia/NNP/conj/Oslo/GPE and/CC/cc/Norvalia Kestria/NNP/conj/Norvalia/GPE failed/VBD/ROOT/=fail
=> Norvalia | fail | - + in talks
=> Kestria | fail | - + in talks

# who he is between commas
In/IN/prep/jailed Oslo/NNP/pobj/In/GPE ,/,/punct/Oslo Hale/NNP/appos/Oslo/PERSON ,/,/punct/Hale a/DT/det/baker
baker/NN/appos/Hale ,/,/punct/jailed was/VBD/auxpass/jailed jailed/VBN/ROOT/=jail by/IN/agent/jailed
Norvalia/NNP/pobj/by/GPE
=> Norvalia | jail | Hale + in Oslo

# what a comma cuts off from an object
Hale/NNP/nsubj/left/PERSON left/VBD/ROOT/=leave Oslo/NNP/dobj/left/GPE ,/,/punct/left the/DT/det/port
largest/JJS/amod/port port/NN/dobj/left
=> Hale | leave | Oslo

# two that get something
Hale/NNP/nsubj/gave/PERSON gave/VBD/ROOT/=give ports/NNS/dobj/gave ,/,/punct/gave in/IN/prep/gave
Oslo/NNP/pobj/in/GPE ,/,/punct/gave grain/NN/dobj/gave
=> Hale | give | grain + in Oslo + to ports

# of whom a relative clause tells what is said
Oslo/NNP/nsubj/freed/GPE freed/VBD/ROOT/=free men/NNS/dobj/freed it/PRP/nsubj/says says/VBZ/relcl/men/=say
were/VBD/auxpass/held held/VBN/ccomp/says/=hold by/IN/agent/held Vale/NNP/pobj/by/PERSON
=> Oslo | free | men
=> Vale | hold | men

# the same with a pronoun
Oslo/NNP/nsubj/raised/GPE raised/VBD/ROOT/=raise a/DT/det/fleet fleet/NN/dobj/raised which/WDT/dobj/says
it/PRP/nsubj/says says/VBZ/relcl/fleet/=say will/MD/aux/close close/VB/ccomp/says ports/NNS/dobj/close
=> Oslo | raise | fleet
=> fleet | close | ports

# who is kept from doing it
Oslo/NNP/nsubj/bars/GPE bars/VBZ/ROOT/=bar men/NNS/dobj/bars in/IN/prep/men masks/NNS/pobj/in
from/IN/prep/masks entering/VBG/pcomp/from/=enter ports/NNS/dobj/entering
=> Oslo | bar | men
=> men | enter | ports

# the only verb of a clause
The/DT/det/plan plan/NN/ROOT called/VBD/acl/plan/=call for/IN/prep/called peace/NN/pobj/for
=> plan | call for | peace

# a headline without a verb
Two/CD/nummod/guards guards/NNS/ROOT jailed/VBN/acl/guards/=jail in/IN/prep/jailed Oslo/NNP/pobj/in/GPE
=> guards | be jailed in | Oslo

# who did it, behind whose it is
Vale/NNP/nsubjpass/named/PERSON was/VBD/auxpass/named named/VBN/ROOT/=name to/IN/prep/named the/DT/det/court
court/NN/pobj/to by/IN/prep/court Hale/NNP/pobj/by/PERSON
=> Hale | name | Vale + to court

# by whom an attack is made
Vale/NNP/nsubjpass/killed/PERSON was/VBD/auxpass/killed killed/VBN/ROOT/=kill in/IN/prep/killed a/DT/det/raid
raid/NN/pobj/in by/IN/prep/raid Norvalia/NNP/pobj/by/GPE
=> Vale | be killed in | raid

# behind a clause with a tense
Guards/NNS/nsubj/left left/VBD/ROOT/=leave Oslo/NNP/dobj/left/GPE which/WDT/nsubj/sank
sank/VBD/relcl/Oslo/=sink deep/RB/advmod/sank grain/NN/dobj/left
=> Guards | leave | Oslo
=> Oslo | sink | -
"""


@pytest.mark.parametrize(("notation", "expected"), table(ROWS))
def test_clauses(notation: str, expected: list[str]) -> None:
    doc = make(notation)
    mend(doc)
    assert [shown(clause) for clause in clauses(doc)] == expected


@pytest.mark.parametrize("notation", [row.values[0] for row in table(ROWS)])
def test_mending_twice_changes_nothing(notation: str) -> None:
    doc = make(notation)
    mend(doc)
    once = [(token.dep_, token.head.i) for token in doc]
    mend(doc)
    assert [(token.dep_, token.head.i) for token in doc] == once
