"""A page served for a test, and what a browser without a script would ask of it."""

from __future__ import annotations

import http.client
import re
import secrets
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from urllib.parse import quote, urlencode

from cedre_xlsx.page.server import Server

#: How long an answer is waited for, so that a fault does not hang the tests.
_SECONDS = 120
_HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)">')


@dataclass(frozen=True)
class Reply:
    """What the server answered; redirections are followed, works waited for."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    address: str

    @property
    def text(self) -> str:
        """The page as it is read by a person: without tags, in one line."""
        main = self.html.partition("<main")[2].partition("</main>")[0] or self.html
        return " ".join(unescape(re.sub(r"<[^>]+>", " ", main)).split())

    @property
    def html(self) -> str:
        """The page."""
        return self.body.decode("utf-8")

    def hidden(self) -> dict[str, str]:
        """The hidden fields of its forms."""
        return {name: unescape(value) for name, value in _HIDDEN.findall(self.html)}

    def form(self, action: str) -> dict[str, str | Sequence[str]]:
        """The hidden fields of the form that goes to this address, with all values of each."""
        found: dict[str, list[str]] = {}
        for form in re.findall(r"<form.*?</form>", self.html, re.DOTALL):
            if f'/{action}"' in form.partition(">")[0]:
                for name, value in _HIDDEN.findall(form):
                    found.setdefault(name, []).append(unescape(value))
        return dict(found)


class PageClient:
    """One page, opened."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self.base = f"/{server.session.key}"

    def get(self, path: str, **fields: str) -> Reply:
        """A view by its name, or an address; a work is waited for."""
        address = path if path.startswith("/") else f"{self.base}/{path}"
        reply = self.ask("GET", address + (f"?{urlencode(fields)}" if fields else ""))
        return self._followed(reply)

    def post(
        self,
        path: str,
        shown: Reply | None = None,
        files: Sequence[tuple[str, Path]] = (),
        fields: Mapping[str, str | Sequence[str]] | None = None,
    ) -> Reply:
        """A form, with what `shown` hides in it."""
        told: dict[str, str | Sequence[str]] = {**(shown.hidden() if shown else {})}
        if path == "defaire":  # what the page says that asks first
            undo = self.server.session.undo
            told["ecriture"] = undo.number if undo else ""
        told.update(fields or {})
        body, kind = encoded(told, files)
        reply = self.ask("POST", f"{self.base}/{path}", body, {"Content-Type": kind})
        return self._followed(reply)

    def _followed(self, reply: Reply) -> Reply:
        while reply.status == 303:
            address = reply.headers["location"]
            if "/travaux/" in address:
                work, _, _ = address.partition("?")
                self.ask("GET", f"{work}/suite")  # ends with the work
            reply = self.ask("GET", address)
        return reply

    def ask(
        self,
        method: str,
        address: str,
        body: bytes | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Reply:
        """One request, whose answer is given as it is."""
        connection = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=_SECONDS)
        try:
            connection.request(method, quote(address, safe="/?&=%+"), body, dict(headers or {}))
            response = connection.getresponse()
            told = {name.lower(): value for name, value in response.getheaders()}
            return Reply(response.status, told, response.read(), address)
        finally:
            connection.close()


def encoded(
    fields: Mapping[str, str | Sequence[str]], files: Sequence[tuple[str, Path]]
) -> tuple[bytes, str]:
    """A form as a browser sends it: its bytes, their kind."""
    pairs = [
        (name, value)
        for name, values in fields.items()
        for value in ([values] if isinstance(values, str) else values)
    ]
    if not files:
        return urlencode(pairs).encode(), "application/x-www-form-urlencoded"
    mark = secrets.token_hex(16)
    parts = [
        f'--{mark}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        for name, value in pairs
    ]
    parts += [
        f'--{mark}\r\nContent-Disposition: form-data; name="{name}"; filename="{path.name}"\r\n'
        f"Content-Type: application/octet-stream\r\n\r\n".encode()
        + path.read_bytes()
        + b"\r\n"
        for name, path in files
    ]
    return b"".join(parts) + f"--{mark}--\r\n".encode(), f"multipart/form-data; boundary={mark}"


@contextmanager
def page_of(folder: Path, workbook: Path | None = None) -> Iterator[PageClient]:
    """The page of a folder, while something is tried on it."""
    server = Server(folder.resolve(), workbook.resolve() if workbook else None)
    ready = threading.Event()
    serving = threading.Thread(target=server.run, args=(ready.set,))
    serving.start()
    try:
        assert ready.wait(_SECONDS)
        yield PageClient(server)
    finally:
        server.stop()
        serving.join(_SECONDS)
