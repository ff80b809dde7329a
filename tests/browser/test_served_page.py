"""The served page in a real browser, over the real server: look, search, read, go on, say what is wrong."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from chrome import CHROMIUM, Watched, spot_of, wait_until_painted
from readings import echo, visit
from world import week

from graph.codec import statement_to_json
from graph.export import EXPORTERS
from graph.model import Node, Reading, Subgraph
from graph.network import MENTIONS, VALUE, network
from graph.store.archive import Archive

pytestmark = pytest.mark.browser
BASE = "http://localhost:8000/"
SERVE = """
import sys
from pathlib import Path
from api.server import run
from graph.settings import load_settings
run(load_settings(data=Path(sys.argv[1]), port=0), lambda address: print(address, flush=True))
"""
ARTICLE = (
    "Mayor Anna Keller said on Tuesday that Hamburg will build a new bridge. "
    "The council rejected a plan to raise fares. Keller met Olaf Scholz in Berlin."
)
FRENCH = (
    "Le président de la République a déclaré mardi que la réunion prévue demain à Paris est annulée "
    "à cause de la neige. Les ministres se retrouveront la semaine prochaine dans la capitale."
)


def served(folder: Path, readings: list[Reading]) -> Iterator[str]:
    """Serve a store with `readings` in it, and give the address."""
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine")
    with Archive.open(folder, BASE) as archive:
        for reading in readings:
            archive.begin(reading.article)
            archive.commit(reading)
    command = [sys.executable, "-c", SERVE, str(folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            address = process.stdout.readline().strip()
            assert address, "the server ended before it gave its address"
            yield address
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(timeout=20)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    yield from served(tmp_path_factory.mktemp("site") / "data", [visit(), echo(), *week()])


@pytest.fixture
def empty_site(tmp_path: Path) -> Iterator[str]:
    yield from served(tmp_path / "data", [])


def test_opens_with_an_overview(watched: Watched, site: str) -> None:
    page = watched.open(site)
    wait_until_painted(page)
    page.get_by_text("14 articles").wait_for()
    page.get_by_text("1–25 of 91").wait_for()
    assert page.locator(".statements tbody").count() == 25
    assert all(request.startswith(site) for request in watched.requests)


def test_search_leads_to_the_entity_its_graph_and_its_sentences(watched: Watched, site: str) -> None:
    page = watched.open(site)
    page.keyboard.press("/")
    page.keyboard.type("xi jin")
    page.get_by_role("option", name="Xi Jinping").wait_for()
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Xi Jinping").wait_for()
    assert page.url.endswith("#entity=Xi_Jinping")
    page.locator("mark.part-predicate", has_text="plans to visit").wait_for()
    wait_until_painted(page)
    assert page.title() == "Xi Jinping · newsgraph"
    page.get_by_role("link", name="Xi to visit Moscow").first.wait_for()


def test_a_search_without_a_match_says_so(watched: Watched, site: str) -> None:
    page = watched.open(site)
    page.keyboard.press("/")
    page.keyboard.type("zzzz")
    words = page.get_by_text("No entity is called “zzzz”")
    words.wait_for()
    box = words.bounding_box()
    assert box is not None
    assert box["height"] > 10
    page.keyboard.press("Escape")
    words.wait_for(state="detached")


def test_click_on_a_neighbour_goes_on_and_back_returns(watched: Watched, site: str) -> None:
    page = watched.open(f"{site}#entity=Xi_Jinping")
    page.get_by_text("2 nodes, 1 relation").wait_for()
    page.locator(".graph > canvas").click(position=spot_of(page, "Place"))
    page.get_by_role("heading", name="Moscow").wait_for()
    page.go_back()
    page.get_by_role("heading", name="Xi Jinping").wait_for()
    page.go_forward()
    page.get_by_role("heading", name="Moscow").wait_for()


def test_page_and_exports_draw_the_same_graph(watched: Watched, site: str) -> None:
    page = watched.open(site)
    readings = [visit(), echo(), *week()]
    graph = Subgraph(
        tuple({entity.id: entity for reading in readings for entity in reading.entities}.values()),
        tuple(statement for reading in readings for statement in reading.statements),
        (),
        lambda: (),
    )
    summed = network(graph)
    drawn = page.evaluate(
        """async ([statements, mentions]) => {
          const { graphOf } = await import("/assets/page/model.js");
          return graphOf(statements, new Map(mentions));
        }""",
        [
            [statement_to_json(statement) for statement in graph.statements],
            [[entity.id, list(entity.mentions)] for entity in graph.entities],
        ],
    )
    facts = {node["id"]: (node["degree"], node["facts"]) for node in drawn["nodes"] if node["type"] != VALUE}
    expected = {node.id: (node.degree, "; ".join(node.facts)) for node in summed.nodes if node.type != VALUE}
    assert facts.items() <= expected.items()
    assert all(value == (0, "") for id_, value in expected.items() if id_ not in facts)
    fields = ("kind", "label", "polarity", "modality", "statements", "support")
    said = [edge for edge in summed.edges if edge.kind != MENTIONS]
    assert [tuple(edge[name] for name in fields) for edge in drawn["edges"] if edge["kind"] != MENTIONS] == [
        tuple(getattr(edge, name) for name in fields) for edge in said
    ]
    assert len(drawn["edges"]) == len(summed.edges)


def test_concept_of_an_article_is_tied_to_what_its_phrase_names(watched: Watched, site: str) -> None:
    page = watched.open(site)
    sanctions = visit().statements[2].object
    assert isinstance(sanctions, Node)
    inside = {"entity": "Moscow", "start": sanctions.end - len("Moscow"), "end": sanctions.end}
    edges = page.evaluate(
        """async article => (await import("/assets/gather.js")).articleGraph(article).edges""",
        {"statements": [statement_to_json(one) for one in visit().statements], "mentions": [inside]},
    )
    tied = [(edge["source"], edge["target"]) for edge in edges if edge["kind"] == MENTIONS]
    assert tied == [(sanctions.id, "Moscow")]


def test_article_shows_its_text_with_links(watched: Watched, site: str) -> None:
    page = watched.open(f"{site}#article={visit().article.id}")
    text = page.locator(".prose")
    text.wait_for()
    assert text.inner_text() == visit().article.text
    text.get_by_role("link", name="Mr Peskov").click()
    page.get_by_role("heading", name="Dmitry Peskov").wait_for()
    page.locator(".badge.by", has_text="Dmitry Peskov").wait_for()


def test_two_entities_show_what_is_between_them(watched: Watched, site: str) -> None:
    page = watched.open(f"{site}#entity=Crimea&with=Russia")
    page.get_by_role("heading", name="Crimea and Russia").wait_for()
    page.get_by_text("1–2 of 2").wait_for()
    assert page.locator(".statements tbody").count() == 2


def test_pages_of_statements_are_turned(watched: Watched, site: str) -> None:
    page = watched.open(site)
    page.get_by_text("1–25 of 91").wait_for()
    first = page.locator(".statements tbody").first.get_attribute("data-statement")
    page.get_by_role("button", name="Next").click()
    page.get_by_text("26–50 of 91").wait_for()
    page.get_by_role("button", name="Previous").click()
    page.get_by_text("1–25 of 91").wait_for()
    assert page.locator(".statements tbody").first.get_attribute("data-statement") == first


def test_statements_come_in_the_order_of_their_days(watched: Watched, site: str) -> None:
    """As /v1/timeline has them; a page is turned in that order, and it holds at the next place too."""

    def wanted(address: str, latest: bool) -> list[str]:
        order = {"undated": "true", "latest": str(latest).lower(), "limit": 50}
        answer = watched.page.request.get(f"{site.rstrip('/')}{address}", params=order)
        return [one["statement"]["id"] for one in answer.json()["items"]]

    def shown() -> list[str | None]:
        return [row.get_attribute("data-statement") for row in page.locator(".statements tbody").all()]

    page = watched.open(site)
    page.get_by_text("1–25 of 91").wait_for()
    for name, latest in (("earliest first", False), ("latest first", True)):
        first, second = wanted("/v1/timeline", latest)[:25], wanted("/v1/timeline", latest)[25:50]
        page.get_by_label("Order").select_option(name)
        page.locator(f'.statements tbody:first-of-type[data-statement="{first[0]}"]').wait_for()
        assert shown() == first
        page.get_by_role("button", name="Next").click()
        page.get_by_text("26–50 of 91").wait_for()
        assert shown() == second
    page.goto(f"{site}#entity=Crimea&with=Russia")
    page.get_by_role("heading", name="Crimea and Russia").wait_for()
    page.get_by_text("1–2 of 2").wait_for()
    assert shown() == wanted("/v1/timeline?between=Crimea,Russia", True)
    page.goto(f"{site}#article={visit().article.id}")
    page.locator(".prose").wait_for()
    assert page.get_by_label("Order").is_hidden()


def test_what_is_missing_is_said_in_the_servers_words(watched: Watched, site: str) -> None:
    page = watched.open(f"{site}#entity=Xi_Jinpin")
    alert = page.locator(".reading [role=alert]")
    alert.wait_for()
    assert "Xi_Jinping" in alert.inner_text(), "the near id is named"
    # The browser itself reports the 404; nothing else may be in the console.
    assert [error for error in watched.errors if "404" not in error] == []
    watched.errors.clear()


def test_exports_are_those_that_there_are(watched: Watched, site: str) -> None:
    page = watched.open(f"{site}#entity=China")
    page.get_by_role("heading", name="China").wait_for()
    links = page.locator("#export-links a").all()
    paths = [str(link.get_attribute("href")) for link in links]
    assert sorted(path.split("/")[-1] for path in paths) == sorted(
        f"{name}?about=China" for name in EXPORTERS
    )
    for path in paths:
        assert page.request.get(site.rstrip("/") + path).ok, path


def test_first_visit_reads_an_article(watched: Watched, empty_site: str) -> None:
    page = watched.open(empty_site)
    page.get_by_role("heading", name="Nothing has been read yet").wait_for()
    page.locator(".welcome").get_by_role("button", name="Read an article").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Text").fill(FRENCH)
    dialog.get_by_role("button", name="Read it").click()
    alert = dialog.get_by_role("alert")
    alert.wait_for(timeout=60_000)
    assert "English" in alert.inner_text()
    watched.errors.clear()  # the browser's own report of the 422
    dialog.get_by_label("Text").fill(ARTICLE)
    dialog.get_by_label("Title").fill("Hamburg to build a bridge")
    dialog.get_by_label("Published").fill("2024-02-07")
    dialog.get_by_role("button", name="Read it").click()
    page.get_by_role("heading", name="Hamburg to build a bridge").wait_for(timeout=60_000)
    wait_until_painted(page)
    assert page.locator(".prose").inner_text() == ARTICLE
    page.get_by_text("1 article ·").wait_for()
    assert any("build a new bridge" in text for text in page.locator(".sentence").all_inner_texts())


def test_skip_link_keeps_the_place(watched: Watched, site: str) -> None:
    page = watched.open(f"{site}#entity=Crimea")
    page.get_by_role("heading", name="Crimea").wait_for()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    assert page.get_by_role("heading", name="Crimea").is_visible()


@pytest.mark.parametrize("width", [360, 1280])
def test_nothing_scrolls_sideways(watched: Watched, site: str, width: int) -> None:
    watched.page.set_viewport_size({"width": width, "height": 740})
    page = watched.open(site)
    page.get_by_text("1–25 of 91").wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_plain_page_of_a_thing_leads_on(site: str, watched: Watched) -> None:
    """From an entity to the words that it rests on, and by the name of another to the graph."""
    page = watched.page
    page.goto(f"{site}entity/Xi_Jinping?format=html")
    assert page.title() == "Xi Jinping"
    page.get_by_role("link", name="“Chinese President Xi Jinping plans").first.click()
    assert page.locator("h2:target + table").get_by_text("Chinese President Xi Jinping plans").is_visible()
    page.get_by_role("link", name="Moscow", exact=True).first.click()
    page.get_by_role("heading", name="Moscow").wait_for()
    assert page.url == f"{site}#entity=Moscow"
    page.goto(f"{site}ontology#planned")
    assert page.locator("h2:target").inner_text() == "planned"
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
