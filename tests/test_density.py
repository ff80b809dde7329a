"""What is too dense to be prose: left out with its sentences, and nothing else moved by it."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from graph.errors import EmptyText, NotEnglish
from graph.model import Article, Node
from graph.resources import data_path
from graph.text.clean import clean
from graph.text.density import MOST_PIECES, PIECE, WINDOW, prose, prose_only
from tests.loaded import reader

XI = "Xi Jinping visited Moscow on Monday. "
SIZE = 20_000  # characters of each hostile text

HOSTILE = {
    "quotation marks": '"',
    "brackets": "(",
    "both brackets": "()",
    "underscores": "_",
    "letters": "x, ",
    "full stops": "a. ",
    "colons": ":",
    "emoji": "🙂",
    "spaced emoji": "🙂 ",
    "joined emoji": "👩\u200d🚀",
    "accents": "\u0301",
    "clitics": "'s",
    "figures": "6-4, 3-6; ",
    "units": "9m ",
    "contractions": "Im ",
    "lines": "a\n",
    "one word": "a",
    "invisible": "a\u200b",
    "right to left": "\u202e(\u202c",
    "who": "Russia, who ",
    "said": "He said that ",
    "quoted": "“Xi said ”",
    "names": "Anna Berg and ",
    "articles": "the ",
    "offices": "minister of ",
}
LONG = {
    "clauses": "the minister who met the man and ",
    "met": "Xi met Putin; ",
    "quoted": "“Xi left,” ",
    "turned": "\u202eXi met Putin. \u202c",
}
JUNK = {"signs": "(" * 500, "figures": "6-4, 3-6; " * 60, "letters": "x, " * 200, "lines": "(\n" * 1_000}


def facts(text: str) -> set[tuple[str, ...]]:
    return {
        (s.subject.id, s.predicate.id, s.object.id if isinstance(s.object, Node) else s.object.value)
        for s in reader().read(Article(text)).statements
    }


def tokens(text: str) -> int:
    return len(reader().nlp.make_doc(prose_only(clean(text)).text))


def repeated(piece: str) -> str:
    return (piece * (SIZE // len(piece) + 1))[:SIZE]


def samples() -> list[str]:
    return [path.read_text(encoding="utf-8") for path in sorted(data_path("samples").glob("*.txt"))]


@pytest.mark.parametrize("piece", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_text_says_nothing(piece: str) -> None:
    try:
        assert reader().read(Article(repeated(piece))).statements == ()
    except (EmptyText, NotEnglish):
        return


@pytest.mark.parametrize("piece", [*HOSTILE.values(), *LONG.values()], ids=[*HOSTILE.keys(), *LONG.keys()])
def test_no_text_gives_the_parser_many_more_tokens_than_prose(piece: str) -> None:
    assert tokens(repeated(piece)) <= 2.2 * tokens(repeated("\n".join(samples())))


@pytest.mark.parametrize("junk", JUNK.values(), ids=JUNK.keys())
def test_prose_around_it_is_read_with_exact_offsets(junk: str) -> None:
    text = f"{XI * 20}\n\n{junk}\n\nVladimir Putin left Oslo on Friday. {XI * 20}"
    reading = reader().read(Article(text))
    assert {("Xi_Jinping", "visit", "Moscow"), ("Vladimir_Putin", "leave", "Oslo")} <= facts(text)
    for made in reading.statements:
        assert text[made.start : made.end] == made.sentence
        assert text[made.predicate.start : made.predicate.end] == made.predicate.text
    for mention in reading.mentions:
        assert text[mention.start : mention.end] == mention.text


@pytest.mark.parametrize("junk", JUNK.values(), ids=JUNK.keys())
@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("It is not true that ", " Vladimir Putin left Oslo."),
        ("It is not true, say Mr. Berg of the U.S. ", " that Mr. Vladimir Putin left Oslo."),
        ("Vladimir Putin left Oslo, ", " as no one ever said."),
    ],
)
def test_half_a_sentence_is_never_read(before: str, junk: str, after: str) -> None:
    one_line = junk.replace("\n", " ")
    assert {f for f in facts(f"{XI * 20}{before}{one_line}{after} {XI * 20}") if f[1] == "leave"} == set()


def test_a_pronoun_does_not_go_back_over_it() -> None:
    before, junk = f"{XI * 20}Vladimir Putin {'(' * 500} won. ", "He left Oslo. "
    assert ("Xi_Jinping", "leave", "Oslo") in facts(f"{XI}{junk}")
    assert {fact for fact in facts(before + junk + XI * 20) if fact[1] == "leave"} == set()


def test_articles_are_left_as_they_are() -> None:
    for text in samples():
        cleaned = clean(text)
        assert prose_only(cleaned) is cleaned


@given(st.lists(st.tuples(st.sampled_from(['"', "( ", "x, ", "6-4 ", XI, "é\n", "🙂"]), st.integers(1, 500))))
@example([(XI, 9), ("(", 500), (XI, 9)])
def test_offsets_and_blocks_are_exact(parts: list[tuple[str, int]]) -> None:
    text = "".join(piece * times for piece, times in parts)
    cleaned = prose_only(clean(text))
    assert len(cleaned.offsets) == len(cleaned.text)
    assert all(c.isspace() or text[at] == c for c, at in zip(cleaned.text, cleaned.offsets, strict=True))
    assert all(before <= after for before, after in pairwise(cleaned.offsets))
    assert all(start == 0 or cleaned.text[start - 1] == "\n" for start in cleaned.blocks)
    assert list(cleaned.blocks) == sorted(set(cleaned.blocks))
    assert set(cleaned.gaps) <= set(cleaned.blocks)


@given(st.text(st.sampled_from('a.(" \n🙂B'), max_size=3_000))
def test_no_window_of_what_is_left_is_dense(text: str) -> None:
    spans = prose(text)
    assert all(start < end for start, end in spans)
    assert all(end <= start for (_, end), (start, _) in pairwise(spans))
    kept = {i for span in spans for i in range(*span)}
    for start in range(0, len(text), WINDOW):
        dense = len(PIECE.findall(text, start, start + WINDOW)) > MOST_PIECES
        assert not (dense and kept & set(range(start, start + WINDOW)))
