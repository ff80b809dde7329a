"""One worker process by itself, and the frames between it and its parent."""

from __future__ import annotations

import asyncio
import os
import queue
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import BadQuery, QueryTimeout, QueryTooHeavy
from graph.sparql import failures, sandbox, wire
from graph.sparql.process import Worker
from graph.sparql.wire import Frame, Kind, Request, Start
from tests.querying import CARTESIAN, NS, checkpoint_of, people


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return checkpoint_of(tmp_path_factory.mktemp("store"), people(2000))


class Line:
    """A worker, and the event loop that it belongs to, for plain functions."""

    def __init__(self, start: Start) -> None:
        self.worker = Worker(start)
        self._frames: queue.SimpleQueue[Frame | None] = queue.SimpleQueue()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever)
        self._thread.start()
        self._loop.call_soon_threadsafe(
            self.worker.attach, self._loop, lambda _, frame: self._frames.put(frame)
        )

    def receive(self) -> Frame | None:
        return self._frames.get(timeout=20)

    def send(self, query: Request) -> None:
        self._loop.call_soon_threadsafe(self.worker.send, query)

    def ready(self) -> Worker:
        frame = self.receive()
        assert frame is not None
        assert frame.kind is Kind.READY
        self.worker.note_ready(frame)
        return self.worker

    def ask(self, query: Request) -> list[Frame]:
        """All frames of the answer."""
        self.send(query)
        frames = [self.receive()]
        while frames[-1] is not None and frames[-1].kind is Kind.DATA:
            frames.append(self.receive())
        return [frame for frame in frames if frame is not None]

    def close(self) -> None:
        self._loop.call_soon_threadsafe(self.worker.end)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self.worker.dispose()
        self._loop.close()


@pytest.fixture
def line(path: Path) -> Iterator[Line]:
    made = Line(Start(str(path.parent), 1, str(path), 128 << 20, NS.base, NS.prefixes))
    yield made
    made.close()


def request(query: str, path: Path, seconds: float = 20.0) -> Request:
    return Request(query, "", (), "SELECT", "csv", seconds, 1, str(path))


def test_says_when_it_is_ready_and_what_confines_it(line: Line) -> None:
    assert line.worker.in_force is None
    worker = line.ready()
    assert worker.in_force is not None
    assert worker.in_force >= {sandbox.NO_DUMPS, sandbox.NO_FILE_GROWTH}


@pytest.mark.skipif(sys.platform != "linux", reason="looks at the process through /proc")
def test_is_confined_and_knows_no_secrets(line: Line) -> None:
    worker = line.ready()
    status = Path(f"/proc/{worker.pid}/status").read_text()
    assert "NoNewPrivs:\t1" in status
    assert "Seccomp:\t2" in status
    environment = Path(f"/proc/{worker.pid}/environ").read_bytes()
    # the C library parts its settings in place
    entries = [
        entry for entry in environment.split(b"\0") if entry and not entry.startswith(b"glibc.malloc.")
    ]
    names = {entry.partition(b"=")[0] for entry in entries}
    assert names == {b"PYTHONPATH", b"LC_ALL", b"MALLOC_ARENA_MAX", b"GLIBC_TUNABLES", b"RUST_BACKTRACE"}


def test_answers_one_query_after_the_other(line: Line, path: Path) -> None:
    line.ready()
    for number in range(5):
        data, end = line.ask(request(f"SELECT ?o {{ :P{number} rel:named ?o }}", path))
        assert data == Frame(Kind.DATA, f"o\r\nPerson {number}\r\n".encode())
        assert end == Frame(Kind.END, b"")


def test_from_reads_no_file_and_calls_nobody_even_if_the_guard_is_fooled(
    line: Line, path: Path, tmp_path: Path
) -> None:
    """FROM may be read by an engine as what is to be loaded; here no check has seen it."""
    canary = tmp_path / "canary.nt"
    canary.write_text("<a:canary> <a:sings> <a:song> .")
    line.ready()
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.setblocking(False)
        address = f"http://127.0.0.1:{listener.getsockname()[1]}/canary.nt"
        for source in (canary.as_uri(), address):
            query = f"SELECT * FROM <{source}> {{ ?s ?p ?o }}"
            fooled = request(query, path)._replace(sources=())
            data, end = line.ask(fooled)
            assert (len(data.payload.splitlines()), end.kind) == (1, Kind.END), "a head and no rows"
            (frame,) = line.ask(fooled._replace(sources=(f"<{source}>",)))
            assert frame.kind is Kind.TROUBLE
        with pytest.raises(BlockingIOError):
            listener.accept()


def test_takes_a_query_that_no_pipe_holds(line: Line, path: Path) -> None:
    line.ready()
    long = f"SELECT ?o {{ :P1 rel:named ?o }} #{'x' * 1_000_000}"
    data, end = line.ask(request(long, path))
    assert data.payload == b"o\r\nPerson 1\r\n"
    assert end.kind is Kind.END


def test_reports_trouble_and_goes_on(line: Line, path: Path) -> None:
    worker = line.ready()
    (frame,) = line.ask(request("SELECT", path))
    assert frame.kind is Kind.TROUBLE
    assert isinstance(failures.of_trouble(frame.payload, "SELECT", worker.start), BadQuery)
    assert line.ask(request("SELECT * {}", path))[-1].kind is Kind.END


def test_ends_with_its_memory(line: Line, path: Path) -> None:
    worker = line.ready()
    assert line.ask(request("SELECT ?a { ?a ?b ?c . ?d ?e ?f } ORDER BY ?c ?f", path)) == []
    assert isinstance(worker.dispose(), QueryTooHeavy)


def test_ends_itself_when_nobody_ends_it(line: Line, path: Path) -> None:
    worker = line.ready()
    begin = time.monotonic()
    assert line.ask(request(CARTESIAN, path, seconds=0.1)) == []
    assert time.monotonic() - begin < 3
    assert isinstance(worker.dispose(0.1), QueryTimeout)


def test_outlives_the_signals_meant_for_its_parent(line: Line, path: Path) -> None:
    worker = line.ready()
    for number in (signal.SIGINT, signal.SIGTERM):
        os.kill(worker.pid, number)
    assert line.ask(request("SELECT * {}", path))[-1].kind is Kind.END


def test_a_query_to_one_that_has_ended_is_no_error_here(line: Line, path: Path) -> None:
    worker = line.ready()
    os.kill(worker.pid, signal.SIGKILL)
    assert line.receive() is None
    line.send(request("SELECT * {}", path))
    assert isinstance(worker.dispose(), QueryTooHeavy)
    assert worker.dispose() is worker.dispose()


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
