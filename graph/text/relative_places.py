"""*The town where Hale lives*, *the fund from which she was paid*: what a relative clause says of its noun.

Where the relative word is no subject or object of its verb, the noun is reached by a preposition.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from graph.text.clause import Clause
from graph.text.subjects import subjects
from graph.text.tree import NOUNS, TIME, child, having, is_passive, is_verb, prepositions

if TYPE_CHECKING:
    from graph.text.tokens import Doc, Token


def relative_places(doc: Doc) -> Iterator[Clause]:
    """Give the clauses that join the subject of a relative clause to the noun it stands behind."""
    for word in having(doc, "ORTH", ("where", "which", "whom")):
        verb, prep = _reached(word)
        noun = verb.head
        if not prep or verb.dep_ != "relcl" or not is_verb(verb) or noun.tag_ not in NOUNS:
            continue
        if noun.ent_type_ in TIME or not _is_open(verb, word):
            continue
        passive = is_passive(verb)
        kind = "passive" if passive else "preposition"
        for subject in subjects(verb):
            if subject.token != noun:
                yield Clause(verb, subject.token, noun, f"{kind}/{subject.rule}", prep, passive=passive)


def _reached(word: Token) -> tuple[Token, str]:
    """Return the verb of a relative word and the preposition that leads to it, or an empty one."""
    if word.lower_ == "where":
        return word.head, "in" if word.dep_ == "advmod" else ""
    prep = word.head
    leads = word.dep_ == "pobj" and prep.dep_ == "prep" and prep.i == word.i - 1
    return prep.head, prep.lower_ if leads else ""


def _is_open(verb: Token, word: Token) -> bool:
    """True for a verb that the noun completes: it has no object, no complement and no other place."""
    if child(verb, "dobj", "attr", "acomp", "ccomp", "xcomp", "oprd", "agent") is not None:
        return False
    return all(head == word or head.ent_type_ in TIME for _, head in prepositions(verb))
