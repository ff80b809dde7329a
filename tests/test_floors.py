"""The house stands on its floors: imports run down only, in no circle, and cost little."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent

# From the ground up; a room may import rooms of lower floors, and none of its own floor.
FLOORS: tuple[frozenset[str], ...] = tuple(
    frozenset(floor.split())
    for floor in (
        "graph.advice graph.errors graph.resources graph.vocab",
        "graph.model graph.relations graph.settings graph.waiting",
        "graph.codec graph.layout graph.network graph.ontology graph.rdf_terms graph.standing",
        "graph.analysis graph.export graph.rdf graph.rdf_fetch graph.sources graph.text graph.training",
        "graph.corrections graph.decisions graph.rdf_shelf",
        "graph.rdf_read graph.rules",
        "graph.sparql graph.store",
        "graph.confined graph.edits graph.pipeline graph.views",
        "graph.curation graph.jobs graph.linked graph.queries graph.scripting",
        "api",
    )
)
LEVEL = {room: level for level, floor in enumerate(FLOORS) for room in floor}

# What must not be loaded by `import graph` or by the command line before a command runs.
HEAVY = ("spacy", "trafilatura", "networkx", "fastapi", "pyoxigraph", "rdflib", "numpy", "rich")


def module_files() -> dict[str, Path]:
    """Every module of the two packages, by its name."""
    found = {}
    for package in ("graph", "api"):
        for file in (ROOT / package).rglob("*.py"):
            parts = file.relative_to(ROOT).with_suffix("").parts
            found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = file
    return found


MODULES = module_files()


def imported(name: str) -> Iterator[str]:
    """Every module of ours that a module names in an import, wherever in it."""
    for node in ast.walk(ast.parse(MODULES[name].read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name in MODULES)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name} has a relative import; write the whole name"
            for alias in node.names:
                whole = f"{node.module}.{alias.name}"
                if whole in MODULES:
                    yield whole
                elif node.module in MODULES:
                    yield node.module


def room(module: str) -> str:
    """The room that a module is in: a file or folder of `graph`, or all of `api`."""
    return "api" if module.split(".", maxsplit=1)[0] == "api" else ".".join(module.split(".")[:2])


def test_each_room_has_a_floor() -> None:
    assert {room(module) for module in MODULES} - {"graph"} == set(LEVEL)


@pytest.mark.parametrize("module", sorted(MODULES))
def test_imports_run_down(module: str) -> None:
    here = LEVEL.get(room(module), -1)  # `graph` itself holds only names that are loaded later
    above = [
        name
        for name in imported(module)
        if room(name) not in (room(module), "graph") and LEVEL[room(name)] >= here
    ]
    assert not above, f"{module} imports {above}, which is not below it"


def test_imports_go_in_no_circle() -> None:
    sorter: TopologicalSorter[str] = TopologicalSorter()
    for module in MODULES:
        # A package's own __init__ gathers what its files hold.
        sorter.add(module, *(name for name in imported(module) if not module.startswith(f"{name}.")))
    sorter.prepare()


@pytest.mark.parametrize("module", ["graph", "api", "api.cli"])
def test_what_is_heavy_is_loaded_late(module: str) -> None:
    code = f"import sys, {module}; print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert not set(HEAVY) & set(loaded.stdout.split())


@pytest.mark.parametrize(
    "module", ["graph.text.reader", "graph.sparql.worker", "graph.store.archive", "graph.views"]
)
def test_the_parser_is_loaded_when_it_is_needed(module: str) -> None:
    code = f"import sys, {module}; print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert not {"spacy", "trafilatura", "networkx"} & set(loaded.stdout.split())
