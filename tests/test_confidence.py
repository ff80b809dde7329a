"""How sure a reading is."""

from __future__ import annotations

from docs import make
from hypothesis import given
from hypothesis import strategies as st

from graph.model import Modality
from graph.text.clause import Clause
from graph.text.confidence import BY_RULE, BY_SUBJECT, LONG, MOST, confidence
from graph.text.subjects import SHARED

WORD = make("sold/VBD/ROOT")[0]


def clause(rule: str) -> Clause:
    return Clause(WORD, WORD, None, rule)


def sure(rule: str, *, pronouns: int = 0, words: int = 20, modality: Modality = Modality.ASSERTED) -> float:
    return confidence(clause(rule), pronouns=pronouns, sentence_words=words, modality=modality)


@given(
    st.sampled_from(sorted(BY_RULE)),
    st.sampled_from(sorted(BY_SUBJECT)),
    st.integers(0, 2),
    st.integers(1, 200),
    st.sampled_from(Modality),
)
def test_it_is_a_share_of_one(kind: str, subject: str, pronouns: int, words: int, modality: Modality) -> None:
    value = sure(f"{kind}/{subject}", pronouns=pronouns, words=words, modality=modality)
    assert 0 < value <= MOST
    assert value == round(value, 2)


@given(st.sampled_from(sorted(BY_RULE)), st.sampled_from(sorted(BY_SUBJECT)))
def test_what_is_inherited_pronominal_or_long_is_less_sure(kind: str, subject: str) -> None:
    plain = sure(f"{kind}/own")
    assert sure(f"{kind}/{subject}") <= plain
    assert sure(f"{kind}/own", pronouns=1) < plain
    longer = [sure(f"{kind}/own", words=words + 1) for words, _ in reversed(LONG)]
    assert [plain, *longer] == sorted([plain, *longer], reverse=True)
    assert longer[-1] < longer[0] < plain


def test_what_may_be_is_less_sure_than_what_is() -> None:
    assert sure("object/own", modality=Modality.POSSIBLE) < sure("object/own")


def test_every_way_of_sharing_a_subject_has_its_factor() -> None:
    assert SHARED.keys() | {"own", "relative", "control", "participle", "noun"} == BY_SUBJECT.keys()
