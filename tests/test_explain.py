"""Explanations: the parse, the names and the clauses of a sentence, and each reason for what was dropped."""

from __future__ import annotations

import json
import re
from dataclasses import fields
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.errors import EmptyText, NotEnglish, TooLarge
from graph.model import Article, EntityType
from graph.text.clean import clean
from graph.text.explain import WHY, Explained, Silence, explained_to_json
from graph.text.reader import Reader, explained
from graph.text.statements import Dropped
from tests.docs import make, read, table
from tests.loaded import reader

# What a clause or a verb came to, as `subject | predicate | object [rule]: reason` or `verb: reason`.
ROWS = """
# subject_unresolved
He/PRP/nsubj/sold sold/VBD/ROOT/=sell ships/NNS/dobj/sold ././punct/sold
=> He | sell | ships [object/own]: subject_unresolved
# subject_vague
A/DT/det/lot lot/NN/nsubj/left left/VBD/ROOT/=leave Oslo/NNP/dobj/left/GPE ././punct/left
=> A lot | leave | Oslo [object/own]: subject_vague
# object_unresolved
Hale/NNP/nsubj/met/PERSON met/VBD/ROOT/=meet them/PRP/dobj/met ././punct/met
=> Hale | meet | them [object/own]: object_unresolved
# object_vague
Hale/NNP/nsubj/sold/PERSON sold/VBD/ROOT/=sell a/DT/det/lot lot/NN/dobj/sold ././punct/sold
=> Hale | sell | a lot [object/own]: object_vague
# same_ends
Anna/NNP/compound/Hale#1/PERSON Hale/NNP/nsubj/praised/PERSON praised/VBD/ROOT/=praise
Hale/NNP/dobj/praised/PERSON ././punct/praised
=> Anna Hale | praise | Hale [object/own]: same_ends
# repeated: of two that say the same one is kept
Anna/NNP/compound/Hale#1/PERSON Hale/NNP/nsubj/met/PERSON and/CC/cc/Hale#1 Hale/NNP/conj/Hale#1/PERSON
met/VBD/ROOT/=meet Berg/NNP/dobj/met/PERSON ././punct/met
=> Anna Hale | meet | Berg [object/own]: repeated
=> Anna Hale | meet | Berg [object/own]: asserted
# noun
Hale/NNP/nsubj/saw/PERSON saw/VBD/ROOT/=see Berg/NNP/nsubj/sells/PERSON sells/VBZ/dobj/saw
ships/NNS/dobj/sells ././punct/saw
=> Hale | see | sells [object/own]: asserted
=> sells: noun
# no_subject
Sell/VB/ROOT the/DT/det/ships ships/NNS/dobj/Sell ././punct/Sell
=> Sell: no_subject
# in_complement
Hale/NNP/nsubj/left/PERSON left/VBD/ROOT/=leave Berg/NNP/dobj/left/PERSON as/IN/prep/left heir/NN/pobj/as
=> left: in_complement
# governs
Hale/NNP/nsubj/plans/PERSON plans/VBZ/ROOT/=plan to/TO/aux/visit visit/VB/xcomp/plans Oslo/NNP/dobj/visit/GPE
=> Hale | visit | Oslo [object/xcomp]: planned
=> plans: governs
# governs, by its adjective
Hale/NNP/nsubj/is/PERSON is/VBZ/ROOT/=be able/JJ/acomp/is to/TO/aux/win win/VB/xcomp/able
the/DT/det/vote vote/NN/dobj/win
=> Hale | win | vote [object/xcomp]: possible
=> is: governs
# no_object
Hale/NNP/nsubj/brought/PERSON brought/VBD/ROOT/=bring ././punct/brought
=> brought: no_object
# who says so, and what is denied
Reed/NNP/nsubj/said/PERSON said/VBD/ROOT/=say Hale/NNP/nsubj/sell/PERSON did/VBD/aux/sell/=do
not/RB/neg/sell sell/VB/ccomp/said ships/NNS/dobj/sell ././punct/said
=> Reed | say | Hale did not sell ships [report/own]: asserted
=> Hale | sell | ships [object/own]: claimed negative by Reed
# what someone said, if no one knows who
He/PRP/nsubj/said said/VBD/ROOT/=say that/IN/mark/left Hale/NNP/nsubj/left/PERSON left/VBD/ccomp/said/=leave
Oslo/NNP/dobj/left/GPE ././punct/said
=> He | say | Hale left Oslo [report/own]: subject_unresolved
=> Hale | leave | Oslo [object/own]: speaker_unknown
# a clause without an object
Hale/NNP/nsubj/resigned/PERSON resigned/VBD/ROOT/=resign ././punct/resigned
=> Hale | resign |  [none/own]: asserted
"""
TWO = """
Anna/NNP/compound/Hale#1/PERSON Hale/NNP/nsubj/sold/PERSON sold/VBD/ROOT/=sell ships/NNS/dobj/sold
././punct/sold She/PRP/nsubj/met met/VBD/ROOT/=meet Hale/NNP/poss/envoy/PERSON 's/POS/case/Hale#2
envoy/NN/dobj/met and/CC/cc/envoy them/PRP/conj/envoy ././punct/met
"""


def explain(notation: str) -> list[Explained]:
    doc = make(notation)
    return explained(Article(doc.text), clean(doc.text), doc)


def outcomes(one: Explained) -> list[str]:
    found = []
    for told in one.clauses:
        made = told.statement
        how = str(told.dropped)
        if made is not None:
            by = f" by {made.attributed_to.label}" if made.attributed_to else ""
            how = f"{made.modality}{' negative' if made.polarity == 'negative' else ''}{by}"
        found.append(f"{told.subject} | {told.predicate} | {told.object} [{told.rule}]: {how}")
    return [*found, *(f"{silent.verb}: {silent.reason}" for silent in one.silent)]


