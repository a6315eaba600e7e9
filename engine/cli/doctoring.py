"""`stegvis doctor`: what is wrong with this installation."""

from __future__ import annotations

import os
from pathlib import Path

import click

from ..doctor import examine
from ..errors import Misconfigured
from ..remark import Condition, Remark, error
from ..settings import Settings, settings_file
from .access import json_option
from .output import print_json, print_table


@click.command()
@json_option
@click.pass_context
def doctor(ctx: click.Context, as_json: bool) -> None:
    """Examine this installation and tell what is wrong, where, and what to do. Exit code 1 when there are errors.

    Looks at the settings, the database and what it promises, the disks, the files, what is deployed and what it needs,
    the workers and their wake-ups, jobs, and the history of the newest cases. It changes nothing, and may run beside
    everything else. On a large SQLite database it takes a while: the whole file is read.

    \b
    Examples:
      stegvis doctor
      stegvis doctor --json
    """
    assert ctx.parent is not None, "it is a command of stegvis"
    remarks = _examine(ctx.parent.params["config"])
    if as_json:
        rows = [{"check": one.check, "condition": one.condition, "says": one.says, "remedy": one.remedy} for one in remarks]
        print_json({"remarks": rows})
    else:
        table = [(one.condition.value, one.check, f"{one.says} {one.remedy}".strip()) for one in remarks]
        print_table(("", "Check", "What was found, and what to do"), table)
    if any(one.condition is Condition.ERROR for one in remarks):
        raise SystemExit(1)


def _examine(config: Path | None) -> list[Remark]:
    try:
        settings = Settings.from_environment(os.environ, config or settings_file(os.environ, Path.cwd()))
    except Misconfigured as wrong:
        return [error("settings", wrong.message, "Until then nothing works; docs/reference/settings.md has them all.")]
    return list(examine(settings, os.environ))
