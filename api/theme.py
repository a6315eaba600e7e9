"""How an installation looks and what it is called: an authority's own name, logo and colours, from a folder of its own.

The folder holds `theme.toml` and the logo that it names. Everything is read and checked when the server starts, so that a
page never turns out unreadable: colours that cannot be told apart (WCAG 2.2 AA) are refused.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeGuard, cast

from engine.errors import Misconfigured
from engine.xml import Element, read_xml

from .contrast import is_colour, too_faint

FILE: Final = "theme.toml"
LANGUAGES: Final = ("sv", "en")
_PRODUCT = "Stegvis"
_MOST_LOGO_BYTES: Final = 200_000
_PNG = b"\x89PNG\r\n\x1a\n"
_PNG_END = b"IEND"
_SVG = "{http://www.w3.org/2000/svg}svg"
_LONGEST_NAME: Final = 60
_REACHED_BY: Final[Mapping[str, str]] = {"email": r"^[^@\s]+@[^@\s]+$", "phone": r"\d"}
_CONTACT: Final = ("authority", "email", "phone", "address")
_TOP: Final = ("name", "logo", "light", "dark", "accessibility")

LIGHT: Final[Mapping[str, str]] = {
    "paper": "#ffffff",
    "ground": "#f4f6f7",
    "ink": "#16212b",
    "ink-soft": "#47545f",
    "line": "#7d8993",
    "line-soft": "#d3d9de",
    "accent": "#0b4f6c",
    "accent-strong": "#083a50",
    "on-accent": "#ffffff",
    "accent-faint": "#e3eff4",
    "error": "#a3141b",
    "error-faint": "#fcebeb",
    "warning": "#7a4b00",
    "warning-faint": "#fdf3dd",
    "good": "#1c6434",
    "good-faint": "#e5f3e9",
    "focus": "#0b4f6c",
    "focus-gap": "#ffffff",
}
"""The colours of the pages by name, as web/src/shared/theme/tokens.css has them after `--color-`."""
DARK: Final[Mapping[str, str]] = {
    "paper": "#1a2229",
    "ground": "#11171c",
    "ink": "#eef2f4",
    "ink-soft": "#b9c4cc",
    "line": "#8795a0",
    "line-soft": "#3a4650",
    "accent": "#8ccbe4",
    "accent-strong": "#b4dff0",
    "on-accent": "#0b1c24",
    "accent-faint": "#1f3440",
    "error": "#ff9a94",
    "error-faint": "#40201f",
    "warning": "#f2c574",
    "warning-faint": "#3a2d14",
    "good": "#8fd6a5",
    "good-faint": "#1b3524",
    "focus": "#b4dff0",
    "focus-gap": "#11171c",
}
"""The same where somebody's system asks for dark colours."""


@dataclass(frozen=True, slots=True)
class Logo:
    """A picture and how it is served: `name` as in the address (`logo.svg`)."""

    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Theme:
    """A read theme. `names` by language; `contact`: for accessibility (`authority`, `email`, `phone`, `address`)."""

    names: Mapping[str, str]
    css: str = ""
    logo: Logo | None = None
    contact: Mapping[str, str] | None = None


PLAIN: Final = Theme(dict.fromkeys(LANGUAGES, _PRODUCT))
"""How it looks without a theme."""


def read_theme(folder: Path | None) -> Theme:
    """The theme in `folder`; the plain one where there is none.

    Raises:
        Misconfigured: something in it cannot be read, is unknown, or cannot be told apart; the message says what and where.
    """
    if folder is None:
        return PLAIN
    file = folder / FILE
    told = _read(file)
    for name in told:
        _require_known(name, _TOP, file)
    return Theme(
        names=_names(told.get("name", _PRODUCT), file),
        css=_css(_colours("light", told, LIGHT, file), _colours("dark", told, DARK, file)),
        logo=_logo(folder, told["logo"], file) if "logo" in told else None,
        contact=_contact(told["accessibility"], file) if "accessibility" in told else None,
    )


def _read(file: Path) -> dict[str, object]:
    try:
        return cast("dict[str, object]", tomllib.loads(file.read_text(encoding="utf-8-sig")))
    except OSError as error:
        raise Misconfigured(f"The theme {file} cannot be read: {error.strerror}. Check the setting theme.") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise Misconfigured(f"The theme {file} is not TOML: {error}.") from error


def _require_known(name: str, known: tuple[str, ...] | Mapping[str, str], file: Path) -> None:
    if name not in known:
        raise Misconfigured(f"{file} says {name!r}, which is unknown there. Known are {', '.join(known)}.")


