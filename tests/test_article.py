"""The public article, end to end: what must be in its graph, and what must not stand there as fact."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from graph.model import Article, Modality, Node, Polarity, Reading, Statement
from graph.text.reader import Reader

FILE = Path(__file__).resolve().parents[2] / "shared" / "articles" / "000_7176ba4e2802d932.txt"

pytestmark = pytest.mark.skipif(
    not FILE.exists(), reason="the public article is not laid beside this checkout"
)


@pytest.fixture(scope="module")
def reading() -> Reading:
    text = FILE.read_text(encoding="utf-8")
    return Reader().read(Article(text, published=date(2023, 3, 18)))


def about(reading: Reading, subject: str, predicate: str, words: str = "") -> list[Statement]:
    """The statements with that subject, a predicate that holds a word, and an object that holds words."""
    return [
        one
        for one in reading.statements
        if one.subject.label == subject
        and predicate in one.predicate.label.split()
        and words in (one.object.label if isinstance(one.object, Node) else one.object.value)
    ]


def test_xi_plans_to_visit_moscow(reading: Reading) -> None:
    (visit,) = about(reading, "Xi Jinping", "visit", "Moscow")
    assert (visit.modality, visit.polarity) == (Modality.PLANNED, Polarity.POSITIVE)
    assert visit.time is not None
    assert (visit.time.start, visit.time.end) == (date(2023, 3, 20), date(2023, 3, 26))


def test_the_court_wants_to_try_putin(reading: Reading) -> None:
    (trial,) = about(reading, "International Criminal Court", "trial", "Vladimir Putin")
    assert trial.modality in (Modality.INTENDED, Modality.REQUESTED, Modality.PLANNED)


def test_russia_annexed_crimea_in_2014(reading: Reading) -> None:
    (annexed,) = about(reading, "Russia", "annex", "Crimea")
    assert (annexed.modality, annexed.polarity) == (Modality.ASSERTED, Polarity.POSITIVE)
    assert annexed.time is not None
    assert (annexed.time.start, annexed.time.end) == (date(2014, 1, 1), date(2014, 12, 31))


def test_the_united_states_say_that_they_oppose_a_ceasefire(reading: Reading) -> None:
    effort, china = about(reading, "United States", "oppose")
    assert (effort.predicate.id, china.predicate.id) == ("oppose", "oppose_effort_by")
    for opposed in (effort, china):
        assert opposed.modality is not Modality.ASSERTED
        assert opposed.attributed_to is not None
        assert opposed.attributed_to.label == "United States"
    (proposed,) = about(reading, "China", "propose", "ceasefire")
    assert proposed.modality is not Modality.ASSERTED


def test_china_refuses_to_condemn(reading: Reading) -> None:
    (condemned,) = about(reading, "China", "condemn")
    assert condemned.polarity is Polarity.NEGATIVE


def test_the_accused_are_only_accused(reading: Reading) -> None:
    for who in ("NATO", "United States"):
        for one in about(reading, who, "provoke"):
            assert one.modality is Modality.CLAIMED
            assert one.attributed_to is not None


@pytest.mark.parametrize(
    ("subject", "predicate"),
    [
        ("Xi Jinping", "visit"),
        ("Russia", "withdraw"),
        ("Russia", "use"),
        ("Russia", "regroup"),
        ("Taiwan", "seize"),
        ("Taiwan", "seized"),
        ("Vladimir Putin", "discuss"),
        ("Xi Jinping", "discuss"),
        ("Xi Jinping", "meet"),
        ("war", "spiral"),
    ],
)
def test_what_is_planned_wanted_or_claimed_is_not_asserted(
    reading: Reading, subject: str, predicate: str
) -> None:
    for one in about(reading, subject, predicate):
        assert one.modality is not Modality.ASSERTED, one


def test_offsets_are_exact(reading: Reading) -> None:
    text = reading.article.text
    assert len(reading.statements) > 30
    for one in reading.statements:
        assert text[one.start : one.end] == one.sentence
        parts = (one.subject, one.predicate, one.object, one.attributed_to, one.place)
        for part in (*parts, *(argument.value for argument in one.arguments)):
            if part is not None:
                assert text[part.start : part.end] == part.text
    for mention in reading.mentions:
        assert text[mention.start : mention.end] == mention.text
