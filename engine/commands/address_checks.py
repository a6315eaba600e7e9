"""Checks of what a process calls: whether this installation lets it be called, and has the secret that it names."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from ipaddress import ip_address
from typing import Final

from .. import bpmn
from ..connections import HttpSettings, NoAddress, may_reach, split_url
from ..finding import Finding, Severity
from ..package_files import DIAGRAM
from ..sentences import sentence

HANDLER: Final = "http.request"


def check_addresses(model: bpmn.ProcessModel, settings: HttpSettings) -> list[Finding]:
    """A warning for each service task that calls, by a constant, what cannot be called here.

    A host that is written as a name is not looked up: its address is weighed when it is called.
    """
    return [
        replace(finding, element=node.id, name=node.name, line=mapping.line or node.line)
        for node in model.nodes.values()
        if isinstance(node.detail, bpmn.ServiceTask) and node.detail.handler == HANDLER
        for mapping in node.detail.inputs
        if (check := _CHECKS.get(mapping.target))
        for finding in _wrong(check, mapping.expression, settings)
    ]


def _wrong(check: _Check, expression: str, settings: HttpSettings) -> Iterator[Finding]:
    value, is_constant = bpmn.constant(expression)
    if is_constant and value and isinstance(value, str):
        yield from check(value, settings)


def _wrong_address(url: str, settings: HttpSettings) -> Iterator[Finding]:
    try:
        origin, _ = split_url(url)
    except NoAddress as error:
        said = sentence("The input `url` is no address that can be called: {error}.", error=error.told)
        advice = sentence("Write a whole address, such as https://api.example.se/orders.")
        yield Finding("bad-address", said, advice, Severity.WARNING, DIAGRAM)
        return
    if origin not in settings.hosts:
        said = sentence("{origin} may not be called by this installation.", origin=origin)
        advice = sentence("Have it named in the setting http_hosts, or correct the address.")
        yield Finding("host-not-allowed", said, advice, Severity.WARNING, DIAGRAM)
    if not _may_be_public(origin.host, settings):
        said = sentence("{origin} is at an address that is not public.", origin=origin)
        advice = sentence("Have its network named in the setting http_private_networks.")
        yield Finding("host-not-allowed", said, advice, Severity.WARNING, DIAGRAM)


def _may_be_public(host: str, settings: HttpSettings) -> bool:
    try:
        address = ip_address("127.0.0.1" if host == "localhost" else host)
    except ValueError:
        return True
    return may_reach(address, settings.private_networks)


def _wrong_credential(name: str, settings: HttpSettings) -> Iterator[Finding]:
    if settings.credential(name) is None:
        said = sentence("This installation has no credential `{name}`.", name=name[:100])
        advice = sentence("Have it named in the setting http_credentials, or correct the input `credential`.")
        yield Finding("no-credential", said, advice, Severity.WARNING, DIAGRAM)


_Check = Callable[[str, HttpSettings], Iterator[Finding]]
_CHECKS: Final[Mapping[str, _Check]] = {"url": _wrong_address, "credential": _wrong_credential}
