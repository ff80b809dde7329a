"""Terms of a row as the plain values that they stand for."""

from __future__ import annotations

from collections.abc import Iterable

from graph.store.base import Term


def text(term: Term | None) -> str:
    """Give the text of a literal, or of an IRI."""
    assert term is not None
    return term.value


def local(term: Term | None, namespace: str) -> str:
    """Give the id behind an IRI of `namespace`."""
    return text(term).removeprefix(namespace)


def values(variable: str, terms: Iterable[Term]) -> str:
    """Write a VALUES clause; the terms are typed, and spelled by the library that parses them."""
    return f"VALUES ?{variable} {{ {' '.join(map(str, terms))} }}"
