"""A seccomp filter (Linux): no sockets, no programs, no changes of files, no hand on other processes.

The filter is a program of classic BPF, as `seccomp(2)` and the kernel's `seccomp_filter` document describe.
"""

from __future__ import annotations

import ctypes
import errno
import os
import platform
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from graph.sparql import syscalls
from graph.sparql.syscalls import MACHINES, Machine, Numbers

# One instruction: code, jump if true, jump if false, operand.
Instruction = tuple[int, int, int, int]

_LOAD, _EQUAL, _AT_LEAST, _ANY_BIT, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
_NUMBER, _ARCH, _ARGUMENTS = 0, 4, 16  # offsets in `struct seccomp_data`

_KILL_PROCESS = 0x80000000
_ERROR = 0x00050000

_ALLOWED: Instruction = (_RETURN, 0, 0, 0x7FFF0000)

_CLONE_THREAD = 0x00010000
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND

_SET_MODE_FILTER, _ALL_THREADS = 1, 1
_PR_SET_NO_NEW_PRIVS = 38

_OPENING = (syscalls.OPEN, syscalls.OPENAT)
_OWN_ANSWER = syscalls.WRITING | syscalls.NETWORK.keys()


class _SockFilter(ctypes.Structure):
    _fields_ = (
        ("code", ctypes.c_ushort),
        ("jt", ctypes.c_ubyte),
        ("jf", ctypes.c_ubyte),
        ("k", ctypes.c_uint32),
    )


class _SockProgram(ctypes.Structure):
    _fields_ = (("len", ctypes.c_ushort), ("filter", ctypes.POINTER(_SockFilter)))


@dataclass(frozen=True, slots=True)
class _Look:
    """A call that is decided on by a test of one argument."""

    call: Numbers
    argument: int
    test: Instruction
    if_true: Instruction
    if_false: Instruction


def _fail(error: int) -> Instruction:
    return (_RETURN, 0, 0, _ERROR | error)


def _answer(numbers: Iterable[Numbers], machine: Machine, verdict: Instruction) -> Iterator[Instruction]:
    """Answer each call of `numbers` with `verdict`."""
    for pair in numbers:
        number = pair[machine.column]
        if number is not None:
            yield (_EQUAL, 0, 1, number)
            yield verdict


def _look_into(look: _Look, machine: Machine) -> Iterator[Instruction]:
    """Decide on a call by one of its arguments."""
    number = look.call[machine.column]
    if number is not None:
        yield (_EQUAL, 0, 4, number)
        # its lower half; both machines are little-endian
        yield (_LOAD, 0, 0, _ARGUMENTS + 8 * look.argument)
        yield look.test
        yield look.if_true
        yield look.if_false


def _looks(pid: int) -> tuple[_Look, ...]:
    """The calls that are allowed or not by what they ask for, in process `pid`."""
    writes: Instruction = (_ANY_BIT, 0, 1, _WRITING)
    makes_thread: Instruction = (_ANY_BIT, 0, 1, _CLONE_THREAD)
    to_itself: Instruction = (_EQUAL, 0, 1, pid)
    return (
        _Look(syscalls.OPEN, 1, writes, _fail(errno.EACCES), _ALLOWED),
        _Look(syscalls.OPENAT, 2, writes, _fail(errno.EACCES), _ALLOWED),
        # RocksDB starts threads
        _Look(syscalls.CLONE, 0, makes_thread, _ALLOWED, _fail(errno.EPERM)),
        # abort() sends a signal to its own process
        _Look(syscalls.TGKILL, 0, to_itself, _ALLOWED, _fail(errno.EPERM)),
    )


def program(machine: Machine, pid: int, *, writes: bool = False) -> list[Instruction]:
    """The filter for process `pid` on `machine`.

    With `writes` it may change files (Landlock says which), and an attempt at a socket ends it: what asks
    for one silently, and goes on without, must not look as if it had ended well.
    """
    looks = [look for look in _looks(pid) if not (writes and look.call in _OPENING)]
    denied = {name: pair for name, pair in syscalls.DENIED.items() if not (writes and name in _OWN_ANSWER)}
    ending = syscalls.NETWORK.values() if writes else ()
    return [
        *_head(machine),
        (_AT_LEAST, 0, 1, syscalls.LAST_KNOWN + 1),
        _fail(errno.ENOSYS),
        *_answer(syscalls.UNSEEN.values(), machine, _fail(errno.ENOSYS)),
        *_answer(ending, machine, (_RETURN, 0, 0, _KILL_PROCESS)),
        *_answer(denied.values(), machine, _fail(errno.EPERM)),
        *(instruction for look in looks for instruction in _look_into(look, machine)),
        _ALLOWED,
    ]


def _head(machine: Machine) -> tuple[Instruction, ...]:
    """End a process of another machine's calls, and load the number of the call."""
    return (
        (_LOAD, 0, 0, _ARCH),
        (_EQUAL, 1, 0, machine.audit_arch),
        (_RETURN, 0, 0, _KILL_PROCESS),
        (_LOAD, 0, 0, _NUMBER),
    )


def install(*, writes: bool = False) -> bool:
    """Put the filter on all threads of this process, for good; False where the kernel has none.

    Needs `PR_SET_NO_NEW_PRIVS`.
    """
    machine = MACHINES.get(platform.machine())
    return machine is not None and _set(machine, program(machine, os.getpid(), writes=writes), _ALL_THREADS)


def leave_network() -> bool:
    """Let no call of this thread, and of those that it starts, reach the network; False where that cannot be.

    The other threads of the process are as free as before.
    """
    machine = MACHINES.get(platform.machine())
    if sys.platform != "linux" or machine is None:
        return False
    if ctypes.CDLL(None).prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0:
        return False
    refusals = _answer(syscalls.NETWORK.values(), machine, _fail(errno.EPERM))
    ring = _answer(syscalls.RINGS.values(), machine, _fail(errno.EPERM))
    return _set(machine, [*_head(machine), *refusals, *ring, _ALLOWED], 0)


def _set(machine: Machine, code: list[Instruction], flags: int) -> bool:
    filters = (_SockFilter * len(code))(*(_SockFilter(*instruction) for instruction in code))
    prog = _SockProgram(len(code), filters)
    libc = ctypes.CDLL(None, use_errno=True)
    number = syscalls.SECCOMP[machine.column]
    return bool(libc.syscall(number, _SET_MODE_FILTER, flags, ctypes.byref(prog)) == 0)
