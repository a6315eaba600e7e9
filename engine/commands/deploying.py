"""Deploying packages: all of them or none. What is deployed never changes."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from typing import cast

from .. import bpmn
from ..actor import Role
from ..canonical import Json, digest
from ..data_schema import stored_data_schema
from ..definition import Bundle, FormVersion, Package, ProcessVersion, RegisterVersion
from ..errors import NotAllowed, Rejected
from ..ids import VersionId, new_id
from ..package_files import DIAGRAM, ENTRIES, README, texts_with_effect
from ..ports import RegisterEntry
from ..sentences import sentence
from ..views import Deployment
from ..xml import read_xml
from . import pooling, starts
from .checking import NewProcess, Reading, read_bundle
from .occurrence import Occurrence


def deploy(at: Occurrence, bundle: Bundle, *, note: str = "") -> Deployment:
    """Deploy what is new or changed, with a note for those who read of it later.

    A process is new also when a form or a called process deployed with it changed.

    Raises:
        NotAllowed: the actor is no designer or administrator.
        Rejected: there are errors among the findings; nothing was stored.
    """
    if not (at.actor.is_system or at.actor.roles & {Role.DESIGNER, Role.ADMINISTRATOR}):
        raise NotAllowed(sentence("Only a designer or an administrator may deploy."))
    reading = read_bundle(at, bundle)
    errors = [finding for finding in reading.findings if finding.is_error]
    if errors:
        many = "1 error stands" if len(errors) == 1 else f"{len(errors)} errors stand"
        raise Rejected(f"{many} in the way. Nothing was deployed.", findings=reading.findings)
    unchanged: list[str] = []
    forms = [version for package in bundle.of_kind("form") if (version := _deploy_form(at, package, unchanged))]
    registers = [key for package in bundle.of_kind("register") if (key := _deploy_register(at, package, reading, unchanged))]
    processes = _deploy_processes(at, reading, unchanged, note)
    _keep_files(at, bundle)
    warnings = tuple(reading.findings)
    return Deployment(tuple(processes), tuple(forms), tuple(registers), tuple(unchanged), warnings)


def _deploy_form(at: Occurrence, package: Package, unchanged: list[str]) -> FormVersion | None:
    files = {name: source.decode() for name, source in sorted(package.files.items()) if name.endswith(".json")}
    latest = at.unit.definitions.latest_form(package.key)
    same = digest(dict(files))
    if latest is not None and latest.digest == same:
        unchanged.append(f"form/{package.key}")
        return None
    number = latest.version + 1 if latest is not None else 1
    version = FormVersion(VersionId(new_id()), package.key, number, same, files, at.now)
    at.unit.definitions.add_form(version)
    return version


def _deploy_register(at: Occurrence, package: Package, reading: Reading, unchanged: list[str]) -> str | None:
    """The declaration is versioned; entries that come with it are added where their key is not there yet."""
    files = {name: source.decode() for name, source in sorted(package.files.items()) if name not in (ENTRIES, README)}
    latest = at.unit.definitions.latest_register(package.key)
    same = digest(dict(files))
    if latest is None or latest.digest != same:
        number = latest.version + 1 if latest is not None else 1
        at.unit.definitions.add_register(RegisterVersion(VersionId(new_id()), package.key, number, same, files, at.now))
    added = 0
    for key, values in reading.registers[package.key].entries.items():
        if at.unit.registers.get(package.key, key) is None:
            at.unit.registers.add(RegisterEntry(package.key, key, cast("dict[str, Json]", values)))
            added += 1
    if latest is not None and latest.digest == same and not added:
        unchanged.append(f"register/{package.key}")
        return None
    return package.key


def _deploy_processes(at: Occurrence, reading: Reading, unchanged: list[str], note: str) -> list[ProcessVersion]:
    forms = {version.key: version for version in at.unit.definitions.latest_forms()}
    for process in reading.processes.values():
        process.digest = _digest(at, process, reading, forms, frozenset())
    packages: dict[str, list[NewProcess]] = {}
    for process in reading.processes.values():
        packages.setdefault(process.package.key, []).append(process)
    added: list[str] = []
    for together in packages.values():
        latest = {process.key: at.unit.definitions.latest_process(process.key) for process in together}
        is_unchanged = all(
            (before := latest[process.key]) is not None and before.digest == process.digest for process in together
        )
        number = pooling.next_number(at, latest)
        for process in together:
            process.version = latest[process.key] if is_unchanged else _version(at, process, forms, number=number)
        if is_unchanged:
            unchanged.extend(f"process/{process.key}" for process in together)
        else:
            added.extend(process.key for process in together)
    versions = []
    for key in added:
        version = reading.processes[key].version
        if version is not None:
            complete = replace(version, calls=_calls(at, reading.processes[key], reading), note=note)
            at.unit.definitions.add_process(complete)
            starts.subscribe(at, complete, reading.processes[key].model)
            versions.append(complete)
    for package in packages:
        _withdraw_pools(at, package)
    return versions


def _keep_files(at: Occurrence, bundle: Bundle) -> None:
    """Keep the packages whole, scenarios and entries included, for those who go on from them or want to see them."""
    definitions = at.unit.definitions
    newest = {"process": definitions.latest_process, "register": definitions.latest_register}
    for package in bundle.packages:
        version = newest[package.kind](package.key) if package.kind in newest else None  # a form has all its files itself
        files = {name: source.decode() for name, source in sorted(package.files.items())}
        if version is not None and definitions.files(version.id) != files:
            definitions.put_files(version.id, files)


def _withdraw_pools(at: Occurrence, package: str) -> None:
    """Let pools that the package's diagram has no more begin no cases by themselves."""
    before = at.unit.definitions.process_versions(package)[1:2]
    for gone in at.unit.definitions.pools(package, before[0].version) if before else ():
        if at.unit.definitions.latest_process(gone.key) is None:
            at.unit.starts.replace(gone.key, ())


