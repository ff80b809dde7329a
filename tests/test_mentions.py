"""Named mentions: where a name begins and ends, and what it is taken for."""

from __future__ import annotations

from itertools import pairwise

import pytest

from graph.text.mentions import names
from tests.docs import make, table

ROWS = """
# a person without titles
President/NNP/compound/Xi/PERSON Xi/NNP/nsubj/left/PERSON left/VBD/ROOT
=> Xi: Person
# a person without a courtesy title
Mr./NNP/compound/Hale/PERSON Hale/NNP/nsubj/left/PERSON left/VBD/ROOT
=> Hale: Person
# a title alone is a name of its own
Pope/NNP/nsubj/left/PERSON left/VBD/ROOT
=> Pope: Person
# without the article and the possessive
The/DT/det/Kremlin/ORG Kremlin/NNP/poss/aim/ORG ’s/POS/case/Kremlin/ORG aim/NN/ROOT
=> Kremlin: Organization
# without quotation marks and commas
“/``/punct/Odette/EVENT Odette/NNP/nsubj/grew/EVENT ,/,/punct/Odette/EVENT grew/VBD/ROOT
=> Odette: Event
# a name that is nothing but an article
the/DT/det/war/ORG war/NN/nsubj/grew grew/VBD/ROOT
# numbers, dates and amounts are no names
Two/CD/nummod/men/CARDINAL men/NNS/nsubj/left left/VBD/ROOT Monday/NNP/npadvmod/left/DATE
# a surname that looks like a common noun
Ada/NNP/compound/Sanders#1/PERSON Sanders/NNP/nsubj/left/PERSON left/VBD/ROOT and/CC/cc/left
Sanders/NNS/nsubj/lost lost/VBD/conj/left
=> Ada Sanders: Person
=> Sanders: Person
# a common noun that is also someone's name
Ada/NNP/compound/Hill#1/PERSON Hill/NNP/nsubj/left/PERSON left/VBD/ROOT the/DT/det/Hill#2 Hill/NN/dobj/left
=> Ada Hill: Person
# a name of which the model saw only the place
Mister/NNP/compound/America America/NNP/nsubj/won/GPE won/VBD/ROOT
=> Mister America: Concept
# a direction before a place
North/NNP/compound/America America/NNP/nsubj/won/GPE won/VBD/ROOT
=> North: Concept
=> America: Place
# a group as an adjective
Russian/JJ/amod/forces/NORP forces/NNS/nsubj/left left/VBD/ROOT
=> Russian: Group, adjective
# a group as a noun
Russians/NNPS/nsubj/left/NORP left/VBD/ROOT
=> Russians: Group
# an adjective that stands for people
the/DT/det/Chinese Chinese/NNPS/nsubj/left/NORP left/VBD/ROOT
=> Chinese: Group
# a storm is no woman
Storm/NNP/compound/Odette Odette/NNP/nsubj/hit/PERSON hit/VBD/ROOT Oslo/NNP/dobj/hit/GPE
=> Storm Odette: Event
=> Oslo: Place
# nor is one that the model takes whole
Hurricane/NNP/compound/Odette/PERSON Odette/NNP/nsubj/hit/PERSON hit/VBD/ROOT
=> Hurricane Odette: Event
# nor is it a town
Hurricane/NNP/compound/Odette Odette/NNP/nsubj/hit/GPE hit/VBD/ROOT
=> Hurricane Odette: Event
# a storm of an early stage
Tropical/NNP/compound/Odette/PERSON Storm/NNP/compound/Odette/PERSON Odette/NNP/nsubj/hit/PERSON
hit/VBD/ROOT Oslo/NNP/dobj/hit/GPE
=> Tropical Storm Odette: Event
=> Oslo: Place
# a storm in any disguise
Hurricane/NNP/compound/Odette Odette/NNP/nsubj/hit/FAC hit/VBD/ROOT
=> Hurricane Odette: Event
# what is named after storms
Hurricane/NNP/compound/Center/ORG Center/NNP/nsubj/hit/ORG hit/VBD/ROOT
=> Hurricane Center: Organization
# the noun of an organisation before its name
law/NN/compound/firm firm/NN/compound/Strand Quill/NNP/compound/Strand/PERSON Strand/NNP/nsubj/met/PERSON
met/VBD/ROOT
=> Quill Strand: Organization
# such a noun in apposition
Quillane/NNP/nsubj/met/GPE ,/,/punct/Quillane a/DT/det/airline airline/NN/appos/Quillane ,/,/punct/Quillane
met/VBD/ROOT
=> Quillane: Organization
# someone with a first name, whatever stands before
company/NN/compound/Hale Edith/NNP/compound/Hale/PERSON Hale/NNP/nsubj/met/PERSON met/VBD/ROOT
=> Edith Hale: Person
# a first name begins a person's name
Edith/NNP/compound/Hale/ORG Hale/NNP/nsubj/met/ORG met/VBD/ROOT
=> Edith Hale: Person
# after titles, whatever the model says
Detective/NNP/compound/Hale/ORG Constable/NNP/compound/Hale/ORG Edith/NNP/compound/Hale/ORG
Hale/NNP/nsubj/met/ORG met/VBD/ROOT
=> Edith Hale: Person
# but not of a thing that is named after someone
Edith/NNP/compound/Prize/ORG Hale/NNP/compound/Prize/ORG Prize/NNP/nsubj/met/ORG met/VBD/ROOT
=> Edith Hale Prize: Concept
# nor of a team
Carolina/NNP/compound/Larks/ORG Larks/NNP/nsubj/met/ORG met/VBD/ROOT
=> Carolina Larks: Organization
# a base that is named after a person of three names
Ada/NNP/compound/Base/PERSON Vela/NNP/compound/Base/PERSON Strand/NNP/compound/Base/PERSON
Base/NNP/nsubj/met/PERSON met/VBD/ROOT
=> Ada Vela Strand Base: Place
# what a law is called
Harbour/NNP/compound/Act/ORG Safety/NNP/compound/Act/ORG Act/NNP/nsubj/passed/ORG passed/VBD/ROOT
=> Harbour Safety Act: Legislation
# what a name shows at one place it is at the others
the/DT/det/firm firm/NN/compound/Quillane#1 Quillane/NNP/nsubj/met met/VBD/ROOT and/CC/cc/met
Quillane/NNP/nsubj/left/PERSON left/VBD/conj/met
=> Quillane: Organization
=> Quillane: Organization
# in a place that lies in another
left/VBD/ROOT in/IN/prep/left Vela/NNP/compound/Okande/PERSON Okande/NNP/pobj/in/PERSON ,/,/punct/Okande
Norvalia/NNP/appos/Okande/GPE
=> Vela Okande: Place
=> Norvalia: Place
# in someone
trust/NN/nsubj/grew in/IN/prep/trust Vale/NNP/pobj/in/PERSON ,/,/punct/trust Hale/NNP/nsubj/said/PERSON
said/VBD/parataxis/grew grew/VBD/ROOT
=> Vale: Person
=> Hale: Person
# without the score of a match
Quill/NNP/compound/Rovers/ORG Rovers/NNP/nsubj/beat/ORG beat/VBD/ROOT Vale/NNP/dobj/beat/PERSON
2–0/CD/npadvmod/beat/PERSON
=> Quill Rovers: Organization
=> Vale: Person
# an office of an assembly
Assemblywoman/NNP/compound/Hale/PERSON Zola/NNP/compound/Hale/PERSON Hale/NNP/nsubj/left/PERSON left/VBD/ROOT
=> Zola Hale: Person
# a ship
USS/NNP/compound/Hale Hale/NNP/nsubj/left left/VBD/ROOT
=> USS Hale: Product
# a brand with a capital inside
QuillGuard/NNP/nsubj/met/GPE met/VBD/ROOT McHale/NNP/dobj/met/PERSON
=> QuillGuard: Organization
=> McHale: Person
# a part of an office is no name
Home/NNP/compound/Secretary#1/ORG Secretary/NNP/compound/Vale Vale/NNP/nsubj/met/PERSON met/VBD/ROOT
the/DT/det/Secretary#2 Secretary/NNP/dobj/met of/IN/prep/Secretary#2 State/NNP/pobj/of/ORG
=> Vale: Person
# adjectives side by side
Russian/JJ/amod/forces/NORP and/CC/cc/Russian Chinese/JJ/conj/Russian/NORP forces/NNS/nsubj/left left/VBD/ROOT
=> Russian: Group, adjective
=> Chinese: Group, adjective
# a bracket that is never closed
Islamic/NNP/compound/Cooperation/ORG Cooperation/NNP/nsubj/left/ORG (/-LRB-/punct/OIC/ORG
OIC/NNP/appos/Cooperation/ORG )/-RRB-/punct/OIC left/VBD/ROOT
=> Islamic Cooperation: Organization
# a common noun that the model took for a name
a/DT/det/minibus minibus/NN/nsubj/left/GPE left/VBD/ROOT
# one of a kind
the/DT/det/Board Board/NNP/nsubj/left left/VBD/ROOT
# one of a kind that is a name elsewhere
Board/NNP/nsubj/met/ORG met/VBD/ROOT the/DT/det/Board#2 Board/NNP/dobj/met
=> Board: Organization
=> Board: Concept
# a day
Hale/NNP/nsubj/left/PERSON left/VBD/ROOT Monday/NNP/npadvmod/left
=> Hale: Person
# an office without a name
Emergencies/NNP/compound/Minister Minister/NNP/nsubj/left left/VBD/ROOT
# a known place, whatever the model says
Kyiv/NNP/nsubj/left/ORG left/VBD/ROOT
=> Kyiv: Place
# a known organisation, whatever the model says
NATO/NNP/nsubj/left/GPE left/VBD/ROOT
=> NATO: Organization
# but a person is a person
Jordan/NNP/nsubj/left/PERSON left/VBD/ROOT
=> Jordan: Person
# proper nouns that the model left out
Oceanlink/NNP/compound/Grid Grid/NNP/nsubj/left left/VBD/ROOT
=> Oceanlink Grid: Concept
# known ones that the model left out
Ukraine/NNP/nsubj/left left/VBD/ROOT
=> Ukraine: Place
# left out, after a title
President/NNP/compound/Xi Xi/NNP/nsubj/left left/VBD/ROOT
=> Xi: Person
# a title that the model left out is no name
President/NNP/nsubj/left left/VBD/ROOT
# nor is a single letter
X/NNP/nsubj/left left/VBD/ROOT
# nor is a sign
—/NNP/nsubj/left/ORG left/VBD/ROOT
# two names side by side
Xi/NNP/nsubj/met/PERSON met/VBD/ROOT Putin/NNP/dobj/met/PERSON in/IN/prep/met Moscow/NNP/pobj/in/GPE
=> Xi: Person
=> Putin: Person
=> Moscow: Place
# a noun that only persons bear, in apposition
Vela/NNP/compound/Strand/ORG Strand/NNP/nsubj/left/ORG ,/,/punct/Strand an/DT/det/poet poet/NN/appos/Strand
,/,/punct/Strand left/VBD/ROOT
=> Vela Strand: Person
# such a noun before the name
guitarist/NN/compound/Strand Vela/NNP/compound/Strand Strand/NNP/nsubj/left left/VBD/ROOT
=> Vela Strand: Person
# a noun that an organisation may bear
Nordane/NNP/nsubj/left/ORG ,/,/punct/Nordane an/DT/det/ally ally/NN/appos/Nordane ,/,/punct/Nordane
left/VBD/ROOT
=> Nordane: Organization
# the noun of a name tells
Quill/NNP/compound/Agency/PERSON Agency/NNP/nsubj/met/PERSON met/VBD/ROOT Harbour/NNP/compound/Festival
Festival/NNP/dobj/met at/IN/prep/met Vela/NNP/compound/Square/ORG Square/NNP/pobj/at/ORG
=> Quill Agency: Organization
=> Harbour Festival: Event
=> Vela Square: Place
# and before of
University/NNP/nsubj/met/GPE of/IN/prep/University/GPE Kestria/NNP/pobj/of/GPE met/VBD/ROOT
=> University of Kestria: Organization
# but a noun may be a surname
Vela/NNP/compound/Church/PERSON Church/NNP/nsubj/met/PERSON met/VBD/ROOT
=> Vela Church: Person
# a known place beside a noun that only persons bear
poet/NN/nsubj/left ,/,/punct/poet Oslo/NNP/appos/poet/GPE ,/,/punct/poet left/VBD/ROOT
=> Oslo: Place
"""


