"""The language model that ships: its labels, what it needs, what it holds."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from spacy.language import Language

from graph.resources import data_path
from graph.text.parse import NEEDED, check, load
from tests.teaching import ROOT

# The label scheme of en_core_web_*.
TAGS = frozenset(
    "$ '' , -LRB- -RRB- . : ADD AFX CC CD DT EX FW HYPH IN JJ JJR JJS LS MD NFP NN NNP NNPS NNS PDT POS "
    "PRP PRP$ RB RBR RBS RP SYM TO UH VB VBD VBG VBN VBP VBZ WDT WP WP$ WRB XX _SP ``".split()
)
DEPENDENCIES = frozenset(
    "ROOT acl acomp advcl advmod agent amod appos attr aux auxpass case cc ccomp compound conj csubj "
    "csubjpass dative dep det dobj expl intj mark meta neg nmod npadvmod nsubj nsubjpass nummod oprd "
    "parataxis pcomp pobj poss preconj predet prep prt punct quantmod relcl xcomp".split()
)
ENTITIES = frozenset(
    "CARDINAL DATE EVENT FAC GPE LANGUAGE LAW LOC MONEY NORP ORDINAL ORG PERCENT PERSON PRODUCT QUANTITY "
    "TIME WORK_OF_ART".split()
)
PIPES = ["tok2vec", "tagger", "parser", "attribute_ruler", "lemmatizer", "ner"]
MOST_BYTES = 16_000_000


@pytest.fixture(scope="module")
def nlp() -> Language:
    return load()


def test_it_has_the_label_scheme_of_the_official_pipelines(nlp: Language) -> None:
    assert nlp.pipe_names == PIPES
    assert set(nlp.get_pipe("tagger").labels) == TAGS
    assert set(nlp.get_pipe("parser").labels) == DEPENDENCIES
    assert set(nlp.get_pipe("ner").labels) == ENTITIES
    assert len(ENTITIES) == 18


def test_it_has_every_label_that_the_rules_lean_on(nlp: Language) -> None:
    check(nlp)
    schemes = {"tagger": TAGS, "parser": DEPENDENCIES, "ner": ENTITIES}
    assert all(labels <= schemes[pipe] for pipe, labels in NEEDED.items())


def test_it_reads_a_sentence(nlp: Language) -> None:
    doc = nlp("The engineers have not repaired the bridge in Geneva.")
    assert [t.tag_ for t in doc] == ["DT", "NNS", "VBP", "RB", "VBN", "DT", "NN", "IN", "NNP", "."]
    assert [t.dep_ for t in doc[:7]] == ["det", "nsubj", "aux", "neg", "ROOT", "det", "dobj"]
    assert [t.pos_ for t in doc[1:5]] == ["NOUN", "AUX", "PART", "VERB"]
    assert [t.lemma_ for t in doc[1:5]] == ["engineer", "have", "not", "repair"]
    assert doc[3].morph.to_dict() == {"Polarity": "Neg"}
    assert [(e.text, e.label_) for e in doc.ents] == [("Geneva", "GPE")]


def test_it_reads_curly_quotes_and_line_breaks(nlp: Language) -> None:
    doc = nlp("GENEVA (AP) — The minister said: “We won’t sign.”\n\nThe talks ended.")
    assert doc[0].ent_type_ == "GPE"
    assert [t.lemma_ for t in doc if t.text in ("wo", "n’t")] == ["will", "not"]
    assert any(t.text == "The" and t.is_sent_start for t in doc[-5:])


def test_it_loads_without_the_lemmatizer_tables_package() -> None:
    """spacy-lookups-data is a tool of development only; the tables that are needed lie in the pipeline."""
    code = (
        "import sys; sys.modules['spacy_lookups_data'] = None\n"
        "from graph.text.parse import load\n"
        "print([t.lemma_ for t in load()('Ministers met twice.')][:2])"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.stdout.strip() == "['minister', 'meet']", done.stderr


def test_it_holds_nothing_of_the_machine_or_the_text() -> None:
    folder = data_path("model")
    config = (folder / "config.cfg").read_text("utf-8")
    assert not [
        line for line in config.splitlines() if line.partition("=")[2].strip().startswith(('"/', '"~'))
    ]
    strings = json.loads((folder / "vocab" / "strings.json").read_text("utf-8"))
    assert not {"Putin", "Wikinews", "President", "Moscow"} & set(strings)


def test_it_is_small(nlp: Language) -> None:
    size = sum(path.stat().st_size for path in data_path("model").rglob("*") if path.is_file())
    assert size < MOST_BYTES
    assert nlp.vocab.vectors.size == 0


def test_everything_in_it_is_credited() -> None:
    credits_text = data_path("model", "CREDITS.md").read_text("utf-8")
    meta = json.loads(data_path("model", "meta.json").read_text("utf-8"))
    sources = meta["sources"] + list(
        json.loads((ROOT / "graph" / "training" / "credits.json").read_text("utf-8")).values()
    )
    for source in sources:
        for licence in source["license"].split(", "):
            assert licence in credits_text, source["name"]
        assert source["author"] in credits_text, source["name"]
    assert f"{meta['name']}` {meta['version']}" in credits_text


def test_the_recipe_credits_the_same_sources_as_the_pipeline_that_ships() -> None:
    recipe = ROOT / "graph" / "training"
    ours = json.loads((recipe / "credits.json").read_text("utf-8"))
    meta = json.loads((recipe / "meta.json").read_text("utf-8"))
    names = {source["name"] for source in [*meta["sources"], *ours.values()]}
    shipped = json.loads(Path(data_path("model", "meta.json")).read_text("utf-8"))
    assert names == {source["name"] for source in shipped["sources"]}
