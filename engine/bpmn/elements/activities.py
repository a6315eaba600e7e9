"""Activities that are one piece of work: for a person, by a rule, a script or the system."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import cast

from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

from ... import dmn, feel
from ...canonical import Json
from ...history import EventType
from ...identity_numbers import places_in
from ...ids import Token, UserId
from ...result_words import words_of
from ...sentences import Sentence, sentence
from ...wait import WaitKind
from .. import model as say
from ..step import TaskOrder, WaitOrder
from ..turn import ElementFailed, Turn, require_keepable
from . import loops
from .base import ElementSpec


class Activity(ElementSpec):
    """Work. Boundary events begin to wait when it starts; a loop makes several rounds of it."""

    def enter(self, task: Task, turn: Turn) -> bool | None:
        if "instance" in task.internal_data:
            return self.start(task, turn)
        self._watch(task, turn)
        if self.node.loop is not None:
            return loops.open_rounds(task, turn, self.node)
        return self.start(task, turn)

    def _watch(self, task: Task, turn: Turn) -> None:
        for id_ in self.model.boundaries.get(self.node.id, ()):
            if not any(isinstance(trigger, say.Waited) for trigger in self.model.nodes[id_].triggers):
                continue
            watcher = turn.workflow.add_token(turn.workflow.process_of(task), id_, task)
            watcher.internal_data["watches"] = True
            watcher.task_spec.enter(watcher, turn)
            watcher._set_state(TaskState.STARTED)

    def start(self, task: Task, turn: Turn) -> bool | None:
        """Begin the work itself (one round of it in a loop)."""
        return True

    def is_scope(self, task: Task) -> bool:
        return "rounds" in task.internal_data or super().is_scope(task)

    def flows_out(self, task: Task, turn: Turn) -> tuple[str, ...]:
        """Nothing is asked at the end of a round: the ways out are the whole activity's. Nor where nothing follows any more."""
        scope = task.parent
        is_last = "instance" in task.internal_data or scope.task_spec.is_ending(scope)
        return () if is_last else super().flows_out(task, turn)

    def depart(self, task: Task, turn: Turn, flows: tuple[str, ...]) -> None:
        if "instance" in task.internal_data:
            loops.leave_round(task, turn, self.node)
        else:
            task.parent.task_spec.leave_inside(task, turn, flows)

    def finish_scope(self, task: Task, turn: Turn) -> None:
        if "rounds" in task.internal_data:
            loops.close_rounds(task, turn, self.node)
        task.complete()


class PlainTask(Activity):
    """A task without a type: a step on the way in which nothing is done by the engine."""


