"""The walks find what is wrong: each bug planted here in joins or in what is kept of a case shows within so many walks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from SpiffWorkflow.task import Task

from engine.bpmn import complex_joins, interpreter, ledger, listeners, moves, operating, reach, state, throwing
from engine.bpmn.elements import ad_hoc, loops, waiting
from engine.bpmn.model import ErrorEvent, Node, NodeKind
from engine.bpmn.parts import whole
from engine.bpmn.process_model import ProcessModel
from engine.bpmn.turn import Turn
from engine.canonical import dumps, loads
from engine.case_data import encode
from tests.oracle.fuzz import WALKS_OF_ONE, walk_seeds

MOST_WALKS = 400
FIRST_SEED = 2_000
LATER = {
    "an inclusive join that does not wait": 2_018,
    "an inclusive join that waits for what is excused": 2_035,
    "an inclusive join that does not see other joins": 2_029,
    "a parallel join that does not count by flow": 2_061,
    "a join that swallows a second token": 2_021,
    "second tokens at a join are not kept": 2_021,
    "tokens at joins are not kept": 2_009,
    "what was done first is undone first": 2_016,
    "what can be undone is not kept": 2_016,
    "a parallel event needs one trigger": 2_021,
    "an event sub-process catches what it throws": 2_022,
    "a complex gateway never resets": 2_029,
    "a complex gateway resets by what is for its next start": 2_035,
    "which complex gateways wait for reset is not kept": 2_035,
    "event sub-processes catch no errors": 2_007,
    "rounds all have the first item": 2_065,
}
"""The seed to begin at, to save time: no diagram between the first one and this shows the bug."""
Plant = Callable[[pytest.MonkeyPatch], None]


def an_inclusive_join_that_does_not_wait(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(moves, "may_still_come", lambda *_: False)


def an_inclusive_join_that_waits_for_what_is_excused(patch: pytest.MonkeyPatch) -> None:
    right = reach.flows_ahead

    def reachable(model: ProcessModel, start: str, without: str, *, events: tuple[str, ...] | None = None) -> set[str]:
        return right(model, start, without, events=events) if events is not None else set()

    patch.setattr(moves, "flows_ahead", reachable)


def an_inclusive_join_that_does_not_see_tokens_at_other_joins(patch: pytest.MonkeyPatch) -> None:
    right = moves.may_still_come

    def may_still_come(turn: Turn, scope: Task, model: ProcessModel, join: Node, arrived: set[str]) -> bool:
        joins = scope.internal_data["joins"]
        scope.internal_data["joins"] = {join.id: joins[join.id]}
        try:
            return right(turn, scope, model, join, arrived)
        finally:
            scope.internal_data["joins"] = joins

    patch.setattr(moves, "may_still_come", may_still_come)


def a_parallel_join_that_counts_tokens_whichever_way_they_came(patch: pytest.MonkeyPatch) -> None:
    right = moves.arrive

    def arrive(turn: Turn, scope: Task, model: ProcessModel, flow: str) -> None:
        node = model.nodes[model.flows[flow].target]
        waiting = scope.internal_data.get("joins", {}).get(node.id, {})
        if node.kind is NodeKind.PARALLEL and waiting.get(flow):
            flow = next((other for other in node.incoming if not waiting.get(other)), flow)
        right(turn, scope, model, flow)

    patch.setattr(moves, "arrive", arrive)


def a_join_that_swallows_the_second_token_on_a_flow(patch: pytest.MonkeyPatch) -> None:
    right = moves.arrive

    def arrive(turn: Turn, scope: Task, model: ProcessModel, flow: str) -> None:
        node = model.nodes[model.flows[flow].target]
        if not (node.is_join and scope.internal_data.get("joins", {}).get(node.id, {}).get(flow)):
            right(turn, scope, model, flow)

    patch.setattr(moves, "arrive", arrive)


def kept(change: Callable[[list[dict[str, Any]]], list[dict[str, Any]]]) -> Plant:
    """A planted bug in what a step leaves behind."""

    def plant(patch: pytest.MonkeyPatch) -> None:
        def dump(workflow: state.CaseWorkflow) -> str:
            whole: Any = loads(state.dump(workflow))
            whole["tokens"] = change(whole["tokens"])
            return dumps(whole)

        patch.setattr(interpreter, "dump", dump)

    return plant


def _without_second_tokens(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    for row in rows:
        for counts in row.get("own", {}).get("joins", {}).values():
            counts.update(dict.fromkeys(counts, 1))
    return rows


def _without_joins(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    for row in rows:
        row.get("own", {}).pop("joins", None)
    return rows


def _without_empty_scopes(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Whatever holds nothing but its boundary events and tokens at joins is taken to be over."""
    full = {row["in"] for row in rows if "in" in row and "watches" not in row.get("own", {})}
    over = {row["id"] for row in rows if row.get("own", {}).get("holds") and row["id"] not in full}
    return [row for row in rows if row["id"] not in over and row.get("in") not in over]


