"""The address of a request, as its client wrote it: some IRIs are just that."""

from __future__ import annotations

from urllib.parse import urlsplit

from starlette.requests import Request

from graph.errors import BadFilter
from graph.vocab import is_iri


def own_address(request: Request, base: str) -> str:
    """Write the address of a request as its client has it; behind a proxy its scheme is that of the base.

    Raises BadFilter if it cannot be the IRI of a graph.
    """
    host, of_base = request.headers.get("host", ""), urlsplit(base)
    scheme = of_base.scheme if host.lower() == of_base.netloc.lower() else request.scope.get("scheme", "http")
    raw = request.scope.get("raw_path") or request.scope["path"].encode()
    address = f"{scheme}://{host}{raw.decode('latin-1').partition('?')[0]}"
    if not is_iri(address):
        raise BadFilter(f"{address[:100]!r} cannot be the IRI of a graph; name one with ?graph=IRI.")
    return address
