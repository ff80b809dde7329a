"""Entities: which mentions of an article are the same thing, and what it is."""

from __future__ import annotations

import re
from dataclasses import replace
from time import process_time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from graph.model import EntityType
from graph.text.entities import Cast, build
from graph.text.merging import Rule
from graph.text.trimming import TYPES, Name
from graph.text.variants import abbreviates, acronyms, companies, fold, full_name, short_forms
from graph.vocab import Namespaces

TYPE = {"P": "PERSON", "O": "ORG", "G": "GPE", "N": "NORP", "E": "EVENT"}
CONCEPT = EntityType.CONCEPT
IRI = re.compile(r"[^\x00-\x20<>\"{}|\\^`]*")  # what SPARQL and Turtle let stand between < and >


def cast(*rows: str) -> Cast:
    """Build from rows `type text`: P person, O organisation, G place, N group, A adjective, ? left out."""
    names = []
    for i, row in enumerate(rows):
        kind, _, text = row.partition(" ")
        type_ = CONCEPT if kind == "?" else TYPES[TYPE["N" if kind == "A" else kind]]
        names.append(Name(i, i + 1, text, type_, adjective=kind == "A"))
    return build(names)


def ids(*rows: str) -> list[str]:
    made = cast(*rows)
    return [made.by_token[i] for i in range(len(rows))]


ONE = [
    ("P Xi Jinping", "P Xi"),
    ("P Xi", "P Xi Jinping"),
    ("P Xi Jinping", "O Xi"),
    ("P Xi Jinping", "? Xi"),
    ("P Volodymyr Zelenskyy", "P Zelensky"),
    ("P Volodymyr Zelensky", "P Volodymyr Zelenskyy"),
    ("P Mohammed Deif", "P Mohamed Deif"),
    ("P José Nuñez", "P Jose Nunez"),
    ("P Donald Trump", "P Donald J. Trump", "P Trump"),
    ("P Ursula von der Leyen", "P von der Leyen"),
    ("P Vladimir Zelensky", "P Volodymyr Zelenskyy", "P Zelenskiy"),
    ("P Evgeny Strand", "P Yevgeny Strand"),
    ("P Muammar Gaddafi", "P Qaddafi"),
    ("P Bashar al-Assad", "P Assad", "P al-Assad", "P Bashar Assad"),
    ("G Luhansk", "G Lugansk"),
    ("P Luiz Lula da Silva", "P Lula"),
    ("P Robert Kennedy Jr.", "P Kennedy"),
    ("P Anna Berg", "P Anna Berg’s", "P Berg's"),
    ("P Michael Jordan", "P Jordan"),
    ("G US", "G U.S.", "G United States", "G America", "A American"),
    ("G Kyiv", "G Kiev"),
    ("G UK", "G Britain", "A British"),
    ("G Donbas", "G Donbass"),
    ("G China", "A Chinese"),
    ("G Kestria", "A Kestrian"),
    ("G Norvalia", "A Norvalian"),
    ("G Catalon", "A Catalonian"),
    ("O UN", "O United Nations"),
    ("O FBI", "G F.B.I.", "? Federal Bureau of Investigation"),
    ("O UN Security Council", "O United Nations Security Council"),
    ("O International Mediation Centre", "O IMC"),
    ("O Bank of Northern Kestria", "O BNK"),
    ("O Nordane", "O Nordane Inc."),
    ("O Nordane Energy", "O Nordane"),
    ("O Nordane Energy", "? Nordane"),
    ("O Nordane Energy Inc.", "O Nordane Energy", "O Nordane"),
    ("N Republicans", "N Republican"),
    ("E Storm Odette", "P Odette"),
    ("E Hurricane Odette", "P Odette", "P Odette", "P Odette"),
    ("O Hezbollah", "O Hezbollah", "N Hezbollah"),
]
APART = [
    ("P Joe Biden", "P Hunter Biden", "P Biden"),
    ("P George W. Bush", "P George H. W. Bush", "P Bush"),
    ("P George W. Bush", "P George H. W. Bush", "P George Bush"),
    ("P Gloria Morgan Vanderbilt", "P Gloria Vanderbilt"),
    ("P Bruce Lee", "P Le"),
    ("P Li", "P Ly"),
    ("P Kestria Rangers", "G Kestria"),
    ("P Mohammed Deif", "P Mohamed Salah"),
    ("P Evgeny Strand", "P Yevgeny Hale"),
    ("P Imran Khan", "P Han"),
    ("P Xi Jinping", "P Vladimir Putin"),
    ("P Paris Hilton", "G Paris"),
    ("P Denzel Washington", "G Washington"),
    ("P Doug Ford", "O Ford Motor", "O Google"),
    ("O Google Cloud", "O Google"),
    ("O Nordane Energy", "O Nordane Grid", "O Nordane"),
    ("O Houston Electric", "G Houston"),
    ("O Kestria Trade Union", "O Kestria Transport Union", "O KTU"),
    ("O Alliance of Greens", "O AG"),
    ("G Congo-Brazzaville", "G DR Congo"),
    ("G Russia", "N Russians"),
    ("G Moscow", "G Russia", "O Kremlin"),
    ("G Beijing", "G China"),
    ("A Norvalian", "G Kestria"),
    ("G North Korea", "G South Korea"),
]


