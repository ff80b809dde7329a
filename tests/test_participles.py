"""Whose a participle is."""

from __future__ import annotations

import pytest
from docs import each, find, make, table

from graph.text.subjects import subjects

ROWS = """
# the noun before the comma may be meant
Hale/NNP/nsubj/recovered/PERSON recovered/VBD/ROOT/=recover from/IN/prep/recovered the/DT/det/storm
storm/NN/pobj/from ,/,/punct/recovered estimated/VBN/advcl/recovered/=estimate
=> estimated: nobody

# but not by a perfect
Hale/NNP/nsubjpass/barred/PERSON was/VBD/auxpass/barred barred/VBN/ROOT/=bar from/IN/prep/barred
office/NN/pobj/from ,/,/punct/barred having/VBG/aux/lied lied/VBN/advcl/barred/=lie
=> lied: Hale (advcl)

# what follows from it
Hale/NNP/nsubjpass/hit/PERSON was/VBD/auxpass/hit hit/VBN/ROOT ,/,/punct/hit killing/VBG/advcl/hit/=kill
five/CD/dobj/killing
=> killing: nobody

# whom one follows in office
Hale/NNP/nsubjpass/elected/PERSON was/VBD/auxpass/elected elected/VBN/ROOT/=elect ,/,/punct/elected
succeeding/VBG/advcl/elected/=succeed Vale/NNP/dobj/succeeding/PERSON
=> succeeding: Hale (advcl)

# nobody accuses without whom
The/DT/det/men men/NNS/nsubj/fled/=man accused/VBN/acl/men/=accuse of/IN/prep/accused
selling/VBG/pcomp/of/=sell it/PRP/dobj/selling fled/VBD/ROOT/=flee
=> accused: men (participle)
=> selling: men (participle)

# jailed for it
Hale/NNP/nsubjpass/jailed/PERSON was/VBD/auxpass/jailed jailed/VBN/ROOT/=jail for/IN/prep/jailed
selling/VBG/pcomp/for/=sell it/PRP/dobj/selling
=> selling: Hale (pcomp)

# the men jailed for it
The/DT/det/men men/NNS/nsubj/fled/=man jailed/VBN/acl/men/=jail for/IN/prep/jailed
selling/VBG/pcomp/for/=sell it/PRP/dobj/selling fled/VBD/ROOT/=flee
=> selling: men (participle)

# the first to do it
Hale/NNP/nsubj/became/PERSON became/VBD/ROOT/=become the/DT/det/man first/JJ/amod/man man/NN/attr/became
to/TO/aux/win win/VB/relcl/man it/PRP/dobj/win
=> win: Hale (relcl)
"""


@pytest.mark.parametrize(("notation", "expected"), table(ROWS))
def test_whose_it_is(notation: str, expected: list[str]) -> None:
    doc = make(notation)
    for verb, who in each(expected):
        found = subjects(find(doc, verb))
        assert (", ".join(f"{s.token.text} ({s.rule})" for s in found) or "nobody") == who
