"""Strings (DMN 1.5 clause 10.3.4.3). Positions count characters from 1; a negative one counts from the end."""

from __future__ import annotations

from decimal import Decimal

from ...sentences import sentence
from ..errors import Excess, Fault
from ..limits import STRING_LENGTH
from ..machine import Run
from ..patterns import Pattern, compile_pattern
from ..registry import Registry
from ..values import Value
from .conversion import truncated, whole
from .items import unfit_item

FUNCTIONS = Registry()


@FUNCTIONS.add("substring(string: string, start position: number, length: number?)")
def _substring(run: Run, text: str, start: Decimal, length: Decimal | None = None) -> Value:
    position = whole(start, "start position")
    if position == 0 or abs(position) > len(text):
        raise Fault(sentence("'start position' lies outside the string"), sentence("It counts from 1, or from -1 backwards."))
    begin = position - 1 if position > 0 else len(text) + position
    count = len(text) - begin if length is None else truncated(length)
    if not 1 <= count <= len(text) - begin:
        raise Fault(
            sentence("'length' must be at least 1 and not reach beyond the string"),
            sentence("Check with string length(…) first."),
        )
    return run.text(text[begin : begin + count])


@FUNCTIONS.add("string length(string: string)")
def _length(run: Run, text: str) -> Value:
    return Decimal(len(text))


@FUNCTIONS.add("upper case(string: string)")
def _upper(run: Run, text: str) -> Value:
    return run.text(text.upper())


@FUNCTIONS.add("lower case(string: string)")
def _lower(run: Run, text: str) -> Value:
    return run.text(text.lower())


@FUNCTIONS.add("trim(string: string)")
def _trim(run: Run, text: str) -> Value:
    return run.text(text.strip())


@FUNCTIONS.add("substring before(string: string, match: string)")
def _before(run: Run, text: str, match: str) -> Value:
    before, found, _ = text.partition(match) if match else ("", "", "")
    return before if found else ""


@FUNCTIONS.add("substring after(string: string, match: string)")
def _after(run: Run, text: str, match: str) -> Value:
    return text.partition(match)[2] if match else text


@FUNCTIONS.add("contains(string: string, match: string)")
def _contains(run: Run, text: str, match: str) -> Value:
    return match in text


@FUNCTIONS.add("starts with(string: string, match: string)")
def _starts_with(run: Run, text: str, match: str) -> Value:
    return text.startswith(match)


@FUNCTIONS.add("ends with(string: string, match: string)")
def _ends_with(run: Run, text: str, match: str) -> Value:
    return text.endswith(match)


@FUNCTIONS.add("matches(input: string, pattern: string, flags: string|null?)")
def _matches(run: Run, text: str, pattern: str, flags: str | None = None) -> Value:
    return _pattern(pattern, flags, run).search(text, 0, run) is not None


@FUNCTIONS.add("replace(input: string, pattern: string, replacement: string, flags: string|null?)")
def _replace(run: Run, text: str, pattern: str, replacement: str, flags: str | None = None) -> Value:
    compiled = _pattern(pattern, flags, run)
    parts: list[str] = []
    size, position = 0, 0
    for groups in compiled.find_all(text, run):
        begin, end = groups[0], groups[1]
        written = replacement if "q" in (flags or "") else compiled.expand(replacement, text, groups)
        piece = text[position:begin] + written
        size += len(piece)
        if size > STRING_LENGTH:
            raise Excess(
                sentence("A string is longer than {string_length} characters", string_length=STRING_LENGTH),
                sentence("Build shorter strings."),
            )
        parts.append(piece)
        position = end
    return run.text("".join(parts) + text[position:])


@FUNCTIONS.add("split(string: string, delimiter: string)")
def _split(run: Run, text: str, delimiter: str) -> Value:
    parts: list[Value] = []
    position = 0
    for groups in _pattern(delimiter, None, run).find_all(text, run):
        parts.append(text[position : groups[0]])
        position = groups[1]
    parts.append(text[position:])
    run.items(len(parts))
    return parts


@FUNCTIONS.add("string join(list: list, delimiter: string|null?)")
def _join(run: Run, items: list[Value], delimiter: str | None = None) -> Value:
    run.items(len(items))
    run.spend(len(items) // 2)
    parts: list[str] = []
    for number, item in enumerate(items, 1):
        if isinstance(item, str):
            parts.append(item)
        elif item is not None:
            raise unfit_item("string join", number, item, "string")
    between = delimiter or ""
    if sum(map(len, parts)) + len(between) * len(parts) > STRING_LENGTH + len(between):
        raise Excess(
            sentence("A string is longer than {string_length} characters", string_length=STRING_LENGTH),
            sentence("Build shorter strings."),
        )
    return run.text(between.join(parts))


def _pattern(pattern: str, flags: str | None, run: Run) -> Pattern:
    """The compiled pattern, paid for as if it were compiled each time: what was kept must not decide who is stopped."""
    run.spend(1 + len(pattern) // 4)
    compiled = compile_pattern(pattern, flags or "")
    run.spend(compiled.size // 4)
    return compiled
