"""How a process that lives long looks for memory that nothing uses any more."""

from __future__ import annotations

import gc
from typing import Final

ALLOCATIONS: Final = 20_000
"""So many more objects than before, and Python looks among the young ones. By itself it looks at every 700."""


def settle() -> None:
    """What is there now stays: it is not looked at again. To be called once a process is ready to work."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(ALLOCATIONS)
