"""When two names of one article are the same name: spellings, short forms, initials, acronyms.

Each question has a conservative answer: None where more than one name fits.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache

from graph.text import lexicon

SUFFIX = re.compile(r",? (?:Inc|Corp|Corporation|Ltd|LLC|PLC|plc|Co|AG|SA|NV|SE|GmbH)\.?$|['’]s$")
GENERATION = frozenset("jr sr ii iii iv".split())
LONG_WORD = 6  # letters; shorter names differ by one letter and are others (Lee and Le, Li and Ly)
ENDING = re.compile(r"(?:iy|yy|ii|ij|y|i)$")
DOUBLED = re.compile(r"([^aeiou])\1")
ARTICLE = re.compile(r"^(?:al|el|ad|an|ar|as|ash|at|az)-")  # Bashar al-Assad, who is Assad too
LINKS = frozenset("of for on to in at and".split())
MAX_ACRONYM = 10  # letters
SMALL_WORDS = frozenset(
    "the of and for in on to at by de du des la le les del da do di der die das und et y ve".split()
)
DEMONYM_ENDINGS = ("n", "an", "ian", "ese", "ish", "er")


@lru_cache(maxsize=10_000)
def fold(text: str) -> str:
    """Return a name without accents, case, dots, legal suffix, Arabic article and ways of transliteration."""
    words = bare(SUFFIX.sub("", text)).replace(".", "").replace("’", "'").split()
    stems = (ARTICLE.sub("", word) for word in words)
    return " ".join(_sound(_spellings().get(stem, stem)) for stem in stems)


def bare(text: str) -> str:
    """Return a text without accents and case."""
    if text.isascii():
        return text.casefold()
    plain = unicodedata.normalize("NFKD", text)
    return "".join(c for c in plain if not unicodedata.combining(c)).casefold()


def _sound(word: str) -> str:
    """*Zelenskyy* and *Zelensky*, *Hassan* and *Hasan* sound the same."""
    if len(word) < LONG_WORD:
        return word
    return DOUBLED.sub(r"\1", ENDING.sub("y", word))


@cache
def _spellings() -> dict[str, str]:
    """Return other spelling -> spelling, without accents and capitals (*evgeny* to *yevgeny*)."""
    rows: dict[str, list[str]] = lexicon.table("spellings")["spellings"]
    return {bare(other): bare(one) for one, others in rows.items() for other in others}


def short_forms(people: Iterable[str]) -> dict[str, frozenset[str]]:
    """Return what full names (folded) may be shortened to -> the full names that it may mean.

    One word (*Xi*), the end (*von der Leyen*), first and last without initials between (*George Bush*);
    *Gloria Vanderbilt* may well be the daughter of *Gloria Morgan Vanderbilt*.
    """
    found: dict[str, set[str]] = defaultdict(set)
    for full in people:
        words = _words(full)
        ends = [" ".join(words[i:]) for i in range(len(words))]
        plain = " ".join(word for i, word in enumerate(words) if i == 0 or len(word) > 1)
        for form in (*words, *ends, plain):
            found[form].add(full)
    return {form: frozenset(names) for form, names in found.items()}


def _words(folded: str) -> list[str]:
    return [word for word in folded.split() if word not in GENERATION]


def full_name(folded: str, people: Mapping[str, frozenset[str]]) -> str | None:
    """Return the one full name of `people` (from `short_forms`) that `folded` is or stands for, or None."""
    fits = people.get(" ".join(_words(folded)), frozenset())
    found: set[str] = set()
    for full in fits:
        found.add(_fullest(full, people))
        if len(found) > 1:
            return folded if folded in fits else None
    return found.pop() if found else None


def _fullest(full: str, people: Mapping[str, frozenset[str]]) -> str:
    """Return the one longer form of a full name (*Donald J. Trump*), or the name itself."""
    longer = people[" ".join(_words(full))] - {full}
    return next(iter(longer)) if len(longer) == 1 else full


def acronyms(organizations: Iterable[str]) -> dict[str, str]:
    """Return acronym -> the organisation with just these initials, unless two of them have."""
    found: dict[str, set[str]] = defaultdict(set)
    for name in organizations:
        initials = "".join(word[0] for word in name.split() if word[0].isupper())
        if len(initials) >= 3:
            found[initials].add(name)
    return {initials: min(names) for initials, names in found.items() if len({*map(fold, names)}) == 1}


def abbreviates(short: str, long: str) -> bool:
    """True if `short` may stand for `long`: one word of capitals that its words begin with, in their order.

    *ICC* is *International Criminal Court*, *AKP* *Adalet ve Kalkınma Partisi*; a word may give more
    letters than its first, small words give none.
    """
    letters = [c for c in short.casefold() if c.isalnum()]
    if not 2 <= len(letters) <= MAX_ACRONYM or sum(c.isupper() for c in short) < 2 or " " in short:
        return False
    words = long.casefold().replace("-", " ").split()
    initials = [word[0] for word in words if word not in SMALL_WORDS]
    return len(initials) > 1 and _in_order(initials, letters) and _in_order(letters, "".join(words))


def _in_order(these: Iterable[str], within: Iterable[str]) -> bool:
    """True if `these` all come in `within`, in their order, with others between."""
    rest = iter(within)
    return all(any(letter == this for letter in rest) for this in these)


def noun_of(name: str) -> str:
    """Return the noun of a name of several words, in small letters: its last, or that before *of*; else ''.

    *Ostmark Film Museum* gives *museum*, *Bank of Kestria* gives *bank*.
    """
    words = name.lower().split()
    end = next((i for i, word in enumerate(words) if i and word in LINKS), len(words))
    return words[end - 1] if len(words) > 1 else ""


def one_each(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return short -> long of (short, long), for those with one long form, whatever its spelling."""
    found: dict[str, set[str]] = defaultdict(set)
    for short, long in pairs:
        found[short].add(long)
    return {short: min(longs) for short, longs in found.items() if len({*map(fold, longs)}) == 1}


