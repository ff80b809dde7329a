"""Tells English from other languages, before they become nonsense in the graph."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from graph.errors import NotEnglish

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

ENOUGH = 120  # letters; a guess on less is worth little
SAMPLE = 5_000  # characters that are looked at
NEVER_LATIN = 0.3  # share of letters beyond Latin script that no English text has


@cache
def _identifier() -> LanguageIdentifier:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def check(text: str) -> None:
    """Raise NotEnglish if `text` is surely in another language; short texts get the benefit of the doubt."""
    sample = text[:SAMPLE]
    letters = sum(char.isalpha() for char in sample)
    foreign = sum(char.isalpha() and char > "\u024f" for char in sample)
    if letters and foreign > NEVER_LATIN * letters:
        raise NotEnglish(_message("another script"))
    if letters < ENOUGH:
        return
    language, probability = _identifier().classify(sample)
    if language != "en" and probability > 0.9:
        raise NotEnglish(_message(f"the language {language!r}"))


def _message(what: str) -> str:
    return f"The text seems to be in {what}; newsgraph reads English only, so give it an English translation."
