"""Imported packages on disk: all of them or none, and nothing that is there already is touched."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from ..errors import Rejected
from .package import ImportedProcess


@dataclass(frozen=True, slots=True)
class Written:
    """The folders that were made, and those of forms that were there already and stayed as they are."""

    processes: tuple[Path, ...]
    forms: tuple[Path, ...]
    kept_forms: tuple[Path, ...]


def write_packages(processes: Iterable[ImportedProcess], into: Path) -> Written:
    """Write each process to a folder of `into`, its forms to the folder `forms` beside `into`.

    Raises:
        Rejected: a process is there already, or nothing can be written there. Then nothing was.
    """
    processes = tuple(processes)
    forms = into.parent / "forms"
    for one in processes:
        if (into / one.key).exists():
            raise Rejected(f"{into / one.key} exists already, and nothing is overwritten. Name another folder or key.")
    wanted: dict[Path, Mapping[str, bytes]] = {into / one.key: one.files for one in processes}
    wanted |= {forms / key: files for one in processes for key, files in one.forms.items() if not (forms / key).exists()}
    kept = {forms / key for one in processes for key in one.forms} - set(wanted)
    made: list[Path] = []
    try:
        for folder, files in wanted.items():
            _write(folder, files)
            made.append(folder)
    except OSError as error:
        for folder in made:
            shutil.rmtree(folder, ignore_errors=True)
        raise Rejected(
            f"{into} cannot be written ({error.strerror}). Check its permissions, or name another folder."
        ) from error
    own = tuple(folder for folder in made if folder.parent == into)
    return Written(own, tuple(folder for folder in made if folder not in own), tuple(sorted(kept)))


def _write(folder: Path, files: Mapping[str, bytes]) -> None:
    """The folder appears with all its files, or not at all."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".import-", dir=folder.parent) as draft:
        for name, content in files.items():
            file = Path(draft) / "made" / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)
        (Path(draft) / "made").rename(folder)
