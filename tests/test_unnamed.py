"""Whom a pronoun means that stands for a common noun."""

from __future__ import annotations

import pytest
from docs import each, find, make, table

from graph.text.unnamed import carried_on, speaker_meant

ROWS = """
# a body
The/DT/det/commission commission/NN/nsubj/said said/VBD/ROOT/=say it/PRP/nsubj/left left/VBD/ccomp/said/=leave
=> it: commission

# a body by its name
The/DT/det/monopoly monopoly/NN/nsubj/said Nordane/NNP/appos/monopoly/ORG said/VBD/ROOT/=say
it/PRP/nsubj/left left/VBD/ccomp/said/=leave
=> it: Nordane

# many
Officials/NNS/nsubj/say say/VBP/ROOT they/PRP/nsubj/leave will/MD/aux/leave leave/VB/ccomp/say
=> they: Officials

# a man
The/DT/det/minister minister/NN/nsubj/said said/VBD/ROOT/=say he/PRP/nsubj/left left/VBD/ccomp/said/=leave
=> he: minister

# two clauses of one speech
Officials/NNS/nsubj/say say/VBP/ROOT they/PRP/nsubj/left left/VBD/ccomp/say/=leave and/CC/cc/left
they/PRP/nsubj/lost lost/VBD/conj/left/=lose
=> they#1: Officials
=> they#2: Officials

# no body is many, and no many is one
Officials/NNS/nsubj/say say/VBP/ROOT it/PRP/nsubj/left left/VBD/ccomp/say/=leave
=> it: nobody

# a woman is not he
The/DT/det/spokeswoman spokeswoman/NN/nsubj/said said/VBD/ROOT/=say he/PRP/nsubj/left
left/VBD/ccomp/said/=leave
=> he: nobody

# of several speakers
The/DT/det/minister minister/NN/nsubj/said and/CC/cc/minister the/DT/det/king king/NN/conj/minister
said/VBD/ROOT/=say he/PRP/nsubj/left left/VBD/ccomp/said/=leave
=> he: nobody

# nothing is said
The/DT/det/minister minister/NN/nsubj/made made/VBD/ROOT/=make him/PRP/nsubj/leave leave/VB/ccomp/made
=> him: nobody

# an object is no subject of what is said
The/DT/det/minister minister/NN/nsubj/said said/VBD/ROOT/=say Vale/NNP/nsubj/met/PERSON
met/VBD/ccomp/said/=meet he/PRP/dobj/met
=> he: nobody
"""


@pytest.mark.parametrize(("text", "expected"), table(ROWS))
def test_who_is_meant(text: str, expected: list[str]) -> None:
    doc = make(text)
    for pronoun, who in each(expected):
        found = speaker_meant(find(doc, pronoun))
        assert (found.text if found is not None else "nobody") == who


CARRIED = """
# officials, then they
Officials/NNS/nsubj/left left/VBD/ROOT/=leave ././punct/left They/PRP/nsubj/lost lost/VBD/ROOT/=lose
=> They: Officials

# the company, then it
The/DT/det/company company/NN/nsubj/left left/VBD/ROOT/=leave Oslo/NNP/dobj/left ././punct/left
It/PRP/nsubj/lost lost/VBD/ROOT/=lose
=> It: company

# two who may be meant
The/DT/det/minister minister/NN/nsubj/met met/VBD/ROOT/=meet Hale/NNP/dobj/met/PERSON ././punct/met
He/PRP/nsubj/left left/VBD/ROOT/=leave
=> He: nobody

# one who is no subject
Hale/NNP/nsubj/met/PERSON met/VBD/ROOT/=meet officials/NNS/dobj/met ././punct/met They/PRP/nsubj/left
left/VBD/ROOT/=leave
=> They: nobody

# someone is quoted
“/``/punct/left Officials/NNS/nsubj/left left/VBD/ROOT/=leave ././punct/left They/PRP/nsubj/lost
lost/VBD/ROOT/=lose ”/''/punct/lost
=> They: nobody

# the first sentence
They/PRP/nsubj/lost lost/VBD/ROOT/=lose
=> They: nobody
"""


@pytest.mark.parametrize(("text", "expected"), table(CARRIED))
def test_who_is_carried_on(text: str, expected: list[str]) -> None:
    doc = make(text)
    for pronoun, who in each(expected):
        found = carried_on(find(doc, pronoun))
        assert (found.text if found is not None else "nobody") == who
