"""What makes two entities likely to be one: rules that compare their names, and keys to find such by.

Each rule gives a name keys, and entities that share one are compared name by name; so who may be the same
as an entity is found without a look at all others. Nothing is merged by this: it is shown to a person.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from types import MappingProxyType
from typing import Final, NamedTuple

from graph.model import EntityType
from graph.store.index_reading import Names
from graph.store.index_schema import TYPES
from graph.store.search_words import folded
from graph.text import lexicon
from graph.text.variants import GENERATION, SMALL_WORDS, SUFFIX, abbreviates, fold

_LETTERS: Final = 3
"""Letters of an acronym at least; of two there are too many."""
_OTHERS: Final = (
    frozenset((EntityType.PLACE, EntityType.GROUP)),
    frozenset((EntityType.PLACE, EntityType.PERSON)),
    frozenset((EntityType.CONCEPT,)),
)
"""Types of two that are not one for a name that they share: Norvalia and its people, a town and a surname."""
_MOST_NAMES: Final = 12
"""Names of an entity that are compared; one with more is named by users, who know it."""
_LONGEST: Final = 200
"""Characters of a name that is compared."""


class Rule(StrEnum):
    """Why two entities may be one, what says most first."""

    IDENTIFIER = "identifier"
    NAME = "name"
    SPELLING = "spelling"
    INITIALS = "initials"
    ACRONYM = "acronym"
    COMPANY = "company"
    PART = "part"


MEANING: Final[Mapping[Rule, str]] = MappingProxyType(
    {
        Rule.IDENTIFIER: "both are the same thing elsewhere",
        Rule.NAME: "both have this name",
        Rule.SPELLING: "another spelling of the name",
        Rule.INITIALS: "the same surname, and first names that agree",
        Rule.ACRONYM: "the first letters of the name",
        Rule.COMPANY: "the first word of the name of a company",
        Rule.PART: "the surname alone",
    }
)
"""What each rule says, for a person."""
_RANKS: Final = {rule: str(place) for place, rule in enumerate(Rule)}
_BY_RANK: Final = {rank: rule for rule, rank in _RANKS.items()}


class Called(NamedTuple):
    """What is compared of an entity: its type (None: not known), names, the label first, and identifiers."""

    type: EntityType | None
    label: str
    aliases: tuple[str, ...] = ()
    same_as: tuple[str, ...] = ()

    @classmethod
    def of(cls, names: Names, type_: int) -> Called:
        """Make it of what the index has, where a type is a number."""
        return cls(TYPES[type_] if type_ >= 0 else None, names.label, names.aliases, names.same_as)

    def names(self) -> list[str]:
        """Give the names that stand for it by themselves: of a long one, a short form means others too.

        What is no proper name (*authorities*) may be any number of things.
        """
        whole = " " in self.label.strip()
        if self.type is EntityType.CONCEPT and not (whole and _is_proper(self.label)):
            return []  # a word at the beginning of a sentence is written large too
        others = (name for name in self.aliases if not whole or " " in name.strip())
        given = dict.fromkeys(name for name in (self.label, *others) if _is_proper(name))
        return list(given)[:_MOST_NAMES]


class Reason(NamedTuple):
    """A rule, and the names (or identifiers) of the two that it compared."""

    rule: Rule
    one: str
    other: str


def keys(called: Called) -> set[str]:
    """Give the keys of an entity; they sort as the rules do."""
    return {key for rule in Rule for _, its in _keyed(rule, called) for key in its}


def reasons(key: str, one: Called, other: Called) -> dict[str, Reason]:
    """Give the reasons why two that share a key may be one, by the first key that they share by each rule.

    None if the rule of `key` gives no reason.
    """
    if _reason(_BY_RANK[key[0]], one, other) is None:
        return {}
    return dict(found for rule in Rule if (found := _reason(rule, one, other)) is not None)


def _is_proper(name: str) -> bool:
    """*Bank of Norvalia*: each word is written large, but for small ones."""
    said = name.split() if len(name) <= _LONGEST else []
    own = [word for word in said if word.casefold() not in SMALL_WORDS]
    return bool(own) and not any(word[0].islower() for word in own)


def _reason(rule: Rule, one: Called, other: Called) -> tuple[str, Reason] | None:
    if _clash(rule, one, other):
        return None
    fits = _RULES[rule].fits
    shared = (
        (min(both), Reason(rule, name, that))
        for name, mine in _keyed(rule, one)
        for that, its in _keyed(rule, other)
        if (both := mine & its) and fits(name, that)
    )
    return min(shared, default=None)


def _clash(rule: Rule, one: Called, other: Called) -> bool:
    """Whether the types of two are such that names do not count."""
    if rule is Rule.IDENTIFIER:
        return False
    types = {one.type, other.type}
    if types in _OTHERS:
        return True
    other_than_person = types - {EntityType.PERSON, EntityType.CONCEPT}
    return rule is not Rule.NAME and EntityType.PERSON in types and bool(other_than_person)


@lru_cache(maxsize=10_000)
def _keyed(rule: Rule, called: Called) -> tuple[tuple[str, frozenset[str]], ...]:
    """Give what a rule compares of an entity, each with its keys."""
    if not _RULES[rule].about(called):
        return ()
    given = called.same_as[:_MOST_NAMES] if rule is Rule.IDENTIFIER else called.names()
    rank = _RANKS[rule]
    return tuple(
        (name, frozenset(f"{rank}{key}" for key in _RULES[rule].keys(name) if key)) for name in given
    )


def _is_person(called: Called) -> bool:
    return called.type is EntityType.PERSON


def _may_be_person(called: Called) -> bool:
    return called.type in (EntityType.PERSON, EntityType.CONCEPT)


def _may_be_organization(called: Called) -> bool:
    return called.type in (EntityType.ORGANIZATION, EntityType.CONCEPT)


def _may_have_initials(called: Called) -> bool:
    return called.type is not EntityType.PERSON


def _itself(name: str) -> Iterator[str]:
    yield name


def _plain(name: str) -> Iterator[str]:
    yield folded(name)


def _sound(name: str) -> Iterator[str]:
    yield fold(name)


def _are_spelled_otherwise(name: str, other: str) -> bool:
    return folded(name) != folded(other)


@lru_cache(maxsize=10_000)
def _person(name: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Split the name of a person into its words, and what tells the generation (*Jr*)."""
    said = fold(name.replace(".", ". ")).replace(",", " ").split()
    words = tuple(word for word in said if word not in GENERATION)
    return words, tuple(word for word in said if word in GENERATION)


