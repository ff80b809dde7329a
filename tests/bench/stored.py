"""Whole stores of generated news: ledger, graph and index, as an ingest leaves them, but filled in bulk."""

from __future__ import annotations

import shutil
from pathlib import Path

import pyoxigraph

from graph.rdf import reading_quads
from graph.store.archive import Archive
from graph.store.embedded import normal
from graph.store.rows import insert
from graph.store.userdata import contents_of
from graph.vocab import Namespaces
from tests.bench import news

_MODEL = "bench"


def fill(quads: int, data: Path) -> int:
    """Make a store of about so many quads in the folder `data`, if it is not there; return how many they are.

    The index is made by its own code, article by article, when the store is first searched.
    """
    if not data.exists():
        making = data.with_suffix(".part")
        shutil.rmtree(making, ignore_errors=True)
        _fill(quads, making)
        making.rename(data)
    with Archive.open(data, news.BASE) as archive:
        archive.search.read(lambda _: None)
        return sum(1 for _ in archive.store.quads())


def _fill(quads: int, data: Path) -> None:
    data.parent.mkdir(parents=True, exist_ok=True)
    ns, lines = Namespaces(news.BASE), data.with_suffix(".nq")
    with (
        Archive.open(data, news.BASE) as archive,
        lines.open("wb") as out,
        archive.ledger.transaction() as sql,
    ):
        for number in range(news.articles(quads)):
            reading = news.article(number)
            graph = ns.article(reading.article.id)
            said = {normal(quad, graph) for quad in reading_quads(reading, ns, _MODEL)}
            contents = contents_of(quad for quad in said if quad.graph_name == graph)
            insert(sql, reading.article, "stored", _MODEL, contents)
            pyoxigraph.serialize(said, out, format=pyoxigraph.RdfFormat.N_QUADS)
    store = pyoxigraph.Store(str(data / "graph"))
    store.bulk_load(path=str(lines), format=pyoxigraph.RdfFormat.N_QUADS)
    store.flush()
    del store
    lines.unlink()
    (data / "search.sqlite").unlink()  # it says that all is in it
