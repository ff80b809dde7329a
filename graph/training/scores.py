"""How alike two labellings of the same tokens are, and how right one is by a treebank; in per cent."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from graph.training.rows import Gold, Labels, Span

Report = dict[str, float]

SUBJECTS = frozenset(("nsubj", "nsubjpass", "nsubj:pass"))
OBJECTS = frozenset(("obj", "dobj"))
# OntoNotes entity types as the mention types of GUM.
COARSE = {"PERSON": "person", "GPE": "place", "LOC": "place", "FAC": "place", "ORG": "organization"}


@dataclass(slots=True)
class Score:
    """Precision, recall and F over sets."""

    right: int = 0
    found: int = 0
    wanted: int = 0

    def add(self, found: set[Any], wanted: set[Any]) -> None:
        """Count one more pair of sets."""
        self.right += len(found & wanted)
        self.found += len(found)
        self.wanted += len(wanted)

    @property
    def f(self) -> float:
        """The F score in per cent; 0 where nothing is right."""
        return per_cent(2 * self.right, self.found + self.wanted)


def per_cent(part: int, whole: int) -> float:
    """Return the part in per cent of the whole, to one decimal; 0 of nothing."""
    return round(100 * part / whole, 1) if whole else 0.0


def agreement(pairs: Iterable[tuple[Labels, Labels]]) -> Report:
    """Compare predictions with references: tags, heads (uas), heads with labels (las), entities, sentences.

    Punctuation does not count for heads.
    """
    right: Counter[str] = Counter()
    ents, starts = Score(), Score()
    for found, wanted in pairs:
        ents.add(set(found["ents"]), set(wanted["ents"]))
        starts.add(_starts(found), _starts(wanted))
        for i, dep in enumerate(wanted["deps"]):
            right["tokens"] += 1
            right["tag"] += wanted["tags"][i] == found["tags"][i]
            if dep != "punct":
                same = wanted["heads"][i] == found["heads"][i]
                right["syntax"] += 1
                right["uas"] += same
                right["las"] += same and dep == found["deps"][i]
    return {
        "tokens": right["tokens"],
        "tag": per_cent(right["tag"], right["tokens"]),
        "uas": per_cent(right["uas"], right["syntax"]),
        "las": per_cent(right["las"], right["syntax"]),
        "ents_f": ents.f,
        "sents_f": starts.f,
    }


def against_gold(pairs: Iterable[tuple[Labels, Gold]]) -> Report:
    """Compare labels with a treebank: tags, pairs of a verb and its subject or object, sentences, names."""
    tags: Counter[bool] = Counter()
    scores = {name: Score() for name in ("nsubj", "obj", "sents", "names")}
    for labels, gold in pairs:
        tags.update(a == b for a, b in zip(gold["tags"], labels["tags"], strict=True))
        for name, kinds in (("nsubj", SUBJECTS), ("obj", OBJECTS)):
            scores[name].add(_arguments(labels, kinds, gold), _arguments(gold, kinds, gold))
        scores["sents"].add(_starts(labels), _starts(gold))
        names = _named(gold)
        scores["names"].add(_found_names(labels["ents"], gold, names), names)
    report: Report = {"tokens": tags.total(), "tag": per_cent(tags[True], tags.total())}
    return report | {f"{name}_f": score.f for name, score in scores.items() if score.wanted}


def _starts(labels: Labels | Gold) -> set[int]:
    """Return where sentences start, but for the first token, which always does."""
    return {i for i, start in enumerate(labels["starts"]) if start == 1 and i}


def _arguments(labels: Labels | Gold, kinds: frozenset[str], gold: Gold) -> set[tuple[int, int]]:
    """Return (verb, dependent) pairs whose head is a verb by the gold."""
    return {
        (labels["heads"][i], i)
        for i, dep in enumerate(labels["deps"])
        if dep in kinds and gold["pos"][labels["heads"][i]] == "VERB"
    }


def _heads_of(span: Span, gold: Gold) -> set[int]:
    start, end, _ = span
    heads = gold["heads"]
    return {i for i in range(start, end) if not start <= heads[i] < end or heads[i] == i}


def _named(gold: Gold) -> set[tuple[int, str]]:
    """Return head token and coarse type of the mentions that a proper noun heads."""
    return {
        (i, span[2])
        for span in gold["mentions"]
        if span[2] in COARSE.values()
        for i in _heads_of(span, gold)
        if gold["pos"][i] == "PROPN"
    }


def _found_names(ents: Iterable[Span], gold: Gold, wanted: set[tuple[int, str]]) -> set[tuple[int, str]]:
    """Return head token and coarse type of the entities; of several heads, the one that is wanted."""
    found = set()
    for span in ents:
        kind = COARSE.get(span[2])
        if kind:
            heads = _heads_of(span, gold)
            found.add((next((i for i in sorted(heads) if (i, kind) in wanted), min(heads)), kind))
    return found
