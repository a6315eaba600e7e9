"""Settings: what wins, and what is refused."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from engine.errors import Misconfigured
from engine.settings import SETTINGS, Settings, settings_file

REFERENCE = Path(__file__).parents[2] / "docs" / "reference" / "settings.md"


def test_without_anything_said_the_defaults_hold() -> None:
    assert Settings.from_environment({}) == Settings()


def test_a_variable_wins_over_the_file_and_the_file_over_the_default(tmp_path: Path) -> None:
    file = tmp_path / "stegvis.toml"
    file.write_text('port = 9000\nhost = "::1"\nextra_closed_days = ["2025-05-30", "12-24"]\n')

    settings = Settings.from_environment({"STEGVIS_PORT": "9001", "HOME": "/nowhere"}, file)

    assert (settings.port, settings.host) == (9001, "::1")
    assert settings.engine.extra_closed_days == ("2025-05-30", "12-24")


def test_every_setting_is_read_into_its_field() -> None:
    env = {
        "STEGVIS_DATABASE": "var/x.db",
        "STEGVIS_HOST": "0.0.0.0",
        "STEGVIS_PORT": "80",
        "STEGVIS_CONTENT": "/srv/content",
        "STEGVIS_PUBLIC_URL": "https://cases.example.se/",
        "STEGVIS_SECURE_COOKIES": "true",
        "STEGVIS_SESSION_HOURS": "2",
        "STEGVIS_LOG_LEVEL": "DEBUG",
        "STEGVIS_ZONE": "Europe/Helsinki",
        "STEGVIS_EXTRA_CLOSED_DAYS": "12-24, midsummer-eve",
        "STEGVIS_STEP_BUDGET": "5000",
        "STEGVIS_MESSAGE_DAYS": "7",
        "STEGVIS_FILES": "/srv/files",
        "STEGVIS_FILE_MEGABYTES": "25",
        "STEGVIS_FILE_TYPES": "PDF, .png",
    }
    assert {name.removeprefix("STEGVIS_").lower() for name in env} == set(SETTINGS)

    settings = Settings.from_environment(env)

    assert settings.database == "var/x.db"
    assert settings.files == Path("/srv/files")
    assert (settings.engine.most_file_bytes, settings.engine.file_types) == (25_000_000, ("pdf", "png"))
    assert (settings.host, settings.port) == ("0.0.0.0", 80)
    assert settings.content == Path("/srv/content")
    assert settings.public_url == "https://cases.example.se"
    assert settings.secure_cookies is True
    assert settings.session_lifetime == timedelta(hours=2)
    assert settings.log_level == "debug"
    assert settings.engine.zone == ZoneInfo("Europe/Helsinki")
    assert settings.engine.extra_closed_days == ("12-24", "midsummer-eve")
    assert settings.engine.step_budget == 5000
    assert settings.engine.message_ttl == timedelta(days=7)


@pytest.mark.parametrize(
    ("variable", "value", "says"),
    [
        ("STEGVIS_PROT", "80", "Did you mean port?"),
        ("STEGVIS_PORT", "0", "from 1 to 65535"),
        ("STEGVIS_PORT", "eighty", "whole number"),
        ("STEGVIS_ZONE", "Europe/Atlantis", "there is no such zone"),
        ("STEGVIS_ZONE", "../etc/passwd", "does not fit"),
        ("STEGVIS_SECURE_COOKIES", "yes", "true or false"),
        ("STEGVIS_LOG_LEVEL", "loud", "debug, info"),
        ("STEGVIS_EXTRA_CLOSED_DAYS", "Tuesday", "Tuesday"),
        ("STEGVIS_PUBLIC_URL", "cases.example.se", "https://"),
    ],
)
def test_a_value_that_does_not_fit_is_refused_with_the_reason(variable: str, value: str, says: str) -> None:
    with pytest.raises(Misconfigured, match=variable) as refused:
        Settings.from_environment({variable: value})
    assert says in refused.value.message


@pytest.mark.parametrize(
    ("text", "says"), [("port = ", "not TOML"), ("prot = 80", "Did you mean port"), ("port = true", "whole")]
)
def test_a_file_that_cannot_be_used_is_refused_by_name(tmp_path: Path, text: str, says: str) -> None:
    file = tmp_path / "stegvis.toml"
    file.write_text(text)
    with pytest.raises(Misconfigured, match=r"stegvis\.toml") as refused:
        Settings.from_environment({}, file)
    assert says in refused.value.message


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Misconfigured, match="cannot be read"):
        Settings.from_environment({}, tmp_path / "none.toml")


def test_the_file_is_the_named_one_else_the_usual_one(tmp_path: Path) -> None:
    assert settings_file({}, tmp_path) is None
    (tmp_path / "stegvis.toml").write_text("")
    assert settings_file({}, tmp_path) == tmp_path / "stegvis.toml"
    assert settings_file({"STEGVIS_CONFIG": "/etc/stegvis.toml"}, tmp_path) == Path("/etc/stegvis.toml")


def test_every_setting_has_its_place_in_the_reference() -> None:
    text = REFERENCE.read_text(encoding="utf-8")
    missing = [name for name in SETTINGS if f"`STEGVIS_{name.upper()}`" not in text or f"`{name}`" not in text]
    assert missing == []
