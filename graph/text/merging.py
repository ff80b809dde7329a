"""Which mentions of an article are the same thing, and why: a key for each, and the rule that gave it.

Merging is conservative; a duplicate is better than a wrong merge. A single name joins a full name
only if exactly one full name of the article fits (*Xi* and *Xi Jinping*).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from graph.model import EntityType
from graph.text import lexicon
from graph.text.known import KnownEntities, KnownEntity
from graph.text.trimming import Name
from graph.text.variants import (
    acronyms,
    adjectives,
    companies,
    fold,
    full_name,
    one_each,
    short_forms,
    storms,
)


class Rule(StrEnum):
    """Why a mention is one of an entity that has another name."""

    SPELLING = "another spelling of the name"
    LISTED = "a name on the list of known entities"
    LEXICON = "a name in the lexicon"
    DEMONYM = "the adjective of a country in the lexicon"
    ADJECTIVE = "the adjective of a place of the article"
    BRACKETS = "put in brackets beside the name"
    INITIALS = "the initials of an organisation of the article"
    STORM = "the name of a storm of the article"
    PERSON = "a part of the full name of one person of the article"
    COMPANY = "the first word of one company of the article"


@dataclass(frozen=True, slots=True)
class Names:
    """What the article calls things: votes on each folded name, and what its other names stand for.

    `located` are folded names that something is in or comes from, `listed` is the user's list, `sure` the
    ids on it that a name of the article means and no other.
    """

    votes: Mapping[str, Counter[EntityType]]
    people: Mapping[str, frozenset[str]]
    bearers: Mapping[str, str]
    spelled_out: Mapping[str, tuple[str, Rule]]
    companies: Mapping[str, str]
    adjectives: Mapping[str, str]
    located: frozenset[str]
    listed: KnownEntities
    sure: frozenset[str]


Key = tuple[str, Rule]  # what groups the mentions of an entity, and by which rule one more is in the group


def collect(names: tuple[Name, ...], listed: KnownEntities) -> Names:
    """Gather what the names of an article say of each other; `listed` is the user's list."""
    votes: dict[str, Counter[EntityType]] = defaultdict(Counter)
    for name in names:
        votes[fold(name.text)][name.type] += 1
    long_names = {n.text for n in names if " " in n.text}
    people = {folded for text in long_names if _is_mostly_person(votes[folded := fold(text)])}
    organizations = {n.text for n in names if n.type is EntityType.ORGANIZATION and " " in n.text}
    on_list = (listed.named(text) for text in {name.text for name in names})
    forms = short_forms(name for name in people if " " in name)
    return Names(
        votes=votes,
        people=forms,
        bearers=_bearers(forms, votes),
        spelled_out=_spelled_out(names, organizations, long_names),
        companies=companies(organizations),
        adjectives=adjectives({n.text for n in names if n.type is EntityType.PLACE}),
        located=frozenset(fold(name.text) for name in names if name.located),
        listed=listed,
        sure=frozenset(entities[0].id for entities in on_list if len(entities) == 1),
    )


def _spelled_out(
    names: tuple[Name, ...], organizations: set[str], long_names: set[str]
) -> dict[str, tuple[str, Rule]]:
    """Return short name -> what it is short for; what the article itself says in brackets comes first."""
    beside = {(name.text, name.beside) for name in names if name.beside}
    introduced = one_each(beside)
    unclear = {short for short, _ in beside if short not in introduced}  # by the article's own words
    rows = (
        (storms(long_names), Rule.STORM),
        (acronyms(organizations), Rule.INITIALS),
        (introduced, Rule.BRACKETS),
    )
    found = {short: (long, rule) for longs, rule in rows for short, long in longs.items()}
    return {short: means for short, means in found.items() if short not in unclear}


def _others(votes: Counter[EntityType]) -> int:
    return votes.total() - votes[EntityType.PERSON] - votes[EntityType.CONCEPT]


def _is_mostly_person(votes: Counter[EntityType]) -> bool:
    return votes[EntityType.PERSON] > 0 and votes[EntityType.PERSON] >= _others(votes)


def key(name: Name, names: Names) -> Key:
    """Return the key of the entity of a mention (a known id or label, or a folded name), and the rule."""
    listed = _listed(name, names)
    if listed is not None:
        return f"listed:{listed.id}", Rule.LISTED
    own, rule = _unlisted(name, names)
    kind, _, rest = own.partition(":")
    entity = names.listed.spelled(fold(rest)) if kind != "group" else None
    if entity is None or (kind == "person" and entity.type not in {None, EntityType.PERSON}):
        return own, rule
    return (own, rule) if _is_someone_else(fold(rest), entity, names) else (f"listed:{entity.id}", rule)


