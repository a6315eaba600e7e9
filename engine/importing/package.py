"""From a file of another tool to packages, with the forms that could be made, and a report.

Each process becomes a package; those whose pools send each other messages become one together.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import PurePath
from typing import Final

from ..bpmn.foreign import CAMUNDA_7, CAMUNDA_8, SPIFF, is_expression
from ..bpmn.qnames import strip_prefixes
from ..finding import Finding
from ..package_files import DATA_SCHEMA, DIAGRAM
from ..sentences import sentence
from ..xml import BPMN, STEGVIS, Element, line, local, namespace, qname, read_xml, to_bytes
from . import camunda7, camunda8, resources, spiff, standard
from .correlations import tell_correlations
from .desk import Desk
from .expressions import Dialect, Translator
from .forms import make_form
from .left_behind import leave_out
from .names import process_key
from .report import Report, as_markdown
from .split import alone, is_plainly_started, packages_of, processes_of

_INITIATOR: Final = "case.startedBy"
_REWRITE: Final[Mapping[Dialect, Callable[[Element, Desk], None]]] = {
    Dialect.CAMUNDA_7: camunda7.rewrite,
    Dialect.CAMUNDA_8: camunda8.rewrite,
    Dialect.SPIFF: spiff.rewrite,
}
_OWN: Final = {Dialect.CAMUNDA_7: CAMUNDA_7.spaces, Dialect.CAMUNDA_8: CAMUNDA_8.spaces, Dialect.SPIFF: SPIFF.spaces}
"""What is refused stays in the diagram, so that checks go on telling of it; what other tools left behind does not."""


@dataclass(frozen=True, slots=True)
class ImportedProcess:
    """One package: its files and those of the forms that could be made, by path in their folder, and the report.

    `key` and `name` are those of its process, of several of the one that names the folder.
    """

    key: str
    name: str
    files: Mapping[str, bytes]
    forms: Mapping[str, Mapping[str, bytes]]
    report: Report


@dataclass(frozen=True, slots=True)
class Imported:
    """What came of a file: its processes, or the findings that say why there are none."""

    dialect: Dialect
    processes: tuple[ImportedProcess, ...]
    findings: tuple[Finding, ...] = ()


def import_diagram(source: bytes, *, file: str, key: str = "", beside: Mapping[str, bytes] | None = None) -> Imported:
    """Rewrite a diagram of another tool. Never raises.

    `key` names the package when there is one. `beside` are files that lay beside the diagram, by name: forms and decisions
    that it refers to are taken from there.
    """
    root, findings = read_xml(source, name=file, any_encoding=True)
    if root is None:
        return Imported(Dialect.OTHER, (), tuple(findings))
    if root.tag != qname(BPMN, "definitions"):
        message = sentence("{file} is not a BPMN 2.0 diagram.", file=file)
        remedy = sentence("Save it as BPMN 2.0 XML: the outermost element is `definitions` in the BPMN model namespace.")
        return _none(Finding("not-bpmn", message, remedy, file=file, line=line(root)))
    strip_prefixes(root)
    processes = processes_of(root)
    if not processes:
        message = sentence("{file} has no process with anything in it.", file=file)
        return _none(Finding("one-process", message, sentence("Draw the process, then import it."), file=file))
    packages = packages_of(root)
    if key and len(packages) > 1:
        message = sentence("{file} becomes {count} packages, and one key was given.", file=file, count=len(packages))
        return _none(Finding("one-process", message, sentence("Leave out the key."), file=file))
    dialect = dialect_of(root)
    keys = _keys(root, processes, file)
    if key:
        keys[processes[packages[0][0]].get("id", "")] = key
    made = [_import(root, numbers, keys, dialect, file, beside or {}) for numbers in packages]
    return Imported(dialect, tuple(made))


def _none(finding: Finding) -> Imported:
    return Imported(Dialect.OTHER, (), (finding,))


def dialect_of(root: Element) -> Dialect:
    """Whose diagram it is: by the names that it uses, then by those that it declares."""
    used = {namespace(one) for one in root.iter()}
    used |= {str(name)[1:].partition("}")[0] for one in root.iter() for name in one.attrib if str(name).startswith("{")}
    declared = {space for one in root.iter() for space in one.nsmap.values()}
    for spaces in (used, declared):
        for known, dialect in ((CAMUNDA_8, Dialect.CAMUNDA_8), (SPIFF, Dialect.SPIFF), (CAMUNDA_7, Dialect.CAMUNDA_7)):
            if known.spaces & spaces:
                return dialect
    return Dialect.OTHER


def _keys(root: Element, processes: list[Element], file: str) -> dict[str, str]:
    """What each process is called here, by its id there: by its id, else by its name, that of its pool, or that of the file."""
    found: dict[str, str] = {}
    pools = {pool.get("processRef", ""): pool.get("name", "") for pool in root.iter(qname(BPMN, "participant"))}
    for process in processes:
        id_ = process.get("id", "")
        wished = process_key(id_, process.get("name") or pools.get(id_, "") or PurePath(file).stem)
        number, chosen = 2, wished
        while chosen in found.values():
            number, chosen = number + 1, f"{wished}-{number}"
        found[id_] = chosen
    return found


def _import(
    root: Element, numbers: list[int], keys: dict[str, str], dialect: Dialect, file: str, beside: Mapping[str, bytes]
) -> ImportedProcess:
    report = Report()
    root, processes = alone(root, numbers, report)
    key = keys[processes[0].get("id", "")]
    names = camunda7.NAMES if dialect is Dialect.CAMUNDA_7 else {}
    desk = Desk(key, Translator(dialect, report, names), report, keys)
    desks = {process: _desk_of(process, desk, names) for process in processes}
    for process in processes:
        _rename(root, process, process.get("id", ""), keys[process.get("id", "")], report)
    for element in standard.give_ids(root):
        report.taken(element, local(element), f'id="{element.get("id")}"')
    rewrite = _REWRITE.get(dialect)
    for element in [one for one in root.iter() if namespace(one) == BPMN]:
        own = next((desks[around] for around in (element, *element.iterancestors()) if around in desks), desk)
        if rewrite is not None:
            rewrite(element, own)
        standard.rewrite(element, own)
    for process in processes:
        _call_by_key(process, desk)
        _make_startable(process, report)
    leave_out(root, report)
    resources.drop_unused(root)
    tell_correlations(root, report)
    standard.leave_out_others(root, desk, _OWN.get(dialect, frozenset()))
    forms = {wanted.key: made for wanted in desk.wanted.values() if (made := make_form(wanted, beside, report)) is not None}
    name = processes[0].get("name", "") or key
    return ImportedProcess(key, name, _files(root, desk, forms, beside, file), forms, report)


def _desk_of(process: Element, desk: Desk, names: Mapping[str, str]) -> Desk:
    """The desk for what is in one process: who started it is known by its own names only."""
    known = {**_initiators(process), **names}
    return replace(desk, translate=Translator(desk.translate.dialect, desk.report, known))


def _initiators(process: Element) -> dict[str, str]:
    """Names that hold whoever started the process."""
    starts = process.iter(qname(BPMN, "startEvent"))
    return {
        name: _INITIATOR for start in starts for space in CAMUNDA_7.spaces if (name := start.get(qname(space, "initiator"), ""))
    }


def _rename(root: Element, process: Element, old: str, key: str, report: Report) -> None:
    if old == key:
        return
    process.set("id", key)
    report.taken(process, f'process id="{old}"', f'id="{key}"')
    for element in root.iter():
        for attribute in ("processRef", "bpmnElement"):
            if old and element.get(attribute) == old:
                element.set(attribute, key)


def _call_by_key(process: Element, desk: Desk) -> None:
    """Called processes have keys here; one in another file has the key that it gets when that file is imported."""
    for call in process.iter(qname(BPMN, "callActivity")):
        called = call.get("calledElement", "")
        if not called or is_expression(call, "calledElement") or called in desk.keys.values():
            continue
        key = desk.keys.get(called) or process_key(called, "")
        if key != called:
            call.set("calledElement", key)
            desk.report.taken(call, f'calledElement="{called}"', f'calledElement="{key}"')


def _make_startable(process: Element, report: Report) -> None:
    """Elsewhere people start every process that may run and has a plain start event; here a process says so."""
    startable = qname(STEGVIS, "startable")
    if process.get(startable) is None and is_plainly_started(process):
        process.set(startable, "true")
        report.taken(process, "startEvent", 'stegvis:startable="true"')


def _files(
    root: Element, desk: Desk, forms: Mapping[str, Mapping[str, bytes]], beside: Mapping[str, bytes], file: str
) -> dict[str, bytes]:
    files = {DIAGRAM: to_bytes(root)}
    declared = {str(name) for made in forms.values() for name in json.loads(made["schema.json"])["properties"]}
    names = sorted(name for name in desk.written - declared if name.isidentifier() and name != "case")
    if names:
        schema = {
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "$comment": "Names that the imported diagram writes. Give each its type.",
            "type": "object",
            "properties": {name: {} for name in names},
        }
        files[DATA_SCHEMA] = (json.dumps(schema, ensure_ascii=False, indent=2) + "\n").encode()
    for name, source in beside.items():
        if name.endswith(".dmn") and any(f'id="{decision}"'.encode() in source for decision in desk.decisions):
            files[f"decisions/{name}"] = source
    reports = [as_markdown(desk.report, file=file, language=language) for language in ("sv", "en")]
    files["import.md"] = "\n".join(reports).encode()
    return files
