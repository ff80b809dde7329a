"""Frozen values with a quick `__init__`: in all else they are what `dataclass` makes of them."""

from __future__ import annotations

import inspect
import pickle
from dataclasses import FrozenInstanceError, dataclass, field, replace

import pytest

from graph.model import EntityType, Mention, Node
from graph.quick import quick

MENTION = Mention("Oslo", "Oslo", 3, 7)


def test_a_value_is_frozen_and_equal_and_can_be_copied() -> None:
    node = Node("Oslo", "Oslo", EntityType.PLACE, "in Oslo", start=0, end=7)
    assert (node.text, node.end) == ("in Oslo", 7)
    assert replace(node, start=3) == Node("Oslo", "Oslo", EntityType.PLACE, "in Oslo", 3, 7)
    assert pickle.loads(pickle.dumps(MENTION)) == MENTION
    assert len({MENTION, Mention("Oslo", "Oslo", 3, 7)}) == 1
    with pytest.raises(FrozenInstanceError):
        MENTION.start = 4  # type: ignore[misc]


def test_it_takes_the_arguments_of_the_dataclass() -> None:
    @dataclass(frozen=True, slots=True)
    class Plain:
        name: str
        many: int = 1
        more: tuple[str, ...] = field(default=())

    before = list(inspect.signature(Plain).parameters.values())
    made = quick(Plain)
    after = list(inspect.signature(made).parameters.values())
    assert [(p.name, p.default) for p in after] == [(p.name, p.default) for p in before]
    assert made("x", more=("y",)) == replace(made("x"), more=("y",))
    with pytest.raises(TypeError, match="missing 1 required positional argument: 'name'"):
        made()  # type: ignore[call-arg]


def test_a_list_of_its_own_for_each_value_is_refused() -> None:
    @dataclass(frozen=True, slots=True)
    class Listing:
        names: list[str] = field(default_factory=list)

    with pytest.raises(TypeError, match=r"Listing\.names is more than a name"):
        quick(Listing)
