"""Every setting: its name, its default and what it does. The only reader of the environment.

Each is an environment variable with the prefix `NEWSGRAPH_` (`NEWSGRAPH_DATA`, ...).
"""

from __future__ import annotations

import re
from ipaddress import ip_network
from pathlib import Path

from pydantic import Field, ValidationError, field_validator
from pydantic_core import PydanticCustomError
from pydantic_settings import BaseSettings, SettingsConfigDict

from graph.advice import demand
from graph.errors import SettingsError
from graph.vocab import is_iri

_KEY_LENGTH = 16  # shorter keys can be guessed by trying
_ORIGIN = re.compile(r"https?://[^\s/,*?#@]+/?")
RATE = r"off|[1-9][0-9]{0,8}/(second|minute|hour|day)"
"""How a rate of requests is written."""
_BASE = re.compile(r"https?://[^\s<>\"{}|\\^`?#]+/")


class Settings(BaseSettings):
    """The settings of one process; immutable."""

    model_config = SettingsConfigDict(env_prefix="NEWSGRAPH_", frozen=True, extra="forbid")

    data: Path = Field(Path("newsgraph-data"), description="Folder that holds the store.")
    base: str = Field(
        "http://localhost:8000/",
        description="Base IRI of the data, ends with a slash; written into a store when it is made, and to be"
        " the same whenever that is opened.",
    )
    model: str = Field(
        "", description="An installed spaCy pipeline or a folder; empty for the one that ships."
    )
    entities: str = Field(
        "", description="A list of known entities, CSV or SKOS Turtle (`.csv`, `.ttl`); empty for none."
    )
    host: str = Field("127.0.0.1", description="Address to serve on; any but loopback needs a key.")
    port: int = Field(8000, ge=0, le=65535, description="Port to serve on; 0 takes a free one.")
    api_key: str = Field(
        "",
        description="A key of scope admin, 16 characters or more, beside those of `newsgraph keys`.",
    )
    require_key: bool = Field(
        False, description="Whether requests need a key on loopback too, as where a proxy passes them on."
    )
    rate: str = Field(
        "",
        description="Requests that a key, or without one an address, may make, such as 600/minute; empty for "
        "6000/minute where keys are needed and no limit elsewhere, off for none.",
    )
    trusted_proxies: str = Field(
        "",
        description="Addresses or networks of proxies whose X-Forwarded-For is believed, with commas "
        "between; none by default.",
    )
    allowed_hosts: str = Field(
        "localhost,127.0.0.1,[::1]", description="Host names that requests may name, with commas between."
    )
    cors_origins: str = Field(
        "",
        description="Origins whose pages may use the server, with commas between; none by default.",
    )
    query_timeout: float = Field(10.0, gt=0, description="Seconds after which a SPARQL query is ended.")
    query_memory: int = Field(1024, ge=128, description="Megabytes that a SPARQL query may take.")
    query_workers: int = Field(
        2, ge=1, le=64, description="SPARQL queries that may run at once, as long as they are quick."
    )
    query_slow: int = Field(
        2, ge=1, le=64, description="SPARQL queries that may run beside those, once they have taken long."
    )
    query_cache: int = Field(
        32,
        ge=0,
        description="Megabytes of SPARQL answers that are kept until something is written.",
    )
    allow_update: bool = Field(
        False, description="Whether SPARQL updates and writes to /store are taken; reading always is."
    )
    fetch: bool = Field(
        False,
        description="Whether pages are fetched of which clients of the server, or feeds in files, only give"
        " the address.",
    )
    licence: str = Field("", description="IRI of the licence of the data, which its description names.")
    queries: str = Field(
        "", description="Folder of named queries (`.rq`); empty for `queries` in that of the store."
    )
    max_body: int = Field(10_000_000, ge=1, description="Bytes that a request's body may have.")
    max_article: int = Field(1_000_000, ge=1, description="Characters that an article may have.")

    @field_validator("api_key")
    @classmethod
    def _key_is_long_enough(cls, given: str) -> str:
        if given and len(given) < _KEY_LENGTH:
            raise PydanticCustomError(
                "api_key",
                "it must have at least {length} characters, such as the output of 'openssl rand -hex 32'",
                {"length": _KEY_LENGTH},
            )
        return given

    @field_validator("rate")
    @classmethod
    def _rate_is_one(cls, given: str) -> str:
        if given and not re.fullmatch(RATE, given):
            raise PydanticCustomError(
                "rate",
                "{given} is no rate, such as 600/minute (or second, hour, day), or off",
                {"given": given},
            )
        return given

    @field_validator("trusted_proxies")
    @classmethod
    def _proxies_have_addresses(cls, given: str) -> str:
        for one in filter(None, (part.strip() for part in given.split(","))):
            try:
                ip_network(one, strict=False)
            except ValueError:
                raise PydanticCustomError(
                    "trusted_proxies", "{one} is no address or network, such as 10.0.0.0/8", {"one": one}
                ) from None
        return given

    @field_validator("licence")
    @classmethod
    def _licence_is_an_iri(cls, given: str) -> str:
        if given and not is_iri(given):
            raise PydanticCustomError(
                "licence",
                "it must be an IRI such as https://creativecommons.org/licenses/by/4.0/",
            )
        return given

    @field_validator("cors_origins")
    @classmethod
    def _origins_are_such(cls, given: str) -> str:
        for one in filter(None, (part.strip() for part in given.split(","))):
            if not _ORIGIN.fullmatch(one):
                raise PydanticCustomError(
                    "cors_origins",
                    "{one} is not the origin of a page, such as https://yasgui.org (there is no wildcard)",
                    {"one": one},
                )
        return given

    @field_validator("base")
    @classmethod
    def _base_is_a_web_address(cls, given: str) -> str:
        if not _BASE.fullmatch(given) or not is_iri(given):
            raise PydanticCustomError(
                "base",
                "it must be an http or https IRI that ends with a slash, such as https://news.example/",
            )
        return given


def load_settings(**overrides: object) -> Settings:
    """Read the settings from the environment; `overrides` (None for not given) win.

    Raises SettingsError, naming the variable, if a value cannot be used.
    """
    given = {name: value for name, value in overrides.items() if value is not None}
    try:
        return Settings(**given)  # type: ignore[arg-type]
    except ValidationError as error:
        first = error.errors()[0]
        name = "_".join(str(part) for part in first["loc"])
        raise SettingsError(
            f"The setting NEWSGRAPH_{name.upper()} cannot be used: {demand(first['msg'])}."
        ) from error
