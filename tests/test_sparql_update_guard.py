"""What is said of an update before it is parsed, and what is refused then."""

from __future__ import annotations

import pytest

from graph.errors import BadQuery, QueryRefused
from graph.sparql.guard import Dataset
from graph.sparql.update_guard import outline

OUTLINES = [
    # update, whether it needs no copy of the store to be rehearsed on, the graphs that it may write to
    ("INSERT DATA { :a :b :c }", True, ()),
    (
        "INSERT DATA { GRAPH <a:g> { :a :b :c } } ; DELETE DATA { GRAPH :h { :a :b :c } }",
        True,
        ("<a:g>", ":h"),
    ),
    ("insert  data{:a :b :c};", True, ()),
    ("DELETE WHERE { ?s ?p ?o }", False, ()),
    ("WITH :g DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }", False, (":g",)),
    ("INSERT { GRAPH ?g { :a :b :c } } WHERE { GRAPH ?g { ?s ?p ?o } }", False, None),
    ("CLEAR DEFAULT ; CREATE GRAPH :g ; MOVE :h TO :i", False, (":g", ":h", ":i")),
    ("DELETE { :a :b ?c } WHERE { :a :b ?c FILTER(?c = 1 || ?c = 2 && true) } ;", False, ()),
    ("# nothing at all", True, ()),
    ("BASE <a:b> PREFIX : <c:d> # and nothing to do", True, ()),
    ('INSERT DATA { :a :b "1"^^xsd:byte }', True, ()),
    (
        "DELETE { ?s ?p ?o } WHERE { ?s ?p ?o FILTER(?o > 1 && ?o < 3 || !!?o) } ; CLEAR GRAPH :g",
        False,
        (":g",),
    ),
    ("INSERT DATA { << :a :b :c >> :d :e GRAPH :g { :a :b <<( :a :b :c )>> } }", True, (":g",)),
    ("DROP ALL", True, None),
    ("CLEAR SILENT NAMED ; CREATE GRAPH :g", True, None),
    ("CLEAR ALL ; INSERT DATA { GRAPH :g { :a :b :c } }", False, None),
    ("CREATE GRAPH :g ; DROP GRAPH :h ; DELETE DATA { :a :b :c }", True, (":g", ":h")),
    ("DROP GRAPH :h { }", False, (":h",)),
]


@pytest.mark.parametrize(("text", "plain", "graphs"), OUTLINES)
def test_the_outline_of_an_update(text: str, plain: bool, graphs: tuple[str, ...] | None) -> None:
    found = outline(text)
    assert found.text == text
    assert found.plain == plain
    assert (found.graphs and tuple(name for _, name in found.graphs)) == graphs


def test_each_graph_goes_with_its_prologue() -> None:
    """The two prologues cannot be gathered: a prefix of the first means something else in the second."""
    text = "PREFIX a: <x:1;2> CLEAR GRAPH a:g ; # a ; b\n PREFIX a: <y:> PREFIX b: <z:> CLEAR GRAPH a:g"
    (first, one), (second, other) = outline(text).graphs or ()
    assert (one, other) == ("a:g", "a:g")
    assert first.strip() == "PREFIX a: <x:1;2>"
    assert second.split() == "PREFIX a: <x:1;2> PREFIX a: <y:> PREFIX b: <z:>".split()


@pytest.mark.parametrize(
    "text",
    [
        "PREFIX x: <a:> CLEAR GRAPH x:g ; PREFIX x: <b:> CLEAR GRAPH x:g",
        "CLEAR GRAPH :g ; PREFIX : <a:> CLEAR GRAPH :g",
        "CLEAR GRAPH <g> ; BASE <a:> CLEAR GRAPH <g>",
    ],
)
def test_prologues_that_would_mean_something_else_stay(text: str) -> None:
    assert outline(text).text == text


@pytest.mark.parametrize(
    "text",
    [
        "LOAD <http://x/>", "load<http://x/>", "LOADSILENT<http://x/>", "L\\u004fAD <http://x/>",
        "CLEAR ALL;LOAD<http://x/>", "PREFIX x: <x:> LOADx:a", "PREFIX x: <x:> CLEAR ALL;LOADx:a",
        "DROP SILENT GRAPH <x:a>;load<x:b>", "CLEAR ALL ;; LOAD <x:a>",
        "INSERT {} WHERE { ?a ?b ?c FILTER(?c<'#') } ; LOAD <x:a>",
    ],
)  # fmt: skip
def test_load_is_refused_however_it_is_spelled(text: str) -> None:
    with pytest.raises(QueryRefused, match=r"LOAD|SERVICE"):
        outline(text)


@pytest.mark.parametrize(
    "text",
    ["INSERT DATA { :a :load 'LOAD <x>' }", "PREFIX upload: <x:> INSERT DATA { upload:a :b :c }",
     "PREFIX load: <x:> CLEAR GRAPH load:a", "PREFIX load: <x:> COPY load:a TO load:b"],
)  # fmt: skip
def test_what_only_looks_like_load_is_not_refused(text: str) -> None:
    assert outline(text).text == text


def test_the_data_set_goes_into_every_where() -> None:
    chosen = Dataset(("a:g",), ("a:h",))
    clauses = "USING <a:g> USING NAMED <a:h>"
    text = (
        "DELETE WHERE { ?s ?p ?o } ; INSERT DATA { :a :b 'WHERE' } ; INSERT { :a :b ?o } WHERE { :x :y ?o }"
    )
    found = outline(text, chosen).text
    assert (
        found.split()
        == (
            f"DELETE {{ ?s ?p ?o }} {clauses} WHERE {{ ?s ?p ?o }} ; INSERT DATA {{ :a :b 'WHERE' }} ; "
            f"INSERT {{ :a :b ?o }} {clauses} WHERE {{ :x :y ?o }}"
        ).split()
    )
    for own in ("WITH :g DELETE { ?s ?p ?o } WHERE {}", "DELETE { ?s ?p ?o } USING :g WHERE {}"):
        with pytest.raises(BadQuery, match="leave one"):
            outline(own, chosen)
