"""A user's own list of known entities: names that are found and merged although no model knows them.

Two forms. A CSV file with the columns `id,label,aliases,type` (aliases with `|` between; `aliases`,
`type` and other columns may be left out), or SKOS as Turtle: `skos:prefLabel`, `skos:altLabel` and, for
the type, `rdf:type`. An id is one of ours (*Maria_Okafor*) or an IRI, whose last part then is the id and
which the entity is the same as; without one it is made of the label.
"""

from __future__ import annotations

import csv
import io
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from graph.errors import SettingsError
from graph.model import EntityType
from graph.text.variants import fold
from graph.vocab import RDF, SKOS, is_iri, slug

MAX_NAME = 200  # characters; a longer one is a sentence in the wrong column
TYPE_NAMES = MappingProxyType(
    {
        **{type_.value.lower(): type_ for type_ in EntityType},
        **dict.fromkeys(("organisation", "company", "corporation"), EntityType.ORGANIZATION),
        **dict.fromkeys(("governmentorganization", "newsmediaorganization"), EntityType.ORGANIZATION),
        **dict.fromkeys(("politicalparty", "ngo", "sportsteam"), EntityType.ORGANIZATION),
        **dict.fromkeys(("country", "city", "administrativearea", "location"), EntityType.PLACE),
        "work": EntityType.WORK,
        "law": EntityType.LAW,
    }
)
"""What a type may be called, in small letters: our names, those of schema.org below them, a few more."""
_COLUMNS = ("id", "label")


@dataclass(frozen=True, slots=True)
class KnownEntity:
    """One entity of a list; `type` is None where the list does not say, so that the articles decide."""

    id: str
    label: str
    type: EntityType | None = None
    aliases: tuple[str, ...] = ()
    same_as: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """The label and the aliases."""
        return (self.label, *self.aliases)


class KnownEntities:
    """The entities of a list by their names, which are compared without spaces and forms of quotes."""

    def __init__(self, entities: Iterable[KnownEntity] = ()) -> None:
        named: dict[str, dict[str, KnownEntity]] = defaultdict(dict)
        folded: dict[str, dict[str, KnownEntity]] = defaultdict(dict)
        for entity in entities:
            for name in entity.names:
                named[_squeeze(name)][entity.id] = entity
                folded[fold(name)][entity.id] = entity
        self._by_id = {entity.id: entity for ids in named.values() for entity in ids.values()}
        self._named = {name: tuple(ids.values()) for name, ids in named.items()}
        self._folded = {name: tuple(ids.values()) for name, ids in folded.items()}
        self._sorted = sorted(self._named)

    def entity(self, id_: str) -> KnownEntity:
        """Return the entity with an id. Raises KeyError if there is none."""
        return self._by_id[id_]

    def named(self, text: str) -> tuple[KnownEntity, ...]:
        """Return the entities that have just this name, small letters and capitals kept apart."""
        return self._named.get(_squeeze(text), ())

    def spelled(self, folded: str) -> KnownEntity | None:
        """Return the one entity with a name of this folded form (`variants.fold`), or None."""
        found = self._folded.get(folded, ())
        return found[0] if len(found) == 1 else None

    def spans(self, words: Sequence[str]) -> Iterator[tuple[int, int]]:
        """Give [start, end) of the names among the words of a text: the longest first to begin."""
        start = 0
        while self._sorted and start < len(words):
            end = self._end(words, start)
            if end > start:
                yield start, end
            start = max(end, start + 1)

    def _end(self, words: Sequence[str], start: int) -> int:
        """Return where the longest name that begins at `start` ends, or `start`; ends with the names."""
        end, text = start, ""
        for i in range(start, len(words)):
            piece = _squeeze(words[i])
            text += piece
            at = bisect_left(self._sorted, text)
            if not text or at == len(self._sorted) or not self._sorted[at].startswith(text):
                break
            if piece and self._sorted[at] == text:
                end = i + 1
        return end


NONE = KnownEntities()
"""The empty list."""


def load(file: str) -> KnownEntities:
    """Read a list of known entities (the setting `entities`); no file gives the empty one.

    Raises SettingsError, with the line where there is one, if it cannot be read or means nothing.
    """
    if not file:
        return NONE
    path = Path(file)
    reader = _READERS.get(path.suffix.lower())
    if reader is None:
        raise _wrong(path, f"its name must end with one of {', '.join(_READERS)}")
    try:
        text = path.read_text("utf-8-sig")
    except OSError as error:
        raise _wrong(path, f"it cannot be read ({error.strerror or error})") from error
    except UnicodeDecodeError as error:
        raise _wrong(path, "it is not UTF-8; save it as that") from error
    return KnownEntities(_unique(path, reader(path, text)))


def _squeeze(text: str) -> str:
    return "".join(text.split()).replace("’", "'")


def _wrong(path: Path, what: str) -> SettingsError:
    return SettingsError(f"The list of known entities {path} (NEWSGRAPH_ENTITIES) cannot be used: {what}.")


def _unique(path: Path, rows: Iterable[tuple[str, KnownEntity]]) -> Iterator[KnownEntity]:
    """Give the entities of (where in the list, entity), each checked."""
    seen: dict[str, str] = {}
    for where, entity in rows:
        for name in entity.names:
            if len(name) > MAX_NAME or not any(c.isalnum() for c in name):
                short = f"{name[:40]}…" if len(name) > MAX_NAME else name
                raise _wrong(path, f"{where} has {short!r}, which is no name of 1 to {MAX_NAME} characters")
        if entity.id in seen:
            raise _wrong(path, f"{where} has the id {entity.id!r} of {seen[entity.id]}; give it another")
        seen[entity.id] = where
        yield entity