@pytest.mark.parametrize("rows", ONE, ids=" = ".join)
def test_same_thing(rows: tuple[str, ...]) -> None:
    assert len(set(ids(*rows))) == 1
    assert len(set(ids(*reversed(rows)))) == 1


@pytest.mark.parametrize("rows", APART, ids=" | ".join)
def test_different_things(rows: tuple[str, ...]) -> None:
    assert len(set(ids(*rows))) == len(rows)
    assert len(set(ids(*reversed(rows)))) == len(rows)


def test_a_storm_is_one_though_its_given_name_is_taken_for_someone() -> None:
    storm = cast("E Hurricane Odette", "P Odette", "P Odette", "P Odette").entities["Hurricane_Odette"]
    assert storm.type is EntityType.EVENT


def test_a_given_name_is_the_storm_at_its_last_stage() -> None:
    made = ids("E Tropical Storm Odette", "E Hurricane Odette", "P Odette")
    assert made == ["Tropical_Storm_Odette", "Hurricane_Odette", "Hurricane_Odette"]


@pytest.mark.parametrize(
    ("rows", "reasons"),
    [
        (("P Xi Jinping", "P Xi", "P Xi Jinping"), {1: Rule.PERSON}),
        (("P Volodymyr Zelenskyy", "P Volodymyr Zelensky"), {1: Rule.SPELLING}),
        (("G Kyiv", "G Kiev", "A Ukrainian"), {1: Rule.LEXICON, 2: Rule.DEMONYM}),
        (("G Catalon", "A Catalonian"), {1: Rule.ADJECTIVE}),
        (("O Bank of Northern Kestria", "O BNK"), {1: Rule.INITIALS}),
        (("O Nordane Energy", "O Nordane"), {1: Rule.COMPANY}),
        (("E Storm Odette", "P Odette"), {1: Rule.STORM}),
        (("P Anna Berg", "P Anna Berg"), {}),
    ],
)
def test_why_two_names_are_one_is_kept(rows: tuple[str, ...], reasons: dict[int, Rule]) -> None:
    assert cast(*rows).reasons == reasons


def test_what_stands_in_brackets_beside_a_name_means_it_wherever_it_stands() -> None:
    league = "Ostmark quill league"
    names = [
        Name(0, 1, league, EntityType.ORGANIZATION),
        Name(2, 3, "OQL", CONCEPT, beside=league),
        Name(4, 5, "OQL", EntityType.PERSON),
    ]
    made = build(names)
    assert len(made.entities) == 1
    assert made.reasons == {2: Rule.BRACKETS, 4: Rule.BRACKETS}
    both = replace(names[2], beside="Oslo quay line")
    capitals = replace(names[0], text="Ostmark Quill League")
    assert len(build([*names[:2], both]).entities) == 2
    assert len(build([capitals, *names[1:2], both]).entities) == 2


@pytest.mark.parametrize(
    ("short", "long"),
    [
        ("ICC", "International Criminal Court"),
        ("MSF", "Médecins Sans Frontières"),
        ("M5S", "Movimento 5 Stelle"),
        ("UNHCR", "United Nations High Commissioner for Refugees"),
        ("KePol", "Kestrian Police"),
    ],
)
def test_abbreviations(short: str, long: str) -> None:
    assert abbreviates(short, long)


