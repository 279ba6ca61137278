"""Kill `refresh` at many instants of its run, and look at what is left.

    python -m tests.api.kill_refresh [KILLS]

After each kill, the workbook must be the old one or the new one to the byte; after the next run,
nothing may lie beside it, and every text that was typed must still be there.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from random import Random

from cedre_xlsx import api
from tests.hands import grid, typed
from tests.support import ROOT

EXAMPLE = ROOT / "examples" / "association.xlsx"
DAYS = (date(2026, 9, 30), date(2026, 10, 15))
#: What people typed: in Synthèse, in Contrôle, in cells of ours of Réunion and Périodes.
TYPED = {
    "Synthèse": {"K8": "Voir Paul", "K12": "Rappeler lundi"},
    "Contrôle": {"I7": "Accord de la direction", "I9": "En formation"},
    "Réunion": {"D9": "Fait en séance"},
    "Périodes": {"E8": "à vérifier"},
}
_WRITING = 4  # one kill in so many waits until the new file is being written


@dataclass
class Figures:
    """What the kills left behind."""

    kills: int = 0
    old: int = 0
    new: int = 0
    finished: int = 0
    during_writing: int = 0
    broken: int = 0
    leftovers_after_next_run: int = 0
    lost: Counter[str] = field(default_factory=Counter)

    def __str__(self) -> str:
        return (
            f"{self.kills} kills ({self.finished} runs had ended): {self.old} times the old file, "
            f"{self.new} times the new one; {self.during_writing} left a temporary file; "
            f"{self.broken} broken files, {self.leftovers_after_next_run} leftovers after the next "
            f"run, {self.lost.total()} lost texts {dict(self.lost) or ''}".rstrip()
        )


def kill_many(kills: int, folder: Path, workbook: Path = EXAMPLE, seed: int = 1) -> Figures:
    """Kill so many refreshes, spread over the whole run, in a folder of their own."""
    path = folder / "suivi.xlsx"
    shutil.copy(workbook, path)
    api.refresh(path, on=DAYS[0])
    data = path.read_bytes()
    for title, cells in TYPED.items():
        data = typed(data, title, dict(cells))
    path.write_bytes(data)
    api.refresh(path, on=DAYS[0])
    figures = Figures()
    random = Random(seed)
    whole = _seconds(path)
    expected_of: dict[bytes, bytes] = {}  # nearly always the same file is to be refreshed again
    for number in range(kills):
        before = path.read_bytes()
        if before not in expected_of:
            expected_of[before] = _expected(path, DAYS[1])
        expected = expected_of[before]
        if number % _WRITING == _WRITING - 1:
            ended = _kill_while_writing(path, random.uniform(0, 0.004))
        else:
            ended = _kill_after(path, whole * 1.02 * (number + random.random()) / kills)
        figures.kills += 1
        figures.finished += ended
        figures.during_writing += any(_temporaries(folder))
        _judge(figures, path.read_bytes(), before, expected)
        api.refresh(path, on=DAYS[0])  # the next run
        figures.leftovers_after_next_run += len(list(_others(folder)))
        figures.lost += _lost(path.read_bytes())
    return figures


def _command(path: Path) -> list[str]:
    return [
        sys.executable, "-m", "cedre_xlsx", "refresh", str(path), "--date", DAYS[1].isoformat(),
    ]  # fmt: skip


def _started(path: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        _command(path), cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )


def _seconds(path: Path) -> float:
    """How long a run lasts, on a copy."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / path.name
        shutil.copy(path, copy)
        start = time.perf_counter()
        _started(copy).wait()
        return time.perf_counter() - start


def _expected(path: Path, on: date) -> bytes:
    """What the refresh makes of the file when nobody kills it: it is the same each time."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / path.name
        shutil.copy(path, copy)
        api.refresh(copy, on=on)
        return copy.read_bytes()


def _kill_after(path: Path, seconds: float) -> bool:
    """Kill it then; True when it had ended already."""
    process = _started(path)
    try:
        process.wait(timeout=seconds)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
        return False
    return True


def _kill_while_writing(path: Path, seconds: float) -> bool:
    """Kill it soon after the new file appeared beside the old one."""
    process = _started(path)
    while process.poll() is None and not any(_temporaries(path.parent)):
        time.sleep(0.0002)
    time.sleep(seconds)
    ended = process.poll() is not None
    process.kill()
    process.wait()
    return ended


def _temporaries(folder: Path) -> Iterator[Path]:
    return folder.glob(".cedre-*")


def _others(folder: Path) -> Iterator[Path]:
    return (one for one in folder.iterdir() if one.name != "suivi.xlsx")


def _judge(figures: Figures, now: bytes, before: bytes, expected: bytes) -> None:
    if now == before:
        figures.old += 1
    elif now == expected:
        figures.new += 1
    else:
        figures.broken += 1


def _lost(data: bytes) -> Counter[str]:
    """The texts that were typed and are no longer in their sheet."""
    found: Counter[str] = Counter()
    for title, cells in TYPED.items():
        shown = [str(value) for row in grid(data, title) for value in row]
        found.update(
            text for text in cells.values() if not any(one.startswith(text) for one in shown)
        )
    return found


def main() -> int:
    """Kill, and print the figures; 1 when something was broken, left or lost."""
    kills = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    with tempfile.TemporaryDirectory(prefix="kill_refresh_") as folder:
        figures = kill_many(kills, Path(folder))
    sys.stdout.write(f"{figures}\n")
    wrong = figures.broken or figures.leftovers_after_next_run or figures.lost
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
