"""What is said about paths that were named and belong to no package: a diagram or decision that lies alone, or nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Final

from ..bpmn import read_pools
from ..definition import Bundle, Package
from ..dmn import read_decisions
from ..finding import Finding
from ..sentences import sentence
from .around import Surroundings
from .reader import read_source

Check = Callable[[Bundle], list[Finding]]

DIAGRAM: Final = "process.bpmn"


def check_named(around: Surroundings, check: Check) -> list[Finding]:
    """The findings about diagrams and decisions that were named and lie in no package, and a finding where there is nothing.

    A lone diagram is checked by `check` as if it were its process's diagram, beside everything around it; without a right
    data schema not all of it can be, so what is wrong with that is told too.
    """
    found: list[Finding] = []
    for path in around.chosen:
        is_lone = path in around.without_content
        has_place = path.name == DIAGRAM if path.suffix == ".bpmn" else path.parent.name == "decisions"
        if path.suffix in (".bpmn", ".dmn") and (is_lone or not has_place):
            found += _check_lone(path, around.bundle, check)
        elif is_lone and (lone := _lone_diagrams(path)):
            found += [finding for file in lone for finding in _check_lone(file, around.bundle, check)]
        elif is_lone and not around.bundle.findings:
            remedy = sentence(
                "Name a folder with a process.bpmn, schema.json or register.yaml in it, a file of one, or a diagram."
            )
            found.append(Finding("no-package", sentence("{path} holds nothing to check.", path=path), remedy, file=str(path)))
    return found


def _lone_diagrams(folder: Path) -> list[Path]:
    """The diagrams and decisions directly in a folder that holds no package, such as one of another tool."""
    files = (file for file in sorted(folder.glob("*")) if file.suffix in (".bpmn", ".dmn"))
    return [file for file in files if file.is_file() and not file.is_symlink()] if folder.is_dir() else []


def _check_lone(file: Path, bundle: Bundle, check: Check) -> list[Finding]:
    try:
        return _check_decision(file) if file.suffix == ".dmn" else _check_diagram(file, bundle, check)
    except OSError as error:
        told = sentence("{path} cannot be read ({strerror}).", path=file, strerror=error.strerror)
        return [Finding("content-unreadable", told, sentence("Check its permissions."), file=str(file))]


def _check_decision(path: Path) -> list[Finding]:
    return [finding.in_file(str(path)) for finding in read_decisions(read_source(path) or b"", name=path.name)[1]]


def _check_diagram(path: Path, bundle: Bundle, check: Check) -> list[Finding]:
    source = read_source(path) or b""
    models, findings = read_pools(source, file=path.name)
    if not models:
        return [finding.in_file(str(path)) for finding in findings]
    key = path.stem if path.stem in models else next(iter(models)) or path.stem
    inside = next((package for package in bundle.of_kind("process") if package.key == key), Package("process", key, {}))
    others = tuple(package for package in bundle.packages if package is not inside)
    lone = replace(inside, files={**inside.files, DIAGRAM: source})
    place = f"processes/{key}"
    told = check(Bundle((*others, lone)))
    about = [finding.in_file(str(path)) for finding in told if finding.file == f"{place}/{DIAGRAM}"]
    return [*about, *(finding for finding in told if finding.file == f"{place}/data.schema.json")]