def _from_csv(path: Path, text: str) -> Iterator[tuple[str, KnownEntity]]:
    rows = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    try:
        missing = [column for column in _COLUMNS if column not in (rows.fieldnames or ())]
        if missing:
            raise _wrong(path, f"line 1 lacks the column {missing[0]!r}; begin with id,label,aliases,type")
        for row in rows:
            where = f"line {rows.line_num}"
            if None in row:
                raise _wrong(path, f"{where} has more fields than the first; put quotes round a comma")
            yield where, _from_row(path, where, {column: value or "" for column, value in row.items()})
    except csv.Error as error:
        raise _wrong(path, f"line {rows.reader.line_num} is no CSV ({error})") from error


def _from_row(path: Path, where: str, row: dict[str, str]) -> KnownEntity:
    label = " ".join(row["label"].split())
    if not label:
        raise _wrong(path, f"{where} has no label; give it the name that the entity is shown with")
    said = row.get("type", "").strip()
    if said and said.lower() not in TYPE_NAMES:
        allowed = ", ".join(EntityType)
        raise _wrong(path, f"{where} has the type {said!r}; use one of {allowed}, or leave it empty")
    type_ = TYPE_NAMES.get(said.lower())
    aliases = _aliases(label, row.get("aliases", "").split("|"))
    id_, same_as = _identify(path, where, row["id"].strip() or slug(label))
    return KnownEntity(id_, label, type_, aliases, same_as)


def _aliases(label: str, names: Iterable[str]) -> tuple[str, ...]:
    whole = (" ".join(name.split()) for name in names)
    return tuple(dict.fromkeys(name for name in whole if name and name != label))


def _identify(path: Path, where: str, given: str) -> tuple[str, tuple[str, ...]]:
    """Return the id of an entity and what it is the same as: of an IRI the last part is the id."""
    if not given.startswith(("http://", "https://")):
        id_ = given
    elif is_iri(given):
        id_ = slug(given.rstrip("/#").replace("#", "/").rsplit("/", 1)[-1])
    else:
        raise _wrong(path, f"{where} has the id {given!r}, which is no IRI; mend it")
    if not id_ or slug(id_) != id_:
        hint = slug(given) or "Maria_Okafor"
        raise _wrong(
            path, f"{where} has the id {given!r}; use letters, digits, '_', '-', '.', as in {hint!r}"
        )
    return id_, () if id_ == given else (given,)


@dataclass(slots=True)
class _Concept:
    """What a Turtle file says of one subject."""

    preferred: list[Literal] = field(default_factory=list)
    aliases: list[str] = field(default_factory=list)
    classes: list[str] = field(default_factory=list)


def _from_skos(path: Path, text: str) -> Iterator[tuple[str, KnownEntity]]:
    for iri, concept in _concepts(path, text).items():
        where = f"<{iri}>"
        if concept.aliases and not concept.preferred:
            raise _wrong(path, f"{where} has a skos:altLabel and no skos:prefLabel; give it one")
        if concept.preferred:
            label = " ".join(_preferred(concept.preferred).split())
            id_, same_as = _identify(path, where, iri)
            aliases = _aliases(label, concept.aliases)
            yield where, KnownEntity(id_, label, _type_of(concept.classes), aliases, same_as)


def _concepts(path: Path, text: str) -> dict[str, _Concept]:
    """Return subject -> what is said of it; other statements of the file are left alone."""
    found: dict[str, _Concept] = defaultdict(_Concept)
    try:
        for quad in parse(text.encode(), RdfFormat.TURTLE):
            if isinstance(quad.subject, NamedNode):
                _add(found[quad.subject.value], quad.predicate.value, quad.object)
    except SyntaxError as error:
        raise _wrong(path, f"line {error.lineno} is no Turtle ({error.msg})") from error
    return found


def _add(concept: _Concept, predicate: str, value: object) -> None:
    if predicate == f"{SKOS}prefLabel" and isinstance(value, Literal):
        concept.preferred.append(value)
    elif predicate == f"{SKOS}altLabel" and isinstance(value, Literal):
        if value.language is None or _is_english(value.language):
            concept.aliases.append(value.value)
    elif predicate == f"{RDF}type" and isinstance(value, NamedNode):
        concept.classes.append(value.value)


def _is_english(language: str) -> bool:
    return language.lower().split("-")[0] == "en"


def _preferred(labels: Sequence[Literal]) -> str:
    """Return the English label, else one of no language, else the first."""
    return min(
        labels, key=lambda label: (not _is_english(label.language or ""), label.language is not None)
    ).value


def _type_of(classes: Iterable[str]) -> EntityType | None:
    """Return the first class that we have a type for; everything in SKOS is a Concept, which says nothing."""
    names = (iri.replace("#", "/").rsplit("/", 1)[-1].lower() for iri in classes)
    found = (TYPE_NAMES[name] for name in names if name in TYPE_NAMES)
    return next((type_ for type_ in found if type_ is not EntityType.CONCEPT), None)


_READERS: Mapping[str, Callable[[Path, str], Iterator[tuple[str, KnownEntity]]]] = MappingProxyType(
    {".csv": _from_csv, ".ttl": _from_skos}
)
