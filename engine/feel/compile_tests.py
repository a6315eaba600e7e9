"""`in` and the unary tests of decision tables to closures."""

from __future__ import annotations

from ..sentences import sentence
from .build import Build, Site
from .comparing import passes
from .compile_operators import equality, ordering
from .constant_tests import constant
from .errors import Fault
from .machine import Closure, Frame, Run
from .nodes import In, Literal, Node, Test, Tests, mentions
from .values import Value

_SUBJECT = "?"


def membership(build: Build, node: In, site: Site) -> Closure:
    """`x in …`: true when one of the tests passes."""
    value = build.closure(node.value, site)
    tests = [_test(build, test, site.binding(_SUBJECT)) for test in node.tests]

    def evaluate(frame: Frame) -> Value:
        inner = Frame({_SUBJECT: value(frame)}, frame, frame.run)
        return _any_passes(tests, inner)

    return evaluate


def unary_tests(build: Build, node: Tests, site: Site) -> Closure:
    """The tests of an input entry, on the value that the frame calls `?`."""
    tests = [_test(build, test, site.binding(_SUBJECT)) for test in node.tests]
    if not tests:
        return lambda frame: True
    if not node.negated:
        return tests[0] if len(tests) == 1 else lambda frame: _any_passes(tests, frame)

    def evaluate(frame: Frame) -> Value:
        result = _any_passes(tests, frame)
        return None if result is None else not result

    return evaluate


def _any_passes(tests: list[Closure], frame: Frame) -> bool | None:
    unknown = False
    for test in tests:
        result = test(frame)
        if result is True:
            return True
        unknown = unknown or result is None
    return None if unknown else False


def _test(build: Build, node: Node, site: Site) -> Closure:
    return constant(node, _general_test(build, node, site))


def _general_test(build: Build, node: Node, site: Site) -> Closure:
    if isinstance(node, Test):
        operand = build.closure(node.operand, site)
        make = equality if node.operator in ("=", "!=") else ordering
        return make(build, node, _subject, operand)
    compiled, position = build.closure(node, site), node.position
    uses_subject, is_constant = mentions(node, _SUBJECT), isinstance(node, Literal)

    def evaluate(frame: Frame) -> Value:
        result, value = compiled(frame), _subject(frame)
        if isinstance(result, bool) and not is_constant and (uses_subject or not isinstance(value, bool)):
            return result
        if uses_subject and result is None:
            return None
        return _passes(build, value, result, frame.run, position)

    return evaluate


def _passes(build: Build, value: Value, test: Value, run: Run, position: int) -> bool | None:
    try:
        return passes(value, test, run)
    except Fault as fault:
        build.null(build.located(fault, position, value, test), run)
        return None


def _subject(frame: Frame) -> Value:
    scope: Frame | None = frame
    while scope is not None:
        if _SUBJECT in scope.names:
            return scope.names[_SUBJECT]
        scope = scope.parent
    return None


def test_outside(build: Build, node: Test, site: Site) -> Closure:
    """A comparison without a left side stands only where a test may."""
    said = sentence("'{operator}' needs a value on its left", operator=node.operator)
    build.refuse(said, sentence("Write what to compare before it."), node.position)
