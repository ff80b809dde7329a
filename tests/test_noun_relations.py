"""What noun phrases say of the names in them."""

from __future__ import annotations

import pytest
from docs import make, table

from graph.text.clause import Clause
from graph.text.entities import build
from graph.text.mentions import names
from graph.text.noun_relations import relations

ROWS = """
# apposition of a person
Anna/NNP/compound/Berg/PERSON Berg/NNP/nsubj/left/PERSON ,/,/punct/Berg a/DT/det/member member/NN/appos/Berg
of/IN/prep/member Nordane/NNP/pobj/of/ORG ,/,/punct/Berg left/VBD/ROOT/=leave
=> Berg | member of | Nordane

# apposition of a kind only
Nordane/NNP/nsubj/closed/ORG ,/,/punct/Nordane a/DT/det/company company/NN/appos/Nordane ,/,/punct/Nordane
closed/VBD/ROOT
=> Nordane | - | company

# one that a determiner points at
Nordane/NNP/nsubj/closed/ORG ,/,/punct/Nordane the/DT/det/brewer brewer/NN/appos/Nordane of/IN/prep/brewer
Karlshaven/NNP/pobj/of/GPE ,/,/punct/Nordane closed/VBD/ROOT
=> Nordane | brewer of | Karlshaven

# one of several
Men/NNS/nsubj/left ,/,/punct/Men Berg/NNP/appos/Men/PERSON ,/,/punct/Men left/VBD/ROOT/=leave

# apposition before a name
Berg/NNP/poss/lawyer/PERSON 's/POS/case/Berg lawyer/NN/nsubj/left ,/,/punct/lawyer
Duncan/NNP/compound/Hale/PERSON Hale/NNP/appos/lawyer/PERSON ,/,/punct/lawyer left/VBD/ROOT/=leave
=> Hale | lawyer of | Berg

# a title of two nouns
Duncan/NNP/compound/Hale/PERSON Hale/NNP/nsubj/left/PERSON ,/,/punct/Hale Berg/NNP/poss/partner/PERSON
's/POS/case/Berg former/JJ/amod/partner team/NN/compound/partner partner/NN/appos/Hale ,/,/punct/Hale
left/VBD/ROOT/=leave
=> Hale | former team partner of | Berg

# a title with of
Duncan/NNP/compound/Hale/PERSON Hale/NNP/nsubj/left/PERSON ,/,/punct/Hale Berg/NNP/poss/chief/PERSON
's/POS/case/Berg chief/NN/appos/Hale of/IN/prep/chief staff/NN/pobj/of ,/,/punct/Hale left/VBD/ROOT/=leave
=> Hale | chief of staff of | Berg

# no longer
Anna/NNP/compound/Berg/PERSON Berg/NNP/nsubj/left/PERSON ,/,/punct/Berg formerly/RB/advmod/member
a/DT/det/member member/NN/appos/Berg of/IN/prep/member Nordane/NNP/pobj/of/ORG ,/,/punct/Berg
left/VBD/ROOT/=leave

# a noun that the name cannot be
Hale/NNP/nsubj/visited/PERSON visited/VBD/ROOT/=visit Oslo/NNP/dobj/visited/GPE ,/,/punct/Oslo
a/DT/det/trip trip/NN/appos/Oslo of/IN/prep/trip two/CD/nummod/days days/NNS/pobj/of

# a list
Hale/NNP/nsubj/named/PERSON named/VBD/ROOT/=name Berg/NNP/dobj/named/PERSON ,/,/punct/Berg
Vale/NNP/conj/Berg/PERSON ,/,/punct/Vale members/NNS/appos/Berg of/IN/prep/members Nordane/NNP/pobj/of/ORG
and/CC/cc/Berg

# person of an organisation
Anna/NNP/compound/Berg/PERSON Berg/NNP/nsubj/left/PERSON of/IN/prep/Berg Nordane/NNP/pobj/of/ORG
left/VBD/ROOT/=leave
=> Berg | of | Nordane

# a place in a place
Merrow/NNP/compound/Hospital/ORG Hospital/NNP/nsubj/closed/ORG in/IN/prep/Hospital Oslo/NNP/pobj/in/GPE
closed/VBD/ROOT
=> Hospital | in | Oslo

# a person in a place
Berg/NNP/nsubj/left/PERSON in/IN/prep/Berg Oslo/NNP/pobj/in/GPE left/VBD/ROOT/=leave

# a town and its country
Hale/NNP/nsubj/visited/PERSON visited/VBD/ROOT/=visit Bergen/NNP/dobj/visited/GPE ,/,/punct/Bergen
Norway/NNP/appos/Bergen/GPE
=> Bergen | in | Norway

# two countries
Hale/NNP/nsubj/visited/PERSON visited/VBD/ROOT/=visit Sweden/NNP/dobj/visited/GPE ,/,/punct/Sweden
Norway/NNP/appos/Sweden/GPE

# a list of places
Hale/NNP/nsubj/visited/PERSON visited/VBD/ROOT/=visit Bergen/NNP/dobj/visited/GPE ,/,/punct/Bergen
Norway/NNP/appos/Bergen/GPE and/CC/cc/Norway Sweden/NNP/conj/Norway/GPE

# possession
Kestria/NNP/poss/Hospital/GPE 's/POS/case/Kestria Merrow/NNP/compound/Hospital/ORG
Hospital/NNP/nsubj/closed/ORG closed/VBD/ROOT
=> Kestria | - | Hospital

# a person's company
Berg/NNP/poss/Nordane/PERSON 's/POS/case/Berg Nordane/NNP/nsubj/closed/ORG closed/VBD/ROOT
"""


def shown(clause: Clause) -> str:
    said = " ".join((*(word.text for word in clause.complement), clause.prep)).strip() or "-"
    return f"{clause.subject.text} | {said} | {clause.object}"


@pytest.mark.parametrize(("text", "expected"), table(ROWS))
def test_relations(text: str, expected: list[str]) -> None:
    doc = make(text)
    assert [shown(clause) for clause in relations(doc, build(names(doc)))] == expected
