"""What the files of a package are called, and what they are for."""

from __future__ import annotations

from typing import Final

from .definition import Package

DIAGRAM: Final = "process.bpmn"
DATA_SCHEMA: Final = "data.schema.json"
ENTRIES: Final = "entries.yaml"
README: Final = "README.md"
FOLDERS: Final = {"process": "processes", "form": "forms", "register": "registers"}
_WITHOUT_EFFECT: Final = ("scenarios/", "examples/", README, "indicators/", "demo.yaml")


def place(package: Package, name: str) -> str:
    """A file of a package as findings name it."""
    return f"{FOLDERS[package.kind]}/{package.key}/{name}"


def is_decision(name: str) -> bool:
    """Whether a file of a process holds decisions."""
    return name.startswith("decisions/") and name.endswith(".dmn")


def is_strange(name: str) -> bool:
    """Whether a file of a process is a diagram or decision that nothing reads."""
    return name.endswith((".bpmn", ".dmn")) and name != DIAGRAM and not is_decision(name)


def texts_with_effect(package: Package) -> dict[str, str]:
    """The files of a process that make a version of it another one; the rest may change without a new version."""
    return {name: source.decode() for name, source in sorted(package.files.items()) if not name.startswith(_WITHOUT_EFFECT)}
