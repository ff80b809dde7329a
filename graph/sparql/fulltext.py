"""Full text in SPARQL: the pattern `?thing kg:search "words"` becomes a VALUES of what the index found.

    SELECT ?who ?name { ?who kg:search "putin*" ; rdfs:label ?name }
    SELECT ?who { (?who ?score) kg:search "peace talks" } ORDER BY DESC(?score)

This is done to the text, before a worker sees it: the words of the query are read once (`patterns.py` finds
the patterns), and what is put in comes from the index as IRIs and numbers. So all else of a query, OPTIONAL,
UNION, GRAPH, subqueries, means what it does without.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Final, NamedTuple
from urllib.parse import urljoin

from pyoxigraph import NamedNode

from graph.errors import BadFilter, BadQuery
from graph.sparql.patterns import Pattern, patterns
from graph.sparql.tokens import Kind, Token, decoded, place, tokens
from graph.vocab import Namespaces

Find = Callable[[str], tuple[int, Iterable[tuple[str, float]]]]
"""Gives the IRIs that some words lead to, each with its score, and which write of the store they show."""

MOST: Final = 4
"""Searches that a query may have."""
_NAME: Final = "search"
_ESCAPE: Final = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))", re.DOTALL)
_SIGNS: Final = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f"}


class Rewritten(NamedTuple):
    """A query without searches in it, and the write of the store that they showed; None if it had none."""

    query: str
    sequence: int | None = None


def searches(query: str) -> bool:
    """Tell if a query may hold a search; what does not even name it needs no thread to be rewritten in."""
    return _NAME in query or "\\u" in query.lower()


def refuse_in_update(update: str, ns: Namespaces) -> None:
    """Raise BadQuery for an update with a pattern that names the search: only queries can search."""
    if searches(update):
        words = list(tokens(update))
        if verbs := _verbs(words, ns):
            where = place(update, words[min(verbs)].start)
            raise BadQuery(
                f"The update searches at {where}, which only queries can do; search at /sparql first, then "
                "write what you found into the update."
            )


def rewrite(query: str, find: Find, ns: Namespaces) -> Rewritten:
    """Put what `find` finds in the place of each search of a query that the guard let through.

    Raises BadQuery for a search that is not written as it must be, has no words, or is one too many; what
    `find` raises but BadFilter.
    """
    if not searches(query):
        return Rewritten(query)
    words = list(tokens(query))
    found = patterns(query, words, _verbs(words, ns))
    if not found:
        return Rewritten(query)
    if len(found) > MOST:
        where = place(query, words[found[MOST].verb].start)
        raise BadQuery(f"The search at {where} is one over the {MOST} that a query may have; ask for less.")
    edits: list[tuple[int, int, str]] = []
    sequences: list[int] = []
    for one in found:
        sequence, data = _answer(query, words, one, find)
        sequences.append(sequence)
        edits.append((one.insert, one.insert, data))
        edits += [(begin, end, " ") for begin, end in one.cuts]
    return Rewritten(_edited(query, edits), min(sequences))


def _answer(query: str, words: Sequence[Token], one: Pattern, find: Find) -> tuple[int, str]:
    literal = words[one.verb + 1]
    try:
        sequence, hits = find(_text(literal.text))
    except BadFilter as error:
        raise BadQuery(f"The search at {place(query, literal.start)} cannot be done. {error}") from error
    if len(one.variables) == 1:
        rows = " ".join(str(NamedNode(iri)) for iri, _ in hits)
        return sequence, f" VALUES {one.variables[0]} {{ {rows} }} "
    rows = " ".join(f"({NamedNode(iri)} {score:.6e})" for iri, score in hits)
    return sequence, f" VALUES ({' '.join(one.variables)}) {{ {rows} }} "


def _edited(query: str, edits: list[tuple[int, int, str]]) -> str:
    """Make the edits, which do not overlap; an insertion before what is cut there."""
    parts, at = [], 0
    for begin, end, text in sorted(set(edits), key=lambda edit: edit[:2]):
        parts += [query[at:begin], text]
        at = end
    return "".join((*parts, query[at:]))


def _text(written: str) -> str:
    """The text of a string as it is written in a query."""
    quotes = 3 if written[:3] in {'"""', "'''"} else 1
    return _ESCAPE.sub(_character, written[quotes:-quotes])


def _character(escape: re.Match[str]) -> str:
    code = escape[1] or escape[2]
    return chr(int(code, 16)) if code else _SIGNS.get(escape[3], escape[3])


def _verbs(words: Sequence[Token], ns: Namespaces) -> set[int]:
    """Find the tokens that are the IRI of `kg:search`, by whatever prefix or base they are written."""
    wanted = ns.kg(_NAME).value
    prefixes, base, name, word = dict(ns.prefixes), ns.base, "", ""
    found = set()
    for at, token in enumerate(words):
        if token.kind is Kind.IRI:
            iri = _absolute(base, decoded(token.text[1:-1])) if _is_of_use(token, word) else ""
            if word == "PREFIX":
                prefixes[name] = iri
            elif word == "BASE":
                base = iri
            elif iri == wanted:
                found.add(at)
            word = ""
        elif token.kind is Kind.NAME:
            name, _, local = decoded(token.text).partition(":")
            if word != "PREFIX" and prefixes.get(name, "") + local.replace("\\", "") == wanted:
                found.add(at)
        elif token.kind is Kind.WORD:
            word = decoded(token.text).upper()
    return found


def _is_of_use(token: Token, word: str) -> bool:
    return word in {"PREFIX", "BASE"} or _NAME in token.text or "\\" in token.text


def _absolute(base: str, iri: str) -> str:
    """Resolve a relative IRI; the library would drop an empty fragment, which most prefixes end with."""
    try:
        return urljoin(base, iri) + "#" * iri.endswith("#")
    except ValueError:  # no address (`http://[`), of which the engine tells
        return iri
