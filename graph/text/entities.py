"""Who and what an article is about: mentions of the same thing become one entity.

Merging is conservative; a duplicate is better than a wrong merge. A single name joins a full name
only if exactly one full name of the article fits (*Xi* and *Xi Jinping*).
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from graph.model import Entity, EntityType
from graph.text import lexicon
from graph.text.mentions import KINDS, Name
from graph.vocab import slug

SUFFIX = re.compile(r",? (?:Inc|Corp|Ltd|LLC|PLC|plc|Co|AG|SA|NV|GmbH)\.?$|['’]s$")
SAME_SOUND = ((r"iy\b|yy\b|ii\b|ij\b|y\b|i\b", "y"), (r"(.)\1", r"\1"), (r"kh", "h"))


@dataclass(frozen=True, slots=True)
class Cast:
    """The named entities of one article, and which tokens name which (`by_token`: index -> entity id)."""

    entities: Mapping[str, Entity]
    by_token: Mapping[int, str]
    names: tuple[Name, ...]


def build(names: Iterable[Name]) -> Cast:
    """Merge the named mentions of one article."""
    names = tuple(names)
    keys = _keys(names)
    groups: dict[str, list[Name]] = defaultdict(list)
    for name, key in zip(names, keys, strict=True):
        groups[key].append(name)
    entities: dict[str, Entity] = {}
    ids: dict[str, str] = {}
    for key, members in groups.items():
        entity = _entity(key, members)
        ids[key] = entity.id
        entities[entity.id] = _joined(entities.get(entity.id), entity)
    by_token = {
        i: ids[key]
        for name, key in zip(names, keys, strict=True)
        for i in range(name.start, name.end)
        if ids[key]
    }
    for entity in list(entities.values()):
        _add_what_it_stands_for(entity, entities)
    return Cast(entities, by_token, names)


def _joined(old: Entity | None, new: Entity) -> Entity:
    if old is None:
        return new
    return replace(old, aliases=tuple(sorted({*old.aliases, *new.aliases} - {old.label})))


def fold(text: str) -> str:
    """Return a name without accents, case, legal suffix and differences of transliteration."""
    plain = unicodedata.normalize("NFKD", SUFFIX.sub("", text))
    folded = (
        "".join(c for c in plain if not unicodedata.combining(c))
        .casefold()
        .replace(".", "")
        .replace("’", "'")
    )
    for pattern, sound in SAME_SOUND:
        folded = re.sub(pattern, sound, folded)
    return folded


def _keys(names: tuple[Name, ...]) -> list[str]:
    """Return for each mention the key of its entity: a canonical label, or a folded name."""
    people = {fold(n.text) for n in names if n.type is EntityType.PERSON and " " in n.text}
    acronyms = _acronyms(names)
    return [_key(name, people, acronyms) for name in names]


def _key(name: Name, people: set[str], acronyms: Mapping[str, str]) -> str:
    if name.adjective and (country := lexicon.country_of(name.text)) is not None:
        return f"known:{country}"
    known = lexicon.known().get(name.text)
    folded = fold(name.text)
    if name.type is EntityType.PERSON or (known is None and name.type is not EntityType.GROUP):
        full = _full_name(folded, people)
        if full is not None:
            return f"person:{full}"
    if known is not None and name.type is not EntityType.PERSON:
        return f"known:{known.label}"
    if name.text in acronyms:
        return f"name:{acronyms[name.text]}"
    kind = "person" if name.type is EntityType.PERSON else "name"
    return f"{kind}:{folded}"


def _full_name(folded: str, people: set[str]) -> str | None:
    """Return the one full name that `folded` is or is a part of (first or last word), or None."""
    parts = folded.split()
    if not parts:
        return None
    if len(parts) == 1:
        fits = [full for full in people if folded in (full.split()[0], full.split()[-1])]
    else:
        fits = [full for full in people if full.split()[0] == parts[0] and full.split()[-1] == parts[-1]]
        fits = [min(fits, key=lambda full: (-len(full), full))] if fits else []
    return fits[0] if len(fits) == 1 else None


def _acronyms(names: tuple[Name, ...]) -> dict[str, str]:
    """Return acronym -> folded long name, where a long name of the article has just these initials."""
    found: dict[str, str] = {}
    long_names = {n.text for n in names if n.type is EntityType.ORGANIZATION and " " in n.text}
    for text in sorted(long_names):
        initials = "".join(word[0] for word in text.split() if word[0].isupper())
        if len(initials) >= 3:
            found[initials] = fold(text)
    return found


def _entity(key: str, members: list[Name]) -> Entity:
    kind, _, rest = key.partition(":")
    texts = Counter(m.text for m in members if not m.adjective) or Counter(m.text for m in members)
    if kind == "known":
        return _known(rest, texts)
    label = max(texts, key=lambda text: (len(text.split()), texts[text], len(text), text))
    types = Counter(m.type for m in members)
    type_ = (
        EntityType.PERSON
        if kind == "person"
        else max(types, key=lambda t: (types[t], t is not EntityType.CONCEPT))
    )
    label = SUFFIX.sub("", label) if type_ is EntityType.PERSON else label
    return Entity(_id(label, type_), label, type_, tuple(sorted(set(texts) - {label})))


def _known(label: str, texts: Counter[str]) -> Entity:
    place = lexicon.known().get(label)
    type_ = KINDS[place.kind] if place else EntityType.PLACE
    aliases = tuple(sorted(set(texts) - {label}))
    return Entity(slug(label), label, type_, aliases, place.same_as if place else ())


def _id(label: str, type_: EntityType) -> str:
    """Return the id of a name; a person who is called like a known place gets another one."""
    name = slug(label)
    name = name[:1].upper() + name[1:]
    return f"{name}_person" if type_ is EntityType.PERSON and label in lexicon.known() else name


def _add_what_it_stands_for(entity: Entity, entities: dict[str, Entity]) -> None:
    """Link a capital or seat of power to its country, kept apart from it (`kg:standsFor`)."""
    label = lexicon.stands_for(entity.label)
    if label is None or entity.type is EntityType.PERSON:
        return
    country = _known(label, Counter())
    entities.setdefault(country.id, country)
    entities[entity.id] = replace(entity, stands_for=country.id)
