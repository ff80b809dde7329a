"""Clauses in the article's own words."""

from __future__ import annotations

import pytest
from docs import make, table

from graph.text.entities import build
from graph.text.mentions import names
from graph.text.oie import Row, rows

ROWS = """
# whole phrases
The/DT/det/mayor old/JJ/amod/mayor mayor/NN/nsubj/sold of/IN/prep/mayor Oslo/NNP/pobj/of/GPE
sold/VBD/ROOT/=sell two/CD/nummod/ships ships/NNS/dobj/sold
=> sold | The old mayor of Oslo | two ships

# auxiliaries and what governs the verb
Hale/NNP/nsubj/want/PERSON did/VBD/aux/want not/RB/neg/want want/VB/ROOT to/TO/aux/sell sell/VB/xcomp/want
ships/NNS/dobj/sell
=> did not want to sell | Hale | ships

# arguments keep their prepositions, and times follow
Hale/NNP/nsubj/sold/PERSON sold/VBD/ROOT/=sell ships/NNS/dobj/sold to/IN/prep/sold Vale/NNP/pobj/to/PERSON
in/IN/prep/sold May/NNP/pobj/in/DATE
=> sold | Hale | ships | to Vale | in May

# a time without a preposition
Hale/NNP/nsubj/sold/PERSON sold/VBD/ROOT/=sell ships/NNS/dobj/sold yesterday/NN/npadvmod/sold/DATE
=> sold | Hale | ships | yesterday

# one argument
Hale/NNP/nsubj/resigned/PERSON resigned/VBD/ROOT/=resign
=> resigned | Hale |

# without relative clauses and conjuncts
Hale/NNP/nsubj/sold/PERSON and/CC/cc/Hale Vale/NNP/conj/Hale/PERSON sold/VBD/ROOT/=sell ships/NNS/dobj/sold
that/WDT/nsubj/leaked leaked/VBD/relcl/ships/=leak
=> sold | Hale | ships
=> sold | Vale | ships

# an office
Hale/NNP/nsubj/left/PERSON ,/,/punct/Hale the/DT/det/director director/NN/appos/Hale of/IN/prep/director
Nordane/NNP/pobj/of/ORG ,/,/punct/Hale left/VBD/ROOT/=leave Oslo/NNP/dobj/left/GPE
=> is director of | Hale | Nordane
=> left | Hale | Oslo
"""


@pytest.mark.parametrize(("notation", "expected"), table(ROWS))
def test_rows(notation: str, expected: list[str]) -> None:
    doc = make(notation)
    found = rows(doc, build(names(doc)))
    assert [" | ".join((row.relation, *row.arguments)).strip() for row in found] == expected
    assert {row.sentence for row in found} == {doc.text}
    assert all(0 < row.confidence <= 1 for row in found)


def test_a_row_as_a_line() -> None:
    row = Row("Hale sold ships.", 0.9, "sold", ("Hale", "ships"))
    assert row.to_tsv() == "Hale sold ships.\t0.90\tsold\tHale\tships"