@pytest.mark.parametrize(("text", "expected"), table(ROWS))
def test_what_became_of_each_clause(text: str, expected: list[str]) -> None:
    assert sorted(line for one in explain(text) for line in outcomes(one)) == sorted(expected)


def test_every_reason_is_shown_by_a_row_and_told_in_words() -> None:
    reasons = {*Dropped, *Silence}
    shown = set(re.findall(r"^=> .*: (\w+)$", ROWS, re.MULTILINE))
    assert reasons <= shown
    assert set(WHY) == reasons
    assert len(set(WHY.values())) == len(reasons)


def test_the_parse_counts_the_tokens_of_its_sentence() -> None:
    first, second = explain(TWO)
    assert [(word.index, word.text, word.head) for word in first.words] == [
        (0, "Anna", 1), (1, "Hale", 2), (2, "sold", 2), (3, "ships", 2), (4, ".", 2),
    ]  # fmt: skip
    met = second.words[1]
    assert (met.index, met.text, met.tag, met.dependency, met.head, met.entity) == (
        1,
        "met",
        "VBD",
        "ROOT",
        1,
        "",
    )
    assert (second.words[2].dependency, second.words[2].head, second.words[2].entity) == ("poss", 4, "PERSON")


def test_names_tell_why_they_were_merged() -> None:
    first, second = explain(TWO)
    (whole,), (part,) = first.names, second.names
    assert (whole.text, whole.entity, whole.type, whole.reason) == (
        "Anna Hale", "Anna_Hale", EntityType.PERSON, None,
    )  # fmt: skip
    assert (part.text, part.label) == ("Hale", "Anna Hale")
    assert part.reason == "a part of the full name of one person of the article"


def test_pronouns_tell_whom_they_mean_or_that_no_one_was_found() -> None:
    first, second = explain(TWO)
    assert first.references == ()
    assert [(one.text, one.entity, one.label) for one in second.references] == [
        ("She", "Anna_Hale", "Anna Hale"),
        ("them", None, None),
    ]


def test_each_sentence_is_explained_in_the_words_of_the_article() -> None:
    text = "“Hale sold   the ships,” Reed\nsaid.\n\nThe buyers left Oslo."
    told = reader().explain(Article(text))
    assert [text[one.start : one.end] for one in told] == [one.sentence for one in told]
    for one in told:
        for part in (*one.names, *one.references):
            assert text[part.start : part.end] == part.text
        assert [text[verb.start : verb.end] for verb in one.silent] == [verb.verb for verb in one.silent]
    assert {one.article for one in told} == {Article(text).id}


@pytest.mark.parametrize(("text", "expected"), table(ROWS))
def test_it_is_the_reading_that_is_explained(text: str, expected: list[str]) -> None:
    """No statement is explained that reading does not make, and none is left out."""
    made = [told.statement for one in explain(text) for told in one.clauses]
    kept = {one.id: one for one in made if one is not None}
    assert kept == {one.id: one for one in read(make(text)).statements}
    assert len(kept) == len(made) - made.count(None)


def test_json_has_the_same_keys_for_every_sentence() -> None:
    told = [explained_to_json(one) for one in explain(TWO)]
    assert [list(one) for one in told] == [[field.name for field in fields(Explained)]] * 2
    first, second = json.loads(json.dumps(told))
    assert first["names"] == [
        {
            "text": "Anna Hale", "start": 0, "end": 9,
            "entity": "Anna_Hale", "label": "Anna Hale", "type": "Person", "reason": None,
        }
    ]  # fmt: skip
    kept, dropped = second["clauses"]
    assert list(kept) == list(dropped) == [
        "subject", "predicate", "object", "rule", "statement", "dropped", "why",
    ]  # fmt: skip
    assert kept["statement"]["subject"]["label"] == "Anna Hale"
    assert (kept["dropped"], kept["why"]) == (None, None)
    assert (dropped["statement"], dropped["dropped"]) == (None, "object_unresolved")
    assert dropped["why"] == "its object is a pronoun, and whom or what it means was not found"


def test_json_of_a_verb_without_a_clause_says_why() -> None:
    (told,) = explain("Sell/VB/ROOT ships/NNS/dobj/Sell ././punct/Sell")
    assert explained_to_json(told)["silent"] == [
        {"verb": "Sell", "start": 0, "end": 4, "reason": "no_subject", "why": "no subject was found for it"}
    ]


@pytest.mark.parametrize(
    ("text", "error"),
    [
        (" \n", EmptyText),
        ("Le président a déclaré lundi que le gouvernement présenterait un projet de loi.", NotEnglish),
        ("Hale left Oslo. " * 20, TooLarge),
    ],
)
def test_what_cannot_be_read_cannot_be_explained(text: str, error: type[Exception]) -> None:
    small = Reader(max_article=200)
    small.nlp = reader().nlp
    with pytest.raises(error):
        small.explain(Article(text))


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.sampled_from("Hale she sold the ships , and . ” \n\n who it to has \u200b 😀 ( 9".split(" ")))
)
def test_any_text_is_explained_with_its_own_words(words: list[str]) -> None:
    text = f"Hale said that the ships left Oslo on Monday. {' '.join(words)}"
    told = reader().explain(Article(text))
    assert all(text[one.start : one.end] == one.sentence for one in told)
    assert all(one.end <= after.start for one, after in pairwise(told))
    assert all(one.words for one in told)
