"""How an installation is set up: frozen values, read once by an entry point from a file and the environment."""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from pathlib import Path
from typing import Final, cast
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from . import connections
from .clock import STOCKHOLM
from .connections import HttpSettings, MailSettings
from .errors import Misconfigured
from .feel.calendar import DEFAULT_CLOSED, SwedishCalendar
from .file_types import FILE_TYPES
from .setting_values import entries
from .setting_values import number as _number
from .setting_values import text as _text
from .setting_values import truth as _truth

PREFIX: Final = "STEGVIS_"
FILE_VARIABLE: Final = "STEGVIS_CONFIG"
FILE_NAME: Final = "stegvis.toml"


class WorkerMode(StrEnum):
    """Who works in the background: the server, by looking at the rows; the server together with other processes, told by
    PostgreSQL; or other processes alone.
    """

    EMBEDDED = "embedded"
    DISTRIBUTED = "distributed"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class EngineSettings:
    """What the engine itself needs to know: where clocks stand, when offices are closed, how much one step may cost.

    `job_lease` is how long a job is held without its worker being heard of; it is renewed after a third of that.
    """

    zone: ZoneInfo = STOCKHOLM
    extra_closed_days: tuple[str, ...] = DEFAULT_CLOSED
    step_budget: int = 1_000
    message_ttl: timedelta = timedelta(days=30)
    draft_ttl: timedelta = timedelta(days=90)
    job_lease: timedelta = timedelta(seconds=30)
    most_file_bytes: int = 10_000_000
    file_types: tuple[str, ...] = tuple(FILE_TYPES)
    http: HttpSettings = field(default_factory=HttpSettings)
    mail: MailSettings = field(default_factory=MailSettings)


@dataclass(frozen=True, slots=True)
class Settings:
    """A whole installation. `database` is an SQLAlchemy URL or the path of an SQLite file; empty means the usual place.

    `files` is the folder for files of cases; None means the usual place.
    `content` is the folder with processes, forms and registers; None means the one that came with the program.
    `theme` is the folder with an authority's own look; None means the plain one.
    `log_format` is auto, json or text. `metrics` is the host and port where Prometheus reads figures; None: nowhere.
    `public_url` is the address people type; empty means whatever address they used. `secure_cookies` when that is https.
    `worker` is who works in the background for `stegvis serve`; `worker_concurrency` is how many steps a distributed worker
    takes at once, `worker_port` where `stegvis worker` tells on the loopback address how it is (0: nowhere).
    """

    database: str = ""
    host: str = "127.0.0.1"
    port: int = 8000
    content: Path | None = None
    files: Path | None = None
    theme: Path | None = None
    public_url: str = ""
    secure_cookies: bool = False
    session_lifetime: timedelta = timedelta(hours=8)
    log_level: str = "info"
    log_format: str = "auto"
    metrics: tuple[str, int] | None = None
    worker: WorkerMode = WorkerMode.EMBEDDED
    worker_concurrency: int = 4
    worker_port: int = 0
    engine: EngineSettings = field(default_factory=EngineSettings)

    @classmethod
    def from_environment(cls, env: Mapping[str, str], file: Path | None = None) -> Settings:
        """The settings that `file` (TOML) and `env` give; a variable wins over the file, the file over the default.

        Raises:
            Misconfigured: the file cannot be read, a name is unknown, or a value is not what it should be.
        """
        values: dict[str, object] = {}
        for name, value in (_read_file(file) if file else {}).items():
            values[name] = _parse(_known(name, where=str(file)), value, where=str(file))
        for variable, text in env.items():
            if variable.startswith(PREFIX) and variable != FILE_VARIABLE:
                name = _known(variable.removeprefix(PREFIX).lower(), where=f"the variable {variable}")
                values[name] = _parse(name, text, where=f"the variable {variable}")
        http = {inner: values.pop(name) for name, inner in connections.HTTP.items() if name in values}
        mail = {inner: values.pop(name) for name, inner in connections.MAIL.items() if name in values}
        outside = {"http": connections.http_settings(http, env), "mail": connections.mail_settings(mail)}
        inner = {name: values.pop(name) for name in _ENGINE_NAMES if name in values}
        renamed = {_FIELDS.get(name, name): value for name, value in values.items()}
        engine = {_FIELDS.get(name, name): value for name, value in inner.items()}
        return cls(**renamed, engine=EngineSettings(**engine, **outside))  # type: ignore[arg-type]  # each parsed for its field


def settings_file(env: Mapping[str, str], folder: Path) -> Path | None:
    """The TOML file to read: the one `STEGVIS_CONFIG` names, else `stegvis.toml` in `folder` where there is one."""
    if named := env.get(FILE_VARIABLE):
        return Path(named)
    usual = folder / FILE_NAME
    return usual if usual.is_file() else None


