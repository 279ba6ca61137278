"""Files as they lie on a disk: names of any bytes, links, copies under way, refusals."""

from __future__ import annotations

import contextlib
import errno
import io
import json
import os
import re
import shutil
import subprocess
import sys
import threading
import time
import zipfile
from datetime import date
from pathlib import Path
from typing import NamedTuple

import pytest

from cedre_xlsx import api
from cedre_xlsx.cli.main import main
from cedre_xlsx.files import settled
from cedre_xlsx.files.settled import is_unfinished
from cedre_xlsx.method.text import readable
from cedre_xlsx.ooxml.members import members_of
from cedre_xlsx.ooxml.parts import Package
from cedre_xlsx.schema.errors import CedreError, UnfinishedFileError
from cedre_xlsx.schema.system_errors import system_words
from tests.small_association import ON, new_workbook, refreshed_workbook
from tests.support import few

ODD = os.fsdecode(b"suivi-\xe9t\xe9.xlsx")
needs_any_bytes = pytest.mark.skipif(sys.platform != "linux", reason="names are any bytes on Linux")


@pytest.fixture
def small() -> bytes:
    return new_workbook()


class Done(NamedTuple):
    returncode: object
    stdout: bytes
    stderr: bytes


def run(folder: Path, *words: str, encoding: str = "utf-8") -> Done:
    """The command in this process, its words and streams those of a terminal of that encoding."""
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding) for _ in range(2))
    with (
        contextlib.chdir(folder),
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
        pytest.raises(SystemExit) as ended,
    ):
        main(list(words))
    said = []
    for stream in (out, err):
        stream.flush()
        said.append(stream.buffer.getvalue())  # type: ignore[attr-defined]
    return Done(ended.value.code, *said)


def run_apart(folder: Path, *words: str, encoding: str = "utf-8") -> Done:
    """The command as a process, in such a terminal."""
    done = subprocess.run(
        [sys.executable, "-m", "cedre_xlsx", *map(os.fsencode, words)],  # type: ignore[list-item]
        cwd=folder,
        capture_output=True,
        check=False,
        stdin=subprocess.DEVNULL,
        env={**os.environ, "PYTHONIOENCODING": encoding},
    )
    return Done(done.returncode, done.stdout, done.stderr)


OUTPUTS = {
    "refresh": ("refresh", "--date", "2026-09-30", ODD),
    "refresh elsewhere": ("refresh", ODD, "-o", os.fsdecode(b"l\xe0.xlsx")),
    "fix": ("fix", ODD, "--dry-run"),
    "shortcuts": ("shortcuts", ODD),
    "shortcuts for macOS": ("shortcuts", ODD, "--system", "macos"),
    "meeting": ("print", ODD, "--meeting", "-o", os.fsdecode(b"imprim\xe9")),
    "stats": ("stats", ODD, "--year", "2026", "--format", "json"),
    "stats elsewhere": ("stats", ODD, "--year", "2026", "-o", os.fsdecode(b"ann\xe9e.txt")),
    **{form: ("check", ODD, "--format", form) for form in ("text", "json", "csv", "github")},
    **{form: ("check", ODD, "--format", form) for form in ("sarif", "html")},
    "page": ("check", ODD, "--format", "html", "-o", os.fsdecode(b"p\xe2ge.html")),
}


#: Each on a screen of today; on that of an older Windows, one of each way out.
SCREENS = [
    *((case, "utf-8") for case in OUTPUTS),
    *((case, "cp850") for case in ("refresh", "text", "json", "sarif")),
]
#: A process each: what the machine itself makes of such words.
APART = [("text", "cp850"), ("text", "utf-8")]


@pytest.mark.slow
@needs_any_bytes
@pytest.mark.parametrize(("case", "encoding"), SCREENS)
def test_a_name_that_is_no_utf8(small: bytes, tmp_path: Path, case: str, encoding: str) -> None:
    (tmp_path / ODD).write_bytes(small)
    (tmp_path / ODD.replace(".", " (1).")).write_bytes(small)
    way = run_apart if (case, encoding) in APART else run
    done = way(tmp_path, *OUTPUTS[case], encoding=encoding)
    assert b"Traceback" not in done.stderr, done.stderr.decode()[-500:]
    assert done.returncode in (0, 1), done.stderr
    done.stdout.decode(encoding)
    if case in ("json", "sarif"):
        json.loads(done.stdout.decode(encoding))


