"""Puts terms in the place of variables in a SPARQL query of our own.

Engines disagree here: some bind only what is projected, most bind nothing. A term that stands in the
text is understood by all, inside filters and sub-queries too.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from pyoxigraph import BlankNode

from graph.store.base import Term

# Strings, IRIs and comments are taken whole, so that a question mark in them is no variable.
_TOKEN = re.compile(
    r'"(?:[^"\\\n]|\\.)*"' r"|'(?:[^'\\\n]|\\.)*'" r"|<[^<>\"{}|^`\\\s]*>" r"|\#[^\n]*" r"|[?$](?P<name>\w+)"
)


def bind(query: str, bindings: Mapping[str, Term]) -> str:
    """Return `query` with the variables of its WHERE part that `bindings` names replaced by their terms.

    The projection and what follows the last brace (ORDER BY, LIMIT) stay as they are.
    Raises ValueError for a blank node (which in a query is a variable), for a name that the query
    does not have, and for a query without braces.
    """
    start, stop = query.find("{"), query.rfind("}")
    if start < 0 or stop < start:
        raise ValueError("The query has no WHERE part in braces.")
    if any(isinstance(term, BlankNode) for term in bindings.values()):
        raise ValueError("A blank node cannot be bound: in a query it is a variable.")
    found: set[str] = set()

    def replace(match: re.Match[str]) -> str:
        name = match["name"]
        if name not in bindings:
            return match[0]
        found.add(name)
        return str(bindings[name])

    body = _TOKEN.sub(replace, query[start:stop])
    if missing := bindings.keys() - found:
        raise ValueError(f"The query has no variable {', '.join(sorted(missing))}.")
    return query[:start] + body + query[stop:]
