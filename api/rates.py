"""How many requests one key, or one address, may make in a while; counted by the library `limits`.

Windows are fixed: each begins with a request and ends when it is over, so that what is told of them is exact
(RateLimit, RateLimit-Policy: draft-ietf-httpapi-ratelimit-headers-10; Retry-After: RFC 9110). What is counted
is kept in memory, and bounded: keys are few, and of addresses so many are told apart and no more.
"""

from __future__ import annotations

import math
import time
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from ipaddress import IPv6Address, ip_address
from typing import Final

from limits import RateLimitItem, parse
from limits.storage import MemoryStorage
from limits.strategies import FixedWindowRateLimiter

DEFAULT: Final = "6000/minute"
"""Where keys are needed and the setting `rate` says nothing."""
OFF: Final = "off"
_ADDRESSES: Final = 2000
"""Addresses that are told apart at once; more than these share so many counters."""
_CROWDS: Final = 64
_NETWORK: Final = 64
"""Bits of an IPv6 address that one customer has as a rule."""


@dataclass(frozen=True, slots=True)
class Count:
    """What a request did to its counter: whether it may go on, and what is told of that."""

    is_within: bool
    headers: Mapping[str, str]
    wait: int
    """Seconds until the window is over."""


class Rates:
    """The counters of one server."""

    def __init__(self, addresses: int = _ADDRESSES) -> None:
        self._keys: FixedWindowRateLimiter | None = None
        self._strangers: FixedWindowRateLimiter | None = None
        self._addresses = addresses

    def of_key(self, name: str, rate: str, apart: str = "") -> Count | None:
        """Count a request with a key; None if there is no limit (`off`).

        What is counted `apart` from the others has that name.
        """
        if rate == OFF:
            return None
        self._keys = self._keys or FixedWindowRateLimiter(MemoryStorage())
        return _count(self._keys, _item(rate), "key", f"{name}{apart}")

    def of_address(self, address: str, rate: str, apart: str = "") -> Count | None:
        """Count a request without a key, or with none that is good, as `of_key` does."""
        if rate == OFF:
            return None
        self._strangers = self._strangers or FixedWindowRateLimiter(MemoryStorage())
        item, who, storage = _item(rate), f"{_network(address)}{apart}", self._strangers.storage
        assert isinstance(storage, MemoryStorage)
        if len(storage.storage) >= self._addresses and item.key_for(who) not in storage.storage:
            who = f"crowd {zlib.crc32(who.encode()) % _CROWDS}"
        return _count(self._strangers, item, "address", who)


_item = lru_cache(256)(parse)


def _count(limiter: FixedWindowRateLimiter, item: RateLimitItem, kind: str, who: str) -> Count:
    is_within = limiter.hit(item, who)
    window = limiter.get_window_stats(item, who)
    wait = max(1, math.ceil(window.reset_time - time.time()))
    headers = {
        "RateLimit-Policy": f'"{kind}";q={item.amount};w={item.get_expiry()}',
        "RateLimit": f'"{kind}";r={max(0, window.remaining)};t={wait}',
    }
    return Count(is_within, headers if is_within else {**headers, "Retry-After": str(wait)}, wait)


def _network(address: str) -> str:
    """Return what stands for a client: an IPv4 address, or the network of an IPv6 one."""
    try:
        found = ip_address(address)
    except ValueError:
        return address
    if not isinstance(found, IPv6Address):
        return str(found)
    if found.ipv4_mapped is not None:
        return str(found.ipv4_mapped)
    return f"{int(found) >> (128 - _NETWORK):x}/{_NETWORK}"
