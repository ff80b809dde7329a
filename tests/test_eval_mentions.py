"""The scores of mentions, coreference and linking, on the examples of the papers and on one made up."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from readings import visit

from graph.model import Entity, EntityType, Mention, Reading
from tests.eval import mentioned
from tests.eval.clusters import SCORES, Partition, b_cubed, ceaf_e, conll, muc
from tests.eval.gum import Document, Gold, parse
from tests.eval.mentioned import Ours, Sums, align, count, linked, plain


def partition(words: str) -> Partition:
    return [set(cluster) for cluster in words.split()]


# Bagga and Baldwin (1998) and Luo (2005) score these answers to one key.
KEY = partition("12345 67 89ABC")
FIRST, SECOND = partition("12345 6789ABC"), partition("1234589ABC 67")
ONE, EACH = partition("123456789ABC"), partition("1 2 3 4 5 6 7 8 9 A B C")


@pytest.mark.parametrize(
    ("key", "answer", "precision", "recall"),
    [
        (partition("ABCD"), partition("AB CD"), 2 / 2, 2 / 3),  # Vilain et al. (1995)
        (partition("AB CD"), partition("ABCD"), 2 / 3, 2 / 2),
        (partition("ABCD"), partition("BD"), 1 / 1, 1 / 3),
        (KEY, FIRST, 9 / 10, 9 / 9),
        (KEY, SECOND, 9 / 10, 9 / 9),
        (KEY, [], 0, 0),
    ],
)
def test_muc(key: Partition, answer: Partition, precision: float, recall: float) -> None:
    score = muc(key, answer)
    assert (score.precision, score.recall) == pytest.approx((precision, recall))


@pytest.mark.parametrize(
    ("answer", "precision", "recall"),
    [(FIRST, 16 / 21, 1), (SECOND, 7 / 12, 1), (EACH, 1, 3 / 12), ([], 0, 0)],
)
def test_b_cubed(answer: Partition, precision: float, recall: float) -> None:
    score = b_cubed(KEY, answer)
    assert (score.precision, score.recall) == pytest.approx((precision, recall))


@pytest.mark.parametrize(
    ("answer", "f1"), [(FIRST, 0.733), (SECOND, 0.667), (ONE, 0.294), (EACH, 0.178), ([], 0)]
)
def test_ceaf_e(answer: Partition, f1: float) -> None:
    assert ceaf_e(KEY, answer).f1 == pytest.approx(f1, abs=0.0005)


def test_the_pairing_of_clusters_is_the_best_and_not_the_first() -> None:
    # The most alike pair (ABC, AB) first would leave D without an answer.
    assert ceaf_e(partition("ABC DE"), partition("AB CDE")).right == pytest.approx(4 / 5 + 4 / 5)
    assert ceaf_e(partition("ABCD EF"), partition("ABE CDF")).right == pytest.approx(4 / 7 + 2 / 5)


def test_scores_of_documents_add_up() -> None:
    both = {name: score(KEY, KEY) + score(KEY, EACH) for name, score in SCORES.items()}
    assert both["muc"].recall == pytest.approx(9 / 18)
    assert both["b3"].recall == pytest.approx((12 + 3) / 24)
    assert conll(both) == pytest.approx(sum(score.f1 for score in both.values()) / 3)


HALE = "Ada_Hale_%28mayor%29"
CONLLU = f"""
# meta::dateCreated = 2017-07-18
# newpar
# newpar_block = head (1 s)
1 Ada Ada PROPN NNP _ 3 nsubj _ Entity=(1-person-new-nnnnn-cf1-1,2-coref-{HALE}
2 Hale Hale PROPN NNP _ 1 flat _ Entity=1)
3 met meet VERB VBD _ 0 root _ _
4 her she PRON PRP$ _ 5 nmod _ Entity=(2-person-new-nnnnn-cf1-2-sgl(1-person-giv-nnnnn-cf1-1-coref-{HALE})
5 aide aide NOUN NN _ 3 obj _ Entity=2)|SpaceAfter=No
6 . . PUNCT . _ 3 punct _ _

