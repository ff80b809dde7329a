"""What is seen to when an archive is opened: what a killed process left, and what a damaged disk lost.

The functions compare the ledger, which knows what must be there, with the graph, which can be made again.
"""

from __future__ import annotations

from collections.abc import Callable

from graph.errors import StoreDamaged
from graph.store.base import Store
from graph.store.ledger import Ledger
from graph.vocab import Namespaces

# How many articles are counted at each opening; a damaged write-ahead log loses the last writes.
_COUNTED = 3


def settle(
    ledger: Ledger,
    store: Store,
    ns: Namespaces,
    on_dropped: Callable[[str], object],
    *,
    known: bool,
    create: bool,
) -> None:
    """See what is damaged, and raise StoreDamaged as `Archive.open` says.

    `known` says that there was a graph before this opening; `on_dropped` hears of each article whose quads
    were taken out because it is pending only.
    """
    noted = note_damage(ledger, store, ns)
    drop_unfinished(ledger, store, ns, on_dropped)
    if ((noted and known) or not create) and (error := damage(ledger)):
        raise error
    if not create:
        check_known(ledger, store, ns)


def note_damage(ledger: Ledger, store: Store, ns: Namespaces) -> bool:
    """Count the quads of the last articles, and of all if one of those is wrong; return whether any was.

    Those are pending then, and marked as damaged until they are read again.
    """
    if not _wrong(ledger, store, ns, _COUNTED):
        return False
    for article_id, found, expected in _wrong(ledger, store, ns, None):
        ledger.damaged(article_id, f"{found} of the {expected} quads")
    return True


def drop_unfinished(
    ledger: Ledger, store: Store, ns: Namespaces, on_dropped: Callable[[str], object]
) -> None:
    """Take out of the graph what it holds of articles that are pending only: readers see all or nothing.

    `on_dropped` hears of each such article, whether the graph held something of it or not.
    """
    for article_id in ledger.unstored():
        if store.count(ns.article(article_id)):
            store.drop(ns.article(article_id))
        on_dropped(article_id)


def damage(ledger: Ledger) -> StoreDamaged | None:
    """Make the error for the articles whose graph was found wanting and is not made again yet, if any."""
    marked = ledger.marked("damaged")
    if not marked:
        return None
    article_id, found = marked[0]
    others, texts, them = (
        (f", and {len(marked) - 1:,} more are like it", "the texts are", "them")
        if len(marked) > 1
        else ("", "the text is", "it")
    )
    return StoreDamaged(
        f"The graph holds {found} of article {article_id}{others}; {texts} safe,"
        f" and the next `newsgraph serve` or `newsgraph ingest` reads {them} again."
    )


def check_known(ledger: Ledger, store: Store, ns: Namespaces) -> None:
    """Raise StoreDamaged if the graph holds articles that the ledger, which lost them, does not know."""
    start = ns.article("").value
    held = {graph.value.removeprefix(start) for graph in store.graphs() if graph.value.startswith(start)}
    lost = len(held - ledger.ids())
    if lost:
        articles = "an article" if lost == 1 else f"{lost:,} articles"
        raise StoreDamaged(
            f"The graph holds {articles} that the ledger does not know; `newsgraph verify` says which. Ingest"
            " the lost texts again or restore both from a backup; or let `newsgraph rebuild` make the graph"
            " anew of what the ledger has. It keeps what users wrote into graphs of their own."
        )


def _wrong(ledger: Ledger, store: Store, ns: Namespaces, limit: int | None) -> list[tuple[str, int, int]]:
    """Return id, found and expected quads of those of the last articles whose graph holds another number."""
    counted = [(id_, store.count(ns.article(id_)), quads) for id_, quads in ledger.settled(limit)]
    return [(id_, found, expected) for id_, found, expected in counted if found != expected]
