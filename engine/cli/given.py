"""JSON that is given on the command line or in a file."""

from __future__ import annotations

from typing import IO, cast

import click

from ..canonical import Json
from ..source import is_object, read_json


def json_object(data: str | None, source: IO[bytes] | None, *, what: str) -> dict[str, Json]:
    """The object in --data or --file; an empty one where neither is given. `what` names it: "answers".

    Raises:
        click.UsageError: both are given, or it is no JSON object.
    """
    if data is not None and source is not None:
        raise click.UsageError(f"Give the {what} once: --data or --file.")
    text = source.read() if source else (data or "{}").encode(errors="surrogatepass")
    given, findings = read_json(text, name="--file" if source else "--data")
    for finding in findings:
        raise click.UsageError(finding.message)
    if not is_object(given):
        raise click.UsageError(f"The {what} must be a JSON object.")
    return cast("dict[str, Json]", given)
