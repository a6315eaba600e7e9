"""The web app's files: read once when the server starts, then given from memory, compressed as they were built.

Only files of the build can be asked for, by their exact name, so no address reaches anything else on the disk.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from mimetypes import guess_type
from pathlib import Path, PurePosixPath
from typing import Any, Final

from litestar import HttpMethod, Response, route
from litestar.exceptions import NotFoundException
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath

from .bodies import JsonRequest as Asked
from .compression import takes
from .identity import PUBLIC
from .problem_answers import AnyRequest, Handlers, answer_framework_error
from .theme import Theme

POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
    "manifest-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
)
"""What the app's page may do: load from this host only, run no text as code."""

_READING: Final = (HttpMethod.GET, HttpMethod.HEAD)
_ENCODINGS: Final = {"br": ".br", "gzip": ".gz"}
_PLACES: Final = ("work", "design", "audit", "about")
THEME: Final = "theme.css"
"""The address of an installation's own colours, which the page loads after the app's."""
_FOREVER = "public, max-age=31536000, immutable"
_TYPES = {".js": "text/javascript", ".md": "text/markdown", ".woff2": "font/woff2", ".webmanifest": "application/manifest+json"}


@dataclass(frozen=True, slots=True)
class WebFile:
    """A file of the build with its compressed forms, by their names in Accept-Encoding."""

    media_type: str
    cache_control: str
    etag: str
    forms: Mapping[str, bytes]

    def best(self, accept_encoding: str) -> tuple[str, bytes]:
        """The smallest form that the caller takes, and its encoding's name (empty for none)."""
        taken = takes(accept_encoding)
        name = next((name for name in _ENCODINGS if name in taken and name in self.forms), "")
        return name, self.forms[name]


def find_build() -> Path | None:
    """The folder of the built app: what came with the program, else the checkout's; None where it is not built."""
    here = Path(__file__).resolve().parent
    folders = (here / "_web", here.parent / "web" / "dist")
    return next((folder for folder in folders if (folder / "index.html").is_file()), None)


def read_build(folder: Path) -> dict[str, WebFile]:
    """The files of a built app by their paths in addresses (`assets/index-1a2b.js`)."""
    files = [path for path in sorted(folder.rglob("*")) if path.is_file() and not path.name.startswith(".")]
    plain = [path for path in files if path.suffix not in _ENCODINGS.values()]
    return {path.relative_to(folder).as_posix(): _read(path, folder) for path in plain}


def theme_files(theme: Theme) -> dict[str, WebFile]:
    """The files of an installation's own look: its colours (nothing, where it has none) and its logo."""
    css = _file({"": theme.css.encode()}, "text/css")
    logo = theme.logo
    return {THEME: css, **({logo.name: _file({"": logo.content}, logo.media_type)} if logo else {})}


def web_handlers(files: Mapping[str, WebFile]) -> list[HTTPRouteHandler]:
    """The routes of the app: its files by name, and its one page at each address that it knows."""

    @route(
        "/assets/{name:path}",
        http_method=_READING,
        opt={PUBLIC: True},
        include_in_schema=False,
        sync_to_thread=False,
        name="web-asset",
    )
    def read_asset(request: Asked, name: FromPath[str]) -> Response[bytes]:
        return _answer(files.get("assets" + str(PurePosixPath(name))), request)

    @route(
        [f"/{name}" for name in files if "/" not in name and name != "index.html"],
        http_method=_READING,
        opt={PUBLIC: True},
        include_in_schema=False,
        sync_to_thread=False,
        name="web-file",
    )
    def read_file(request: Asked) -> Response[bytes]:
        return _answer(files.get(request.url.path.removeprefix("/")), request)

    @route(
        [
            "/",
            "/sign-in",
            *(f"/{place}{rest}" for place in _PLACES for rest in ("", "/{_:path}")),
        ],
        http_method=_READING,
        opt={PUBLIC: True},
        include_in_schema=False,
        sync_to_thread=False,
        name="web-page",
    )
    def read_page(request: Asked) -> Response[bytes]:
        return _answer(files["index.html"], request, {"Content-Security-Policy": POLICY})

    return [read_asset, read_file, read_page]


def not_found_handlers(files: Mapping[str, WebFile]) -> Handlers:
    """What answers at addresses that nothing is at: the app's page where a browser asks for one, which says so in words."""

    def answer(request: AnyRequest, error: NotFoundException) -> Response[Any]:
        is_page = not request.url.path.startswith(("/api/", "/assets/")) and "text/html" in request.headers.get("accept", "")
        if request.method != HttpMethod.GET or not is_page:
            return answer_framework_error(request, error)
        headers = {"Content-Security-Policy": POLICY, "Vary": "Accept"}
        return Response(files["index.html"].forms[""], status_code=404, media_type="text/html", headers=headers)

    return {NotFoundException: answer}


def _read(path: Path, folder: Path) -> WebFile:
    forms = {"": path.read_bytes()}
    for name, suffix in _ENCODINGS.items():
        compressed = path.with_name(path.name + suffix)
        if compressed.is_file():
            forms[name] = compressed.read_bytes()
    media_type = _TYPES.get(path.suffix) or guess_type(path.name)[0] or "application/octet-stream"
    return _file(forms, media_type, _FOREVER if path.parent == folder / "assets" else "no-cache")


def _file(forms: Mapping[str, bytes], media_type: str, cache_control: str = "no-cache") -> WebFile:
    digest = hashlib.sha256(forms[""]).hexdigest()[:32]
    # Weak, since it is the same for every compressed form.
    return WebFile(media_type, cache_control, f'W/"{digest}"', forms)


def _answer(file: WebFile | None, request: Asked, more: Mapping[str, str] | None = None) -> Response[bytes]:
    if file is None:
        raise NotFoundException
    headers = {"Cache-Control": file.cache_control, "ETag": file.etag, "Vary": "Accept-Encoding", **(more or {})}
    if file.etag.removeprefix("W/") in request.headers.get("if-none-match", ""):
        return Response(b"", status_code=304, headers=headers)
    encoding, content = file.best(request.headers.get("accept-encoding", ""))
    if encoding:
        headers["Content-Encoding"] = encoding
    if request.method == HttpMethod.HEAD:
        return Response(b"", media_type=file.media_type, headers={**headers, "Content-Length": str(len(content))})
    return Response(content, media_type=file.media_type, headers=headers)
