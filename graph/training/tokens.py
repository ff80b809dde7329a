"""Labelled tokens that can be moved, changed, and joined, before they become a spaCy document."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from spacy.tokens import Doc

from graph.training.rows import Paragraph

if TYPE_CHECKING:
    from spacy.vocab import Vocab


@dataclass(eq=False, slots=True)
class Token:
    """One token. Its parent is a token (None for a sentence's root), so that lists can be cut and joined."""

    word: str
    space: bool
    tag: str
    dep: str
    iob: str  # "O", or "B-" or "I-" and the entity's label
    parent: Token | None = None


def from_paragraph(paragraph: Paragraph) -> list[Token]:
    """Return the tokens of a labelled paragraph."""
    iob = ["O"] * len(paragraph["words"])
    for start, end, label in paragraph["ents"]:
        iob[start:end] = ["B-" + label] + ["I-" + label] * (end - start - 1)
    fields = zip(
        paragraph["words"], paragraph["spaces"], paragraph["tags"], paragraph["deps"], iob, strict=True
    )
    tokens = [Token(*values) for values in fields]
    for token, head in zip(tokens, paragraph["heads"], strict=True):
        token.parent = tokens[head] if tokens[head] is not token else None
        if token.word.isspace() or not token.dep:
            token.dep = "dep" if token.parent else "ROOT"
    return tokens


def to_doc(vocab: Vocab, tokens: Sequence[Token]) -> Doc:
    """Return the spaCy document of the tokens."""
    place = {token: i for i, token in enumerate(tokens)}
    return Doc(
        vocab,
        words=[token.word for token in tokens],
        spaces=[token.space for token in tokens],
        tags=[token.tag for token in tokens],
        deps=[token.dep for token in tokens],
        heads=[place[token.parent or token] for token in tokens],
        ents=[token.iob for token in tokens],
    )


def copy(tokens: Sequence[Token]) -> list[Token]:
    """Return tokens of their own with the same tree."""
    new = {token: Token(token.word, token.space, token.tag, token.dep, token.iob) for token in tokens}
    for old, token in new.items():
        token.parent = new[old.parent] if old.parent else None
    return list(new.values())


def sentences(tokens: Iterable[Token]) -> list[list[Token]]:
    """Cut the tokens where the root changes."""
    groups: list[list[Token]] = []
    last = None
    for token in tokens:
        this = _root(token)
        if this is not last:
            groups.append([])
            last = this
        groups[-1].append(token)
    return groups


def join(parts: Sequence[Sequence[Token]], separator: str) -> list[Token]:
    """Put token lists one after the other; a separator other than a space becomes a token of its own."""
    joined = list(parts[0])
    for part in parts[1:]:
        joined[-1].space = separator == " "
        if separator != " ":
            joined.append(Token(separator, False, "_SP", "dep", "O", joined[-1]))
        joined += part
    return joined


def is_sound(tokens: Sequence[Token]) -> bool:
    """Tell whether all parents are in the list and each sentence is in one piece."""
    inside = set(tokens)
    roots = sum(token.parent is None for token in tokens)
    return all(token.parent in inside for token in tokens if token.parent) and len(sentences(tokens)) == roots


def text_of(tokens: Iterable[Token]) -> str:
    """Return the text that the tokens make."""
    return "".join(token.word + " " * token.space for token in tokens)


def pieces(paragraph: Paragraph, longest: int) -> Iterator[list[Token]]:
    """Yield the paragraph, cut at sentence ends into pieces of at most `longest` tokens where that can be."""
    piece: list[Token] = []
    for sentence in sentences(from_paragraph(paragraph)):
        if piece and len(piece) + len(sentence) > longest:
            yield piece
            piece = []
        piece = piece + sentence
    yield piece


def _root(token: Token) -> Token:
    while token.parent is not None:
        token = token.parent
    return token
