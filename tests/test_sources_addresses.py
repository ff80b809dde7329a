from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import AddressRefused
from graph.sources.addresses import is_public, parse_address
from graph.sources.fetching import WEB_PORTS

PUBLIC = (
    "8.8.8.8",
    "93.184.215.14",
    "2606:4700::1111",
    "64:ff9b::808:808",
    "2002:808:808::1",
    "::ffff:8.8.8.8",
)
NOT_PUBLIC = (
    "127.0.0.1 127.255.255.254 0.0.0.0 0.1.2.3 10.0.0.1 172.16.0.1 172.31.255.255 192.168.1.1"
    " 169.254.169.254 100.64.0.1 100.100.100.200 168.63.129.16 192.0.0.192 192.0.2.1 198.18.0.1"
    " 198.51.100.7 203.0.113.9 192.88.99.1 224.0.0.1 239.255.255.255 240.0.0.1 255.255.255.255 :: ::1"
    " ::7f00:1 ::808:808 ::ffff:127.0.0.1 ::ffff:10.0.0.1 ::ffff:0:127.0.0.1 64:ff9b::7f00:1"
    " 64:ff9b::a9fe:a9fe 64:ff9b:1::808:808 2002:7f00:1::1 2002:a9fe:a9fe:: 2002:a00:1::1 2001::1"
    " 2001:0:808:808:: 2001:db8::1 3fff::1 100::1 fc00::1 fd00:ec2::254 fe80::1 fe80::1%eth0 fec0::1"
    " ff02::1 5f00::1 4000::1 e000::1"
).split()


@pytest.mark.parametrize("address", PUBLIC)
def test_what_everyone_can_reach_is_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize("address", NOT_PUBLIC)
def test_nothing_else_is_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize(
    "address", ["", "localhost", "127.1", "0x7f.1", "2130706433", "1.2.3.4.5", "８.8.8.8"]
)
def test_what_is_no_address_is_not_public(address: str) -> None:
    assert not is_public(address)


@given(st.ip_addresses(v=4))
def test_wrapping_an_address_changes_nothing(inside: object) -> None:
    number = int(inside)  # type: ignore[call-overload]
    plain = is_public(str(inside))
    for wrapped in (
        f"::ffff:{inside}",
        f"64:ff9b::{inside}",
        f"2002:{number >> 16:x}:{number & 0xFFFF:x}::1",
    ):
        assert is_public(wrapped) == plain


@pytest.mark.parametrize(
    ("address", "says"),
    [
        ("", "no http"),
        ("news.example", "no http"),
        ("//news.example/", "no http"),
        ("ftp://news.example/", "no http"),
        ("file:///etc/passwd", "no http"),
        ("http:///etc/passwd", "no http"),
        ("javascript:alert(1)", "no http"),
        ("http://hale:secret@news.example/", "Leave them out"),
        ("http://news.example@evil.example/", "Leave them out"),
        ("http://news.example:22/", "another port than 80 and 443"),
        ("http://news.example:0/", "another port than 80 and 443"),
        ("http://news.example:99999/", "another port than 80 and 443"),
        ("http://news.example:eighty/", "not a web address"),
        ("http://[::1/", "not a web address"),
        ("http://news.example/\r\nHost: x", "not a web address"),
        ("http://news\x00.example/", "not a web address"),
        ("http://\ud800.example/", "not a web address"),
        ("http://news.example/" + "a" * 5_000, "shorter"),
    ],
)
def test_what_may_not_be_asked_for(address: str, says: str) -> None:
    with pytest.raises(AddressRefused, match=says) as refused:
        parse_address(address, WEB_PORTS)
    assert "secret" not in str(refused.value)
    assert str(refused.value).isprintable()
    assert str(refused.value).endswith(".")


def test_an_address_becomes_what_the_wire_needs() -> None:
    url = parse_address("  HTTPS://Exämple.Test:443/ä b?q=ü#part ", WEB_PORTS)
    assert url.raw_host == b"xn--exmple-cua.test"
    assert url.raw_path == b"/%C3%A4%20b?q=%C3%BC"
    assert str(url) == "https://xn--exmple-cua.test/%C3%A4%20b?q=%C3%BC"


@given(st.text(max_size=60))
def test_any_text_is_an_address_or_refused(text: str) -> None:
    for candidate in (text, f"http://{text}", f"http://news.example/{text}"):
        try:
            url = parse_address(candidate, WEB_PORTS)
        except AddressRefused:
            continue
        assert url.scheme in ("http", "https")
        assert url.raw_host
        assert not url.userinfo
