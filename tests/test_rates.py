"""Counting requests, and where they come from."""

from __future__ import annotations

import pytest

from api.clients import client_of, is_loopback, networks
from api.rates import Rates
from graph.errors import SettingsError
from graph.settings import load_settings


def test_each_has_a_window_of_its_own() -> None:
    rates = Rates()
    for who in ("a", "b"):
        counts = [rates.of_key(who, "2/hour") for _ in range(3)]
        assert [count and count.is_within for count in counts] == [True, True, False]
    assert rates.of_key("a", "off") is None
    first = rates.of_address("a", "2/hour")
    assert first is not None
    assert first.is_within, "an address is no key"


def test_what_is_counted_is_bounded() -> None:
    rates = Rates(addresses=10)
    held = [rates.of_address(f"192.0.2.{n}", "1000/hour") for n in range(10)]
    assert all(held)
    for n in range(5000):
        rates.of_address(f"10.{n >> 8}.{n & 255}.1", "1000/hour")
    assert rates._strangers is not None
    assert len(rates._strangers.storage.storage) <= 10 + 64  # type: ignore[attr-defined]
    again = rates.of_address("192.0.2.1", "1000/hour")
    assert again is not None
    assert again.headers["RateLimit"].startswith('"address";r=998;')


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("192.0.2.1", "192.0.2.2", False),
        ("192.0.2.1", "::ffff:192.0.2.1", True),
        ("2001:db8::1", "2001:db8::ffff:1", True),
        ("2001:db8::1", "2001:db8:0:1::1", False),
        ("unknown", "unknown", True),
    ],
)
def test_a_client_is_an_address_or_a_network(one: str, other: str, same: bool) -> None:
    rates = Rates()
    rates.of_address(one, "1/hour")
    count = rates.of_address(other, "1/hour")
    assert count is not None
    assert count.is_within is not same


FORWARDED = [
    # trusted, X-Forwarded-For, whom it is from
    ("", "192.0.2.9", "127.0.0.1"),
    ("10.0.0.0/8", "192.0.2.9", "127.0.0.1"),
    ("127.0.0.1", None, "127.0.0.1"),
    ("127.0.0.1", "192.0.2.9", "192.0.2.9"),
    ("127.0.0.1", "1.1.1.1, 192.0.2.9", "192.0.2.9"),
    ("127.0.0.1,192.0.2.0/24", "6.6.6.6, 198.51.100.4, 192.0.2.9", "198.51.100.4"),
    ("127.0.0.1", "made up", "127.0.0.1"),
    ("127.0.0.1", "192.0.2.9, <script>", "127.0.0.1"),
    ("127.0.0.1", "192.0.2.9:1234", "192.0.2.9"),
    ("127.0.0.1", "[2001:db8::1]:1234", "2001:db8::1"),
    ("127.0.0.1", "2001:db8::1", "2001:db8::1"),
    ("127.0.0.1", "::ffff:192.0.2.9", "192.0.2.9"),
    ("127.0.0.1", "", "127.0.0.1"),
    ("127.0.0.1", "127.0.0.1", "127.0.0.1"),
]


@pytest.mark.parametrize(("trusted", "header", "expected"), FORWARDED)
def test_only_a_trusted_proxy_is_believed(trusted: str, header: str | None, expected: str) -> None:
    headers = [] if header is None else [(b"x-forwarded-for", header.encode())]
    scope = {"type": "http", "client": ("127.0.0.1", 1), "headers": headers}
    assert client_of(scope, networks(trusted)) == expected


def test_who_has_no_address_is_unknown() -> None:
    assert client_of({"type": "http", "client": None, "headers": []}, networks("10.0.0.0/8")) == "unknown"


def test_loopback_is_known() -> None:
    assert is_loopback("127.0.0.1")
    assert not is_loopback("192.0.2.1")


@pytest.mark.parametrize(
    ("name", "value"), [("rate", "60"), ("rate", "0/minute"), ("trusted_proxies", "proxy.example")]
)
def test_settings_that_mean_nothing_are_refused(name: str, value: str) -> None:
    with pytest.raises(SettingsError, match=f"NEWSGRAPH_{name.upper()}"):
        load_settings(**{name: value})