@pytest.mark.parametrize(
    ("short", "long"),
    [
        ("D", "Democrats of Kestria"),
        ("Tokyo", "Tom Okyo"),
        ("CEO", "Nordane Energy"),
        ("ICC", "International Court"),
        ("IC", "International Criminal Court"),
        ("N A", "Nordane Airlines"),
        ("ABC", "Abacus"),
    ],
)
def test_what_abbreviates_nothing(short: str, long: str) -> None:
    assert not abbreviates(short, long)


def test_a_surname_is_its_bearer_unless_another_full_name_is_as_frequent() -> None:
    assert ids("P Vela Strand", "P Vela Strand", "P Strand Gallery", "P Strand")[3] == "Vela_Strand"
    assert ids("P Vela Strand", "P Strand Gallery", "P Strand")[2] == "Strand"
    made = cast("P Joe Biden", "P Hunter Biden", "G Biden")
    assert made.entities["Biden"].type is EntityType.PERSON


def test_a_city_is_a_surname_where_nothing_is_in_it() -> None:
    paris = [Name(i, i + 1, "Paris", EntityType.PLACE) for i in range(1, 4)]
    person = Name(0, 1, "Vela Paris", EntityType.PERSON)
    assert set(build([person, *paris]).entities) == {"Vela_Paris"}
    there = replace(paris[0], located=True)
    assert "Paris" in build([person, there, *paris[1:]]).entities
    assert "Paris" in build([replace(person, text="Paris Strand"), *paris]).entities
    assert (
        "Jordan"
        in build([replace(person, text="Vela Jordan"), *(replace(n, text="Jordan") for n in paris)]).entities
    )


def test_surname_is_a_person_whatever_the_model_says_unless_a_company_has_it() -> None:
    assert ids("P Nancy Hale", "O Hale", "O Hale", "G Hale") == ["Nancy_Hale"] * 4
    found = ids("P Henry Ford", "O Ford", "O Ford Motor", "O Ford")
    assert found == ["Henry_Ford", "Ford_Motor", "Ford_Motor", "Ford_Motor"]
    assert ids("P Henry Ford", "P Ford", "O Ford Motor") == ["Henry_Ford", "Henry_Ford", "Ford_Motor"]


@pytest.mark.parametrize(
    ("rows", "type_"),
    [
        (("O Hamas", "O Hamas", "N Hamas"), EntityType.ORGANIZATION),
        (("N Hamas", "O Hamas", "N Hamas"), EntityType.GROUP),
        (("? Odette", "? Odette", "E Odette"), EntityType.EVENT),
        (("? Odette",), CONCEPT),
        (("P Anna Berg", "O Anna Berg"), EntityType.PERSON),
        (("O Anna Berg", "P Anna Berg", "O Anna Berg"), EntityType.ORGANIZATION),
        (("O Kestrian News Bureau", "P KNB", "P KNB"), EntityType.ORGANIZATION),
        (("P KNB", "P KNB", "O KNB"), EntityType.PERSON),
        (("A Russian",), EntityType.PLACE),
        (("N Russians",), EntityType.GROUP),
        (("A Sikh",), EntityType.GROUP),
        (("O NATO",), EntityType.ORGANIZATION),
        (("P Jordan",), EntityType.PERSON),
        (("G Jordan", "G Jordan", "P Jordan"), EntityType.PLACE),
    ],
)
def test_type_is_voted(rows: tuple[str, ...], type_: EntityType) -> None:
    made = cast(*rows)
    assert {made.entities[made.by_token[i]].type for i in range(len(rows))} == {type_}


def test_acronym_that_the_article_spells_out_means_that() -> None:
    assert ids("O ICC") == ["International_Criminal_Court"]
    assert ids("O Imperial Cricket Council", "O ICC") == ["Imperial_Cricket_Council"] * 2


def test_person_named_like_a_place_has_an_id_of_its_own() -> None:
    assert ids("P Jordan", "P Anna Berg") == ["Jordan_person", "Anna_Berg"]
    assert ids("P Michael Jordan", "P Jordan", "G Jordan") == ["Michael_Jordan", "Michael_Jordan", "Jordan"]


