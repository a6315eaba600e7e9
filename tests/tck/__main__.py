"""`python -m tests.tck FOLDER`: run the test cases of a folder and report by case folder."""

from __future__ import annotations

import sys
from pathlib import Path

from tests.tck.runner import run_folder


def main(arguments: list[str]) -> int:
    """Exit 0 when every check passes, 1 when one does not, 2 when there is none."""
    if len(arguments) != 1 or not Path(arguments[0]).is_dir():
        print("Name a folder of test cases: make tck CASES=path/to/cases", file=sys.stderr)
        return 2
    tallies = list(run_folder(Path(arguments[0])))
    width = max((len(tally.folder) for tally in tallies), default=6)
    print(f"{'folder':{width}}  passed  failed  not supported")
    for tally in tallies:
        print(f"{tally.folder:{width}}  {tally.passed:6}  {len(tally.failures):6}  {len(tally.unsupported):13}")
    for tally in tallies:
        for line in tally.failures:
            print(f"failed: {tally.folder}/{line}")
        for line in tally.unsupported:
            print(f"not supported: {tally.folder}/{line}")
    passed, total = sum(tally.passed for tally in tallies), sum(tally.total for tally in tallies)
    if not total:
        print("There are no test cases in this folder.", file=sys.stderr)
        return 2
    print(f"{passed} of {total} checks pass ({passed / total:.2%})")
    return 0 if passed == total else 1


sys.exit(main(sys.argv[1:]))
