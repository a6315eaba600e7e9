"""The `stegvis` command: its subcommands, found when they are needed, and how its failures are told."""

from __future__ import annotations

import json
import os
import sys
from importlib import import_module
from importlib.metadata import entry_points
from keyword import iskeyword
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Final

import click

from ..errors import DataConflict, Rejected, StegvisError
from ..settings import Settings, settings_file

if TYPE_CHECKING:
    from ..feel import Value

ENTRY_POINTS: Final = "stegvis.commands"
"""Packages that add commands do so in this group; `serve` comes from there."""

_COMMANDS: Final = {
    "backup": ("moving", "Write the database and the files of cases to one file."),
    "case": ("cases", "Look at cases, and put them right by hand."),
    "check": ("content", "Tell what is wrong with processes, forms and registers."),
    "condition": ("conditions", "Begin cases where a start condition holds."),
    "db": ("system", "Make the database, bring it to this release, copy it."),
    "demo": ("system", "Add invented people and cases, to see how it works."),
    "deploy": ("content", "Make content the version that new cases get."),
    "dmn": ("decisions", "Take a decision on data from a file; tell what is wrong with DMN files."),
    "doctor": ("doctoring", "Examine this installation, and tell what is wrong and what to do."),
    "feel": ("expressions", "Evaluate an expression, and tell what is wrong with it."),
    "history": ("histories", "Prove that the record was not altered; erase what it tells."),
    "import": ("importing", "Make process packages from a diagram of another tool."),
    "incident": ("incidents", "See what is stuck, try it again, or let the case go past it."),
    "message": ("messages", "Hand messages over to parties outside; see those that nobody received."),
    "process": ("processes", "See what is deployed; retire processes, so that no new cases begin."),
    "restore": ("moving", "Put a backup into an empty installation."),
    "scenario": ("scenarios", "Play scenarios: tests of processes, in virtual time."),
    "signal": ("signals", "Throw signals at the cases that wait for them."),
    "task": ("tasks", "See open tasks and do them, with a user's rights."),
    "unit": ("accounts", "See and add units: the offices that own cases."),
    "user": ("accounts", "See, add, change and close local accounts."),
    "worker": ("system", "Fire timers and deliver messages until stopped."),
}
"""Each command with its module and what it does: telling that for all must not import them all."""

_ADDED: Final = {"serve": "Serve the whole product; --demo makes everything that it takes."}


class Refusal(click.ClickException):
    """An error of ours as the command line tells it: one sentence on standard error, exit code 1."""


class CommandGroup(click.Group):
    """A group whose commands are imported when they are called, and whose failures are sentences."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted({*_COMMANDS, *entry_points(group=ENTRY_POINTS).names})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name in _COMMANDS:
            name = f"{cmd_name}_" if iskeyword(cmd_name) else cmd_name
            found = getattr(import_module(f".{_COMMANDS[cmd_name][0]}", __package__), name)
        else:
            added = next(iter(entry_points(group=ENTRY_POINTS, name=cmd_name)), None)
            found = added.load() if added else None
        return found if isinstance(found, click.Command) else None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        told = {name: summary for name, (_, summary) in _COMMANDS.items()} | _ADDED
        with formatter.section("Commands"):
            formatter.write_dl([(name, told.get(name, "")) for name in self.list_commands(ctx)])

    def invoke(self, ctx: click.Context) -> Any:  # Any: as click declares it
        try:
            return super().invoke(ctx)
        except DataConflict as error:
            both = [f"{one.path}: {_told(one.theirs)} now, {_told(one.yours)} in the answers" for one in error.conflicts]
            raise Refusal("\n  ".join([error.message, *both])) from error
        except Rejected as error:
            details = [str(finding) for finding in error.findings if finding.message not in error.message]
            details += [f"{problem.path or '/'}: {problem.text_en}" for problem in error.problems]
            raise Refusal("\n  ".join([error.message, *details])) from error
        except StegvisError as error:
            raise Refusal(error.message) from error


def _told(value: Value) -> str:
    from ..feel import to_json  # see `cli` below

    return json.dumps(to_json(value), ensure_ascii=False, default=str)


@click.group(cls=CommandGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.option(
    "--config", type=click.Path(path_type=Path), help="TOML file with settings (else $STEGVIS_CONFIG, ./stegvis.toml)."
)
@click.version_option(package_name="stegvis", prog_name="stegvis")
@click.pass_context
def cli(ctx: click.Context, config: Path | None) -> None:
    """Stegvis runs cases through processes that are drawn, not programmed.

    \b
    See it run, with invented people and cases:
      stegvis serve --demo

    \b
    Work on content:
      stegvis check processes forms      what is wrong with it
      stegvis scenario run               play its scenarios in virtual time
      stegvis deploy                     make it the version that new cases get

    Every command has --help with examples. Settings are STEGVIS_… variables or a TOML file.
    """
    if ctx.invoked_subcommand == "doctor":
        return  # it tells itself what is wrong with settings and packages
    from ..bootstrap import load_extensions  # loads the whole engine, which naming the commands must not

    load_extensions()
    ctx.obj = Settings.from_environment(os.environ, config or settings_file(os.environ, Path.cwd()))


def main() -> None:
    """Run the command line. Exit code 0: done; 1: refused or failed, with a sentence why; 2: wrong usage."""
    sys.excepthook = _tell_unexpected
    cli(prog_name="stegvis")


def _tell_unexpected(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """The last resort for what nobody foresaw: a sentence, and where it happened for those who will look."""
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    place = f"{Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}" if trace else "start"
    click.echo(f"Error: Something unforeseen went wrong ({kind.__name__} at {place}). Nothing half done was stored.", err=True)
