"""`merge`: two copies into a third file, then what was chosen in `Fusion`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from cedre_xlsx import api
from cedre_xlsx.cli.main import group
from cedre_xlsx.ooxml.parts import Package
from cedre_xlsx.schema.errors import CedreError
from cedre_xlsx.workbook.package.host import Host
from tests.hands import address, grid, typed, where
from tests.small_association import LATER, refreshed_workbook

NOTES = "Notes de réunion"
#: What Alma and Basile typed in their copies: the cells of Suivi, below row 4.
ALMA = {"H5": "Alma dit", "D6": "but d'Alma", "H7": "vu par Alma"}
BASILE = {"I5": "20 min", "D6": "but de Basile", "H7": "vu par Basile", "H8": "suite de Basile"}


def rows(data: bytes, title: str) -> list[list[str]]:
    return [list(map(str, row)) for row in grid(data, title)]


def fusion(data: bytes) -> list[list[str]]:
    """The rows of `Fusion`, the hidden key aside."""
    lines = rows(data, "Fusion")
    top = next(at for at, row in enumerate(lines) if row[0] == "Sorte")
    return [row[:10] for row in lines[top + 1 :]]


def notes_cells(data: bytes) -> tuple[str, str]:
    """The first two cells of the notes of `Synthèse`."""
    [heading] = where(data, "Synthèse", NOTES)
    letters = heading.rstrip("0123456789")
    row = int(heading[len(letters) :])
    return f"{letters}{row + 1}", f"{letters}{row + 2}"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two copies of a workbook that was refreshed, and what they make together."""
    folder = tmp_path_factory.mktemp("copies")
    base = refreshed_workbook()
    first, second = notes_cells(base)
    alma = typed(typed(base, "Suivi", ALMA), "Synthèse", {first: "note d'Alma"})
    width = len(grid(base, "Suivi")[3])
    own = {address(3, width): "Couleur", address(7, width): "vert"}
    basile = typed(base, "Suivi", {**BASILE, **own})
    basile = typed(basile, "Synthèse", {first: "note de Basile", second: "seconde note"})
    basile = typed(basile, "Accueil", {"A60": "mot de Basile"})
    (folder / "suivi.xlsx").write_bytes(alma)
    (folder / "suivi (1).xlsx").write_bytes(basile)
    done = api.merge(
        folder / "suivi.xlsx",
        [folder / "suivi (1).xlsx"],
        output=folder / "ensemble.xlsx",
        on=LATER,
    )
    (folder / "dit.json").write_text(json.dumps(done.to_json()), encoding="utf-8")
    return folder


@pytest.mark.slow
def test_the_last_refresh_of_both_tells_who_changed_what(folder: Path) -> None:
    data = (folder / "ensemble.xlsx").read_bytes()
    told = json.loads((folder / "dit.json").read_text(encoding="utf-8"))
    assert told["files"][0]["base"]
    assert told["fusion"] == {"Conflit": 3, "Parallèle": 1}
    assert told["to_choose"] == 3
    assert not told["warnings"]
    lines = rows(data, "Suivi")
    assert (lines[4][7], lines[4][8]) == ("Alma dit", "20 min")  # a cell each
    assert (lines[5][3], lines[6][7]) == ("but d'Alma", "vu par Alma")  # the same one
    assert lines[7][7] == "suite de Basile"
    assert lines[7][lines[3].index("Couleur")] == "vert"  # his own column
    first, second = notes_cells(data)
    assert where(data, "Synthèse", "note d'Alma") == [first]
    assert where(data, "Synthèse", "seconde note") == [second]
    assert where(data, "Accueil", "mot de Basile") == ["A60"]


@pytest.mark.slow
def test_fusion_shows_both_values_with_their_cell_and_file(folder: Path) -> None:
    data = (folder / "ensemble.xlsx").read_bytes()
    person = rows(data, "Suivi")[5][0]
    told = fusion(data)
    assert told[0] == [
        "Conflit", person, "Suivi", "D6", "Objectifs poursuivis", "", "but d'Alma",
        "but de Basile", "suivi (1).xlsx", "",
    ]  # fmt: skip
    assert [(row[0], row[4], row[6], row[7]) for row in told[2:]] == [
        ("Conflit", NOTES, "note d'Alma", "note de Basile"),
        (
            "Parallèle",
            "Suites données / Décisions prises, Temps consacré",
            "Suites données / Décisions prises : Alma dit",
            "Temps consacré : 20 min",
        ),
    ]
    found = api.check(folder / "ensemble.xlsx", on=LATER, select=["CLA19"]).findings
    assert [one.message for one in found] == ["3 lignes de la fusion sans choix."]


