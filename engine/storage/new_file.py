"""A file that appears under its name when it is whole, and never in place of another."""

from __future__ import annotations

import errno
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, Final

from .folder import sync

_CANNOT: Final = (errno.EINVAL, errno.ENOTSUP)
"""What a network drive says that cannot write folders through."""


@contextmanager
def new_file(to: Path) -> Iterator[BinaryIO]:
    """A file that only its owner can read. It has a name of its own until the block is over, and goes when the block raises.

    Raises:
        FileExistsError: something has the name already, or has taken it meanwhile.
        OSError: it cannot be written.
    """
    if os.path.lexists(to):
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(to))
    number, name = tempfile.mkstemp(prefix=f"{to.name[:60]}.", suffix=".part", dir=to.parent)
    unfinished = Path(name)
    try:
        with os.fdopen(number, "w+b") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        _place(unfinished, to)
    finally:
        unfinished.unlink(missing_ok=True)
    try:
        sync(to.parent)
    except OSError as error:
        if error.errno not in _CANNOT:
            raise


def _place(unfinished: Path, to: Path) -> None:
    """Give the file its name. Of two at once, one gets it."""
    try:
        os.link(unfinished, to)
    except FileExistsError:
        raise
    except OSError:  # not every file system has hard links: the name is taken by an empty file, which is then replaced
        os.close(os.open(to, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        try:
            unfinished.replace(to)
        except BaseException:
            to.unlink()
            raise
