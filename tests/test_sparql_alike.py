"""Outlines that are known again must be those that the guard makes."""

from __future__ import annotations

import itertools
import random

import pytest

from graph.errors import NewsgraphError
from graph.sparql import alike, guard
from graph.sparql.alike import Outlines
from graph.sparql.guard import Outline

PIECES = (
    *("SELECT", "ASK", "?a", "{", "}", "<", ">", "<a>", "<b#c>", "<b'c>", "<x y>", "<<", "&&", "1", ";"),
    *('"', '"s"', '"<#"', "''", "'t'", "'", "#", "# <c>", "\n", " ", "^^", "@en", "p:", "p:x"),
    *("FROM", "NAMED", "PREFIX", "\\", "SERVICE", "serv", "é", "WHERE", "LIMIT"),
)
"""What a text is put together from: all that can begin or end an IRI, a string or a comment, or hide one."""


def judged(outline: object, query: str) -> object:
    """What is made of a query, but for a prologue that nobody asks for; or the error."""
    try:
        found = outline(query)  # type: ignore[operator]
    except NewsgraphError as error:
        return type(error), str(error)
    assert isinstance(found, Outline)
    assert found.query == query
    return found.form, found.sources, found.sources and found.prologue, found.shape


@pytest.mark.parametrize("seed", range(8))
def test_a_frame_leads_to_what_the_guard_says(seed: int) -> None:
    chance, outlines = random.Random(seed), Outlines()
    for _ in range(3000):
        many = chance.randrange(1, 9)
        text = "SELECT * {" + "".join(chance.choices(PIECES, k=many)) + chance.choice(("", "}", " }"))
        assert judged(outlines.of, text) == judged(guard.outline, text), text


def test_every_text_of_three_pieces_is_judged_alike() -> None:
    outlines = Outlines()
    signs = [piece for piece in PIECES if not piece.isalpha()]
    for pieces in itertools.product(signs, repeat=3):
        text = "ASK{" + "".join(pieces) + "}"
        assert judged(outlines.of, text) == judged(guard.outline, text), text


def test_what_differs_in_terms_only_is_looked_through_once(monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[str] = []
    usual = guard.outline

    def outline(query: str) -> Outline:
        looked.append(query)
        return usual(query)

    monkeypatch.setattr(alike.guard, "outline", outline)
    outlines = Outlines()
    for name in "abc":
        found = outlines.of(f'PREFIX x: <http://x/> SELECT ?a {{ <http://x/{name}> x:is "{name}" }} #{name}')
        assert found.query.endswith(f"#{name}")
    assert len(looked) == 1


def test_graphs_and_services_are_read_each_time() -> None:
    outlines = Outlines()
    for name in "ab":
        assert outlines.of(f"SELECT * FROM <http://x/{name}> {{ ?s ?p ?o }}").sources == (
            f"<http://x/{name}>",
        )
    outlines.of("ASK { ?a ?b <http://x/> }")
    with pytest.raises(NewsgraphError, match="SERVICE"):
        outlines.of("ASK { ?a ?b <http://x/> SERVICE <http://x/> {} }")


def test_the_memory_is_bounded() -> None:
    outlines = Outlines()
    for number in range(2000):
        outlines.of(f"ASK {{ ?a ?b {number} }}")
    assert len(outlines._known) <= 512
