"""Whose word a clause is by a phrase beside it: *according to*, *by reports*, *in her view*, asides."""

from __future__ import annotations

import pytest
from docs import each, find, make, said_by, table

from graph.text.attribution import quotations, speaker
from graph.text.modality import stance
from graph.text.voices import voices

ROWS = """
# according to, for a gerund
Hale/NNP/nsubj/left/PERSON left/VBD/ROOT/=leave by/IN/prep/left selling/VBG/pcomp/by/=sell the/DT/det/ships
ships/NNS/dobj/selling ,/,/punct/left according/VBG/prep/left/=accord to/IN/prep/according
Vale/NNP/pobj/to/PERSON ././punct/left
=> selling: Vale

# as something went on: when, not who says so
Hale/NNP/nsubj/sold/PERSON sold/VBD/ROOT/=sell ships/NNS/dobj/sold as/IN/mark/continued the/DT/det/inquiry
inquiry/NN/nsubj/continued continued/VBD/advcl/sold/=continue ././punct/sold
=> sold: -

# according to, at the end, for all that is coordinated
Hale/NNP/nsubj/left/PERSON left/VBD/ROOT/=leave Oslo/NNP/dobj/left/GPE and/CC/cc/left
Dorn/NNP/nsubj/sold/PERSON sold/VBD/conj/left/=sell the/DT/det/ships ships/NNS/dobj/sold ,/,/punct/sold
according/VBG/prep/sold/=accord to/IN/prep/according Vale/NNP/pobj/to/PERSON ././punct/left
=> left: Vale
=> sold: Vale

# according to, in the middle, not for the next clause
Hale/NNP/nsubj/left/PERSON left/VBD/ROOT/=leave Oslo/NNP/dobj/left/GPE ,/,/punct/left
according/VBG/prep/left/=accord to/IN/prep/according Vale/NNP/pobj/to/PERSON ,/,/punct/left and/CC/cc/left
Dorn/NNP/nsubj/sold/PERSON sold/VBD/conj/left/=sell the/DT/det/ships ships/NNS/dobj/sold ././punct/left
=> left: Vale
=> sold: -

# according to, in front, for participles and relative clauses behind
According/VBG/prep/left/=accord to/IN/prep/According Vale/NNP/pobj/to/PERSON ,/,/punct/left men/NNS/nsubj/left
wearing/VBG/acl/men/=wear masks/NNS/dobj/wearing left/VBD/ROOT/=leave a/DT/det/port port/NN/dobj/left
that/WDT/nsubj/burned burned/VBD/relcl/port/=burn
=> wearing: Vale
=> burned: Vale

# what the narrator adds about the subject is the narrator's
Hale/NNP/nsubj/left/PERSON ,/,/punct/Hale who/WP/nsubj/owns owns/VBZ/relcl/Hale the/DT/det/port
port/NN/dobj/owns ,/,/punct/Hale left/VBD/ROOT/=leave Oslo/NNP/dobj/left/GPE ,/,/punct/left
according/VBG/prep/left/=accord to/IN/prep/according Vale/NNP/pobj/to/PERSON ././punct/left
=> owns: -
=> left: Vale

# what is said of the speaker is the narrator's
According/VBG/prep/left/=accord to/IN/prep/According Vale/NNP/pobj/to/PERSON ,/,/punct/Vale who/WP/nsubj/owns
owns/VBZ/relcl/Vale the/DT/det/port port/NN/dobj/owns ,/,/punct/left Hale/NNP/nsubj/left/PERSON
left/VBD/ROOT/=leave Oslo/NNP/dobj/left/GPE
=> owns: -
=> left: Vale

# by all accounts
By/IN/prep/sank all/DT/det/accounts accounts/NNS/pobj/By ,/,/punct/sank the/DT/det/ship ship/NN/nsubj/sank
sank/VBD/ROOT/=sink and/CC/cc/sank two/CD/nummod/sailors sailors/NNS/nsubj/drowned
drowned/VBD/conj/sank/=drown
=> sank: accounts
=> drowned: accounts

# per the ministry; but not five tons per day
Per/IN/prep/sank the/DT/det/Ministry/ORG Ministry/NNP/pobj/Per/ORG ,/,/punct/sank the/DT/det/ship
ship/NN/nsubj/sank sank/VBD/ROOT/=sink
=> sank: Ministry

# per day
Hale/NNP/nsubj/sells/PERSON sells/VBZ/ROOT/=sell grain/NN/dobj/sells per/IN/prep/sells day/NN/pobj/per
=> sells: -

# in someone's view
In/IN/prep/failed Vale/NNP/poss/view/PERSON 's/POS/case/Vale view/NN/pobj/In ,/,/punct/failed the/DT/det/talks
talks/NNS/nsubj/failed failed/VBD/ROOT/=fail
=> failed: Vale

# from someone's perspective
From/IN/prep/failed Vale/NNP/poss/perspective/PERSON 's/POS/case/Vale perspective/NN/pobj/From
,/,/punct/failed the/DT/det/talks talks/NNS/nsubj/failed failed/VBD/ROOT/=fail
=> failed: Vale

# in the words of someone
In/IN/prep/failed the/DT/det/words words/NNS/pobj/In of/IN/prep/words Vale/NNP/pobj/of/PERSON ,/,/punct/failed
the/DT/det/talks talks/NNS/nsubj/failed failed/VBD/ROOT/=fail
=> failed: Vale

# an aside in the middle, whatever the parse calls it
The/DT/det/talks talks/NNS/nsubj/failed ,/,/punct/failed Vale/NNP/nsubj/reasons/PERSON reasons/VBZ/appos/talks
,/,/punct/failed failed/VBD/ROOT/=fail
=> failed: Vale
=> reasons: -

# an aside with the verb in front
The/DT/det/talks talks/NNS/nsubj/failed ,/,/punct/failed said/VBD/parataxis/failed/=say
Vale/NNP/nsubj/said/PERSON ,/,/punct/failed failed/VBD/ROOT/=fail
=> failed: Vale

# a relative clause is no aside
The/DT/det/talks talks/NNS/nsubj/failed ,/,/punct/talks which/WDT/dobj/reported Vale/NNP/nsubj/reported/PERSON
reported/VBD/relcl/talks/=report ,/,/punct/talks failed/VBD/ROOT/=fail
=> failed: -

# as someone reported
As/IN/mark/reported Vale/NNP/nsubj/reported/PERSON reported/VBD/advcl/failed/=report ,/,/punct/failed
the/DT/det/talks talks/NNS/nsubj/failed failed/VBD/ROOT/=fail
=> failed: Vale

# as announced by someone
The/DT/det/talks talks/NNS/nsubj/failed failed/VBD/ROOT/=fail ,/,/punct/failed as/IN/mark/announced
announced/VBN/advcl/failed/=announce by/IN/agent/announced Vale/NNP/pobj/by/PERSON ././punct/failed
=> failed: Vale

# as I said
As/IN/mark/said I/PRP/nsubj/said said/VBD/advcl/failed/=say ,/,/punct/failed the/DT/det/talks
talks/NNS/nsubj/failed failed/VBD/ROOT/=fail
=> failed: -

# an actor and singer
Actor/NN/nsubj/said and/CC/cc/Actor singer/NN/compound/Berg Anna/NNP/compound/Berg/PERSON
Berg/NNP/conj/Actor/PERSON said/VBD/ROOT/=say Hale/NNP/nsubj/left/PERSON left/VBD/ccomp/said/=leave
=> left: Berg

# the actor and a singer are two
The/DT/det/actor actor/NN/nsubj/said and/CC/cc/actor singer/NN/compound/Berg Anna/NNP/compound/Berg/PERSON
Berg/NNP/conj/actor/PERSON said/VBD/ROOT/=say Hale/NNP/nsubj/left/PERSON left/VBD/ccomp/said/=leave
=> left: actor

# a title of two fields
Trade/NNP/nsubj/said/ORG and/CC/cc/Trade Ports/NNP/compound/Berg/ORG Minister/NNP/compound/Berg
Anna/NNP/compound/Berg/PERSON Berg/NNP/conj/Trade/PERSON said/VBD/ROOT/=say Hale/NNP/nsubj/left/PERSON
left/VBD/ccomp/said/=leave
=> left: Berg

# a state and its minister are two
Kestria/NNP/nsubj/said/GPE and/CC/cc/Kestria Minister/NNP/compound/Berg Anna/NNP/compound/Berg/PERSON
Berg/NNP/conj/Kestria/PERSON said/VBD/ROOT/=say Hale/NNP/nsubj/left/PERSON left/VBD/ccomp/said/=leave
=> left: Kestria

# a source that is cited
The/DT/det/Herald/ORG Herald/NNP/nsubj/cited/ORG cited/VBD/ROOT/=cite a/DT/det/witness witness/NN/dobj/cited
that/IN/mark/left Hale/NNP/nsubj/left/PERSON left/VBD/relcl/witness/=leave Oslo/NNP/dobj/left/GPE
=> left: witness

# a report that the parse takes for a participle
The/DT/det/ministry ministry/NN/nsubj/sank said/VBD/acl/ministry/=say on/IN/prep/said Monday/NNP/pobj/on/DATE
the/DT/det/ship ship/NN/nsubj/sank sank/VBD/ROOT/=sink
=> sank: ministry

# a participle of the only subject
The/DT/det/ministry ministry/NN/nsubj/sank quoted/VBN/acl/ministry/=quote on/IN/prep/quoted
Monday/NNP/pobj/on/DATE sank/VBD/ROOT/=sink
=> sank: -

# quoted as saying
The/DT/det/Herald/ORG Herald/NNP/nsubj/quoted/ORG quoted/VBD/ROOT/=quote Vale/NNP/dobj/quoted/PERSON
as/IN/prep/quoted saying/VBG/pcomp/as/=say Hale/NNP/nsubj/left/PERSON left/VBD/ccomp/saying/=leave
=> left: Vale

# was quoted as saying
Vale/NNP/nsubjpass/quoted/PERSON was/VBD/auxpass/quoted/=be quoted/VBN/ROOT/=quote as/IN/prep/quoted
saying/VBG/pcomp/as/=say Hale/NNP/nsubj/left/PERSON left/VBD/ccomp/saying/=leave
=> left: Vale

# a plea of guilty, its deed hung on the verb
Hale/NNP/nsubj/pleaded/PERSON pleaded/VBD/ROOT/=plead guilty/JJ/acomp/pleaded to/IN/prep/pleaded
selling/VBG/pcomp/to/=sell ships/NNS/dobj/selling
=> selling: Hale

# proof that is said to exist
Vale/NNP/nsubj/said/PERSON said/VBD/ROOT/=say there/EX/expl/was was/VBD/ccomp/said/=be proof/NN/attr/was
that/IN/mark/left Hale/NNP/nsubj/left/PERSON left/VBD/acl/proof/=leave Oslo/NNP/dobj/left/GPE
=> left: Vale
"""


@pytest.mark.parametrize(("notation", "expected"), table(ROWS))
def test_speaker(notation: str, expected: list[str]) -> None:
    doc = make(notation)
    quotes = quotations(doc)
    for verb, who in each(expected):
        assert said_by(find(doc, verb), quotes) == who


def test_a_phrase_that_hangs_on_itself_ends() -> None:
    assert voices(make("According/VBG/ROOT/=accord to/IN/prep/According Vale/NNP/pobj/to/PERSON")) == {}


def test_a_deep_chain_ends() -> None:
    words = ["left/VBD/ROOT/=leave", *(f"w{i}/NN/dep/{f'w{i - 1}' if i else 'left'}" for i in range(60))]
    doc = make(
        " ".join(
            [
                *words,
                "sold/VBD/relcl/w59/=sell",
                "according/VBG/prep/left to/IN/prep/according Vale/NNP/pobj/to",
            ]
        )
    )
    assert speaker(find(doc, "left"), stance(find(doc, "left")), quotations(doc)) is not None
    assert speaker(find(doc, "sold"), stance(find(doc, "sold")), quotations(doc)) is None
