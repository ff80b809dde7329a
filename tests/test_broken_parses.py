"""Whatever a parser gives: reading the stance and the speaker of a clause ends, without an error."""

from __future__ import annotations

import random

import pytest
from spacy.tokens import Doc as Parsed
from spacy.vocab import Vocab

from graph.text.attribution import quotations, speaker
from graph.text.modality import stance
from graph.text.tokens import Doc, copied

WORDS = (
    'Vale said that Hale , according to " reports " ; would sell while he , told “ the views ” of in if '
    "reportedly not either \n by per cited used came — ? his"
).split(" ")
TAGS = "NNP VBD IN NN MD VB VBG VBN PRP , . `` '' RB CC TO WP NNS".split()
DEPS = (
    "nsubj nsubjpass ccomp xcomp advcl relcl acl conj prep pobj pcomp agent dobj attr acomp aux mark punct "
    "advmod appos parataxis neg cc poss compound expl dep amod"
).split()
ENTITIES = ("O", "O", "B-PERSON", "B-DATE", "B-ORG")


def broken(seed: int) -> Doc:
    """Return a document of one random tree, which need not be projective."""
    chance = random.Random(seed)
    size = chance.randint(1, 40)
    order = list(range(size))
    chance.shuffle(order)
    heads = list(range(size))
    for place, word in enumerate(order[1:], 1):
        heads[word] = order[chance.randrange(max(0, place - 3), place)]
    deps = ["ROOT" if heads[i] == i else chance.choice(DEPS) for i in range(size)]
    words = [chance.choice(WORDS) for _ in range(size)]
    tags = [chance.choice(TAGS) for _ in range(size)]
    ents = [chance.choice(ENTITIES) for _ in range(size)]
    spaces = [chance.random() < 0.7 for _ in range(size)]
    lemmas = [{"said": "say", "told": "tell", "came": "come"}.get(word, word) for word in words]
    parsed = Parsed(
        Vocab(), words=words, spaces=spaces, tags=tags, heads=heads, deps=deps, ents=ents, lemmas=lemmas
    )
    return copied(parsed)


@pytest.mark.parametrize("start", range(0, 1000, 100))
def test_any_tree_is_read(start: int) -> None:
    for seed in range(start, start + 100):
        doc = broken(seed)
        quotes = quotations(doc)
        for token in doc:
            who = speaker(token, stance(token), quotes)
            assert who is None or who.doc is doc
