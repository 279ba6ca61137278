"""Every verb that writes does to a protected workbook what it does to a clear one, and protects it.

The same verb runs on the same workbook with and without a password: what the protected file holds
afterwards is what the clear one is, to the byte; and nothing clear was ever on the disk.
"""

from __future__ import annotations

import hashlib
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile, is_zipfile

import pytest

from cedre_xlsx import api
from cedre_xlsx.api.watching import QUIET, State
from cedre_xlsx.cli import main
from cedre_xlsx.files.protection import is_protected
from cedre_xlsx.files.protection.keyring import VARIABLE
from cedre_xlsx.schema.errors import CedreError
from tests.files.protected_files import PASSWORD, locked, opened
from tests.hands import typed
from tests.intake.intake_support import empty_book
from tests.intake.platform_export import platform_export
from tests.paperwork.form_models import prolongation
from tests.reports.test_minutes import points
from tests.small_association import LATER, ON, new_workbook, refreshed_workbook
from tests.support import ROOT, few

OLE = b"\xd0\xcf\x11\xe0"


@cache
def decided() -> bytes:
    """A workbook with a decision typed in Réunion."""
    row = points(refreshed_workbook())[0][0]
    return typed(refreshed_workbook(), "Réunion", {f"E{row}": "Appeler la mairie"})


def someone(path: Path) -> str:
    return next(iter(api.opening.opened(path, ON).records.persons))


def note(path: Path, aside: Path) -> Path:
    found = api.find_referent(path, [someone(path)], note=True, on=ON)
    api.apply_referent(found, aside)
    return path


def imported(path: Path, aside: Path, **options: Path) -> Path:
    api.import_tables([platform_export(aside / "export.xlsx")], path, on=ON, **options)
    return options.get("output", path)


def migrated(path: Path, aside: Path) -> Path:
    """The workbook itself is the old table of a new one."""
    api.migrate([path], aside / "neuf.xlsx", sheet="Personnes", on=ON)
    return aside / "neuf.xlsx"


def filled(path: Path, aside: Path) -> Path:
    (aside / "modele.xlsx").write_bytes(prolongation())
    people = api.opening.opened(path, ON).records.persons.values()
    person = next(one.name for one in people if one.latest.pass_end is not None)
    done = api.fill(aside / "modele.xlsx", path, person=person, on=ON, output=aside / "plein.xlsx")
    assert done.output is not None
    return done.output


def refreshed(path: Path, **options: Path) -> Path:
    return api.refresh(path, on=LATER, **options).path


#: What is done, and to which workbook; it says which file it wrote.
VERBS: dict[str, tuple[Callable[[], bytes], Callable[[Path, Path], Path]]] = {
    "fix": (
        lambda: typed(new_workbook(), "Suivi", {"B5": "04.05.26"}),
        lambda path, _: api.fix(path, on=ON).path,
    ),
    "refresh": (refreshed_workbook, lambda path, _: refreshed(path)),
    "refresh -o": (refreshed_workbook, lambda path, to: refreshed(path, output=to / "b.xlsx")),
    "minutes": (decided, lambda path, to: api.minutes(path, on=LATER, folder=to).path),
    "upgrade": (new_workbook, lambda path, _: api.upgrade(path, packs=["niveaux"]).path),
    "upgrade -o": (
        new_workbook,
        lambda path, to: api.upgrade(path, packs=["niveaux"], output=to / "b.xlsx").path,
    ),
    "import": (empty_book, imported),
    "import -o": (empty_book, lambda path, to: imported(path, to, output=to / "b.xlsx")),
    "migrate": (new_workbook, migrated),
    "print --note": (new_workbook, note),
    "fill": (new_workbook, filled),
}


class Disk:
    """What leaves the disk, or takes another's place, is looked at just before."""

    def __init__(self) -> None:
        self.is_watched = False
        self.clear: list[str] = []
        self.words: Sequence[bytes] = ()
        sys.addaudithook(self.hook)

    def hook(self, event: str, arguments: tuple[object, ...]) -> None:
        if self.is_watched and event in ("os.remove", "os.rename", "os.link", "shutil.rmtree"):
            self.is_watched = False
            try:
                self.look(Path(os.fsdecode(arguments[0])), event)  # type: ignore[arg-type]
            finally:
                self.is_watched = True

    def look(self, path: Path, event: str) -> None:
        for one in path.rglob("*") if path.is_dir() else [path]:
            if one.is_file():
                data = one.read_bytes()
                is_output = one.name.startswith(".cedre-") and not is_zipfile(BytesIO(data))
                if not is_output and self.is_clear(data):
                    self.clear.append(f"{event} {one.name} {data[:40]!r}")

    def is_clear(self, data: bytes) -> bool:
        if data.startswith(b"%PDF") or is_zipfile(BytesIO(data)):
            return True
        return any(word in data for word in self.words)


