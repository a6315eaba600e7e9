"""The command line is a module that can be run, too."""

from __future__ import annotations

import subprocess
import sys


def test_the_package_can_be_run() -> None:
    done = subprocess.run([sys.executable, "-m", "engine.cli", "feel", "1 + 1"], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "2\n")
