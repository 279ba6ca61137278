"""Refresh on the only copy, on a bad day: full disks, rights, rivals, kills."""

from __future__ import annotations

import errno
import hashlib
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import date
from itertools import cycle
from pathlib import Path
from typing import Any

import pytest

from cedre_xlsx import api
from cedre_xlsx.cli import main
from cedre_xlsx.files import replace, turns
from cedre_xlsx.files.turns import claim
from cedre_xlsx.schema.errors import CedreError
from tests.api.kill_refresh import kill_many
from tests.package_checker import check_package
from tests.small_association import refreshed_workbook
from tests.support import ROOT

pytestmark = pytest.mark.slow

ON, LATER = date(2026, 9, 30), date(2026, 10, 15)
#: A few refusals are of systems that have users and rights as Unix has them.
posix = pytest.mark.skipif(os.name == "nt", reason="rights and links of Unix")


@pytest.fixture(scope="module")
def refreshed(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("refreshed") / "suivi.xlsx"
    api.new(path, structure="Les Passerelles")
    api.refresh(path, on=ON)
    return path.read_bytes()


@pytest.fixture
def path(refreshed: bytes, tmp_path: Path) -> Path:
    made = tmp_path / "équipe" / "suivi.xlsx"
    made.parent.mkdir()
    made.write_bytes(refreshed)
    return made


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.fixture
def intact(path: Path, refreshed: bytes) -> Iterator[Path]:
    """The workbook, and the promise that nothing happens to it or beside it."""
    yield path
    path.parent.chmod(0o755)
    assert path.read_bytes() == refreshed
    assert names(path.parent) == ["suivi.xlsx"]


# Rights, links, disks


def test_a_read_only_file_is_left_alone(intact: Path) -> None:
    intact.chmod(0o444)
    with pytest.raises(CedreError, match=r"le fichier est en lecture seule ; .* -o\."):
        api.refresh(intact, on=LATER)
    intact.chmod(0o644)


@posix
def test_a_read_only_folder_is_left_alone(intact: Path) -> None:
    intact.parent.chmod(0o555)
    with pytest.raises(CedreError, match=r"dossier .* est en lecture seule"):
        api.refresh(intact, on=LATER)


def test_a_read_only_file_is_refreshed_elsewhere(path: Path, refreshed: bytes) -> None:
    path.chmod(0o444)
    other = path.with_name("ailleurs.xlsx")
    api.refresh(path, output=other, on=LATER)
    assert path.read_bytes() == refreshed
    assert check_package(other.read_bytes()) == []


@posix
def test_a_link_stays_a_link_and_its_file_is_refreshed(path: Path, refreshed: bytes) -> None:
    link = path.parent.parent / "bureau.xlsx"
    link.symlink_to(path)
    api.refresh(link, on=LATER)
    assert link.is_symlink()
    assert path.read_bytes() != refreshed
    assert names(path.parent) == ["suivi.xlsx"]
    assert names(link.parent) == ["bureau.xlsx", "équipe"]


@posix
@pytest.mark.parametrize("mode", [0o600, 0o640, 0o664, 0o777])
def test_rights_stay(path: Path, mode: int) -> None:
    path.chmod(mode)
    if os.geteuid() == 0:
        os.chown(path, 65534, 65534)
    before = path.stat()
    api.refresh(path, on=LATER)
    after = path.stat()
    assert (after.st_mode, after.st_uid, after.st_gid) == (
        before.st_mode, before.st_uid, before.st_gid
    )  # fmt: skip


@pytest.mark.skipif(not hasattr(os, "setxattr"), reason="no extended attributes")
def test_marks_of_the_system_stay(path: Path) -> None:
    try:
        os.setxattr(path, "user.dossier", b"42")
    except OSError:
        pytest.skip("this drive has no extended attributes")
    api.refresh(path, on=LATER)
    assert os.getxattr(path, "user.dossier") == b"42"


def test_the_time_of_the_file_is_that_of_the_writing(path: Path) -> None:
    os.utime(path, (1_000_000_000, 1_000_000_000))
    before = time.time()
    api.refresh(path, on=LATER)
    assert path.stat().st_mtime > before - 2  # some systems count by two seconds


def failing(number: int) -> Callable[..., Any]:
    def fail(*_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number))

    return fail


REFUSALS = {
    errno.ENOSPC: "le disque est plein",
    errno.EDQUOT: "le disque est plein",
    errno.EROFS: "lecture seule",
    errno.EACCES: "l'écriture est refusée",
    errno.EIO: r"l'écriture a échoué \(",
    errno.ENOTSUP: r"Si ce disque ne permet pas de remplacer un fichier, écrivez ailleurs avec -o",
}


