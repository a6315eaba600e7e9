"""`python -m engine.cli`: the same as the `stegvis` command."""

from __future__ import annotations

from . import main

main()
