"""Addresses that a process calls, told when it is checked where this installation does not let them be called."""

from __future__ import annotations

from ipaddress import ip_network

import pytest

from engine.connections import HttpSettings, Network, Origin
from engine.definition import Bundle, Package
from engine.finding import Finding
from engine.settings import EngineSettings
from tests.bpmn.diagrams import end, service, start
from tests.commands.house import House, process

API = Origin("https", "api.example.se", 443)
NEAR = Origin("http", "10.20.3.4", 8080)


def calling(url: str) -> Package:
    return process(start(), service("c", "http.request", {"url": url}), end(), "s > c > e", host={"type": "string"})


def told(url: str, *hosts: Origin, private: tuple[Network, ...] = ()) -> list[Finding]:
    house = House(settings=EngineSettings(http=HttpSettings(hosts, private)))
    found = house.engine.check(Bundle((calling(url),)))
    return [one for one in found if one.rule in ("host-not-allowed", "bad-address")]


@pytest.mark.parametrize("url", ['"https://api.example.se/orders"', '"https://" + "API.example.se:443"'])
def test_a_server_that_is_not_named_is_told_with_the_setting(url: str) -> None:
    (finding,) = told(url)
    assert (finding.rule, finding.file, finding.element) == ("host-not-allowed", "processes/p/process.bpmn", "c")
    assert not finding.is_error
    assert finding.message == "https://api.example.se may not be called by this installation."
    assert "http_hosts" in finding.remedy
    assert told(url, API) == []


@pytest.mark.parametrize("url", ['"http://api.example.se/"', '"https://api.example.se:8443/"', '"https://example.se/"'])
def test_another_port_scheme_or_host_is_another_server(url: str) -> None:
    assert [one.rule for one in told(url, API)] == ["host-not-allowed"]


def test_an_address_that_is_not_public_needs_its_network_too() -> None:
    url = '"http://10.20.3.4:8080/orders"'
    (finding,) = told(url, NEAR)
    assert (finding.rule, "http_private_networks" in finding.remedy) == ("host-not-allowed", True)
    assert told(url, NEAR, private=(ip_network("10.20.0.0/16"),)) == []
    local = Origin("http", "localhost", 80)
    assert [one.rule for one in told('"http://localhost/"', local)] == ["host-not-allowed"]
    assert told('"http://localhost/"', local, private=(ip_network("127.0.0.0/8"),)) == []


@pytest.mark.parametrize("url", ['"orders"', '"https://kim:hemligt@api.example.se/"', '"https://[::1/"', '"ftp://example.se/"'])
def test_what_is_no_address_is_told_and_not_repeated(url: str) -> None:
    (finding,) = told(url, API)
    assert (finding.rule, finding.is_error) == ("bad-address", False)
    assert "hemligt" not in finding.message


@pytest.mark.parametrize("url", ['"https://" + host', "host", "1"])
def test_what_the_case_chooses_is_told_when_it_is_called(url: str) -> None:
    assert told(url) == []
