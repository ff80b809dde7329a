"""Text on its way to training: gathered, cut, made untidy, and shared out."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from random import Random

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import DocBin

from graph.errors import BadEncoding, UnreadableSource
from graph.training.build import build
from graph.training.gather import corpus_files, gather
from graph.training.rows import Paragraph
from graph.training.splits import PARTS, STRANGERS, USES, uses
from graph.training.teacher.label import may_start
from graph.training.tokens import from_paragraph, is_sound, join, pieces, sentences, text_of, to_doc
from graph.training.untidy import Change, dateline, glue, headline, recase, title_word, typographic, untidier

NLP = spacy.blank("en")
UNTIDIER = untidier(NLP, Random(0))


TALKS = 'The "talks" ended -- it didn\'t help. Peru left Geneva.'
# Word, tag, label, how far away the head is, whether a space follows.
TALKS_TOKENS = """\
The DT det 2 yes
" `` punct 1 no
talks NNS nsubj 2 no
" '' punct -1 yes
ended VBD ROOT 0 yes
-- : punct -1 yes
it PRP nsubj 3 yes
did VBD aux 2 no
n't RB neg 1 yes
help VB ccomp -5 no
. . punct -6 yes
Peru NNP nsubj 1 yes
left VBD ROOT 0 yes
Geneva NNP dobj -1 no
. . punct -2 no
"""


def talks() -> Paragraph:
    """Return two sentences, labelled by hand."""
    rows = [line.split() for line in TALKS_TOKENS.splitlines()]
    return {
        "doc": 0,
        "words": [row[0] for row in rows],
        "spaces": [row[4] == "yes" for row in rows],
        "tags": [row[1] for row in rows],
        "deps": [row[2] for row in rows],
        "heads": [i + int(row[3]) for i, row in enumerate(rows)],
        "ents": [(11, 12, "GPE"), (13, 14, "GPE")],
        "starts": [1 if i in (0, 11) else -1 for i in range(len(rows))],
    }


def test_the_example_is_what_it_says() -> None:
    assert text_of(from_paragraph(talks())) == TALKS
    assert [len(sentence) for sentence in sentences(from_paragraph(talks()))] == [11, 4]


def rows_of(folder: Path, name: str, text: str) -> list[dict[str, object]]:
    corpus, out = folder / "corpus", folder / "out"
    corpus.mkdir(parents=True)
    out.mkdir()
    (corpus / name).write_text(text, "utf-8")
    gather(corpus, out)
    return [json.loads(line) for path in out.iterdir() for line in path.read_text("utf-8").splitlines()]


def test_sentences_are_grouped_within_their_document(tmp_path: Path) -> None:
    text = "One met two.\nThree met four.\nFive met six.\n\n\nSeven met eight.\nNine met ten.\n"
    rows = rows_of(tmp_path, "a.sent.txt", text)
    assert "".join(w for row in rows for w in row["words"]) == "".join(text.split())
    assert [row["doc"] for row in rows] == sorted(row["doc"] for row in rows)
    assert {row["doc"] for row in rows} == {0, 1}
    assert sum(start == 1 for row in rows for start in row["starts"]) == 5
    assert all(row["spaces"][-1] for row in rows)


def test_paragraphs_stay_whole_and_too_short_or_long_ones_are_left_out(tmp_path: Path) -> None:
    rows = rows_of(tmp_path, "a.par.txt", "One met two. They sang.\nLonely\n" + "la " * 401 + "\nTen left.\n")
    assert [row["words"] for row in rows] == [
        ["One", "met", "two", ".", "They", "sang", "."],
        ["Ten", "left", "."],
    ]
    assert [row["starts"] for row in rows] == [None, None]


def test_a_source_is_cut_the_same_whatever_lies_beside_it(tmp_path: Path) -> None:
    text = "".join(f"Number {n} met its neighbour.\n" for n in range(40))
    alone = rows_of(tmp_path / "alone", "b.sent.txt", text)
    beside = tmp_path / "beside"
    (beside / "corpus").mkdir(parents=True)
    (beside / "out").mkdir()
    with gzip.open(beside / "corpus" / "b.sent.txt.gz", "wt", encoding="utf-8") as file:
        file.write(text)
    (beside / "corpus" / "a.sent.txt").write_text(text, "utf-8")
    gather(beside / "corpus", beside / "out")
    assert [
        json.loads(line) for line in (beside / "out" / "b.jsonl").read_text("utf-8").splitlines()
    ] == alone


@pytest.mark.parametrize(
    ("name", "data", "error", "message"),
    [
        ("a.par.txt", b"caf\xe9 closed", BadEncoding, "'a.par.txt' is not in UTF-8"),
        ("a.par.txt.gz", b"no gzip", UnreadableSource, "not a whole gzip file"),
        (
            "a.par.txt.gz",
            gzip.compress(b"One met two.\n" * 99, mtime=0)[:-9],
            UnreadableSource,
            "not a whole gzip file",
        ),
    ],
)
def test_a_source_that_cannot_be_read_is_named(
    tmp_path: Path, name: str, data: bytes, error: type[Exception], message: str
) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(error, match=message):
        gather(tmp_path, tmp_path)


def test_two_files_of_one_name_are_refused(tmp_path: Path) -> None:
    for name in ("a.par.txt", "a.sent.txt.gz", "b.par.txt"):
        (tmp_path / name).write_bytes(b"")
    with pytest.raises(UnreadableSource, match="2 files named 'a'"):
        corpus_files(tmp_path)


@pytest.mark.parametrize(
    ("words", "may"),
    [
        ("", True),
        ("It ended .", True),
        ('He said " go . "', True),
        ("the U.S.", True),
        ("a big", False),
        ("a )", False),
    ],
)
def test_sentences_start_after_closing_punctuation(words: str, may: bool) -> None:
    assert may_start([*words.split(), "The"], len(words.split())) is may


def test_tokens_become_the_document_that_they_came_from() -> None:
    paragraph = talks()
    doc = to_doc(NLP.vocab, from_paragraph(paragraph))
    assert doc.text == TALKS
    assert [t.head.i for t in doc] == paragraph["heads"]
    assert [t.tag_ for t in doc] == paragraph["tags"]
    assert [(e.start, e.end, e.label_) for e in doc.ents] == paragraph["ents"]
    assert [t.i for t in doc if t.is_sent_start] == [0, 11]


def test_a_long_paragraph_is_cut_at_sentence_ends() -> None:
    assert [len(piece) for piece in pieces(talks(), 12)] == [11, 4]
    assert [len(piece) for piece in pieces(talks(), 15)] == [15]
    assert all(is_sound(piece) for piece in pieces(talks(), 5))


def test_lists_are_joined_with_white_space_that_belongs_to_the_first() -> None:
    joined = join([from_paragraph(talks()), from_paragraph(talks())], "\n\n")
    assert text_of(joined) == f"{TALKS}\n\n{TALKS}"
    assert (joined[15].tag, joined[15].dep, joined[15].parent) == ("_SP", "dep", joined[14])
    assert is_sound(joined)
    assert text_of(join([from_paragraph(talks()), from_paragraph(talks())], " ")) == f"{TALKS} {TALKS}"


def test_a_list_whose_parent_is_elsewhere_is_not_sound() -> None:
    assert not is_sound(from_paragraph(talks())[:4])


def test_each_change_does_what_it_says() -> None:
    def changed(change: Change, seed: int = 1) -> str:
        result = change(from_paragraph(talks()), Random(seed))
        assert result
        assert is_sound(result)
        return text_of(result)

    assert {changed(typographic, seed) for seed in range(20)} == {
        "The “talks” ended – it didn’t help. Peru left Geneva.",
        "The “talks” ended — it didn’t help. Peru left Geneva.",
        "The “talks” ended—it didn’t help. Peru left Geneva.",
    }
    assert changed(recase(str.upper)) == TALKS.upper()
    assert changed(recase(title_word)) == 'The "Talks" Ended -- it didn\'t Help. Peru Left Geneva.'
    assert {changed(glue, seed) for seed in range(20)} == {TALKS, TALKS.replace(". Peru", ".Peru")}
    heads = {changed(headline, seed).split("\n", 1)[0] for seed in range(40)}
    plain = 'The "talks" ended -- it didn\'t help'
    assert heads == {plain, plain.upper(), 'The "Talks" Ended -- it didn\'t Help'}
    lines = {changed(dateline([("Lima", "Peru")]), seed).removesuffix(TALKS) for seed in range(200)}
    assert {line.split(" (")[0].split(",")[0].split(" ")[0] for line in lines} == {"LIMA", "Lima"}
    assert any("LIMA, Peru (" in line for line in lines)


def test_a_headline_needs_a_second_sentence() -> None:
    first = next(pieces(talks(), 11))
    assert headline(first, Random(0)) is None


@settings(max_examples=80, deadline=None)
@given(st.integers(0, 2**32), st.booleans())
def test_an_untidy_copy_keeps_labels_and_tokens(seed: int, first_copy: bool) -> None:
    UNTIDIER.rng.seed(seed)
    tidy = from_paragraph(talks())
    before = text_of(tidy)
    untidy = UNTIDIER.apply(tidy, first_copy=first_copy)
    assert text_of(tidy) == before  # the tidy text is left as it was
    assert is_sound(untidy)
    assert [t.text for t in NLP(text_of(untidy))] == [t.word for t in untidy]
    doc = to_doc(NLP.vocab, untidy)
    kept = [(t.tag_, t.dep_) for t in doc]
    words = [(t.tag, t.dep) for t in tidy if t.tag != "."]
    rest = iter(kept)
    assert all(label in rest for label in words)  # in order; a dateline may come before, a full stop be lost


def test_every_change_happens_that_leaves_the_tokens_alone() -> None:
    UNTIDIER.rng.seed(0)
    seen = {text_of(UNTIDIER.apply(from_paragraph(talks()), first_copy=False)) for _ in range(400)}
    for sign in ("“", "—", "\n", "(", ".Peru", "Left", "geneva"):
        assert any(sign in text for text in seen), sign
    assert not any(
        "THE" in text for text in seen
    )  # spaCy cuts DIDN'T elsewhere: no change that moves tokens is kept


def test_a_document_belongs_to_one_part() -> None:
    shares = {name: [use.part_of(n) for n in range(1200)] for name, use in USES.items()}
    assert set(shares["gmb_voa"]) == set(PARTS)
    assert shares["gmb_voa"].count("heldout") == 1200 / 25
    assert set(shares["masc_newspaper"]) == {"train"}


def test_a_corpus_of_strangers_is_measured_on_too() -> None:
    assert uses(["gmb_voa", "village"]) == {
        "gmb_voa": USES["gmb_voa"],
        "village": uses(["gmb_voa", "x"])["x"],
    }
    assert uses(["gmb_voa", "village"])["village"].part_of(0) == "train"
    assert uses(["village"]) == {"village": STRANGERS}
    assert {STRANGERS.part_of(n) for n in range(10)} == set(PARTS)


def test_share_and_seed_choose_the_training_documents(tmp_path: Path) -> None:
    corrected = tmp_path / "corrected"
    corrected.mkdir()
    rows = [{**talks(), "doc": number} for number in range(60)]
    (corrected / "village.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")

    def built(name: str, share: float, seed: int) -> dict[str, list[str]]:
        out = tmp_path / name
        out.mkdir()
        build(corrected, out, share=share, seed=seed)
        return {
            part: [doc.text for doc in DocBin().from_disk(out / f"{part}.spacy").get_docs(NLP.vocab)]
            for part in PARTS
        }

    whole, again, other, half = built("a", 1, 0), built("b", 1, 0), built("c", 1, 1), built("d", 0.5, 0)
    assert whole == again
    assert whole["train"] != other["train"]
    assert whole["heldout"] == half["heldout"] == [TALKS] * 6
    assert len(whole["train"]) == 48
    assert 10 < len(half["train"]) < 38
