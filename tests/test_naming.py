"""What a name is by what it shows itself and by what stands beside it, whatever the model takes it for."""

from __future__ import annotations

import pytest

from graph.text import lexicon
from graph.text.gazetteer import is_area, may_be_place
from graph.text.mentions import names
from tests.docs import make, table

ROWS = """
# the country of a president, and who that is
President/NNP/nsubj/left of/IN/prep/President Norway/NNP/compound/Strand/ORG Vela/NNP/compound/Strand/ORG
Strand/NNP/pobj/of/ORG left/VBD/ROOT
=> Norway: Place
=> Vela Strand: Person
# the same with an article
King/NNP/nsubj/left of/IN/prep/King the/DT/det/VI Maldives/NNP/compound/VI/ORG Strand/NNP/compound/VI/ORG
VI/NNP/pobj/of/ORG left/VBD/ROOT
=> Maldives: Place
=> Strand VI: Person
# a body of a country
minister/NN/nsubj/left of/IN/prep/minister Norway/NNP/compound/Bank/ORG Vela/NNP/compound/Bank/ORG
Bank/NNP/pobj/of/ORG left/VBD/ROOT
=> Norway Vela Bank: Organization
# of two words is a title too
Grand/NNP/compound/Strand/PERSON Ayatollah/NNP/compound/Strand/PERSON Strand/NNP/nsubj/left/PERSON
left/VBD/ROOT
=> Strand: Person
# an adverb before the name
Afterwards/RB/compound/Strand/PERSON Strand/NNP/nsubj/left/PERSON left/VBD/ROOT
=> Strand: Person
# who is for someone
pro-Strand/NNP/amod/men/PERSON men/NNS/nsubj/left left/VBD/ROOT
# a time zone
left/VBD/ROOT at/IN/prep/left noon/NN/pobj/at PST/NNP/npadvmod/noon/PERSON
# in a known place that the model takes for someone
left/VBD/ROOT in/IN/prep/left Oslo/NNP/pobj/in/PERSON
=> Oslo: Place
# an organisation of the lexicon
Oxfam/NNP/nsubj/left/PERSON left/VBD/ROOT with/IN/prep/left Boeing/NNP/pobj/with/PERSON
=> Oxfam: Organization
=> Boeing: Organization
# the noun before a ferry, and a town
ferry/NN/compound/Odette Odette/NNP/nsubj/left/PERSON left/VBD/ROOT the/DT/det/town town/NN/compound/Quill
Quill/NNP/dobj/left/PERSON
=> Odette: Product
=> Quill: Place
# a film in apposition
Quill/NNP/nsubj/won/PERSON ,/,/punct/Quill a/DT/det/film film/NN/appos/Quill ,/,/punct/Quill won/VBD/ROOT
=> Quill: CreativeWork
# a crew may have the name of its country
the/DT/det/film film/NN/compound/Board Board/NNP/nsubj/won/ORG won/VBD/ROOT
=> Board: Organization
# rebels
Quill/NNP/compound/rebels/PERSON rebels/NNS/nsubj/left left/VBD/ROOT
=> Quill: Organization
# a firm and what it deals in
the/DT/det/firm Quill/NNP/compound/firm/PERSON oil/NN/compound/firm firm/NN/nsubj/left left/VBD/ROOT
=> Quill: Organization
# a birthday party
a/DT/det/party Quill/NNP/compound/party/PERSON birthday/NN/compound/party party/NN/nsubj/left left/VBD/ROOT
=> Quill: Person
# the second half of a name with a dash
Vela/NNP/compound/vaccine/ORG -/HYPH/punct/vaccine Quill/NNP/compound/vaccine
vaccine/NN/nsubj/left left/VBD/ROOT
=> Vela: Organization
=> Quill: Concept
# someone of an age
Quill/NNP/nsubj/left/GPE ,/,/punct/Quill 45/CD/appos/Quill ,/,/punct/Quill left/VBD/ROOT
=> Quill: Person
# a score
Quill/NNP/nsubj/won/GPE ,/,/punct/Quill 3/CD/appos/Quill ,/,/punct/Quill won/VBD/ROOT
=> Quill: Place
# someone who did it
Quill/NNP/nsubj/left/GPE ,/,/punct/Quill who/WP/nsubj/won won/VBD/relcl/Quill ,/,/punct/Quill left/VBD/ROOT
=> Quill: Person
# something which did it
Quill/NNP/nsubj/left/PERSON ,/,/punct/Quill which/WDT/nsubj/won won/VBD/relcl/Quill ,/,/punct/Quill
left/VBD/ROOT
=> Quill: Organization
# no one has an article before a name of two words
the/DT/det/Quill Vela/NNP/compound/Quill/PERSON Quill/NNP/nsubj/left/PERSON left/VBD/ROOT
=> Vela Quill: Organization
# what belongs to someone has
the/DT/det/book Vela/NNP/compound/Quill/PERSON Quill/NNP/compound/book/PERSON book/NN/nsubj/left left/VBD/ROOT
=> Vela Quill: Person
# in no one
left/VBD/ROOT in/IN/prep/left Quill/NNP/pobj/in/PERSON
=> Quill: Place
# among places, if it may be one
left/VBD/ROOT for/IN/prep/left Oslo/NNP/pobj/for/GPE and/CC/cc/Oslo Kenosha/NNP/conj/Oslo/PERSON
and/CC/cc/Oslo Quill/NNP/conj/Oslo/PERSON
=> Oslo: Place
=> Kenosha: Place
=> Quill: Person
# the parties of a case
ruled/VBD/ROOT in/IN/prep/ruled Quill/NNP/pobj/in/PERSON v./IN/prep/Quill Vale/NNP/pobj/v./PERSON
=> Quill: Person
=> Vale: Person
# the half of a name
ruled/VBD/ROOT in/IN/prep/ruled Tasmania/NNP/compound/Quill -/HYPH/punct/Quill Quill/NNP/pobj/in/PERSON
=> Tasmania: Concept
=> Quill: Person
# what one place has rebels of
Quill/NNP/compound/rebels/GPE rebels/NNS/nsubj/left left/VBD/ROOT
=> Quill: Place
# a district of a kind
the/DT/det/district Quill/NNP/compound/district/PERSON electoral/JJ/amod/district
district/NN/nsubj/left left/VBD/ROOT
=> Quill: Person
# animals are who at times
left/VBD/ROOT for/IN/prep/left Quill/NNP/pobj/for/GPE ,/,/punct/left who/WP/nsubj/won won/VBD/relcl/Quill
=> Quill: Place
# someone with a title is no body
Minister/NNP/compound/Quill Quill/NNP/nsubj/left/PERSON ,/,/punct/Quill which/WDT/nsubj/won
won/VBD/relcl/Quill ,/,/punct/Quill left/VBD/ROOT
=> Quill: Person
# who holds the office of a country, left out by the model
President/NNP/nsubj/left of/IN/prep/President Norway/NNP/pobj/of/GPE Vala/NNP/compound/Strand
Strand/NNP/appos/Norway left/VBD/ROOT
=> Norway: Place
=> Vala Strand: Person
# but trust is in someone
lost/VBD/ROOT trust/NN/dobj/lost in/IN/prep/trust Quill/NNP/pobj/in/PERSON
=> Quill: Person
# the town of
left/VBD/ROOT the/DT/det/town town/NN/dobj/left of/IN/prep/town Quill/NNP/pobj/of/PERSON
=> Quill: Place
# a town is no firm
left/VBD/ROOT the/DT/det/town town/NN/dobj/left of/IN/prep/town Quill/NNP/pobj/of/ORG
=> Quill: Place
# the name of a province before its noun
left/VBD/ROOT Tasmania/NNP/compound/state/ORG state/NN/dobj/left
=> Tasmania: Place
# an office in apposition
the/DT/det/Minister Minister/NNP/nsubj/left ,/,/punct/Minister Quill/NNP/compound/Strand/ORG
Strand/NNP/appos/Minister/ORG ,/,/punct/Minister left/VBD/ROOT
=> Quill Strand: Person
# the head of a body, and who that is
Speaker/NNP/nsubj/left of/IN/prep/Speaker the/DT/det/Strand
United/NNP/compound/Strand/ORG Nations/NNP/compound/Strand/ORG Vala/NNP/compound/Strand/ORG
Strand/NNP/pobj/of/ORG left/VBD/ROOT
=> United Nations: Organization
=> Vala Strand: Person
# the wife of
left/VBD/ROOT the/DT/det/wife wife/NN/dobj/left of/IN/prep/wife Quill/NNP/pobj/of/PERSON
=> Quill: Person
# what makes landfall
Quill/NNP/nsubj/made/PERSON made/VBD/ROOT/=make landfall/NN/dobj/made
=> Quill: Event
# a province of several words
left/VBD/ROOT Rio/NNP/compound/Sul/PERSON Grande/NNP/compound/Sul/PERSON do/NNP/compound/Sul/PERSON
Sul/NNP/dobj/left/PERSON
=> Rio Grande do Sul: Place
# a province of one word may be someone
Alberta/NNP/nsubj/left/PERSON left/VBD/ROOT
=> Alberta: Person
# a team
Oslo/NNP/compound/Larks#1/GPE Larks/NNPS/nsubj/won/GPE won/VBD/ROOT Vela/NNP/compound/Larks#2/PERSON
Larks/NNPS/dobj/won/PERSON
=> Oslo Larks: Organization
=> Vela Larks: Person
# what a place has many of
Oslo/NNP/compound/Heights/FAC Heights/NNPS/nsubj/won/FAC won/VBD/ROOT
=> Oslo Heights: Place
# a people of a part of a country
West/NNP/compound/Norwegians/ORG Norwegians/NNPS/nsubj/won/ORG won/VBD/ROOT
=> West Norwegians: Group
# a thing with the number of its kind
Quill/NNP/nsubj/left/PERSON 11/CD/nummod/Quill/PERSON left/VBD/ROOT at/IN/prep/left Gate/NNP/pobj/at/FAC
4/CD/nummod/Gate/FAC
=> Quill 11: Product
=> Gate 4: Place
# an acronym
OQL/NNP/nsubj/left/PERSON left/VBD/ROOT
=> OQL: Organization
# someone in capitals
President/NNP/compound/VALES VALES/NNP/nsubj/left/PERSON left/VBD/ROOT
=> VALES: Person
# a species
Q./NNP/compound/vela/PERSON vela/NNP/nsubj/grew/PERSON grew/VBD/ROOT
=> Q. vela: Concept
# what is believed
Quillism/NNP/nsubj/grew/ORG grew/VBD/ROOT in/IN/prep/grew Islam/NNP/pobj/in/ORG
=> Quillism: Concept
=> Islam: Concept
# a region of the lexicon
the/DT/det/Bank West/NNP/compound/Bank/ORG Bank/NNP/nsubj/grew/ORG grew/VBD/ROOT
=> West Bank: Place
# an award has no surname
Vela/NNP/compound/Award/PERSON Award/NNP/nsubj/went/PERSON went/VBD/ROOT
=> Vela Award: Concept
# a law of two things
Harbour/NNP/compound/Act/ORG Protection/NNP/nmod/Act/ORG and/CC/cc/Protection/ORG
Safety/NNP/conj/Protection/ORG Act/NNP/nsubj/passed/ORG passed/VBD/ROOT
=> Harbour Protection and Safety Act: Legislation
# a prize is no work
Vela/NNP/compound/Prize/WORK_OF_ART Prize/NNP/nsubj/went/WORK_OF_ART went/VBD/ROOT
=> Vela Prize: Concept
"""


@pytest.mark.parametrize(("notation", "expected"), table(ROWS))
def test_types_of_names(notation: str, expected: list[str]) -> None:
    assert [f"{name.text}: {name.type}" for name in names(make(notation))] == expected


def test_names_of_small_places() -> None:
    names = ["Khōst", "Khost", "Goa", "Central", "Kenosha", "Norvalia"]
    assert [name for name in names if is_area(name)] == ["Khōst", "Khost", "Goa"]
    assert [name for name in names if may_be_place(name)] == ["Khōst", "Khost", "Goa", "Kenosha"]


def test_an_organisation_of_the_lexicon_is_no_place_of_it() -> None:
    places = {name for name, place in lexicon.known().items() if place.kind != "organization"}
    assert places.isdisjoint(lexicon.organizations())
