"""Says what a stranger's update is, and refuses what may not be done, before any parser sees it."""

from __future__ import annotations

from typing import Final

MAX_BYTES: Final = 1024 * 1024
