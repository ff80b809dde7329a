from __future__ import annotations

import json
from datetime import date

import pytest
from hypothesis import given
from readings import visit
from subgraphs import statements

from graph.codec import article_to_json, entity_to_json, statement_from_json, statement_to_json
from graph.errors import BadRecord
from graph.model import Article, Entity, EntityType

PLAN = visit().statements[0]
KEYS = [
    "id",
    "subject",
    "predicate",
    "object",
    "arguments",
    "modality",
    "polarity",
    "attributedTo",
    "time",
    "place",
    "confidence",
    "article",
    "sentence",
    "start",
    "end",
]


@given(statements)
def test_a_statement_comes_back_as_it_was(statement):
    line = json.dumps(statement_to_json(statement))
    assert statement_from_json(json.loads(line)) == statement


@given(statements)
def test_keys_always_come_in_the_same_order(statement):
    assert list(statement_to_json(statement)) == KEYS


def test_a_planned_statement_reads_as_the_design_shows_it():
    text = visit().article.text
    record = statement_to_json(PLAN)
    assert record["subject"] == {
        "id": "Xi_Jinping",
        "label": "Xi Jinping",
        "type": "Person",
        "text": "Chinese President Xi Jinping",
        "start": 0,
        "end": 28,
    }
    assert record["predicate"] == {
        "id": "visit",
        "label": "visit",
        "text": "plans to visit",
        "start": 29,
        "end": 43,
        "broader": ["travel_to"],
    }
    assert (record["modality"], record["polarity"], record["confidence"]) == ("planned", "positive", 0.93)
    assert record["time"] == {"text": "next week", "start": "2023-03-20", "end": "2023-03-26"}
    assert (record["attributedTo"]["label"], record["place"], record["arguments"]) == ("Kremlin", None, [])
    assert text[record["start"] : record["end"]] == record["sentence"]


def test_a_literal_and_arguments_keep_what_the_article_says():
    sale = statement_to_json(visit().statements[3])
    assert sale["object"]["value"] == sale["object"]["text"] == "40"
    assert sale["object"]["datatype"].endswith("#integer")
    assert [(a["role"], a["text"]) for a in sale["arguments"]] == [("to", "Russia"), ("of", "drones")]
    assert sale["time"] == {"text": "in Geneva", "start": None, "end": None}


def _without(name):
    return {key: value for key, value in statement_to_json(PLAN).items() if key != name}


@pytest.mark.parametrize("name", [k for k in KEYS if k not in ("attributedTo", "time", "place")])
def test_a_missing_field_is_named(name):
    with pytest.raises(BadRecord, match=name):
        statement_from_json(_without(name))


@pytest.mark.parametrize("name", ["attributedTo", "time", "place"])
def test_what_a_statement_may_lack_may_be_left_out(name):
    assert statement_from_json(_without(name)).id == PLAN.id


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"start": -1}, "start"),
        ({"start": True}, "start"),
        ({"end": 2.5}, "end"),
        ({"confidence": 1.5}, "confidence"),
        ({"confidence": float("nan")}, "confidence"),
        ({"confidence": "high"}, "confidence"),
        ({"modality": "certain"}, "modality"),
        ({"polarity": []}, "polarity"),
        ({"id": 7}, "id"),
        ({"subject": "Xi"}, "subject"),
        ({"subject": {}}, r"subject\.id"),
        ({"object": {}}, r"object\.value"),
        ({"arguments": {}}, "arguments"),
        ({"arguments": [{"value": "1"}]}, r"arguments\[0\]\.role"),
        ({"time": {"text": "then", "start": "yesterday", "end": None}}, r"time\.start"),
        ({"time": {"text": "then", "start": 5}}, r"time\.start"),
        ({"predicate": {**statement_to_json(PLAN)["predicate"], "broader": [1]}}, r"predicate\.broader"),
    ],
)
def test_a_field_of_the_wrong_kind_is_named(change, named):
    with pytest.raises(BadRecord, match=named):
        statement_from_json({**statement_to_json(PLAN), **change})


@pytest.mark.parametrize("record", [None, [], "statement", 3])
def test_what_is_no_object_is_refused(record):
    with pytest.raises(BadRecord, match="not a JSON object"):
        statement_from_json(record)


def test_entities_and_articles_have_flat_objects():
    china = Entity("Beijing", "Beijing", EntityType.PLACE, ("Peking",), ("https://x.example/1",), "China")
    assert entity_to_json(china) == {
        "id": "Beijing",
        "label": "Beijing",
        "type": "Place",
        "aliases": ["Peking"],
        "sameAs": ["https://x.example/1"],
        "standsFor": "China",
        "mentions": [],
    }
    article = Article("Text.", title="T", published=date(2023, 3, 17))
    assert article_to_json(article) == {
        "id": article.id,
        "title": "T",
        "url": None,
        "published": "2023-03-17",
        "publisher": None,
        "text": "Text.",
    }
