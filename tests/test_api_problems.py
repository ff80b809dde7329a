from __future__ import annotations

import inspect
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from serving import Client, check_problem, loaded, serving, settings_for
from starlette.types import Receive, Scope, Send

from api import problems
from api.app import create_app
from api.problems import KINDS, ProblemMiddleware, kind_of
from graph import errors
from graph.errors import NewsgraphError, NotFound

ERRORS = [
    cls
    for module in (errors, problems)
    for _, cls in inspect.getmembers(module, inspect.isclass)
    if issubclass(cls, NewsgraphError)
]
SERVERS_FAULT = {
    NewsgraphError,
    errors.ReadFailed,
    errors.StoreError,
    errors.StoreMismatch,
    errors.StoreDamaged,
    errors.SettingsError,
}


@pytest.mark.parametrize("cls", ERRORS)
def test_every_error_has_a_kind(cls: type[NewsgraphError]) -> None:
    kind = kind_of(cls("Something is wrong; do something."))
    assert kind.title
    assert 400 <= kind.status < 600
    assert (kind.status == 500) == (cls in SERVERS_FAULT)


def test_a_class_without_a_line_takes_that_of_its_base() -> None:
    class Unlisted(NotFound):
        pass

    assert kind_of(Unlisted("x")) is KINDS[NotFound]


def test_types_are_unique() -> None:
    slugs = [kind.slug for kind in (*KINDS.values(), problems.METHOD_NOT_ALLOWED)]
    assert len(set(slugs)) == len(slugs)


def raising(error: Exception, *, begun: bool = False) -> ProblemMiddleware:
    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        if begun:
            await send({"type": "http.response.start", "status": 200, "headers": []})
            await send({"type": "http.response.body", "body": b"half", "more_body": True})
        raise error

    return ProblemMiddleware(app)


def test_an_unexpected_error_says_nothing_of_the_inside(caplog: pytest.LogCaptureFixture) -> None:
    with serving(raising(RuntimeError("the password is tulip"))) as client:
        response = client.get("/x")
    assert "log" in check_problem(response, 500, "internal")
    assert "tulip" not in response.text
    assert "Traceback" not in response.text
    assert "tulip" in caplog.text, "the log should say what happened"


def test_an_error_of_ours_is_told_and_not_logged(caplog: pytest.LogCaptureFixture) -> None:
    with serving(raising(NotFound("No such id; near it is x."))) as client:
        response = client.get("/some/where")
    assert check_problem(response, 404, "not-found") == "No such id; near it is x."
    assert response.json()["instance"] == "/some/where"
    assert response.headers["cache-control"] == "no-store"
    assert not caplog.records


def test_an_error_after_the_answer_began_breaks_it_off() -> None:
    error = NotFound("too late")
    with serving(raising(error, begun=True)) as client, pytest.raises(NotFound) as caught:
        client.get("/")
    assert caught.value is error


@given(st.text(max_size=50))
def test_any_message_can_be_told(message: str) -> None:
    response = problems.problem_response(KINDS[NotFound], message, "/")
    assert bytes(response.body).decode("utf-8")


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory):
    with loaded(tmp_path_factory.mktemp("problems"), []) as opened:
        yield opened


@pytest.mark.parametrize(
    "path", ["/nope", "/v1", "/v1/", "/v1/nope", "/v1/entities/a/b", "/v1/statements/", "/assets/nope.js"]
)
def test_an_address_without_anything_leads_to_the_documentation(client: Client, path: str) -> None:
    assert "/docs" in check_problem(client.get(path), 404, "no-such-address")


@pytest.mark.parametrize(
    "path",
    ["/assets/../app.py", "/assets/%2e%2e/app.py", "/assets/..%2f..%2fpyproject.toml", "/assets//etc/passwd"],
)
def test_no_path_leads_out_of_the_page(client: Client, path: str) -> None:
    check_problem(client.get(path), 404, "no-such-address")


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("PUT", "/v1/entities", "GET"),
        ("DELETE", "/v1/stats", "GET"),
        ("POST", "/healthz", "GET"),
        ("PATCH", "/v1/articles/x", "GET"),
        ("DELETE", "/sparql", "GET"),
    ],
)
def test_a_method_that_is_not_there_names_those_that_are(
    client: Client, method: str, path: str, allowed: str
) -> None:
    response = client.request(method, path)
    assert allowed in check_problem(response, 405, "method-not-allowed")
    assert allowed in response.headers["allow"]


def test_before_the_store_is_open_nothing_is_served_but_health(tmp_path: Path) -> None:
    app = create_app(settings_for(tmp_path))

    async def without_lifespan(scope: Scope, receive: Receive, send: Send) -> None:
        await app(scope, receive, send)

    with serving(without_lifespan) as client:
        assert client.get("/healthz").status_code == 200
        for path in ("/readyz", "/v1/stats", "/sparql?query=ASK%7B%7D"):
            response = client.get(path)
            check_problem(response, 503, "not-ready")
            assert response.headers["retry-after"]


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("PUT", "/v1/articles", "GET, POST"),
        ("POST", "/v1/articles/x", "GET, PUT, DELETE"),
        ("PATCH", "/v1/articles/x", "GET, PUT, DELETE"),
        ("POST", "/v1/entities/x", "GET, PATCH"),
        ("PUT", "/sparql", "GET, POST"),
        ("POST", "/openapi.json", "GET"),
        ("POST", "/assets/app.js", "GET"),
        ("DELETE", "/", "GET"),
    ],
)
def test_allow_lists_all_methods_of_the_path(client: Client, method: str, path: str, allowed: str) -> None:
    response = client.request(method, path)
    assert check_problem(response, 405, "method-not-allowed").endswith(f"use {allowed}.")
    assert response.headers.get_list("allow") == [f"{allowed}, HEAD, OPTIONS"]


@pytest.mark.parametrize("wrong", ["foo", "2023-02-30", "17.3.2023", "2023-03-17T10:00"])
def test_a_day_that_is_none_is_told_how_to_write_it(client: Client, wrong: str) -> None:
    told = check_problem(client.get("/v1/statements", params={"from": wrong}), 400, "bad-parameter")
    assert told == "The query parameter 'from' cannot be used; it should be an ISO date such as 2025-05-12."


def test_only_a_near_parameter_is_suggested(client: Client) -> None:
    told = check_problem(client.get("/v1/statements?bogus=1"), 400, "unknown-parameter")
    assert "did you mean" not in told
    told = check_problem(client.get("/v1/statements?subjct=x"), 400, "unknown-parameter")
    assert "did you mean 'subject'?" in told
