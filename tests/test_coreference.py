"""Pronouns and descriptions: whom they mean where that is safe, and that the rest is left alone."""

from __future__ import annotations

import pytest

from graph.text import attribution, coreference, entities, mentions
from tests.docs import make, table

ROWS = """
# the one man of the sentence
Xi/NNP/nsubj/said/PERSON said/VBD/ROOT/=say he/PRP/nsubj/visit would/MD/aux/visit visit/VB/ccomp/said
Moscow/NNP/dobj/visit/GPE ././punct/said
=> he = Xi
# a subject of the sentence before
Xi/NNP/nsubj/visited/PERSON visited/VBD/ROOT/=visit Moscow/NNP/dobj/visited/GPE ././punct/visited
He/PRP/nsubj/met met/VBD/ROOT/=meet Putin/NNP/dobj/met/PERSON ././punct/met
=> He = Xi
# a possessive
Putin/NNP/nsubj/lost/PERSON lost/VBD/ROOT/=lose his/PRP$/poss/majority majority/NN/dobj/lost ././punct/lost
=> his = Putin
# two men: unclear
Xi/NNP/nsubj/met/PERSON met/VBD/ROOT/=meet Reed/NNP/dobj/met/PERSON ././punct/met Putin/NNP/nsubj/said/PERSON
said/VBD/ROOT/=say Xi/NNP/nsubj/lied/PERSON lied/VBD/ccomp/said/=lie ././punct/said He/PRP/nsubj/left
left/VBD/ROOT/=leave ././punct/left
# two men who are coordinated: unclear
Xi/NNP/nsubj/met/PERSON and/CC/cc/Xi Putin/NNP/conj/Xi/PERSON met/VBD/ROOT/=meet ././punct/met
He/PRP/nsubj/left left/VBD/ROOT/=leave ././punct/left
# a sentence that tells of no person stands between
Xi/NNP/nsubj/left/PERSON left/VBD/ROOT/=leave ././punct/left The/DT/det/rain rain/NN/nsubj/stopped
stopped/VBD/ROOT/=stop ././punct/stopped He/PRP/nsubj/smiled smiled/VBD/ROOT/=smile ././punct/smiled
=> He = Xi
# but not two
Xi/NNP/nsubj/left/PERSON left/VBD/ROOT/=leave ././punct/left The/DT/det/rain rain/NN/nsubj/stopped
stopped/VBD/ROOT/=stop ././punct/stopped The/DT/det/wind wind/NN/nsubj/turned turned/VBD/ROOT/=turn
././punct/turned He/PRP/nsubj/smiled smiled/VBD/ROOT/=smile ././punct/smiled
# nor for a thing
Nordane/NNP/nsubj/grew/ORG grew/VBD/ROOT/=grow ././punct/grew Xi/NNP/nsubj/left/PERSON left/VBD/ROOT/=leave
././punct/left It/PRP/nsubj/shrank shrank/VBD/ROOT/=shrink ././punct/shrank
# whom the article called she is not he
Strand/NNP/nsubj/left/PERSON left/VBD/ROOT/=leave ././punct/left She/PRP/nsubj/met met/VBD/ROOT/=meet
Reed/NNP/dobj/met/PERSON ././punct/met Strand/NNP/nsubj/smiled/PERSON smiled/VBD/ROOT/=smile ././punct/smiled
He/PRP/nsubj/wept wept/VBD/ROOT/=weep ././punct/wept
=> She = Strand
# no subject before: unclear
The/DT/det/rain rain/NN/nsubj/stopped stopped/VBD/ROOT/=stop ././punct/stopped He/PRP/nsubj/left
left/VBD/ROOT/=leave ././punct/left
# an unclear he makes the next one unclear
Xi/NNP/nsubj/met/PERSON met/VBD/ROOT/=meet Putin/NNP/dobj/met/PERSON ././punct/met
Reed/NNP/nsubj/said#1/PERSON said/VBD/ROOT/=say Putin/NNP/nsubj/lied/PERSON lied/VBD/ccomp/said#1/=lie
././punct/said#1 He/PRP/nsubj/said#2 said/VBD/ROOT/=say he/PRP/nsubj/left left/VBD/ccomp/said#2/=leave
././punct/said#2
# a woman is not he, who is named beside her
Nancy/NNP/compound/Hale/PERSON Hale/NNP/nsubj/met/PERSON met/VBD/ROOT/=meet Tom/NNP/compound/Reed/PERSON
Reed/NNP/dobj/met/PERSON ././punct/met He/PRP/nsubj/left left/VBD/ROOT/=leave ././punct/left
=> He = Tom_Reed
# a woman is she
Nancy/NNP/compound/Hale/PERSON Hale/NNP/nsubj/said/PERSON said/VBD/ROOT/=say Tom/NNP/compound/Reed/PERSON
Reed/NNP/nsubj/lied/PERSON lied/VBD/ccomp/said/=lie ././punct/said She/PRP/nsubj/left left/VBD/ROOT/=leave
././punct/left
=> She = Nancy_Hale
# the one for whom the gender is known
Nancy/NNP/compound/Hale/PERSON Hale/NNP/nsubj/said/PERSON said/VBD/ROOT/=say Tom/NNP/compound/Reed/PERSON
Reed/NNP/nsubj/lied/PERSON lied/VBD/ccomp/said/=lie ././punct/said He/PRP/nsubj/left left/VBD/ROOT/=leave
././punct/left
=> He = Tom_Reed
# a title tells
Spokeswoman/NNP/compound/Berg Kim/NNP/compound/Berg/PERSON Berg/NNP/nsubj/said/PERSON said/VBD/ROOT/=say
Tom/NNP/compound/Reed/PERSON Reed/NNP/nsubj/lied/PERSON lied/VBD/ccomp/said/=lie ././punct/said
She/PRP/nsubj/left left/VBD/ROOT/=leave ././punct/left
=> She = Kim_Berg
# a noun beside the name tells
His/PRP$/poss/sister sister/NN/nsubj/said ,/,/punct/sister Kim/NNP/compound/Berg/PERSON
Berg/NNP/appos/sister/PERSON ,/,/punct/sister said/VBD/ROOT/=say Tom/NNP/compound/Reed/PERSON
Reed/NNP/nsubj/lied/PERSON lied/VBD/ccomp/said/=lie ././punct/said She/PRP/nsubj/left left/VBD/ROOT/=leave
././punct/left
=> sister = Kim_Berg
=> She = Kim_Berg
# someone unnamed could be meant
The/DT/det/attacker attacker/NN/nsubj/met met/VBD/ROOT/=meet Hale/NNP/dobj/met/PERSON ././punct/met
Reed/NNP/nsubj/said/PERSON said/VBD/ROOT/=say the/DT/det/victim victim/NN/nsubj/lied lied/VBD/ccomp/said/=lie
././punct/said He/PRP/nsubj/left left/VBD/ROOT/=leave ././punct/left
# an unnamed woman cannot be he
Hale/NNP/nsubj/said/PERSON said/VBD/ROOT/=say the/DT/det/woman woman/NN/nsubj/lied lied/VBD/ccomp/said/=lie
././punct/said He/PRP/nsubj/left left/VBD/ROOT/=leave ././punct/left
=> He = Hale
# an object is not the subject of its verb
Hale/NNP/nsubj/saw/PERSON saw/VBD/ROOT/=see him/PRP/dobj/saw ././punct/saw
# but a reflexive one is
Hale/NNP/nsubj/hurt/PERSON hurt/VBD/ROOT himself/PRP/dobj/hurt ././punct/hurt
=> himself = Hale
# a company is it
Nordane/NNP/nsubj/bought/ORG bought/VBD/ROOT/=buy a/DT/det/ship ship/NN/dobj/bought ././punct/bought
It/PRP/nsubj/sold sold/VBD/ROOT/=sell the/DT/det/harbour harbour/NN/dobj/sold ././punct/sold
=> It = Nordane
# its
Nordane/NNP/nsubj/sold/ORG sold/VBD/ROOT/=sell its/PRP$/poss/ships ships/NNS/dobj/sold ././punct/sold
=> its = Nordane
# a person is not it
Hale/NNP/nsubj/left/PERSON left/VBD/ROOT/=leave ././punct/left It/PRP/nsubj/sold sold/VBD/ROOT/=sell
the/DT/det/harbour harbour/NN/dobj/sold ././punct/sold
# a court that announces what it wants
NATO/NNP/nsubj/said/ORG said/VBD/ROOT/=say on/IN/prep/said Friday/NNP/pobj/on/DATE that/IN/mark/failed
the/DT/det/talks talks/NNS/nsubj/failed failed/VBD/ccomp/said/=fail and/CC/cc/failed it/PRP/nsubj/wants
wants/VBZ/conj/failed peace/NN/dobj/wants ././punct/wants
=> it = NATO
# unnamed things could be it
Nordane/NNP/nsubj/said/ORG said/VBD/ROOT/=say the/DT/det/ship ship/NN/nsubj/sank sank/VBD/ccomp/said/=sink
././punct/said It/PRP/nsubj/was was/VBD/ROOT/=be old/JJ/acomp/was ././punct/was
# it is unclear whether
Nordane/NNP/nsubj/grew/ORG grew/VBD/ROOT/=grow ././punct/grew It/PRP/nsubj/remains remains/VBZ/ROOT
unclear/JJ/acomp/remains whether/IN/mark/left Hale/NNP/nsubj/left/PERSON left/VBD/ccomp/remains/=leave
././punct/remains
# it is time
Nordane/NNP/nsubj/grew/ORG grew/VBD/ROOT/=grow ././punct/grew It/PRP/nsubj/is is/VBZ/ROOT/=be time/NN/attr/is
to/TO/aux/leave leave/VB/relcl/time ././punct/is
# it rains
Nordane/NNP/nsubj/grew/ORG grew/VBD/ROOT/=grow ././punct/grew It/PRP/nsubj/rained rained/VBD/ROOT/=rain
././punct/rained
# to do it
Nordane/NNP/nsubj/grew/ORG grew/VBD/ROOT/=grow ././punct/grew Reed/NNP/nsubj/did/PERSON did/VBD/ROOT/=do
it/PRP/dobj/did ././punct/did
# who speaks is not he
Reed/NNP/nsubj/left/PERSON left/VBD/ROOT/=leave ././punct/left Hale/NNP/nsubj/said/PERSON said/VBD/ROOT/=say
:/:/punct/said “/``/punct/said/=" He/PRP/nsubj/lied lied/VBD/ccomp/said/=lie ././punct/said
”/''/punct/said/="
=> He = Reed
# who spoke before is not he either
Hale/NNP/nsubj/said#1/PERSON said/VBD/ROOT/=say :/:/punct/said#1 “/``/punct/said#1/="
Reed/NNP/nsubj/lied/PERSON lied/VBD/ccomp/said#1/=lie ././punct/said#1 ”/''/punct/said#1/="
Berg/NNP/nsubj/said#2/PERSON said/VBD/ROOT/=say :/:/punct/said#2 “/``/punct/said#2/=" He/PRP/nsubj/left
left/VBD/ccomp/said#2/=leave ././punct/said#2 ”/''/punct/said#2/="
=> He = Reed
# I in a quotation
Hale/NNP/nsubj/said/PERSON said/VBD/ROOT/=say ,/,/punct/said “/``/punct/leave I/PRP/nsubj/leave
leave/VBP/ccomp/said Oslo/NNP/dobj/leave/GPE ”/''/punct/leave
=> I = Hale

# I in the words of a firm
Nordane/NNP/nsubj/said/ORG said/VBD/ROOT/=say ,/,/punct/said “/``/punct/leave I/PRP/nsubj/leave
leave/VBP/ccomp/said Oslo/NNP/dobj/leave/GPE ”/''/punct/leave

# who tells does not mean whom a quotation tells of
Hale/NNP/nsubj/said/PERSON said/VBD/ROOT/=say :/:/punct/said “/``/punct/said/=" Reed/NNP/nsubj/lied/PERSON
lied/VBD/ccomp/said/=lie ././punct/said ”/''/punct/said/=" He/PRP/nsubj/left left/VBD/ROOT/=leave
././punct/left
=> He = Hale
# what stands in front is about the subject
The/DT/det/rain rain/NN/nsubj/stopped stopped/VBD/ROOT/=stop ././punct/stopped For/IN/prep/won
his/PRP$/poss/work work/NN/pobj/For ,/,/punct/won Reed/NNP/nsubj/won/PERSON won/VBD/ROOT/=win a/DT/det/prize
prize/NN/dobj/won ././punct/won
=> his = Reed
# what stands in front is unclear when both fit
Hale/NNP/nsubj/left/PERSON left/VBD/ROOT/=leave ././punct/left In/IN/prep/lied his/PRP$/poss/speech
speech/NN/pobj/In ,/,/punct/lied Reed/NNP/nsubj/lied/PERSON lied/VBD/ROOT/=lie ././punct/lied
# they is left alone
Xi/NNP/nsubj/met/PERSON and/CC/cc/Xi Putin/NNP/conj/Xi/PERSON met/VBD/ROOT/=meet ././punct/met
They/PRP/nsubj/left left/VBD/ROOT/=leave ././punct/left
# a name in apposition
Its/PRP$/poss/director director/NN/nsubj/left ,/,/punct/director Maria/NNP/compound/Okafor/PERSON
Okafor/NNP/appos/director/PERSON ,/,/punct/director left/VBD/ROOT/=leave ././punct/left She/PRP/nsubj/smiled
smiled/VBD/ROOT/=smile ././punct/smiled
=> director = Maria_Okafor
=> She = Maria_Okafor
# a thing in apposition to a person is not that person
A/DT/det/pilot pilot/NN/nsubj/won ,/,/punct/pilot Oslo/NNP/appos/pilot/GPE ,/,/punct/won won/VBD/ROOT/=win
././punct/won
# a place in apposition
The/DT/det/capital capital/NN/nsubj/grew ,/,/punct/capital Oslo/NNP/appos/capital/GPE ,/,/punct/grew
grew/VBD/ROOT/=grow ././punct/grew
=> capital = Oslo
# a protest is no place
The/DT/det/protest protest/NN/nsubj/grew ,/,/punct/protest Oslo/NNP/appos/protest/GPE ,/,/punct/grew
grew/VBD/ROOT/=grow ././punct/grew
# the leader of a country
Russian/JJ/amod/President/NORP President/NNP/compound/Putin Putin/NNP/nsubj/left/PERSON left/VBD/ROOT/=leave
././punct/left The/DT/det/leader Russian/JJ/amod/leader/NORP leader/NN/nsubj/smiled smiled/VBD/ROOT/=smile
././punct/smiled
=> leader = Putin
# two leaders of one country
Russian/JJ/amod/President/NORP President/NNP/compound/Putin Putin/NNP/nsubj/met/PERSON met/VBD/ROOT/=meet
Russian/JJ/amod/Minister/NORP Prime/NNP/compound/Minister Minister/NNP/compound/Mishustin
Mishustin/NNP/dobj/met/PERSON ././punct/met The/DT/det/leader Russian/JJ/amod/leader/NORP
leader/NN/nsubj/smiled smiled/VBD/ROOT/=smile ././punct/smiled
# the only prime minister
Norwegian/JJ/amod/Minister/NORP Prime/NNP/compound/Minister Minister/NNP/compound/Berg
Berg/NNP/nsubj/met/PERSON met/VBD/ROOT/=meet Reed/NNP/dobj/met/PERSON ././punct/met The/DT/det/minister
prime/JJ/compound/minister minister/NN/nsubj/smiled smiled/VBD/ROOT/=smile ././punct/smiled
=> minister = Berg
# a former president leads nothing
Former/JJ/amod/President President/NNP/compound/Hale Hale/NNP/nsubj/left/PERSON left/VBD/ROOT/=leave
././punct/left The/DT/det/president president/NN/nsubj/smiled smiled/VBD/ROOT/=smile ././punct/smiled
# the leader of another country
Russian/JJ/amod/President/NORP President/NNP/compound/Putin Putin/NNP/nsubj/left/PERSON left/VBD/ROOT/=leave
././punct/left The/DT/det/leader Chinese/JJ/amod/leader/NORP leader/NN/nsubj/smiled smiled/VBD/ROOT/=smile
././punct/smiled
# a president of something said
President/NNP/compound/Hale Hale/NNP/nsubj/left/PERSON left/VBD/ROOT/=leave ././punct/left
The/DT/det/president president/NN/nsubj/smiled of/IN/prep/president the/DT/det/club club/NN/pobj/of
smiled/VBD/ROOT/=smile ././punct/smiled
# a leader need not be the one
President/NNP/compound/Hale Hale/NNP/nsubj/left/PERSON left/VBD/ROOT/=leave ././punct/left A/DT/det/president
president/NN/nsubj/smiled smiled/VBD/ROOT/=smile ././punct/smiled
# the mayor
Mayor/NNP/compound/Feld Oskar/NNP/compound/Feld/PERSON Feld/NNP/nsubj/left/PERSON left/VBD/ROOT/=leave
././punct/left The/DT/det/mayor mayor/NN/nsubj/smiled smiled/VBD/ROOT/=smile ././punct/smiled
=> mayor = Oskar_Feld
# the minister, by the last word of his office
Foreign/NNP/compound/Minister Minister/NNP/compound/Gang Qin/NNP/compound/Gang/PERSON
Gang/NNP/nsubj/met/PERSON met/VBD/ROOT/=meet Reed/NNP/dobj/met/PERSON ././punct/met The/DT/det/minister
minister/NN/nsubj/smiled smiled/VBD/ROOT/=smile ././punct/smiled
=> minister = Qin_Gang
# two ministers
Foreign/NNP/compound/Minister#1 Minister/NNP/compound/Gang Qin/NNP/compound/Gang/PERSON
Gang/NNP/nsubj/met/PERSON met/VBD/ROOT/=meet Health/NNP/compound/Minister#2 Minister/NNP/compound/Reed
Tom/NNP/compound/Reed/PERSON Reed/NNP/dobj/met/PERSON ././punct/met The/DT/det/minister
minister/NN/nsubj/smiled smiled/VBD/ROOT/=smile ././punct/smiled
# an office that many hold
Researcher/NNP/compound/Gang Qin/NNP/compound/Gang/PERSON Gang/NNP/nsubj/met/PERSON met/VBD/ROOT/=meet
Reed/NNP/dobj/met/PERSON ././punct/met The/DT/det/researcher researcher/NN/nsubj/smiled smiled/VBD/ROOT/=smile
././punct/smiled
# an office after the name
Hale/NNP/nsubj/left/PERSON ,/,/punct/Hale the/DT/det/premier premier/NN/appos/Hale of/IN/prep/premier
Norway/NNP/pobj/of/GPE ,/,/punct/Hale left/VBD/ROOT/=leave ././punct/left The/DT/det/leader
Norwegian/JJ/amod/leader/NORP leader/NN/nsubj/smiled smiled/VBD/ROOT/=smile ././punct/smiled
=> leader = Hale
# a company that was called so
Nordane/NNP/nsubj/grew/ORG ,/,/punct/Nordane a/DT/det/company#1 company/NN/appos/Nordane
in/IN/prep/company#1 Oslo/NNP/pobj/in/GPE ,/,/punct/Nordane grew/VBD/ROOT/=grow ././punct/grew
The/DT/det/company#2 company/NN/nsubj/sold sold/VBD/ROOT/=sell the/DT/det/harbour harbour/NN/dobj/sold
././punct/sold
=> company = Nordane
# a company that was not called so
Nordane/NNP/nsubj/grew/ORG grew/VBD/ROOT/=grow ././punct/grew The/DT/det/company company/NN/nsubj/sold
sold/VBD/ROOT/=sell the/DT/det/harbour harbour/NN/dobj/sold ././punct/sold
# another company was just spoken of
Nordane/NNP/nsubj/grew/ORG ,/,/punct/Nordane a/DT/det/company#1 company/NN/appos/Nordane
in/IN/prep/company#1 Oslo/NNP/pobj/in/GPE ,/,/punct/Nordane grew/VBD/ROOT/=grow ././punct/grew
Oceanlink/NNP/nsubj/said/ORG said/VBD/ROOT/=say the/DT/det/company#2 company/NN/nsubj/lied
lied/VBD/ccomp/said/=lie ././punct/said
# not the same company
Nordane/NNP/nsubj/grew/ORG ,/,/punct/Nordane a/DT/det/company#1 company/NN/appos/Nordane
in/IN/prep/company#1 Oslo/NNP/pobj/in/GPE ,/,/punct/Nordane grew/VBD/ROOT/=grow ././punct/grew
The/DT/det/company#2 merged/JJ/amod/company#2 company/NN/nsubj/sold sold/VBD/ROOT/=sell the/DT/det/harbour
harbour/NN/dobj/sold ././punct/sold
# an organisation by the noun of its name
Ostmark/NNP/compound/Museum/ORG Film/NNP/compound/Museum/ORG Museum/NNP/nsubj/grew/ORG grew/VBD/ROOT/=grow
././punct/grew The/DT/det/museum museum/NN/nsubj/sold sold/VBD/ROOT/=sell the/DT/det/harbour
harbour/NN/dobj/sold ././punct/sold
=> museum = Ostmark_Film_Museum
# and with a capital, where the noun stands before of
Bank/NNP/nsubj/grew/ORG of/IN/prep/Bank#1/ORG Kestria/NNP/pobj/of/ORG grew/VBD/ROOT/=grow ././punct/grew
The/DT/det/Bank#2 Bank/NNP/nsubj/sold sold/VBD/ROOT/=sell the/DT/det/harbour harbour/NN/dobj/sold
././punct/sold
=> Bank = Bank_of_Kestria
# two of one noun
Ostmark/NNP/compound/Museum#1/ORG Museum/NNP/nsubj/met/ORG met/VBD/ROOT/=meet
Kestria/NNP/compound/Museum#2/ORG Museum/NNP/dobj/met/ORG ././punct/met The/DT/det/museum
museum/NN/nsubj/sold sold/VBD/ROOT/=sell the/DT/det/harbour harbour/NN/dobj/sold ././punct/sold
# a title with capitals before its holder
For/IN/prep/left his/PRP$/poss/work work/NN/pobj/For ,/,/punct/left Prime/NNP/compound/Minister
Minister/NNP/nsubj/left ,/,/punct/Minister Oskar/NNP/compound/Feld/PERSON Feld/NNP/appos/Minister/PERSON
,/,/punct/Minister left/VBD/ROOT/=leave ././punct/left
=> his = Oskar_Feld
=> Minister = Oskar_Feld
# a title with capitals, later on
Mayor/NNP/compound/Feld Oskar/NNP/compound/Feld/PERSON Feld/NNP/nsubj/left/PERSON left/VBD/ROOT/=leave
././punct/left The/DT/det/Mayor#2 Mayor/NNP/nsubj/smiled smiled/VBD/ROOT/=smile ././punct/smiled
=> Mayor = Oskar_Feld
# who is named within the phrase of the subject is no rival of it
Reed/NNP/poss/poet/PERSON ’s/POS/case/Reed poet/NN/compound/Strand Vela/NNP/compound/Strand/PERSON
Strand/NNP/nsubj/sold/PERSON sold/VBD/ROOT/=sell her/PRP$/poss/house house/NN/dobj/sold ././punct/sold
=> her = Vela_Strand
# who is named after it is
Strand/NNP/nsubj/told/PERSON told/VBD/ROOT/=tell Reed/NNP/dobj/told/PERSON of/IN/prep/told
his/PRP$/poss/house house/NN/pobj/of ././punct/told
# no speaker's it
Nordane/NNP/nsubj/grew/ORG grew/VBD/ROOT/=grow ././punct/grew “/``/punct/said It/PRP/nsubj/is
is/VBZ/ccomp/said/=be a/DT/det/start start/NN/attr/is ”/''/punct/said said/VBD/ROOT/=say
Strand/NNP/nsubj/said/PERSON ././punct/said
# someone else is named in the sentence: unclear
Reed/NNP/nsubj/left/PERSON left/VBD/ROOT/=leave ././punct/left Nordane/NNP/nsubj/seeks/ORG
seeks/VBZ/ROOT/=seek Xi/NNP/dobj/seeks/PERSON so/IN/mark/hanged he/PRP/nsubjpass/hanged
is/VBZ/auxpass/hanged/=be hanged/VBN/advcl/seeks/=hang ././punct/seeks
# named in the sentence, and nobody before
The/DT/det/rain rain/NN/nsubj/fell fell/VBD/ROOT/=fall ././punct/fell Nordane/NNP/nsubj/seeks/ORG
seeks/VBZ/ROOT/=seek Xi/NNP/dobj/seeks/PERSON so/IN/mark/hanged he/PRP/nsubjpass/hanged
is/VBZ/auxpass/hanged/=be hanged/VBN/advcl/seeks/=hang ././punct/seeks
=> he = Xi
# someone else is named in the sentence between: unclear
Reed/NNP/nsubj/left/PERSON left/VBD/ROOT/=leave ././punct/left Charges/NNS/nsubj/stand against/IN/prep/Charges
Xi/NNP/pobj/against/PERSON stand/VBP/ROOT ././punct/stand He/PRP/nsubj/wept wept/VBD/ROOT/=weep ././punct/wept
"""


def resolved(notation: str) -> list[str]:
    doc = make(notation)
    cast = entities.build(mentions.names(doc))
    found = coreference.resolve(doc, cast, attribution.quotations(doc))
    assert set(found.values()) <= set(cast.entities)
    return [f"{doc[i].text} = {id_}" for i, id_ in sorted(found.items())]


@pytest.mark.parametrize(("notation", "expected"), table(ROWS))
def test_who_is_meant(notation: str, expected: list[str]) -> None:
    assert resolved(notation) == expected