def test_label_is_canonical_and_aliases_are_what_the_article_says() -> None:
    made = cast("P Xi", "P Xi Jinping", "P Xi", "G U.S.", "A American", "O Nordane", "O Nordane Inc.")
    xi, us, nordane = (made.entities[made.by_token[i]] for i in (0, 3, 5))
    assert (xi.id, xi.label, xi.aliases) == ("Xi_Jinping", "Xi Jinping", ("Xi",))
    assert (us.id, us.label, us.aliases) == ("United_States", "United States", ("U.S.",))
    assert (nordane.label, nordane.aliases) == ("Nordane Inc.", ("Nordane",))


def test_known_places_say_where_else_they_are_described() -> None:
    made = cast("G Kiev", "G Kestria", "G U.S.")
    assert all(iri.startswith("https://") for e in made.entities.values() for iri in e.same_as)
    assert len(made.entities["Kyiv"].same_as) == 1
    assert made.entities["Kestria"].same_as == ()
    assert made.entities["United_States"].same_as != made.entities["Kyiv"].same_as


@pytest.mark.parametrize(
    ("row", "country"),
    [
        ("G Beijing", "China"),
        ("G Kiev", "Ukraine"),
        ("O Kremlin", "Russia"),
        ("O White House", "United_States"),
        ("G Washington", "United_States"),
        ("P Washington", None),
        ("G Shanghai", None),
        ("G Singapore", None),
        ("G Kestria", None),
    ],
)
def test_seat_of_power_stands_for_its_country(row: str, country: str | None) -> None:
    made = cast(row)
    assert made.entities[made.by_token[0]].stands_for == country
    assert country is None or country in made.entities


LABEL = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1).filter(
    lambda text: any(char.isalpha() for char in text)
)


@example([("’s", EntityType.PERSON, False), ("Jr.", EntityType.PERSON, False)])
@given(st.lists(st.tuples(LABEL, st.sampled_from(list(EntityType)), st.booleans()), max_size=6))
def test_ids_of_any_names_are_whole_and_fit_into_an_iri(rows: list[tuple[str, EntityType, bool]]) -> None:
    names = [
        Name(i, i + 1, text, type_, adjective=adjective and type_ is EntityType.GROUP)
        for i, (text, type_, adjective) in enumerate(rows)
    ]
    made = build(names)
    assert made == build(names)
    assert set(made.by_token) == set(range(len(rows)))
    assert set(made.by_token.values()) <= set(made.entities)
    for id_, entity in made.entities.items():
        assert id_ == entity.id
        assert id_
        assert entity.label
        assert IRI.fullmatch(Namespaces("http://localhost/").entity(id_).value)
        assert entity.label not in entity.aliases
        assert entity.stands_for is None or entity.stands_for in made.entities


def test_no_names() -> None:
    assert build([]) == Cast({}, {}, ())


def test_many_names_take_no_square_of_time() -> None:
    """Twenty thousand people of one surname: looked up, never compared with each other."""
    rows = [f"P {first} Smith" for first in (f"A{i}" for i in range(10_000))]
    begun = process_time()
    made = cast(*rows, *["P Smith"] * 10_000)
    assert len(made.entities) == 10_001
    assert process_time() - begun < 15  # one or two; the square takes a minute


def test_fold() -> None:
    assert fold("Zelenskyy") == fold("Zelensky") == fold("Zelenskiy")
    assert fold("U.S.") == fold("US")
    assert fold("José") == fold("jose")
    assert fold("Nordane Energy, Inc.") == fold("Nordane Energy")
    assert fold("Kelly") != fold("Keli")


def test_full_name_of_two_people_is_none() -> None:
    people = short_forms(["anna berg", "tom berg", "xi jinping"])
    assert full_name("berg", people) is None
    assert full_name("xi", people) == "xi jinping"
    assert full_name("tom berg", people) == "tom berg"
    assert full_name("larsen", people) is None


def test_acronyms_and_companies_of_two_organisations_are_none() -> None:
    assert acronyms(["Alpha Beta Gamma", "Air Base Group"]) == {}
    assert acronyms(["Alpha Beta Gamma", "Alpha Beta Gamma Inc."]) != {}
    assert companies(["Nordane Energy", "Nordane Labs"]) == {}
    assert companies(["Nordane Energy", "Nordane Energy Inc."])["Nordane"] == "Nordane Energy"
