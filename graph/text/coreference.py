"""Words that mean a named thing without naming it: pronouns (`pronouns.py`) and descriptions.

*Its director, Maria Okafor* is Maria Okafor; *the Russian leader* is the one person whose title in the
article says so; *the prime minister* is the only one that the article knows.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from typing import TYPE_CHECKING

from graph.model import EntityType
from graph.text import lexicon, pronouns
from graph.text.attribution import Quotes
from graph.text.entities import Cast
from graph.text.phrases import bounds
from graph.text.tree import SUBJECTS, children, having

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

FORMER = frozenset("former ex late then acting deputy vice outgoing next".split())
LONGEST_TITLE = 3
NOUNS_OF = {EntityType.PLACE: "place", EntityType.ORGANIZATION: "organization"}
Offices = dict[str, set[str]]


def resolve(doc: Doc, cast: Cast, quotes: Quotes) -> dict[int, str]:
    """Return token index -> entity id for the pronouns and descriptions that are safe to resolve."""
    scene = pronouns.Scene(cast, quotes, _genders(doc, cast), found=dict(_named_beside(doc, cast)))
    in_office = _in_office(doc, cast, scene.found)
    starts = [sentence.start for sentence in doc.sents]
    subjects = _by_sentence(having(doc, "DEP", SUBJECTS), starts)
    referring = [*having(doc, "TAG", pronouns.TAGS), *having(doc, "LOWER", _office_nouns())]
    for number, words in enumerate(_by_sentence(sorted(referring, key=lambda t: t.i), starts)):
        scene.subjects = subjects[number]
        for token in words:
            if token.i in cast.by_token or token.i in scene.found:
                continue
            is_pronoun = token.tag_ in pronouns.TAGS
            id_ = pronouns.resolve(token, scene) if is_pronoun else _description(token, in_office, cast)
            if id_ is not None:
                scene.found[token.i] = id_
        scene.previous = subjects[number] or scene.previous
    return scene.found


def _by_sentence(tokens: list[Token], starts: list[int]) -> list[list[Token]]:
    found: list[list[Token]] = [[] for _ in starts]
    for token in tokens:
        found[bisect_right(starts, token.i) - 1].append(token)
    return found


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
        if named is None or noun.tag_ != "NN" or noun.i in cast.by_token or noun.i > name.i:
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


def _genders(doc: Doc, cast: Cast) -> dict[str, str]:
    """Return person id -> gender, where a title, a noun beside it or else a first name tells."""
    found: dict[str, str] = {}
    for name in cast.names:
        id_ = cast.by_token[name.start]
        if cast.entities[id_].type is not EntityType.PERSON:
            continue
        start = max(0, bounds(doc[name.end - 1], bare=True)[0])
        words = {token.lower_ for token in doc[start : name.end]}
        if doc[name.end - 1].dep_ == "appos":
            words.add(doc[name.end - 1].head.lower_)  # his sister, Anna
        gender = _gender("offices", words) or _gender("kinds", words)
        if gender is not None:
            found[id_] = gender
    for id_, entity in cast.entities.items():
        gender = _gender("kinds", {entity.label.split()[0].lower()})
        if gender is not None and entity.type is EntityType.PERSON:
            found.setdefault(id_, gender)
    return found


def _gender(table: str, words: set[str]) -> str | None:
    return next((g for g in ("female", "male") if words & lexicon.words(table, g)), None)


def _in_office(doc: Doc, cast: Cast, named_beside: Mapping[int, str]) -> Offices:
    """Return what someone in office may be called -> who is: by country of leaders, and by office."""
    found: Offices = defaultdict(set)
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


def _description(token: Token, in_office: Mapping[str, set[str]], cast: Cast) -> str | None:
    """*The Russian leader*, *the prime minister*: the one person of the article that it can mean."""
    if (
        token.tag_ != "NN"
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
