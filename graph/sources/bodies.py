"""Bodies of HTTP, sent to us or fetched: bytes with a media type."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO

from graph.model import Article, Failure
from graph.sources.decoding import transcode
from graph.sources.formats import FEED, Source

_CHARSET = re.compile(r";\s*charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)
_DECLARATION = re.compile(rb"\A\s*<\?xml\b[^>]*\?>")


def decoded(
    data: bytes, media_type: str, source: Source, name: str, limit: int
) -> Iterator[Article | Failure]:
    """Give the articles of a body in the format `source`, in the charset that its media type names.

    Raises BadEncoding, and what the reader of the format raises for the whole of it.
    """
    charset = _CHARSET.search(media_type)
    body = transcode(data, charset.group(1)) if charset else data
    if source.name == FEED.name and body is not data:
        body = _DECLARATION.sub(b"", body, count=1)  # it names the charset that the body was in (RFC 7303)
    most = min(limit, len(body))  # no text has more characters than bytes
    yield from source.read(BytesIO(body), name, most)
