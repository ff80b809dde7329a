"""The file of keys: what it keeps, what holds at once, and what it is told that it cannot do."""

from __future__ import annotations

import re
import sqlite3
import stat
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from graph.errors import BadFilter, Conflict, NotFound, StoreDamaged, StoreError
from graph.store.keys import FILE, RESERVED, Access, Keys, are_there, carry_over, digest_of

LATER = date(2099, 12, 31)
BAD_NAMES = ["", " ", "a b", "-a", "é", "a\n", "a/b", "a" * 65, *sorted(RESERVED)]


@pytest.fixture
def keys(tmp_path: Path) -> Iterator[Keys]:
    with Keys(tmp_path) as opened:
        yield opened


def test_a_token_opens_and_is_not_kept(keys: Keys, tmp_path: Path) -> None:
    key, token = keys.add("press", Access.READ, LATER, "60/minute")
    assert re.fullmatch(rf"newsgraph_{key.id}_[0-9a-f]{{64}}", token)
    assert keys.find(token.encode()) == key == keys.all()[0]
    assert (key.name, key.scope, key.expires, key.rate) == ("press", Access.READ, LATER, "60/minute")
    kept = b"".join(file.read_bytes() for file in tmp_path.iterdir())
    assert token.encode() not in kept
    assert token.rpartition("_")[2].encode() not in kept
    assert digest_of(token.encode()) in kept


def test_only_the_whole_token_does(keys: Keys) -> None:
    _, token = keys.add("press", Access.READ)
    _, other = keys.add("desk", Access.READ)
    mixed = other[: len("newsgraph_00000000")] + token[len("newsgraph_00000000") :]
    for wrong in (token[:-1], f"{token}0", token.upper(), mixed, "", "newsgraph_", f" {token}"):
        assert keys.find(wrong.encode()) is None
    assert keys.find(b"\xff\x00") is None


def test_the_file_is_for_its_owner(keys: Keys, tmp_path: Path) -> None:
    keys.add("press", Access.READ)
    for file in tmp_path.iterdir():
        assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_what_another_process_does_holds_at_once(keys: Keys, tmp_path: Path) -> None:
    with Keys(tmp_path) as other:
        before = keys.revision
        key, token = other.add("press", Access.WRITE)
        assert keys.revision != before
        assert keys.find(token.encode()) == key
        other.revoke("press")
        found = keys.find(token.encode())
        assert found is not None
        assert found.revoked is not None
        assert keys.revision == keys.revision


def test_a_name_is_free_again_once_its_key_is_revoked(keys: Keys) -> None:
    first, _ = keys.add("press", Access.READ)
    with pytest.raises(Conflict, match="revoke that one first"):
        keys.add("press", Access.ADMIN)
    assert keys.revoke(first.id).state(datetime.now(UTC)) == "revoked"
    second, _ = keys.add("press", Access.READ)
    assert [key.id for key in keys.all()] == [first.id, second.id]
    assert keys.revoke("press").id == second.id


def test_what_is_not_there_cannot_be_revoked(keys: Keys) -> None:
    with pytest.raises(NotFound, match="There is none"):
        keys.revoke("press")
    keys.add("press", Access.READ)
    for which in ("pres", "\udcff", "nothing like it"):
        with pytest.raises(NotFound, match="There is press"):
            keys.revoke(which)


def test_a_key_is_good_up_to_its_last_day(keys: Keys) -> None:
    key, _ = keys.add("press", Access.READ, LATER)
    last = datetime(2099, 12, 31, 23, 59, tzinfo=UTC)
    assert key.state(last) == "active"
    assert key.state(last + timedelta(minutes=1)) == "expired"


@pytest.mark.parametrize("name", BAD_NAMES)
def test_a_name_that_is_none_is_refused(keys: Keys, name: str) -> None:
    with pytest.raises(BadFilter, match="use letters"):
        keys.add(name, Access.READ)
    assert keys.all() == []


@pytest.mark.parametrize("rate", ["", "0/minute", "60", "60/week", "-1/minute", "60/minute ", "1e3/hour"])
def test_a_rate_that_is_none_is_refused(keys: Keys, rate: str) -> None:
    with pytest.raises(BadFilter, match="600/minute"):
        keys.add("press", Access.READ, rate=rate)


def test_a_day_that_is_over_is_refused(keys: Keys) -> None:
    with pytest.raises(BadFilter, match="is over"):
        keys.add("press", Access.READ, date(2020, 1, 1))


def test_each_scope_includes_those_before_it() -> None:
    wide = {(a, b) for a in Access for b in Access if a.covers(b)}
    read, write, admin = Access
    assert wide == {(a, read) for a in Access} | {(write, write), (admin, write), (admin, admin)}


def test_looking_for_keys_makes_nothing(tmp_path: Path) -> None:
    assert not are_there(tmp_path)
    assert list(tmp_path.iterdir()) == []
    with Keys(tmp_path) as keys:
        assert not are_there(tmp_path)
        keys.add("press", Access.READ)
        keys.revoke("press")
        assert are_there(tmp_path)


def test_keys_are_carried_over(tmp_path: Path) -> None:
    old, new = tmp_path / "old", tmp_path / "new"
    new.mkdir()
    carry_over(old, new)
    assert list(new.iterdir()) == []
    with Keys(old) as keys:
        _, token = keys.add("press", Access.READ)
    carry_over(old, new)
    with Keys(new) as keys:
        assert keys.find(token.encode()) is not None


def test_a_file_that_holds_no_keys_is_told(tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(b"this is no database" * 100)
    with pytest.raises(StoreError, match=r"keys\.sqlite"):
        Keys(tmp_path)


def test_a_folder_that_cannot_be_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(StoreError, match="cannot be used"):
        Keys(tmp_path / "file" / "folder")


def test_a_newer_layout_is_left_alone(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / FILE) as sql:
        sql.execute("PRAGMA user_version = 99")
    sql.close()
    with pytest.raises(StoreDamaged, match="newer"):
        Keys(tmp_path)
