"""Trees that are mended before any rule reads them, and trees that are left as they are."""

from __future__ import annotations

import pytest
from docs import find, make, shown, table

from graph.text.clauses import clauses
from graph.text.mending import mend

ROWS = """
# a clause that is told, beside who tells it
The/DT/det/court court/NN/nsubj/ruled ruled/VBD/ROOT/=rule the/DT/det/pact pact/NN/dobj/ruled on/IN/prep/pact
grain/NN/pobj/on ,/,/punct/is is/VBZ/conj/ruled/=be void/JJ/acomp/is
=> pact | be void | -

# two verbs of one subject
The/DT/det/court court/NN/nsubj/ruled ruled/VBD/ROOT/=rule the/DT/det/pact pact/NN/dobj/ruled
void/JJ/oprd/ruled
and/CC/cc/ruled closes/VBZ/conj/ruled/=close ports/NNS/dobj/closes
=> court | rule | pact
=> court | close | ports

# what tests found, by whomever they were made
Oslo/NNP/nsubj/announced/GPE announced/VBD/ROOT/=announce tests/NNS/dobj/announced by/IN/prep/announced
a/DT/det/clinic clinic/NN/pobj/by found/VBD/acl/clinic/=find gas/NN/dobj/found
=> tests | find | gas

# who demanded it, behind an infinitive of others
Oslo/NNP/nsubj/sought/GPE sought/VBD/ROOT/=seek men/NNS/dobj/sought said/VBN/acl/men/=say to/TO/aux/fled
have/VB/aux/fled fled/VBN/xcomp/said/=flee and/CC/cc/fled demanded/VBD/conj/fled/=demand help/NN/dobj/demanded
=> Oslo | seek | men
=> men | flee | -
=> Oslo | demand | help

# with what it was read
The/DT/det/team team/NN/nsubj/read read/VBD/ROOT the/DT/det/data data/NNS/dobj/read using/VBG/acl/data/=use
lasers/NNS/dobj/using
=> team | read | data
=> team | use | lasers

# a thing that uses something
The/DT/det/ship ship/NN/nsubj/has has/VBZ/ROOT/=have a/DT/det/device device/NN/dobj/has
using/VBG/acl/device/=use
sonar/NN/dobj/using
=> ship | have | device
=> device | use | sonar

# whom a report cites
Oslo/NNP/nsubj/said/GPE said/VBD/ROOT/=say Vale/NNP/nsubj/left/PERSON left/VBD/ccomp/said/=leave
citing/VBG/advcl/left/=cite friends/NNS/dobj/citing
=> Vale | leave | -
=> Oslo | cite | friends

# what something is made
Hale/NNP/nsubj/made/PERSON made/VBD/ROOT/=make ports/NNS/dobj/made a/DT/det/aim key/JJ/amod/aim
aim/NN/dobj/made
=> Hale | make key aim | ports

# two things that are made
Hale/NNP/nsubj/made/PERSON made/VBD/ROOT/=make nets/NNS/dobj/made and/CC/cc/nets ropes/NNS/conj/nets
=> Hale | make | nets
=> Hale | make | ropes

# an hour
Hale/NNP/nsubj/spoke/PERSON spoke/VBD/ROOT/=speak 5:03/CD/nummod/AM/TIME AM/NN/dobj/spoke/TIME
in/IN/prep/spoke Oslo/NNP/pobj/in/GPE
=> Hale | speak in | Oslo

# the same in other units
The/DT/det/field field/NN/nsubj/covers covers/VBZ/ROOT/=cover six/CD/nummod/acres acres/NNS/dobj/covers
(/-LRB-/punct/hectares two/CD/nummod/hectares hectares/NNS/dobj/covers )/-RRB-/punct/hectares
=> field | cover | acres

# what the writer put in
Vale/NNP/nsubj/thanked/PERSON thanked/VBD/ROOT/=thank [/-LRB-/punct/Hale Hale/NNP/dobj/thanked/PERSON
]/-RRB-/punct/Hale
=> Vale | thank | Hale

# a list behind a colon
Oslo/NNP/nsubj/billed/GPE billed/VBD/ROOT/=bill itself/PRP/dobj/billed as/IN/prep/billed home/NN/pobj/as
to/IN/prep/billed ships/NNS/pobj/to :/:/punct/ships Astrid/NNP/dobj/billed/PERSON and/CC/cc/Astrid
Hale/NNP/conj/Astrid/PERSON
=> Oslo | bill | itself + as home + to ships
"""


@pytest.mark.parametrize(("notation", "expected"), table(ROWS))
def test_clauses(notation: str, expected: list[str]) -> None:
    doc = make(notation)
    mend(doc)
    assert [shown(clause) for clause in clauses(doc)] == expected


def test_the_organisation_is_no_pronoun() -> None:
    doc = make("WHO/WP/nsubj/said said/VBD/ROOT/=say so/RB/advmod/said")
    mend(doc)
    assert find(doc, "WHO").tag_ == "NNP"
    loud = make("WHO/WP/nsubj/SAID SAID/VBD/ROOT/=say SO/RB/advmod/SAID")
    mend(loud)
    assert find(loud, "WHO").tag_ == "WP"


def test_mending_twice_changes_nothing() -> None:
    notation = " ".join(str(row.values[0]) for row in table(ROWS)[:1])
    doc = make(notation)
    mend(doc)
    once = [(token.dep_, token.head.i) for token in doc]
    mend(doc)
    assert [(token.dep_, token.head.i) for token in doc] == once
