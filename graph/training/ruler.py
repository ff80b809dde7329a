"""Tables for the attribute ruler: from tag and dependency label to part of speech, morphology and lemma.

Written from the definitions of the Penn Treebank tags and of Universal Dependencies v2.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from spacy.pipeline import AttributeRuler

Pattern = tuple[dict[str, Any], dict[str, str]]  # what a token must be, what it gets

TAGS: dict[str, tuple[str, str]] = {  # tag -> part of speech, morphology
    "$": ("SYM", ""),
    "''": ("PUNCT", "PunctSide=Fin|PunctType=Quot"),
    ",": ("PUNCT", "PunctType=Comm"),
    "-LRB-": ("PUNCT", "PunctSide=Ini|PunctType=Brck"),
    "-RRB-": ("PUNCT", "PunctSide=Fin|PunctType=Brck"),
    ".": ("PUNCT", "PunctType=Peri"),
    ":": ("PUNCT", ""),
    "ADD": ("X", ""),
    "AFX": ("ADJ", "Hyph=Yes"),
    "CC": ("CCONJ", "ConjType=Cmp"),
    "CD": ("NUM", "NumType=Card"),
    "DT": ("DET", ""),
    "EX": ("PRON", ""),
    "FW": ("X", "Foreign=Yes"),
    "HYPH": ("PUNCT", "PunctType=Dash"),
    "IN": ("ADP", ""),
    "JJ": ("ADJ", "Degree=Pos"),
    "JJR": ("ADJ", "Degree=Cmp"),
    "JJS": ("ADJ", "Degree=Sup"),
    "LS": ("X", "NumType=Ord"),
    "MD": ("AUX", "VerbForm=Fin"),
    "NFP": ("PUNCT", ""),
    "NN": ("NOUN", "Number=Sing"),
    "NNP": ("PROPN", "Number=Sing"),
    "NNPS": ("PROPN", "Number=Plur"),
    "NNS": ("NOUN", "Number=Plur"),
    "PDT": ("DET", ""),
    "POS": ("PART", ""),
    "PRP": ("PRON", "PronType=Prs"),
    "PRP$": ("PRON", "Poss=Yes|PronType=Prs"),
    "RB": ("ADV", ""),
    "RBR": ("ADV", "Degree=Cmp"),
    "RBS": ("ADV", "Degree=Sup"),
    "RP": ("ADP", ""),
    "SYM": ("SYM", ""),
    "TO": ("PART", ""),
    "UH": ("INTJ", ""),
    "VB": ("VERB", "VerbForm=Inf"),
    "VBD": ("VERB", "Tense=Past|VerbForm=Fin"),
    "VBG": ("VERB", "Aspect=Prog|Tense=Pres|VerbForm=Part"),
    "VBN": ("VERB", "Aspect=Perf|Tense=Past|VerbForm=Part"),
    "VBP": ("VERB", "Tense=Pres|VerbForm=Fin"),
    "VBZ": ("VERB", "Number=Sing|Person=3|Tense=Pres|VerbForm=Fin"),
    "WDT": ("PRON", ""),
    "WP": ("PRON", ""),
    "WP$": ("DET", "Poss=Yes"),
    "WRB": ("SCONJ", ""),
    "XX": ("X", ""),
    "_SP": ("SPACE", ""),
    "``": ("PUNCT", "PunctSide=Ini|PunctType=Quot"),
}

PRONOUNS = {
    "i": "Case=Nom|Number=Sing|Person=1|PronType=Prs",
    "me": "Case=Acc|Number=Sing|Person=1|PronType=Prs",
    "we": "Case=Nom|Number=Plur|Person=1|PronType=Prs",
    "us": "Case=Acc|Number=Plur|Person=1|PronType=Prs",
    "you": "Person=2|PronType=Prs",
    "he": "Case=Nom|Gender=Masc|Number=Sing|Person=3|PronType=Prs",
    "him": "Case=Acc|Gender=Masc|Number=Sing|Person=3|PronType=Prs",
    "she": "Case=Nom|Gender=Fem|Number=Sing|Person=3|PronType=Prs",
    "it": "Gender=Neut|Number=Sing|Person=3|PronType=Prs",
    "they": "Case=Nom|Number=Plur|Person=3|PronType=Prs",
    "them": "Case=Acc|Number=Plur|Person=3|PronType=Prs",
    "myself": "Number=Sing|Person=1|PronType=Prs|Reflex=Yes",
    "ourselves": "Number=Plur|Person=1|PronType=Prs|Reflex=Yes",
    "yourself": "Number=Sing|Person=2|PronType=Prs|Reflex=Yes",
    "himself": "Gender=Masc|Number=Sing|Person=3|PronType=Prs|Reflex=Yes",
    "herself": "Gender=Fem|Number=Sing|Person=3|PronType=Prs|Reflex=Yes",
    "itself": "Gender=Neut|Number=Sing|Person=3|PronType=Prs|Reflex=Yes",
    "themselves": "Number=Plur|Person=3|PronType=Prs|Reflex=Yes",
}

POSSESSIVES = {
    "my": "Number=Sing|Person=1|Poss=Yes|PronType=Prs",
    "our": "Number=Plur|Person=1|Poss=Yes|PronType=Prs",
    "your": "Person=2|Poss=Yes|PronType=Prs",
    "his": "Gender=Masc|Number=Sing|Person=3|Poss=Yes|PronType=Prs",
    "her": "Gender=Fem|Number=Sing|Person=3|Poss=Yes|PronType=Prs",
    "its": "Gender=Neut|Number=Sing|Person=3|Poss=Yes|PronType=Prs",
    "their": "Number=Plur|Person=3|Poss=Yes|PronType=Prs",
}

ARTICLES = {
    "the": "Definite=Def|PronType=Art",
    "a": "Definite=Ind|PronType=Art",
    "an": "Definite=Ind|PronType=Art",
    "this": "Number=Sing|PronType=Dem",
    "that": "Number=Sing|PronType=Dem",
    "these": "Number=Plur|PronType=Dem",
    "those": "Number=Plur|PronType=Dem",
}

INDEFINITE = ["someone", "somebody", "something", "anyone", "anybody", "anything"]
INDEFINITE += ["everyone", "everybody", "everything", "nobody", "nothing"]
VERBS = ["VB", "VBD", "VBG", "VBN", "VBP", "VBZ"]
BE = ["be", "am", "is", "are", "was", "were", "been", "being", "'m", "'re", "’m", "’re"]
APOSTROPHES = "'’"
HAVE = ["have", "has", "had", "having", "'ve", "’ve"]
DO = ["do", "does", "did"]
# A determiner under one of these labels goes with a noun; any other stands alone.
WITH_NOUN = ["det", "predet", "preconj", "quantmod", "cc", "advmod", "amod", "nmod", "neg"]


def fill(ruler: AttributeRuler) -> None:
    """Add every pattern; later ones override earlier ones."""
    for group in (_by_tag(), _by_place(), _auxiliaries(), _short_forms()):
        for pattern, attributes in group:
            ruler.add([[pattern]], attributes)  # type: ignore[list-item]


def _by_tag() -> Iterator[Pattern]:
    for tag, (pos, morph) in TAGS.items():
        yield {"TAG": tag}, {"POS": pos, "MORPH": morph}
    for tag, morphs in (("PRP", PRONOUNS), ("PRP$", POSSESSIVES), ("DT", ARTICLES)):
        for word, morph in morphs.items():
            yield {"TAG": tag, "LOWER": word}, {"MORPH": morph}


def _by_place() -> Iterator[Pattern]:
    """Determiners that stand alone, question words, conjunctions, negations."""
    yield {"TAG": "DT", "DEP": {"NOT_IN": WITH_NOUN}}, {"POS": "PRON"}
    yield {"TAG": "WDT", "DEP": "det"}, {"POS": "DET"}
    yield {"TAG": "IN", "DEP": "mark"}, {"POS": "SCONJ"}
    yield {"TAG": "WRB", "LOWER": {"IN": ["how", "why", "when", "where"]}, "DEP": "advmod"}, {"POS": "SCONJ"}
    yield {"TAG": "RB", "DEP": "neg"}, {"POS": "PART", "MORPH": "Polarity=Neg"}
    yield {"LOWER": {"IN": ["n't", "n’t"]}}, {"POS": "PART", "MORPH": "Polarity=Neg", "LEMMA": "not"}


def _auxiliaries() -> Iterator[Pattern]:
    """By their label; *be* everywhere."""
    yield {"TAG": {"IN": VERBS}, "DEP": {"IN": ["aux", "auxpass"]}}, {"POS": "AUX"}
    yield {"TAG": {"IN": VERBS}, "LOWER": {"IN": BE}}, {"POS": "AUX", "LEMMA": "be"}
    yield {"TAG": {"IN": VERBS}, "LOWER": {"IN": HAVE}, "DEP": "aux"}, {"LEMMA": "have"}
    yield {"TAG": {"IN": VERBS}, "LOWER": {"IN": DO}, "DEP": "aux"}, {"LEMMA": "do"}


def _short_forms() -> Iterator[Pattern]:
    """Words whose lemma no table has, and what is left of a word before or after an apostrophe."""
    yield {"LOWER": "i", "TAG": "PRP"}, {"LEMMA": "I"}
    yield {"LOWER": "better", "TAG": "JJR"}, {"LEMMA": "good"}
    yield {"TAG": "NN", "LOWER": {"IN": INDEFINITE}}, {"POS": "PRON"}
    yield {"LOWER": "ca", "TAG": "MD"}, {"LEMMA": "can"}
    yield {"LOWER": "wo", "TAG": "MD"}, {"LEMMA": "will"}
    for mark in APOSTROPHES:
        yield {"LOWER": mark + "s", "TAG": "VBZ"}, {"POS": "AUX", "LEMMA": "be"}
        yield {"LOWER": mark + "ve"}, {"LEMMA": "have"}
        yield {"LOWER": mark + "ll"}, {"LEMMA": "will"}
        yield {"LOWER": mark + "d", "TAG": "MD"}, {"LEMMA": "would"}
        yield {"LOWER": mark + "s", "TAG": "POS"}, {"LEMMA": "'s"}
