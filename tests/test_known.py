"""A user's own list of known entities: how it is read, what it finds, and what is merged into it."""

from __future__ import annotations

from pathlib import Path

import pytest
from calling import Caller, lines
from docs import make
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import SettingsError
from graph.model import Article, Entity, EntityType
from graph.text.clean import clean
from graph.text.entities import Cast, build
from graph.text.known import MAX_NAME, KnownEntities, KnownEntity, load
from graph.text.mentions import names
from graph.text.merging import Rule
from graph.text.reader import Reader, interpret

PERSON, PLACE, ORGANIZATION = EntityType.PERSON, EntityType.PLACE, EntityType.ORGANIZATION
OKAFOR = KnownEntity(
    "Q7", "Maria Okafor", PERSON, ("M. Okafor", "the Iron Clerk"), ("http://ids.example/Q7",)
)

CSV = """id,label,aliases,type
Q7,Maria Okafor,M. Okafor|the Iron Clerk|,Person
http://ids.example/Nordane-2,Nordane,,company
,"Lake, Upper",,
"""
SKOS = """@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix s: <https://schema.org/> .
<http://ids.example/Q7> a skos:Concept, s:Person ; skos:prefLabel "Maria Okafor"@en, "Мария Окафор"@ru ;
    skos:altLabel "the Iron Clerk"@en-GB, "M. Okafor", "die Schreiberin"@de .
<http://ids.example/list#Nordane-2> a s:Corporation ; skos:prefLabel "Nordane" .
<http://ids.example/lake> a skos:Concept ; skos:prefLabel "Lac"@fr .
<http://ids.example/list> a skos:ConceptScheme .
"""


def saved(folder: Path, name: str, text: str | bytes) -> str:
    """Write a list, and return its path as the setting has it."""
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return str(path)


def test_a_table_is_read(tmp_path: Path) -> None:
    listed = load(saved(tmp_path, "mine.csv", "\ufeff" + CSV))
    assert listed.named("the Iron Clerk") == (
        KnownEntity("Q7", "Maria Okafor", PERSON, ("M. Okafor", "the Iron Clerk")),
    )
    same_as = ("http://ids.example/Nordane-2",)
    assert listed.named("Nordane") == (KnownEntity("Nordane-2", "Nordane", ORGANIZATION, (), same_as),)
    assert listed.named("Lake, Upper") == (KnownEntity("Lake_Upper", "Lake, Upper"),)


def test_skos_is_read(tmp_path: Path) -> None:
    listed = load(saved(tmp_path, "mine.ttl", SKOS))
    (okafor,) = listed.named("M. Okafor")
    assert (okafor.id, okafor.label, okafor.type) == ("Q7", "Maria Okafor", PERSON)
    assert set(okafor.aliases) == {"M. Okafor", "the Iron Clerk"}
    assert okafor.same_as == ("http://ids.example/Q7",)
    same_as = ("http://ids.example/list#Nordane-2",)
    assert listed.named("Nordane") == (KnownEntity("Nordane-2", "Nordane", ORGANIZATION, (), same_as),)
    (lake,) = listed.named("Lac")
    assert lake.type is None


def test_no_list_is_the_empty_one() -> None:
    assert list(load("").spans(["Nordane"])) == []


HEAD = "id,label,aliases,type\n"
PREFIX = "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
BAD = [
    ("list.txt", "", r"its name must end with one of \.csv, \.ttl"),
    ("list.csv", "", "line 1 lacks the column 'id'"),
    ("list.csv", "id,name\n", "line 1 lacks the column 'label'"),
    ("list.csv", HEAD + "Q1,,,\n", "line 2 has no label"),
    (
        "list.csv",
        HEAD + "Q1,Nordane,,\nQ2,Hale,,Wizard\n",
        "line 3 has the type 'Wizard'; use one of Person, Org",
    ),
    ("list.csv", HEAD + "Q1,Nordane,,\n\nQ1,Hale,,\n", "line 4 has the id 'Q1' of line 2; give it another"),
    ("list.csv", HEAD + "Q1,Lake, Upper,,Place\n", "line 2 has more fields than the first"),
    ("list.csv", HEAD + "Q 1/2,Hale,,\n", "line 2 has the id 'Q 1/2'; use letters, .* as in 'Q_1_2'"),
    ("list.csv", HEAD + "http://a b/c,Hale,,\n", "line 2 has the id 'http://a b/c', which is no IRI"),
    ("list.csv", HEAD + "Q1,Hale,-|H.,\n", "line 2 has '-', which is no name"),
    ("list.csv", HEAD + f"Q1,{'x' * (MAX_NAME + 1)},,\n", "line 2 has 'x{40}…', which is no name"),
    ("list.csv", HEAD + 'Q1,"Hale"x,,\n', "line 2 is no CSV"),
    ("list.csv", HEAD.encode() + b"Q1,M\xfcller,,\n", "it is not UTF-8"),
    ("list.ttl", PREFIX + "<http://a/Q1> skos:prefLabel .\n", "line 2 is no Turtle"),
    (
        "list.ttl",
        PREFIX + '<http://a/Q1> skos:altLabel "Hale" .\n',
        "<http://a/Q1> has a skos:altLabel and no",
    ),
    (
        "list.ttl",
        PREFIX + '<http://a/1> skos:prefLabel "A" . <http://b/1> skos:prefLabel "B" .',
        "<http://b/1> has the id '1' of <http://a/1>",
    ),
]


