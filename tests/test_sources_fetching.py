from __future__ import annotations

import gzip
import shutil
import ssl
import subprocess
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest
from sourcing import PLAIN
from webbing import PUBLIC, Reply, Web, moved, page, web_of_hosts

from graph.errors import AddressRefused, FetchFailed, FetchOff, NewsgraphError, TooLarge, UnknownFormat
from graph.model import Article, Failure
from graph.settings import Settings
from graph.sources import read_url
from graph.sources.fetching import Guard, fetch, guard_for, request

NEWS = "http://news.example/a"


@pytest.fixture
def web() -> Iterator[Web]:
    with web_of_hosts() as served:
        served.pages["news.example/a"] = page(PLAIN)
        yield served


def refusal(web: Web, kind: type[NewsgraphError], url: str = NEWS, **options: object) -> str:
    with pytest.raises(kind) as refused:
        fetch(url, web.guard(**options))
    assert str(refused.value).endswith(".")
    return str(refused.value)


def test_a_page_becomes_an_article(web: Web) -> None:
    assert list(read_url(NEWS, web.guard())) == [Article(PLAIN, url=NEWS)]
    assert web.connected == [PUBLIC]


def test_it_asks_as_nobody_in_particular(web: Web, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / ".netrc").write_text("machine news.example login hale password secret\n")
    for name, value in {
        "HOME": str(tmp_path),
        "HTTP_PROXY": "http://127.0.0.1:9/",
        "http_proxy": "http://127.0.0.1:9/",
        "ALL_PROXY": "http://127.0.0.1:9/",
    }.items():
        monkeypatch.setenv(name, value)
    web.pages["news.example/in"] = Reply(status=302, headers={"Location": "/a", "Set-Cookie": "who=hale"})
    fetch("http://news.example/in", web.guard())
    assert web.paths() == ["news.example/in", "news.example/a"]
    for asked in web.asked:
        assert not {"cookie", "authorization", "referer", "proxy-authorization"} & set(asked.headers)
        assert asked.headers["user-agent"].startswith("newsgraph/")


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/",
        "http://localhost/",
        "http://2130706433/",
        "http://0x7f.1/",
        "http://017700000001/",
        "http://0/",
        "http://[::1]/",
        "http://[::ffff:127.0.0.1]/",
        "http://[64:ff9b::7f00:1]/",
        "http://[2002:7f00:1::]/",
        "http://169.254.169.254/latest/meta-data/",
    ],
)
def test_this_machine_and_its_network_are_not_reached(url: str) -> None:
    def never(*_: object) -> object:
        raise AssertionError("connected")

    with pytest.raises(AddressRefused, match="not an address on the public internet"):
        fetch(url, Guard(connect=never))  # type: ignore[arg-type]  # with the system's own resolver


def test_a_name_that_means_a_private_address_is_not_reached(web: Web) -> None:
    web.names["news.example"] = ["10.0.0.5"]
    told = refusal(web, AddressRefused)
    assert "10.0.0.5" not in told  # what a name means in there is nobody's business
    assert web.connected == []


def test_one_private_address_among_public_ones_is_enough(web: Web) -> None:
    web.names["news.example"] = [PUBLIC, "127.0.0.1"]
    refusal(web, AddressRefused)
    assert web.connected == []


def test_a_name_is_resolved_once_and_that_address_is_connected_to(web: Web) -> None:
    web.names["news.example"] = [[PUBLIC], ["127.0.0.1"]]  # DNS rebinding: another answer the second time
    fetch(NEWS, web.guard())
    assert web.resolved == ["news.example"]
    assert web.connected == [PUBLIC]


def test_a_redirect_is_resolved_again_and_refused_if_it_leads_inside(web: Web) -> None:
    web.names["news.example"] = [[PUBLIC], ["127.0.0.1"]]
    web.pages["news.example/in"] = moved("/a")
    refusal(web, AddressRefused, "http://news.example/in")
    assert web.paths() == ["news.example/in"]


@pytest.mark.parametrize(
    "target",
    [
        "http://169.254.169.254/latest/meta-data/",
        "http://[::1]/",
        "//127.0.0.1/",
        "http://other.example:22/",
        "http://hale:secret@other.example/",
        "file:///etc/passwd",
        "gopher://other.example/",
        "http://other.example:eighty/",
    ],
)
def test_a_redirect_is_looked_at_as_the_first_address_was(web: Web, target: str) -> None:
    web.names.update({"169.254.169.254": ["169.254.169.254"], "::1": ["::1"], "127.0.0.1": ["127.0.0.1"]})
    web.pages["news.example/in"] = moved(target)
    refusal(web, AddressRefused, "http://news.example/in")
    assert len(web.connected) == 1


