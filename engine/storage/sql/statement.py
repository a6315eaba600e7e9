"""Statements of every step, each turned into the database's own text once: SQLAlchemy's way is several times as long."""

from __future__ import annotations

import re
from collections import namedtuple
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any, Final, TypeAlias

import sqlalchemy as sa

Values: TypeAlias = dict[str, object]
"""What is written to a row, by column; or what a statement asks with, by name."""

Made: TypeAlias = "sa.Select[Any] | sa.Insert | sa.Update | sa.Delete"
Convert: TypeAlias = Callable[[Any], Any]  # Any: as drivers give and take values
Rows: TypeAlias = Sequence[Any]  # Any: rows have the columns' names, which types cannot say

MOST_ROWS: Final = 20
"""That are inserted by one statement: there is a text for each number of them."""

_NAMED: Final = re.compile(r"%\((\w+)\)s|%%")


@dataclass(frozen=True, slots=True)
class Text:
    """A statement in the words of one database. `pick` gives its values in their order."""

    sql: str
    pick: Callable[[Mapping[str, object]], tuple[object, ...]]
    constants: Values
    into: tuple[tuple[int, Convert], ...]
    out: tuple[tuple[int, Convert], ...]
    row: Any  # Any: a named tuple's class, made here

    def given(self, values: Mapping[str, object]) -> tuple[Any, ...]:
        """The values as the driver takes them, by place."""
        picked = self.pick({**self.constants, **values} if self.constants else values)
        if not self.into:
            return picked
        given = list(picked)
        for place, convert in self.into:
            given[place] = convert(given[place])
        return tuple(given)

    def read(self, found: Iterable[Sequence[Any]]) -> Rows:
        """The rows that the driver has found."""
        if not self.out:
            return [self.row._make(one) for one in found]
        rows = []
        for one in found:
            values = list(one)
            for place, convert in self.out:
                values[place] = convert(values[place])
            rows.append(self.row._make(values))
        return rows


class Statement:
    """A statement that is made once, when its module is read. Safe to share between threads.

    `made` is the statement, or gives it for a dialect by name. It is asked with values for its parameters, and for an INSERT or
    UPDATE with those of the columns that are written.
    """

    def __init__(self, made: Made | Callable[[str], Made]) -> None:
        self._made = made
        self._texts: dict[tuple[object, ...], Text] = {}

    def text(self, dialect: sa.Dialect, values: Mapping[str, object]) -> Text:
        """Its text for values of these names."""
        key = (dialect.name, *values)
        text = self._texts.get(key)
        if text is None:
            made = self._made if isinstance(self._made, sa.ClauseElement) else self._made(dialect.name)
            text = self._texts[key] = _write(made, dialect, tuple(values))
        return text

    def text_of_rows(self, dialect: sa.Dialect, rows: Sequence[Values]) -> tuple[Text, Values] | None:
        """Its text for several rows at once, with the values of all; None where it does not insert, or inserts too many."""
        made = self._made
        if not isinstance(made, sa.Insert) or len(rows) > MOST_ROWS:
            return None
        names = tuple(rows[0])
        key = (dialect.name, len(rows), *names)
        text = self._texts.get(key)
        if text is None:
            each: list[Values] = [{name: sa.bindparam(f"{name}_{place}") for name in names} for place in range(len(rows))]
            all_names = tuple(f"{name}_{place}" for place in range(len(rows)) for name in names)
            text = self._texts[key] = _write(made.values(each), dialect, all_names)
        return text, {f"{name}_{place}": value for place, row in enumerate(rows) for name, value in row.items()}


def _write(made: Made, dialect: sa.Dialect, names: tuple[str, ...]) -> Text:
    written: Any = made.compile(dialect=dialect, column_keys=[*names], for_executemany=not isinstance(made, sa.Select))
    binds: Mapping[str, sa.BindParameter[Any]] = written.binds
    missing = sorted({name for name, bind in binds.items() if bind.required} - {*names})
    if missing:
        raise KeyError(f"{written} is asked without {', '.join(missing)}")
    into = {name: bind.type.dialect_impl(dialect).bind_processor(dialect) for name, bind in binds.items()}
    columns: Sequence[Any] = list(made.selected_columns) if isinstance(made, sa.Select) else []
    out = [column.type.dialect_impl(dialect).result_processor(dialect, None) for column in columns]
    sql, order = (str(written), tuple(written.positiontup)) if written.positional else _by_place(str(written))
    return Text(
        sql=sql,
        pick=_picker(order),
        constants={name: value for name, value in written.params.items() if name not in names},
        into=tuple((place, convert) for place, convert in enumerate(map(into.get, order)) if convert is not None),
        out=tuple((place, convert) for place, convert in enumerate(out) if convert is not None),
        row=namedtuple("Row", [column.key for column in columns], rename=True),  # made at run time
    )


def _picker(order: Sequence[str]) -> Callable[[Mapping[str, object]], tuple[object, ...]]:
    """Takes the values of these names."""
    return itemgetter(*order) if len(order) > 1 else lambda values: tuple(values[name] for name in order)


def _by_place(text: str) -> tuple[str, tuple[str, ...]]:
    """The text as PostgreSQL itself wants it, `$1` for `%(id)s`, which its driver need not translate then; and the order."""
    places: dict[str, int] = {}

    def place(found: re.Match[str]) -> str:
        name = found[1]
        return "%" if name is None else f"${places.setdefault(name, len(places) + 1)}"

    return _NAMED.sub(place, text), tuple(places)
