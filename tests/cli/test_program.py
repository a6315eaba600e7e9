"""The program as people start it: in a process of its own."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import click
import pytest

from engine.cli import cli

ROOT = Path(__file__).parents[2]
REFERENCE = ROOT / "docs" / "reference" / "cli.md"
STEGVIS = (sys.executable, "-c", "from engine.cli import main; main()")


def environment(env: dict[str, str]) -> dict[str, str]:
    path = os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH"))))
    return {"PATH": os.environ["PATH"], "PYTHONPATH": path, **env}


def run(env: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run((*STEGVIS, *arguments), env=environment(env), capture_output=True, text=True, timeout=60, check=False)


def test_setting_up_from_nothing(env: dict[str, str]) -> None:
    assert run(env, "deploy").returncode == 1
    assert run(env, "db", "upgrade").returncode == 0
    deployed = run(env, "deploy")
    assert deployed.returncode == 0, deployed.stderr
    assert "purchase-request" in deployed.stdout


def test_what_is_piped_holds_no_colours_and_no_progress(env: dict[str, str]) -> None:
    result = run(env, "scenario", "run")
    assert result.returncode == 0, result.stderr
    assert "\x1b" not in result.stdout
    assert result.stderr == ""


def test_failures_are_sentences_not_tracebacks(env: dict[str, str]) -> None:
    result = run({**env, "STEGVIS_DATABASE": "/dev/null/x.db"}, "demo")
    assert result.returncode == 1
    assert result.stderr.startswith("Error: ")
    assert "Traceback" not in result.stderr


def test_what_nobody_foresaw_is_a_sentence_too(env: dict[str, str]) -> None:
    broken = "import engine.cli.app as app; app.settings_file = None; app.main()"
    result = subprocess.run(
        (sys.executable, "-c", broken, "db", "upgrade"),
        env=environment(env),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert result.returncode == 1
    assert result.stderr.startswith("Error: Something unforeseen went wrong (TypeError at app.py:")
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize("signal_number", [signal.SIGTERM, signal.SIGINT])
def test_the_worker_stops_when_it_is_told(env: dict[str, str], signal_number: int) -> None:
    assert run(env, "db", "upgrade").returncode == 0
    pipe = subprocess.PIPE
    with subprocess.Popen((*STEGVIS, "worker"), env=environment(env), stdout=pipe, stderr=pipe, text=True) as worker:
        assert worker.stderr is not None
        first = worker.stderr.readline()
        worker.send_signal(signal_number)
        told, rest = worker.communicate(timeout=60)
    assert worker.returncode == 0
    assert told.startswith("Working on ")
    # Whoever collects standard error reads a JSON object a line, and nothing else.
    assert [json.loads(line)["event"] for line in (first, *rest.splitlines())] == ["worker-started", "worker-stopped"]


def commands(group: click.Group, name: str = "stegvis") -> dict[str, click.Command]:
    context = click.Context(group)
    found: dict[str, click.Command] = {}
    for key in group.list_commands(context):
        command = group.get_command(context, key)
        assert command is not None, key
        found |= commands(command, f"{name} {key}") if isinstance(command, click.Group) else {f"{name} {key}": command}
    return found


def test_every_command_and_option_has_its_place_in_the_reference() -> None:
    lines = [line for line in REFERENCE.read_text(encoding="utf-8").splitlines() if line.startswith("| `stegvis ")]
    missing: list[str] = []
    for name, command in commands(cli).items():
        line = next((line for line in lines if line.startswith(f"| `{name}")), "")
        options = [one.opts[0] for one in command.params if isinstance(one, click.Option)]
        missing += [f"{name} {option}" for option in options if option not in line]
        missing += [] if line else [name]
    assert missing == []


def test_every_command_teaches_with_examples() -> None:
    assert [name for name, command in commands(cli).items() if "Example" not in (command.help or "")] == []


def test_the_whole_product_is_served_with_one_command(env: dict[str, str]) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = (*STEGVIS, "serve", "--demo", "--port", str(port))
    with subprocess.Popen(command, env=environment(env), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        told: list[str] = []
        for line in server.stdout:
            told.append(line)
            if "and sign in as" in line:
                break
        answer = wait_for_answer(f"http://127.0.0.1:{port}/")
        server.send_signal(signal.SIGINT)
        _, logs = server.communicate(timeout=60)

    assert server.returncode == 0, logs
    assert answer == 200
    assert f"Open http://127.0.0.1:{port} and sign in as mona with the password try-it." in told[-1]
    events = [json.loads(line)["event"] for line in logs.splitlines()]
    assert [one for one in events if one != "request"] == ["worker-started", "worker-stopped"]
    assert "request" in events


def wait_for_answer(address: str) -> int:
    """The status of the first answer; the server says that it answers just before it listens."""
    deadline = time.monotonic() + 60
    while True:
        try:
            with urllib.request.urlopen(address, timeout=5) as response:
                return int(response.status)
        except urllib.error.URLError:
            if time.monotonic() > deadline:
                raise
