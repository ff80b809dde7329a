from __future__ import annotations

import time

import pytest
from pyoxigraph import BaseDirection, BlankNode, DefaultGraph, Literal, NamedNode, Triple

from tests.w3c.comparing import XSD, Answer, Graph, Row, Solutions, Term, Verdict, judge

A, B, P = NamedNode("http://example.test/a"), NamedNode("http://example.test/b"), NamedNode("http://p.test/")
X, Y, Z, W = (BlankNode(name) for name in "xyzw")


def typed(text: str, datatype: str) -> Literal:
    return Literal(text, datatype=NamedNode(XSD + datatype))


def rows(*found: Row, variables: str = "ab") -> Solutions:
    return Solutions(tuple(variables), found)


def graph(*triples: tuple[Term, Term, Term]) -> Graph:
    return Graph(frozenset((*one, DefaultGraph()) for one in triples))


SAME: dict[str, tuple[Answer, Answer]] = {
    "yes": (True, True),
    "nothing": (rows(), rows()),
    "another order": (rows((A, B), (B, A)), rows((B, A), (A, B))),
    "columns in another order": (rows((A, B)), rows((B, A), variables="ba")),
    "unbound": (rows((A, None)), rows((A, None))),
    "blank nodes by other names": (rows((X, A), (Y, B), (X, Y)), rows((Y, A), (Z, B), (Y, Z))),
    "blank nodes swapped": (rows((X, Y), (Y, X)), rows((Y, X), (X, Y))),
    "the same row twice": (rows((X, A), (X, A)), rows((Y, A), (Y, A))),
    "a ring": (
        graph((X, P, Y), (Y, P, Z), (Z, P, X)),
        graph((Y, P, X), (X, P, Z), (Z, P, Y)),
    ),
    "blank nodes within triple terms": (
        rows((Triple(X, P, Triple(Y, P, A)), Y)),
        rows((Triple(Z, P, Triple(X, P, A)), X)),
    ),
    "directions": (
        rows((Literal("a", language="ar", direction=BaseDirection.RTL), A)),
        rows((Literal("a", language="ar", direction=BaseDirection.RTL), A)),
    ),
}
OTHER: dict[str, tuple[Answer, Answer]] = {
    "yes and no": (True, False),
    "yes and rows": (True, rows()),
    "rows and a graph": (rows(), graph()),
    "one and two of a row": (rows((A, B)), rows((A, B), (A, B))),
    "repeated other rows": (rows((A, B), (A, B), (B, A)), rows((A, B), (B, A), (B, A))),
    "other variables": (rows((A, B)), rows((A, B), variables="ac")),
    "a variable more": (rows((A, None)), rows((A,), variables="a")),
    "columns exchanged": (rows((A, B)), rows((B, A))),
    "unbound and bound": (rows((A, None)), rows((A, B))),
    "a name and a blank node": (rows((A, B)), rows((X, B))),
    "a name and its text": (rows((A, B)), rows((A, Literal(B.value)))),
    "one blank node and two": (rows((X, A), (X, B)), rows((X, A), (Y, B))),
    "two blank nodes and one": (rows((X, A), (Y, B)), rows((X, A), (X, B))),
    "a ring of four and two of two": (
        graph((X, P, Y), (Y, P, Z), (Z, P, W), (W, P, X)),
        graph((X, P, Y), (Y, P, X), (Z, P, W), (W, P, Z)),
    ),
    "blank nodes within triple terms": (
        rows((Triple(X, P, Triple(Y, P, A)), Y)),
        rows((Triple(X, P, Triple(Y, P, A)), X)),
    ),
    "a triple less": (graph((A, P, B), (B, P, A)), graph((A, P, B))),
    "another graph's name": (
        Graph(frozenset({(A, P, B, A)})),
        Graph(frozenset({(A, P, B, DefaultGraph())})),
    ),
    "another number": (rows((typed("1", "integer"), A)), rows((typed("2", "integer"), A))),
    "another datatype": (rows((typed("1", "integer"), A)), rows((typed("1", "decimal"), A))),
    "a number and its text": (rows((typed("1", "integer"), A)), rows((Literal("1"), A))),
    "no number": (rows((typed("one", "integer"), A)), rows((typed("eins", "integer"), A))),
    "another language": (rows((Literal("a", language="en"), A)), rows((Literal("a", language="de"), A))),
    "no language": (rows((Literal("a", language="en"), A)), rows((Literal("a"), A))),
    "another direction": (
        rows((Literal("a", language="ar", direction=BaseDirection.RTL), A)),
        rows((Literal("a", language="ar", direction=BaseDirection.LTR), A)),
    ),
    "the case of a text": (rows((Literal("a"), A)), rows((Literal("A"), A))),
    "with a time zone and without": (
        rows((typed("2023-03-20T00:00:00", "dateTime"), A)),
        rows((typed("2023-03-20T00:00:00Z", "dateTime"), A)),
    ),
    "nearly the same fraction": (rows((typed("0.3", "double"), A)), rows((typed("0.30000001", "double"), A))),
}


