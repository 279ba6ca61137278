"""A workbook that is open elsewhere is left alone, and its rival copies are named."""

from __future__ import annotations

from pathlib import Path

import pytest

from cedre_xlsx.schema.errors import CedreError
from cedre_xlsx.workbook.package.locks import conflict_copies, ensure_writable


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
        ("suivi-2.xlsx", False),
        ("suivi 2025.xlsx", False),
        ("suivi (1).pdf", False),
        ("autre (1).xlsx", False),
    ],
)
def test_copies_in_conflict(tmp_path: Path, name: str, is_copy: bool) -> None:
    path = workbook(tmp_path)
    other = workbook(tmp_path, name)
    assert conflict_copies(path) == ((other,) if is_copy else ())
