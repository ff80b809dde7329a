"""A real Chromium for the tests of pages; without one (or without Playwright) they are skipped by name."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from chrome import ARGUMENTS, CHROMIUM, Watched


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    # Ends with its module: Playwright keeps an event loop running here, and other tests want their own.
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine")
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def watched(chromium: Any) -> Iterator[Watched]:
    """A fresh page; the test fails if its console showed an error, whatever else it checked."""
    context = chromium.new_context(viewport={"width": 1280, "height": 800}, reduced_motion="reduce")
    context.set_default_timeout(10_000)
    seen = Watched(context.new_page())
    seen.watch()
    yield seen
    context.close()
    assert seen.errors == []
