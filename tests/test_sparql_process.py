"""One worker process by itself, and the frames between it and its parent."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import BadQuery, QueryTimeout, QueryTooHeavy
from graph.sparql import failures, sandbox, wire
from graph.sparql.process import Worker, WorkerEndedError
from graph.sparql.wire import Frame, Kind, Request, Start
from tests.querying import CARTESIAN, NS, checkpoint_of, people


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return checkpoint_of(tmp_path_factory.mktemp("store"), people(2000))


@pytest.fixture
def worker(path: Path) -> Iterator[Worker]:
    made = Worker(Start(str(path.parent), 1, str(path), 128 << 20, NS.base, NS.prefixes))
    yield made
    made.dispose()


def request(query: str, path: Path, seconds: float = 20.0) -> Request:
    return Request(query, "", (), "SELECT", "csv", seconds, 1, str(path))


def ask(worker: Worker, query: Request) -> list[Frame]:
    """All frames of the answer."""
    worker.send(query)
    frames = [worker.receive(time.monotonic() + 20)]
    while frames[-1].kind is Kind.DATA:
        frames.append(worker.receive(time.monotonic() + 20))
    return frames


def test_says_when_it_is_ready_and_what_confines_it(worker: Worker) -> None:
    assert worker.in_force is None
    worker.await_ready()
    assert worker.in_force is not None
    assert worker.in_force >= {sandbox.NO_DUMPS, sandbox.NO_FILE_GROWTH}


@pytest.mark.skipif(sys.platform != "linux", reason="looks at the process through /proc")
def test_is_confined_and_knows_no_secrets(worker: Worker) -> None:
    worker.await_ready()
    status = Path(f"/proc/{worker.pid}/status").read_text()
    assert "NoNewPrivs:\t1" in status
    assert "Seccomp:\t2" in status
    environment = Path(f"/proc/{worker.pid}/environ").read_bytes()
    names = {entry.partition(b"=")[0] for entry in environment.split(b"\0") if entry}
    assert names == {b"PYTHONPATH", b"LC_ALL", b"MALLOC_ARENA_MAX", b"RUST_BACKTRACE"}


def test_answers_one_query_after_the_other(worker: Worker, path: Path) -> None:
    worker.await_ready()
    for number in range(5):
        data, end = ask(worker, request(f"SELECT ?o {{ :P{number} rel:named ?o }}", path))
        assert data == Frame(Kind.DATA, f"o\r\nPerson {number}\r\n".encode())
        assert end == Frame(Kind.END, b"")


def test_reports_trouble_and_goes_on(worker: Worker, path: Path) -> None:
    worker.await_ready()
    (frame,) = ask(worker, request("SELECT", path))
    assert frame.kind is Kind.TROUBLE
    assert isinstance(failures.of_trouble(frame.payload, "SELECT", worker.start), BadQuery)
    assert ask(worker, request("SELECT * {}", path))[-1].kind is Kind.END


def test_ends_with_its_memory(worker: Worker, path: Path) -> None:
    worker.await_ready()
    worker.send(request("SELECT ?a { ?a ?b ?c . ?d ?e ?f } ORDER BY ?c ?f", path))
    with pytest.raises(WorkerEndedError):
        worker.receive(time.monotonic() + 20)
    assert isinstance(worker.dispose(), QueryTooHeavy)


def test_ends_itself_when_nobody_ends_it(worker: Worker, path: Path) -> None:
    worker.await_ready()
    worker.send(request(CARTESIAN, path, seconds=0.1))
    begin = time.monotonic()
    with pytest.raises(WorkerEndedError):
        worker.receive(begin + 20)
    assert time.monotonic() - begin < 3
    assert isinstance(worker.dispose(0.1), QueryTimeout)


def test_outlives_the_signals_meant_for_its_parent(worker: Worker, path: Path) -> None:
    worker.await_ready()
    for number in (signal.SIGINT, signal.SIGTERM):
        os.kill(worker.pid, number)
    assert ask(worker, request("SELECT * {}", path))[-1].kind is Kind.END
    assert worker.alive


def test_a_message_to_one_that_has_ended_says_so(worker: Worker, path: Path) -> None:
    worker.await_ready()
    worker.dispose()
    assert not worker.alive
    with pytest.raises(WorkerEndedError):
        worker.send(request("SELECT * {}", path))
    with pytest.raises(WorkerEndedError):
        worker.receive(time.monotonic())


FRAMES = st.lists(st.builds(Frame, st.sampled_from(Kind), st.binary(max_size=50)), max_size=6)


@given(FRAMES, st.lists(st.integers(1, 30), min_size=1))
def test_frames_survive_any_cutting(frames: list[Frame], sizes: list[int]) -> None:
    sent = b"".join(wire.pack(frame.kind, frame.payload) for frame in frames)
    unpacker = wire.Unpacker()
    arrived: list[Frame] = []
    at, turn = 0, 0
    while at < len(sent):
        size = sizes[turn % len(sizes)]
        arrived += unpacker.feed(sent[at : at + size])
        at, turn = at + size, turn + 1
    assert arrived == frames


def test_starts_without_what_a_worker_does_not_need() -> None:
    heavy = ["spacy", "numpy", "networkx", "pydantic", "fastapi", "rdflib", "trafilatura", "asyncio"]
    code = f"import sys, graph.sparql.worker; print([name for name in {heavy} if name in sys.modules])"
    path = os.pathsep.join([str(Path(__file__).parent.parent), *sys.path])
    done = subprocess.run(
        [sys.executable, "-S", "-c", code],
        capture_output=True,
        text=True,
        check=True,
        env={"PYTHONPATH": path},
    )
    assert done.stdout.strip() == "[]"
