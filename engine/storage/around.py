"""What the units of work of one thread are part of, and what waits until that is committed."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Generic, TypeVar

Whole = TypeVar("Whole")


@dataclass(slots=True)
class _Frame(Generic[Whole]):
    whole: Whole
    waiting: list[Callable[[], None]] = field(default_factory=list)
    is_committed: bool = False


class Around(Generic[Whole]):
    """The transaction that a thread has under way around others, if it has one. Threads know nothing of each other's."""

    def __init__(self) -> None:
        self._here = threading.local()

    @property
    def whole(self) -> Whole | None:
        """What a unit of work that this thread opens now is part of."""
        frame = self._frame
        return None if frame is None else frame.whole

    def begin(self, whole: Whole) -> None:
        self._frames.append(_Frame(whole))

    def committed(self) -> None:
        """From now on nothing is part of it any more."""
        self._frames[-1].is_committed = True

    def end(self) -> list[Callable[[], None]]:
        """Forget it; gives what is to be done now: nothing where it was undone, or is part of another itself."""
        frame, frames = self._frames.pop(), self._frames
        if not frame.is_committed:
            return []
        if frames:
            frames[-1].waiting += frame.waiting
            return []
        return frame.waiting

    def afterwards(self, do: Callable[[], None]) -> None:
        """Do it when what is under way is committed: at once where nothing is, never where it is undone."""
        frame = self._frame
        if frame is None:
            do()
        else:
            frame.waiting.append(do)

    @property
    def _frames(self) -> list[_Frame[Whole]]:
        if not hasattr(self._here, "frames"):
            self._here.frames = []
        frames: list[_Frame[Whole]] = self._here.frames
        return frames

    @property
    def _frame(self) -> _Frame[Whole] | None:
        return next((frame for frame in reversed(self._frames) if not frame.is_committed), None)
