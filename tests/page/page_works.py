"""A view that costs nothing, for what the page does around any view.

`python -m tests.page.page_works FOLDER` serves it.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import pytest

from cedre_xlsx import api
from cedre_xlsx.files import replace
from cedre_xlsx.files.locks import ensure_writable
from cedre_xlsx.files.protection import clear_bytes
from cedre_xlsx.page import jobs, worker
from cedre_xlsx.page.model import Action, Answer, Ask, Says, View
from cedre_xlsx.page.views import BY_NAME

#: Where a write can be killed: the function of `workbook.package.replace` that is not reached.
STEPS = ("_written_beside", "_make_like", "unchanged", "_synced_folder")


def _said(sentence: str, **more: Any) -> Answer:
    return Answer("defait.html", {"sentence": sentence}, **more)


def _read(path: Path) -> str:
    return clear_bytes(path.read_bytes(), path)[:40].decode("latin-1")


def show(ask: Ask, _says: Says) -> Answer:
    """What the workbook says; after `pause` seconds."""
    time.sleep(float(ask.text("pause") or 0))
    return _said(f"lu : {_read(ask.book)}")


def write(ask: Ask, says: Says) -> Answer:
    """A file `avant`, in a folder of its own, then `contenu` into the workbook, or `ajoute` at its
    end, and a file `fait` beside; `tue` is where it is killed, `coupe` where in the first of these.
    """
    path = ask.book
    ensure_writable(path)
    before = api.digest(path)
    clear = clear_bytes(path.read_bytes(), path)
    says.tell("On écrit…")
    if ask.text("autre"):  # somebody else, between the look and the write
        path.write_bytes(ask.text("autre").encode())
        before = api.digest(path)
    if step := ask.text("coupe"):
        setattr(replace, step, _killed)
    first = ask.path("avant")
    if first is not None:
        with api.folder_made(first.parent):
            replace.write_new(first, b"avant", overwrite=True)
    if step := ask.text("tue"):
        setattr(replace, step, _killed)
    time.sleep(float(ask.text("pause") or 0))
    data = ask.text("contenu").encode()
    if more := ask.text("ajoute"):
        data = clear + more.encode()
    replace.replace_file(path, data, expected_sha256=before)
    made = ask.path("fait")
    if made is not None:
        made.write_bytes(b"fait")
    if ask.text("puis"):
        raise RuntimeError(ask.text("puis"))
    return _said("c'est fait", made=(made,) if made else ())


def _killed(*_words: object, **_named: object) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def look(ask: Ask, _says: Says) -> Answer:
    """What was handed over, what a field names."""
    told = [f"{path.name} ({len(path.read_bytes())})" for path in ask.uploads.get("depot", ())]
    named = ask.path("fichier")
    return _said(" ; ".join([*told, str(named) if named else ""]))


def fail(ask: Ask, _says: Says) -> Answer:
    """A fault that nobody thought of, whose message names somebody."""
    raise RuntimeError(f"Sophie Martin, {ask.book}")


def odd(_ask: Ask, _says: Says) -> Answer:
    """An answer that cannot be sent."""
    return _said("", made=(lambda: None,))


def bare(_ask: Ask, _says: Says) -> Answer:
    """A template that lacks what it needs."""
    return Answer("defait.html")


def last(ask: Ask, says: Says) -> Answer:
    """Work that lasts, and tells."""
    for number in range(600):
        says.progress(number, 600)
        time.sleep(0.05)
    return show(ask, says)


_WORKS: tuple[Callable[[Ask, Says], Answer], ...] = (look, fail, odd, bare, last)
VIEW = View(
    "essai", "Essai", "Essayer.", show,
    (Action("write", write, writes=True), *(Action(one.__name__, one) for one in _WORKS)),
)  # fmt: skip


def serve_cold(pipe: Connection) -> None:
    """The process of the works, without loading what real views need."""
    worker._warm_up = lambda: None
    worker.serve(pipe)


@contextmanager
def cheap_works() -> Iterator[None]:
    """Meanwhile the pages have that view, and their processes begin quickly."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(BY_NAME, "essai", VIEW)
        patch.setattr(jobs, "serve", serve_cold)
        yield


def _main(folder: Path) -> None:
    from cedre_xlsx.page.server import Server

    with cheap_works():
        server = Server(folder.resolve())
        told = f"{server.address} {server.session.key} {server.session.token}\n"
        server.run(lambda: (sys.stdout.write(told), sys.stdout.flush()))


if __name__ == "__main__":
    _main(Path(sys.argv[1]))
