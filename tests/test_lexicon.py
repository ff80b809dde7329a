"""The word lists: countries, cities, demonyms, seats of power; and that the tables hold together."""

from __future__ import annotations

import json

import pytest

from graph.resources import data_path
from graph.text import lexicon
from graph.text.trimming import KINDS


@pytest.mark.parametrize(
    ("name", "label", "kind"),
    [
        ("US", "United States", "country"),
        ("U.S.", "United States", "country"),
        ("United States of America", "United States", "country"),
        ("Britain", "United Kingdom", "country"),
        ("Russian Federation", "Russia", "country"),
        ("Türkiye", "Turkey", "country"),
        ("Burma", "Myanmar", "country"),
        ("Côte d'Ivoire", "Ivory Coast", "country"),
        ("Kyiv", "Kyiv", "city"),
        ("Kiev", "Kyiv", "city"),
        ("Bombay", "Mumbai", "city"),
        ("Moscow", "Moscow", "city"),
        ("New York", "New York City", "city"),
        ("Singapore", "Singapore", "country"),
        ("Luxembourg", "Luxembourg", "country"),
        ("Georgia", "Georgia", "country"),
        ("Donbass", "Donbas", "region"),
        ("UN", "United Nations", "organization"),
        ("E.U.", "European Union", "organization"),
        ("Nato", "NATO", "organization"),
    ],
)
def test_known_names(name: str, label: str, kind: str) -> None:
    place = lexicon.known()[name]
    assert (place.label, place.kind) == (label, kind)


@pytest.mark.parametrize("name", ["us", "Kestria", "", "Xi", "Korea, Republic of", "Berg"])
def test_unknown_names(name: str) -> None:
    assert name not in lexicon.known()


def test_a_label_is_a_name_of_itself() -> None:
    known = lexicon.known()
    for name, place in known.items():
        assert known[place.label] == place, name
        assert place.kind in KINDS


@pytest.mark.parametrize(
    ("word", "country"),
    [
        ("Russian", "Russia"),
        ("Russians", "Russia"),
        ("Chinese", "China"),
        ("Dutch", "The Netherlands"),
        ("Britons", "United Kingdom"),
        ("Palestinian", "Palestinian Territory"),
        ("European", "Europe"),
        ("Kestrian", None),
        ("s", None),
        ("", None),
    ],
)
def test_demonyms(word: str, country: str | None) -> None:
    assert lexicon.country_of(word) == country


def test_every_demonym_belongs_to_a_known_place() -> None:
    larger = {"Europe", "Africa", "Asia", "West"}
    for country in lexicon.table("places")["demonyms"].values():
        assert country in larger or lexicon.known()[country].label == country


@pytest.mark.parametrize(
    ("place", "country"),
    [
        ("Moscow", "Russia"),
        ("Beijing", "China"),
        ("Kyiv", "Ukraine"),
        ("Washington", "United States"),
        ("New Delhi", "India"),
        ("Kremlin", "Russia"),
        ("Downing Street", "United Kingdom"),
        ("Shanghai", None),
        ("Singapore", None),
        ("Luxembourg", None),
        ("Russia", None),
        ("Kestria", None),
    ],
)
def test_whom_a_seat_of_power_stands_for(place: str, country: str | None) -> None:
    assert lexicon.stands_for(place) == country
    assert country is None or lexicon.known()[country].kind == "country"


def test_effects_of_verbs_and_nouns_are_words_without_overlap() -> None:
    for name in ("verbs", "nouns"):
        found = lexicon.effects(name)
        rows = {effect: lemmas for effect, lemmas in lexicon.table(name).items() if effect in found.values()}
        assert found
        assert sum(len(set(lemmas)) for lemmas in rows.values()) == len(found)


@pytest.mark.parametrize("path", sorted(data_path("lexicon").iterdir()), ids=lambda path: path.stem)
def test_table_says_what_it_is(path: object) -> None:
    loaded = lexicon.table(str(path).rsplit("/", 1)[-1].removesuffix(".json"))
    assert loaded["_about"].endswith(".")
    assert len(loaded) > 1
    assert json.dumps(loaded)


def test_no_first_name_is_both_his_and_hers() -> None:
    for name in ("kinds", "offices"):
        assert not lexicon.words(name, "female") & lexicon.words(name, "male")


def test_word_lists_are_in_small_letters_without_repeats() -> None:
    lists = [("kinds", key) for key in ("female", "male", "person", "place", "organization")]
    lists += [("offices", key) for key in ("offices", "leaders", "honorifics", "female", "male")]
    lists.append(("places", "company_words"))
    for name, key in lists:
        words = lexicon.table(name)[key]
        assert sorted(set(words)) == sorted(words), (name, key)
        assert all(word == word.lower() for word in words)
