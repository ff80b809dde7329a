"""What the tests of the query workers share: small stores to ask, and a look at the processes."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from pyoxigraph import DefaultGraph, Literal, Quad, Store

from graph.settings import Settings
from graph.sparql.pool import QueryPool
from graph.vocab import Namespaces

NS = Namespaces("http://localhost:8000/")
ARTICLE = NS.article("a1")

COUNT = "SELECT (COUNT(*) AS ?n) { ?s rel:named ?o }"
# Hundreds of millions of rows, none of which passes: it answers nothing before its deadline.
CARTESIAN = (
    "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l FILTER(STR(?a) = CONCAT(STR(?d), STR(?l))) }"
)
# 355 bytes that the parser takes minutes for.
NESTED = "SELECT (" + "GROUP_CONCAT(" * 24 + "?x" + ")" * 24 + " AS ?y) {}"
# Rows without end, as far as a test is concerned.
ENDLESS = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"


def small_settings(**changes: object) -> Settings:
    """One worker with little time."""
    return Settings.model_validate(
        {"query_workers": 1, "query_timeout": 20.0, "query_memory": 256, **changes}
    )


def people(count: int) -> Iterator[Quad]:
    """So many people with a name, and one statement in an article's graph."""
    for number in range(count):
        yield Quad(NS.entity(f"P{number}"), NS.relation("named"), Literal(f"Person {number}"), DefaultGraph())
    yield Quad(NS.entity("P0"), NS.relation("visit"), NS.entity("P1"), ARTICLE)


def checkpoint_of(folder: Path, quads: Iterable[Quad]) -> Path:
    """Make a store with `quads` and a copy of it that workers can open."""
    store = Store(str(folder / "live"))
    store.extend(quads)
    copies = folder / "copies"
    copies.mkdir()
    store.backup(str(copies / "1"))
    return copies / "1"


def children() -> set[int]:
    """The processes that this one has started and not yet waited for (zombies too)."""
    found = set()
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                after_name = (entry / "stat").read_text().rpartition(")")[2].split()
            except OSError:  # gone meanwhile
                continue
            if int(after_name[1]) == os.getpid():
                found.add(int(entry.name))
    return found


def open_files() -> int:
    """How many files and pipes this process has open."""
    return len(os.listdir("/proc/self/fd"))


def rows(pool: QueryPool, query: str, **options: object) -> list[str]:
    """The lines of the answer, without the header."""
    with pool.run(query, "csv", **options) as answer:  # type: ignore[arg-type]
        return b"".join(answer.chunks).decode().split("\r\n")[1:-1]
