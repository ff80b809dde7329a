"""Questions, reports, the future told afterwards; clauses beside one another; who can intend things."""

from __future__ import annotations

import pytest
from docs import each, find, make, put, table

from graph.text.acting import can_act

ROWS = """
# reportedly, for conjuncts that share the subject
Reportedly/RB/advmod/sold ,/,/punct/sold Hale/NNP/nsubj/sold/PERSON sold/VBD/ROOT/=sell ships/NNS/dobj/sold
and/CC/cc/sold left/VBD/conj/sold/=leave Oslo/NNP/dobj/left/GPE
=> sold: claimed
=> left: claimed

# reportedly at the head, for clauses with subjects of their own
Reportedly/RB/advmod/sold Hale/NNP/nsubj/sold/PERSON sold/VBD/ROOT/=sell ships/NNS/dobj/sold and/CC/cc/sold
Vale/NNP/nsubj/left/PERSON left/VBD/conj/sold/=leave Oslo/NNP/dobj/left/GPE
=> left: claimed

# reportedly beside the verb, not for the next subject
Hale/NNP/nsubj/sold/PERSON reportedly/RB/advmod/sold sold/VBD/ROOT/=sell ships/NNS/dobj/sold and/CC/cc/sold
Vale/NNP/nsubj/left/PERSON left/VBD/conj/sold/=leave Oslo/NNP/dobj/left/GPE
=> sold: claimed
=> left: asserted

# a question for coordinated verbs
Did/VBD/aux/sell/=do Hale/NNP/nsubj/sell/PERSON sell/VB/ROOT ships/NNS/dobj/sell and/CC/cc/sell
did/VBD/aux/leave/=do Vale/NNP/nsubj/leave/PERSON leave/VB/conj/sell Oslo/NNP/dobj/leave/GPE ?/./punct/sell
=> sell: hypothetical
=> leave: hypothetical

# a question that the parse hangs on a noun
Apart/RB/ROOT from/IN/prep/Apart Oslo/NNP/pobj/from/GPE ,/,/punct/Apart which/WDT/det/ports
ports/NNS/nsubjpass/sold were/VBD/auxpass/sold/=be sold/VBN/relcl/Apart/=sell ?/./punct/Apart
=> sold: hypothetical

# what was to come and came, told afterwards
Hale/NNP/nsubj/sell/PERSON would/MD/aux/sell later/RB/advmod/sell sell/VB/ROOT the/DT/det/ships
ships/NNS/dobj/sell
=> sell: asserted

# what was to come and came, told of a noun
Vale/NNP/nsubj/met/PERSON met/VBD/ROOT/=meet Hale/NNP/dobj/met/PERSON who/WP/nsubj/sell would/MD/aux/sell
later/RB/advmod/sell sell/VB/relcl/Hale ships/NNS/dobj/sell
=> sell: asserted

# what a plan is to bring
Vale/NNP/nsubj/met/PERSON met/VBD/ROOT/=meet a/DT/det/plan plan/NN/dobj/met that/WDT/nsubj/sell
would/MD/aux/sell later/RB/advmod/sell sell/VB/relcl/plan ships/NNS/dobj/sell
=> sell: planned

# reportedly, hung on what someone is
Hale/NNP/nsubj/was/PERSON was/VBD/ROOT/=be reportedly/RB/advmod/rich rich/JJ/acomp/was
=> was: claimed

# a report of its own before a semicolon
Vale/NNP/nsubj/said/PERSON said/VBD/ccomp/left/=say Hale/NNP/nsubj/came/PERSON came/VBD/ccomp/said/=come
;/:/punct/left Dorn/NNP/nsubj/left/PERSON left/VBD/ccomp/added/=leave ,/,/punct/added she/PRP/nsubj/added
added/VBD/ROOT/=add
=> said: asserted
=> came: claimed

# what was to come on a day
Hale/NNP/nsubjpass/sworn/PERSON would/MD/aux/sworn be/VB/auxpass/sworn sworn/VBN/ROOT/=swear in/RP/prt/sworn
on/IN/prep/sworn 20/CD/nummod/May/DATE May/NNP/pobj/on/DATE
=> sworn: planned

# what would have been
Hale/NNP/nsubj/sold/PERSON would/MD/aux/sold later/RB/advmod/sold have/VB/aux/sold sold/VBN/ROOT/=sell
the/DT/det/ships ships/NNS/dobj/sold
=> sold: hypothetical

# two sentences joined by a semicolon
Hale/NNP/nsubj/left/PERSON left/VBD/ccomp/wept/=leave Oslo/NNP/dobj/left/GPE ;/:/punct/wept
Vale/NNP/nsubj/wept/PERSON wept/VBD/ROOT/=weep
=> left: asserted

# so, before a passive
Hale/NNP/nsubjpass/brought/PERSON was/VBD/auxpass/brought/=be brought/VBN/ccomp/treated/=bring
to/IN/prep/brought Oslo/NNP/pobj/to/GPE ,/,/punct/treated so/RB/advmod/treated he/PRP/nsubjpass/treated
could/MD/aux/treated be/VB/auxpass/treated treated/VBN/ROOT/=treat
=> brought: asserted

# two sentences joined by a comma
The/DT/det/toll toll/NN/nsubj/rose rose/VBD/ccomp/lost/=rise ,/,/punct/lost sailors/NNS/nsubj/lost
lost/VBD/ROOT/=lose ships/NNS/dobj/lost
=> rose: asserted

# a verb of saying that nobody knows
Hale/NNP/nsubj/left/PERSON left/VBD/ccomp/quacked/=leave Oslo/NNP/dobj/left/GPE ,/,/punct/quacked
Vale/NNP/nsubj/quacked/PERSON quacked/VBD/ROOT/=quack
=> left: claimed

# a verb of saying with a hearer
Hale/NNP/nsubj/left/PERSON left/VBD/ccomp/told/=leave Oslo/NNP/dobj/left/GPE ,/,/punct/told
Vale/NNP/nsubj/told/PERSON told/VBD/ROOT/=tell Dorn/NNP/dobj/told/PERSON
=> left: claimed

# seen on a picture
Hale/NNP/nsubjpass/pictured/PERSON was/VBD/auxpass/pictured/=be pictured/VBN/ROOT/=picture
leaving/VBG/xcomp/pictured/=leave Oslo/NNP/dobj/leaving/GPE
=> leaving: asserted

# tends to
Hale/NNP/nsubj/tends/PERSON tends/VBZ/ROOT to/TO/aux/sell sell/VB/xcomp/tends ships/NNS/dobj/sell
=> sell: asserted

# what something needs to come about
For/IN/mark/win Hale/NNP/nsubj/win/PERSON to/TO/aux/win win/VB/advcl/needs Oslo/NNP/dobj/win/GPE
,/,/punct/needs he/PRP/nsubj/needs needs/VBZ/ROOT votes/NNS/dobj/needs
=> win: hypothetical

# what cannot intend comes to be so
The/DT/det/weeds weeds/NNS/nsubj/came came/VBD/ROOT/=come to/TO/aux/fill fill/VB/advcl/came
the/DT/det/pond pond/NN/dobj/fill
=> fill: asserted

# who can intend comes for a purpose
Hale/NNP/nsubj/came/PERSON came/VBD/ROOT/=come to/TO/aux/fill fill/VB/advcl/came the/DT/det/pond
pond/NN/dobj/fill
=> fill: intended

# set up so that it allows
The/DT/det/gates gates/NNS/nsubjpass/misbuilt were/VBD/auxpass/misbuilt/=be misbuilt/VBN/ROOT/=misbuild
to/TO/aux/allow allow/VB/xcomp/misbuilt floods/NNS/dobj/allow
=> allow: asserted

# money that someone had
Vale/NNP/nsubj/left/PERSON left/VBD/ROOT/=leave using/VBG/advcl/left/=use money/NN/compound/Hale
Hale/NNP/nsubj/had/PERSON had/VBD/ccomp/using/=have from/IN/prep/had Oslo/NNP/pobj/from/GPE
=> had: asserted

# not old enough for either of two verbs
Hale/NNP/nsubj/was/PERSON was/VBD/ROOT/=be not/RB/neg/was old/JJ/acomp/was enough/RB/advmod/old to/TO/aux/own
own/VB/xcomp/old or/CC/cc/own sell/VB/conj/own ships/NNS/dobj/sell
=> own: possible not
=> sell: possible not

# both is no negation, whatever the parse says
Hale/NNP/nsubj/is/PERSON is/VBZ/ROOT/=be both/CC/neg/is an/DT/det/author author/NN/attr/is and/CC/cc/author
a/DT/det/singer singer/NN/conj/author
=> is: asserted

# a condition in the quotation is none on the telling
Vale/NNP/nsubj/told/PERSON told/VBD/ROOT/=tell voters/NNS/dobj/told ,/,/punct/told “/``/punct/told
If/IN/mark/leaves Hale/NNP/nsubj/leaves/PERSON leaves/VBZ/advcl/told ,/,/punct/told ports/NNS/nsubj/close
close/VBP/ccomp/told ”/''/punct/told
=> told: asserted
=> leaves: hypothetical

# a question whose mark hangs on the noun
Apart/RB/ROOT from/IN/prep/Apart Oslo/NNP/pobj/from/GPE ,/,/punct/Oslo which/WDT/det/ports
ports/NNS/nsubjpass/sold were/VBD/auxpass/sold/=be sold/VBN/relcl/Oslo/=sell ?/./punct/Oslo
=> sold: hypothetical

# what introduces a quotation is not said in it
Vale/NNP/nsubj/told/PERSON told/VBD/ccomp/waits/=tell voters/NNS/dobj/told ,/,/punct/waits “/``/punct/waits
Hale/NNP/nsubj/waits/PERSON waits/VBZ/ROOT ”/''/punct/waits
=> told: asserted

# one report beside another
Vale/NNP/nsubj/said/PERSON said/VBD/ROOT/=say Hale/NNP/nsubj/left/PERSON left/VBD/ccomp/said/=leave
,/,/punct/left while/IN/mark/wrote Dorn/NNP/nsubj/wrote/PERSON wrote/VBD/advcl/left/=write that/IN/mark/stayed
she/PRP/nsubj/stayed stayed/VBD/ccomp/wrote/=stay
=> wrote: asserted
=> stayed: claimed

# what someone is removed from was so
Hale/NNP/nsubjpass/dismissed/PERSON was/VBD/auxpass/dismissed/=be dismissed/VBN/ROOT/=dismiss
from/IN/prep/dismissed being/VBG/pcomp/from/=be judge/NN/attr/being
=> being: asserted

# picked to be
Hale/NNP/nsubjpass/picked/PERSON was/VBD/auxpass/picked/=be picked/VBN/ROOT/=pick to/TO/aux/be
be/VB/xcomp/picked judge/NN/attr/be
=> be: planned

# what is cited is cited now
Kestria/NNP/nsubj/says/GPE says/VBZ/ROOT it/PRP/nsubj/leave will/MD/aux/leave leave/VB/ccomp/says
Oslo/NNP/dobj/leave/GPE citing/VBG/advcl/leave/=cite storms/NNS/dobj/citing
=> leave: planned
=> citing: asserted

# prices that rise to something
The/DT/det/price price/NN/nsubj/rose rose/VBD/ROOT/=rise to/TO/aux/trade trade/VB/advcl/rose at/IN/prep/trade
nine/CD/pobj/at
=> trade: asserted

# judged to be so
Hale/NNP/nsubjpass/judged/PERSON was/VBD/auxpass/judged/=be judged/VBN/ROOT/=judge to/TO/aux/be
be/VB/xcomp/judged rich/JJ/acomp/be
=> be: claimed

# what someone does not know is so
Vale/NNP/nsubj/know/PERSON did/VBD/aux/know/=do not/RB/neg/know know/VB/ROOT that/IN/mark/sold
Hale/NNP/nsubj/sold/PERSON sold/VBD/ccomp/know/=sell ships/NNS/dobj/sold
=> sold: asserted

# whether it is so, someone does not know
Vale/NNP/nsubj/know/PERSON did/VBD/aux/know/=do not/RB/neg/know know/VB/ROOT whether/IN/mark/sold
Hale/NNP/nsubj/sold/PERSON sold/VBD/ccomp/know/=sell ships/NNS/dobj/sold
=> sold: hypothetical

# what someone is not aware of is so
Vale/NNP/nsubj/was/PERSON was/VBD/ROOT/=be not/RB/neg/was aware/JJ/acomp/was that/IN/mark/sold
Hale/NNP/nsubj/sold/PERSON sold/VBD/ccomp/aware/=sell ships/NNS/dobj/sold
=> sold: asserted

# what someone forgot was so
Vale/NNP/nsubj/forgot/PERSON forgot/VBD/ROOT/=forget that/IN/mark/sold Hale/NNP/nsubj/sold/PERSON
sold/VBD/ccomp/forgot/=sell ships/NNS/dobj/sold
=> sold: asserted

# the reason for what is so
Vale/NNP/nsubj/gave/PERSON gave/VBD/ROOT/=give storms/NNS/dobj/gave as/IN/prep/gave a/DT/det/reason
reason/NN/pobj/as for/IN/prep/reason ships/NNS/nsubj/being being/VBG/pcomp/for/=be late/JJ/acomp/being
=> being: asserted

# even if
Vale/NNP/nsubj/leaves/PERSON leaves/VBZ/ROOT Oslo/NNP/dobj/leaves/GPE even/RB/advmod/agrees if/IN/mark/agrees
Hale/NNP/nsubj/agrees/PERSON agrees/VBZ/advcl/leaves
=> leaves: asserted

# the first to do it
Norvalia/NNP/nsubj/became/GPE became/VBD/ROOT/=become the/DT/det/state first/JJ/amod/state
state/NN/attr/became to/TO/aux/sell sell/VB/advcl/became ships/NNS/dobj/sell
=> sell: asserted

# a cry that is no denial
Hale/NNP/nsubj/sold/PERSON sold/VBD/ROOT/=sell ships/NNS/dobj/sold no/UH/det/ships
=> sold: asserted

# one of two
Ships/NNS/nsubj/sank sank/VBD/ROOT/=sink or/CC/cc/sank burnt/VBD/conj/sank/=burn
=> sank: possible
=> burnt: possible

# neither of two
Ships/NNS/nsubj/sink did/VBD/aux/sink/=do not/RB/neg/sink sink/VB/ROOT or/CC/cc/sink burn/VB/conj/sink
=> sink: asserted not
=> burn: asserted not

# what is to be, twice
Vale/NNP/nsubj/is/PERSON is/VBZ/ROOT/=be to/TO/aux/close close/VB/xcomp/is ports/NNS/dobj/close
and/CC/cc/close
to/TO/aux/sell sell/VB/conj/close ships/NNS/dobj/sell
=> sell: planned

# what something causes, as if it were a purpose
Storms/NNS/nsubj/caused caused/VBD/ROOT/=cause ships/NNS/dobj/caused to/TO/aux/sink sink/VB/advcl/caused
=> sink: asserted

# what something means
It/PRP/nsubj/means means/VBZ/ROOT/=mean that/IN/mark/were ships/NNS/nsubj/were were/VBD/ccomp/means/=be
late/JJ/acomp/were
=> were: asserted

# saying that he would
Hale/NNP/nsubj/left/PERSON left/VBD/ROOT/=leave ,/,/punct/left saying/VBG/advcl/left/=say he/PRP/nsubj/return
would/MD/aux/return return/VB/ccomp/saying
=> return: planned

# who is good for doing it
Hale/NNP/nsubj/is/PERSON is/VBZ/ROOT/=be the/DT/det/sailor best/JJS/amod/sailor sailor/NN/attr/is
to/TO/aux/lead lead/VB/relcl/sailor ships/NNS/dobj/lead
=> lead: possible

# who did it first
Hale/NNP/nsubj/is/PERSON is/VBZ/ROOT/=be the/DT/det/sailor first/JJ/amod/sailor sailor/NN/attr/is
to/TO/aux/lead lead/VB/relcl/sailor ships/NNS/dobj/lead
=> lead: asserted

# what goes with a plan
Ports/NNS/nsubj/bid bid/VBD/ROOT to/TO/aux/host host/VB/xcomp/bid it/PRP/dobj/host ,/,/punct/host
with/IN/prep/host Oslo/NNP/nsubj/winning/GPE winning/VBG/pcomp/with/=win
=> host: intended
=> winning: asserted
"""


@pytest.mark.parametrize(("notation", "expected"), table(ROWS))
def test_stance(notation: str, expected: list[str]) -> None:
    doc = make(notation)
    for verb, stance in each(expected):
        assert put(find(doc, verb)) == stance


@pytest.mark.parametrize(
    ("notation", "acts"),
    [
        ("Hale/NNP/ROOT/PERSON", True),
        ("Kestria/NNP/ROOT/GPE", True),
        ("Monday/NNP/ROOT/DATE", False),
        ("Hale/NNP/ROOT", True),
        ("she/PRP/ROOT", True),
        ("it/PRP/ROOT", False),
        ("engineers/NNS/ROOT", True),
        ("ministers/NNS/ROOT", True),
        ("companies/NNS/ROOT/=company", True),
        ("police/NNS/ROOT/=police", True),
        ("ships/NNS/ROOT", False),
        ("thousands/NNS/ROOT of/IN/prep/thousands people/NNS/pobj/of/=people", True),
        ("thousands/NNS/ROOT of/IN/prep/thousands ships/NNS/pobj/of", False),
    ],
)
def test_who_can_act(notation: str, acts: bool) -> None:
    assert can_act(make(notation)[0]) is acts