@pytest.mark.parametrize(("name", "text", "told"), BAD)
def test_a_bad_list_is_refused_with_its_line(tmp_path: Path, name: str, text: str | bytes, told: str) -> None:
    file = saved(tmp_path, name, text)
    with pytest.raises(SettingsError, match=f"{name} \\(NEWSGRAPH_ENTITIES\\) cannot be used: .*{told}"):
        Reader(entities=file)


def test_a_list_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="it cannot be read"):
        load(str(tmp_path / "none.csv"))


SPANS = [
    (["Maria Okafor"], "said Maria Okafor today", ["Maria Okafor"]),
    (["Okafor", "Maria Okafor"], "Maria Okafor and Okafor", ["Maria Okafor", "Okafor"]),
    (["Maria Okafor Trust", "Maria"], "Maria Okafor left", ["Maria"]),
    (["Hale’s Yard"], "at Hale 's Yard", ["Hale 's Yard"]),
    (["Maria Okafor"], "Maria \n Okafor \n left", ["Maria \n Okafor"]),
    (["Apple"], "an apple", []),
    (["Oka"], "Okafor", []),
]


@pytest.mark.parametrize(("listed", "text", "expected"), SPANS)
def test_names_are_found_as_whole_words_the_longest_first(
    listed: list[str], text: str, expected: list[str]
) -> None:
    known = KnownEntities(KnownEntity(f"Q{i}", name) for i, name in enumerate(listed))
    words = text.split(" ")
    assert [" ".join(words[a:b]) for a, b in known.spans(words)] == expected


@given(st.lists(st.text("ab ", max_size=5)), st.lists(st.text("ab\n", max_size=3)))
def test_spans_do_not_overlap_and_hold_names(labels: list[str], words: list[str]) -> None:
    known = KnownEntities(KnownEntity(str(i), label) for i, label in enumerate(labels) if label.strip())
    last = 0
    for start, end in known.spans(words):
        assert last <= start < end <= len(words)
        assert known.named("".join(words[start:end]))
        last = end


FOUND = [
    # left out by the model, in small letters
    ("the/DT/det/Clerk Iron/JJ/amod/Clerk Clerk/NN/nsubj/left left/VBD/ROOT", "the Iron Clerk"),
    # taken for something else by the model
    ("Maria/NNP/compound/Okafor/ORG Okafor/NNP/nsubj/left/ORG left/VBD/ROOT", "Maria Okafor"),
    # behind a title that is no title of ours
    (
        "Clerkess/NNP/compound/Okafor/PERSON Maria/NNP/compound/Okafor/PERSON Okafor/NNP/nsubj/left/PERSON "
        "left/VBD/ROOT",
        "Maria Okafor",
    ),
]


@pytest.mark.parametrize(("notation", "text"), FOUND)
def test_a_name_of_the_list_is_found_and_typed(notation: str, text: str) -> None:
    doc = make(notation)
    assert [(name.text, name.type) for name in names(doc, KnownEntities([OKAFOR]))] == [(text, PERSON)]


PARTS = [
    ("Okafor/NNP/compound/Street/GPE Street/NNP/nsubj/burned/GPE burned/VBD/ROOT", "Okafor Street"),
    ("Okafor/NNP/compound/Street Street/NNP/nsubj/burned burned/VBD/ROOT", "Okafor Street"),
    ("Anna/NNP/compound/Okafor/PERSON Okafor/NNP/nsubj/left/PERSON left/VBD/ROOT", "Anna Okafor"),
    ("Anna/NNP/compound/Okafor Okafor/NNP/nsubj/left left/VBD/ROOT", "Anna Okafor"),
]


@pytest.mark.parametrize(("notation", "whole"), PARTS)
def test_a_part_of_a_longer_name_is_not_the_listed_one(notation: str, whole: str) -> None:
    listed = KnownEntities([KnownEntity("Q7", "Okafor", PERSON)])
    assert [name.text for name in names(make(notation), listed)] == [whole]


def test_another_name_may_follow_at_once() -> None:
    doc = make("Nordane/NNP/compound/Berg chief/NNP/compound/Berg Berg/NNP/nsubj/left/PERSON left/VBD/ROOT")
    listed = KnownEntities([KnownEntity("Q8", "Nordane", ORGANIZATION)])
    assert names(doc, listed)[0].text == "Nordane"


def cast(listed: list[KnownEntity], *rows: str) -> Cast:
    """Build from rows `label text` as the model takes them (`PERSON Maria Okafor`)."""
    known = KnownEntities(listed)
    found = []
    for i, row in enumerate(rows):
        label, _, text = row.partition(" ")
        notation = " ".join(f"{word}/NNP/ROOT/{label}" for word in text.split())
        (name,) = names(make(notation), known)
        found.append(type(name)(i, i + 1, text, name.type, adjective=label == "NORP"))
    return build(found, known)


