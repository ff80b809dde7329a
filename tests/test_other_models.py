"""The rules work with any pipeline of the label scheme: they lean on its labels and on nothing else."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
import spacy
from spacy.tokens import Doc

import graph.text
from graph.errors import ModelError
from graph.text.clean import clean
from graph.text.parse import check, load, parse
from graph.text.reader import Reader, interpret
from graph.text.tokens import copied
from tests.loaded import reader
from tests.rows import samples

FORBIDDEN = frozenset(
    "vector vectors vector_norm has_vector similarity tensor prob rank cluster sentiment _ "
    "user_hooks ent_kb_id ent_kb_id_ morph pos_ pos".split()
)
"""What only some pipelines fill: word vectors, a transformer's output, links, what `tag_` says already."""

SOURCES = sorted(Path(graph.text.__path__[0]).glob("*.py"))
NAMES = {"tagger": "tags", "parser": "trees", "ner": "names", "lemmatizer": "words"}


def used(source: str) -> set[str]:
    """The attributes of the forbidden that a source text takes of anything."""
    return {node.attr for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Attribute)} & FORBIDDEN


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.stem)
def test_no_rule_asks_for_what_some_pipelines_lack(path: Path) -> None:
    assert used(path.read_text("utf-8")) == set()


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("a.similarity(b)", {"similarity"}),
        ("doc._.trf_data", {"_"}),
        ("token.has_vector and token.vector", {"has_vector", "vector"}),
        ("token.tag_", set()),
    ],
)
def test_it_would_be_seen(line: str, found: set[str]) -> None:
    assert len(SOURCES) > 20
    assert used(line) == found


def only_labels(doc: Doc) -> Doc:
    """The same parse with another vocabulary: words, spaces, sentences, tags, lemmas, tree, entities."""
    return Doc(
        spacy.blank("en").vocab,
        words=[token.text for token in doc],
        spaces=[bool(token.whitespace_) for token in doc],
        tags=[token.tag_ for token in doc],
        lemmas=[token.lemma_ for token in doc],
        heads=[token.head.i for token in doc],
        deps=[token.dep_ for token in doc],
        ents=[f"{t.ent_iob_}-{t.ent_type_}" if t.ent_type_ else "O" for t in doc],
    )


@pytest.mark.parametrize("sample", sorted(samples()))
def test_labels_alone_give_the_same_reading(sample: str) -> None:
    article = samples()[sample]
    cleaned = clean(article.text)
    (doc,) = parse(reader().nlp, [cleaned])
    expected = interpret(article, cleaned, copied(doc))
    assert expected.statements
    assert interpret(article, cleaned, copied(only_labels(doc))) == expected


def test_a_pipeline_may_call_its_components_what_it_likes(tmp_path: Path) -> None:
    nlp = load()
    for old, new in NAMES.items():
        nlp.rename_pipe(old, new)
    nlp.to_disk(tmp_path / "other")
    other = Reader(str(tmp_path / "other"))
    assert set(NAMES.values()) <= set(other.nlp.pipe_names)
    article = next(iter(samples().values()))
    assert other.read(article) == reader().read(article)


@pytest.mark.parametrize("kind", ["tagger", "parser", "ner"])
def test_a_component_that_is_switched_off_or_only_bears_the_name_does_not_count(kind: str) -> None:
    nlp = load()
    nlp.disable_pipe(kind)
    with pytest.raises(ModelError, match=f"has no {kind} labels"):
        check(nlp)
    nlp.remove_pipe(kind)
    nlp.add_pipe("sentencizer", name=kind)
    with pytest.raises(ModelError, match=f"has no {kind} labels"):
        check(nlp)
