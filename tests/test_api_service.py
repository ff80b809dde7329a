"""What `/sparql` says of itself when nothing is asked."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyoxigraph import NamedNode, RdfFormat, Store, parse
from readings import echo, visit
from serving import Client, check_problem, loaded

from api.service import FORMAT_NAMES, SD
from graph.sparql.results import GRAPHS, RESULTS

ADDRESS = "http://localhost:8000/sparql"


def described(client: Client, accept: str = "text/turtle", **headers: str) -> Store:
    answer = client.get("/sparql", headers={"Accept": accept, **headers})
    assert answer.status_code == 200, answer.text
    assert answer.headers["vary"] == "Accept"
    engine = next(one.engine for one in GRAPHS.values() if one.media_type == accept)
    assert isinstance(engine, RdfFormat)
    store = Store()
    store.extend(parse(answer.content, engine))
    return store


def ask(store: Store, pattern: str) -> bool:
    return bool(store.query(f"PREFIX sd: <{SD}> ASK {{ {pattern} }}"))


@pytest.mark.parametrize("media_type", [one.media_type for one in GRAPHS.values()])
def test_it_describes_itself_in_every_format(tmp_path: Path, media_type: str) -> None:
    with loaded(tmp_path, [visit(), echo()]) as client:
        store = described(client, media_type)
        assert ask(
            store, f"?s a sd:Service ; sd:endpoint <{ADDRESS}> ; sd:supportedLanguage sd:SPARQL11Query"
        )
        assert ask(store, "?s sd:defaultDataset [ a sd:Dataset ; sd:defaultGraph [ a sd:Graph ] ]")
        for reading in (visit(), echo()):
            name = f"http://localhost:8000/article/{reading.article.id}"
            assert ask(store, f"?d a sd:Dataset ; sd:namedGraph [ a sd:NamedGraph ; sd:name <{name}> ]")
        formats = [str(quad.object) for quad in store if quad.predicate == NamedNode(f"{SD}resultFormat")]
        assert len(set(formats)) == len(GRAPHS) + len(RESULTS)
        assert not ask(store, "?s sd:supportedLanguage sd:SPARQL11Update")


def test_it_says_that_it_takes_updates_if_it_does(tmp_path: Path) -> None:
    with loaded(tmp_path, [], allow_update=True) as client:
        store = described(client)
        update = "http://localhost:8000/update"
        assert ask(
            store, f"?s sd:endpoint <{update}> ; sd:supportedLanguage sd:SPARQL11Update ; sd:inputFormat ?f"
        )
        elsewhere = described(client, Host="127.0.0.1:7777")
        assert ask(elsewhere, "?s sd:endpoint <http://127.0.0.1:7777/sparql>")


def test_a_browser_is_led_to_the_documentation(tmp_path: Path) -> None:
    with loaded(tmp_path, []) as client:
        accept = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
        answer = client.get("/sparql", headers={"Accept": accept})
        assert (answer.status_code, answer.headers["location"]) == (303, "/docs")
        assert client.request("HEAD", "/sparql").headers["content-type"].startswith("text/turtle")
        check_problem(client.get("/sparql", headers={"Accept": "image/png"}), 406, "not-acceptable")


def test_every_format_has_a_name() -> None:
    assert FORMAT_NAMES.keys() == GRAPHS.keys() | RESULTS.keys()