@pytest.mark.slow
def test_choices_are_written_once_and_the_sheet_goes(folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "ensemble.xlsx"
    data = (folder / "ensemble.xlsx").read_bytes()
    path.write_bytes(typed(data, "Fusion", {"J6": "B", "J7": "C"}))
    done = api.merge_apply(path, on=LATER)
    assert (done.applied, done.waiting, done.finished) == (1, 1, False)
    assert done.left == ("Fusion!J7 : « C » n'est pas un choix : A, B, les deux ou vu.",)
    assert rows(path.read_bytes(), "Suivi")[5][3] == "but de Basile"
    before = path.read_bytes()
    assert not api.merge_apply(path, on=LATER).written
    assert path.read_bytes() == before
    path.write_bytes(typed(before, "Fusion", {"J7": "les deux", "J8": "vu"}))
    assert api.merge_apply(path, on=LATER, dry_run=True).finished
    assert api.merge_apply(path, on=LATER).finished
    after = path.read_bytes()
    assert rows(after, "Suivi")[6][7] == "vu par Alma / vu par Basile"
    assert "Fusion" not in [sheet.title for sheet in Host(Package(after)).sheets()]
    with pytest.raises(CedreError, match="pas de feuille Fusion"):
        api.merge_apply(path, on=LATER)
    again = api.merge(path, [folder / "suivi (1).xlsx"], output=tmp_path / "deux.xlsx", on=LATER)
    assert again.files[0].sentence.endswith("rien à reprendre")
    assert again.told == {"Conflit": 1}  # the note, of which nothing is remembered


@pytest.mark.slow
def test_a_cell_that_changed_since_the_merge_is_left(folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "ensemble.xlsx"
    data = (folder / "ensemble.xlsx").read_bytes()
    path.write_bytes(typed(typed(data, "Suivi", {"D6": "autre chose"}), "Fusion", {"J6": "B"}))
    done = api.merge_apply(path, on=LATER)
    assert done.applied == 0
    assert "a changé depuis la fusion" in done.left[0]
    assert rows(path.read_bytes(), "Suivi")[5][3] == "autre chose"


@pytest.mark.slow
def test_what_is_refused(folder: Path, tmp_path: Path) -> None:
    first, second = folder / "suivi.xlsx", folder / "suivi (1).xlsx"
    with pytest.raises(CedreError, match="existe déjà"):
        api.merge(first, [second], output=second)
    with pytest.raises(CedreError, match="attend encore des choix"):
        api.merge(folder / "ensemble.xlsx", [second], output=tmp_path / "x.xlsx")
    stranger = tmp_path / "autre.xlsx"
    people = {f"{column}{row}": f"Inconnu {row}" for column in "AB" for row in range(5, 30)}
    stranger.write_bytes(typed(second.read_bytes(), "Personnes", people))
    with pytest.raises(CedreError, match="presque personne n'y est comme dans"):
        api.merge(first, [stranger], output=tmp_path / "x.xlsx")
    assert not (tmp_path / "x.xlsx").exists()


@pytest.mark.slow
def test_the_command_says_what_it_does_and_writes_nothing_when_dry(folder: Path) -> None:
    one, two, new = (str(folder / name) for name in ("suivi.xlsx", "suivi (1).xlsx", "neuf.xlsx"))
    done = CliRunner().invoke(group, ["merge", one, one, "-o", new, "--dry-run"])
    assert done.exit_code == 0, done.output
    assert "serait écrit ; rien ne l'est. Rien n'est à choisir." in done.output
    assert "suivi.xlsx : rien à reprendre" in done.output
    assert not Path(new).exists()
    for wrong in ([one], [one, two], ["--apply", one, two], ["--apply", one, "--force"]):
        assert CliRunner().invoke(group, ["merge", *wrong]).exit_code == 2


@pytest.mark.slow
def test_a_pair_of_histories() -> None:
    """A sample of what `python -m tests.merging.merges` plays."""
    from tests.merging.merges.playing import play

    assert play(3).faults == []
