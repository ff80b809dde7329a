"""What the command line says to a person when something is left out, missing or refused."""

from __future__ import annotations

from pathlib import Path

import pytest
from calling import ARTICLE, Caller, lines
from test_cli import FRENCH

from graph.export import EXPORTERS
from graph.text.reader import Reader

SILENT = "Yes. No. Hm."


@pytest.mark.parametrize("format_", ["table", "jsonl", "oie", "ttl"])
def test_a_text_that_is_refused_is_named_by_its_file(call: Caller, tmp_path: Path, format_: str) -> None:
    (tmp_path / "french.txt").write_text(FRENCH, encoding="utf-8")
    told = call("extract", "--format", format_, tmp_path / "french.txt")
    assert told.status == 1
    assert told.err.startswith(f"{tmp_path / 'french.txt'}: The text seems to be in")


def test_a_text_that_is_refused_is_named_by_its_line(call: Caller, tmp_path: Path) -> None:
    (tmp_path / "many.txt").write_text(f"{ARTICLE}\n\n{FRENCH}\n", encoding="utf-8")
    told = call("ingest", "--data", tmp_path / "store", "--lines", tmp_path / "many.txt")
    assert told.status == 1
    assert f"{tmp_path / 'many.txt'}:3: The text seems to be in" in told.err


def test_surface_clauses_go_on_after_a_bug(
    call: Caller, article: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    surface = Reader.surface

    def broken(self: Reader, one: object) -> object:
        if "Yes" in one.text:  # type: ignore[attr-defined]
            raise RuntimeError("broken")
        return surface(self, one)  # type: ignore[arg-type]

    monkeypatch.setattr(Reader, "surface", broken)
    (tmp_path / "bad.txt").write_text(SILENT)
    told = call("extract", "--format", "oie", tmp_path / "bad.txt", article)
    assert told.status == 1
    assert "bad.txt: It could not be read (RuntimeError: broken)" in told.err
    assert "Anna Berg" in told.out


@pytest.mark.parametrize("format_", ["table", "jsonl"])
def test_an_article_without_statements_is_told(call: Caller, tmp_path: Path, format_: str) -> None:
    (tmp_path / "silent.txt").write_text(SILENT)
    told = call("extract", "--format", format_, tmp_path / "silent.txt")
    assert told.status == 0
    assert told.err == f"{tmp_path / 'silent.txt'}: No statement was found in it.\n"


@pytest.mark.parametrize("command", [("extract", "--format", "jsonl"), ("ingest", "--data", "store")])
def test_files_that_are_left_out_are_counted(
    call: Caller, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "news").mkdir()
    for name in ("a.txt", "bin.dat", "x.pdf"):
        (tmp_path / "news" / name).write_text(ARTICLE)
    told = call(*command, "news")
    assert told.status == 0
    assert "2 files skipped: not of a kind that newsgraph reads." in told.err
    assert told.out
    assert call("extract", "--format", "jsonl", "news/a.txt").err == ""
    assert lines(call("extract", "--format", "jsonl", "news/bin.dat").out)


@pytest.mark.parametrize("format_", sorted(EXPORTERS))
def test_an_export_of_nothing_is_told(call: Caller, filled: Path, tmp_path: Path, format_: str) -> None:
    out = tmp_path / "out"
    told = call("export", format_, "--about", "Anna_Berg", "--to", "1900-01-01", "--data", filled, "-o", out)
    assert told.status == 0
    assert out.exists()
    assert told.err.splitlines()[0] == "No statement matches, so the export holds none."
    told = call("export", format_, "--about", "Anna_Berg", "--data", filled, "-o", out)
    assert "No statement" not in told.err


def test_an_export_about_what_is_not_there_leads_to_what_is(
    call: Caller, filled: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    told = call("export", "gexf", "--about", "Ana_Berg", "--data", filled, "-o", out)
    assert told.status == 1
    assert "near it are Anna_Berg" in told.err
    assert not out.exists()


@pytest.mark.parametrize("command", [("extract", "--format", "ttl"), ("export", "ttl")])
def test_a_place_that_cannot_be_written_is_named(
    call: Caller, filled: Path, article: Path, tmp_path: Path, command: tuple[str, ...]
) -> None:
    what = (article,) if command[0] == "extract" else ("--data", filled)
    told = call(*command, *what, "-o", tmp_path / "none" / "x.ttl")
    assert told.status == 1
    assert told.err.startswith(
        f"The system refused: {tmp_path / 'none' / 'x.ttl'}: No such file or directory."
    )
    assert ".part" not in told.err
    (tmp_path / "folder").mkdir()
    told = call(*command, *what, "-o", tmp_path / "folder")
    assert told.status == 1
    assert f"{tmp_path / 'folder'}: " in told.err
    assert ".part" not in told.err
    assert not list(tmp_path.glob(".*.part"))


@pytest.mark.parametrize("format_", ["csv", "json", "xml", "tsv", "table"])
def test_an_answer_ends_with_its_line(call: Caller, filled: Path, format_: str) -> None:
    for query in ("ASK { ?s ?p ?o }", "SELECT ?s { ?s a kg:None }"):
        told = call("query", "--format", format_, "--data", filled, query)
        assert told.status == 0
        assert told.out.endswith("\n")
        assert not told.out.endswith("\n\n") or format_ == "table"


def test_an_unknown_id_leads_to_what_there_is(call: Caller, filled: Path) -> None:
    told = call("show", "entity", "Nobody", "--data", filled)
    assert "near it" not in told.err
    assert "`newsgraph query entities`" in told.err
    assert "Anna Berg" in call("query", "entities", "--data", filled).out
    assert "near it are Anna_Berg" in call("show", "entity", "Ana_Berg", "--data", filled).err
    told = call("show", "statement", "nope", "--data", filled)
    assert "`newsgraph export jsonl` lists all" in told.err


def test_a_base_that_is_none_is_told_without_a_pattern(call: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEWSGRAPH_BASE", "news.example")
    told = call("settings")
    assert told.status == 2
    assert told.err == (
        "The setting NEWSGRAPH_BASE cannot be used: it must be an http or https IRI that ends with a slash, "
        "such as https://news.example/.\n"
    )
