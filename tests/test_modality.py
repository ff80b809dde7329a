"""What a clause says of itself: modals, conditions, questions, negation, time to come."""

from __future__ import annotations

import pytest
from docs import each, find, make, put, table

ROWS = """
# a plain fact
Hale/NNP/nsubj/sold/PERSON sold/VBD/ROOT/=sell the/DT/det/ships ships/NNS/dobj/sold
=> sold: asserted

# can, could, may
Hale/NNP/nsubj/sell/PERSON could/MD/aux/sell sell/VB/ROOT the/DT/det/ships ships/NNS/dobj/sell
=> sell: possible

# will
Hale/NNP/nsubj/sell/PERSON will/MD/aux/sell sell/VB/ROOT the/DT/det/ships ships/NNS/dobj/sell
=> sell: planned

# going to
Hale/NNP/nsubj/going/PERSON is/VBZ/aux/going/=be going/VBG/ROOT/=go to/TO/aux/sell sell/VB/xcomp/going
the/DT/det/ships ships/NNS/dobj/sell
=> sell: planned

# is to
Hale/NNP/nsubj/is/PERSON is/VBZ/ROOT/=be to/TO/aux/sell sell/VB/xcomp/is the/DT/det/ships
ships/NNS/dobj/sell
=> sell: planned

# should
Hale/NNP/nsubj/sell/PERSON should/MD/aux/sell sell/VB/ROOT the/DT/det/ships ships/NNS/dobj/sell
=> sell: requested

# has to
Hale/NNP/nsubj/has/PERSON has/VBZ/ROOT/=have to/TO/aux/sell sell/VB/xcomp/has the/DT/det/ships
ships/NNS/dobj/sell
=> sell: requested

# had to
Hale/NNP/nsubj/had/PERSON had/VBD/ROOT/=have to/TO/aux/sell sell/VB/xcomp/had the/DT/det/ships
ships/NNS/dobj/sell
=> sell: asserted

# will have to, under a condition
If/IN/mark/bans Kestria/NNP/nsubj/bans/GPE bans/VBZ/advcl/have grain/NN/dobj/bans ,/,/punct/have
Hale/NNP/nsubj/have/PERSON will/MD/aux/have have/VB/ROOT to/TO/aux/sell sell/VB/xcomp/have the/DT/det/ships
ships/NNS/dobj/sell
=> bans: hypothetical
=> sell: conditional

# would
Hale/NNP/nsubj/sell/PERSON would/MD/aux/sell sell/VB/ROOT the/DT/det/ships ships/NNS/dobj/sell
=> sell: hypothetical

# the future of the past
Hale/NNP/nsubj/said/PERSON said/VBD/ROOT/=say he/PRP/nsubj/sell would/MD/aux/sell sell/VB/ccomp/said
the/DT/det/ships ships/NNS/dobj/sell
=> sell: planned

# the future of the past, begun
Hale/NNP/nsubj/said/PERSON said/VBD/ROOT/=say he/PRP/nsubj/begin would/MD/aux/begin begin/VB/ccomp/said
to/TO/aux/sell sell/VB/xcomp/begin the/DT/det/ships ships/NNS/dobj/sell
=> sell: planned

# a modal shared by conjuncts
Hale/NNP/nsubj/sell/PERSON could/MD/aux/sell sell/VB/ROOT the/DT/det/ships ships/NNS/dobj/sell
and/CC/cc/sell leave/VB/conj/sell Oslo/NNP/dobj/leave/GPE
=> leave: possible

# perhaps
Perhaps/RB/advmod/sold Hale/NNP/nsubj/sold/PERSON sold/VBD/ROOT/=sell the/DT/det/ships ships/NNS/dobj/sold
=> sold: possible

# reportedly
Hale/NNP/nsubj/sold/PERSON reportedly/RB/advmod/sold sold/VBD/ROOT/=sell the/DT/det/ships
ships/NNS/dobj/sold
=> sold: claimed

# if
If/IN/mark/sells Hale/NNP/nsubj/sells/PERSON sells/VBZ/advcl/close the/DT/det/ships ships/NNS/dobj/sells
,/,/punct/close Kestria/NNP/nsubj/close/GPE will/MD/aux/close close/VB/ROOT the/DT/det/port
port/NN/dobj/close
=> sells: hypothetical
=> close: conditional

# if, for coordinated clauses
If/IN/mark/sells Hale/NNP/nsubj/sells/PERSON sells/VBZ/advcl/close the/DT/det/ships ships/NNS/dobj/sells
and/CC/cc/sells Vale/NNP/nsubj/leaves/PERSON leaves/VBZ/conj/sells Oslo/NNP/dobj/leaves/GPE ,/,/punct/close
Kestria/NNP/nsubj/close/GPE will/MD/aux/close close/VB/ROOT the/DT/det/port port/NN/dobj/close
and/CC/cc/close sue/VB/conj/close Nordane/NNP/dobj/sue/ORG
=> leaves: hypothetical
=> sue: conditional

# unless
Unless/IN/mark/sells/ORG Hale/NNP/nsubj/sells/PERSON sells/VBZ/advcl/close the/DT/det/ships
ships/NNS/dobj/sells ,/,/punct/close Kestria/NNP/nsubj/close/GPE will/MD/aux/close close/VB/ROOT
the/DT/det/port port/NN/dobj/close
=> sells: hypothetical
=> close: conditional

# condition without if
Had/VBD/aux/sold/=have Hale/NNP/nsubj/sold/PERSON sold/VBD/advcl/closed/=sell the/DT/det/ships
ships/NNS/dobj/sold ,/,/punct/closed Kestria/NNP/nsubj/closed/GPE would/MD/aux/closed have/VB/aux/closed
closed/VBN/ROOT/=close the/DT/det/port port/NN/dobj/closed
=> sold: hypothetical
=> closed: conditional

# whether
Vale/NNP/nsubj/asked/PERSON asked/VBD/ROOT/=ask whether/IN/mark/sold Hale/NNP/nsubj/sold/PERSON
sold/VBD/ccomp/asked/=sell the/DT/det/ships ships/NNS/dobj/sold
=> sold: hypothetical

# a question
Did/VBD/aux/sell/=do Hale/NNP/nsubj/sell/PERSON sell/VB/ROOT the/DT/det/ships ships/NNS/dobj/sell
?/./punct/sell
=> sell: hypothetical

# a question, quoted
"/``/punct/sell Did/VBD/aux/sell/=do Hale/NNP/nsubj/sell/PERSON sell/VB/ROOT the/DT/det/ships
ships/NNS/dobj/sell ?/./punct/sell "/''/punct/sell Vale/NNP/nsubj/asked/PERSON asked/VBD/ROOT/=ask
=> sell: hypothetical

# an imperative
Sell/VB/ROOT the/DT/det/ships ships/NNS/dobj/Sell now/RB/advmod/Sell !/./punct/Sell
=> Sell: requested

# a purpose
Hale/NNP/nsubj/left/PERSON left/VBD/ROOT/=leave Oslo/NNP/dobj/left/GPE to/TO/aux/sell sell/VB/advcl/left
the/DT/det/ships ships/NNS/dobj/sell
=> sell: intended

# not
Hale/NNP/nsubj/sell/PERSON did/VBD/aux/sell/=do not/RB/neg/sell sell/VB/ROOT the/DT/det/ships
ships/NNS/dobj/sell
=> sell: asserted not

# never
Hale/NNP/nsubj/sold/PERSON never/RB/neg/sold sold/VBD/ROOT/=sell the/DT/det/ships ships/NNS/dobj/sold
=> sold: asserted not

# no longer
Hale/NNP/nsubj/owns/PERSON no/RB/neg/longer longer/RBR/advmod/owns/=long owns/VBZ/ROOT the/DT/det/ships
ships/NNS/dobj/owns
=> owns: asserted not

# nobody
Nobody/NN/nsubj/bought bought/VBD/ROOT/=buy the/DT/det/ships ships/NNS/dobj/bought
=> bought: asserted not

# no and a noun
No/DT/det/company company/NN/nsubj/bought bought/VBD/ROOT/=buy the/DT/det/ships ships/NNS/dobj/bought
=> bought: asserted not

# no object
Hale/NNP/nsubj/sold/PERSON sold/VBD/ROOT/=sell no/DT/det/ships ships/NNS/dobj/sold
=> sold: asserted not

# neither
Neither/CC/det/Hale Hale/NNP/nsubj/bought/PERSON nor/CC/cc/Hale Vale/NNP/conj/Hale/PERSON
bought/VBD/ROOT/=buy the/DT/det/ships ships/NNS/dobj/bought
=> bought: asserted not

# without and a gerund
Hale/NNP/nsubj/left/PERSON left/VBD/ROOT/=leave Oslo/NNP/dobj/left/GPE without/IN/prep/left
selling/VBG/pcomp/without/=sell the/DT/det/ships ships/NNS/dobj/selling
=> left: asserted
=> selling: asserted not

# instead of
Hale/NNP/nsubj/left/PERSON left/VBD/ROOT/=leave Oslo/NNP/dobj/left/GPE instead/RB/advmod/of of/IN/cc/left
selling/VBG/pcomp/of/=sell the/DT/det/ships ships/NNS/dobj/selling
=> left: asserted
=> selling: asserted not

# rather than
Hale/NNP/nsubj/left/PERSON left/VBD/ROOT/=leave Oslo/NNP/dobj/left/GPE rather/RB/advmod/than than/IN/cc/left
sell/VB/conj/left the/DT/det/ships ships/NNS/dobj/sell
=> left: asserted
=> sell: asserted not

# not only
Hale/NNP/nsubj/sold/PERSON not/RB/preconj/sold only/RB/advmod/not sold/VBD/ROOT/=sell the/DT/det/ships
ships/NNS/dobj/sold but/CC/cc/sold also/RB/advmod/closed closed/VBD/conj/sold/=close the/DT/det/port
port/NN/dobj/closed
=> sold: asserted
=> closed: asserted

# not, shared by conjuncts
Hale/NNP/nsubj/sell/PERSON did/VBD/aux/sell/=do not/RB/neg/sell sell/VB/ROOT the/DT/det/ships
ships/NNS/dobj/sell or/CC/cc/sell close/VB/conj/sell the/DT/det/port port/NN/dobj/close
=> close: asserted not

# not, not shared
Hale/NNP/nsubj/sell/PERSON did/VBD/aux/sell/=do not/RB/neg/sell sell/VB/ROOT the/DT/det/ships
ships/NNS/dobj/sell but/CC/cc/sell Vale/NNP/nsubj/closed/PERSON closed/VBD/conj/sell/=close the/DT/det/port
port/NN/dobj/closed
=> closed: asserted

# when, to come
Hale/NNP/nsubj/sell/PERSON will/MD/aux/sell sell/VB/ROOT the/DT/det/ships ships/NNS/dobj/sell
when/WRB/advmod/closes Kestria/NNP/nsubj/closes/GPE closes/VBZ/advcl/sell the/DT/det/port
port/NN/dobj/closes
=> closes: hypothetical

# before, to come
Hale/NNP/nsubj/plans/PERSON plans/VBZ/ROOT to/TO/aux/sell sell/VB/xcomp/plans the/DT/det/ships
ships/NNS/dobj/sell before/IN/mark/closed Kestria/NNP/nsubj/closed/GPE has/VBZ/aux/closed/=have
closed/VBN/advcl/sell/=close the/DT/det/port port/NN/dobj/closed
=> closed: hypothetical

# when, past
Hale/NNP/nsubj/sold/PERSON sold/VBD/ROOT/=sell the/DT/det/ships ships/NNS/dobj/sold when/WRB/advmod/closed
Kestria/NNP/nsubj/closed/GPE closed/VBD/advcl/sold/=close the/DT/det/port port/NN/dobj/closed
=> closed: asserted

# because
Hale/NNP/nsubj/sell/PERSON will/MD/aux/sell sell/VB/ROOT the/DT/det/ships ships/NNS/dobj/sell
because/IN/mark/closed Kestria/NNP/nsubj/closed/GPE closed/VBD/advcl/sell/=close the/DT/det/port
port/NN/dobj/closed
=> closed: asserted

# a headline to come
Kestria/NNP/nsubj/send/GPE to/TO/aux/send send/VB/ROOT ships/NNS/dobj/send
=> send: planned

# will, after a gerund
Hale/NNP/nsubj/leave/PERSON will/MD/aux/leave leave/VB/ROOT after/IN/prep/leave
rejecting/VBG/pcomp/after/=reject an/DT/det/offer offer/NN/dobj/rejecting
=> leave: planned
=> rejecting: asserted

# will, before a gerund
Hale/NNP/nsubj/leave/PERSON will/MD/aux/leave leave/VB/ROOT before/IN/prep/leave
rejecting/VBG/pcomp/before/=reject an/DT/det/offer offer/NN/dobj/rejecting
=> rejecting: planned

# refused to deny
Hale/NNP/nsubj/refused/PERSON refused/VBD/ROOT/=refuse to/TO/aux/deny deny/VB/xcomp/refused that/IN/mark/sold
Vale/NNP/nsubj/sold/PERSON sold/VBD/ccomp/deny/=sell the/DT/det/ships ships/NNS/dobj/sold
=> deny: asserted not
=> sold: possible

# did not deny
Hale/NNP/nsubj/deny/PERSON did/VBD/aux/deny/=do not/RB/neg/deny deny/VB/ROOT selling/VBG/xcomp/deny/=sell
the/DT/det/ships ships/NNS/dobj/selling
=> selling: possible

# declined to say
Hale/NNP/nsubj/declined/PERSON declined/VBD/ROOT/=decline to/TO/aux/confirm confirm/VB/xcomp/declined
that/IN/mark/sold Vale/NNP/nsubj/sold/PERSON sold/VBD/ccomp/confirm/=sell the/DT/det/ships
ships/NNS/dobj/sold
=> confirm: asserted not
=> sold: hypothetical

# after what has happened
Hale/NNP/nsubjpass/banned/PERSON is/VBZ/auxpass/banned/=be banned/VBN/ROOT/=ban from/IN/prep/banned
holding/VBG/pcomp/from/=hold office/NN/dobj/holding after/IN/prep/holding selling/VBG/pcomp/after/=sell
ships/NNS/dobj/selling
=> selling: asserted

# what someone has to pay for
Vale/NNP/nsubj/told/PERSON told/VBD/ROOT/=tell Hale/NNP/dobj/told/PERSON to/TO/aux/pay pay/VB/xcomp/told
for/IN/prep/pay selling/VBG/pcomp/for/=sell ships/NNS/dobj/selling
=> selling: asserted

# who asks says why
Vale/NNP/nsubj/asked/PERSON asked/VBD/ROOT/=ask Hale/NNP/dobj/asked/PERSON to/TO/aux/leave
leave/VB/xcomp/asked ,/,/punct/asked adding/VBG/advcl/asked/=add that/IN/mark/sold Kestria/NNP/nsubj/sold/GPE
sold/VBD/ccomp/adding/=sell ships/NNS/dobj/sold
=> adding: asserted

# fled to escape
Hale/NNP/nsubj/fled/PERSON fled/VBD/ROOT/=flee to/TO/aux/escape escape/VB/xcomp/fled storms/NNS/dobj/escape
=> escape: intended

# since something began
Hale/NNP/nsubj/won/PERSON won/VBD/ROOT/=win for/IN/prep/won the/DT/det/time first/JJ/amod/time
time/NN/pobj/for since/IN/mark/began the/DT/det/war war/NN/nsubj/began began/VBD/advcl/time/=begin
=> began: asserted

# the way something is done
Hale/NNP/nsubj/changed/PERSON changed/VBD/ROOT/=change the/DT/det/way way/NN/dobj/changed
ships/NNS/nsubjpass/sold are/VBP/auxpass/sold/=be sold/VBN/relcl/way/=sell
=> sold: asserted

# when treated
Hale/NNP/nsubj/sleep/PERSON can/MD/aux/sleep not/RB/neg/sleep sleep/VB/ROOT when/WRB/advmod/treated
treated/VBN/advcl/sleep/=treat
=> treated: asserted

# how things went on
Hale/NNP/nsubj/proceeded/PERSON proceeded/VBD/ROOT/=proceed to/TO/aux/sell sell/VB/xcomp/proceeded
ships/NNS/dobj/sell
=> sell: asserted
"""


@pytest.mark.parametrize(("notation", "expected"), table(ROWS))
def test_stance(notation: str, expected: list[str]) -> None:
    doc = make(notation)
    for verb, stance in each(expected):
        assert put(find(doc, verb)) == stance
