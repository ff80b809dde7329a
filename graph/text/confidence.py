"""How sure the reading is: a product of what is known of each step.

The factors were fitted to the statements marked by hand (tests/golden/README.md): 1,750 of them, least
squares of the product with each factor held near a first guess, and .06 below, since rules were made with
those and articles that no rule has seen are read less well. `make eval` shows how far to believe it.
"""

from __future__ import annotations

from graph.model import Modality
from graph.text.clause import Clause

BY_RULE = {
    "object": 0.83, "copula": 0.73, "passive": 0.86, "preposition": 0.82, "location": 0.82,
    "adjective": 0.73, "none": 0.85, "light": 0.79, "reciprocal": 0.75, "office": 0.92, "nominal": 0.81,
    "apposition": 0.84, "affiliation": 0.86, "place": 0.89, "possession": 0.87, "report": 0.9,
    "recipient": 0.8, "through": 0.87, "happening": 0.9, "participle": 0.84, "age": 0.91,
    "dwelling": 0.92, "belonging": 0.89, "title": 0.95, "having": 0.9, "kind": 0.92,
    "existential": 0.84,
    "origin": 0.93, "site": 0.93, "owning": 0.86, "member": 0.93, "undergone": 0.88, "topic": 0.9,
}  # fmt: skip
BY_SUBJECT = {
    "own": 1.0, "relative": 0.89, "conj": 0.93, "xcomp": 0.98, "control": 1.0, "participle": 0.86,
    "advcl": 0.89, "acl": 0.85, "pcomp": 1.0, "noun": 1.0, "ccomp": 0.85, "relcl": 0.85,
}  # fmt: skip
BY_MODALITY = {
    Modality.CLAIMED: 0.87, Modality.POSSIBLE: 0.8, Modality.HYPOTHETICAL: 0.88, Modality.PLANNED: 1.06,
    Modality.REQUESTED: 1.06, Modality.CONDITIONAL: 1.06,
}  # fmt: skip
PRONOUN = 0.96
LONG = ((50, 0.78), (30, 0.94))  # words of a sentence, longest first: parses get worse with each
MOST = 0.99


def confidence(clause: Clause, *, pronouns: int, sentence_words: int, modality: Modality) -> float:
    """Return the confidence of a clause in [0, 1], rounded to two places."""
    kind, _, subject = clause.rule.partition("/")
    value = BY_RULE[kind] * BY_SUBJECT.get(subject, 1.0) * BY_MODALITY.get(modality, 1.0) * PRONOUN**pronouns
    value *= next((factor for words, factor in LONG if sentence_words > words), 1.0)
    return round(min(value, MOST), 2)
