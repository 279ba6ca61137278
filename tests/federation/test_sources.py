"""Which files are counted."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from openpyxl import Workbook

from cedre_xlsx.federation.kinds import A_CONSOLIDATION, SUBJECT
from cedre_xlsx.federation.sources import find_sources
from cedre_xlsx.schema.errors import CedreError


def folder(place: Path, *names: str) -> Path:
    for name in names:
        path = place / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(name.encode())
    return place


def found(*given: Path | str, without: Path | None = None) -> list[str]:
    return [one.name for one in find_sources(given, without=[without] if without else []).files]


def test_a_folder_has_its_workbooks_and_those_below(tmp_path: Path) -> None:
    """In a natural order, without locks, hidden and temporary files, and other files."""
    folder(
        tmp_path, "b/antenne 10.xlsx", "b/antenne 2.ods", "a/Élan.xlsm", "~$élan.xlsm", "lisez.txt",
        ".cedre-1-2.tmp", ".sortie.xlsx.reprise", ".cache/vieux.xlsx", "a/.~lock.Élan.xlsm#",
        "vieux.xls",
    )  # fmt: skip
    assert found(tmp_path) == ["Élan.xlsm", "antenne 2.ods", "antenne 10.xlsx"]


def test_a_pattern_that_the_shell_leaves(tmp_path: Path) -> None:
    folder(tmp_path, "nord/suivi.xlsx", "sud/suivi.xlsx", "sud/note.ods", "b[1].xlsx", ".c.xlsx")
    names = [
        p.relative_to(tmp_path).as_posix() for p in find_sources([f"{tmp_path}/*/*.xlsx"]).files
    ]
    assert names == ["nord/suivi.xlsx", "sud/suivi.xlsx"]
    assert found(f"{tmp_path}/**/suivi.xlsx") == ["suivi.xlsx", "suivi.xlsx"]
    assert found(f"{tmp_path}/b[1].xlsx") == ["b[1].xlsx"]  # it is the name of a file
    assert found(f"{tmp_path}/s*") == ["note.ods", "suivi.xlsx"]  # a folder


def test_a_file_is_counted_once_and_the_result_is_none(tmp_path: Path) -> None:
    folder(tmp_path, "a.xlsx", "b.xlsx", "total.xlsx")
    os.link(tmp_path / "a.xlsx", tmp_path / "c.xlsx")
    twice = tmp_path / "x" / ".." / "a.xlsx"
    (tmp_path / "x").mkdir()
    assert found(tmp_path, twice, tmp_path / "a.xlsx", without=tmp_path / "total.xlsx") == [
        "a.xlsx",
        "b.xlsx",
    ]


def test_a_copy_in_conflict_is_left_and_said(tmp_path: Path) -> None:
    """Beside its workbook only; parts that a browser numbers are those of several structures."""
    folder(
        tmp_path, "suivi.xlsx", "suivi (1).xlsx", "Copie de suivi.xlsx", "nord (1).xlsx",
        "suivi (copie en conflit).xlsx", "b/suivi (1).xlsx", "suivi (1).ods",
    )  # fmt: skip
    sources = find_sources([tmp_path])
    assert [one.relative_to(tmp_path).as_posix() for one in sources.files] == [
        "b/suivi (1).xlsx", "nord (1).xlsx", "suivi (1).ods", "suivi.xlsx",
    ]  # fmt: skip
    assert [one.path.name for one in sources.left_out] == [
        "Copie de suivi.xlsx", "suivi (1).xlsx", "suivi (copie en conflit).xlsx",
    ]  # fmt: skip
    assert sources.left_out[1].sentence == (
        f"{tmp_path / 'suivi (1).xlsx'} : laissé, son nom est celui d'une copie de suivi.xlsx. "
        "Si c'est un autre classeur, donnez-lui un autre nom."
    )
    folder(tmp_path / "c", "parts.json", "parts (1).json")
    parts = find_sources([tmp_path / "c"])
    assert (len(parts.files), parts.are_parts, parts.left_out) == (2, True, ())


def test_what_means_nothing_is_said_and_the_rest_goes_on(tmp_path: Path) -> None:
    folder(tmp_path, "a.xlsx")
    (tmp_path / "vide").mkdir()
    sources = find_sources([tmp_path / "a.xlsx", tmp_path / "vide", f"{tmp_path}/z*.xlsx"])
    assert [one.name for one in sources.files] == ["a.xlsx"]
    assert [one.why for one in sources.left_out] == [
        "ce dossier n'a ni classeur (.xlsx, .xlsm, .ods) ni fichier de chiffres (.json).",
        "aucun fichier n'a un nom de cette forme.",
    ]


def workbook(path: Path, sheet: str, subject: str = "") -> Path:
    book = Workbook()
    book.worksheets[0].title = sheet
    book.properties.subject = subject
    book.save(path)
    return path


PART = '{\n "format": "cedre-parts",\n'


def test_a_stray_file_of_another_kind_is_left_and_said(tmp_path: Path) -> None:
    """Settings of an editor among workbooks; a budget and a consolidation among parts."""
    folder(tmp_path, "a/1.xlsx", "a/2.ods", "a/reglages.json")
    among = find_sources([tmp_path / "a"])
    assert ([one.name for one in among.files], among.are_parts) == (["1.xlsx", "2.ods"], False)
    assert [(one.path.name, one.why) for one in among.left_out] == [
        (
            "reglages.json",
            "ce n'est ni un classeur, ni des chiffres partagés par une structure ; laissé de côté.",
        )
    ]
    (tmp_path / "b").mkdir()
    (tmp_path / "b/1.json").write_text(PART, encoding="utf-8-sig")
    (tmp_path / "b/2.json").write_text("{}")
    workbook(tmp_path / "b/budget.xlsx", "Personnes en plus")
    workbook(tmp_path / "b/total.xlsx", "Essentiel", SUBJECT)
    among = find_sources([tmp_path / "b"])
    assert ([one.name for one in among.files], among.are_parts) == (["1.json", "2.json"], True)
    assert [(one.path.name, one.why) for one in among.left_out] == [
        ("budget.xlsx",
         "ce ne sont pas des chiffres partagés par une structure, comme les autres ; laissé de "
         "côté."),
        ("total.xlsx", A_CONSOLIDATION),
    ]  # fmt: skip


def test_parts_and_workbooks_do_not_add_up(tmp_path: Path) -> None:
    workbook(tmp_path / "a.xlsx", "Personnes")
    (tmp_path / "0.json").write_text("{}")
    (tmp_path / "b.json").write_text(PART)
    with pytest.raises(CedreError, match=r"classeurs .*a\.xlsx.* chiffres .*b\.json.* pas ensem"):
        find_sources([tmp_path])


@pytest.mark.parametrize("given", ["total.xlsx", "*.xlsx"])
def test_the_result_may_not_be_a_source(tmp_path: Path, given: str) -> None:
    folder(tmp_path, "a.xlsx", "total.xlsx")
    with pytest.raises(CedreError, match=r"total\.xlsx : c'est l'une des sources"):
        find_sources([tmp_path / "a.xlsx", tmp_path / given], without=[tmp_path / "total.xlsx"])


def test_the_result_of_the_last_time_is_none(tmp_path: Path) -> None:
    workbook(tmp_path / "a.xlsx", "Personnes")
    workbook(tmp_path / "total.xlsx", "Essentiel", SUBJECT)
    assert found(tmp_path / "*.xlsx", without=tmp_path / "total.xlsx") == ["a.xlsx"]


@pytest.mark.parametrize(
    ("names", "given", "sentence"),
    [
        ((), ("vide",), "vide : ce dossier n'a ni classeur"),
        ((), ("*.xlsx",), "aucun fichier n'a un nom de cette forme"),
        ((), ("*.xlsx", "*.json"), "aucun classeur .* n'a été trouvé"),
    ],
)
def test_nothing_to_count(
    tmp_path: Path, names: tuple[str, ...], given: tuple[str, ...], sentence: str
) -> None:
    (tmp_path / "vide").mkdir()
    folder(tmp_path, *names)
    with pytest.raises(CedreError, match=sentence):
        find_sources([tmp_path / one for one in given])


def test_a_named_file_is_always_a_source(tmp_path: Path) -> None:
    """What is wrong with it is said when it is read."""
    assert found(tmp_path / "absent.xlsx", tmp_path / "a.csv") == ["a.csv", "absent.xlsx"]


def test_links_that_go_round(tmp_path: Path) -> None:
    folder(tmp_path, "a.xlsx")
    try:
        (tmp_path / "b").symlink_to(tmp_path, target_is_directory=True)
    except OSError:
        pytest.skip("no links here")
    assert found(tmp_path) == ["a.xlsx"]
