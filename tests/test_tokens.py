"""The copy of a parse: it answers what spaCy answers, for the trees of a parser and for any other."""

from __future__ import annotations

import gc
import random

import pytest
import spacy
from spacy.tokens import Doc as Parsed

from graph.text.clean import clean
from graph.text.memory import remembered
from graph.text.parse import parse
from graph.text.tokens import Doc, Token, copied, plain
from tests.docs import make
from tests.loaded import reader

LABELS = (
    "i idx text lower_ lemma_ tag_ dep_ ent_type_ ent_iob_ whitespace_ text_with_ws is_space is_punct "
    "is_quote is_upper is_title"
).split()
VOCAB = spacy.blank("en").vocab
TEXT = (
    "“We met,” said Anna Berg of NATO.\n\nThe envoy from Oslo - who'd been ill -  left on May 3, 2019. "
    "Prices rose 5% to $3.20, 'it' says (see below)..."
)


def any_tree(seed: int) -> Parsed:
    """Return a document of one tree or several, which need not be projective."""
    chance = random.Random(seed)
    size = chance.randint(1, 30)
    order = list(range(size))
    chance.shuffle(order)
    heads = list(range(size))
    for place, word in enumerate(order[1:], 1):
        heads[word] = order[chance.randrange(max(0, place - 3), place)] if chance.random() < 0.9 else word
    return Parsed(
        VOCAB,
        words=[chance.choice(("Oslo", "said", "\n", ",", "”", "NATO", "it")) for _ in range(size)],
        spaces=[chance.random() < 0.7 for _ in range(size)],
        heads=heads,
        deps=["ROOT" if heads[i] == i else chance.choice(("nsubj", "conj")) for i in range(size)],
        ents=[chance.choice(("O", "B-ORG", "B-DATE")) for _ in range(size)],
    )


def agree(parsed: Parsed, doc: Doc) -> None:
    """Check that a copy answers like the parse."""
    assert doc.text == parsed.text
    for token, its in zip(doc, parsed, strict=True):
        for name in LABELS:
            assert getattr(token, name) == getattr(its, name), (name, token)
        assert token.is_sent_start == bool(its.is_sent_start)
        assert (token.sent.start, token.sent.end) == (its.sent.start, its.sent.end)
        assert doc.text_of(token.i, token.i + 3) == parsed[token.i : token.i + 3].text
    for sent, other in zip(doc.sents, parsed.sents, strict=True):
        assert (sent.text, len(sent), sent[0].i) == (other.text, len(other), other[0].i)
        assert sent.root.i == other.root.i or all(token.head is not token for token in sent)
    assert [(e.start, e.end, e.label_) for e in doc.ents] == [(e.start, e.end, e.label_) for e in parsed.ents]


def hang_together(doc: Doc, heads: list[int]) -> None:
    """Check children and subtrees by the heads (spaCy's own edges are not right in every tree)."""
    subtrees: list[set[int]] = [{i} for i in range(len(heads))]
    for i in range(len(heads)):
        above = heads[i]
        while i not in subtrees[above]:
            subtrees[above].add(i)
            above = heads[above]
    for token, below in zip(doc, subtrees, strict=True):
        children = [i for i, head in enumerate(heads) if head == token.i != i]
        assert token.head.i == heads[token.i]
        assert [c.i for c in token.children] == children
        assert [c.i for c in (*token.lefts, *token.rights)] == children
        assert (token.n_lefts, token.n_rights) == (len(token.lefts), len(token.rights))
        assert all(c.i < token.i for c in token.lefts)
        assert {t.i for t in token.subtree} == below
        assert (token.left_edge.i, token.right_edge.i) == (min(below), max(below))


def test_a_copy_answers_like_the_parse() -> None:
    (parsed,) = parse(reader().nlp, [clean(TEXT)])
    assert len(list(parsed.ents)) > 2
    doc = copied(parsed)
    agree(parsed, doc)
    hang_together(doc, [token.head.i for token in parsed])
    assert [(t.left_edge.i, t.right_edge.i) for t in doc] == [(t.left_edge.i, t.right_edge.i) for t in parsed]


@pytest.mark.parametrize("start", range(0, 200, 50))
def test_a_copy_of_any_tree_answers_like_it(start: int) -> None:
    for seed in range(start, start + 50):
        parsed = any_tree(seed)
        doc = copied(parsed)
        agree(parsed, doc)
        hang_together(doc, [token.head.i for token in parsed])


def test_nothing_is_copied_too() -> None:
    doc = copied(Parsed(VOCAB))
    assert (list(doc.sents), list(doc.ents), doc.text, doc.text_of(0, 1)) == ([], [], "", "")
    assert doc.having("tag_", ("NN",)) == []


def test_tokens_with_a_label_come_in_the_order_of_the_text() -> None:
    doc = make("Hale/NNP/nsubj/left left/VBD/ROOT Oslo/NNP/dobj/left and/CC/cc/left fell/VBD/conj/left")
    assert doc.having("tag_", ("VBD", "NNP")) == [doc[0], doc[1], doc[2], doc[4]]
    assert doc.having("text", {"fell", "stood"}) == [doc[4]]


def test_no_neighbour_beyond_the_ends() -> None:
    doc = make("Hale/NNP/nsubj/left left/VBD/ROOT")
    assert (doc[0].nbor(), doc[1].nbor(-1)) == (doc[1], doc[0])
    for token, by in ((doc[0], -1), (doc[1], 1)):
        with pytest.raises(IndexError):
            token.nbor(by)


def test_a_long_chain_has_its_edges_in_no_time() -> None:
    size = 30_000
    parsed = Parsed(
        VOCAB,
        words=["x"] * size,
        heads=[max(0, i - 1) for i in range(size)],
        deps=["ROOT", *["dep"] * (size - 1)],
    )
    doc = copied(parsed)
    assert all(token.right_edge is doc[-1] and token.left_edge is token for token in doc)


def test_a_copy_is_gone_after_it_was_read() -> None:
    """Without waiting for the garbage collector: a long article would lie in memory until then."""
    (parsed,) = parse(reader().nlp, [clean(TEXT)])
    gc.collect()
    gc.disable()
    try:
        before = _count()
        with plain(parsed) as doc:
            assert all(token.left_edge.i <= token.i for token in doc)
        del doc
        assert _count() == before
    finally:
        gc.enable()


def _count() -> int:
    return sum(isinstance(thing, Token | Doc) for thing in gc.get_objects())


def test_an_answer_is_remembered_until_the_article_is_read() -> None:
    asked: list[str] = []

    @remembered
    def length(token: Token) -> int:
        asked.append(token.text)
        return len(token.text)

    doc = make("Hale/NNP/nsubj/left left/VBD/ROOT")
    assert [length(doc[0]), length(doc[0]), length(doc[1])] == [4, 4, 4]
    assert asked == ["Hale", "left"]
    first = doc[0]
    doc.free()
    assert length(first) == 4
    assert asked == ["Hale", "left", "Hale"]
