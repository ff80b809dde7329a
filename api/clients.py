"""Where a request comes from: the address of the connection, or what a proxy that is trusted says."""

from __future__ import annotations

from collections.abc import Sequence
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import TypeAlias

from starlette.datastructures import Headers
from starlette.types import Scope

Network: TypeAlias = IPv4Network | IPv6Network
UNKNOWN = "unknown"
_MOST = 20  # addresses of X-Forwarded-For that are looked at


def is_loopback(host: str) -> bool:
    """Tell if only this machine can reach `host`."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host.lower() == "localhost"


def networks(setting: str) -> tuple[Network, ...]:
    """Read the setting `trusted_proxies`: addresses and networks with commas between. Raises ValueError."""
    return tuple(ip_network(part.strip(), strict=False) for part in setting.split(",") if part.strip())


def client_of(scope: Scope, trusted: Sequence[Network]) -> str:
    """Return the address of a client, or what X-Forwarded-For says of it if a trusted proxy passed it on.

    Each proxy adds at the end whom it was asked by; so the last one that is no trusted proxy is the client,
    and what stands before may be made up.
    """
    client = scope.get("client")
    last = client[0] if client else UNKNOWN
    if not trusted:
        return str(last)
    said = ",".join(Headers(scope=scope).getlist("x-forwarded-for")).split(",")
    for name in reversed(said[-_MOST:]):
        if not _is_in(_address(last), trusted):
            break
        if (address := _address(name)) is None:
            break
        last = str(address)
    return str(last)


def _is_in(address: IPv4Address | IPv6Address | None, trusted: Sequence[Network]) -> bool:
    return address is not None and any(address in network for network in trusted)


def _address(name: str) -> IPv4Address | IPv6Address | None:
    """Read an address as a proxy may write it: with a port, in brackets, or an IPv4 one as IPv6."""
    name = name.strip()
    host, colon, _ = name.rpartition(":")
    if name.startswith("[") or (colon and ":" not in host):
        name = name[1 : name.find("]")] if name.startswith("[") else host
    try:
        found = ip_address(name)
    except ValueError:
        return None
    return found.ipv4_mapped or found if isinstance(found, IPv6Address) else found
