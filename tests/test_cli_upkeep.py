"""The commands that keep a store well, and the backup that a server makes."""

from __future__ import annotations

from pathlib import Path

from calling import Caller
from readings import visit
from serving import check_problem, loaded

from graph.edits import Editor
from graph.settings import Settings
from graph.sparql.update_guard import outline
from graph.store.archive import Archive

BASE = "http://localhost:8000/"


def change(data: Path, update: str) -> None:
    with Archive.open(data, BASE) as archive:
        editor = Editor(archive, Settings())
        editor.update(outline(update))
        editor.close()


def test_verify_and_rebuild(call: Caller, filled: Path) -> None:
    told = call("verify", "--data", filled)
    assert (told.status, told.out) == (0, "")
    assert "1 articles" in told.err
    change(filled, "DROP NAMED ; INSERT DATA { :mine :is :here }")
    told = call("verify", "--data", filled)
    assert told.status == 1
    assert "newsgraph rebuild" in told.out
    told = call("rebuild", "--data", filled)
    assert told.status == 0
    assert "0 articles kept, 1 read again" in told.err
    assert call("verify", "--data", filled).status == 0
    assert (
        call("query", "--data", filled, "ASK { :mine :is :here . :Anna_Berg rel:visit ?x }").out == "true\n"
    )
    assert "1 articles kept, 0 read again" in call("rebuild", "--data", filled).err
    assert "0 articles kept, 1 read again" in call("rebuild", "--data", filled, "--all").err


def test_backup_and_restore(call: Caller, filled: Path, tmp_path: Path) -> None:
    file, copy = tmp_path / "one.tar", tmp_path / "copy"
    assert call("backup", "--data", filled, file).status == 0
    told = call("backup", "--data", filled, file)
    assert told.status == 1
    assert "--replace" in told.err
    assert call("backup", "--data", filled, "--replace", file).status == 0
    assert call("backup", "--data", filled, tmp_path).status == 0
    (dated,) = tmp_path.glob("newsgraph-*.tar")
    assert dated.stat().st_size > 10_000
    assert call("restore", "--data", copy, file).status == 0
    assert call("stats", "--data", copy).out == call("stats", "--data", filled).out
    told = call("restore", "--data", copy, dated)
    assert told.status == 1
    assert "--replace" in told.err
    assert call("restore", "--data", copy, "--replace", dated).status == 0
    assert call("verify", "--data", copy).status == 0


def test_what_is_not_there_is_told(call: Caller, tmp_path: Path) -> None:
    for command in ("verify", "rebuild"):
        told = call(command, "--data", tmp_path / "none")
        assert told.status == 1
        assert "newsgraph ingest" in told.err
    assert call("restore", "--data", tmp_path / "new", tmp_path / "none.tar").status == 1
    assert not (tmp_path / "new").exists()


def test_a_server_makes_the_backup_of_its_store(call: Caller, tmp_path: Path) -> None:
    with loaded(tmp_path / "data", [visit()]) as client:
        told = call("backup", "--data", tmp_path / "data", tmp_path / "one.tar")
        assert told.status == 1
        assert "curl -X POST" in told.err
        answer = client.post("/v1/backup")
        assert answer.status_code == 200
        assert answer.headers["content-type"] == "application/x-tar"
        (tmp_path / "one.tar").write_bytes(answer.content)
        check_problem(client.get("/v1/backup"), 405, "method-not-allowed")
        check_problem(client.post("/v1/backup", headers={"Sec-Fetch-Site": "cross-site"}), 403, "cross-site")
        assert client.get("/v1/stats").json()["articles"] == 1
    assert call("restore", "--data", tmp_path / "copy", tmp_path / "one.tar").status == 0
    assert call("verify", "--data", tmp_path / "copy").status == 0
