"""`stegvis user` and `stegvis unit`: who works here and may do what."""

from __future__ import annotations

from dataclasses import replace

import click

from ..actor import SYSTEM, Membership, Role
from ..case_engine import CaseEngine
from ..errors import NotFound
from ..ids import UnitId, UserId
from ..ports import Unit, User
from ..settings import Settings
from .access import actor_named, as_option, engine_of, json_option
from .output import print_json, print_table

_ROLES = click.Choice([role.value for role in Role])
_full_name = click.option("--full-name", metavar="TEXT", help="What colleagues read.")
_members = click.option(
    "--member",
    "members",
    multiple=True,
    metavar="UNIT[:GROUP,…]",
    help="A unit where they work, and their groups there. Once for each unit.",
)
_heads = click.option("--head", "heads", multiple=True, metavar="UNIT", help="A unit that they manage.")
_roles = click.option("--role", "roles", multiple=True, type=_ROLES, help="What they may do wherever they work.")


@click.group()
def unit() -> None:
    """See and add units: the offices that own cases."""


@unit.command("add")
@click.argument("id_", metavar="ID")
@click.argument("name")
@as_option
@click.pass_obj
def add_unit(settings: Settings, id_: str, name: str, user: str | None) -> None:
    """Add a unit.

    \b
    Example:
      stegvis unit add skarholmen "Centrum Skärholmen"
    """
    engine = engine_of(settings)
    engine.add_unit(actor_named(engine, user), Unit(UnitId(id_), name))
    click.echo(f"Added the unit {id_}.")


@unit.command("list")
@json_option
@click.pass_obj
def list_units(settings: Settings, *, as_json: bool) -> None:
    """List the units.

    \b
    Example:
      stegvis unit list --json
    """
    units = engine_of(settings).units(SYSTEM)
    if as_json:
        print_json([{"id": one.id, "name": one.name} for one in units])
    else:
        print_table(("Id", "Name"), [(one.id, one.name) for one in units], empty="There is no unit yet. stegvis unit add")


@click.group("user")
def user() -> None:
    """See, add, change and close local accounts."""


@user.command("add")
@click.argument("name")
@_full_name
@_members
@_heads
@_roles
@as_option
@click.password_option(help="Asked for when it is not given. Do not give it on a machine that others share.")
@click.pass_obj
def add_user(
    settings: Settings,
    *,
    name: str,
    full_name: str | None,
    members: tuple[str, ...],
    heads: tuple[str, ...],
    roles: tuple[str, ...],
    password: str,
    user: str | None,
) -> None:
    """Add an account that signs in with NAME and a password.

    \b
    Examples:
      stegvis user add root --role administrator
      stegvis user add karin --full-name "Karin Ek" --member skarholmen:coach,reception
      stegvis user add erik --full-name "Erik By" --head skarholmen
    """
    engine = engine_of(settings)
    places = _memberships(members, heads)
    account = User(UserId(name), name, full_name or name, roles=frozenset(map(Role, roles)), memberships=places)
    engine.add_user(actor_named(engine, user), account, password)
    click.echo(f"Added the account {name}.")


@user.command("change")
@click.argument("name")
@_full_name
@_members
@_heads
@_roles
@click.option("--no-roles", is_flag=True, help="Take all roles away.")
@click.option("--no-units", is_flag=True, help="Take all units away.")
@as_option
@click.pass_obj
def change_user(
    settings: Settings,
    *,
    name: str,
    full_name: str | None,
    members: tuple[str, ...],
    heads: tuple[str, ...],
    roles: tuple[str, ...],
    no_roles: bool,
    no_units: bool,
    user: str | None,
) -> None:
    """Change an account. Units or roles that are given replace those it had; what is not given stays.

    \b
    Example:
      stegvis user change karin --member skarholmen:coach --member tensta:coach
    """
    engine = engine_of(settings)
    account = _account(engine, name)
    if full_name is not None:
        account = replace(account, full_name=full_name)
    if members or heads or no_units:
        account = replace(account, memberships=_memberships(members, heads))
    if roles or no_roles:
        account = replace(account, roles=frozenset(map(Role, roles)))
    engine.change_user(actor_named(engine, user), account)
    click.echo(f"Changed the account {name}.")


@user.command("password")
@click.argument("name")
@as_option
@click.password_option(help="Asked for when it is not given. Do not give it on a machine that others share.")
@click.pass_obj
def set_password(settings: Settings, *, name: str, password: str, user: str | None) -> None:
    """Give an account another password. Whoever is signed in to it must sign in again.

    \b
    Example:
      stegvis user password karin
    """
    engine = engine_of(settings)
    engine.set_password(actor_named(engine, user), _account(engine, name).id, password)
    click.echo(f"Changed the password of {name}.")


@user.command("close")
@click.argument("name")
@as_option
@click.pass_obj
def close_user(settings: Settings, *, name: str, user: str | None) -> None:
    """Close an account: nobody signs in with it any more. What its owner did stays told under their name.

    \b
    Example:
      stegvis user close karin --as root
    """
    engine = engine_of(settings)
    engine.change_user(actor_named(engine, user), replace(_account(engine, name), is_active=False))
    click.echo(f"Closed the account {name}.")


@user.command("reopen")
@click.argument("name")
@as_option
@click.pass_obj
def reopen_user(settings: Settings, *, name: str, user: str | None) -> None:
    """Open a closed account again.

    \b
    Example:
      stegvis user reopen karin --as root
    """
    engine = engine_of(settings)
    engine.change_user(actor_named(engine, user), replace(_account(engine, name), is_active=True))
    click.echo(f"Opened the account {name} again.")


@user.command("list")
@json_option
@click.pass_obj
def list_users(settings: Settings, *, as_json: bool) -> None:
    """List the accounts, closed ones too.

    \b
    Example:
      stegvis user list --json
    """
    with engine_of(settings).store.read() as work:
        accounts = work.people.users()
    if as_json:
        print_json([_shown(account) for account in accounts])
        return
    rows = [
        (
            account.name,
            account.full_name,
            ", ".join(_place(membership) for membership in account.memberships),
            ", ".join(sorted(account.roles)),
            "" if account.is_active else "closed",
        )
        for account in accounts
    ]
    print_table(("Name", "Full name", "Units", "Roles", ""), rows, empty="There is no account yet. stegvis user add")


def _shown(account: User) -> dict[str, object]:
    return {
        "name": account.name,
        "fullName": account.full_name,
        "units": [{"unit": one.unit, "groups": sorted(one.groups), "manages": one.manages} for one in account.memberships],
        "roles": sorted(account.roles),
        "isActive": account.is_active,
    }


def _place(membership: Membership) -> str:
    groups = f" ({', '.join(sorted(membership.groups))})" if membership.groups else ""
    return f"{membership.unit}{groups}{', head' if membership.manages else ''}"


def _account(engine: CaseEngine, name: str) -> User:
    with engine.store.read() as work:
        account = work.people.user_by_name(name)
    if account is None:
        raise NotFound("user", name)
    return account


def _memberships(members: tuple[str, ...], heads: tuple[str, ...]) -> tuple[Membership, ...]:
    groups: dict[str, set[str]] = {unit: set() for unit in heads}
    for written in members:
        unit, _, listed = written.partition(":")
        groups.setdefault(unit, set()).update(group for part in listed.split(",") if (group := part.strip()))
    return tuple(Membership(UnitId(unit), frozenset(names), unit in heads) for unit, names in groups.items())
