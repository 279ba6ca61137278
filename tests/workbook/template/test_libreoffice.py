"""The new workbook, opened and recalculated by LibreOffice: nothing there is a promise only."""

from __future__ import annotations

import subprocess
from collections.abc import Mapping
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.formula.translate import Translator

from cedre_xlsx.reports import empty_sheets
from cedre_xlsx.schema.settings import Settings
from cedre_xlsx.workbook.template.build import build_workbook
from cedre_xlsx.workbook.template.filling import FilledRow, Filling
from tests.support import needs_libreoffice, values_of

pytestmark = needs_libreoffice

TODAY = date.today()


def day(shift: int) -> date:
    return TODAY + timedelta(days=shift)


def french(shift: int, year: str = "%Y") -> str:
    return f"{day(shift):%d/%m/{year}}"


#: Who each line is about, and the colour it must take today.
PEOPLE: list[FilledRow] = [
    {"last_name": "Durand", "first_name": "Alix", "registered": day(-200)},
    {},
    {"last_name": "Petit", "first_name": "Lou", "registered": day(-90), "paused_until": day(9)},
    {"last_name": "Martin", "first_name": "Sacha", "precision": "Lyon", "exited": day(-9)},
    # Gone, then back: two pathways, the second one under way.
    {"last_name": "Roux", "first_name": "Dominique", "exited": day(-300)},
    {"last_name": "Roux", "first_name": "Dominique", "registered": day(-30)},
]
LINES: list[tuple[FilledRow, str]] = [
    ({"deadline": day(-1)}, "late"),
    ({"deadline": day(0)}, "soon"),
    ({"deadline": day(14)}, "soon"),
    ({"deadline": day(15)}, ""),
    ({"deadline": day(-1), "status": "(2) En cours"}, "late"),
    ({"deadline": day(-1), "status": "(2) En cours", "outcome": "Entretien"}, "late"),
    ({"deadline": day(-1), "status": "(3) Réalisée"}, "done"),
    ({"deadline": day(-1), "status": "Sans suite"}, "done"),
    ({"deadline": day(-1), "outcome": "Entretien réalisé"}, "soon"),  # Statut to be specified
    ({"deadline": day(20), "outcome": "Entretien réalisé"}, ""),
    ({"deadline": day(-1), "outcome": "Vue", "person": "Petit Lou"}, ""),
    ({"deadline": f"{french(-1)} pour entretien bilan"}, "late"),
    ({"deadline": f"{french(-1, '%y')} pour entretien bilan"}, "late"),
    ({"deadline": f"Entretien dans 15 jours ({french(-1, '%y')})"}, "late"),
    ({"deadline": f"{french(-40, '%y')} reporté au {french(60, '%y')}"}, ""),
    ({"deadline": f"{french(-40)} reporté au {french(-2)}"}, "late"),
    ({"deadline": "Prioritaire Dans la semaine"}, ""),
    ({"deadline": "Se revoir après la première mission"}, ""),
    ({"deadline": None}, ""),
    ({"deadline": day(-1), "person": "Petit Lou"}, ""),
    ({"deadline": day(-1), "person": "Martin Sacha (Lyon)"}, ""),
    ({"deadline": day(-1), "person": "Roux Dominique"}, "late"),
    ({"deadline": day(-1), "person": "Inconnue Camille"}, "late"),
]
FILLED = Filling(
    settings=Settings(structure="Les Jardins imaginaires", advisors=("Linda Fictive",)),
    rows={
        "tPersonnes": PEOPLE,
        "tSuivi": [{"person": "Durand Alix", "dated": day(-50), **row} for row, _ in LINES],
        "tEngagements": [
            {"reference": "CP-2026-001", "person": "Durand Alix", "agreed": day(-60), "type": "CP"},
            {},
            {"reference": "SA-2026-002", "person": "Petit Lou", "agreed": day(-60), "type": "SA"},
        ],
    },
    person="Durand Alix",
    reference="CP-2026-001",
)

Values = Mapping[str, list[list[object]]]


def recalculated(data: bytes, folder: Path) -> bytes:
    """The workbook once LibreOffice has opened, computed and saved it."""
    source, target = folder / "classeur.xlsx", folder / "fait"
    source.write_bytes(data)
    subprocess.run(
        [
            "soffice",
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            "--headless",
            "--convert-to",
            "xlsx",
            "--outdir",
            str(target),
            str(source),
        ],
        check=True,
        capture_output=True,
        timeout=120,
    )
    return (target / source.name).read_bytes()


