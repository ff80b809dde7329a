"""Amounts in the tree: which phrase says one, where it ends, and how many a counted noun is."""

from __future__ import annotations

import pytest

from graph.model import Node, Value
from graph.vocab import MONEY, XSD
from tests.docs import find, make, read
from tests.noding import nodes_of, part


@pytest.mark.parametrize(
    ("notation", "head"),
    [
        ("has/VBZ/ROOT 40/CD/nummod/tonnes tonnes/NNS/dobj/has of/IN/prep/tonnes ore/NN/pobj/of", "tonnes"),
        ("has/VBZ/ROOT 9/CD/nummod/%/PERCENT %/NN/dobj/has/PERCENT of/IN/prep/% it/PRP/pobj/of", "%"),
        ("pays/VBZ/ROOT 9/CD/nummod/yen yen/NNS/dobj/pays in/IN/prep/yen tax/NN/pobj/in", "yen"),
        ("has/VBZ/ROOT 9/CD/nummod/ships ships/NNS/dobj/has", "ships"),
        ("has/VBZ/ROOT seven/CD/dobj/has", "seven"),
    ],
)
def test_what_more_is_said_of_is_a_thing_and_no_amount(notation: str, head: str) -> None:
    assert isinstance(part(notation, head), Node)


@pytest.mark.parametrize(
    ("notation", "head", "value"),
    [
        ("was/VBD/ROOT 10/CD/attr/was/CARDINAL -/SYM/punct/10 15/CD/dep/10", "10", "10"),
        ("was/VBD/ROOT 10/CD/quantmod/15 to/IN/quantmod/15 15/CD/attr/was/CARDINAL", "15", "10 to 15"),
        ("is/VBZ/ROOT 40/CD/attr/is/CARDINAL ±/SYM/punct/40 2/CD/nummod/days days/NNS/attr/is", "40", "40"),
        ("is/VBZ/ROOT five/CD/attr/is/CARDINAL or/CC/cc/five six/CD/conj/five/CARDINAL", "six", "six"),
        (
            "is/VBZ/ROOT between/IN/prep/is 10/CD/pobj/between/CARDINAL and/CC/cc/10 15/CD/conj/10/CARDINAL",
            "15",
            "15",
        ),
    ],
)
def test_an_end_of_a_range_is_no_number(notation: str, head: str, value: str) -> None:
    found = part(notation, head)
    assert isinstance(found, Value)
    assert (found.value, found.datatype) == (value, f"{XSD}string")


DOLLARS = "paid/VBD/ROOT 3/CD/nummod/dollars/MONEY dollars/NNS/dobj/paid/MONEY"


@pytest.mark.parametrize(
    ("before", "value"),
    [
        ("Hale/NNP/nsubj/paid/PERSON", "3 USD"),
        ("Texas/NNP/nsubj/paid/GPE", "3 USD"),
        ("Canada/NNP/nsubj/paid/GPE", "3"),
        ("Canadians/NNPS/nsubj/paid/NORP", "3"),
        ("Sri/NNP/compound/Lanka/GPE Lanka/NNP/nsubj/paid/GPE", "3"),
        ("Americans/NNPS/nsubj/paid/NORP", "3 USD"),
        ("Canada/NNP/nsubj/left/GPE left/VBD/ROOT ././punct/left Hale/NNP/nsubj/paid/PERSON", "3 USD"),
    ],
)
def test_dollars_are_american_unless_the_sentence_names_another_country(before: str, value: str) -> None:
    found = part(f"{before} {DOLLARS}", "dollars")
    assert isinstance(found, Value)
    assert (found.value, found.datatype) == (value, MONEY)


@pytest.mark.parametrize(
    ("notation", "head", "expected"),
    [
        ("nine/CD/nummod/men/CARDINAL men/NNS/nsubj/left left/VBD/ROOT", "men", "9 nine"),
        (
            "at/IN/advmod/least least/RBS/advmod/nine nine/CD/nummod/men/CARDINAL men/NNS/nsubj/left "
            "left/VBD/ROOT",
            "men",
            "9 at least nine",
        ),
        ("one/CD/nummod/man/CARDINAL man/NN/nsubj/left left/VBD/ROOT", "man", "1 one"),
        ("737/CD/nummod/jet/CARDINAL jet/NN/nsubj/left left/VBD/ROOT", "jet", None),
        ("24/CD/nummod/hours/DATE hours/NNS/nsubj/left/DATE left/VBD/ROOT", "hours", None),
        ("40/CD/nummod/tonnes/CARDINAL tonnes/NNS/nsubj/left left/VBD/ROOT", "tonnes", None),
        ("two/CD/nummod/thirds/CARDINAL thirds/NNS/nsubj/left left/VBD/ROOT", "thirds", None),
        ("no/DT/det/men two/CD/nummod/men/CARDINAL men/NNS/nsubj/left left/VBD/ROOT", "men", None),
        (
            "five/CD/nummod/men/CARDINAL or/CC/cc/five six/CD/conj/five men/NNS/nsubj/left left/VBD/ROOT",
            "men",
            None,
        ),
        ("men/NNS/nsubj/left ten/CD/nummod/men/CARDINAL left/VBD/ROOT", "men", None),
        ("five/CD/nummod/Swedes/CARDINAL Swedes/NNPS/nsubj/left/NORP left/VBD/ROOT", "Swedes", "5 five"),
        ("young/JJ/amod/men men/NNS/nsubj/left left/VBD/ROOT", "men", None),
    ],
)
def test_how_many_a_counted_noun_is(notation: str, head: str, expected: str | None) -> None:
    nodes = nodes_of(notation)
    found = nodes.count(find(nodes.doc, head))
    assert (found and f"{found.value} {found.text}") == expected
    assert found is None or found.datatype == f"{XSD}integer"


