"""Which days: the words of a time expression, resolved against the day of publication.

Weeks begin on Monday (ISO 8601). A bare weekday or month is the last one for what has happened, the
next one for what is to come. No day is made up: without one of publication, only years are certain.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import lru_cache

from graph.text.day_rules import RULES, first_match
from graph.text.day_words import YEAR, Range

ADVERBS = frozenset("yesterday today tonight tomorrow overnight".split())  # whatever a model takes them for
FAR, MUCH = 60, 4  # days; how many times nearer the one side must be where the tense does not tell
OPEN_START = frozenset(("since", "from"))
OPEN_END = frozenset(("until", "till", "by"))
EITHER_SIDE = frozenset(("until", "till"))  # was adjourned until Monday: has it come?
_FROM_TO = re.compile(
    r"(?:(?P<open>between|from) )?(?P<first>.+?)"
    r"(?P<join> (?:to|through|through to|until|till|and|or) |(?<!mid)\s*[-–—]\s*)(?P<last>.+)"
)
_ALONE = re.compile(r"[a-z]|^\d{4}$")  # what can be a date by itself, unlike the 3 of "3-5 March"
_OF_EVENT = re.compile(r"(?:'s?|\b\d{4}) [a-z]")  # Monday's attack, her February 2022 invasion
_NAMES_YEAR = re.compile(rf"\b{YEAR}\b")
_NO_MONTH = re.compile(r"(?<!\d )\b(?:may|march)\b(?! \d)")  # the verbs; the months have a capital


@lru_cache(maxsize=10_000)
def resolve(text: str, published: date | None, *, future: bool | None = False, prep: str = "") -> Range:
    """Return the first and last day of a time expression; None for an end that is open or not known.

    `future` says that the clause is about what is to come, None that its tense does not tell: then only
    an expression that means the same days either way has some, or one that is far nearer on one side.
    `prep` is the preposition before it.
    """
    words = _plain(text)
    prep = prep or words.split(" ")[0]
    if prep in OPEN_START:
        future = bool(future)
    elif prep in EITHER_SIDE:
        future = future or None
    sides = [future] if future is not None else [False, True]
    try:
        found = [_side(words, published, side, prep) for side in sides]
    except (ValueError, OverflowError):
        return None, None  # 31 June, or a year that no calendar holds
    return found[0] if len(set(found)) == 1 else _nearer(found[0], found[-1], published)


def _nearer(past: Range, to_come: Range, published: date | None) -> Range:
    """*On 9 October* in an article of 7 October is the day after tomorrow; *on Monday* may be either."""
    back, ahead = (_distance(found, published) for found in (past, to_come))
    near, far = sorted((back, ahead))
    if far < FAR or near * MUCH > far:
        return None, None
    return past if back == near else to_come


def _distance(found: Range, published: date | None) -> int:
    """Return how many days a range is from the day of publication at the nearest; 0 if it has none."""
    ends = [day for day in found if day is not None]
    return min((abs((day - published).days) for day in ends), default=0) if published is not None else 0


@lru_cache(maxsize=10_000)
def is_dated(text: str) -> bool:
    """True if a time expression is of a kind that may have days: *Friday*, but not *for ten minutes*."""
    words = _plain(text)
    return any(pattern.search(words) for pattern, _ in RULES)


def _plain(text: str) -> str:
    return " ".join(_NO_MONTH.sub(" ", text).lower().replace("’", "'").split())


def _side(words: str, published: date | None, future: bool, prep: str) -> Range:
    found = _from_to(words, published, future, prep)
    if found is not None:
        return found
    found = first_match(words, published, future)
    return _opened(found, prep, _OF_EVENT.search(words) is not None) if found is not None else (None, None)


def _from_to(words: str, published: date | None, future: bool, prep: str) -> Range | None:
    """*Between 3 May and 8 June*, *from Monday to Friday*, *2014-2016*: from one to the other.

    *On Monday and Tuesday* too: a range is from the first day that is meant to the last one.
    """
    match = _FROM_TO.fullmatch(words)
    if match is None or not (_ALONE.search(match["first"]) and _ALONE.search(match["last"])):
        return None
    if match["join"] in {" and ", " or "} and prep in OPEN_START | OPEN_END:
        return None
    begin, year = match["first"], _NAMES_YEAR.search(match["last"])
    if year is not None and not _NAMES_YEAR.search(begin):
        begin = f"{begin} {year[0]}"
    first, last = first_match(begin, published, future), first_match(match["last"], published, future)
    if first is None or last is None or first[0] is None or last[1] is None or first[0] > last[1]:
        return None
    return first[0], last[1]


def _opened(found: Range, prep: str, event: bool) -> Range:
    """Open a range on the side that its preposition leaves open; the day of an event belongs to both."""
    start, end = found
    if prep in OPEN_START:
        return start, None
    if prep in OPEN_END or (prep == "before" and event):
        return None, end
    if prep in {"after", "following"} and event:
        return start, None
    if prep == "before":
        return None, (start - timedelta(days=1) if start else None)
    if prep == "after":
        return (end + timedelta(days=1) if end else None), None
    return found
