"""The teacher's systematic mistakes with names are corrected. In this order:

1. known places and peoples get their type, unless the corpus mostly has the name inside people's names;
2. a name that says its type itself gets it (evidence.py: *Chelsea F.C.*, *Hurricane Ida*, *Ada Ferran*);
3. a form that the corpus mostly gives one type gets it everywhere;
4. what a document says of a name at all its places decides there (votes.py);
5. *Smith* is a person in a document that has *John Smith*;
6. names that were missed are added where their form leaves little doubt, or the document has them elsewhere.

Only names are touched, not dates, numbers or money.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path

from graph.training.evidence import by_form, is_storm
from graph.training.places import gazetteer
from graph.training.rows import Paragraph, Span, read, read_documents, sources, write
from graph.training.survey import NAMES, Survey, surface, trim
from graph.training.votes import VOTING, Ballot, ballot, voting

PROPER = frozenset(("NNP", "NNPS"))
NOUNS = PROPER | {"JJ", "NN", "NNS"}  # what the name of a people may be
SHORT_TITLES = {"Mr.", "Mrs.", "Ms.", "Dr.", "Sen.", "Rep.", "Gen."}
TITLES = SHORT_TITLES | {"President", "Minister", "Chancellor", "Senator", "General", "Secretary", "Judge"}
LONGEST_NAME = 6  # tokens
OTHER_WORKS = frozenset(("WORK_OF_ART", "LAW", "LANGUAGE"))  # may be called like anything


@dataclass(frozen=True, slots=True)
class Known:
    """What the corrections lean on, and a count of what they changed."""

    survey: Survey
    places: dict[str, str]
    frequent: dict[str, str]
    first_names: frozenset[str]
    changes: Counter[str] = field(default_factory=Counter)


def denoise(labels: Path, out: Path) -> None:
    """Write `out`/NAME.jsonl with corrected entities for each file of `labels`, and what changed, counted."""
    paths = sources(labels)
    known = know(Survey(chain.from_iterable(read(path) for path in paths)))
    for path in paths:
        write(out / path.name, _corrected(path, known))
    (out / "changes.json").write_text(json.dumps(dict(known.changes.most_common()), indent=1), "utf-8")


def know(survey: Survey) -> Known:
    """Return what is known of names: the gazetteer, less the cities that are mostly people here."""
    places, cities = gazetteer()
    places.update({name: label for name, label in cities.items() if not survey.is_person_name(name)})
    first_names = survey.first_names() - places.keys()
    return Known(survey, places, survey.frequent_names(), first_names)


def correct(document: list[Paragraph], known: Known) -> None:
    """Correct the entities of one document, in place."""
    for paragraph in document:
        paragraph["ents"] = [_relabelled(paragraph, span, known) for span in paragraph["ents"]]
    counted = ballot(document, known.survey)
    for paragraph in document:
        paragraph["ents"] = [_voted(paragraph, span, counted, known) for span in paragraph["ents"]]
    _share_persons(document, known)
    forms = _forms(document, known)
    for paragraph in document:
        _add_missing(paragraph, known, forms)


def _corrected(path: Path, known: Known) -> Iterator[Paragraph]:
    for document in read_documents(path):
        correct(document, known)
        yield from document


def _relabelled(paragraph: Paragraph, span: Span, known: Known) -> Span:
    """Return a name trimmed and with its better label; anything else as it is."""
    label = span[2]
    if label not in NAMES:
        return span
    start, end, _ = trim(paragraph, span)
    start = _with_storm(paragraph["words"], start, end)
    form = surface(paragraph, start, end)
    titled = start > 0 and paragraph["words"][start - 1] in TITLES
    new = None if titled and label == "PERSON" else known.places.get(form)
    if new == "NORP" and label == "LANGUAGE":
        new = "LANGUAGE"
    if not new and label not in OTHER_WORKS:
        new = by_form(paragraph["words"][start:end], known.first_names)
    if not new and not titled:
        new = known.survey.majority(form, end - start)
    if new and new != label:
        known.changes[f"{label}->{new}"] += 1
    return start, end, new or label


def _with_storm(words: list[str], start: int, end: int) -> int:
    """Return where a storm's name begins of which the teacher saw only the last word."""
    while start > 0 and is_storm(words[start - 1 : end]):
        start -= 1
    return start