# newpar
# newpar_block = p (1 s)
1-2 Hale's _ _ _ _ _ _ _ _
1 Hale Hale PROPN NNP _ 3 nmod _ Entity=(1-person-giv-nnnnn-cf1-1-coref-{HALE}
2 's 's PART POS _ 1 case _ Entity=1)
2.1 then then ADV RB _ _ _ _ _
3 day day NOUN NN _ 0 root _ Entity=(7-time-new-nnnnn-cf1-1-sgl)
"""


@pytest.fixture
def document() -> Document:
    lines = (raw if raw.startswith("#") else "\t".join(raw.split(" ")) for raw in CONLLU.splitlines())
    return parse(lines)


def test_a_gum_document_is_its_text_with_nested_mentions(document: Document) -> None:
    assert document.text == "Ada Hale met her aide.\nHale's day "
    assert document.article.published == date(2017, 7, 18)
    found = [(document.text[m.start : m.end], m.entity, m.kind, m.named, m.title) for m in document.mentions]
    assert found == [
        ("Ada Hale", "1", "person", True, "Ada Hale (mayor)"),
        ("her", "1", "person", False, "Ada Hale (mayor)"),
        ("her aide", "2", "person", False, ""),
        ("Hale's", "1", "person", True, "Ada Hale (mayor)"),
        ("day", "7", "time", False, ""),
    ]
    (least,) = document.mentions[2].least
    assert document.text[slice(*least)] == "aide"


def gold(start: int, end: int, entity: str, title: str = "", least: tuple[int, int] | None = None) -> Gold:
    return Gold(start, end, (least or (start, end),), entity, "person", named=bool(title), title=title)


def test_a_mention_is_the_shortest_that_it_lies_in_and_has_a_needed_word_of() -> None:
    wide, narrow, other = gold(0, 30, "1", least=(20, 30)), gold(0, 10, "2"), gold(40, 50, "3")
    found = align([wide, narrow, other], [Ours(0, 10, "us"), Ours(22, 30, "trump"), Ours(12, 15, "ex")])
    assert [mention for _, mention in found] == [narrow, wide, None]


def test_a_mention_is_found_once() -> None:
    one = gold(0, 10, "1")
    same, another = Ours(2, 10, "a"), Ours(4, 10, "b")
    assert align([one], [Ours(0, 10, "a"), same, another]) == [(Ours(0, 10, "a"), one), (another, None)]


@pytest.mark.parametrize(
    ("name", "expected"),
    [("The Hague", "hague"), ("Ada Hale (mayor)", "ada hale"), ("U.S.", "us"), ("Köln", "koln"), ("The", "")],
)
def test_names_are_compared_without_what_does_not_tell(name: str, expected: str) -> None:
    assert plain(name) == expected


def test_linking_counts_named_mentions_with_a_title() -> None:
    known = [
        Entity("a", "Hale", EntityType.PERSON, aliases=("Ada Hale",)),
        Entity("b", "Vale", EntityType.PERSON),
    ]
    wanted = [
        gold(0, 4, "1", "Ada Hale (mayor)"),
        gold(5, 9, "2", "Ann Vale"),
        gold(10, 14, "3", "Oda Dale"),
        gold(15, 18, "1"),
    ]
    pairs = [(Ours(0, 4, "a"), wanted[0]), (Ours(5, 9, "b"), wanted[1]), (Ours(15, 18, "a"), wanted[3])]
    score = linked(wanted, pairs, known)
    assert (score.precision, score.recall) == (1 / 2, 1 / 3)


def test_counting_a_document_leaves_times_and_singletons_out(document: Document) -> None:
    spans = [(m.start, m.end) for m in document.mentions if m.named]
    mentions = tuple(Mention("hale", document.text[start:end], start, end) for start, end in spans)
    sums = Sums()
    count(document, Reading(document.article, (), (), mentions), sums)
    assert (sums.mentions.precision, sums.mentions.recall) == (1, 2 / 4)  # the day is no mention
    assert (sums.names.found, sums.names.wanted) == (2, 2)
    assert (sums.links.precision, sums.links.wanted) == (0, 2)
    assert (sums.clusters["muc"].right, sums.clusters["muc"].wanted) == (1, 2)
    assert sums.clusters["ceafe"].wanted == 1  # the aide is alone


def test_the_nodes_of_statements_are_mentions_too() -> None:
    reading = visit()
    first = reading.statements[0].subject
    named = replace(reading, mentions=(Mention("named", first.text, first.start, first.end),))
    made = list(mentioned.ours(named))
    assert made[0] == Ours(first.start, first.end, "named")
    assert len({(one.start, one.end) for one in made}) == len(made) > 1
