"""Builds spaCy documents by hand, so that the tests of the rules depend on no language model.

One token is `word/TAG/dep/head`, then an entity label where there is one, and `=lemma` where it is not
the regular one; the root has no head. A head is named by its word, and by `word#2` if that word stands
in the text more than once:

    Hale/NNP/nsubj/sold/PERSON sold/VBD/ROOT/=sell the/DT/det/ships ships/NNS/dobj/sold ././punct/sold

A table of tests holds rows of a name, a text in this notation, and what is expected of it:

    # two objects
    Hale/NNP/nsubj/sold/PERSON ...
    => Hale | sell | ships
    => Hale | sell | port

Labels are those of ClearNLP, tags those of the Penn Treebank, as `en_core_web_*` give them.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import pytest
import spacy
from _pytest.mark.structures import ParameterSet
from spacy.tokens import Doc as Parsed
from spacy.vocab import Vocab

from graph.model import Article, Polarity, Reading
from graph.text import predicates
from graph.text.attribution import Quotes, speaker
from graph.text.clause import Clause
from graph.text.clean import clean
from graph.text.modality import stance
from graph.text.reader import interpret
from graph.text.tokens import Doc, Token, copied

ENTITIES = frozenset(
    (
        "PERSON ORG GPE LOC FAC NORP EVENT PRODUCT LAW WORK_OF_ART "
        "DATE TIME MONEY PERCENT CARDINAL ORDINAL QUANTITY"
    ).split()
)
NO_SPACE_BEFORE = frozenset(". , ? ! ; : ' ’ ” 's ’s n't n’t ) % -".split())
NO_SPACE_AFTER = frozenset("“ ( $ -".split())


@cache
def _vocab() -> Vocab:
    return spacy.blank("en").vocab


def make(notation: str) -> Doc:
    """Return the document that `notation` writes down."""
    rows = [_fields(token) for token in notation.split()]
    words = [row[0] for row in rows]
    ents = [row[4] for row in rows]
    parsed = Parsed(
        _vocab(),
        words=words,
        spaces=[_is_spaced(word, after) for word, after in zip(words, [*words[1:], "."], strict=True)],
        tags=[row[1] for row in rows],
        deps=[row[2] for row in rows],
        heads=[_index(words, row[3]) if row[3] else i for i, row in enumerate(rows)],
        ents=[
            f"{'I' if i and ents[i - 1] == ent else 'B'}-{ent}" if ent else "O" for i, ent in enumerate(ents)
        ],
        lemmas=[row[5] or _regular(row[0], row[1]) for row in rows],
    )
    return copied(parsed)


def _regular(word: str, tag: str) -> str:
    """Return the lemma of a word that needs none written down: a name, a regular plural, *sells*."""
    if tag.startswith("NNP"):
        return word
    return word.lower().removesuffix("s") if tag in {"NNS", "VBZ"} else word.lower()


def _fields(token: str) -> tuple[str, str, str, str, str, str]:
    word, tag, dep, *more = token.split("/")
    head = next((f for f in more if f not in ENTITIES and not f.startswith("=")), "")
    ent = next((f for f in more if f in ENTITIES), "")
    lemma = next((f[1:] for f in more if f.startswith("=")), "")
    return word, tag, dep, head, ent, lemma


def _index(words: list[str], name: str) -> int:
    word, _, which = name.partition("#")
    found = [i for i, other in enumerate(words) if other == word]
    assert which or len(found) == 1, f"{name!r} stands {len(found)} times in the text"
    return found[int(which or 1) - 1]


def _is_spaced(word: str, after: str) -> bool:
    return after not in NO_SPACE_BEFORE and word not in NO_SPACE_AFTER


def table(text: str) -> list[ParameterSet]:
    """Return the rows of a table as parameters (notation, expected lines), named by their headings."""
    rows = []
    for row in text.split("\n# ")[1:]:
        name, *lines = row.strip().splitlines()
        expected = [line.removeprefix("=> ") for line in lines if line.startswith("=> ")]
        notation = " ".join(line for line in lines if not line.startswith("=>"))
        rows.append(pytest.param(notation, expected, id=name))
    return rows


def each(expected: list[str]) -> Iterator[tuple[str, str]]:
    """Give what is expected of which word (`sold: asserted`); a row must expect something."""
    assert expected
    for line in expected:
        word, _, what = line.partition(": ")
        yield word, what


def find(doc: Doc, name: str) -> Token:
    """Return the token that is written as `word` or `word#2`."""
    return doc[_index([token.text for token in doc], name)]


def shown(clause: Clause) -> str:
    """Return a clause as `subject | predicate | object + role other`; `-` for no object."""
    object_ = clause.object.text if clause.object is not None else "-"
    line = " | ".join((clause.subject.text, " ".join(predicates.words_of(clause)), object_))
    return line + "".join(f" + {role} {head.text}" for role, head in clause.extras)


def put(verb: Token) -> str:
    """Return the stance of a verb's clause in words: `planned`, `asserted not`."""
    how = stance(verb)
    return f"{how.modality} not" if how.polarity is Polarity.NEGATIVE else str(how.modality)


def said_by(verb: Token, quotes: Quotes) -> str:
    """Return the word that names who says a verb's clause, `-` for nobody."""
    found = speaker(verb, stance(verb), quotes)
    return found.text if found is not None else "-"


def read(doc: Doc) -> Reading:
    """Return the reading of a document: its clauses with entities, stance and the rest put together."""
    return interpret(Article(doc.text), clean(doc.text), doc)
