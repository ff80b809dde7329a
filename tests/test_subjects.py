"""Who does it: a verb's own subject, and each way of sharing another one's."""

from __future__ import annotations

import pytest
from docs import each, find, make, table

from graph.text.subjects import DEEPEST, subjects

ROWS = """
# own
Hale/NNP/nsubj/sold/PERSON sold/VBD/ROOT/=sell the/DT/det/ships ships/NNS/dobj/sold
=> sold: Hale (own)

# coordinated subjects
Hale/NNP/nsubj/sold/PERSON and/CC/cc/Hale Vale/NNP/conj/Hale/PERSON sold/VBD/ROOT/=sell the/DT/det/ships
ships/NNS/dobj/sold
=> sold: Hale (own), Vale (own)

# a who that cannot be the city
Hale/NNP/nsubj/sold/PERSON from/IN/prep/Hale Oslo/NNP/pobj/from/GPE ,/,/punct/Oslo who/WP/nsubj/won
won/VBD/relcl/Oslo/=win the/DT/det/race race/NN/dobj/won ,/,/punct/Hale sold/VBD/ROOT/=sell
ships/NNS/dobj/sold
=> won: Hale (relative)

# what is not always so
Ships/NNS/nsubj/sink do/VBP/aux/sink not/RB/neg/sink always/RB/advmod/sink sink/VB/ROOT
=> sink: nobody

# conj
Hale/NNP/nsubj/sold/PERSON sold/VBD/ROOT/=sell the/DT/det/ships ships/NNS/dobj/sold and/CC/cc/sold
bought/VBD/conj/sold/=buy a/DT/det/port port/NN/dobj/bought
=> bought: Hale (conj)

# conj of an infinitive that is finite
Hale/NNP/nsubj/ordered/PERSON ordered/VBD/ROOT/=order Nordane/NNP/dobj/ordered/ORG to/TO/aux/sell
sell/VB/xcomp/ordered the/DT/det/ships ships/NNS/dobj/sell and/CC/cc/sell closed/VBD/conj/sell/=close
the/DT/det/port port/NN/dobj/closed
=> closed: Hale (conj)

# xcomp
Hale/NNP/nsubj/plans/PERSON plans/VBZ/ROOT to/TO/aux/sell sell/VB/xcomp/plans the/DT/det/ships
ships/NNS/dobj/sell
=> sell: Hale (xcomp)

# xcomp of an adjective
Hale/NNP/nsubj/is/PERSON is/VBZ/ROOT/=be ready/JJ/acomp/is to/TO/aux/sell sell/VB/xcomp/ready
the/DT/det/ships ships/NNS/dobj/sell
=> sell: Hale (xcomp)

# object control
Hale/NNP/nsubj/urged/PERSON urged/VBD/ROOT/=urge Nordane/NNP/dobj/urged/ORG to/TO/aux/sell
sell/VB/xcomp/urged the/DT/det/ships ships/NNS/dobj/sell
=> sell: Nordane (control)

# dative control
Hale/NNP/nsubj/told/PERSON told/VBD/ROOT/=tell Vale/NNP/dative/told/PERSON to/TO/aux/sell sell/VB/xcomp/told
the/DT/det/ships ships/NNS/dobj/sell
=> sell: Vale (control)

# call on
Hale/NNP/nsubj/called/PERSON called/VBD/ROOT/=call on/IN/prep/called Nordane/NNP/pobj/on/ORG to/TO/aux/sell
sell/VB/xcomp/called the/DT/det/ships ships/NNS/dobj/sell
=> sell: Nordane (control)

# promise
Hale/NNP/nsubj/promised/PERSON promised/VBD/ROOT/=promise Nordane/NNP/dobj/promised/ORG to/TO/aux/sell
sell/VB/xcomp/promised the/DT/det/ships ships/NNS/dobj/sell
=> sell: Hale (xcomp)

# purpose of the subject
Hale/NNP/nsubj/sold/PERSON sold/VBD/ROOT/=sell the/DT/det/ships ships/NNS/dobj/sold to/TO/aux/pay
pay/VB/xcomp/sold the/DT/det/bank bank/NN/dobj/pay
=> pay: Hale (xcomp)

# participle clause
Hale/NNP/nsubj/opened/PERSON opened/VBD/ROOT/=open the/DT/det/port port/NN/dobj/opened ,/,/punct/opened
angering/VBG/advcl/opened/=anger Vale/NNP/dobj/angering/PERSON
=> angering: Hale (advcl)

# participle clause before
Having/VBG/aux/sold/=have sold/VBN/advcl/left/=sell the/DT/det/ships ships/NNS/dobj/sold ,/,/punct/left
Hale/NNP/nsubj/left/PERSON left/VBD/ROOT/=leave Oslo/NNP/dobj/left/GPE
=> sold: Hale (advcl)

# result of a passive
A/DT/det/truck truck/NN/nsubjpass/hit was/VBD/auxpass/hit/=be hit/VBN/ROOT by/IN/agent/hit a/DT/det/train
train/NN/pobj/by ,/,/punct/hit killing/VBG/advcl/hit/=kill five/CD/nummod/passengers/CARDINAL
passengers/NNS/dobj/killing
=> killing: nobody

# purpose of a passive
The/DT/det/port port/NN/nsubjpass/closed was/VBD/auxpass/closed/=be closed/VBN/ROOT/=close
by/IN/agent/closed Kestria/NNP/pobj/by/GPE to/TO/aux/stop stop/VB/advcl/closed the/DT/det/ships
ships/NNS/dobj/stop
=> stop: Kestria (advcl)

# acl VBG
The/DT/det/men men/NNS/nsubj/shot/=man holding/VBG/acl/men/=hold the/DT/det/port port/NN/dobj/holding
shot/VBD/ROOT/=shoot Hale/NNP/dobj/shot/PERSON
=> holding: men (participle)

# acl VBN
The/DT/det/ships ships/NNS/nsubj/carried seized/VBN/acl/ships/=seize by/IN/agent/seized
Kestria/NNP/pobj/by/GPE carried/VBD/ROOT/=carry grain/NN/dobj/carried
=> seized: ships (participle)

# acl infinitive of a noun with an owner
Kestria/NNP/poss/plan/GPE 's/POS/case/Kestria plan/NN/nsubj/failed to/TO/aux/sell sell/VB/acl/plan
the/DT/det/ships ships/NNS/dobj/sell failed/VBD/ROOT/=fail
=> sell: Kestria (noun)

# acl infinitive of a light verb's noun
Hale/NNP/nsubj/has/PERSON has/VBZ/ROOT/=have a/DT/det/plan plan/NN/dobj/has to/TO/aux/sell sell/VB/acl/plan
the/DT/det/ships ships/NNS/dobj/sell
=> sell: Hale (acl)

# acl infinitive by
An/DT/det/attempt attempt/NN/nsubj/failed by/IN/prep/attempt Kestria/NNP/pobj/by/GPE to/TO/aux/sell
sell/VB/acl/attempt the/DT/det/ships ships/NNS/dobj/sell failed/VBD/ROOT/=fail
=> sell: Kestria (noun)

# relative subject
Hale/NNP/nsubj/left/PERSON ,/,/punct/Hale who/WP/nsubj/owns owns/VBZ/relcl/Hale the/DT/det/ships
ships/NNS/dobj/owns ,/,/punct/Hale left/VBD/ROOT/=leave Oslo/NNP/dobj/left/GPE
=> owns: Hale (relative)

# relative of an apposition
Duncan/NNP/compound/Hale/PERSON Hale/NNP/nsubj/left/PERSON ,/,/punct/Hale an/DT/det/engineer
engineer/NN/appos/Hale who/WP/nsubj/built built/VBD/relcl/engineer/=build the/DT/det/port port/NN/dobj/built
,/,/punct/Hale left/VBD/ROOT/=leave Oslo/NNP/dobj/left/GPE
=> built: engineer (relative)

# whose
The/DT/det/man man/NN/nsubj/left whose/WP$/poss/brother brother/NN/nsubj/sold sold/VBD/relcl/man/=sell
the/DT/det/ships ships/NNS/dobj/sold left/VBD/ROOT/=leave Oslo/NNP/dobj/left/GPE
=> sold: brother (own)

# accuse of
Vale/NNP/nsubj/accused/PERSON accused/VBD/ROOT/=accuse Hale/NNP/dobj/accused/PERSON of/IN/prep/accused
selling/VBG/pcomp/of/=sell the/DT/det/ships ships/NNS/dobj/selling
=> selling: Hale (control)

# accuse of, hung on the object
Vale/NNP/nsubj/accuses/PERSON accuses/VBZ/ROOT the/DT/det/mayor mayor/NN/dobj/accuses of/IN/prep/mayor
selling/VBG/pcomp/of/=sell the/DT/det/ships ships/NNS/dobj/selling
=> selling: mayor (control)

# passive accuse of
Hale/NNP/nsubjpass/accused/PERSON was/VBD/auxpass/accused/=be accused/VBN/ROOT/=accuse of/IN/prep/accused
selling/VBG/pcomp/of/=sell the/DT/det/ships ships/NNS/dobj/selling
=> selling: Hale (pcomp)

# thank for
Vale/NNP/nsubj/thanked/PERSON thanked/VBD/ROOT/=thank Hale/NNP/dobj/thanked/PERSON for/IN/prep/thanked
selling/VBG/pcomp/for/=sell the/DT/det/ships ships/NNS/dobj/selling
=> selling: Hale (control)

# use for
Hale/NNP/nsubj/used/PERSON used/VBD/ROOT/=use the/DT/det/money money/NN/dobj/used for/IN/prep/used
buying/VBG/pcomp/for/=buy ships/NNS/dobj/buying
=> buying: Hale (pcomp)

# stop from
Vale/NNP/nsubj/stopped/PERSON stopped/VBD/ROOT/=stop Hale/NNP/dobj/stopped/PERSON from/IN/prep/stopped
selling/VBG/pcomp/from/=sell the/DT/det/ships ships/NNS/dobj/selling
=> selling: Hale (control)

# earn from
Hale/NNP/nsubj/earned/PERSON earned/VBD/ROOT/=earn millions/NNS/dobj/earned/CARDINAL from/IN/prep/earned
selling/VBG/pcomp/from/=sell the/DT/det/ships ships/NNS/dobj/selling
=> selling: Hale (pcomp)

# without
Hale/NNP/nsubj/left/PERSON left/VBD/ROOT/=leave Oslo/NNP/dobj/left/GPE without/IN/prep/left
selling/VBG/pcomp/without/=sell the/DT/det/ships ships/NNS/dobj/selling
=> selling: Hale (pcomp)

# after
Hale/NNP/nsubj/left/PERSON left/VBD/ROOT/=leave Oslo/NNP/dobj/left/GPE after/IN/prep/left
selling/VBG/pcomp/after/=sell the/DT/det/ships ships/NNS/dobj/selling
=> selling: Hale (pcomp)

# instead of
Instead/RB/advmod/of of/IN/prep/left selling/VBG/pcomp/of/=sell the/DT/det/ships ships/NNS/dobj/selling
,/,/punct/left Hale/NNP/nsubj/left/PERSON left/VBD/ROOT/=leave Oslo/NNP/dobj/left/GPE
=> selling: Hale (pcomp)

# no intention of
Hale/NNP/nsubj/has/PERSON has/VBZ/ROOT/=have no/DT/det/intention intention/NN/dobj/has of/IN/prep/intention
selling/VBG/pcomp/of/=sell the/DT/det/ships ships/NNS/dobj/selling
=> selling: Hale (pcomp)

# want X to
Hale/NNP/nsubj/wants/PERSON wants/VBZ/ROOT Nordane/NNP/nsubj/sell/ORG to/TO/aux/sell sell/VB/ccomp/wants
the/DT/det/ships ships/NNS/dobj/sell
=> sell: Nordane (own)

# the plan is to
Nordane/NNP/poss/plan/ORG 's/POS/case/Nordane plan/NN/nsubj/is is/VBZ/ROOT/=be to/TO/aux/sell
sell/VB/xcomp/is the/DT/det/ships ships/NNS/dobj/sell
=> sell: Nordane (noun)

# used for measuring
The/DT/det/ships ships/NNS/nsubjpass/used were/VBD/auxpass/used/=be used/VBN/ROOT/=use for/IN/prep/used
carrying/VBG/pcomp/for/=carry grain/NN/dobj/carrying
=> carrying: nobody

# there
There/EX/expl/was was/VBD/ROOT/=be a/DT/det/plan plan/NN/attr/was to/TO/aux/sell sell/VB/acl/plan
the/DT/det/ships ships/NNS/dobj/sell
=> was: nobody

# subject that the parse takes for an object
China/NNP/nsubj/pledged/GPE pledged/VBD/ROOT/=pledge funds/NNS/dobj/pledged and/CC/cc/funds
Kestria/NNP/conj/funds/GPE is/VBZ/aux/taxing/=be taxing/VBG/conj/pledged/=tax grain/NN/dobj/taxing
=> taxing: Kestria (conj)

# a shared subject after coordinated objects
Nordane/NNP/nsubj/sold/ORG sold/VBD/ROOT/=sell ships/NNS/dobj/sold and/CC/cc/ships turbines/NNS/conj/ships
and/CC/cc/sold bought/VBD/conj/sold/=buy a/DT/det/port port/NN/dobj/bought
=> bought: Nordane (conj)

# dubbed, of what it follows
Nordane/NNP/nsubj/launched/ORG launched/VBD/ROOT/=launch an/DT/det/operation operation/NN/dobj/launched
,/,/punct/launched dubbed/VBN/advcl/launched/=dub Lightning/NNP/oprd/dubbed
=> dubbed: operation (participle)

# accompanied, of the subject
Hale/NNP/nsubj/left/PERSON left/VBD/ROOT/=leave Oslo/NNP/dobj/left/GPE ,/,/punct/left
accompanied/VBN/advcl/left/=accompany by/IN/agent/accompanied Vale/NNP/pobj/by/PERSON
=> accompanied: Hale (advcl)

# few
Few/JJ/amod/sailors sailors/NNS/nsubj/left left/VBD/ROOT/=leave Oslo/NNP/dobj/left/GPE
=> left: nobody

# but not
Hale/NNP/nsubj/left/PERSON ,/,/punct/Hale but/CC/cc/Hale not/RB/neg/Vale Vale/NNP/conj/Hale/PERSON
left/VBD/ROOT/=leave Oslo/NNP/dobj/left/GPE
=> left: Hale (own)

# a participle after a bare noun of an of-phrase
A/DT/det/war war/NN/nsubj/ended of/IN/prep/war attrition/NN/pobj/of centered/VBN/acl/attrition/=center
on/IN/prep/centered Oslo/NNP/pobj/on/GPE ended/VBD/ROOT/=end
=> centered: nobody

# whose, taken for the main clause
Kestria/NNP/nsubj/met/GPE ,/,/punct/Kestria whose/WP$/poss/mayor mayor/NN/compound/Hale
Hale/NNP/nsubj/met/PERSON met/VBD/ROOT/=meet Vale/NNP/dobj/met/PERSON ,/,/punct/met sold/VBD/conj/met/=sell
the/DT/det/ships ships/NNS/dobj/sold
=> met: Hale (own)
=> sold: Kestria (conj)

# it was Hale, not Vale, who
It/PRP/nsubj/was was/VBD/ROOT/=be Hale/NNP/attr/was/PERSON ,/,/punct/Hale not/RB/neg/Vale
Vale/NNP/appos/Hale/PERSON ,/,/punct/Vale who/WP/nsubj/sold sold/VBD/relcl/Vale/=sell the/DT/det/ships
ships/NNS/dobj/sold
=> sold: Hale (relative)

# not one but the other
Not/RB/neg/Hale Hale/NNP/nsubj/left/PERSON but/CC/cc/Hale Vale/NNP/conj/Hale/PERSON left/VBD/ROOT/=leave
Oslo/NNP/dobj/left/GPE
=> left: Vale (own)

# a headline hung on its name
Kestria/NNP/advcl/says/GPE to/TO/aux/sell sell/VB/xcomp/Kestria ships/NNS/dobj/sell ,/,/punct/says
Hale/NNP/nsubj/says/PERSON says/VBZ/ROOT
=> sell: Kestria (xcomp)

# found guilty of
Hale/NNP/nsubjpass/found/PERSON was/VBD/auxpass/found/=be found/VBN/ROOT/=find guilty/JJ/oprd/found
of/IN/prep/guilty selling/VBG/pcomp/of/=sell the/DT/det/ships ships/NNS/dobj/selling
=> selling: Hale (pcomp)

# the judges found someone guilty of
Judges/NNS/nsubj/found found/VBD/ROOT/=find Hale/NNP/nsubj/guilty/PERSON guilty/JJ/ccomp/found
of/IN/prep/guilty selling/VBG/pcomp/of/=sell the/DT/det/ships ships/NNS/dobj/selling
=> selling: Hale (pcomp)

# a verb of saying that was taken for a participle
The/DT/det/agency agency/NN/nsubj/ill indicated/VBD/acl/agency/=indicate on/IN/prep/indicated
Friday/NNP/pobj/on/DATE she/PRP/nsubj/ill was/VBD/ROOT ill/JJ/acomp/was
=> indicated: nobody

# what follows
A/DT/det/vote vote/NN/nsubj/came came/VBD/ROOT/=come in/IN/prep/came May/NNP/pobj/in/DATE ,/,/punct/came
followed/VBN/advcl/came/=follow by/IN/agent/followed Vale/NNP/pobj/by/PERSON
=> followed: nobody

# interrupted by those who
Hale/NNP/nsubjpass/stopped/PERSON was/VBD/auxpass/stopped stopped/VBN/ROOT/=stop by/IN/agent/stopped
shouting/VBG/pcomp/by/=shout men/NNS/dobj/shouting
=> shouting: nobody

# of whom a participle after a noun tells
Kestria/NNP/nsubj/fears/GPE fears/VBZ/ROOT a/DT/det/storm storm/NN/dobj/fears ,/,/punct/fears
estimated/VBN/advcl/fears/=estimate to/TO/aux/kill kill/VB/xcomp/estimated many/JJ/dobj/kill
=> estimated: nobody
=> kill: nobody

# as shown
Ships/NNS/nsubj/sank sank/VBD/ROOT/=sink ,/,/punct/sank as/IN/mark/shown shown/VBN/advcl/sank/=show
in/IN/prep/shown pictures/NNS/pobj/in
=> shown: nobody

# who was identified
Police/NNS/nsubj/held held/VBD/ROOT/=hold a/DT/det/man man/NN/dobj/held ,/,/punct/held
identified/VBN/advcl/held/=identify as/IN/prep/identified Vale/NNP/pobj/as/PERSON
=> identified: man (participle)

# hung across the verb
Ships/NNS/nsubj/came came/VBD/ROOT/=come from/IN/prep/came a/DT/det/port port/NN/pobj/from
run/VBN/acl/Ships/=run by/IN/agent/run Oslo/NNP/pobj/by/GPE
=> run: nobody

# whose purpose it is
The/DT/det/purpose purpose/NN/nsubj/is is/VBZ/ROOT/=be to/TO/aux/sell sell/VB/xcomp/is ships/NNS/dobj/sell
=> sell: nobody

# no person is a which
A/DT/det/debate debate/NN/nsubj/ended with/IN/prep/debate Vale/NNP/pobj/with/PERSON ,/,/punct/Vale
which/WDT/nsubj/began began/VBD/relcl/Vale/=begin ended/VBD/ROOT/=end
=> began: nobody

# what was posted
A/DT/det/letter letter/NN/nsubj/came posted/VBN/acl/letter/=post on/IN/prep/posted Friday/NNP/pobj/on/DATE
came/VBD/ROOT/=come
=> posted: letter (participle)
"""


@pytest.mark.parametrize(("notation", "expected"), table(ROWS))
def test_subjects(notation: str, expected: list[str]) -> None:
    doc = make(notation)
    for verb, who in each(expected):
        found = subjects(find(doc, verb))
        assert (", ".join(f"{s.token.text} ({s.rule})" for s in found) or "nobody") == who


def test_a_chain_too_long_to_be_a_sentence_ends() -> None:
    verbs = DEEPEST + 3
    chain = " ".join(f"go{i}/VB/xcomp/go{i - 1}" for i in range(1, verbs))
    doc = make(f"Hale/NNP/nsubj/go0 go0/VB/ROOT {chain}")
    assert [s.token.text for s in subjects(find(doc, "go3"))] == ["Hale"]
    assert subjects(find(doc, f"go{verbs - 1}")) == []
