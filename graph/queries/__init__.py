"""Named queries: SPARQL files that say in comments what they answer and what they can be told.

comments.py    the `#+` comments of a file, as grlc writes them
kinds.py       the types that a parameter can have: text -> RDF term
named.py       one query: its parameters, and how terms take their place
library.py     all there are: those that ship, and those of the user's folder
"""

from __future__ import annotations

from graph.queries.comments import has_comments
from graph.queries.library import Library, library_of, load_library
from graph.queries.named import NamedQuery, Parameter, as_json, bind, check_known, read_query

__all__ = [
    "Library",
    "NamedQuery",
    "Parameter",
    "as_json",
    "bind",
    "check_known",
    "has_comments",
    "library_of",
    "load_library",
    "read_query",
]
