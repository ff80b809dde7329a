"""How the index differs from the graph that it is made of: what `verify` tells of it."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Final

from graph.codec import statement_to_json
from graph.store.base import Store
from graph.store.index_reading import read_names, read_part
from graph.store.index_schema import ROOM
from graph.store.packing import unpacked, written
from graph.store.search_index import SearchIndex
from graph.vocab import Namespaces

_TOLD: Final = "SELECT json FROM told WHERE number >= ? AND number < ? ORDER BY number"
_SHOWN: Final = 5


def differences(
    index: SearchIndex, stored: Collection[str], store: Store, ns: Namespaces
) -> Iterator[tuple[str, str]]:
    """Give each difference: the id of the article, if it is about one, and what is wrong with the index.

    `stored` are the articles that the graph holds.
    """
    held = index.articles()
    for id_ in sorted(held.keys() | set(stored)):
        if id_ not in held:
            yield id_, f"does not know article {id_}"
        elif id_ not in stored:
            yield id_, f"knows an article {id_} that is not there"
        elif not _is_told(index, held[id_], id_, store, ns):
            yield id_, f"tells article {id_} otherwise than the graph"
    known, now = index.names(), read_names(store, None, ns)
    other = sorted(id_ for id_ in known.keys() | now.keys() if known.get(id_) != now.get(id_))
    if other:
        more = f" and {len(other) - _SHOWN:,} more" if len(other) > _SHOWN else ""
        yield "", f"calls entities otherwise than the graph: {', '.join(other[:_SHOWN])}{more}"


def _is_told(index: SearchIndex, sequence: int, article: str, store: Store, ns: Namespaces) -> bool:
    """Tell if the index has the statements and the entities of an article just as they are."""
    part = read_part(store, article, ns)
    rows = index.sql.execute(_TOLD, (sequence * ROOM, (sequence + 1) * ROOM))
    told = [unpacked(row[0]) for row in rows]
    said = [written(statement_to_json(one)) for one in part.said[:ROOM]]
    return told == said and index.ends(article) == part.ends.keys()
