"""Who did what in the article's own words: every maker of rows, on hand-built parses."""

from __future__ import annotations

import re

import pytest
from docs import make, table

from graph.text.oie import CONFIDENCE, Row, rows

ROWS = """
# an object
The/DT/det/mayor old/JJ/amod/mayor mayor/NN/nsubj/sold sold/VBD/ROOT/=sell two/CD/nummod/ships
ships/NNS/dobj/sold
=> object | The old mayor | sold | two ships

# objects one by one
Hale/NNP/nsubj/sold/PERSON sold/VBD/ROOT/=sell ships/NNS/dobj/sold and/CC/cc/ships steel/NN/conj/ships
=> object | Hale | sold | ships
=> next_object | Hale | sold | steel

# a long list is one object
Hale/NNP/nsubj/sold/PERSON sold/VBD/ROOT/=sell oil/NN/dobj/sold ,/,/punct/oil gas/NN/conj/oil
,/,/punct/gas tin/NN/conj/gas ,/,/punct/tin zinc/NN/conj/tin ,/,/punct/zinc lead/NN/conj/zinc
,/,/punct/lead salt/NN/conj/lead and/CC/cc/salt steel/NN/conj/salt
=> object | Hale | sold | oil, gas, tin, zinc, lead, salt and steel

# what is said beyond the object
Hale/NNP/nsubj/sold/PERSON sold/VBD/ROOT/=sell ships/NNS/dobj/sold to/IN/prep/sold Vale/NNP/pobj/to/PERSON
=> object | Hale | sold | ships
=> beyond_object | Hale | sold ships | to Vale

# an of goes with its noun
Hale/NNP/nsubj/sold/PERSON sold/VBD/ROOT/=sell a/DT/det/share share/NN/dobj/sold of/IN/prep/share
the/DT/det/port port/NN/pobj/of to/IN/prep/sold Vale/NNP/pobj/to/PERSON
=> object | Hale | sold | a share of the port
=> inside_object | Hale | sold a share of | the port
=> beyond_object | Hale | sold a share of the port | to Vale

# a report with its that
Hale/NNP/nsubj/said/PERSON said/VBD/ROOT/=say that/IN/mark/won Vale/NNP/nsubj/won/PERSON won/VBD/ccomp/said
=> content | Hale | said | that Vale won
=> alone | Vale | won

# what is said inside the object
Hale/NNP/nsubj/sold/PERSON sold/VBD/ROOT/=sell ships/NNS/dobj/sold with/IN/prep/ships
two/CD/nummod/cranes cranes/NNS/pobj/with
=> object | Hale | sold | ships
=> inside_object | Hale | sold ships with | two cranes

# half a compound says nothing by itself
Hale/NNP/nsubj/sold/PERSON sold/VBD/ROOT/=sell forms/NNS/dobj/sold of/IN/prep/forms energy/NN/pobj/of
=> object | Hale | sold | forms of energy

# nor does the other half with an adjective, unless it is named after somebody
Hale/NNP/nsubj/sold/PERSON sold/VBD/ROOT/=sell forms/NNS/dobj/sold of/IN/prep/forms green/JJ/amod/energy
energy/NN/pobj/of and/CC/cc/energy Norwegian/JJ/amod/ships/NORP ships/NNS/conj/energy
=> object | Hale | sold | forms of green energy and Norwegian ships
=> inside_object | Hale | sold forms of | Norwegian ships

# a name inside what is said beyond the object
Hale/NNP/nsubj/set/PERSON set/VBD/ROOT fire/NN/dobj/set to/IN/prep/set the/DT/det/ships ships/NNS/pobj/to
of/IN/prep/ships Vale/NNP/pobj/of/PERSON
=> object | Hale | set | fire
=> beyond_object | Hale | set fire | to the ships of Vale
=> inside_object | Hale | set fire to the ships of | Vale

# both at once
Hale/NNP/nsubj/sails/PERSON sails/VBZ/ROOT between/IN/prep/sails Oslo/NNP/pobj/between/GPE and/CC/cc/Oslo
Bergen/NNP/conj/Oslo/GPE
=> oblique | Hale | sails between | Oslo and Bergen

# a copula
Hale/NNP/nsubj/is/PERSON is/VBZ/ROOT/=be a/DT/det/captain captain/NN/attr/is
=> object | Hale | is | a captain

# what there is
There/EX/expl/are are/VBP/ROOT/=be ships/NNS/attr/are in/IN/prep/are Oslo/NNP/pobj/in/GPE
=> whole | There | are | ships | in Oslo
=> object | There | are | ships

# an adjective and its preposition
Hale/NNP/nsubj/is/PERSON is/VBZ/ROOT/=be afraid/JJ/acomp/is of/IN/prep/afraid storms/NNS/pobj/of
=> adjective | Hale | is afraid of | storms

# adjectives alone, one by one
Hale/NNP/nsubj/is/PERSON is/VBZ/ROOT/=be old/JJ/acomp/is and/CC/cc/old rich/JJ/conj/old
=> adjective | Hale | is | old
=> adjective | Hale | is | rich

# an adjective and what it is about
Hale/NNP/nsubj/is/PERSON is/VBZ/ROOT/=be sure/JJ/acomp/is that/IN/mark/won Vale/NNP/nsubj/won/PERSON
won/VBD/ccomp/sure/=win gold/NN/dobj/won
=> adjective | Hale | is sure | that Vale won gold
=> object | Vale | won | gold

# prepositional objects and their phrases
Hale/NNP/nsubj/sailed/PERSON sailed/VBD/ROOT/=sail out/IN/prep/sailed of/IN/prep/out ports/NNS/pobj/of
in/IN/prep/ports Nordane/NNP/pobj/in/GPE
=> oblique | Hale | sailed out of | ports
=> inside_object | Hale | sailed out of ports in | Nordane

# what no other row tells is not cut off
In/IN/prep/fell a/DT/det/port port/NN/pobj/In with/IN/prep/port new/JJ/amod/cranes cranes/NNS/pobj/with
rents/NNS/nsubj/fell fell/VBD/ROOT/=fall
=> oblique | rents | fell In | a port with new cranes

# a preposition before the verb
In/IN/prep/fell Oslo/NNP/pobj/In/GPE rents/NNS/nsubj/fell fell/VBD/ROOT/=fall
=> oblique | rents | fell In | Oslo

# where it is denied
Hale/NNP/nsubj/sailed/PERSON sailed/VBD/ROOT/=sail to/IN/prep/sailed Oslo/NNP/pobj/to/GPE ,/,/punct/sailed
not/RB/neg/from from/IN/prep/sailed Bergen/NNP/pobj/from/GPE
=> oblique | Hale | sailed to | Oslo

# a relative clause with a preposition
the/DT/det/port port/NN/ROOT to/IN/prep/sailed which/WDT/pobj/to Hale/NNP/nsubj/sailed/PERSON
sailed/VBD/relcl/port/=sail
=> oblique | Hale | sailed to | the port

# a gerund after a preposition
Hale/NNP/nsubjpass/fined/PERSON was/VBD/auxpass/fined/=be fined/VBN/ROOT/=fine for/IN/prep/fined
selling/VBG/pcomp/for/=sell ships/NNS/dobj/selling
=> object | Hale | was fined for selling | ships

# a gerund without an object
Hale/NNP/nsubjpass/fined/PERSON was/VBD/auxpass/fined/=be fined/VBN/ROOT/=fine for/IN/prep/fined
lying/VBG/pcomp/for/=lie
=> circumstance | Hale | was fined for | lying

# a time
Hale/NNP/nsubj/sold/PERSON sold/VBD/ROOT/=sell ships/NNS/dobj/sold yesterday/NN/npadvmod/sold/DATE
=> object | Hale | sold | ships
=> time | Hale | sold ships | yesterday

# when something was said goes with what was said
Hale/NNP/nsubj/said/PERSON said/VBD/ROOT/=say on/IN/prep/said Monday/NNP/pobj/on/DATE
Vale/NNP/nsubj/won/PERSON won/VBD/ccomp/said/=win
=> whole | Hale | said | Vale won | on Monday
=> alone | Vale | won

# to whom
Hale/NNP/nsubj/sold/PERSON sold/VBD/ROOT/=sell Vale/NNP/dative/sold/PERSON ships/NNS/dobj/sold
=> object | Hale | sold | ships
=> dative | Hale | sold ships | Vale

# to whom, beside the whole that has it
Hale/NNP/nsubj/sold/PERSON sold/VBD/ROOT/=sell Vale/NNP/dative/sold/PERSON ships/NNS/dobj/sold
yesterday/NN/npadvmod/sold/DATE
=> whole | Hale | sold | ships | Vale | yesterday
=> object | Hale | sold | ships
=> time | Hale | sold ships | yesterday

# when, of whoever only shares the verb, is told by the whole
Hale/NNP/nsubj/left/PERSON left/VBD/ROOT/=leave Oslo/NNP/dobj/left/GPE and/CC/cc/left sold/VBD/conj/left/=sell
ships/NNS/dobj/sold to/IN/prep/sold Vale/NNP/pobj/to/PERSON yesterday/NN/npadvmod/sold/DATE
=> object | Hale | left | Oslo
=> whole | Hale | sold | ships | to Vale | yesterday
=> object | Hale | sold | ships

# the day inside an object tells nothing of its own
Hale/NNP/nsubj/praised/PERSON praised/VBD/ROOT/=praise the/DT/det/vote vote/NN/dobj/praised of/IN/prep/vote
last/JJ/amod/May May/NNP/pobj/of/DATE
=> object | Hale | praised | the vote of last May

# a report that is put in
Vale/NNP/nsubj/won/PERSON ,/,/punct/said Hale/NNP/nsubj/said/PERSON said/VBD/parataxis/won/=say
,/,/punct/said won/VBD/ROOT/=win gold/NN/dobj/won
=> content | Hale | said | Vale won gold
=> object | Vale | won | gold

# the pronoun in a report is the speaker
Hale/NNP/nsubj/said/PERSON said/VBD/ROOT/=say he/PRP/nsubj/sold sold/VBD/ccomp/said/=sell
ships/NNS/dobj/sold
=> content | Hale | said | he sold ships
=> object | Hale | sold | ships

# auxiliaries and what governs the verb
Hale/NNP/nsubj/want/PERSON did/VBD/aux/want not/RB/neg/want want/VB/ROOT to/TO/aux/sell sell/VB/xcomp/want
ships/NNS/dobj/sell
=> governed | Hale | did not want | to sell ships
=> object | Hale | did not want to sell | ships

# a bare infinitive
Hale/NNP/nsubj/wants/PERSON wants/VBZ/ROOT/=want to/TO/aux/resign resign/VB/xcomp/wants
=> governed | Hale | wants | to resign
=> alone | Hale | wants to resign

# an infinitive of the object
Hale/NNP/nsubj/asked/PERSON asked/VBD/ROOT/=ask Vale/NNP/dobj/asked/PERSON to/TO/aux/sell sell/VB/xcomp/asked
ships/NNS/dobj/sell
=> whole | Hale | asked | Vale | to sell ships
=> object | Hale | asked | Vale
=> controlled | Hale | asked Vale to sell | ships
=> object | Vale | to sell | ships

# of which the row of whom is asked says it all
Hale/NNP/nsubj/asked/PERSON asked/VBD/ROOT/=ask Vale/NNP/dobj/asked/PERSON to/TO/aux/sail sail/VB/xcomp/asked
to/IN/prep/sail Oslo/NNP/pobj/to#2/GPE
=> whole | Hale | asked | Vale | to sail to Oslo
=> object | Hale | asked | Vale
=> oblique | Vale | to sail to | Oslo

# an object with a clause of its own, which the short row leaves out
Hale/NNP/nsubj/backed/PERSON backed/VBD/ROOT/=back a/DT/det/bill bill/NN/dobj/backed to/TO/aux/allow
allow/VB/acl/bill ships/NNS/dobj/allow
=> whole | Hale | backed | a bill to allow ships
=> object | Hale | backed | a bill
=> object | Hale | backed a bill to allow | ships

# a purpose
Hale/NNP/nsubj/sailed/PERSON sailed/VBD/ROOT/=sail to/TO/aux/sell sell/VB/advcl/sailed ships/NNS/dobj/sell
=> object | Hale | sailed to sell | ships

# a purpose beyond an object
Hale/NNP/nsubj/used/PERSON used/VBD/ROOT/=use gas/NN/dobj/used to/TO/aux/stop stop/VB/advcl/used
ships/NNS/dobj/stop
=> object | Hale | used | gas
=> object | Hale | used gas to stop | ships

# whom a demand is addressed to
Hale/NNP/nsubj/demanded/PERSON demanded/VBD/ROOT/=demand that/IN/mark/resign Vale/NNP/nsubj/resign/PERSON
resign/VB/ccomp/demanded
=> content | Hale | demanded | Vale | resign
=> alone | Vale | resign

# what somebody must do is a demand
Hale/NNP/nsubj/said/PERSON said/VBD/ROOT/=say Vale/NNP/nsubj/resign/PERSON must/MD/aux/resign
resign/VB/ccomp/said
=> content | Hale | said | Vale | must resign
=> alone | Vale | must resign

# a question is none
Hale/NNP/nsubj/asked/PERSON asked/VBD/ROOT/=ask would/MD/aux/resign Vale/NNP/nsubj/resign/PERSON
resign/VB/ccomp/asked
=> content | Hale | asked | would Vale resign
=> alone | Vale | would resign

# a sentence before is not what the verb says
Rents/NNS/nsubj/fell fell/VBD/ccomp/left/=fall ;/:/punct/left Hale/NNP/nsubj/left/PERSON left/VBD/ROOT/=leave
Oslo/NNP/dobj/left/GPE
=> alone | Rents | fell
=> object | Hale | left | Oslo

# nor before a verb that reports
Rents/NNS/nsubj/fell fell/VBD/ccomp/thought/=fall ;/:/punct/fell Hale/NNP/nsubj/thought/PERSON
thought/VBD/ROOT/=think
=> alone | Rents | fell
=> alone | Hale | thought

# nor is a clause whose subject stands elsewhere
Hale/NNP/nsubj/expects/PERSON expects/VBZ/ROOT/=expect rents/NNS/dobj/expects will/MD/aux/fell
fell/VBD/ccomp/expects/=fall
=> object | Hale | expects | rents

# nor what stands beside the object of a verb that reports nothing
Hale/NNP/nsubj/sold/PERSON sold/VBD/ROOT/=sell ships/NNS/dobj/sold ;/:/punct/sold Vale/NNP/nsubj/won/PERSON
won/VBD/ccomp/sold/=win
=> object | Hale | sold | ships
=> alone | Vale | won

# verbs with one object
Hale/NNP/nsubj/bought/PERSON bought/VBD/ROOT/=buy and/CC/cc/bought sold/VBD/conj/bought/=sell
ships/NNS/dobj/sold
=> object | Hale | bought | ships
=> object | Hale | sold | ships

# an adverb that is no manner
Hale/NNP/nsubj/resigned/PERSON resigned/VBD/ROOT/=resign too/RB/advmod/resigned
=> alone | Hale | resigned

# words that link sentences
Hale/NNP/nsubj/sold/PERSON sold/VBD/ROOT/=sell for/IN/prep/sold example/NN/pobj/for ships/NNS/dobj/sold
=> object | Hale | sold | ships

# a circumstance beside an object
Hale/NNP/nsubj/left/PERSON left/VBD/ROOT/=leave Oslo/NNP/dobj/left/GPE after/IN/mark/won
Vale/NNP/nsubj/won/PERSON won/VBD/advcl/left/=win gold/NN/dobj/won
=> whole | Hale | left | Oslo | after Vale won gold
=> object | Hale | left | Oslo
=> object | Vale | won | gold

# a circumstance where nothing else is told
Hale/NNP/nsubj/resigned/PERSON resigned/VBD/ROOT/=resign after/IN/mark/won Vale/NNP/nsubj/won/PERSON
won/VBD/advcl/resigned/=win
=> circumstance | Hale | resigned | after Vale won
=> alone | Vale | won

# a manner
Rents/NNS/nsubj/rose rose/VBD/ROOT/=rise slowly/RB/advmod/rose
=> manner | Rents | rose | slowly

# one argument
Hale/NNP/nsubj/resigned/PERSON resigned/VBD/ROOT/=resign
=> alone | Hale | resigned

# some of what a noun stands for
Towns/NNS/nsubj/fell including/VBG/prep/Towns Oslo/NNP/pobj/including/GPE fell/VBD/ROOT/=fall
=> including | Towns | including | Oslo
=> alone | Towns including Oslo | fell

# a clause that says much is told whole beside its parts
Hale/NNP/nsubj/sold/PERSON sold/VBD/ROOT/=sell ships/NNS/dobj/sold to/IN/prep/sold Vale/NNP/pobj/to/PERSON
on/IN/prep/sold Monday/NNP/pobj/on/DATE after/IN/mark/fell rents/NNS/nsubj/fell fell/VBD/advcl/sold/=fall
=> whole | Hale | sold | ships | to Vale | on Monday | after rents fell
=> object | Hale | sold | ships
=> beyond_object | Hale | sold ships | to Vale
=> alone | rents | fell

# a day is a part that stands beside it
Hale/NNP/nsubj/sold/PERSON sold/VBD/ROOT/=sell ships/NNS/dobj/sold quickly/RB/advmod/sold
on/IN/prep/sold Monday/NNP/pobj/on/DATE
=> whole | Hale | sold | ships | quickly | on Monday
=> object | Hale | sold | ships
=> time | Hale | sold ships | on Monday

# of the same subject it is told once, with full phrases
Hale/NNP/nsubj/sailed/PERSON and/CC/cc/Hale Vale/NNP/conj/Hale/PERSON sailed/VBD/ROOT/=sail
to/IN/prep/sailed Oslo/NNP/pobj/to/GPE ,/,/punct/Oslo the/DT/det/port port/NN/appos/Oslo
by/IN/prep/sailed ship/NN/pobj/by
=> whole | Hale and Vale | sailed to | Oslo, the port | by ship
=> oblique | Hale | sailed to | Oslo
=> oblique | Hale | sailed by | ship
=> oblique | Vale | sailed to | Oslo
=> oblique | Vale | sailed by | ship

# a subject with its apposition, but a pronoun as it was taken
Hale/NNP/nsubj/said/PERSON ,/,/punct/Hale the/DT/det/mayor mayor/NN/appos/Hale said/VBD/ROOT/=say
on/IN/prep/said Monday/NNP/pobj/on/DATE he/PRP/nsubj/sailed sailed/VBD/ccomp/said/=sail
to/IN/prep/sailed Oslo/NNP/pobj/to/GPE by/IN/prep/sailed ship/NN/pobj/by
=> whole | Hale, the mayor | said | he sailed to Oslo by ship | on Monday
=> whole | Hale | sailed to | Oslo | by ship
=> oblique | Hale | sailed to | Oslo
=> oblique | Hale | sailed by | ship

# what a relative clause says beyond its noun
the/DT/det/ship ship/NN/ROOT Hale/NNP/nsubj/sold/PERSON sold/VBD/relcl/ship/=sell to/IN/prep/sold
Vale/NNP/pobj/to/PERSON
=> whole | Hale | sold | the ship | to Vale
=> object | Hale | sold | the ship

# where it was goes with the object
In/IN/prep/sold Oslo/NNP/pobj/In/GPE Hale/NNP/nsubj/sold/PERSON sold/VBD/ROOT/=sell ships/NNS/dobj/sold
=> whole | Hale | sold | ships | In Oslo
=> object | Hale | sold | ships

# things after a preposition are one argument, names are several
Hale/NNP/nsubj/fled/PERSON fled/VBD/ROOT/=flee in/IN/prep/fled search/NN/pobj/in of/IN/prep/search
phones/NNS/pobj/of and/CC/cc/phones cash/NN/conj/phones
=> oblique | Hale | fled in search of | phones and cash

# a year that was taken for a part of the name
In/IN/prep/sailed 1850/CD/nummod/Hale/DATE Mary/NNP/compound/Hale/PERSON Hale/NNP/nsubj/sailed/PERSON
sailed/VBD/ROOT/=sail to/IN/prep/sailed Oslo/NNP/pobj/to/GPE
=> whole | Mary Hale | sailed In | 1850 | to Oslo
=> oblique | Mary Hale | sailed In | 1850
=> oblique | Mary Hale | sailed to | Oslo

# a participle is told in parts
Hale/NNP/nsubj/left/PERSON left/VBD/ROOT/=leave ,/,/punct/left bound/VBN/advcl/left/=bind to/IN/prep/bound
Vale/NNP/pobj/to/PERSON by/IN/prep/bound law/NN/pobj/by
=> alone | Hale | left
=> oblique | Hale | bound to | Vale
=> oblique | Hale | bound by | law

# when and how go with what else a participle says beyond the object
Hale/NNP/nsubj/left/PERSON left/VBD/ROOT/=leave ,/,/punct/left selling/VBG/advcl/left/=sell
ships/NNS/dobj/selling to/IN/prep/selling Vale/NNP/pobj/to/PERSON on/IN/prep/selling Monday/NNP/pobj/on/DATE
=> alone | Hale | left
=> object | Hale | selling | ships
=> joined | Hale | selling | ships | to Vale | on Monday

# a detail of a subject that is only likely is left out
Bids/NNS/nsubj/fell by/IN/prep/Bids men/NNS/pobj/by buying/VBG/acl/men/=buy ships/NNS/dobj/buying
from/IN/prep/ships Vale/NNP/pobj/from/PERSON fell/VBD/ROOT/=fall
=> object | men | buying | ships
=> alone | Bids by men buying ships from Vale | fell

# what is not told beside the object is none of it
Hale/NNP/nsubj/sold/PERSON sold/VBD/ROOT/=sell ships/NNS/dobj/sold ;/:/punct/sold Vale/NNP/nsubj/won/PERSON
won/VBD/ccomp/sold/=win gold/NN/dobj/won
=> object | Hale | sold | ships
=> object | Vale | won | gold

# beside what is wanted
Hale/NNP/nsubj/wants/PERSON wants/VBZ/ROOT/=want now/RB/advmod/wants to/TO/aux/resign resign/VB/xcomp/wants
=> governed | Hale | wants | to resign | now
=> alone | Hale | wants to resign

# a name deep inside an object
Hale/NNP/nsubj/backed/PERSON backed/VBD/ROOT/=back the/DT/det/use use/NN/dobj/backed of/IN/prep/use
a/DT/det/base base/NN/pobj/of for/IN/prep/base ships/NNS/pobj/for in/IN/prep/ships Nordane/NNP/pobj/in/GPE
=> object | Hale | backed | the use of a base for ships in Nordane
=> inside_object | Hale | backed the use of a base for ships in | Nordane

# of a long phrase beyond an object, the names in it
Hale/NNP/nsubj/sold/PERSON sold/VBD/ROOT/=sell ships/NNS/dobj/sold for/IN/prep/sold the/DT/det/needs
most/RBS/advmod/urgent urgent/JJ/amod/needs new/JJ/amod/needs needs/NNS/pobj/for of/IN/prep/needs
the/DT/det/Vale rich/JJ/amod/Vale Vale/NNP/pobj/of/PERSON
=> object | Hale | sold | ships
=> inside_object | Hale | sold ships for the most urgent new needs of | the rich Vale

# who told it
Rents/NNS/nsubj/fell fell/VBD/ROOT/=fall according/VBG/prep/fell to/IN/prep/according Hale/NNP/pobj/to/PERSON
=> alone | Rents | fell

# what is allowed, and to whom
Hale/NNP/nsubj/lets/PERSON lets/VBZ/ROOT/=let Vale/NNP/nsubj/sell/PERSON to/TO/aux/sell sell/VB/ccomp/lets
ships/NNS/dobj/sell
=> content | Hale | lets | Vale | to sell ships
=> object | Vale | to sell | ships
"""


