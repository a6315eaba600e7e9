"""What to tell somebody who has just got a demonstration."""

from __future__ import annotations

from .install import DemoResult
from .plan import Account


def guide(result: DemoResult, address: str) -> str:
    """Who one may be and, as the last line, where to go, who to sign in as and what to try."""
    lines = [_news(result)]
    first = result.busiest
    if first is not None:
        width = max(len(account.name) for account in result.accounts)
        lines.append("You may be anybody of these; all of them are invented:")
        lines += [f"  {account.name:<{width}}  {_place(account)}" for account in result.accounts]
        if len({account.password for account in result.accounts}) == 1:
            lines.append(f"The password is {first.password} for everybody.")
        lines.append(
            f"Open {address} and sign in as {first.name} with the password {first.password}. Try this: open the first task "
            "in the list, fill in its form and send it in."
        )
    return "\n".join(lines)


def _news(result: DemoResult) -> str:
    if not (result.users_added or result.cases_added):
        return "The demonstration is there already; nothing was changed."
    news = f"Added: {result.users_added} people and {result.cases_added} cases."
    if not result.cut_short:
        return news
    return f"{news} Holidays keep these from going as far as they are written: {', '.join(result.cut_short)}."


def _place(account: Account) -> str:
    groups = sorted({group for membership in account.memberships for group in membership.groups})
    units = sorted({membership.unit for membership in account.memberships})
    what = ", ".join([*groups, *sorted(role.value for role in account.roles)])
    return f"{account.full_name}: {what}" + (f" in {', '.join(units)}" if units else "")