def _without_counts_of_rounds(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    for row in rows:
        if "rounds" in row.get("own", {}):
            row["own"]["rounds"]["begun"] = row["own"]["rounds"]["done"]
    return rows


def undoing_in_the_order_of_doing(patch: pytest.MonkeyPatch) -> None:
    right = ledger.take
    patch.setattr(ledger, "take", lambda turn, thrower, activity: right(turn, thrower, activity)[::-1])


def _without_what_can_be_undone(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    for row in rows:
        row.get("own", {}).pop("ledger", None)
    return rows


def an_interrupting_event_that_leaves_the_other_listeners(patch: pytest.MonkeyPatch) -> None:
    def cancel_inside(turn: Turn, scope: Task) -> None:
        for child in scope.children:
            if not child.internal_data.keys() & {"watches", "listens"}:
                moves.cancel(turn, child)
        moves.drop_joins(scope)

    patch.setattr(moves, "cancel_inside", cancel_inside)


def an_event_sub_process_that_catches_what_it_throws(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(throwing, "_may_begin", lambda *_: True)


def a_parallel_event_that_happens_by_the_first_of_its_triggers(patch: pytest.MonkeyPatch) -> None:
    def trigger(self: waiting.WaitingEvent, task: Task, turn: Turn, payload: waiting.Payload) -> None:
        self.happen(whole(task), task, turn, {str(task.internal_data.get("part", 0)): encode(dict(payload or {}))})

    patch.setattr(waiting.WaitingEvent, "trigger", trigger)


def a_complex_gateway_that_never_resets(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(complex_joins, "reset_one", lambda *_: False)


def a_complex_gateway_that_resets_by_tokens_on_flows_it_had(patch: pytest.MonkeyPatch) -> None:
    right = complex_joins.reset

    def reset(turn: Turn, scope: Task, node: Node) -> None:
        scope.internal_data["activated"] = {**scope.internal_data["activated"], node.id: []}
        right(turn, scope, node)

    patch.setattr(complex_joins, "reset", reset)


def _without_what_was_activated(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    for row in rows:
        row.get("own", {}).pop("activated", None)
    return rows


def an_ad_hoc_sub_process_that_never_has_enough(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(ad_hoc.AdHocSubProcess, "is_enough", lambda *_: False)


def an_error_that_the_border_catches_before_what_is_inside(patch: pytest.MonkeyPatch) -> None:
    right = listeners.start_events

    def start_events(turn: Turn, scope: Task) -> list[Node]:
        return [start for start in right(turn, scope) if not any(isinstance(one, ErrorEvent) for one in start.triggers)]

    patch.setattr(listeners, "start_events", start_events)


def rounds_that_all_have_the_first_item(patch: pytest.MonkeyPatch) -> None:
    right = loops._items
    patch.setattr(loops, "_items", lambda *about: right(*about)[:1] * len(right(*about)))


def moving_that_leaves_the_token_where_it_was(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(operating, "_withdraw", lambda *_: None)


PLANTED: dict[str, Plant] = {
    "an inclusive join that does not wait": an_inclusive_join_that_does_not_wait,
    "an inclusive join that waits for what is excused": an_inclusive_join_that_waits_for_what_is_excused,
    "an inclusive join that does not see other joins": an_inclusive_join_that_does_not_see_tokens_at_other_joins,
    "a parallel join that does not count by flow": a_parallel_join_that_counts_tokens_whichever_way_they_came,
    "a join that swallows a second token": a_join_that_swallows_the_second_token_on_a_flow,
    "second tokens at a join are not kept": kept(_without_second_tokens),
    "tokens at joins are not kept": kept(_without_joins),
    "scopes that are stuck are not kept": kept(_without_empty_scopes),
    "how many rounds have begun is not kept": kept(_without_counts_of_rounds),
    "what was done first is undone first": undoing_in_the_order_of_doing,
    "what can be undone is not kept": kept(_without_what_can_be_undone),
    "an interrupting event leaves other listeners": an_interrupting_event_that_leaves_the_other_listeners,
    "a parallel event needs one trigger": a_parallel_event_that_happens_by_the_first_of_its_triggers,
    "an event sub-process catches what it throws": an_event_sub_process_that_catches_what_it_throws,
    "a complex gateway never resets": a_complex_gateway_that_never_resets,
    "a complex gateway resets by what is for its next start": a_complex_gateway_that_resets_by_tokens_on_flows_it_had,
    "an ad-hoc sub-process never has enough": an_ad_hoc_sub_process_that_never_has_enough,
    "event sub-processes catch no errors": an_error_that_the_border_catches_before_what_is_inside,
    "rounds all have the first item": rounds_that_all_have_the_first_item,
    "moving leaves the token where it was": moving_that_leaves_the_token_where_it_was,
    "which complex gateways wait for reset is not kept": kept(_without_what_was_activated),
}


@pytest.mark.parametrize("bug", PLANTED)
def test_a_planted_bug_is_found(bug: str, monkeypatch: pytest.MonkeyPatch) -> None:
    PLANTED[bug](monkeypatch)
    walks = 0
    first = LATER.get(bug, FIRST_SEED)
    for seed in range(first, first + MOST_WALKS // WALKS_OF_ONE):
        tally = walk_seeds(seed, count=1)
        walks += tally.walks
        if tally.different:
            print(f"{bug}: found in walk {walks}")
            monkeypatch.undo()
            assert walk_seeds(seed, count=1).different == [], "they differ without the bug, too"
            return
    pytest.fail(f"not found in {walks} walks")
