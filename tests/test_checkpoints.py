from __future__ import annotations

from pathlib import Path

import pyoxigraph
import pytest

from graph.errors import StoreError
from graph.store.archive import Archive
from graph.store.checkpoints import Checkpoints
from graph.store.embedded import EmbeddedStore
from tests.conftest import BASE
from tests.keeping import keep
from tests.readings import numbered, visit


@pytest.mark.parametrize("on_disk", [True, False])
def test_checkpoints_hold_what_is_committed(folder: Path, on_disk: bool) -> None:
    with Archive.open(folder if on_disk else None, BASE) as archive:
        empty = archive.checkpoint()
        assert list(pyoxigraph.Store.read_only(str(empty))) == []
        keep(archive, visit())
        first = archive.checkpoint()
        assert first == archive.checkpoint() != empty
        assert first.name == str(archive.sequence)
        assert set(pyoxigraph.Store.read_only(str(first))) == set(archive.store.quads())
        paths = [first]
        for number in range(3):
            keep(archive, numbered(number, 1))
            paths.append(archive.checkpoint())
        assert [path.exists() for path in paths] == [False, False, True, True]
        assert set(pyoxigraph.Store.read_only(str(paths[-1]))) == set(archive.store.quads())
        archive.delete(visit().article.id)
        assert archive.checkpoint() != paths[-1]
    assert not paths[-1].exists()


def test_checkpoints_of_a_killed_process_are_removed(folder: Path) -> None:
    for stale in ("17", "18.new"):
        (folder / "checkpoints" / stale).mkdir(parents=True)
    with Archive.open(folder, BASE) as archive:
        path = archive.checkpoint()
        assert [copy.name for copy in path.parent.iterdir()] == [path.name]


def test_a_checkpoint_that_fails_leaves_nothing(tmp_path: Path) -> None:
    class Full(EmbeddedStore):
        def checkpoint(self, directory: Path) -> None:
            directory.mkdir()
            raise OSError(28, "No space left on device")

    checkpoints = Checkpoints(tmp_path / "copies")
    store = Full(None, Archive.open(None, BASE).ns)
    with pytest.raises(StoreError, match="No space left"):
        checkpoints.get(store, 1)
    assert list((tmp_path / "copies").iterdir()) == []
