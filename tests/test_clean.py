"""Cleaning: what the parser is given, and where each character of it stands in the article."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from graph.text.clean import GLUED, INVISIBLE, LONGEST_WORD, MOST_SIGNS, Cleaned, clean

NEWSY = st.text(
    st.sampled_from("aAbz .,!?\"”“’'()-—–/\t\n\r\u00a0\u200b\u200f\u202e\u2028\ufeffé中א🙂👩\u200d0123")
)


@given(st.text() | NEWSY)
@example("a\u200b")
@example("ends here.The next")
def test_offsets_are_exact_for_any_text(text: str) -> None:
    cleaned = clean(text)
    assert len(cleaned.offsets) == len(cleaned.text)
    for char, at in zip(cleaned.text, cleaned.offsets, strict=True):
        assert 0 <= at < len(text)
        assert char.isspace() or text[at] == char
    assert all(before <= after for before, after in pairwise(cleaned.offsets))
    for start in range(0, len(cleaned.text), 7):
        first, last = cleaned.original(start, min(start + 5, len(cleaned.text)))
        assert 0 <= first < last <= len(text)


@given(st.text() | NEWSY)
def test_text_for_the_parser_has_no_invisible_or_doubled_space(text: str) -> None:
    cleaned = clean(text)
    assert not INVISIBLE.search(cleaned.text)
    assert "  " not in cleaned.text
    assert list(cleaned.blocks) == sorted(cleaned.blocks)
    assert all(start == 0 or cleaned.text[start - 1] == "\n" for start in cleaned.blocks)


@given(st.text(st.characters(categories=("Lu", "Ll", "Nd")), min_size=1, max_size=150))
def test_one_line_without_a_dateline_is_kept_whole(text: str) -> None:
    assert clean(text).text == text


@pytest.mark.parametrize(
    ("text", "dateline", "rest"),
    [
        ("KYIV, Ukraine (AP) — Rain fell.", "KYIV, Ukraine (AP) —", "Rain fell."),
        ("KYIV, Ukraine (The Post in Collaboration with AP ) — Rain fell.", "KYIV, Ukraine", "Rain fell."),
        ("LONDON (Reuters) - Rain fell.", "LONDON (Reuters) -", "Rain fell."),
        ("Paris (AFP) – Rain fell.", "Paris (AFP) –", "Rain fell."),
        ("Kabul, March 3 (Xinhua) -- Rain fell.", "Kabul, March 3 (Xinhua) --", "Rain fell."),
        ("GENEVA, May 12, 2025 (Harbour Wire) — “Rain” fell.", "GENEVA, May 12, 2025", "“Rain” fell."),
        ("NEW YORK, Jan. 5, 2024 — Rain fell.", "NEW YORK, Jan. 5, 2024 —", "Rain fell."),
        ("ST. PETERSBURG, Russia — Rain fell.", "ST. PETERSBURG, Russia —", "Rain fell."),
        ("WASHINGTON, D.C. -- Rain fell.", "WASHINGTON, D.C. --", "Rain fell."),
        ("SÃO PAULO — Rain fell.", "SÃO PAULO —", "Rain fell."),
        ("BEIRUT/LONDON (Reuters) - Rain fell.", "BEIRUT/LONDON (Reuters) -", "Rain fell."),
        ("OSLO, March 3, 2021 /NewsDirect/ -- Rain fell.", "OSLO, March 3, 2021", "Rain fell."),
        ("(Reuters) - Rain fell.", "(Reuters) -", "Rain fell."),
        ("Rain In Oslo Today\n\nOSLO (AP) — Rain fell.", "OSLO (AP) —", "Rain fell."),
    ],
)
def test_dateline_is_not_read(text: str, dateline: str, rest: str) -> None:
    cleaned = clean(text)
    assert cleaned.dateline.startswith(dateline)
    assert cleaned.text == rest
    assert text[cleaned.offsets[0] :] == rest


@pytest.mark.parametrize(
    "text",
    [
        "NATO - the alliance - said so.",
        "NATO — which met in Oslo — said so.",
        "The U.S. - which said so - left.",
        "Oslo said so.",
        "Rain (and snow) fell.",
        "Anna - Berg",
        "BEIJING: China said so.",
        "First.\nSecond.\nOSLO (AP) — Third.",
    ],
)
def test_what_is_no_dateline_is_read(text: str) -> None:
    cleaned = clean(text)
    assert cleaned.dateline == ""
    assert cleaned.text == text


@pytest.mark.parametrize(
    "line",
    [
        "By Anna Berg",
        "Written by Anna Berg and Tomas Larsen",
        "Reporting by Anna Berg; editing by Tomas Larsen",
        "Photo: Anna Berg / Harbour Wire",
        "Read more",
        "Share this article",
        "Sign up for our newsletter",
        "Advertisement",
        "© 2024 Harbour Wire",
        "Copyright 2024, all rights reserved",
        "Last updated on 3 March 2024 at 10:15",
        "Published: March 3, 2024",
        "Sunday, January 6, 2019",
        "6 January 2019",
        "* * *",
        "----",
        "Storm Odette Kills Nine in Norvalia",
        "STORM KILLS NINE",
    ],
)
@pytest.mark.parametrize("where", ["first", "last"])
def test_line_that_is_no_prose_is_not_read(line: str, where: str) -> None:
    prose = "Rain fell on Oslo."
    text = f"{line}\n\n{prose}" if where == "first" else f"{prose}\n\n{line}"
    cleaned = clean(text)
    assert cleaned.text == prose
    assert text[cleaned.offsets[0] : cleaned.offsets[-1] + 1] == prose


@pytest.mark.parametrize(
    "line",
    [
        "By Monday the rain had stopped.",
        "Read more than one book, he said.",
        "Anna Berg Left Oslo.",
        "The minister said that rain fell on Oslo and that more would come",
        "Source: the ministry. It gave no figure.",
    ],
)
def test_prose_is_read(line: str) -> None:
    assert clean(f"Rain fell on Oslo.\n{line}").text.endswith(line)


def test_text_of_one_line_is_read_even_if_it_looks_like_a_headline() -> None:
    assert clean("Storm Odette Kills Nine").text == "Storm Odette Kills Nine"


def test_wrapped_lines_are_one_paragraph() -> None:
    text = (
        "The minister told reporters on Monday that the harbour\n"
        "would close for a week, and that the ships which wait\r\n"
        "outside would be sent to Oslo.\n"
    )
    cleaned = clean(text)
    assert cleaned.blocks == (0,)
    assert "harbour would close" in cleaned.text
    assert "wait outside" in cleaned.text


@pytest.mark.parametrize("line_break", ["\n", "\r\n", "\n\n", "\u2029"])
def test_paragraph_starts_a_sentence(line_break: str) -> None:
    cleaned = clean(f"Rain fell.{line_break}Snow fell.")
    assert cleaned.text == "Rain fell.\nSnow fell."
    assert cleaned.blocks == (0, 11)


@pytest.mark.parametrize(
    "headline",
    [
        "Storm Odette Kills Nine People in Norvalia and in Kestria",
        "Odette kills nine people in the north of the two",
    ],
)
def test_headline_is_not_joined_to_the_paragraph_under_it(headline: str) -> None:
    paragraph = "The storm came on Monday, " + "and the rain fell, " * 10 + "until it stopped."
    text = f"{headline}\n{paragraph}"
    assert clean(text).text in (paragraph, text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It rained.Then snow fell.", "It rained. Then snow fell."),
        ("“It rained.”Then snow fell.", "“It rained.” Then snow fell."),
        ("He lives in the U.S.Then he left.", "He lives in the U.S.Then he left."),
        ("See example.com and Node.js now.", "See example.com and Node.js now."),
    ],
)
def test_sentences_without_a_space_between(text: str, expected: str) -> None:
    cleaned = clean(text)
    assert cleaned.text == expected
    assert bool(GLUED.search(text)) == (text != expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("\ufeffRain\u00ad fell.", "Rain fell."),
        ("Rain\u00a0\t  fell.", "Rain fell."),
        ("\u200fRain\u202e fell\u202c.", "Rain fell."),
        ("Rain 🙂 fell.", "Rain 🙂 fell."),
        ("Rain\x00fell.", "Rain fell."),
        ("מבול fell.", "מבול fell."),
    ],
)
def test_invisible_characters_and_odd_spaces(text: str, expected: str) -> None:
    assert clean(text).text == expected


def test_what_is_longer_than_a_word_is_broken() -> None:
    """spaCy's tokenizer takes the square of the length of a run of brackets."""
    for text in ("(" * 10_000, "([{" * 3_000, "a" * 10_000, "a(" * 5_000):
        cleaned = clean(text)
        assert max(map(len, cleaned.text.split())) <= LONGEST_WORD
        assert cleaned.text.replace(" ", "") == text
    assert max(map(len, clean("=" * 500).text.split())) <= MOST_SIGNS
    assert clean("x" * LONGEST_WORD).text == "x" * LONGEST_WORD


