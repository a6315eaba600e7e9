"""Reading the packages that somebody wants to deploy, and telling everything that is wrong with them. Nothing is stored."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from .. import bpmn, dmn, feel
from ..data_schema import DataSchema, read_data_schema
from ..definition import Bundle, Package, ProcessVersion
from ..finding import Finding, Severity
from ..form import Form, read_form, restore_form
from ..package_files import DATA_SCHEMA, DIAGRAM, FOLDERS, is_decision, is_strange, place
from ..register import Register, read_register
from ..sentences import sentence
from . import pooling, starts
from .address_checks import check_addresses
from .binding import with_forms
from .document_checks import check_templates, check_uses
from .encodings import check_texts
from .occurrence import Occurrence


@dataclass(slots=True)
class NewProcess:
    """A process on its way to being deployed. `key` is the package's, or the id of the process of another pool."""

    key: str
    package: Package
    model: bpmn.ProcessModel
    schema: DataSchema
    decisions: dict[str, dmn.DecisionModel]
    digest: str = ""
    version: ProcessVersion | None = None


@dataclass(slots=True)
class Reading:
    """Everything a bundle holds, as far as it could be read, and every finding."""

    forms: dict[str, Form] = field(default_factory=dict)
    registers: dict[str, Register] = field(default_factory=dict)
    processes: dict[str, NewProcess] = field(default_factory=dict)
    around: dict[str, bpmn.Surroundings] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)


def check(at: Occurrence, bundle: Bundle) -> list[Finding]:
    """Every finding about the bundle, as it would be beside what is deployed already. Nothing is stored."""
    return read_bundle(at, bundle).findings


def read_bundle(at: Occurrence, bundle: Bundle) -> Reading:
    """Everything the bundle holds, beside what is deployed already."""
    reading = Reading(findings=list(bundle.findings))
    _refuse_twins(reading, bundle)
    _read_forms(reading, bundle)
    _read_registers(reading, bundle)
    forms = {**_deployed_forms(at, bundle), **reading.forms}
    for package in bundle.of_kind("process"):
        _read_process(at, reading, bundle, package, forms)
    _check_processes(at, reading, bundle, forms)
    told = {finding.file for finding in reading.findings if finding.is_error}
    for package in bundle.packages:
        _note(reading, package, check_texts(package, [name for name in package.files if place(package, name) not in told]))
    return reading


def _read_forms(reading: Reading, bundle: Bundle) -> None:
    for package in bundle.of_kind("form"):
        form, findings = read_form(package.key, package.files)
        _note(reading, package, findings)
        if form is not None:
            reading.forms[package.key] = form


def _read_registers(reading: Reading, bundle: Bundle) -> None:
    for package in bundle.of_kind("register"):
        register, findings = read_register(package.key, package.files)
        _note(reading, package, findings)
        if register is not None:
            reading.registers[package.key] = register


def _check_processes(at: Occurrence, reading: Reading, bundle: Bundle, forms: Mapping[str, Form]) -> None:
    """Check each process beside everything that it may refer to."""
    before = _deployed(at)
    new = reading.processes
    calls = {key: _callable_names(one.model, one.data_schema) for key, one in before.items()}
    calls |= {key: _callable_names(one.model, one.schema) for key, one in new.items()}
    models = {key: one.model for key, one in before.items()} | {key: one.model for key, one in new.items()}
    deployed = (version.key for version in at.unit.definitions.latest_registers())
    registers = frozenset({*deployed, *(package.key for package in bundle.of_kind("register"))})
    for process in new.values():
        taken = {id_: decision for found in process.decisions.values() for id_, decision in found.decisions.items()}
        reading.around[process.key] = bpmn.Surroundings(
            process.schema,
            forms,
            {id_: decision.paths for id_, decision in taken.items()},
            calls,
            _unread(reading, bundle, process),
            registers,
            models,
            {id_: dmn.written_results(decision) for id_, decision in taken.items()},
            at.house.calendar,
        )
        _check_process(at, reading, process)
    for key, finding in bpmn.call_circles({key: process.model for key, process in new.items()}, file=DIAGRAM):
        _note(reading, new[key].package, [finding])


def _check_process(at: Occurrence, reading: Reading, process: NewProcess) -> None:
    around = reading.around[process.key]
    _note(reading, process.package, bpmn.check_process(process.model, process.key, around, file=DIAGRAM))
    for name, found in process.decisions.items() if process.key == process.package.key else ():
        _note(reading, process.package, dmn.check_types(found, _shared_types(process), file=name))
    _note(reading, process.package, starts.check(at, process.model, file=DIAGRAM))
    _note(reading, process.package, check_uses(process.model, process.package))
    _note(reading, process.package, check_addresses(process.model, at.house.settings.http))


