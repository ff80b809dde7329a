"""Labelled paragraphs become the documents to train on, to choose by, and to measure on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

import spacy
from spacy.tokens import Doc, DocBin

from graph.errors import EmptyText
from graph.training.rows import Paragraph, read_documents, source_name, sources
from graph.training.splits import PARTS, Part, Use, uses
from graph.training.tokens import Token, is_sound, join, pieces, to_doc
from graph.training.untidy import Untidier, untidier

if TYPE_CHECKING:
    from spacy.vocab import Vocab

MAX_TOKENS = 220  # of a training document
BUNDLE_SIZES = (1, 1, 1, 2, 3)  # paragraphs of a training document, each as likely as it stands here
SEPARATORS = (" ", " ", "\n", "\n", "\n\n")
LAST_SEPARATORS = (" ", "\n", "\n\n")


@dataclass(frozen=True, slots=True)
class Maker:
    """Makes training documents; every choice comes from one seeded source of chance."""

    vocab: Vocab
    rng: Random
    untidier: Untidier
    share: float  # of the training text that is used

    def documents(self, document: list[Paragraph], use: Use) -> Iterator[Doc]:
        """Yield the training documents of one document: none, or its copies, each untidy in its own way."""
        if self.rng.random() >= self.share or (use.repeat < 1 and self.rng.random() >= use.repeat):
            return
        for number in range(max(1, int(use.repeat))):
            parts = [self.untidier.apply(t, first_copy=number == 0) for t in _sound_pieces(document)]
            yield from (to_doc(self.vocab, t) for t in self._bundles(parts) if is_sound(t))

    def _bundles(self, paragraphs: Iterable[list[Token]]) -> Iterator[list[Token]]:
        """Join one to three paragraphs of a document."""
        group: list[list[Token]] = []
        size = self.rng.choice(BUNDLE_SIZES)
        for tokens in paragraphs:
            if group and (len(group) == size or sum(map(len, group)) + len(tokens) > MAX_TOKENS):
                yield join(group, self.rng.choice(SEPARATORS))
                group, size = [], self.rng.choice(BUNDLE_SIZES)
            group.append(tokens)
        if group:
            yield join(group, self.rng.choice(LAST_SEPARATORS))


def build(corrected: Path, out: Path, *, share: float, seed: int) -> None:
    """Write train.spacy, dev.spacy and heldout.spacy.

    Raises EmptyText if a corpus is too small to leave documents for each.
    """
    rng = Random(seed)
    nlp = spacy.blank("en")
    maker = Maker(nlp.vocab, rng, untidier(nlp, rng), share)
    docs: dict[Part, list[Doc]] = {part: [] for part in PARTS}
    paths = sources(corrected)
    use_of = uses([source_name(path) for path in paths])
    for path in paths:
        use = use_of[source_name(path)]
        for document in read_documents(path):
            part = use.part_of(document[0]["doc"])
            if part == "train":
                docs[part].extend(maker.documents(document, use))
            else:
                docs[part].extend(to_doc(nlp.vocab, tokens) for tokens in _sound_pieces(document))
    rng.shuffle(docs["train"])
    for part, group in docs.items():
        if not group:
            raise EmptyText(
                f"The corpus leaves no documents for the part {part!r}; give more text, with a blank line "
                "between documents."
            )
        DocBin(docs=group, store_user_data=False).to_disk(out / f"{part}.spacy")


def _sound_pieces(document: list[Paragraph]) -> list[list[Token]]:
    return [tokens for paragraph in document for tokens in pieces(paragraph, MAX_TOKENS) if is_sound(tokens)]
