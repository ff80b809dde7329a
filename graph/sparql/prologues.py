"""Moves the prologues of an update to its beginning, where the engine can read them.

The grammar allows BASE and PREFIX after each `;` (SPARQL 1.1 Update, production 29); pyoxigraph 0.5.13 takes
them at the beginning only, and rdflib writes them everywhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from graph.sparql.tokens import Kind, Token, tokens

_BASE = ""
"""What a BASE declares, in the place of a prefix."""


def gathered(parts: Sequence[tuple[str, Sequence[Token], str]]) -> str | None:
    """Return the update with one prologue before it; None if that would mean something else.

    `parts` are its operations: prologue, tokens and text of each. It would mean something else where a
    prefix is declared anew, or used before it is declared (the store's own prefixes are always there).
    """
    declared: dict[str, str] = {}
    used: set[str] = set()
    for prologue, words, _ in parts:
        for name, iri in _declarations(prologue):
            if declared.get(name, iri) != iri or (name not in declared and name in used):
                return None
            declared[name] = iri
        used |= _names(words)
    first = "\n".join(prologue for prologue, _, _ in parts if prologue)
    return f"{first}\n" + " ;\n".join(text for _, _, text in parts if text)


def _declarations(prologue: str) -> Iterator[tuple[str, str]]:
    """Give what is declared: a prefix with its colon, or `_BASE`, and the IRI as it is written."""
    name = _BASE
    for token in tokens(prologue):
        if token.kind is Kind.NAME:
            name = token.text
        elif token.kind is Kind.IRI:
            yield name, token.text
            name = _BASE


def _names(words: Iterable[Token]) -> set[str]:
    """The prefixes that are used, and `_BASE` where a relative IRI may be."""
    prefixes = {f"{word.text.partition(':')[0]}:" for word in words if word.kind is Kind.NAME}
    relative = any(word.kind is Kind.IRI and ":" not in word.text for word in words)
    return prefixes | ({_BASE} if relative else set())
