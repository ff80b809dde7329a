"""The index follows a write before anybody can tell that there was one."""

from __future__ import annotations

import threading

import pytest

from graph.store.archive import Archive
from tests.conftest import BASE
from tests.keeping import keep
from tests.readings import numbered


@pytest.mark.parametrize("write", ["keep", "delete"])
def test_who_sees_the_number_of_a_write_finds_what_it_wrote(
    monkeypatch: pytest.MonkeyPatch, write: str
) -> None:
    with Archive.open(None, BASE) as archive:
        keep(archive, numbered(1))
        seen: list[tuple[int, int]] = []

        def look() -> None:
            number = archive.sequence
            seen.append((number, archive.search.read(lambda sql: sql.execute(count).fetchone()[0])))

        count = "SELECT count(*) FROM articles"
        name = "kept" if write == "keep" else "gone"
        follow = getattr(archive.search, name)
        readers = [threading.Thread(target=look)]

        def followed(*articles: str) -> None:
            readers[0].start()
            readers[0].join(0.2)  # it has to wait
            follow(*articles)

        monkeypatch.setattr(archive.search, name, followed)
        if write == "keep":
            keep(archive, numbered(2))
        else:
            archive.delete(numbered(1).article.id)
        readers[0].join()
        assert seen == [(archive.sequence, 2 if write == "keep" else 0)]
