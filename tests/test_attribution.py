"""Who says so: speakers of reported clauses, of quotations, of claims."""

from __future__ import annotations

import pytest
from docs import each, find, make, said_by, table

from graph.text.attribution import LONGEST_QUOTE, quotations

ROWS = """
# nobody
Hale/NNP/nsubj/sold/PERSON sold/VBD/ROOT/=sell the/DT/det/ships ships/NNS/dobj/sold
=> sold: -

# said that
Vale/NNP/nsubj/said/PERSON said/VBD/ROOT/=say that/IN/mark/sold Hale/NNP/nsubj/sold/PERSON
sold/VBD/ccomp/said/=sell the/DT/det/ships ships/NNS/dobj/sold
=> sold: Vale

# told somebody that
Vale/NNP/nsubj/told/PERSON told/VBD/ROOT/=tell Dorn/NNP/dobj/told/PERSON that/IN/mark/sold
Hale/NNP/nsubj/sold/PERSON sold/VBD/ccomp/told/=sell the/DT/det/ships ships/NNS/dobj/sold
=> sold: Vale

# who faces charges has brought none
Vale/NNP/nsubj/faces/PERSON faces/VBZ/ROOT/=face charges/NNS/dobj/faces/=charge of/IN/prep/charges
selling/VBG/pcomp/of/=sell ships/NNS/dobj/selling
=> selling: -

# who is quoted says so himself
Oslo/NNP/nsubj/quoted/GPE quoted/VBD/ROOT/=quote Vale/NNP/dobj/quoted/PERSON as/IN/prep/quoted
saying/VBG/pcomp/as/=say Hale/NNP/nsubj/sold/PERSON sold/VBD/ccomp/saying/=sell ships/NNS/dobj/sold
=> saying: -
=> sold: Vale

# said before
Hale/NNP/nsubj/sold/PERSON sold/VBD/ccomp/said/=sell the/DT/det/ships ships/NNS/dobj/sold ,/,/punct/said
Vale/NNP/nsubj/said/PERSON said/VBD/ROOT/=say
=> sold: Vale

# said the engineer, a name
Hale/NNP/nsubj/sold/PERSON sold/VBD/ccomp/said/=sell the/DT/det/ships ships/NNS/dobj/sold ,/,/punct/said
said/VBD/ROOT/=say the/DT/det/engineer engineer/NN/nsubj/said ,/,/punct/engineer
Anna/NNP/compound/Berg/PERSON Berg/NNP/appos/engineer/PERSON
=> sold: Berg

# a quotation before
“/``/punct/sold Hale/NNP/nsubj/sold/PERSON sold/VBD/ccomp/said/=sell the/DT/det/ships ships/NNS/dobj/sold
,/,/punct/said ”/''/punct/said Vale/NNP/nsubj/said/PERSON said/VBD/ROOT/=say
=> sold: Vale

# a quotation after
Vale/NNP/nsubj/said/PERSON said/VBD/ROOT/=say :/:/punct/said “/``/punct/said Hale/NNP/nsubj/sold/PERSON
sold/VBD/ccomp/said/=sell the/DT/det/ships ships/NNS/dobj/sold ././punct/said ”/''/punct/said
=> sold: Vale

# a quotation over two sentences
“/``/punct/sold Hale/NNP/nsubj/sold/PERSON sold/VBD/ROOT/=sell the/DT/det/ships ships/NNS/dobj/sold
././punct/sold Dorn/NNP/nsubj/left/PERSON left/VBD/ccomp/said/=leave Oslo/NNP/dobj/left/GPE ,/,/punct/said
”/''/punct/said said/VBD/ROOT/=say Vale/NNP/nsubj/said/PERSON
=> sold: Vale
=> left: Vale

# a quotation that goes on after the speaker
“/``/punct/sold Hale/NNP/nsubj/sold/PERSON sold/VBD/ccomp/said/=sell the/DT/det/ships ships/NNS/dobj/sold
,/,/punct/said ”/''/punct/said Vale/NNP/nsubj/said/PERSON said/VBD/ROOT/=say ././punct/said “/``/punct/left
Dorn/NNP/nsubj/left/PERSON left/VBD/ROOT/=leave Oslo/NNP/dobj/left/GPE ././punct/left ”/''/punct/left
=> sold: Vale
=> left: Vale

# a quotation without a speaker
“/``/punct/sold Hale/NNP/nsubj/sold/PERSON sold/VBD/ROOT/=sell the/DT/det/ships ships/NNS/dobj/sold
././punct/sold ”/''/punct/sold Dorn/NNP/nsubj/left/PERSON left/VBD/ROOT/=leave Oslo/NNP/dobj/left/GPE
././punct/left
=> sold: -
=> left: -

# what is said beside a quotation
“/``/punct/sold Hale/NNP/nsubj/sold/PERSON sold/VBD/ccomp/said/=sell the/DT/det/ships ships/NNS/dobj/sold
,/,/punct/said ”/''/punct/said said/VBD/ROOT/=say Vale/NNP/nsubj/said/PERSON ,/,/punct/Vale
who/WP/nsubj/owns owns/VBZ/relcl/Vale the/DT/det/port port/NN/dobj/owns
=> sold: Vale
=> owns: -

# according to
According/VBG/prep/sold/=accord to/IN/prep/According Vale/NNP/pobj/to/PERSON ,/,/punct/sold
Hale/NNP/nsubj/sold/PERSON sold/VBD/ROOT/=sell the/DT/det/ships ships/NNS/dobj/sold
=> sold: Vale

# according to, behind
Hale/NNP/nsubj/sold/PERSON sold/VBD/ROOT/=sell the/DT/det/ships ships/NNS/dobj/sold ,/,/punct/sold
according/VBG/prep/sold/=accord to/IN/prep/according Vale/NNP/pobj/to/PERSON
=> sold: Vale

# the innermost speaks
Vale/NNP/nsubj/said/PERSON said/VBD/ROOT/=say Dorn/NNP/nsubj/claimed/PERSON claimed/VBD/ccomp/said/=claim
that/IN/mark/sold Hale/NNP/nsubj/sold/PERSON sold/VBD/ccomp/claimed/=sell the/DT/det/ships
ships/NNS/dobj/sold
=> claimed: Vale
=> sold: Dorn

# the innermost denies
Vale/NNP/nsubj/said/PERSON said/VBD/ROOT/=say Dorn/NNP/nsubj/denied/PERSON denied/VBD/ccomp/said/=deny
that/IN/mark/sold Hale/NNP/nsubj/sold/PERSON sold/VBD/ccomp/denied/=sell the/DT/det/ships
ships/NNS/dobj/sold
=> denied: Vale
=> sold: Dorn

# who accuses
Vale/NNP/nsubj/accused/PERSON accused/VBD/ROOT/=accuse Hale/NNP/dobj/accused/PERSON of/IN/prep/accused
selling/VBG/pcomp/of/=sell the/DT/det/ships ships/NNS/dobj/selling
=> selling: Vale

# who is accused by
Hale/NNP/nsubjpass/accused/PERSON was/VBD/auxpass/accused/=be accused/VBN/ROOT/=accuse by/IN/agent/accused
Vale/NNP/pobj/by/PERSON of/IN/prep/accused selling/VBG/pcomp/of/=sell the/DT/det/ships
ships/NNS/dobj/selling
=> selling: Vale

# who is accused by nobody named
Hale/NNP/nsubjpass/accused/PERSON was/VBD/auxpass/accused/=be accused/VBN/ROOT/=accuse of/IN/prep/accused
selling/VBG/pcomp/of/=sell the/DT/det/ships ships/NNS/dobj/selling
=> selling: -

# who is said to
Hale/NNP/nsubjpass/said/PERSON is/VBZ/auxpass/said/=be said/VBN/ROOT/=say to/TO/aux/sold have/VB/aux/sold
sold/VBN/xcomp/said/=sell the/DT/det/ships ships/NNS/dobj/sold
=> sold: -

# who wants X to
Vale/NNP/nsubj/wants/PERSON wants/VBZ/ROOT Hale/NNP/nsubj/sell/PERSON to/TO/aux/sell sell/VB/ccomp/wants
the/DT/det/ships ships/NNS/dobj/sell
=> sell: Vale

# who urged
Vale/NNP/nsubj/urged/PERSON urged/VBD/ROOT/=urge Hale/NNP/dobj/urged/PERSON to/TO/aux/sell
sell/VB/xcomp/urged the/DT/det/ships ships/NNS/dobj/sell
=> sell: Vale

# whose claim
Vale/NNP/poss/claim/PERSON 's/POS/case/Vale claim/NN/nsubj/angered that/IN/mark/sold
Hale/NNP/nsubj/sold/PERSON sold/VBD/acl/claim/=sell the/DT/det/ships ships/NNS/dobj/sold
angered/VBD/ROOT/=anger Dorn/NNP/dobj/angered/PERSON
=> sold: Vale

# a claim by
A/DT/det/claim claim/NN/nsubj/angered by/IN/prep/claim Vale/NNP/pobj/by/PERSON that/IN/mark/sold
Hale/NNP/nsubj/sold/PERSON sold/VBD/acl/claim/=sell the/DT/det/ships ships/NNS/dobj/sold
angered/VBD/ROOT/=anger Dorn/NNP/dobj/angered/PERSON
=> sold: Vale

# who makes a claim
Vale/NNP/nsubj/made/PERSON made/VBD/ROOT/=make the/DT/det/claim claim/NN/dobj/made that/IN/mark/sold
Hale/NNP/nsubj/sold/PERSON sold/VBD/acl/claim/=sell the/DT/det/ships ships/NNS/dobj/sold
=> sold: Vale

# who hears a claim has not made it
Vale/NNP/nsubj/heard/PERSON heard/VBD/ROOT/=hear claims/NNS/dobj/heard that/IN/mark/sold
Hale/NNP/nsubj/sold/PERSON sold/VBD/acl/claims/=sell the/DT/det/ships ships/NNS/dobj/sold
=> sold: -

# who rejects a claim denies it
Vale/NNP/nsubj/rejected/PERSON rejected/VBD/ROOT/=reject claims/NNS/dobj/rejected that/IN/mark/sold
Hale/NNP/nsubj/sold/PERSON sold/VBD/acl/claims/=sell the/DT/det/ships ships/NNS/dobj/sold
=> sold: Vale

# a claim that is false is nobody's
The/DT/det/claim claim/NN/nsubj/is that/IN/mark/sold Hale/NNP/nsubj/sold/PERSON sold/VBD/acl/claim/=sell
the/DT/det/ships ships/NNS/dobj/sold is/VBZ/ROOT/=be false/JJ/acomp/is
=> sold: -

# a shared subject speaks
Vale/NNP/nsubj/left/PERSON left/VBD/ROOT/=leave Oslo/NNP/dobj/left/GPE and/CC/cc/left
said/VBD/conj/left/=say that/IN/mark/sold Hale/NNP/nsubj/sold/PERSON sold/VBD/ccomp/said/=sell
the/DT/det/ships ships/NNS/dobj/sold
=> sold: Vale

# a report in a temporal clause
Vale/NNP/nsubj/left/PERSON left/VBD/ROOT/=leave Oslo/NNP/dobj/left/GPE after/IN/mark/said
Dorn/NNP/nsubj/said/PERSON said/VBD/advcl/left/=say that/IN/mark/sold Hale/NNP/nsubj/sold/PERSON
sold/VBD/ccomp/said/=sell the/DT/det/ships ships/NNS/dobj/sold
=> left: -
=> sold: Dorn

# who hears it has not said it
Judges/NNS/nsubj/heard heard/VBD/ROOT/=hear that/IN/mark/sold Hale/NNP/nsubj/sold/PERSON
sold/VBD/ccomp/heard/=sell the/DT/det/ships ships/NNS/dobj/sold
=> sold: -

# who finds it says it
Judges/NNS/nsubj/found found/VBD/ROOT/=find that/IN/mark/sold Hale/NNP/nsubj/sold/PERSON
sold/VBD/ccomp/found/=sell the/DT/det/ships ships/NNS/dobj/sold
=> sold: Judges

# told a meeting that, hung on the meeting
Vale/NNP/nsubj/told/PERSON told/VBD/ROOT/=tell a/DT/det/meeting meeting/NN/dobj/told that/IN/mark/sold
Hale/NNP/nsubj/sold/PERSON sold/VBD/acl/meeting/=sell the/DT/det/ships ships/NNS/dobj/sold
=> sold: Vale

# a name and a colon
Hale/NNP/nsubj/left/PERSON :/:/punct/Hale "/``/punct/left Vale/NNP/nsubj/left/PERSON left/VBD/ROOT/=leave
Oslo/NNP/dobj/left/GPE ././punct/left "/''/punct/left
=> left: Hale

# found guilty, nobody says by whom
Hale/NNP/nsubjpass/found/PERSON was/VBD/auxpass/found/=be found/VBN/ROOT/=find guilty/JJ/oprd/found
of/IN/prep/guilty selling/VBG/pcomp/of/=sell the/DT/det/ships ships/NNS/dobj/selling
=> selling: -

# the judges found someone guilty
Judges/NNS/nsubj/found found/VBD/ROOT/=find Hale/NNP/nsubj/guilty/PERSON guilty/JJ/ccomp/found
of/IN/prep/guilty selling/VBG/pcomp/of/=sell the/DT/det/ships ships/NNS/dobj/selling
=> selling: Judges

# pleaded guilty
Hale/NNP/nsubj/pleaded/PERSON pleaded/VBD/ROOT/=plead guilty/JJ/acomp/pleaded to/IN/prep/guilty
selling/VBG/pcomp/to/=sell the/DT/det/ships ships/NNS/dobj/selling
=> selling: Hale

# found guilty, by whom is not told
A/DT/det/man man/NN/nsubj/fled fled/VBD/ROOT/=flee found/VBD/conj/fled/=find guilty/JJ/oprd/found
of/IN/prep/guilty selling/VBG/pcomp/of/=sell ships/NNS/dobj/selling
=> selling: -

# charged with a quoted deed, by whom is not told
Hale/NNP/nsubjpass/charged/PERSON is/VBZ/auxpass/charged/=be charged/VBN/ROOT/=charge with/IN/prep/charged
“/``/punct/selling selling/VBG/pcomp/with/=sell ships/NNS/dobj/selling ”/''/punct/selling ,/,/punct/charged
though/IN/mark/says he/PRP/nsubj/says says/VBZ/advcl/charged/=say Vale/NNP/nsubj/left/PERSON
left/VBD/ccomp/says/=leave
=> selling: -

# security officials and others
Ships/NNS/nsubj/sank sank/VBD/ROOT/=sink ,/,/punct/sank according/VBG/prep/sank to/IN/prep/according
local/JJ/amod/security security/NN/pobj/to and/CC/cc/security humanitarian/JJ/amod/officials
officials/NNS/conj/security
=> sank: officials

# speculation, whosesoever
Reports/NNS/nsubj/describe describe/VBP/ROOT speculation/NN/dobj/describe Vale/NNP/nsubj/sold/PERSON
sold/VBD/ccomp/describe/=sell ships/NNS/dobj/sold
=> sold: -

# who estimates it
Hale/NNP/nsubj/estimates/PERSON estimates/VBZ/ROOT/=estimate that/IN/mark/sank ships/NNS/nsubj/sank
sank/VBD/ccomp/estimates/=sink
=> sank: Hale

# another's word
Hale/NNP/nsubj/denies/PERSON denies/VBZ/ROOT/=deny ships/NNS/nsubj/sank sank/VBD/ccomp/denies/=sink
,/,/punct/sank and/CC/cc/sank Vale/NNP/nsubj/calls/PERSON calls/VBZ/conj/sank/=describe reports/NNS/dobj/calls
=> calls: -

# who is reported to have said so
Ships/NNS/nsubj/sank sank/VBD/ccomp/reported/=sink ,/,/punct/reported Oslo/NNP/nsubj/reported/GPE
reported/VBD/ROOT/=report Hale/NNP/nsubj/said/PERSON said/VBD/ccomp/reported/=say
=> sank: Hale
"""


@pytest.mark.parametrize(("notation", "expected"), table(ROWS))
def test_speaker(notation: str, expected: list[str]) -> None:
    doc = make(notation)
    quotes = quotations(doc)
    for verb, who in each(expected):
        assert said_by(find(doc, verb), quotes) == who


def test_a_quotation_mark_left_open_quotes_nothing() -> None:
    words = " ".join(f"w{i}/NN/dep/said" for i in range(LONGEST_QUOTE + 1))
    doc = make(f"“/``/punct/said {words} ”/''/punct/said Vale/NNP/nsubj/said said/VBD/ROOT/=say")
    assert list(quotations(doc).starts) == []


def test_the_quotation_round_a_token() -> None:
    doc = make(
        "Vale/NNP/nsubj/said said/VBD/ROOT/=say “/``/punct/said yes/UH/intj/said ”/''/punct/said "
        "now/RB/advmod/said"
    )
    quotes = quotations(doc)
    assert [quotes.around(token) for token in doc] == [None, None, 0, 0, 0, None]
