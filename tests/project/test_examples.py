"""The examples and the ready-made workbook: up to date, whole, and the same bytes when remade."""

from __future__ import annotations

import csv
import json
import runpy
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from cedre_xlsx import api
from tests.package_checker import check_package
from tests.support import ROOT, few

MADE = {
    "workbook_templates/cedre.xlsx": date(2026, 11, 25),
    "examples/exemples-4-et-5.xlsx": date(2003, 5, 10),
    "examples/association.xlsx": date(2026, 9, 30),
}


@pytest.mark.slow
@pytest.mark.parametrize("folder", ["examples", "workbook_templates"])
def test_check_says_what_is_stale(
    folder: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    make = runpy.run_path(str(ROOT / folder / "make.py"))
    main, names = make["main"], make["main"].__globals__
    place = "FOLDER" if folder == "examples" else "TEMPLATE"
    monkeypatch.setitem(names, place, tmp_path if folder == "examples" else tmp_path / "cedre.xlsx")
    monkeypatch.setattr(sys, "argv", ["make.py", "--check"])
    assert main() == 1
    assert "is stale" in capsys.readouterr().err


@pytest.mark.slow
@pytest.mark.parametrize("name", few(MADE))
def test_packages_are_sound(name: str) -> None:
    assert check_package((ROOT / name).read_bytes()) == []


@pytest.mark.slow
@pytest.mark.parametrize("name", [name for name in MADE if name.startswith("examples")])
def test_examples_are_refreshed_already(name: str, tmp_path: Path) -> None:
    path = tmp_path / Path(name).name
    path.write_bytes((ROOT / name).read_bytes())
    refreshed = api.refresh(path, on=MADE[name])
    assert not refreshed.changed
    assert path.read_bytes() == (ROOT / name).read_bytes()


@pytest.mark.slow
def test_the_list_of_faults_is_what_check_finds_in_the_file() -> None:
    with (ROOT / "examples/fautes-plantees.csv").open(encoding="utf-8-sig", newline="") as file:
        listed = [tuple(row) for row in csv.reader(file, delimiter=";")]
    assert listed[0] == ("Code", "Feuille", "Ligne", "Colonne")
    done = subprocess.run(
        [sys.executable, "-m", "cedre_xlsx", "check", "examples/association.xlsx",
         "--date", "2026-09-30", "--format", "json"],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        cwd=ROOT,
    )  # fmt: skip
    assert done.returncode == 1
    found: dict[bool, list[tuple[str, ...]]] = {True: [], False: []}  # those that are only told
    for one in json.loads(done.stdout)["findings"]:
        where = (one["code"], one["sheet"], str(one["row"]), one["column"])
        found[one["severity"] == "info"].append(where)
    planted = {where for where in listed[1:] if where in found[True]}
    assert sorted(found[False]) == sorted(set(listed[1:]) - planted)
    told = sorted({code for code, *_ in planted})
    assert told == ["PER14", "PER23", "PER24", "PER25", "PER27", "PER30", "PER33"]
