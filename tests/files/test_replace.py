"""A file is written whole or not at all, and what stood there stays when it cannot be."""

from __future__ import annotations

import hashlib
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from cedre_xlsx.files.replace import replace_file, write_new
from cedre_xlsx.schema.errors import CedreError


def sha(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_file_is_replaced_and_keeps_its_permissions(tmp_path: Path) -> None:
    path = tmp_path / "suivi été.xlsx"
    path.write_bytes(b"old")
    path.chmod(0o640)
    replace_file(path, b"new", expected_sha256=sha(b"old"))
    assert path.read_bytes() == b"new"
    assert path.stat().st_mode & 0o777 == 0o640
    assert names(tmp_path) == [path.name]


def test_a_file_that_changed_in_the_meantime_stays(tmp_path: Path) -> None:
    path = tmp_path / "suivi.xlsx"
    path.write_bytes(b"typed by a colleague")
    with pytest.raises(CedreError, match="a changé"):
        replace_file(path, b"new", expected_sha256=sha(b"old"))
    assert path.read_bytes() == b"typed by a colleague"
    assert names(tmp_path) == ["suivi.xlsx"]


def test_a_link_goes_on_pointing_to_the_file(tmp_path: Path) -> None:
    real, link = tmp_path / "vrai.xlsx", tmp_path / "lien.xlsx"
    real.write_bytes(b"old")
    link.symlink_to(real)
    replace_file(link, b"new", expected_sha256=sha(b"old"))
    assert link.is_symlink()
    assert real.read_bytes() == b"new"


def test_an_existing_file_is_not_overwritten_unless_asked(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    write_new(path, b"one", overwrite=False)
    with pytest.raises(CedreError, match="existe déjà"):
        write_new(path, b"two", overwrite=False)
    assert path.read_bytes() == b"one"
    write_new(path, b"two", overwrite=True)
    assert path.read_bytes() == b"two"
    assert names(tmp_path) == ["a.xlsx"]


@pytest.mark.parametrize(
    ("name", "sentence"), [("absent/a.xlsx", "n'existe pas"), ("dossier", "dossier")]
)
def test_a_place_that_cannot_be_written_is_said(tmp_path: Path, name: str, sentence: str) -> None:
    (tmp_path / "dossier").mkdir()
    with pytest.raises(CedreError, match=sentence):
        write_new(tmp_path / name, b"x", overwrite=True)


@pytest.mark.slow
def test_killed_at_any_instant_the_file_is_the_old_or_the_new_one(tmp_path: Path) -> None:
    path = tmp_path / "suivi.xlsx"
    old, new = b"o" * 3_000_000, b"n" * 3_000_000
    path.write_bytes(old)
    program = (
        "import sys, hashlib; from pathlib import Path\n"
        "from cedre_xlsx.files.replace import replace_file\n"
        "path = Path(sys.argv[1]); old, new = b'o' * 3_000_000, b'n' * 3_000_000\n"
        "print('ready', flush=True)\n"
        "while True:\n"
        "    data = path.read_bytes()\n"
        "    replace_file(path, new if data == old else old,"
        " expected_sha256=hashlib.sha256(data).hexdigest())\n"
    )
    for turn in range(8):
        child = subprocess.Popen([sys.executable, "-c", program, path], stdout=subprocess.PIPE)
        assert child.stdout is not None
        child.stdout.readline()
        time.sleep(0.005 + 0.007 * turn)
        os.kill(child.pid, signal.SIGKILL)
        child.wait()
        child.stdout.close()
        assert path.read_bytes() in (old, new)
    replace_file(path, b"last", expected_sha256=sha(path.read_bytes()))
    assert names(tmp_path) == ["suivi.xlsx"]