def _read_file(file: Path) -> dict[str, object]:
    try:
        return cast("dict[str, object]", tomllib.loads(file.read_text(encoding="utf-8")))
    except OSError as error:
        raise Misconfigured(f"The settings file {file} cannot be read: {error.strerror}. Check {FILE_VARIABLE}.") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise Misconfigured(f"The settings file {file} is not TOML: {error}.") from error


def _known(name: str, *, where: str) -> str:
    if name in SETTINGS:
        return name
    near = difflib.get_close_matches(name, SETTINGS, n=1)
    hint = f"Did you mean {near[0]}?" if near else f"Known are {', '.join(sorted(SETTINGS))}."
    raise Misconfigured(f"There is no setting {name!r} ({where}). {hint}")


def _parse(name: str, value: object, *, where: str) -> object:
    try:
        return SETTINGS[name](value)
    except ValueError as error:
        raise Misconfigured(f"The setting {name} ({where}) has a value that does not fit: {error}.") from error


def _zone(value: object) -> ZoneInfo:
    try:
        return ZoneInfo(_text(value))
    except (ZoneInfoNotFoundError, OSError) as error:
        raise ValueError("there is no such zone") from error


def _days(value: object) -> tuple[str, ...]:
    return SwedishCalendar(entries(value)).extra_closed


def _level(value: object) -> str:
    text = _text(value).lower()
    if text not in ("debug", "info", "warning", "error"):
        raise ValueError("it must be debug, info, warning or error")
    return text


def _format(value: object) -> str:
    text = _text(value).lower()
    if text not in ("auto", "json", "text"):
        raise ValueError("it must be auto, json or text")
    return text


def _listening(value: object) -> tuple[str, int] | None:
    """`127.0.0.1:9464`, `[::1]:9464`; None for nothing."""
    host, _, port = _text(value).strip().rpartition(":")
    if not host and not port:
        return None
    if not host.strip("[]"):
        raise ValueError("it must be an address and a port, such as 127.0.0.1:9464")
    return host.strip("[]"), _number(1, 65535)(port)


def _worker_mode(value: object) -> WorkerMode:
    text = _text(value).lower()
    if text not in tuple(WorkerMode):
        raise ValueError(f"it must be one of {', '.join(WorkerMode)}")
    return WorkerMode(text)


def _folder(value: object) -> Path:
    return Path(_text(value)).expanduser()


def _address(value: object) -> str:
    text = _text(value).rstrip("/")
    if text and not text.startswith(("http://", "https://")):
        raise ValueError("it must begin with http:// or https://")
    return text


def _hours(value: object) -> timedelta:
    return timedelta(hours=_number(1, 24 * 31)(value))


def _megabytes(value: object) -> int:
    return _number(1, 100)(value) * 1_000_000


def _endings(value: object) -> tuple[str, ...]:
    endings = tuple(ending for entry in entries(value) if (ending := entry.lower().removeprefix(".")))
    unknown = [ending for ending in endings if ending not in FILE_TYPES]
    if unknown or not endings:
        raise ValueError(f"known are {', '.join(FILE_TYPES)}")
    return endings


def _seconds(value: object) -> timedelta:
    return timedelta(seconds=_number(1, 3600)(value))


def _ttl(value: object) -> timedelta:
    return timedelta(days=_number(1, 3650)(value))


SETTINGS: Final[Mapping[str, Callable[[object], object]]] = {
    "database": _text,
    "host": _text,
    "port": _number(1, 65535),
    "content": _folder,
    "public_url": _address,
    "secure_cookies": _truth,
    "session_hours": _hours,
    "log_level": _level,
    "log_format": _format,
    "metrics": _listening,
    "worker": _worker_mode,
    "worker_concurrency": _number(1, 64),
    "worker_port": _number(0, 65535),
    "zone": _zone,
    "extra_closed_days": _days,
    "step_budget": _number(1_000, 100_000_000),
    "message_days": _ttl,
    "draft_days": _ttl,
    "job_lease_seconds": _seconds,
    "files": _folder,
    "theme": _folder,
    "file_megabytes": _megabytes,
    "file_types": _endings,
    **connections.SETTINGS,
}
"""The name of each setting in the file (in capitals after STEGVIS_ in the environment) and what reads its value."""

_ENGINE_NAMES: Final = (
    "zone",
    "extra_closed_days",
    "step_budget",
    "message_days",
    "draft_days",
    "job_lease_seconds",
    "file_megabytes",
    "file_types",
)
_FIELDS: Final[Mapping[str, str]] = {
    "session_hours": "session_lifetime",
    "message_days": "message_ttl",
    "draft_days": "draft_ttl",
    "job_lease_seconds": "job_lease",
    "file_megabytes": "most_file_bytes",
}
