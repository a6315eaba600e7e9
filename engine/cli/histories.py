"""`stegvis history`: the record's proof, and erasing what it tells."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TextIO

import click

from ..actor import SYSTEM
from ..case_engine import CaseEngine
from ..chain_heads import CaseHead, read_heads, write_heads
from ..errors import CaseDamaged, NotFound
from ..history import ChainHead
from ..ids import CaseId
from ..settings import Settings
from .access import acting_as, actor_named, case_named, engine_of, json_option
from .output import print_json, print_table, progress_bar

MOST = 10_000
"""Events of one range."""


@click.group()
def history() -> None:
    """Prove that the record was not altered; erase what it tells."""


@history.command()
@click.argument("references", metavar="[NUMBER]...", nargs=-1)
@click.option("--heads", type=click.File(encoding="utf-8"), metavar="FILE", help="What `stegvis history heads` wrote earlier.")
@json_option
@click.pass_obj
def verify(settings: Settings, references: tuple[str, ...], heads: TextIO | None, as_json: bool) -> None:
    """Recompute the chain of every event of the cases named, or of all. Exit code 1 when one was altered.

    Somebody who owns the database can write a whole chain anew, so that it fits. Against heads that were written
    earlier and kept where that person cannot reach them (--heads), that is found too, and so is a case that was removed
    with its history.

    \b
    Examples:
      stegvis history verify
      stegvis history verify 2025-000012 2025-000013
      stegvis history verify --heads heads-2025-06-02.txt
    """
    engine = engine_of(settings)
    cases = _named(engine, references) if references else engine.chain_heads()
    known = _known(heads)
    broken: list[tuple[CaseHead, int, str]] = []
    with progress_bar("Cases", len(cases)) as bar:
        for case in cases:
            head = known.pop(case.case_id, None)
            found = _verified(engine, case, known=head.end if head else None)
            if found is not None:
                broken.append((case, *found))
            bar.advance()
    told = [(case.number, case.case_id, *rest) for case, *rest in broken]
    if not references:
        why = "the case was removed; its history is still there"
        told += [("", id_, 0, why) for id_ in engine.histories_without_case()]
        gone = "the case was written down, and is not there"
        told += [(head.number, head.case_id, head.end.sequence, gone) for head in known.values()]
    if as_json:
        rows = [{"case": number, "id": id_, "sequence": sequence, "why": why} for number, id_, sequence, why in told]
        print_json({"verified": len(cases), "broken": rows})
    else:
        whole = f"The record of {len(cases)} case{'s' * (len(cases) != 1)} is whole."
        table = [(number or id_, sequence or "", why) for number, id_, sequence, why in told]
        print_table(("Case", "Event", "What is wrong"), table, empty=whole)
    if told:
        raise SystemExit(1)


@history.command()
@click.pass_obj
def heads(settings: Settings) -> None:
    """Write down where the chain of every case ends, a line each. Keep it where who owns the database cannot reach it.

    It has no personal data: ids, numbers and hashes. `stegvis history verify --heads` compares with it, at any time later.

    \b
    Example:
      stegvis history heads > heads-2025-06-02.txt
    """
    engine = engine_of(settings)
    for line in write_heads(engine.chain_heads()):
        click.echo(line)


@history.command()
@click.argument("reference", metavar="NUMBER")
@click.option("--events", required=True, metavar="LIST", help="Numbers of events, and ranges of them: 3,7-9.")
@click.option("--reason", required=True, help="Why, and on what legal ground. It is kept: no personal data.")
@acting_as
@click.pass_obj
def erase(settings: Settings, reference: str, events: str, reason: str, user: str) -> None:
    """Remove for good what these events of a case told. The user must be an administrator.

    The events stay, and one more tells what was erased, by whom and why. `stegvis case history` has their numbers.

    \b
    Example:
      stegvis history erase 2025-000012 --events 3,7-9 --reason "Plan 2025:4, two years have passed" --as root
    """
    sequences = _sequences(events)
    engine = engine_of(settings)
    actor = actor_named(engine, user)
    found = case_named(engine, SYSTEM, reference)
    engine.erase_history(actor, found.id, sequences, reason=reason)
    click.echo(f"Erased what {len(sequences)} event{'s' * (len(sequences) != 1)} of {found.number} told.")


def _known(heads: TextIO | None) -> dict[CaseId, CaseHead]:
    return {head.case_id: head for head in read_heads(heads, name=heads.name)} if heads is not None else {}


def _sequences(text: str) -> frozenset[int]:
    """The numbers that a list such as `3,7-9` names."""
    numbers: set[int] = set()
    for part in text.split(","):
        found = re.fullmatch(r"([1-9][0-9]{0,8})(?:-([1-9][0-9]{0,8}))?", part.strip(), re.ASCII)
        if found is None:
            raise click.UsageError(f"`{part}` is no number of an event and no range. Write them as 3,7-9.")
        first = int(found[1])
        last = int(found[2] or first)
        if not first <= last < first + MOST:
            raise click.UsageError(f"`{part}` is no range from a lower number to a higher, of at most {MOST}.")
        numbers |= set(range(first, last + 1))
    return frozenset(numbers)


def _named(engine: CaseEngine, references: Sequence[str]) -> list[CaseHead]:
    """A case for each number or id, in their order."""
    found = {key: head for head in engine.chain_heads(references) for key in (head.case_id, head.number)}
    for one in references:
        if one not in found:
            raise NotFound("case", one)
    return [found[one] for one in references]


def _verified(engine: CaseEngine, case: CaseHead, *, known: ChainHead | None) -> tuple[int, str] | None:
    try:
        return engine.verify_history(SYSTEM, case.case_id, known=known)
    except CaseDamaged:
        return 0, "the case itself cannot be read: its row was altered outside Stegvis"
