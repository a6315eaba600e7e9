"""What somebody named, read together with what lies around it: a package needs its forms and the processes it calls."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from ..definition import Bundle
from .places import content_root
from .reader import read_folders

_KINDS: Final = {"processes": "process", "forms": "form", "registers": "register"}


@dataclass(frozen=True, slots=True)
class Surroundings:
    """A bundle of everything around `chosen` (all of it when that is empty)."""

    bundle: Bundle
    chosen: tuple[Path, ...]
    folders: Mapping[tuple[str, str], Path]

    def is_chosen(self, file: str) -> bool:
        """Whether a file is in what was named.

        `file` is as findings and scenarios name it: `processes/intake/process.bpmn`, or a whole path.
        """
        top, _, inner = file.partition("/")
        key, _, rest = inner.partition("/")
        folder = self.folders.get((_KINDS.get(top, ""), key))
        if not self.chosen or (folder is None and top):
            return True
        return self._is_named(Path(file) if folder is None else folder / rest)

    @property
    def processes(self) -> list[str]:
        """The keys of the processes that were named whole, by a folder that holds them."""
        named = (key for (kind, key), folder in self.folders.items() if kind == "process" and self._is_named(folder))
        return sorted(named)

    @property
    def without_content(self) -> list[Path]:
        """The paths that were named and in which no package has a file."""
        files = [self.folders[package.kind, package.key] / name for package in self.bundle.packages for name in package.files]
        return [path for path in self.chosen if not any(file.is_relative_to(path) for file in files)]

    def _is_named(self, file: Path) -> bool:
        return not self.chosen or any(file.is_relative_to(path) for path in self.chosen)


def read_around(paths: Iterable[Path]) -> Surroundings:
    """Read the content folders that the paths belong to; what cannot be read is among the bundle's findings.

    Raises:
        Rejected: there is more than is read at a time.
    """
    chosen = tuple(path.resolve() for path in paths)
    found = read_folders(sorted({content_root(path) for path in chosen}))
    folders = {(package.kind, package.key): folder for folder, package in found.packages.items()}
    return Surroundings(found.bundle, chosen, folders)
