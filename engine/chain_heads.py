"""Ends of chains of history, written down to be kept elsewhere: whoever rewrites a whole chain is found by them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from .errors import Misconfigured
from .history import ChainHead
from .ids import CaseId

FIRST_LINE: Final = "# Stegvis, chain heads 1: case, number, last event, its hash"
_LINE: Final = re.compile(r"(\S+) (\S+) ([0-9]{1,9}) ([0-9a-f]{64}|-)", re.ASCII)


@dataclass(frozen=True, slots=True)
class CaseHead:
    """A case, its number, and the end of its chain."""

    case_id: CaseId
    number: str
    end: ChainHead


def write_heads(heads: Iterable[CaseHead]) -> Iterator[str]:
    """A line for each, after a first one that says what they are."""
    yield FIRST_LINE
    for head in heads:
        yield f"{head.case_id} {head.number} {head.end.sequence} {head.end.hash or '-'}"


def read_heads(lines: Iterable[str], *, name: str) -> Iterator[CaseHead]:
    """What `write_heads` wrote; `name` is the file, for messages. Lines that begin with # are let be.

    Raises:
        Misconfigured: a line is something else.
    """
    rest = _text(lines, name)
    if next(rest, "").strip() != FIRST_LINE:
        raise Misconfigured(f"{name} holds no chain heads. Give a file that `stegvis history heads` wrote.")
    for number, line in enumerate(rest, 2):
        text = line.strip()
        if not text or text.startswith("#"):
            continue
        found = _LINE.fullmatch(text)
        if found is None:
            raise Misconfigured(f"{name}, line {number}: it is no chain head. Give what `stegvis history heads` wrote.")
        end = ChainHead(int(found[3]), "" if found[4] == "-" else found[4])
        yield CaseHead(CaseId(found[1]), found[2], end)


def _text(lines: Iterable[str], name: str) -> Iterator[str]:
    try:
        yield from lines
    except UnicodeDecodeError as error:
        told = f"{name} holds no chain heads: it is no text in UTF-8."
        raise Misconfigured(f"{told} Give a file that `stegvis history heads` wrote.") from error