def _surname_and_initial(name: str) -> Iterator[str]:
    said, _ = _person(name)
    if len(said) > 1:
        yield f"{said[-1]} {said[0][0]}"


def _agree(name: str, other: str) -> bool:
    """*J. Hale* and *John Hale*, *John B. Hale* and *John Hale*; not *John A. Hale*, nor his son *Jr*."""
    (one, generation), (two, its) = _person(name), _person(other)
    if generation != its or one == two:
        return False
    short, long = sorted((one[:-1], two[:-1]), key=len)
    rest = iter(long[1:])
    return _is_initial(short[0], long[0]) and all(
        any(_is_initial(word, longer) for longer in rest) for word in short[1:]
    )


def _is_initial(word: str, other: str) -> bool:
    return word == other or (1 in (len(word), len(other)) and word[0] == other[0])


def _initials(name: str) -> Iterator[str]:
    said = [word for word in name.replace("-", " ").split() if word[0].isalnum()]
    if len(said) == 1:
        letters = [sign for sign in name if sign.isalnum()]
        if len(letters) >= _LETTERS and sum(sign.isupper() for sign in letters) > 1:
            yield "".join(letters).casefold()
        return
    large = (word for word in said if word.casefold() not in SMALL_WORDS)
    for some in (large, (word for word in said if word[0].isupper())):
        if len(firsts := "".join(word[0] for word in some)) >= _LETTERS:
            yield firsts.casefold()


def _stands_for(name: str, other: str) -> bool:
    return abbreviates(name, other) or abbreviates(other, name)


def _first_word(name: str) -> Iterator[str]:
    first, *rest = SUFFIX.sub("", name).split() or [name]
    if all(word.casefold() in lexicon.words("places", "company_words") for word in rest):
        yield fold(first)


def _is_one_longer(name: str, other: str) -> bool:
    return len(_words(name)) != len(_words(other)) and 1 in (len(_words(name)), len(_words(other)))


def _words(name: str) -> list[str]:
    return fold(name).split()


def _surname(name: str) -> Iterator[str]:
    said, _ = _person(name)
    if said:
        yield said[-1]


def _is_surname(name: str, other: str) -> bool:
    (one, generation), (two, its) = _person(name), _person(other)
    return generation == its and len(one) != len(two) and 1 in (len(one), len(two))


@dataclass(frozen=True, slots=True)
class _Comparison:
    """How a rule finds and compares: the keys of a name, what `fits` among those that share one, and whom
    it is `about`.
    """

    keys: Callable[[str], Iterator[str]]
    fits: Callable[[str, str], bool]
    about: Callable[[Called], bool] = lambda _: True


_RULES: Final[Mapping[Rule, _Comparison]] = MappingProxyType(
    {
        Rule.IDENTIFIER: _Comparison(_itself, lambda *_: True),
        Rule.NAME: _Comparison(_plain, lambda *_: True),
        Rule.SPELLING: _Comparison(_sound, _are_spelled_otherwise),
        Rule.INITIALS: _Comparison(_surname_and_initial, _agree, _may_be_person),
        Rule.ACRONYM: _Comparison(_initials, _stands_for, _may_have_initials),
        Rule.COMPANY: _Comparison(_first_word, _is_one_longer, _may_be_organization),
        Rule.PART: _Comparison(_surname, _is_surname, _is_person),
    }
)
