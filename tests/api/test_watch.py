"""`watch`, with a process of its own that looks at files being saved as programs save them."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

import cedre_xlsx
from cedre_xlsx.api import opening, refreshing, watching
from cedre_xlsx.api.watching import QUIET, State, _Watcher
from cedre_xlsx.schema.errors import CedreError
from tests.api.watch_for_long import watch_while_people_work
from tests.edited_package import Package, set_text
from tests.hands import grid, typed
from tests.support import ROOT, few

SEED_EXAMPLE = ROOT / "examples/exemples-4-et-5.xlsx"
LATE = 40.0  # seconds: a busy machine
NOTHING_MORE = QUIET + 2.5  # seconds in which a second refresh would have begun


class Watching:
    """The command at work: its lines, as they come."""

    def __init__(self, *arguments: str | Path, environment: Mapping[str, str]) -> None:
        self.lines: list[str] = []
        self.process = subprocess.Popen(
            [sys.executable, "-m", "cedre_xlsx", "watch", *map(str, arguments)],
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, encoding="utf-8",
            cwd=ROOT, env=environment,
        )  # fmt: skip
        self.reader = threading.Thread(target=self.read)
        self.reader.start()
        self.wait("surveillance commencée")

    def read(self) -> None:
        assert self.process.stdout is not None
        self.lines.extend(line.rstrip("\n") for line in self.process.stdout)

    def said(self, words: str) -> list[str]:
        return [line for line in self.lines if words in line]

    def wait(self, words: str, times: int = 1) -> None:
        end = time.monotonic() + LATE
        while len(self.said(words)) < times:
            assert time.monotonic() < end, f"never said: {words}\n{self.lines}"
            assert self.process.poll() is None, self.lines
            time.sleep(0.05)

    def stop(self, by: int = signal.SIGTERM) -> int:
        self.process.send_signal(by)
        status = self.process.wait(LATE)
        self.reader.join()
        return status

    def end(self) -> None:
        self.process.kill()
        self.process.wait()
        self.reader.join()
        if self.process.stdout:
            self.process.stdout.close()


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[..., Watching]]:
    """Start the command; ended with the test. Its temporary folder is under `tmp`."""
    begun: list[Watching] = []
    (tmp_path / "tmp").mkdir()

    def begin(*arguments: str | Path) -> Watching:
        environment = {**os.environ, "TMPDIR": str(tmp_path / "tmp")}
        begun.append(Watching(*arguments, environment=environment))
        return begun[-1]

    yield begin
    for one in begun:
        one.end()


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    """A workbook in a folder with a difficult name; it was never refreshed."""
    folder = tmp_path / "Suivi d'été & co"
    folder.mkdir()
    return Path(shutil.copy(SEED_EXAMPLE, folder / "l'équipe 100%.xlsx"))


def save(path: Path, text: str, *, in_place: bool = True) -> None:
    """Type a text in Suivi and save, in the file itself, or beside it and then in its place."""
    data = typed(path.read_bytes(), "Suivi", {"D5": text})
    if in_place:
        path.write_bytes(data)
    else:
        path.with_name("0A1B2C3D.tmp").write_bytes(data)
        path.with_name("0A1B2C3D.tmp").replace(path)


def text_of(path: Path) -> Any:
    return grid(path.read_bytes(), "Suivi")[4][3]


def is_up_to_date(path: Path) -> bool:
    return not cedre_xlsx.refresh(path, dry_run=True).changed


@pytest.mark.slow
@pytest.mark.parametrize("way", ["file", "folder", "link, looked at"])
def test_a_burst_of_saves_counts_once_and_our_own_writing_never(
    workbook: Path, start: Callable[..., Watching], tmp_path: Path, way: str
) -> None:
    place: dict[str, tuple[str | Path, ...]] = {
        "file": (workbook,),
        "folder": (workbook.parent,),
        "link, looked at": (tmp_path / "lien.xlsx", "--poll"),
    }
    (tmp_path / "lien.xlsx").symlink_to(workbook)
    watching = start(*place[way])
    for number in range(8):
        save(workbook, f"Texte {number}", in_place=number % 2 == 0)
        time.sleep(0.2)
    watching.wait("contrôlé et actualisé")
    time.sleep(NOTHING_MORE)
    assert len(watching.said("contrôlé")) == 1
    assert text_of(workbook) == "Texte 7"
    assert is_up_to_date(workbook)
    if way == "file":
        save(workbook, "Plus tard")
        watching.wait("contrôlé", times=2)
        assert is_up_to_date(workbook)
    assert watching.stop() == 0
    assert len(watching.said("contrôlé")) == (2 if way == "file" else 1)
    assert {path.name for path in workbook.parent.iterdir()} == {workbook.name}
    assert list((tmp_path / "tmp").iterdir()) == []


def lock_of_excel(path: Path) -> Path:
    lock = path.with_name(f"~${path.name}")
    lock.write_bytes(b"\x0cAude Lafleur" + bytes(100))
    return lock


def lock_of_libreoffice(path: Path) -> Path:
    lock = path.with_name(f".~lock.{path.name}#")
    lock.write_text(",Aude Lafleur,poste,01.01.2026 09:00,file:///x;", encoding="utf-8")
    return lock


@pytest.mark.slow
def test_nothing_is_done_while_it_is_open(workbook: Path, start: Callable[..., Watching]) -> None:
    """In Excel, then in LibreOffice."""
    watching = start(workbook.parent)
    for times, opened in enumerate((lock_of_excel, lock_of_libreoffice), 1):
        lock = opened(workbook)
        for text in (f"Un {times}", f"Deux {times}"):
            save(workbook, text)
            time.sleep(QUIET + 1)
            assert text_of(workbook) == text
        assert not is_up_to_date(workbook)
        assert len(watching.said("encore ouvert")) == times
        lock.unlink()
        watching.wait("contrôlé et actualisé", times)
        assert is_up_to_date(workbook)
    assert watching.stop() == 0
    assert not watching.said("Lafleur")


@pytest.mark.slow
@pytest.mark.parametrize("by", few([signal.SIGINT, signal.SIGTERM, signal.SIGHUP]))
def test_it_stops_when_told(workbook: Path, start: Callable[..., Watching], by: int) -> None:
    before = signal.signal(by, signal.SIG_DFL)  # the tests themselves may run under nohup
    watching = start(workbook)
    signal.signal(by, before)
    assert watching.stop(by) == 0
    assert watching.lines[-1] == "Surveillance arrêtée."


@pytest.mark.slow
def test_a_session_that_ends_stops_it_unless_nohup_said_so(workbook: Path) -> None:
    with subprocess.Popen(
        ["nohup", sys.executable, "-m", "cedre_xlsx", "watch", str(workbook)],
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, cwd=ROOT,
    ) as process:  # fmt: skip
        assert process.stdout is not None
        process.stdout.readline()
        process.send_signal(signal.SIGHUP)
        with pytest.raises(subprocess.TimeoutExpired):
            process.wait(1.5)
        process.terminate()
        assert process.wait(LATE) == 0


@pytest.mark.slow
def test_stopped_at_work_it_finishes_first(workbook: Path, start: Callable[..., Watching]) -> None:
    watching = start(workbook)
    save(workbook, "Texte")
    time.sleep(QUIET + 0.7)  # about when it works
    assert watching.stop() == 0
    assert is_up_to_date(workbook) == bool(watching.said("contrôlé et actualisé"))
    assert [path.name for path in workbook.parent.iterdir()] == [workbook.name]


@pytest.mark.slow
def test_copies_in_conflict_are_said_and_left_alone(
    workbook: Path, start: Callable[..., Watching]
) -> None:
    there = workbook.with_name(f"{workbook.stem} (1).xlsx")
    shutil.copy(SEED_EXAMPLE, there)
    watching = start(workbook.parent)
    said = f"une copie en conflit est à côté de {workbook.name}"
    watching.wait(said)
    copy = workbook.with_name(f"{workbook.stem} (copie en conflit d'Aude Lafleur).xlsx")
    shutil.copy(SEED_EXAMPLE, copy)
    watching.wait(said, times=2)
    save(copy, "Dans la copie")
    save(workbook, "Dans le classeur")
    watching.wait("contrôlé et actualisé")
    assert watching.said("une copie en conflit est à côté")
    time.sleep(NOTHING_MORE)
    assert watching.stop() == 0
    assert len(watching.said("contrôlé")) == 1
    assert len(watching.said(said)) == 2
    assert not watching.said("Lafleur")  # the name of a copy may be a colleague's
    assert (text_of(copy), is_up_to_date(copy)) == ("Dans la copie", False)


@pytest.mark.slow
def test_what_is_not_ours_stays_as_it_is(workbook: Path, start: Callable[..., Watching]) -> None:
    from openpyxl import Workbook

    foreign, broken = workbook.with_name("budget.xlsx"), workbook.with_name("cassé.xlsx")
    watching = start(workbook.parent)
    book = Workbook()
    book["Sheet"]["A1"] = "Aude Lafleur"
    book.save(foreign)
    broken.write_bytes(b"PK\x03\x04 Aude Lafleur PK\x05\x06")
    workbook.with_name("notes.txt").write_text("rien", encoding="utf-8")
    before = foreign.read_bytes()
    watching.wait("budget.xlsx : pas un classeur CEDRE")
    watching.wait("cassé.xlsx : n'a pas pu être actualisé")
    save(workbook, "Texte")
    watching.wait("contrôlé et actualisé")
    assert watching.stop() == 0
    assert foreign.read_bytes() == before
    assert broken.read_bytes() == b"PK\x03\x04 Aude Lafleur PK\x05\x06"
    assert not watching.said("notes.txt")
    assert not watching.said("Lafleur")


@pytest.mark.slow
def test_lines_hold_the_hour_the_name_and_counts_only(
    workbook: Path, start: Callable[..., Watching]
) -> None:
    watching = start(workbook)
    save(workbook, "Voir M. Christian")
    watching.wait("contrôlé")
    watching.stop()
    hour, name = r"\d\d/\d\d/\d{4} \d\d:\d\d:\d\d  ", re.escape(workbook.name)
    counts = r"(\d+ (erreur|avertissement|information|constat accepté|constats acceptés)s?[,.] ?)+"
    for line, pattern in zip(
        watching.lines,
        [
            rf"{hour}{name} : surveillance commencée \(Ctrl-C : arrêt\)\.",
            rf"{hour}{name} : contrôlé et actualisé\. {counts}",
            r"Surveillance arrêtée\.",
        ],
        strict=True,
    ):
        assert re.fullmatch(pattern, line), line
    assert not re.search("christian|carine", "".join(watching.lines), re.IGNORECASE)


# --- what it knows, with a clock of the test's own ---


@pytest.mark.slow
def test_a_sheet_that_is_not_found_is_named(watcher: _Watcher, workbook: Path) -> None:
    package = Package(workbook.read_bytes())
    package.tab("Freins").set("name", "Autre")
    for cell in package.sheet("Autre").heading_row:
        set_text(cell, "Autre chose")
    package.save(workbook)
    assert states(watcher, 0) == []
    [done] = watcher.look(QUIET, watcher.seen())
    assert done.state is State.REFRESHED
    assert "Attention : la feuille « Freins » n'a pas été trouvée" in done.sentence


@pytest.fixture
def watcher(workbook: Path) -> _Watcher:
    one = _Watcher(workbook.parent, workbook.parent, "")
    assert [event.state for event in one.start()] == [State.STARTED]
    return one


def states(watcher: _Watcher, now: float) -> list[State]:
    return [event.state for event in watcher.look(now, watcher.seen())]


@pytest.mark.slow
def test_each_save_of_a_burst_begins_the_wait_again(watcher: _Watcher, workbook: Path) -> None:
    assert states(watcher, 0) == []
    for now in (10, 11, 12):
        save(workbook, f"à {now}")
        assert states(watcher, now) == []
    assert states(watcher, 12 + QUIET - 0.1) == []
    assert states(watcher, 12 + QUIET) == [State.REFRESHED]
    assert states(watcher, 20) == []
    assert states(watcher, 30) == []


@pytest.mark.slow
def test_touched_or_saved_again_as_it_was_is_no_save(watcher: _Watcher, workbook: Path) -> None:
    save(workbook, "Texte")
    states(watcher, 0)
    assert states(watcher, 5) == [State.REFRESHED]
    for now in (10, 20):
        workbook.write_bytes(workbook.read_bytes())
        assert states(watcher, now) == []
        assert states(watcher, now + 5) == []


@pytest.mark.slow
def test_a_save_of_the_same_size_and_second_is_known_by_its_change(
    watcher: _Watcher, workbook: Path
) -> None:
    mark = workbook.stat()
    data = bytearray(typed(workbook.read_bytes(), "Suivi", {"D5": "Texte"}))
    workbook.write_bytes(data)
    os.utime(workbook, ns=(mark.st_atime_ns, mark.st_mtime_ns))
    watcher.marks[workbook] = (len(data), *watcher.marks[workbook][1:])
    assert states(watcher, 0) == []
    assert states(watcher, 5) == [State.REFRESHED]


@pytest.mark.slow
def test_saved_between_reading_and_writing_it_waits_for_the_next_look(
    watcher: _Watcher, workbook: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made, times = refreshing._made, []

    def made_while_someone_saves(path: Path, *options: Any) -> Any:
        done = made(path, *options)
        if not times:
            save(path, "Entre-temps")
        times.append(path)
        return done

    monkeypatch.setattr(refreshing, "_made", made_while_someone_saves)
    save(workbook, "Texte")
    states(watcher, 0)
    assert states(watcher, 5) == []
    assert text_of(workbook) == "Entre-temps"
    assert states(watcher, time.monotonic()) == []
    assert states(watcher, time.monotonic() + 60) == [State.REFRESHED]
    assert text_of(workbook) == "Entre-temps"
    assert is_up_to_date(workbook)


@pytest.mark.slow
def test_opened_between_reading_and_writing_it_is_not_written(
    watcher: _Watcher, workbook: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = refreshing._made

    def made_while_someone_opens(path: Path, *options: Any) -> Any:
        lock_of_excel(path)
        return made(path, *options)

    monkeypatch.setattr(refreshing, "_made", made_while_someone_opens)
    save(workbook, "Texte")
    states(watcher, 0)
    before = workbook.read_bytes()
    assert states(watcher, 5) == []
    assert workbook.read_bytes() == before
    monkeypatch.setattr(refreshing, "_made", made)
    now = time.monotonic()
    assert states(watcher, now + 60) == [State.WAITING]
    workbook.with_name(f"~${workbook.name}").unlink()
    assert states(watcher, now + 70) == [State.REFRESHED]


@pytest.mark.slow
def test_a_copy_that_replaces_its_original_becomes_the_workbook(
    watcher: _Watcher, workbook: Path
) -> None:
    copy = workbook.with_name(f"{workbook.stem} (2).xlsx")
    shutil.copy(workbook, copy)
    assert states(watcher, 0) == [State.COPY]
    workbook.unlink()
    assert states(watcher, 10) == []
    assert states(watcher, 20) == [State.REFRESHED]


def test_a_folder_that_is_called_as_a_workbook_is_none(watcher: _Watcher, workbook: Path) -> None:
    folder = workbook.with_name("archives.xlsx")
    folder.mkdir()
    (folder / "2025.xlsx").touch()
    for now in (0, 10, 20):
        assert states(watcher, now) == []


@pytest.mark.slow
@pytest.mark.parametrize(
    ("refusal", "cause"),
    [(CedreError("l'écriture est refusée"), PermissionError(13, "x")), (OSError(28, "x"), None)],
)
def test_what_the_system_refuses_is_tried_again(
    watcher: _Watcher,
    workbook: Path,
    monkeypatch: pytest.MonkeyPatch,
    refusal: Exception,
    cause: Exception | None,
) -> None:
    def refused(*_args: Any, **_options: Any) -> None:
        raise refusal from cause

    save(workbook, "Texte")
    states(watcher, 0)
    with monkeypatch.context() as patched:
        patched.setattr(refreshing, "replace_file", refused)
        assert states(watcher, 5) == [State.WAITING]
        assert states(watcher, time.monotonic()) == []
        assert states(watcher, time.monotonic() + 60) == []
    assert states(watcher, time.monotonic() + 120) == [State.REFRESHED]
    assert is_up_to_date(workbook)


@pytest.mark.slow
def test_a_copy_under_way_is_waited_for(
    watcher: _Watcher, workbook: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Said once, and dealt with when it is whole."""
    monkeypatch.setattr(watching, "_AGAIN", 0.0)
    whole = workbook.read_bytes()
    workbook.write_bytes(whole[:9000])
    now = time.monotonic()
    assert states(watcher, now) == []
    assert states(watcher, now + QUIET) == [State.WAITING]
    assert states(watcher, time.monotonic() + 2 * QUIET) == []
    workbook.write_bytes(whole)
    now = time.monotonic()
    assert states(watcher, now) == []
    assert states(watcher, now + QUIET) == [State.REFRESHED]


