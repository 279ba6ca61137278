"""What lies in a folder, what is put into it, what is written only over what was shown."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from cedre_xlsx import api
from cedre_xlsx.files.replace import replace_file
from cedre_xlsx.schema.errors import CedreError, ChangedError


def test_the_workbooks_of_a_folder_by_name_and_who_has_them_open(tmp_path: Path) -> None:
    for name in (
        "suivi.xlsx", "Antenne.ODS", "a/b/c.xlsm", "a/b/c/trop.xlsx", "notes.txt", ".cache/x.xlsx",
        "~$suivi.xlsx",
    ):  # fmt: skip
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"\x06Elodie" if name.startswith("~$") else b"x")
    os.utime(tmp_path / "suivi.xlsx", (1_790_000_000, 1_790_000_000))
    (tmp_path / "lien.xlsx").symlink_to(tmp_path / "suivi.xlsx")
    found = api.workbooks_in(tmp_path)
    assert [one.path.relative_to(tmp_path).as_posix() for one in found] == [
        "Antenne.ODS", "suivi.xlsx", "a/b/c.xlsm",
    ]  # fmt: skip
    assert (found[0].open_by, found[2].open_by) == ("", "")
    assert "ouvert par Elodie dans Excel" in found[1].open_by
    assert f"{found[1].saved:%Y-%m}" == "2026-09"
    with pytest.raises(CedreError, match="Choisissez un autre dossier"):
        api.workbooks_in(tmp_path / "absent")


#: How a workbook begins that a password protects.
PROTECTED = bytes.fromhex("d0cf11e0a1b11ae1")


def test_a_workbook_is_put_into_a_folder_over_no_other(tmp_path: Path) -> None:
    source, folder = tmp_path / "suivi.xlsx", tmp_path / "dossier"
    folder.mkdir()
    source.write_bytes(PROTECTED + b"un")
    put = api.put_into(source, folder)
    assert (put.path, put.was_there, put.path.read_bytes()) == (
        folder / "suivi.xlsx", False, PROTECTED + b"un",
    )  # fmt: skip
    assert api.put_into(source, folder).was_there
    source.write_bytes(PROTECTED + b"deux")
    with pytest.raises(CedreError, match="un autre classeur de ce nom est déjà dans le dossier"):
        api.put_into(source, folder)
    assert put.path.read_bytes() == PROTECTED + b"un"
    (tmp_path / "faux.xlsx").write_bytes(b"")
    with pytest.raises(CedreError, match="pas un classeur, malgr"):
        api.put_into(tmp_path / "faux.xlsx", folder)
    (tmp_path / "notes.txt").write_bytes(b"x")
    with pytest.raises(CedreError, match="ce n'est pas un classeur"):
        api.put_into(tmp_path / "notes.txt", folder)


def test_only_what_was_shown_is_written_over(tmp_path: Path) -> None:
    path, other = tmp_path / "suivi.xlsx", tmp_path / "autre.xlsx"
    path.write_bytes(b"un")
    other.write_bytes(b"un")
    shown_as = api.digest(path)
    with api.as_shown(path, shown_as) as shown:
        first = replace_file(path, b"deux", expected_sha256=shown_as)
        assert shown.sha256 == first == api.digest(path)
        replace_file(path, b"trois", expected_sha256=first)  # a second of the same work
    path.write_bytes(b"par Elodie")
    with (
        api.as_shown(path, shown_as),
        pytest.raises(ChangedError, match="a changé depuis ce qui a été montré"),
    ):
        replace_file(path, b"quatre", expected_sha256=api.digest(path))
    with api.as_shown(path, shown_as):  # another file is no matter of it
        replace_file(other, b"deux", expected_sha256=api.digest(other))
    assert (path.read_bytes(), other.read_bytes()) == (b"par Elodie", b"deux")


def test_an_undo_is_of_what_was_written_alone(tmp_path: Path) -> None:
    path = tmp_path / "suivi.xlsx"
    path.write_bytes(b"deux")
    api.undo(path, b"un", sha256=api.digest(path))
    assert path.read_bytes() == b"un"
    with pytest.raises(ChangedError, match="le fichier a changé"):
        api.undo(path, b"x", sha256="0")
    lock = tmp_path / ".~lock.suivi.xlsx#"
    lock.write_text(",Élodie,,,;", encoding="utf-8")
    with pytest.raises(CedreError, match="ouvert par Élodie"):
        api.undo(path, b"x", sha256=api.digest(path))
    made = tmp_path / "fait.pdf"
    made.write_bytes(b"%PDF")
    assert not api.remove_made(made, sha256="0")
    assert api.remove_made(made, sha256=api.digest(made))
    assert not api.remove_made(made, sha256="0")
    assert sorted(one.name for one in tmp_path.iterdir()) == [lock.name, "suivi.xlsx"]