@pytest.mark.parametrize("text", ["", " ", "\n\n", "\u200b\u200b", "\u200b\n\u200b", "\x00"])
def test_nothing_to_read(text: str) -> None:
    cleaned = clean(text)
    assert cleaned.text.strip() == ""
    assert len(cleaned.offsets) == len(cleaned.text)


HUGE = {
    "spaces": " " * 1_000_000,
    "brackets": "(" * 10_000,
    "square": "[]" * 500_000,
    "stops": "." * 1_000_000,
    "quotes": "”" * 1_000_000,
    "invisible": "\u200b" * 1_000_000,
    "capitals": "A" * 1_000_000,
    "capital words": "A " * 500_000,
    "lines": "a\n" * 500_000,
    "wrapped": ("a" * 60 + "\n") * 16_000,
    "byline": "by" + " " * 500_000 + "x" * 200 + "\nx",
    "datelines": "KYIV (" * 150_000,
    "glued": "Abc.Def ghi" * 90_000,
    "blank lines": "\n" * 1_000_000,
}


@pytest.mark.parametrize("text", HUGE.values(), ids=HUGE.keys())
def test_time_is_linear(text: str) -> None:
    """Ten seconds for a million characters is twenty times what it takes; a square law takes hours."""
    start = time.perf_counter()
    clean(text)
    assert time.perf_counter() - start < 10


def test_original_maps_a_span_back() -> None:
    cleaned = clean("OSLO (AP) — The  rain\u00adfall stopped.")
    start = cleaned.text.index("rainfall")
    first, last = cleaned.original(start, start + len("rainfall"))
    assert "OSLO (AP) — The  rain\u00adfall stopped."[first:last] == "rain\u00adfall"
    assert isinstance(cleaned, Cleaned)
