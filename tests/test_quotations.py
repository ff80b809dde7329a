"""Where quotations begin and end, and who speaks them."""

from __future__ import annotations

import pytest
from docs import each, find, make, said_by, table
from spacy.tokens import Doc as Parsed
from spacy.vocab import Vocab

from graph.text.attribution import quotations
from graph.text.tokens import copied

ROWS = """
# the second sentence keeps its speaker, though it says what is possible
Vale/NNP/nsubj/commented/PERSON commented/VBD/ROOT/=comment ,/,/punct/commented “/``/punct/commented
Hale/NNP/nsubj/left/PERSON left/VBD/ccomp/commented/=leave Oslo/NNP/dobj/left/GPE ././punct/commented
Dorn/NNP/nsubj/sell/PERSON could/MD/aux/sell sell/VB/ROOT the/DT/det/ships ships/NNS/dobj/sell ././punct/sell
”/''/punct/sell
=> left: Vale
=> sell: Vale

# whoever says I in a quotation
“/``/punct/pledge I/PRP/nsubj/pledge pledge/VBP/ccomp/told that/IN/mark/sell Hale/NNP/nsubj/sell/PERSON
will/MD/aux/sell sell/VB/ccomp/pledge ships/NNS/dobj/sell ,/,/punct/told ”/''/punct/told
Vale/NNP/nsubj/told/PERSON told/VBD/ROOT/=tell voters/NNS/dobj/told
=> sell: Vale

# any verb before a colon introduces a quotation
Vale/NNP/nsubj/described/PERSON described/VBD/ccomp/left/=describe Oslo/NNP/dobj/described/GPE
:/:/punct/described “/``/punct/left Hale/NNP/nsubj/left/PERSON left/VBD/ROOT/=leave it/PRP/dobj/left
././punct/left ”/''/punct/left
=> described: -
=> left: Vale

# the nearest verb of speech, not a participle
Vale/NNP/nsubj/wrote/PERSON wrote/VBD/ROOT/=write ,/,/punct/wrote “/``/punct/wrote Dorn/NNP/nsubj/left/PERSON
left/VBD/ccomp/wrote/=leave ”/''/punct/wrote ,/,/punct/left recalling/VBG/advcl/left/=recall a/DT/det/day
day/NN/dobj/recalling
=> left: Vale

# a participle's subject that can speak
Vale/NNP/nsubj/left/PERSON left/VBD/ROOT/=leave ,/,/punct/left saying/VBG/advcl/left/=say “/``/punct/left
Hale/NNP/nsubj/sold/PERSON sold/VBD/dep/left/=sell ships/NNS/dobj/sold ”/''/punct/left
=> sold: Vale

# a participle's subject that cannot speak
Storms/NNS/nsubj/came came/VBD/ROOT/=come ,/,/punct/came saying/VBG/advcl/came/=say “/``/punct/came
Hale/NNP/nsubj/sold/PERSON sold/VBD/dep/came/=sell ships/NNS/dobj/sold ”/''/punct/came
=> sold: -

# the name right behind a verb whose subject the parse takes from the quotation
“/``/punct/left Hale/NNP/nsubj/left/PERSON left/VBD/ROOT/=leave ././punct/left The/DT/det/end
end/NN/nsubj/tweeted ,/,/punct/tweeted ”/''/punct/tweeted tweeted/VBD/ROOT/=tweet Vale/NNP/dobj/tweeted/PERSON
=> left: Vale

# no name behind such a verb
“/``/punct/left Hale/NNP/nsubj/left/PERSON left/VBD/ROOT/=leave ././punct/left The/DT/det/end
end/NN/nsubj/tweeted ,/,/punct/tweeted ”/''/punct/tweeted tweeted/VBD/ROOT/=tweet ././punct/tweeted
=> left: -

# whole sentences after a sentence of the narrator
“/``/punct/sold Hale/NNP/nsubj/sold/PERSON sold/VBD/ccomp/said/=sell ships/NNS/dobj/sold ,/,/punct/said
”/''/punct/said Vale/NNP/nsubj/said/PERSON said/VBD/ROOT/=say ././punct/said He/PRP/nsubj/wept
wept/VBD/ROOT/=weep ././punct/wept “/``/punct/left Dorn/NNP/nsubj/left/PERSON left/VBD/ROOT/=leave
Oslo/NNP/dobj/left/GPE ././punct/left ”/''/punct/left
=> left: Vale
=> wept: -

# an apostrophe closes nothing
Vale/NNP/nsubj/said/PERSON said/VBD/ROOT/=say :/:/punct/said “/``/punct/said The/DT/det/states
states/NNS/poss/rights '/POS/case/states rights/NNS/nsubj/ended ended/VBD/ccomp/said/=end ././punct/said
Dorn/NNP/nsubj/left/PERSON left/VBD/ROOT/=leave Oslo/NNP/dobj/left/GPE ././punct/left ”/''/punct/left
=> ended: Vale
=> left: Vale

# a verb of speech with a report of its own in the next sentence is another's
“/``/punct/left Dorn/NNP/nsubj/left/PERSON left/VBD/ROOT/=leave Oslo/NNP/dobj/left/GPE ././punct/left
”/''/punct/left Vale/NNP/nsubj/said/PERSON said/VBD/ROOT/=say Hale/NNP/nsubj/came/PERSON
came/VBD/ccomp/said/=come ././punct/said
=> left: -
"""


