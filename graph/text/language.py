"""Tells English from other languages, before they become nonsense in the graph."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from graph.errors import NotEnglish

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

ENOUGH = 40  # letters; a guess on less is worth little
NEAR = frozenset(("en", "pcm"))  # Nigerian Pidgin is what short English headlines are taken for
FUNCTION_WORDS = frozenset("the of and to in that is was for with on by it from at which this have".split())
ENGLISH = 0.15  # share of function words that only English reaches
SURE = 0.9  # probability of another language from which on a text is refused
LIKELY = 0.5  # the same for a text without a single English function word
SAMPLE = 5_000  # characters that are looked at
LATIN = "\u024f"  # the last letter of the Latin blocks
NEVER_LATIN = 0.3  # share of letters beyond Latin script that no English text has


@cache
def _identifier() -> LanguageIdentifier:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def check(text: str) -> None:
    """Raise NotEnglish if `text` is surely in another language; short texts get the benefit of the doubt."""
    sample = text[:SAMPLE]
    letters = sum(map(str.isalpha, sample))
    foreign = sum(char.isalpha() for char in sample if char > LATIN)
    if letters and foreign > NEVER_LATIN * letters:
        raise NotEnglish(_message("another script"))
    if letters < ENOUGH:
        return
    english = _english_words(sample)
    if english > ENGLISH:
        return
    # A quotation in another script says nothing about the text around it.
    language, probability = _identifier().classify("".join(char for char in sample if char <= LATIN))
    if language not in NEAR and probability > (SURE if english else LIKELY):
        raise NotEnglish(_message(f"the language {language!r}"))


def _english_words(text: str) -> float:
    words = text.lower().split()
    return sum(word in FUNCTION_WORDS for word in words) / max(1, len(words))


def _message(what: str) -> str:
    return f"The text seems to be in {what}; newsgraph reads English only, so give it an English translation."