@pytest.mark.parametrize("name", SAME)
def test_the_same_is_the_same(name: str) -> None:
    left, right = SAME[name]
    assert judge(left, right) is Verdict.EXACT
    assert judge(right, left) is Verdict.EXACT


@pytest.mark.parametrize("name", OTHER)
def test_what_differs_is_refused(name: str) -> None:
    left, right = OTHER[name]
    assert judge(left, right) is Verdict.WRONG
    assert judge(right, left) is Verdict.WRONG


@pytest.mark.parametrize(
    ("datatype", "one", "other"),
    [
        ("integer", "1", "01"),
        ("integer", "+7", "7"),
        ("decimal", "1.0", "1.00"),
        ("double", "1e3", "1000"),
        ("float", "1.30", "1.3"),
        ("double", "INF", "+INF"),
        ("boolean", "1", "true"),
        ("dateTime", "2023-03-20T01:00:00+01:00", "2023-03-20T00:00:00Z"),
        ("dateTime", "2023-03-20T00:00:00.0", "2023-03-20T00:00:00"),
        ("date", "2023-03-20+00:00", "2023-03-20Z"),
    ],
)
def test_two_spellings_of_a_value_are_equal_in_value_only(datatype: str, one: str, other: str) -> None:
    assert judge(rows((typed(one, datatype), X)), rows((typed(other, datatype), Y))) is Verdict.VALUE


def test_language_tags_are_equal_in_value_in_another_case() -> None:
    left, right = Literal("a", language="en-GB"), Literal("a", language="EN-gb")
    assert judge(rows((left, A)), rows((right, A))) in {Verdict.EXACT, Verdict.VALUE}


def test_a_derived_integer_is_its_integer_in_value() -> None:
    left, right = typed("-3", "negativeInteger"), typed("-3", "integer")
    assert judge(rows((left, A)), rows((right, A))) is Verdict.VALUE


def test_order_counts_where_it_is_asked_for() -> None:
    one, other = rows((A, X), (B, Y)), rows((B, X), (A, Y))
    assert judge(one, other) is Verdict.EXACT
    assert judge(one, other, ordered=True) is Verdict.WRONG
    assert judge(one, rows((A, Z), (B, X)), ordered=True) is Verdict.EXACT


def test_order_does_not_count_where_the_file_does_not_tell_it() -> None:
    one = Solutions(("a",), ((A,), (B,)), in_order=False)
    assert judge(one, Solutions(("a",), ((B,), (A,))), ordered=True) is Verdict.EXACT


def test_reduced_may_leave_out_repeated_rows_and_no_others() -> None:
    expected = rows((A, B), (A, B), (B, A))
    assert judge(expected, rows((A, B), (B, A)), lax=True) is Verdict.EXACT
    assert judge(expected, rows((A, B), (A, B)), lax=True) is Verdict.WRONG
    assert judge(expected, rows((A, B), (B, A), (A, A)), lax=True) is Verdict.WRONG
    assert judge(expected, rows(*[(A, B)] * 3, (B, A)), lax=True) is Verdict.WRONG
    assert judge(expected, rows((A, B), (B, A), (B, A)), lax=True) is Verdict.WRONG


def test_many_blank_nodes_that_look_alike_are_told_apart_soon() -> None:
    blanks = [BlankNode(f"n{number}") for number in range(60)]
    alike = graph(*((blank, P, A) for blank in blanks))
    pairs = graph(*((one, P, other) for one, other in zip(blanks[::2], blanks[1::2], strict=True)))
    begun = time.monotonic()
    assert judge(alike, graph(*((blank, P, A) for blank in reversed(blanks)))) is Verdict.EXACT
    turned = graph(*((o, P, s) for s, o in zip(blanks[::2], blanks[1::2], strict=True)))
    assert judge(pairs, turned) is Verdict.EXACT
    assert time.monotonic() - begun < 20
