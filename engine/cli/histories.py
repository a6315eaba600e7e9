"""`stegvis history`."""

from __future__ import annotations

import click

from ..actor import SYSTEM
from ..case import Case
from ..case_engine import CaseEngine
from ..settings import Settings
from .access import case_named, engine_of, json_option
from .output import print_json, print_table, progress_bar

PAGE = 200


@click.group()
def history() -> None:
    """Prove that the record was not altered."""


@history.command()
@click.argument("references", metavar="[NUMBER]...", nargs=-1)
@json_option
@click.pass_obj
def verify(settings: Settings, references: tuple[str, ...], as_json: bool) -> None:
    """Recompute the chain of every event of the cases named, or of all. Exit code 1 when one was altered.

    \b
    Examples:
      stegvis history verify
      stegvis history verify 2025-000012 2025-000013
    """
    engine = engine_of(settings)
    cases = [case_named(engine, SYSTEM, one) for one in references] if references else _all_cases(engine)
    broken: list[tuple[Case, int, str]] = []
    with progress_bar("Cases", len(cases)) as bar:
        for case in cases:
            found = engine.verify_history(SYSTEM, case.id)
            if found is not None:
                broken.append((case, *found))
            bar.advance()
    if as_json:
        rows = [{"case": case.number, "sequence": sequence, "why": why} for case, sequence, why in broken]
        print_json({"verified": len(cases), "broken": rows})
    else:
        whole = f"The record of {len(cases)} case{'s' * (len(cases) != 1)} is whole."
        print_table(("Case", "Event", "What is wrong"), [(case.number, *rest) for case, *rest in broken], empty=whole)
    if broken:
        raise SystemExit(1)


def _all_cases(engine: CaseEngine) -> list[Case]:
    page = engine.cases(SYSTEM, limit=PAGE)
    cases = list(page.rows)
    while page.next is not None:
        page = engine.cases(SYSTEM, cursor=page.next, limit=PAGE)
        cases += page.rows
    return cases