@pytest.mark.parametrize(("notation", "expected"), table(ROWS))
def test_speaker(notation: str, expected: list[str]) -> None:
    doc = make(notation)
    quotes = quotations(doc)
    for verb, who in each(expected):
        assert said_by(find(doc, verb), quotes) == who


def quoted(*pieces: str) -> list[str]:
    """Return the quotations in a text given as tokens, each with the space behind it if there is one."""
    words = [piece.rstrip(" ") for piece in pieces]
    parsed = Parsed(
        Vocab(),
        words=words,
        spaces=[piece.endswith(" ") for piece in pieces],
        sent_starts=[True] + [False] * (len(pieces) - 1),
    )
    doc = copied(parsed)
    quotes = quotations(doc)
    return [doc.text_of(start, end) for start, end in zip(quotes.starts, quotes.ends, strict=True)]


def test_straight_marks_lean_on_what_they_quote() -> None:
    assert quoted('"', "Yes ", "or ", "so", '" ', "and ", '"', "no", '"') == ['"Yes or so"', '"no"']


def test_a_mark_that_closes_nothing_is_left_out() -> None:
    assert quoted("Yes", '" ', "and ", '"', "no", '"') == ['"no"']


def test_free_straight_marks_take_turns() -> None:
    assert quoted('" ', "Yes ", '" ', "no ", '" ', "so ", '"') == ['" Yes "', '" so "']


def test_a_quotation_goes_on_in_the_next_paragraph() -> None:
    assert quoted("“", "Yes", ". ", "\n", "“", "No", ".", "”") == ["“Yes.", "“No.”"]


def test_a_mark_left_open_before_a_paragraph_of_the_narrator_quotes_nothing() -> None:
    assert quoted("“", "Yes", ".", "\n", "No", ".", "”") == []


def test_a_quotation_left_open_hands_its_speaker_on() -> None:
    words = ["Vale", "said", ":", "“", "Yes", ".", "\n", "“", "No", ".", "”"]
    parsed = Parsed(
        Vocab(),
        words=words,
        heads=[1, 1, 1, 4, 1, 1, 1, 8, 8, 8, 8],
        deps=["nsubj", "ROOT", *["punct"] * 2, "intj", *["punct"] * 3, "ROOT", "punct", "punct"],
        tags=["NNP", "VBD", ":", "``", "UH", ".", "_SP", "``", "UH", ".", "''"],
        lemmas=["Vale", "say", *words[2:]],
    )
    doc = copied(parsed)
    assert [found and found.text for found in quotations(doc).speakers] == ["Vale", "Vale"]
