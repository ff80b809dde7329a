"""Amounts: what a phrase says as a number, as money, as a share or as a measure, and what it does not."""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal

import pycountry
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode

from graph.rdf_terms import stored_form
from graph.resources import data_path
from graph.text import lexicon
from graph.text.quantities import DIGITS, Quantity, lexical, read, tails, whole
from graph.vocab import MONEY, PERCENT, QUANTITY, XSD

INTEGER, DECIMAL = f"{XSD}integer", f"{XSD}decimal"
UNITS = json.loads(data_path("lexicon", "units.json").read_text("utf-8"))


@pytest.mark.parametrize(
    ("phrase", "value"),
    [
        ("2.4 billion euros", "2400000000 EUR"),
        ("$50 million", "50000000 USD"),
        ("US$35,000", "35000 USD"),
        ("US $ 35,000", "35000 USD"),
        ("£3bn", "3000000000 GBP"),
        ("€5m", "5000000 EUR"),
        ("5m euros", "5000000 EUR"),
        ("$1.1k", "1100 USD"),
        ("A$2.50", "2.5 AUD"),
        ("EUR 300", "300 EUR"),
        ("300 EUR", "300 EUR"),
        ("50,000 Swiss francs", "50000 CHF"),
        ("3 million Canadian dollars", "3000000 CAD"),
        ("900 Hong Kong dollars", "900 HKD"),
        ("7 US dollars", "7 USD"),
        ("20 pounds sterling", "20 GBP"),
        ("nine yen", "9 JPY"),
        ("580 million shillings", "580000000"),
        ("580 million Kenyan shillings", "580000000 KES"),
        ("400 Norwegian dollars", "400"),
        ("90 lakh rupees", "9000000"),
        ("two lakh crore Indian rupees", "2000000000000 INR"),
        ("an estimated $4 million", "4000000 USD"),
        ("0.1 dollars", "0.1 USD"),
    ],
)
def test_money(phrase: str, value: str) -> None:
    assert read(phrase) == Quantity(value, MONEY)


@pytest.mark.parametrize(
    ("phrase", "countries", "value"),
    [
        ("3 million dollars", (), "3000000 USD"),
        ("3 million dollars", ("United States",), "3000000 USD"),
        ("3 million dollars", ("United States", "Canada"), "3000000"),
        ("$3 million", ("Canada",), "3000000 USD"),
        ("3 million US dollars", ("Canada",), "3000000 USD"),
        ("3 million euros", ("Canada",), "3000000 EUR"),
        ("8 million won", ("South Korea",), "8000000 KRW"),
        ("8 million won", ("North Korea",), "8000000"),
    ],
)
def test_a_name_of_several_currencies_is_the_usual_one_where_no_other_country_is_named(
    phrase: str, countries: tuple[str, ...], value: str
) -> None:
    assert read(phrase, countries=countries) == Quantity(value, MONEY)


def test_countries_are_asked_for_only_if_it_depends_on_them() -> None:
    def asked() -> Iterator[str]:
        raise AssertionError
        yield ""

    for phrase in ("$3", "3 euros", "3 Swiss francs", "3 km", "3%", "3", "3 ships"):
        read(phrase, countries=asked())
    with pytest.raises(AssertionError):
        read("3 dollars", countries=asked())


@pytest.mark.parametrize(
    ("phrase", "value"),
    [
        ("24.4%", "24.4"),
        ("5 percent", "5"),
        ("Six per cent", "6"),
        ("at least 0.50 pct", "0.5"),
        ("-3 %", "-3"),
    ],
)
def test_share(phrase: str, value: str) -> None:
    assert read(phrase) == Quantity(value, PERCENT)


@pytest.mark.parametrize(
    ("phrase", "value"),
    [
        ("785 miles", "785 mi"),
        ("10 km", "10 km"),
        ("30mm", "30 mm"),
        ("165 kilometres an hour", "165 km/h"),
        ("165 kilometers per hour", "165 km/h"),
        ("165 km/h", "165 km/h"),
        ("70 mph", "70 mi/h"),
        ("40 tonnes", "40 t"),
        ("30 square kilometres", "30 km2"),
        ("5,000 barrels a day", "5000 bbl/d"),
        ("1.5 million tonnes a year", "1500000 t/a"),
        ("minus 5 degrees Celsius", "-5 Cel"),
        ("40°C", "40 Cel"),
        ("60 kilowatt-hours", "60 kW.h"),
        ("three percentage points", "3 pp"),
    ],
)
def test_measure(phrase: str, value: str) -> None:
    assert read(phrase) == Quantity(value, QUANTITY)


