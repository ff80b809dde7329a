"""`centrality` and `communities`: who stands where in what the filters choose."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated

import typer
from rich.console import RenderableType

from api.commands.filters import filtered
from api.commands.inputs import open_to_read
from api.commands.lists import write_answer
from api.commands.options import Concepts, Data, Denied, ListShape, OwnWords
from api.commands.output import say
from api.commands.tables import plain_table
from api.schemas.analyses import Centrality, Communities
from graph import standing, views
from graph.codec import Json
from graph.standing import LAST_SEED, Edge, Measure
from graph.store.archive import Archive
from graph.views import ties

_NOTHING = "No statement ties entities together here; try fewer filters, --concepts or --denied."

By = Annotated[Measure, typer.Option("--measure", help="What makes an entity central.")]
Seed = Annotated[
    int, typer.Option("--seed", metavar="N", min=0, max=LAST_SEED, help="Chooses samples and ties.")
]
MostRanked = Annotated[int, typer.Option("--limit", metavar="N", min=1, help="Entities at most.")]
MostGroups = Annotated[int, typer.Option("--limit", metavar="N", min=1, help="Communities at most.")]
MostMembers = Annotated[int, typer.Option("--members", metavar="N", min=1, help="Members of each at most.")]


@filtered()
def centrality(
    measure: By = Measure.PAGERANK,
    data: Data = None,
    concepts: Concepts = False,
    denied: Denied = False,
    own_words: OwnWords = False,
    seed: Seed = 1,
    limit: MostRanked = 50,
    shape: ListShape = None,
    *,
    wanted: views.StatementFilter,
) -> None:
    """Rank the entities by how central they are in what the filters choose."""
    with open_to_read(data) as archive:
        edges = _edges(archive, wanted, concepts, own_words, denied)
        found = ties.scores_to_json(archive, standing.central(edges, measure, seed), limit)
    write_answer(shape, found, Centrality, lambda: _ranking(found))


@filtered()
def communities(
    data: Data = None,
    concepts: Concepts = False,
    denied: Denied = False,
    own_words: OwnWords = False,
    seed: Seed = 1,
    limit: MostGroups = 20,
    members: MostMembers = 20,
    shape: ListShape = None,
    *,
    wanted: views.StatementFilter,
) -> None:
    """Find the entities that belong together in what the filters choose."""
    with open_to_read(data) as archive:
        edges = _edges(archive, wanted, concepts, own_words, denied)
        found = ties.groups_to_json(archive, standing.communities(edges, seed), limit, members)
    write_answer(shape, found, Communities, lambda: _groups(found))


def _edges(
    archive: Archive, wanted: views.StatementFilter, concepts: bool, own_words: bool, denied: bool
) -> list[Edge]:
    wanted = views.with_ids(archive, wanted)
    edges = ties.ties(archive, wanted, concepts=concepts, claimed=not own_words, denied=denied)
    if not edges:
        views.check_known(archive, wanted)
        say(_NOTHING)
    return edges


def _ranking(found: Json) -> Iterable[RenderableType]:
    if not found["items"]:
        return
    rows = (
        (
            str(place),
            one["entity"]["label"],
            one["entity"]["type"],
            one["entity"]["id"],
            f"{one['score']:.4g}",
        )
        for place, one in enumerate(found["items"], 1)
    )
    yield plain_table(("", "entity", "type", "id", "score"), rows)
    sampled = found["sampled"]
    yield _size(found) + (f" The scores are estimated from {sampled:,} of them." if sampled else "")


def _groups(found: Json) -> Iterable[RenderableType]:
    if not found["items"]:
        return
    rows = ((str(place), f"{one['size']:,}", _named(one)) for place, one in enumerate(found["items"], 1))
    yield plain_table(("", "entities", "who belongs together"), rows)
    shown, all_ = len(found["items"]), found["communities"]
    yield f"{shown:,} of {all_:,} communities, with a modularity of {found['modularity']:.2f}. {_size(found)}"


def _named(community: Json) -> str:
    names = ", ".join(one["label"] for one in community["members"])
    more = community["size"] - len(community["members"])
    return f"{names} and {more:,} more" if more else names


def _size(found: Json) -> str:
    return f"There are {found['entities']:,} entities and {found['edges']:,} pairs of them that are tied."
