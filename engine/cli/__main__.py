"""`python -m engine.cli`: the same as the `stegvis` command."""

from __future__ import annotations

from . import main

if __name__ == "__main__":  # a process of its own, begun for a job, reads this too
    main()
