"""What is said about paths that were named and belong to no package: a diagram or decision that lies alone, or nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from ..bpmn import read_pools
from ..definition import Bundle, Package
from ..dmn import read_decisions
from ..finding import Finding
from ..package_files import DIAGRAM
from ..sentences import sentence
from .around import Surroundings
from .places import FOLDERS
from .reader import SKIPPED, read_source

Check = Callable[[Bundle], list[Finding]]


def check_named(around: Surroundings, check: Check) -> list[Finding]:
    """The findings about diagrams and decisions that were named and lie in no package, and a finding where there is nothing.

    A lone diagram is checked by `check` as if it were its process's diagram, beside everything around it; without a right
    data schema not all of it can be, so what is wrong with that is told too.
    """
    found: list[Finding] = []
    for path in around.chosen:
        is_lone = path in around.without_content
        has_place = path.name == DIAGRAM if _is_diagram(path) else path.parent.name == "decisions"
        if (_is_diagram(path) or _is_decision(path)) and not path.is_dir() and (is_lone or not has_place):
            found += _check_lone(path, around.bundle, check)
        elif lone := _lone_diagrams(path, around, is_lone=is_lone):
            found += [finding for file in lone for finding in _check_lone(file, around.bundle, check)]
        elif is_lone and not around.bundle.findings:
            remedy = sentence(
                "Name a folder with a process.bpmn, schema.json or register.yaml in it, a file of one, or a diagram."
            )
            found.append(Finding("no-package", sentence("{path} holds nothing to check.", path=path), remedy, file=str(path)))
    return found


def _is_diagram(path: Path) -> bool:
    return path.name.lower().endswith((".bpmn", ".bpmn20.xml"))


def _is_decision(path: Path) -> bool:
    return path.suffix.lower() == ".dmn"


def _lone_diagrams(folder: Path, around: Surroundings, *, is_lone: bool) -> list[Path]:
    """The diagrams and decisions in a folder, however deep, that belong to no package, such as those of another tool.

    In a folder of content with packages these are looked for where packages lie.
    """
    if not folder.is_dir():
        return []
    content = [] if is_lone else [inner for name in FOLDERS if (inner := folder / name).is_dir()]
    files = (file for place in content or [folder] for file in sorted(place.rglob("*")))
    return [
        file
        for file in files
        if (_is_diagram(file) or _is_decision(file))
        and not (file.is_dir() or file.is_symlink())
        and not any(file.is_relative_to(package) for package in around.folders.values())
        and not any(part.startswith(".") or part in SKIPPED for part in file.relative_to(folder).parts)
    ]


def _check_lone(file: Path, bundle: Bundle, check: Check) -> list[Finding]:
    try:
        return _check_decision(file) if _is_decision(file) else _check_diagram(file, bundle, check)
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
