from __future__ import annotations

from collections.abc import Iterator

import pytest
from readings import visit
from serving import Client, check_problem, loaded

ARTICLE = visit().article.id
STATEMENT = visit().statements[0].id


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    with loaded(tmp_path_factory.mktemp("linked"), [visit()]) as opened:
        yield opened


REDIRECTS = [
    # IRI, Accept, where it leads
    ("/entity/Xi_Jinping", None, "/v1/entities/Xi_Jinping"),
    ("/entity/Xi_Jinping", "*/*", "/v1/entities/Xi_Jinping"),
    ("/entity/Xi_Jinping", "application/json", "/v1/entities/Xi_Jinping"),
    ("/entity/Xi_Jinping", "text/html,application/xhtml+xml,*/*;q=0.8", "/#entity=Xi_Jinping"),
    (f"/article/{ARTICLE}", "text/html", f"/#article={ARTICLE}"),
    (f"/article/{ARTICLE}", "application/json", f"/v1/articles/{ARTICLE}"),
    (f"/statement/{STATEMENT}", "text/html", f"/#article={ARTICLE}"),
    (f"/statement/{STATEMENT}", "application/json;q=0.9, text/html;q=0.1", f"/v1/statements/{STATEMENT}"),
]


@pytest.mark.parametrize(("iri", "accept", "target"), REDIRECTS)
def test_an_iri_leads_to_the_page_or_the_resource(
    client: Client, iri: str, accept: str | None, target: str
) -> None:
    response = client.get(iri, headers={"Accept": accept} if accept else {})
    assert response.status_code == 303
    assert response.headers["location"] == target
    assert response.headers["vary"] == "Accept"
    assert client.get(target).status_code == 200


def test_several_accept_headers_are_one_list(client: Client) -> None:
    several = [("Accept", "image/png"), ("Accept", "text/html"), ("Accept", "application/json;q=0.5")]
    assert client.get("/entity/Xi_Jinping", headers=several).headers["location"] == "/#entity=Xi_Jinping"


def test_an_unknown_id_is_not_redirected(client: Client) -> None:
    assert "Xi_Jinping" in check_problem(client.get("/entity/Xi_Jinpin"), 404, "not-found")
    check_problem(client.get("/article/0"), 404, "not-found")
    check_problem(client.get("/statement/0"), 404, "not-found")


def test_another_kind_is_no_address(client: Client) -> None:
    check_problem(client.get("/planet/Mars"), 404, "no-such-address")


def test_a_form_that_there_is_not_is_refused(client: Client) -> None:
    response = client.get("/entity/Xi_Jinping", headers={"Accept": "image/png"})
    assert "text/html" in check_problem(response, 406, "not-acceptable")
