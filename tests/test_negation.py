"""Negation where a word stands: almost, instead, what is found not so, and too few to say."""

from __future__ import annotations

import pytest
from docs import each, find, make, put, table

from graph.text.negation import is_hardly_any, is_instead, negated

ROWS = """
# almost
Hale/NNP/nsubj/sank/PERSON almost/RB/advmod/sank sank/VBD/ROOT/=sink the/DT/det/ships ships/NNS/dobj/sank
=> sank: asserted not

# nearly, of a number
Hale/NNP/nsubj/sank/PERSON nearly/RB/advmod/nine nine/CD/nummod/ships ships/NNS/dobj/sank sank/VBD/ROOT/=sink
=> sank: asserted

# all but
Hale/NNP/nsubj/sank/PERSON all/DT/appos/Hale but/CC/cc/Hale sank/VBD/ROOT/=sink the/DT/det/ships
ships/NNS/dobj/sank
=> sank: asserted not

# found not guilty
Hale/NNP/nsubjpass/found/PERSON was/VBD/auxpass/found/=be found/VBN/ROOT/=find not/RB/neg/guilty
guilty/JJ/oprd/found
=> found: asserted not

# pleaded not guilty
Hale/NNP/nsubj/pleaded/PERSON pleaded/VBD/ROOT/=plead not/RB/neg/guilty guilty/JJ/acomp/pleaded
=> pleaded: asserted not

# found guilty
Hale/NNP/nsubjpass/found/PERSON was/VBD/auxpass/found/=be found/VBN/ROOT/=find guilty/JJ/oprd/found
=> found: asserted

# instead of, before its verb
Instead/RB/advmod/of of/IN/prep/rejected buying/VBG/pcomp/of/=buy the/DT/det/ships ships/NNS/dobj/buying
,/,/punct/rejected Hale/NNP/nsubj/rejected/PERSON rejected/VBD/ROOT/=reject Oslo/NNP/dobj/rejected/GPE
=> buying: asserted not
=> rejected: asserted

# instead of, after its verb
Hale/NNP/nsubj/sold/PERSON sold/VBD/ROOT/=sell the/DT/det/ships ships/NNS/dobj/sold instead/RB/advmod/of
of/IN/cc/sold leasing/VBG/advcl/sold/=lease a/DT/det/port port/NN/dobj/leasing
=> leasing: asserted not
=> sold: asserted

# it was not she who
It/PRP/nsubj/was was/VBD/ROOT/=be not/RB/neg/was Hale/NNP/attr/was/PERSON who/WP/nsubj/sold
sold/VBD/relcl/Hale/=sell the/DT/det/ships ships/NNS/dobj/sold
=> sold: asserted not

# it was she who
It/PRP/nsubj/was was/VBD/ROOT/=be Hale/NNP/attr/was/PERSON who/WP/nsubj/sold sold/VBD/relcl/Hale/=sell
the/DT/det/ships ships/NNS/dobj/sold
=> sold: asserted

# not a decision that was taken lightly, but taken
It/PRP/nsubj/was was/VBD/ROOT/=be not/RB/neg/was a/DT/det/port port/NN/attr/was that/WDT/dobj/sold
Hale/NNP/nsubj/sold/PERSON sold/VBD/relcl/port/=sell
=> sold: asserted

# neither did nor did
Hale/NNP/nsubj/bought/PERSON neither/CC/preconj/bought bought/VBD/ROOT/=buy nor/CC/cc/bought
sold/VBD/conj/bought/=sell the/DT/det/ships ships/NNS/dobj/sold
=> bought: asserted not
=> sold: asserted not

# yet to do it
Hale/NNP/nsubj/is/PERSON is/VBZ/ROOT/=be yet/RB/advmod/is to/TO/aux/sell sell/VB/xcomp/is the/DT/det/ships
ships/NNS/dobj/sell
=> sell: asserted not

# too weak to do it
Hale/NNP/nsubj/is/PERSON is/VBZ/ROOT/=be too/RB/advmod/weak weak/JJ/acomp/is to/TO/aux/sell
sell/VB/xcomp/weak the/DT/det/ships ships/NNS/dobj/sell
=> sell: asserted not
"""


@pytest.mark.parametrize(("notation", "expected"), table(ROWS))
def test_stance(notation: str, expected: list[str]) -> None:
    doc = make(notation)
    for verb, stance in each(expected):
        assert put(find(doc, verb)) == stance


@pytest.mark.parametrize(
    ("notation", "few"),
    [
        ("Few/JJ/amod/sailors sailors/NNS/nsubj/left left/VBD/ROOT", True),
        ("Not/RB/neg/all all/DT/det/sailors sailors/NNS/nsubj/left left/VBD/ROOT", True),
        ("Not/RB/neg/sailors every/DT/det/sailors sailors/NN/nsubj/left left/VBD/ROOT", True),
        ("A/DT/det/sailors few/JJ/amod/sailors sailors/NNS/nsubj/left left/VBD/ROOT", False),
        ("The/DT/det/sailors few/JJ/amod/sailors sailors/NNS/nsubj/left left/VBD/ROOT", False),
        ("All/DT/det/sailors sailors/NNS/nsubj/left left/VBD/ROOT", False),
        ("Old/JJ/amod/sailors sailors/NNS/nsubj/left left/VBD/ROOT", False),
    ],
)
def test_hardly_any(notation: str, few: bool) -> None:
    assert is_hardly_any(find(make(notation), "sailors")) is few


def test_than_alone_is_no_choice() -> None:
    doc = make("Hale/NNP/nsubj/did did/VBD/ROOT/=do more/JJR/dobj/did than/IN/cc/did sell/VB/conj/did")
    assert not is_instead(find(doc, "sell"))
    assert not negated(find(doc, "sell"))
