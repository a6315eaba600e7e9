"""Taking the content's decisions on plain data."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path

from engine import feel
from engine.dmn import read_decisions

PROCESSES = Path(__file__).parents[2] / "processes"
TODAY = date(2025, 3, 17)
ENVIRONMENT = feel.Environment(now=datetime(2025, 3, 17, 12, tzinfo=UTC))

Data = Mapping[str, object]


def decide(path: str, data: Data) -> object:
    """The result of `process/decision` on plain data, in plain data again: numbers are int, durations ISO 8601 text."""
    process, key = path.split("/")
    file = PROCESSES / process / "decisions" / f"{key}.dmn"
    model, findings = read_decisions(file.read_bytes(), name=file.name)
    assert findings == []
    assert model is not None
    scope = {name: valued(value) for name, value in data.items()}
    return plain(model.evaluate(key, scope, ENVIRONMENT).value)


def valued(value: object) -> feel.Value:
    """Plain data as FEEL sees it."""
    match value:
        case bool() | str() | date() | time() | None:
            return value
        case int() | float():
            return Decimal(str(value))
        case list():
            return [valued(item) for item in value]
        case dict():
            return {name: valued(item) for name, item in value.items()}
    raise TypeError(value)


def plain(value: object) -> object:
    """A FEEL value as plain data."""
    match value:
        case Decimal():
            return int(value)
        case list():
            return [plain(item) for item in value]
        case dict():
            return {name: plain(item) for name, item in value.items()}
        case feel.DaysTimeDuration():
            return str(value)
    return value


def before(days: int) -> date:
    """That many days before today."""
    return TODAY - timedelta(days)
