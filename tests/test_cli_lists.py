"""Lists of the command line for a program: the same items as JSON, CSV and JSON Lines."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from calling import ARTICLE, Caller, lines


@pytest.fixture
def call(capfdbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch) -> Caller:
    return Caller(capfdbinary, monkeypatch)


@pytest.fixture
def store(tmp_path: Path, call: Caller) -> Path:
    (tmp_path / "article.txt").write_text(ARTICLE, encoding="utf-8")
    folder = tmp_path / "store"
    assert call("ingest", "--data", folder, "--date", "2023-03-17", tmp_path / "article.txt").status == 0
    assert call("rename", "--data", folder, "--who", "=Hale", "Poland", "Norvalia").status == 0
    assert call("keys", "add", "press", "--scope", "read", "--data", folder).status == 0
    return folder


@pytest.mark.parametrize(
    ("command", "column"),
    [(("search", "Berg"), "statement.subject.label"), (("curation",), "who"), (("keys", "list"), "scope")],
)
def test_a_list_in_each_form(call: Caller, store: Path, command: tuple[str, ...], column: str) -> None:
    def shown(name: str) -> str:
        told = call(*command, "--data", store, "--format", name)
        assert (told.status, told.err) == (0, "")
        return told.out

    items = json.loads(shown("json"))
    assert items
    assert json.loads(call(*command, "--data", store).out) == items
    assert lines(shown("jsonl")) == items
    rows = list(csv.DictReader(io.StringIO(shown("csv"), newline="")))
    assert len(rows) == len(items)
    assert any(row[column] for row in rows)
    assert not any(cell.startswith("=") for row in rows for cell in row.values())
    if command == ("curation",):
        assert rows[0]["who"] == "'=Hale"
    assert shown("table").strip()


def test_counts_are_one_row(call: Caller, filled: Path) -> None:
    whole = json.loads(call("stats", "--data", filled).out)
    (row,) = csv.DictReader(io.StringIO(call("stats", "--data", filled, "--format", "csv").out))
    assert row == {name: str(count) for name, count in whole.items()}
    assert json.loads(call("stats", "--data", filled, "--format", "jsonl").out) == whole
