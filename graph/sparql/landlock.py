"""Landlock (Linux 5.13 and newer): this process may read below some folders, write below others, no more.

Where the kernel knows more (TCP ports since 6.7, signals and abstract sockets since 6.12), these go too.
The structures and constants are those of the kernel's `landlock.h`.
"""

from __future__ import annotations

import ctypes
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Final

# The same numbers on every machine.
_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446
_ASK_VERSION: Final = 1
_PATH_BENEATH: Final = 1

_READ_FILE, _READ_DIR = 1 << 2, 1 << 3
# To execute, to make devices, sockets and pipes, and to control devices.
_NEVER: Final = 1 << 0 | 1 << 6 | 1 << 9 | 1 << 10 | 1 << 11 | 1 << 15
# The version that brought them -> how many file rights the kernel knows (one bit each).
_FILE_RIGHTS: Final[dict[int, int]] = {1: 13, 2: 14, 3: 15, 5: 16}
_NETWORK_SINCE, _SCOPES_SINCE = 4, 6


class _Ruleset(ctypes.Structure):
    _fields_ = (("files", ctypes.c_uint64), ("network", ctypes.c_uint64), ("scopes", ctypes.c_uint64))


class _PathBeneath(ctypes.Structure):
    _pack_ = 1
    _layout_ = "ms"
    _fields_ = (("rights", ctypes.c_uint64), ("folder", ctypes.c_int32))


def _ruleset(version: int) -> tuple[_Ruleset, int]:
    """All that a kernel of `version` can take away, and how many bytes of the structure it knows."""
    known = max(bits for since, bits in _FILE_RIGHTS.items() if since <= version)
    ruleset = _Ruleset((1 << known) - 1, 0, 0)
    size = 8
    if version >= _NETWORK_SINCE:
        ruleset.network, size = 0b11, 16
    if version >= _SCOPES_SINCE:
        ruleset.scopes, size = 0b11, 24
    return ruleset, size


def restrict(folders: Iterable[Path], writable: Iterable[Path] = ()) -> bool:
    """Take all but reading below `folders` from this thread and those it starts, for good.

    Below `writable` files may be made, written and removed too, but not executed. False where the kernel
    has no Landlock. Needs `PR_SET_NO_NEW_PRIVS`. Raises OSError for a missing folder.
    """
    libc = ctypes.CDLL(None, use_errno=True)
    version = libc.syscall(_CREATE_RULESET, None, ctypes.c_size_t(0), _ASK_VERSION)
    if version < 1:
        return False
    ruleset, size = _ruleset(version)
    rules = libc.syscall(_CREATE_RULESET, ctypes.byref(ruleset), ctypes.c_size_t(size), 0)
    if rules < 0:
        return False
    try:
        allowed = [(folder, _READ_FILE | _READ_DIR) for folder in folders]
        allowed += [(folder, ruleset.files & ~_NEVER) for folder in writable]
        if not all(_allow(libc, rules, folder, rights) for folder, rights in allowed):
            return False
        return bool(libc.syscall(_RESTRICT_SELF, rules, 0) == 0)
    finally:
        os.close(rules)


def _allow(libc: ctypes.CDLL, rules: int, folder: Path, rights: int) -> bool:
    handle = os.open(folder, os.O_PATH | os.O_CLOEXEC)
    try:
        rule = _PathBeneath(rights, handle)
        return bool(libc.syscall(_ADD_RULE, rules, _PATH_BENEATH, ctypes.byref(rule), 0) == 0)
    finally:
        os.close(handle)
