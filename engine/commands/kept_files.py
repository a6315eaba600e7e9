"""The files that deployed versions came in, as packages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ..canonical import dumps
from ..definition import Package, ProcessVersion
from ..package_files import DATA_SCHEMA, DIAGRAM
from .occurrence import Occurrence


def texts_of(at: Occurrence, version: ProcessVersion) -> Mapping[str, str]:
    """The files that a version came in; of one from before they were kept, what it runs on."""
    kept = at.unit.definitions.files(version.id)
    if kept is not None:
        return kept
    schema = {DATA_SCHEMA: dumps(version.data_schema)}
    return {DIAGRAM: version.diagram, **schema, **version.decisions}


def as_package(kind: str, key: str, files: Mapping[str, str]) -> Package:
    """A package of what is kept as text."""
    return Package(kind, key, {name: text.encode() for name, text in files.items()})


def everything(at: Occurrence) -> Iterator[Package]:
    """The newest version of every process, form and register."""
    definitions = at.unit.definitions
    versions = (version for version in definitions.latest_processes() if version.package == version.key)
    yield from (as_package("process", version.key, texts_of(at, version)) for version in versions)
    yield from (as_package("form", version.key, version.files) for version in definitions.latest_forms())
    for register in definitions.latest_registers():
        yield as_package("register", register.key, definitions.files(register.id) or register.files)
