"""The example queries of `data/queries/`: SPARQL with its title and description in `#+` comments.

They use prefixes without declaring them (`Namespaces.prefixes`): each store has its own base IRI, so
whoever runs one passes the store's prefixes along.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from graph.errors import NotFound
from graph.resources import data_path

_COMMENT = re.compile(r"^#\+ (\w+): (.+)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class ExampleQuery:
    """A query that ships: `name` is its file's, `text` all of its SPARQL, comments too."""

    name: str
    summary: str
    description: str
    text: str


def example_queries() -> tuple[ExampleQuery, ...]:
    """Return all example queries, sorted by name."""
    found = []
    for path in sorted(data_path("queries").glob("*.rq")):
        text = path.read_text(encoding="utf-8")
        comments = dict(_COMMENT.findall(text))
        found.append(ExampleQuery(path.stem, comments["summary"], comments["description"], text))
    return tuple(found)


def example_query(name: str) -> ExampleQuery:
    """Return the example query of that name; raises NotFound, listing the names."""
    queries = {query.name: query for query in example_queries()}
    if name not in queries:
        raise NotFound(f"No example query is called {name!r}. There are: {', '.join(queries)}.")
    return queries[name]
