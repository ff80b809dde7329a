"""Finds `data/`: beside the packages in a checkout, inside `graph` in an installed wheel."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def data_path(*parts: str) -> Path:
    """Return the path of a file or folder of `data/`.

    Raises FileNotFoundError if the installation does not hold it.
    """
    for root in (_PACKAGE / "data", _PACKAGE.parent / "data"):
        path = root.joinpath(*parts)
        if path.exists():
            return path
    raise FileNotFoundError(
        f"data/{'/'.join(parts)} is not part of this installation; install newsgraph again."
    )