def _called(process: NewProcess) -> list[str]:
    return sorted({node.detail.process for node in process.model.nodes.values() if isinstance(node.detail, bpmn.Call)})


def _form_keys(process: NewProcess) -> list[str]:
    details = [node.detail for node in process.model.nodes.values()]
    return sorted({detail.form for detail in details if isinstance(detail, bpmn.PersonTask) and detail.form})


def _calls(at: Occurrence, process: NewProcess, reading: Reading) -> dict[str, VersionId]:
    found = {}
    for key in _called(process):
        inner = reading.processes.get(key)
        version = inner.version if inner is not None else at.unit.definitions.latest_process(key)
        if version is not None:
            found[key] = version.id
    return found


def _digest(
    at: Occurrence, process: NewProcess, reading: Reading, forms: Mapping[str, FormVersion], inside: frozenset[str]
) -> str:
    """Over the files, the forms (those that the data schema names too) and, one inside the other, the called processes."""
    parts: dict[str, Json] = {
        name: hashlib.sha256(text.encode()).hexdigest() for name, text in texts_with_effect(process.package).items()
    }
    parts["data"] = digest(stored_data_schema(process.schema))
    parts["forms"] = [forms[key].digest for key in _form_keys(process)]
    called: list[Json] = []
    for key in _called(process):
        inner = reading.processes.get(key)
        if inner is not None and key not in inside:
            called.append(_digest(at, inner, reading, forms, inside | {process.key}))
        elif inner is None and (latest := at.unit.definitions.latest_process(key)) is not None:
            called.append(latest.digest)
    parts["calls"] = called
    parts["compiler"] = bpmn.COMPILER_VERSION
    return digest(parts)


def _version(at: Occurrence, process: NewProcess, forms: Mapping[str, FormVersion], *, number: int) -> ProcessVersion:
    source = process.package.files[DIAGRAM]
    root, _ = read_xml(source, name=DIAGRAM)
    assert root is not None, "it was read to check it"
    forms_at_start = (start.detail.form for start in process.model.plain_starts() if isinstance(start.detail, bpmn.PersonTask))
    return ProcessVersion(
        id=VersionId(new_id()),
        key=process.key,
        version=number,
        name=process.model.name,
        digest=process.digest,
        diagram=source.decode("utf-8-sig"),
        compiled=bpmn.compile_diagram(root, process.model.id),
        compiler=bpmn.COMPILER_VERSION,
        data_schema=stored_data_schema(process.schema),
        deployed_at=at.now,
        deployed_by=at.actor.id,
        forms={key: forms[key].id for key in _form_keys(process)},
        decisions={name: text for name, text in texts_with_effect(process.package).items() if name.endswith(".dmn")},
        start_messages=process.model.start_messages,
        is_startable=process.model.is_startable,
        start_groups=frozenset(process.model.start_groups),
        start_form=next(forms_at_start, None),
        name_en=process.model.name_en,
        pool_of=process.package.key if process.key != process.package.key else "",
    )
