"""Which other systems an installation may talk with, and as whom. By itself: none."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from email.utils import parseaddr
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_network
from pathlib import Path
from typing import Final, TypeAlias
from urllib.parse import SplitResult, urlsplit

from .errors import Misconfigured
from .sentences import Sentence, sentence
from .setting_values import entries, number, text

Network: TypeAlias = IPv4Network | IPv6Network

_PORTS: Final = {"https": 443, "http": 80}
_STRANGE: Final = re.compile(r"[\x00-\x20\x7f\\]")
_NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,63}")
_NOT_HOST: Final = re.compile(r"[^\w.:-]|^[^:]*:[^:]*$", re.ASCII)
_THIS_MACHINE: Final = ("localhost", "127.0.0.1", "::1")
ADDRESS: Final = re.compile(
    r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*@"
    r"[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?(\.[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?)+"
)
"""A mail address that is sent to; of the odder ones that RFC 5321 has, none."""
_HEADER: Final = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}")
_OF_MACHINES: Final = (IPv4Network("168.63.129.16/32"), IPv4Network("192.0.0.0/24"))
"""Public by their numbers, but answered by what runs the machine, which tells its secrets there."""
_OF_SITES: Final = IPv6Network("fec0::/10")
"""Deprecated by RFC 3879, and routed inside an organisation where it is still in use."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a server is reached. `host` is in small letters, and in ASCII also where its name has others."""

    scheme: str
    host: str
    port: int

    def __str__(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.scheme}://{host}" + ("" if _PORTS[self.scheme] == self.port else f":{self.port}")


@dataclass(frozen=True, slots=True)
class HttpCredential:
    """A secret that goes to one server only, as the whole value of a header.

    It is what stands in `file` when it is sent, so that it can be changed while the system runs, else `secret`, which came
    from the environment variable `variable`.
    """

    name: str
    origin: Origin
    header: str = "Authorization"
    file: Path | None = None
    variable: str = ""
    secret: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class HttpSettings:
    """`hosts` are the servers that may be called; addresses that are not public only where `private_networks` has them."""

    hosts: tuple[Origin, ...] = ()
    private_networks: tuple[Network, ...] = ()
    credentials: tuple[HttpCredential, ...] = ()

    def credential(self, name: str) -> HttpCredential | None:
        return next((credential for credential in self.credentials if credential.name == name), None)


@dataclass(frozen=True, slots=True)
class MailSettings:
    """The installation's mail server; without a `host` no mail is sent.

    `security` is `starttls`, `tls` or, on this machine only, `none`. `sender` is an address, which may have a name before it.
    Mail goes to the `domains` only; `*` stands for all.
    """

    host: str = ""
    port: int = 587
    security: str = "starttls"
    user: str = ""
    password_file: Path | None = None
    sender: str = ""
    domains: tuple[str, ...] = ()


def http_settings(given: Mapping[str, object], env: Mapping[str, str]) -> HttpSettings:
    """What settings with the names in `HTTP` say together; secrets come from the environment.

    Raises:
        Misconfigured: a credential has no secret, or is for a server that may not be called.
    """
    found = HttpSettings(**given)  # type: ignore[arg-type]  # each parsed for its field
    for credential in found.credentials:
        if credential.variable and not env.get(credential.variable):
            told = f"The credential {credential.name} is to come from the variable {credential.variable}, which is not set."
            raise Misconfigured(f"{told} Set it, or correct the setting http_credentials.")
        if credential.origin not in found.hosts:
            told = f"The credential {credential.name} is for {credential.origin}, which may not be called."
            raise Misconfigured(f"{told} Name the host in the setting http_hosts too.")
    secrets = (replace(one, secret=env[one.variable]) if one.variable else one for one in found.credentials)
    return replace(found, credentials=tuple(secrets))


def mail_settings(given: Mapping[str, object]) -> MailSettings:
    """What settings with the names in `MAIL` say together.

    Raises:
        Misconfigured: something that belongs to them lacks, or mail would leave this machine without encryption.
    """
    found = MailSettings(**given)  # type: ignore[arg-type]  # each parsed for its field
    if found.host and not found.sender:
        raise Misconfigured("There is a mail server (smtp_host) but nobody whom mail is from. Set mail_from too.")
    if bool(found.user) != bool(found.password_file):
        raise Misconfigured("The settings smtp_user and smtp_password_file go together. Set both or none.")
    if found.security == "none" and found.host not in _THIS_MACHINE:
        told = "Mail to another machine is encrypted always."
        raise Misconfigured(f"{told} Set smtp_security to starttls or tls, or smtp_host to a server on this machine.")
    return found


