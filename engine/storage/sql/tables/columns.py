"""Where the tables stand, and the kinds of columns that they are made of."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from ..types import Moment, Serial, Text

metadata = sa.MetaData(
    naming_convention={
        "pk": "%(table_name)s_pk",
        "uq": "%(table_name)s_%(column_0_N_name)s_key",
        "fk": "%(table_name)s_%(column_0_N_name)s_fk",
    }
)


def key(name: str) -> sa.Column[str]:
    return sa.Column(name, Text, primary_key=True)


def key_number(name: str) -> sa.Column[int]:
    """A number that is part of the key; the writer gives it, not the database."""
    return sa.Column(name, sa.Integer, primary_key=True, autoincrement=False)


def text(name: str) -> sa.Column[str]:
    return sa.Column(name, Text, nullable=False)


def unique_text(name: str) -> sa.Column[str]:
    return sa.Column(name, Text, nullable=False, unique=True)


def later_text(name: str, before: str = "") -> sa.Column[str]:
    """A text that a migration added: rows from before it hold `before`."""
    return sa.Column(name, Text, nullable=False, server_default=before)


def maybe_text(name: str) -> sa.Column[str]:
    return sa.Column(name, Text)


def number(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer, nullable=False)


def maybe_number(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer)


def flag(name: str) -> sa.Column[bool]:
    return sa.Column(name, sa.Boolean, nullable=False)


def later_flag(name: str) -> sa.Column[bool]:
    """A flag that a migration added: it is off in rows from before."""
    return sa.Column(name, sa.Boolean, nullable=False, server_default=sa.false())


def moment(name: str) -> sa.Column[Any]:
    return sa.Column(name, Moment, nullable=False)


def maybe_moment(name: str) -> sa.Column[Any]:
    return sa.Column(name, Moment)


def serial() -> sa.Column[int]:
    """The order in which rows came, which the database gives."""
    return sa.Column("serial", Serial, sa.Identity(always=True), primary_key=True)


def reference(name: str, target: str, *, is_key: bool = False) -> sa.Column[str]:
    """A reference; it is checked at commit, so that the order of writes within a unit of work is free."""
    foreign = sa.ForeignKey(target, deferrable=True, initially="DEFERRED")
    return sa.Column(name, Text, foreign, primary_key=is_key, nullable=False)


def reference_to_both(names: list[str], targets: list[str]) -> sa.ForeignKeyConstraint:
    """The same for a row whose key has several columns."""
    return sa.ForeignKeyConstraint(names, targets, deferrable=True, initially="DEFERRED")


def only_where(condition: str | sa.ColumnElement[bool]) -> dict[str, Any]:
    """What makes an index hold only the rows that meet the condition, in both databases."""
    where = sa.text(condition) if isinstance(condition, str) else condition
    return {"sqlite_where": where, "postgresql_where": where}
