"""What the teacher says of each name over the whole corpus: the ground for correcting it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable

from graph.training.rows import Labels, Paragraph, Span

NAMES = frozenset(
    ("PERSON", "NORP", "FAC", "ORG", "GPE", "LOC", "PRODUCT", "EVENT", "WORK_OF_ART", "LAW", "LANGUAGE")
)
CLOSING_TAGS = frozenset(("POS", ",", ":", "''", "``"))
OPENING_TAGS = frozenset((",", ":", "''", "``", "-LRB-"))
PERSON_SHARE = 0.3  # of a form's uses; more inside people's names make it a person's name
# The least count and share of its commonest label for a form of one token, and of several.
ONE_TOKEN = (8, 0.75)
SEVERAL_TOKENS = (4, 0.6)
FREQUENT = (10, 0.85)  # the same for a form that is an entity wherever it stands
FIRST_NAME = (10, 0.8)  # the same for people among the names that begin with a word
SURNAMES = 5  # the least different ones that follow a first name
ENOUGH = 5  # uses of a form that say all that they can


class Survey:
    """Counts of labels for each surface form."""

    def __init__(self, paragraphs: Iterable[Paragraph]) -> None:
        self.labels: defaultdict[str, Counter[str]] = defaultdict(Counter)  # form -> label -> count
        self.in_person: Counter[str] = Counter()  # word -> times inside a longer person's name
        self.bare: Counter[str] = Counter()  # proper noun -> times outside of any name
        for paragraph in paragraphs:
            self._add(paragraph)

    def _add(self, paragraph: Paragraph) -> None:
        for span in paragraph["ents"]:
            if span[2] not in NAMES:
                continue
            start, end, label = trim(paragraph, span)
            self.labels[surface(paragraph, start, end)][label] += 1
            if label == "PERSON" and end - start > 1:
                self.in_person.update(paragraph["words"][start:end])

        inside = {i for start, end, _ in paragraph["ents"] for i in range(start, end)}
        tagged = enumerate(zip(paragraph["words"], paragraph["tags"], strict=True))
        self.bare.update(word for i, (word, tag) in tagged if tag == "NNP" and i not in inside)

    def is_name(self, form: str, label: str) -> bool:
        """Tell whether a form is a name of that type wherever it stands: nothing here speaks against it."""
        counts = self.labels.get(form, Counter())
        return 2 * counts[label] >= counts.total() and counts.total() > self.bare[form]

    def is_person_name(self, form: str) -> bool:
        """Tell whether a place's name is mostly part of people's names here."""
        counts = self.labels.get(form, Counter())
        inside = self.in_person[form]
        return inside > counts["GPE"] and inside > PERSON_SHARE * counts.total()

    def majority(self, form: str, length: int) -> str | None:
        """Return the label that a form of `length` tokens mostly has, or None if that is not clear."""
        counts = self.labels.get(form)
        if not counts:
            return None
        least, share = ONE_TOKEN if length == 1 else SEVERAL_TOKENS
        label, best = counts.most_common(1)[0]
        total = counts.total()
        return label if total >= least and best >= share * total else None

    def first_names(self) -> frozenset[str]:
        """Return words that begin names of several words which nearly always are people's."""
        labels: defaultdict[str, Counter[str]] = defaultdict(Counter)
        surnames: defaultdict[str, set[str]] = defaultdict(set)
        for form, counts in self.labels.items():
            first, *rest = form.split()
            if rest:
                labels[first].update(counts)
                if counts["PERSON"]:
                    surnames[first].add(rest[-1])
        least, share = FIRST_NAME
        return frozenset(
            first
            for first, counts in labels.items()
            if counts["PERSON"] >= max(least, share * counts.total())
            and len(surnames[first]) >= SURNAMES
            and first[:1].isupper()
            and first.isalpha()
        )

    def share(self, form: str) -> dict[str, float]:
        """Return the share of each label in a form's uses, less where these are few."""
        counts = self.labels.get(form, Counter())
        total = max(ENOUGH, counts.total())
        return {label: count / total for label, count in counts.items()}

    def frequent_names(self) -> dict[str, str]:
        """Return the forms of at least two words that are nearly always the same kind of entity."""
        least, share = FREQUENT
        wanted = {}
        for form, counts in self.labels.items():
            label, best = counts.most_common(1)[0]
            if best >= least and best >= share * counts.total() and " " in form and form[0].isupper():
                wanted[form] = label
        return wanted


def surface(paragraph: Paragraph, start: int, end: int) -> str:
    """Return the text of a span, apostrophes made plain."""
    pairs = zip(paragraph["words"][start:end], paragraph["spaces"][start:end], strict=True)
    return "".join(word + " " * space for word, space in pairs).strip().replace("’", "'")


def trim(labels: Labels, span: Span) -> Span:
    """Drop a possessive marker or punctuation from the ends of a name."""
    start, end, label = span
    while end - start > 1 and labels["tags"][end - 1] in CLOSING_TAGS:
        end -= 1
    while end - start > 1 and labels["tags"][start] in OPENING_TAGS:
        start += 1
    return start, end, label
