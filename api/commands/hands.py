"""Who is at the command line."""

from __future__ import annotations

import getpass

_NOBODY = "local user"
"""Who it is where the system knows no name."""


def local_user() -> str:
    """Return the name that the system has for the user of this process."""
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):
        return _NOBODY
