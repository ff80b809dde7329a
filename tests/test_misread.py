"""Trees that English does not have: what is repaired, and what is left out."""

from __future__ import annotations

import pytest
from docs import each, find, make, shown, table

from graph.text.clauses import clauses
from graph.text.misread import is_verb_as_noun

ROWS = """
# two verbs with nothing between them that joins them
Organizers/NNS/nsubj/reported reported/VBD/ROOT/=report 90/CD/dobj/reported of/IN/prep/90 them/PRP/pobj/of
brought/VBD/conj/reported/=bring gifts/NNS/dobj/brought
=> Organizers | report | 90

# two verbs that a comma joins
Hale/NNP/nsubj/came/PERSON came/VBD/ROOT/=come ,/,/punct/came saw/VBD/conj/came/=see Oslo/NNP/dobj/saw/GPE
=> Hale | see | Oslo

# a base form that is part of a name
Hale/NNP/nsubj/met/PERSON met/VBD/ROOT/=meet guests/NNS/dobj/met Unite/VB/advcl/met the/DT/det/rally
rally/NN/dobj/Unite
=> Hale | meet | guests

# starting in a year
Starting/VBG/advcl/ran/=start in/IN/prep/Starting 1968/CD/pobj/in/DATE ,/,/punct/ran Hale/NNP/nsubj/ran/PERSON
ran/VBD/ROOT/=run ports/NNS/dobj/ran
=> Hale | run | ports

# starting something
Hale/NNP/nsubj/left/PERSON left/VBD/ROOT/=leave Oslo/NNP/dobj/left/GPE ,/,/punct/left
starting/VBG/advcl/left/=start a/DT/det/race race/NN/dobj/starting
=> Hale | leave | Oslo
=> Hale | start | race

# resulting in
The/DT/det/storm storm/NN/nsubj/hit hit/VBD/ROOT two/CD/nummod/towns towns/NNS/dobj/hit ,/,/punct/hit
resulting/VBG/acl/towns/=result in/IN/prep/resulting deaths/NNS/pobj/in
=> storm | hit | towns

# what is done is the subject of the verb behind it
Hale/NNP/nsubj/sold/PERSON sold/VBD/ROOT/=sell ships/NNS/dobj/sold ,/,/punct/sold but/CC/cc/sold
closing/VBG/advcl/was/=close Oslo/NNP/dobj/closing/GPE was/VBD/conj/sold/=be costly/JJ/acomp/was
=> Hale | sell | ships

# who did it goes on behind a gerund of a preposition
Hale/NNP/nsubj/sold/PERSON sold/VBD/ROOT/=sell ships/NNS/dobj/sold and/CC/cc/sold after/IN/prep/left
closing/VBG/pcomp/after/=close Oslo/NNP/dobj/closing/GPE left/VBD/conj/sold/=leave Bergen/NNP/dobj/left/GPE
=> Hale | sell | ships
=> Hale | close | Oslo
=> Hale | leave | Bergen

# what a plan includes is not done by it
Plans/NNS/nsubj/include include/VBP/ROOT closing/VBG/xcomp/include/=close ports/NNS/dobj/closing

# what a law forbids is not done by it, and both is no thing
Laws/NNS/nsubj/forbid forbid/VBP/ROOT both/CC/dobj/forbid selling/VBG/advcl/forbid/=sell
ships/NNS/dobj/selling

# who saves a port by doing something does not stand in the passive
Oslo/NNP/nsubjpass/saved/GPE was/VBD/auxpass/saved/=be saved/VBN/ROOT/=save by/IN/prep/saved
selling/VBG/pcomp/by/=sell ships/NNS/dobj/selling
=> Oslo | be saved | -

# a comparison
Storms/NNS/nsubj/sank sank/VBD/ROOT/=sink more/JJR/amod/ships ships/NNS/dobj/sank than/IN/mark/reported
reported/VBN/advcl/sank/=report
=> Storms | sink | ships

# a participle that was taken for what is said
Hale/NNP/nsubj/said/PERSON said/VBD/ROOT/=say ships/NNS/nsubj/lying lying/VBG/ccomp/said/=lie
in/IN/prep/lying Oslo/NNP/pobj/in/GPE

# who died hangs on the verb of saying
The/DT/det/port port/NN/nsubj/confirmed confirmed/VBD/ROOT/=confirm ten/CD/nummod/sailors
sailors/NNS/dobj/confirmed from/IN/prep/confirmed Oslo/NNP/pobj/from/GPE died/VBD/ccomp/confirmed/=die
=> sailors | die | -

# a subject that hangs on the auxiliary
Ships/NNS/nsubj/sank sank/VBD/ROOT/=sink ,/,/punct/sank but/CC/cc/sank Hale/NNP/nsubj/had/PERSON
had/VBD/aux/left/=have left/VBN/conj/sank/=leave Oslo/NNP/dobj/left/GPE
=> Ships | sink | -
=> Hale | leave | Oslo

# the country behind the town
A/DT/det/leak leak/NN/nsubj/kills in/IN/prep/leak Oslo/NNP/pobj/in/GPE ,/,/punct/kills
Norvalia/NNP/nsubj/kills/GPE kills/VBZ/ROOT sailors/NNS/dobj/kills
=> leak | kill | sailors

# an aside between two commas that the parser took for an object
Trade/NN/nsubj/shifted has/VBZ/aux/shifted/=have shifted/VBN/ROOT/=shift from/IN/prep/shifted oil/NN/pobj/from
,/,/punct/shifted its/PRP$/poss/good main/JJ/amod/good good/NN/dobj/shifted ,/,/punct/good
to/IN/prep/shifted fish/NN/pobj/to
=> Trade | shift from | oil + to fish

# an object beyond a colon
Vale/NNP/nsubj/took/PERSON took/VBD/ROOT/=take a/DT/det/shot shot/NN/dobj/took :/:/punct/took
Big/JJ/amod/news news/NN/dobj/took
=> Vale | take | shot

# how long it was done, beside what
Hale/NNP/nsubj/washed/PERSON washed/VBD/ROOT/=wash hands/NNS/dobj/washed twenty/CD/nummod/seconds/TIME
seconds/NNS/dobj/washed/TIME
=> Hale | wash | hands

# the person right before a participle
Hale/NNP/nsubj/made/PERSON made/VBD/ROOT/=make a/DT/det/plea plea/NN/dobj/made for/IN/prep/plea
Vale/NNP/pobj/for/PERSON facing/VBG/acl/plea/=face trial/NN/dobj/facing
=> Hale | make | plea
=> Vale | face | trial

# who killed whom, after a relative clause
Police/NNS/nsubj/seek/=police seek/VBP/ROOT a/DT/det/gunman gunman/NN/dobj/seek who/WP/nsubj/fired
fired/VBD/relcl/gunman/=fire at/IN/prep/fired guests/NNS/pobj/at ,/,/punct/seek killing/VBG/advcl/seek/=kill
Hale/NNP/dobj/killing/PERSON
=> Police | seek | gunman
=> gunman | fire at | guests
=> gunman | kill | Hale

# what goes with it is another clause
Eight/CD/nummod/sailors sailors/NNS/nsubj/died died/VBD/ROOT/=die ,/,/punct/died with/IN/prep/died
ten/CD/pobj/with injured/VBN/acl/ten/=injure
=> sailors | die | - + with ten
=> ten | be injured | -

# that of a person, who is no that
A/DT/det/board board/NN/nsubj/ended of/IN/prep/board Hale/NNP/pobj/of/PERSON that/WDT/nsubj/led
led/VBD/relcl/Hale/=lead Oslo/NNP/dobj/led/GPE ended/VBD/ROOT/=end
=> board | end | -

# when it is
Ports/NNS/nsubj/are are/VBP/ROOT/=be today/NN/attr/are/DATE

# less so
Both/DT/nsubj/are are/VBP/ROOT/=be less/RBR/advmod/safe safe/JJ/acomp/are

# urged, and then a noun that was not urged
Floods/NNS/nsubj/led led/VBD/ROOT/=lead to/TO/aux/wave wave/VB/xcomp/led walls/NNS/dobj/wave ,/,/punct/led
damage/NN/dobj/led
=> Floods | wave | walls

# into the streets, and where
Crowds/NNS/nsubj/took took/VBD/ROOT/=take to/IN/prep/took the/DT/det/streets streets/NNS/pobj/to
in/IN/prep/took Oslo/NNP/pobj/in/GPE
=> Crowds | take to | streets + in Oslo

# refer to, as what
Hale/NNP/nsubj/referred/PERSON referred/VBD/ROOT/=refer to/IN/prep/referred Vale/NNP/pobj/to/PERSON
as/IN/prep/referred Odette/NNP/pobj/as/PERSON
=> Hale | refer to | Vale + as Odette

# left without something
A/DT/det/storm storm/NN/nsubj/left left/VBD/ROOT/=leave thousands/NNS/dobj/left without/IN/prep/left
power/NN/pobj/without

# kept away
Taxes/NNS/nsubj/keep keep/VBP/ROOT investors/NNS/dobj/keep away/RB/advmod/keep

# what was ruled of it
The/DT/det/court court/NN/nsubj/ruled ruled/VBD/ROOT/=rule the/DT/det/act act/NN/dobj/ruled to/TO/aux/be
be/VB/xcomp/ruled void/JJ/acomp/be
=> act | be void | -

# were left stranded
Tourists/NNS/nsubjpass/left were/VBD/auxpass/left/=be left/VBN/ROOT/=leave stranded/VBN/xcomp/left/=strand
in/IN/prep/stranded Oslo/NNP/pobj/in/GPE
=> Tourists | be stranded in | Oslo

# one but not the other
The/DT/det/policy policy/NN/nsubj/builds builds/VBZ/ROOT bridges/NNS/dobj/builds not/RB/neg/builds
walls/NNS/conj/bridges
=> policy | build | bridges

# all but one
All/DT/nsubj/sank but/CC/cc/All one/CD/nummod/ship ship/NN/conj/All sank/VBD/ROOT/=sink
=> All | sink | -

# used by someone to do something
A/DT/det/badge badge/NN/nsubjpass/used was/VBD/auxpass/used/=be used/VBN/ROOT/=use by/IN/agent/used
Hale/NNP/pobj/by/PERSON to/TO/aux/gain gain/VB/xcomp/used entry/NN/dobj/gain
=> Hale | use | badge
=> Hale | gain | entry

# given days to do something
Kestria/NNP/nsubj/gives/GPE gives/VBZ/ROOT/=give Norvalia/NNP/dative/gives/GPE two/CD/nummod/days/DATE
days/NNS/dobj/gives/DATE to/TO/aux/recall recall/VB/advcl/gives envoys/NNS/dobj/recall
=> Kestria | give | days + to Norvalia
=> Norvalia | recall | envoys

# for the first time
Ships/NNS/nsubjpass/sold were/VBD/auxpass/sold/=be sold/VBN/ROOT/=sell for/IN/prep/sold the/DT/det/time
first/JJ/amod/time time/NN/pobj/for
=> Ships | be sold | - + for time

# an object that is only how many
Hale/NNP/nsubj/won/PERSON won/VBD/ROOT/=win four/CD/dobj/won/CARDINAL

# how many are reached
Deaths/NNS/nsubj/reached reached/VBD/ROOT/=reach four/CD/dobj/reached/CARDINAL
=> Deaths | reach | four

# one of two sums
Repairs/NNS/nsubj/cost cost/VBP/ROOT between/IN/quantmod/300/MONEY $/$/quantmod/300/MONEY
300/CD/dobj/cost/MONEY
and/CC/cc/300/MONEY 400/CD/conj/300/MONEY

# who does it beside the clause
Oslo/NNP/nsubj/had/GPE had/VBD/ROOT/=have ten/CD/nummod/deaths deaths/NNS/dobj/had ,/,/punct/had
with/IN/prep/had
Bergen/NNP/pobj/with/GPE reporting/VBG/advcl/had/=report two/CD/dobj/reporting of/IN/prep/two them/PRP/pobj/of
=> Oslo | have | deaths + with Bergen
=> Bergen | report | two

# what a letter from someone does
Vale/NNP/nsubj/opened/PERSON opened/VBD/ROOT/=open a/DT/det/letter letter/NN/dobj/opened from/IN/prep/letter
Hale/NNP/pobj/from/PERSON naming/VBG/acl/letter/=name heirs/NNS/dobj/naming
=> Vale | open | letter
=> letter | name | heirs

# used by nobody who is named
The/DT/det/child child/NN/nsubjpass/used was/VBD/auxpass/used/=be used/VBN/ROOT/=use to/TO/aux/open
open/VB/xcomp/used doors/NNS/dobj/open

# whose first time it was
Hale/NNP/nsubj/recalled/PERSON recalled/VBD/ROOT/=recall Vale/NNP/poss/time/PERSON 's/POS/case/Vale
first/JJ/amod/time time/NN/dobj/recalled selling/VBG/acl/time/=sell ships/NNS/dobj/selling
=> Hale | recall | time
=> Vale | sell | ships
"""


