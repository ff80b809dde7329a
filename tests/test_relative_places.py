"""What a relative clause says of a noun that only a preposition or *where* joins to its verb."""

from __future__ import annotations

import pytest
from docs import make, shown, table

from graph.text.relative_places import relative_places

ROWS = """
# where one lives
Fire/NN/nsubj/hit hit/VBD/ROOT a/DT/det/town town/NN/dobj/hit where/WRB/advmod/lives
Hale/NNP/nsubj/lives/PERSON lives/VBZ/relcl/town/=live
=> Hale | live in | town

# where one was treated
Fire/NN/nsubj/hit hit/VBD/ROOT a/DT/det/clinic clinic/NN/dobj/hit where/WRB/advmod/treated
Hale/NNP/nsubjpass/treated/PERSON was/VBD/auxpass/treated/=be treated/VBN/relcl/clinic/=treat
=> Hale | be treated in | clinic

# what one comes from
Fire/NN/nsubj/hit hit/VBD/ROOT a/DT/det/town town/NN/dobj/hit from/IN/prep/came which/WDT/pobj/from
Hale/NNP/nsubj/came/PERSON came/VBD/relcl/town/=come
=> Hale | come from | town

# two who live there
Fire/NN/nsubj/hit hit/VBD/ROOT a/DT/det/town town/NN/dobj/hit where/WRB/advmod/live Hale/NNP/nsubj/live/PERSON
and/CC/cc/Hale Vale/NNP/conj/Hale/PERSON live/VBP/relcl/town
=> Hale | live in | town
=> Vale | live in | town

# what one does there is told with its object
Fire/NN/nsubj/hit hit/VBD/ROOT a/DT/det/town town/NN/dobj/hit where/WRB/advmod/sells
Hale/NNP/nsubj/sells/PERSON sells/VBZ/relcl/town/=sell ships/NNS/dobj/sells

# the place is another one
Fire/NN/nsubj/hit hit/VBD/ROOT a/DT/det/town town/NN/dobj/hit where/WRB/advmod/lives
Hale/NNP/nsubj/lives/PERSON lives/VBZ/relcl/town/=live in/IN/prep/lives a/DT/det/hut hut/NN/pobj/in

# a day is no place
Hale/NNP/nsubj/left/PERSON left/VBD/ROOT/=leave on/IN/prep/left Friday/NNP/pobj/on#1/DATE on/IN/prep/died
which/WDT/pobj/on#2 Vale/NNP/nsubj/died/PERSON died/VBD/relcl/Friday/=die

# a question
Where/WRB/advmod/lives lives/VBZ/ROOT/=live Hale/NNP/nsubj/lives/PERSON ?/./punct/lives

# a subject
Fire/NN/nsubj/hit hit/VBD/ROOT a/DT/det/town town/NN/dobj/hit which/WDT/nsubj/fell fell/VBD/relcl/town/=fall
"""


@pytest.mark.parametrize(("notation", "expected"), table(ROWS))
def test_relative_places(notation: str, expected: list[str]) -> None:
    assert [shown(clause) for clause in relative_places(make(notation))] == expected
