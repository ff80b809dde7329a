"""Statements: clauses put together with their nodes, stance, speaker, time, place and arguments."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from graph.model import Article, Reading
from graph.text.clean import clean
from graph.text.reader import interpret
from tests.docs import make, table
from tests.rows import told

PUBLISHED = date(2023, 3, 17)  # a Friday
ROWS = """
# who does what
Hale/NNP/nsubj/bought/PERSON bought/VBD/ROOT/=buy the/DT/det/harbour harbour/NN/dobj/bought ././punct/bought
=> Hale | buy | harbour | asserted
# time, place and arguments
On/IN/prep/met Friday/NNP/pobj/On/DATE Hale/NNP/nsubj/met/PERSON met/VBD/ROOT/=meet Berg/NNP/dobj/met/PERSON
in/IN/prep/met Oslo/NNP/pobj/in/GPE with/IN/prep/met the/DT/det/mayor mayor/NN/pobj/with ././punct/met
=> Hale | meet | Berg + with mayor | asserted in Oslo at 2023-03-17..2023-03-17
# planned, by someone who says so
Reed/NNP/nsubj/said/PERSON said/VBD/ROOT/=say on/IN/prep/said Friday/NNP/pobj/on/DATE that/IN/mark/visit
Hale/NNP/nsubj/visit/PERSON will/MD/aux/visit visit/VB/ccomp/said Oslo/NNP/dobj/visit/GPE
next/JJ/amod/week/DATE week/NN/npadvmod/visit/DATE ././punct/said
=> Reed | say | 'Hale will visit Oslo next week' | asserted at 2023-03-17..2023-03-17
=> Hale | visit | Oslo | planned by Reed at 2023-03-20..2023-03-26
# negative
Nordane/NNP/nsubj/refused/ORG refused/VBD/ROOT/=refuse to/TO/aux/sell sell/VB/xcomp/refused
Oceanlink/NNP/dobj/sell/ORG ././punct/refused
=> Nordane | sell | Oceanlink | asserted not
# no object
Hale/NNP/nsubj/resigned/PERSON resigned/VBD/ROOT/=resign on/IN/prep/resigned Monday/NNP/pobj/on/DATE
././punct/resigned
=> Hale | resign | 'true' | asserted at 2023-03-13..2023-03-13
# passive
The/DT/det/harbour harbour/NN/nsubjpass/bought was/VBD/auxpass/bought/=be bought/VBN/ROOT/=buy
by/IN/agent/bought Nordane/NNP/pobj/by/ORG in/IN/prep/bought 2014/CD/pobj/in/DATE ././punct/bought
=> Nordane | buy | harbour | asserted at 2014-01-01..2014-12-31
# an office
Norwegian/JJ/amod/President/NORP President/NNP/compound/Hale Anna/NNP/compound/Hale/PERSON
Hale/NNP/nsubj/left/PERSON left/VBD/ROOT/=leave Oslo/NNP/dobj/left/GPE ././punct/left
=> Anna_Hale | be_president_of | Norway | asserted
=> Anna_Hale | leave | Oslo | asserted
# an office of the past
Former/JJ/amod/President/=former Norwegian/JJ/amod/President/NORP President/NNP/compound/Hale
Anna/NNP/compound/Hale/PERSON Hale/NNP/nsubj/left/PERSON left/VBD/ROOT/=leave Oslo/NNP/dobj/left/GPE
././punct/left
=> Anna_Hale | be_former_president_of | Norway | asserted
=> Anna_Hale | leave | Oslo | asserted
# a quotation of nobody knows whom
“/``/punct/sold Hale/NNP/nsubj/sold/PERSON sold/VBD/ROOT/=sell
Nordane/NNP/dobj/sold/ORG ././punct/sold ”/''/punct/sold
# an office in apposition
Hale/NNP/nsubj/met/PERSON ,/,/punct/Hale the/DT/det/mayor mayor/NN/appos/Hale of/IN/prep/mayor
Oslo/NNP/pobj/of/GPE ,/,/punct/Hale met/VBD/ROOT/=meet Reed/NNP/dobj/met/PERSON ././punct/met
=> Hale | be_mayor_of | Oslo | asserted
=> Hale | meet | Reed | asserted
# an event noun
Putin/NNP/nsubj/praised/PERSON praised/VBD/ROOT/=praise the/DT/det/invasion invasion/NN/dobj/praised
of/IN/prep/invasion Ukraine/NNP/pobj/of/GPE by/IN/prep/invasion Russia/NNP/pobj/by/GPE ././punct/praised
=> Putin | praise | invasion_of_Ukraine_by_Russia | asserted
=> Putin | praise_invasion_of | Ukraine | asserted
=> Putin | praise_invasion_by | Russia | asserted
=> Russia | invade | Ukraine | asserted
# an event noun that is only planned
Putin/NNP/nsubj/opposed/PERSON opposed/VBD/ROOT/=oppose any/DT/det/invasion invasion/NN/dobj/opposed
of/IN/prep/invasion Ukraine/NNP/pobj/of/GPE by/IN/prep/invasion Russia/NNP/pobj/by/GPE ././punct/opposed
=> Putin | oppose | invasion_of_Ukraine_by_Russia | asserted
=> Putin | oppose_invasion_of | Ukraine | asserted
=> Putin | oppose_invasion_by | Russia | asserted
=> Russia | invade | Ukraine | hypothetical
# a pronoun that is not resolved gives nothing
She/PRP/nsubj/bought bought/VBD/ROOT/=buy the/DT/det/harbour harbour/NN/dobj/bought ././punct/bought
# a pronoun that is resolved
Hale/NNP/nsubj/left/PERSON left/VBD/ROOT/=leave Oslo/NNP/dobj/left/GPE ././punct/left He/PRP/nsubj/bought
bought/VBD/ROOT/=buy the/DT/det/harbour harbour/NN/dobj/bought ././punct/bought
=> Hale | leave | Oslo | asserted
=> Hale | buy | harbour | asserted
# nothing is said of itself
Nordane/NNP/nsubj/bought/ORG bought/VBD/ROOT/=buy Nordane/NNP/dobj/bought/ORG ././punct/bought
# a quotation
“/``/punct/owns/=" Nordane/NNP/nsubj/owns/ORG owns/VBZ/ccomp/said the/DT/det/harbour harbour/NN/dobj/owns
,/,/punct/said ”/''/punct/said/=" Hale/NNP/nsubj/said/PERSON said/VBD/ROOT/=say ././punct/said
=> Nordane | own | harbour | claimed by Hale
=> Hale | say | 'Nordane owns the harbour' | asserted
# a governed clause as an argument
Hale/NNP/nsubj/urged/PERSON urged/VBD/ROOT/=urge Reed/NNP/dobj/urged/PERSON to/TO/aux/leave
leave/VB/xcomp/urged Oslo/NNP/dobj/leave/GPE ././punct/urged
=> Hale | urge | Reed + to 'leave Oslo' | asserted
=> Reed | leave | Oslo | requested by Hale
# accused of doing
Hale/NNP/nsubj/accused/PERSON accused/VBD/ROOT/=accuse Reed/NNP/dobj/accused/PERSON of/IN/prep/accused
selling/VBG/pcomp/of/=sell the/DT/det/harbour harbour/NN/dobj/selling ././punct/accused
=> Hale | accuse | Reed + of 'selling the harbour' | asserted
=> Reed | sell | harbour | claimed by Hale
# an amount
Nordane/NNP/nsubj/paid/ORG paid/VBD/ROOT/=pay $/$/quantmod/million/MONEY 3/CD/compound/million/MONEY
million/CD/dobj/paid/MONEY ././punct/paid
=> Nordane | pay | '3000000 USD' | asserted
# a number
Nordane/NNP/nsubj/has/ORG has/VBZ/ROOT/=have 1,200/CD/nummod/ships/CARDINAL ships/NNS/dobj/has ././punct/has
=> Nordane | have | 1_200_ships + count '1200' | asserted
# two subjects and two objects
Hale/NNP/nsubj/visited/PERSON and/CC/cc/Hale Reed/NNP/conj/Hale/PERSON visited/VBD/ROOT/=visit
Oslo/NNP/dobj/visited/GPE and/CC/cc/Oslo Bergen/NNP/conj/Oslo/GPE ././punct/visited
=> Hale | visit | Oslo | asserted
=> Hale | visit | Bergen | asserted
=> Reed | visit | Oslo | asserted
=> Reed | visit | Bergen | asserted
# to a day that is to come
The/DT/det/talks talks/NNS/nsubjpass/scheduled are/VBP/auxpass/scheduled/=be scheduled/VBN/ROOT/=schedule
for/IN/prep/scheduled Tuesday/NNP/pobj/for/DATE ././punct/scheduled
=> talks | be_scheduled | 'true' | asserted at 2023-03-21..2023-03-21
# since
Hale/NNP/nsubj/led/PERSON has/VBZ/aux/led/=have led/VBN/ROOT/=lead Nordane/NNP/dobj/led/ORG since/IN/prep/led
2014/CD/pobj/since/DATE ././punct/led
=> Hale | lead | Nordane | asserted at 2014-01-01..
# a metonym keeps its own name
Moscow/NNP/nsubj/attacked/GPE attacked/VBD/ROOT/=attack Kyiv/NNP/dobj/attacked/GPE ././punct/attacked
=> Moscow | attack | Kyiv | asserted
# a description
Russian/JJ/amod/President/NORP President/NNP/compound/Putin Putin/NNP/nsubj/left/PERSON left/VBD/ROOT/=leave
././punct/left The/DT/det/leader Russian/JJ/amod/leader/NORP leader/NN/nsubj/attacked
attacked/VBD/ROOT/=attack Kyiv/NNP/dobj/attacked/GPE ././punct/attacked
=> Putin | be_president_of | Russia | asserted
=> Putin | leave | 'true' | asserted
=> Putin | attack | Kyiv | asserted
# a condition
Hale/NNP/nsubj/leave/PERSON will/MD/aux/leave leave/VB/ROOT if/IN/mark/wins Reed/NNP/nsubj/wins/PERSON
wins/VBZ/advcl/leave the/DT/det/vote vote/NN/dobj/wins ././punct/leave
=> Hale | leave | 'true' | conditional
=> Reed | win | vote | hypothetical
# the speaker's office is not the speaker's word
According/VBG/prep/bought/=accord to/IN/prep/According chairman/NN/compound/Hale
Hale/NNP/pobj/to/PERSON ,/,/punct/bought Dorn/NNP/nsubj/bought/ORG bought/VBD/ROOT/=buy the/DT/det/harbour
harbour/NN/dobj/bought ././punct/bought
=> Hale | be | chairman | asserted
=> Dorn | buy | harbour | claimed by Hale
# according to
According/VBG/prep/bought/=accord to/IN/prep/According Hale/NNP/pobj/to/PERSON ,/,/punct/bought
Nordane/NNP/nsubj/bought/ORG bought/VBD/ROOT/=buy the/DT/det/harbour harbour/NN/dobj/bought ././punct/bought
=> Nordane | buy | harbour | claimed by Hale
# a verb that nobody says things by, and nothing that could
The/DT/det/price price/NN/nsubj/stemmed stemmed/VBD/ROOT/=stem from/IN/prep/stemmed talk/NN/pobj/from
Hale/NNP/nsubj/sold/PERSON sold/VBD/ccomp/stemmed/=sell ships/NNS/dobj/sold ././punct/stemmed
# what nobody knows who says so may have done
Ships/NNS/nsubj/sink ,/,/punct/sink they/PRP/nsubj/reason reason/VBP/parataxis/sink ,/,/punct/sink
could/MD/aux/sink sink/VB/ROOT ././punct/sink
# whose critics they are no critic says
According/VBG/prep/bought/=accord to/IN/prep/According Hale/NNP/poss/critics/PERSON 's/POS/case/Hale
critics/NNS/pobj/to ,/,/punct/bought Nordane/NNP/nsubj/bought/ORG bought/VBD/ROOT/=buy the/DT/det/harbour
harbour/NN/dobj/bought ././punct/bought
=> Hale | have | Hale_s_critics | asserted
=> Nordane | buy | harbour | claimed by Hale_s_critics
"""


def reading_of(notation: str) -> Reading:
    doc = make(notation)
    return interpret(Article(doc.text, published=PUBLISHED), clean(doc.text), doc)


@pytest.mark.parametrize(("notation", "expected"), table(ROWS))
def test_statement(notation: str, expected: list[str]) -> None:
    reading = reading_of(notation)
    text = reading.article.text
    assert [told(made) for made in reading.statements] == expected
    for made in reading.statements:
        assert text[made.start : made.end] == made.sentence
        assert text[made.predicate.start : made.predicate.end] == made.predicate.text


def test_id_depends_on_what_is_said_and_where() -> None:
    said = "Hale/NNP/nsubj/bought/PERSON bought/VBD/ROOT/=buy Oslo/NNP/dobj/bought/GPE ././punct/bought"
    (made,) = reading_of(said).statements
    (same,) = reading_of(said).statements
    (other,) = reading_of(said.replace("Oslo", "Bergen")).statements
    assert made == same
    assert made.id != other.id
    doc = make(said)
    (elsewhere,) = interpret(replace(Article(doc.text), text=f"{doc.text} "), clean(doc.text), doc).statements
    assert elsewhere.id != made.id


def test_twice_the_same_sentence_is_two_statements() -> None:
    said = "Hale/NNP/nsubj/left#{0}/PERSON left/VBD/ROOT/=leave Oslo/NNP/dobj/left#{0}/GPE ././punct/left#{0}"
    first, second = reading_of(f"{said.format(1)} {said.format(2)}").statements
    assert told(first) == told(second)
    assert first.id != second.id
    assert first.end < second.start
