"""The whole of a clause in one row: its subject, its verb, and all that hangs on it, part by part.

The makers tell short rows, which are often right and say little; a clause that says much is also told
as the article has it, with full phrases and lists, so that what belongs together stands together.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from graph.text.actors import whole_subject
from graph.text.folding import MOST, Said
from graph.text.frames import Frame, Oblique, datives, is_relative
from graph.text.makers import adverbs, circumstances, contents, governed
from graph.text.surface import Extent, clause, phrase, text
from graph.text.tree import TIME

if TYPE_CHECKING:
    pass

# How the subject was found: by these a clause may be told whole.
SURE = frozenset(("own", "conj", "xcomp", "relative"))
SAID = frozenset(("content", "governed"))
HOW = frozenset(("circumstance", "manner"))
FIRST = frozenset(("object", "content"))
# Prepositions of what says where, when or how, which is told with the object and not beside it.
LOOSE = frozenset(
    "in as at by during over under about from through against after before since until among between within"
    " without".split()
)
MANY = 3  # parts of a clause that says much
INSIDE = frozenset(("acl", "relcl", "ccomp"))  # clauses that go on with a noun

Part = tuple[str, int, str]
"""What it is, where it stands, its words."""


def whole(frame: Frame) -> tuple[str, Said] | None:
    """Return the subject and the row of a clause that says much, or None."""
    if frame.found not in SURE or (governed(frame) and not frame.objects and not frame.adjectives):
        return None
    parts = [part for part in _parts(frame) if part[2]]
    if not _says_much(frame, [kind for kind, _, _ in parts]):
        return None
    ordered = sorted(parts, key=lambda part: (part[0] not in FIRST, part[1]))
    relation, first, *more = text(frame.words), *(words for _, _, words in ordered[:MOST])
    if ordered[0][0] == "oblique":  # sailed to | Oslo
        preposition, _, first = first.partition(" ")
        relation = f"{relation} {preposition}"
    return whole_subject(frame.verb, frame.actor), Said("whole", relation, first, tuple(more))


def beside(told: list[Said], frame: Frame) -> list[Said]:
    """Return the short rows that stay beside the whole: those that are often right by themselves."""
    rules = {one.rule for one in told}
    left_out = {"circumstance", "manner", "dative"}
    if not frame.objects or "beyond_object" in rules or frame.found != "own":
        left_out.add("time")
    if (frame.is_gap and frame.objects) or _is_loose(frame):
        left_out.add("beyond_object")  # the ship that Hale sold to Vale: without a word of the ship
    return [one for one in told if one.rule not in left_out and (one.rule != "content" or one.more)]


def _says_much(frame: Frame, kinds: list[str]) -> bool:
    if len(kinds) < 2:
        return kinds == ["object"] and _has_clause(frame)
    if len(kinds) >= MANY or not frame.objects or not SAID.isdisjoint(kinds):
        return True
    return frame.is_gap or not HOW.isdisjoint(kinds) or _is_loose(frame)


def _has_clause(frame: Frame) -> bool:
    """*Sold a plan to raise rents*: the short row tells nothing but that there is a plan."""
    return not frame.is_gap and any(word.dep_ in INSIDE for word in frame.objects[0].children)


def _is_loose(frame: Frame) -> bool:
    """*Sold ships in Oslo*: one phrase beyond the object, which says where or how and needs the object."""
    phrases = [oblique for oblique in frame.obliques if not oblique.is_clause]
    if len(phrases) != 1 or phrases[0].object.ent_type_ in TIME:
        return False
    return bool(frame.objects) and phrases[0].prepositions[0].lower_ in LOOSE


def _parts(frame: Frame) -> Iterator[Part]:
    verb = frame.verb
    if frame.objects:
        yield "object", frame.objects[0].i, _object(frame)
    for adjective in [] if frame.objects else frame.adjectives[:1]:
        yield "adjective", adjective.i, text(phrase(adjective))
    for whom in datives(verb):
        yield "dative", whom.i, text(phrase(whom))
    for oblique in frame.obliques:
        if not is_relative(oblique.object):
            yield "oblique", oblique.prepositions[0].i, _with_preposition(oblique)
    for time in frame.times:
        yield "time", time.i, text(phrase(time))
    for content in contents(frame):
        yield "content", content.i, text(clause(content))
    for below in governed(frame) if frame.objects else []:
        yield "governed", below.i, text(clause(below))
    for below in circumstances(verb):
        yield "circumstance", below.i, text(clause(below))
    for adverb in adverbs(verb):
        yield "manner", adverb.i, text(phrase(adverb))


def _object(frame: Frame) -> str:
    noun = frame.objects[0]
    extent = Extent.WHOLE if frame.is_gap else Extent.ALL
    return text(phrase(noun, extent, coordinated=True, without={frame.verb.i}))


def _with_preposition(oblique: Oblique) -> str:
    if oblique.is_clause:
        return text((*oblique.prepositions, *clause(oblique.object)))
    return f"{text(oblique.prepositions)} {text(phrase(oblique.object, Extent.ALL, coordinated=True))}"
