"""What people decide changes the graph, and changes it back, whatever the order."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from hypothesis import given, settings
from hypothesis import strategies as st

from graph import curation
from graph.store.archive import Archive
from graph.store.upkeep import verify
from tests.conftest import BASE
from tests.deciding import HAND, READINGS, expected, make, seen, wishes
from tests.keeping import keep


@contextmanager
def filled() -> Iterator[Archive]:
    with Archive.open(None, BASE) as archive:
        for reading in READINGS:
            keep(archive, reading)
        yield archive


def kept_beside(archive: Archive) -> list[object]:
    with archive.ledger.reading() as sql:
        return [sql.execute(f"SELECT * FROM {name}").fetchall() for name in ("originals", "touches")]


@settings(max_examples=20)
@given(st.lists(wishes, min_size=1, max_size=6))
def test_what_is_undone_in_reverse_was_never_there(asked: list[tuple[object, ...]]) -> None:
    with filled() as archive:
        states = [(set(archive.store.quads()), seen(archive))]
        made = []
        for wish in asked:
            if (decision := make(archive, wish)) is None:
                continue
            made.append(decision)
            states.append((set(archive.store.quads()), seen(archive)))
            assert states[-1][0] == expected(archive, READINGS)
            assert not list(verify(archive))
        for decision in reversed(made):
            states.pop()
            curation.undo(archive, decision.id, HAND)
            assert set(archive.store.quads()) == states[-1][0]
            assert seen(archive) == states[-1][1]
            assert not list(verify(archive))
        assert kept_beside(archive) == [[], []]


@settings(max_examples=20)
@given(st.lists(wishes, min_size=2, max_size=6), st.randoms(use_true_random=False))
def test_decisions_are_undone_in_any_order(asked: list[tuple[object, ...]], chance: object) -> None:
    with filled() as archive:
        before = set(archive.store.quads())
        made = [one.id for wish in asked if (one := make(archive, wish)) is not None]
        chance.shuffle(made)  # type: ignore[attr-defined]
        for number in made:
            curation.undo(archive, number, HAND)
            assert set(archive.store.quads()) == expected(archive, READINGS)
            assert not list(verify(archive))
        assert set(archive.store.quads()) == before
        assert kept_beside(archive) == [[], []]


@settings(max_examples=12)
@given(st.lists(wishes, min_size=1, max_size=5))
def test_what_comes_later_follows_the_decisions(asked: list[tuple[object, ...]]) -> None:
    """Articles that are deleted and read again, or read for the first time, are as if they had been there."""
    with filled() as archive:
        for wish in asked:
            make(archive, wish)
        live = set(archive.store.quads())
        for reading in READINGS:
            archive.delete(reading.article.id)
        for reading in reversed(READINGS):
            keep(archive, reading)
        assert set(archive.store.quads()) == live
        assert not list(verify(archive))
