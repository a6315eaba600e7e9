"""The page at `/` where the web app is not built: what this is and where to go on. It holds all that it shows."""

from __future__ import annotations

import hashlib
from base64 import b64encode

from litestar import Response, get

from .identity import PUBLIC

_STYLE = (
    "body{font:1.125rem/1.6 system-ui,sans-serif;max-width:44rem;margin:0 auto;padding:1.5rem;color:#1a1a1a;background:#fff}"
    "pre{background:#f2f2f2;border:1px solid #767676;padding:1rem;overflow-x:auto;font-size:1rem}"
    "a{color:#0b4f8a}a:focus-visible,pre:focus-visible{outline:3px solid #0b4f8a;outline-offset:2px}"
    "@media(prefers-color-scheme:dark){body{color:#eee;background:#161616}pre{background:#262626}"
    "a{color:#8ec5ff}a:focus-visible,pre:focus-visible{outline-color:#8ec5ff}}"
)
_SIGN_IN = """curl -c cookies.txt -H 'Content-Type: application/json' \\
  -d '{"name": "…", "password": "…"}' ADDRESS/api/v1/session

curl -b cookies.txt ADDRESS/api/v1/tasks"""
_PAGE = f"""<!doctype html>
<html lang="sv">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Stegvis</title>
<style>{_STYLE}</style>
</head>
<body>
<main>
<h1>Stegvis</h1>
<p>Det här är Stegvis, en motor för ärenden som går steg för steg. Webbsidorna är inte byggda här:
kör <code>make web</code> och starta om. Gränssnittet för andra program (API) finns.</p>
<ul>
<li><a href="/api/v1/openapi.json">Beskrivning av API:et (OpenAPI 3.1, JSON, på engelska)</a></li>
<li><a href="/api/v1/health/ready">Är tjänsten redo?</a></li>
</ul>
<h2>Logga in från kommandoraden</h2>
<p>Byt ADDRESS mot adressen till den här sidan och fyll i ditt namn och lösenord.</p>
<pre tabindex="0" role="region" aria-label="Exempel på inloggning med curl"><code>{_SIGN_IN}</code></pre>
<p>Svaret innehåller <code>csrfToken</code>. Skicka den i sidhuvudet <code>X-CSRF-Token</code> med allt som ändrar något.</p>
<hr>
<div lang="en">
<h2>In English</h2>
<p>This is Stegvis, an engine for cases that go step by step. Its web pages are not built here: run <code>make web</code> and
start again. The interface for other programs (the API) is there.</p>
<ul>
<li><a href="/api/v1/openapi.json">Description of the API (OpenAPI 3.1, JSON)</a></li>
<li><a href="/api/v1/health/ready">Is the service ready?</a></li>
</ul>
<h3>Sign in from the command line</h3>
<p>Put the address of this page for ADDRESS, and your own name and password.</p>
<pre tabindex="0" role="region" aria-label="Example of signing in with curl"><code>{_SIGN_IN}</code></pre>
<p>The answer holds <code>csrfToken</code>. Send it in the header <code>X-CSRF-Token</code> with everything that changes
something.</p>
</div>
</main>
</body>
</html>
"""
_HASH = b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()
_POLICY = f"default-src 'none'; style-src 'sha256-{_HASH}'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"


@get("/", opt={PUBLIC: True}, include_in_schema=False, sync_to_thread=False)
def read_front_page() -> Response[str]:
    """The page, in Swedish and English."""
    headers = {"Content-Security-Policy": _POLICY, "Cache-Control": "no-cache"}
    return Response(_PAGE, media_type="text/html", headers=headers)
