"""How the HTTP side of an installation is set up."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from urllib.parse import urlsplit

from engine.demo import Account

from .theme import PLAIN, Theme

ONE_MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class ApiSettings:
    """What `create_app` needs to know about its surroundings.

    `secure_cookies` when people reach it by https. `public_url` is the address people type
    (`https://stegvis.example.se`); empty means whatever address they used. `max_body_bytes` bounds every request.
    `theme` is the look. `demo_accounts` are the invented people of a demonstration, whom anybody may be: their passwords are
    shown to everybody.
    """

    secure_cookies: bool = False
    session_lifetime: timedelta = timedelta(hours=8)
    public_url: str = ""
    max_body_bytes: int = ONE_MEGABYTE
    theme: Theme = field(default=PLAIN)
    demo_accounts: tuple[Account, ...] = ()

    @property
    def cookie_name(self) -> str:
        """The session cookie's name; browsers keep a `__Host-` cookie to this very host, over https only."""
        return "__Host-stegvis-session" if self.secure_cookies else "stegvis-session"

    def is_own_origin(self, origin: str, host: str) -> bool:
        """Whether a request's Origin header names this installation; `host` is its Host header."""
        told = urlsplit(origin)
        if self.public_url:
            own = urlsplit(self.public_url)
            return (told.scheme, told.netloc) == (own.scheme, own.netloc)
        return told.scheme in ("http", "https") and told.netloc == host
