"""The command line. Entry point of the `stegvis` command."""

from __future__ import annotations

from .app import cli, main

__all__ = ["cli", "main"]
