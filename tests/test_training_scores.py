"""Figures, by hand-counted examples, and the treebanks that some of them need."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import UnreadableSource
from graph.training.gold import gather_gold, paragraphs
from graph.training.rows import Gold, Labels
from graph.training.scores import Score, against_gold, agreement, per_cent

# Two sentences in one paragraph, then another paragraph: a multiword token, a word that nobody wrote, nested
# mentions, no space before the full stop.
TREEBANK = """\
# newdoc id = one
# sent_id = 1
1-2\tCan't\t_\t_\t_\t_\t_\t_\t_\t_
1\tCa\tcan\tAUX\tMD\t_\t3\taux\t_\t_
2\tn't\tnot\tPART\tRB\t_\t3\tadvmod\t_\t_
2.1\tbe\tbe\tVERB\tVB\t_\t_\t_\t_\t_
3\twait\twait\tVERB\tVB\t_\t0\troot\t_\tSpaceAfter=No
4\t.\t.\tPUNCT\t.\t_\t3\tpunct\t_\t_

# sent_id = 2
1\tBank\tbank\tPROPN\tNNP\t_\t4\tnsubj\t_\tEntity=(1-organization-x(2-object-y)
2\tof\tof\tADP\tIN\t_\t3\tcase\t_\t_
3\tPeru\tPeru\tPROPN\tNNP\t_\t1\tnmod\t_\tEntity=(3-place-z)1)
4\tlent\tlend\tVERB\tVBD\t_\t0\troot\t_\t_
5\tmoney\tmoney\tNOUN\tNN\t_\t4\tobj\t_\tEntity=(4-object-m)|SpaceAfter=No
6\t.\t.\tPUNCT\t.\t_\t4\tpunct\t_\t_

# newpar
1\tIt\tit\tPRON\tPRP\t_\t2\tnsubj\t_\t_
2\trained\train\tVERB\tVBD\t_\t0\troot\t_\t_
"""


@pytest.fixture
def treebank(tmp_path: Path) -> Path:
    path = tmp_path / "one.conllu"
    path.write_text(TREEBANK, "utf-8")
    return path


def test_a_treebank_becomes_paragraphs(treebank: Path) -> None:
    first, second = paragraphs(treebank)
    assert first["words"] == ["Ca", "n't", "wait", ".", "Bank", "of", "Peru", "lent", "money", "."]
    text = "".join(w + " " * s for w, s in zip(first["words"], first["spaces"], strict=True))
    assert text == "Can't wait. Bank of Peru lent money. "
    gold: Gold = first["gold"]
    assert gold["heads"] == [2, 2, 2, 2, 7, 6, 4, 7, 7, 7]
    assert gold["tags"][:3] == ["MD", "RB", "VB"]
    assert [i for i, start in enumerate(gold["starts"]) if start == 1] == [0, 4]
    assert sorted(gold["mentions"]) == [
        (4, 5, "object"),
        (4, 7, "organization"),
        (6, 7, "place"),
        (8, 9, "object"),
    ]
    assert second["words"] == ["It", "rained"]
    assert first["starts"] is second["starts"] is None  # the teacher must find them


def test_a_folder_without_treebanks_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(UnreadableSource, match="holds no treebank"):
        gather_gold(tmp_path, tmp_path)


def labels_of(gold: Gold) -> Labels:
    """What a model would say that is right in everything."""
    return {
        "tags": list(gold["tags"]),
        "heads": list(gold["heads"]),
        "deps": ["dobj" if dep == "obj" else dep for dep in gold["deps"]],
        "ents": [(4, 7, "ORG"), (6, 7, "GPE")],
        "starts": list(gold["starts"]),
    }


def test_a_model_that_is_right_gets_full_marks(treebank: Path) -> None:
    gold = next(paragraphs(treebank))["gold"]
    assert against_gold([(labels_of(gold), gold)]) == {
        "tokens": 10, "tag": 100.0, "nsubj_f": 100.0, "obj_f": 100.0, "sents_f": 100.0, "names_f": 100.0
    }  # fmt: skip


def test_each_mistake_costs_its_own_figure(treebank: Path) -> None:
    gold = next(paragraphs(treebank))["gold"]
    labels = labels_of(gold)
    labels["tags"][0] = "VB"
    labels["deps"][4] = "dobj"  # the subject becomes a second object: none of one, half of two right
    labels["starts"][4] = -1
    labels["ents"] = [(4, 7, "PERSON"), (6, 7, "GPE"), (8, 9, "MONEY")]  # money is no name
    report = against_gold([(labels, gold)])
    assert report == {
        "tokens": 10, "tag": 90.0, "nsubj_f": 0.0, "obj_f": 66.7, "sents_f": 0.0, "names_f": 50.0
    }  # fmt: skip


def test_agreement_leaves_punctuation_out_of_the_syntax(treebank: Path) -> None:
    wanted = labels_of(next(paragraphs(treebank))["gold"])
    found = labels_of(next(paragraphs(treebank))["gold"])
    assert agreement([(found, wanted)]) == {
        "tokens": 10, "tag": 100.0, "uas": 100.0, "las": 100.0, "ents_f": 100.0, "sents_f": 100.0
    }  # fmt: skip
    found["heads"][3] = 0  # a full stop
    found["heads"][8] = 4  # an object on the wrong word
    found["deps"][6] = "appos"
    found["ents"] = [(4, 7, "ORG"), (6, 7, "LOC")]
    assert agreement([(found, wanted)]) == {
        "tokens": 10, "tag": 100.0, "uas": 87.5, "las": 75.0, "ents_f": 50.0, "sents_f": 100.0
    }  # fmt: skip


def test_nothing_scores_nothing() -> None:
    assert Score().f == 0
    assert per_cent(0, 0) == 0
    assert agreement([])["las"] == 0


@given(st.sets(st.integers(0, 9)), st.sets(st.integers(0, 9)))
def test_f_is_the_mean_of_precision_and_recall(found: set[int], wanted: set[int]) -> None:
    score = Score()
    score.add(found, wanted)
    right = len(found & wanted)
    if right:
        assert score.f == pytest.approx(200 / (len(found) / right + len(wanted) / right), abs=0.051)
    else:
        assert score.f == 0
