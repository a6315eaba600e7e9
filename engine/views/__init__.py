"""What somebody gets to see of a case, a task, a form: plain values, ready for a screen or a script."""

from __future__ import annotations

from .case import Ahead, CaseView, FoundCase, MessageReceipt, OfferedMessage, Position, Running
from .choice import Begun, Choice, OfferedActivity
from .definition import Deployment, Drawn
from .form import Answers, FormView, UsedForm, UsedTexts
from .history import CaseRecord, HistoryChoice, HistoryEntry, HistoryOutline, HistoryPage, Ran, WalkEvent
from .incident import IncidentView, InputSeen, Retried, RetriedPage, RetryOutcome, WayOut
from .note import Note, Strike
from .register import ShownEntry
from .service_handler import ServiceHandler
from .statistics import ProcessStatistics, StepStatistics
from .task import Completed, Group, Handover, TaskForm

__all__ = [
    "Ahead",
    "Answers",
    "Begun",
    "CaseRecord",
    "CaseView",
    "Choice",
    "Completed",
    "Deployment",
    "Drawn",
    "FormView",
    "FoundCase",
    "Group",
    "Handover",
    "HistoryChoice",
    "HistoryEntry",
    "HistoryOutline",
    "HistoryPage",
    "IncidentView",
    "InputSeen",
    "MessageReceipt",
    "Note",
    "OfferedActivity",
    "OfferedMessage",
    "Position",
    "ProcessStatistics",
    "Ran",
    "Retried",
    "RetriedPage",
    "RetryOutcome",
    "Running",
    "ServiceHandler",
    "ShownEntry",
    "StepStatistics",
    "Strike",
    "TaskForm",
    "UsedForm",
    "UsedTexts",
    "WalkEvent",
    "WayOut",
]