@pytest.mark.parametrize(("notation", "expected"), table(ROWS))
def test_clauses(notation: str, expected: list[str]) -> None:
    assert [shown(clause) for clause in clauses(make(notation))] == expected


NOUNS = """
# a verb with a subject
Flight/NNP/nsubj/crashes crashes/NNS/ROOT in/IN/prep/crashes Oslo/NNP/pobj/in/GPE
=> crashes: verb

# one ferry
Ten/CD/nsubj/die die/VBP/ROOT as/IN/prep/die a/DT/det/sinks ferry/NN/compound/sinks sinks/NNS/pobj/as
=> sinks: verb

# a few ships
A/DT/det/ships few/JJ/amod/ships ships/NNS/nsubj/sank sank/VBD/ROOT/=sink
=> ships: noun

# two crashes
Two/CD/nummod/crashes crashes/NNS/nsubj/shut shut/VBD/ROOT Oslo/NNP/dobj/shut/GPE
=> crashes: noun
"""


@pytest.mark.parametrize(("notation", "expected"), table(NOUNS))
def test_a_verb_that_was_taken_for_a_noun(notation: str, expected: list[str]) -> None:
    doc = make(notation)
    for word, kind in each(expected):
        assert ("verb" if is_verb_as_noun(find(doc, word)) else "noun") == kind
