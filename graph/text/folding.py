"""Joins what a frame says to fewer rows: when, how and why stand beside what is told beyond the object."""

from __future__ import annotations

from dataclasses import dataclass, replace

from graph.text.frames import Frame
from graph.text.surface import Extent, argument, text

CIRCUMSTANTIAL = frozenset(("time", "manner", "circumstance"))
MOST = 8  # circumstances of one row; a verb that has more is a broken parse
HOSTS = frozenset(("beyond_object", "governed"))


@dataclass(frozen=True, slots=True)
class Said:
    """What a frame says of its subject: the rule that read it, a relation and the other arguments."""

    rule: str
    relation: str
    argument: str = ""
    more: tuple[str, ...] = ()

    @property
    def arguments(self) -> tuple[str, ...]:
        """The arguments that are there, in order."""
        return tuple(filter(None, (self.argument, *self.more)))


def folded(told: list[Said], frame: Frame) -> list[Said]:
    """*Hale | sold | ships | to Vale | yesterday*: when, how and why go with what is told beyond the object.

    They go with the last such row, which then tells the whole; if there is none, they stand together.
    """
    relation = text(frame.core)
    extra = [one for one in told if _is_extra(one, relation)]
    hosts = [one for one in told if one.rule in HOSTS and one.relation == relation] or extra[:1]
    if not hosts:
        return told
    host = hosts[-1]
    more = tuple(one.argument for one in extra if one is not host)
    row = _whole(host, more[:MOST], frame) if more else host
    return [row if one is host else one for one in told if one is host or not _is_extra(one, relation)]


def _is_extra(one: Said, relation: str) -> bool:
    return one.rule in CIRCUMSTANTIAL and one.relation == relation


def _whole(host: Said, more: tuple[str, ...], frame: Frame) -> Said:
    if not frame.objects or host.rule == "governed":
        return replace(host, more=more)
    return Said("joined", text(frame.words), argument(frame.objects[0], Extent.OF), (host.argument, *more))
