"""The teacher's mistakes with names, and what becomes of them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from graph.training.denoise import correct, denoise, know
from graph.training.evidence import by_form, by_neighbours
from graph.training.places import gazetteer
from graph.training.rows import Paragraph, Span, read
from graph.training.survey import Survey, surface, trim


def paragraph(text: str, *ents: Span, doc: int = 0) -> Paragraph:
    """Words with tags, *Mali/NNP*; a word without one is an IN."""
    pairs = [(word, tag or "IN") for word, _, tag in (part.partition("/") for part in text.split())]
    size = len(pairs)
    return {
        "doc": doc,
        "words": [word for word, _ in pairs],
        "spaces": [True] * size,
        "tags": [tag for _, tag in pairs],
        "deps": ["dep"] * size,
        "heads": [0] * size,
        "ents": list(ents),
        "starts": [1] + [-1] * (size - 1),
    }


def corrected(*document: Paragraph, corpus: tuple[Paragraph, ...] = ()) -> list[list[Span]]:
    correct(list(document), know(Survey((*corpus, *document))))
    return [one["ents"] for one in document]


@pytest.mark.parametrize(
    ("text", "label", "wanted"),
    [
        ("in Mali/NNP", "PERSON", "GPE"),
        ("with Ukrainians/NNPS", "ORG", "NORP"),
        ("in Siberia/NNP", "GPE", "LOC"),
        ("in French/NNP", "LANGUAGE", "LANGUAGE"),
        ("in Jordan/NNP", "PERSON", "PERSON"),  # as often a person's name
        ("in Tuesday/NNP", "DATE", "DATE"),
    ],
)
def test_known_places_and_peoples_get_their_type(text: str, label: str, wanted: str) -> None:
    assert corrected(paragraph(text, (1, 2, label))) == [[(1, 2, wanted)]]


def test_a_person_with_a_title_stays_a_person() -> None:
    assert corrected(paragraph("Mr. Mali/NNP spoke/VBD", (1, 2, "PERSON"))) == [[(1, 2, "PERSON")]]


def test_a_city_that_is_mostly_a_name_of_people_here_is_left_alone() -> None:
    people = tuple(paragraph("with Karaj/NNP Deshmukh/NNP", (1, 3, "PERSON")) for _ in range(3))
    place = paragraph("in Karaj/NNP", (1, 2, "ORG"), doc=1)
    assert corrected(paragraph("in Karaj/NNP", (1, 2, "ORG"))) == [[(1, 2, "GPE")]]
    assert corrected(place, corpus=people) == [[(1, 2, "ORG")]]


def test_the_majority_of_the_corpus_decides() -> None:
    corpus = tuple(paragraph("at Zorbex/NNP", (1, 2, "ORG")) for _ in range(8))
    assert corrected(paragraph("at Zorbex/NNP", (1, 2, "PERSON"), doc=1), corpus=corpus) == [[(1, 2, "ORG")]]
    few = corpus[:2]
    assert corrected(paragraph("at Zorbex/NNP", (1, 2, "PERSON"), doc=1), corpus=few) == [[(1, 2, "PERSON")]]


def test_a_last_name_is_shared_within_its_document() -> None:
    full = paragraph("when Ada/NNP Ferran/NNP spoke/VBD", (1, 3, "PERSON"))
    wrong = paragraph("then Ferran/NNP left/VBD", (1, 2, "ORG"))
    missed = paragraph("and Ferran/NNP sang/VBD")
    part = paragraph("at Ferran/NNP Brightens/NNP")
    assert corrected(full, wrong, missed, part) == [
        [(1, 3, "PERSON")],
        [(1, 2, "PERSON")],
        [(1, 2, "PERSON")],
        [],
    ]


def test_missed_names_are_added_where_they_stand_free() -> None:
    assert corrected(paragraph("in Mali/NNP and South/NNP Korea/NNP")) == [[(1, 2, "GPE"), (3, 5, "GPE")]]
    assert corrected(paragraph("the Mali/NNP Lantern/NNP")) == [[]]  # part of a longer name
    assert corrected(paragraph("the Mali/NNP Herald/NNP")) == [[(1, 3, "ORG")]]
    assert corrected(paragraph("a Mali/NNP -/HYPH born/VBN")) == [[]]
    assert corrected(paragraph("the Russian/JJ army/NN")) == [[(1, 2, "NORP")]]
    assert corrected(paragraph("to Nice/JJ")) == [[]]


def test_a_frequent_name_is_found_everywhere() -> None:
    corpus = tuple(paragraph("at Zorbex/NNP Mills/NNPS", (1, 3, "ORG")) for _ in range(10))
    assert corrected(paragraph("near Zorbex/NNP Mills/NNPS", doc=1), corpus=corpus) == [[(1, 3, "ORG")]]
    assert corrected(paragraph("near Zorbex/NNP Mills/NNPS", doc=1), corpus=corpus[:9]) == [[]]


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("Hurricane Odette", "EVENT"),
        ("the Tropical Storm Odette", "EVENT"),
        ("Quill F.C.", "ORG"),
        ("Quill Motors", "ORG"),
        ("USS Hale", "PRODUCT"),
        ("Ministry of Tides", "ORG"),
        ("Quill Bridge", "FAC"),
        ("Kestria River", "LOC"),
        ("Ada Hale", "PERSON"),
        ("Ada Hale University", "ORG"),
        ("Ada Church", "PERSON"),
        ("Ada Hale Prize", None),
        ("storm Harbours", None),
        ("Quill", None),
        ("Hale Quill", None),
    ],
)
def test_a_name_says_its_type_itself(name: str, label: str | None) -> None:
    assert by_form(name.split(), {"Ada"}) == label


def test_neighbours_say_the_type_of_a_name() -> None:
    titled = paragraph("President/NNP Zorbex/NNP")
    firm = paragraph("the/DT firm/NN Zorbex/NNP")
    aged = paragraph("Zorbex/NNP ,/, 34/CD ,/, left/VBD")
    apposed = paragraph("Zorbex/NNP ,/, a/DT poet/NN")
    apposed["heads"], apposed["deps"] = [0, 0, 3, 0], ["nsubj", "punct", "det", "appos"]
    assert by_neighbours(titled, 1, 2) == "PERSON"
    assert by_neighbours(firm, 2, 3) == "ORG"
    assert by_neighbours(aged, 0, 1) == "PERSON"
    assert by_neighbours(apposed, 0, 1) == "PERSON"
    assert by_neighbours(paragraph("at Zorbex/NNP"), 1, 2) is None


def test_a_document_decides_on_a_name_together() -> None:
    shown = paragraph("the/DT firm/NN Zorbex/NNP", (2, 3, "ORG"))
    wrong = paragraph("then Zorbex/NNP left/VBD", (1, 2, "PERSON"))
    missed = paragraph("and Zorbex/NNP sang/VBD")
    assert corrected(shown, wrong, missed) == [[(2, 3, "ORG")], [(1, 2, "ORG")], [(1, 2, "ORG")]]


def test_a_storm_is_found_whole() -> None:
    one = paragraph("as Tropical/NNP Storm/NNP Odette/NNP hit/VBD", (3, 4, "PERSON"))
    assert corrected(one) == [[(1, 4, "EVENT")]]


def test_first_names_are_those_of_many_people() -> None:
    people = [paragraph(f"as Ida/NNP Hale{n}/NNP", (1, 3, "PERSON")) for n in range(12)]
    things = [paragraph(f"as Port/NNP Hale{n}/NNP", (1, 3, "GPE")) for n in range(12)]
    assert Survey([*people, *things]).first_names() == {"Ida"}
    assert Survey(people[:4]).first_names() == frozenset()


def test_marks_at_the_ends_are_no_part_of_a_name() -> None:
    one = paragraph("``/`` Mali/NNP ’s/POS", (0, 3, "ORG"))
    assert trim(one, (0, 3, "ORG")) == (1, 2, "ORG")
    assert surface(one, 1, 3) == "Mali 's"
    assert corrected(one) == [[(1, 2, "GPE")]]


def test_the_gazetteer_gives_no_name_two_types() -> None:
    sure, cities = gazetteer()
    assert not set(sure) & set(cities)
    assert {sure["Kyiv"], sure["the Middle East"], sure["Dutch"], cities["Rosario"]} == {"GPE", "LOC", "NORP"}
    assert "Georgia" not in sure
    assert "Georgia" not in cities
    assert not [name for name in sure if "," in name and name != "Washington, D.C."]


def test_corrected_files_keep_every_paragraph_and_count_what_changed(tmp_path: Path) -> None:
    labels, out = tmp_path / "labels", tmp_path / "out"
    labels.mkdir()
    out.mkdir()
    rows = [paragraph("in Mali/NNP", (1, 2, "PERSON"), doc=n) for n in range(3)] + [
        paragraph("and so on", doc=3)
    ]
    (labels / "one.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    denoise(labels, out)
    found = list(read(out / "one.jsonl"))
    assert [one["words"] for one in found] == [one["words"] for one in rows]
    assert [one["ents"] for one in found] == [[(1, 2, "GPE")]] * 3 + [[]]
    assert json.loads((out / "changes.json").read_text("utf-8")) == {"PERSON->GPE": 3}