@pytest.mark.slow
@needs_any_bytes
@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("check", os.fsdecode(b"abs\xe9nt.xlsx")), "n'existe pas"),
        (("refresh", os.fsdecode(b"abs\xe9nt.xlsx")), "n'existe pas"),
        ((os.fsdecode(b"abs\xe9nt"),), "'abs�nt' n'existe pas"),
        (("check", ODD, "--person", os.fsdecode(b"\xe9")), "Personne ne s'appelle"),
        (("check", ODD, "--date", os.fsdecode(b"\xe9")), "n'est pas une date"),
        (("shortcuts", ODD, "--system", "windows"), "Windows n'accepte pas ce nom"),
    ],
)
def test_what_is_said_of_such_names(
    small: bytes, tmp_path: Path, words: tuple[str, ...], said: str
) -> None:
    (tmp_path / ODD).write_bytes(small)
    done = run(tmp_path, *words)
    assert (done.returncode, b"Traceback" in done.stderr) == (2, False)
    assert said in done.stderr.decode()


@pytest.mark.slow
@needs_any_bytes
def test_such_names_beside_a_workbook(small: bytes, tmp_path: Path) -> None:
    """Every part of a page or of an object can be written as UTF-8."""
    path = tmp_path / "suivi.xlsx"
    path.write_bytes(small)
    (tmp_path / os.fsdecode(b"suivi (copie en conflit de Andr\xe9).xlsx")).write_bytes(small)
    found = next(one for one in api.check(path, on=ON).findings if one.code == "CLA06")
    assert "« suivi (copie en conflit de Andr\ufffd).xlsx »" in found.message
    assert "Andr\ufffd" in api.refresh(path, on=ON).warnings[0]
    assert readable("été") == "été"


@needs_any_bytes
@pytest.mark.parametrize("shell", few(["bash", "zsh", "fish"]))
def test_such_names_are_completed(tmp_path: Path, shell: str) -> None:
    for words in (b"cedre-xlsx check suivi-\xe9", b"cedre-xlsx check --select \xe9,P"):
        asked = {
            b"_CEDRE_XLSX_COMPLETE": f"{shell}_complete".encode(),
            b"COMP_WORDS": words,
            b"COMP_CWORD": b"2" if shell != "fish" else words.rpartition(b" ")[2],
        }
        done = subprocess.run(
            [sys.executable, "-m", "cedre_xlsx"],
            capture_output=True,
            check=False,
            env={**os.environb, **asked},
            cwd=tmp_path,
        )
        assert done.stderr == b""


# Links


@pytest.mark.slow
def test_a_hard_link_keeps_the_old_content_and_it_is_said(small: bytes, tmp_path: Path) -> None:
    path, other = tmp_path / "suivi.xlsx", tmp_path / "sauvegarde.xlsx"
    path.write_bytes(small)
    other.hardlink_to(path)
    done = api.refresh(path, on=ON)
    assert any("lien physique" in one for one in done.warnings)
    assert other.read_bytes() == small
    assert path.read_bytes() != small
    again = api.refresh(path, on=date(2026, 10, 1))
    assert again.changed
    assert not any("lien physique" in one for one in again.warnings)


@pytest.mark.slow
def test_nothing_is_said_of_links_when_nothing_is_written(small: bytes, tmp_path: Path) -> None:
    path = tmp_path / "suivi.xlsx"
    path.write_bytes(small)
    (tmp_path / "autre.xlsx").hardlink_to(path)
    for options in ({"dry_run": True}, {"output": tmp_path / "ailleurs.xlsx"}):
        done = api.refresh(path, on=ON, **options)  # type: ignore[arg-type]
        assert not any("lien physique" in one for one in done.warnings), options


@pytest.mark.slow
def test_a_symbolic_link_goes_on_pointing_to_the_file(small: bytes, tmp_path: Path) -> None:
    (tmp_path / "ailleurs").mkdir()
    path, link = tmp_path / "ailleurs" / "suivi.xlsx", tmp_path / "lien.xlsx"
    path.write_bytes(small)
    link.symlink_to(path)
    done = api.refresh(link, on=ON)
    assert link.is_symlink()
    assert path.read_bytes() != small
    assert not done.warnings


# Copies under way

