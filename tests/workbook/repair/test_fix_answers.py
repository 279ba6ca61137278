"""`fix` asks in French and understands the answer: in a terminal, with what people type."""

from __future__ import annotations

import multiprocessing
import os
import select
import sys
import time
from pathlib import Path

import pytest

from cedre_xlsx import api
from cedre_xlsx.cli import main
from cedre_xlsx.workbook.template.filling import Filling

pty = pytest.importorskip("pty")
fcntl = pytest.importorskip("fcntl")
termios = pytest.importorskip("termios")

LATE = 60.0  # seconds: a busy machine
#: What takes long to load.
LOADED = [
    "tests.workbook.repair.test_fix_answers", "cedre_xlsx.cli.fix", "cedre_xlsx.api.fixing_some",
    "cedre_xlsx.workbook.repair.find", "cedre_xlsx.workbook.repair.mend",
    "cedre_xlsx.workbook.repair.write", "cedre_xlsx.workbook.template.book", "openpyxl",
]  # fmt: skip
INTERRUPTED = "Interrompu : rien n'a été modifié."


@pytest.fixture(scope="module")
def data() -> bytes:
    rows = [{"last_name": "Durand ", "first_name": "Marie", "title": "mme"}]
    return api.workbook_bytes(Filling(rows={"tPersonnes": rows}))


class Terminal:
    """`fix` run in a terminal: what it shows, what is typed."""

    def __init__(self, path: Path, encoding: str = "utf-8") -> None:
        self.shown = b""
        self.master, slave = pty.openpty()
        # Begun from a process that has loaded all of it: that is what is long.
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(LOADED)
        self.process = context.Process(target=_fix, args=(os.ttyname(slave), encoding, str(path)))
        self.process.start()
        assert self.read(), "nothing was shown"  # else it has not opened its end
        os.close(slave)

    def wait(self, words: bytes, times: int = 1) -> None:
        while self.shown.count(words) < times:
            assert self.read(), self.shown

    def read(self) -> bool:
        if not select.select([self.master], [], [], LATE)[0]:
            self.process.kill()
            return False
        try:
            more = os.read(self.master, 4096)
        except OSError:  # the other end is closed
            return False
        self.shown += more
        return bool(more)

    def type(self, keys: bytes) -> None:
        time.sleep(0.3)  # what is pressed before the keyboard is listened to may be lost
        os.write(self.master, keys)

    def end(self) -> int | None:
        while self.read():
            pass
        os.close(self.master)
        self.process.join(LATE)
        return self.process.exitcode


def _fix(terminal: str, encoding: str, path: str) -> None:
    """What the process does: the command, in that terminal, as Python opens it by itself."""
    os.setsid()
    ours = os.open(terminal, os.O_RDWR)
    fcntl.ioctl(ours, termios.TIOCSCTTY, 0)  # the keyboard's interruptions reach it
    for stream in range(3):
        os.dup2(ours, stream)
    os.close(ours)
    sys.stdin = os.fdopen(0, encoding=encoding, errors="strict")
    sys.stdout = os.fdopen(1, "w", encoding=encoding, errors="strict")
    sys.stderr = os.fdopen(2, "w", encoding=encoding, errors="backslashreplace")
    main(["fix", path, "--date", "2026-09-30"])


@pytest.mark.slow
@pytest.mark.parametrize(
    ("keys", "status", "said"),
    [
        (b"oui\n", 0, "2 réparations faites"),
        (b"o\n", 0, "2 réparations faites"),
        (b"O\n", 0, "2 réparations faites"),
        (b" Oui. \n", 0, "2 réparations faites"),
        (b"y\n", 0, "2 réparations faites"),
        (b"non\n", 0, "Rien n'est écrit."),
        (b"N\n", 0, "Rien n'est écrit."),
        (b"\n", 0, "Rien n'est écrit."),
        (b"\x04", 2, INTERRUPTED),
        (b"\x03", 2, INTERRUPTED),
    ],
)
def test_the_answer(keys: bytes, status: int, said: str, data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "l'équipe.xlsx"
    path.write_bytes(data)
    terminal = Terminal(path)
    terminal.wait("Faire ces 2 réparations ? (oui ou non ; Entrée : non) ".encode())
    terminal.type(keys)
    assert terminal.end() == status
    assert said in terminal.shown.decode()
    assert (path.read_bytes() != data) == ("faites" in said)


@pytest.mark.slow
@pytest.mark.parametrize("keys", ["peut-être\n".encode(), b"\xe9\n", b"10\n"])
@pytest.mark.parametrize("encoding", ["utf-8", "cp437", "ascii"])
def test_another_word_is_asked_again(
    keys: bytes, encoding: str, data: bytes, tmp_path: Path
) -> None:
    path = tmp_path / "suivi.xlsx"
    path.write_bytes(data)
    terminal = Terminal(path, encoding)
    terminal.wait(b"(oui ou non ;")
    terminal.type(keys)
    terminal.wait(b"pondez ")
    terminal.wait(b"(oui ou non ;", times=2)
    terminal.type(b"oui\n")
    assert terminal.end() == 0
    assert b"rror" not in terminal.shown
    assert path.read_bytes() != data
