"""Takes from a worker process what answering queries does not need.

What is in force depends on the system: all of it on Linux 5.13 or newer (x86_64, aarch64), the resource
limits on other Unix systems. `apply` says which.

The number of processes is not limited by `RLIMIT_NPROC`: it counts all processes and threads of the user,
and RocksDB starts threads; the seccomp filter refuses new processes instead. The number of open files is left
as it is: RocksDB keeps each of its files open, and they must stay readable when a checkpoint is removed.
"""

from __future__ import annotations

import ctypes
import os
import resource
import signal
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from graph.sparql import landlock, seccomp

# What `apply` can put in force.
NO_DUMPS: Final = "no core dumps"
NO_FILE_GROWTH: Final = "no file grows"
NO_PRIVILEGES: Final = "no new privileges"
ENDS_WITH_PARENT: Final = "ends with its parent"
FILES: Final = "reads only the checkpoints (Landlock)"
CALLS: Final = "no sockets, programs or writes (seccomp)"

_LARGEST: Final = 1024**3
_PR_SET_PDEATHSIG, _PR_SET_NO_NEW_PRIVS = 1, 38
_PAGES_IN_USE: Final = Path("/proc/self/statm")


def apply(
    folder: Path, writable: Path | None = None, *, libraries: Iterable[Path] = (), any_thread: bool = False
) -> frozenset[str]:
    """Confine this process, for good, to reading below `folder` and `libraries`; say what is in force.

    If there is a `writable` folder it may write there, files of `_LARGEST` bytes at most. Its parent may
    then, or with `any_thread`, be any thread: it has to see itself when that is gone. To be called before the
    store is opened, so that the threads of the store are confined too. Raises OSError if a folder is missing.
    """
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    largest = 0 if writable is None else _LARGEST
    resource.setrlimit(resource.RLIMIT_FSIZE, (largest, largest))
    in_force = {NO_DUMPS, NO_FILE_GROWTH} if writable is None else {NO_DUMPS}
    if sys.platform != "linux":
        return frozenset(in_force)
    libc = ctypes.CDLL(None, use_errno=True)
    bound = writable is None and not any_thread
    if bound and libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0) == 0:
        in_force.add(ENDS_WITH_PARENT)
    if libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0:
        in_force.add(NO_PRIVILEGES)
    if landlock.restrict([folder, *libraries], [] if writable is None else [writable]):
        in_force.add(FILES)
    if seccomp.install(writes=writable is not None):
        in_force.add(CALLS)
    return frozenset(in_force)


class MemoryLimit:
    """Lets the address space of this process grow by so many bytes from where it stands.

    To be made before `apply`, which closes the way to the kernel's account of it; where there is none
    (not Linux), the bytes count from zero.
    """

    def __init__(self, extra: int) -> None:
        self._extra = extra
        self._start = 0
        self._libc = ctypes.CDLL(None)
        self._pages = os.open(_PAGES_IN_USE, os.O_RDONLY | os.O_CLOEXEC) if _PAGES_IN_USE.exists() else None

    def renew(self) -> None:
        """Count from what is in use now; to be called once the store is open."""
        self._start = self._in_use()
        _, most = resource.getrlimit(resource.RLIMIT_AS)
        wanted = self._start + self._extra
        allowed = wanted if most == resource.RLIM_INFINITY else min(wanted, most)
        resource.setrlimit(resource.RLIMIT_AS, (allowed, most))

    def is_worn(self) -> bool:
        """Whether much of it is gone for good, held by a heap in pieces: the next query would have less."""
        if self._in_use() - self._start <= self._extra // 4:
            return False
        if sys.platform == "linux" and hasattr(self._libc, "malloc_trim"):
            self._libc.malloc_trim(0)
        return self._in_use() - self._start > self._extra // 4

    def _in_use(self) -> int:
        if self._pages is None:
            return 0
        return int(os.pread(self._pages, 32, 0).split()[0]) * resource.getpagesize()
