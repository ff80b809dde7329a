"""What the process for updates may do with files: read the checkpoints, write its copies, no more."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from pyoxigraph import Store

from graph.sparql import sandbox

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the sandbox is Linux's")

PROGRAM = """
import json, os, sys
from pathlib import Path
from pyoxigraph import Store
from graph.sparql import sandbox
checkpoints, scratch, other = map(Path, sys.argv[1:4])
in_force = sandbox.apply(checkpoints, scratch)

def may(work):
    try:
        work()
    except OSError:
        return False
    return True

def change():
    store = Store(str(scratch / "copy"))
    store.update("INSERT DATA { <a:a> <a:b> 2 }")
    store.flush()
    assert len(store) == 2

print(json.dumps({
    "in force": sorted(in_force),
    "changes its copy": may(change),
    "reads a checkpoint": may(lambda: Store.read_only(str(checkpoints / "1"))),
    "writes beside a checkpoint": may(lambda: (checkpoints / "new").write_text("x")),
    "writes to a checkpoint": may(lambda: (checkpoints / "1" / "CURRENT").write_text("x")),
    "reads elsewhere": may(lambda: (other / "canary").read_text()),
    "writes elsewhere": may(lambda: (other / "new").write_text("x")),
    "removes elsewhere": may((other / "canary").unlink),
    "links out of its folder": may(lambda: os.link(scratch / "copy" / "CURRENT", other / "link")),
    "moves in from elsewhere": may(lambda: (other / "canary").rename(scratch / "canary")),
    "starts a program": may(lambda: os.execv("/bin/true", ["true"])),
}))
"""
MAY = {"changes its copy", "reads a checkpoint"}


def test_it_writes_nowhere_but_where_its_copies_lie(tmp_path: Path) -> None:
    checkpoints, scratch, other = (tmp_path / name for name in ("checkpoints", "scratch", "other"))
    for folder in (checkpoints, scratch, other):
        folder.mkdir()
    (other / "canary").write_text("alive")
    live = Store(str(tmp_path / "live"))
    live.update("INSERT DATA { <a:a> <a:b> 1 }")
    live.backup(str(checkpoints / "1"))
    live.backup(str(scratch / "copy"))
    path = os.pathsep.join([str(Path(__file__).parent.parent), *sys.path])
    done = subprocess.run(
        [sys.executable, "-S", "-c", PROGRAM, checkpoints, scratch, other],
        capture_output=True,
        text=True,
        env={"PYTHONPATH": path},
        timeout=60,
        check=True,
    )
    found = json.loads(done.stdout)
    in_force = set(found.pop("in force"))
    if sandbox.FILES not in in_force:
        pytest.skip("this kernel has no Landlock")
    assert {what for what, possible in found.items() if possible} == MAY
    assert (other / "canary").read_text() == "alive"
    assert len(live) == 1, "the files of the store itself are only read through hard links"
    assert len(Store.read_only(str(checkpoints / "1"))) == 1
