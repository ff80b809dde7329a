"""Parameters of named queries: how they are written, read, checked, and put in the place of variables."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from keeping import keep
from pyoxigraph import Literal, NamedNode, QueryBoolean, QuerySolutions, Store
from readings import visit

from graph.errors import BadFilter, BadQuery, NewsgraphError, NotFound, QueryRefused
from graph.model import Modality
from graph.queries import Library, bind, check_known, load_library, read_query
from graph.queries.kinds import KINDS
from graph.sparql import guard
from graph.store.archive import Archive
from graph.vocab import XSD, Namespaces

NS = Namespaces("https://kg.example/news/")


def named(sparql: str, *comments: str) -> str:
    return "\n".join(["#+ summary: A test", *(f"#+ {line}" for line in comments), sparql])


def value(sparql: str, given: Mapping[str, str], *comments: str) -> NamedNode | Literal | None:
    """The `?y` of the first row of the answer."""
    query = read_query("test", named(sparql, *comments))
    text = bind(query, query.terms(given, NS))
    guard.outline(text)
    found = Store().query(text, prefixes=NS.prefixes)
    assert isinstance(found, QuerySolutions)
    return next(iter(found))["y"]  # type: ignore[return-value]


@given(st.text(st.characters(exclude_categories=("Cs",)), max_size=60))
@example('" ?x } ; DROP ALL #')
@example("\\")
@example("'\"\n\r\t\0\x1b")
@example("\\u0022 . } SERVICE <http://x/> { ?a ?b ?c")
@example("?_x")
def test_a_text_stays_the_text_that_it_is(text: str) -> None:
    assert value("SELECT (?_x AS ?y) {}", {"x": text}) == Literal(text)
    assert value("SELECT (?_x_en AS ?y) {}", {"x": text}) == Literal(text, language="en")


@given(st.text(st.characters(exclude_categories=("Cs",)), max_size=30))
@example("http://x/> { } SERVICE <http://y/")
@example("urn:a?_x")
def test_an_iri_is_one_or_refused(text: str) -> None:
    try:
        found = value("SELECT (?_x_iri AS ?y) {}", {"x": text})
    except BadFilter:
        return
    assert found == NamedNode(text)


VALUES = [
    ("entity", "Xi_Jinping", NS.entity("Xi_Jinping")),
    ("entity", "https://kg.example/news/entity/Xi_Jinping", NS.entity("Xi_Jinping")),
    ("entity", "U.S._Steel", NS.entity("U.S._Steel")),
    ("entity", "Łódź", NS.entity("Łódź")),
    ("relation", "call_on", NS.relation("call_on")),
    ("article", "0ab", NS.article("0ab")),
    ("statement", "0ab", NS.statement("0ab")),
    ("iri", "http://example.org/?a=b", NamedNode("http://example.org/?a=b")),
    ("integer", "5", Literal(5)),
    ("integer", "-5", Literal(-5)),
    ("decimal", "-0.50", Literal("-0.50", datatype=NamedNode(f"{XSD}decimal"))),
    ("date", "2024-02-29", Literal("2024-02-29", datatype=NamedNode(f"{XSD}date"))),
    ("xsd_date", "2024-02-29", Literal("2024-02-29", datatype=NamedNode(f"{XSD}date"))),
    ("boolean", "TRUE", Literal(True)),
    ("boolean", "0", Literal(False)),
    ("modality", "planned", NS.kg("planned")),
    ("polarity", "negative", NS.kg("negative")),
    ("class", "Person", NamedNode("https://schema.org/Person")),
    ("class", "Group", NS.kg("Group")),
]


@pytest.mark.parametrize(("kind", "text", "term"), VALUES)
def test_values_become_terms(kind: str, text: str, term: NamedNode | Literal) -> None:
    found = value(f"SELECT (?_x_{kind} AS ?y) {{}}", {"x": text})
    if isinstance(term, Literal):
        assert isinstance(found, Literal)
        assert found.datatype == term.datatype
        assert float(found.value) == float(term.value) if "integer" in kind or "decimal" in kind else True
    else:
        assert found == term


NO_VALUES = [
    *((kind, "") for kind in KINDS if kind not in {"string", "en"}),
    *((kind, "\udcff") for kind in KINDS),
    *((kind, "x" * 1001) for kind in KINDS),
    ("entity", "Xi Jinping"),
    ("entity", "a/b"),
    ("entity", "http://elsewhere.example/Xi"),
    ("entity", "a>b"),
    ("entity", "a#b"),
    ("iri", "no iri"),
    ("iri", "relative"),
    ("integer", "1.5"),
    ("integer", "1e3"),
    ("integer", "٣"),
    ("integer", "9" * 19),
    ("decimal", "nan"),
    ("decimal", "1e3"),
    ("decimal", "."),
    ("date", "2023-02-30"),
    ("date", "20230301"),
    ("date", "2023-03-01T00:00:00"),
    ("boolean", "yes"),
    ("modality", "Planned"),
    ("class", "Recipe"),
]


@pytest.mark.parametrize(("kind", "text"), NO_VALUES)
def test_what_is_no_value_is_told(kind: str, text: str) -> None:
    with pytest.raises(BadFilter, match=r"The parameter 'x' cannot be used; it should "):
        value(f"SELECT (?_x_{kind} AS ?y) {{}}", {"x": text})


def test_every_example_can_be_used() -> None:
    for kind in KINDS.values():
        kind.read(kind.example, NS)


def test_what_is_left_out_stays_a_variable() -> None:
    rows = "VALUES (?a ?y) { (1 'one') (2 'two') }"
    sparql = f"SELECT ?y {{ {rows} VALUES ?__x_integer {{ 1 2 }} FILTER(?a = ?__x_integer) }}"
    with pytest.raises(SyntaxError):  # VALUES wants variables: such a file is left out, see below
        value(sparql, {"x": "2"})
    sparql = f"SELECT ?y {{ {rows} FILTER(!BOUND(?__x_integer) || ?a = ?__x_integer) }}"
    assert value(sparql, {"x": "2"}) == Literal("two")
    assert value(sparql, {}) == Literal("one")
    assert value("SELECT (bound ( $__x ) AS ?y) {}", {"x": "a"}) == Literal(True)
    assert value("SELECT (BOUND(?__x) AS ?y) {}", {}) == Literal(False)


def test_only_variables_are_replaced() -> None:
    sparql = "SELECT (CONCAT('?_x', \"?_x\", ?_x) AS ?y) { # ?_x\n BIND(<urn:?_x> AS ?z) BIND(?_x AS ?_) }"
    with pytest.raises(BadQuery, match=r"\?_ cannot be a parameter"):
        value(sparql, {"x": "!"})
    assert value(sparql.replace("?_)", "?w)"), {"x": "!"}) == Literal("?_x?_x!")


def test_a_count_stands_where_the_grammar_wants_one() -> None:
    sparql = "SELECT ?y { VALUES ?y { 1 2 3 } } ORDER BY DESC(?y) LIMIT ?_n_integer OFFSET ?_m_integer"
    limits = ("params:", "  n: {default: 1, minimum: 1, maximum: 10}", "  m: {default: 1}")
    assert value(sparql, {}, *limits) == Literal(2)
    assert value(sparql, {"m": "2", "n": "10"}, *limits) == Literal(1)
    for wrong, should in (("0", "be 1 at least"), ("11", "be 10 at most")):
        with pytest.raises(BadFilter, match=should):
            value(sparql, {"n": wrong}, *limits)


def test_what_is_missing_unknown_or_not_among_the_choices_is_told() -> None:
    query = read_query(
        "q", named("SELECT * { ?a ?b ?_word }", "enumerate:", "  - word:", "    - a", "    - b")
    )
    (word,) = query.parameters
    assert (word.required, word.schema["enum"]) == (True, ["a", "b"])
    for told, says in (
        ({}, "needs the parameter 'word'"),
        ({"words": "a"}, "did you mean 'word'"),
        ({"word": "c"}, "be one of a, b"),
    ):
        with pytest.raises(BadFilter, match=says):
            query.terms(told, NS)


def test_grlcs_own_comments_are_read() -> None:
    text = named(
        "SELECT * { ?a ?_p_iri ?__o_en }", "tags:", "  - one", "  - two", "defaults:", "  - p: http://x/p"
    )
    query = read_query("q", text)
    assert query.tags == ("one", "two")
    assert {one.name: (one.kind.name, one.required) for one in query.parameters} == {
        "p": ("iri", False),
        "o": ("en", False),
    }
    assert query.terms({}, NS) == {"p": NamedNode("http://x/p")}
    assert query.parameters[0].schema["default"] == "http://x/p"


BAD = {
    "comments": ("SELECT * { ?a ?b ?c }", "It does not say what it answers"),
    "yaml": ("#+ summary: a: b\nASK {}", "put quotes around"),
    "list": ("#+ - summary\nASK {}", "It does not say what it answers"),
    "decorator": (named("ASK {}", "pagination: 100"), "There is no 'pagination' in its comments"),
    "title": ("#+ summary: [a]\nASK {}", "It does not say"),
    "unused": (named("ASK {}", "params:", "  who: Somebody."), "has no variable such as ?_who"),
    "about": (named("ASK { ?a ?b ?_c }", "params:", "  c: {kind: x}"), "There is no 'kind' in params of c"),
    "default": (named("ASK { ?a ?b ?_c_date }", "params:", "  c: {default: soon}"), "a day such as"),
    "limit": (named("ASK { ?a ?b ?_c }", "params:", "  c: {minimum: 1}"), "Only numbers"),
    "limits": (named("ASK { ?a ?b ?_c_integer }", "params:", "  c: {minimum: a}"), "is no number"),
    "two": (named("ASK { ?_a_date ?b ?_a_entity }"), "another kind of 'a'"),
    "reserved": (named("ASK { ?a ?b ?_format }"), "called 'format'"),
    "update": (named("DROP ALL"), "DROP would change"),
    "service": (named("ASK { SERVICE <http://x/> { ?a ?b ?_c } }"), "SERVICE"),
    "open": (named("ASK { ?a ?b '"), "is not closed"),
    "empty": ("", "It does not say"),
    "alias": ("#+ summary: &a [*a]\nASK {}", "no YAML"),
    "tags": (named("ASK {}", "tags: one"), "a list of texts"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_file_that_cannot_be_used_says_why(name: str, tmp_path: Path) -> None:
    text, says = BAD[name]
    with pytest.raises(NewsgraphError) as told:
        read_query(name, text)
    assert says in str(told.value)
    (tmp_path / f"{name}.rq").write_text(text, encoding="utf-8")
    library = load_library(tmp_path)
    (left,) = library.left_out
    assert left.file == f"{name}.rq"
    assert says in str(left)
    assert library.queries == load_library().queries


def test_a_folder_is_added_and_what_is_wrong_with_it_told(tmp_path: Path) -> None:
    (tmp_path / "mine.rq").write_text(named("ASK { ?a ?b ?c }"), encoding="utf-8")
    (tmp_path / "plans.rq").write_text(named("ASK { ?a ?b ?c }"), encoding="utf-8")
    (tmp_path / "latin.rq").write_bytes(b"#+ summary: \xe9")
    (tmp_path / "folder.rq").mkdir()
    (tmp_path / "a b.rq").write_text(named("ASK {}"), encoding="utf-8")
    (tmp_path / "gone.rq").symlink_to(tmp_path / "nowhere")
    (tmp_path / "notes.txt").write_text("no query", encoding="utf-8")
    library = load_library(tmp_path)
    assert library.own == {"mine"}
    assert list(library.queries) == sorted([*load_library().queries, "mine"])
    assert "LIMIT" in library.get("plans").text
    told = {one.file: one.reason for one in library.left_out}
    assert set(told) == {"plans.rq", "latin.rq", "folder.rq", "a b.rq", "gone.rq"}
    assert "rename" in told["plans.rq"]
    assert "not UTF-8" in told["latin.rq"]
    assert "no file" in told["folder.rq"]


def test_a_folder_that_is_named_has_to_be_there(tmp_path: Path) -> None:
    assert load_library(tmp_path / "none").left_out == ()
    (left,) = load_library(tmp_path / "none", demanded=True).left_out
    assert "NEWSGRAPH_QUERIES" in str(left)


def test_what_does_not_parse_is_left_out(tmp_path: Path) -> None:
    for name, sparql in {
        "fine": "SELECT ?a { ?a ?_b_iri ?c } LIMIT 1",
        "projected": "SELECT ?_a { ?_a ?b ?c }",
        "free": "SELECT ?a { ?a ?b ?c } LIMIT ?__n_integer",
        "broken": "SELECT ?a { ?a ?b }",
    }.items():
        (tmp_path / f"{name}.rq").write_text(named(sparql), encoding="utf-8")

    def parse(text: str) -> None:
        try:
            Store().query(text)
        except SyntaxError as error:
            raise BadQuery("It does not parse.") from error

    library: Library = load_library(tmp_path)
    assert library.own == {"fine", "projected", "free", "broken"}
    checked = library.checked(parse)
    assert checked.own == {"fine"}
    assert {one.file for one in checked.left_out} == {"projected.rq", "free.rq", "broken.rq"}
    assert "fine" in checked.queries
    assert "free" not in checked.queries


def test_an_id_that_nothing_has_leads_to_what_there_is(archive: Archive) -> None:
    keep(archive, visit())
    sparql = "SELECT * { ?_e_entity ?_r_relation ?__s_statement . ?__a_article ?b ?c }"
    query = read_query("q", named(sparql))
    good = {"e": "Xi_Jinping", "r": "visit", "a": visit().article.id, "s": visit().statements[0].id}
    check_known(archive, query, query.terms(good, archive.ns))
    check_known(archive, query, query.terms({**good, "r": "hostile_act"}, archive.ns))
    for name, wrong, says in (
        ("e", "Xi_Jinpin", "near it are Xi_Jinping"),
        ("r", "hostile_ac", "near it are hostile_act"),
        ("a", "0", "No article"),
        ("s", "0", "No statement"),
    ):
        with pytest.raises(NotFound, match=says):
            check_known(archive, query, query.terms({**good, name: wrong}, archive.ns))


def test_modalities_are_those_of_the_model() -> None:
    assert KINDS["modality"].schema["enum"] == [one.value for one in Modality]


def test_what_is_bound_is_guarded_like_any_query() -> None:
    query = read_query("q", named("ASK { ?a ?b ?_c }"))
    text = bind(query, query.terms({"c": "SERVICE <http://x/> {}"}, NS))
    guard.outline(text)
    assert isinstance(Store().query(text), QueryBoolean)
    with pytest.raises(QueryRefused):
        guard.outline(text.replace('"', ""))
