"""Which web addresses may be fetched: what a URL must look like, and which IP addresses are public.

A server that fetches what strangers name must not reach its own machine or network for them (server-side
request forgery). So an IP address is taken only if everyone on the internet could reach it: for IPv6
nothing but 2000::/3, which is all that is given out as global unicast, and the translation prefixes by
the IPv4 address inside them. The sources are IANA's registries of special-purpose addresses; Python's
`is_global` knows them as they were when it was made, and what it lacks is in `_NOT_PUBLIC`.
"""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import TYPE_CHECKING, Final

from graph.errors import AddressRefused

if TYPE_CHECKING:
    import httpx

_SHOWN: Final = 200
_LONGEST: Final = 4_096
"""Characters that a message shows of an address, and that an address may have."""

ADVICE: Final = "Give the article's text instead."
"""What a user of a server can do about an address that is not fetched."""

_GLOBAL_UNICAST: Final = ip_network("2000::/3")
_NAT64: Final = ip_network("64:ff9b::/96")
_SIX_TO_FOUR: Final = ip_network("2002::/16")
_NOT_PUBLIC: Final = tuple(
    map(
        ip_network,
        (
            "100.64.0.0/10",  # shared by the customers of one provider
            "168.63.129.16/32",  # a public number that is the cloud's own server inside Azure
            "192.0.0.0/24",  # protocol assignments, and the metadata server inside Oracle's cloud
            "192.88.99.0/24",  # relays of 6to4, which are gone
            "2001::/23",  # protocol assignments: Teredo, ORCHID, benchmarking
            "3fff::/20",  # documentation
        ),
    )
)


def is_public(address: str) -> bool:
    """Say whether everyone on the internet can mean the same machine by this IP address."""
    try:
        ip = ip_address(address)
    except ValueError:
        return False
    return _is_public(ip)


def _is_public(ip: IPv4Address | IPv6Address) -> bool:
    if isinstance(ip, IPv6Address):
        inside = _inside(ip)
        if inside is not None:
            return _is_public(inside)
        if ip not in _GLOBAL_UNICAST:
            return False
    if any(ip in network for network in _NOT_PUBLIC if network.version == ip.version):
        return False
    return ip.is_global and not (ip.is_multicast or ip.is_reserved or ip.is_unspecified)


def _inside(ip: IPv6Address) -> IPv4Address | None:
    """Give the IPv4 address that packets to `ip` end up at, if `ip` only wraps one."""
    if ip in _NAT64:
        return IPv4Address(int(ip) & 0xFFFFFFFF)
    if ip in _SIX_TO_FOUR:
        return IPv4Address(int(ip) >> 80 & 0xFFFFFFFF)
    return ip.ipv4_mapped


def parse_address(text: str, ports: frozenset[int] | None, advice: str = ADVICE) -> httpx.URL:
    """Read a web address; its fragment is dropped, and its host is as DNS knows it (IDNA).

    `ports` are those that it may name, None for any; `advice` says what to do about another. Raises
    AddressRefused: it is malformed, not http or https, holds a name or password, or another port.
    """
    import httpx  # here, because only fetching needs it

    told = shortened(text)
    if len(text) > _LONGEST:
        raise AddressRefused(f"{told} is longer than {_LONGEST:,} characters. Give a shorter address.")
    try:
        url = httpx.URL(text.strip()).copy_with(fragment=None)
    except (httpx.InvalidURL, ValueError) as error:  # surrogates are a ValueError
        raise AddressRefused(
            f"{told} is not a web address ({error}). Write it as https://host/path."
        ) from error
    if url.scheme not in ("http", "https") or not url.raw_host:
        raise AddressRefused(f"{told} is no http or https address. Give one that begins with https://.")
    if url.userinfo:
        raise AddressRefused(f"{url.host}: An address may not hold a name or password. Leave them out.")
    if ports is not None and port_of(url) not in ports:
        known = " and ".join(map(str, sorted(ports)))
        raise AddressRefused(f"{told} names another port than {known}, which are fetched from. {advice}")
    return url


def port_of(url: httpx.URL) -> int:
    """Give the port that a connection for `url` goes to."""
    return url.port if url.port is not None else {"http": 80, "https": 443}[url.scheme]


def shortened(text: str) -> str:
    """Return an address as a message can hold it: quoted, escaped, and not too long."""
    cut = text if len(text) <= _SHOWN else f"{text[:_SHOWN]}..."
    return ascii(cut)
