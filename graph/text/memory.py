"""Answers about the words of an article, kept for as long as it is read."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import ParamSpec, TypeVar, cast

_P = ParamSpec("_P")
_T = TypeVar("_T")
FORGETTING: list[Callable[[], None]] = []  # what empties the memory of each `remembered`
MOST_REMEMBERED = 2048


def remembered(answer: Callable[_P, _T]) -> Callable[_P, _T]:
    """Let a question about a token that is asked again and again be answered once, until the article is read.

    The answer must follow from the parse alone, and nobody may change it.
    """
    cached = lru_cache(maxsize=MOST_REMEMBERED)(answer)
    FORGETTING.append(cached.cache_clear)
    return cast("Callable[_P, _T]", cached)