def test_redirects_are_followed_so_many_times_and_no_more(web: Web) -> None:
    for number in range(7):
        web.pages[f"news.example/{number}"] = moved(f"/{number + 1}")
    web.pages["news.example/5"] = page(PLAIN)
    assert fetch("http://news.example/0", web.guard(redirects=5)).url == "http://news.example/5"
    assert "more than 4 times" in refusal(web, FetchFailed, "http://news.example/0", redirects=4)


def test_only_lasting_redirects_say_where_to_ask_from_now_on(web: Web) -> None:
    web.pages["news.example/0"] = moved("/1", 301)
    web.pages["news.example/1"] = moved("http://other.example/2", 308)
    web.pages["other.example/2"] = moved("/3", 302)
    web.pages["other.example/3"] = moved("/4", 301)
    web.pages["other.example/4"] = page(PLAIN)
    answer = request("http://news.example/0", web.guard())
    assert answer.url == "http://other.example/4"
    assert answer.lasting == "http://other.example/2"


@pytest.mark.parametrize("status", [204, 304, 401, 404, 410, 429, 500, 503, 599])
def test_another_status_is_no_page_and_says_so(web: Web, status: int) -> None:
    web.pages["news.example/a"] = Reply(status=status)
    assert f"answered {status}" in refusal(web, FetchFailed)
    assert request(NEWS, web.guard()).status == status


def test_a_body_is_cut_off_while_it_arrives(web: Web) -> None:
    sent = 0

    def endless(handler: BaseHTTPRequestHandler) -> None:
        nonlocal sent
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n")
        for _ in range(1_000):
            try:
                handler.wfile.write(b"x" * 65_536)
            except OSError:
                return
            sent += 65_536

    web.pages["news.example/a"] = Reply(raw=endless)
    assert "more than 100,000 bytes" in refusal(web, TooLarge, most=100_000)
    assert sent < 30_000_000  # what the buffers of two sockets hold, and not all of it


