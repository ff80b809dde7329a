"""Mentions, coreference and linking on GUM's news: what a reading refers to, beside what people marked.

Gold mentions are whole noun phrases, with all that hangs on them; ours are names, pronouns and the phrases
that statements are about. So ours is found if it lies in a gold mention and has one of the words that this
cannot lack; of several the shortest is taken, and each only once. Times are left out, since they are no nodes
of the graph. Coreference is scored, as in OntoNotes, without singletons on either side: a cluster of one
mention says nothing of it. Linking is of named mentions whose entity has a Wikipedia title: ours is right if
its label or an alias is that title, without case, accents and what stands in brackets.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from graph.model import Entity, Node, Reading
from graph.text.reader import Reader
from tests.eval.clusters import SCORES, Score, conll
from tests.eval.figures import Figures
from tests.eval.gum import Document, Gold, read

FOLDER = "gum_news"
TIME = "time"
ASIDE = re.compile(r"\([^)]*\)|[^\w\s]")  # (politician), and dots


@dataclass(frozen=True, slots=True)
class Ours:
    """One mention of a reading: characters [start, end) and the id of its entity."""

    start: int
    end: int
    entity: str


@dataclass(slots=True)
class Sums:
    """The sums over all documents."""

    mentions: Score = field(default_factory=Score)
    names: Score = field(default_factory=Score)
    links: Score = field(default_factory=Score)
    clusters: dict[str, Score] = field(default_factory=lambda: dict.fromkeys(SCORES, Score()))


def evaluate(folder: Path, reader: Reader) -> Figures:
    """Return the figures of `FOLDER` in a folder of open sets. Raises FileNotFoundError if it has none."""
    paths = sorted((folder / FOLDER).glob("*.conllu"))
    if not paths:
        raise FileNotFoundError(2, "no documents", str(folder / FOLDER))
    sums = Sums()
    documents = [read(path) for path in paths]
    readings = reader.read_many(document.article for document in documents)
    for document, reading in zip(documents, readings, strict=True):
        if not isinstance(reading, Reading):
            raise reading.error
        count(document, reading, sums)
    return {
        "gum.mention_f1": sums.mentions.f1,
        "gum.mention_precision": sums.mentions.precision,
        "gum.name_recall": sums.names.recall,
        "gum.conll_f1": conll(sums.clusters),
        **{f"gum.{name}_f1": score.f1 for name, score in sums.clusters.items()},
        "gum.link_precision": sums.links.precision,
        "gum.link_recall": sums.links.recall,
        "gum.link_f1": sums.links.f1,
    }


def count(document: Document, reading: Reading, sums: Sums) -> None:
    """Add one document to the sums."""
    gold = [mention for mention in document.mentions if mention.kind != TIME]
    found = align(gold, list(ours(reading)))
    hits = sum(mention is not None for _, mention in found)
    sums.mentions += Score(hits, len(found), hits, len(gold))
    aligned = [(one, mention) for one, mention in found if mention is not None]
    named = sum(mention.named for mention in gold)
    sums.names += Score(found=sum(mention.named for _, mention in aligned), wanted=named)
    sums.links += linked(gold, aligned, reading.entities)
    wanted = _clusters((mention.entity, number) for number, mention in enumerate(gold))
    numbers = {id(mention): number for number, mention in enumerate(gold)}
    made = _clusters((one.entity, _same(one, mention, numbers)) for one, mention in found)
    for name, score in SCORES.items():
        sums.clusters[name] += score(wanted, made)


def ours(reading: Reading) -> Iterator[Ours]:
    """Give the mentions of a reading, names and pronouns before what only statements are about."""
    seen: set[tuple[int, int]] = set()
    nodes = (
        node for made in reading.statements for node in (made.subject, made.object) if isinstance(node, Node)
    )
    told = (Ours(node.start, node.end, node.id) for node in nodes)
    for one in (*(Ours(m.start, m.end, m.entity) for m in reading.mentions), *told):
        if (one.start, one.end) not in seen:
            seen.add((one.start, one.end))
            yield one


def align(gold: Sequence[Gold], made: Iterable[Ours]) -> list[tuple[Ours, Gold | None]]:
    """Return each of our mentions with the gold mention that it is, if any.

    What falls on a gold mention that our mention of the same entity already is says nothing new and is
    left out.
    """
    taken: dict[int, str] = {}
    found: list[tuple[Ours, Gold | None]] = []
    for one in made:
        fitting = [mention for mention in gold if fits(one, mention)]
        if any(taken.get(id(mention)) == one.entity for mention in fitting):
            continue
        free = (mention for mention in fitting if id(mention) not in taken)
        best = min(free, key=lambda mention: mention.end - mention.start, default=None)
        if best is not None:
            taken[id(best)] = one.entity
        found.append((one, best))
    return found


def fits(one: Ours, gold: Gold) -> bool:
    """Whether our mention lies in a gold one and has a word that this cannot lack."""
    within = gold.start <= one.start and one.end <= gold.end
    return within and any(start < one.end and one.start < end for start, end in gold.least)


def linked(gold: Iterable[Gold], aligned: Iterable[tuple[Ours, Gold]], entities: Iterable[Entity]) -> Score:
    """Count named mentions whose entity has a title, and those of them whose entity of ours has it."""
    names = {entity.id: {plain(name) for name in (entity.label, *entity.aliases)} for entity in entities}
    tried = [(one, mention) for one, mention in aligned if mention.named and mention.title]
    right = sum(plain(mention.title) in names.get(one.entity, ()) for one, mention in tried)
    return Score(right, len(tried), right, sum(bool(mention.named and mention.title) for mention in gold))


def plain(name: str) -> str:
    """Return a name without case, accents, an article, punctuation and what stands in brackets."""
    letters = unicodedata.normalize("NFKD", ASIDE.sub("", name).casefold())
    words = "".join(char for char in letters if not unicodedata.combining(char)).split()
    return " ".join(words[1:] if words[:1] == ["the"] else words)


def _same(one: Ours, mention: Gold | None, numbers: dict[int, int]) -> Hashable:
    """Return what names a mention in both partitions: the number of its gold mention, else itself."""
    return one if mention is None else numbers[id(mention)]


def _clusters(pairs: Iterable[tuple[str, Hashable]]) -> list[set[Hashable]]:
    """Group mentions by entity; singletons are left out."""
    grouped: dict[str, set[Hashable]] = defaultdict(set)
    for entity, mention in pairs:
        grouped[entity].add(mention)
    return [cluster for cluster in grouped.values() if len(cluster) > 1]