def test_a_drive_that_goes_and_comes_back_is_said_once(watcher: _Watcher, workbook: Path) -> None:
    away = workbook.parent.with_name("ailleurs")
    workbook.parent.rename(away)
    assert states(watcher, 0) == [State.LOST]
    assert states(watcher, 10) == []
    away.rename(workbook.parent)
    assert states(watcher, 20) == [State.BACK]
    assert states(watcher, 30) == []


# --- wrong use, and for long ---


@pytest.mark.slow
@pytest.mark.parametrize(
    ("place", "said"),
    few([("absent.xlsx", "n'existe pas"), ("notes.txt", "seul un classeur .xlsx")]),
)
def test_wrong_use_is_said(tmp_path: Path, place: str, said: str) -> None:
    (tmp_path / "notes.txt").touch()
    done = subprocess.run(
        [sys.executable, "-m", "cedre_xlsx", "watch", str(tmp_path / place)],
        capture_output=True, text=True, encoding="utf-8", cwd=ROOT, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr


@pytest.mark.slow
def test_a_save_is_read_once(
    watcher: _Watcher, workbook: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read, times = opening.read_whole, []

    def counted(data: bytes, path: Path, **options: Any) -> Any:
        times.append(path)
        return read(data, path, **options)

    monkeypatch.setattr(opening, "read_whole", counted)
    save(workbook, "Texte")
    states(watcher, 0)
    assert states(watcher, 5) == [State.REFRESHED]
    assert times == [workbook]
    assert states(watcher, 10) == states(watcher, 20) == []
    assert times == [workbook]


@pytest.mark.slow
def test_a_file_that_is_away_for_a_moment_is_waited_for(watcher: _Watcher, workbook: Path) -> None:
    """Programs that save put the old file aside, then the new one in its place."""
    aside = workbook.with_name("aside.tmp")
    workbook.rename(aside)
    assert states(watcher, 0) == []
    save(aside, "Texte")
    aside.rename(workbook)
    assert states(watcher, 1) == []
    assert states(watcher, 1 + QUIET) == [State.REFRESHED]
    assert text_of(workbook) == "Texte"


def test_looking_costs_next_to_nothing(watcher: _Watcher, workbook: Path) -> None:
    for number in range(300):
        workbook.with_name(f"courrier {number}.docx").touch()
    begun = time.process_time()
    for now in range(100):
        assert states(watcher, now) == []
    assert (time.process_time() - begun) / 100 < 0.005 * watching._LOOK  # of a processor


def test_a_drive_that_answers_slowly_is_looked_at_seldom(
    watcher: _Watcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    pauses: list[float] = []

    class Stop(threading.Event):
        def wait(self, timeout: float | None = None) -> bool:
            pauses.append(timeout or 0)
            return len(pauses) == 4

    begun_and_ended = iter([0.0, 0.0, 10.0, 10.125, 20.0, 21.0])
    monkeypatch.setattr(watching, "time", SimpleNamespace(monotonic=lambda: next(begun_and_ended)))
    monkeypatch.setattr(watcher, "start", lambda: iter(()))
    monkeypatch.setattr(watcher, "seen", dict)
    monkeypatch.setattr(watcher, "look", lambda *_: iter(()))
    assert list(watching._watching(watcher, Stop())) == []
    assert pauses == [1.0, 1.0, 6.25, 10.0]


@pytest.mark.slow
def test_people_at_work_for_a_while() -> None:
    figures = watch_while_people_work(6, seed=7)
    assert figures.is_good, figures