def _listed(name: Name, names: Names) -> KnownEntity | None:
    """Return the entity of the user's list that has just this name, or None if that is not sure.

    Of several with one name it is the one that the article names otherwise; and none, if the name is a
    part of the full name of someone else in the article.
    """
    folded = fold(name.text)
    found = [one for one in names.listed.named(name.text) if not _is_someone_else(folded, one, names)]
    if len(found) > 1:
        found = [entity for entity in found if entity.id in names.sure]
    return found[0] if len(found) == 1 else None


def _is_someone_else(folded: str, entity: KnownEntity, names: Names) -> bool:
    """True for a name of the list that is a part of another full name in the article."""
    return not names.people.get(folded, frozenset()) <= {fold(own) for own in entity.names}


def _unlisted(name: Name, names: Names) -> Key:
    """Return key and rule of a mention by the article and the lexicon."""
    if name.adjective:
        country = lexicon.country_of(name.text)
        if country is not None:
            return f"known:{country}", Rule.DEMONYM
        if name.text in names.adjectives:
            return _key_of_text(names.adjectives[name.text]), Rule.ADJECTIVE
    folded = fold(name.text)
    votes = names.votes[folded]
    long, rule = names.spelled_out.get(name.text, ("", Rule.SPELLING))
    if rule is not Rule.STORM and 2 * votes[EntityType.GROUP] >= votes.total():
        return f"group:{folded.removesuffix('s')}", Rule.SPELLING
    if long:
        return _key_of_text(long), rule
    person = _person(name, names)
    if person is not None:
        return f"person:{person}", Rule.SPELLING if person == folded else Rule.PERSON
    if name.text in names.companies:
        return _key_of_text(names.companies[name.text]), Rule.COMPANY
    own = _key_of_text(name.text)
    return own, Rule.LEXICON if own.startswith("known:") else Rule.SPELLING


def _key_of_text(text: str) -> str:
    """Return the key of what a name says by itself; a known name keeps its canonical label."""
    known = lexicon.known().get(text)
    return f"known:{known.label}" if known is not None else f"name:{fold(text)}"


def _person(name: Name, names: Names) -> str | None:
    """Return the folded name of the person that a mention means, or None if it means none.

    A known place is a person only where the model says so (*Jordan* beside *Michael Jordan*), or if it is
    a city that the article often names, as a surname, and puts nothing in (*Paris*, *Vela Paris*). Another
    name that is a part of a person's is that person, whatever the model says of it, unless a company
    of the article has it too (*Henry Ford* and *Ford Motor*), or it begins one and is a place to the model
    (*Kestria* and *Kestria Rangers*); a part of two persons' is a third's.
    """
    folded = fold(name.text)
    votes = names.votes[folded]
    full = full_name(folded, names.people) or names.bearers.get(folded)
    place = lexicon.known().get(name.text)
    if place is not None:
        by_model = name.type is EntityType.PERSON and (full is not None or _is_mostly_person(votes))
        often = place.kind == "city" and votes.total() > 1
        means = by_model or (often and _is_surname(folded, full, names))
    elif full is None and folded not in names.people:
        means = _is_mostly_person(votes)
    else:
        means = _is_mostly_person(votes) or not (
            name.text in names.companies or _is_place(folded, full, votes)
        )
    return (full or folded) if means else None


def _is_place(folded: str, full: str | None, votes: Counter[EntityType]) -> bool:
    begins = full is not None and full.startswith(f"{folded} ")
    return begins and 2 * votes[EntityType.PLACE] > votes.total()


def _bearers(
    people: Mapping[str, frozenset[str]], votes: Mapping[str, Counter[EntityType]]
) -> dict[str, str]:
    """Return surname -> its one bearer, where others that it could name (all of `people`) are rarer.

    *Strand* is *Vela Strand*, though *Strand Gallery* was once taken for a person too.
    """
    found: dict[str, str] = {}
    for form, fits in people.items():
        bearers = [full for full in fits if full.endswith(f" {form}")]
        if len(bearers) == 1:
            own = votes[bearers[0]].total()
            if 2 * own > sum(votes[full].total() for full in fits):
                found[form] = bearers[0]
    return found


def _is_surname(folded: str, full: str | None, names: Names) -> bool:
    return full is not None and full.endswith(f" {folded}") and folded not in names.located
