"""What governing verbs and adjectives make of a clause."""

from __future__ import annotations

import pytest
from docs import each, find, make, put, table

ROWS = """
# what goes on beside what is announced is nobody's announcement
With/IN/prep/announced Oslo/NNP/nsubj/urging/GPE urging/VBG/pcomp/With/=urge talks/NNS/dobj/urging
,/,/punct/announced Hale/NNP/nsubj/announced/PERSON announced/VBD/ROOT/=announce plans/NNS/dobj/announced
=> urging: asserted

# what something is designed for
A/DT/det/fence fence/NN/nsubj/was was/VBD/ROOT/=be designed/VBN/acl/fence/=design to/TO/aux/keep
keep/VB/xcomp/designed ships/NNS/dobj/keep
=> keep: intended

# a clause beside a denial, its mark and its subject hung on what was taken for its auxiliary
While/IN/mark/remain ships/NNS/nsubj/remain remain/VBP/auxpass/banned banned/VBN/advcl/sail/=ban
Hale/NNP/nsubj/sail/PERSON can/MD/aux/sail not/RB/neg/sail sail/VB/ROOT
=> banned: asserted

# plan
Hale/NNP/nsubj/plans/PERSON plans/VBZ/ROOT to/TO/aux/sell sell/VB/xcomp/plans the/DT/det/ships
ships/NNS/dobj/sell
=> sell: planned

# promise
Hale/NNP/nsubj/promised/PERSON promised/VBD/ROOT/=promise to/TO/aux/sell sell/VB/xcomp/promised
the/DT/det/ships ships/NNS/dobj/sell
=> sell: planned

# want
Hale/NNP/nsubj/wants/PERSON wants/VBZ/ROOT to/TO/aux/sell sell/VB/xcomp/wants the/DT/det/ships
ships/NNS/dobj/sell
=> sell: intended

# would like
Hale/NNP/nsubj/like/PERSON would/MD/aux/like like/VB/ROOT to/TO/aux/sell sell/VB/xcomp/like the/DT/det/ships
ships/NNS/dobj/sell
=> sell: intended

# want X to
Hale/NNP/nsubj/wants/PERSON wants/VBZ/ROOT Nordane/NNP/nsubj/sell/ORG to/TO/aux/sell sell/VB/ccomp/wants
the/DT/det/ships ships/NNS/dobj/sell
=> sell: requested

# want it done
Hale/NNP/nsubj/wants/PERSON wants/VBZ/ROOT the/DT/det/ships ships/NNS/nsubj/sold sold/VBN/ccomp/wants/=sell
=> sold: requested

# want it done, as a participle
Hale/NNP/nsubj/wants/PERSON wants/VBZ/ROOT the/DT/det/ships ships/NNS/dobj/wants sold/VBN/acl/ships/=sell
=> sold: requested

# say it happened, as a participle
Hale/NNP/nsubj/said/PERSON said/VBD/ROOT/=say ships/NNS/dobj/said burned/VBN/acl/ships/=burn
=> burned: claimed

# urge
Hale/NNP/nsubj/urged/PERSON urged/VBD/ROOT/=urge Nordane/NNP/dobj/urged/ORG to/TO/aux/sell
sell/VB/xcomp/urged the/DT/det/ships ships/NNS/dobj/sell
=> sell: requested

# ask, of oneself
Hale/NNP/nsubj/asked/PERSON asked/VBD/ROOT/=ask to/TO/aux/sell sell/VB/xcomp/asked the/DT/det/ships
ships/NNS/dobj/sell
=> sell: intended

# ask, of somebody
Hale/NNP/nsubjpass/asked/PERSON was/VBD/auxpass/asked/=be asked/VBN/ROOT/=ask to/TO/aux/sell
sell/VB/xcomp/asked the/DT/det/ships ships/NNS/dobj/sell
=> sell: requested

# call for X to
Hale/NNP/nsubj/called/PERSON called/VBD/ROOT/=call for/IN/mark/sell Nordane/NNP/nsubj/sell/ORG
to/TO/aux/sell sell/VB/advcl/called the/DT/det/ships ships/NNS/dobj/sell
=> sell: requested

# demand that
Hale/NNP/nsubj/demanded/PERSON demanded/VBD/ROOT/=demand that/IN/mark/sell Nordane/NNP/nsubj/sell/ORG
sell/VB/ccomp/demanded the/DT/det/ships ships/NNS/dobj/sell
=> sell: requested

# suggest that, finite
Hale/NNP/nsubj/suggested/PERSON suggested/VBD/ROOT/=suggest that/IN/mark/sold Nordane/NNP/nsubj/sold/ORG
sold/VBD/ccomp/suggested/=sell the/DT/det/ships ships/NNS/dobj/sold
=> sold: claimed

# agree that, finite
Hale/NNP/nsubj/agreed/PERSON agreed/VBD/ROOT/=agree that/IN/mark/sold Nordane/NNP/nsubj/sold/ORG
sold/VBD/ccomp/agreed/=sell the/DT/det/ships ships/NNS/dobj/sold
=> sold: claimed

# hope that
Hale/NNP/nsubj/hopes/PERSON hopes/VBZ/ROOT that/IN/mark/sell Nordane/NNP/nsubj/sell/ORG will/MD/aux/sell
sell/VB/ccomp/hopes the/DT/det/ships ships/NNS/dobj/sell
=> sell: possible

# fear that
Hale/NNP/nsubj/fears/PERSON fears/VBZ/ROOT that/IN/mark/sell Nordane/NNP/nsubj/sell/ORG will/MD/aux/sell
sell/VB/ccomp/fears the/DT/det/ships ships/NNS/dobj/sell
=> sell: possible

# say that
Hale/NNP/nsubj/said/PERSON said/VBD/ROOT/=say that/IN/mark/sold Nordane/NNP/nsubj/sold/ORG
sold/VBD/ccomp/said/=sell the/DT/det/ships ships/NNS/dobj/sold
=> sold: claimed

# not say that
Hale/NNP/nsubj/say/PERSON did/VBD/aux/say/=do not/RB/neg/say say/VB/ROOT that/IN/mark/sold
Nordane/NNP/nsubj/sold/ORG sold/VBD/ccomp/say/=sell the/DT/det/ships ships/NNS/dobj/sold
=> sold: hypothetical

# deny that
Hale/NNP/nsubj/denied/PERSON denied/VBD/ROOT/=deny that/IN/mark/sold Nordane/NNP/nsubj/sold/ORG
sold/VBD/ccomp/denied/=sell the/DT/det/ships ships/NNS/dobj/sold
=> sold: claimed not

# refuse
Hale/NNP/nsubj/refused/PERSON refused/VBD/ROOT/=refuse to/TO/aux/sell sell/VB/xcomp/refused the/DT/det/ships
ships/NNS/dobj/sell
=> sell: asserted not

# fail
Hale/NNP/nsubj/failed/PERSON failed/VBD/ROOT/=fail to/TO/aux/sell sell/VB/xcomp/failed the/DT/det/ships
ships/NNS/dobj/sell
=> sell: asserted not

# not fail
Hale/NNP/nsubj/fail/PERSON did/VBD/aux/fail/=do not/RB/neg/fail fail/VB/ROOT to/TO/aux/sell
sell/VB/xcomp/fail the/DT/det/ships ships/NNS/dobj/sell
=> sell: asserted

# avoid
Hale/NNP/nsubj/avoided/PERSON avoided/VBD/ROOT/=avoid selling/VBG/xcomp/avoided/=sell the/DT/det/ships
ships/NNS/dobj/selling
=> selling: asserted not

# unlikely
Hale/NNP/nsubj/is/PERSON is/VBZ/ROOT/=be unlikely/JJ/acomp/is to/TO/aux/sell sell/VB/xcomp/unlikely
the/DT/det/ships ships/NNS/dobj/sell
=> sell: possible not

# it is unlikely that
It/PRP/nsubj/is is/VBZ/ROOT/=be unlikely/JJ/acomp/is that/IN/mark/sold Hale/NNP/nsubj/sold/PERSON
sold/VBD/ccomp/is/=sell the/DT/det/ships ships/NNS/dobj/sold
=> sold: possible not

# it is not clear whether
It/PRP/nsubj/is is/VBZ/ROOT/=be not/RB/neg/is clear/JJ/acomp/is whether/IN/mark/sold
Hale/NNP/nsubj/sold/PERSON sold/VBD/ccomp/is/=sell the/DT/det/ships ships/NNS/dobj/sold
=> sold: hypothetical

# it is vital that
It/PRP/nsubj/is is/VBZ/ROOT/=be vital/JJ/acomp/is that/IN/mark/sell Hale/NNP/nsubj/sell/PERSON
sell/VBP/ccomp/is the/DT/det/ships ships/NNS/dobj/sell
=> sell: asserted

# the problem is that
The/DT/det/problem problem/NN/nsubj/is is/VBZ/ROOT/=be that/IN/mark/sold Hale/NNP/nsubj/sold/PERSON
sold/VBD/ccomp/is/=sell the/DT/det/ships ships/NNS/dobj/sold
=> sold: asserted

# the fear is that
The/DT/det/fear fear/NN/nsubj/is is/VBZ/ROOT/=be that/IN/mark/sold Hale/NNP/nsubj/sold/PERSON
sold/VBD/ccomp/is/=sell the/DT/det/ships ships/NNS/dobj/sold
=> sold: possible

# force
Hale/NNP/nsubjpass/forced/PERSON was/VBD/auxpass/forced/=be forced/VBN/ROOT/=force to/TO/aux/sell
sell/VB/xcomp/forced the/DT/det/ships ships/NNS/dobj/sell
=> sell: asserted

# manage
Hale/NNP/nsubj/managed/PERSON managed/VBD/ROOT/=manage to/TO/aux/sell sell/VB/xcomp/managed the/DT/det/ships
ships/NNS/dobj/sell
=> sell: asserted

# begin, under a modal
Hale/NNP/nsubj/begin/PERSON may/MD/aux/begin begin/VB/ROOT to/TO/aux/sell sell/VB/xcomp/begin
the/DT/det/ships ships/NNS/dobj/sell
=> sell: possible

# agree, under a modal
Hale/NNP/nsubj/agree/PERSON could/MD/aux/agree agree/VB/ROOT to/TO/aux/sell sell/VB/xcomp/agree
the/DT/det/ships ships/NNS/dobj/sell
=> sell: possible

# agree, under if
If/IN/mark/agrees Hale/NNP/nsubj/agrees/PERSON agrees/VBZ/advcl/leave to/TO/aux/sell sell/VB/xcomp/agrees
the/DT/det/ships ships/NNS/dobj/sell ,/,/punct/leave Vale/NNP/nsubj/leave/PERSON will/MD/aux/leave
leave/VB/ROOT Oslo/NNP/dobj/leave/GPE
=> sell: hypothetical
=> leave: conditional

# unknown, with an infinitive
Hale/NNP/nsubj/rose/PERSON rose/VBD/ROOT/=rise to/TO/aux/sell sell/VB/xcomp/rose the/DT/det/ships
ships/NNS/dobj/sell
=> sell: possible

# known as a fact
Hale/NNP/nsubj/knows/PERSON knows/VBZ/ROOT that/IN/mark/sold Nordane/NNP/nsubj/sold/ORG
sold/VBD/ccomp/knows/=sell the/DT/det/ships ships/NNS/dobj/sold
=> sold: asserted

# reported, passive
Hale/NNP/nsubjpass/said/PERSON is/VBZ/auxpass/said/=be said/VBN/ROOT/=say to/TO/aux/sold have/VB/aux/sold
sold/VBN/xcomp/said/=sell the/DT/det/ships ships/NNS/dobj/sold
=> sold: claimed

# about to
Hale/NNP/nsubj/is/PERSON is/VBZ/ROOT/=be about/JJ/acomp/is to/TO/aux/sell sell/VB/xcomp/about
the/DT/det/ships ships/NNS/dobj/sell
=> sell: planned

# used to
Hale/NNP/nsubj/used/PERSON used/VBD/ROOT/=use to/TO/aux/own own/VB/xcomp/used the/DT/det/ships
ships/NNS/dobj/own
=> own: asserted

# used for
Hale/NNP/nsubj/used/PERSON used/VBD/ROOT/=use the/DT/det/money money/NN/dobj/used for/IN/prep/used
buying/VBG/pcomp/for/=buy ships/NNS/dobj/buying
=> buying: intended

# stop from
Vale/NNP/nsubj/stopped/PERSON stopped/VBD/ROOT/=stop Hale/NNP/dobj/stopped/PERSON from/IN/prep/stopped
selling/VBG/pcomp/from/=sell the/DT/det/ships ships/NNS/dobj/selling
=> selling: hypothetical

# by selling
Hale/NNP/nsubj/raised/PERSON raised/VBD/ROOT/=raise money/NN/dobj/raised by/IN/prep/raised
selling/VBG/pcomp/by/=sell the/DT/det/ships ships/NNS/dobj/selling
=> selling: asserted

# by selling, under a request
Vale/NNP/nsubj/urged/PERSON urged/VBD/ROOT/=urge Hale/NNP/dobj/urged/PERSON to/TO/aux/raise
raise/VB/xcomp/urged money/NN/dobj/raise by/IN/prep/raise selling/VBG/pcomp/by/=sell the/DT/det/ships
ships/NNS/dobj/selling
=> raise: requested
=> selling: requested

# accuse of
Vale/NNP/nsubj/accused/PERSON accused/VBD/ROOT/=accuse Hale/NNP/dobj/accused/PERSON of/IN/prep/accused
selling/VBG/pcomp/of/=sell the/DT/det/ships ships/NNS/dobj/selling
=> selling: claimed

# charge with
Vale/NNP/nsubj/charged/PERSON charged/VBD/ROOT/=charge Hale/NNP/dobj/charged/PERSON with/IN/prep/charged
selling/VBG/pcomp/with/=sell the/DT/det/ships ships/NNS/dobj/selling
=> selling: claimed

# acquit of
Hale/NNP/nsubjpass/acquitted/PERSON was/VBD/auxpass/acquitted/=be acquitted/VBN/ROOT/=acquit
of/IN/prep/acquitted selling/VBG/pcomp/of/=sell the/DT/det/ships ships/NNS/dobj/selling
=> selling: claimed not

# arrest for
Kestria/NNP/nsubj/arrested/GPE arrested/VBD/ROOT/=arrest Hale/NNP/dobj/arrested/PERSON for/IN/prep/arrested
selling/VBG/pcomp/for/=sell the/DT/det/ships ships/NNS/dobj/selling
=> selling: claimed

# oppose, of a person
Hale/NNP/nsubj/opposes/PERSON opposes/VBZ/ROOT selling/VBG/xcomp/opposes/=sell the/DT/det/ships
ships/NNS/dobj/selling
=> selling: hypothetical

# task with
Vale/NNP/nsubj/tasked/PERSON tasked/VBD/ROOT/=task Hale/NNP/dobj/tasked/PERSON with/IN/prep/tasked
selling/VBG/pcomp/with/=sell the/DT/det/ships ships/NNS/dobj/selling
=> selling: requested

# ensure that
Hale/NNP/nsubj/works/PERSON works/VBZ/ROOT to/TO/aux/ensure ensure/VB/xcomp/works that/IN/mark/sells
Nordane/NNP/nsubj/sells/ORG sells/VBZ/ccomp/ensure the/DT/det/ships ships/NNS/dobj/sells
=> sells: possible
"""


@pytest.mark.parametrize(("notation", "expected"), table(ROWS))
def test_stance(notation: str, expected: list[str]) -> None:
    doc = make(notation)
    for verb, stance in each(expected):
        assert put(find(doc, verb)) == stance
