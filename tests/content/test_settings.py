"""Settings: what wins, and what is refused."""

from __future__ import annotations

import pickle
from datetime import timedelta
from ipaddress import ip_network
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from engine.connections import MailSettings
from engine.errors import Misconfigured
from engine.settings import SETTINGS, Settings, WorkerMode, settings_file

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
        "STEGVIS_LOG_FORMAT": "JSON",
        "STEGVIS_METRICS": "[::1]:9464",
        "STEGVIS_WORKER": "Distributed",
        "STEGVIS_WORKER_CONCURRENCY": "8",
        "STEGVIS_WORKER_PORT": "8010",
        "STEGVIS_ZONE": "Europe/Helsinki",
        "STEGVIS_EXTRA_CLOSED_DAYS": "12-24, midsummer-eve",
        "STEGVIS_STEP_BUDGET": "5000",
        "STEGVIS_MESSAGE_DAYS": "7",
        "STEGVIS_DRAFT_DAYS": "30",
        "STEGVIS_JOB_LEASE_SECONDS": "90",
        "STEGVIS_FILES": "/srv/files",
        "STEGVIS_FILE_MEGABYTES": "25",
        "STEGVIS_FILE_TYPES": "PDF, .png",
        "STEGVIS_THEME": "/srv/theme",
        "STEGVIS_SMTP_HOST": "mail.example.se",
        "STEGVIS_SMTP_PORT": "465",
        "STEGVIS_SMTP_SECURITY": "TLS",
        "STEGVIS_SMTP_USER": "stegvis",
        "STEGVIS_SMTP_PASSWORD_FILE": "/run/smtp",
        "STEGVIS_MAIL_FROM": "Kommunen <noreply@example.se>",
        "STEGVIS_MAIL_DOMAINS": "example.se, @Other.example",
        "STEGVIS_HTTP_HOSTS": "api.example.se, Intern.example.se:8443, http://plain.example.se:8080",
        "STEGVIS_HTTP_PRIVATE_NETWORKS": "10.0.0.0/8",
        "STEGVIS_HTTP_CREDENTIALS": '{"api": {"host": "api.example.se", "file": "/run/api"}}',
    }
    assert {name.removeprefix("STEGVIS_").lower() for name in env} == set(SETTINGS)

    settings = Settings.from_environment(env)

    assert settings.database == "var/x.db"
    assert settings.files == Path("/srv/files")
    assert settings.theme == Path("/srv/theme")
    assert (settings.worker, settings.worker_concurrency, settings.worker_port) == (WorkerMode.DISTRIBUTED, 8, 8010)
    assert (settings.engine.most_file_bytes, settings.engine.file_types) == (25_000_000, ("pdf", "png"))
    assert [str(host) for host in settings.engine.http.hosts] == [
        "https://api.example.se", "https://intern.example.se:8443", "http://plain.example.se:8080",
    ]  # fmt: skip
    assert settings.engine.http.private_networks == (ip_network("10.0.0.0/8"),)
    assert settings.engine.mail == MailSettings(
        host="mail.example.se",
        port=465,
        security="tls",
        user="stegvis",
        password_file=Path("/run/smtp"),
        sender="Kommunen <noreply@example.se>",
        domains=("example.se", "other.example"),
    )
    credential = settings.engine.http.credential("api")
    assert credential is not None
    assert (credential.header, credential.file) == ("Authorization", Path("/run/api"))
    assert (settings.host, settings.port) == ("0.0.0.0", 80)
    assert settings.content == Path("/srv/content")
    assert settings.public_url == "https://cases.example.se"
    assert settings.secure_cookies is True
    assert settings.session_lifetime == timedelta(hours=2)
    assert (settings.log_level, settings.log_format) == ("debug", "json")
    assert settings.metrics == ("::1", 9464)
    assert pickle.loads(pickle.dumps(settings)) == settings, "a process that is begun for one job gets them whole"
    assert settings.engine.zone == ZoneInfo("Europe/Helsinki")
    assert settings.engine.extra_closed_days == ("12-24", "midsummer-eve")
    assert settings.engine.step_budget == 5000
    assert settings.engine.message_ttl == timedelta(days=7)
    assert settings.engine.draft_ttl == timedelta(days=30)
    assert settings.engine.job_lease == timedelta(seconds=90)


