from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from readings import echo, visit
from serving import Client, loaded

from api.caching import etag_of, matches
from graph.codec import article_to_json

PATHS = [
    "/v1/stats",
    "/v1/entities?limit=2",
    "/v1/statements",
    "/v1/articles",
    f"/v1/articles/{visit().article.id}",
]


@pytest.fixture
def client(tmp_path: Path) -> Iterator[Client]:
    with loaded(tmp_path, [visit()]) as opened:
        yield opened


@pytest.mark.parametrize("path", PATHS)
def test_what_has_not_changed_is_not_sent_again(client: Client, path: str) -> None:
    first = client.get(path)
    etag = first.headers["etag"]
    assert etag.startswith('"')
    second = client.get(path, headers={"If-None-Match": f'"other", W/{etag}'})
    assert (second.status_code, second.content) == (304, b"")
    assert second.headers["etag"] == etag
    assert client.get(path).headers["etag"] == etag


def test_a_write_makes_the_etag_of_every_list_stale(client: Client) -> None:
    lists = [
        path for path in PATHS if not path.startswith("/v1/articles/")
    ]  # one article has a tag of its own
    etags = {path: client.get(path).headers["etag"] for path in lists}
    client.post("/v1/articles", json=article_to_json(echo().article))
    for path, etag in etags.items():
        response = client.get(path, headers={"If-None-Match": etag})
        assert response.status_code == 200
        assert response.headers["etag"] != etag


def test_each_request_has_an_etag_of_its_own(client: Client) -> None:
    etags = [client.get(path).headers["etag"] for path in [*PATHS, "/v1/statements?limit=1"]]
    assert len(set(etags)) == len(etags)


def test_another_run_gives_other_etags(tmp_path: Path) -> None:
    found = []
    for name in ("one", "two"):
        with loaded(tmp_path / name, [visit()]) as client:
            found.append(client.get("/v1/stats").headers["etag"])
    assert found[0] != found[1]


@pytest.mark.parametrize(
    "path", ["/v1/entities/nobody", "/v1/statements?limit=0", "/v1/export/jsonl", "/healthz", "/"]
)
def test_problems_exports_and_pages_have_no_etag_of_the_store(client: Client, path: str) -> None:
    assert "v1" not in path or "etag" not in client.get(path).headers


@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize(
    "path", [*PATHS, "/v1/export/jsonl", "/healthz", "/", "/assets/app.js", "/sparql?query=ASK%7B%7D"]
)
def test_whatever_is_there_is_not_sent_to_who_wants_no_version(
    client: Client, method: str, path: str
) -> None:
    usual = client.request(method, path).headers
    response = client.request(method, path, headers={"If-None-Match": " * "})
    assert (response.status_code, response.content) == (304, b"")
    for name in ("etag", "cache-control", "vary"):
        assert response.headers.get(name) == usual.get(name)
    assert "content-type" not in response.headers


@pytest.mark.parametrize(
    "path", ["/v1/entities/nobody", "/v1/statements?limit=0", "/nowhere", "/sparql?query=SELECT"]
)
def test_what_is_not_there_is_told_although_no_version_is_wanted(client: Client, path: str) -> None:
    usual, response = client.get(path), client.get(path, headers={"If-None-Match": "*"})
    assert usual.status_code in {400, 404}
    assert (response.status_code, response.json()) == (usual.status_code, usual.json())


def test_several_headers_are_one_list(client: Client) -> None:
    etag = client.get("/v1/stats").headers["etag"]
    several = [("If-None-Match", '"other"'), ("If-None-Match", etag), ("If-None-Match", '"another"')]
    assert client.get("/v1/stats", headers=several).status_code == 304


@pytest.mark.parametrize("wanted", ["bytes=0-3", "bytes=99999999-", "bytes=x", "pages=1"])
@pytest.mark.parametrize("path", ["/", "/assets/app.js", "/v1/stats", "/v1/export/jsonl"])
def test_a_range_is_answered_with_the_whole(client: Client, path: str, wanted: str) -> None:
    whole, response = client.get(path), client.get(path, headers={"Range": wanted})
    assert (response.status_code, response.content) == (200, whole.content)
    assert response.headers.get("accept-ranges", "none") == "none"


@pytest.mark.parametrize(
    "path", ["/v1/stats", "/healthz", "/", "/docs", "/v1/export/gexf", "/sparql?query=ASK%7B%7D"]
)
def test_head_is_get_without_the_body(client: Client, path: str) -> None:
    got, head = client.get(path), client.request("HEAD", path)
    assert head.status_code == got.status_code == 200
    assert head.content == b""
    for name in ("content-type", "content-length", "etag"):
        assert head.headers.get(name) == got.headers.get(name)


@given(st.text(alphabet='"W/, abc*', max_size=30))
def test_only_the_whole_etag_matches(header: str) -> None:
    etag = '"0123456789"'
    assert not matches(header, etag)
    assert matches(f"{header},{etag}", etag)


@given(st.integers(0, 10**9), st.integers(0, 10**9), st.binary(max_size=20), st.binary(max_size=20))
def test_etags_differ_where_answers_may(first: int, second: int, query: bytes, other: bytes) -> None:
    one = etag_of("salt", first, {"path": "/v1/x", "query_string": query})
    two = etag_of("salt", second, {"path": "/v1/x", "query_string": other})
    assert (one == two) == ((first, query) == (second, other))
