"""Checking and deploying packages: all of them or none. What is deployed never changes."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import cast

from .. import bpmn, dmn, feel
from ..actor import Role
from ..canonical import Json, digest
from ..data_schema import DataSchema, read_data_schema, stored_data_schema
from ..definition import Bundle, FormVersion, Package, ProcessVersion, RegisterVersion
from ..errors import NotAllowed, Rejected
from ..finding import Finding, Severity
from ..form import Form, read_form, restore_form
from ..ids import VersionId, new_id
from ..ports import RegisterEntry
from ..register import Register, read_register
from ..sentences import sentence
from ..views import Deployment
from ..xml import read_xml
from . import pooling, starts
from .binding import with_forms
from .encodings import check_texts
from .occurrence import Occurrence

DIAGRAM = "process.bpmn"
DATA_SCHEMA = "data.schema.json"
WITHOUT_EFFECT = ("scenarios/", "examples/", "README.md", "indicators/", "demo.yaml")
ENTRIES = "entries.yaml"


@dataclass(slots=True)
class Draft:
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
    drafts: dict[str, Draft] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)


def check(at: Occurrence, bundle: Bundle) -> list[Finding]:
    """Every finding about the bundle, as it would be beside what is deployed already. Nothing is stored."""
    return _read(at, bundle).findings


def deploy(at: Occurrence, bundle: Bundle, *, note: str = "") -> Deployment:
    """Deploy what is new or changed, with a note for those who read of it later.

    A process is new also when a form or a called process deployed with it changed.

    Raises:
        NotAllowed: the actor is no designer or administrator.
        Rejected: there are errors among the findings; nothing was stored.
    """
    if not (at.actor.is_system or at.actor.roles & {Role.DESIGNER, Role.ADMINISTRATOR}):
        raise NotAllowed("Only a designer or an administrator may deploy.")
    reading = _read(at, bundle)
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


def _read(at: Occurrence, bundle: Bundle) -> Reading:
    reading = Reading(findings=list(bundle.findings))
    _refuse_twins(reading, bundle)
    for package in bundle.of_kind("form"):
        form, findings = read_form(package.key, package.files)
        _note(reading, package, findings)
        if form is not None:
            reading.forms[package.key] = form
    for package in bundle.of_kind("register"):
        register, findings = read_register(package.key, package.files)
        _note(reading, package, findings)
        if register is not None:
            reading.registers[package.key] = register
    forms = {**_deployed_forms(at, bundle), **reading.forms}
    for package in bundle.of_kind("process"):
        _read_process(at, reading, bundle, package, forms)
    deployed_before = _deployed(at)
    calls = {
        **{key: _callable_names(one.model, one.data_schema) for key, one in deployed_before.items()},
        **{key: _callable_names(draft.model, draft.schema) for key, draft in reading.drafts.items()},
    }
    models = {key: one.model for key, one in deployed_before.items()}
    models |= {key: draft.model for key, draft in reading.drafts.items()}
    deployed = (version.key for version in at.unit.definitions.latest_registers())
    registers = frozenset({*deployed, *(package.key for package in bundle.of_kind("register"))})
    for draft in reading.drafts.values():
        taken = {id_: decision for found in draft.decisions.values() for id_, decision in found.decisions.items()}
        around = bpmn.Surroundings(
            draft.schema,
            forms,
            {id_: decision.paths for id_, decision in taken.items()},
            calls,
            _unread(reading, bundle, draft),
            registers,
            models,
            {id_: dmn.written_results(decision) for id_, decision in taken.items()},
            at.house.calendar,
        )
        _note(reading, draft.package, bpmn.check_process(draft.model, draft.key, around, file=DIAGRAM))
        for name, found in draft.decisions.items() if draft.key == draft.package.key else ():
            _note(reading, draft.package, dmn.check_types(found, _shared_types(draft), file=name))
        _note(reading, draft.package, starts.check(at, draft.model, file=DIAGRAM))
    for key, finding in bpmn.call_circles({key: draft.model for key, draft in reading.drafts.items()}, file=DIAGRAM):
        _note(reading, reading.drafts[key].package, [finding])
    told = {finding.file for finding in reading.findings if finding.is_error}
    for package in bundle.packages:
        _note(reading, package, check_texts(package, [name for name in package.files if _place(package, name) not in told]))
    return reading


def _shared_types(draft: Draft) -> dict[str, feel.Type]:
    """What is known of the case data that a decision sees wherever it is taken: not of names that some step has its own."""
    own = {name for node in draft.model.nodes.values() for name in (*node.local, node.loop.item if node.loop else "")}
    return {name: type_ for name, type_ in draft.schema.types.items() if name not in own}


def _unread(reading: Reading, bundle: Bundle, draft: Draft) -> frozenset[str]:
    """What the process may refer to and is here, but could not be read; see `bpmn.Surroundings`."""
    forms = {f"form:{package.key}" for package in bundle.of_kind("form") if package.key not in reading.forms}
    calls = {f"process:{package.key}" for package in bundle.of_kind("process") if package.key not in reading.drafts}
    files = {name for name in draft.package.files if _is_decision(name)}
    return frozenset({*forms, *calls, *({"decisions"} if files - draft.decisions.keys() else ())})


def _is_decision(name: str) -> bool:
    """Whether a file of a package holds decisions."""
    return name.startswith("decisions/") and name.endswith(".dmn")


def _is_strange(name: str) -> bool:
    """Whether a file of a process is a diagram or decision that nothing reads."""
    return name.endswith((".bpmn", ".dmn")) and name != DIAGRAM and not _is_decision(name)


def _unread_file(name: str) -> Finding:
    remedy = sentence(
        "A process has one diagram, {diagram}, and its decisions in decisions/. Move it there, or remove it.", diagram=DIAGRAM
    )
    return Finding("file-strange", sentence("{name} is not read.", name=name), remedy, Severity.WARNING, file=name)


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
    folder = _place(package, "")
    for finding in findings:
        inside = finding.file.removeprefix(folder).removeprefix(f"{package.key}/")
        reading.findings.append(finding.in_file(folder + inside))


def _place(package: Package, name: str) -> str:
    """A file of a package as findings name it."""
    return f"{FOLDERS[package.kind]}/{package.key}/{name}"


FOLDERS = {"process": "processes", "form": "forms", "register": "registers"}


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


def _read_process(at: Occurrence, reading: Reading, bundle: Bundle, package: Package, forms: Mapping[str, Form]) -> None:
    models, findings = bpmn.read_pools(package.files.get(DIAGRAM, b""), file=DIAGRAM)
    _note(reading, package, findings)
    schema, findings = read_data_schema(package.files.get(DATA_SCHEMA, b""), forms)
    _note(reading, package, findings)
    _note(reading, package, [_unread_file(name) for name in sorted(package.files) if _is_strange(name)])
    decisions, findings = dmn.read_models({name: text for name, text in sorted(package.files.items()) if _is_decision(name)})
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
    keyed = pooling.by_key(package, models)
    findings = pooling.check_keys(at, bundle, package, keyed, reading.drafts, file=DIAGRAM)
    _note(reading, package, findings)
    twins = {finding.element for finding in findings}
    for key, model in keyed.items():
        if schema is not None and key not in twins:
            whole, findings = with_forms(schema, model, forms, file=DIAGRAM)
            _note(reading, package, findings)
            reading.drafts[key] = Draft(key, package, model, whole, decisions)


def _texts(package: Package) -> dict[str, str]:
    return {name: source.decode() for name, source in sorted(package.files.items()) if not name.startswith(WITHOUT_EFFECT)}


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
    files = {name: source.decode() for name, source in sorted(package.files.items()) if name not in (ENTRIES, "README.md")}
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
    for draft in reading.drafts.values():
        draft.digest = _digest(at, draft, reading, forms, frozenset())
    packages: dict[str, list[Draft]] = {}
    for draft in reading.drafts.values():
        packages.setdefault(draft.package.key, []).append(draft)
    added: list[str] = []
    for together in packages.values():
        latest = {draft.key: at.unit.definitions.latest_process(draft.key) for draft in together}
        is_unchanged = all((before := latest[draft.key]) is not None and before.digest == draft.digest for draft in together)
        number = pooling.next_number(at, latest)
        for draft in together:
            draft.version = latest[draft.key] if is_unchanged else _version(at, draft, forms, number=number)
        if is_unchanged:
            unchanged.extend(f"process/{draft.key}" for draft in together)
        else:
            added.extend(draft.key for draft in together)
    versions = []
    for key in added:
        version = reading.drafts[key].version
        if version is not None:
            complete = replace(version, calls=_calls(at, reading.drafts[key], reading), note=note)
            at.unit.definitions.add_process(complete)
            starts.subscribe(at, complete, reading.drafts[key].model)
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


def _called(draft: Draft) -> list[str]:
    return sorted({node.detail.process for node in draft.model.nodes.values() if isinstance(node.detail, bpmn.Call)})


def _form_keys(draft: Draft) -> list[str]:
    details = [node.detail for node in draft.model.nodes.values()]
    return sorted({detail.form for detail in details if isinstance(detail, bpmn.PersonTask) and detail.form})


def _calls(at: Occurrence, draft: Draft, reading: Reading) -> dict[str, VersionId]:
    found = {}
    for key in _called(draft):
        inner = reading.drafts.get(key)
        version = inner.version if inner is not None else at.unit.definitions.latest_process(key)
        if version is not None:
            found[key] = version.id
    return found


def _digest(at: Occurrence, draft: Draft, reading: Reading, forms: Mapping[str, FormVersion], inside: frozenset[str]) -> str:
    """Over the files, the forms (those that the data schema names too) and, one inside the other, the called processes."""
    parts: dict[str, Json] = {name: hashlib.sha256(text.encode()).hexdigest() for name, text in _texts(draft.package).items()}
    parts["data"] = digest(stored_data_schema(draft.schema))
    parts["forms"] = [forms[key].digest for key in _form_keys(draft)]
    called: list[Json] = []
    for key in _called(draft):
        inner = reading.drafts.get(key)
        if inner is not None and key not in inside:
            called.append(_digest(at, inner, reading, forms, inside | {draft.key}))
        elif inner is None and (latest := at.unit.definitions.latest_process(key)) is not None:
            called.append(latest.digest)
    parts["calls"] = called
    parts["compiler"] = bpmn.COMPILER_VERSION
    return digest(parts)


def _version(at: Occurrence, draft: Draft, forms: Mapping[str, FormVersion], *, number: int) -> ProcessVersion:
    source = draft.package.files[DIAGRAM]
    root, _ = read_xml(source, name=DIAGRAM)
    assert root is not None, "a draft has a diagram that could be read"
    forms_at_start = (start.detail.form for start in draft.model.plain_starts() if isinstance(start.detail, bpmn.PersonTask))
    return ProcessVersion(
        id=VersionId(new_id()),
        key=draft.key,
        version=number,
        name=draft.model.name,
        digest=draft.digest,
        diagram=source.decode("utf-8-sig"),
        compiled=bpmn.compile_diagram(root, draft.model.id),
        compiler=bpmn.COMPILER_VERSION,
        data_schema=stored_data_schema(draft.schema),
        deployed_at=at.now,
        deployed_by=at.actor.id,
        forms={key: forms[key].id for key in _form_keys(draft)},
        decisions={name: text for name, text in _texts(draft.package).items() if name.endswith(".dmn")},
        start_messages=draft.model.start_messages,
        is_startable=draft.model.is_startable,
        start_groups=frozenset(draft.model.start_groups),
        start_form=next(forms_at_start, None),
        name_en=draft.model.name_en,
        pool_of=draft.package.key if draft.key != draft.package.key else "",
    )
