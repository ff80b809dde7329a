"""A parse as plain Python objects, under the names of spaCy's `Doc`, `Token` and `Span` that the rules use.

To ask spaCy (a new `Token` at each step, a look-up of a string for each label) costs more than the rules
themselves. Here each token is one object, with its labels, its head and its children in slots.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from itertools import chain, pairwise, repeat
from operator import attrgetter
from sys import intern
from typing import TYPE_CHECKING, Any
from unicodedata import category

from graph.text.memory import FORGETTING

if TYPE_CHECKING:
    from spacy.tokens import Doc as Parsed

Row = tuple[str, str, str, str, str, str, str, int, str, bool]
COLUMNS = ("ORTH", "LEMMA", "TAG", "DEP", "ENT_TYPE", "ENT_IOB", "IDX", "SPACY", "SENT_START", "HEAD")
IOB = ("", "I", "O", "B")
SPACES = ("", " ")
MARKS = frozenset("\" ' ` « » ‘ ’ ‚ ‛ “ ” „ ‟ ‹ › ❮ ❯ '' ``".split())


class Token:
    """A word of a parse. The head of a root is the root itself; children are in the order of the text."""

    __slots__ = (
        "_edges", "children", "dep_", "doc", "ent_iob_", "ent_type_", "head", "i", "idx", "is_sent_start",
        "lemma_", "lower_", "tag_", "text", "whitespace_",
    )  # fmt: skip

    head: Token

    def __init__(self, doc: Doc, i: int, row: Row) -> None:
        self.doc = doc
        self.i = i
        (
            self.text, self.lower_, self.lemma_, self.tag_, self.dep_, self.ent_type_, self.ent_iob_,
            self.idx, self.whitespace_, self.is_sent_start,
        ) = row  # fmt: skip
        self.children: Sequence[Token] = ()
        self._edges: tuple[int, int] | None = None

    def __repr__(self) -> str:
        return self.text

    @property
    def lefts(self) -> list[Token]:
        """The children before the token."""
        return [c for c in self.children if c.i < self.i]

    @property
    def rights(self) -> list[Token]:
        """The children after the token."""
        return [c for c in self.children if c.i > self.i]

    @property
    def n_lefts(self) -> int:
        """How many children stand before the token."""
        return len(self.lefts)

    @property
    def n_rights(self) -> int:
        """How many children stand after the token."""
        return len(self.rights)

    @property
    def subtree(self) -> list[Token]:
        """The token and all below it, from the top down."""
        found = [self]
        for token in found:  # grows while it is walked
            found.extend(token.children)
        return found

    @property
    def left_edge(self) -> Token:
        """The first token of the subtree."""
        return self.doc[(self._edges or self._found_edges())[0]]

    @property
    def right_edge(self) -> Token:
        """The last token of the subtree."""
        return self.doc[(self._edges or self._found_edges())[1]]

    def _found_edges(self) -> tuple[int, int]:
        """Find the edges of all below the token that has none yet; each token is looked at but once."""
        below = [self]
        for token in below:  # grows while it is walked
            below.extend(c for c in token.children if c._edges is None)
        for token in reversed(below):
            first = last = token.i
            for child in token.children:
                if child._edges is not None:
                    first, last = min(first, child._edges[0]), max(last, child._edges[1])
            edges = token._edges = first, last
        return edges

    def hang(self, head: Token, label: str) -> None:
        """Hang the token on another one: for who mends a parse before any rule has read it."""
        self.head.children = [c for c in self.head.children if c is not self]
        head.children = sorted((*head.children, self), key=attrgetter("i"))
        self.head, self.dep_ = head, label
        self.doc.forget(self.doc.sentences[self.i])

    @property
    def sent(self) -> Span:
        """The sentence of the token."""
        return Span(self.doc, *self.doc.sentences[self.i])

    @property
    def text_with_ws(self) -> str:
        """The word with the space behind it, where there is one."""
        return self.text + self.whitespace_

    @property
    def is_space(self) -> bool:
        """True for white space that is a token of its own."""
        return self.text.isspace()

    @property
    def is_punct(self) -> bool:
        """True if all its characters are punctuation."""
        return all(category(char)[0] == "P" for char in self.text)

    @property
    def is_quote(self) -> bool:
        """True for a quotation mark."""
        return self.text in MARKS

    @property
    def is_upper(self) -> bool:
        """True for *NATO*."""
        return self.text.isupper()

    @property
    def is_title(self) -> bool:
        """True for *Nato*."""
        return self.text.istitle()

    def nbor(self, by: int = 1) -> Token:
        """Return the token that many places on. Raises IndexError if there is none."""
        if self.i + by < 0:
            raise IndexError(self.i + by)
        return self.doc[self.i + by]


class Span:
    """The tokens [start, end) of a document: a sentence, or a name with its label."""

    __slots__ = ("doc", "end", "label_", "start")

    def __init__(self, doc: Doc, start: int, end: int, label: str = "") -> None:
        self.doc, self.start, self.end, self.label_ = doc, start, end, label

    def __len__(self) -> int:
        return self.end - self.start

    def __iter__(self) -> Iterator[Token]:
        return iter(self.doc[self.start : self.end])

    def __getitem__(self, i: int) -> Token:
        return self.doc[self.start : self.end][i]

    @property
    def text(self) -> str:
        """The words as they stand in the text."""
        return self.doc.text_of(self.start, self.end)

    @property
    def root(self) -> Token:
        """The first token that hangs on none, as one in each sentence does; else the first of all."""
        return next((token for token in self if token.head is token), self.doc[self.start])


class Doc(list[Token]):
    """A parsed text: its tokens, a list that hands them out without a detour, and what is asked of them all.

    `sentences` are the token spans [start, end) of the sentence of each token; in `kept` a rule keeps what
    it has found for a document, by a name of its own.
    """

    __slots__ = ("_places", "kept", "sentences")

    def __init__(self) -> None:
        super().__init__()
        self.sentences: list[tuple[int, int]] = []
        self.kept: dict[str, Any] = {}
        self._places: dict[str, dict[str, list[int]]] = {}

    @property
    def text(self) -> str:
        """The whole text."""
        return "".join([token.text + token.whitespace_ for token in self])

    def text_of(self, start: int, end: int) -> str:
        """Return the text of the tokens [start, end), without the space behind it."""
        said = "".join([token.text + token.whitespace_ for token in self[start:end]])
        return said[:-1] if said and self[min(end, len(self)) - 1].whitespace_ else said

    @property
    def sents(self) -> Iterator[Span]:
        """The sentences in order."""
        return (Span(self, *pair) for pair in dict.fromkeys(self.sentences))

    @property
    def ents(self) -> Iterator[Span]:
        """The names that the model found, in order."""
        begun: Token | None = None
        for token in self:
            if token.ent_iob_ == "I":
                continue
            if begun is not None:
                yield Span(self, begun.i, token.i, begun.ent_type_)
            begun = token if token.ent_iob_ == "B" and token.ent_type_ else None
        if begun is not None:
            yield Span(self, begun.i, len(self), begun.ent_type_)

    def having(self, attribute: str, values: Collection[str]) -> list[Token]:
        """Return the tokens whose `attribute` (`tag_`, `dep_`, `text` ...) is one of `values`, in order."""
        known = self._places.get(attribute)
        if known is None:
            known = self._places[attribute] = defaultdict(list)
            for i, value in enumerate(map(attrgetter(attribute), self)):
                known[value].append(i)
        found = [known[value] for value in known.keys() & values]
        return [self[i] for i in (found[0] if len(found) == 1 else sorted(chain.from_iterable(found)))]

    def forget(self, sentence: tuple[int, int]) -> None:
        """Forget what was found out about a sentence whose tree has changed."""
        self._places.clear()
        for token in self[slice(*sentence)]:
            token._edges = None

    def free(self) -> None:
        """Take the tokens apart, since what refers to itself would wait for the garbage collector."""
        for forget in FORGETTING:
            forget()
        for token in self:
            del token.head
            token.children = ()
        self.clear()


@contextmanager
def plain(parsed: Parsed) -> Iterator[Doc]:
    """Give a copy of a parse for as long as it is read."""
    doc = copied(parsed)
    try:
        yield doc
    finally:
        doc.free()


def copied(parsed: Parsed) -> Doc:
    """Copy a parse. Each string is looked up once a document, not once a token."""
    doc = Doc()
    columns = parsed.to_array(list(COLUMNS)).T
    orth, lemma, tag, dep, ent_type, iob, at, spaces, begins = columns[:-1].tolist()
    names = parsed.vocab.strings
    words = {word: names[word] for word in set(orth)}
    lower = {word: text.lower() for word, text in words.items()}
    lemmas = {word: names[word] for word in set(lemma)}
    labels = {label: intern(names[label]) for label in {*tag, *dep, *ent_type}}
    rows = zip(
        map(words.__getitem__, orth),
        map(lower.__getitem__, orth),
        map(lemmas.__getitem__, lemma),
        map(labels.__getitem__, tag),
        map(labels.__getitem__, dep),
        map(labels.__getitem__, ent_type),
        map(IOB.__getitem__, iob),
        at,
        map(SPACES.__getitem__, spaces),
        map((1).__eq__, begins),
        strict=True,
    )
    doc.extend(map(Token, repeat(doc), range(len(orth)), rows))
    borders = [0, *(i for i, begin in enumerate(begins) if begin == 1 and i), len(doc)]
    for start, end in pairwise(borders):
        doc.sentences.extend([(start, end)] * (end - start))
    _join(doc, columns[-1].astype("int64").tolist())
    return doc


def _join(doc: Doc, heads: list[int]) -> None:
    """Give each token its head, which is named by how far it is, and its children."""
    below: dict[int, list[Token]] = {}
    for token, far in zip(doc, heads, strict=True):
        head = token.head = doc[token.i + far]
        if far and head.i in below:
            below[head.i].append(token)
        elif far:
            head.children = below[head.i] = [token]