RATE = "paid/VBD/ROOT 9/CD/nummod/euros/MONEY euros/NNS/dobj/paid/MONEY"


@pytest.mark.parametrize(
    ("after", "value"),
    [
        ("", "9 EUR"),
        ("an/DT/det/hour hour/NN/npadvmod/euros", "9 euros"),
        ("an/DT/det/hour hour/NN/npadvmod/ago ago/RB/advmod/paid", "9 EUR"),
        ("an/DT/det/artist artist/NN/dative/paid", "9 EUR"),
    ],
)
def test_money_for_a_time_is_no_sum(after: str, value: str) -> None:
    found = part(f"{RATE} {after}", "euros")
    assert isinstance(found, Value)
    assert found.value == value


def told(notation: str) -> list[str]:
    """The arguments of all statements: `kill count 9`."""
    found = [(made.predicate.id, part) for made in read(make(notation)).statements for part in made.arguments]
    return [
        f"{predicate} {part.role} {part.value.value if isinstance(part.value, Value) else part.value.id}"
        for predicate, part in found
    ]


@pytest.mark.parametrize(
    ("notation", "expected"),
    [
        ("Nine/CD/nummod/men/CARDINAL men/NNS/nsubj/drowned drowned/VBD/ROOT/=drown", ["drown count 9"]),
        (
            "Floods/NNS/nsubj/killed killed/VBD/ROOT/=kill two/CD/nummod/dozen/CARDINAL "
            "dozen/NN/nummod/men men/NNS/dobj/killed",
            [],
        ),
        (
            "Floods/NNS/nsubj/killed killed/VBD/ROOT/=kill two/CD/compound/dozen/CARDINAL "
            "dozen/CD/nummod/men/CARDINAL men/NNS/dobj/killed",
            ["kill count 24"],
        ),
        (
            "Three/CD/nummod/thieves/CARDINAL thieves/NNS/nsubj/took took/VBD/ROOT/=take "
            "forty/CD/nummod/rings/CARDINAL rings/NNS/dobj/took",
            ["take count 40"],
        ),
        (
            "Three/CD/nummod/thieves/CARDINAL thieves/NNS/nsubj/took took/VBD/ROOT/=take "
            "the/DT/det/rings rings/NNS/dobj/took",
            ["take count 3"],
        ),
        (
            "Support/NN/nsubj/fell fell/VBD/ROOT/=fall 3/CD/nummod/points/CARDINAL "
            "percentage/NN/compound/points points/NNS/dobj/fell",
            [],
        ),
        ("Men/NNS/nsubj/drowned drowned/VBD/ROOT/=drown", []),
    ],
)
def test_the_count_goes_with_the_statement(notation: str, expected: list[str]) -> None:
    assert told(notation) == expected


@pytest.mark.parametrize(
    ("notation", "expected"),
    [
        (
            "Profit/NN/nsubj/rose rose/VBD/ROOT/=rise 24.4/CD/nummod/%/PERCENT %/NN/npadvmod/rose/PERCENT",
            ["rise extent 24.4"],
        ),
        (
            "Hale/NNP/nsubj/walked/PERSON walked/VBD/ROOT/=walk 7/CD/nummod/miles/QUANTITY "
            "miles/NNS/npadvmod/walked/QUANTITY to/IN/prep/walked Oslo/NNP/pobj/to/GPE "
            "last/JJ/amod/year/DATE year/NN/npadvmod/walked/DATE",
            ["walk_to extent 7 mi"],
        ),
        ("Hale/NNP/nsubj/came/PERSON came/VBD/ROOT/=come 5/CD/npadvmod/came/CARDINAL", []),
        (
            "Winds/NNS/nsubj/reached reached/VBD/ROOT/=reach 75/CD/nummod/miles/QUANTITY "
            "miles/NNS/dobj/reached/QUANTITY per/IN/prep/reached/QUANTITY hour/NN/pobj/per/QUANTITY "
            "near/IN/prep/reached Oslo/NNP/compound/suburbs suburbs/NNS/pobj/near",
            ["reach near Oslo_suburbs"],
        ),
    ],
)
def test_how_far_a_thing_goes(notation: str, expected: list[str]) -> None:
    assert told(notation) == expected


def test_a_long_phrase_with_many_numbers_is_read_in_time() -> None:
    many = " ".join(f"{n}/CD/nummod/things/CARDINAL" for n in range(2000))
    nodes = nodes_of(f"has/VBZ/ROOT {many} things/NNS/dobj/has")
    things = find(nodes.doc, "things")
    assert nodes.value(things) is None
    assert nodes.count(things) is None
