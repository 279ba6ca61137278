"""Papers that are told before they are made, and what they can be asked for."""

from __future__ import annotations

from pathlib import Path

import pytest

from cedre_xlsx import api
from cedre_xlsx.schema.errors import CedreError
from tests.privacy.retention_support import WHO, small
from tests.small_association import LATER, new_workbook

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("classeur") / "suivi.xlsx"
    path.write_bytes(new_workbook())
    return path


def test_people_references_and_advisors_are_named_as_the_workbook_has_them(path: Path) -> None:
    found = api.choices(path, on=LATER)
    assert found.people == api.people(path, on=LATER)
    assert found.references == api.references(path, on=LATER)
    assert "Lavande Eudes" in found.people
    assert [one for one in found.references if one.reference == "D-2026-014"] == [
        api.Referenced("D-2026-014", "Groseille Clotilde", "D")
    ]
    assert found.advisors == ("Nadia Ferrand", "Hugo Delmas", "Solène Picard")


def test_what_would_be_printed_is_what_is_printed(path: Path, tmp_path: Path) -> None:
    asked = {"people": ["lavande eudes"], "conventions_of": ["Groseille Clotilde"], "on": LATER}
    told = api.print_forms(path, folder=tmp_path / "pdf", dry_run=True, **asked)
    assert (told.written, told.existing, (tmp_path / "pdf").exists()) == (False, (), False)
    done = api.print_forms(path, folder=tmp_path / "pdf", **asked)
    assert (done.written, done.paths) == (True, told.paths)
    again = api.print_forms(path, folder=tmp_path / "pdf", dry_run=True, **asked)
    assert again.existing == done.paths


def test_someone_without_engagement_has_no_convention(path: Path, tmp_path: Path) -> None:
    with_one = {one.person for one in api.references(path, on=LATER)}
    without = next(one for one in api.people(path, on=LATER) if one not in with_one)
    with pytest.raises(CedreError, match=f"« {without} » n'a aucun engagement"):
        api.print_forms(path, folder=tmp_path, conventions_of=[without], on=LATER)


def test_letters_and_dossiers_are_named_before_they_are_made(tmp_path: Path) -> None:
    path, folder = tmp_path / "vieux.xlsx", tmp_path / "lettres"
    path.write_bytes(small())
    told = api.print_notices(path, folder=folder, on=LATER, dry_run=True)
    assert told.paths == (folder / f"Lettre conservation {WHO}.pdf",)
    assert (told.written, folder.exists()) == (False, False)
    found = api.find_dossier(path, WHO, on=LATER)
    assert found.papers(folder) == (folder / f"Dossier {WHO}.pdf", folder / f"Dossier {WHO}.xlsx")


def test_retention_tells_the_same_by_person_as_in_lines(tmp_path: Path) -> None:
    path = tmp_path / "vieux.xlsx"
    path.write_bytes(small())
    found = api.find_retention(path, on=LATER)
    [block] = found.blocks
    [one] = block.people
    assert (block.title, one.name) == ("Le temps est passé, à rendre anonymes :", WHO)
    assert found.lines == ("", block.title, *(f"  {line}" for line in one.lines))
    assert found.told == (WHO,)
