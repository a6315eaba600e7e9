"""What a service task gave goes into the data, held to what the process declares of them."""

from __future__ import annotations

import re
from typing import Final

from SpiffWorkflow.task import Task

from ... import feel
from ...case_data import ScopeKind
from ...data_schema import Unfit, fitted
from ...finding import FieldProblem
from ...ids import ScopeId
from ...schema import pointer
from ...sentences import Sentence, listed, sentence
from .. import model as say
from ..turn import ElementFailed, Turn, require_keepable
from .base import mapped

MOST_TOLD: Final = 4
_ONLY_A_PATH: Final = re.compile(r"result(\.\w+)*")


def write_result(task: Task, turn: Turn, detail: say.ServiceTask, result: feel.Value) -> None:
    """Map the result and write what comes of it.

    What goes into the case's own data (a called process's, in one) becomes what the data schema says of it: a text that is
    declared a date becomes a date. What a loop or a sub-process declares for itself holds anything.

    Raises:
        ElementFailed: it cannot be mapped or written, or breaks the data schema (`unfit-result`).
    """
    scope = turn.scope_of(task)
    problems: list[tuple[say.DataMapping, Unfit]] = []
    values = mapped(turn, detail.outputs, seen_from=scope, extra={"result": result})
    for mapping, value in zip(detail.outputs, values, strict=True):
        require_keepable(value, f"`{mapping.target}`")
        typed, unfit = _fitted(task, turn, scope, mapping.target, value)
        problems += [(mapping, one) for one in unfit]
        if not problems:
            turn.write(scope, mapping.target, typed)
    if problems:
        said = _said(detail, [one.said for _, one in problems])
        raise ElementFailed("unfit-result", said, problems=[_given(*one) for one in problems])


def _fitted(task: Task, turn: Turn, scope: ScopeId, path: str, value: feel.Value) -> tuple[feel.Value, list[Unfit]]:
    name = path.partition(".")[0]
    home = turn.data.home_of(scope, name)
    if turn.data.scopes[home].kind is ScopeKind.LAYER:
        return value, []
    return fitted(turn.workflow.process_of(task).data_schema, path, value, turn.data.read(home, name))


def _said(detail: say.ServiceTask, problems: list[Sentence]) -> Sentence:
    told = listed(problems[:MOST_TOLD], " ")
    if detail.topic:
        who = sentence("the system that works on {topic}", topic=detail.topic)
    else:
        who = sentence("the handler {handler}", handler=detail.handler)
    if detail.is_job:
        return sentence(
            "What {who} gave does not fit the process: {problems} It is kept: correct the data that the mapping reads and try "
            "again, or skip this and write the value by hand. In the next version, correct the mapping or data.schema.json.",
            who=who,
            problems=told,
        )
    return sentence(
        "What {who} gave does not fit the process: {problems} Correct what it reads and try again, or skip this and write the "
        "value by hand. In the next version, correct the mapping or data.schema.json.",
        who=who,
        problems=told,
    )


def _given(mapping: say.DataMapping, unfit: Unfit) -> FieldProblem:
    """The same for whoever gave the result: which part of it, where the mapping takes it as it is."""
    written = mapping.expression.strip()
    path = (*written.split("."), *unfit.path) if _ONLY_A_PATH.fullmatch(written) else ("result",)
    return FieldProblem(pointer(path), unfit.keyword, unfit.said.text("sv"), unfit.said.text("en"))
