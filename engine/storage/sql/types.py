"""Column types that mean the same on SQLite and PostgreSQL."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql
from sqlalchemy.types import TypeDecorator

Text = sa.Text().with_variant(postgresql.TEXT(collation="C"), "postgresql")
"""Text that sorts by code point everywhere, as Python does."""

Serial = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
"""A number that the database gives to a new row, growing."""


class Moment(TypeDecorator[datetime]):
    """An instant: aware UTC in Python, `timestamptz` in PostgreSQL, text that sorts by time in SQLite.

    Both keep microseconds, so that what was written is equal to what is read.
    """

    impl = sa.Text
    cache_ok = True

    def load_dialect_impl(self, dialect: sa.Dialect) -> sa.types.TypeEngine[Any]:
        is_postgresql = dialect.name == "postgresql"
        return dialect.type_descriptor(postgresql.TIMESTAMP(timezone=True) if is_postgresql else sa.Text())

    def process_bind_param(self, value: datetime | None, dialect: sa.Dialect) -> Any:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time to be stored must be aware")
        moment = value.astimezone(UTC)
        return moment if dialect.name == "postgresql" else _text(moment)

    def process_result_value(self, value: Any, dialect: sa.Dialect) -> datetime | None:
        if value is None:
            return None
        return (value if isinstance(value, datetime) else datetime.fromisoformat(value)).astimezone(UTC)


@lru_cache(maxsize=64)  # a step writes one time many times
def _text(utc: datetime) -> str:
    return utc.isoformat(timespec="microseconds")
