"""What the tests of pages share: a page that is watched for errors, and looking at the graph's canvas."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
ARGUMENTS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run "
    "--disable-background-networking --disable-component-update --disable-sync"
).split()
# A copy is read, since reading a canvas often makes Chromium warn in the console.
READ = """
  const { width, height } = canvas;
  const copy = new OffscreenCanvas(width, height).getContext("2d", { willReadFrequently: true });
  copy.drawImage(canvas, 0, 0);
  const { data } = copy.getImageData(0, 0, width, height);
"""
PAINTED = f"""canvas => {{ {READ}
  let count = 0;
  for (let i = 3; i < data.length; i += 4) if (data[i] > 0) count += 1;
  return count;
}}"""
# The middle of the first run of pixels that have the colour of a type of node.
SPOT = f"""(canvas, type) => {{ {READ}
  const swatch = new OffscreenCanvas(1, 1).getContext("2d");
  swatch.fillStyle = getComputedStyle(document.documentElement).getPropertyValue(`--type-${{type}}`);
  swatch.fillRect(0, 0, 1, 1);
  const wanted = swatch.getImageData(0, 0, 1, 1).data;
  const same = at => [0, 1, 2].every(band => data[4 * at + band] === wanted[band]);
  for (let at = 0; at < width * height; at += 1) {{
    let run = 0;
    while (same(at + run)) run += 1;
    if (run > 6) return {{ x: (at + run / 2) % width, y: Math.floor(at / width) }};
  }}
  return null;
}}"""


@dataclass
class Watched:
    """A page and everything that went wrong on it: console errors, uncaught errors, requests that left."""

    page: Any
    errors: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)

    def watch(self) -> None:
        self.page.on("pageerror", lambda error: self.errors.append(f"uncaught: {error}"))
        self.page.on("console", self._heard)
        self.page.on("dialog", self._asked)
        self.page.on("request", lambda request: self.requests.append(request.url))

    def open(self, address: str | Path) -> Any:
        self.page.goto(address.as_uri() if isinstance(address, Path) else address)
        return self.page

    def _heard(self, message: Any) -> None:
        if message.type in ("error", "warning"):
            self.errors.append(message.text)

    def _asked(self, dialog: Any) -> None:
        self.errors.append(f"dialog: {dialog.message}")
        dialog.dismiss()


def canvas(page: Any) -> Any:
    """The graph's canvas."""
    return page.locator(".graph > canvas").element_handle()


def painted(page: Any) -> int:
    """How many pixels of the graph's canvas are painted."""
    return int(canvas(page).evaluate(PAINTED))


def wait_until_painted(page: Any, least: int = 500) -> None:
    """Wait until the graph's canvas shows something."""
    page.wait_for_function(f"canvas => ({PAINTED})(canvas) > {least}", arg=canvas(page))


def spot_of(page: Any, type_: str) -> dict[str, float]:
    """Where on the canvas a node of that type is."""
    return dict(canvas(page).evaluate(SPOT, type_))
