"""A process as the diagram says it, in plain values: what checks look at and the interpreter is built from."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from ..handlers import BUILT_IN
from ..job import USUAL, RetryPolicy


class NodeKind(StrEnum):
    """The flow nodes that run. Values are BPMN's own element names."""

    START = "startEvent"
    END = "endEvent"
    CATCH = "intermediateCatchEvent"
    THROW = "intermediateThrowEvent"
    BOUNDARY = "boundaryEvent"
    USER_TASK = "userTask"
    MANUAL_TASK = "manualTask"
    TASK = "task"
    SCRIPT_TASK = "scriptTask"
    BUSINESS_RULE_TASK = "businessRuleTask"
    SERVICE_TASK = "serviceTask"
    SEND_TASK = "sendTask"
    RECEIVE_TASK = "receiveTask"
    SUB_PROCESS = "subProcess"
    TRANSACTION = "transaction"
    AD_HOC = "adHocSubProcess"
    CALL_ACTIVITY = "callActivity"
    EXCLUSIVE = "exclusiveGateway"
    PARALLEL = "parallelGateway"
    INCLUSIVE = "inclusiveGateway"
    EVENT_BASED = "eventBasedGateway"
    COMPLEX = "complexGateway"


EVENTS = frozenset({NodeKind.START, NodeKind.END, NodeKind.CATCH, NodeKind.THROW, NodeKind.BOUNDARY})
GATEWAYS = frozenset({NodeKind.EXCLUSIVE, NodeKind.PARALLEL, NodeKind.INCLUSIVE, NodeKind.EVENT_BASED, NodeKind.COMPLEX})
ACTIVITIES = frozenset(NodeKind) - EVENTS - GATEWAYS
SUB_PROCESSES = frozenset({NodeKind.SUB_PROCESS, NodeKind.TRANSACTION, NodeKind.AD_HOC})


class TimerKind(StrEnum):
    DATE = "timeDate"
    DURATION = "timeDuration"
    CYCLE = "timeCycle"


@dataclass(frozen=True, slots=True)
class Flow:
    """A sequence flow. `condition` is FEEL without the leading `=`, empty when there is none."""

    id: str
    name: str
    source: str
    target: str
    condition: str = ""
    line: int | None = None
    name_en: str = ""


@dataclass(frozen=True, slots=True)
class DataMapping:
    """`<stegvis:input>` or `<stegvis:output>`: the FEEL `expression` is evaluated and written to `target`."""

    target: str
    expression: str
    line: int | None = None


@dataclass(frozen=True, slots=True)
class PersonTask:
    """What a designer said about a user or manual task. Values are as written: with a leading `=` they are FEEL."""

    form: str = ""
    bind: str = ""
    groups: tuple[str, ...] = ()
    assignee: str = ""
    due: str = ""
    follow_up: str = ""
    priority: str = ""
    not_by: str = ""
    on_behalf_of: str = ""


@dataclass(frozen=True, slots=True)
class AdHoc:
    """An ad-hoc sub-process: people choose what is done in it. `choice` says who, as for a task of theirs.

    `completion` is FEEL (without `=`), asked each time an activity inside is done; empty when a person says that it is
    done. `cancels` tells what becomes of activities still under way then: withdrawn, or waited for.
    """

    choice: PersonTask
    completion: str = ""
    is_sequential: bool = False
    cancels: bool = True


@dataclass(frozen=True, slots=True)
class Script:
    """A FEEL context whose members are written."""

    text: str


@dataclass(frozen=True, slots=True)
class RuleTask:
    decision: str
    result: str


@dataclass(frozen=True, slots=True)
class ServiceTask:
    """Work for the system: by a `handler`, or by another system that fetches what has the `topic`."""

    handler: str
    inputs: tuple[DataMapping, ...] = ()
    outputs: tuple[DataMapping, ...] = ()
    topic: str = ""
    policy: RetryPolicy = USUAL

    @property
    def is_job(self) -> bool:
        """Whether it is done after the step; what is done in the step itself passes at once."""
        return self.handler not in BUILT_IN


@dataclass(frozen=True, slots=True)
class Call:
    """A call activity. `version` is `deployed-with`, `latest` or a number."""

    process: str
    version: str = "deployed-with"
    inputs: tuple[DataMapping, ...] = ()
    outputs: tuple[DataMapping, ...] = ()


@dataclass(frozen=True, slots=True)
class Timer:
    """When it fires, as written: `P14D`, `P5BD`, `R3/P7D`, or FEEL after `=`."""

    kind: TimerKind
    expression: str


@dataclass(frozen=True, slots=True)
class MessageEvent:
    """A message that is waited for. `correlation` is FEEL (without `=`), evaluated where the receiver stands."""

    name: str
    title: str
    correlation: str = ""
    outputs: tuple[DataMapping, ...] = ()


@dataclass(frozen=True, slots=True)
class MessageThrow:
    """A message that is sent: `correlation` is FEEL (without `=`) for its key, `inputs` give its payload.

    `participant` is the party outside that it goes to; empty: whoever in the engine waits for it or begins by it.
    """

    name: str
    correlation: str = ""
    inputs: tuple[DataMapping, ...] = ()
    participant: str = ""


