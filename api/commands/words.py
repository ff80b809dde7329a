"""Short names and sums in words, for people."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from api.commands.printable import printable
from graph.model import Article, Outcome, Report
from graph.store.records import ArticleRecord

_LONGEST = 80
_TOLD = 3
"""Articles that failed of which a person is told one by one."""


def article_name(article: Article) -> str:
    """Name an article: its title or how it begins, and its day."""
    first = next((line for line in article.text.splitlines() if line.strip()), article.id)
    name = " ".join((article.title or first).split())
    short = name if len(name) <= _LONGEST else f"{name[: _LONGEST - 1].rstrip()}…"
    return f"{short} ({article.published})" if article.published else short


def fate(article: Article, outcome: Outcome) -> str:
    """Say in a line what became of an article: the outcome, its id, its name, with tabs between."""
    return printable("\t".join((outcome.value, article.id, article_name(article))))


def summary(report: Report) -> str:
    """Sum up an ingestion: *3 added, 1 unchanged, 1 refused; 57 statements*."""
    counts = [(len(report.outcomes[outcome]), outcome.value) for outcome in Outcome]
    counts.append((len(report.failures), "refused"))
    told = [f"{count:,} {word}" for count, word in counts if count] or ["nothing to read"]
    return f"{', '.join(told)}; {report.statements:,} new statements"


def unfinished(pending: Sequence[ArticleRecord]) -> Iterator[str]:
    """Say how many articles wait to be read to their end, and which cannot be; nothing if there are none."""
    failed = [record for record in pending if record.state == "failed"]
    waiting = len(pending) - len(failed)
    if waiting:
        are, them = ("1 article is", "it") if waiting == 1 else (f"{waiting:,} articles are", "them")
        yield f"{are} unfinished; `newsgraph ingest` or `newsgraph serve` finishes {them}."
    for record in failed[:_TOLD]:
        yield f"{article_name(record.article)}, article {record.article.id}, failed: {record.problem}"
    if len(failed) > _TOLD:
        yield f"{len(failed) - _TOLD:,} more articles failed; GET /v1/articles of `newsgraph serve` says why."
