"""Offices in titles and appositions."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from docs import make, read, table

from graph.text.entities import build
from graph.text.mentions import names
from graph.text.nominals import offices

ROWS = """
# title
Peruvian/JJ/amod/President/NORP President/NNP/compound/Berg Anna/NNP/compound/Berg/PERSON
Berg/NNP/nsubj/left/PERSON left/VBD/ROOT/=leave Oslo/NNP/dobj/left/GPE
=> Berg | president | Peruvian

# title with a possessor
Kestria/NNP/poss/minister/GPE 's/POS/case/Kestria foreign/JJ/amod/minister minister/NN/nsubj/left
Anna/NNP/compound/Berg/PERSON Berg/NNP/appos/minister/PERSON left/VBD/ROOT/=leave Oslo/NNP/dobj/left/GPE
=> Berg | foreign minister | Kestria

# title of an organisation
Nordane/NNP/compound/spokesman/ORG spokesman/NN/compound/Hale Duncan/NNP/compound/Hale/PERSON
Hale/NNP/nsubj/left/PERSON left/VBD/ROOT/=leave Oslo/NNP/dobj/left/GPE
=> Hale | spokesman | Nordane

# former title
Former/JJ/amod/director Nordane/NNP/compound/director/ORG director/NN/compound/Hale
Duncan/NNP/compound/Hale/PERSON Hale/NNP/nsubj/left/PERSON left/VBD/ROOT/=leave Oslo/NNP/dobj/left/GPE
=> Hale | former director | Nordane

# former between
Nordane/NNP/poss/director/ORG 's/POS/case/Nordane former/JJ/amod/director director/NN/nsubj/left
Duncan/NNP/compound/Hale/PERSON Hale/NNP/appos/director/PERSON left/VBD/ROOT/=leave Oslo/NNP/dobj/left/GPE
=> Hale | former director | Nordane

# a title of two words
Kestria/NNP/compound/leader/GPE opposition/NN/compound/leader leader/NN/compound/Hale
Duncan/NNP/compound/Hale/PERSON Hale/NNP/nsubj/left/PERSON left/VBD/ROOT/=leave Oslo/NNP/dobj/left/GPE
=> Hale | opposition leader | Kestria

# owner that is not beside the office
Kestria/NNP/compound/leader/GPE far-right/JJ/amod/leader leader/NN/compound/Hale
Duncan/NNP/compound/Hale/PERSON Hale/NNP/nsubj/left/PERSON left/VBD/ROOT/=leave

# a title of nothing
President/NNP/compound/Berg Anna/NNP/compound/Berg/PERSON Berg/NNP/nsubj/left/PERSON left/VBD/ROOT/=leave
Oslo/NNP/dobj/left/GPE

# apposition with of
Anna/NNP/compound/Berg/PERSON Berg/NNP/nsubj/left/PERSON ,/,/punct/Berg the/DT/det/mayor mayor/NN/appos/Berg
of/IN/prep/mayor Bergen/NNP/pobj/of/GPE ,/,/punct/Berg left/VBD/ROOT/=leave Oslo/NNP/dobj/left/GPE
=> Berg | mayor | Bergen

# apposition with a possessor
Anna/NNP/compound/Berg/PERSON Berg/NNP/nsubj/left/PERSON ,/,/punct/Berg Nordane/NNP/poss/executive/ORG
's/POS/case/Nordane chief/JJ/amod/executive executive/NN/appos/Berg ,/,/punct/Berg left/VBD/ROOT/=leave
Oslo/NNP/dobj/left/GPE
=> Berg | chief executive | Nordane

# office before its name
The/DT/det/director director/NN/nsubj/left of/IN/prep/director Nordane/NNP/pobj/of/ORG ,/,/punct/Nordane
Duncan/NNP/compound/Hale/PERSON Hale/NNP/appos/director/PERSON ,/,/punct/director left/VBD/ROOT/=leave
Oslo/NNP/dobj/left/GPE
=> Hale | director | Nordane

# apposition of a former office
Anna/NNP/compound/Berg/PERSON Berg/NNP/nsubj/left/PERSON ,/,/punct/Berg a/DT/det/governor
former/JJ/amod/governor governor/NN/appos/Berg of/IN/prep/governor Kestria/NNP/pobj/of/GPE ,/,/punct/Berg
left/VBD/ROOT/=leave Oslo/NNP/dobj/left/GPE
=> Berg | former governor | Kestria

# apposition that is no office
Anna/NNP/compound/Berg/PERSON Berg/NNP/nsubj/left/PERSON ,/,/punct/Berg a/DT/det/friend friend/NN/appos/Berg
of/IN/prep/friend Kestria/NNP/pobj/of/GPE ,/,/punct/Berg left/VBD/ROOT/=leave Oslo/NNP/dobj/left/GPE

# office of a thing
Nordane/NNP/nsubj/left/ORG ,/,/punct/Nordane the/DT/det/owner owner/NN/appos/Nordane of/IN/prep/owner
Oceanlink/NNP/pobj/of/ORG ,/,/punct/Nordane left/VBD/ROOT/=leave Oslo/NNP/dobj/left/GPE

# an occupation in a country
US/NNP/compound/Hale/GPE actor/NN/compound/Hale Duncan/NNP/compound/Hale/PERSON Hale/NNP/nsubj/left/PERSON
left/VBD/ROOT/=leave Oslo/NNP/dobj/left/GPE

# one of several that share the office
Transport/NNP/nmod/Hale/ORG and/CC/cc/Transport Bridges/NNP/conj/Transport/ORG minister/NN/compound/Hale
Duncan/NNP/compound/Hale/PERSON Hale/NNP/nsubj/left/PERSON left/VBD/ROOT/=leave Oslo/NNP/dobj/left/GPE

# a judge of no district
US/NNP/compound/Judge/GPE District/NNP/compound/Judge/GPE Judge/NNP/compound/Hale
Anna/NNP/compound/Hale/PERSON
Hale/NNP/nsubj/left/PERSON left/VBD/ROOT/=leave
"""


def found(notation: str) -> Iterator[str]:
    doc = make(notation)
    cast = build(names(doc))
    for clause in offices(doc, cast):
        office = " ".join(word.lower_ for word in clause.complement)
        yield f"{clause.subject.text} | {office} | {clause.object and clause.object.text}"


@pytest.mark.parametrize(("notation", "expected"), table(ROWS))
def test_nominals(notation: str, expected: list[str]) -> None:
    assert list(found(notation)) == expected


def test_an_office_is_held_whatever_its_sentence_says() -> None:
    doc = make(
        "Nordane/NNP/compound/director/ORG director/NN/compound/Hale Hale/NNP/nsubj/sell/PERSON "
        "may/MD/aux/sell not/RB/neg/sell sell/VB/ROOT ships/NNS/dobj/sell ././punct/sell"
    )
    [office] = [s for s in read(doc).statements if s.predicate.id == "be_director_of"]
    assert (office.modality, office.polarity, office.predicate.text) == ("asserted", "positive", "director")
