"""Runs the suites on native Oxigraph and writes down how each test went: `python -m tests.w3c.native`.

`native.tsv` beside this file is what our server is held to: what native passes, ours has to pass too.
"""

from __future__ import annotations

import socket
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import httpx

from tests.w3c import engine, exchanges
from tests.w3c.comparing import Verdict
from tests.w3c.manifests import Case, Suites, folder
from tests.w3c.service import Paths, Service

FILE: Final = Path(__file__).with_name("native.tsv")
_PATHS: Final = Paths("/query", "/update", "/store")
_PATIENCE: Final = 20.0
RUNNERS: Final = {**engine.RUNNERS, **exchanges.RUNNERS}


def baseline() -> Mapping[str, Verdict]:
    """How each test went on native Oxigraph, by its id."""
    lines = FILE.read_text(encoding="utf-8").splitlines()
    return {one: Verdict(verdict) for one, _, verdict in (line.partition("\t") for line in lines)}


@contextmanager
def serving(suites: Suites) -> Iterator[Service]:
    """Start `oxigraph serve` on an empty folder, and end it."""
    program = str(Path(sys.executable).with_name("oxigraph"))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with tempfile.TemporaryDirectory() as store:
        process = subprocess.Popen(
            [program, "serve", "--location", store, "--bind", f"127.0.0.1:{port}"], stderr=subprocess.DEVNULL
        )
        try:
            address = f"http://127.0.0.1:{port}"
            _wait_for(address)
            with Service(address, _PATHS, suites) as service:
                yield service
        finally:
            process.kill()
            process.wait()


def _wait_for(address: str) -> None:
    end = time.monotonic() + _PATIENCE
    while True:
        try:
            httpx.get(f"{address}/query")
            return
        except httpx.TransportError:
            if time.monotonic() > end:
                raise
            time.sleep(0.05)


def main() -> None:
    """Measure, write the file, and print the figures and what failed."""
    where = folder()
    if where is None:
        sys.exit("The suites are not here; name their folder with W3C_SUITES.")
    suites = Suites(where)
    cases: list[Case] = [case for case in suites.cases() if case.kind in RUNNERS]
    counted: Counter[tuple[str, str]] = Counter()
    lines = []
    with serving(suites) as service:
        for case in cases:
            outcome = engine.run(case, service, RUNNERS)
            lines.append(f"{case.id}\t{outcome.verdict}\n")
            counted[case.kind, outcome.verdict] += 1
            if outcome.verdict is not Verdict.EXACT:
                print(f"{outcome.verdict}: {case.id}\n{outcome.detail}\n")
    FILE.write_text("".join(lines), encoding="utf-8")
    for (kind, verdict), number in sorted(counted.items()):
        print(f"{kind}\t{verdict}\t{number}")


if __name__ == "__main__":
    main()
