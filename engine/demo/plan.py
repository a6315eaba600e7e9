"""What a process's `demo.yaml` says: units, people with passwords that everybody may know, and cases."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import PurePosixPath
from typing import Final, TypeVar

from ..actor import Membership, Role
from ..definition import Bundle, Package
from ..errors import Rejected
from ..finding import Finding
from ..ids import UnitId
from ..ports import Unit
from ..scenario.reader import FOLDER, read_scenarios
from ..scenario.yaml_node import Node, open_yaml
from ..sentences import nearest, sentence

FILE: Final = "demo.yaml"

_TOP: Final = ("units", "users", "cases")
_UNIT: Final = ("id", "name")
_USER: Final = ("name", "fullName", "password", "memberships", "roles", "about")
_ABOUT: Final = ("sv", "en")
_MEMBERSHIP: Final = ("unit", "groups", "manages")
_CASE: Final = ("scenario", "until", "unit", "at")
_ROLES: Final = tuple(role.value for role in Role)

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody invented who can sign in with `name` and `password`. `about` says by language what one can try as them."""

    name: str
    full_name: str
    password: str
    memberships: tuple[Membership, ...] = ()
    roles: frozenset[Role] = frozenset()
    about: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class DemoCase:
    """A case that has gone through the first `steps` of a scenario (None: all), begun on the day `at` in `unit`."""

    scenario: str
    steps: int | None
    unit: UnitId
    at: date


@dataclass(frozen=True, slots=True)
class Demo:
    """The demonstration of one process."""

    process: str
    units: tuple[Unit, ...] = ()
    accounts: tuple[Account, ...] = ()
    cases: tuple[DemoCase, ...] = ()


def read_demos(bundle: Bundle) -> list[Demo]:
    """The demonstrations that come with the bundle's processes, by process.

    Raises:
        Rejected: a `demo.yaml` is not right; the findings say where.
    """
    demos, findings = _read(bundle)
    if findings:
        raise Rejected("The demonstration cannot be read.", findings=findings)
    return demos


def check_demos(bundle: Bundle) -> list[Finding]:
    """What is wrong with the demonstrations in the bundle."""
    return _read(bundle)[1]


def _read(bundle: Bundle) -> tuple[list[Demo], list[Finding]]:
    demos: list[Demo] = []
    told: list[list[Finding]] = []
    opened: list[tuple[Node, Demo, Package]] = []
    for package in bundle.of_kind("process"):
        if FILE in package.files:
            top, wrong = open_yaml(package.files[FILE], name=f"processes/{package.key}/{FILE}")
            if top is not None:
                opened.append((top, _demo(top, package.key), package))
            told.append(wrong)
    units = {unit.id for _, demo, _ in opened for unit in demo.units}
    for top, demo, package in opened:
        _check_cases(top, demo, package, units)
        demos.append(demo)
    return demos, [finding for wrong in told for finding in wrong]


def _check_cases(top: Node, demo: Demo, package: Package, units: Collection[str]) -> None:
    """Note scenarios, units and steps that are nowhere. A scenario that cannot be read is told where it lies."""
    known = {PurePosixPath(path).stem for path in package.files if path.startswith(FOLDER) and path.endswith(".yaml")}
    readable = {scenario.name: scenario for scenario in read_scenarios(Bundle((package,)))[0]}
    memberships = [
        (("users", at, "memberships", n, "unit"), one.unit)
        for at, user in enumerate(demo.accounts)
        for n, one in enumerate(user.memberships)
    ]
    for place, unit in [*memberships, *((("cases", at, "unit"), case.unit) for at, case in enumerate(demo.cases))]:
        if unit and unit not in units:
            _at(top, place).refuse(sentence("there is no unit {unit}.", unit=repr(unit)), nearest(unit, units))
    for at, case in enumerate(demo.cases):
        if case.scenario and case.scenario not in known:
            _at(top, ("cases", at, "scenario")).refuse(
                sentence("there is no scenario {scenario}.", scenario=repr(case.scenario)), nearest(case.scenario, known)
            )
        elif case.scenario in readable and (case.steps or 0) > (most := len(readable[case.scenario].steps)):
            message = sentence("the scenario {scenario} has {most} steps.", scenario=repr(case.scenario), most=most)
            _at(top, ("cases", at, "until")).refuse(message, sentence("Write one of their numbers, or all."))


def _at(top: Node, path: tuple[str | int, ...]) -> Node:
    return Node(top.file, None, path)


def _demo(top: Node, process: str) -> Demo:
    parts = top.members(_TOP)
    return Demo(
        process=process,
        units=_each(parts.get("units"), _unit),
        accounts=_each(parts.get("users"), _account),
        cases=_each(parts.get("cases"), _case),
    )


def _each(node: Node | None, read: Callable[[Node], T]) -> tuple[T, ...]:
    return tuple(read(item) for item in node.items()) if node else ()


def _unit(node: Node) -> Unit:
    parts = node.members(_UNIT, required=_UNIT)
    return Unit(UnitId(_text(parts.get("id"))), _text(parts.get("name")))


def _account(node: Node) -> Account:
    parts = node.members(_USER, required=("name", "fullName", "password"))
    roles = parts["roles"].texts() if "roles" in parts else ()
    for role in set(roles) - set(_ROLES):
        parts["roles"].refuse(
            sentence("there is no role {role}.", role=repr(role)), sentence("Roles are {roles}.", roles=", ".join(_ROLES))
        )
    return Account(
        name=_text(parts.get("name")),
        full_name=_text(parts.get("fullName")),
        password=_text(parts.get("password")),
        memberships=_each(parts.get("memberships"), _membership),
        roles=frozenset(Role(role) for role in roles if role in _ROLES),
        about=_about(parts["about"]) if "about" in parts else {},
    )


def _about(node: Node) -> dict[str, str]:
    return {language: text.text() for language, text in node.members(_ABOUT, required=_ABOUT).items()}


def _membership(node: Node) -> Membership:
    parts = node.members(_MEMBERSHIP, required=("unit",))
    return Membership(
        unit=UnitId(_text(parts.get("unit"))),
        groups=frozenset(parts["groups"].texts()) if "groups" in parts else frozenset(),
        manages=parts["manages"].truth() if "manages" in parts else False,
    )


def _case(node: Node) -> DemoCase:
    parts = node.members(_CASE, required=("scenario", "unit", "at"))
    until = parts.get("until")
    return DemoCase(
        scenario=_text(parts.get("scenario")),
        steps=None if until is None or until.value == "all" else _steps(until),
        unit=UnitId(_text(parts.get("unit"))),
        at=parts["at"].moment().date() if "at" in parts else date.min,
    )


def _steps(node: Node) -> int:
    return 0 if node.value == 0 else node.count()


def _text(node: Node | None) -> str:
    return node.text() if node else ""
