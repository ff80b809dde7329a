"""The exported page in a real browser: it draws, finds, tells, and runs nothing of what an article says."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from chrome import PAINTED, Watched, canvas, painted, spot_of, wait_until_painted
from readings import echo, numbered, visit
from world import week

from graph.export.html import write
from graph.model import Article, Entity, EntityType, Node, Reading, Subgraph

pytestmark = pytest.mark.browser
HOSTILE = '</script><script>alert(1)</script><img src=x onerror="alert(2)">'
Export = Callable[..., Path]


@pytest.fixture
def export(tmp_path: Path) -> Export:
    def make(*readings: Reading) -> Path:
        entities = {entity.id: entity for reading in readings for entity in reading.entities}
        statements = tuple(statement for reading in readings for statement in reading.statements)
        articles = tuple(reading.article for reading in readings)
        path = tmp_path / "graph.html"
        path.write_bytes(
            b"".join(write(Subgraph(tuple(entities.values()), statements, articles, lambda: ())))
        )
        return path

    return make


def test_opens_and_draws(watched: Watched, export: Export) -> None:
    page = watched.open(export(visit(), echo()))
    wait_until_painted(page)
    assert page.locator("h1").inner_text() == "A graph of 2 articles"
    assert page.locator(".statements tbody").count() == 7
    assert "9 nodes, 5 relations" in page.locator(".note").inner_text()
    assert len(watched.requests) == 1, "only the file itself"


def test_search_finds_and_shows_the_sentences(watched: Watched, export: Export) -> None:
    page = watched.open(export(visit(), echo()))
    page.keyboard.press("/")
    page.keyboard.type("mosc")
    option = page.get_by_role("option").first
    option.wait_for()
    assert "Moscow" in option.inner_text()
    page.keyboard.press("ArrowDown")
    assert page.get_by_role("combobox").get_attribute("aria-activedescendant") == option.get_attribute("id")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Moscow").wait_for()
    assert page.url.endswith("#entity=Moscow")
    sentences = page.locator(".sentence").all_inner_texts()
    assert any("plans to visit Moscow next week" in sentence for sentence in sentences)
    assert page.locator(".statements tbody").count() == 2


def test_alias_finds_its_entity(watched: Watched, export: Export) -> None:
    page = watched.open(export(visit()))
    page.get_by_role("combobox").fill("chinese pres")
    page.get_by_role("option", name="Xi Jinping").click()
    page.get_by_role("heading", name="Xi Jinping").wait_for()


def test_parts_are_marked_by_code_points(watched: Watched, export: Export) -> None:
    # The sentence before holds an emoji, which is two units of a JavaScript string.
    page = watched.open(export(visit()))
    rows = page.locator(".statements tbody")
    assert rows.nth(0).locator("mark.part-subject").inner_text() == "Chinese President Xi Jinping"
    assert rows.nth(0).locator("mark.part-predicate").inner_text() == "plans to visit"
    assert rows.nth(0).locator("mark.part-object").inner_text() == "Moscow"
    assert rows.nth(0).locator("mark.part-source").inner_text() == "the Kremlin"
    assert rows.nth(3).locator("mark.part-source").inner_text() == "Mr Peskov"
    assert rows.nth(4).locator("mark.part-predicate").inner_text() == "resigned"


def test_badges_say_how_it_is_meant(watched: Watched, export: Export) -> None:
    page = watched.open(export(visit()))
    rows = page.locator(".statements tbody").all()
    badges = [[" ".join(text.split()) for text in row.locator(".badge").all_inner_texts()] for row in rows]
    assert badges[0] == ["planned", "said by Kremlin", "next week · 20 – 26 Mar 2023"]
    assert badges[1] == ["2014"]
    assert badges[2] == ["denied"]
    assert badges[3][:2] == ["claimed", "said by Dmitry Peskov"]


def test_keys_go_to_a_node_and_back_lets_it_go(watched: Watched, export: Export) -> None:
    page = watched.open(export(echo()))
    wait_until_painted(page)
    page.locator(".graph > canvas").focus()
    page.keyboard.press("ArrowRight")
    looked = page.locator(".looked").inner_text()
    label = looked.split(" — ")[0]
    page.keyboard.press("Enter")
    page.get_by_role("heading", name=label, exact=True).wait_for()
    page.go_back()
    page.get_by_role("heading", name="All statements").wait_for()


def test_click_selects_the_node_under_the_pointer(watched: Watched, export: Export) -> None:
    page = watched.open(export(echo()))
    wait_until_painted(page)
    page.locator(".graph > canvas").click(position=spot_of(page, "Person"))
    page.get_by_role("heading", name="Xi Jinping").wait_for()
    assert page.locator(".sentence").all_inner_texts() == ["Xi Jinping visited Moscow."]


def test_deep_link_opens_the_entity(watched: Watched, export: Export) -> None:
    page = watched.open(export(visit(), echo()).as_uri() + "#entity=Russia&with=Crimea")
    page.get_by_role("heading", name="Russia and Crimea").wait_for()
    assert page.locator(".statements tbody").count() == 2


def test_who_said_it_leads_to_what_they_said(watched: Watched, export: Export) -> None:
    page = watched.open(export(visit()))
    page.locator(".badge.by").get_by_role("link", name="Kremlin").click()
    page.get_by_role("heading", name="Kremlin").wait_for()
    assert "1 statement" in page.locator(".about").inner_text()
    assert page.locator(".statements tbody").count() == 1


def test_unknown_entity_is_said(watched: Watched, export: Export) -> None:
    page = watched.open(export(visit()).as_uri() + "#entity=Nobody")
    page.get_by_role("heading", name="Nothing here").wait_for()
    assert page.locator(".range").inner_text() == "No statements"


def test_hostile_text_does_not_run(watched: Watched, export: Export) -> None:
    page = watched.open(export(hostile()))
    wait_until_painted(page)
    assert page.locator("img").count() == 0
    assert HOSTILE in page.locator(".sentence").inner_text()
    assert page.get_by_role("link", name="original").count() == 0, "javascript: is no address"
    page.get_by_role("combobox").fill("script")
    page.get_by_role("option").click()
    page.get_by_role("heading", level=2, name=HOSTILE).wait_for()


def hostile() -> Reading:
    reading = echo()
    first = reading.statements[0]
    evil = Node("evil", HOSTILE, EntityType.PERSON, HOSTILE, 0, len(HOSTILE))
    statement = replace(first, subject=evil, sentence=HOSTILE, start=0, end=len(HOSTILE))
    article = Article(reading.article.text, HOSTILE, "javascript:alert(3)", publisher=HOSTILE)
    entities = (*reading.entities, Entity("evil", HOSTILE, EntityType.PERSON))
    return Reading(article, (replace(statement, article=article.id),), entities, ())


def test_many_statements_come_in_pages(watched: Watched, export: Export) -> None:
    page = watched.open(export(*week()))
    assert page.locator(".range").inner_text() == "1–25 of 84"
    page.get_by_role("button", name="Next").click()
    assert page.locator(".range").inner_text() == "26–50 of 84"
    assert page.locator(".statements tbody").count() == 25
    page.get_by_role("button", name="Previous").click()
    assert page.get_by_role("button", name="Previous").is_disabled()


def test_types_can_be_hidden(watched: Watched, export: Export) -> None:
    page = watched.open(export(*week()))
    wait_until_painted(page)
    before = painted(page)
    page.get_by_role("button", name="Person").click()
    page.get_by_role("button", name="Person", pressed=False).wait_for()
    page.wait_for_function(f"canvas => ({PAINTED})(canvas) < {before} * 0.9", arg=canvas(page))


def test_large_graphs_show_their_best_connected_first(watched: Watched, export: Export) -> None:
    page = watched.open(export(*crowd(700)))
    wait_until_painted(page)
    note, more = page.locator(".note"), page.get_by_role("button", name="more")
    assert note.inner_text().startswith("300 nodes, ")
    assert note.inner_text().endswith("of 707 nodes")
    assert more.inner_text() == "Show 300 more"
    more.click()
    assert note.inner_text().startswith("600 nodes")
    more.click()
    assert note.inner_text().startswith("707 nodes")
    assert more.is_hidden()


def crowd(size: int) -> list[Reading]:
    """`size` envoys who each met one of seven cities."""
    return [numbered(number, statements=1) for number in range(size)]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_follows_the_visitors_colours(watched: Watched, export: Export, scheme: str) -> None:
    watched.page.emulate_media(color_scheme=scheme)
    page = watched.open(export(visit()))
    background = page.evaluate("getComputedStyle(document.body).backgroundColor")
    level = int(background.removeprefix("rgb(").split(",")[0])
    assert (level > 200) == (scheme == "light")


def test_narrow_window_has_no_sideways_scroll(watched: Watched, export: Export) -> None:
    watched.page.set_viewport_size({"width": 360, "height": 740})
    page = watched.open(export(*week()))
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
