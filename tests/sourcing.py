"""Short ways for the tests of the sources to read something and to look at what came out."""

from __future__ import annotations

import io
from pathlib import Path

from graph.errors import InputError
from graph.model import Article, Failure
from graph.sources import read_body, read_paths

LIMIT = 10_000
PLAIN = "The company said on Monday that it plans to open a plant in the port of Hamburg next year."
OTHER = "A speaker of the port denied on Tuesday that the two had signed a contract."
PARAGRAPH = f"<p>{PLAIN}</p>"
PARAGRAPHS = f"<p>{PLAIN}</p><p>{OTHER}</p>"


def read(
    *paths: Path | str, stdin: bytes = b"", limit: int = LIMIT, **options: object
) -> list[Article | Failure]:
    return list(read_paths([str(path) for path in paths], stdin=io.BytesIO(stdin), limit=limit, **options))  # type: ignore[arg-type]


def only_article(found: list[Article | Failure]) -> Article:
    (article,) = found
    assert isinstance(article, Article), article
    return article


def only_error(found: list[Article | Failure], kind: type[InputError]) -> Failure:
    (failure,) = found
    assert isinstance(failure, Failure), failure
    assert type(failure.error) is kind, failure
    assert str(failure.error).endswith(".")
    return failure


def body(data: str | bytes, media_type: str = "text/plain", **options: object) -> list[Article | Failure]:
    data = data.encode() if isinstance(data, str) else data
    return list(read_body(data, media_type, "body", **options))  # type: ignore[arg-type]


def page(content: str, head: str = "") -> str:
    return f"<!DOCTYPE html><html><head>{head}</head><body>{content}</body></html>"
