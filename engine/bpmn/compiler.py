"""From a diagram to what runs: normalised XML once, when it is deployed; SpiffWorkflow's specification each time it is loaded.

The compiled text is stored with its version and never made again: a release that compiles differently runs old versions
as they were compiled (docs/decisions/2026-11-22-stored-versions-run-as-compiled.md). Version 1 keeps the process, its
messages and errors, and drops the drawing. Version 2 keeps the associations to what compensates and, of several pools, the
one that runs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from SpiffWorkflow.specs.WorkflowSpec import WorkflowSpec

from .. import dmn
from ..data_schema import restore_data_schema
from ..xml import BPMN, Element, local, namespace, parse_trusted, to_canonical
from .compensation_details import handling
from .elements import element_spec
from .elements.base import ElementSpec
from .loaded import LoadedProcess
from .model import Node, NodeKind
from .pools import complete_messages, processes_of
from .process_model import ProcessModel
from .reader import read_definitions
from .shared_definitions import put_definitions_in
from .state import ROOT_SPEC

if TYPE_CHECKING:
    from ..definition import ProcessVersion

COMPILER_VERSION = 2
DRAWING = frozenset({"collaboration", "textAnnotation", "association", "group", "category"})
LOST: Final = frozenset(
    """bad-compensation bad-ordering dangling-flow data-name no-condition no-error no-escalation no-id no-message no-name
    no-script no-signal no-target no-time no-trigger not-bpmn not-feel not-supported one-process same-id script-language
    unclear-mapping unknown-attribute unknown-element""".split()  # noqa: SIM905
)
"""Rules of the reader by which it has left something out, or taken something else than is written. A stored version of which
this is said does not run. What other rules say was for its designer to mend: it runs as it is written."""


def compile_diagram(root: Element, process: str = "") -> str:
    """The normalised XML of a diagram that has been checked: canonical, without the drawing.

    `process` is the one of several that it is made of. What message flows say about it stands in its elements.
    """
    put_definitions_in(root)
    complete_messages(root)
    for element in processes_of(root) if process else ():
        if element.get("id") != process:
            root.remove(element)
    kept = [association for associations in handling(root).values() for association in associations]
    runs = next(iter(processes_of(root)), None)
    for association in kept:
        if runs is not None and not any(above is runs for above in association.iterancestors()):
            runs.append(association)  # some tools draw them in the collaboration
    for element in list(root.iter()):
        if element in kept:
            continue
        parent = element.getparent()
        is_drawing = namespace(element) != BPMN and parent is root
        if parent is not None and (is_drawing or (namespace(element) == BPMN and local(element) in DRAWING)):
            parent.remove(element)
    return to_canonical(root).decode()


def load(version: ProcessVersion) -> LoadedProcess:
    """A stored version made ready to run, as it was compiled: rules that are younger than it do not stop it.

    A decision that cannot be read any more is missing, and the task that takes it says so.

    Raises:
        ValueError: the stored text is damaged or was made by a newer release.
    """
    if version.compiler > COMPILER_VERSION:
        raise ValueError(f"{version.key} version {version.version} was compiled by a newer release. Upgrade Stegvis.")
    model, findings = read_definitions(parse_trusted(version.compiled), file=f"{version.key} version {version.version}")
    lost = [finding for finding in findings if finding.is_error and finding.rule in LOST]
    if model is None or lost:
        why = " ".join(f"{finding.element}: {finding.message}" for finding in lost[:3])
        raise ValueError(f"The stored diagram of {version.key} version {version.version} cannot be read. {why}".strip())
    decisions, noted = dmn.read_models({name: text.encode() for name, text in version.decisions.items()}, stored=True)
    return LoadedProcess(
        version_id=version.id,
        key=version.key,
        model=model,
        spec=specification(model),
        forms=version.forms,
        calls=version.calls,
        decisions=decisions,
        data_schema=restore_data_schema(version.data_schema),
        unread=tuple(f"{finding.file}: {finding.message}" for finding in noted),
    )


def specification(model: ProcessModel) -> Any:
    """SpiffWorkflow's specification of the process: one task spec for each element, connected as the flows say."""
    spec = WorkflowSpec(name=model.id)
    ElementSpec(spec, model, Node(ROOT_SPEC, NodeKind.SUB_PROCESS, model.name, ""))
    for node in model.nodes.values():
        element_spec(spec, model, node)
    for flow in model.flows.values():
        spec.task_specs[flow.source].connect(spec.task_specs[flow.target])
    return spec
