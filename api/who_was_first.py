"""Two people on one task: the second is told who was first, by the name that colleagues know."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from engine.errors import DataConflict, TaskAlreadyClaimed, TaskAlreadyCompleted
from engine.ids import UserId
from engine.ports import Store

from .people import Names
from .problems import Problem, of_engine


@contextmanager
def naming_the_other(store: Store) -> Iterator[None]:
    """Turns 'somebody was first' into who, by the name that colleagues know."""
    try:
        yield
    except TaskAlreadyCompleted as error:
        raise Problem(error.code, by=_name(store, error.by), at=error.at) from error
    except TaskAlreadyClaimed as error:
        raise Problem(error.code, by=_name(store, error.holder)) from error
    except DataConflict as error:
        problem = of_engine(error)
        problem.by = _name(store, error.by) if error.by else ""
        raise problem from error


def _name(store: Store, id_: str) -> str:
    person = UserId(id_)
    return Names.of(store, [person]).somebody(person).name
