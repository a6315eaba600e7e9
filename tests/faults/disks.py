"""Disks that are full for a while."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_SLACK_BYTES = 4096


@contextmanager
def small_disk(folder: Path, megabytes: int) -> Iterator[Path]:
    """A disk of its own in memory, mounted at `folder`. Only an administrator of the machine may mount one."""
    folder.mkdir()
    folder.chmod(0o755)
    subprocess.run(("mount", "-t", "tmpfs", "-o", f"size={megabytes}m,mode=0777", "none", str(folder)), check=True)
    try:
        yield folder
    finally:
        subprocess.run(("umount", "--lazy", str(folder)), check=True)


@contextmanager
def filled(disk: Path) -> Iterator[None]:
    """Meanwhile there is no room on the disk."""
    ballast = disk / "ballast"
    try:
        with ballast.open("wb", buffering=0) as file:
            try:
                while file.write(bytes(_SLACK_BYTES)) == _SLACK_BYTES:
                    pass
            except OSError:
                pass
        yield
    finally:
        ballast.unlink()
