"""Pages of other sites: none may use the server but those that the setting names, as YASGUI does."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from readings import visit
from serving import Client, check_problem, loaded

from api.cors import origins
from graph.errors import SettingsError
from graph.settings import load_settings

FRIEND, STRANGER = "https://yasgui.example", "https://evil.example"


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    folder = tmp_path_factory.mktemp("cors")
    with loaded(
        folder, [visit()], cors_origins=f"{FRIEND}, http://localhost:3000", allow_update=True
    ) as opened:
        yield opened


def asked(client: Client, origin: str, path: str = "/sparql", method: str = "POST") -> dict[str, str]:
    """What a browser learns before it sends a page's request."""
    answer = client.request(
        "OPTIONS",
        path,
        headers={
            "Origin": origin,
            "Access-Control-Request-Method": method,
            "Access-Control-Request-Headers": "accept,content-type",
            "Sec-Fetch-Site": "cross-site",
        },
    )
    assert answer.status_code == 204
    return {name: value for name, value in answer.headers.items() if name.startswith("access-control")}


def test_a_friend_may_do_what_yasgui_does(client: Client) -> None:
    granted = asked(client, FRIEND)
    assert granted["access-control-allow-origin"] == FRIEND
    assert "POST" in granted["access-control-allow-methods"]
    assert {"Accept", "Content-Type"} <= set(granted["access-control-allow-headers"].split(", "))
    headers = {
        "Origin": FRIEND,
        "Sec-Fetch-Site": "cross-site",
        "Accept": "application/sparql-results+json,*/*;q=0.9",
    }
    answer = client.post("/sparql", data={"query": "SELECT ?s { ?s rel:visit ?o }"}, headers=headers)
    assert answer.status_code == 200
    assert answer.headers["access-control-allow-origin"] == FRIEND
    assert answer.headers["cross-origin-resource-policy"] == "cross-origin"
    assert "origin" in answer.headers["vary"].lower()
    assert "accept" in answer.headers["vary"].lower()
    wrong = client.post("/sparql", data={"query": "SELECT nonsense"}, headers=headers)
    assert "line 1" in check_problem(wrong, 400, "bad-query")
    assert wrong.headers["access-control-allow-origin"] == FRIEND
    assert (
        client.post("/update", data={"update": "INSERT DATA { :a :b :c }"}, headers=headers).status_code
        == 204
    )
    listed = client.get("/v1/articles?limit=1", headers=headers)
    assert {"ETag", "Link", "Location"} <= set(listed.headers["access-control-expose-headers"].split(", "))


def test_a_stranger_may_nothing(client: Client) -> None:
    assert asked(client, STRANGER) == {}
    headers = {"Origin": STRANGER, "Sec-Fetch-Site": "cross-site"}
    check_problem(client.post("/sparql", data={"query": "ASK {}"}, headers=headers), 403, "cross-site")
    answer = client.get("/sparql?query=ASK%7B%7D", headers=headers)
    assert "access-control-allow-origin" not in answer.headers
    assert answer.headers["cross-origin-resource-policy"] == "same-origin"
    assert "origin" in answer.headers["vary"].lower()


def test_a_question_before_the_request_needs_no_key(
    client: Client, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("key")
    with loaded(folder, [], cors_origins=FRIEND, api_key="0123456789abcdef") as opened:
        assert asked(opened, FRIEND)["access-control-max-age"] == "600"
        check_problem(opened.get("/sparql?query=ASK%7B%7D", headers={"Origin": FRIEND}), 401, "unauthorized")


def test_nobody_may_by_default(tmp_path_factory: pytest.TempPathFactory) -> None:
    with loaded(tmp_path_factory.mktemp("none"), []) as opened:
        assert asked(opened, FRIEND) == {}
        headers = {"Origin": FRIEND}
        assert "access-control-allow-origin" not in opened.get("/healthz", headers=headers).headers
        check_problem(opened.post("/sparql", data={"query": "ASK {}"}, headers=headers), 403, "cross-site")


@pytest.mark.parametrize(
    ("path", "methods"),
    [
        ("/sparql", {"GET", "HEAD", "POST", "OPTIONS"}),
        ("/update", {"POST", "OPTIONS"}),
        ("/store", {"GET", "HEAD", "PUT", "POST", "DELETE", "PATCH", "OPTIONS"}),
        ("/store/a/b", {"GET", "HEAD", "PUT", "POST", "DELETE", "PATCH", "OPTIONS"}),
        ("/v1/articles", {"GET", "HEAD", "POST", "OPTIONS"}),
    ],
)
def test_options_lists_the_methods(client: Client, path: str, methods: set[str]) -> None:
    answer = client.request("OPTIONS", path)
    assert (answer.status_code, answer.content) == (204, b"")
    assert set(answer.headers["allow"].split(", ")) == methods


@pytest.mark.parametrize("given", ["*", "yasgui.org", "https://a.example/path", "https://", "null"])
def test_what_is_no_origin_is_refused(given: str) -> None:
    with pytest.raises(SettingsError, match="NEWSGRAPH_CORS_ORIGINS"):
        load_settings(cors_origins=given)


def test_origins_are_read_as_people_write_them() -> None:
    assert origins(" https://A.example/, http://b:1 ,") == {"https://a.example", "http://b:1"}