def storms(names: Iterable[str]) -> dict[str, str]:
    """Return given name -> the storm of the article that bears it (*Odette* for *Storm Odette*).

    Of several stages of one storm it is the last, which has no *Tropical* before it.
    """
    found = sorted((name for name in names if is_storm(name)), key=lambda name: (-len(name), name))
    return {name.split()[-1]: name for name in found}


def is_storm(name: str) -> bool:
    """True for *Hurricane Odette* and *Tropical Storm Odette*."""
    first, _, given = name.removeprefix("Tropical ").lower().partition(" ")
    called = first in lexicon.words("kinds", "storm") and given != "" and " " not in given
    return called and given not in lexicon.words("kinds", "named_after")  # Hurricane Center


def companies(organizations: Iterable[str]) -> dict[str, str]:
    """Return first word -> the one company that it may stand for (*Nordane* for *Nordane Energy*).

    What follows must be what companies are called; *Google* is not *Google Cloud*. A place stays one.
    """
    kinds = lexicon.words("places", "company_words")
    found: dict[str, set[str]] = defaultdict(set)
    places = lexicon.known()
    refused: set[str] = set()
    for name in organizations:
        first, *rest = SUFFIX.sub("", name).split() or [name]
        found[first].add(name)
        if not all(word.lower() in kinds for word in rest):
            refused.add(first)
    return {
        first: min(names)
        for first, names in found.items()
        if first not in refused and first not in places and len({*map(fold, names)}) == 1
    }


def adjectives(places: Iterable[str]) -> dict[str, str]:
    """Return adjective -> the one place of the article that it is made of (*Catalonian*)."""
    found: dict[str, set[str]] = defaultdict(set)
    for place in places:
        for ending in DEMONYM_ENDINGS:
            found[place + ending].add(place)
    return {adjective: min(names) for adjective, names in found.items() if len(names) == 1}
