"""Who may ask, and what a page may do: looked at before and after every request."""

from __future__ import annotations

import contextlib

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

#: What a page may load: itself, nothing inline, nothing from elsewhere.
_PAGE = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
#: A PDF is shown within a page of ours.
_DOCUMENT = "frame-ancestors 'self'"
_HEADERS = (
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "same-origin"),
    ("cache-control", "no-store"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("permissions-policy", "camera=(), microphone=(), geolocation=()"),
)
_OWN_SITES = ("", "same-origin", "none")


class Guard:
    """Refuses what does not come from the page itself, and puts the headers on every answer."""

    def __init__(self, app: ASGIApp, hosts: frozenset[str]) -> None:
        self._app = app
        self._hosts = hosts
        self._origins = frozenset(f"http://{host}" for host in hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request through, or answer that it is refused."""
        if scope["type"] != "http":
            return
        refused = self._refused(scope)

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS:
                    headers[name] = value
                is_page = not headers.get("content-type", "").startswith("application/pdf")
                headers["content-security-policy"] = _PAGE if is_page else _DOCUMENT
            await send(message)

        if refused:
            await _say(refused, guarded)
            return
        # What went wrong was answered; it would be written out with what it was about.
        with contextlib.suppress(Exception):
            await self._app(scope, receive, guarded)

    def _refused(self, scope: Scope) -> str:
        """Why it is refused. The page has no other name than its number: a name, `localhost` too,
        can be made to mean another machine, or this one for another site.
        """
        headers = Headers(scope=scope)
        if headers.getlist("host") not in [[host] for host in self._hosts]:
            return "Cette adresse n'est pas celle de la page."
        origins = headers.getlist("origin")
        if any(origin not in self._origins for origin in origins):
            return "La demande vient d'un autre site ; elle est refusée."
        # A link on another site may lead here as well: its address would have to hold the key.
        if headers.get("sec-fetch-site", "") not in _OWN_SITES:
            return "La demande vient d'un autre site ; elle est refusée."
        return ""


async def _say(sentence: str, send: Send) -> None:
    body = sentence.encode()
    await send(
        {
            "type": "http.response.start",
            "status": 403,
            "headers": [
                (b"content-type", b"text/plain; charset=utf-8"),
                (b"content-length", str(len(body)).encode()),
            ],
        }
    )
    await send({"type": "http.response.body", "body": body})
