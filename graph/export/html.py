"""One HTML page that holds everything, for people: opens from a file, fetches nothing.

The pieces are in `data/page/`, the same that `newsgraph serve` serves. Its JavaScript modules become one
inline script, its style an inline style, and a content security policy lets only these two run: whatever
an article says, it stays text. The statements are in the page as the JSON that the REST API gives.
"""

from __future__ import annotations

import base64
import hashlib
import html
import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from graph.codec import article_to_json, entity_to_json, statement_to_json
from graph.export.chunks import chunked
from graph.layout import place
from graph.model import Article, Subgraph
from graph.network import GraphEdge, GraphNode, network
from graph.resources import data_path

ENTRY = "file.js"
"""The module that the page starts with."""

STYLES = ("style.css", "reading.css")

TITLE_LENGTH = 90

_IMPORT = re.compile(r'^import \{ [\w, ]+ \} from "\./([\w-]+\.js)";$', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async )?(?:function|class|const) )", re.MULTILINE)
_PLACE = re.compile(r"\{\{(\w+)\}\}")
# `<` could end the script element or begin a comment in it; a lone surrogate has no UTF-8.
_UNSAFE = re.compile("[<\u2028\u2029\ud800-\udfff]")


def write(subgraph: Subgraph) -> Iterator[bytes]:
    """Give `subgraph` as one self-contained HTML file, in UTF-8."""
    return chunked(_pieces(subgraph))


def bundle(entry: str = ENTRY) -> str:
    """Join a module of `data/page/` and all that it imports into one module without imports.

    Each module comes once, after those that it needs. It can be this simple because the modules keep to
    three rules (data/page/model.js names them), which the tests check.
    """
    return "\n".join(_module(name) for name in modules(entry))


def modules(entry: str = ENTRY) -> list[str]:
    """Name the modules that `entry` needs, itself last, each after those that it imports."""
    order: dict[str, None] = {}

    def visit(name: str) -> None:
        if name in order:
            return
        for needed in _IMPORT.findall(_source(name)):
            visit(needed)
        order[name] = None

    visit(entry)
    return list(order)


def _module(name: str) -> str:
    return _EXPORT.sub("", _IMPORT.sub("", _source(name))).strip() + "\n"


def _source(name: str) -> str:
    return data_path("page", name).read_text(encoding="utf-8")


def _pieces(subgraph: Subgraph) -> Iterator[str]:
    script, style = bundle(), "".join(map(_source, STYLES))
    counts = _counts(subgraph)  # before the title: it has the statements read, once for all
    fixed = {
        "policy": _policy(script, style),
        "title": _as_text(title(subgraph.articles)),
        "counts": _as_text(counts),
        "style": style,
        "script": script,
    }
    # Split by its groups, a pattern gives text and names in turn.
    for index, part in enumerate(_PLACE.split(_source("template.html"))):
        if index % 2 == 0:
            yield part
        elif part == "data":
            yield from _data(subgraph)
        else:
            yield fixed[part]


def title(articles: Iterable[Article]) -> str:
    """Name the page: by its article if it is only one, else by how many there are."""
    known = list(articles)
    if len(known) != 1:
        return f"A graph of {len(known):,} articles" if known else "An empty graph"
    words = known[0].title or known[0].text
    line = " ".join(words.split()) or "One article"
    return line if len(line) <= TITLE_LENGTH else line[: TITLE_LENGTH - 1].rstrip() + "…"


def _counts(subgraph: Subgraph) -> str:
    statements = len(subgraph.statements)  # first: from a store, the others may be found by way of them
    counted = (
        (len(subgraph.articles), "article", "articles"),
        (len(subgraph.entities), "entity", "entities"),
        (statements, "statement", "statements"),
    )
    return " · ".join(f"{count:,} {one if count == 1 else many}" for count, one, many in counted)


def _policy(script: str, style: str) -> str:
    """Make the policy that lets this script and this style run, and nothing else load or run."""
    return (
        f"default-src 'none'; script-src '{_hash(script)}'; style-src '{_hash(style)}'; "
        "base-uri 'none'; form-action 'none'"
    )


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _as_text(text: str) -> str:
    """Escape what stands in the HTML; a lone surrogate or a control character becomes a question mark."""
    clean = "".join(char if char.isprintable() else "?" for char in text)
    return html.escape(clean)


def _data(subgraph: Subgraph) -> Iterator[str]:
    """Give the page's JSON in pieces: the graph with places, then entities, articles and statements."""
    graph = network(subgraph)
    places = place((n.id for n in graph.nodes), ((e.source, e.target) for e in graph.edges))
    yield '{"graph":{"nodes":'
    yield from _array(_node(node, places[node.id]) for node in graph.nodes)
    yield ',"edges":'
    yield from _array(map(_edge, graph.edges))
    yield '},"entities":'
    yield from _array(map(entity_to_json, subgraph.entities))
    yield ',"articles":'
    yield from _array(map(_article, subgraph.articles))
    yield ',"statements":'
    yield from _array(map(statement_to_json, subgraph.statements))
    yield "}"


def _array(items: Iterable[dict[str, Any]]) -> Iterator[str]:
    separator = "["
    for item in items:
        yield separator + _json(item)
        separator = ",\n"
    yield "[]" if separator == "[" else "]"


def _json(item: dict[str, Any]) -> str:
    """Write JSON that can stand in a script element and in UTF-8 whatever text it holds."""
    text = json.dumps(item, ensure_ascii=False, separators=(",", ":"))
    return _UNSAFE.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def _node(node: GraphNode, position: tuple[float, float]) -> dict[str, Any]:
    x, y = position
    facts = "; ".join(node.facts)
    return {
        "id": node.id,
        "label": node.label,
        "type": node.type,
        "degree": node.degree,
        "facts": facts,
        "x": x,
        "y": y,
    }


def _edge(edge: GraphEdge) -> dict[str, Any]:
    return {
        "source": edge.source,
        "target": edge.target,
        "kind": edge.kind,
        "label": edge.label,
        "polarity": edge.polarity.value,
        "modality": edge.modality,
        "statements": edge.statements,
        "support": edge.support,
    }


def _article(article: Article) -> dict[str, Any]:
    """Leave the text out (the sentences are with the statements); name it as the page would."""
    told = {name: value for name, value in article_to_json(article).items() if name != "text"}
    return {**told, "title": title([article])}
