"""Which statements are asked for, and the check that it can be meant. `plans.py` finds them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Any, Final, TypeAlias, TypeVar

from graph.errors import BadFilter
from graph.model import Modality, Polarity
from graph.store.search_words import words
from graph.vocab import is_iri

T = TypeVar("T")

Several: TypeAlias = T | Sequence[T]
"""One, or some of which any will do."""

MOST_VALUES: Final = 20
"""Values of one filter at most, of which any will do."""


@dataclass(frozen=True, slots=True)
class StatementFilter:
    """What a statement must be; fields that are None ask for nothing, the others all hold.

    `about` is an entity at either end or in an argument, `between` two entities that are the ends, either way
    round. `predicate` also finds narrower predicates. Those that are `Several` may be given more than once.
    `from_` and `to` are days that the statement's time overlaps. `min_support` is the number of articles
    that say the same: subject, predicate, object and polarity. `q` stands, in any case, in the sentence or
    in the label of subject, predicate or object.
    """

    about: str | None = None
    subject: str | None = None
    predicate: Several[str] | None = None
    object: str | None = None
    modality: Several[Modality] | None = None
    polarity: Several[Polarity] | None = None
    attributed_to: str | None = None
    article: str | None = None
    from_: date | None = None
    to: date | None = None
    min_confidence: float | None = None
    q: str | None = None
    between: tuple[str, str] | None = None
    min_support: int | None = None

    @property
    def given(self) -> frozenset[str]:
        """The names of the fields that ask for something."""
        return frozenset(each.name for each in fields(self) if getattr(self, each.name) is not None)

    @property
    def empty(self) -> bool:
        """True if every statement is asked for."""
        return not self.given

    @property
    def whole(self) -> bool:
        """True if all that an article says is asked for: of each article, or of the one that it names."""
        return self.given <= {"article"}

    @property
    def entities(self) -> dict[str, str]:
        """The ids of entities that it names, each with the name of its filter as HTTP has it."""
        given = {name: shown for name, shown in ENTITY_FIELDS.items() if getattr(self, name) is not None}
        named = {getattr(self, name): shown for name, shown in given.items()}
        return {**named, **dict.fromkeys(self.between or (), "between")}

    @property
    def predicates(self) -> tuple[str, ...]:
        """The ids of relations that it names."""
        return several(self.predicate)

    @property
    def modalities(self) -> tuple[Modality, ...]:
        """The modalities that it names."""
        return tuple(map(Modality, several(self.modality)))

    @property
    def polarities(self) -> tuple[Polarity, ...]:
        """The polarities that it names."""
        return tuple(map(Polarity, several(self.polarity)))


_ANY: Final = "http://localhost/"
ENTITY_FIELDS: Final = {
    "about": "about",
    "subject": "subject",
    "object": "object",
    "attributed_to": "attributedTo",
}
"""The fields that are ids of entities, with the names that HTTP gives them."""


def several(value: Any) -> tuple[Any, ...]:
    """Give the values of a filter that may have one or some."""
    if value is None:
        return ()
    return tuple(value) if isinstance(value, list | tuple) else (value,)


def pair_of(text: str) -> tuple[str, str]:
    """Read the filter `between`: two ids with a comma between. Raises BadFilter."""
    ids = [id_.strip() for id_ in text.split(",")]
    if len(ids) != 2 or not all(ids):
        raise BadFilter("The filter between takes two ids of entities, with a comma between.")
    return ids[0], ids[1]


def validate(wanted: StatementFilter) -> None:
    """Raise BadFilter for a value that no statement can have, saying which."""
    for id_, name in (*wanted.entities.items(), *((id_, "predicate") for id_ in wanted.predicates)):
        _check_id(name, id_)
    if wanted.article is not None:
        _check_id("article", wanted.article)
    for name, kind, values in (
        ("modality", Modality, several(wanted.modality)),
        ("polarity", Polarity, several(wanted.polarity)),
    ):
        for value in values:
            if value not in list(kind):
                raise BadFilter(f"The filter {name} cannot be {value!r}; give one of {', '.join(kind)}.")
    for name in ("predicate", "modality", "polarity"):
        if len(several(getattr(wanted, name))) > MOST_VALUES:
            raise BadFilter(f"The filter {name} has over {MOST_VALUES} values; give fewer.")
    _check_bounds(wanted)


def _check_bounds(wanted: StatementFilter) -> None:
    if wanted.from_ and wanted.to and wanted.from_ > wanted.to:
        raise BadFilter(f"The filter from ({wanted.from_}) is after to ({wanted.to}); swap the two.")
    if wanted.min_confidence is not None and not 0 <= wanted.min_confidence <= 1:
        raise BadFilter(f"The filter minConfidence is {wanted.min_confidence}; give a number from 0 to 1.")
    if wanted.min_support is not None and not 1 <= wanted.min_support < 2**53:
        raise BadFilter(f"The filter minSupport is {wanted.min_support}; give a number of articles from 1.")
    if wanted.q is not None:
        if not is_text(wanted.q):
            raise BadFilter(f"The filter q cannot be {wanted.q!r}, which is no text in UTF-8; give words.")
        words(wanted.q)


def _check_id(name: str, id_: str) -> None:
    if is_iri(f"{_ANY}{id_}"):
        return
    joined = "_".join(id_.split())
    near = f"try {joined!r}, or search for the name" if is_iri(f"{_ANY}{joined}") else "search for the name"
    raise BadFilter(f"The filter {name} cannot be {id_!r}, which is no id; {near}.")


def is_text(given: str) -> bool:
    """Return whether it can be written down: half a surrogate pair cannot."""
    try:
        given.encode()
    except UnicodeEncodeError:
        return False
    return True
