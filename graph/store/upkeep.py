"""`verify`: how ledger, graph and index differ, each difference named. `rebuilding.py` mends them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pyoxigraph import Quad

from graph.decisions import decision_quads
from graph.rdf import supported_triples
from graph.rdf_terms import DEFAULT
from graph.store import decided, edits
from graph.store.archive import Archive
from graph.store.requests import in_graph
from graph.store.userdata import contents_of

_MEND = "`newsgraph rebuild` mends it"


@dataclass(frozen=True, slots=True)
class Difference:
    """Something that is not as the ledger says: the id of the article, if it is one's, and a sentence."""

    article: str
    sentence: str


def verify(archive: Archive) -> Iterator[Difference]:
    """Compare all of the graph with the ledger, and the index with the graph; give each difference.

    An article of a ledger that an older newsgraph made has no digest yet; of it the quads are counted. What
    users wrote beside the articles is no difference.
    """
    ledger, ns = archive.ledger, archive.ns
    known = edits.expected(ledger)
    changed = edits.marked(ledger)
    for state in ("pending", "deleting"):
        for record in ledger.in_state(state):
            id_ = record.article.id
            yield Difference(
                id_, f"Article {id_} is {state}: the next `newsgraph ingest` or `serve` goes on."
            )
    for id_, (quads, digest) in known.items():
        yield from _article(archive, id_, quads, digest, id_ in changed)
    if set(archive.store.quads_of(ns.curation)) != set(decision_quads(decided.decisions(ledger), ns)):
        yield Difference("", f"The graph {ns.curation} does not say what was decided; {_MEND}.")
    start = ns.article("").value
    held = {
        graph.value.removeprefix(start) for graph in archive.store.graphs() if graph.value.startswith(start)
    }
    for id_ in sorted(held - ledger.ids()):
        yield Difference(id_, f"The graph holds an article {id_} that the ledger does not know; {_MEND}.")
    for id_, what in archive.search.differences():
        yield Difference(id_, f"The index {what}; {_MEND}.")


def _article(
    archive: Archive, id_: str, quads: int, digest: str | None, by_user: bool
) -> Iterator[Difference]:
    """Compare one article's graph, and what it says in the default one."""
    held = archive.store.quads_of(archive.ns.article(id_))
    found = contents_of(held)
    cause = "a user's update changed it" if by_user else "it is damaged"
    if found.quads != quads:
        what = f"holds {found.quads} quads, not the {quads} that were read"
    elif digest not in (None, found.digest):
        what = "holds other quads than were read"
    else:
        yield from _plain(archive, id_, held)
        return
    yield Difference(id_, f"The graph of article {id_} {what} ({cause}); {_MEND}.")


def _plain(archive: Archive, id_: str, held: list[Quad]) -> Iterator[Difference]:
    """See that the plain triples that an article supports are there."""
    triples = supported_triples(held, archive.ns)
    lost = sum(not archive.store.has(in_graph(triple, DEFAULT)) for triple in triples)
    if lost:
        yield Difference(
            id_,
            f"The default graph lacks {lost} of the {len(triples)} triples that article {id_} says; {_MEND}.",
        )
