"""The words of a SPARQL text, found without parsing it (SPARQL 1.1 Query Language, section 19.8).

The time taken is proportional to the length of the text, whatever it holds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum
from typing import Final, NamedTuple

from graph.errors import BadQuery


class Kind(StrEnum):
    """What a token is."""

    IRI = "iri"
    STRING = "string"
    VARIABLE = "variable"
    LANGUAGE = "language"
    BLANK = "blank"
    NAME = "name"
    WORD = "word"
    NUMBER = "number"
    SIGN = "sign"


class Token(NamedTuple):
    """One token as it is written, and where it begins (in characters)."""

    kind: Kind
    text: str
    start: int

    @property
    def end(self) -> int:
        """Where it ends."""
        return self.start + len(self.text)


_BASE: Final = (
    "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c-\u200d\u2070-\u218f"
    "\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_LETTER: Final = rf"[{_BASE}_]"
_INNER: Final = rf"[{_BASE}_0-9\u00b7\u0300-\u036f\u203f-\u2040-]"
_VARIABLE_INNER: Final = rf"[{_BASE}_0-9\u00b7\u0300-\u036f\u203f-\u2040]"
_HEX: Final = "[0-9A-Fa-f]"
_ESCAPE: Final = r"\\[_~.\-!$&'()*+,;=/?#@%]"
# Up to Python 3.11.4 (gh-106052) a possessive repeat goes on at a wrong place after a part that moved on and
# then failed: so none here holds a look ahead, an option, or a count of its own.
_PREFIX: Final = rf"[{_BASE}](?:\.*+{_INNER})*+"
_LOCAL: Final = (
    rf"(?:[{_BASE}_0-9:]|%{_HEX}{_HEX}|{_ESCAPE})"
    rf"(?:\.*+{_INNER}|\.*+:|\.*+%{_HEX}{_HEX}|\.*+{_ESCAPE})*+"
)
_CODE_POINT: Final = rf"\\u{_HEX * 4}|\\U{_HEX * 8}"

# A long string comes before a short one, a name before a word. A word takes all that a name's prefix could
# (`true.FILTER` is one), so that no character is looked at twice; an escaped code point can stand in it
# (section 19.2), so that none can hide a keyword. White space and comments are taken with the token after
# them, for each match costs more than its characters; at the end of the text stands no token.
_TOKEN: Final = re.compile(
    rf"""
    (?:[ \t\r\n]++|\#[^\r\n]*+)*+
    (?:
      (?P<iri><(?:[^\x00-\x20<>"{{}}|^`\\]|{_CODE_POINT})*+>)
    | (?P<string>'''(?:'{{0,2}}+[^'\\]|'{{0,2}}+\\.)*+'''
                |\"\"\"(?:"{{0,2}}+[^"\\]|"{{0,2}}+\\.)*+\"\"\"
                |'(?!'')(?:[^'\\\r\n]|\\.)*+'|"(?!"")(?:[^"\\\r\n]|\\.)*+")
    | (?P<variable>[?$](?:{_LETTER}|[0-9]){_VARIABLE_INNER}*+)
    | (?P<language>@[A-Za-z]++(?:-{{1,2}}+[A-Za-z0-9][A-Za-z0-9]*+)*+)
    | (?P<blank>_:(?:{_LETTER}|[0-9])(?:\.*+{_INNER})*+)
    | (?P<name>(?:{_PREFIX})?:(?:{_LOCAL})?)
    | (?P<number>[0-9]++(?:\.[0-9]*+)?(?:[eE][+-]?[0-9]++)?|\.[0-9]++(?:[eE][+-]?[0-9]++)?)
    | (?P<word>(?:{_LETTER}|{_CODE_POINT})(?:\.*+{_INNER}|{_CODE_POINT})*+)
    | (?P<open>['"])
    | (?P<sign>.)
    | \Z
    )
    """,
    re.VERBOSE | re.DOTALL,
)
_STRING_ESCAPE: Final = re.compile(
    r"\\(?:[tbnrf\"'\\]|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|(?P<wrong>.))", re.DOTALL
)
_KINDS: Final = {_TOKEN.groupindex[kind.value]: kind for kind in Kind}
_STRING: Final = _TOKEN.groupindex[Kind.STRING.value]


def tokens(text: str) -> Iterator[Token]:
    """Give the tokens of `text`, without white space and comments.

    Raises BadQuery at a string that is not closed or holds an unknown escape: an engine would take what
    follows it for something else than this reading does.
    """
    for match in _TOKEN.finditer(text):
        group = match.lastindex
        if group is None:
            return
        kind = _KINDS.get(group)
        if kind is None:
            where = place(text, match.start(group))
            raise BadQuery(f"A string that begins at {where} is not closed; close it with {match[group]}.")
        token = Token(kind, match[group], match.start(group))
        if group == _STRING and "\\" in token.text:
            _check_escapes(token, text)
        yield token


def decoded(word: str) -> str:
    """Put the characters of escaped code points in their place, as in `SERV\\u0049CE`."""
    return re.sub(_CODE_POINT, _character, word) if "\\" in word else word


def place(text: str, offset: int) -> str:
    """Say where `offset` is: *line 3, column 14*."""
    before = text[:offset]
    return f"line {before.count(chr(10)) + 1}, column {offset - before.rfind(chr(10))}"


def _character(escape: re.Match[str]) -> str:
    code = int(escape[0][2:], 16)
    return chr(code) if code <= 0x10FFFF else "\ufffd"


def _check_escapes(token: Token, text: str) -> None:
    for escape in _STRING_ESCAPE.finditer(token.text):
        if escape["wrong"] or (escape[0][1] in "uU" and not _is_character(int(escape[0][2:], 16))):
            where = place(text, token.start + escape.start())
            raise BadQuery(
                f"The escape {escape[0][:10]} at {where} means nothing in SPARQL; write \\\\ for a backslash."
            )


def _is_character(code: int) -> bool:
    return code <= 0x10FFFF and not 0xD800 <= code <= 0xDFFF
