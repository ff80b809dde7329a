"""All named queries: those of `data/queries`, and those of a folder of the user's.

A file of the user's that cannot be used is left out, and the library says why; it never stops anything.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Final

from graph.errors import BadFilter, NewsgraphError, NotFound
from graph.queries.named import NamedQuery, bind, read_query
from graph.resources import data_path
from graph.settings import Settings
from graph.sparql.guard import MAX_BYTES
from graph.vocab import Namespaces

FOLDER: Final = "queries"
"""Folder in that of the store where a user's queries lie, unless the setting names another."""
MOST: Final = 500
"""Files of the user's that are read."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A file (or folder) of the user's that is not used, and why."""

    file: str
    reason: str

    def __str__(self) -> str:
        return f"The named query {self.file} is left out. {self.reason}"


@dataclass(frozen=True, slots=True)
class Library:
    """Named queries by name, sorted; `own` are the names of the user's, `left_out` what is not among them."""

    queries: Mapping[str, NamedQuery]
    own: frozenset[str] = frozenset()
    left_out: tuple[LeftOut, ...] = ()

    def get(self, name: str) -> NamedQuery:
        """Return the query of that name; raises NotFound, which names near ones or all."""
        if name not in self.queries:
            near = difflib.get_close_matches(name, self.queries, n=3)
            hint = f"near it are {', '.join(near)}" if near else f"there are {', '.join(self.queries)}"
            raise NotFound(f"No named query is called {name!r}; {hint}.")
        return self.queries[name]

    def checked(self, parse: Callable[[str], object]) -> Library:
        """Leave out what of the user's does not parse; `parse` raises the reason.

        Each is looked at with all its parameters given, and with those only that have to be.
        """
        bad: dict[str, LeftOut] = {}
        for name in sorted(self.own):
            try:
                for text in _samples(self.queries[name]):
                    parse(text)
            except NewsgraphError as error:
                bad[name] = LeftOut(f"{name}.rq", _reason(error))
        queries = {name: query for name, query in self.queries.items() if name not in bad}
        return replace(
            self, queries=queries, own=self.own - bad.keys(), left_out=(*self.left_out, *bad.values())
        )


@cache
def _shipped() -> Mapping[str, NamedQuery]:
    found = {}
    for path in sorted(data_path("queries").glob("*.rq")):
        found[path.stem] = read_query(path.stem, path.read_text(encoding="utf-8"))
    return found


def library_of(settings: Settings) -> Library:
    """Load the queries that ship, and those of the folder that the settings name."""
    named = bool(settings.queries)
    return load_library(Path(settings.queries) if named else settings.data / FOLDER, demanded=named)


def load_library(folder: Path | None = None, *, demanded: bool = False) -> Library:
    """Load the queries that ship and those of `folder`, which has to be there only if it is `demanded`."""
    queries, own = dict(_shipped()), set[str]()
    left_out: list[LeftOut] = []
    for path in _files(folder, demanded, left_out):
        try:
            query = read_query(path.stem, _text(path))
        except (NewsgraphError, OSError, UnicodeDecodeError) as error:
            left_out.append(LeftOut(path.name, _reason(error)))
            continue
        if query.name in queries:
            left_out.append(LeftOut(path.name, "A query that ships has the same name; rename the file."))
            continue
        queries[query.name] = query
        own.add(query.name)
    return Library(dict(sorted(queries.items())), frozenset(own), tuple(left_out))


def _files(folder: Path | None, demanded: bool, left_out: list[LeftOut]) -> list[Path]:
    if folder is None:
        return []
    try:
        found = sorted(path for path in folder.iterdir() if path.suffix == ".rq")
    except OSError as error:
        if demanded:
            why = f"The folder cannot be read ({error.strerror}); make it, or unset NEWSGRAPH_QUERIES."
            left_out.append(LeftOut(str(folder), why))
        return []
    left_out += [LeftOut(path.name, f"Only {MOST} are read; remove some.") for path in found[MOST:]]
    return found[:MOST]


def _text(path: Path) -> str:
    if not path.is_file():
        raise BadFilter("It is no file; put a file in its place.")
    with path.open("rb") as stream:
        return stream.read(MAX_BYTES + 1).decode("utf-8-sig")


def _reason(error: Exception) -> str:
    match error:
        case UnicodeDecodeError():
            return f"It is not UTF-8 at byte {error.start:,}; save it as UTF-8."
        case OSError():
            return f"It cannot be read ({error.strerror}); see to its permissions."
        case _:
            return str(error)


def _samples(query: NamedQuery) -> list[str]:
    """Make the query with few and with all parameters given, with the examples of their values."""
    ns = Namespaces("http://localhost/")
    every = {one.name: one.read(one.example, ns) for one in query.parameters}
    needed = {
        one.name: every[one.name] for one in query.parameters if one.required or one.about.default is not None
    }
    return [bind(query, needed), bind(query, every)]