@pytest.mark.parametrize(
    ("label", "expected"),
    [("MONEY", Quantity("20 GBP", MONEY)), ("QUANTITY", Quantity("20 lb", QUANTITY)), ("", None)],
)
def test_the_label_tells_which_pounds(label: str, expected: Quantity | None) -> None:
    assert read("20 pounds", label) == expected


@pytest.mark.parametrize(
    ("phrase", "value", "datatype"),
    [
        ("240,000", "240000", INTEGER),
        ("1,50,000", "150000", INTEGER),
        ("three", "3", INTEGER),
        ("Twenty-one", "21", INTEGER),
        ("sixty five", "65", INTEGER),
        ("1.5 million", "1500000", INTEGER),
        ("2.50", "2.5", DECIMAL),
        ("a dozen", "12", INTEGER),
        ("two dozen", "24", INTEGER),
        ("half a million", "500000", INTEGER),
        ("half a dozen", "6", INTEGER),
        ("a hundred thousand", "100000", INTEGER),
        ("two hundred and fifty thousand", "250000", INTEGER),
        ("one hundred five", "105", INTEGER),
        ("-4", "-4", INTEGER),
        ("minus 0", "0", INTEGER),
        ("up to 300", "300", INTEGER),
        ("as many as just over 50", "50", INTEGER),
        ("about half a billion", "500000000", INTEGER),
    ],
)
def test_number(phrase: str, value: str, datatype: str) -> None:
    assert read(phrase) == Quantity(value, datatype)


@pytest.mark.parametrize(
    "phrase",
    [
        *(
            "",
            "about",
            "-",
            "- -5",
            "$",
            "half",
            "a",
            "dozens",
            "hundreds",
            "a quarter",
            "two and a half million",
        ),
        *(
            "10 to 15",
            "10-15",
            "10–15 km",
            "5 or 6",
            "between 5 and 6 million euros",
            "five six",
            "three million two",
        ),
        *(
            "9/11",
            "007",
            "the 707",
            "1990s",
            "7:30",
            "3,14",
            "1.234.567",
            "1,23",
            "No. 5",
            "second",
            "²",
            "٣",
        ),
        *(
            "5m",
            "5k",
            "40 degrees",
            "5 tons",
            "5 ships",
            "5 gold dollars",
            "$5 km",
            "$5 euros",
            "5 km a ship",
            "5 % km",
        ),
        *("1" * 19, "0." + "1" * 19, "9" * 5000, "1 trillion trillion", "1 dozen dozen dozen"),
        "one " * 100,
        "about " * 5000 + "5",
    ],
)
def test_what_is_no_single_amount_stays_words(phrase: str) -> None:
    assert read(phrase) is None


@given(st.decimals(min_value=-(10**16), max_value=10**16, places=6))
def test_numbers_keep_every_digit_and_are_written_as_the_store_writes_them(number: Decimal) -> None:
    said = f"{number:f}"
    found = read(said)
    assert found is not None
    assert Decimal(found.value) == number
    assert found.datatype == (INTEGER if number == int(number) else DECIMAL)
    assert stored_form(Literal(found.value, datatype=NamedNode(found.datatype))).value == found.value
    assert read(f"{said} km") == Quantity(f"{lexical(number)} km", QUANTITY)


@given(st.text(max_size=60))
def test_any_text_is_read_to_something_finite(text: str) -> None:
    found = read(text)
    assert found is None or len(found.value) <= 2 * DIGITS + 8


def test_whole_numbers() -> None:
    assert [whole(said) for said in ("at least nine", "two dozen", "1.5", "$5", "10 to 15")] == [
        *(9, 24),
        *(None, None, None),
    ]


def test_tails_are_what_the_units_read() -> None:
    assert {"an hour", "per second", "a day", "per cent", "celsius"} <= tails()
    assert all(len(tail.split()) <= 2 for tail in tails())


def test_currencies_are_of_iso_4217_and_of_known_countries() -> None:
    for code, row in UNITS["currencies"].items():
        assert pycountry.currencies.get(alpha_3=code), code
        home = lexicon.known().get(row["home"])
        assert row["home"] == "Europe" or (home is not None and home.label == row["home"]), code
        assert set(UNITS["usual"].values()) <= UNITS["currencies"].keys()


@pytest.mark.parametrize("key", ["units", "times"])
def test_a_name_belongs_to_one_unit(key: str) -> None:
    names = [name for row in UNITS[key].values() for name in row]
    assert len(names) == len(set(names))
    assert all(name == name.lower() for name in names)


def test_a_sign_belongs_to_one_currency() -> None:
    signs = [sign for row in UNITS["currencies"].values() for sign in row["signs"]]
    assert len(signs) == len(set(signs))
    assert all(sign == sign.lower() for sign in signs)
