"""The exported page as a file: what is in it, and that no text of an article can become anything else."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections import Counter
from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import given
from readings import echo, visit
from subgraphs import says, subgraph, subgraphs

from graph.codec import statement_from_json
from graph.export.html import bundle, modules, title, write
from graph.model import Article, EntityType, Modality, Reading, Subgraph
from graph.network import VALUE, network
from graph.resources import data_path

HOSTILE = "</script><script>alert(1)</script><!--<img src=x onerror=alert(1)>"
DECLARED = re.compile(r"^(?:export )?(?:async )?(?:function|class|const|let) (\w+)", re.MULTILINE)


class Parts(HTMLParser):
    """The elements of a page, and the text inside each script, style and title."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: Counter[str] = Counter()
        self.attributes: list[tuple[str, dict[str, str | None]]] = []
        self.texts: dict[str, list[str]] = {}
        self._open = ""
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags[tag] += 1
        self.attributes.append((tag, dict(attrs)))
        self._open = tag
        self.texts.setdefault(tag, []).append("")

    def handle_endtag(self, _tag: str) -> None:
        self._open = ""

    def handle_data(self, data: str) -> None:
        if self._open:
            self.texts[self._open][-1] += data

    @property
    def data(self) -> Any:
        return json.loads(self.texts["script"][0])


def whole(*readings: Reading) -> Subgraph:
    entities = {entity.id: entity for reading in readings for entity in reading.entities}
    statements = tuple(statement for reading in readings for statement in reading.statements)
    return Subgraph(tuple(entities.values()), statements, tuple(r.article for r in readings), lambda: ())


def parts(graph: Subgraph) -> Parts:
    return Parts(b"".join(write(graph)).decode("utf-8"))


def test_statements_read_back_from_the_page() -> None:
    graph = whole(visit(), echo())
    data = parts(graph).data
    assert [statement_from_json(one) for one in data["statements"]] == list(graph.statements)
    assert [one["id"] for one in data["entities"]] == [entity.id for entity in graph.entities]
    assert [one["title"] for one in data["articles"]] == ["Xi to visit Moscow", "Echo"]


def test_graph_has_the_nodes_and_edges_of_the_network_each_with_a_place() -> None:
    graph = whole(visit())
    drawn = parts(graph).data["graph"]
    summed = network(graph)
    assert {n["id"]: n["degree"] for n in drawn["nodes"]} == {n.id: n.degree for n in summed.nodes}
    assert [(e["source"], e["kind"], e["target"], e["polarity"], e["modality"]) for e in drawn["edges"]] == [
        (e.source, e.kind, e.target, e.polarity.value, e.modality) for e in summed.edges
    ]
    assert all(-1 <= n[axis] <= 1 for n in drawn["nodes"] for axis in "xy")
    assert len({(n["x"], n["y"]) for n in drawn["nodes"]}) == len(drawn["nodes"])


@given(subgraphs)
def test_any_text_stays_data(graph: Subgraph) -> None:
    page = parts(graph)
    expected = parts(subgraph([]))
    assert page.tags == expected.tags
    assert len(page.data["statements"]) == len(graph.statements)


def test_hostile_text_cannot_leave_its_place() -> None:
    statement = says(HOSTILE, "visit", "Moscow", sentence=HOSTILE)
    graph = subgraph([statement])
    hostile = Subgraph(graph.entities, graph.statements, [Article(HOSTILE, HOSTILE)], graph.quads)
    page = parts(hostile)
    assert page.tags["script"] == 2
    assert page.tags["img"] == 0
    assert page.data["statements"][0]["sentence"] == HOSTILE
    assert page.texts["title"] == [HOSTILE]


def test_policy_lets_only_the_own_script_and_style_run() -> None:
    page = parts(whole(visit()))
    meta = next(a for tag, a in page.attributes if a.get("http-equiv") == "Content-Security-Policy")
    policy = dict(part.strip().split(" ", 1) for part in str(meta["content"]).split(";"))
    assert policy["default-src"] == "'none'"
    for directive, text in (("script-src", page.texts["script"][1]), ("style-src", page.texts["style"][0])):
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert policy[directive] == f"'sha256-{digest}'"


def test_nothing_is_fetched() -> None:
    page = parts(whole(visit()))
    assert page.tags["link"] == 0
    assert not [a for _, a in page.attributes if "src" in a]
    code = re.sub(r"/\*.*?\*/", "", page.texts["script"][1] + page.texts["style"][0], flags=re.DOTALL)
    assert not re.search(r"@import|url\(|\bfetch\(|XMLHttpRequest|WebSocket|\bimport\b", code)


def test_chunks_stay_small() -> None:
    graph = whole(*(visit(title=str(n)) for n in range(40)))
    chunks = list(write(graph))
    assert len(chunks) > 2
    assert max(map(len, chunks[1:])) < 200_000


@pytest.mark.parametrize(
    ("articles", "expected"),
    [
        ([], "An empty graph"),
        ([Article("Text.", "A title")], "A title"),
        ([Article("Only   a\ntext.")], "Only a text."),
        ([Article("x" * 200)], "x" * 89 + "…"),
        ([Article(str(n)) for n in range(1200)], "A graph of 1,200 articles"),
    ],
)
def test_title(articles: list[Article], expected: str) -> None:
    assert title(articles) == expected


def test_modules_come_after_those_that_they_need() -> None:
    order = modules()
    assert order[-1] == "file.js"
    for place, name in enumerate(order):
        text = data_path("page", name).read_text(encoding="utf-8")
        needed = re.findall(r'from "\./([\w-]+\.js)";', text)
        assert set(needed) <= set(order[:place])


def test_modules_keep_the_rules_that_let_them_be_joined() -> None:
    names: Counter[str] = Counter()
    for name in modules():
        text = data_path("page", name).read_text(encoding="utf-8")
        names.update(DECLARED.findall(text))
        code = re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)
        assert not re.search(
            r"^export (default|\{|\*)|^import (?!\{ [\w, ]+ \} from \"\./)", code, re.MULTILINE
        )
        assert "innerHTML" not in code
        assert "insertAdjacentHTML" not in code
        assert "</" not in text
    assert [name for name, count in names.items() if count > 1] == []
    joined = bundle()
    assert not re.search(r"^(import|export)\b", joined, re.MULTILINE)


def test_every_type_and_modality_has_its_look() -> None:
    look = data_path("page", "look.js").read_text(encoding="utf-8")
    style = data_path("page", "style.css").read_text(encoding="utf-8")
    marks = data_path("page", "reading.css").read_text(encoding="utf-8")
    for type_ in (*EntityType, VALUE):
        assert re.search(rf"^  {type_}: \{{ name:", look, re.MULTILINE)
        assert style.count(f"--type-{type_}:") == 2, "one colour for light and one for dark"
        assert type_ == VALUE or f'[data-type="{type_}"] {{' in marks
    for modality in Modality:
        assert re.search(rf'^  {modality}: "', look, re.MULTILINE)
