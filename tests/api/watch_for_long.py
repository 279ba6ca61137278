"""Save workbooks at random while `watch` runs, and look at what it did.

    python -m tests.api.watch_for_long [MINUTES]

Invented colleagues open, save in bursts and close three workbooks of a folder, as Excel and as
LibreOffice do, while copies in conflict and workbooks of others come and go. At the end each text
that was typed must be there, each workbook must be up to date, and `watch` must never have written
while a lock was there, nor more than once for a burst, nor a name in its log.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from random import Random

from cedre_xlsx import api
from tests.hands import grid, typed
from tests.support import ROOT

EXAMPLE = ROOT / "examples" / "exemples-4-et-5.xlsx"
COLLEAGUES = {
    "suivi.xlsx": "Aude Lafleur",
    "l'été & co.xlsx": "Bruno Duchêne",
    "équipe 2.xlsx": "Chloé Durocher",
}
#: What is under way when a lock appears may take so long to be finished.
UNDER_WAY = 1.0  # seconds
_SETTLED = 12.0  # seconds without a line in the log: the last save was dealt with
_LATEST = 120.0  # seconds; a busy machine refreshes slowly


@dataclass
class Figures:
    """What was done to the workbooks, and what was seen."""

    sessions: int = 0
    saves: int = 0
    refreshed: int = 0
    written_under_lock: int = 0
    lost_texts: int = 0
    stale: int = 0
    names_in_log: int = 0
    failures: int = 0
    foreign_changed: int = 0
    leftovers: int = 0
    status: int | None = None
    grown: int = 0  # kilobytes of memory since the first refreshes

    @property
    def is_good(self) -> bool:
        wrong = (
            self.written_under_lock + self.lost_texts + self.stale + self.names_in_log
            + self.failures + self.foreign_changed + self.leftovers
        )  # fmt: skip
        return wrong == 0 and self.status == 0 and 0 < self.refreshed <= self.sessions


@dataclass
class Colleague:
    """Who opens a workbook, types in Suivi, saves and closes it."""

    path: Path
    name: str
    random: Random
    figures: Figures
    texts: dict[str, str] = field(default_factory=dict)

    def work(self, end: float) -> None:
        while time.monotonic() < end:
            self.session()
            time.sleep(self.random.uniform(0.2, 9))

    def session(self) -> None:
        with self.lock():
            time.sleep(UNDER_WAY)
            data = self.path.read_bytes()
            time.sleep(self.random.uniform(0, 3))
            for _ in range(self.random.randint(1, 4)):
                if self.path.read_bytes() != data:
                    self.figures.written_under_lock += 1
                data = self.typed(data)
                self.save(data)
                time.sleep(self.random.uniform(0, 0.6))
            time.sleep(self.random.choice([0, 0, 3]))
            if self.path.read_bytes() != data:
                self.figures.written_under_lock += 1
        self.figures.sessions += 1

    def typed(self, data: bytes) -> bytes:
        cell = f"{self.random.choice('CD')}{self.random.randint(5, 12)}"
        self.texts[cell] = f"Texte {self.random.randint(0, 10**9)}"
        return typed(data, "Suivi", {cell: self.texts[cell]})

    @contextmanager
    def lock(self) -> Iterator[None]:
        if self.random.random() < 0.5:
            lock = self.path.with_name(f"~${self.path.name}")
            lock.write_bytes(bytes([len(self.name)]) + self.name.encode("cp1252") + bytes(100))
        else:
            lock = self.path.with_name(f".~lock.{self.path.name}#")
            lock.write_text(f",{self.name},poste,01.01.2026 09:00,file:///x;", encoding="utf-8")
        try:
            yield
        finally:
            lock.unlink()

    def save(self, data: bytes) -> None:
        """In the file itself, or beside it and then in its place: programs do both."""
        if self.random.random() < 0.5:
            self.path.write_bytes(data)
        else:
            beside = self.path.with_name(f"{self.random.randint(0, 10**8):08X}.tmp")
            beside.write_bytes(data)
            beside.replace(self.path)
        self.figures.saves += 1


def visitors(folder: Path, random: Random, end: float) -> None:
    """Copies in conflict that come and go, and a workbook that is none of ours, saved again.

    They are copies of a workbook that nobody saves: `Contrôle` names those of its own.
    """
    foreign = folder / "budget.xlsx"
    content = foreign.read_bytes()
    while time.monotonic() < end:
        copy = folder / f"archive ({random.randint(1, 3)}).xlsx"
        shutil.copy(EXAMPLE, copy)
        foreign.write_bytes(content)
        time.sleep(random.uniform(1, 6))
        copy.unlink()
        time.sleep(random.uniform(1, 6))


def memory(process: subprocess.Popen[str]) -> int:
    """Kilobytes that a process holds; 0 where the system does not tell."""
    try:
        status = Path(f"/proc/{process.pid}/status").read_text(encoding="ascii")
    except OSError:
        return 0
    return next((int(x.split()[1]) for x in status.splitlines() if x.startswith("VmRSS")), 0)


def watch_while_people_work(seconds: float, *, seed: int = 1) -> Figures:
    """Run it all for so long; what was seen."""
    from openpyxl import Workbook

    figures = Figures()
    day = date.today()  # it may be another one in the end
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "Suivi d'équipe"
        folder.mkdir()
        for workbook in (*COLLEAGUES, "archive.xlsx"):
            shutil.copy(EXAMPLE, folder / workbook)
        foreign = Workbook()
        foreign.save(folder / "budget.xlsx")
        before = (folder / "budget.xlsx").read_bytes()
        log: list[str] = []
        with watching(folder, log) as process:
            people = work(folder, seconds, seed, figures, process)
            wait_for_quiet(log)
            figures.grown = memory(process) - figures.grown if figures.grown else 0
            process.terminate()
            figures.status = process.wait(30)
        judge(figures, folder, people, log, before, {day, date.today()})
    return figures


def wait_for_quiet(log: list[str]) -> None:
    """Until the log says nothing more for a while."""
    end = time.monotonic() + _LATEST
    lines, since = len(log), time.monotonic()
    while time.monotonic() < min(since + _SETTLED, end):
        time.sleep(0.2)
        if len(log) != lines:
            lines, since = len(log), time.monotonic()


@contextmanager
def watching(folder: Path, log: list[str]) -> Iterator[subprocess.Popen[str]]:
    """`watch` on a folder, its lines put into `log`; killed if it does not end."""
    process = subprocess.Popen(
        [sys.executable, "-u", "-m", "cedre_xlsx", "watch", str(folder)],
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, encoding="utf-8", cwd=ROOT,
    )  # fmt: skip
    assert process.stdout is not None
    output = process.stdout
    reader = threading.Thread(target=lambda: log.extend(output))
    reader.start()
    try:
        end = time.monotonic() + 30
        while not log and time.monotonic() < end:
            time.sleep(0.05)
        yield process
    finally:
        process.kill()
        process.wait()
        reader.join()
        output.close()


def work(
    folder: Path, seconds: float, seed: int, figures: Figures, process: subprocess.Popen[str]
) -> list[Colleague]:
    end = time.monotonic() + seconds
    people = [
        Colleague(folder / workbook, name, Random(f"{seed}{workbook}"), figures)
        for workbook, name in COLLEAGUES.items()
    ]
    threads = [threading.Thread(target=one.work, args=(end,)) for one in people]
    threads.append(threading.Thread(target=visitors, args=(folder, Random(seed), end)))
    for thread in threads:
        thread.start()
    time.sleep(seconds / 4)
    figures.grown = memory(process)
    for thread in threads:
        thread.join()
    return people


def judge(
    figures: Figures,
    folder: Path,
    people: list[Colleague],
    log: list[str],
    foreign: bytes,
    days: set[date],
) -> None:
    text = "".join(log)
    figures.refreshed = text.count("contrôlé et actualisé")
    figures.failures = text.count("n'a pas pu être actualisé") + text.count("Traceback")
    figures.names_in_log = sum(
        word in text for name in COLLEAGUES.values() for word in (*name.split(), "Texte ")
    )
    figures.foreign_changed = int((folder / "budget.xlsx").read_bytes() != foreign)
    figures.leftovers = sum(path.suffix == ".tmp" for path in folder.iterdir())
    for one in people:
        figures.stale += all(api.refresh(one.path, on=day, dry_run=True).changed for day in days)
        there = {
            str(value) for row in grid(one.path.read_bytes(), "Suivi") for value in row if value
        }
        figures.lost_texts += len(set(one.texts.values()) - there)


def main() -> int:
    minutes = float(sys.argv[1]) if len(sys.argv) > 1 else 10
    figures = watch_while_people_work(minutes * 60)
    print(figures)
    return 0 if figures.is_good else 1


if __name__ == "__main__":
    sys.exit(main())
