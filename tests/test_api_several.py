"""Filters that may be given more than once: any of the values will do, in every place that filters."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from calling import Caller
from readings import echo, visit
from serving import READINGS, Client, check_problem, loaded, pages


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    with loaded(tmp_path_factory.mktemp("several")) as opened:
        yield opened


@pytest.fixture(scope="module")
def everything(client: Client) -> list[dict[str, Any]]:
    return pages(client, "/v1/statements?limit=500")


def ids(items: list[dict[str, Any]]) -> set[str]:
    return {one["id"] for one in items}


@pytest.mark.parametrize("sort", ["text", "-time", "confidence", "support"])
@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("modality", ("planned", "claimed")),
        ("modality", ("asserted", "planned")),
        ("modality", ("planned", "planned")),
        ("polarity", ("positive", "negative")),
        ("polarity", ("negative",)),
    ],
)
def test_any_of_the_values_will_do(
    client: Client, everything: list[dict[str, Any]], name: str, values: tuple[str, ...], sort: str
) -> None:
    query = "&".join(f"{name}={value}" for value in values)
    wanted = {one["id"] for one in everything if one[name] in values}
    found = pages(client, f"/v1/statements?limit=3&sort={sort}&{query}")
    assert len(found) == len(wanted)
    assert ids(found) == wanted
    assert wanted or values == ("negative",)
    assert client.get(f"/v1/statements/facets?{query}").json()["statements"] == len(wanted)
    exported = client.get(f"/v1/export/jsonl?{query}").text.splitlines()
    assert {json.loads(line)["id"] for line in exported} == wanted


def test_predicates_are_counted_with_what_is_narrower(
    client: Client, everything: list[dict[str, Any]]
) -> None:
    kinds = ("visit", "hostile_act")
    wanted = {
        one["id"]
        for one in everything
        if {one["predicate"]["id"], *one["predicate"]["broader"]}.intersection(kinds)
    }
    assert len({one["predicate"]["id"] for one in everything if one["id"] in wanted}) > 1
    found = pages(client, "/v1/statements?limit=2&predicate=visit&predicate=hostile_act")
    assert ids(found) == wanted


@pytest.mark.parametrize("sort", ["statements", "label"])
def test_entities_of_several_types_keep_their_order(client: Client, sort: str) -> None:
    everything = pages(client, f"/v1/entities?limit=500&sort={sort}")
    wanted = [one["id"] for one in everything if one["type"] in {"Place", "Concept"}]
    assert len(wanted) > 10
    found = pages(client, f"/v1/entities?limit=4&sort={sort}&type=Place&type=Concept")
    assert [one["id"] for one in found] == wanted
    named = pages(client, f"/v1/entities?limit=2&sort={sort}&q=o&type=Concept&type=Place&type=Place")
    assert {one["type"] for one in named} <= {"Place", "Concept"}


def test_the_order_of_the_values_makes_no_other_list(client: Client) -> None:
    first = client.get("/v1/statements?limit=1&modality=planned&modality=asserted").json()["next"]
    again = client.get(f"/v1/statements?limit=1&modality=asserted&modality=planned&after={first}")
    assert again.status_code == 200
    other = client.get(f"/v1/statements?limit=1&modality=asserted&after={first}")
    assert "another list" in check_problem(other, 400, "bad-parameter")


def test_paths_and_graphs_take_several_too(client: Client) -> None:
    both = client.get(
        "/v1/graph?about=Xi_Jinping&modality=planned&modality=claimed&polarity=positive&polarity=negative"
    )
    assert both.status_code == 200, both.text
    one = client.get("/v1/graph?about=Xi_Jinping&modality=planned").json()
    assert {edge["modality"] for edge in both.json()["edges"]} >= {edge["modality"] for edge in one["edges"]}
    assert one["edges"]
    path = "/v1/paths?source=Xi_Jinping&target=Moscow&modality=planned&modality=possible"
    assert client.get(path).json()["items"]


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("modality=planned&modality=nonsense", "modality"),
        ("&".join(["predicate=visit"] * 21), "predicate"),
        ("subject=Moscow&subject=Kyiv", "'subject' is there more than once"),
        ("limit=1&limit=2", "'limit' is there more than once"),
        ("predicate=visit&predicate=" + "a" * 501, "predicate"),
    ],
)
def test_what_cannot_be_several_is_a_problem(client: Client, query: str, told: str) -> None:
    for address in ("/v1/statements", "/v1/export/jsonl"):
        answer = client.get(f"{address}?{query}")
        if address.endswith("jsonl") and query.startswith("limit"):
            assert answer.status_code == 400
        else:
            assert told in check_problem(answer, 400, "bad-parameter")


def test_an_export_takes_the_filters_of_lists(client: Client) -> None:
    for query in ("between=Xi_Jinping,Moscow", "minSupport=2", "minSupport=1&modality=planned"):
        listed = ids(pages(client, f"/v1/statements?{query}"))
        exported = client.get(f"/v1/export/jsonl?{query}").text.splitlines()
        assert {json.loads(line)["id"] for line in exported} == listed


def test_the_command_line_filters_alike(
    tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    with loaded(tmp_path, READINGS[:6]) as client:
        wanted = {
            query: ids(pages(client, f"/v1/statements?{query.replace(' ', '&').replace('--', '')}"))
            for query in (
                "--modality=planned --modality=claimed",
                "--predicate=visit --predicate=annex",
                "--between=Xi_Jinping,Moscow",
                "--polarity=positive --polarity=negative",
            )
        }
    call = Caller(capfdbinary, monkeypatch)
    for query, expected in wanted.items():
        told = call("export", "jsonl", "--data", tmp_path, *query.split())
        assert told.status == 0, told.err
        assert {json.loads(line)["id"] for line in told.out.splitlines()} == expected
    assert all(wanted.values())
    wrong = call("export", "jsonl", "--data", tmp_path, "--between", "Moscow")
    assert (wrong.status, "comma" in wrong.err) == (2, True)
    both = call(
        "paths", "Xi_Jinping", "Moscow", "--data", tmp_path, "--modality=planned", "--modality=possible"
    )
    assert both.status == 0, both.err
    assert json.loads(both.out)["items"]


def test_the_rows_of_csv_are_those_too(client: Client) -> None:
    text = client.get("/v1/statements?format=csv&modality=planned&modality=claimed&limit=500").text
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert {row["modality"] for row in rows} <= {"planned", "claimed"}
    assert rows
    assert {visit().article.id, echo().article.id}.intersection(row["article"] for row in rows)
