"""Changes that are asked for again because no answer came: done once, answered as often as they are asked for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Final

from ..errors import AnswerNotKept, RequestKeyReused, RevisionConflict
from ..ports import Answer, Request, Store
from .occurrence import Occurrence

KEPT: Final = timedelta(days=1)
"""So long a request is known again by its key, and its answer kept."""
MOST_KEPT_BYTES: Final = 1_000_000
"""Of a larger answer is only kept that it was given."""


def once(store: Store, request: Request, do: Callable[[], Answer]) -> tuple[Answer, bool]:
    """The answer to a request, and whether it had been given before.

    What `do` changes in the store, and what it answers, are one transaction: all of it is there afterwards, or nothing. Whoever
    sends the same key meanwhile waits for the answer. What raises leaves nothing, the request included: it is judged anew
    when it comes again. A race that was lost is run again as a whole, once.

    Raises:
        RequestKeyReused: the same person used the key for another request.
        AnswerNotKept: it was done, but the answer was too large to be kept, or has been erased.
    """
    try:
        return _once(store, request, do)
    except RevisionConflict:
        return _once(store, request, do)


def forget(at: Occurrence) -> None:
    """Forget requests that nobody sends again any more, and what was answered."""
    at.unit.requests.forget_before(at.now - KEPT)


def _once(store: Store, request: Request, do: Callable[[], Answer]) -> tuple[Answer, bool]:
    with store.around() as unit:
        before = unit.requests.begin(request)
        if before is None:
            answer = do()
            if len(answer.body) <= MOST_KEPT_BYTES:
                unit.requests.finish(replace(request, answer=answer))
            unit.commit()
            return answer, False
    if before.digest not in ("", request.digest):  # a release that did not keep answers left no digest that we could compare
        raise RequestKeyReused
    if before.answer is None:
        raise AnswerNotKept(before.at)
    return before.answer, True
