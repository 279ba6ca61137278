"""`fix` asks in French and understands the answer: in a terminal, with what people type."""

from __future__ import annotations

import os
import select
import subprocess
import sys
import time
from pathlib import Path

import pytest

from cedre_xlsx import api
from cedre_xlsx.workbook.template.filling import Filling

pty = pytest.importorskip("pty")

LATE = 60.0  # seconds: a busy machine
INTERRUPTED = "Interrompu : rien n'a été modifié."


@pytest.fixture(scope="module")
def data() -> bytes:
    rows = [{"last_name": "Durand ", "first_name": "Marie", "title": "mme"}]
    return api.workbook_bytes(Filling(rows={"tPersonnes": rows}))


class Terminal:
    """`fix` run in a terminal: what it shows, what is typed."""

    def __init__(self, path: Path, **environment: str) -> None:
        self.shown = b""
        self.master, slave = pty.openpty()
        self.process = subprocess.Popen(
            [sys.executable, "-c", _IN_ITS_TERMINAL, str(path), "--date", "2026-09-30"],
            stdin=slave, stdout=slave, stderr=slave, start_new_session=True,
            env={**os.environ, **environment},
        )  # fmt: skip
        os.close(slave)

    def wait(self, words: bytes, times: int = 1) -> None:
        while self.shown.count(words) < times:
            assert self.read(), self.shown

    def read(self) -> bool:
        if not select.select([self.master], [], [], LATE)[0]:
            self.process.kill()
        try:
            more = os.read(self.master, 4096)
        except OSError:  # the other end is closed
            return False
        self.shown += more
        return bool(more)

    def type(self, keys: bytes) -> None:
        time.sleep(0.3)  # what is pressed before the keyboard is listened to may be lost
        os.write(self.master, keys)

    def end(self) -> int:
        while self.read():
            pass
        os.close(self.master)
        return self.process.wait(LATE)


#: The keyboard's interruptions reach a process whose terminal this is.
_IN_ITS_TERMINAL = (
    "import fcntl, sys, termios; fcntl.ioctl(0, termios.TIOCSCTTY, 0); "
    "from cedre_xlsx.cli import main; main(['fix', *sys.argv[1:]])"
)


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
    terminal = Terminal(path, PYTHONIOENCODING=f"{encoding}:strict")
    terminal.wait(b"(oui ou non ;")
    terminal.type(keys)
    terminal.wait(b"pondez ")
    terminal.wait(b"(oui ou non ;", times=2)
    terminal.type(b"oui\n")
    assert terminal.end() == 0
    assert b"rror" not in terminal.shown
    assert path.read_bytes() != data
