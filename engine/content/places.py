"""Where content lies: in the checkout the program runs from, or in the copy that came with it."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from ..errors import Misconfigured

FOLDERS: Final = ("processes", "forms", "registers")

_ENGINE = Path(__file__).resolve().parent.parent
SHIPPED: Final = _ENGINE / "_content"


def checkout_root() -> Path | None:
    """The root of the source tree the program runs from; None when it is installed."""
    root = _ENGINE.parent
    return root if (root / "pyproject.toml").is_file() and (root / "processes").is_dir() else None


def default_content() -> Path:
    """The content to use when nobody names any: the checkout's, else what was shipped.

    Raises:
        Misconfigured: neither is there, so the installation is not whole.
    """
    if root := checkout_root():
        return root
    if is_content_root(SHIPPED):
        return SHIPPED
    raise Misconfigured(f"No content came with this installation ({SHIPPED} is missing). Install it again, or name a folder.")


def is_content_root(folder: Path) -> bool:
    """Whether the folder holds any of the three content folders."""
    return any((folder / name).is_dir() for name in FOLDERS)


def content_root(path: Path) -> Path:
    """The content folder that `path` (a package, a scenario, a content folder) belongs to: the nearest one upwards.

    A package without such a folder around it stands alone: then `path` itself, or the folder it lies in.
    """
    start = path.resolve()
    for folder in (start, *start.parents):
        if folder.name in FOLDERS and folder.is_dir():
            return folder.parent
        if is_content_root(folder):
            return folder
    return start if start.is_dir() else start.parent
