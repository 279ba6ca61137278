"""The server: on the loopback alone, at a port that is free, until nobody looks any more."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import signal
import socket
import threading
from collections.abc import Callable
from pathlib import Path

import uvicorn

from cedre_xlsx.page.app import application
from cedre_xlsx.page.session import Session

_LOOPBACK = "127.0.0.1"
_LOOK = 1.0  # seconds between two looks at who is there
_LAST_WRITE = 20.0  # seconds that a write may take once the server was stopped


class Server:
    """One run of the page in a folder, perhaps with a workbook of it already chosen."""

    def __init__(self, folder: Path, workbook: Path | None = None) -> None:
        self.session = Session(folder, workbook)
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        self._socket.bind((_LOOPBACK, 0))
        self.port: int = self._socket.getsockname()[1]
        hosts = frozenset({f"{_LOOPBACK}:{self.port}"})
        self._server = uvicorn.Server(
            uvicorn.Config(
                application(self.session, hosts),
                http="h11",
                loop="asyncio",
                log_config=None,
                access_log=False,
                lifespan="off",
                ws="none",
                proxy_headers=False,
                server_header=False,
                timeout_graceful_shutdown=2,
            )
        )

    @property
    def address(self) -> str:
        """Where the page is opened, once."""
        return f"http://{_LOOPBACK}:{self.port}/ouvrir/{self.session.ticket}"

    def run(self, opened: Callable[[], object] = lambda: None) -> None:
        """Serve until all pages are closed; `opened` is called once requests are answered."""
        _say_nothing()
        try:
            asyncio.run(self._serve(opened))
        finally:
            self._socket.close()
            self.session.close()

    def stop(self) -> None:
        """End it, from any thread."""
        self.session.is_closing = True

    async def _serve(self, opened: Callable[[], object]) -> None:
        loop = asyncio.get_running_loop()
        loop.set_exception_handler(lambda _loop, _context: None)
        self._end_with_the_window(loop)
        self._end_when_told()
        watching = asyncio.create_task(self._watch(opened))
        try:
            await self._server.serve(sockets=[self._socket])
        finally:
            watching.cancel()
            with contextlib.suppress(asyncio.CancelledError):  # of Ctrl-C too
                await watching
            await self._last_write()
            self.session.jobs.close()  # a thread waits for what it answers

    async def _last_write(self) -> None:
        """What is being written is finished, whoever stopped the server; a second Ctrl-C is not
        waited for.
        """
        self.session.jobs.give_up()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(_LAST_WRITE):
                while self.session.jobs.is_busy:
                    await asyncio.sleep(0.05)

    def _end_with_the_window(self, loop: asyncio.AbstractEventLoop) -> None:
        """A terminal that is closed ends it as it should, but where `nohup` says otherwise."""
        number = getattr(signal, "SIGHUP", None)
        in_main = threading.current_thread() is threading.main_thread()
        if number is None or not in_main or signal.getsignal(number) is signal.SIG_IGN:
            return
        loop.add_signal_handler(number, self.stop)

    def _end_when_told(self) -> None:
        """A system that ends it lets it finish: uvicorn hands its signal on to what is set here."""
        if threading.current_thread() is threading.main_thread():
            signal.signal(signal.SIGTERM, lambda _number, _frame: self.stop())

    async def _watch(self, opened: Callable[[], object]) -> None:
        while not self._server.started:
            await asyncio.sleep(0.01)
        try:
            await asyncio.to_thread(opened)
            await asyncio.to_thread(self.session.jobs.warm_up)
            while not self.session.is_over:
                await asyncio.sleep(_LOOK)
                self.session.look()
        finally:
            self._server.should_exit = True


def _say_nothing() -> None:
    """What the libraries would write of a request may hold names; our sentences are the page's."""
    for name in ("uvicorn", "python_multipart", "asyncio"):
        log = logging.getLogger(name)
        log.propagate = False
        log.addHandler(logging.NullHandler())
