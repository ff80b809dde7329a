"""Who and what an article is about: mentions of the same thing become one entity.

Merging is conservative; a duplicate is better than a wrong merge. A single name joins a full name
only if exactly one full name of the article fits (*Xi* and *Xi Jinping*). What a name is, all its
mentions decide together: the model is wrong about one of them more often than about most.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from graph.model import Entity, EntityType
from graph.text import lexicon
from graph.text.mentions import KINDS, Name
from graph.text.variants import SUFFIX, acronyms, adjectives, companies, fold, full_name, short_forms, storms
from graph.vocab import slug


@dataclass(frozen=True, slots=True)
class Cast:
    """The named entities of one article, and which tokens name which.

    `by_token` is token index -> entity id, `ends` token index -> the token after the name it is in.
    """

    entities: Mapping[str, Entity]
    by_token: Mapping[int, str]
    names: tuple[Name, ...]
    ends: Mapping[int, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Names:
    """What the article calls things: votes on each folded name, and what its other names stand for."""

    votes: Mapping[str, Counter[EntityType]]
    people: Mapping[str, frozenset[str]]
    spelled_out: Mapping[str, str]
    companies: Mapping[str, str]
    adjectives: Mapping[str, str]


def build(names: Iterable[Name]) -> Cast:
    """Merge the named mentions of one article."""
    names = tuple(names)
    known = _collect(names)
    keys = [_key(name, known) for name in names]
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
        i: ids[key] for name, key in zip(names, keys, strict=True) for i in range(name.start, name.end)
    }
    for entity in list(entities.values()):
        _add_what_it_stands_for(entity, entities)
    ends = {i: name.end for name in names for i in range(name.start, name.end)}
    return Cast(entities, by_token, names, ends)


def _joined(old: Entity | None, new: Entity) -> Entity:
    if old is None:
        return new
    return replace(old, aliases=tuple(sorted({*old.aliases, *new.aliases} - {old.label})))


def _collect(names: tuple[Name, ...]) -> _Names:
    votes: dict[str, Counter[EntityType]] = defaultdict(Counter)
    for name in names:
        votes[fold(name.text)][name.type] += 1
    long_names = {n.text for n in names if " " in n.text}
    people = {folded for text in long_names if _is_mostly_person(votes[folded := fold(text)])}
    organizations = {n.text for n in names if n.type is EntityType.ORGANIZATION and " " in n.text}
    return _Names(
        votes=votes,
        people=short_forms(name for name in people if " " in name),
        spelled_out=acronyms(organizations) | storms(long_names),
        companies=companies(organizations),
        adjectives=adjectives({n.text for n in names if n.type is EntityType.PLACE}),
    )


def _others(votes: Counter[EntityType]) -> int:
    return votes.total() - votes[EntityType.PERSON] - votes[EntityType.CONCEPT]


def _is_mostly_person(votes: Counter[EntityType]) -> bool:
    return votes[EntityType.PERSON] > 0 and votes[EntityType.PERSON] >= _others(votes)


def _key(name: Name, names: _Names) -> str:
    """Return the key of the entity of a mention: a canonical label, or a folded name."""
    if name.adjective:
        country = lexicon.country_of(name.text)
        if country is not None:
            return f"known:{country}"
        if name.text in names.adjectives:
            return _key_of_text(names.adjectives[name.text])
    votes = names.votes[fold(name.text)]
    if 2 * votes[EntityType.GROUP] >= votes.total():
        return f"group:{fold(name.text).removesuffix('s')}"
    if name.text in names.spelled_out:
        return _key_of_text(names.spelled_out[name.text])
    person = _person(name, names)
    if person is not None:
        return f"person:{person}"
    return _key_of_text(names.companies.get(name.text, name.text))


def _key_of_text(text: str) -> str:
    """Return the key of what a name says by itself; a known name keeps its canonical label."""
    known = lexicon.known().get(text)
    return f"known:{known.label}" if known is not None else f"name:{fold(text)}"


def _person(name: Name, names: _Names) -> str | None:
    """Return the folded name of the person that a mention means, or None if it means none.

    A known place is a person only where the model says so (*Jordan* beside *Michael Jordan*). Another
    name that is a part of a person's is that person, whatever the model says of it, unless a company
    of the article has it too (*Henry Ford* and *Ford Motor*).
    """
    folded = fold(name.text)
    votes = names.votes[folded]
    full = full_name(folded, names.people)
    if name.text in lexicon.known():
        means = name.type is EntityType.PERSON and (full is not None or _is_mostly_person(votes))
    elif full is None:
        means = _is_mostly_person(votes)
    else:
        means = name.text not in names.companies or _is_mostly_person(votes)
    return (full or folded) if means else None


def _entity(key: str, members: list[Name]) -> Entity:
    kind, _, rest = key.partition(":")
    texts = Counter(m.text for m in members if not m.adjective) or Counter(m.text for m in members)
    if kind == "known":
        return _known(rest, texts)
    label = max(texts, key=lambda text: (len(text.split()), texts[text], len(text), text))
    type_ = EntityType.PERSON if kind == "person" else _type(members)
    label = (SUFFIX.sub("", label) or label) if type_ is EntityType.PERSON else label
    return Entity(_id(label, type_), label, type_, tuple(sorted(set(texts) - {label})))


def _type(members: list[Name]) -> EntityType:
    """Return what most mentions are taken for; what the model left out has no vote if it found another."""
    votes = Counter(m.type for m in members if not m.adjective) or Counter(m.type for m in members)
    return max(votes, key=lambda type_: (type_ is not EntityType.CONCEPT, votes[type_]))


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
