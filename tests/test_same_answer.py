"""One question, three doors: REST, SPARQL and the command line give the same answer."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from calling import started

ARTICLE = (
    "Chinese President Xi Jinping plans to visit Moscow next week. Xi visited Vietnam on Tuesday. "
    "The Kremlin said that Xi would visit Berlin. Xi has not visited Kyiv. Wang Yi visited Paris on Monday."
)
QUESTION = """
SELECT ?id ?what ?modality ?polarity ?source WHERE {
  GRAPH ?article {
    ?statement a kg:Statement ; rdf:subject :Xi_Jinping ; rdf:predicate rel:visit ; rdf:object ?what ;
      kg:modality ?modality ; kg:polarity ?polarity .
    OPTIONAL { ?statement kg:attributedTo ?source }
  }
  BIND (?statement AS ?id)
}
"""
Row = tuple[str, str, str, str, str | None]


def local(term: dict[str, str] | None) -> str | None:
    """The last part of an IRI of ours."""
    return term and term["value"].replace("#", "/").rsplit("/", 1)[1]


def from_statements(found: list[dict[str, Any]]) -> set[Row]:
    return {
        (
            one["id"],
            one["object"]["id"],
            one["modality"],
            one["polarity"],
            one["attributedTo"] and one["attributedTo"]["id"],
        )
        for one in found
    }


def from_sparql(answer: dict[str, Any]) -> set[Row]:
    names = answer["head"]["vars"]
    return {tuple(local(row.get(name)) for name in names) for row in answer["results"]["bindings"]}  # type: ignore[misc]


def command(*arguments: str | Path) -> str:
    with started(*arguments) as process:
        out, err = process.communicate()
    assert process.returncode == 0, err
    return out


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("same")
    (folder / "article.txt").write_text(ARTICLE, encoding="utf-8")
    command("ingest", "--data", folder / "store", "--date", "2023-03-17", folder / "article.txt")
    return folder / "store"


@pytest.fixture(scope="module")
def from_command_line(store: Path) -> dict[str, set[Row]]:
    """Asked before the server has the store."""
    exported = command("export", "--data", store, "jsonl", "--subject", "Xi_Jinping", "--predicate", "visit")
    asked = command("query", "--data", store, "--format", "json", QUESTION)
    return {
        "export": from_statements([json.loads(line) for line in exported.splitlines()]),
        "query": from_sparql(json.loads(asked)),
    }


@pytest.fixture(scope="module")
def server(store: Path, from_command_line: object) -> Iterator[httpx.Client]:
    with started("serve", "--data", store, "--port", "0", stderr=subprocess.DEVNULL) as process:
        assert process.stdout is not None
        with httpx.Client(base_url=process.stdout.readline().strip(), timeout=30) as client:
            yield client
        process.terminate()
        assert process.wait() == 0


def test_the_answer_is_the_articles(from_command_line: dict[str, set[Row]]) -> None:
    told = {row[1:] for row in from_command_line["export"]}
    assert ("Moscow", "planned", "positive", None) in told
    assert ("Vietnam", "asserted", "positive", None) in told
    assert ("Kyiv", "asserted", "negative", None) in told
    (berlin,) = (row for row in told if row[0] == "Berlin")
    assert berlin[3] is not None, "who said it is lost"
    assert "Paris" not in {row[0] for row in told}


def test_every_door_gives_the_same(server: httpx.Client, from_command_line: dict[str, set[Row]]) -> None:
    filters = {"subject": "Xi_Jinping", "predicate": "visit"}
    answers = {
        **from_command_line,
        "REST": from_statements(server.get("/v1/statements", params=filters).json()["items"]),
        "REST export": from_statements(
            [json.loads(line) for line in server.get("/v1/export/jsonl", params=filters).text.splitlines()]
        ),
        "SPARQL, GET": from_sparql(server.get("/sparql", params={"query": QUESTION}).json()),
        "SPARQL, POST": from_sparql(server.post("/sparql", data={"query": QUESTION}).json()),
    }
    assert answers == dict.fromkeys(answers, from_command_line["export"])