@cache
def disk() -> Disk:
    return Disk()


@contextmanager
def nothing_clear(words: Sequence[str]) -> Iterator[None]:
    watched = disk()
    watched.clear, watched.words = [], [word.encode() for word in words]
    watched.is_watched = True
    try:
        yield
    finally:
        watched.is_watched = False
    assert watched.clear == []


@pytest.mark.slow
@pytest.mark.parametrize("verb", few(VERBS))
def test_a_verb_does_the_same_and_protects_it(
    verb: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make, work = VERBS[verb]
    paths = [tmp_path / kind / "suivi.xlsx" for kind in ("clair", "protege")]
    for path in paths:
        (path.parent / "aside").mkdir(parents=True)
    clear, protected = paths
    clear.write_bytes(make())
    protected.write_bytes(locked(make()))
    expected = work(clear, clear.parent / "aside").read_bytes()
    with api.passwords(PASSWORD):
        persons = api.opening.opened(protected, ON).records.persons
        names = [name.split()[0] for name in persons]
        names += {one.latest.advisor for one in persons.values() if one.latest.advisor}
        with nothing_clear(names):
            made = work(protected, protected.parent / "aside")
    assert made.read_bytes().startswith(OLE)
    assert opened(made.read_bytes()) == expected
    assert expected != make()
    left = [one for one in tmp_path.rglob("*") if one.name.startswith(".cedre-")]
    assert left == []


@pytest.mark.slow
def test_the_net_for_clear_text_catches_some(tmp_path: Path) -> None:
    """What is watched for above is seen where it is: a clear workbook refreshed."""
    path = tmp_path / "suivi.xlsx"
    path.write_bytes(refreshed_workbook())
    with pytest.raises(AssertionError, match=r"os\.rename"), nothing_clear(["Nobody"]):
        api.refresh(path, on=LATER)


@pytest.mark.slow
def test_a_refresh_that_changes_nothing_leaves_the_bytes(tmp_path: Path) -> None:
    path, other = tmp_path / "suivi.xlsx", tmp_path / "b.xlsx"
    path.write_bytes(locked(refreshed_workbook()))
    before = path.read_bytes()
    with api.passwords(PASSWORD):
        done = api.refresh(path, on=ON)
        assert (done.changed, path.read_bytes()) == (False, before)
        assert done.sha256 == hashlib.sha256(before).hexdigest()
        assert api.refresh(path, on=ON, output=other).changed
        there = other.read_bytes()
        assert not api.refresh(path, on=ON, output=other).changed
        assert other.read_bytes() == there
        other.write_bytes(refreshed_workbook())  # the same, but anybody can read it
        with pytest.raises(CedreError, match="existe déjà"):
            api.refresh(path, on=ON, output=other)


@pytest.mark.slow
def test_a_dry_run_writes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "suivi.xlsx"
    path.write_bytes(locked(refreshed_workbook()))
    before = path.read_bytes()
    with api.passwords(PASSWORD):
        assert api.refresh(path, on=LATER, dry_run=True).changed
    assert path.read_bytes() == before


@pytest.mark.slow
def test_a_protected_table_poured_into_a_clear_workbook_is_said(tmp_path: Path) -> None:
    export, path = platform_export(tmp_path / "export.xlsx"), tmp_path / "suivi.xlsx"
    export.write_bytes(locked(export.read_bytes()))
    path.write_bytes(empty_book())
    with api.passwords(PASSWORD):
        done = api.import_tables([export], path, on=ON)
    assert "export.xlsx est protégé par un mot de passe, et le classeur où" in done.warnings[0]
    assert not is_protected(path)


@pytest.mark.slow
def test_a_workbook_and_its_source_have_each_their_password(tmp_path: Path) -> None:
    """They are read at the same time; each keeps its own."""
    export, path = platform_export(tmp_path / "export.xlsx"), tmp_path / "suivi.xlsx"
    export.write_bytes(locked(export.read_bytes(), "Autre-2"))
    path.write_bytes(locked(empty_book()))
    with api.passwords("Autre-2", PASSWORD):
        assert api.import_tables([export], path, on=ON).warnings == ()
    assert opened(path.read_bytes()).startswith(b"PK")


@pytest.mark.slow
def test_a_filled_form_keeps_the_password_of_its_model(tmp_path: Path) -> None:
    path, model = tmp_path / "suivi.xlsx", tmp_path / "modele.xlsx"
    path.write_bytes(new_workbook())
    model.write_bytes(locked(prolongation(), "Autre-2"))
    people = api.opening.opened(path, ON).records.persons.values()
    person = next(one.name for one in people if one.latest.pass_end is not None)
    with api.passwords("Autre-2"):
        done = api.fill(model, path, person=person, on=ON)
    assert done.output is not None
    assert opened(done.output.read_bytes(), "Autre-2").startswith(b"PK")


#: The words of a command on a protected workbook, and what the error stream says of its files.
SAID = {
    ("check", "-o", "constats.html", "--format", "html"):
        "Attention : constats.html n'est pas protégé par le mot de passe",
    ("check", "--format", "json"): "Attention : ce qui est affiché n'est pas protégé",
    ("stats", "-o", "chiffres.csv", "--format", "csv"): "Attention : chiffres.csv n'est pas",
    ("print", "--all", "-o", "pdf"): "ne sont pas protégés par le mot de passe",
    ("refresh", "-o", "autre.xlsx"): "Protégé par le même mot de passe que l'original : autre.xlsx",
}  # fmt: skip


@pytest.mark.parametrize("words", few(SAID, 3))
def test_which_files_are_protected_is_said_once(
    words: tuple[str, ...],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv(VARIABLE, PASSWORD)
    Path("suivi.xlsx").write_bytes(locked(new_workbook()))
    with pytest.raises(SystemExit) as ended:
        main([words[0], "suivi.xlsx", *words[1:], "--date", ON.isoformat()])
    said = capsys.readouterr()
    assert ended.value.code in (0, 1)
    assert said.err.count(SAID[words]) == 1
    assert said.err.lower().count("protégé") == 1
    assert PASSWORD not in said.out + said.err


def test_nothing_is_said_of_a_clear_workbook(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("suivi.xlsx").write_bytes(new_workbook())
    with pytest.raises(SystemExit):
        main(["check", "suivi.xlsx", "-o", "a.html", "--format", "html"])
    assert "protégé" not in capsys.readouterr().err


@pytest.mark.slow
def test_watch_asks_at_its_start_and_keeps_the_password(tmp_path: Path) -> None:
    path, stop = tmp_path / "suivi.xlsx", threading.Event()
    path.write_bytes(locked(new_workbook()))
    with pytest.raises(CedreError, match="personne n'est là"):
        api.watch(path)
    with api.passwords(PASSWORD):
        events = api.watch(path, stop=stop)
        assert next(events).state is State.STARTED
        path.write_bytes(locked(new_workbook()))  # saved by somebody
        told = next(events)
        stop.set()
        assert [one.state for one in events] == []
    assert told.state is State.REFRESHED
    assert QUIET > 0
    assert opened(path.read_bytes()) != new_workbook()


_KILLED = """
import os, signal, sys
from datetime import date
from cedre_xlsx import api
written = os.fsync
def fsync(number):
    written(number)
    os.kill(os.getpid(), signal.SIGKILL)
os.fsync = fsync
api.refresh(sys.argv[1], on=date(2026, 10, 15))
"""


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="signals of Unix")
def test_killed_once_all_is_written_the_file_is_the_old_one(tmp_path: Path) -> None:
    path = tmp_path / "suivi.xlsx"
    path.write_bytes(locked(refreshed_workbook()))
    before = path.read_bytes()
    done = subprocess.run(
        [sys.executable, "-c", _KILLED, str(path)], cwd=ROOT, check=False,
        env={**os.environ, VARIABLE: PASSWORD},
    )  # fmt: skip
    assert done.returncode == -signal.SIGKILL
    assert path.read_bytes() == before
    [left] = [one for one in tmp_path.iterdir() if one != path]
    with ZipFile(BytesIO(opened(left.read_bytes()))) as package:
        assert package.testzip() is None
    with api.passwords(PASSWORD):
        done = api.refresh(path, on=LATER)
    assert list(tmp_path.iterdir()) == [path]
    assert done.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
