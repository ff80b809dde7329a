"""What a noun is about, for, against or between: *sanctions against Kestria*, *a flight from Oslo to Vale*.

Which prepositions lead a noun to that is data (`data/lexicon/topics.json`). It is told of what is there and
of what is only planned alike: a lawsuit against Hale is against Hale, whatever becomes of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from graph.text import lexicon
from graph.text.clause import Clause
from graph.text.entities import Cast
from graph.text.event_stance import is_definite
from graph.text.tree import TIME, having, prepositions

if TYPE_CHECKING:
    from graph.text.tokens import Doc, Token

BESIDE = frozenset("compound amod nmod appos".split())


def topics(doc: Doc, cast: Cast) -> Iterator[Clause]:
    """Give what the nouns of a document are about, where that has a name."""
    table = lexicon.table("topics")["nouns"]
    for noun in having(doc, "LEMMA", table):
        if (
            noun.tag_ in {"NN", "NNS"}
            and not noun.ent_type_
            and noun.dep_ not in BESIDE
            and is_definite(noun)
        ):
            for prep, head in prepositions(noun):
                if prep in table[noun.lemma_] and _is_named(head, cast):
                    yield Clause(noun, noun, head, "topic/of", prep, verb=f"be_{prep}")


def _is_named(head: Token, cast: Cast) -> bool:
    return head.i in cast.by_token and head.ent_type_ not in TIME
