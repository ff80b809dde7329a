"""Lemmas, asked of the model's own components once for each word with its tag and label, not once a token.

spaCy's rules for parts of speech and lemmas look at one token at a time and take an eighth of its parse, but
most of a text is words that were seen before. So `parse.py` leaves these components out, and what they would
have said is filled in here: from memory, or by asking them about a text of nothing but the new words.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

ASKED: list[int | str] = ["ORTH", "TAG", "DEP"]  # what a lemma follows from
TOLD: list[int | str] = ["TAG", "LEMMA"]
# The three are hashes; as a sum of odd multiples they are one, as unlikely to be that of another word.
MIXED = (1, 0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F)
RULES = frozenset(("attribute_ruler", "lemmatizer"))
# What may stand beside them: none of these says, or asks for, a part of speech, its features or a lemma.
BESIDE = frozenset("tok2vec transformer tagger parser beam_parser senter ner beam_ner".split())
BEFORE = frozenset(("tagger", "parser", "beam_parser"))  # what says tags and labels
OF_A_WORD = frozenset("ORTH TEXT LOWER SHAPE LENGTH PREFIX SUFFIX IS_SPACE IS_PUNCT TAG DEP".split())
SET_BY_RULES = frozenset("POS MORPH TAG LEMMA".split())
FEATURES = frozenset("ORTH NORM LOWER SHAPE PREFIX SUFFIX SPACY IS_SPACE".split())  # of words, not of parses
MOST = 50_000  # words that are kept


class Lemmas:
    """What the rules of one pipeline say of the words that it has met.

    `left_out` names the components that need not run, in order; none if what they say of a token may hang
    on more than its word, its tag and its label.
    """

    def __init__(self, nlp: Language) -> None:
        self._known: dict[int, bytes] = {}  # of each word with tag and label: what is told
        self.left_out = [n for n in nlp.pipe_names if _factory(nlp, n) in RULES] if is_plain(nlp) else []

    def give(self, nlp: Language, doc: Doc) -> Doc:
        """Give the tokens of a parse the lemmas that the components left out would have given them."""
        if not self.left_out or not len(doc):
            return doc
        import numpy as np

        asked = doc.to_array(ASKED)
        keys, first, which = np.unique(
            (asked * np.array(MIXED, dtype="uint64")).sum(axis=1, dtype="uint64"),
            return_index=True,
            return_inverse=True,
        )
        wanted: list[int] = keys.tolist()
        known = self._known  # the same to the end, whatever another thread does
        new = [i for i, key in enumerate(wanted) if key not in known]
        if new and len(known) + len(new) > MOST:
            known = self._known = {}
            new = list(range(len(wanted)))
        if new:
            known.update(zip((wanted[i] for i in new), self._answers(nlp, asked[first[new]]), strict=True))
        told: Any = np.frombuffer(b"".join(map(known.__getitem__, wanted)), dtype="uint64")
        doc.from_array(TOLD, told.reshape(-1, len(TOLD))[which])
        return doc

    def _answers(self, nlp: Language, new: Any) -> list[bytes]:
        """Ask the components about a text of nothing but these words."""
        from spacy.tokens import Doc

        doc = Doc(nlp.vocab, words=[nlp.vocab.strings[word] for word in new[:, 0].tolist()])
        doc.from_array(ASKED[1:], new[:, 1:])
        for name in self.left_out:
            doc = nlp.get_pipe(name)(doc)
        return [row.tobytes() for row in doc.to_array(TOLD)]


def is_plain(nlp: Language) -> bool:
    """True if what a pipeline's rules say of a token follows from its word, its tag and its label alone."""
    kinds = [_factory(nlp, name) for name in nlp.pipe_names]
    said = max((i for i, kind in enumerate(kinds) if kind in BEFORE), default=-1)
    ruled = [i for i, kind in enumerate(kinds) if kind in RULES]
    pipes = [nlp.get_pipe(name) for name in nlp.pipe_names]
    return (
        nlp.lang == "en"
        and set(kinds) <= RULES | BESIDE
        and bool(ruled)
        and min(ruled) > said
        and all(_is_of_words(pipe) for i, pipe in enumerate(pipes) if i in ruled)
        and not any(_asks_rules(pipe) for pipe in pipes[min(ruled) :])
    )


def _factory(nlp: Language, name: str) -> str:
    return nlp.get_pipe_meta(name).factory


def _is_of_words(pipe: Any) -> bool:
    """True for a lemmatizer that follows rules or a table, and for rules that each look at one token."""
    if hasattr(pipe, "mode"):
        return pipe.mode in {"rule", "lookup"}
    return all(
        len(pattern) == 1 and pattern[0].keys() <= OF_A_WORD and rule["attrs"].keys() <= SET_BY_RULES
        for rule in pipe.patterns
        for pattern in rule["patterns"]
    )


def _asks_rules(pipe: Any) -> bool:
    """True for a model that may ask for the parts of speech of its tokens, or what else rules say."""
    model = getattr(pipe, "model", None)
    asked = (
        {column for layer in model.walk() for column in layer.attrs.get("columns", ())} if model else set()
    )
    return not asked <= FEATURES
