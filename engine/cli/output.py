"""What commands print: tables for people, JSON for machines, progress on standard error."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from decimal import Decimal
from typing import Final

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from rich.table import Table
from rich.text import Text

from ..clock import STOCKHOLM

WIDE: Final = 160
"""Columns of a table that is piped into something."""


def print_json(value: object) -> None:
    """`value` as indented JSON on standard output."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2, default=_plain))


def print_table(columns: Sequence[str], rows: Iterable[Sequence[object]], *, title: str = "", empty: str = "Nothing.") -> None:
    """A table on standard output, or one sentence when there are no rows. Cells are never read as markup."""
    rows = list(rows)
    if not rows:
        click.echo(empty)
        return
    table = Table(title=title or None, title_justify="left", header_style="bold", box=None, pad_edge=False)
    for column in columns:
        table.add_column(column, overflow="fold")
    for row in rows:
        table.add_row(*(Text(_cell(cell)) for cell in row))
    _console().print(table)


@contextmanager
def progress_bar(what: str, total: int | None = None) -> Iterator[Bar]:
    """A progress bar on standard error while the block runs; nothing where nobody would see it move."""
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        yield Bar(progress, what, total)


class Bar:
    """One line of progress."""

    def __init__(self, progress: Progress, what: str, total: int | None) -> None:
        self._progress = progress
        self._task = progress.add_task(what, total=total)

    def advance(self) -> None:
        self._progress.advance(self._task)

    def show(self, what: str, done: int, total: int) -> None:
        """What is being done, how much of it is done, and how much there is."""
        self._progress.update(self._task, description=what, completed=done, total=total)


def local_time(moment: datetime | None) -> str:
    """A moment for people: local, to the minute."""
    return moment.astimezone(STOCKHOLM).strftime("%Y-%m-%d %H:%M") if moment else ""


def _console() -> Console:
    return Console(file=sys.stdout) if sys.stdout.isatty() else Console(file=sys.stdout, width=WIDE)


def _cell(value: object) -> str:
    return local_time(value) if isinstance(value, datetime) else "" if value is None else str(value)


def _plain(value: object) -> object:
    match value:
        case Decimal():
            return int(value) if value == value.to_integral_value() else float(value)
        case datetime():
            return value.isoformat()
        case frozenset() | set():
            return sorted(str(item) for item in value)
        case _:
            return str(value)
