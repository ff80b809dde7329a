"""An article that was removed is said to be gone: over HTTP, offline, through a kill, rebuild and backup."""

from __future__ import annotations

from pathlib import Path

import pytest
from calling import Caller
from readings import Recorded, echo, numbered, visit
from serving import BASE, Client, check_problem, loaded

from graph import pipeline
from graph.codec import article_to_json
from graph.errors import Gone, NotFound, StoreFull
from graph.model import Article
from graph.store.archive import Archive
from graph.store.backups import backup, restore
from graph.store.rebuilding import rebuild

ID = visit().article.id


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give the folder of a store that held `visit` and `echo`, of which the first was removed."""
    with archive(tmp_path / "data") as opened:
        pipeline.ingest([visit().article, echo().article], opened, Recorded(visit(), echo()))
        opened.delete(ID)
    return tmp_path / "data"


def archive(folder: Path) -> Archive:
    return Archive.open(folder, f"{BASE}/")


def is_gone(folder: Path) -> bool:
    with archive(folder) as opened, pytest.raises(NotFound) as raised:
        opened.article(ID)
    return isinstance(raised.value, Gone)


def ask(client: Client) -> list[int]:
    address = f"/v1/articles/{ID}"
    return [
        client.get(address).status_code,
        client.delete(address).status_code,
        client.get(f"/article/{ID}").status_code,
        client.get(f"/article/{ID}?format=ttl").status_code,
        client.get(f"/article/{ID}?format=html").status_code,
        client.request("PUT", address, json=article_to_json(numbered(3).article)).status_code,
    ]


def test_it_is_gone_until_it_is_sent_again(tmp_path: Path) -> None:
    with loaded(tmp_path, readings=[visit(), echo()]) as client:
        address, kept = f"/v1/articles/{ID}", visit().statements[0].id
        assert client.delete(address).status_code == 204
        assert "send its text again" in check_problem(client.get(address), 410, "gone")
        assert ask(client) == [410] * 6
        check_problem(client.get(f"/v1/statements/{kept}"), 404, "not-found")
        told = check_problem(client.get(f"/v1/statements?article={ID}"), 404, "not-found")
        assert "was removed" in told
        head = client.request("HEAD", address)
        assert (head.status_code, head.content) == (410, b"")
        again = client.post("/v1/articles", json=article_to_json(visit().article))
        assert again.status_code == 201
        assert client.get(address).status_code == 200
        assert client.get(f"/article/{ID}?format=ttl").status_code == 200
        assert client.delete(address).status_code == 204
        check_problem(client.get(address), 410, "gone")


def test_an_article_that_never_was_is_not_gone(tmp_path: Path) -> None:
    with loaded(tmp_path, readings=[echo()]) as client:
        strange = {"text": "Unbekannt."}
        assert client.post("/v1/articles", json=strange).status_code == 422
        never = Article(strange["text"]).id
        check_problem(client.get(f"/v1/articles/{never}"), 404, "not-found")


def test_a_named_query_about_one_is_not_gone_itself(tmp_path: Path) -> None:
    queries = tmp_path / "queries"
    queries.mkdir()
    (queries / "told.rq").write_text(
        "#+ summary: What it says\nSELECT ?s { GRAPH ?_in_article { ?s ?p ?o } }"
    )
    with loaded(tmp_path / "data", readings=[visit()], queries=str(queries)) as client:
        assert client.get(f"/v1/queries/told?in={ID}").status_code == 200
        client.delete(f"/v1/articles/{ID}")
        assert "was removed" in check_problem(client.get(f"/v1/queries/told?in={ID}"), 404, "not-found")


def test_it_stays_gone_through_rebuild_backup_and_restore(folder: Path, tmp_path: Path) -> None:
    with archive(folder) as opened:
        rebuild(opened, Recorded(echo()).read_many, "recorded 1.0", everything=True)
    assert is_gone(folder)
    with archive(folder) as opened:
        (tmp_path / "backup.tar").write_bytes(b"".join(backup(opened)))
    restore(tmp_path / "backup.tar", tmp_path / "copy")
    assert is_gone(tmp_path / "copy")
    with archive(tmp_path / "copy") as opened:
        pipeline.ingest([visit().article], opened, Recorded(visit()))
        assert opened.article(ID).state == "stored"
    assert is_gone(folder)


def test_a_pending_one_that_a_rebuild_reads_is_back(folder: Path) -> None:
    with archive(folder) as opened:
        opened.begin(visit().article, "recorded 1.0")  # and the process dies here
    with archive(folder) as opened:
        rebuild(opened, Recorded(visit(), echo()).read_many, "recorded 1.0")
    with archive(folder) as opened:
        assert opened.article(ID).state == "stored"
        with opened.ledger.reading() as sql:
            assert sql.execute("SELECT count(*) FROM removed").fetchone() == (0,)


def test_a_removal_that_was_cut_off_is_told_all_the_same(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise StoreFull("The disk is full; make room.")

    with archive(folder) as opened:
        with monkeypatch.context() as patched:
            patched.setattr(opened.store, "drop", full)
            with pytest.raises(StoreFull):
                opened.delete(echo().article.id)
        with pytest.raises(Gone):
            opened.article(echo().article.id)
        opened.delete(echo().article.id)
    with archive(folder) as opened, pytest.raises(Gone):
        opened.article(echo().article.id)


def test_a_store_of_before_has_none(folder: Path) -> None:
    with archive(folder) as opened, opened.ledger.transaction() as sql:
        sql.execute("DROP TABLE removed")
    assert not is_gone(folder)


def test_the_command_says_so(folder: Path, call: Caller) -> None:
    for command in (("delete", ID), ("show", "article", ID)):
        result = call(*command, "--data", folder)
        assert (result.status, "was removed on" in result.err) == (1, True), result
