"""`newsgraph keys`: made, listed and revoked from the command line, also while a server runs."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import httpx
import pytest
from calling import Caller, environment, started


def test_a_key_is_shown_once(call: Caller, tmp_path: Path) -> None:
    data = tmp_path / "store"
    told = call("keys", "add", "press", "--scope", "read", "--rate", "5/minute", "--data", data)
    assert told.status == 0
    token = told.out.strip()
    assert token.startswith("newsgraph_")
    assert token not in told.err
    assert "NEWSGRAPH_REQUIRE_KEY" in told.err
    assert "NEWSGRAPH_REQUIRE_KEY" not in call("keys", "add", "desk", "--scope", "write", "--data", data).err
    listed = call("keys", "list", "--data", data)
    assert token not in listed.out
    assert [(key["name"], key["scope"], key["rate"]) for key in json.loads(listed.out)] == [
        ("press", "read", "5/minute"),
        ("desk", "write", None),
    ]
    assert call("keys", "revoke", "press", "--data", data).status == 0
    table = call("keys", "list", "--format", "table", "--data", data).out
    assert "revoked" in table
    assert "active" in table


@pytest.mark.parametrize(
    ("arguments", "status", "word"),
    [
        (["add", "a b", "--scope", "read"], 2, "letters"),
        (["add", "press", "--scope", "reed"], 2, "read"),
        (["add", "press"], 2, "--scope"),
        (["add", "press", "--scope", "read", "--expires", "soon"], 2, "2023-03-20"),
        (["add", "press", "--scope", "read", "--expires", "2020-01-01"], 2, "is over"),
        (["add", "press", "--scope", "read", "--rate", "fast"], 2, "600/minute"),
        (["revoke", "press"], 1, "no keys"),
        (["revoke", "\udcff"], 2, "UTF-8"),
        (["forget"], 2, "forget"),
        ([], 2, "Usage"),
    ],
)
def test_what_is_wrong_is_told_and_nothing_made(
    call: Caller, tmp_path: Path, arguments: list[str], status: int, word: str
) -> None:
    data = ["--data", str(tmp_path / "store")] if len(arguments) > 1 else []
    told = call("keys", *arguments, *data)
    assert told.status == status
    assert word in told.err
    listed = call("keys", "list", "--data", tmp_path / "store")
    assert json.loads(listed.out) == []


def test_listing_makes_nothing(call: Caller, tmp_path: Path) -> None:
    assert call("keys", "list", "--data", tmp_path / "store").out == "[]\n"
    assert not (tmp_path / "store").exists()


def test_keys_stay_when_a_backup_is_restored(call: Caller, filled: Path, tmp_path: Path) -> None:
    call("keys", "add", "press", "--scope", "read", "--data", filled)
    before = call("keys", "list", "--data", filled).out
    call("backup", "--data", filled, tmp_path / "backup.tar")
    assert call("restore", "--data", filled, "--replace", tmp_path / "backup.tar").status == 0
    assert call("keys", "list", "--data", filled).out == before
    assert call("restore", "--data", tmp_path / "copy", tmp_path / "backup.tar").status == 0
    assert json.loads(call("keys", "list", "--data", tmp_path / "copy").out) == []


def test_a_server_hears_of_keys_at_once(call: Caller, tmp_path: Path) -> None:
    data = tmp_path / "data"
    token = call("keys", "add", "desk", "--scope", "write", "--data", data).out.strip()
    serve = ("serve", "--data", data, "--host", "0.0.0.0", "--port", "0", "--json")
    with started(*serve, env=environment(), stderr=subprocess.PIPE) as server:
        assert server.stdout is not None
        port = server.stdout.readline().strip().rstrip("/").rsplit(":", 1)[1]
        mine = {"Authorization": f"Bearer {token}"}
        with httpx.Client(base_url=f"http://127.0.0.1:{port}", headers=mine) as client:
            assert client.get("/v1/stats", headers={"Authorization": ""}).status_code == 401
            assert client.get("/v1/stats").status_code == 200
            assert client.delete("/v1/articles/none").status_code == 404
            assert call("keys", "revoke", "desk", "--data", data).status == 0
            assert client.get("/v1/stats").status_code == 401
        server.terminate()
        _, err = server.communicate()
    told = [json.loads(line) for line in err.splitlines() if line.startswith("{")]
    assert [(one["event"], one["logger"]) for one in told] == [
        ("refused", "newsgraph.audit"),
        ("change", "newsgraph.audit"),
        ("refused", "newsgraph.audit"),
    ]
    assert token not in err


def test_elsewhere_nobody_is_served_without_a_key(call: Caller, tmp_path: Path) -> None:
    told = call("serve", "--data", tmp_path / "data", "--host", "0.0.0.0", "--port", "0")
    assert told.status == 2
    assert "newsgraph keys add" in told.err
