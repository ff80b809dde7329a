from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from serving import check_problem, serving
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from api.problems import ProblemMiddleware
from api.security import (
    BodyLimit,
    CrossSiteGuard,
    EncodingGuard,
    HostGuard,
    ResponseHeaders,
    host_name,
    host_names,
    is_own_site,
)

HOSTS = [
    # the header, the name
    ("localhost", "localhost"),
    ("LocalHost:8000", "localhost"),
    ("localhost.", "localhost"),
    ("127.0.0.1:1", "127.0.0.1"),
    ("[::1]", "[::1]"),
    ("[::1]:8000", "[::1]"),
    ("", None),
    (":8000", None),
    ("localhost:port", None),
    ("localhost:999999", None),
    ("a..b", None),
    ("localhost/evil", None),
    ("user@localhost", None),
    ("localhost?x", None),
    ("localhost#x", None),
    ("[::1", None),
    ("evil.example", "evil.example"),
    ("localhost.evil.example", "localhost.evil.example"),
]


@pytest.mark.parametrize(("header", "name"), HOSTS)
def test_a_host_header_gives_its_name(header: str, name: str | None) -> None:
    assert host_name(header) == name


@given(st.text(max_size=60))
def test_no_host_header_breaks_the_parser(header: str) -> None:
    name = host_name(header)
    assert name is None or name == name.lower()


def test_the_setting_names_hosts_with_or_without_ports() -> None:
    assert host_names(" localhost, 127.0.0.1:8000 ,[::1],, ") == {"localhost", "127.0.0.1", "[::1]"}


async def echo(scope: Scope, receive: Receive, send: Send) -> None:
    body = await Request(scope, receive).body()
    await PlainTextResponse(f"{scope['method']} {len(body)}")(scope, receive, send)


def guarded(app: ASGIApp) -> ASGIApp:
    return ResponseHeaders(ProblemMiddleware(app))


@pytest.mark.parametrize(
    "host", ["evil.example", "localhost.evil.example:8000", "user@localhost", "127.0.0.2"]
)
def test_an_unknown_host_is_refused(host: str) -> None:
    with serving(guarded(HostGuard(echo, host_names("localhost,[::1]")))) as client:
        detail = check_problem(client.get("/", headers={"Host": host}), 421, "wrong-host")
        assert "NEWSGRAPH_ALLOWED_HOSTS" in detail
        assert host in detail


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:1234", "[::1]:80"])
def test_a_known_host_is_served_on_any_port(host: str) -> None:
    with serving(guarded(HostGuard(echo, host_names("localhost,[::1]")))) as client:
        assert client.get("/", headers={"Host": host}).text == "GET 0"


def test_two_host_headers_are_refused() -> None:
    with serving(guarded(HostGuard(echo, host_names("localhost")))) as client:
        response = client.get("/", headers=[("Host", "localhost"), ("Host", "localhost")])
        check_problem(response, 421, "wrong-host")


SITES = [
    # Sec-Fetch-Site, Origin, Host, own site
    (None, None, "localhost:8000", True),
    ("same-origin", "http://localhost:8000", "localhost:8000", True),
    ("none", None, "localhost:8000", True),
    ("cross-site", None, "localhost:8000", False),
    ("same-site", "http://localhost:3000", "localhost:8000", False),
    ("same-origin", "http://evil.example", "localhost:8000", False),
    (None, "null", "localhost:8000", False),
    (None, "", "localhost:8000", False),
    (None, "http://localhost:3000", "localhost:8000", False),
    (None, "http://LOCALHOST:8000", "localhost:8000", True),
    (None, "https://news.example", "news.example", True),
    (None, "https://news.example:443", "news.example", True),
    (None, "https://news.example", "news.example:443", True),
    (None, "file://", "localhost:8000", False),
    (None, "http://localhost:bad", "localhost:8000", False),
    (None, "http://[::1]:8000", "[::1]:8000", True),
]


@pytest.mark.parametrize(("fetch_site", "origin", "host", "own"), SITES)
def test_only_the_own_origin_is_the_own_site(
    fetch_site: str | None, origin: str | None, host: str, own: bool
) -> None:
    assert is_own_site(fetch_site, origin, host) is own


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "BREW"])
def test_another_site_may_not_use_an_unsafe_method(method: str) -> None:
    with serving(guarded(CrossSiteGuard(echo))) as client:
        response = client.request(method, "/", headers={"Sec-Fetch-Site": "cross-site"})
        assert "own page" in check_problem(response, 403, "cross-site")


@pytest.mark.parametrize("method", ["GET", "OPTIONS"])
def test_another_site_may_link_here(method: str) -> None:
    with serving(guarded(CrossSiteGuard(echo))) as client:
        headers = {"Sec-Fetch-Site": "cross-site", "Origin": "http://evil.example"}
        assert client.request(method, "/", headers=headers).status_code == 200


async def in_chunks(size: int, count: int) -> AsyncIterator[bytes]:
    for _ in range(count):
        yield b"x" * size


def test_a_body_up_to_the_limit_arrives() -> None:
    with serving(guarded(BodyLimit(echo, 100))) as client:
        assert client.post("/", content=b"x" * 100).text == "POST 100"
        assert client.post("/", content=in_chunks(10, 10)).text == "POST 100"


@pytest.mark.parametrize("length", ["101", "1" * 18, "9" * 5000])
def test_a_declared_length_over_the_limit_is_refused_before_the_body(length: str) -> None:
    with serving(guarded(BodyLimit(echo, 100))) as client:
        response = client.post("/", content=in_chunks(1, 1), headers={"Content-Length": length})
        assert "NEWSGRAPH_MAX_BODY" in check_problem(response, 413, "too-large")
        assert response.headers["connection"] == "close"


def test_a_chunked_body_is_counted_while_it_arrives() -> None:
    sent = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal sent
        while True:
            sent += 10
            assert sent < 1000, "the body should have been refused"
            yield b"x" * 10

    with serving(guarded(BodyLimit(echo, 100))) as client:
        check_problem(client.post("/", content=endless()), 413, "too-large")
    assert sent <= 120


def test_a_length_that_lies_does_not_help() -> None:
    with serving(guarded(BodyLimit(echo, 100))) as client:
        response = client.post("/", content=in_chunks(10, 20), headers={"Content-Length": "5"})
        check_problem(response, 413, "too-large")


@pytest.mark.parametrize("coding", ["gzip", "identity, br", "Zstd"])
def test_an_encoded_body_is_refused(coding: str) -> None:
    with serving(guarded(EncodingGuard(echo))) as client:
        response = client.post("/", content=b"x", headers={"Content-Encoding": coding})
        assert coding.lower() in check_problem(response, 415, "encoded-body")
        assert response.headers["accept-encoding"] == "identity"


@pytest.mark.parametrize("coding", ["", "identity", "Identity "])
def test_a_body_as_it_is_arrives(coding: str) -> None:
    with serving(guarded(EncodingGuard(echo))) as client:
        assert client.post("/", content=b"x", headers={"Content-Encoding": coding}).text == "POST 1"


def test_every_answer_carries_the_headers_for_browsers() -> None:
    with serving(guarded(HostGuard(echo, host_names("localhost")))) as client:
        for response in (client.get("/"), client.get("/", headers={"Host": "evil.example"})):
            policy = response.headers["content-security-policy"]
            assert "default-src 'self'" in policy
            assert "frame-ancestors 'none'" in policy
            assert "unsafe" not in policy
            assert response.headers["x-content-type-options"] == "nosniff"
            assert response.headers["referrer-policy"] == "no-referrer"
