"""What is done in place of a pipeline's own components, and which of them need not run for it.

A shortcut is taken only where it gives what the component would have given; any other pipeline runs whole.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from graph.text.lemmas import Lemmas
from graph.text.recognizer import Recognizer

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc


class Shortcuts:
    """The shortcuts through one pipeline; `left_out` names the components that need not run."""

    def __init__(self, nlp: Language) -> None:
        self._seen = list(nlp.pipeline)
        self._lemmas = Lemmas(nlp)
        self._names = Recognizer(nlp, self._lemmas.left_out)
        self.left_out = [*self._lemmas.left_out, *self._names.left_out]

    def fit(self, nlp: Language) -> bool:
        """True while the pipeline still has the components that it had."""
        return self._seen == nlp.pipeline

    def finish(self, nlp: Language, docs: Sequence[Doc]) -> None:
        """Give parses what the components left out would have given them."""
        self._names.give(docs)
        for doc in docs:
            self._lemmas.give(nlp, doc)


_SHORTCUTS: WeakKeyDictionary[Language, Shortcuts] = WeakKeyDictionary()


def through(nlp: Language) -> Shortcuts:
    """Return the shortcuts through a pipeline, made when it is first used and whenever it has changed."""
    found = _SHORTCUTS.get(nlp)
    if found is None or not found.fit(nlp):
        found = _SHORTCUTS[nlp] = Shortcuts(nlp)
    return found
