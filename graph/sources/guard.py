"""The one guard of the sources: whatever one source or record raises becomes a Failure with its name."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from graph.errors import NewsgraphError, ReadFailed
from graph.model import Article, Failure
from graph.sources.walk import unreadable


def attempt(name: str, make: Callable[[], Article]) -> Article | Failure:
    """Give the article that `make` makes, with `name` as its source, or why there is none."""
    try:
        return replace(make(), source=name)
    except Exception as error:  # whatever it is, the records after this one are still to be read
        return failed(name, error)


def guarded(name: str, found: Iterable[Article | Failure]) -> Iterator[Article | Failure]:
    """Give what one source holds; if that ends with an exception, the last is a Failure named `name`."""
    try:
        yield from found
    except Exception as error:  # whatever it is, the sources after this one are still to be read
        yield failed(name, error)


def failed(name: str, error: Exception) -> Failure:
    """Make the failure of one source or article, whatever its error is."""
    return Failure(name, _told(error))


def _told(error: Exception) -> NewsgraphError:
    """Make our error out of any: ours as it is, the system's explained, and the rest as a bug to report."""
    if isinstance(error, NewsgraphError):
        return error
    if isinstance(error, OSError):
        return unreadable(error)
    wrong = ReadFailed(
        f"It could not be read ({type(error).__name__}: {error}), which is a bug in newsgraph; "
        "please report it with this source."
    )
    wrong.__cause__ = error  # the log of a server shows where it comes from
    return wrong
