"""What governing nouns make of a clause, and which clauses stand for themselves."""

from __future__ import annotations

import pytest
from docs import each, find, make, put, table

ROWS = """
# plan, a noun
Hale/NNP/poss/plan/PERSON 's/POS/case/Hale plan/NN/nsubj/failed to/TO/aux/sell sell/VB/acl/plan
the/DT/det/ships ships/NNS/dobj/sell failed/VBD/ROOT/=fail
=> sell: planned

# any effort
Vale/NNP/nsubj/block/PERSON will/MD/aux/block block/VB/ROOT any/DT/det/effort effort/NN/dobj/block
by/IN/prep/effort Hale/NNP/pobj/by/PERSON to/TO/aux/sell sell/VB/acl/effort the/DT/det/ships
ships/NNS/dobj/sell
=> sell: hypothetical

# refusal
Hale/NNP/poss/refusal/PERSON 's/POS/case/Hale refusal/NN/nsubj/angered to/TO/aux/sell sell/VB/acl/refusal
the/DT/det/ships ships/NNS/dobj/sell angered/VBD/ROOT/=anger Vale/NNP/dobj/angered/PERSON
=> sell: asserted not

# no intention
Hale/NNP/nsubj/has/PERSON has/VBZ/ROOT/=have no/DT/det/intention intention/NN/dobj/has of/IN/prep/intention
selling/VBG/pcomp/of/=sell the/DT/det/ships ships/NNS/dobj/selling
=> selling: intended not

# claim that
Vale/NNP/poss/claim/PERSON 's/POS/case/Vale claim/NN/nsubj/angered that/IN/mark/sold
Hale/NNP/nsubj/sold/PERSON sold/VBD/acl/claim/=sell the/DT/det/ships ships/NNS/dobj/sold
angered/VBD/ROOT/=anger Kestria/NNP/dobj/angered/GPE
=> sold: claimed

# fact that
The/DT/det/fact fact/NN/nsubj/angered that/IN/mark/sold Hale/NNP/nsubj/sold/PERSON sold/VBD/acl/fact/=sell
the/DT/det/ships ships/NNS/dobj/sold angered/VBD/ROOT/=anger Kestria/NNP/dobj/angered/GPE
=> sold: asserted

# reject claims that
Hale/NNP/nsubj/rejected/PERSON rejected/VBD/ROOT/=reject claims/NNS/dobj/rejected that/IN/mark/sold
Nordane/NNP/nsubj/sold/ORG sold/VBD/acl/claims/=sell the/DT/det/ships ships/NNS/dobj/sold
=> sold: claimed not

# an alleged thing
The/DT/det/plot alleged/JJ/amod/plot plot/NN/nsubj/worried worried/VBD/ROOT/=worry
Hale/NNP/dobj/worried/PERSON
=> worried: asserted

# a relative clause of an alleged thing
Police/NNS/nsubj/found/=Police found/VBD/ROOT/=find the/DT/det/spy alleged/VBN/amod/spy/=allege
spy/NN/dobj/found who/WP/nsubj/sold sold/VBD/relcl/spy/=sell the/DT/det/ships ships/NNS/dobj/sold
=> sold: claimed

# a relative clause of any
Vale/NNP/nsubj/arrest/PERSON will/MD/aux/arrest arrest/VB/ROOT any/DT/det/man man/NN/dobj/arrest
who/WP/nsubj/sold sold/VBD/relcl/man/=sell the/DT/det/ships ships/NNS/dobj/sold
=> sold: hypothetical

# a relative clause under a request
Vale/NNP/nsubj/urged/PERSON urged/VBD/ROOT/=urge Hale/NNP/dobj/urged/PERSON to/TO/aux/free
free/VB/xcomp/urged the/DT/det/men men/NNS/dobj/free/=man who/WP/nsubj/sold sold/VBD/relcl/men/=sell
the/DT/det/ships ships/NNS/dobj/sold
=> free: requested
=> sold: asserted

# a relative clause that is reported
Vale/NNP/nsubj/said/PERSON said/VBD/ROOT/=say the/DT/det/men men/NNS/nsubj/left/=man who/WP/nsubj/sold
sold/VBD/relcl/men/=sell the/DT/det/ships ships/NNS/dobj/sold left/VBD/ccomp/said/=leave
Oslo/NNP/dobj/left/GPE
=> sold: claimed
=> left: claimed

# a relative clause with accused in it
Police/NNS/nsubj/arrested/=Police arrested/VBD/ROOT/=arrest Hale/NNP/dobj/arrested/PERSON ,/,/punct/Hale
who/WP/nsubj/accused had/VBD/aux/accused/=have accused/VBN/relcl/Hale/=accuse Vale/NNP/dobj/accused/PERSON
=> accused: asserted

# a temporal clause under a request
Vale/NNP/nsubj/urged/PERSON urged/VBD/ROOT/=urge Hale/NNP/dobj/urged/PERSON to/TO/aux/leave
leave/VB/xcomp/urged when/WRB/advmod/closed Kestria/NNP/nsubj/closed/GPE closed/VBD/advcl/leave/=close
the/DT/det/port port/NN/dobj/closed
=> leave: requested
=> closed: asserted

# a participle after a plan
Hale/NNP/nsubj/plans/PERSON plans/VBZ/ROOT to/TO/aux/visit visit/VB/xcomp/plans Oslo/NNP/dobj/visit/GPE
,/,/punct/visit ending/VBG/advcl/visit/=end a/DT/det/dispute dispute/NN/dobj/ending
=> ending: planned

# a finite conjunct of an infinitive
Hale/NNP/nsubj/ordered/PERSON ordered/VBD/ROOT/=order Nordane/NNP/dobj/ordered/ORG to/TO/aux/sell
sell/VB/xcomp/ordered the/DT/det/ships ships/NNS/dobj/sell and/CC/cc/sell closed/VBD/conj/sell/=close
the/DT/det/port port/NN/dobj/closed
=> sell: requested
=> closed: asserted

# nested, claimed and planned
Vale/NNP/nsubj/said/PERSON said/VBD/ROOT/=say Hale/NNP/nsubj/plans/PERSON plans/VBZ/ccomp/said
to/TO/aux/sell sell/VB/xcomp/plans the/DT/det/ships ships/NNS/dobj/sell
=> sell: planned

# nested, denied and asked
Hale/NNP/nsubj/denied/PERSON denied/VBD/ROOT/=deny that/IN/mark/asked Vale/NNP/nsubj/asked/PERSON
asked/VBD/ccomp/denied/=ask him/PRP/dobj/asked to/TO/aux/sell sell/VB/xcomp/asked the/DT/det/ships
ships/NNS/dobj/sell
=> asked: claimed not
=> sell: requested not

# try under want
Hale/NNP/nsubj/wants/PERSON wants/VBZ/ROOT to/TO/aux/try try/VB/xcomp/wants to/TO/aux/sell sell/VB/xcomp/try
the/DT/det/ships ships/NNS/dobj/sell
=> sell: intended

# fear without that
The/DT/det/news news/NN/nsubj/fueled fueled/VBD/ROOT/=fuel fears/NNS/dobj/fueled the/DT/det/virus
virus/NN/nsubj/spreading was/VBD/aux/spreading/=be spreading/VBG/relcl/fears/=spread
=> spreading: possible

# report without that
Vale/NNP/nsubj/read/PERSON read/VBD/ROOT/=read reports/NNS/dobj/read Kestria/NNP/nsubj/attacked/GPE
attacked/VBD/relcl/reports/=attack Norvalia/NNP/dobj/attacked/GPE
=> attacked: claimed

# a report that somebody wrote
Vale/NNP/nsubj/read/PERSON read/VBD/ROOT the/DT/det/report report/NN/dobj/read Hale/NNP/nsubj/wrote/PERSON
wrote/VBD/relcl/report/=write
=> wrote: asserted

# a relative clause in another one's belief
Police/NNS/nsubj/believe/=Police believe/VBP/ROOT they/PRP/nsubj/were were/VBD/ccomp/believe/=be
soldiers/NNS/attr/were of/IN/prep/soldiers Hale/NNP/pobj/of/PERSON ,/,/punct/Hale who/WP/nsubj/left
left/VBD/relcl/Hale/=leave Oslo/NNP/dobj/left/GPE
=> left: possible

# what would be the first that
It/PRP/nsubj/be would/MD/aux/be be/VB/ROOT the/DT/det/ship first/JJ/amod/ship/ORDINAL ship/NN/attr/be
that/WDT/nsubj/sank sank/VBD/relcl/ship/=sink in/IN/prep/sank Oslo/NNP/pobj/in/GPE
=> sank: hypothetical

# the risk of X doing it
Hale/NNP/nsubj/saw/PERSON saw/VBD/ROOT/=see the/DT/det/risk risk/NN/dobj/saw of/IN/prep/risk
floods/NNS/pobj/of/=flood reaching/VBG/acl/floods/=reach Oslo/NNP/dobj/reaching/GPE
=> reaching: possible

# a participle after a negated verb
Hale/NNP/nsubj/come/PERSON did/VBD/aux/come/=do not/RB/neg/come come/VB/ROOT ,/,/punct/come
citing/VBG/advcl/come/=cite the/DT/det/storm storm/NN/dobj/citing
=> come: asserted not
=> citing: asserted

# what is the man who
Hale/NNP/nsubj/is/PERSON is/VBZ/ROOT/=be the/DT/det/man man/NN/attr/is who/WP/nsubj/sold
sold/VBD/relcl/man/=sell the/DT/det/ships ships/NNS/dobj/sold
=> sold: asserted
"""


@pytest.mark.parametrize(("notation", "expected"), table(ROWS))
def test_stance(notation: str, expected: list[str]) -> None:
    doc = make(notation)
    for verb, stance in each(expected):
        assert put(find(doc, verb)) == stance