@pytest.mark.parametrize(("notation", "expected"), table(ROWS))
def test_rows(notation: str, expected: list[str]) -> None:
    doc = make(notation)
    found = rows(doc)
    shown = [(row.rule, row.arguments[0], row.relation, *row.arguments[1:]) for row in found]
    assert [" | ".join(parts) for parts in shown] == expected
    assert {row.sentence for row in found} == {doc.text}
    assert all(_stands_in(row.sentence, argument) for row in found for argument in row.arguments)
    assert all(0 < row.confidence <= CONFIDENCE[row.rule] for row in found)


def _stands_in(sentence: str, argument: str) -> bool:
    """True if the words of an argument are words of the sentence, in its order."""
    pattern = ".*".join(re.escape(word) for word in argument.split())
    return re.search(pattern, sentence) is not None


def test_every_rule_has_its_test() -> None:
    shown = {line.split(" | ")[0] for row in table(ROWS) for line in row.values[1]}  # type: ignore[union-attr]
    assert shown == set(CONFIDENCE)


def test_names_are_not_sought_in_a_chain_without_end() -> None:
    chain = "".join(f"p{i}/IN/prep/n{i} n{i + 1}/NN/pobj/p{i} " for i in range(2000))
    doc = make(
        f"Hale/NNP/nsubj/sold sold/VBD/ROOT n0/NN/dobj/sold {chain}p/IN/prep/n2000 Vale/NNP/pobj/p/GPE"
    )
    found = rows(doc)
    assert [row.rule for row in found] == ["object", "inside_object"]
    assert "Vale" not in {row.arguments[-1] for row in found}


