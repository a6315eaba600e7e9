"""An installation to look at: invented people, register entries, and cases that have come some of their way."""

from __future__ import annotations

from .guide import guide
from .install import DemoResult, Progress, install_demo
from .plan import Account, Demo, DemoCase, check_demos, read_demos

__all__ = ["Account", "Demo", "DemoCase", "DemoResult", "Progress", "check_demos", "guide", "install_demo", "read_demos"]
