"""Who and what an article is about: mentions of the same thing (`merging`) become one entity.

What a name is, all its mentions decide together: the model is wrong about one of them more often than
about most.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from graph.model import Entity, EntityType
from graph.text import lexicon
from graph.text.known import NONE, KnownEntities, KnownEntity
from graph.text.merging import Rule, collect, key
from graph.text.trimming import KINDS, Name
from graph.text.variants import SUFFIX, fold, is_storm
from graph.vocab import slug


@dataclass(frozen=True, slots=True)
class Cast:
    """The named entities of one article, and which tokens name which.

    `by_token` is token index -> entity id, `ends` token index -> the token after the name it is in,
    `reasons` first token of a mention -> why it is one of its entity, for mentions that say another name.
    """

    entities: Mapping[str, Entity]
    by_token: Mapping[int, str]
    names: tuple[Name, ...]
    ends: Mapping[int, int] = field(default_factory=dict)
    reasons: Mapping[int, Rule] = field(default_factory=dict)


def build(names: Iterable[Name], listed: KnownEntities = NONE) -> Cast:
    """Merge the named mentions of one article; `listed` are the entities that the user knows."""
    names = tuple(names)
    known = collect(names, listed)
    keys = [key(name, known) for name in names]
    groups: dict[str, list[Name]] = defaultdict(list)
    for name, (own, _) in zip(names, keys, strict=True):
        groups[own].append(name)
    entities: dict[str, Entity] = {}
    ids: dict[str, str] = {}
    for own, members in groups.items():
        entity = _entity(own, members, listed)
        ids[own] = entity.id
        entities[entity.id] = _joined(entities.get(entity.id), entity)
    for entity in list(entities.values()):
        _add_what_it_stands_for(entity, entities, listed)
    by_token = {i: ids[own] for name, (own, _) in zip(names, keys, strict=True) for i in _tokens(name)}
    ends = {i: name.end for name in names for i in _tokens(name)}
    reasons = {
        name.start: rule
        for name, (own, rule) in zip(names, keys, strict=True)
        if name.text != entities[ids[own]].label
    }
    return Cast(entities, by_token, names, ends, reasons)


def _tokens(name: Name) -> range:
    return range(name.start, name.end)


def _joined(old: Entity | None, new: Entity) -> Entity:
    if old is None:
        return new
    return replace(old, aliases=tuple(sorted({*old.aliases, *new.aliases} - {old.label})))


def _entity(key: str, members: list[Name], listed: KnownEntities) -> Entity:
    kind, _, rest = key.partition(":")
    texts = Counter(m.text for m in members if not m.adjective) or Counter(m.text for m in members)
    if kind == "listed":
        return _on_list(listed.entity(rest), members, texts)
    if kind == "known":
        return _known(rest, texts)
    label = max(texts, key=lambda text: (len(text.split()), texts[text], len(text), text))
    type_ = EntityType.PERSON if kind == "person" else _type(members)
    label = (SUFFIX.sub("", label) or label) if type_ is EntityType.PERSON else label
    return Entity(_id(label, type_), label, type_, tuple(sorted(set(texts) - {label})))


def _on_list(entity: KnownEntity, members: list[Name], texts: Counter[str]) -> Entity:
    aliases = {*texts, *entity.aliases} - {entity.label}
    type_ = entity.type or _type(members)
    return Entity(entity.id, entity.label, type_, tuple(sorted(aliases)), entity.same_as)


def _type(members: list[Name]) -> EntityType:
    """Return what most mentions are taken for.

    What the model left out has no vote if it found another, nor has an acronym or a headline in capitals,
    which it guesses at, beside the name in words.
    """
    saying = [m for m in members if not m.adjective] or members
    saying = [m for m in saying if " " in m.text or not m.text.isupper()] or saying
    if any(m.type is EntityType.EVENT and is_storm(m.text) for m in saying):
        return EntityType.EVENT  # Humberto alone is a man to the model
    votes = Counter(m.type for m in saying)
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


def _add_what_it_stands_for(entity: Entity, entities: dict[str, Entity], listed: KnownEntities) -> None:
    """Link a capital or seat of power to its country, kept apart from it (`kg:standsFor`)."""
    label = lexicon.stands_for(entity.label)
    if label is None or entity.type is EntityType.PERSON:
        return
    on_list = listed.spelled(fold(label))
    country = _on_list(on_list, [_AS_PLACE], Counter()) if on_list else _known(label, Counter())
    entities.setdefault(country.id, country)
    entities[entity.id] = replace(entity, stands_for=country.id)


_AS_PLACE = Name(0, 0, "", EntityType.PLACE)  # votes for what a metonym stands for
