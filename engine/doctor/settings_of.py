"""Whether settings fit together: each alone was read before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from ipaddress import ip_address

from ..errors import Misconfigured
from ..remark import Remark, error, warning, well
from ..settings import Settings
from ..telemetry.watching import NOT_INSTALLED, is_installed, traces_asked_for


def examine(settings: Settings, env: Mapping[str, str]) -> Iterator[Remark]:
    found = [*_addresses(settings), *_figures(settings), *_traces(env)]
    yield from found
    if not found:
        yield well("settings", "The settings fit together.")


def _addresses(settings: Settings) -> Iterator[Remark]:
    is_https = settings.public_url.startswith("https://")
    if is_https and not settings.secure_cookies:
        says = "People reach the installation by https, but the cookie of their session would travel without it too."
        yield error("secure-cookies", says, "Set `secure_cookies` to true.")
    if settings.secure_cookies and settings.public_url.startswith("http://"):
        says = f"Nobody can sign in: the session's cookie travels by https only, and `public_url` is {settings.public_url}."
        yield error("secure-cookies", says, "Serve it by https and say so in `public_url`, or set `secure_cookies` to false.")
    if not _is_loopback(settings.host) and not is_https:
        says = f"It listens on {settings.host}, where other machines reach it, and `public_url` says no address with https."
        yield warning("public-address", says, "Put a proxy with https before it, set `public_url` and `secure_cookies`.")


def _figures(settings: Settings) -> Iterator[Remark]:
    if settings.metrics is not None and not _is_loopback(settings.metrics[0]):
        says = f"The figures for Prometheus are served on {settings.metrics[0]}, to whoever reaches it."
        yield warning("metrics-address", says, "Listen on 127.0.0.1, or let a firewall keep all but Prometheus away.")


def _traces(env: Mapping[str, str]) -> Iterator[Remark]:
    if not traces_asked_for(env):
        return
    if not is_installed():
        yield warning("traces", NOT_INSTALLED, "Until then there are no traces.")
        return
    from ..telemetry.tracing import exporter_of  # needs a package that is not always there

    try:
        exporter_of(env).shutdown()
    except Misconfigured as wrong:
        yield error("traces", wrong.message, "Until then Stegvis does not start.")


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
