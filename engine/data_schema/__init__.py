"""What a process's case data may hold: the names, their types, and which of them lists and searches may use.

A process's `data.schema.json` declares names; the forms that its tasks bind declare more (`bind`). Expressions are checked
against the names, JSON is typed by the schemas.
"""

from __future__ import annotations

from .fitting import Unfit, fitted
from .model import DataSchema, MessageSchema, UnknownName
from .read import read_data_schema, restore_data_schema, stored_data_schema

__all__ = [
    "DataSchema",
    "MessageSchema",
    "Unfit",
    "UnknownName",
    "fitted",
    "read_data_schema",
    "restore_data_schema",
    "stored_data_schema",
]
