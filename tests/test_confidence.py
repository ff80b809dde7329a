"""How sure a reading is."""

from __future__ import annotations

from docs import make
from hypothesis import given
from hypothesis import strategies as st

from graph.text.clause import Clause
from graph.text.confidence import BY_RULE, BY_SUBJECT, LONG_SENTENCE, confidence
from graph.text.subjects import SHARED

WORD = make("sold/VBD/ROOT")[0]


def clause(rule: str) -> Clause:
    return Clause(WORD, WORD, None, rule)


@given(
    st.sampled_from(sorted(BY_RULE)),
    st.sampled_from(sorted(BY_SUBJECT)),
    st.integers(0, 2),
    st.integers(1, 200),
)
def test_it_is_a_share_of_one(kind: str, subject: str, pronouns: int, words: int) -> None:
    value = confidence(clause(f"{kind}/{subject}"), pronouns=pronouns, sentence_words=words)
    assert 0 < value <= 1
    assert value == round(value, 2)


@given(st.sampled_from(sorted(BY_RULE)), st.sampled_from(sorted(BY_SUBJECT)))
def test_what_is_inherited_pronominal_or_long_is_less_sure(kind: str, subject: str) -> None:
    plain = confidence(clause(f"{kind}/own"), pronouns=0, sentence_words=LONG_SENTENCE)
    inherited = clause(f"{kind}/{subject}")
    assert confidence(inherited, pronouns=0, sentence_words=LONG_SENTENCE) <= plain
    assert confidence(clause(f"{kind}/own"), pronouns=1, sentence_words=LONG_SENTENCE) < plain
    assert confidence(clause(f"{kind}/own"), pronouns=0, sentence_words=LONG_SENTENCE + 1) < plain


def test_every_way_of_sharing_a_subject_has_its_factor() -> None:
    assert SHARED.keys() | {"own", "relative", "control", "participle", "noun"} == BY_SUBJECT.keys()