@pytest.fixture(scope="module")
def data() -> bytes:
    return build_workbook(FILLED, empty_sheets())


@pytest.fixture(scope="module")
def computed(data: bytes, tmp_path_factory: pytest.TempPathFactory) -> Values:
    return values_of(recalculated(data, tmp_path_factory.mktemp("as-made")))


def test_every_formula_gives_the_value_that_was_written_beside_it(
    data: bytes, computed: Values
) -> None:
    written = values_of(data)
    formulas = load_workbook(BytesIO(data))
    wrong = {}
    for sheet in formulas:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    before = _cell(written[sheet.title], cell.row, cell.column)
                    after = _cell(computed[sheet.title], cell.row, cell.column)
                    if before != after:
                        wrong[f"{sheet.title}!{cell.coordinate}"] = (before, after)
    assert wrong == {}


def test_no_cell_holds_an_error(computed: Values) -> None:
    errors = {
        f"{name} {row} {column}": value
        for name, rows in computed.items()
        for row, cells in enumerate(rows, start=1)
        for column, value in enumerate(cells, start=1)
        if isinstance(value, str) and value.startswith("#")
    }
    assert errors == {}


def _cell(rows: list[list[object]], row: int, column: int) -> object:
    inside = row <= len(rows) and column <= len(rows[row - 1])
    return rows[row - 1][column - 1] if inside else ""


@pytest.fixture(scope="module")
def lived_in(data: bytes, tmp_path_factory: pytest.TempPathFactory) -> Values:
    """The same after people typed below the tables, with the colours' formulas put in cells."""
    book = load_workbook(BytesIO(data))
    book["Personnes"]["A14"], book["Personnes"]["B14"] = " Nouvelle ", "Camille"
    book["Paramètres"]["K12"] = "Paul Inventé"
    book["Engagements"]["A20"] = "D-2026-003"
    for column in ("lstPersonnes", "lstAccompagnateurs", "lstReferences", "lstTypes"):
        book["Freins"].cell(10, 20 + len(_asked(book)), f"=ROWS({column})")
        book["Freins"].cell(9, 20 + len(_asked(book)), column)
    _put_colours_in_cells(book)
    saved = BytesIO()
    book.save(saved)
    return values_of(recalculated(saved.getvalue(), tmp_path_factory.mktemp("lived-in")))


def _asked(book: Workbook) -> list[object]:
    return [cell.value for cell in book["Freins"][9] if cell.value]


def _put_colours_in_cells(book: Workbook) -> None:
    """Beside each line of Suivi, the first rule that holds for its person's cell."""
    sheet = book["Suivi"]
    rules = [
        rule
        for cells in sheet.conditional_formatting
        for rule in cells.rules
        if str(cells.sqref).startswith("A5:")
    ]
    done, late, soon, _ = (rule.formula[0] for rule in sorted(rules, key=lambda r: r.priority))
    formula = f'=IF({late},"late",IF({soon},"soon",IF({done},"done","")))'
    # The lines were made for one day: midnight may pass before LibreOffice opens them.
    formula = formula.replace("TODAY()", f"DATE({TODAY:%Y,%-m,%-d})")
    for row in range(5, 5 + len(LINES)):
        sheet[f"T{row}"] = Translator(formula, origin="T5").translate_formula(f"T{row}")


def test_lists_see_what_is_typed_below_the_tables(lived_in: Values) -> None:
    names, sizes = lived_in["Freins"][8], lived_in["Freins"][9]
    assert dict(zip(names[19:], sizes[19:], strict=True)) == {
        "lstPersonnes": 5,
        "lstAccompagnateurs": 5,  # one, three blank rows, one
        "lstReferences": 16,
        "lstTypes": 6,
    }
    listed = [row[3] for row in lived_in["Listes"][2:8]]
    assert listed == [
        "Durand Alix",
        "Petit Lou",
        "Martin Sacha (Lyon)",
        "Roux Dominique",
        "Nouvelle Camille",
        "",
    ]


@pytest.mark.parametrize(
    ("number", "colour"),
    [pytest.param(n, c, id=f"{r['deadline']}-{n}") for n, (r, c) in enumerate(LINES)],
)
def test_lines_take_their_colour_by_themselves(lived_in: Values, number: int, colour: str) -> None:
    assert _cell(lived_in["Suivi"], 5 + number, 20) == colour
