"""Some repairs without the others: what was chosen is made, nothing else; the rest can follow."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cedre_xlsx.api.fixing import Repairs, apply_repairs, find_repairs, fix
from cedre_xlsx.ooxml.parts import Package
from cedre_xlsx.schema.errors import CedreError
from tests.edited_package import Package as Edited
from tests.mutilations.on_sheets import rename_sheets_and_tables
from tests.package_checker import check_package
from tests.workbook.repair.losses import take_names
from tests.workbook.repair.test_fix import CELL, EXPECTED, ON, SUIVI, edited, typed_badly
from tests.workbook.repair.test_fix_mutilations import mangled

pytestmark = pytest.mark.slow


@cache
def every() -> Repairs:
    with TemporaryDirectory() as folder:
        return find_repairs(saved(Path(folder) / "suivi.xlsx", typed_badly()), on=ON)


def saved(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return saved(tmp_path / "suivi.xlsx", typed_badly())


def keys(found: Repairs, *places: str) -> list[str]:
    """Of the repairs of these cells ("Suivi!A5"), or of all where none is given."""
    return [one.key for one in found.items if not places or f"{one.sheet}!{one.cell}" in places]


def parts(data: bytes) -> dict[str, str]:
    """Each part of a workbook; a cell that has a style says what it looks like, not its number."""
    package = Package(data)
    styles = package.read("xl/styles.xml").decode()
    looks = re.findall(r"<xf\b.*?(?:/>|</xf>)", styles.partition("<cellXfs")[2])

    def shown(name: str) -> str:
        text = package.read(name).decode("latin-1")
        if not name.startswith("xl/worksheets/sheet"):
            return text
        return re.sub(r'( s=)"(\d+)"', lambda found: found[1] + looks[int(found[2])], text)

    return {name: shown(name) for name in package.names() if name != "xl/styles.xml"}


def test_all_of_them_are_what_fix_makes(path: Path) -> None:
    found = find_repairs(path, on=ON, only=keys(every()))
    assert (found.data, found.items, found.brought) == (every().data, every().items, ())
    assert len({*keys(every())}) == len(EXPECTED)  # no two have the same key


def test_one_of_them_changes_its_cell_alone(path: Path) -> None:
    old = Package(path.read_bytes())
    done = fix(path, on=ON, only=keys(every(), "Suivi!G5"))
    assert [one.line for one in done.made] == [
        "Suivi!G5 Statut : « en cours » → « (2) En cours » (valeur de la liste)"
    ]
    new = Package(path.read_bytes())
    assert new.names() == old.names()
    assert {name for name in old.names() if old.read(name) != new.read(name)} <= {
        SUIVI, "xl/workbook.xml",
    }  # fmt: skip

    def without(package: Package) -> str:
        text = package.read(SUIVI).decode()
        return CELL.sub(lambda cell: "" if cell[1] == "G5" else cell[0], text)

    assert without(old) == without(new)
    others = [one for one in keys(every()) if one != done.made[0].key]
    assert keys(find_repairs(path, on=ON)) == others


@settings(max_examples=5)
@given(st.sets(st.sampled_from(sorted(EXPECTED)), min_size=1, max_size=len(EXPECTED) - 1))
def test_some_then_the_others_are_all_at_once(places: set[str]) -> None:
    with TemporaryDirectory() as folder:
        path = saved(Path(folder) / "suivi.xlsx", typed_badly())
        first = fix(path, on=ON, only=keys(every(), *places))
        assert {f"{one.sheet}!{one.cell}" for one in first.made} == places
        assert first.brought == ()
        then = fix(path, on=ON)
        assert keys(every()) == sorted(
            (one.key for one in (*first.made, *then.made)), key=keys(every()).index
        )
        assert parts(path.read_bytes()) == parts(every().data)


def test_nothing_chosen_is_nothing_written(path: Path) -> None:
    done = apply_repairs(find_repairs(path, on=ON, only=[]))
    assert (done.made, done.left, done.brought) == ((), (), ())
    assert path.read_bytes() == typed_badly()


def test_what_was_chosen_and_is_made_already_is_refused(path: Path) -> None:
    chosen = keys(every(), "Suivi!G5", "Suivi!G6")
    fix(path, on=ON, only=chosen)
    data = path.read_bytes()
    with pytest.raises(CedreError, match="2 réparations choisies ne sont plus à faire ; rien"):
        fix(path, on=ON, only=chosen)
    with pytest.raises(CedreError, match="1 réparation choisie n'est plus à faire"):
        fix(path, on=ON, only=[*keys(every(), "Suivi!A5"), "0" * 24])
    assert path.read_bytes() == data


def test_a_list_brings_the_names_that_others_lack(path: Path) -> None:
    """Names that lists show are of the whole workbook: with one sheet's lists, all are back."""
    package = Edited(typed_badly())
    take_names(package)
    package.save(path)
    lost = [one for one in find_repairs(path, on=ON).items if one.loss is not None]
    [missions] = [one for one in lost if (one.rule, one.sheet) == ("CLA08", "Missions")]
    done = fix(path, on=ON, only=[missions.key])
    assert done.made == (missions,)
    assert [*done.brought] == [one for one in lost if one != missions]
    assert keys(find_repairs(path, on=ON)) == keys(every())  # what was typed stays to be repaired
    assert check_package(path.read_bytes()) == []


def test_what_is_not_made_alone_is_refused(path: Path) -> None:
    """The formula names the table, whose name another program changed."""
    mangled(path, rename_sheets_and_tables)
    data = path.read_bytes()
    [formula] = [one for one in find_repairs(path, on=ON).items if one.rule == "CLA10"]
    with pytest.raises(CedreError, match=r"Personne remise .* ne se fait pas sans d'autres"):
        fix(path, on=ON, only=[formula.key])
    assert path.read_bytes() == data


def test_a_person_is_renamed_everywhere_or_not_at_all(path: Path) -> None:
    edited(path, SUIVI, ("Mme Petit Eva", "Inconnu Paul"))
    rename = ("inconnu paul", "Petit Éva")
    found = find_repairs(path, on=ON, rename=rename)
    assert [one.cell for one in found.items if one.renames] == ["A6", "A7"]
    done = fix(path, on=ON, rename=rename, only=keys(found, "Suivi!A7", "Suivi!G5"), dry_run=True)
    assert [(one.cell, one.shown_after) for one in done.made] == [
        ("G5", "(2) En cours"), ("A6", "Petit Éva"), ("A7", "Petit Éva"),
    ]  # fmt: skip
    assert [one.cell for one in done.brought] == ["A6"]