def _refuse_twins(reading: Reading, bundle: Bundle) -> None:
    """Of two packages with one key only the last would be deployed, or both as two versions."""
    seen: set[tuple[str, str]] = set()
    for package in bundle.packages:
        if (package.kind, package.key) in seen:
            message = sentence("There are two packages {value}/{key}.", value=FOLDERS[package.kind], key=package.key)
            _note(reading, package, [Finding("same-key", message, sentence("Leave one out, or give it another key."))])
        seen.add((package.kind, package.key))


def _note(reading: Reading, package: Package, findings: list[Finding]) -> None:
    """Findings name files within their folder; here they get the folder's name too."""
    folder = place(package, "")
    for finding in findings:
        inside = finding.file.removeprefix(folder).removeprefix(f"{package.key}/")
        reading.findings.append(finding.in_file(folder + inside))


def _read_process(at: Occurrence, reading: Reading, bundle: Bundle, package: Package, forms: Mapping[str, Form]) -> None:
    models, findings = bpmn.read_pools(package.files.get(DIAGRAM, b""), file=DIAGRAM)
    _note(reading, package, findings)
    schema, findings = read_data_schema(package.files.get(DATA_SCHEMA, b""), forms)
    _note(reading, package, findings)
    _note(reading, package, [_unread_file(name) for name in sorted(package.files) if is_strange(name)])
    _note(reading, package, check_templates(package))
    decisions = _read_decisions(reading, package)
    keyed = pooling.by_key(package, models)
    findings = pooling.check_keys(at, bundle, package, keyed, reading.processes, file=DIAGRAM)
    _note(reading, package, findings)
    twins = {finding.element for finding in findings}
    for key, model in keyed.items():
        if schema is not None and key not in twins:
            whole, findings = with_forms(schema, model, forms, file=DIAGRAM)
            _note(reading, package, findings)
            reading.processes[key] = NewProcess(key, package, model, whole, decisions)


def _read_decisions(reading: Reading, package: Package) -> dict[str, dmn.DecisionModel]:
    """The models of a process's decisions, by file, as far as they could be read."""
    decisions, findings = dmn.read_models({name: text for name, text in sorted(package.files.items()) if is_decision(name)})
    _note(reading, package, findings)
    ids: dict[str, str] = {}
    for name, found in sorted(decisions.items()):
        _note(reading, package, [finding.in_file(name) for finding in dmn.analyse(found)])
        for id_ in found.decisions:
            if id_ in ids:
                message = sentence("The decision `{id}` is in {value} too.", id=id_, value=ids[id_])
                same = Finding(
                    "same-decision", message, sentence("Give each decision an id of its own."), file=name, element=id_
                )
                _note(reading, package, [same])
            ids[id_] = name
    return decisions


def _shared_types(process: NewProcess) -> dict[str, feel.Type]:
    """What is known of the case data that a decision sees wherever it is taken: not of names that some step has its own."""
    own = {name for node in process.model.nodes.values() for name in (*node.local, node.loop.item if node.loop else "")}
    return {name: type_ for name, type_ in process.schema.types.items() if name not in own}


def _unread(reading: Reading, bundle: Bundle, process: NewProcess) -> frozenset[str]:
    """What the process may refer to and is here, but could not be read; see `bpmn.Surroundings`."""
    forms = {f"form:{package.key}" for package in bundle.of_kind("form") if package.key not in reading.forms}
    calls = {f"process:{package.key}" for package in bundle.of_kind("process") if package.key not in reading.processes}
    files = {name for name in process.package.files if is_decision(name)}
    return frozenset({*forms, *calls, *({"decisions"} if files - process.decisions.keys() else ())})


def _unread_file(name: str) -> Finding:
    remedy = sentence(
        "A process has one diagram, {diagram}, and its decisions in decisions/. Move it there, or remove it.", diagram=DIAGRAM
    )
    return Finding("file-strange", sentence("{name} is not read.", name=name), remedy, Severity.WARNING, file=name)


def _deployed_forms(at: Occurrence, bundle: Bundle) -> dict[str, Form]:
    """Forms deployed before; not those whose new version is in the bundle, broken or not."""
    new = {package.key for package in bundle.of_kind("form")}
    found = {}
    for version in at.unit.definitions.latest_forms():
        if version.key not in new:
            form = restore_form(version.key, {name: text.encode() for name, text in version.files.items()})
            if form is not None:
                found[version.key] = form
    return found


def _deployed(at: Occurrence) -> dict[str, bpmn.LoadedProcess]:
    """The processes deployed before, by key."""
    found = {}
    for version in at.unit.definitions.latest_processes():
        try:
            found[version.key] = bpmn.load(version)
        except ValueError:
            continue  # one that cannot be read is none to call, and stands in no other's way
    return found


def _callable_names(model: bpmn.ProcessModel, schema: DataSchema) -> frozenset[str] | None:
    return frozenset(schema.names) if model.plain_starts() else None
