"""A fragment of HTML, such as the content of a feed's item: all of it is the article.

So nothing has to be told from menus and footers, as in a whole page (`html.py`), where what is short is
easily taken for those. One block a line, as there.
"""

from __future__ import annotations

from typing import Final

from graph.sources.html import parse_page

_BLOCKS: Final = frozenset(
    "address article aside blockquote body br dd div dl dt figcaption figure footer form h1 h2 h3 h4 h5 h6"
    " header hr li main nav ol p pre section table tbody td th thead tr ul".split()
)
_SILENT: Final = frozenset(
    "button form head input object option script select style svg textarea title".split()
)


def fragment_to_text(fragment: str) -> str:
    """Return the text of a fragment, a block a line. Raises TooLarge if it is too large to take apart."""
    from lxml import etree  # type: ignore[import-untyped]  # here, because only markup needs it

    tree = parse_page(f"<html><body>{fragment}</body></html>")
    if tree is None:
        return ""
    parts: list[str] = []
    silent = 0
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        if element.tag in _BLOCKS:
            parts.append("\n")
        if event == "start":
            silent += element.tag in _SILENT
            told = element.text
        else:
            silent -= element.tag in _SILENT
            told = element.tail
        if told and not silent:
            parts.append(" ".join(f"|{told}|".split())[1:-1])
    lines = ("".join(parts)).split("\n")
    return "\n".join(filter(None, (" ".join(line.split()) for line in lines)))
