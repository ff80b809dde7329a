"""Names decided for all words at once: those that the model's own recognizer finds, whatever the model."""

from __future__ import annotations

import random
from typing import Any

import numpy as np
import pytest
from spacy.language import Language
from spacy.tokens import Doc, Span

from graph.text.clean import clean
from graph.text.parse import load, parse
from graph.text.recognizer import Recognizer
from graph.text.shortcuts import through
from tests.loaded import reader
from tests.rows import samples

WORDS = (
    "Hale of the Vale & Sons met Astrid , 5 % on Friday in Oslo . \n “ Kestria ” said NATO 's envoy".split(
        " "
    )
)


@pytest.fixture
def nlp() -> Language:
    """A pipeline of the test's own, which it may change."""
    return load()


def names(doc: Doc) -> list[tuple[str, str, str]]:
    return [(t.text, t.ent_iob_, t.ent_type_) for t in doc]


def texts(nlp: Language, seed: int) -> list[Doc]:
    """Some texts of any words, with sentences that begin and end anywhere, and one that is empty."""
    chance = random.Random(seed)
    docs = []
    for size in (0, 1, 2, 40, 7, 40):
        words = [chance.choice(WORDS) for _ in range(size)]
        begins = [not i or chance.random() < 0.15 for i in range(size)]
        docs.append(Doc(nlp.vocab, words=words, sent_starts=begins))
    return docs


def agree(nlp: Language, seed: int) -> int:
    """Check that both find the same in some texts; return in how many words of names."""
    ours, its = texts(nlp, seed), texts(nlp, seed)
    found = Recognizer(nlp)
    assert found.left_out == ["ner"]
    found.give(ours)
    pipe: Any = nlp.get_pipe("ner")
    assert [names(doc) for doc in ours] == [names(doc) for doc in pipe.pipe(its)]
    return sum(t.ent_iob_ == "I" for doc in ours for t in doc)


def test_they_are_those_of_the_component_left_out() -> None:
    found = through(reader().nlp)
    assert found.left_out == ["attribute_ruler", "lemmatizer", "ner"]
    cleaned = [clean(sample.text) for sample in samples().values()]
    for ours, its in zip(
        parse(reader().nlp, cleaned), reader().nlp.pipe([c.text for c in cleaned]), strict=True
    ):
        if [t.is_sent_start for t in ours] == [t.is_sent_start for t in its]:  # paragraphs may differ
            assert names(ours) == names(its)
        assert ours.ents


def test_they_are_its_own_in_any_text(nlp: Language) -> None:
    assert sum(agree(nlp, seed) for seed in range(20)) > 10


def test_they_are_its_own_with_any_weights(nlp: Language) -> None:
    upper = nlp.get_pipe("ner").model.get_ref("upper")  # type: ignore[attr-defined]
    longest = 0
    for seed in range(30):
        chance = np.random.default_rng(seed)
        for name in ("W", "b"):
            upper.set_param(name, chance.normal(size=upper.get_param(name).shape).astype("float32"))
        longest = max(longest, agree(nlp, seed))
    assert longest > 30  # names of many words were among them


def test_of_moves_that_score_the_same_the_first_is_taken(nlp: Language) -> None:
    upper = nlp.get_pipe("ner").model.get_ref("upper")  # type: ignore[attr-defined]
    for name in ("W", "b"):
        upper.set_param(name, np.zeros_like(upper.get_param(name)))
    assert agree(nlp, 1)


def test_names_that_were_given_are_kept(nlp: Language) -> None:
    (doc, *_) = docs = [nlp.make_doc("Hale met Astrid Vale in Oslo."), nlp.make_doc("Oslo is far.")]
    doc.set_ents([Span(doc, 0, 3, label="EVENT")], default="unmodified")
    for name in ("tok2vec", "tagger", "parser"):
        docs = [nlp.get_pipe(name)(each) for each in docs]
    Recognizer(nlp).give(docs)
    assert (doc.ents[0].text, doc.ents[0].label_) == ("Hale met Astrid", "EVENT")
    assert all(t.ent_iob_ for doc in docs for t in doc)


def test_nothing_is_left_out_of_a_pipeline_without_a_recognizer_or_with_two(nlp: Language) -> None:
    nlp.add_pipe("ner", name="more")
    assert not Recognizer(nlp).left_out
    nlp.remove_pipe("more")
    nlp.remove_pipe("ner")
    assert not Recognizer(nlp).left_out


def test_what_comes_after_may_ask_for_names(nlp: Language) -> None:
    nlp.add_pipe("merge_entities", last=True)
    assert not Recognizer(nlp).left_out
    nlp.remove_pipe("merge_entities")
    nlp.add_pipe("lemmatizer", name="last", last=True)
    assert not Recognizer(nlp).left_out
    assert Recognizer(nlp, ["last"]).left_out


@pytest.mark.parametrize(
    ("factory", "config"),
    [
        ("beam_ner", {}),
        ("ner", {"model": {"@architectures": "spacy.TransitionBasedParser.v2", "extra_state_tokens": True}}),
        ("ner", {"model": {"@architectures": "spacy.TransitionBasedParser.v2", "use_upper": False}}),
    ],
)
def test_other_recognizers_run_as_they_are(nlp: Language, factory: str, config: dict[str, Any]) -> None:
    nlp.remove_pipe("ner")
    if config:
        parts = {
            "state_type": "ner", "extra_state_tokens": False, "hidden_width": 8, "maxout_pieces": 2,
            "use_upper": True, "nO": None, "tok2vec": {"@architectures": "spacy.HashEmbedCNN.v2",
            "pretrained_vectors": None, "width": 8, "depth": 1, "embed_size": 9, "window_size": 1,
            "maxout_pieces": 2, "subword_features": True},
        }  # fmt: skip
        config = {"model": {**parts, **config["model"]}}
    nlp.add_pipe(factory, name="names", config=config)
    assert not Recognizer(nlp).left_out


def test_one_that_reads_words_by_a_shared_part_runs_as_it_is(nlp: Language) -> None:
    pipe: Any = nlp.get_pipe("ner")
    pipe.model.layers[0].layers.insert(0, nlp.get_pipe("parser").model.layers[0].layers[0])  # type: ignore[attr-defined]
    assert not Recognizer(nlp).left_out


def test_a_change_of_the_pipeline_is_seen(nlp: Language) -> None:
    before = through(nlp)
    assert through(nlp) is before
    assert "ner" in before.left_out
    nlp.add_pipe("merge_entities", last=True)
    assert through(nlp).left_out == []
