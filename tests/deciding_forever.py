"""A process to be killed: `python -m tests.deciding_forever FOLDER` merges, renames and undoes without end.

It prints a line after each decision that was acknowledged.
"""

from __future__ import annotations

import sys
from itertools import cycle
from pathlib import Path

from graph import curation
from graph.curation import Hand
from graph.store.archive import Archive
from tests.conftest import BASE


def main(folder: Path) -> None:
    """Decide until killed."""
    with Archive.open(folder, BASE) as archive:
        for city in cycle(range(1, 7)):
            if (merge := archive.curator.rules.merged(f"City_{city}")) is not None:
                print(curation.undo(archive, merge.id, Hand("killed")).id, flush=True)
            made = curation.merge(archive, f"City_{city}", "City_0", Hand("killed")).id
            print(made, flush=True)
            renamed = curation.rename(archive, "City_0", f"City 0 as of {made}", Hand("killed")).id
            print(renamed, flush=True)
            if city % 2:
                print(curation.undo(archive, renamed, Hand("killed")).id, flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
