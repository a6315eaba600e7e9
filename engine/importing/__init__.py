"""Diagrams of other tools (Camunda 7, Camunda 8, SpiffArena) rewritten as packages of ours, with a report of everything."""

from __future__ import annotations

from .expressions import Dialect, to_feel
from .package import Imported, ImportedProcess, import_diagram
from .report import Item, Kind, Report, as_markdown
from .untranslatable import Untranslatable
from .writing import write_packages

__all__ = [
    "Dialect",
    "Imported",
    "ImportedProcess",
    "Item",
    "Kind",
    "Report",
    "Untranslatable",
    "as_markdown",
    "import_diagram",
    "to_feel",
    "write_packages",
]
