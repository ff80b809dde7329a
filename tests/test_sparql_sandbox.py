"""What the sandbox takes away, tried from inside it, in processes of the tests' own."""

from __future__ import annotations

import json
import os
import select
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from graph.sparql import sandbox
from tests.querying import checkpoint_of, people

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="Landlock and seccomp are of Linux")

# Tries things in a process, and prints for each how it ended: "done" or the error's name.
TRY = """
import ctypes, errno, json, os, socket, sys, threading
from pathlib import Path
from pyoxigraph import QueryResultsFormat, Store
from graph.sparql import landlock, sandbox, seccomp

folder, canary, port = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
outcome = {}

def attempt(name, action):
    try:
        action()
        outcome[name] = "done"
    except OSError as error:
        outcome[name] = errno.errorcode.get(error.errno, str(error))

def no_new_privileges():
    ctypes.CDLL(None).prctl(38, 1, 0, 0, 0)

def network():
    attempt("socket", lambda: socket.socket().close())
    attempt("unix socket", lambda: socket.socket(socket.AF_UNIX).close())
    attempt("socket pair", lambda: socket.socketpair())
    attempt("connect", lambda: socket.create_connection(("127.0.0.1", port), 5).close())

def programs():
    attempt("fork", lambda: os.fork() or os._exit(0))
    attempt("spawn", lambda: os.posix_spawn(sys.executable, [sys.executable, "-c", ""], {}))
    attempt("signal", lambda: os.kill(os.getppid(), 0))

def files():
    attempt("read", lambda: os.close(os.open(canary, os.O_RDONLY)))
    attempt("list", lambda: os.listdir(Path(canary).parent))
    attempt("append", lambda: os.close(os.open(canary, os.O_WRONLY | os.O_APPEND)))
    attempt("create", lambda: os.close(os.open(folder / "new", os.O_RDONLY | os.O_CREAT)))
    attempt("make folder", lambda: os.mkdir(folder / "sub"))
    attempt("link", lambda: os.symlink(canary, folder / "link"))
    attempt("mode", lambda: os.chmod(canary, 0o600))
    attempt("memory file", lambda: os.close(os.memfd_create("x")))
    attempt("rename", lambda: os.rename(canary, canary + "2"))
    attempt("remove", lambda: os.unlink(canary + "2" if outcome["rename"] == "done" else canary))

def needed():
    thread = threading.Thread(target=lambda: outcome.__setitem__("thread", "done"))
    thread.start()
    thread.join()
    attempt("read checkpoint", lambda: (folder / "CURRENT").read_bytes())
    attempt("query", lambda: query("SELECT * { ?s ?p ?o } ORDER BY ?o"))

def query(text):
    answer = Store.read_only(str(folder)).query(text).serialize(format=QueryResultsFormat.CSV)
    if b"Person 1" not in answer:
        raise OSError(0, answer)

"""
NETWORK = {"socket", "unix socket", "socket pair", "connect"}
PROGRAMS = {"fork", "spawn", "signal"}
FILES = {"read", "list", "append", "create", "make folder", "link", "mode", "memory file", "rename", "remove"}
NEEDED = {"thread", "read checkpoint", "query"}
REFUSED = {"EPERM", "EACCES"}


def command(actions: str, *arguments: object) -> list[str]:
    return [sys.executable, "-c", f"{TRY}\n{actions}\nprint(json.dumps(outcome))", *map(str, arguments)]


def environment() -> dict[str, str]:
    return {
        "PYTHONPATH": os.pathsep.join([str(Path(__file__).parent.parent), *sys.path]),
        "RUST_BACKTRACE": "0",
    }


@pytest.fixture
def place(tmp_path: Path) -> tuple[Path, Path]:
    """A checkpoint, and a canary file elsewhere."""
    canary = tmp_path / "elsewhere" / "canary"
    canary.parent.mkdir()
    canary.write_text("sings")
    return checkpoint_of(tmp_path, people(1000)), canary


@pytest.fixture
def listener() -> Iterator[socket.socket]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)
        yield server


def outcomes(actions: str, place: tuple[Path, Path], listener: socket.socket) -> dict[str, Any]:
    port = listener.getsockname()[1]
    done = subprocess.run(
        command(actions, *place, port), capture_output=True, timeout=60, check=False, env=environment()
    )
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def needs(*layers: str, place: tuple[Path, Path], listener: socket.socket) -> None:
    """Skip the test where the kernel lacks one of `layers`."""
    in_force = outcomes("outcome = sorted(sandbox.apply(folder))", place, listener)
    for layer in layers:
        if layer not in in_force:
            pytest.skip(f"this kernel has none of: {layer}")


def test_without_the_sandbox_all_of_it_works(place: tuple[Path, Path], listener: socket.socket) -> None:
    found = outcomes("needed(); network(); programs(); files()", place, listener)
    assert set(found) == NETWORK | PROGRAMS | FILES | NEEDED
    assert set(found.values()) == {"done"}


