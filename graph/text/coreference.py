"""Words that mean a named thing without naming it: pronouns and descriptions, in the order of the text."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from typing import TYPE_CHECKING

from graph.model import EntityType
from graph.text import descriptions, lexicon, pronouns
from graph.text.attribution import Quotes
from graph.text.entities import Cast
from graph.text.phrases import bounds
from graph.text.tree import SUBJECTS, having

if TYPE_CHECKING:
    from graph.text.tokens import Doc, Token


def resolve(doc: Doc, cast: Cast, quotes: Quotes, gaps: Iterable[int] = ()) -> dict[int, str]:
    """Return token index -> entity id for the pronouns and descriptions that are safe to resolve.

    `gaps` are the characters of `doc` before which something was left out, which a pronoun may go back to.
    """
    known = descriptions.collect(doc, cast)
    scene = pronouns.Scene(cast, quotes, _genders(doc, cast), found=dict(known.named_beside))
    starts = [sentence.start for sentence in doc.sents]
    after_gaps = {bisect_right(starts, gap, key=lambda i: doc[i].idx) - 1 for gap in gaps}
    subjects = _by_sentence(having(doc, "DEP", SUBJECTS), starts)
    referring = [*having(doc, "TAG", pronouns.TAGS), *having(doc, "LOWER", known.nouns)]
    for number, words in enumerate(_by_sentence(sorted(referring, key=lambda t: t.i), starts)):
        scene.subjects = subjects[number]
        if number in after_gaps:
            scene.previous = scene.earlier = ()
        for token in words:
            if token.i in cast.by_token or token.i in scene.found:
                continue
            is_pronoun = token.tag_ in pronouns.TAGS
            id_ = pronouns.resolve(token, scene) if is_pronoun else known.resolve(token)
            if id_ is not None:
                scene.found[token.i] = id_
                _learn_gender(token, id_, scene)
        if subjects[number]:
            scene.earlier, scene.previous = scene.previous, subjects[number]
    return scene.found


def _learn_gender(token: Token, id_: str, scene: pronouns.Scene) -> None:
    """Whom the article called *she* once is not *he* later."""
    kind = pronouns.WORDS.get(token.lower_)
    if kind in pronouns.GENDERS:
        scene.genders.setdefault(id_, kind)


def _by_sentence(tokens: list[Token], starts: list[int]) -> list[list[Token]]:
    found: list[list[Token]] = [[] for _ in starts]
    for token in tokens:
        found[bisect_right(starts, token.i) - 1].append(token)
    return found


def _genders(doc: Doc, cast: Cast) -> dict[str, str]:
    """Return person id -> gender, where a title, a noun beside it or else a first name tells."""
    found: dict[str, str] = {}
    for name in cast.names:
        id_ = cast.by_token[name.start]
        if cast.entities[id_].type is not EntityType.PERSON:
            continue
        start = max(0, bounds(doc[name.end - 1], bare=True)[0])
        words = {token.lower_ for token in doc[start : name.end]}
        if doc[name.end - 1].dep_ == "appos":
            words.add(doc[name.end - 1].head.lower_)  # his sister, Anna
        gender = _gender("offices", words) or _gender("kinds", words)
        if gender is not None:
            found[id_] = gender
    for id_, entity in cast.entities.items():
        gender = _gender("kinds", {entity.label.split()[0].lower()})
        if gender is not None and entity.type is EntityType.PERSON:
            found.setdefault(id_, gender)
    return found


def _gender(table: str, words: set[str]) -> str | None:
    return next((g for g in ("female", "male") if words & lexicon.words(table, g)), None)