def may_reach(address: IPv4Address | IPv6Address, private: Iterable[Network]) -> bool:
    """Whether an address is on the open internet, or in a network that was allowed by name.

    An IPv6 address that stands for an IPv4 address is weighed as that one.
    """
    if isinstance(address, IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour or (address.teredo[1] if address.teredo else None)
        if inner is not None:
            return may_reach(inner, private)
    if any(address in network for network in private if network.version == address.version):
        return True
    return (
        address.is_global
        and not (address.is_private or address.is_loopback or address.is_link_local or address.is_multicast)
        and not (address.is_reserved or address.is_unspecified)
        and not any(address in network for network in (*_OF_MACHINES, _OF_SITES) if network.version == address.version)
    )


class NoAddress(ValueError):
    """A text is no address that may be called. `told` says why, as a part of a sentence."""

    def __init__(self, told: Sentence) -> None:
        super().__init__(str(told))
        self.told = told


def split_url(url: str) -> tuple[Origin, SplitResult]:
    """Where an address leads, and its parts.

    Raises:
        NoAddress: it is not a whole address of https or http, or has a name and password, blanks or the like in it.
    """
    if _STRANGE.search(url):
        raise NoAddress(sentence("it has a blank, a backslash or a control character in it"))
    try:
        parts = urlsplit(url)
    except ValueError as error:
        raise NoAddress(sentence("its host or port is not one")) from error
    if parts.scheme not in _PORTS or not parts.hostname:
        raise NoAddress(sentence("it does not begin with https:// and a host"))
    if "@" in parts.netloc:
        raise NoAddress(sentence("it has a user or password in it"))
    try:
        host = parts.hostname.encode("idna").decode("ascii").lower()
        port = parts.port
    except ValueError as error:
        raise NoAddress(sentence("its host or port is not one")) from error
    return Origin(parts.scheme, host, _PORTS[parts.scheme] if port is None else port), parts


def hosts(value: object) -> tuple[Origin, ...]:
    """Servers, each written as `host`, `host:port` or, without encryption, `http://host:port`."""
    return tuple(_origin(entry) for entry in entries(value))


def networks(value: object) -> tuple[Network, ...]:
    """Networks, such as 10.20.0.0/16; an address stands for itself."""
    return tuple(ip_network(entry) for entry in entries(value))


def credentials(value: object) -> tuple[HttpCredential, ...]:
    """A table by name; each has a `host`, and a `file` or a `variable`, and may have a `header`. In a variable: as JSON."""
    try:
        given = json.loads(value) if isinstance(value, str) else value
    except json.JSONDecodeError as error:
        raise ValueError("it must be a table, in a variable written as JSON") from error
    if not isinstance(given, dict):
        raise ValueError("it must be a table with one part for each name")
    return tuple(_credential(name, parts) for name, parts in given.items())


def _host(value: object) -> str:
    found = text(value).strip().lower()
    if found and _NOT_HOST.search(found):
        raise ValueError("it must be the name or address of a server, without a port")
    return found


def _security(value: object) -> str:
    found = text(value).strip().lower()
    if found not in ("starttls", "tls", "none"):
        raise ValueError("it must be starttls, tls or none")
    return found


def _sender(value: object) -> str:
    found = text(value).strip()
    several = "," in found and '"' not in found
    if found and (several or not found.isprintable() or not ADDRESS.fullmatch(parseaddr(found)[1])):
        raise ValueError("it must be a mail address, which may have a name before it: Name <address>")
    return found


def _domains(value: object) -> tuple[str, ...]:
    found = tuple(entry.lower().removeprefix("@") for entry in entries(value))
    if any(entry != "*" and not ADDRESS.fullmatch(f"a@{entry}") for entry in found):
        raise ValueError("it must be domains, such as example.se, or * for all")
    return found


def _file(value: object) -> Path | None:
    return Path(found).expanduser() if (found := text(value).strip()) else None


def _origin(entry: str) -> Origin:
    origin, parts = split_url(entry if "://" in entry else f"https://{entry}")
    if parts.path.strip("/") or parts.query or parts.fragment:
        raise ValueError(f"{entry} is more than a host and a port")
    return origin


def _credential(name: str, given: object) -> HttpCredential:
    if not _NAME.fullmatch(name):
        raise ValueError(f"{name!r} is no name: use letters, digits, `_`, `.` and `-`")
    if not isinstance(given, dict) or given.keys() - {"host", "header", "file", "variable"}:
        raise ValueError(f"{name} must be a table; known in it are host, header, file and variable")
    parts = {key: text(part) for key, part in given.items()}
    header = parts.get("header", "Authorization")
    if not parts.get("host") or bool(parts.get("file")) == bool(parts.get("variable")) or not _HEADER.fullmatch(header):
        raise ValueError(f"{name} needs a host, and a file or a variable; a header is a name such as Authorization")
    file = Path(parts["file"]).expanduser() if parts.get("file") else None
    return HttpCredential(name, _origin(parts["host"]), header, file, parts.get("variable", ""))


SETTINGS: Final[Mapping[str, Callable[[object], object]]] = {
    "http_hosts": hosts,
    "http_private_networks": networks,
    "http_credentials": credentials,
    "smtp_host": _host,
    "smtp_port": number(1, 65535),
    "smtp_security": _security,
    "smtp_user": text,
    "smtp_password_file": _file,
    "mail_from": _sender,
    "mail_domains": _domains,
}
"""As in `engine.settings`."""

HTTP: Final[Mapping[str, str]] = {name: name.removeprefix("http_") for name in SETTINGS if name.startswith("http_")}
"""Which field of HttpSettings a setting is for."""

MAIL: Final[Mapping[str, str]] = {
    "mail_from": "sender",
    "mail_domains": "domains",
    **{name: name.removeprefix("smtp_") for name in SETTINGS if name.startswith("smtp_")},
}
"""Which field of MailSettings a setting is for."""
