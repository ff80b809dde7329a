"""What a person looks for, as a query of FTS5 that cannot go wrong.

    peace talks      both words, anywhere and in any order
    "peace talks"    next to each other
    negotiat*        words that begin so

Each part is quoted, so that nothing that is typed is an operator, a column or a mistake to FTS5.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import Final, NamedTuple

from graph.errors import BadFilter

MAX_LENGTH: Final = 1000
MAX_PARTS: Final = 32

_ASCII: Final = {code: " " for code in range(128) if not chr(code).isalnum()}
_PART: Final = re.compile(r'"(?P<phrase>[^"]*)"(?P<more>\*)?|(?P<word>[^\s"]+)')


class Part(NamedTuple):
    """A word or a phrase without quotes; if it `begins` something, its last word may go on."""

    text: str
    begins: bool = False

    @property
    def match(self) -> str:
        """The expression for MATCH."""
        return f'"{self.text}"{"*" if self.begins else ""}'


class Words(NamedTuple):
    """What is looked for: parts that are all there, and all of it as a folded name."""

    parts: tuple[Part, ...]
    name: str

    @property
    def match(self) -> str:
        """The expression for MATCH."""
        return " ".join(part.match for part in self.parts)


def words(given: str) -> Words:
    """Read what a person typed.

    Raises BadFilter if no word is in it, or too much.
    """
    if len(given) > MAX_LENGTH:
        raise BadFilter(f"The words to search for have over {MAX_LENGTH:,} characters; give fewer.")
    # SQLite takes a NUL for the end, and half a surrogate pair for no text at all.
    text = given.replace("\0", " ").encode("utf-8", "replace").decode()
    parts = tuple(_parts(text))
    if not parts:
        raise BadFilter(
            'There is no word to search for; give one or more, a beginning (putin*), or a "phrase in quotes".'
        )
    if len(parts) > MAX_PARTS:
        raise BadFilter(f"There are over {MAX_PARTS} words to search for; give fewer.")
    return Words(parts, folded(text.replace('"', " ").replace("*", " ")))


def says(asked: str, *texts: str) -> bool:
    """Tell of a few texts what the index tells of many: if all that was asked for is in one or another."""
    held = [f" {_tokens(text)} " for text in texts]
    return all(any(part in text for text in held) for part in _looked_for(asked))


@lru_cache(64)
def _looked_for(asked: str) -> tuple[str, ...]:
    """Give what stands in a row of tokens, with a blank before and behind each, that holds what is asked."""
    return tuple(f" {_tokens(part.text)}{'' if part.begins else ' '}" for part in words(asked).parts)


def _tokens(text: str) -> str:
    """Write the tokens that `unicode61` makes of a text, with blanks between them.

    It takes signs newer than Unicode 6.1, such as most emoji, for letters; here they end a word.
    """
    if text.isascii():
        return " ".join(text.lower().translate(_ASCII).split())
    return _apart(unicodedata.normalize("NFD", text.lower()))


def folded(text: str) -> str:
    """Return a name without case, accents and what is no letter or digit, to tell if two are the same."""
    return _apart(unicodedata.normalize("NFKD", text.casefold()))


def _apart(decomposed: str) -> str:
    """Write the words of a text without accents, with a blank between them."""
    kept = (sign if _is_of_word(sign) else " " for sign in decomposed if not unicodedata.combining(sign))
    return " ".join("".join(kept).split())


def _parts(text: str) -> Iterator[Part]:
    for found in _PART.finditer(text):
        word = found["word"]
        part = found["phrase"] if word is None else word.rstrip("*")
        begins = found["more"] if word is None else word.endswith("*")
        if any(map(_is_of_word, part)):
            yield Part(part, bool(begins))


def _is_of_word(sign: str) -> bool:
    """Whether a character is part of a word to the tokenizer `unicode61`."""
    category = unicodedata.category(sign)
    return category[0] in "LN" or category == "Co"
