"""Whatever lies in a package: `check` and `deploy` say which file, where in it and what to do, and nothing is stored."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
import sqlalchemy as sa
from click.testing import CliRunner, Result

from engine.cli import cli
from engine.storage.sql import open_store, tables

from .installation import ROOT

PURCHASE = ROOT / "tests" / "packages" / "purchase-request"
PROCESS = "processes/purchase-request"
DIAGRAM = f"{PROCESS}/process.bpmn"
DECISION = f"{PROCESS}/decisions/approval.dmn"
SCHEMA = "forms/purchase-approval/schema.json"

Change = Callable[[bytes], bytes]


def put(old: str, new: str) -> Change:
    def change(source: bytes) -> bytes:
        assert old.encode() in source
        return source.replace(old.encode(), new.encode(), 1)

    return change


def become(text: str) -> Change:
    return lambda source: text.encode()


def declare(document_type: str) -> Change:
    return put("?>", f"?>\n{document_type}")


@dataclass(frozen=True, slots=True)
class Bad:
    """A change to one file of a good package, and what must be told about it."""

    file: str
    change: Change
    told: tuple[str, ...]


LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))

WRONG = {
    "broken diagram": Bad(DIAGRAM, put("</bpmn:process>", ""), ("process.bpmn:128", "mend it by hand")),
    "half a diagram": Bad(DIAGRAM, lambda source: source[:900], ("process.bpmn:7", "is not XML")),
    "empty diagram": Bad(DIAGRAM, become(""), ("process.bpmn:1", "it is empty")),
    "not a diagram": Bad(DIAGRAM, lambda source: bytes(range(256)) * 10, ("process.bpmn:1", "is not XML")),
    "huge diagram": Bad(DIAGRAM, lambda source: source + b"<!--" + b"x" * 2_500_000 + b"-->", ("process.bpmn", "Split it")),
    "deep diagram": Bad(DIAGRAM, become("<a>" * 90_000 + "</a>" * 90_000), ("process.bpmn", "deeper than 200", "Split it")),
    "wide diagram": Bad(DIAGRAM, become(f"<a>{'<b/>' * 90_000}</a>"), ("process.bpmn", "50000 elements", "Split it")),
    "document type": Bad(
        DIAGRAM, declare('<!DOCTYPE x SYSTEM "file:///etc/hostname">'), ("process.bpmn", "Remove the declaration")
    ),
    "billion laughs": Bad(
        DIAGRAM, declare(f'<!DOCTYPE x [<!ENTITY l0 "ha">{LAUGHS}]>'), ("process.bpmn", "Remove the declaration")
    ),
    "laughing decision": Bad(
        DECISION, declare(f'<!DOCTYPE x [<!ENTITY l0 "ha">{LAUGHS}]>'), ("approval.dmn", "Remove the declaration")
    ),
    "unsupported element": Bad(
        DIAGRAM,
        lambda source: source.replace(b"bpmn:manualTask", b"bpmn:callChoreography"),
        ("process.bpmn:31", "order", "`callChoreography` is not supported", "Draw this step"),
    ),
    "unknown group of elements": Bad(
        DIAGRAM, put("BPMN/20100524/MODEL", "BPMN/29990101/MODEL"), ("process.bpmn:2", "not a BPMN 2.0 diagram", "Save it as")
    ),
    "condition that is no FEEL": Bad(
        DIAGRAM, put("= approval.approved", "= approval.(approved"), ("process.bpmn:51", "yes", "column 10", "Mend")
    ),
    "condition that runs Python": Bad(
        DIAGRAM, put("= approval.approved", "= __import__(&quot;os&quot;)"), ("process.bpmn:51", "yes", "__import__")
    ),
    "unknown decision": Bad(
        DIAGRAM, put('"approval-level"', '"approval-levle"'), ("find-level", "approval-levle", "approval-level")
    ),
    "unknown form": Bad(
        DIAGRAM, put('form="purchase-approval"', 'form="approval"'), ("approve", "no form `approval`", "Add forms/approval/")
    ),
    "wrong form schema": Bad(SCHEMA, put('"type": "object"', '"type": "objekt"'), (SCHEMA, "/type", "Mend it")),
    "form that is no JSON": Bad(SCHEMA, become('{"type": '), ("schema.json:1", "is not JSON", "Mend it")),
    "form with a name twice": Bad(SCHEMA, put('"required"', '"type": "object", "required"'), (SCHEMA, "type")),
    "form that fetches": Bad(
        SCHEMA,
        put('{"type": "boolean"}', '{"$ref": "https://example.org/x.json"}'),
        (SCHEMA, "/properties/approved", "leads out of the file", "$defs"),
    ),
    "form that reads files": Bad(
        SCHEMA, put('{"type": "boolean"}', '{"$ref": "file:///etc/hostname"}'), (SCHEMA, "leads out of the file", "$defs")
    ),
    "decision that does not parse": Bad(DECISION, put("</decisionTable>", ""), ("approval.dmn:20", "is not XML", "mend it")),
    "decision with bad FEEL": Bad(
        DECISION, put("<text>amount</text>", "<text>((amount</text>"), ("approval.dmn:8", "input 1", "Mend the expression")
    ),
    "register that is no YAML": Bad("registers/suppliers/register.yaml", become("a: ["), ("register.yaml:2", "is not YAML")),
    "wrong entry": Bad("registers/suppliers/entries.yaml", become("- {id: 5}"), ("entries.yaml", "/id", "Correct the entry")),
}

WRONG_SCENARIOS = {
    "unknown task": Bad(
        f"{PROCESS}/scenarios/small.yaml", put("complete: order", "complete: ordr"), ("small.yaml:6", "Step 2", "'order'")
    ),
    "unknown end": Bad(f"{PROCESS}/scenarios/large.yaml", put("at: ordered", "at: bought"), ("large.yaml:16", "'not-bought'")),
    "unknown wait": Bad(
        f"{PROCESS}/scenarios/forgotten.yaml", put("[approve, too-late]", "[approve, to-late]"), ("Step 1", "'too-late'")
    ),
    "into no call": Bad(
        f"{PROCESS}/scenarios/small.yaml", put("complete: order", "complete: a.order"), ("'a.order'", "call.element")
    ),
    "unknown example at the start": Bad(
        f"{PROCESS}/scenarios/small.yaml", put("example: screws", "example: screw"), ("small.yaml:3", "start:", "'screws'")
    ),
    "unknown example": Bad(
        f"{PROCESS}/scenarios/large.yaml", put("example: yes-please", "example: nope"), ("large.yaml:9", "Step 4", "'nope'")
    ),
    "unknown field at the start": Bad(
        f"{PROCESS}/scenarios/forgotten.yaml", put("amount:", "amont:"), ("forgotten.yaml:3", "'amont'", "'amount'")
    ),
    "unknown field": Bad(
        f"{PROCESS}/scenarios/refused.yaml", put("approved: false", "aproved: false"), ("refused.yaml:5", "'approved'")
    ),
    "unknown message": Bad(
        f"{PROCESS}/scenarios/forgotten.yaml",
        put("  - wait: P29D", "  - message: {name: nonsense}\n  - wait: P29D"),
        ("forgotten.yaml:5", "Step 1", "waits for a message 'nonsense'"),
    ),
    "start by an unknown message": Bad(
        f"{PROCESS}/scenarios/small.yaml", put("form: {example: screws}", "message: nonsense"), ("start:", "'nonsense'")
    ),
    "unknown scenario in the demonstration": Bad(
        f"{PROCESS}/demo.yaml", put("scenario: small", "scenario: smal"), ("demo.yaml:9", "'small'")
    ),
    "unknown unit in the demonstration": Bad(
        f"{PROCESS}/demo.yaml", put("all, unit: workshop", "all, unit: workshp"), ("demo.yaml:9", "'workshop'")
    ),
    "unknown step in the demonstration": Bad(f"{PROCESS}/demo.yaml", put("until: 4", "until: 99"), ("demo.yaml:10", "6 steps")),
    "unknown step": Bad(f"{PROCESS}/scenarios/small.yaml", put("complete:", "complte:"), ("small.yaml:6", "'complete'")),
    "bomb of aliases": Bad(
        f"{PROCESS}/scenarios/small.yaml", become("a: &a [x, x]\nb: &b [*a, *a]\n"), ("small.yaml:1", "Write the value out")
    ),
}


@pytest.fixture
def package(tmp_path: Path) -> Path:
    return Path(shutil.copytree(PURCHASE, tmp_path / "content"))


def stegvis(url: str, *arguments: str) -> Result:
    return CliRunner().invoke(cli, arguments, env={"STEGVIS_DATABASE": url})


def spoil(package: Path, bad: Bad) -> None:
    file = package / bad.file
    file.write_bytes(bad.change(file.read_bytes()))


def require_refusal(result: Result, told: tuple[str, ...]) -> None:
    output = " ".join(result.output.split())
    assert result.exit_code == 1, output
    assert isinstance(result.exception, SystemExit), result.exception
    assert [text for text in told if text not in output] == [], output


def row_counts(url: str) -> dict[str, int]:
    store = open_store(url)
    with store.engine.connect() as connection:
        counts = {
            name: connection.scalar(sa.select(sa.func.count()).select_from(table)) or 0
            for name, table in tables.metadata.tables.items()
        }
    store.close()
    return counts


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_file_is_refused_with_its_place_and_a_remedy(name: str, package: Path, sqlite_url: str) -> None:
    bad = WRONG[name]
    spoil(package, bad)
    before = row_counts(sqlite_url)

    checked = stegvis(sqlite_url, "check", "--json", str(package))
    deployed = stegvis(sqlite_url, "deploy", str(package))

    require_refusal(deployed, bad.told)
    assert checked.exit_code == 1, checked.output
    assert Path(bad.file).name in checked.output
    assert row_counts(sqlite_url) == before


@pytest.mark.parametrize("name", WRONG_SCENARIOS)
def test_a_wrong_scenario_is_refused_like_any_other_file(name: str, package: Path, sqlite_url: str) -> None:
    bad = WRONG_SCENARIOS[name]
    spoil(package, bad)
    before = row_counts(sqlite_url)
    require_refusal(stegvis(sqlite_url, "check", str(package)), bad.told[:1])
    require_refusal(stegvis(sqlite_url, "deploy", str(package)), bad.told)
    assert row_counts(sqlite_url) == before


@pytest.mark.parametrize("name", ["unknown task", "unknown end"])
def test_a_scenario_about_something_else_fails_when_it_is_played(name: str, package: Path, sqlite_url: str) -> None:
    spoil(package, WRONG_SCENARIOS[name])
    before = row_counts(sqlite_url)
    result = stegvis(sqlite_url, "scenario", "run", str(package))
    require_refusal(result, (Path(WRONG_SCENARIOS[name].file).name, "1 failed"))
    assert row_counts(sqlite_url) == before


def test_one_wrong_file_keeps_back_what_is_right_beside_it(package: Path, sqlite_url: str) -> None:
    assert stegvis(sqlite_url, "deploy", str(package)).exit_code == 0
    before = row_counts(sqlite_url)
    for file in (package / "forms").rglob("texts.en.json"):
        file.write_text(file.read_text().replace('"title": "', '"title": "New: '))
    spoil(package, WRONG["unsupported element"])

    result = stegvis(sqlite_url, "deploy", str(package))

    require_refusal(result, ("Nothing was deployed",))
    assert row_counts(sqlite_url) == before
