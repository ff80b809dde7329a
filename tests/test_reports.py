"""What someone says, kept in the words of the article."""

from __future__ import annotations

import pytest
from docs import make, table

from graph.text.reports import reports, words

ROWS = """
# said that
Hale/NNP/nsubj/said/PERSON said/VBD/ROOT/=say that/IN/mark/failed the/DT/det/talks talks/NNS/nsubj/failed
had/VBD/aux/failed failed/VBN/ccomp/said ././punct/said
=> Hale | said | the talks had failed

# a quotation before its speaker
“/``/punct/failed The/DT/det/talks talks/NNS/nsubj/failed failed/VBD/ccomp/said ,/,/punct/failed
”/''/punct/said said/VBD/ROOT/=say Hale/NNP/nsubj/said/PERSON
=> Hale | said | The talks failed

# told by someone
Hale/NNP/nsubjpass/told/PERSON was/VBD/auxpass/told told/VBN/ROOT/=tell that/IN/mark/failed
talks/NNS/nsubj/failed failed/VBD/ccomp/told
=> Hale | told | talks failed

# two speakers
Hale/NNP/nsubj/said/PERSON and/CC/cc/Hale Vale/NNP/conj/Hale/PERSON said/VBD/ROOT/=say talks/NNS/nsubj/failed
failed/VBD/ccomp/said
=> Hale | said | talks failed
=> Vale | said | talks failed

# what stands before a semicolon
Oslo/NNP/nsubj/shut/GPE shut/VBD/ccomp/said ports/NNS/dobj/shut ;/:/punct/said Hale/NNP/nsubj/said/PERSON
said/VBD/ROOT/=say so/RB/advmod/said

# what stands before a semicolon that is part of it
Oslo/NNP/nsubj/shut/GPE shut/VBD/ccomp/said ports/NNS/dobj/shut ;/:/punct/shut it/PRP/nsubj/lost
lost/VBD/parataxis/shut ,/,/punct/said Hale/NNP/nsubj/said/PERSON said/VBD/ROOT/=say

# what goes on after the quotation
Hale/NNP/nsubj/said/PERSON said/VBD/ROOT/=say “/``/punct/lost we/PRP/nsubj/lost lost/VBD/ccomp/said
,/,/punct/lost ”/''/punct/lost and/CC/cc/lost ships/NNS/nsubj/sank sank/VBD/conj/lost
=> Hale | said | we lost

# what only begins with a quotation
Hale/NNP/nsubj/said/PERSON said/VBD/ROOT/=say “/``/punct/ships old/JJ/amod/ships ”/''/punct/ships
ships/NNS/nsubj/sank sank/VBD/ccomp/said
=> Hale | said | old” ships sank

# there is no report in what someone lets happen
Hale/NNP/nsubj/let/PERSON let/VBD/ROOT/=let talks/NNS/nsubj/fail fail/VB/ccomp/let

# nor in what someone wants
Hale/NNP/nsubj/wants/PERSON wants/VBZ/ROOT/=want it/PRP/nsubj/held has/VBZ/aux/held held/VBN/ccomp/wants

# nor in the middle of what is said, which is no single stretch
The/DT/det/talks talks/NNS/nsubj/failed ,/,/punct/said Hale/NNP/nsubj/said/PERSON said/VBD/ROOT/=say
,/,/punct/said failed/VBD/ccomp/said

# what someone knows, and before it what another knows
Vale/NNP/nsubj/knew/PERSON knew/VBD/ccomp/knows/=know ,/,/punct/knows Hale/NNP/nsubj/knows/PERSON
knows/VBZ/ROOT/=know talks/NNS/nsubj/failed failed/VBD/ccomp/knows
=> Hale | knows | talks failed

# a claim that the clause belongs to
Papers/NNS/nsubj/report report/VBP/ROOT speculation/NN/dobj/report talks/NNS/nsubj/failed
failed/VBD/ccomp/report

# no bare saying: what he said stands before it
Ships/NNS/nsubj/sank sank/VBD/ccomp/reported ,/,/punct/reported Oslo/NNP/nsubj/reported/GPE
reported/VBD/ROOT/=report Hale/NNP/nsubj/said/PERSON said/VBD/ccomp/reported/=say ././punct/reported

# no passive says what stands before it
“/``/punct/reported There/EX/expl/was was/VBD/ccomp/reported/=be smoke/NN/attr/was ;/:/punct/reported
roads/NNS/nsubjpass/reported were/VBD/auxpass/reported/=be reported/VBN/ROOT/=report

# a quotation that the parse tore
Hale/NNP/nsubj/said/PERSON said/VBD/ROOT/=say it/PRP/nsubj/was was/VBD/ccomp/said/=be "/``/punct/shut
shut/JJ/acomp/was for/IN/prep/said good/JJ/pobj/for "/''/punct/said

# a clause that the parse made two of
Hale/NNP/nsubj/said/PERSON said/VBD/ROOT/=say ships/NNS/nsubj/sank ,/,/punct/sank that/IN/mark/sank
old/JJ/acomp/sank
sank/VBD/ccomp/said/=sink no/RB/neg/matter ,/,/punct/said matter/VBP/ccomp/said
"""


@pytest.mark.parametrize(("text", "expected"), table(ROWS))
def test_reports(text: str, expected: list[str]) -> None:
    found = []
    for clause in reports(make(text)):
        assert clause.object is not None
        start, end = words(clause.object)
        found.append(f"{clause.subject} | {clause.head} | {clause.head.doc.text_of(start, end)}")
    assert found == expected
