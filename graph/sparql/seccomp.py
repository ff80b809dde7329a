"""A seccomp filter (Linux): no sockets, no programs, no changes of files, no hand on other processes.

The filter is a program of classic BPF, as `seccomp(2)` and the kernel's `seccomp_filter` document describe.
"""

from __future__ import annotations

import ctypes
import errno
import os
import platform
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


def _refuse(numbers: Iterable[Numbers], machine: Machine, error: int) -> Iterator[Instruction]:
    """Let each call of `numbers` fail with `error`."""
    for pair in numbers:
        number = pair[machine.column]
        if number is not None:
            yield (_EQUAL, 0, 1, number)
            yield _fail(error)


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


def program(machine: Machine, pid: int) -> list[Instruction]:
    """The filter for process `pid` on `machine`."""
    looks = (instruction for look in _looks(pid) for instruction in _look_into(look, machine))
    return [
        (_LOAD, 0, 0, _ARCH),
        (_EQUAL, 1, 0, machine.audit_arch),
        (_RETURN, 0, 0, _KILL_PROCESS),
        (_LOAD, 0, 0, _NUMBER),
        (_AT_LEAST, 0, 1, syscalls.LAST_KNOWN + 1),
        _fail(errno.ENOSYS),
        *_refuse(syscalls.UNSEEN.values(), machine, errno.ENOSYS),
        *_refuse(syscalls.DENIED.values(), machine, errno.EPERM),
        *looks,
        _ALLOWED,
    ]


def install() -> bool:
    """Put the filter on all threads of this process, for good; False where the kernel has none.

    Needs `PR_SET_NO_NEW_PRIVS`.
    """
    machine = MACHINES.get(platform.machine())
    if machine is None:
        return False
    code = program(machine, os.getpid())
    filters = (_SockFilter * len(code))(*(_SockFilter(*instruction) for instruction in code))
    prog = _SockProgram(len(code), filters)
    libc = ctypes.CDLL(None, use_errno=True)
    number = syscalls.SECCOMP[machine.column]
    return bool(libc.syscall(number, _SET_MODE_FILTER, _ALL_THREADS, ctypes.byref(prog)) == 0)
