"""What a verb says of its object, and verbs that say nothing without one."""

from __future__ import annotations

import pytest
from docs import make, shown, table

from graph.text.clauses import clauses

ROWS = """
# what the object is called
Hale/NNP/nsubj/called/PERSON called/VBD/ROOT/=call the/DT/det/plan plan/NN/dobj/called unwise/JJ/oprd/called
=> Hale | call unwise | plan

# what the object is made
Storms/NNS/nsubj/left left/VBD/ROOT/=leave ten/CD/nummod/sailors sailors/NNS/dobj/left dead/JJ/oprd/left
=> Storms | leave dead | sailors

# a complement of two words
Hale/NNP/nsubj/called/PERSON called/VBD/ROOT/=call the/DT/det/plan plan/NN/dobj/called a/DT/det/idea
bad/JJ/amod/idea idea/NN/oprd/called
=> Hale | call bad idea | plan

# a complement that goes on
Hale/NNP/nsubj/left/PERSON left/VBD/ROOT/=leave Vale/NNP/dobj/left/PERSON free/JJ/oprd/left
to/TO/aux/go go/VB/xcomp/free

# described as something
Hale/NNP/nsubj/described/PERSON described/VBD/ROOT/=describe the/DT/det/plan plan/NN/dobj/described
as/IN/prep/described unwise/JJ/amod/as
=> Hale | describe as unwise | plan

# described as something that goes on
Hale/NNP/nsubj/described/PERSON described/VBD/ROOT/=describe the/DT/det/plan plan/NN/dobj/described
as/IN/prep/described a/DT/det/way way/NN/pobj/as of/IN/prep/way life/NN/pobj/of

# a vague complement
Hale/NNP/nsubj/called/PERSON called/VBD/ROOT/=call the/DT/det/plan plan/NN/dobj/called a/DT/det/one
bad/JJ/amod/one one/NN/oprd/called

# a name for a complement
Hale/NNP/nsubj/called/PERSON called/VBD/ROOT/=call the/DT/det/ship ship/NN/dobj/called Astrid/NNP/oprd/called

# appointed, whatever to
Vale/NNP/nsubj/named/PERSON named/VBD/ROOT/=name Hale/NNP/dobj/named/PERSON mayor/NN/oprd/named
=> Vale | name | Hale

# made so by someone
Sailors/NNS/nsubjpass/left were/VBD/auxpass/left/=be left/VBN/ROOT/=leave homeless/JJ/oprd/left
by/IN/agent/left the/DT/det/storm storm/NN/pobj/by
=> storm | leave homeless | Sailors

# who gets it, as one more object
Kestria/NNP/nsubj/gave/GPE gave/VBD/ROOT/=give the/DT/det/city city/NN/dobj/gave two/CD/nummod/ships
ships/NNS/dobj/gave
=> Kestria | give | ships + to city

# two objects of a verb that gives nothing
Hale/NNP/nsubj/saw/PERSON saw/VBD/ROOT/=see Oslo/NNP/dobj/saw/GPE ,/,/punct/saw ships/NNS/dobj/saw
=> Hale | see | Oslo
=> Hale | see | ships

# what the verb asks for, hung on its object
Police/NNS/nsubj/blamed blamed/VBD/ROOT/=blame the/DT/det/fire fire/NN/dobj/blamed on/IN/prep/fire
Hale/NNP/pobj/on/PERSON
=> Police | blame | fire + on Hale

# the last of two that the verb may ask for
Police/NNS/nsubj/accused accused/VBD/ROOT/=accuse members/NNS/dobj/accused of/IN/prep/members
parties/NNS/pobj/of#1 of/IN/prep/members theft/NN/pobj/of#2
=> Police | accuse | members + of theft

# what is of someone
Police/NNS/nsubj/accused accused/VBD/ROOT/=accuse members/NNS/dobj/accused of/IN/prep/members
Nordane/NNP/pobj/of/ORG
=> Police | accuse | members

# what no verb asks for
Police/NNS/nsubj/saw saw/VBD/ROOT/=see the/DT/det/fire fire/NN/dobj/saw on/IN/prep/fire Hill/NNP/pobj/on/LOC
=> Police | see | fire

# a participle taken for a clause
Divers/NNS/nsubj/said said/VBD/ROOT/=say ships/NNS/nsubj/found found/VBD/ccomp/said/=find in/IN/prep/found
Oslo/NNP/pobj/in/GPE

# a passive without its auxiliary
Two/CD/nsubjpass/killed were/VBD/auxpass/killed/=be killed/VBN/ROOT/=kill and/CC/cc/killed
dozens/NNS/nsubj/wounded wounded/VBD/conj/killed/=wound in/IN/prep/wounded Oslo/NNP/pobj/in/GPE
=> Two | be killed | -
=> dozens | be wounded in | Oslo

# not where the second verb has an object
Two/CD/nsubjpass/killed were/VBD/auxpass/killed/=be killed/VBN/ROOT/=kill and/CC/cc/killed
Hale/NNP/nsubj/found/PERSON found/VBD/conj/killed/=find ships/NNS/dobj/found
=> Two | be killed | -
=> Hale | find | ships

# a past tense hung on the noun before it
Batons/NNS/nsubj/broke scuffled/VBD/acl/Batons/=capsize in/IN/prep/scuffled Oslo/NNP/pobj/in/GPE
broke/VBD/ROOT/=break the/DT/det/glass glass/NN/dobj/broke
=> Batons | break | glass

# aimed at what follows
The/DT/det/law law/NN/nsubjpass/aimed is/VBZ/auxpass/aimed/=be aimed/VBN/ROOT/=aim at/IN/prep/aimed
ending/VBG/pcomp/at/=end wars/NNS/dobj/ending
=> law | end | wars

# aimed at something
The/DT/det/law law/NN/nsubjpass/aimed is/VBZ/auxpass/aimed/=be aimed/VBN/ROOT/=aim at/IN/prep/aimed
smugglers/NNS/pobj/at
=> law | be aimed at | smugglers

# tested positive
Hale/NNP/nsubj/tested/PERSON tested/VBD/ROOT/=test positive/JJ/acomp/tested for/IN/prep/tested
measles/NNS/pobj/for
=> Hale | test positive for | measles

# ran aground
The/DT/det/ship ship/NN/nsubj/ran ran/VBD/ROOT/=run aground/RB/advmod/ran
=> ship | run aground | -

# fell apart
The/DT/det/pact pact/NN/nsubj/fell fell/VBD/ROOT/=fall apart/RB/advmod/fell in/IN/prep/fell
Oslo/NNP/pobj/in/GPE
=> pact | fall apart in | Oslo

# called for what others are to do
Vale/NNP/nsubj/called/PERSON called/VBD/ROOT/=call for/IN/prep/called closing/VBG/pcomp/for/=close
ports/NNS/dobj/closing

# voted against what follows
Hale/NNP/nsubj/voted/PERSON voted/VBD/ROOT/=vote against/IN/prep/voted selling/VBG/pcomp/against/=sell
ships/NNS/dobj/selling

# resigned while someone else does something
Hale/NNP/nsubj/resigned/PERSON resigned/VBD/ROOT/=resign with/IN/prep/resigned Vale/NNP/nsubj/leaving/PERSON
leaving/VBG/pcomp/with/=leave Oslo/NNP/dobj/leaving/GPE
=> Hale | resign | -
=> Vale | leave | Oslo

# taken, wherever to
Hale/NNP/nsubjpass/taken/PERSON was/VBD/auxpass/taken/=be taken/VBN/ROOT/=take

# taken down
The/DT/det/flag flag/NN/nsubjpass/taken was/VBD/auxpass/taken/=be taken/VBN/ROOT/=take down/RP/prt/taken
=> flag | be taken down | -

# called by a long name
The/DT/det/plain plain/NN/nsubjpass/called was/VBD/auxpass/called/=be called/VBN/ROOT/=call
the/DT/det/Lake Lake/NNP/oprd/called of/IN/prep/Lake Swans/NNPS/pobj/of
=> plain | be called | Lake

# talks with someone before talks somewhere
Hale/NNP/nsubj/held/PERSON held/VBD/ROOT/=hold talks/NNS/dobj/held in/IN/prep/talks Oslo/NNP/pobj/in/GPE
with/IN/prep/held Vale/NNP/pobj/with/PERSON
=> Hale | hold talks with | Vale

# nobody is caused
Storms/NNS/nsubj/caused caused/VBD/ROOT/=cause ships/NNS/dobj/caused to/TO/aux/sink sink/VB/xcomp/caused
=> ships | sink | -

# what something is turned
Smoke/NN/nsubj/turned turned/VBD/ROOT/=turn Oslo/NNP/dobj/turned/GPE ,/,/punct/Oslo Kestria/NNP/nsubj/dark/GPE
dark/JJ/ccomp/turned
"""


@pytest.mark.parametrize(("notation", "expected"), table(ROWS))
def test_clauses(notation: str, expected: list[str]) -> None:
    assert [shown(clause) for clause in clauses(make(notation))] == expected
