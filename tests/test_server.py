"""The server's socket: which addresses are safe, what is told, and that small answers are not held back."""

from __future__ import annotations

import resource
import signal
import socket
import subprocess
from pathlib import Path

import httpx
import pytest
from calling import environment, started

from api.server import address_of, is_loopback, listen, raise_open_files
from graph.errors import SettingsError

KEY = "0123456789abcdef"


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.9.1", "::1", "localhost", "LOCALHOST"])
def test_loopback_is_known(host: str) -> None:
    assert is_loopback(host)


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.2", "example.org", "localhost.example.org", ""])
def test_all_else_is_not_loopback(host: str) -> None:
    assert not is_loopback(host)


def test_a_free_port_is_told() -> None:
    with listen("127.0.0.1", 0) as listener:
        port = listener.getsockname()[1]
        assert port > 0
        assert address_of(listener) == f"http://127.0.0.1:{port}/"


def test_an_ipv6_address_has_brackets() -> None:
    try:
        listener = listen("::1", 0)
    except SettingsError:
        pytest.skip("no IPv6 on this machine")
    with listener:
        assert address_of(listener) == f"http://[::1]:{listener.getsockname()[1]}/"


@pytest.mark.parametrize("host", ["no-such-host.invalid", "256.0.0.1", "a" * 70 + ".example"])
def test_a_host_that_is_none_is_told(host: str) -> None:
    with pytest.raises(SettingsError, match="--port"):
        listen(host, 0)


def test_a_port_that_is_taken_is_told() -> None:
    with listen("127.0.0.1", 0) as listener, pytest.raises(SettingsError, match="--port"):
        listen("127.0.0.1", listener.getsockname()[1])


@pytest.mark.parametrize(
    ("allowed", "most", "expected"),
    [(256, 100_000, 4096), (256, 1024, 1024), (10_000, 10_000, 4096), (-1, -1, 4096), (512, -1, 4096)],
)
def test_more_files_may_be_open_where_that_is_allowed(
    monkeypatch: pytest.MonkeyPatch, allowed: int, most: int, expected: int
) -> None:
    asked: list[tuple[int, int]] = []
    monkeypatch.setattr(resource, "getrlimit", lambda _which: (allowed, most))
    monkeypatch.setattr(resource, "setrlimit", lambda _which, limits: asked.append(limits))
    assert raise_open_files() == expected
    assert asked == ([] if allowed in {-1, 10_000} else [(expected, most)])


def test_accepted_sockets_name_their_protocol() -> None:
    """asyncio turns the waiting for more to send (Nagle's algorithm) off only then."""
    with listen("127.0.0.1", 0) as listener, socket.create_connection(listener.getsockname()):
        accepted, _ = listener.accept()
        with accepted:
            assert accepted.proto == socket.IPPROTO_TCP


def answer_to(data: bytes, address: str) -> bytes:
    """Send bytes to a server, and read until it closes."""
    url = httpx.URL(address)
    with socket.create_connection((url.host, url.port or 80), 20) as connection:
        connection.sendall(data)
        with connection.makefile("rb") as answer:
            return answer.read()


@pytest.mark.parametrize(("number", "status"), [(signal.SIGTERM, 0), (signal.SIGINT, 130)])
def test_it_says_where_it_is_and_ends_when_told(tmp_path: Path, number: int, status: int) -> None:
    with started("serve", "--data", tmp_path / "data", "--port", "0") as server:
        assert server.stdout is not None
        assert server.stderr is not None
        address = server.stdout.readline().strip()
        assert httpx.get(f"{address}healthz").json() == {"status": "ok"}
        assert b"malformed-request" in answer_to(b"hello\r\n\r\n", address)
        server.send_signal(number)
        assert server.wait() == status
        assert server.stdout.read() == ""
        assert server.stderr.read() == f"Serving {tmp_path / 'data'}; Ctrl-C ends it.\n"


def test_a_store_that_cannot_be_opened_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder", encoding="utf-8")
    with started("serve", "--data", tmp_path / "file", "--port", "0") as server:
        out, err = server.communicate()
        assert (server.returncode, out) == (1, "")
        assert len(err.splitlines()) == 1


def test_with_a_key_other_addresses_are_served(tmp_path: Path) -> None:
    given = environment(NEWSGRAPH_API_KEY=KEY, NEWSGRAPH_HOST="0.0.0.0")
    with started(
        "serve", "--data", tmp_path / "data", "--port", "0", env=given, stderr=subprocess.DEVNULL
    ) as server:
        assert server.stdout is not None
        port = server.stdout.readline().strip().rstrip("/").rsplit(":", 1)[1]
        asked = f"http://127.0.0.1:{port}/v1/stats"
        assert httpx.get(asked).status_code == 401
        assert httpx.get(asked, headers={"Authorization": f"Bearer {KEY}"}).status_code == 200
