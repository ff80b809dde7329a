"""What there is, and where."""

from __future__ import annotations

import pytest
from docs import make, read, table

from graph.model import Node, Value

ROWS = """
# what happened where the noun says
There/EX/expl/was was/VBD/ROOT/=be an/DT/det/explosion explosion/NN/attr/was in/IN/prep/explosion
Oslo/NNP/pobj/in/GPE ././punct/was
=> explosion in Oslo | happen_in | Oslo | asserted positive

# where the verb says
There/EX/expl/are are/VBP/ROOT/=be two/CD/nummod/hospitals/CARDINAL hospitals/NNS/attr/are
near/IN/prep/are Oslo/NNP/pobj/near/GPE ././punct/are
=> two hospitals | be_near | Oslo | asserted positive

# several of them
There/EX/expl/were were/VBD/ROOT/=be riots/NNS/attr/were and/CC/cc/riots fires/NNS/conj/riots in/IN/prep/were
Oslo/NNP/pobj/in/GPE ././punct/were
=> riots | happen_in | Oslo | asserted positive
=> fires | happen_in | Oslo | asserted positive

# that there is anything at all
There/EX/expl/is is/VBZ/ROOT/=be a/DT/det/shortage shortage/NN/attr/is of/IN/prep/shortage
bread/NN/pobj/of ././punct/is
=> shortage of bread | exist | true | asserted positive

# that there is none
There/EX/expl/was was/VBD/ROOT/=be no/DT/det/sign sign/NN/attr/was of/IN/prep/sign rescue/NN/pobj/of
././punct/was
=> sign of rescue | exist | true | asserted negative

# that there may be
There/EX/expl/be may/MD/aux/be be/VB/ROOT a/DT/det/shortage shortage/NN/attr/be ././punct/be
=> shortage | exist | true | possible positive

# a day is no place
There/EX/expl/were were/VBD/ROOT/=be riots/NNS/attr/were in/IN/prep/were May/NNP/pobj/in/DATE ././punct/were
=> riots | exist | true | asserted positive

# who does something is told by what he does
There/EX/expl/is is/VBZ/ROOT/=be a/DT/det/man man/NN/attr/is who/WP/nsubj/sells sells/VBZ/relcl/man/=sell
ships/NNS/dobj/sells ././punct/is
=> man | sell | ships | asserted positive

# nothing that one could ask for
There/EX/expl/is is/VBZ/ROOT/=be a/DT/det/way way/NN/attr/is ././punct/is

# no there that is a place
People/NNS/nsubj/are there/EX/expl/are are/VBP/ROOT/=be poor/JJ/acomp/are ././punct/are
"""


@pytest.mark.parametrize(("notation", "expected"), table(ROWS))
def test_what_there_is(notation: str, expected: list[str]) -> None:
    found = [
        f"{s.subject.label} | {s.predicate.id} | {_end(s.object)} | {s.modality} {s.polarity}"
        for s in read(make(notation)).statements
    ]
    assert found == expected


def _end(value: Node | Value) -> str:
    return value.label if isinstance(value, Node) else value.value
