"""What happens by itself: timers, deliveries, cases that begin because the time has come. A worker calls it."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import assert_never

from ..actor import SYSTEM
from ..commands import background, messages, starts
from ..observing import outcome_told
from ..wait import Delivery, StartWait, Wait
from ..wakeup import Wakeup, WakeupKind, delivery_of, of_delivery, of_start, of_timer, start_of, timer_of
from .door import Attempt, Door, at_once


class Waiting(Door):
    """Everything that waits for the time or for a worker."""

    def due(self, limit: int) -> list[Wakeup]:
        """What is due now, up to `limit` of each kind: deliveries first, then timers and starts, longest overdue first."""
        now = self.clock.now()
        with self.store.read() as unit:
            found = [of_delivery(one) for one in unit.waits.pending_deliveries(limit)]
            found += [of_timer(one) for one in unit.waits.due(now, limit)]
            found += [of_start(one) for one in unit.starts.due(now, limit)]
        return found

    def wake(self, wakeup: Wakeup) -> None:
        """See to one row, in a step of its own. Nothing happens when it is done already, not due yet, or gone.

        A job is no step: whoever runs handlers takes it (`jobs.running.JobRunner`).
        """
        match wakeup.kind:
            case WakeupKind.TIMER:
                case_id, token = timer_of(wakeup)
                self._write(SYSTEM, partial(background.fire, case_id=case_id, token=token))
            case WakeupKind.DELIVERY:
                self.deliver(delivery_of(wakeup))
            case WakeupKind.START:
                process, element, part = start_of(wakeup)
                self._write(SYSTEM, partial(starts.fire_named, process=process, element=element, part=part))
            case WakeupKind.JOB:
                return
            case _:
                assert_never(wakeup.kind)

    def fire_due(self, *, limit: int = 100) -> int:
        """Fire the timers whose time has come, each in a step of its own, and begin the cases; gives how many."""
        with self.store.read() as unit:
            due = list(unit.waits.due(self.clock.now(), limit))
            starts_due = list(unit.starts.due(self.clock.now(), limit))
        return sum(self.fire(wait) for wait in due) + sum(self.begin_due(start) for start in starts_due)

    def fire(self, due: Wait) -> bool:
        """See commands.background.fire."""
        return self._write(SYSTEM, partial(background.fire, case_id=due.case_id, token=due.token))

    def renew_starts(self) -> None:
        """See commands.starts.renew."""
        self._write(SYSTEM, starts.renew)

    def begin_due(self, due: StartWait) -> bool:
        """See commands.starts.fire."""
        return self._write(SYSTEM, partial(starts.fire, due=due))

    def deliver_pending(self, *, limit: int = 100) -> int:
        """Deliver messages that have met their token, each in a step of its own; gives how many."""
        with self.store.read() as unit:
            pending = list(unit.waits.pending_deliveries(limit))
        for delivery in pending:
            self.deliver(delivery)
        return len(pending)

    def deliver(self, delivery: Delivery) -> None:
        """See commands.messages.deliver."""
        with outcome_told(self.house.observer.measures.delivery):
            self._write(SYSTEM, partial(messages.deliver, delivery=delivery))

    def forget_messages(self, attempt: Attempt = at_once, *, limit: int = 1000) -> int:
        """See to messages whose time is out, each that nobody received in a step of its own; gives how many.

        `attempt` makes each step, and may let one that fails wait while the others go on.
        """
        with self.store.read() as unit:
            expired = [message.id for message in unit.waits.expired_unmatched(self.clock.now(), limit)]
        lose = (partial(self._write, SYSTEM, partial(background.lose, id_=id_)) for id_ in expired)
        lost = [attempt(f"message {id_}", "", step) for id_, step in zip(expired, lose, strict=True)].count(True)
        return lost + self._write(SYSTEM, partial(background.forget_messages, limit=limit))

    def next_due(self, after: datetime | None = None) -> datetime | None:
        """When the next timer is due, of a case or of a process that begins one: of all, or of those due after then."""
        with self.store.read() as unit:
            due = (unit.waits.next_due(after), unit.starts.next_due(after))
        return min((moment for moment in due if moment is not None), default=None)
