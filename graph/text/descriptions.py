"""Descriptions that mean a named thing: *the Russian leader*, *the prime minister*, *the company*.

*Its director, Maria Okafor* is Maria Okafor; *the Russian leader* is the one person whose title in the
article says so; *the prime minister* is the only one that the article knows.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from graph.model import EntityType
from graph.text import lexicon, pronouns
from graph.text.entities import Cast
from graph.text.phrases import bounds
from graph.text.tree import children, having
from graph.text.variants import noun_of

if TYPE_CHECKING:
    from graph.text.tokens import Doc, Token

FORMER = frozenset("former ex late then acting deputy vice outgoing next".split())
LONGEST_TITLE = 3
SINGULAR = frozenset(("NN", "NNP"))  # capitals do not tell: the Prime Minister, the prime minister
NOUNS_OF = {EntityType.PLACE: "place", EntityType.ORGANIZATION: "organization"}
Offices = Mapping[str, set[str]]


@dataclass(frozen=True, slots=True)
class Descriptions:
    """What an article says of whom it names.

    `named_beside` is token index -> entity for nouns with a name in apposition, `in_office` what someone
    in office may be called -> who is, `described` noun -> the organisations called so, `organizations`
    where each is named, in order.
    """

    cast: Cast
    named_beside: Mapping[int, str]
    in_office: Offices
    described: Offices
    organizations: Sequence[tuple[int, str]]

    @property
    def nouns(self) -> frozenset[str]:
        """The nouns, in small letters, that `resolve` may find someone for."""
        return _office_nouns() | self.described.keys()

    def resolve(self, token: Token) -> str | None:
        """Return the id of the entity that a noun means, or None if that is not safe to say."""
        if token.lower_ in self.described:
            return _organization(token, self.described, self.organizations)
        return _in_that_office(token, self.in_office, self.cast)


def collect(doc: Doc, cast: Cast) -> Descriptions:
    """Gather what the titles and appositions of an article say."""
    named_beside = dict(_named_beside(doc, cast))
    named = (
        (name.start, cast.by_token[name.start])
        for name in cast.names
        if cast.entities[cast.by_token[name.start]].type is EntityType.ORGANIZATION
    )
    return Descriptions(
        cast,
        named_beside,
        _in_office(doc, cast, named_beside),
        _described(doc, cast, named_beside),
        list(named),
    )


@cache
def _offices() -> frozenset[str]:
    return lexicon.words("offices", "leaders") | lexicon.words("kinds", "offices")


@cache
def _office_nouns() -> frozenset[str]:
    """The nouns that head what someone in office is called (*minister* of *prime minister*)."""
    return frozenset(office.split()[-1] for office in _offices())


def _named_beside(doc: Doc, cast: Cast) -> Iterator[tuple[int, str]]:
    """*Its director, Maria Okafor*: a noun with a name of its kind in apposition is what is named."""
    for name in having(doc, "DEP", ("appos",)):
        noun = name.head
        named = cast.by_token.get(name.i)
        if named is None or noun.tag_ not in SINGULAR or noun.i in cast.by_token or noun.i > name.i:
            continue
        alone = (
            len(children(noun, "appos")) == 1 and not children(noun, "conj") and not children(name, "conj")
        )
        type_ = cast.entities[named].type
        agrees = type_ in NOUNS_OF and noun.lower_ in lexicon.words("kinds", NOUNS_OF[type_])
        if type_ is EntityType.PERSON:
            agrees = pronouns.is_person(noun)
        if alone and agrees and (type_ is EntityType.PERSON or _is_next_to(noun, name)):
            yield noun.i, named


def _is_next_to(noun: Token, name: Token) -> bool:
    """True if only a comma stands between a noun and what a name in apposition begins with."""
    start = name.left_edge.i
    return start == noun.i + 1 or (start == noun.i + 2 and noun.doc[noun.i + 1].text == ",")


def _in_office(doc: Doc, cast: Cast, named_beside: Mapping[int, str]) -> Offices:
    """Return what someone in office may be called -> who is: by country of leaders, and by office."""
    found: dict[str, set[str]] = defaultdict(set)
    leaders = lexicon.words("offices", "leaders")
    for person, noun, whole in _titles(doc, cast, named_beside):
        office = _office(doc, noun.start, noun.stop)
        if office is None:
            continue
        found[office].add(person)
        found[office.split()[-1]].add(person)
        for country in _places(whole, cast) if office in leaders else ():
            found[country].add(person)
    return found


def _titles(doc: Doc, cast: Cast, named_beside: Mapping[int, str]) -> Iterator[tuple[str, range, range]]:
    """Give (person, the tokens that end in the office, those that may say of what) for each title.

    *Russian President Putin*; *the president, Putin*; *Putin, the president of Russia*.
    """
    for name in cast.names:
        if name.type is EntityType.PERSON:
            title = range(bounds(doc[name.end - 1], bare=True)[0], name.start)
            yield cast.by_token[name.start], title, title
    for i, person in named_beside.items():
        title = range(bounds(doc[i], bare=True)[0], i + 1)
        yield person, title, title
    for noun in having(doc, "DEP", ("appos",)):
        id_ = cast.by_token.get(noun.head.i)
        if id_ is not None and cast.entities[id_].type is EntityType.PERSON and noun.i not in cast.by_token:
            start, end = bounds(noun)
            yield id_, range(start, noun.i + 1), range(start, end)


def _office(doc: Doc, start: int, end: int) -> str | None:
    """Return the office that ends right before token `end`, unless it is held no more."""
    known = _offices()
    for length in range(min(LONGEST_TITLE, end - start), 0, -1):
        text = " ".join(token.lower_ for token in doc[end - length : end])
        if text in known:
            before = doc[max(start, end - length - 2) : end - length]
            return None if any(token.lower_ in FORMER for token in before) else text
    return None


def _places(tokens: range, cast: Cast) -> set[str]:
    ids = {cast.by_token[i] for i in tokens if i in cast.by_token}
    return {id_ for id_ in ids if cast.entities[id_].type is EntityType.PLACE}


def _in_that_office(token: Token, in_office: Offices, cast: Cast) -> str | None:
    """*The Russian leader*, *the prime minister*: the one person of the article that it can mean."""
    if (
        token.tag_ not in SINGULAR
        or token.dep_ in {"compound", "appos", "attr"}
        or children(token, "relcl", "acl")
        or any(children(prep, "pobj") for prep in children(token, "prep"))
    ):
        return None
    start = bounds(token, bare=True)[0]
    doc = token.doc
    office = _office(doc, start, token.i + 1)
    if office is None or doc[start].lower_ != "the":
        return None
    countries = _places(range(start, token.i), cast)
    plain = token.i + 1 - start == 1 + len(office.split())
    leads = office in lexicon.words("offices", "leaders")
    keys = countries if len(countries) == 1 and leads else {office} if plain and office != "leader" else set()
    fits = {person for key in keys for person in in_office.get(key, ())}
    return fits.pop() if len(fits) == 1 else None


def _described(doc: Doc, cast: Cast, named_beside: Mapping[int, str]) -> Offices:
    """Return noun -> the organisations that the article calls so.

    *Nordane Energy, a Rotterdam company*; and by their names, *Ostmark Film Museum*, *Bank of Ostmark*.
    """
    found: dict[str, set[str]] = defaultdict(set)
    nouns = lexicon.words("kinds", "organization")
    pairs = [(doc[i], id_) for i, id_ in named_beside.items()]
    pairs += [(noun, cast.by_token.get(noun.head.i, "")) for noun in having(doc, "DEP", ("appos",))]
    for noun, id_ in pairs:
        if noun.lower_ in nouns and id_ and cast.entities[id_].type is EntityType.ORGANIZATION:
            found[noun.lower_].add(id_)
    for entity in cast.entities.values():
        if entity.type is EntityType.ORGANIZATION:
            for noun_of_name in {noun_of(name) for name in (entity.label, *entity.aliases)} & nouns:
                found[noun_of_name].add(entity.id)
    return found


def _organization(token: Token, described: Offices, named: Sequence[tuple[int, str]]) -> str | None:
    """*The company*: the only one that was called so, if it is the organisation named last (`named`)."""
    fits = described[token.lower_]
    start, end = bounds(token)
    if len(fits) > 1 or (start, end) != (token.i - 1, token.i + 1) or token.doc[start].lower_ != "the":
        return None
    last = bisect_right(named, (token.i, "")) - 1
    return named[last][1] if last >= 0 and named[last][1] in fits else None