def _voted(paragraph: Paragraph, span: Span, counted: Ballot, known: Known) -> Span:
    start, end, label = span
    form = surface(paragraph, start, end)
    sure = form in known.places or label not in VOTING or by_form(form.split(), known.first_names)
    new = label if sure else counted.get(form, label)
    if new != label:
        known.changes[f"{label}->{new} (votes)"] += 1
    return start, end, new


def _forms(document: list[Paragraph], known: Known) -> dict[str, str]:
    """Return the names that a document has, with their types, for the places where they were missed.

    Not those that the corpus knows better, or mostly takes for no name at all.
    """
    found = (named for paragraph in document for named in voting(paragraph))
    forms = {form: label for form, (_, _, label) in found if form[:1].isupper() and len(form) > 2}
    return {form: label for form, label in forms.items() if known.survey.is_name(form, label)}


def _share_persons(document: list[Paragraph], known: Known) -> None:
    """Make a lone last name the person of the full name, within one document."""
    last = {
        paragraph["words"][end - 1]
        for paragraph in document
        for start, end, label in paragraph["ents"]
        if label == "PERSON" and end - start > 1
    }
    last = {word for word in last if _may_be_last_name(word, known)}
    for paragraph in document:
        words, tags = paragraph["words"], paragraph["tags"]
        ents = [_as_person(words, span, last, known.changes) for span in paragraph["ents"]]
        used = _taken(ents)
        for i, word in enumerate(words):
            if word in last and i not in used and tags[i] == "NNP" and not _beside_name(tags, i, i + 1):
                ents.append((i, i + 1, "PERSON"))
                known.changes["missed PERSON (document)"] += 1
        paragraph["ents"] = sorted(ents)


def _may_be_last_name(word: str, known: Known) -> bool:
    looks = word not in known.places and word[:1].isupper() and len(word) > 2
    return looks and known.survey.majority(word, 1) in (None, "PERSON")


def _as_person(words: list[str], span: Span, last: set[str], changes: Counter[str]) -> Span:
    start, end, label = span
    if end - start == 1 and words[start] in last and label in NAMES and label != "PERSON":
        changes[f"{label}->PERSON (document)"] += 1
        return start, end, "PERSON"
    return span


def _add_missing(paragraph: Paragraph, known: Known, forms: dict[str, str]) -> None:
    """Add names that the teacher missed, the longest match first."""
    words, used = paragraph["words"], _taken(paragraph["ents"])
    for start, word in enumerate(words):
        if start in used or not word[:1].isupper():
            continue
        for end in range(min(start + LONGEST_NAME, len(words)), start, -1):
            label = (
                None if used.intersection(range(start, end)) else _missed(paragraph, start, end, known, forms)
            )
            if label:
                paragraph["ents"].append((start, end, label))
                used.update(range(start, end))
                known.changes[f"missed {label}"] += 1
                break
    paragraph["ents"].sort()


def _missed(paragraph: Paragraph, start: int, end: int, known: Known, forms: dict[str, str]) -> str | None:
    """Return the label of a name that stands free at `start`, or None."""
    tags = paragraph["tags"]
    form = surface(paragraph, start, end)
    label = known.frequent.get(form) or known.places.get(form)
    if not label and all(tag in PROPER for tag in tags[start:end]):
        label = forms.get(form) or by_form(paragraph["words"][start:end], known.first_names)
    if not label:
        return None
    people = label == "NORP"
    if tags[end - 1] not in (NOUNS if people else PROPER) or _beside_name(tags, start, end, after=not people):
        return None
    hyphenated = (start > 0 and tags[start - 1] == "HYPH") or (end < len(tags) and tags[end] == "HYPH")
    return None if hyphenated else label


def _taken(ents: list[Span]) -> set[int]:
    return {i for start, end, _ in ents for i in range(start, end)}


def _beside_name(tags: list[str], start: int, end: int, *, after: bool = True) -> bool:
    """Tell whether a proper noun stands right before the span (or after it)."""
    return (start > 0 and tags[start - 1] in PROPER) or (after and end < len(tags) and tags[end] in PROPER)
