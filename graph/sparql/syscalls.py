"""Numbers of the system calls that a worker may not make, by machine (Linux's `unistd.h` tables).

A `None` stands where a machine does not have the call.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

# A call's number on x86_64, and on aarch64.
Numbers = tuple[int | None, int | None]


@dataclass(frozen=True, slots=True)
class Machine:
    """What a filter must know of a machine: its column in the tables, and its name for the kernel."""

    column: int
    audit_arch: int


MACHINES: Final[dict[str, Machine]] = {
    "x86_64": Machine(0, 0xC000003E),
    "aarch64": Machine(1, 0xC00000B7),
}

# Calls newer than the tables (and all of x86's second numbering, which starts at 2**30) are answered
# with "no such call": the C library then takes an older one, which the tables know.
LAST_KNOWN: Final = 450

NETWORK: Final[dict[str, Numbers]] = {
    "socket": (41, 198),
    "socketpair": (53, 199),
    "connect": (42, 203),
    "bind": (49, 200),
    "listen": (50, 201),
    "accept": (43, 202),
    "accept4": (288, 242),
    "sendto": (44, 206),
    "sendmsg": (46, 211),
    "sendmmsg": (307, 269),
}

PROCESSES: Final[dict[str, Numbers]] = {
    "execve": (59, 221),
    "execveat": (322, 281),
    "fork": (57, None),
    "vfork": (58, None),
    "ptrace": (101, 117),
    "process_vm_readv": (310, 270),
    "process_vm_writev": (311, 271),
    "process_madvise": (440, 440),
    "kill": (62, 129),
    "tkill": (200, 130),
    "rt_sigqueueinfo": (129, 138),
    "rt_tgsigqueueinfo": (297, 240),
    "pidfd_open": (434, 434),
    "pidfd_getfd": (438, 438),
    "pidfd_send_signal": (424, 424),
    "shmget": (29, 194),
    "msgget": (68, 186),
    "semget": (64, 190),
    "mq_open": (240, 180),
}

FILES: Final[dict[str, Numbers]] = {
    "creat": (85, None),
    "link": (86, None),
    "linkat": (265, 37),
    "symlink": (88, None),
    "symlinkat": (266, 36),
    "unlink": (87, None),
    "unlinkat": (263, 35),
    "rename": (82, None),
    "renameat": (264, 38),
    "renameat2": (316, 276),
    "mkdir": (83, None),
    "mkdirat": (258, 34),
    "rmdir": (84, None),
    "mknod": (133, None),
    "mknodat": (259, 33),
    "truncate": (76, 45),
    "ftruncate": (77, 46),
    "fallocate": (285, 47),
    "chmod": (90, None),
    "fchmod": (91, 52),
    "fchmodat": (268, 53),
    "chown": (92, None),
    "lchown": (94, None),
    "fchown": (93, 55),
    "fchownat": (260, 54),
    "utime": (132, None),
    "utimes": (235, None),
    "futimesat": (261, None),
    "utimensat": (280, 88),
    "setxattr": (188, 5),
    "lsetxattr": (189, 6),
    "fsetxattr": (190, 7),
    "removexattr": (197, 14),
    "lremovexattr": (198, 15),
    "fremovexattr": (199, 16),
    "name_to_handle_at": (303, 264),
    "open_by_handle_at": (304, 265),
    "memfd_create": (319, 279),
    "memfd_secret": (447, 447),
}

# What a process may do that has a folder of its own to write in, which Landlock sees to.
WRITING: Final = frozenset(
    "creat unlink unlinkat rename renameat renameat2 mkdir mkdirat rmdir link linkat truncate ftruncate "
    "fallocate chmod fchmod fchmodat utimensat".split()
)

SYSTEM: Final[dict[str, Numbers]] = {
    "mount": (165, 40),
    "umount2": (166, 39),
    "pivot_root": (155, 41),
    "chroot": (161, 51),
    "move_mount": (429, 429),
    "open_tree": (428, 428),
    "fsopen": (430, 430),
    "fsconfig": (431, 431),
    "fsmount": (432, 432),
    "fspick": (433, 433),
    "mount_setattr": (442, 442),
    "unshare": (272, 97),
    "setns": (308, 268),
    "swapon": (167, 224),
    "swapoff": (168, 225),
    "bpf": (321, 280),
    "perf_event_open": (298, 241),
    "userfaultfd": (323, 282),
    "io_setup": (206, 0),
    "keyctl": (250, 219),
    "add_key": (248, 217),
    "request_key": (249, 218),
    "init_module": (175, 105),
    "finit_module": (313, 273),
    "delete_module": (176, 106),
    "kexec_load": (246, 104),
    "kexec_file_load": (320, 294),
    "reboot": (169, 142),
    "sethostname": (170, 161),
    "setdomainname": (171, 162),
    "settimeofday": (164, 170),
    "clock_settime": (227, 112),
    "clock_adjtime": (305, 266),
    "adjtimex": (159, 171),
    "acct": (163, 89),
    "quotactl": (179, 60),
    "personality": (135, 92),
    "syslog": (103, 116),
    "iopl": (172, None),
    "ioperm": (173, None),
    "setuid": (105, 146),
    "setgid": (106, 144),
    "setreuid": (113, 145),
    "setregid": (114, 143),
    "setresuid": (117, 147),
    "setresgid": (119, 149),
    "setgroups": (116, 159),
    "setfsuid": (122, 151),
    "setfsgid": (123, 152),
    "capset": (126, 91),
}

# io_uring makes the calls above without passing the filter.
RINGS: Final[dict[str, Numbers]] = {
    "io_uring_setup": (425, 425),
    "io_uring_enter": (426, 426),
    "io_uring_register": (427, 427),
}

DENIED: Final[dict[str, Numbers]] = NETWORK | PROCESSES | FILES | SYSTEM | RINGS

# Answered with "no such call", since their arguments lie in memory where a filter cannot look; the C
# library takes `clone` and `openat` instead, which the filter does look into.
UNSEEN: Final[dict[str, Numbers]] = {"clone3": (435, 435), "openat2": (437, 437)}

OPEN: Final[Numbers] = (2, None)
OPENAT: Final[Numbers] = (257, 56)
CLONE: Final[Numbers] = (56, 220)
TGKILL: Final[Numbers] = (234, 131)
SECCOMP: Final[Numbers] = (317, 277)
