"""The engine does what the oracle does, on hundreds of random walks here; `make fuzz` takes ten thousand."""

from __future__ import annotations

import ast
import json
from collections import Counter
from pathlib import Path
from random import Random

import pytest

from tests.oracle import coverage
from tests.oracle.fuzz import show, walk_seeds
from tests.oracle.generate import any_diagram
from tests.oracle.shrink import shrink
from tests.oracle.subject import findings_of
from tests.oracle.walk import replay

HERE = Path(__file__).parent
REGRESSIONS = sorted((HERE / "regressions").glob("*.json"))
SEES_BOTH = ("walk", "subject", "shrink", "fuzz")
OF_THE_ORACLE = sorted({file.stem for file in HERE.glob("*.py") if not file.stem.startswith(("test_", "__"))} - {*SEES_BOTH})


@pytest.mark.parametrize("first", range(0, 160, 20))
def test_oracle_and_engine_have_the_same_open_after_each_step_of_random_walks(first: int) -> None:
    tally = walk_seeds(first, count=20)
    assert tally.walks >= 24, show(tally)
    assert [(small.difference, small.diagram, small.actions) for small in map(shrink, tally.different)] == []


@pytest.mark.parametrize("file", REGRESSIONS, ids=lambda file: file.stem)
def test_what_once_differed_is_the_same(file: Path) -> None:
    case = json.loads(file.read_text())
    assert [finding.message for finding in findings_of(case["diagram"])] == []
    walk = replay(case["diagram"], case["variables"], case["actions"])
    assert (walk.difference, walk.actions) == ("", case["actions"])


@pytest.mark.parametrize("module", OF_THE_ORACLE)
def test_the_oracle_shares_no_code_with_the_engine(module: str) -> None:
    tree = ast.parse((HERE / f"{module}.py").read_text())
    imported = [node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    imported += [name.name for node in ast.walk(tree) if isinstance(node, ast.Import) for name in node.names]
    ours = [name for name in imported if name.split(".")[0] in ("engine", "api", "tests")]
    assert [name for name in ours if name not in {"tests.oracle", *(f"tests.oracle.{other}" for other in OF_THE_ORACLE)}] == []


def test_a_seed_gives_the_same_diagram_each_time() -> None:
    assert [any_diagram(Random(seed)) for seed in range(20)] == [any_diagram(Random(seed)) for seed in range(20)]


def test_the_report_names_the_pairs_that_were_walked_and_those_that_were_not() -> None:
    pairs = Counter({("eventBasedGateway", "intermediateCatchEvent timer"): 2})
    lines = coverage.report(pairs)
    assert lines[0].startswith("pairs of elements: 1 of ")
    (line,) = [line for line in lines if line.startswith("  eventBasedGateway:")]
    assert line.startswith("  eventBasedGateway: 1 of 7, 2 times; never: intermediateCatchEvent message,")


def test_all_that_random_walks_meet_is_in_the_table_of_possible_pairs() -> None:
    assert set(walk_seeds(1_000, count=20).pairs) <= set(coverage.possible())