BROKEN = {
    "its first half": lambda data: data[: len(data) // 2],
    "its length, without its end": lambda data: data[:5000] + bytes(len(data) - 5000),
    "its end, without its beginning": lambda data: bytes(5000) + data[5000:],
    "nothing but zeros": lambda data: bytes(len(data)),
    "nothing": lambda _: b"",
    "all but its last bytes": lambda data: data[:-22],
}


@pytest.mark.parametrize("how", BROKEN)
def test_a_copy_under_way_is_said_so(small: bytes, tmp_path: Path, how: str) -> None:
    path = tmp_path / "suivi.xlsx"
    path.write_bytes(BROKEN[how](small))
    for verb in (api.check, api.refresh, api.fix):
        with pytest.raises(CedreError, match="copie ou une synchronisation est en cours") as said:
            verb(path, on=ON)
        assert "abîmé" not in str(said.value)
        assert "réessayez" in str(said.value)


@pytest.mark.parametrize("how", ["its first half", "its end, without its beginning"])
def test_what_has_not_changed_for_long_is_damaged(small: bytes, tmp_path: Path, how: str) -> None:
    path = tmp_path / "suivi.xlsx"
    path.write_bytes(BROKEN[how](small))
    os.utime(path, (time.time() - 3600,) * 2)
    with pytest.raises(CedreError) as said:
        api.check(path, on=ON)
    assert not isinstance(said.value, UnfinishedFileError)


def slowly(path: Path, data: bytes, pause: float) -> threading.Thread:
    """Somebody copies a file, in ten pieces."""

    def copy() -> None:
        with path.open("wb") as file:
            step = len(data) // 9
            for start in range(0, len(data), step):
                file.write(data[start : start + step])
                file.flush()
                time.sleep(pause)

    path.write_bytes(data[:100])
    worker = threading.Thread(target=copy)
    worker.start()
    return worker


def test_the_end_of_a_copy_is_waited_for(
    small: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settled, "_PAUSE", 0.3)
    path = tmp_path / "suivi.xlsx"
    worker = slowly(path, small, 0.05)
    report = api.check(path, on=ON)
    worker.join()
    assert report.template_version


def test_a_copy_that_goes_on_is_not_waited_for_ever(
    small: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settled, "_PAUSE", 0.15)
    monkeypatch.setattr(settled, "_PATIENCE", 0.2)
    path = tmp_path / "suivi.xlsx"
    worker = slowly(path, small, 0.1)
    with pytest.raises(UnfinishedFileError, match="Attendez qu'elle finisse"):
        api.check(path, on=ON)
    worker.join()


def test_whole_packages_are_whole(small: bytes) -> None:
    with_comment = io.BytesIO(small)
    with zipfile.ZipFile(with_comment, "a") as package:
        package.comment = b"x" * 60_000
    assert not is_unfinished(with_comment.getvalue())
    assert not is_unfinished(small)
    assert not is_unfinished(b"Nom;Prenom")


# Words

ENGLISH = re.compile(r"\b(?:the|not|such|file|error|denied|invalid|bad|zip|device|name)\b", re.I)


def test_every_refusal_of_the_system_is_in_french() -> None:
    for number in errno.errorcode:
        words = system_words(OSError(number, os.strerror(number)))
        assert not ENGLISH.search(words), words
        assert os.strerror(number) not in words
    assert system_words(OSError("odd")) == "sans dire pourquoi"
    assert system_words(OSError(9999, "odd")) == "erreur n° 9999 du système"


def test_a_damaged_package_is_said_in_french(small: bytes) -> None:
    for data in (b"PK\x03\x04" + bytes(50), small[:-30], small[:2000] + small[2100:]):
        with pytest.raises(CedreError) as said:
            members_of(data)
        assert not ENGLISH.search(str(said.value)), said.value


@pytest.mark.slow
def test_a_damaged_part_is_said_in_french(small: bytes, tmp_path: Path) -> None:
    path, package = tmp_path / "suivi.xlsx", Package(refreshed_workbook())
    table = next(name for name in package.names() if name.startswith("xl/drawings/"))
    package.write(table, b"<xdr:wsDr><")
    path.write_bytes(package.data())
    with pytest.raises(CedreError, match=f"abîmé .l'élément {table}."):
        api.refresh(path, on=date(2026, 10, 20))


@pytest.mark.parametrize("number", [errno.EIO, errno.ELOOP, errno.ENOTCONN])
def test_a_refusal_while_reading(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    path = tmp_path / "suivi.xlsx"
    path.write_bytes(b"PK")

    def refuse(_: Path) -> bytes:
        raise OSError(number, os.strerror(number), str(path))

    monkeypatch.setattr(Path, "read_bytes", refuse)
    with pytest.raises(CedreError) as said:
        api.check(path, on=ON)
    assert os.strerror(number) not in str(said.value)


# Copies that may be wanted


@pytest.mark.slow
def test_a_likely_copy_is_a_question(tmp_path: Path) -> None:
    """Of the same people; another year, another team, a damaged file say nothing."""
    path = tmp_path / "suivi.xlsx"
    path.write_bytes(refreshed_workbook())
    (tmp_path / "suivi 3.xlsx").write_bytes(b"PK")
    api.new(tmp_path / "suivi-ACCUEIL02.xlsx")
    assert not [one for one in api.check(path, on=ON).findings if one.code == "CLA06"]
    shutil.copy(path, tmp_path / "suivi-ACCUEIL01.xlsx")
    shutil.copy(path, tmp_path / "suivi 2025.xlsx")
    found = [one for one in api.check(path, on=ON).findings if one.code == "CLA06"]
    assert len(found) == 1
    assert "« suivi-ACCUEIL01.xlsx », avec les mêmes personnes" in found[0].message
    assert "Est-ce une copie" in found[0].message
