"""A small archive for the tests of views, and what is known of it from the readings themselves."""

from __future__ import annotations

from readings import echo, numbered, visit

from graph.model import Node
from graph.store.archive import Archive
from graph.views import statements

BASE = "http://localhost:8000/"
READINGS = [visit(), echo(), *map(numbered, range(40))]
SAID = [each for reading in READINGS for each in reading.statements]


def archive_of(*readings):
    """Make an archive in memory that holds these readings."""
    archive = Archive.open(None, BASE)
    for reading in readings:
        archive.begin(reading.article, "test 1")
        archive.commit(reading, "test 1")
    return archive


def everything(archive, wanted, limit=50):
    """Follow the pages to the end."""
    found, page = [], statements(archive, wanted, limit=limit)
    while True:
        found += page.items
        if page.next is None:
            return found
        assert len(page.items) == limit
        page = statements(archive, wanted, after=page.next, limit=limit)


def ends(each):
    """Give the ids of the entities at either end of a statement and in its arguments."""
    return [
        part.id
        for part in (each.subject, each.object, *(a.value for a in each.arguments))
        if isinstance(part, Node)
    ]