@dataclass(frozen=True, slots=True)
class SignalEvent:
    """A signal, thrown to whoever waits for it or waited for."""

    name: str


@dataclass(frozen=True, slots=True)
class EscalationEvent:
    """An escalation thrown or caught. An empty code catches every one."""

    code: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Conditional:
    """Happens when the condition (FEEL, without `=`) becomes true."""

    condition: str


@dataclass(frozen=True, slots=True)
class Link:
    """A token that comes to the throwing event goes on at the catching one of the same name and scope."""

    name: str


@dataclass(frozen=True, slots=True)
class ErrorEvent:
    """An error thrown or caught. An empty code catches every error."""

    code: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Activation:
    """When a complex gateway goes on: FEEL (without `=`) over data and counts of tokens; empty where it only splits."""

    condition: str = ""


@dataclass(frozen=True, slots=True)
class Terminate:
    """An end that ends its whole scope."""


@dataclass(frozen=True, slots=True)
class Compensation:
    """Compensation, thrown for one `activity` or (empty) for all of the scope; on a border, what it is done by: `handler`.

    With `waits` the throwing event goes on when all that is thrown to is undone.
    """

    activity: str = ""
    waits: bool = True
    handler: str = ""


@dataclass(frozen=True, slots=True)
class Cancel:
    """An end that cancels its transaction; on the transaction's border, where it goes on from then."""


THROWN_TO = (ErrorEvent, EscalationEvent, Compensation, Cancel)
"""What stands on a border and is not waited for: it is found by what is thrown."""


@dataclass(frozen=True, slots=True)
class Multiple:
    """Several triggers of one event: any of them catches (all of them, where it is parallel); a throwing event throws all."""

    details: tuple[Detail, ...]
    is_parallel: bool = False


@dataclass(frozen=True, slots=True)
class AllEvents:
    """A parallel event-based gateway: a case begins with the first of the events behind it, and waits for all the others."""


Detail: TypeAlias = (
    PersonTask | AdHoc | Script | RuleTask | ServiceTask | Call | Timer | MessageEvent | MessageThrow | SignalEvent
    | EscalationEvent | Conditional | Link | ErrorEvent | Terminate | Activation | Compensation | Cancel | AllEvents
    | Multiple | None
)  # fmt: skip
Waited: TypeAlias = Timer | MessageEvent | SignalEvent | Conditional
"""What a token waits for; errors and escalations are thrown to whoever is there."""
Thrown: TypeAlias = ErrorEvent | EscalationEvent


@dataclass(frozen=True, slots=True)
class Loop:
    """Several rounds of an activity: one for each item, at once or in sequence, or as long as a condition holds.

    Multi-instance: one of `collection` and `cardinality` is FEEL text, the other empty; `completion` ends it early.
    A standard loop (`is_standard`) has a `completion` that it goes on for, asked before the first round with
    `tests_before`, and `most` rounds at most (FEEL; empty: no limit of its own).

    `item` names the loop's own value, `local` further names that belong to each round, `collect` the path that receives
    the list of `collect_expression` (FEEL) of each round.
    """

    collection: str = ""
    cardinality: str = ""
    item: str = ""
    collect: str = ""
    collect_expression: str = ""
    completion: str = ""
    is_sequential: bool = False
    is_standard: bool = False
    tests_before: bool = False
    most: str = ""


@dataclass(frozen=True, slots=True)
class Node:
    """A flow node. `scope` is the sub-process around it, empty at the top level. `attached_to` is for boundary events.

    What is `for_compensation` stands beside the flows and runs only to undo another activity.
    `by_event` marks an event sub-process; `interrupting` is for boundary events and for the start events of those.

    `instantiate`: a receive task or event-based gateway whose message begins a case. `unit` is where a case begins at a start
    event that nobody starts by hand.

    `once`: inside an ad-hoc sub-process it can be begun one time only.
    """

    id: str
    kind: NodeKind
    name: str
    scope: str
    line: int | None = None
    incoming: tuple[str, ...] = ()
    outgoing: tuple[str, ...] = ()
    default: str = ""
    detail: Detail = None
    loop: Loop | None = None
    local: tuple[str, ...] = ()
    lane_group: str = ""
    attached_to: str = ""
    interrupting: bool = True
    name_en: str = ""
    for_compensation: bool = False
    instantiate: bool = False
    unit: str = ""
    once: bool = False
    by_event: bool = False

    @property
    def triggers(self) -> tuple[Detail, ...]:
        """What the event is about, each of several; of other nodes their one detail."""
        return self.detail.details if isinstance(self.detail, Multiple) else (self.detail,)

    @property
    def label(self) -> str:
        """The name people see, or the id where the designer gave none."""
        return self.name or self.id

    @property
    def label_en(self) -> str:
        """The same for those who read English."""
        return self.name_en or self.label

    @property
    def is_join(self) -> bool:
        if isinstance(self.detail, Activation):
            return bool(self.detail.condition)
        return self.kind in (NodeKind.PARALLEL, NodeKind.INCLUSIVE) and len(self.incoming) > 1
