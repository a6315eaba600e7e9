"""What somebody named, read together with what lies around it: a package needs its forms and the processes it calls."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from ..definition import Bundle
from .places import content_root
from .reader import read_folders, to_bundle

_KINDS: Final = {"processes": "process", "forms": "form", "registers": "register"}


@dataclass(frozen=True, slots=True)
class Surroundings:
    """A bundle of everything around `chosen` (all of it when that is empty)."""

    bundle: Bundle
    chosen: tuple[Path, ...]
    folders: Mapping[tuple[str, str], Path]

    def is_chosen(self, file: str) -> bool:
        """Whether a file, as findings and scenarios name it (`processes/intake/process.bpmn`), is in what was named."""
        top, _, inner = file.partition("/")
        key, _, rest = inner.partition("/")
        folder = self.folders.get((_KINDS.get(top, ""), key))
        if not self.chosen or folder is None:
            return True
        return any((folder / rest).is_relative_to(path) for path in self.chosen)


def read_around(paths: Iterable[Path]) -> Surroundings:
    """Read the content folders that the paths belong to.

    Raises:
        Rejected: a folder cannot be read, or two packages have one key.
    """
    chosen = tuple(path.resolve() for path in paths)
    found = read_folders(sorted({content_root(path) for path in chosen}))
    folders = {(package.kind, package.key): folder for folder, package in found.items()}
    return Surroundings(to_bundle(found), chosen, folders)
