"""The language model: the only file that runs spaCy (`shortcuts.py` does without some of its parts).

Any pipeline with the label scheme of `en_core_web_*` will do; the one that ships is in `data/model`.
"""

from __future__ import annotations

import os
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise
from typing import TYPE_CHECKING

from graph.errors import ModelError
from graph.resources import data_path
from graph.text.clean import Cleaned
from graph.text.shortcuts import through

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

# What the rules lean on; a pipeline without one of these would silently read nothing.
NEEDED = {
    "parser": frozenset(
        "nsubj nsubjpass dobj agent prep pobj xcomp ccomp advcl relcl acl conj appos attr acomp aux neg poss "
        "prt".split()
    ),
    "tagger": frozenset("NN NNP NNS VB VBD VBG VBN VBZ MD PRP IN TO".split()),
    "ner": frozenset("PERSON ORG GPE LOC NORP DATE".split()),
}
BATCH_CHARACTERS = 50_000
DOCS_AT_ONCE = 256  # what a component of the pipeline is given; all of a batch would fall out of the cache
LONGEST_SENTENCE = 250  # tokens; what goes on without a full stop is a list or a table
ENDS = frozenset((".", "?", "!"))


def load(model: str = "") -> Language:
    """Load the pipeline `model` (a package's name or a folder; empty for the one that ships).

    Sets NumPy's own matrix products and one BLAS thread, which nearly doubles the speed on one core.
    Raises ModelError if it is not installed or has another label scheme.
    """
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
        os.environ.setdefault(name, "1")
    import spacy
    from thinc.api import NumpyOps, set_current_ops

    set_current_ops(NumpyOps(use_blis=False))
    try:
        nlp = spacy.load(model or data_path("model"))
    except (OSError, ValueError, ImportError) as error:
        raise ModelError(
            f"The language model {model!r} cannot be loaded; install it as a package, name a folder "
            "that holds a spaCy 3.8 pipeline, or leave NEWSGRAPH_MODEL empty for the one that ships."
        ) from error
    check(nlp)
    return nlp


def check(nlp: Language) -> None:
    """Raise ModelError, naming what is missing, if `nlp` lacks labels that the rules need.

    Components count by what they are, since a pipeline may call them what it likes.
    """
    for pipe, labels in NEEDED.items():
        missing = sorted(labels - _labels(nlp, pipe))
        if missing:
            raise ModelError(
                f"The language model {nlp.meta.get('name')!r} has no {pipe} labels {', '.join(missing)}; "
                "use a pipeline with the label scheme of en_core_web_sm."
            )


def _labels(nlp: Language, factory: str) -> frozenset[str]:
    """Return the labels of the enabled components that spaCy has of a factory (or its `beam_` kind)."""
    made = (nlp.get_pipe(name) for name in nlp.pipe_names if _factory(nlp, name) == factory)
    return frozenset(label for pipe in made for label in pipe.labels)  # type: ignore[attr-defined]


def _factory(nlp: Language, name: str) -> str:
    return nlp.get_pipe_meta(name).factory.removeprefix("beam_")


def model_name(nlp: Language) -> str:
    """Return name and version, as they are kept with what was read (`newsgraph_sm 1.0.0`)."""
    return f"{nlp.meta['name']} {nlp.meta['version']}"


def go_on() -> None:
    """Do nothing between two pieces."""


def parse(nlp: Language, texts: Iterable[Cleaned], pause: Callable[[], object] = go_on) -> Iterator[Doc]:
    """Parse in batches, in order; each paragraph starts a sentence, and none goes on for ever.

    The memory that a model takes grows with what it is given at once, so a long text is parsed in pieces;
    between two of them comes `pause`, in which the model may be used for other texts.
    """
    for batch in _batches(texts):
        if len(batch[0].text) > BATCH_CHARACTERS:
            yield _parse_pieces(nlp, batch[0], pause)
        else:
            yield from _run(nlp, [_make_doc(nlp, cleaned.text, cleaned.blocks) for cleaned in batch])


def _run(nlp: Language, docs: list[Doc]) -> list[Doc]:
    """Run the pipeline over some texts."""
    shortcuts = through(nlp)
    parsed = list(nlp.pipe(docs, batch_size=DOCS_AT_ONCE, disable=shortcuts.left_out))
    shortcuts.finish(nlp, parsed)
    return parsed


def _batches(texts: Iterable[Cleaned]) -> Iterator[list[Cleaned]]:
    """Group texts to at most `BATCH_CHARACTERS` together; a longer one comes alone."""
    batch: list[Cleaned] = []
    size = 0
    for cleaned in texts:
        if batch and size + len(cleaned.text) > BATCH_CHARACTERS:
            yield batch
            batch, size = [], 0
        batch.append(cleaned)
        size += len(cleaned.text)
    if batch:
        yield batch


def _parse_pieces(nlp: Language, cleaned: Cleaned, pause: Callable[[], object]) -> Doc:
    from spacy.tokens import Doc

    docs = []
    for start, end in pairwise(_cuts(cleaned)):
        blocks = (block - start for block in cleaned.blocks if start <= block < end)
        docs.append(_make_doc(nlp, cleaned.text[start:end], (0, *blocks)))
    parsed: list[Doc] = []
    for doc in docs:
        if parsed:
            pause()
        parsed += _run(nlp, [doc])
    whole = Doc.from_docs(parsed, ensure_whitespace=False)
    if whole is None:
        raise ValueError("a text without pieces cannot be parsed")
    return whole


def _cuts(cleaned: Cleaned) -> list[int]:
    """Return where the pieces of a long text begin, and its end: at paragraphs, else after a sentence."""
    cuts = [0]
    text, end = cleaned.text, len(cleaned.text)
    while end - cuts[-1] > BATCH_CHARACTERS:
        limit = cuts[-1] + BATCH_CHARACTERS
        block = cleaned.blocks[bisect_right(cleaned.blocks, limit) - 1]
        stop = text.rfind(". ", cuts[-1], limit) + 2
        space = text.rfind(" ", cuts[-1], limit) + 1
        cuts.append(next(at for at in (block, stop, space, limit) if at > cuts[-1] + 1))
    return [*cuts, end]


def _make_doc(nlp: Language, text: str, blocks: Iterable[int]) -> Doc:
    nlp.max_length = max(nlp.max_length, len(text) + 1)
    doc = nlp.make_doc(text)
    starts = set(blocks)
    ends = {nlp.vocab.strings[end] for end in ENDS}
    length = 0
    for i, (at, word) in enumerate(doc.to_array(["IDX", "ORTH"]).tolist()):  # no object for each token
        if at in starts or length >= LONGEST_SENTENCE:
            doc[i].is_sent_start = True
            length = 0
        length = 0 if word in ends else length + 1
    return doc