def test_within_it_only_the_checkpoint_can_be_read(place: tuple[Path, Path], listener: socket.socket) -> None:
    needs(sandbox.FILES, sandbox.CALLS, place=place, listener=listener)
    found = outcomes("sandbox.apply(folder); needed(); network(); programs(); files()", place, listener)
    assert {name for name, how in found.items() if how == "done"} == NEEDED
    assert {how for name, how in found.items() if name not in NEEDED} <= REFUSED
    assert place[1].read_text() == "sings"
    with pytest.raises(BlockingIOError):
        listener.accept()


@pytest.mark.parametrize(
    ("name", "layer", "takes"),
    [
        (sandbox.CALLS, "seccomp.install()", NETWORK | PROGRAMS | FILES - {"read", "list"}),
        (sandbox.FILES, "landlock.restrict([folder])", FILES - {"mode", "memory file"}),
    ],
)
def test_each_layer_holds_alone(
    name: str, layer: str, takes: set[str], place: tuple[Path, Path], listener: socket.socket
) -> None:
    needs(name, place=place, listener=listener)
    found = outcomes(
        f"no_new_privileges(); {layer}; network(); programs(); files(); needed()", place, listener
    )
    refused = {name for name, how in found.items() if how in REFUSED}
    assert refused >= takes
    assert not refused & NEEDED


SERVICE = "query('SELECT * { SERVICE SILENT <http://127.0.0.1:%d/> { ?s ?p ?o } }' % port)"


def test_service_reaches_a_server_without_the_sandbox(
    place: tuple[Path, Path], listener: socket.socket
) -> None:
    port = listener.getsockname()[1]
    with subprocess.Popen(
        command(SERVICE, *place, port), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env=environment()
    ) as process:
        listener.settimeout(30)
        try:
            connection, _ = listener.accept()
        except TimeoutError:
            pytest.skip("this system has no certificates, without which the engine calls nobody")
        finally:
            process.kill()
        connection.close()


@pytest.mark.parametrize("layer", ["sandbox.apply(folder)", "no_new_privileges(); seccomp.install()"])
def test_service_reaches_none_within_it(
    layer: str, place: tuple[Path, Path], listener: socket.socket
) -> None:
    needs(sandbox.CALLS, place=place, listener=listener)
    port = listener.getsockname()[1]
    subprocess.run(
        command(f"{layer}; {SERVICE}", *place, port),
        capture_output=True,
        timeout=60,
        check=False,
        env=environment(),
    )
    with pytest.raises(BlockingIOError):
        listener.accept()


def test_memory_counts_from_where_it_stands(place: tuple[Path, Path], listener: socket.socket) -> None:
    actions = """
limit = sandbox.MemoryLimit(64 << 20)
sandbox.apply(folder)
held = bytearray(256 << 20)
limit.renew()
outcome["within"] = len(bytearray(32 << 20))
try:
    bytearray(96 << 20)
except MemoryError:
    outcome["beyond"] = "refused"
limit = held = None
"""
    assert outcomes(actions, place, listener) == {"within": 32 << 20, "beyond": "refused"}


def test_memory_that_does_not_come_back_is_noticed(place: tuple[Path, Path], listener: socket.socket) -> None:
    actions = """
limit = sandbox.MemoryLimit(64 << 20)
limit.renew()
outcome["fresh"] = limit.is_worn()
held = bytearray(20 << 20)
outcome["held"] = limit.is_worn()
held = None
outcome["released"] = limit.is_worn()
"""
    assert outcomes(actions, place, listener) == {"fresh": False, "held": True, "released": False}


def test_ends_with_its_parent(place: tuple[Path, Path]) -> None:
    child = command("sandbox.apply(folder); print('ready', flush=True); threading.Event().wait()", *place, 1)
    parent = f"import subprocess, sys; p = subprocess.Popen({child!r}); print(p.pid, flush=True); p.wait()"
    with subprocess.Popen(
        [sys.executable, "-c", parent], stdout=subprocess.PIPE, env=environment()
    ) as process:
        assert process.stdout is not None
        lines = [process.stdout.readline(), process.stdout.readline()]
        pid = next(int(line) for line in lines if line.strip().isdigit())
        assert b"ready\n" in lines
        handle = os.pidfd_open(pid)
        process.send_signal(signal.SIGKILL)
        with os.fdopen(handle, "rb", buffering=0):
            assert select.select([handle], [], [], 20)[0], "the worker is still there"


def test_says_what_is_in_force(place: tuple[Path, Path], listener: socket.socket) -> None:
    found = outcomes("outcome = sorted(sandbox.apply(folder))", place, listener)
    always = {sandbox.NO_DUMPS, sandbox.NO_FILE_GROWTH, sandbox.ENDS_WITH_PARENT, sandbox.NO_PRIVILEGES}
    assert always <= set(found)
