"""Matching in linear time: all possibilities are followed at once, so that no pattern can make a server hang.

After Pike's virtual machine (Russ Cox, "Regular Expression Matching: the Virtual Machine Approach"). Python's own `re`
goes back and tries again, which takes time exponential in the text for patterns as plain as `(a+)+$`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

from ..sentences import sentence
from .errors import Excess, Fault
from .limits import PATTERN_GROUPS, PATTERN_STEPS
from .machine import Run
from .pattern_classes import CharTest
from .pattern_syntax import Anchor, Char, Choice, Group, Part, PatternReader, Repeat, Sequence

_DIGITS = re.compile(r"[0-9]{1,9}")
Slots: TypeAlias = tuple[int, ...]


@dataclass(slots=True)
class Instruction:
    """`char` consumes; `split` goes two ways, the first preferred; `save` notes the position; `anchor` checks; `end`."""

    kind: str
    test: CharTest | None = None
    symbol: str = ""
    first: int = 0
    second: int = 0


class Pattern:
    """A compiled pattern. Positions of a match are `(start, end, start of group 1, end of group 1, …)`, -1 for none."""

    def __init__(self, text: str, flags: str) -> None:
        if "q" in flags:
            text = "".join(f"\\{char}" if char in "\\|.?*+(){}[]^$" else char for char in text)
        reader = PatternReader(text, flags)
        tree = reader.read()
        if reader.groups > PATTERN_GROUPS:
            raise Fault(
                sentence("The pattern has more than {pattern_groups} groups", pattern_groups=PATTERN_GROUPS),
                sentence("Write (?:…) for those that are not used."),
            )
        self._groups = reader.groups
        self._lines = "m" in flags
        self._program: list[Instruction] = []
        self._emit(Group(tree, 0), whole=True)
        self._add(Instruction("end"))
        self._begins_the_text = not self._lines and self._program[1].symbol == "^"

    @property
    def size(self) -> int:
        """How many instructions the pattern has."""
        return len(self._program)

    def search(self, text: str, begin: int, run: Run) -> Slots | None:
        """The leftmost match at or after `begin`, or None. Steps are paid for."""
        empty = (-1,) * (2 * self._groups + 2)
        current: dict[int, Slots] = {}
        visited: set[int] = set()
        found: Slots | None = None
        run.spend(2)
        for position in range(begin, len(text) + 1):
            if found is None:
                self._follow((current, visited), 0, empty, text, position)
            run.spend(1 + len(visited) * 2 // 3)
            if not current:
                if found is not None or self._begins_the_text:
                    break
                visited = set()  # what an anchor refuses here may hold further on
                continue
            following: dict[int, Slots] = {}
            reached: set[int] = set()
            for place, slots in current.items():
                instruction = self._program[place]
                if instruction.kind == "end":
                    found = slots
                    break
                if position < len(text) and instruction.test is not None and instruction.test(text[position]):
                    self._follow((following, reached), place + 1, slots, text, position + 1)
            current, visited = following, reached
        return found

    def find_all(self, text: str, run: Run) -> Iterator[Slots]:
        """All matches from left to right that do not overlap. Raises Fault for a pattern that matches nothing at all."""
        if self.search("", 0, run) is not None:
            raise Fault(
                sentence("The pattern matches the empty string"), sentence("Use one that needs at least one character.")
            )
        position = 0
        while (found := self.search(text, position, run)) is not None:
            yield found
            position = found[1] if found[1] > found[0] else found[1] + 1
            if position > len(text):
                return

    def expand(self, replacement: str, text: str, slots: Slots) -> str:
        """The replacement with `$1` … and `\\$`, `\\\\` filled in. Raises Fault when it is malformed."""
        parts: list[str] = []
        chars = iter(range(len(replacement)))
        for index in chars:
            char = replacement[index]
            following = replacement[index + 1 : index + 2]
            if char == "\\":
                if following not in ("\\", "$"):
                    raise Fault(
                        sentence("The replacement has a '\\' that stands before neither '$' nor '\\'"),
                        sentence("Write it twice for the sign."),
                    )
                parts.append(following)
                next(chars)
            elif char == "$":
                digits = self._group_number(replacement[index + 1 :])
                parts.append(self._group(int(digits), text, slots))
                for _ in digits:
                    next(chars)
            else:
                parts.append(char)
        return "".join(parts)

    def _group_number(self, rest: str) -> str:
        """The digits of a group's number: as many as name a group that there is, one at least."""
        digits = _DIGITS.match(rest)
        if digits is None:
            raise Fault(
                sentence("The replacement has a '$' without the number of a group"), sentence("Write '\\$' for the sign.")
            )
        number = digits.group()
        while len(number) > 1 and int(number) > self._groups:
            number = number[:-1]
        return number

    def _group(self, number: int, text: str, slots: Slots) -> str:
        if number > self._groups or slots[2 * number] < 0:
            return ""
        return text[slots[2 * number] : slots[2 * number + 1]]

    def _follow(self, into: tuple[dict[int, Slots], set[int]], start: int, slots: Slots, text: str, position: int) -> None:
        """Add the places reachable without consuming a character, the preferred first, each once for a position."""
        states, visited = into
        waiting = [(start, slots)]
        while waiting:
            place, slots = waiting.pop()
            if place in visited:
                continue
            visited.add(place)
            instruction = self._program[place]
            match instruction.kind:
                case "split":
                    waiting.append((instruction.second, slots))
                    waiting.append((instruction.first, slots))
                case "save":
                    index = instruction.first
                    waiting.append((place + 1, (*slots[:index], position, *slots[index + 1 :])))
                case "anchor":
                    if self._holds(instruction.symbol, text, position):
                        waiting.append((place + 1, slots))
                case _:
                    states[place] = slots

    def _holds(self, symbol: str, text: str, position: int) -> bool:
        if symbol == "^":
            return position == 0 or (self._lines and position < len(text) and text[position - 1] == "\n")
        return position == len(text) or (self._lines and text[position] == "\n")

    def _add(self, instruction: Instruction) -> Instruction:
        if len(self._program) >= PATTERN_STEPS:
            raise Excess(sentence("The pattern is too large"), sentence("Repeat fewer things fewer times."))
        self._program.append(instruction)
        return instruction

    def _emit(self, part: Part, *, whole: bool = False) -> None:
        match part:
            case Char():
                self._add(Instruction("char", test=part.test))
            case Anchor():
                self._add(Instruction("anchor", symbol=part.symbol))
            case Group():
                if part.number or whole:
                    self._add(Instruction("save", first=2 * part.number))
                self._emit(part.inner)
                if part.number or whole:
                    self._add(Instruction("save", first=2 * part.number + 1))
            case Sequence():
                for one in part.parts:
                    self._emit(one)
            case Choice():
                self._emit_choice(part)
            case Repeat():
                self._emit_repeat(part)

    def _emit_choice(self, part: Choice) -> None:
        exits: list[Instruction] = []
        for option in part.options[:-1]:
            split = self._add(Instruction("split"))
            split.first = len(self._program)
            self._emit(option)
            exits.append(self._add(Instruction("split")))
            split.second = len(self._program)
        self._emit(part.options[-1])
        for leave in exits:
            leave.first = leave.second = len(self._program)

    def _emit_repeat(self, part: Repeat) -> None:
        for _ in range(part.least):
            self._emit(part.inner)
        if part.most is None:
            split = self._add(Instruction("split"))
            body = len(self._program)
            self._emit(part.inner)
            back = self._add(Instruction("split"))
            back.first = back.second = body - 1
            self._branch(split, body, len(self._program), greedy=part.greedy)
            return
        splits: list[tuple[Instruction, int]] = []
        for _ in range(part.most - part.least):
            splits.append((self._add(Instruction("split")), len(self._program)))
            self._emit(part.inner)
        for split, body in splits:
            self._branch(split, body, len(self._program), greedy=part.greedy)

    def _branch(self, split: Instruction, body: int, leave: int, *, greedy: bool) -> None:
        split.first, split.second = (body, leave) if greedy else (leave, body)


@lru_cache(maxsize=512)
def compile_pattern(text: str, flags: str) -> Pattern:
    """The pattern, compiled once. Raises Fault when text or flags are wrong."""
    if not set(flags) <= set("smixq"):
        raise Fault(sentence("The flags of a pattern are s, m, i, x and q"), sentence("Remove others."))
    return Pattern(text, flags)
