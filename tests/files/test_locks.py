"""A workbook that is open elsewhere is left alone, and its rival copies are named."""

from __future__ import annotations

from pathlib import Path

import pytest

from cedre_xlsx.files.copies import conflict_copies, likely_copies
from cedre_xlsx.files.locks import ensure_writable
from cedre_xlsx.schema.errors import CedreError


def workbook(folder: Path, name: str = "suivi.xlsx") -> Path:
    path = folder / name
    path.write_bytes(b"x")
    return path


def test_a_free_workbook_may_be_written(tmp_path: Path) -> None:
    ensure_writable(workbook(tmp_path))


@pytest.mark.parametrize(
    ("lock", "content", "said"),
    [
        ("~$suivi.xlsx", b"\x05Linda" + b" " * 49, "par Linda dans Excel"),
        ("~$ivi.xlsx", b"\x05Linda", "par Linda dans Excel"),
        ("~$suivi.xlsx", b"", "est ouvert dans Excel"),
        (".~lock.suivi.xlsx#", b",Paul,poste,01.09.2026,;", "par Paul dans LibreOffice"),
        (".~lock.suivi.xlsx#", "Zoé,z,poste,,;".encode(), "par Zoé dans LibreOffice"),
    ],
)
def test_an_open_workbook_is_said_with_its_holder(
    tmp_path: Path, lock: str, content: bytes, said: str
) -> None:
    path = workbook(tmp_path)
    (tmp_path / lock).write_bytes(content)
    with pytest.raises(CedreError) as error:
        ensure_writable(path)
    assert said in str(error.value)
    assert lock in str(error.value)  # how to get rid of one that a crash left


def test_a_missing_workbook_is_said(tmp_path: Path) -> None:
    with pytest.raises(CedreError, match="n'existe pas"):
        ensure_writable(tmp_path / "absent.xlsx")


@pytest.mark.parametrize(
    ("name", "is_copy"),
    [
        ("suivi (1).xlsx", True),
        ("suivi(2).xlsx", True),
        ("suivi-PC-de-Linda.xlsx", True),
        ("suivi-DESKTOP-4F2A.xlsx", True),
        ("suivi (Copie en conflit de Paul 2026-09-01).xlsx", True),
        ("suivi conflit.xlsx", True),
        ("Suivi (conflicted copy).XLSX", True),
        ("suivi - Copie.xlsx", True),
        ("suivi - Copie (2).xlsx", True),
        ("suivi - Copy.xlsx", True),
        ("suivi copie.xlsx", True),
        ("suivi copie 3.xlsx", True),
        ("suivi copy 2.xlsx", True),
        ("suivi (copie).xlsx", True),
        ("suivi (copie 2).xlsx", True),
        ("suivi (autre copie).xlsx", True),
        ("suivi (3e copie).xlsx", True),
        ("Copie de suivi.xlsx", True),
        ("Copy of suivi (1).xlsx", True),
        ("suivi (récupéré).xlsx", True),
        ("suivi (Récupération automatique).xlsx", True),
        ("suivi [Réparé].xlsx", True),
        ("suivi (version 1).xlsx", True),
        ("Récupération de suivi.xlsx", True),
        ("suivi.sync-conflict-20260928-101112-ABCDEFG.xlsx", True),
        ("suivi_PC-Linda_Conflict.xlsx", True),
        ("suivi (SFConflict linda 2026-09-28-10-11-12).xlsx", True),
        ("suivi (conflicted copy 2026-09-28 101112).xlsx", True),
        ("suivi-2.xlsx", False),
        ("suivi copie pour Paul.xlsx", False),
        ("suivi photocopies.xlsx", False),
        ("suivi bilan - Copie.xlsx", False),
        ("suivi (bilan).xlsx", False),
        ("Copie de suivi social.xlsx", False),
        ("suivi-archive.xlsx", False),
        ("suivi 2.xlsx", False),
        ("suivi-ACCUEIL01.xlsx", False),
        ("~$suivi (1).xlsx", False),
        ("suivi 2025.xlsx", False),
        ("suivi (1).pdf", False),
        ("autre (1).xlsx", False),
    ],
)
def test_copies_in_conflict(tmp_path: Path, name: str, is_copy: bool) -> None:
    path = workbook(tmp_path)
    other = workbook(tmp_path, name)
    assert conflict_copies(path) == ((other,) if is_copy else ())


@pytest.mark.parametrize(
    ("name", "may_be"),
    [
        ("suivi-ACCUEIL01.xlsx", True),
        ("suivi-ACCUEIL01 2.xlsx", True),
        ("suivi-4F2A-B.xlsx", True),
        ("suivi 2.xlsx", True),
        ("suivi 12.xlsx", True),
        ("suivi 1.xlsx", False),
        ("suivi 2025.xlsx", False),
        ("suivi-2025.xlsx", False),
        ("suivi-archive.xlsx", False),
        ("suivi-Archive.xlsx", False),
        ("suivi 2 social.xlsx", False),
        ("suivi (1).xlsx", False),
        ("suivi-PC-DE-LINDA.xlsx", False),
        ("suivi 2.pdf", False),
    ],
)
def test_names_that_may_be_those_of_copies(tmp_path: Path, name: str, may_be: bool) -> None:
    """Both ways: beside the copy, the workbook is named. Others say it for certain, or nothing."""
    path = workbook(tmp_path)
    other = workbook(tmp_path, name)
    assert likely_copies(path) == ((other,) if may_be else ())
    assert likely_copies(other) == ((path,) if may_be else ())
