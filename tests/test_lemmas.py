"""Lemmas from memory: what the whole pipeline gives, for any pipeline, with each word asked about once."""

from __future__ import annotations

from typing import Any

import pytest
from spacy.language import Language
from spacy.ml.featureextractor import FeatureExtractor
from spacy.tokens import Doc

from graph.text import lemmas
from graph.text.clean import clean
from graph.text.lemmas import Lemmas
from graph.text.parse import load, parse
from graph.text.shortcuts import through
from tests.loaded import reader
from tests.rows import samples

TEXT = "Hale had fined the ships.\nHe's leaving, isn't he? The fined man said that Vale'd better leave them."


@pytest.fixture
def nlp() -> Language:
    """A pipeline of the test's own, which it may change."""
    return load()


def said(nlp: Language, doc: Doc) -> list[tuple[str, str, str, str]]:
    """What the rules of a pipeline say of a parse, each asked about each token."""
    bare = Doc(nlp.vocab, words=[t.text for t in doc], tags=[t.tag_ for t in doc])
    bare.from_array(["DEP"], doc.to_array(["DEP"]).reshape(-1, 1))
    for name in ("attribute_ruler", "lemmatizer"):
        bare = nlp.get_pipe(name)(bare)
    return [(t.text, t.tag_, t.lemma_, d.dep_) for t, d in zip(bare, doc, strict=True)]


@pytest.mark.parametrize("text", [TEXT, *(sample.text for sample in samples().values())])
def test_they_are_those_of_the_components_left_out(text: str) -> None:
    for _ in range(2):  # from the components, then from memory
        (doc,) = parse(reader().nlp, [clean(text)])
        assert {"attribute_ruler", "lemmatizer"} <= {*through(reader().nlp).left_out}
        assert [(t.text, t.tag_, t.lemma_, t.dep_) for t in doc] == said(reader().nlp, doc)


def test_a_word_is_asked_about_once(nlp: Language, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    rules = type(nlp.get_pipe("lemmatizer"))
    ask = rules.__call__
    monkeypatch.setattr(rules, "__call__", lambda self, doc: asked.extend(map(str, doc)) or ask(self, doc))
    first, _ = parse(nlp, [clean(TEXT), clean(TEXT)])
    (again,) = parse(nlp, [clean(TEXT)])
    assert [t.lemma_ for t in again] == [t.lemma_ for t in first]
    assert sorted(asked) == sorted(word for word, _, _ in {(t.text, t.tag_, t.dep_) for t in first})


def test_a_word_has_a_lemma_for_each_tag_and_label(nlp: Language) -> None:
    (doc,) = parse(nlp, [clean("They left. They have left. On the left they saw him do it, as they do.")])
    assert [t.lemma_ for t in doc if t.text == "left"] == ["leave", "leave", "left"]


def test_memory_is_emptied_when_it_is_full(nlp: Language, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lemmas, "MOST", 10)
    whole = [t.lemma_ for t in next(parse(reader().nlp, [clean(TEXT)]))]
    for _ in range(2):
        (doc,) = parse(nlp, [clean(TEXT)])
        assert [t.lemma_ for t in doc] == whole
    (short,) = parse(nlp, [clean("Hale left.")])
    assert len(through(nlp)._lemmas._known) == len(short)


def test_nothing_is_left_out_of_a_pipeline_without_such_rules(nlp: Language) -> None:
    nlp.remove_pipe("lemmatizer")
    nlp.remove_pipe("attribute_ruler")
    (doc,) = parse(nlp, [clean(TEXT)])
    assert not Lemmas(nlp).left_out
    assert not any(t.lemma_ for t in doc)


@pytest.mark.parametrize(
    ("pattern", "attrs"),
    [
        ([{"LOWER": "had"}, {"LOWER": "fined"}], {"LEMMA": "x"}),  # what stands beside it
        ([{"LOWER": "fined", "IS_SENT_START": False}], {"LEMMA": "x"}),
        ([{"LOWER": "fined", "OP": "+"}], {"LEMMA": "x"}),
        ([{"LOWER": "fined"}], {"ENT_TYPE": "LAW"}),  # more than a lemma
    ],
)
def test_rules_that_see_more_than_a_word_run_as_they_are(
    nlp: Language, pattern: list[dict[str, Any]], attrs: dict[str, str]
) -> None:
    ruler: Any = nlp.get_pipe("attribute_ruler")
    ruler.add([pattern], attrs)
    assert not lemmas.is_plain(nlp)
    (doc,) = parse(nlp, [clean(TEXT)])
    assert [(t.text, t.lemma_) for t in doc] == [(t.text, t.lemma_) for t in nlp(clean(TEXT).text)]


def test_a_tag_that_rules_set_is_set(nlp: Language) -> None:
    ruler: Any = nlp.get_pipe("attribute_ruler")
    ruler.add([[{"LOWER": "hale"}]], {"TAG": "NN", "LEMMA": "hail"})
    assert Lemmas(nlp).left_out
    (doc,) = parse(nlp, [clean(TEXT)])
    assert (doc[0].tag_, doc[0].lemma_) == ("NN", "hail")


@pytest.mark.parametrize(
    "component", ["morphologizer", "sentencizer", "entity_ruler", "trainable_lemmatizer"]
)
def test_beside_other_components_rules_run_as_they_are(nlp: Language, component: str) -> None:
    assert Lemmas(nlp).left_out
    nlp.add_pipe(component, last=True)
    assert not Lemmas(nlp).left_out


def test_rules_before_the_tags_run_as_they_are(nlp: Language) -> None:
    tagger = nlp.get_pipe("tagger")
    nlp.remove_pipe("tagger")
    nlp.add_pipe("tagger", last=True)
    assert tagger is not nlp.get_pipe("tagger")
    assert not lemmas.is_plain(nlp)


def test_a_lemmatizer_with_other_ways_runs_as_it_is(nlp: Language, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nlp.get_pipe("lemmatizer"), "_mode", "of_context")
    assert not lemmas.is_plain(nlp)


@pytest.mark.parametrize(("columns", "plain"), [(["NORM", "SHAPE"], True), (["NORM", "POS"], False)])
def test_a_model_may_ask_for_what_rules_say(nlp: Language, columns: list[str | int], *, plain: bool) -> None:
    names: Any = nlp.get_pipe("ner")
    names.model.layers.append(FeatureExtractor(columns))
    assert lemmas.is_plain(nlp) is plain