class PersonTask(Activity):
    """A user or manual task: somebody's work, listed until it is done or withdrawn."""

    def start(self, task: Task, turn: Turn) -> bool | None:
        detail = self.node.detail
        assert isinstance(detail, say.PersonTask)
        self._list(task, turn, self._order(task, turn, detail))
        return None

    def _list(self, task: Task, turn: Turn, order: TaskOrder) -> None:
        """Let people see the work, and wait for them."""
        told: dict[str, Json] = {"groups": [*sorted(order.candidate_groups)]}
        if order.due is not None:
            told["due"] = order.due.isoformat()
        turn.record(EventType.TASK_CREATED, task, told)
        if order.on_behalf_of:
            task.internal_data["onBehalfOf"] = order.on_behalf_of
        turn.tasks.append(order)
        turn.open_wait(task, WaitOrder(Token(task.id), WaitKind.TASK, order.path))

    def _order(self, task: Task, turn: Turn, detail: say.PersonTask) -> TaskOrder:
        def text(written: str, what: Sentence) -> str:
            value = turn.evaluate_written(task, written, what=what) if written else ""
            if value is not None and not isinstance(value, str):
                said = sentence("{what} gives {type}, not text.", what=what, type=feel.type_of(value))
                raise ElementFailed("expression-failed", said)
            require_keepable(value, what)
            return value or ""

        process = turn.workflow.process_of(task)
        path = turn.path_of(task)
        prefix = path.removesuffix(self.node.id)
        groups = detail.groups or ((self.node.lane_group,) if self.node.lane_group else ())
        assignee = text(detail.assignee, sentence("the assignee"))
        if assignee and not turn.desk.records.has_user(assignee):
            said = sentence("The assignee is no user who is here. Mend the data it comes from, then try again.")
            raise ElementFailed("no-such-user", said)
        counter = turn.data.view(turn.scope_of(task)).get("loopCounter")
        order = TaskOrder(
            token=Token(task.id),
            element=self.node.id,
            path=path,
            name=self.node.label,
            name_en=self.node.name_en,
            scope=turn.scope_of(task),
            form_version_id=process.forms[detail.form] if detail.form else None,
            bind=detail.bind,
            candidate_groups=frozenset(groups),
            assignee=UserId(assignee) if assignee else None,
            priority=self._priority(task, turn, detail.priority),
            not_by_path=prefix + detail.not_by if detail.not_by else "",
            on_behalf_of=text(detail.on_behalf_of, sentence("the party on whose behalf it is done")),
            loop_counter=int(counter) if isinstance(counter, Decimal) else None,
        )
        if detail.due:
            order = replace(order, due=turn.time(task, detail.due, what=sentence("the due time")).due)
        if detail.follow_up:
            order = replace(order, follow_up=turn.time(task, detail.follow_up, what=sentence("the follow-up time")).due)
        return order

    def _priority(self, task: Task, turn: Turn, written: str) -> int:
        value = turn.evaluate(task, written.removeprefix("="), what=sentence("the priority")) if written else 50
        try:
            return max(0, min(100, int(cast("int", value))))
        except (TypeError, ValueError) as error:
            said = sentence("The priority gives no number from 0 to 100.")
            raise ElementFailed("expression-failed", said) from error


class ScriptTask(Activity):
    """A FEEL context; each member is written to the case's data."""

    def start(self, task: Task, turn: Turn) -> bool | None:
        detail = self.node.detail
        assert isinstance(detail, say.Script)
        value = turn.evaluate(task, detail.text, what=sentence("the script"))
        if not isinstance(value, dict):
            said = sentence("The script gives {type}, not a context of names to write.", type=feel.type_of(value))
            raise ElementFailed("expression-failed", said)
        scope = turn.scope_of(task)
        for path, written in value.items():
            turn.write(scope, path, written)
        return True


class BusinessRuleTask(Activity):
    """A DMN decision; its result is written, and its explanation told to history."""

    def start(self, task: Task, turn: Turn) -> bool | None:
        detail = self.node.detail
        assert isinstance(detail, say.RuleTask)
        file, decision = self._find(turn, task, detail.decision)
        scope = turn.scope_of(task)
        view = turn.data.view(scope, {"case": turn.case_context})
        try:
            result = decision.evaluate(detail.decision, view, turn.environment)
        except (feel.FeelError, dmn.DecisionError) as error:
            why = error.told if isinstance(error, feel.FeelError) else error.said
            said = sentence("The decision {decision} failed: {error}", decision=detail.decision, error=why)
            raise ElementFailed("decision-failed", said) from error
        turn.write(scope, detail.result, result.value)
        explanation = cast("dict[str, Json]", result.explanation.to_json())
        if next(places_in(explanation), None) is not None:
            said = sentence(
                "The explanation of {decision} would hold an identity number. Decide by something else.",
                decision=detail.decision,
            )
            raise ElementFailed("cannot-write", said)
        told: dict[str, Json] = {"decision": detail.decision, "file": file, "explanation": explanation}
        words = words_of(turn.workflow.process_of(task).data_schema, detail.result, result)
        if words:
            told["words"] = words
        turn.record(EventType.DECISION_EVALUATED, task, told)
        return True

    def _find(self, turn: Turn, task: Task, id_: str) -> tuple[str, dmn.DecisionModel]:
        process = turn.workflow.process_of(task)
        for file, found in process.decisions.items():
            if id_ in found.decisions:
                return file, found
        why = "".join(f" {one}" for one in process.unread[:3])
        raise ElementFailed("decision-failed", sentence("There is no decision {id} in this version.{why}", id=id_, why=why))
