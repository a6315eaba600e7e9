"""What everybody may know about this installation before signing in: its name, its look, and whom to ask."""

from __future__ import annotations

from typing import Annotated

import msgspec
from litestar import get
from litestar.di import NamedDependency
from litestar.params import SkipValidation

from engine.demo import Account

from .bodies import InBothLanguages, View
from .identity import PUBLIC
from .settings import ApiSettings

Settings = NamedDependency[SkipValidation[ApiSettings]]


class ContactView(View, frozen=True, kw_only=True):
    """Who answers for this installation's accessibility."""

    authority: str
    email: str | None = None
    phone: str | None = None
    address: str | None = None


class DemoAccountView(View, frozen=True, kw_only=True):
    """Somebody invented whom anybody may sign in as."""

    name: Annotated[str, msgspec.Meta(description="The name to sign in with.")]
    full_name: str
    password: str
    about: Annotated[InBothLanguages | None, msgspec.Meta(description="What one can try as this person.")]

    @classmethod
    def of(cls, account: Account) -> DemoAccountView:
        about = InBothLanguages(sv=account.about["sv"], en=account.about["en"]) if account.about else None
        return cls(name=account.name, full_name=account.full_name, password=account.password, about=about)


class InstallationView(View, frozen=True, kw_only=True):
    """What this installation is called and how it looks."""

    name: InBothLanguages
    logo: Annotated[str | None, msgspec.Meta(description="The address of the logo; null where there is none of its own.")]
    accessibility: Annotated[ContactView | None, msgspec.Meta(description="Whom to tell when something cannot be used.")]
    demo_accounts: Annotated[
        list[DemoAccountView],
        msgspec.Meta(description="The invented people of a demonstration; empty in every other installation."),
    ]


@get(
    "/installation",
    summary="What this installation is called",
    tags=["Session"],
    opt={PUBLIC: True},
    security=[{}],
    sync_to_thread=False,
)
def read_installation(settings: Settings) -> InstallationView:
    """Name, logo and whom to ask, for pages that are shown before anybody has signed in.

    A demonstration (`stegvis serve --demo`) also tells the invented people one may be, with their passwords.
    """
    theme = settings.theme
    return InstallationView(
        name=InBothLanguages(sv=theme.names["sv"], en=theme.names["en"]),
        logo=f"/{theme.logo.name}" if theme.logo else None,
        accessibility=ContactView(**theme.contact) if theme.contact else None,
        demo_accounts=[DemoAccountView.of(account) for account in settings.demo_accounts],
    )


HANDLERS = [read_installation]
