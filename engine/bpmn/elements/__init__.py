"""What each BPMN element does when a token reaches it: SpiffWorkflow task specifications, one class an element."""

from __future__ import annotations

from ..model import Node, NodeKind
from ..process_model import ProcessModel
from .activities import BusinessRuleTask, PersonTask, PlainTask, ScriptTask
from .ad_hoc import AdHocSubProcess
from .base import ElementSpec
from .complex import ComplexGateway
from .events import (
    BoundaryEvent,
    CatchEvent,
    EndEvent,
    EventGateway,
    ReceiveTask,
    SendTask,
    StartEvent,
    ThrowEvent,
)
from .gateways import ExclusiveGateway, InclusiveGateway, ParallelGateway
from .scopes import CallActivity, SubProcess
from .service import ServiceTask

CLASSES: dict[NodeKind, type[ElementSpec]] = {
    NodeKind.START: StartEvent,
    NodeKind.END: EndEvent,
    NodeKind.CATCH: CatchEvent,
    NodeKind.THROW: ThrowEvent,
    NodeKind.BOUNDARY: BoundaryEvent,
    NodeKind.TASK: PlainTask,
    NodeKind.USER_TASK: PersonTask,
    NodeKind.MANUAL_TASK: PersonTask,
    NodeKind.SCRIPT_TASK: ScriptTask,
    NodeKind.BUSINESS_RULE_TASK: BusinessRuleTask,
    NodeKind.SERVICE_TASK: ServiceTask,
    NodeKind.SEND_TASK: SendTask,
    NodeKind.RECEIVE_TASK: ReceiveTask,
    NodeKind.SUB_PROCESS: SubProcess,
    NodeKind.TRANSACTION: SubProcess,
    NodeKind.AD_HOC: AdHocSubProcess,
    NodeKind.CALL_ACTIVITY: CallActivity,
    NodeKind.EXCLUSIVE: ExclusiveGateway,
    NodeKind.PARALLEL: ParallelGateway,
    NodeKind.INCLUSIVE: InclusiveGateway,
    NodeKind.EVENT_BASED: EventGateway,
    NodeKind.COMPLEX: ComplexGateway,
}


def element_spec(workflow_spec: object, model: ProcessModel, node: Node) -> ElementSpec:
    """The specification for one node, added to SpiffWorkflow's `workflow_spec`."""
    return CLASSES[node.kind](workflow_spec, model, node)