#: Every refusal at one step, every step refused, and the full disk at each.
STEPS = ("mkstemp", "write", "fsync", "replace")
REFUSED = sorted({*zip(cycle(STEPS), REFUSALS), *((step, errno.ENOSPC) for step in STEPS)})


@pytest.mark.parametrize(("step", "number"), REFUSED)
def test_a_refusal_of_the_system_leaves_everything_as_it_was(
    intact: Path, monkeypatch: pytest.MonkeyPatch, step: str, number: int
) -> None:
    if step == "write":
        real = os.fdopen

        def opened(handle: int, mode: str) -> Any:
            file = real(handle, mode, buffering=0)
            file.write(b"PK\x03\x04 the first bytes")  # then the disk is full
            return _Full(file, number)

        monkeypatch.setattr(os, "fdopen", opened)
    elif step == "mkstemp":
        monkeypatch.setattr(replace.tempfile, "mkstemp", failing(number))
    else:
        monkeypatch.setattr(os, step, failing(number))
    with pytest.raises(CedreError, match=REFUSALS[number]) as error:
        api.refresh(intact, on=LATER)
    assert "rien n'est écrit" in str(error.value)
    assert str(intact) in str(error.value)


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EIO])
def test_a_file_that_was_not_there_is_not_said_to_be_intact(
    number: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(replace.tempfile, "mkstemp", failing(number))
    path = tmp_path / "neuf.pdf"
    with pytest.raises(CedreError, match=r"rien n'est écrit\."):
        replace.write_new(path, b"%PDF", overwrite=True)
    path.write_bytes(b"%PDF")
    with pytest.raises(CedreError, match=r"rien n'est écrit et le fichier est intact\."):
        replace.write_new(path, b"%PDF", overwrite=True)


class _Full:
    """A file on a disk that takes no more."""

    def __init__(self, file: Any, number: int) -> None:
        self._file, self._number = file, number

    def __enter__(self) -> _Full:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def fileno(self) -> int:
        return int(self._file.fileno())

    def write(self, data: bytes) -> None:
        raise OSError(self._number, os.strerror(self._number))


@posix
def test_a_disk_that_is_really_full(intact: Path) -> None:
    """The system itself stops the writing in the middle."""
    code = (
        "import resource, sys\n"
        "from cedre_xlsx.cli import main\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))\n"
        "main(sys.argv[1:])\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, "refresh", str(intact), "--date", "2026-10-15"],
        capture_output=True, text=True, encoding="utf-8", cwd=ROOT, check=False,
    )  # fmt: skip
    assert done.returncode == 2
    assert done.stderr.startswith(f"Erreur : {intact} : l'écriture a échoué (")
    assert done.stderr.count("\n") == 1


def test_a_refusal_is_one_sentence_and_status_2(
    intact: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(os, "replace", failing(errno.EACCES))  # the file is open on Windows
    with pytest.raises(SystemExit) as stop:
        main(["refresh", str(intact), "--date", "2026-10-15"])
    assert stop.value.code == 2
    said = capsys.readouterr().err
    assert said.startswith("Erreur : ")
    assert "Fermez le fichier s'il est ouvert" in said
    assert "Traceback" not in said


def test_interrupted_by_the_keyboard(intact: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(_: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupt)
    with pytest.raises(KeyboardInterrupt):
        api.refresh(intact, on=LATER)


# Rivals


def test_a_file_saved_by_someone_in_the_meantime_is_theirs(
    path: Path, refreshed: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    from cedre_xlsx.workbook.package import splice as module

    real = module.splice
    theirs = refreshed + b"\0"

    def slow(*arguments: Any, **options: Any) -> Any:
        result = real(*arguments, **options)
        path.write_bytes(theirs)  # a colleague saves
        return result

    monkeypatch.setattr(module, "splice", slow)
    with pytest.raises(CedreError, match="le fichier a changé pendant le travail ; rien n'est"):
        api.refresh(path, on=LATER)
    assert path.read_bytes() == theirs
    assert names(path.parent) == ["suivi.xlsx"]


def test_a_file_saved_during_the_reading_is_theirs(
    path: Path, refreshed: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    from cedre_xlsx.api import opening

    real = opening.read_whole

    def slow(*arguments: Any, **options: Any) -> Any:
        reading = real(*arguments, **options)
        path.write_bytes(refreshed + b"\0")
        return reading

    monkeypatch.setattr(opening, "read_whole", slow)
    with pytest.raises(CedreError, match="le fichier a changé pendant le travail"):
        api.refresh(path, on=LATER)
    assert path.read_bytes() == refreshed + b"\0"


def test_another_file_that_is_open_is_not_replaced(path: Path) -> None:
    other = path.with_name("ailleurs.xlsx")
    other.write_bytes(b"the open one")
    other.with_name("~$ailleurs.xlsx").write_bytes(b"\x05Linda")
    with pytest.raises(CedreError, match="ouvert par Linda dans Excel"):
        api.refresh(path, output=other, on=LATER)
    assert other.read_bytes() == b"the open one"


def test_two_refreshes_at_once(path: Path, refreshed: bytes) -> None:
    """One is done, the other too or said not to be; the file is what one of them made."""
    command = [sys.executable, "-m", "cedre_xlsx", "refresh", str(path), "--date"]
    for _ in range(2):
        path.write_bytes(refreshed)
        both = [
            subprocess.Popen([*command, day], cwd=ROOT, stdout=subprocess.DEVNULL,
                             stderr=subprocess.PIPE, text=True, encoding="utf-8")
            for day in ("2026-10-15", "2026-11-15")
        ]  # fmt: skip
        said = [process.communicate()[1] for process in both]
        codes = [process.returncode for process in both]
        assert 0 in codes
        for code, sentence in zip(codes, said, strict=True):
            assert (code, sentence) == (0, "") or (code == 2 and "a changé pendant" in sentence)
        assert check_package(path.read_bytes()) == []
        assert path.read_bytes() != refreshed
        assert names(path.parent) == ["suivi.xlsx"]


@posix
def test_no_writing_is_lost_among_many_at_once(tmp_path: Path) -> None:
    """Four programs count in one file: each writing that succeeded is counted."""
    path = tmp_path / "compte.xlsx"
    path.write_bytes(b"0")
    code = (
        "import hashlib, sys\n"
        "from pathlib import Path\n"
        "from cedre_xlsx.schema.errors import CedreError\n"
        "from cedre_xlsx.files.replace import replace_file\n"
        "path, done = Path(sys.argv[1]), 0\n"
        "for _ in range(60):\n"
        "    data = path.read_bytes()\n"
        "    try:\n"
        "        replace_file(path, str(int(data) + 1).encode(),"
        " expected_sha256=hashlib.sha256(data).hexdigest())\n"
        "        done += 1\n"
        "    except CedreError as error:\n"
        "        assert 'a changé' in str(error), error\n"
        "print(done)\n"
    )
    programs = [
        subprocess.Popen([sys.executable, "-c", code, str(path)], stdout=subprocess.PIPE, cwd=ROOT)
        for _ in range(4)
    ]
    counts = [int(program.communicate()[0]) for program in programs]
    assert sum(counts) == int(path.read_bytes())
    assert min(counts) > 0
    assert names(tmp_path) == ["compte.xlsx"]


@posix
def test_a_file_that_another_run_does_not_let_go_is_said(
    intact: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(turns, "_PATIENCE", 0.1)
    with intact.open("rb") as file:
        assert claim(file)
        with pytest.raises(CedreError, match="une autre actualisation l'écrit en ce moment"):
            api.refresh(intact, on=LATER)


# What a killed run leaves


def leftover(path: Path) -> Path:
    mark = hashlib.sha256(path.name.encode()).hexdigest()[:12]
    left = path.with_name(f".cedre-{mark}-abcd.tmp")
    left.write_bytes(b"PK half a workbook")
    return left


@pytest.mark.parametrize("on", [ON, LATER], ids=["nothing to write", "something to write"])
def test_the_next_run_removes_what_a_killed_one_left(path: Path, on: date) -> None:
    leftover(path)
    api.refresh(path, on=on)
    assert names(path.parent) == ["suivi.xlsx"]


@posix
def test_what_another_run_is_writing_is_left_to_it(path: Path) -> None:
    left = leftover(path)
    with left.open("rb") as file:
        assert claim(file)
        api.refresh(path, on=LATER)
        assert names(path.parent) == [left.name, "suivi.xlsx"]
    api.refresh(path, on=LATER)
    assert names(path.parent) == ["suivi.xlsx"]


def test_temporary_files_of_other_workbooks_are_left_alone(path: Path) -> None:
    other = leftover(path.with_name("autre.xlsx"))
    api.refresh(path, on=LATER)
    assert names(path.parent) == [other.name, "suivi.xlsx"]


def test_killed_some_times(tmp_path: Path) -> None:
    """`python -m tests.api.kill_refresh` does it two hundred times."""
    small = tmp_path / "petit.xlsx"
    small.write_bytes(refreshed_workbook())
    folder = tmp_path / "ici"
    folder.mkdir()
    figures = kill_many(4, folder, small)
    assert figures.kills == 4
    assert (figures.broken, figures.leftovers_after_next_run, dict(figures.lost)) == (0, 0, {})
    assert figures.old + figures.new == 4