@pytest.mark.parametrize(("many", "rules"), [(3, ["governed", "object"]), (30, ["object"])])
def test_a_long_infinitive_is_told_by_its_own_verb(many: int, rules: list[str]) -> None:
    doc = make(
        "Hale/NNP/nsubj/wants/PERSON wants/VBZ/ROOT/=want to/TO/aux/sell sell/VB/xcomp/wants "
        f"{'old/JJ/amod/ships ' * many} ships/NNS/dobj/sell"
    )
    assert [row.rule for row in rows(doc)] == rules


def test_a_row_is_told_once() -> None:
    sold = "Hale/NNP/nsubj/sold#{0} sold/VBD/ROOT/=sell ships/NNS/dobj/sold#{0} ././punct/sold#{0}"
    doc = make(f"{sold.format(1)} {sold.format(2)}")
    assert [row.relation for row in rows(doc)] == ["sold"]


def test_a_subordinate_clause_is_less_sure() -> None:
    doc = make(
        "Hale/NNP/nsubj/left/PERSON left/VBD/ROOT/=leave Oslo/NNP/dobj/left/GPE ,/,/punct/left "
        "selling/VBG/advcl/left/=sell ships/NNS/dobj/selling"
    )
    left, selling = rows(doc)
    assert (left.relation, selling.relation) == ("left", "selling")
    assert selling.confidence < left.confidence == CONFIDENCE["object"]


def test_a_row_as_a_line() -> None:
    row = Row("Hale sold ships.", 0.9, "sold", ("Hale", "ships"))
    assert row.to_tsv() == "Hale sold ships.\t0.90\tsold\tHale\tships"