@pytest.mark.parametrize(
    ("variable", "value", "says"),
    [
        ("STEGVIS_PROT", "80", "Did you mean port?"),
        ("STEGVIS_PORT", "0", "from 1 to 65535"),
        ("STEGVIS_PORT", "eighty", "whole number"),
        ("STEGVIS_JOB_LEASE_SECONDS", "0", "from 1 to 3600"),
        ("STEGVIS_ZONE", "Europe/Atlantis", "there is no such zone"),
        ("STEGVIS_ZONE", "../etc/passwd", "does not fit"),
        ("STEGVIS_SECURE_COOKIES", "yes", "true or false"),
        ("STEGVIS_LOG_LEVEL", "loud", "debug, info"),
        ("STEGVIS_LOG_FORMAT", "xml", "auto, json or text"),
        ("STEGVIS_METRICS", "9464", "such as 127.0.0.1:9464"),
        ("STEGVIS_METRICS", "127.0.0.1:eighty", "whole number"),
        ("STEGVIS_EXTRA_CLOSED_DAYS", "Tuesday", "Tuesday"),
        ("STEGVIS_PUBLIC_URL", "cases.example.se", "https://"),
        ("STEGVIS_HTTP_HOSTS", "https://api.example.se/v1", "more than a host and a port"),
        ("STEGVIS_HTTP_HOSTS", "ftp://api.example.se", "https://"),
        ("STEGVIS_HTTP_PRIVATE_NETWORKS", "10.0.0.1/8", "host bits"),
        ("STEGVIS_SMTP_HOST", "mail.example.se:25", "without a port"),
        ("STEGVIS_SMTP_SECURITY", "ssl", "starttls, tls or none"),
        ("STEGVIS_MAIL_FROM", "Kommunen", "a mail address"),
        ("STEGVIS_MAIL_FROM", "a@example.se, b@example.se", "a mail address"),
        ("STEGVIS_MAIL_DOMAINS", "*.example.se", "or * for all"),
        ("STEGVIS_HTTP_CREDENTIALS", "api=secret", "written as JSON"),
        ("STEGVIS_HTTP_CREDENTIALS", '["api"]', "one part for each name"),
        ("STEGVIS_HTTP_CREDENTIALS", '{"api": "x"}', "must be a table"),
        ("STEGVIS_HTTP_CREDENTIALS", '{"api": {"host": "x", "password": "y"}}', "known in it are"),
        ("STEGVIS_HTTP_CREDENTIALS", '{"api": {"host": "x"}}', "a file or a variable"),
    ],
)
def test_a_value_that_does_not_fit_is_refused_with_the_reason(variable: str, value: str, says: str) -> None:
    with pytest.raises(Misconfigured, match=variable) as refused:
        Settings.from_environment({variable: value})
    assert says in refused.value.message


def test_a_secret_comes_from_its_variable_and_is_not_shown() -> None:
    env = {
        "STEGVIS_HTTP_HOSTS": "api.example.se",
        "STEGVIS_HTTP_CREDENTIALS": '{"api": {"host": "api.example.se", "header": "X-Api-Key", "variable": "API_KEY"}}',
    }
    settings = Settings.from_environment({**env, "API_KEY": "s3cret"})

    credential = settings.engine.http.credential("api")
    assert credential is not None
    assert (credential.header, credential.secret) == ("X-Api-Key", "s3cret")
    assert "s3cret" not in repr(settings)
    with pytest.raises(Misconfigured, match="the variable API_KEY, which is not set"):
        Settings.from_environment(env)
    with pytest.raises(Misconfigured, match="Name the host in the setting http_hosts too"):
        Settings.from_environment({**env, "API_KEY": "x", "STEGVIS_HTTP_HOSTS": "other.example.se"})


@pytest.mark.parametrize(
    ("env", "says"),
    [
        ({"STEGVIS_SMTP_HOST": "mail.example.se"}, "Set mail_from too"),
        ({"STEGVIS_SMTP_USER": "stegvis"}, "smtp_user and smtp_password_file go together"),
        ({"STEGVIS_SMTP_HOST": "mail.example.se", "STEGVIS_SMTP_SECURITY": "none"}, "encrypted always"),
    ],
)
def test_settings_of_mail_that_do_not_fit_together_are_refused(env: dict[str, str], says: str) -> None:
    sender = {} if "mail_from" in says else {"STEGVIS_MAIL_FROM": "noreply@example.se"}
    with pytest.raises(Misconfigured, match=says):
        Settings.from_environment({**env, **sender})


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
