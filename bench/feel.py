"""FEEL: what a condition, a decision table and the reading of text cost, and whether every bomb is stopped in time.

The first part prints ratios, the second the worst of each bomb's time and memory. Ends with 1 when something costs more
than it may. See README.md.
"""

from __future__ import annotations

import sys
import time
import tracemalloc
from collections.abc import Callable
from decimal import Decimal
from functools import partial

from bench.bombs import BOMBS, CHECKED, DEEP_TEXTS
from engine import dmn, feel
from engine.feel.compiler import clear_cache

CONDITION = 'age >= 16 and status = "unemployed"'
CONDITIONS = [
    CONDITION,
    "client.endDate != null and client.endDate < today()",
    'count(plan.items[status = "open"]) > 0',
    'need in ("housing", "health") or weeks between 4 and 12',
    "decision.granted and not(decision.appealed)",
]
ADULT = Decimal(16)
SCOPE: dict[str, feel.Value] = {
    "age": Decimal(30), "status": "unemployed", "need": "housing", "weeks": Decimal(9), "granted": True,
}  # fmt: skip
ENVIRONMENT = feel.Environment()
RULES, INPUTS = 30, 5
MOST_MILLISECONDS, MOST_MEGABYTES = 50, 50
ROUNDS = 50


def condition_in_python(scope: dict[str, feel.Value]) -> bool:
    return scope["age"] >= ADULT and scope["status"] == "unemployed"  # type: ignore[operator]


def decision_model() -> dmn.DecisionModel:
    """A table of thirty rules and five inputs, of which the last rule is hit: all the others must be refused."""
    columns = [("age", "number"), ("status", "string"), ("need", "string"), ("weeks", "number"), ("granted", "boolean")]
    data = "".join(
        f'<inputData id="{name}" name="{name}"><variable name="{name}" typeRef="{kind}"/></inputData>' for name, kind in columns
    )
    requires = "".join(
        f'<informationRequirement><requiredInput href="#{name}"/></informationRequirement>' for name, _ in columns
    )
    inputs = "".join(
        f'<input id="i-{name}"><inputExpression typeRef="{kind}"><text>{name}</text></inputExpression></input>'
        for name, kind in columns
    )
    rules = "".join(rule(number) for number in range(1, RULES + 1))
    text = (
        '<definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" '
        'id="bench" name="bench" namespace="urn:stegvis:bench">'
        f'{data}<decision id="level" name="level"><variable name="level" typeRef="number"/>{requires}'
        f'<decisionTable id="t" hitPolicy="UNIQUE">{inputs}<output id="o" typeRef="number"/>{rules}</decisionTable>'
        "</decision></definitions>"
    )
    model, findings = dmn.read_decisions(text.encode(), name="bench.dmn")
    assert model is not None, findings
    return model


def rule(number: int) -> str:
    low = number if number < RULES else 16
    cells = [f"[{low}..{low + 20})", '"unemployed"', '"housing", "health"', f"&lt;= {number + 4}", "true"]
    if number < RULES:
        cells[number % 4] = ["&lt; 16", '"working"', '"debts"', "&gt; 50"][number % 4]
    tests = "".join(f'<inputEntry id="c{number}-{place}"><text>{cell}</text></inputEntry>' for place, cell in enumerate(cells))
    return f'<rule id="r{number}">{tests}<outputEntry id="v{number}"><text>{number}</text></outputEntry></rule>'


def seconds_each(*acts: tuple[Callable[[], object], int]) -> list[float]:
    """The processor's time for one of each act, done so many times a round; the least of some rounds.

    The acts take turns, so that an hour in which the machine is slow is one for all of them.
    """
    return [min(rounds) for rounds in zip(*([seconds(*act) for act in acts] for _ in range(ROUNDS)), strict=True)]


def seconds(act: Callable[[], object], times: int) -> float:
    begun = time.process_time()
    for _ in range(times):
        act()
    return (time.process_time() - begun) / times


def read_all() -> None:
    clear_cache()
    for text in CONDITIONS:
        feel.compile_expression(text)


def speed() -> bool:
    compiled = feel.compile_expression(CONDITION)
    model = decision_model()
    assert compiled.evaluate(SCOPE, ENVIRONMENT) is True
    assert model.evaluate("level", SCOPE, ENVIRONMENT).value == RULES
    plain, condition, table, read = seconds_each(
        (lambda: condition_in_python(SCOPE), 5_000),
        (lambda: compiled.evaluate(SCOPE, ENVIRONMENT), 500),
        (lambda: model.evaluate("level", SCOPE, ENVIRONMENT), 10),
        (read_all, 5),
    )
    per_second = len(CONDITIONS) / read
    results = [
        ("a condition / the same in Python", condition / plain, "at most", 20),
        (f"a table of {RULES} rules and {INPUTS} inputs / a condition", table / condition, "less than", 60),
        ("conditions read and compiled a second", per_second, "at least", 5_000),
    ]
    for what, measured, bound, limit in results:
        print(f"{what:55} {measured:9.1f}   ({bound} {limit})")
    return condition / plain <= 20 and table / condition < 60 and per_second >= 5_000


def explode(text: str, *, strict: bool) -> str:
    clear_cache()
    try:
        feel.compile_expression(text, strict=strict).evaluate({}, ENVIRONMENT)
    except feel.FeelError as error:
        return type(error).__name__
    return "a value"


def bomb(text: str) -> tuple[float, float, str]:
    """Milliseconds, megabytes and how it ended, of the worse of strict and lenient evaluation."""
    milliseconds = megabytes = 0.0
    for strict in (True, False):
        rounds = []
        for _ in range(3):
            begun = time.process_time()
            outcome = explode(text, strict=strict)
            rounds.append((time.process_time() - begun) * 1_000)
        milliseconds = max(milliseconds, min(rounds))
        tracemalloc.start()
        explode(text, strict=strict)
        megabytes = max(megabytes, tracemalloc.get_traced_memory()[1] / 1_000_000)
        tracemalloc.stop()
    return milliseconds, megabytes, outcome


def checks() -> bool:
    """Checking a text: at most a hundred problems, and the nearest name looked for only a few times."""
    names = [f"m{number}" for number in range(500)]
    within = True
    for name, text in CHECKED.items():
        (read,) = seconds_each((partial(feel.check, text, names), 1))
        milliseconds = read * 1_000
        within = within and milliseconds < MOST_MILLISECONDS
        print(f"{f'check: {name}':45} {milliseconds:7.1f}")
    return within


def bombs() -> bool:
    print(f"\n{'bomb':45} {'ms':>7} {'MB':>6}   lenient evaluation ends with")
    within = True
    for name, text in [*BOMBS.items(), *((f"text: {name}", text) for name, text in DEEP_TEXTS.items())]:
        milliseconds, megabytes, outcome = bomb(text)
        fits = milliseconds < MOST_MILLISECONDS and megabytes < MOST_MEGABYTES
        within = within and fits
        print(f"{name:45} {milliseconds:7.1f} {megabytes:6.1f}   {outcome}{'' if fits else '   TOO MUCH'}")
    return within


def main() -> None:
    fast = speed()
    stopped = bombs()
    checked = checks()
    sys.exit(0 if fast and stopped and checked else 1)


if __name__ == "__main__":
    main()