def test_a_name_that_something_is_in() -> None:
    doc = make(
        "Hale/NNP/nsubj/left/PERSON left/VBD/ROOT for/IN/prep/left Oslo/NNP/pobj/for/GPE in/IN/prep/left "
        "Kestria/NNP/pobj/in/GPE"
    )
    assert [name.text for name in names(doc) if name.located] == ["Kestria"]


BRACKETS = """
# the short name in brackets
Ostmark/NNP/compound/League/ORG Quill/NNP/compound/League/ORG League/NNP/nsubj/met/ORG (/-LRB-/punct/League
OQL/NNP/appos/League/ORG )/-RRB-/punct/League met/VBD/ROOT
=> OQL: Ostmark Quill League
# the long name in brackets
OQL/NNP/nsubj/met/ORG (/-LRB-/punct/OQL Ostmark/NNP/compound/League/ORG Quill/NNP/compound/League/ORG
League/NNP/appos/OQL/ORG )/-RRB-/punct/OQL met/VBD/ROOT
=> OQL: Ostmark Quill League
# something else in brackets
Vela/NNP/compound/Strand/PERSON Strand/NNP/nsubj/met/PERSON (/-LRB-/punct/Strand OQL/NNP/appos/Strand/ORG
)/-RRB-/punct/Strand met/VBD/ROOT
=> none
# more than the short name in brackets
Ostmark/NNP/compound/League/ORG Quill/NNP/compound/League/ORG League/NNP/nsubj/met/ORG (/-LRB-/punct/League
OQL/NNP/appos/League/ORG ,/,/punct/OQL founded/VBN/acl/OQL )/-RRB-/punct/League met/VBD/ROOT
=> none
"""


@pytest.mark.parametrize(("notation", "expected"), table(BRACKETS))
def test_names_in_brackets(notation: str, expected: list[str]) -> None:
    found = [f"{name.text}: {name.beside}" for name in names(make(notation)) if name.beside]
    assert (found or ["none"]) == expected


@pytest.mark.parametrize(("notation", "expected"), table(ROWS))
def test_names(notation: str, expected: list[str]) -> None:
    doc = make(notation)
    found = names(doc)
    assert [f"{n.text}: {n.type}{', adjective' if n.adjective else ''}" for n in found] == expected
    assert all(doc.text_of(n.start, n.end) == n.text for n in found)
    assert all(before.end <= after.start for before, after in pairwise(found))
