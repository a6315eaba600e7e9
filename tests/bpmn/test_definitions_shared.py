"""What is stored of a case means the same in every process of the operating system."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
PROGRAM = """
import sys
from tests.bpmn.diagrams import both, end, process, start, user
from tests.bpmn.driver import Driver
drawn = process(start(), both("f"), user("a"), user("b"), both("j"), user("c"), end(), "s > f > a > j > c > e", "f > b > j")
case = Driver(drawn).start(x=1)
case.complete("a", x=2)
if sys.argv[1] == "write":
    print(case.state)
else:
    case.state = sys.stdin.read().strip()
    case.complete("b")
    print(case.paths)
"""


def fresh(what: str, stdin: str = "") -> str:
    command = [sys.executable, "-c", PROGRAM, what]
    done = subprocess.run(command, input=stdin, capture_output=True, text=True, cwd=ROOT, check=True)
    return done.stdout.strip()


def test_a_state_that_one_process_wrote_is_continued_by_a_fresh_one() -> None:
    assert fresh("continue", fresh("write")) == "['c']"
