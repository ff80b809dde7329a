"""An article, or why there is none, as a line of JSON between two processes that do not trust each other."""

from __future__ import annotations

import json
from typing import Any

from graph import errors
from graph.codec import article_to_json
from graph.errors import NewsgraphError, ReadFailed
from graph.model import Article, Failure
from graph.sources.jsonl import OnlyAddress, record_to_article

_ADDRESS = "OnlyAddress"


def to_line(item: Article | Failure) -> bytes:
    """Write an item as one line; of what only an address is known, that is all that it says."""
    written: dict[str, Any] = {"source": item.source}
    if isinstance(item, Article):
        written["article"] = article_to_json(item)
    elif isinstance(item.error, OnlyAddress):
        written["address"] = article_to_json(item.error.article)
    else:
        written["error"] = [type(item.error).__name__, str(item.error)]
    return json.dumps(written, separators=(",", ":")).encode() + b"\n"


def of_line(line: bytes, limit: int) -> Article | Failure:
    """Read an item back; its text may have `limit` characters.

    It is looked at as if a stranger had written it: raises ValueError, KeyError or TypeError for what is no
    item, and what `record_to_article` does.
    """
    written = json.loads(line)
    source = str(written["source"])
    if "article" in written:
        return _sourced(record_to_article(written["article"], limit), source)
    if "address" in written:
        try:
            record_to_article({**written["address"], "text": None}, limit)
        except OnlyAddress as error:
            return Failure(source, error)
    name, sentence = written["error"]
    return Failure(source, _error(str(name), str(sentence)))


def _sourced(article: Article, source: str) -> Article:
    return Article(article.text, article.title, article.url, article.published, article.publisher, source)


def _error(name: str, sentence: str) -> NewsgraphError:
    """Make the error of our tree that has this name; any other is one that no one foresaw."""
    found = getattr(errors, name, None)
    if isinstance(found, type) and issubclass(found, errors.InputError):
        return found(sentence)
    return ReadFailed(sentence)
