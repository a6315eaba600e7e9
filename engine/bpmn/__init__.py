"""BPMN: reading, checking and compiling diagrams, and taking steps in cases. The only room that knows SpiffWorkflow.

SpiffWorkflow gives the graph of task specifications and the life cycle of tasks; how tokens are placed, joined and
forgotten is ours (docs/decisions/2026-11-22-tokens-on-spiffworkflow.md says why).
"""

from __future__ import annotations

from .ahead import ahead
from .call_circles import call_circles
from .checks import Surroundings, check_process
from .compiler import COMPILER_VERSION, compile_diagram, load
from .deciding import constant
from .expressions import EXPRESSIONS, check_expression, read_expression
from .interpreter import advance
from .job_orders import JobDone, JobGivenUp, JobOrder, JobOutcome, JobThrows
from .lanes import lane_titles
from .loaded import Library, LoadedProcess
from .model import (
    Call,
    Conditional,
    DataMapping,
    MessageEvent,
    Node,
    NodeKind,
    PersonTask,
    ServiceTask,
    SignalEvent,
    Timer,
)
from .places import Place, places
from .pools import complete_messages, processes_of
from .process_model import Beginning, ProcessModel
from .reader import read_bpmn, read_pools
from .scope import Scope, scope_of
from .shared_definitions import put_definitions_in
from .state import called_versions, process_at
from .step import (
    AddToken,
    BeginActivity,
    CancelCase,
    CancelToken,
    Command,
    CompleteTask,
    CorrectData,
    IncidentOrder,
    Intervention,
    MoveToken,
    Reopen,
    Retry,
    Skip,
    Start,
    Step,
    StepContext,
    TaskOrder,
    Trigger,
    WaitOrder,
)
from .time_checks import ANY_TIME, time_written
from .timers import BadTime, Schedule, TimeFrame, following, schedule

__all__ = [
    "ANY_TIME",
    "COMPILER_VERSION",
    "EXPRESSIONS",
    "AddToken",
    "BadTime",
    "BeginActivity",
    "Beginning",
    "Call",
    "CancelCase",
    "CancelToken",
    "Command",
    "CompleteTask",
    "Conditional",
    "CorrectData",
    "DataMapping",
    "IncidentOrder",
    "Intervention",
    "JobDone",
    "JobGivenUp",
    "JobOrder",
    "JobOutcome",
    "JobThrows",
    "Library",
    "LoadedProcess",
    "MessageEvent",
    "MoveToken",
    "Node",
    "NodeKind",
    "PersonTask",
    "Place",
    "ProcessModel",
    "Reopen",
    "Retry",
    "Schedule",
    "Scope",
    "ServiceTask",
    "SignalEvent",
    "Skip",
    "Start",
    "Step",
    "StepContext",
    "Surroundings",
    "TaskOrder",
    "TimeFrame",
    "Timer",
    "Trigger",
    "WaitOrder",
    "advance",
    "ahead",
    "call_circles",
    "called_versions",
    "check_expression",
    "check_process",
    "compile_diagram",
    "complete_messages",
    "constant",
    "following",
    "lane_titles",
    "load",
    "places",
    "process_at",
    "processes_of",
    "put_definitions_in",
    "read_bpmn",
    "read_expression",
    "read_pools",
    "schedule",
    "scope_of",
    "time_written",
]
