"""The composition root: from settings to concrete parts."""

from __future__ import annotations
