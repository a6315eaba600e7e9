"""Functions besides the standard's: named sets, registered by us and by a host application in the same way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from .builtins import BUILTINS
from .properties import SPACED
from .registry import Builtin, Registry


@dataclass(frozen=True, slots=True)
class Extension:
    """A named set of functions, declared with `Registry.add`.

    A function is given the Run and FEEL values (`Decimal`, never `int` or `float`) and returns one. It is pure, pays with
    `run.spend` for what takes long, and raises Fault to refuse its arguments.
    """

    name: str
    functions: Registry


@dataclass(frozen=True, slots=True, eq=False)
class Functions:
    """What expressions may call: by name, which of the names have spaces, and the sets that were registered."""

    by_name: Mapping[str, Builtin]
    extensions: tuple[Extension, ...] = ()
    spaced: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "spaced", frozenset(name for name in self.by_name if " " in name) | SPACED)


class _Registered:
    """The one place that says what is registered in this process."""

    functions = Functions(BUILTINS)


def functions() -> Functions:
    """The functions of the standard and of the sets registered. Another object after each change: it keys caches."""
    return _Registered.functions


def register(extension: Extension) -> None:
    """Let expressions call the functions of a set. Registering the same set again changes nothing.

    Register before anything is compiled: what was compiled keeps the functions that it saw, and a name with spaces is
    one name only from here on. Not for a running evaluation.

    Raises ValueError when another set has its name, or the standard or another set a function of the same name.
    """
    known = _Registered.functions.extensions
    if extension in known:
        return
    if any(extension.name == other.name for other in known):
        raise ValueError(f"There is an extension set '{extension.name}' already. Give this one another name.")
    _Registered.functions = _with((*known, extension))


def withdraw(name: str) -> None:
    """Forget the set of that name, for hosts that reload; nothing happens when there is none."""
    _Registered.functions = _with(tuple(one for one in _Registered.functions.extensions if one.name != name))


def _with(extensions: tuple[Extension, ...]) -> Functions:
    by_name = dict(BUILTINS)
    owner = dict.fromkeys(BUILTINS, "the standard")
    for extension in extensions:
        for name, signatures in extension.functions.signatures.items():
            if name in by_name:
                raise ValueError(
                    f"The extension set '{extension.name}' has a function '{name}', as {owner[name]} has. Rename it."
                )
            by_name[name] = Builtin(name, tuple(signatures))
            owner[name] = f"the set '{extension.name}'"
    return Functions(by_name, extensions)
