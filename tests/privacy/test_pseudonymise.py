"""A copy without names: nobody's word is in it, and the check says the same at the same cells."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from cedre_xlsx import api
from cedre_xlsx.demonstration.association import association
from cedre_xlsx.schema.columns import Data
from cedre_xlsx.schema.errors import CedreError
from cedre_xlsx.schema.settings import OwnColumn
from cedre_xlsx.schema.tables import DATA_TABLES
from cedre_xlsx.workbook.edit.model import LineChange, NewColumn
from cedre_xlsx.workbook.edit.write import edited
from cedre_xlsx.workbook.template.filling import Filling
from tests.decorations import decorated
from tests.privacy.leaks import leaks, plain, typed_texts
from tests.small_association import ON, refreshed_workbook, small_filling
from tests.workbook.edit.edit_support import raw, reading

SHEETS = [spec.sheet for spec in DATA_TABLES]
NAMES = ["Nom", "Prénom", "Accompagnateur"]
ORGANISATIONS = ["Donneur d'ordre", "Partenaire", "Intervenant", "Référent unique"]
TEXTS = [
    column.header
    for spec in DATA_TABLES
    for column in spec.columns.values()
    if column.told is Data.TEXT
]


@pytest.fixture(autouse=True)
def _the_same_chance(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> None:
    """What is drawn is the same at each run, but where a test asks for chance."""
    if "two_copies" not in request.node.name:
        monkeypatch.setattr("cedre_xlsx.privacy.pseudonyms.copy.randbits", lambda _: 3)


def written(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


def said(path: Path) -> Counter[tuple[str, str, str]]:
    """What the check says of the sheets that people fill, by code and cell."""
    found = api.check(path, on=ON).findings
    return Counter(
        (one.code, one.place.sheet, one.place.cell or f"{one.place.row} {one.place.column}")
        for one in found
        if one.place.sheet in SHEETS and not one.code.startswith("CLA")
    )


@cache
def copied() -> tuple[bytes, bytes]:
    """A small workbook of the association, and its copy."""
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        source = written(Path(folder, "suivi.xlsx"), refreshed_workbook())
        api.pseudonymise(source, Path(folder, "copie.xlsx"), on=ON)
        return source.read_bytes(), Path(folder, "copie.xlsx").read_bytes()


@pytest.mark.slow
def test_the_check_says_the_same_at_the_same_cells(tmp_path: Path) -> None:
    source, copy = copied()
    before = said(written(tmp_path / "suivi.xlsx", source))
    assert before.total() > 5
    assert said(written(tmp_path / "copie.xlsx", copy)) == before


@pytest.mark.slow
def test_no_name_and_no_text_is_in_any_part() -> None:
    source, copy = copied()
    names, others = named(source), typed_texts(source, SHEETS, ORGANISATIONS)
    texts = {text for text in typed_texts(source, SHEETS, TEXTS) if len(text) > 12}
    assert len(names) > 15
    assert len(texts) > 15
    assert leaks(source, names)  # the search finds what is there
    assert leaks(copy, (names | others | texts) - ours()) == []


@cache
def ours() -> frozenset[str]:
    """The words that a new workbook has by itself: its headings, its helps."""
    words = named(refreshed_workbook()) | typed_texts(refreshed_workbook(), SHEETS, TEXTS)
    found = {word for _, word in leaks(api.workbook_bytes(Filling()), words)}
    return frozenset(word for word in words if plain(word) in found)


def named(data: bytes) -> set[str]:
    """The words of the names of people and of staff, but those that are in words by chance."""
    names = typed_texts(data, SHEETS, NAMES)
    return {word for name in names for word in plain(name).split() if len(word) > 3}


#: A column of the team by its heading: what Paramètres says that it holds, None for nothing; what
#: it says in the first rows; what must be true of what the copy says there.
OWN: dict[str, tuple[Data | None, list[str], Callable[[list[object]], bool]]] = {
    "Quartier": (Data.KEEP, ["Zone A", "Zone B", "Zone A"],
                 lambda found: found == ["Zone A", "Zone B", "Zone A"]),
    "Remarque": (Data.TEXT, ["Secret un", "Autre", "Secret un"],
                 lambda found: found[0] == found[2] != found[1] and "Secret" not in str(found)),
    "Dossier": (Data.CODE, ["AB12", "AB13", "AB12"],
                lambda found: found[0] == found[2] != found[1] and "AB1" not in str(found)),
    "Tutelle": (Data.NAME, ["Mme Tutrice", "", "M. Tuteur"],
                lambda found: "Tut" not in str(found) and len(found) == 2),
    "Hameau": (None, ["Vallon secret"], lambda found: found == []),
}  # fmt: skip


def with_own_columns() -> bytes:
    """The small workbook with these columns, those that are declared in Paramètres."""
    filling = small_filling()
    declared = tuple(
        OwnColumn("Personnes", one, holds) for one, (holds, *_) in OWN.items() if holds
    )
    filling = replace(filling, settings=replace(filling.settings, own_columns=declared))
    data = api.workbook_bytes(filling)
    changes = [
        LineChange("tPersonnes", 5 + rank, extra={heading: one})
        for heading, (_, cells, _) in OWN.items()
        for rank, one in enumerate(cells)
    ]
    made = edited(data, reading(data).records, raw(data), {}, changes,
                  columns=[NewColumn("tPersonnes", heading) for heading in OWN])  # fmt: skip
    assert made.left == ()
    return made.data


@pytest.mark.slow
def test_a_column_of_the_team_is_as_its_class_says_or_dropped_and_told(tmp_path: Path) -> None:
    copy = tmp_path / "copie.xlsx"
    done = api.pseudonymise(written(tmp_path / "suivi.xlsx", with_own_columns()), copy, on=ON)
    assert done.dropped == ("Personnes, Hameau",)
    assert leaks(copy.read_bytes(), ["Vallon secret", "Hameau"]) == []
    people = reading(copy.read_bytes()).records.people.rows
    for heading, (_, _, holds_true) in OWN.items():
        assert holds_true([row.extra[heading] for row in people if heading in row.extra]), heading


@pytest.mark.slow
def test_nothing_of_what_others_put_in_the_file_is_in_the_copy(tmp_path: Path) -> None:
    source = written(tmp_path / "suivi.xlsx", decorated(refreshed_workbook()))
    copy = tmp_path / "copie.xlsx"
    api.pseudonymise(source, copy, on=ON)
    plain_one = refreshed_workbook()
    words = named(plain_one) | typed_texts(plain_one, SHEETS, ORGANISATIONS) | {"Mes calculs"}
    assert leaks(copy.read_bytes(), words) == []
    assert said(copy) == said(source)


@pytest.mark.slow
@pytest.mark.parametrize("seed", [11])
def test_any_association_is_told_the_same(seed: int, tmp_path: Path) -> None:
    filling = association(ON, years=2, seed=seed, people=45).filling
    source = written(tmp_path / "suivi.xlsx", api.workbook_bytes(filling))
    copy = tmp_path / "copie.xlsx"
    done = api.pseudonymise(source, copy, on=ON)
    assert done.unlike == ()
    assert said(copy) == said(source)
    assert done.moved > 0


# Where it is written, and the key


@pytest.mark.slow
def test_the_key_is_asked_for_and_stands_elsewhere(tmp_path: Path) -> None:
    source = written(tmp_path / "suivi.xlsx", refreshed_workbook())
    out, safe = tmp_path / "sortie", tmp_path / "coffre"
    out.mkdir()
    safe.mkdir()
    with pytest.raises(CedreError, match="partirait avec elle"):
        api.pseudonymise(source, out / "copie.xlsx", key=out / "qui.csv", on=ON)
    assert list(out.iterdir()) == []
    done = api.pseudonymise(source, out / "copie.xlsx", key=safe / "qui.csv", on=ON)
    assert [one.name for one in out.iterdir()] == ["copie.xlsx"]
    with (safe / "qui.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file, delimiter=";"))
    copy = reading((out / "copie.xlsx").read_bytes()).records
    people = {row[2] for row in rows if row[0] == "Personne"}
    assert people == {row.person for row in copy.people.rows}
    assert len(people) == done.people
    with pytest.raises(CedreError, match="une clé n'en remplace aucun"):
        api.pseudonymise(source, out / "deux.xlsx", key=safe / "qui.csv", on=ON)
    assert not (out / "deux.xlsx").exists()


@pytest.mark.slow
def test_a_copy_that_exists_stays(tmp_path: Path) -> None:
    source = written(tmp_path / "suivi.xlsx", refreshed_workbook())
    copy = written(tmp_path / "copie.xlsx", b"autre")
    with pytest.raises(CedreError, match="existe déjà"):
        api.pseudonymise(source, copy, on=ON)
    with pytest.raises(CedreError, match="le classeur lui-même"):
        api.pseudonymise(source, source, on=ON, force=True)
    assert copy.read_bytes() == b"autre"


@pytest.mark.slow
def test_two_copies_are_not_the_same(tmp_path: Path) -> None:
    source = written(tmp_path / "suivi.xlsx", refreshed_workbook())
    for name in ("un.xlsx", "deux.xlsx"):
        api.pseudonymise(source, tmp_path / name, on=date(2026, 9, 30))
    one, two = (
        [row.person for row in reading((tmp_path / name).read_bytes()).records.people.rows]
        for name in ("un.xlsx", "deux.xlsx")
    )
    assert set(one).isdisjoint(two)
