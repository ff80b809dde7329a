"""The reader: the walk of one article, batches of them, and what it refuses."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from dataclasses import replace

import pytest
import spacy
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from graph.errors import EmptyText, InputError, ModelError, NotEnglish, ReadFailed, TooLarge
from graph.model import Article, Failure, Node, Reading, Value
from graph.text import parse as parsing
from graph.text import reader as reader_module
from graph.text.clean import clean
from graph.text.parse import LONGEST_SENTENCE, NEEDED, check, load, parse
from graph.text.reader import Reader
from tests.loaded import PUBLISHED, read, reader

VISIT = "President Xi Jinping will visit Moscow on Monday. He met Vladimir Putin in Kazan last year."
DEAL = "Nordane Energy agreed to buy Oceanlink Grid. The company said the price was too high."
FRENCH = (
    "Le ministre a annoncé mardi que le gouvernement ne relèverait pas les impôts cette année, et que " * 3
)


def parts(reading: Reading) -> Iterator[Node | Value]:
    """Every node and literal of every statement."""
    for made in reading.statements:
        ends = (made.subject, made.object, made.attributed_to, made.place)
        yield from (part for part in ends if part is not None)
        yield from (argument.value for argument in made.arguments)


def check_offsets(reading: Reading) -> None:
    text = reading.article.text
    for made in reading.statements:
        assert text[made.start : made.end] == made.sentence
        assert text[made.predicate.start : made.predicate.end] == made.predicate.text
        assert made.time is None or made.time.text in text
        assert made.start <= made.predicate.start < made.predicate.end <= made.end
    for part in parts(reading):
        assert text[part.start : part.end] == part.text
    for mention in reading.mentions:
        assert text[mention.start : mention.end] == mention.text
        assert mention.text


def check_whole(reading: Reading) -> None:
    """Each id that is used is an entity of the reading; ids and statements are unique."""
    known = {entity.id: entity for entity in reading.entities}
    assert len(known) == len(reading.entities)
    assert {part.id for part in parts(reading) if isinstance(part, Node)} <= known.keys()
    assert {mention.entity for mention in reading.mentions} <= known.keys()
    for entity in reading.entities:
        assert {*entity.mentions, *filter(None, [entity.stands_for])} <= known.keys()
        assert entity.id not in entity.mentions
    for part in parts(reading):
        if isinstance(part, Node):
            assert (part.label, part.type) == (known[part.id].label, known[part.id].type)
    assert len({made.id for made in reading.statements}) == len(reading.statements)
    assert {made.article for made in reading.statements} <= {reading.article.id}
    assert all(0 < made.confidence <= 1 for made in reading.statements)


def facts(reading: Reading) -> list[tuple[str, str, str]]:
    return [
        (s.subject.id, s.predicate.id, s.object.id if isinstance(s.object, Node) else s.object.value)
        for s in reading.statements
    ]


def unscoped(reading: Reading) -> set[tuple[str, ...]]:
    """Facts without the mark that keeps the price of one article apart from that of another."""
    return {tuple(part.partition(".")[0] for part in fact) for fact in facts(reading)}


def test_an_article() -> None:
    reading = read(VISIT)
    assert ("Xi_Jinping", "visit", "Moscow") in facts(reading)
    assert ("Xi_Jinping", "meet", "Vladimir_Putin") in facts(reading)
    check_offsets(reading)
    check_whole(reading)


def test_reading_twice_gives_the_same() -> None:
    assert read(VISIT) == read(VISIT)
    assert read(VISIT) == Reader().read(Article(VISIT, published=PUBLISHED))


def test_id_of_a_statement_depends_on_article_and_words() -> None:
    first, second = read(VISIT), read(f"{VISIT} {DEAL}")
    assert not {s.id for s in first.statements} & {s.id for s in second.statements}


def test_day_of_publication_may_come_from_the_dateline() -> None:
    text = "GENEVA, May 12, 2025 (Wire) — Xi Jinping will visit Moscow next week."
    dated = read(text, published=None).statements[0].time
    assert dated is not None
    assert (dated.text, str(dated.start), str(dated.end)) == ("next week", "2025-05-19", "2025-05-25")
    given_day = read(text).statements[0].time
    assert given_day is not None
    assert str(given_day.start) == "2023-03-20"
    undated = read("GENEVA (Wire) — Xi Jinping will visit Moscow next week.", published=None)
    assert undated.statements[0].time is not None
    assert undated.statements[0].time.start is None


def test_batch_equals_one_by_one() -> None:
    articles = [Article(f"{VISIT} {DEAL} It has {n} ships.", published=PUBLISHED) for n in range(40)]
    many = list(reader().read_many(iter(articles)))
    assert [r.article for r in many if isinstance(r, Reading)] == articles
    assert many[::13] == [reader().read(article) for article in articles[::13]]


def test_failures_stand_in_their_place() -> None:
    small = Reader(max_article=2_000)
    small.nlp = reader().nlp
    articles = [Article(text) for text in (VISIT, "", FRENCH, DEAL, "x" * 2_001, "\u200b\n", VISIT + DEAL)]
    articles[2] = replace(articles[2], title="Une annonce")
    results = list(small.read_many(articles))
    kinds = [type(r.error) if isinstance(r, Failure) else Reading for r in results]
    assert kinds == [Reading, EmptyText, NotEnglish, Reading, TooLarge, EmptyText, Reading]
    failed = [r for r in results if isinstance(r, Failure)]
    assert [f.source for f in failed[:2]] == [articles[1].id, "Une annonce"]


@pytest.mark.parametrize("broken", ["interpret", "parse"])
def test_what_no_one_foresaw_stops_only_its_article(broken: str, monkeypatch: pytest.MonkeyPatch) -> None:
    right = getattr(reader_module, broken)

    def breaks(*given: object) -> object:
        if "Poison" in str([text.text for text in given[1]] if broken == "parse" else given[1]):
            raise RuntimeError("no one foresaw this")
        return right(*given)

    monkeypatch.setattr(reader_module, broken, breaks)
    texts = ("Hale visited Oslo.", "Poison was sold.", "Vale left Rome.")
    found = list(reader().read_many(Article(text) for text in texts))
    assert [type(result) for result in found] == [Reading, Failure, Reading]
    assert isinstance(found[1], Failure)
    assert isinstance(found[1].error, ReadFailed)
    assert "no one foresaw this" in str(found[1].error)


def test_read_many_is_lazy() -> None:
    """Articles are taken a batch at a time, so that a stream of any length fits into memory."""
    taken = []

    def stream() -> Iterator[Article]:
        for n in range(10_000):
            taken.append(n)
            yield Article(f"Xi met Putin {n} times.")

    assert next(reader().read_many(stream()))
    assert len(taken) < 100


def test_no_articles() -> None:
    assert list(reader().read_many([])) == []


@pytest.mark.parametrize(
    ("text", "error", "says"),
    [
        ("", EmptyText, "no text to read"),
        (" \n\t\u200b", EmptyText, "no text to read"),
        (FRENCH, NotEnglish, "'fr'.*English translation"),
        ("Министр финансов объявил об этом", NotEnglish, "another script"),
        ("x" * 1_000_001, TooLarge, "1,000,001 characters.*NEWSGRAPH_MAX_ARTICLE"),
    ],
)
def test_refused_with_a_sentence_that_says_what_to_do(text: str, error: type[InputError], says: str) -> None:
    with pytest.raises(error, match=says):
        read(text)
    with pytest.raises(error, match=says):
        reader().surface(Article(text))


@pytest.mark.parametrize("text", ["Yes.", "Xi.", "...", "(((", "🙂", "1", "a", "The the the.", '"', "— —"])
def test_a_text_that_says_nothing_is_a_reading_without_statements(text: str) -> None:
    reading = read(text)
    assert reading.statements == ()
    check_offsets(reading)


@pytest.mark.parametrize(
    "text",
    [
        VISIT.replace(" ", "\u00a0"),
        VISIT.replace("Xi", "X\u00adi"),
        VISIT.replace(". ", ".\r\n\r\n"),
        VISIT.replace(". He", ".He"),
        f"\ufeff{VISIT}",
        f"\u202e{VISIT}\u202c",
        f"🙂 {VISIT} 👩\u200d🚀",
        f"KAZAN, Russia (AP) — {VISIT}",
        f"By Anna Berg\n\nXi In Moscow\n\n{VISIT}\n\nRead more",
        VISIT.replace("Putin", "Pu\u0301tin"),
    ],
)
def test_dirty_text_has_exact_offsets_and_the_same_facts(text: str) -> None:
    reading = read(text)
    check_offsets(reading)
    check_whole(reading)
    assert ("Xi_Jinping", "visit", "Moscow") in facts(reading)


WORDS = st.sampled_from(
    "Xi Putin Moscow the president he it said that visited , . “ ” \" ( ) — - 's ’ and of who was not\n"
    "will \u200b 🙂 é 中 2014 Friday $3 % U.S. \r\n \t on to by".split(" ")
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(max_size=80) | st.lists(WORDS, max_size=40).map(" ".join))
@example("“" * 50)
@example("\ud800 Xi met Putin.")
@example("Xi met\u2028Putin \x00 on\x85Friday.")
def test_any_text_is_read_or_refused_and_offsets_are_exact(text: str) -> None:
    try:
        reading = read(text)
    except (EmptyText, NotEnglish):
        return
    check_offsets(reading)
    check_whole(reading)


def test_long_article_is_parsed_in_pieces_and_reads_as_its_parts_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parsing, "BATCH_CHARACTERS", 2_000)
    paragraph = f"{VISIT} {DEAL}\n"
    text = paragraph * 30
    doc = next(parse(reader().nlp, [clean(text)]))
    assert doc.text == clean(text).text
    assert len(list(doc.sents)) >= 4 * text.count("\n")
    long, short = read(text), read(paragraph)
    check_offsets(long)
    assert unscoped(short) == unscoped(long)
    assert len(long.statements) >= 0.99 * len(short.statements) * text.count("\n")


def test_other_articles_may_be_read_between_the_pieces_of_a_long_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parsing, "BATCH_CHARACTERS", 2_000)
    long = Article(f"{VISIT} {DEAL}\n" * 30)
    alone = read(long.text)
    meanwhile: list[Reading | Failure] = []
    made = Reader()
    made.pause = lambda: meanwhile.extend(reader().read_many([Article(VISIT)]))
    made.nlp = reader().nlp  # loaded once for all tests
    (reading,) = made.read_many([replace(long, published=alone.article.published)])
    assert reading == alone
    assert len(meanwhile) >= 2
    assert all(isinstance(one, Reading) and one.statements for one in meanwhile)


@pytest.mark.parametrize("text", ["x, " * 3_000, f"{VISIT} " * 60, "x" * 5_000, f"{'x' * 1_999}\n" * 3])
def test_long_article_without_a_paragraph_is_parsed_in_pieces(
    text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parsing, "BATCH_CHARACTERS", 2_000)
    doc = next(parse(reader().nlp, [clean(text)]))
    assert doc.text == clean(text).text
    assert max(len(sent) for sent in doc.sents) <= LONGEST_SENTENCE + 1


def test_memory_does_not_grow_with_the_number_of_articles() -> None:
    def tokens() -> int:
        gc.collect()
        return sum(type(thing).__name__ == "Doc" for thing in gc.get_objects())

    before = tokens()
    for _ in reader().read_many(Article(f"Xi met Putin {n} times.") for n in range(100)):
        pass
    assert tokens() <= before + 1


def test_model_is_loaded_when_first_needed_and_once() -> None:
    lazy = Reader("no_such_model")
    with pytest.raises(ModelError, match="'no_such_model' cannot be loaded; install it"):
        lazy.read(Article(VISIT))
    with pytest.raises(EmptyText):
        lazy.read(Article(""))
    assert reader().nlp is reader().nlp


def test_name_and_version_of_the_model() -> None:
    name, version = reader().name.split(" ")
    assert name.endswith("newsgraph_sm")
    assert version[0].isdigit()


def test_model_without_the_labels_is_refused() -> None:
    blank = spacy.blank("en")
    with pytest.raises(ModelError, match=r"has no parser labels acl, acomp, .*label scheme"):
        check(blank)
    for pipe in NEEDED:
        blank.add_pipe(pipe)
    with pytest.raises(ModelError, match="has no parser labels"):
        check(blank)


def test_folder_that_holds_no_model_is_refused(tmp_path: object) -> None:
    with pytest.raises(ModelError, match="cannot be loaded"):
        load(str(tmp_path))


def test_surface_view_has_one_row_a_clause() -> None:
    rows = reader().surface(Article(VISIT))
    assert (rows[0].relation, rows[0].arguments[0]) == ("will visit", "President Xi Jinping")
    assert all(row.to_tsv().count("\t") == 2 + len(row.arguments) for row in rows)
