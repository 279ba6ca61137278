"""`consolidate`: antennas and parts as one workbook, whatever some of the files are."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from openpyxl import load_workbook

from cedre_xlsx import api
from cedre_xlsx.api import counting_files
from cedre_xlsx.cli.main import group
from cedre_xlsx.federation.kept import kept_path
from cedre_xlsx.federation.kinds import A_CONSOLIDATION
from cedre_xlsx.federation.model import Part
from cedre_xlsx.federation.proof import FEW
from cedre_xlsx.federation.words import figure_labels, unit_of
from cedre_xlsx.files.protection.keyring import VARIABLE
from cedre_xlsx.reports.statistics.definitions import Unit
from cedre_xlsx.reports.statistics.shown import shown_label
from cedre_xlsx.schema.errors import CedreError
from cedre_xlsx.workbook.read import read_data
from tests.federation.exact_parts import parts_of
from tests.files.protected_files import locked
from tests.small_association import ON, new_workbook


@cache
def part() -> Part:
    """A part as of a structure whose numbers are all large enough to be told."""
    records = read_data(new_workbook(), Path("suivi.xlsx"), on=ON).records
    told = {"public": True, "threshold": 5, "counted_on": date(2027, 1, 15)}
    return parts_of(records, (2026,), on=ON)[0].model_copy(update=told)


def shared(folder: Path, file: str, name: str = "", **told: object) -> Path:
    """The file of such a part."""
    structure = part().structure.model_copy(update={"name": name or file, "siret": None})
    path = folder / f"{file}.json"
    one = part().model_copy(update={"structure": structure, **told})
    path.write_text(one.to_json(), encoding="utf-8")
    return path


def why(done: api.Consolidated) -> Mapping[str, str]:
    return {one.path.name: one.why for one in done.left_out}


@pytest.mark.slow
class TestAntennas:
    def test_bad_files_are_lines_and_the_rest_goes_on(self, tmp_path: Path) -> None:
        """A truncated one, one with a password, one that is not ours, one that is no zip."""
        data = new_workbook()
        (tmp_path / "a.xlsx").write_bytes(data)
        (tmp_path / "tronqué.xlsx").write_bytes(data[: len(data) // 2])
        os.utime(tmp_path / "tronqué.xlsx", (0, 0))  # nobody is writing it any more
        (tmp_path / "secret.xlsx").write_bytes(locked(data))
        (tmp_path / "image.xlsx").write_bytes(b"\x89PNG\r\n\x1a\n")
        parts = tmp_path / "reçus"
        parts.mkdir()
        api.consolidate([shared(parts, "Aube")], tmp_path / "réseau.xlsx", on=ON)
        shutil.rmtree(parts)
        done = api.consolidate([tmp_path], tmp_path / "total.xlsx", on=ON, workers=1)
        assert (done.files, done.years, done.are_parts) == (1, (2026,), False)
        said = why(done)
        assert set(said) == {"tronqué.xlsx", "secret.xlsx", "image.xlsx", "réseau.xlsx"}
        assert said["réseau.xlsx"] == A_CONSOLIDATION
        assert "le classeur est protégé par un mot de passe" in said["secret.xlsx"]
        assert VARIABLE in said["secret.xlsx"]
        assert "terminal" not in said["secret.xlsx"]  # nobody is asked
        assert said["image.xlsx"].startswith("c'est une image, pas un classeur")
        sheets = load_workbook(tmp_path / "total.xlsx").sheetnames
        assert sheets[0] == "Essentiel"
        assert "4 laissés, 2026" in done.sentence

    def test_a_run_that_was_interrupted_goes_on(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """With the bytes of one that was not; what was kept names people, and goes at the end."""
        for name in ("a.xlsx", "b.xlsx"):
            (tmp_path / name).write_bytes(new_workbook())
        output = tmp_path / "total.xlsx"
        args = ["consolidate", str(tmp_path), "-o", str(output), "--date", f"{ON}", "--force"]
        whole = CliRunner().invoke(group, [*args, "--workers", "1"])
        assert whole.exit_code == 0, whole.output
        expected = output.read_bytes()

        def interrupt(data: bytes, path: Path, **asked: object) -> object:
            if path.name == "b.xlsx":
                raise KeyboardInterrupt
            return count(data, path, **asked)

        count = counting_files.counted_workbook
        with monkeypatch.context() as patch:
            patch.setattr(counting_files, "counted_workbook", interrupt)
            stopped = CliRunner().invoke(group, [*args, "--workers", "1", "--resume"])
        assert str(kept_path(output)) in stopped.stderr
        assert kept_path(output).exists()
        assert output.read_bytes() == expected
        done = api.consolidate([tmp_path], output, on=ON, workers=1, resume=True, force=True)
        assert (done.kept, done.files) == (1, 2)
        assert output.read_bytes() == expected
        assert not kept_path(output).exists()


class TestParts:
    def test_one_structure_alone_is_told_as_one(self, tmp_path: Path) -> None:
        done = api.consolidate([shared(tmp_path, "Aube")], tmp_path / "r.xlsx", on=ON)
        assert [one for one in done.warnings if "structure" in one] == [f"2026 : {FEW[1]}"]

    def test_only_a_consolidation_is_replaced(self, tmp_path: Path) -> None:
        """A workbook that lies in the folder under the result's name is somebody's."""
        shared(tmp_path, "Aube")
        output = tmp_path / "total.xlsx"
        output.write_bytes(b"PK, somebody's")
        for force in (False, True):
            with pytest.raises(CedreError, match="n'est pas le résultat d'une consolidation"):
                api.consolidate([tmp_path], output, on=ON, force=force)
        assert output.read_bytes() == b"PK, somebody's"
        output.unlink()
        api.consolidate([tmp_path], output, on=ON)
        with pytest.raises(CedreError, match="ajoutez --force"):
            api.consolidate([tmp_path], output, on=ON)
        assert api.consolidate([tmp_path], output, on=ON, force=True).files == 1

    def test_parts_that_do_not_add_up_are_lines(self, tmp_path: Path) -> None:
        """The same structure twice, other definitions, another version, a cut file, no part."""
        shared(tmp_path, "Aube")
        shared(tmp_path, "Brise")
        shared(tmp_path, "encore", "Aube")
        shared(tmp_path, "vieux", definitions="0" * 16)
        whole = shared(tmp_path, "cassé").read_text(encoding="utf-8")
        (tmp_path / "cassé.json").write_text(whole[:500], encoding="utf-8")
        (tmp_path / "futur.json").write_text(whole.replace('"version": 1', '"version": 9', 1))
        (tmp_path / "autre.json").write_text("{}")
        shared(tmp_path, "ancien", "Cèdre", year=2024)
        done = api.consolidate([f"{tmp_path}/*.json"], tmp_path / "r.xlsx", years=[2026], on=ON)
        assert (done.files, done.years, done.are_parts) == (2, (2026,), True)
        said = why(done)
        assert "déjà comptée en 2026" in said["encore.json"]
        assert "définitions sont autres" in said["vieux.json"]
        assert "tronqué" in said["cassé.json"]
        assert "version" in said["futur.json"]
        assert "2024, qui n'est pas demandée" in said["ancien.json"]
        assert set(said) == {
            "encore.json", "vieux.json", "cassé.json", "futur.json", "autre.json", "ancien.json",
        }  # fmt: skip
        assert any("deux structures" in one for one in done.warnings)

    @pytest.mark.slow
    def test_who_is_missing_and_where_one_stands(self, tmp_path: Path) -> None:
        received = tmp_path / "reçus"
        received.mkdir()
        for name in ("Aube", "Brise", "Cèdre", "Dune", "Étoile"):
            shared(received, f"{name} 2026", name)
            if name != "Dune":
                shared(received, f"{name} 2027", name, year=2027, counted_on=date(2028, 1, 15))
        api.consolidate([received], tmp_path / "r.xlsx", own="cedre", on=ON)
        book = load_workbook(BytesIO((tmp_path / "r.xlsx").read_bytes()))
        cells = {
            name: [cell for row in book[name].values for cell in row if cell is not None]
            for name in ("Réseau 2026", "Réseau 2027")
        }
        assert "Cèdre" in cells["Réseau 2026"]
        assert "1 / 5" in cells["Réseau 2026"]
        missing = [str(cell) for cell in cells["Réseau 2027"] if "Manquent" in str(cell)]
        assert len(missing) == 1
        assert "Dune." in missing[0]
        self.in_one_unit(book["Réseau 2026"].values)
        with pytest.raises(CedreError, match="« Fjord » n'est le nom ni le n° SIRET"):
            api.consolidate([received], tmp_path / "x.xlsx", own="Fjord", on=ON)

    @staticmethod
    def in_one_unit(rows: Iterable[Sequence[Any]]) -> None:
        """The five being alike, each of them is its median, in the unit of what they are all."""
        shown = {shown_label(label): name for name, label in figure_labels().items()}
        told = set()
        for label, total, _, low, median, high, own, *_ in rows:
            if label not in shown or not isinstance(median, (int, float)):
                continue
            unit = unit_of(shown[label])
            assert low == median == high == own, label
            if isinstance(total, (int, float)):
                is_sum = unit in (Unit.COUNT, Unit.MINUTES, Unit.HOURS, Unit.FTE)
                assert total == pytest.approx(median * (5 if is_sum else 1)), label
                told |= {unit} if total else set()
        assert {Unit.COUNT, Unit.MINUTES, Unit.RATE} <= told


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ({"output": "total.ods"}, "le résultat est un classeur ; donnez un nom en .xlsx"),
        ({"output": "a.xlsx"}, "a.xlsx : c'est l'une des sources"),
        ({"output": "a.xlsx", "force": True}, "a.xlsx : c'est l'une des sources"),
        ({"output": "image.xlsx", "force": True}, "n'est pas le résultat d'une consolidation"),
        ({"workers": 0}, "donnez un nombre de 1 à 256"),
        ({"own": "Aube"}, "--own ne va qu'avec des fichiers de chiffres"),
        ({"sources": ["vide"]}, "n'a ni classeur"),
        ({"sources": ["image.xlsx"]}, "aucun des fichiers n'a pu être compté .* c'est une image"),
    ],
)
def test_what_cannot_be_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, asked: dict[str, object], sentence: str
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.xlsx").write_bytes(b"")
    Path("image.xlsx").write_bytes(b"\x89PNG\r\n\x1a\n")
    Path("vide").mkdir()
    with pytest.raises(CedreError, match=sentence):
        api.consolidate(**{"sources": ["a.xlsx"], "output": "total.xlsx", **asked})  # type: ignore[arg-type]
    assert not Path("total.xlsx").exists()
