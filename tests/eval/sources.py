"""Where the open sets lie, unless another folder is named."""

from __future__ import annotations

from pathlib import Path

SETS = Path(__file__).resolve().parents[3] / "shared" / "eval"
