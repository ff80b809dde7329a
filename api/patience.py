"""What one client may take of the server's time and room."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Patience:
    """What one client may take of the server, and how many may be there.

    - `head`: seconds for the head of a request; `head_size`: its bytes.
    - `grace`: seconds that a body, or the taking of an answer, may be behind `pace`, bytes in a second.
    - `idle`: seconds between two requests.
    - `drain`: seconds that requests in progress may take after the server is told to stop.
    - `connections`: how many may be open at once.
    """

    head: float = 10.0
    head_size: int = 16 * 1024
    grace: float = 10.0
    pace: float = 8 * 1024
    idle: int = 5
    drain: int = 10
    connections: int = 1000
