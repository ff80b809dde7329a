"""How sure the reading is: a product of what is known of each step.

The factors were fitted to the statements marked by hand (tests/golden/README.md): 527 of them, least
squares of the product with each factor held near a first guess. `make eval` shows how far to believe it.
"""

from __future__ import annotations

from graph.model import Modality
from graph.text.clause import Clause

BY_RULE = {
    "object": 0.83, "copula": 0.84, "passive": 0.87, "preposition": 0.81, "location": 0.85, "adjective": 0.72,
    "none": 0.76, "light": 0.65, "reciprocal": 0.8, "office": 0.99, "nominal": 0.88, "apposition": 0.84,
    "affiliation": 0.95, "place": 0.87, "possession": 0.83, "report": 0.91, "recipient": 0.86,
    "through": 0.85, "happening": 0.9, "participle": 0.95, "age": 0.98, "dwelling": 0.92, "belonging": 0.93,
    "title": 0.97, "having": 0.93, "kind": 0.95, "existential": 0.88,
}  # fmt: skip
BY_SUBJECT = {
    "own": 1.0, "relative": 0.95, "conj": 0.98, "xcomp": 0.98, "control": 0.94, "participle": 0.91,
    "advcl": 0.74, "acl": 0.85, "pcomp": 0.98, "noun": 0.95,
}  # fmt: skip
BY_MODALITY = {
    Modality.CLAIMED: 0.89, Modality.POSSIBLE: 0.74, Modality.PLANNED: 1.1, Modality.REQUESTED: 1.1,
    Modality.CONDITIONAL: 1.1,
}  # fmt: skip
PRONOUN = 0.93
LONG = ((50, 0.76), (30, 0.89))  # words of a sentence, longest first: parses get worse with each
MOST = 0.99


def confidence(clause: Clause, *, pronouns: int, sentence_words: int, modality: Modality) -> float:
    """Return the confidence of a clause in [0, 1], rounded to two places."""
    kind, _, subject = clause.rule.partition("/")
    value = BY_RULE[kind] * BY_SUBJECT.get(subject, 1.0) * BY_MODALITY.get(modality, 1.0) * PRONOUN**pronouns
    value *= next((factor for words, factor in LONG if sentence_words > words), 1.0)
    return round(min(value, MOST), 2)
