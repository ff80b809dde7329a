"""Clauses of active verbs: objects, prepositions, relative clauses, light verbs, names in apposition."""

from __future__ import annotations

import pytest
from docs import make, shown, table

from graph.text.clauses import clauses

ROWS = """
# object
Hale/NNP/nsubj/sold/PERSON sold/VBD/ROOT/=sell the/DT/det/ships ships/NNS/dobj/sold
=> Hale | sell | ships

# a participle of a verb that needs an object, taken for a past tense: no act of its subject
The/DT/det/fire fire/NN/nsubj/ascribed ascribed/VBD/ROOT/=ascribe to/IN/prep/ascribed Vale/NNP/pobj/to/PERSON

# what goes on, and who comes home
Protests/NNS/nsubj/continue continue/VBP/ROOT and/CC/cc/continue Hale/NNP/nsubj/returned/PERSON
returned/VBD/conj/continue/=return home/RB/advmod/returned
=> Protests | continue | -
=> Hale | return home | -

# coordinated objects
Hale/NNP/nsubj/sold/PERSON sold/VBD/ROOT/=sell the/DT/det/ships ships/NNS/dobj/sold and/CC/cc/ships
the/DT/det/port port/NN/conj/ships
=> Hale | sell | ships
=> Hale | sell | port

# coordinated subjects and objects
Hale/NNP/nsubj/sold/PERSON and/CC/cc/Hale Vale/NNP/conj/Hale/PERSON sold/VBD/ROOT/=sell ships/NNS/dobj/sold
and/CC/cc/ships turbines/NNS/conj/ships
=> Hale | sell | ships
=> Hale | sell | turbines
=> Vale | sell | ships
=> Vale | sell | turbines

# indirect object
Nordane/NNP/nsubj/gave/ORG gave/VBD/ROOT/=give Hale/NNP/dative/gave/PERSON a/DT/det/medal medal/NN/dobj/gave
=> Nordane | give | medal + to Hale

# object and to
Nordane/NNP/nsubj/sold/ORG sold/VBD/ROOT/=sell the/DT/det/ships ships/NNS/dobj/sold to/IN/dative/sold
Kestria/NNP/pobj/to/GPE
=> Nordane | sell | ships + to Kestria

# no object
Hale/NNP/nsubj/resigned/PERSON resigned/VBD/ROOT/=resign
=> Hale | resign | -

# particle
Hale/NNP/nsubj/set/PERSON set/VBD/ROOT up/RP/prt/set a/DT/det/company company/NN/dobj/set
=> Hale | set up | company

# a preposition for an object
Hale/NNP/nsubj/talked/PERSON talked/VBD/ROOT/=talk with/IN/prep/talked Vale/NNP/pobj/with/PERSON
=> Hale | talk with | Vale

# prepositions, each in turn
Hale/NNP/nsubj/flew/PERSON flew/VBD/ROOT/=fly to/IN/prep/flew Oslo/NNP/pobj/to/GPE with/IN/prep/flew
Vale/NNP/pobj/with/PERSON
=> Hale | fly to | Oslo + with Vale
=> Hale | fly with | Vale + to Oslo

# coordinated objects of a preposition
Hale/NNP/nsubjpass/charged/PERSON was/VBD/auxpass/charged/=be charged/VBN/ROOT/=charge with/IN/prep/charged
theft/NN/pobj/with and/CC/cc/theft forgery/NN/conj/theft
=> Hale | be charged with | theft
=> Hale | be charged with | forgery

# circumstances make no edge
Hale/NNP/nsubj/waited/PERSON waited/VBD/ROOT/=wait in/IN/prep/waited Oslo/NNP/pobj/in/GPE
since/IN/prep/waited the/DT/det/war war/NN/pobj/since despite/IN/prep/waited the/DT/det/snow
snow/NN/pobj/despite
=> Hale | wait in | Oslo + since war + despite snow

# according to makes no argument
Hale/NNP/nsubj/sold/PERSON sold/VBD/ROOT/=sell the/DT/det/ships ships/NNS/dobj/sold ,/,/punct/sold
according/VBG/prep/sold/=accord to/IN/prep/according police/NNS/pobj/to
=> Hale | sell | ships

# a time is no object
Storms/NNS/nsubj/strike strike/VBP/ROOT every/DT/det/year/DATE year/NN/dobj/strike/DATE
=> Storms | strike | -

# a clause is no object
Hale/NNP/nsubj/said/PERSON said/VBD/ROOT/=say several/JJ/amod/ships ships/NNS/nsubj/burned
burned/VBD/ccomp/said/=burn
=> ships | burn | -

# said ships burned, as a participle
Hale/NNP/nsubj/said/PERSON said/VBD/ROOT/=say ships/NNS/dobj/said burned/VBN/acl/ships/=burn
=> ships | be burned | -

# relative, subject
Hale/NNP/nsubj/left/PERSON ,/,/punct/Hale who/WP/nsubj/owns owns/VBZ/relcl/Hale the/DT/det/ships
ships/NNS/dobj/owns ,/,/punct/Hale left/VBD/ROOT/=leave Oslo/NNP/dobj/left/GPE
=> Hale | own | ships
=> Hale | leave | Oslo

# relative, object
Hale/NNP/nsubj/bought/PERSON bought/VBD/ROOT/=buy the/DT/det/ships ships/NNS/dobj/bought
that/WDT/dobj/seized Kestria/NNP/nsubj/seized/GPE had/VBD/aux/seized/=have seized/VBN/relcl/ships/=seize
=> Hale | buy | ships
=> Kestria | seize | ships

# relative, gap
Hale/NNP/nsubj/bought/PERSON bought/VBD/ROOT/=buy the/DT/det/ships ships/NNS/dobj/bought
Kestria/NNP/nsubj/seized/GPE had/VBD/aux/seized/=have seized/VBN/relcl/ships/=seize
=> Hale | buy | ships
=> Kestria | seize | ships

# relative, stranded preposition
The/DT/det/town town/NN/nsubj/burned Hale/NNP/nsubj/lives/PERSON lives/VBZ/relcl/town/=live in/IN/prep/lives
burned/VBD/ROOT/=burn
=> Hale | live in | town
=> town | burn | -

# relative, when
The/DT/det/day day/NN/nsubj/was Hale/NNP/nsubj/resigned/PERSON resigned/VBD/relcl/day/=resign
was/VBD/ROOT/=be cold/JJ/acomp/was
=> Hale | resign | -
=> day | be cold | -

# relative, whose
Hale/NNP/nsubj/sued/PERSON ,/,/punct/Hale whose/WP$/poss/ships ships/NNS/nsubj/sank
sank/VBD/relcl/Hale/=sink ,/,/punct/Hale sued/VBD/ROOT/=sue Nordane/NNP/dobj/sued/ORG
=> ships | sink | -
=> Hale | sue | Nordane

# light verb, partner on the noun
Kestria/NNP/nsubj/held/GPE held/VBD/ROOT/=hold talks/NNS/dobj/held with/IN/prep/talks
Norvalia/NNP/pobj/with/GPE
=> Kestria | hold talks with | Norvalia

# light verb, partner on the verb
Hale/NNP/nsubj/paid/PERSON paid/VBD/ROOT/=pay tribute/NN/dobj/paid to/IN/prep/paid Vale/NNP/pobj/to/PERSON
=> Hale | pay tribute to | Vale

# light verb with in
Hale/NNP/nsubj/took/PERSON took/VBD/ROOT/=take part/NN/dobj/took in/IN/prep/took the/DT/det/talks
talks/NNS/pobj/in
=> Hale | take part in | talks

# light noun without a partner
Kestria/NNP/nsubj/held/GPE held/VBD/ROOT/=hold talks/NNS/dobj/held in/IN/prep/held Oslo/NNP/pobj/in/GPE
=> Kestria | hold | talks + in Oslo

# idiom
The/DT/det/court court/NN/nsubj/put put/VBD/ROOT Hale/NNP/dobj/put/PERSON on/IN/prep/put trial/NN/pobj/on
=> court | put on trial | Hale

# reciprocal
Hale/NNP/nsubj/met/PERSON and/CC/cc/Hale Vale/NNP/conj/Hale/PERSON met/VBD/ROOT/=meet in/IN/prep/met
Oslo/NNP/pobj/in/GPE
=> Hale | meet | Vale + in Oslo

# reciprocal, one-on-one
Hale/NNP/nsubj/met/PERSON and/CC/cc/Hale Vale/NNP/conj/Hale/PERSON met/VBD/ROOT/=meet
one/CD/dobj/met/CARDINAL -/HYPH/punct/one#1 on/IN/prep/one#1 -/HYPH/punct/on one/CD/pobj/on
=> Hale | meet | Vale

# each other
Hale/NNP/nsubj/accused/PERSON and/CC/cc/Hale Vale/NNP/conj/Hale/PERSON accused/VBD/ROOT/=accuse
each/DT/det/other other/JJ/dobj/accused
=> Hale | accuse | Vale
=> Vale | accuse | Hale

# one alone one-on-one
Hale/NNP/nsubj/met/PERSON met/VBD/ROOT/=meet one/CD/dobj/met/CARDINAL -/HYPH/punct/one#1 on/IN/prep/one#1
-/HYPH/punct/on one/CD/pobj/on with/IN/prep/met Vale/NNP/pobj/with/PERSON
=> Hale | meet with | Vale

# name in apposition
The/DT/det/freighter freighter/NN/nsubj/sank Astrid/NNP/appos/freighter/PERSON sank/VBD/ROOT/=sink
=> Astrid | sink | -

# name after a comma
The/DT/det/engineer engineer/NN/nsubj/left ,/,/punct/engineer Duncan/NNP/compound/Hale/PERSON
Hale/NNP/appos/engineer/PERSON ,/,/punct/engineer left/VBD/ROOT/=leave Oslo/NNP/dobj/left/GPE
=> Hale | leave | Oslo

# noun after the name
Duncan/NNP/compound/Hale/PERSON Hale/NNP/nsubj/left/PERSON ,/,/punct/Hale an/DT/det/engineer
engineer/NN/appos/Hale who/WP/nsubj/built built/VBD/relcl/engineer/=build the/DT/det/port port/NN/dobj/built
,/,/punct/Hale left/VBD/ROOT/=leave Oslo/NNP/dobj/left/GPE
=> Hale | build | port
=> Hale | leave | Oslo

# a move is no name
Nordane/NNP/nsubj/bought/ORG bought/VBD/ROOT/=buy Oceanlink/NNP/dobj/bought/ORG ,/,/punct/Oceanlink
a/DT/det/move move/NN/appos/Oceanlink that/WDT/nsubj/angered angered/VBD/relcl/move/=anger
Kestria/NNP/dobj/angered/GPE
=> Nordane | buy | Oceanlink
=> move | anger | Kestria

# a verb is no conjunct of a noun
The/DT/det/tanker tanker/NN/nsubj/sank and/CC/cc/tanker loaded/VBN/conj/tanker/=load with/IN/prep/loaded
oil/NN/pobj/with sank/VBD/ROOT/=sink
=> tanker | sink | -

# objects without the next clause's subject
China/NNP/nsubj/pledged/GPE pledged/VBD/ROOT/=pledge funds/NNS/dobj/pledged and/CC/cc/funds
Kestria/NNP/conj/funds/GPE is/VBZ/aux/taxing/=be taxing/VBG/conj/pledged/=tax grain/NN/dobj/taxing
=> China | pledge | funds
=> Kestria | tax | grain

# a content clause has no gap
The/DT/det/news news/NN/nsubj/fueled fueled/VBD/ROOT/=fuel fears/NNS/dobj/fueled the/DT/det/virus
virus/NN/nsubj/spreading was/VBD/aux/spreading/=be spreading/VBG/relcl/fears/=spread
=> news | fuel | fears
=> virus | spread | -

# nobody says a thing
Hale/NNP/nsubj/said/PERSON said/VBD/ROOT/=say the/DT/det/firm firm/NN/dobj/said that/WDT/nsubj/ran
ran/VBD/relcl/firm/=run the/DT/det/port port/NN/dobj/ran
=> firm | run | port

# nothing
Hale/NNP/nsubj/did/PERSON did/VBD/ROOT/=do nothing/NN/dobj/did and/CC/cc/did left/VBD/conj/did/=leave
Oslo/NNP/dobj/left/GPE
=> Hale | leave | Oslo

# a verb and its noun
Talks/NNS/nsubj/took took/VBD/ROOT/=take place/NN/dobj/took in/IN/prep/took Oslo/NNP/pobj/in/GPE
=> Talks | take place | - + in Oslo

# a verb and its noun with whom it reaches
Talks/NNS/nsubj/gave gave/VBD/ROOT/=give rise/NN/dobj/gave to/IN/prep/gave hopes/NNS/pobj/to
=> Talks | give rise to | hopes

# what the object is made
Hale/NNP/nsubj/left/PERSON left/VBD/ROOT/=leave Vale/NNP/dobj/left/PERSON as/IN/prep/left heir/NN/pobj/as

# the second preposition says how
Hale/NNP/nsubj/came/PERSON came/VBD/ROOT/=come in/IN/prep/came second/NN/pobj/in with/IN/prep/came
votes/NNS/pobj/with
=> Hale | come in | second + with votes

# the second preposition names someone
Hale/NNP/nsubj/argued/PERSON argued/VBD/ROOT/=argue about/IN/prep/argued ships/NNS/pobj/about
with/IN/prep/argued Vale/NNP/pobj/with/PERSON
=> Hale | argue about | ships + with Vale
=> Hale | argue with | Vale + about ships

# where, before the verb that reaches someone
In/IN/prep/called Oslo/NNP/pobj/In/GPE ,/,/punct/called Hale/NNP/nsubj/called/PERSON called/VBD/ROOT/=call
on/IN/prep/called Vale/NNP/pobj/on/PERSON
=> Hale | call on | Vale + in Oslo

# where, before a verb that reaches no one
In/IN/prep/voted Oslo/NNP/pobj/In/GPE ,/,/punct/voted Hale/NNP/nsubj/voted/PERSON voted/VBD/ROOT/=vote
=> Hale | vote in | Oslo

# when, in a preposition
Hale/NNP/nsubj/served/PERSON served/VBD/ROOT/=serve at/IN/prep/served the/DT/det/time time/NN/pobj/at

# gerunds after each other
Hale/NNP/nsubj/admits/PERSON admits/VBZ/ROOT/=admit to/IN/prep/admits crossing/VBG/pcomp/to/=cross
borders/NNS/dobj/crossing and/CC/cc/borders shooting/VBG/conj/borders/=shoot
=> Hale | cross | borders

# a day does nothing
Attacks/NNS/nsubj/ended on/IN/prep/Attacks Friday/NNP/pobj/on/DATE ,/,/punct/Friday which/WDT/nsubj/killed
killed/VBD/relcl/Friday/=kill five/CD/dobj/killed ended/VBD/ROOT/=end
=> Attacks | end | -

# for a part of a month
Hale/NNP/nsubj/closed/PERSON closed/VBD/ROOT/=close for/IN/prep/closed parts/NNS/pobj/for of/IN/prep/parts
May/NNP/pobj/of/DATE
=> Hale | close | - + for parts

# by a clock
Talks/NNS/nsubj/began began/VBD/ROOT/=begin at/IN/prep/began 1500/CD/nummod/UTC UTC/NNP/pobj/at
=> Talks | begin | - + at UTC
"""


@pytest.mark.parametrize(("notation", "expected"), table(ROWS))
def test_clauses(notation: str, expected: list[str]) -> None:
    assert [shown(clause) for clause in clauses(make(notation))] == expected
