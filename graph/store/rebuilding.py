"""`rebuild`: the graph made anew from the ledger, in a fresh folder that takes the place of the old one.

    GRAPH.new   is filled, and on the disk, whole
    ledger      says in one transaction what the new graph holds, and that it is to take the old one's place
    GRAPH       is moved away, GRAPH.new takes its name

A process that is killed before the ledger is written leaves the old graph as it was; after that, the next
opening finishes the exchange (`finish`). Articles whose graph is just as it was read, by the same model and
newsgraph, are carried over; the others are read again. What users wrote is carried over.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Final, TypeAlias

import pyoxigraph
from pyoxigraph import DefaultGraph, NamedNode, Quad, RdfFormat

from graph import __version__
from graph.decisions import decision_quads
from graph.errors import StoreError
from graph.model import Article, Failure, Reading
from graph.rdf import supported_triples
from graph.rdf_terms import DEFAULT, triple_key
from graph.store import absent, decided, edits
from graph.store.archive import Archive
from graph.store.base import Contents
from graph.store.decided import Kept
from graph.store.engine import telling
from graph.store.folders import NEW, set_due
from graph.store.forms import normal
from graph.store.requests import in_graph
from graph.store.rows import insert
from graph.store.userdata import contents_of, user_graph

ReadMany = Callable[[Iterable[Article]], Iterator[Reading | Failure]]
_QUADS: Final = "rebuild.nq"
_Made: TypeAlias = dict[str, tuple[Contents, Kept | None]]
"""What the new graph holds of articles that were read again, and what is kept beside them."""


@dataclass(slots=True)
class Rebuilt:
    """What a rebuild did: articles carried over, articles read again, and those that could not be read.

    Of these the graph is as it was before.
    """

    kept: int = 0
    read: list[str] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)


def rebuild(archive: Archive, read_many: ReadMany, model: str, *, everything: bool = False) -> Rebuilt:
    """Make the graph of `archive` anew, with `read_many` of `model` for what is to be read again.

    With `everything` all articles are read again. Closes the archive; its next opening has the new graph.
    Raises StoreError if the archive is in memory or the disk refuses: nothing has changed then.
    """
    directory = archive.directory
    if directory is None:
        raise StoreError("A store in memory cannot be rebuilt; name a folder.")
    done, new = Rebuilt(), directory / NEW
    made: _Made = {}
    with archive.turn():
        with telling(new), (directory / _QUADS).open("wb") as file:
            sound: set[str] = set() if everything else _sound(archive, model)
            again = [one for one in _articles(archive) if one.id not in sound]
            _write(file, _carried(archive, sound))
            done.kept = len(sound)
            for article, result in zip(again, read_many(again), strict=True):
                made |= _reread(archive, file, article, result, model, done)
        _fill(new, directory / _QUADS)
        _tell_ledger(archive, again, made, model)
        archive.search.forget()  # which has another number than the ledger if this is not reached
        archive.close()
    return done


def _articles(archive: Archive) -> list[Article]:
    """The articles that the new graph is to hold: those that are stored or pending, as they are now."""
    found = {record.article.id: record.article for record in archive.ledger.in_state("stored")}
    found |= {record.article.id: record.article for record in archive.ledger.in_state("pending")}
    return list(found.values())


def _sound(archive: Archive, model: str) -> set[str]:
    """The ids of the articles whose graph is just what `model` and this newsgraph read."""
    changed = edits.marked(archive.ledger)
    pending = {record.article.id for record in archive.ledger.in_state("pending")}
    found = set()
    for id_, told in edits.expected(archive.ledger).items():
        if id_ in changed or id_ in pending or not archive.ledger.holds(archive.article(id_).article, model):
            continue
        if archive.store.contents(archive.ns.article(id_)) == told:
            found.add(id_)
    return found


def _carried(archive: Archive, sound: set[str]) -> Iterator[Quad]:
    """Give the quads of the sound articles, with the triples that they support, and what users wrote."""
    store, ns = archive.store, archive.ns
    start = ns.article("").value
    for graph in store.graphs():
        if not graph.value.startswith(start) and graph != ns.curation:
            yield from store.quads_of(graph)
    yield from decision_quads(decided.decisions(archive.ledger), ns)
    for id_ in sorted(sound):
        yield from _whole(archive, ns.article(id_))
    yield from _of_users(archive)


def _of_users(archive: Archive) -> Iterator[Quad]:
    """Give the triples of the default graph that no article supports, or that are marked as a user's."""
    store, ns = archive.store, archive.ns
    start, supports = ns.article("").value, ns.kg("supports")
    said, marked = set(), {quad.object for quad in store.quads_of(user_graph(ns))}
    for graph in store.graphs():
        if graph.value.startswith(start):
            said |= {quad.object for quad in store.quads_of(graph) if quad.predicate == supports}
    for quad in store.quads_of(None):
        key = triple_key(quad.triple, ns)
        if key in marked or key not in said:
            yield quad


def _whole(archive: Archive, graph: NamedNode) -> Iterator[Quad]:
    quads = archive.store.quads_of(graph)
    yield from quads
    for triple in supported_triples(quads, archive.ns):
        yield in_graph(triple, DEFAULT)


def _reread(
    archive: Archive, file: IO[bytes], article: Article, result: Reading | Failure, model: str, done: Rebuilt
) -> _Made:
    """Write what was read of an article; of one that could not be read, what the graph holds now."""
    graph = archive.ns.article(article.id)
    if isinstance(result, Failure):
        done.failures.append(result)
        _write(file, _whole(archive, graph))
        return {}
    run = f"newsgraph {__version__}, model {model}"
    curated, kept = archive.curator.curated(result, run)
    quads = {normal(quad, graph) for quad in curated}
    _write(file, quads)
    done.read.append(article.id)
    return {article.id: (contents_of(quad for quad in quads if quad.graph_name == graph), kept)}


def _write(file: IO[bytes], quads: Iterable[Quad]) -> None:
    for quad in quads:
        name = "" if isinstance(quad.graph_name, DefaultGraph) else f" {quad.graph_name}"
        file.write(f"{quad.triple}{name} .\n".encode())


def _fill(new: Path, quads: Path) -> None:
    """Load the quads into a fresh folder, and wait until the disk has it."""
    shutil.rmtree(new, ignore_errors=True)
    with telling(new):
        store = pyoxigraph.Store(new)
        store.bulk_load(path=quads, format=RdfFormat.N_QUADS)
        store.flush()
        del store
        for path in (*new.iterdir(), new, new.parent):
            handle = os.open(path, os.O_RDONLY)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)
        quads.unlink()


def _tell_ledger(archive: Archive, again: list[Article], made: _Made, model: str) -> None:
    """Write what the new graph holds, and that it is to take its place: one transaction."""
    with archive.ledger.transaction() as sql:
        for article in again:
            if article.id in made:
                contents, kept = made[article.id]
                sql.execute("DELETE FROM articles WHERE id = ?", (article.id,))
                sql.execute("DELETE FROM edits WHERE id = ?", (article.id,))
                sql.execute("DELETE FROM marks WHERE id = ?", (article.id,))
                sql.execute("DELETE FROM attempts WHERE id = ?", (article.id,))
                absent.returned(sql, article.id)
                insert(sql, article, "stored", model, contents)
                decided.keep(sql, article.id, kept)
        set_due(sql, True)
