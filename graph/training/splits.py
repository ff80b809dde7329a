"""How each source is used: how often, and which of its documents are kept to measure on."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

Part = Literal["train", "dev", "heldout"]
PARTS: tuple[Part, ...] = ("train", "dev", "heldout")


@dataclass(frozen=True, slots=True)
class Use:
    """How one source is used; 0 for no documents of that part."""

    repeat: float = 1  # copies of each document; under 1, the chance of a document to be used
    held_out: int = 0  # every n-th document is never seen in training
    dev: int = 0  # every n-th document chooses the best state of a training

    def part_of(self, number: int) -> Part:
        """Return the part that the document of that number belongs to."""
        if self.held_out and number % self.held_out == 0:
            return "heldout"
        if self.dev and number % self.dev == 1:
            return "dev"
        return "train"


USES = {
    "gmb_voa": Use(held_out=25, dev=200),
    "masc_newspaper": Use(repeat=2),
    "us_inaugural": Use(repeat=0.5),
    "wikinews_2019_2020": Use(repeat=2, held_out=10, dev=20),
    "wikipedia_current_events_b": Use(held_out=60, dev=200),
}
STRANGERS = Use(held_out=10, dev=10)  # each source of a corpus that has none of those measured on above


def uses(names: Collection[str]) -> dict[str, Use]:
    """Return how each source of a corpus is used."""
    default = Use() if any(name in USES and USES[name].dev for name in names) else STRANGERS
    return {name: USES.get(name, default) for name in names}
