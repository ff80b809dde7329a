"""Amounts: the number, the sum of money, the share or the measure that a phrase says.

Only what is certain becomes a number: a range (*10 to 15*), a figure that is no amount (*9/11*) and
words that no table has give None. Codes are those of ISO 4217 and UCUM; all is in
`data/lexicon/units.json`. Numbers are `Decimal` throughout, so nothing is rounded.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from graph.text import lexicon
from graph.vocab import MONEY, PERCENT, QUANTITY, XSD

TOKEN = re.compile(r"\d{1,3}(?:,\d{2,3})*,\d{3}(?:\.\d+)?|\d+(?:\.\d+)?|[^\W\d_]+(?:\.[^\W\d_]+)*\.?|\S")
FIGURES = re.compile(r"(?:0|[1-9][\d,]*)(?:\.\d+)?")
LONGEST = 14  # words; no amount has more
LONGEST_FIGURE = 24  # digits; with `MAX_SCALES` every product stays exact in the 28 digits of a Decimal
MAX_SCALES = 2  # hundred thousand, lakh crore
DIGITS = 18  # what the store compares as numbers: 64 bits before the point, 18 places after it
OWN = frozenset((MONEY, PERCENT, QUANTITY))
MINUS = frozenset(("-", "−", "minus"))
SIGN_WORDS = 3  # US$ is two words to `TOKEN`; longer signs there are none


@dataclass(frozen=True, slots=True)
class Quantity:
    """An amount: its lexical form and the datatype that this is of, as in `Value`."""

    value: str
    datatype: str


@dataclass(frozen=True, slots=True)
class Amount:
    """A number with the words that it stands between: *about $* 5 million, 5 million *Swiss francs*."""

    number: Decimal
    sign: str  # the ISO 4217 code of the currency sign before it, or nothing
    after: tuple[str, ...]


def read(phrase: str, label: str = "", countries: Iterable[str] = ()) -> Quantity | None:
    """Return what a whole phrase says as an amount, or None if it says none, or more than one.

    `label` is what the model takes it for (`MONEY`, `QUANTITY`), which tells one kind of pounds from the
    other. `countries` are the labels of those that the sentence names before it: *dollars* are those of
    the United States only where there is no other. They are asked for only if it depends on them.
    """
    amount = _amount(phrase)
    if amount is None or not _fits(amount.number):
        return None
    if not amount.after:
        return _sum(amount, amount.sign) if amount.sign else _plain_number(amount.number)
    if amount.sign:
        return None
    return _share(amount) or _named(amount, label, countries)


def whole(phrase: str) -> int | None:
    """Return the whole number that a phrase is (*at least nine*, *two dozen*), or None."""
    found = read(phrase)
    return int(found.value) if found is not None and found.datatype == f"{XSD}integer" else None


@cache
def tails() -> frozenset[str]:
    """Return what may follow the noun of an amount and belongs to it: *an hour*, *per cent*, *Celsius*."""
    per, times = lexicon.words("units", "per"), _codes("times")
    rates = {f"{word} {time}" for word in per for time in times}
    scales = {"celsius", "centigrade", "fahrenheit", "sterling"}
    return frozenset(rates | scales | {name for name in lexicon.words("units", "percent") if " " in name})


def lexical(number: Decimal) -> str:
    """Return a number in plain digits, as xsd:decimal and xsd:integer are written: never an exponent."""
    return str(int(number)) if number == int(number) else format(number.normalize(), "f")


def _fits(number: Decimal) -> bool:
    digits, exponent = number.as_tuple().digits, number.as_tuple().exponent
    return isinstance(exponent, int) and exponent >= -DIGITS and len(digits) + exponent <= DIGITS


def _amount(phrase: str) -> Amount | None:
    words = TOKEN.findall(phrase)
    if len(words) > LONGEST:
        return None
    words = _without_approximation(words)
    code, words = _sign(words)
    found = _number(_lower(words))
    if found is None:
        return None
    number, used = found
    scaled, more = _scaled(number, _lower(words[used:]), money=bool(code) or _is_money(words[used + 1 :]))
    return Amount(scaled, code, tuple(words[used + more :]))


def _lower(words: Sequence[str]) -> list[str]:
    return [word.lower() for word in words]


@cache
def _approximations() -> frozenset[tuple[str, ...]]:
    return frozenset(tuple(row.split()) for row in lexicon.words("units", "approximations"))


def _without_approximation(words: list[str]) -> list[str]:
    """*As many as just over 50*: the words from the number (or its currency sign) on."""
    longest = max(map(len, _approximations()))
    while True:
        lower = tuple(_lower(words[:longest]))
        size = next((n for n in range(len(lower), 0, -1) if lower[:n] in _approximations()), 0)
        if not size:
            return words
        words = words[size:]


def _sign(words: list[str]) -> tuple[str, list[str]]:
    """Take the sign or code of a currency from before a number: `US$`, `€`, `EUR`."""
    for size in range(min(SIGN_WORDS, len(words)), 0, -1):
        code = _signs().get("".join(words[:size]).lower())
        if code is not None:
            return code, words[size:]
    code = words[0] if words and words[0] in lexicon.table("units")["currencies"] else ""
    return code, words[bool(code) :]


@cache
def _signs() -> Mapping[str, str]:
    rows = lexicon.table("units")["currencies"]
    return {sign: code for code, row in rows.items() for sign in row["signs"]}


def _number(words: Sequence[str]) -> tuple[Decimal, int] | None:
    """Return the number that words begin with, before any scale, and how many of them it takes."""
    if words and words[0] in MINUS:
        found = _number(words[1:]) if words[1:2] and words[1] not in MINUS else None
        return (-found[0], found[1] + 1) if found is not None else None
    scales = lexicon.table("units")["scales"]
    if tuple(words[:2]) in {("half", "a"), ("half", "an")} and words[2:3] and words[2] in scales:
        return Decimal("0.5"), 2
    if words[:1] in (["a"], ["an"]) and words[1:2] and words[1] in scales:
        return Decimal(1), 1
    if words and len(words[0]) <= LONGEST_FIGURE and FIGURES.fullmatch(words[0]):
        return Decimal(words[0].replace(",", "")), 1
    return _hundreds(words)


def _hundreds(words: Sequence[str]) -> tuple[Decimal, int] | None:
    """*Two hundred and fifty*; a plain *two hundred* is left to the scales."""
    found = _below_hundred(words)
    if found is None or words[found[1] : found[1] + 1] != ["hundred"]:
        return found
    at = found[1] + 1
    at += words[at : at + 1] == ["and"]
    rest = _below_hundred(words[at:])
    return (found[0] * 100 + rest[0], at + rest[1]) if rest is not None else found


def _below_hundred(words: Sequence[str]) -> tuple[Decimal, int] | None:
    """*Seven*, *sixty*, *sixty-five*."""
    rows = lexicon.table("units")
    numerals, tens = rows["numerals"], rows["tens"]
    first = words[0] if words else ""
    if first in numerals:
        return Decimal(numerals[first]), 1
    if first not in tens:
        return None
    at = 2 if words[1:2] == ["-"] else 1
    ones = numerals.get(words[at], 0) if len(words) > at else 0
    return (Decimal(tens[first] + ones), at + 1) if 0 < ones < 10 else (Decimal(tens[first]), 1)


def _scaled(number: Decimal, words: Sequence[str], *, money: bool) -> tuple[Decimal, int]:
    """Multiply a number by the scales after it: 3 *bn*, five *hundred thousand*; of money *m* is one too."""
    rows = lexicon.table("units")
    scales: dict[str, int] = {**rows["scales"], **rows["money_scales"]} if money else rows["scales"]
    used = 0
    for word in words[:MAX_SCALES]:
        if word not in scales:
            break
        number *= scales[word]
        used += 1
    return number, used


def _is_money(words: Sequence[str]) -> bool:
    return bool(words) and (
        words[-1].lower() in _currencies() or words[-1] in lexicon.table("units")["currencies"]
    )


def _plain_number(number: Decimal) -> Quantity:
    return Quantity(lexical(number), f"{XSD}integer" if number == int(number) else f"{XSD}decimal")


def _sum(amount: Amount, code: str) -> Quantity:
    return Quantity(f"{lexical(amount.number)} {code}".strip(), MONEY)


def _share(amount: Amount) -> Quantity | None:
    said = " ".join(amount.after).lower() in lexicon.words("units", "percent")
    return Quantity(lexical(amount.number), PERCENT) if said else None


def _named(amount: Amount, label: str, countries: Iterable[str]) -> Quantity | None:
    """Money by the name of its currency, or a measure by its unit; pounds are both, so the label decides."""
    code = _currency(amount.after, countries)
    unit = _unit(amount.after)
    if code is not None and unit is not None:
        code = code if label == "MONEY" else None
        unit = unit if label == "QUANTITY" else None
    if code is not None:
        return _sum(amount, code)
    return Quantity(f"{lexical(amount.number)} {unit}", QUANTITY) if unit is not None else None


@cache
def _currencies() -> Mapping[str, Mapping[str, str]]:
    """Return name of a currency -> its countries -> the code there."""
    found: dict[str, dict[str, str]] = {}
    for code, row in lexicon.table("units")["currencies"].items():
        for name in row["names"]:
            found.setdefault(name, {})[row["home"]] = code
    return found


def _currency(words: Sequence[str], countries: Iterable[str]) -> str | None:
    """Return the code of a currency that words name; empty if it is one of several, None if they name none.

    *Swiss francs* says which, *yen* there is one of; *dollars* is the usual one where no other country is
    named, *shillings* is no one's in particular.
    """
    if words[0] in lexicon.table("units")["currencies"] and len(words) == 1:
        return words[0]
    for size in (1, 2):  # francs, pounds sterling
        codes = _currencies().get(" ".join(words[-size:]).lower()) if len(words) >= size else None
        if codes is None:
            continue
        if len(words) > size:
            country = _country(" ".join(words[:-size]))
            return codes.get(country, "") if country is not None else None
        return next(iter(codes.values())) if len(codes) == 1 else _usual(words[-1].lower(), countries)
    return None


def _usual(name: str, countries: Iterable[str]) -> str:
    rows = lexicon.table("units")
    code: str = rows["usual"].get(name, "")
    return code if code and all(country == rows["currencies"][code]["home"] for country in countries) else ""


def _country(name: str) -> str | None:
    """Return the label of the country that an adjective or a name means: *Swiss*, *US*, *Hong Kong*."""
    place = lexicon.known().get(name)
    return lexicon.country_of(name) or (place.label if place is not None else None)


@cache
def _codes(key: str) -> Mapping[str, str]:
    return {name: code for code, names in lexicon.table("units")[key].items() for name in names}


def _unit(words: Sequence[str]) -> str | None:
    """Return the code of a unit of measure, with what it is reckoned by: *kilometres an hour* is `km/h`."""
    lower = _lower(words)
    unit = _codes("units").get(" ".join(lower).replace(" - ", " "))
    if unit is not None or len(lower) < 3 or lower[-2] not in lexicon.words("units", "per"):
        return unit
    unit, time = _codes("units").get(" ".join(lower[:-2])), _codes("times").get(lower[-1])
    return f"{unit}/{time}" if unit is not None and time is not None else None
