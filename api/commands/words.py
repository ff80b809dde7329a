"""Short names and sums in words, for people."""

from __future__ import annotations

from graph.model import Article, Outcome, Report

_LONGEST = 80


def article_name(article: Article) -> str:
    """Name an article: its title or how it begins, and its day."""
    first = next((line for line in article.text.splitlines() if line.strip()), article.id)
    name = " ".join((article.title or first).split())
    short = name if len(name) <= _LONGEST else f"{name[: _LONGEST - 1].rstrip()}…"
    return f"{short} ({article.published})" if article.published else short


def summary(report: Report) -> str:
    """Sum up an ingestion: *3 added, 1 unchanged, 1 refused; 57 statements*."""
    counts = [(len(report.outcomes[outcome]), outcome.value) for outcome in Outcome]
    counts.append((len(report.failures), "refused"))
    told = [f"{count:,} {word}" for count, word in counts if count] or ["nothing to read"]
    return f"{', '.join(told)}; {report.statements:,} new statements"
