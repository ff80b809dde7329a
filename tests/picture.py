"""`make picture`: takes the README's picture anew, of the page that the demo writes, in a real Chromium."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.browser.chrome import ARGUMENTS, CHROMIUM, wait_until_painted

ROOT = Path(__file__).resolve().parent.parent
PICTURE = ROOT / "data" / "picture.png"
SIZE = {"width": 1280, "height": 760}


def main() -> None:
    """Run the demo and take its page."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as driver:
        command = [sys.executable, "-c", "from api.cli import main; main()", "demo", "--out", folder]
        subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=list(ARGUMENTS))
        context = browser.new_context(viewport=SIZE, reduced_motion="reduce", color_scheme="light")
        page = context.new_page()
        page_file = Path(folder, "graph.html")
        page.goto(f"{page_file.as_uri()}#entity=Elena_Petrova")
        wait_until_painted(page)
        page.screenshot(path=PICTURE)
        browser.close()


if __name__ == "__main__":
    main()
