"""The filter of system calls, run here as the kernel runs it, for machines that are not this one too."""

from __future__ import annotations

import errno
import os
import re
import signal
import sys
from pathlib import Path

import pytest

from graph.sparql import syscalls
from graph.sparql.seccomp import Instruction, program
from graph.sparql.syscalls import MACHINES, Numbers

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the flags of its calls are Linux's")


def answer(code: list[Instruction], machine: int, number: int, *arguments: int) -> int:
    """Run a filter as the kernel does."""
    data = {0: number, 4: machine} | {16 + 8 * at: value for at, value in enumerate(arguments)}
    at, loaded = 0, 0
    while True:
        what, if_true, if_false, operand = code[at]
        at += 1
        if what == 0x20:
            loaded = data.get(operand, 0)
        elif what == 0x06:
            return operand
        else:
            true = {0x15: loaded == operand, 0x35: loaded >= operand, 0x45: bool(loaded & operand)}[what]
            at += if_true if true else if_false


ALLOW, KILL, ERROR = 0x7FFF0000, 0x80000000, 0x00050000


@pytest.mark.parametrize("name", sorted(MACHINES))
def test_the_filter_of_each_machine(name: str) -> None:
    machine = MACHINES[name]
    code = program(machine, pid=4321)

    def ask(call: Numbers | int, *arguments: int) -> int:
        number = call if isinstance(call, int) else call[machine.column]
        assert number is not None
        return answer(code, machine.audit_arch, number, *arguments)

    for numbers in syscalls.DENIED.values():
        if numbers[machine.column] is not None:
            assert ask(numbers) == ERROR | errno.EPERM
    for numbers in syscalls.UNSEEN.values():
        assert ask(numbers) == ERROR | errno.ENOSYS
    assert ask(syscalls.OPENAT, 0, 0, os.O_RDONLY | os.O_CLOEXEC) == ALLOW
    for flag in (os.O_WRONLY, os.O_RDWR, os.O_CREAT, os.O_TRUNC):
        assert ask(syscalls.OPENAT, 0, 0, flag) == ERROR | errno.EACCES
    assert ask(syscalls.CLONE, 0x3D0F00) == ALLOW
    assert ask(syscalls.CLONE, signal.SIGCHLD) == ERROR | errno.EPERM
    assert ask(syscalls.TGKILL, 4321) == ALLOW
    assert ask(syscalls.TGKILL, 1) == ERROR | errno.EPERM
    assert ask({0: 0, 1: 63}[machine.column]) == ALLOW, "read"
    assert ask(syscalls.LAST_KNOWN + 1) == ERROR | errno.ENOSYS
    assert ask(2**30 + 41) == ERROR | errno.ENOSYS, "the second numbering of x86"
    assert answer(code, 0x40000003, 102) == KILL, "32-bit calls"


HEADERS = [
    ("x86_64", Path("/usr/include/x86_64-linux-gnu/asm/unistd_64.h")),
    ("aarch64", Path("/usr/include/asm-generic/unistd.h")),
]


@pytest.mark.parametrize(("name", "header"), HEADERS)
def test_numbers_are_those_of_the_kernel(name: str, header: Path) -> None:
    if not header.exists():
        pytest.skip("the kernel's headers are not installed")
    found = re.findall(r"#define __NR(?:3264)?_(\w+)\s+(\d+)", header.read_text())
    numbers = {call: int(number) for call, number in found}
    singles = {
        "open": syscalls.OPEN, "openat": syscalls.OPENAT, "clone": syscalls.CLONE,
        "tgkill": syscalls.TGKILL, "seccomp": syscalls.SECCOMP,
    }  # fmt: skip
    for call, pair in (syscalls.DENIED | syscalls.UNSEEN | singles).items():
        assert pair[MACHINES[name].column] == numbers.get(call), call


@pytest.mark.parametrize("name", sorted(MACHINES))
def test_the_filter_of_who_writes(name: str) -> None:
    """It may change files, which Landlock sees to; a socket ends it, so that no SILENT hides the attempt."""
    machine = MACHINES[name]
    code = program(machine, pid=4321, writes=True)

    def ask(call: Numbers, *arguments: int) -> int:
        number = call[machine.column]
        assert number is not None
        return answer(code, machine.audit_arch, number, *arguments)

    for call, numbers in syscalls.DENIED.items():
        if numbers[machine.column] is None:
            continue
        if call in syscalls.NETWORK:
            assert ask(numbers) == KILL
        elif call in syscalls.WRITING:
            assert ask(numbers) == ALLOW
        else:
            assert ask(numbers) == ERROR | errno.EPERM
    assert ask(syscalls.OPENAT, 0, 0, os.O_RDWR | os.O_CREAT) == ALLOW
    assert ask(syscalls.CLONE, signal.SIGCHLD) == ERROR | errno.EPERM
