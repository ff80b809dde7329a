from __future__ import annotations

import pytest

from graph.errors import SettingsError
from graph.settings import load_settings


@pytest.mark.parametrize(
    "base", ["http://[/", "http://a/%zz/", "http://a:b/", "http://news example/", "ftp://news.example/", "x"]
)
def test_a_base_that_is_no_iri_is_refused_before_anything_is_made(
    base: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NEWSGRAPH_BASE", base)
    with pytest.raises(SettingsError, match=r"NEWSGRAPH_BASE .* such as https://news\.example/"):
        load_settings()


@pytest.mark.parametrize("base", ["https://news.example/", "http://[::1]:8000/", "http://ünï.example/a/"])
def test_a_base_that_is_an_iri_is_taken(base: str) -> None:
    assert load_settings(base=base).base == base


def test_a_key_that_can_be_guessed_is_refused_and_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEWSGRAPH_API_KEY", "open-sesame-123")
    with pytest.raises(SettingsError, match=r"NEWSGRAPH_API_KEY .* at least 16 characters") as refused:
        load_settings()
    assert "sesame" not in str(refused.value)


@pytest.mark.parametrize("key", ["", "open-sesame-1234"])
def test_no_key_and_a_long_one_are_taken(key: str) -> None:
    assert load_settings(api_key=key).api_key == key
