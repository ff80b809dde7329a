"""What is found, shown, heard, ruled out or given up: what these verbs make of their clauses."""

from __future__ import annotations

import pytest
from docs import each, find, make, put, table

ROWS = """
# hear that
Judges/NNS/nsubj/heard heard/VBD/ROOT/=hear that/IN/mark/sold Hale/NNP/nsubj/sold/PERSON
sold/VBD/ccomp/heard/=sell the/DT/det/ships ships/NNS/dobj/sold
=> sold: claimed

# find that
The/DT/det/audit audit/NN/nsubj/found found/VBD/ROOT/=find that/IN/mark/sold Hale/NNP/nsubj/sold/PERSON
had/VBD/aux/sold/=have sold/VBN/ccomp/found/=sell the/DT/det/ships ships/NNS/dobj/sold
=> sold: claimed

# heard someone do it
Vale/NNP/nsubj/heard/PERSON heard/VBD/ROOT/=hear Hale/NNP/nsubj/sell/PERSON sell/VB/ccomp/heard
the/DT/det/ships ships/NNS/dobj/sell
=> sell: asserted

# a film shows, its participle a clause
The/DT/det/film film/NN/nsubj/shows shows/VBZ/ROOT Hale/NNP/nsubj/burning/PERSON
burning/VBG/ccomp/shows/=burn the/DT/det/ships ships/NNS/dobj/burning
=> burning: claimed

# a film appears to show, its participle hung on the noun
The/DT/det/film film/NN/nsubj/appeared appeared/VBD/ROOT/=appear to/TO/aux/show show/VB/xcomp/appeared
sailors/NNS/dobj/show burning/VBG/acl/sailors/=burn the/DT/det/ships ships/NNS/dobj/burning
=> show: possible
=> burning: claimed

# told a meeting that, hung on the meeting
Vale/NNP/nsubj/told/PERSON told/VBD/ROOT/=tell a/DT/det/meeting meeting/NN/dobj/told that/IN/mark/sold
Hale/NNP/nsubj/sold/PERSON sold/VBD/acl/meeting/=sell the/DT/det/ships ships/NNS/dobj/sold
=> sold: claimed

# told those who gathered
Vale/NNP/nsubj/told/PERSON told/VBD/ROOT/=tell sailors/NNS/dobj/told burning/VBG/acl/sailors/=burn
the/DT/det/ships ships/NNS/dobj/burning the/DT/det/news news/NN/dobj/told
=> burning: asserted

# cleared of
A/DT/det/court court/NN/nsubj/cleared cleared/VBD/ROOT/=clear Hale/NNP/dobj/cleared/PERSON of/IN/prep/Hale
selling/VBG/pcomp/of/=sell the/DT/det/ships ships/NNS/dobj/selling
=> selling: claimed not

# it is clear that
It/PRP/nsubj/is is/VBZ/ROOT/=be clear/JJ/acomp/is that/IN/mark/sold Hale/NNP/nsubj/sold/PERSON
sold/VBD/ccomp/is/=sell the/DT/det/ships ships/NNS/dobj/sold
=> sold: asserted

# rule out
Kestria/NNP/nsubj/ruled/GPE ruled/VBD/ROOT/=rule out/RP/prt/ruled selling/VBG/xcomp/ruled/=sell
the/DT/det/ships ships/NNS/dobj/selling
=> selling: claimed not

# stop doing it
Kestria/NNP/nsubj/stopped/GPE stopped/VBD/ROOT/=stop selling/VBG/xcomp/stopped/=sell
the/DT/det/ships ships/NNS/dobj/selling
=> stopped: asserted
=> selling: asserted not

# did not stop doing it
Kestria/NNP/nsubj/stop/GPE did/VBD/aux/stop/=do not/RB/neg/stop stop/VB/ROOT selling/VBG/xcomp/stop/=sell
the/DT/det/ships ships/NNS/dobj/selling
=> selling: asserted

# postpone
Kestria/NNP/nsubj/postponed/GPE postponed/VBD/ROOT/=postpone selling/VBG/xcomp/postponed/=sell
the/DT/det/ships ships/NNS/dobj/selling
=> selling: asserted not

# end up doing it
Kestria/NNP/nsubj/ended/GPE ended/VBD/ROOT/=end up/RP/prt/ended selling/VBG/xcomp/ended/=sell
the/DT/det/ships ships/NNS/dobj/selling
=> selling: asserted

# no sign that
There/EX/expl/was was/VBD/ROOT/=be no/DT/det/sign sign/NN/attr/was that/IN/mark/left
Hale/NNP/nsubj/left/PERSON had/VBD/aux/left/=have left/VBN/acl/sign/=leave Oslo/NNP/dobj/left/GPE
=> left: hypothetical

# a headline hung on its name
Kestria/NNP/advcl/says/GPE to/TO/aux/sell sell/VB/xcomp/Kestria ships/NNS/dobj/sell ,/,/punct/says
Hale/NNP/nsubj/says/PERSON says/VBZ/ROOT
=> sell: planned

# a headline and who says it
Kestria/NNP/nsubj/sell/GPE to/TO/aux/sell sell/VB/ccomp/says ships/NNS/dobj/sell ,/,/punct/says
says/VBZ/ROOT Hale/NNP/nsubj/says/PERSON
=> sell: planned

# found guilty of
Hale/NNP/nsubjpass/found/PERSON was/VBD/auxpass/found/=be found/VBN/ROOT/=find guilty/JJ/oprd/found
of/IN/prep/guilty selling/VBG/pcomp/of/=sell the/DT/det/ships ships/NNS/dobj/selling
=> selling: claimed

# found not guilty of
Hale/NNP/nsubjpass/found/PERSON was/VBD/auxpass/found/=be found/VBN/ROOT/=find not/RB/neg/guilty
guilty/JJ/oprd/found of/IN/prep/guilty selling/VBG/pcomp/of/=sell the/DT/det/ships ships/NNS/dobj/selling
=> selling: claimed not

# not found guilty of
Hale/NNP/nsubjpass/found/PERSON was/VBD/auxpass/found/=be not/RB/neg/found found/VBN/ROOT/=find
guilty/JJ/oprd/found of/IN/prep/guilty selling/VBG/pcomp/of/=sell the/DT/det/ships ships/NNS/dobj/selling
=> selling: claimed not
"""


@pytest.mark.parametrize(("notation", "expected"), table(ROWS))
def test_stance(notation: str, expected: list[str]) -> None:
    doc = make(notation)
    for verb, stance in each(expected):
        assert put(find(doc, verb)) == stance
