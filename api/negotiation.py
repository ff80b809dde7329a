"""Which representation a request gets: the Accept header of RFC 9110 (section 12.5.1), pure functions.

The most specific media range that fits an offer gives it its quality, whatever the order of the
header; `q=0` takes an offer away. Parameters such as `charset=utf-8` or `profile=...` never lead to
406, since each offer has one form only; ranges that do not parse are passed over.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from starlette.datastructures import Headers

from api.errors import NotAcceptable

_TOKEN = r"[!#$%&'*+.^_`|~0-9A-Za-z-]+"
_RANGE = re.compile(rf"({_TOKEN})/({_TOKEN})")
_QUALITY = re.compile(r"(?:0(?:\.\d{0,3})?|1(?:\.0{0,3})?)")
_QUOTED = r'"(?:[^"\\]|\\.)*(?:"|\\?$)'  # one without its end runs to the end, so that matching stays linear
_PART = re.compile(rf'(?:[^,"]|{_QUOTED})+', re.DOTALL)
_PARAMETER = re.compile(rf'(?:[^;"]|{_QUOTED})+', re.DOTALL)


@dataclass(frozen=True, slots=True)
class Offer:
    """One representation that a resource has.

    `names` are what `?format=` may say; `aliases` other media types that clients use for the same
    bytes (`application/json` for SPARQL's JSON results).
    """

    media_type: str
    names: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MediaRange:
    """One element of an Accept header; `quality` from 0 to 1."""

    type: str
    subtype: str
    quality: float

    def specificity(self, media_type: str) -> int | None:
        """How closely the range names `media_type`: 2 itself, 1 `type/*`, 0 `*/*`, None not at all."""
        type_, _, subtype = media_type.partition("/")
        if (self.type, self.subtype) == (type_, subtype):
            return 2
        if (self.type, self.subtype) == (type_, "*"):
            return 1
        return 0 if (self.type, self.subtype) == ("*", "*") else None


def parse_accept(header: str) -> tuple[MediaRange, ...]:
    """Parse an Accept header; elements that are not media ranges are left out."""
    ranges = (_parse_range(part) for part in _PART.findall(header))
    return tuple(found for found in ranges if found is not None)


def _parse_range(text: str) -> MediaRange | None:
    head, *parameters = [part.strip() for part in _PARAMETER.findall(text)] or [""]
    match = _RANGE.fullmatch(head)
    if match is None or (match[1] == "*" and match[2] != "*"):
        return None
    pairs = (parameter.partition("=") for parameter in parameters)
    weights = [value.strip() for name, _, value in pairs if name.strip().lower() == "q"]
    if weights and not _QUALITY.fullmatch(weights[0]):
        return None
    return MediaRange(match[1].lower(), match[2].lower(), float(weights[0]) if weights else 1.0)


def quality(media_type: str, ranges: Sequence[MediaRange], *, closeness: int = 0) -> float:
    """Return the quality that `ranges` give to `media_type`; 0 if they do not accept it.

    Only ranges of at least that closeness count: 2 leaves wildcards out.
    """
    fits = [(level, r.quality) for r in ranges if (level := r.specificity(media_type)) is not None]
    level, best = max(fits, default=(0, 0.0))
    return best if level >= closeness else 0.0


def body_type(content_type: str) -> tuple[str, str]:
    """Read a Content-Type: the media type and its charset in lower case, either empty if it is not there.

    Other parameters mean nothing to the bodies that are read here.
    """
    head, *parameters = [part.strip() for part in _PARAMETER.findall(content_type.lower())] or [""]
    pairs = (parameter.partition("=") for parameter in parameters)
    charsets = [value.strip(' "') for name, _, value in pairs if name.strip() == "charset"]
    return head, charsets[0] if charsets else ""


def accept_of(headers: Headers) -> str:
    """Read the Accept headers of a request as the one list that they are (RFC 9110, section 5.3)."""
    return ", ".join(headers.getlist("accept"))


def negotiate(accept: str | None, offers: Sequence[Offer]) -> tuple[Offer, str]:
    """Choose the offer that the client likes best, and the media type to send it as.

    Of equals the first offer wins, and of an offer's types its own before its aliases, which a
    wildcard never means. A missing or unreadable header accepts everything. Raises NotAcceptable,
    listing what there is.
    """
    ranges = parse_accept(accept or "")
    if not ranges:
        return offers[0], offers[0].media_type
    weighed = [(quality(offer.media_type, ranges), offer, offer.media_type) for offer in offers]
    weighed += [(quality(t, ranges, closeness=2), offer, t) for offer in offers for t in offer.aliases]
    best, offer, media_type = max(weighed, key=lambda candidate: candidate[0])
    if best > 0:
        return offer, media_type
    raise NotAcceptable(f"Nothing here suits 'Accept: {accept}'; there is {listed(offers)}.")


def named(name: str, offers: Sequence[Offer]) -> tuple[Offer, str]:
    """Choose by `?format=`: a name or a media type. Raises NotAcceptable, listing what there is."""
    wanted = name.strip().lower()
    for offer in offers:
        if wanted in (*offer.names, offer.media_type, *offer.aliases):
            return offer, offer.media_type
    raise NotAcceptable(f"There is no format {name!r} here; there is {listed(offers)}.")


def listed(offers: Sequence[Offer]) -> str:
    """Name the offers in a sentence, with their short names."""
    return ", ".join(f"{o.media_type} ({o.names[0]})" if o.names else o.media_type for o in offers)


def content_type(media_type: str) -> str:
    """Make the Content-Type of a UTF-8 text; types that are UTF-8 by definition need no charset."""
    return f"{media_type}; charset=utf-8" if media_type.startswith("text/") else media_type
