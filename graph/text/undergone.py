"""What is said of an object by a phrase behind it: *sold the ship to Vale*, *arrested Hale in Oslo*.

The clause joins who does it to the object; here the object is joined to whom it goes, where it comes from,
what it is charged with or named as, and the place, by the passive of the same verb (*be sold to*). Which
verbs say so is data (`data/lexicon/patients.json`).
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

from graph.text import amounts, lexicon
from graph.text.clause import Clause, is_time
from graph.text.phrases import UNNAMED
from graph.text.tree import PLACES, child, children, lemma

if TYPE_CHECKING:
    from graph.text.tokens import Token

VOWELS = frozenset("aeiou")
DOUBLING = frozenset("bdgmnprt")
DOUBLED = ("mit", "fer", "pel", "cur", "debar", "control", "deter")
SINGLE = frozenset("offer suffer differ limit vomit".split())
KINDS = frozenset(("object", "passive"))


def undergone(clause: Clause) -> Iterator[Clause]:
    """Give the clauses that join the object of a transitive one to what stands behind it."""
    kind, _, shared = clause.rule.partition("/")
    if kind not in KINDS or clause.object is None or clause.prep or clause.passive or clause.complement:
        return
    if kind == "object" and not _is_whole(clause.object):
        return
    patient, verb = clause.object, clause.head
    for role, head in clause.extras:
        if is_time(head):
            continue
        if (
            head.i > max(patient.i, verb.i)
            and head not in (clause.subject, patient)
            and _says(verb, role, head)
        ):
            words = ["be", participle(lemma(verb)), *(c.lower_ for c in children(verb, "prt"))]
            name = "_".join((*words, role))
            yield Clause(verb, patient, head, f"undergone/{shared}", role, passive=True, verb=name)


def _is_whole(obj: Token) -> bool:
    """*Sold the ship*; of *lost control in Oslo*, *took part in it* nothing is said of control and part."""
    if obj.ent_type_ in UNNAMED or amounts.find(obj) is not None:
        return False  # gave 850 euros to Vale: of a sum nothing more is said
    alone = obj.tag_ == "NN" and not obj.ent_type_
    return not alone or child(obj, "det", "poss", "amod", "compound") is not None


def _says(verb: Token, role: str, head: Token) -> bool:
    """True if the phrase says of the object of the verb where it goes, what for, or where it is done."""
    table = lexicon.table("patients")
    if lemma(verb) in table["roles"].get(role, ()):
        return True
    return role in table["placed"] and head.ent_type_ in PLACES and lemma(verb) in table["happening"]


@lru_cache(maxsize=10_000)
def participle(lemma: str) -> str:
    """Return the past participle of a verb: *sell* gives *sold*, *ban* *banned*, *carry* *carried*."""
    irregular: str | None = lexicon.table("patients")["participles"].get(lemma)
    if irregular is not None:
        return irregular
    if lemma.endswith("e"):
        return f"{lemma}d"
    if lemma.endswith("y") and lemma[-2:-1] not in VOWELS:
        return f"{lemma[:-1]}ied"
    if _doubles(lemma):
        return f"{lemma}{lemma[-1]}ed"
    return f"{lemma}ed"


def _doubles(lemma: str) -> bool:
    """*Ban*, *admit*, *transfer*: one vowel before one consonant in the syllable that is stressed."""
    if len(lemma) < 3 or lemma[-1] not in DOUBLING or lemma[-2] not in VOWELS or lemma[-3] in VOWELS:
        return False
    stressed = sum(letter in VOWELS for letter in lemma) == 1
    return (stressed or lemma.endswith(DOUBLED)) and lemma not in SINGLE
