"""Jobs: the handlers that come with the engine, and what runs them."""

from __future__ import annotations
