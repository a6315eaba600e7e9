"""Statements of every step, each turned into the database's own text once: SQLAlchemy's way is several times as long."""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import sqlalchemy as sa

Values: TypeAlias = dict[str, object]
"""What is written to a row, by column; or what a statement asks with, by name."""

Made: TypeAlias = "sa.Select[Any] | sa.Insert | sa.Update | sa.Delete"
Convert: TypeAlias = Callable[[Any], Any]  # Any: as drivers give and take values
Rows: TypeAlias = Sequence[Any]  # Any: rows have the columns' names, which types cannot say


@dataclass(frozen=True, slots=True)
class Text:
    """A statement in the words of one database. `names` is the order of its values where they go by place."""

    sql: str
    names: tuple[str, ...] | None
    constants: Values
    into: tuple[tuple[str, Convert], ...]
    out: tuple[tuple[int, Convert], ...]
    row: Any  # Any: a named tuple's class, made here

    def given(self, values: Mapping[str, object]) -> Any:
        """The values as the driver takes them."""
        all_ = {**self.constants, **values}
        for name, convert in self.into:
            all_[name] = convert(all_[name])
        return all_ if self.names is None else tuple([all_[name] for name in self.names])

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
        self._texts: dict[tuple[str, tuple[str, ...]], Text] = {}

    def text(self, dialect: sa.Dialect, values: Mapping[str, object]) -> Text:
        """Its text for values of these names."""
        key = (dialect.name, tuple(values))
        text = self._texts.get(key)
        if text is None:
            text = self._texts[key] = self._write(dialect, key[1])
        return text

    def _write(self, dialect: sa.Dialect, names: tuple[str, ...]) -> Text:
        made = self._made if isinstance(self._made, sa.ClauseElement) else self._made(dialect.name)
        written: Any = made.compile(dialect=dialect, column_keys=[*names], for_executemany=not isinstance(made, sa.Select))
        binds: Mapping[str, sa.BindParameter[Any]] = written.binds
        missing = sorted({name for name, bind in binds.items() if bind.required} - {*names})
        if missing:
            raise KeyError(f"{written} is asked without {', '.join(missing)}")
        into = {name: bind.type.dialect_impl(dialect).bind_processor(dialect) for name, bind in binds.items()}
        columns: Sequence[Any] = list(made.selected_columns) if isinstance(made, sa.Select) else []
        out = [column.type.dialect_impl(dialect).result_processor(dialect, None) for column in columns]
        return Text(
            sql=str(written),
            names=tuple(written.positiontup) if written.positional else None,
            constants={name: value for name, value in written.params.items() if name not in names},
            into=tuple((name, convert) for name, convert in into.items() if convert is not None),
            out=tuple((place, convert) for place, convert in enumerate(out) if convert is not None),
            row=namedtuple("Row", [column.key for column in columns], rename=True),  # made at run time
        )
