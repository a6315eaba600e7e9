"""The steps of the README work as they are printed, against the server that `make run` starts."""

from __future__ import annotations

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
BLOCKS = re.findall(r"^```\n(.*?)^```", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_until_ready(address: str) -> None:
    deadline = time.monotonic() + 300
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(f"{address}/api/v1/health/ready", timeout=5):
                return
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.1)
    raise AssertionError(f"{address} does not answer")


@pytest.fixture(name="address", scope="module")
def served_demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("readme")
    port = free_port()
    environment = {**os.environ, "STEGVIS_DATABASE": str(folder / "stegvis.db"), "STEGVIS_PORT": str(port)}
    command = (str(Path(sys.executable).parent / "stegvis"), "serve", "--demo")
    with (folder / "log").open("w") as log:
        server = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=subprocess.STDOUT)
    try:
        wait_until_ready(f"http://127.0.0.1:{port}")
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(timeout=60)


def test_the_two_commands_are_the_first_thing_shown() -> None:
    assert [line.split("#")[0].strip() for line in BLOCKS[0].splitlines()] == ["make run", "make test"]


def test_the_printed_calls_complete_a_task_and_tell_the_story(address: str, tmp_path: Path) -> None:
    assert shutil.which("curl"), "the README shows calls with curl; install curl to test them"
    script = next(block for block in BLOCKS if "curl" in block).replace("http://127.0.0.1:8000", address)
    (tmp_path / "forms").symlink_to(ROOT / "forms")
    done = subprocess.run(
        ("bash", "-euo", "pipefail", "-c", script), cwd=tmp_path, capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == 0, done.stderr
    decoder = json.JSONDecoder()
    completed, end = decoder.raw_decode(done.stdout)
    history, _ = decoder.raw_decode(done.stdout[end:])
    assert completed["state"] == "completed"
    assert completed["endedBy"]["name"] == "Hedvig Holm"
    told = [event["text"]["sv"] for event in history["items"] if event["type"] == "task-completed"]
    assert f"Hedvig Holm slutförde “{completed['name']}”." in told
