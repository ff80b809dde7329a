"""What centrality and communities are computed on: the entities that a filter ties together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from graph.codec import Json
from graph.model import Polarity
from graph.standing import Edge, Groups, Scores
from graph.store.archive import Archive
from graph.views.budget import Budget
from graph.views.entity_reads import read_entities
from graph.views.filters import StatementFilter
from graph.views.links import Links, concepts_of
from graph.views.writing import end_to_json


def ties(
    archive: Archive,
    wanted: StatementFilter,
    *,
    concepts: bool = False,
    claimed: bool = True,
    denied: bool = False,
    budget: Budget | None = None,
) -> list[Edge]:
    """Give the edges between entities that the statements of a filter make, with the articles behind each.

    `concepts`, `claimed` and `denied` are those of `paths`. Raises BadFilter for a filter that cannot be
    used, TooWide beyond the budget.
    """
    if wanted.polarity is None and not denied:
        wanted = replace(wanted, polarity=Polarity.POSITIVE)
    links = Links(archive, wanted, budget or Budget(), own_words=not claimed).all()
    articles: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for link in links:
        if link.object is not None:
            articles[link.subject, link.object].add(link.article)
    apart = set() if concepts else concepts_of(archive, {id_ for pair in articles for id_ in pair})
    return [
        Edge(source, target, len(said))
        for (source, target), said in sorted(articles.items())
        if source not in apart and target not in apart
    ]


def scores_to_json(archive: Archive, scores: Scores, limit: int) -> Json:
    """Write the first entities of a ranking, with their names."""
    first = scores.ranked[:limit]
    return {
        "items": [
            {"entity": end, "score": score}
            for end, (_, score) in zip(_ends(archive, (id_ for id_, _ in first)), first, strict=True)
        ],
        "entities": scores.entities,
        "edges": scores.edges,
        "sampled": scores.sampled,
    }


def groups_to_json(archive: Archive, groups: Groups, limit: int, members: int) -> Json:
    """Write the largest communities, with the names of some members of each."""
    return {
        "items": [
            {"size": len(group), "members": _ends(archive, group[:members])}
            for group in groups.members[:limit]
        ],
        "communities": len(groups.members),
        "modularity": groups.modularity,
        "entities": groups.entities,
        "edges": groups.edges,
    }


def _ends(archive: Archive, ids: Iterable[str]) -> list[Json]:
    given = list(ids)
    known = read_entities(archive, given)
    return [
        end_to_json(known[id_]) if id_ in known else {"id": id_, "label": id_, "type": "Concept"}
        for id_ in given
    ]