MERGED = [
    # a name as it stands on the list, and what the article shortens
    (["PERSON Maria Okafor", "PERSON Okafor"], ["Q7", "Q7"]),
    (["PERSON M. Okafor", "ORG Maria Okafor"], ["Q7", "Q7"]),
    # another spelling
    (["PERSON María Okafor", "PERSON Okafor"], ["Q7", "Q7"]),
    # the lexicon's names of a listed country, and its adjective
    (["GPE Russian Federation", "NORP Russian"], ["Q159", "Q159"]),
    # someone else of that surname
    (["PERSON Anna Okafor", "PERSON Okafor"], ["Anna_Okafor", "Anna_Okafor"]),
    (["PERSON Anna Okafor", "PERSON Maria Okafor", "PERSON Okafor"], ["Anna_Okafor", "Q7", "Okafor"]),
    # one alias of two, where the article says which
    (["PERSON Bill Clinton", "PERSON Clinton"], ["Q1", "Q1"]),
    (["PERSON Clinton"], ["Clinton"]),
    (["PERSON Bill Clinton", "PERSON Hillary Clinton", "PERSON Clinton"], ["Q1", "Q2", "Clinton"]),
    # an alias that is a part of the name of someone who is not on the list
    (["PERSON Henry Ford", "PERSON Ford"], ["Henry_Ford", "Henry_Ford"]),
    (["PERSON Henry Ford", "PERSON William Ford", "PERSON Ford"], ["Henry_Ford", "William_Ford", "Ford"]),
    (["PERSON Ford"], ["Q3"]),
]
LISTED = [
    OKAFOR,
    KnownEntity("Q159", "Russia", PLACE),
    KnownEntity("Q1", "Bill Clinton", PERSON, ("Clinton",)),
    KnownEntity("Q2", "Hillary Clinton", PERSON, ("Clinton",)),
    KnownEntity("Q3", "Anna Ford", PERSON, ("Ford",)),
]


@pytest.mark.parametrize(("rows", "expected"), MERGED)
def test_variants_are_merged_into_the_listed_entity(rows: list[str], expected: list[str]) -> None:
    made = cast(LISTED, *rows)
    assert [made.by_token[i] for i in range(len(rows))] == expected


def test_a_listed_entity_brings_its_own_label_type_aliases_and_iri() -> None:
    made = cast(LISTED, "ORG M. Okafor", "PERSON María Okafor")
    aliases = ("M. Okafor", "María Okafor", "the Iron Clerk")
    assert made.entities == {"Q7": Entity("Q7", "Maria Okafor", PERSON, aliases, ("http://ids.example/Q7",))}
    assert made.reasons == {0: Rule.LISTED, 1: Rule.SPELLING}


def test_a_listed_entity_without_a_type_is_what_the_articles_take_it_for() -> None:
    yard = KnownEntity("Q8", "Nordane", aliases=("the yard",))
    assert cast([yard], "ORG Nordane", "GPE Nordane", "ORG the yard").entities["Q8"].type is ORGANIZATION


def test_a_seat_of_power_stands_for_the_listed_country() -> None:
    made = cast(LISTED, "ORG Kremlin")
    assert made.entities["Kremlin"].stands_for == "Q159"
    assert made.entities["Q159"].label == "Russia"


def test_listed_entities_take_part_in_statements() -> None:
    doc = make(
        "the/DT/det/Clerk Iron/JJ/amod/Clerk Clerk/NN/nsubj/sued sued/VBD/ROOT/=sue Nordane/NNP/dobj/sued/ORG"
    )
    reading = interpret(Article(doc.text), clean(doc.text), doc, KnownEntities([OKAFOR]))
    (made,) = reading.statements
    assert (made.subject.id, made.subject.label, made.subject.text) == (
        "Q7",
        "Maria Okafor",
        "the Iron Clerk",
    )


def test_extract_reads_with_the_list(call: Caller, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    article = tmp_path / "article.txt"
    article.write_text(
        "The quill guild of Ostmark praised the Iron Clerk on Friday. Okafor thanked the quill guild."
    )
    guild = "G1,Ostmark Quill Guild,quill guild of Ostmark|quill guild,Organization\n"
    monkeypatch.setenv("NEWSGRAPH_ENTITIES", saved(tmp_path, "mine.csv", CSV + guild))
    told = call("extract", "--format", "jsonl", article)
    assert (told.status, told.err) == (0, "")
    found = {
        (one["subject"]["id"], one["predicate"]["id"], one["object"].get("id")) for one in lines(told.out)
    }
    assert ("G1", "praise", "Q7") in found
    assert any(object_ == "G1" and predicate == "thank" for _, predicate, object_ in found)


def test_extract_tells_what_is_wrong_with_a_list(
    call: Caller, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NEWSGRAPH_ENTITIES", saved(tmp_path, "mine.csv", HEAD + "Q1,,,\n"))
    article = tmp_path / "article.txt"
    article.write_text("Hale sold the yard.")
    told = call("extract", article)
    assert told.status == 2
    assert "line 2 has no label" in " ".join(told.err.split())
    assert told.out == ""