def test_a_length_that_is_too_much_is_not_waited_for(web: Web) -> None:
    def promising(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999999\r\n\r\n")
        handler.wfile.flush()
        time.sleep(3)

    web.pages["news.example/a"] = Reply(raw=promising)
    refusal(web, NewsgraphError, seconds=1.0)  # too large or no HTTP, but never read


def packed(data: bytes, encoding: str = "gzip") -> Reply:
    return Reply(data, headers={"Content-Type": "text/plain", "Content-Encoding": encoding})


def test_what_is_packed_is_unpacked(web: Web) -> None:
    web.pages["news.example/a"] = packed(gzip.compress(PLAIN.encode()))
    assert fetch(NEWS, web.guard()).body == PLAIN.encode()


@pytest.mark.parametrize("members", [1, 3])
def test_a_bomb_is_cut_off_by_its_size_unpacked(web: Web, members: int) -> None:
    web.pages["news.example/a"] = packed(gzip.compress(b"\0" * 30_000_000) * members)
    refusal(web, TooLarge, most=1_000_000)


@pytest.mark.parametrize(
    "reply",
    [
        packed(gzip.compress(PLAIN.encode())[:-9]),
        packed(b"not gzip"),
        packed(b"x", "br"),
        packed(gzip.compress(gzip.compress(b"x")), "gzip, gzip"),
    ],
)
def test_what_cannot_be_unpacked_is_an_error(web: Web, reply: Reply) -> None:
    web.pages["news.example/a"] = reply
    refusal(web, FetchFailed)


def drip(handler: BaseHTTPRequestHandler, head: bytes) -> None:
    handler.wfile.write(head)
    for _ in range(100):
        try:
            handler.wfile.write(b"x")
        except OSError:
            return
        time.sleep(0.05)


@pytest.mark.parametrize("head", [b"", b"HTTP/1.1 200 OK\r\nX-Long: ", b"HTTP/1.1 200 OK\r\n\r\n"])
def test_what_drips_is_over_at_the_deadline(web: Web, head: bytes) -> None:
    web.pages["news.example/a"] = Reply(raw=lambda handler: drip(handler, head))
    began = time.monotonic()
    refusal(web, FetchFailed, seconds=0.5)
    assert time.monotonic() - began < 2


def test_a_resolver_that_hangs_is_not_waited_for(web: Web) -> None:
    def hanging(_host: str, _port: int) -> list[str]:
        time.sleep(3)
        return [PUBLIC]

    began = time.monotonic()
    assert "longer than 0.3 seconds" in refusal(web, FetchFailed, resolve=hanging, seconds=0.3)
    assert time.monotonic() - began < 2


def test_a_host_that_is_not_known_or_does_not_answer(web: Web) -> None:
    def unknown(_host: str, _port: int) -> list[str]:
        raise OSError("no such name")

    assert "news.example is not known" in refusal(web, FetchFailed, resolve=unknown)
    assert "has no address" in refusal(web, FetchFailed, resolve=lambda _host, _port: [])
    web.pages["news.example/a"] = Reply(raw=lambda handler: handler.wfile.write(b"SSH-2.0-OpenSSH\r\n"))
    assert "cannot be fetched" in refusal(web, FetchFailed)
    web.server.socket.close()
    refusal(web, FetchFailed)


@pytest.mark.parametrize(
    ("url", "media_type", "text"),
    [
        ("http://news.example/x", "text/plain; charset=iso-8859-1", "Brontë said no."),
        ("http://news.example/x.jsonl", "application/octet-stream", '{"text": "Hale said no."}\n'),
        ("http://news.example/x.jsonl?a=b", "text/plain", '{"text": "Hale said no."}\n'),
        ("http://news.example/x.html", "application/json; charset=utf-8", '{"text": "Hale said no."}'),
    ],
)
def test_the_type_says_how_to_read(web: Web, url: str, media_type: str, text: str) -> None:
    charset = "latin-1" if "8859" in media_type else "utf-8"
    web.pages[url.removeprefix("http://")] = Reply(text.encode(charset), headers={"Content-Type": media_type})
    (article,) = read_url(url, web.guard())
    assert isinstance(article, Article)
    assert article.text.endswith("said no.")


@pytest.mark.parametrize("media_type", ["image/png", "application/pdf", ""])
def test_what_is_no_article_is_an_error(web: Web, media_type: str) -> None:
    web.pages["news.example/a"] = Reply(b"x", headers={"Content-Type": media_type})
    (failure,) = read_url(NEWS, web.guard())
    assert isinstance(failure, Failure)
    assert isinstance(failure.error, UnknownFormat)
    assert failure.source == NEWS


def test_a_page_speaks_for_its_own_host_only(web: Web) -> None:
    def claiming(url: str) -> str | None:
        web.pages["news.example/a"] = page(PLAIN, f'<link rel="canonical" href="{url}">')
        (article,) = read_url(NEWS, web.guard())
        assert isinstance(article, Article)
        return article.url

    assert claiming("http://news.example/2023/a") == "http://news.example/2023/a"
    assert claiming("http://other.example/a") == NEWS


def test_a_failure_of_the_address_is_named_by_it(web: Web) -> None:
    (failure,) = read_url("http://news.example/none\x1b[2J", web.guard())
    assert isinstance(failure, Failure)
    assert failure.source.isprintable()


def test_servers_fetch_only_where_the_setting_says_so() -> None:
    with pytest.raises(FetchOff, match="NEWSGRAPH_FETCH=true"):
        guard_for(Settings())
    guard = guard_for(Settings(fetch=True, max_body=1_000))
    assert not guard.private
    assert guard.most == 1_000


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    if shutil.which("openssl") is None:
        pytest.skip("needs openssl, to make a certificate")
    made = tmp_path / "news.pem"
    subprocess.run(
        "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=news.example"
        f" -addext subjectAltName=DNS:news.example -keyout {tmp_path / 'key.pem'} -out {made}".split(),
        check=True,
        capture_output=True,
        timeout=30,
    )
    made.write_text(made.read_text() + (tmp_path / "key.pem").read_text())
    return made


def test_the_certificate_must_be_that_of_the_host(web: Web, certificate: Path) -> None:
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(certificate)
    web.server.socket = server.wrap_socket(web.server.socket, server_side=True)
    trusted = ssl.create_default_context(cafile=certificate)
    assert fetch("https://news.example/a", web.guard(trust=trusted)).status == 200
    assert "CERTIFICATE_VERIFY_FAILED" in refusal(web, FetchFailed, "https://news.example/a")
    other = refusal(web, FetchFailed, "https://other.example/a", trust=trusted)
    assert "not valid for 'other.example'" in other