def _names(value: object, file: Path) -> dict[str, str]:
    names = value if isinstance(value, dict) else dict.fromkeys(LANGUAGES, value)
    if set(names) != set(LANGUAGES) or not all(_is_line(name) and len(name) <= _LONGEST_NAME for name in names.values()):
        raise Misconfigured(
            f'{file}: name must be text, or {{sv = "…", en = "…"}} with both: one line, at most {_LONGEST_NAME} characters.'
        )
    return {language: str(names[language]).strip() for language in LANGUAGES}


def _contact(value: object, file: Path) -> dict[str, str]:
    contact = _table(value, "accessibility", file)
    for name, told in contact.items():
        _require_known(name, _CONTACT, file)
        if not _is_line(told) or not re.search(_REACHED_BY.get(name, ""), told):
            raise Misconfigured(f"{file}: {name} under [accessibility] must be one line of text that people can be reached by.")
    if "authority" not in contact or not {"email", "phone"} & set(contact):
        raise Misconfigured(f"{file}: [accessibility] must say authority, and email or phone: somebody must be there to ask.")
    return {name: str(told).strip() for name, told in contact.items()}


def _is_line(value: object) -> TypeGuard[str]:
    return isinstance(value, str) and value.isprintable() and bool(value.strip())


def _table(value: object, name: str, file: Path) -> dict[str, object]:
    if not isinstance(value, dict):
        raise Misconfigured(f"{file}: {name} must be a table, [{name}].")
    return cast("dict[str, object]", value)


def _colours(name: str, told: Mapping[str, object], usual: Mapping[str, str], file: Path) -> dict[str, str]:
    """What the theme changes of the usual colours."""
    own = _table(told.get(name, {}), name, file)
    for token, colour in own.items():
        _require_known(token, usual, file)
        if not is_colour(colour):
            raise Misconfigured(f"{file}: {token} under [{name}] must be a colour such as {usual[token]}.")
    changed = {token: str(colour) for token, colour in own.items()}
    faint = [
        f"{front} on {behind} {there:.1f}:1 (at least {least:g}:1)"
        for front, behind, there, least in too_faint({**usual, **changed})
    ]
    if faint:
        raise Misconfigured(
            f"{file}: under [{name}], these have too little contrast for everybody to read (WCAG 2.2 AA): {', '.join(faint)}. "
            "Choose a darker or a lighter colour for one of each pair."
        )
    return changed


def _css(light: Mapping[str, str], dark: Mapping[str, str]) -> str:
    # Said twice, the selector wins over the app's own, whichever file comes first.
    def rule(colours: Mapping[str, str]) -> str:
        return ":root:root {" + " ".join(f"--color-{name}: {colour};" for name, colour in colours.items()) + "}"

    return "\n".join(
        [*([rule(light)] if light else []), *([f"@media (prefers-color-scheme: dark) {{ {rule(dark)} }}"] if dark else [])]
    )


def _logo(folder: Path, name: object, file: Path) -> Logo:
    if not isinstance(name, str) or Path(name).name != name or Path(name).suffix not in (".svg", ".png"):
        raise Misconfigured(f"{file}: logo must be the name of an .svg or .png file that lies beside it.")
    try:
        content = (folder / name).read_bytes()
    except OSError as error:
        raise Misconfigured(f"The logo {folder / name} cannot be read: {error.strerror}.") from error
    if len(content) > _MOST_LOGO_BYTES:
        raise Misconfigured(f"The logo {folder / name} is larger than {_MOST_LOGO_BYTES // 1000} kB. Make it smaller.")
    if name.endswith(".png"):
        if not content.startswith(_PNG) or _PNG_END not in content:
            raise Misconfigured(f"The logo {folder / name} is not a whole PNG picture. Save it as one, or name it .svg.")
        return Logo("logo.png", "image/png", content)
    root, found = read_xml(content, name=str(folder / name))
    why = found[0].message if root is None else _why_unseen(root)
    if why:
        raise Misconfigured(f"The logo {folder / name} is not an SVG picture that can be used: {why}")
    return Logo("logo.svg", "image/svg+xml", content)


def _why_unseen(root: Element) -> str:
    """Why browsers would show nothing of it; empty where they show it."""
    if root.tag != _SVG:
        return 'It does not begin with <svg xmlns="http://www.w3.org/2000/svg">.'
    return "" if root.get("viewBox") or (root.get("width") and root.get("height")) else "It does not say its viewBox."
