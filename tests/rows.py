"""Statements as lines to be read: what tests of whole readings compare, and how golden files are written.

    python -m tests.rows        # read data/samples anew into tests/golden/, keeping the marks

Look at every changed line (`git diff tests/golden`) before it is kept. A line that is known to be wrong
begins with `! `, one that should be there and is not yet with `- `.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from graph.model import Article, Node, Reading, Statement, Value
from graph.resources import data_path
from graph.sources import read_paths
from graph.text.clean import clean
from tests.loaded import reader

GOLDEN = Path(__file__).parent / "golden"
SCOPE = re.compile(r"\.[0-9a-f]{6}$")  # which article a concept belongs to
WRONG, MISSING = "! ", "- "


def name(part: Node | Value) -> str:
    return SCOPE.sub("", part.id) if isinstance(part, Node) else repr(part.value)


def told(made: Statement) -> str:
    """One statement as a line, without what its predicate falls under; what it does not say is left out."""
    words = [f"{name(made.subject)} | {made.predicate.id} | {name(made.object)}"]
    words += [f"+ {argument.role} {name(argument.value)}" for argument in made.arguments]
    words.append(f"| {made.modality} {'not' if made.polarity == 'negative' else ''}".rstrip())
    words += [f"by {name(made.attributed_to)}"] if made.attributed_to else []
    words += [f"in {made.place.id}"] if made.place else []
    words += [f"at {made.time.start or ''}..{made.time.end or ''}"] if made.time else []
    return " ".join(words)


def lines(reading: Reading) -> Iterator[str]:
    """Each sentence that says something, then its statements."""
    sentence = ""
    for made in reading.statements:
        if made.sentence != sentence:
            sentence = made.sentence
            yield f"# {' '.join(sentence.split())}"
        yield told(made)


def samples() -> dict[str, Article]:
    """Return name of the golden file -> article of data/samples."""
    found = read_paths([str(data_path("samples"))], stdin=io.BytesIO(), limit=1_000_000)
    articles = [article for article in found if isinstance(article, Article)]
    return {_title(article): article for article in articles}


def _title(article: Article) -> str:
    words = re.findall(r"[a-z]+", clean(article.text).text.lower())
    return "-".join(words[:3])


def marks(text: str) -> dict[str, str]:
    """Return line -> its mark, of the lines of a golden file that have one."""
    return {line[2:]: line[:2] for line in text.splitlines() if line.startswith((WRONG, MISSING))}


def marked(found: Iterable[str], kept: str) -> Iterator[str]:
    """Give the lines found with the marks they had, and below its sentence each that is still missing."""
    known, sentence = marks(kept), ""
    missing: dict[str, list[str]] = {}
    for line in kept.splitlines():
        sentence = line if line.startswith("# ") else sentence
        if line.startswith(MISSING):
            missing.setdefault(sentence, []).append(line)
    for line in found:
        yield (WRONG if known.get(line) == WRONG else "") + line
        if line.startswith("# "):
            yield from missing.get(line, ())


def write() -> None:
    """Write the golden files anew."""
    GOLDEN.mkdir(exist_ok=True)
    for title, article in samples().items():
        path = GOLDEN / f"{title}.txt"
        kept = path.read_text("utf-8") if path.exists() else ""
        made = marked(lines(reader().read(article)), kept)
        path.write_text("\n".join(made) + "\n", "utf-8")


if __name__ == "__main__":
    write()
