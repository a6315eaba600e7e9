"""BPMN: reading, checking and compiling diagrams, and taking steps in cases. The only room that knows SpiffWorkflow.

SpiffWorkflow gives the graph of task specifications and the life cycle of tasks; how tokens are placed, joined and
forgotten is ours (docs/decisions/2026-11-22-tokens-on-spiffworkflow.md says why).
"""

from __future__ import annotations

from .ahead import ahead
from .call_circles import call_circles
from .checks import Surroundings, check_process
from .compiler import COMPILER_VERSION, compile_diagram, load
from .interpreter import advance
from .loaded import Library, LoadedProcess
from .model import Call, Conditional, MessageEvent, Node, NodeKind, PersonTask, SignalEvent, Timer
from .places import Place, places
from .pools import complete_messages, processes_of
from .process_model import Beginning, ProcessModel
from .reader import read_bpmn, read_pools
from .shared_definitions import put_definitions_in
from .state import process_at
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
    "IncidentOrder",
    "Intervention",
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
    "check_process",
    "compile_diagram",
    "complete_messages",
    "following",
    "load",
    "places",
    "process_at",
    "processes_of",
    "put_definitions_in",
    "read_bpmn",
    "read_pools",
    "schedule",
    "time_written",
]
