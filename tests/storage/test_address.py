"""The address of a database as messages show it."""

from __future__ import annotations

import socket

import psycopg
import pytest
import sqlalchemy as sa

from engine.bootstrap import database_in_words
from engine.errors import Misconfigured
from engine.settings import Settings
from engine.storage.sql import address


@pytest.mark.parametrize(
    ("database", "shown"),
    [
        ("postgresql://stegvis:heron-7@db.example.se/stegvis", "postgresql://stegvis:***@db.example.se/stegvis"),
        ("postgresql://stegvis@/stegvis?host=/run/pg&password=heron-7", "postgresql://stegvis@/stegvis?host=%2Frun%2Fpg"),
        (
            "postgresql://db/stegvis?sslpassword=heron-7&sslmode=verify-full&password=heron-7",
            "postgresql://db/stegvis?sslmode=verify-full",
        ),
        ("var/stegvis.db", "var/stegvis.db"),
        ("sqlite:///var/stegvis.db", "var/stegvis.db"),
    ],
)
def test_a_password_is_never_shown(database: str, shown: str) -> None:
    assert database_in_words(Settings(database=database)) == shown


def test_a_machine_that_vanished_is_noticed_unless_the_address_says_otherwise(postgres_url: str) -> None:
    url = sa.make_url(postgres_url).update_query_dict({"keepalives_idle": "77"})
    engine = address.connect(address.read_address(url.render_as_string(hide_password=False)))
    with engine.connect() as connection:
        driver = connection.connection.driver_connection
        assert isinstance(driver, psycopg.Connection)
        told = driver.info.get_parameters()
    engine.dispose()
    heard = {name: told[name] for name in ("connect_timeout", "keepalives_idle", "tcp_user_timeout")}
    assert heard == {"connect_timeout": "10", "keepalives_idle": "77", "tcp_user_timeout": "30000"}


def test_workers_reach_the_database_as_all_else_does() -> None:
    engine = address.connect(address.read_address("postgresql://u:p%40@/db?host=one:5432&host=two:5433&connect_timeout=4"))
    told = address.parameters(engine)
    assert {name: told[name] for name in ("host", "port", "password", "connect_timeout", "keepalives_idle")} == {
        "host": "one,two",
        "port": "5432,5433",
        "password": "p@",
        "connect_timeout": "4",
        "keepalives_idle": 20,
    }
    psycopg.conninfo.make_conninfo(**told)


def test_a_server_that_does_not_answer_cannot_be_reached() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"postgresql://u:p@127.0.0.1:{silent.getsockname()[1]}/db?connect_timeout=2&sslmode=disable"
        with pytest.raises(Misconfigured, match="cannot be reached"):
            address.connect(address.read_address(url)).connect()
