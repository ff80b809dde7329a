"""How sure the reading is: a product of what is known of each step.

The factors are first guesses from reading errors by hand; the calibration on marked statements is
part of the evaluation.
"""

from __future__ import annotations

from graph.text.clause import Clause

BY_RULE = {
    "object": 0.95, "copula": 0.9, "passive": 0.9, "preposition": 0.85, "location": 0.85, "adjective": 0.85,
    "none": 0.85, "light": 0.9, "reciprocal": 0.85, "office": 0.95, "nominal": 0.8,
    "apposition": 0.85, "affiliation": 0.85, "place": 0.85, "possession": 0.8, "report": 0.9,
    "recipient": 0.85, "through": 0.8,
}  # fmt: skip
BY_SUBJECT = {
    "own": 1.0, "relative": 0.9, "conj": 0.92, "xcomp": 0.95, "control": 0.92, "participle": 0.88,
    "advcl": 0.85, "acl": 0.85, "pcomp": 0.88, "noun": 0.85,
}  # fmt: skip
PRONOUN = 0.85
LONG_SENTENCE = 40  # words; parses get worse beyond
PENALTY = 0.9


def confidence(clause: Clause, *, pronouns: int, sentence_words: int) -> float:
    """Return the confidence of a clause in [0, 1], rounded to two places."""
    kind, _, subject = clause.rule.partition("/")
    value = BY_RULE[kind] * BY_SUBJECT.get(subject, 1.0) * PRONOUN**pronouns
    return round(value * (PENALTY if sentence_words > LONG_SENTENCE else 1.0), 2)
