"""What other tools write into diagrams: what of it says nothing here, and what would have made something happen there.

A diagram that is deployed either does what it says or is refused, also for what is said in another tool's words. So of the
tools that we know everything acts that is not known to be harmless.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from ..xml import STEGVIS, Element, local, namespace, qname, text_of


@dataclass(frozen=True, slots=True)
class Tool:
    """Another tool: its name, the prefix that people know it by, its namespaces.

    `harmless` are the names of its attributes and extension elements that have no effect on how a case goes, each with
    the reason that an import tells.
    """

    name: str
    prefix: str
    spaces: frozenset[str]
    harmless: Mapping[str, str]

    def acts(self, name: str) -> bool:
        """Whether an attribute or extension element of this name may make something happen there."""
        return name not in self.harmless


CAMUNDA_7: Final = Tool(
    "Camunda 7",
    "camunda",
    frozenset(
        {
            "http://camunda.org/schema/1.0/bpmn",
            "http://activiti.org/bpmn",
            "http://operaton.org/schema/1.0/bpmn",
            "http://flowable.org/bpmn",
        }
    ),
    {
        **dict.fromkeys(("asyncBefore", "asyncAfter", "async", "exclusive", "jobPriority", "taskPriority"), "transactions"),
        **dict.fromkeys(("historyTimeToLive", "isHistoryTimeToLive"), "history"),
        **dict.fromkeys(("decisionRefBinding", "formRefBinding", "formRefVersion"), "bindings"),
        **dict.fromkeys(("modelerTemplate", "modelerTemplateVersion", "modelerTemplateIcon"), "template"),
        "diagramRelationId": "drawing",
        "versionTag": "version",
        "errorMessage": "metadata",
        "properties": "metadata",
        "failedJobRetryTimeCycle": "retries",
    },
)
CAMUNDA_8: Final = Tool(
    "Camunda 8",
    "zeebe",
    frozenset({"http://camunda.org/schema/zeebe/1.0"}),
    {
        **dict.fromkeys(("modelerTemplate", "modelerTemplateVersion", "modelerTemplateIcon"), "template"),
        "jobPriorityDefinition": "transactions",
        "properties": "metadata",
        "retryCounter": "retries",
        "userTask": "user-task-kind",
        "versionTag": "version",
    },
)
SPIFF: Final = Tool(
    "SpiffArena",
    "spiffworkflow",
    frozenset({"http://spiffworkflow.org/bpmn/schema/1.0/core"}),
    {
        "category": "metadata",
        "isMatchingCorrelation": "metadata",
        "isOutputSynthetic": "metadata",
        "taskMetadataValues": "metadata",
        "unitTests": "tests",
    },
)
_TOOLS: Final = {space: tool for tool in (CAMUNDA_7, CAMUNDA_8, SPIFF) for space in tool.spaces}

_INBOUND: Final = "inbound."
"""How properties begin by which a connector of Camunda 8 listens to the world."""
_JUEL: Final = re.compile(r"[$#]\{")
_LABELS: Final = frozenset({"id", "name", qname(STEGVIS, "nameEn")})
_NAMES: Final = {
    "message": ("name",),
    "signal": ("name",),
    "error": ("errorCode",),
    "escalation": ("escalationCode",),
    "callActivity": ("calledElement",),
    "process": (qname(STEGVIS, "startGroups"),),
}
"""Attributes that are names, where other tools would evaluate what stands after `=`."""


def tool_of(space: str) -> Tool | None:
    """The tool that a namespace belongs to, of those that we know."""
    return _TOOLS.get(space)


def is_connector(child: Element) -> bool:
    """Whether these are properties by which a program beside Camunda 8 acts."""
    if namespace(child) not in CAMUNDA_8.spaces or local(child) != "properties":
        return False
    return any(one.get("name", "").startswith(_INBOUND) for one in child)


def is_expression(element: Element, attribute: str) -> bool:
    """Whether a BPMN element's attribute, a name here, holds an expression of another tool."""
    value = element.get(attribute, "").strip()
    if attribute.startswith("{") and not attribute.startswith(f"{{{STEGVIS}}}"):
        return False
    if attribute in _LABELS and attribute not in _NAMES.get(local(element), ()):
        return False
    return bool(_JUEL.search(value)) or (value.startswith("=") and attribute in _NAMES.get(local(element), ()))


def prefix_of(element: Element, space: str) -> str:
    """The prefix that the file has for a namespace, else the one that people know the tool by."""
    tool = _TOOLS.get(space)
    written = (prefix for prefix, own in element.nsmap.items() if prefix and own == space)
    return next(written, tool.prefix if tool else "")


def quoted(child: Element) -> str:
    """An extension element as people know it: `camunda:in source="a" target="b"`, then its text and what is in it."""
    parts = [f"{prefix_of(child, namespace(child))}:{local(child)}".lstrip(":")]
    parts += [f'{str(name).rpartition("}")[2]}="{value!s}"' for name, value in child.attrib.items()]
    own = text_of(child) if not len(child) else ""
    return "; ".join([" ".join([*parts, own]).strip(), *(quoted(one) for one in child.iterchildren("*"))])
