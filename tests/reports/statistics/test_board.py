"""The board's page: its figures and sentence, its PDF, and what a former sheet's notes become."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from pypdf import PdfReader

from cedre_xlsx import api
from cedre_xlsx.cli.print_forms import print_forms as command
from cedre_xlsx.demonstration.association import association as demonstration
from cedre_xlsx.forms.board import board_form
from cedre_xlsx.forms.content import Origin
from cedre_xlsx.forms.typesetting import typesetter
from cedre_xlsx.method.vocabulary import ExitCategory, StructureKind
from cedre_xlsx.reports.layout import FIRST_ROW
from cedre_xlsx.reports.statistics import compute, yearly_sheets
from cedre_xlsx.reports.statistics.board import HEADLINES, Board, board_of, unknown_sentence
from cedre_xlsx.reports.statistics.compute import compute_years
from cedre_xlsx.reports.statistics.public import publish
from cedre_xlsx.reports.statistics.text import render_text
from cedre_xlsx.schema.errors import CedreError
from cedre_xlsx.schema.records import Records
from cedre_xlsx.workbook.read import read_workbook
from tests.hands import grid, kept_lines, typed, where
from tests.package_checker import check_package
from tests.reports.statistics.test_oracle import association
from tests.rules.rule_cases import action, left, mission, person, reviewed, with_settings, workbook
from tests.workbook.package.splice_support import splice

ON = date(2026, 9, 30)
ACI = with_settings(kind=StructureKind.ACI)
OLD = Path(__file__).parent / "old_sheets/statistiques-1.0.xlsx"


def board(rows: Sequence[Any], on: date = ON) -> Board:
    records = workbook(rows)
    years = compute_years(records, (2024, 2025, 2026), on=on)
    return board_of(years, records.settings, on)


def values(found: Board) -> dict[str, tuple[float | None, ...]]:
    return {line.headline.id: line.values for line in found.lines}


def test_ten_figures_over_three_years_in_hours() -> None:
    found = board(
        [
            ACI,
            person("A", registered="05/01/25"),
            left("B", registered="05/01/25", exited="01/06/26", exit_category=ExitCategory.DURABLE),
            left("C", registered="05/01/25", exited="01/07/26", exit_category=ExitCategory.OTHER),
            action("A", day="02/02/26", minutes=45),
            action("A", day="03/02/26", minutes=90),
            reviewed("A", agreed="01/03/26", on="01/05/26"),
            mission("A", start="01/02/26", end="28/02/26", hours=70),
        ]
    )
    assert sum(not one.is_base for one in HEADLINES) == 10
    assert found.years == (2024, 2025, 2026)
    told = values(found)
    assert told["active"] == (None, 3, 3)  # the workbook says nothing of 2024
    assert told["entries"] == (None, 3, 0)
    assert told["exits"] == (None, 0, 2)
    assert told["dynamic_exit_rate"] == told["durable_exit_rate"] == (None, None, 0.5)
    assert told["exits_countable"] == (None, 0, 2)
    assert told["engagements_signed"] == told["engagements_reviewed"] == (None, 0, 1)
    assert told["minutes"] == (None, 0, 2.25)  # hours
    assert told["mission_hours"] == (None, 0, 70)
    targets = {line.headline.id: line.target for line in found.lines if line.target is not None}
    assert targets == {"dynamic_exit_rate": 0.6, "durable_exit_rate": 0.25}


SO_FAR = "L'année 2026 est comptée jusqu'au 30/09/2026."


@pytest.mark.slow
@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        ([person("A")], f"{SO_FAR} Rien ne manque à ces chiffres : aucun inconnu."),
        (
            [person("A"), action("A", minutes=None), action("A", day="01/09", minutes=None)],
            f"{SO_FAR} Ce qui manque : 2 actions sans temps noté (les heures d'accompagnement sont "
            "un minimum).",
        ),
        (
            [ACI, left("A", registered="05/01/25", exited="01/06/26", exit_category=None)],
            f"{SO_FAR} Ce qui manque : 1 sortie sans catégorie (comptée comme non dynamique).",
        ),
        (
            [with_settings(fte_hours=None), person("A"), mission("A", hours=70)],
            f"{SO_FAR} Rien ne manque à ces chiffres : aucun inconnu. Sans base annuelle d'heures "
            "dans Paramètres, pas d'ETP.",
        ),
    ],
)
def test_what_is_not_known_is_said_in_a_sentence(rows: Sequence[Any], sentence: str) -> None:
    assert board(rows).unknown == sentence


def test_a_year_that_is_over_or_silent_says_so_otherwise() -> None:
    records = workbook([person("A")])
    over = unknown_sentence(compute(records, 2026, on=date(2027, 1, 5)), date(2027, 1, 5))
    assert over == "Rien ne manque à ces chiffres : aucun inconnu."
    silent = unknown_sentence(compute(records, 2020, on=ON), ON)
    assert silent.startswith("Le classeur ne dit rien de 2020")


def test_in_january_what_lasts_is_given_with_the_reason() -> None:
    """No line of 2027 yet: who was there is there still, as `stats` says."""
    records, on = workbook([person("A"), mission("A", end=None)]), date(2027, 1, 5)
    years = [compute(records, year, on=on) for year in (2025, 2026, 2027)]
    page = board_of(years, records.settings, on)
    assert [line.values for line in page.lines if line.headline.id == "active"] == [(None, 1, 1)]
    assert page.unknown.startswith("Le classeur ne dit rien de 2027")
    assert "Rien ne manque" not in page.unknown


@pytest.mark.slow
def test_the_text_opens_with_the_same_figures_in_the_same_order() -> None:
    counted = compute(association(3, 60), 2025, on=ON)
    lines = render_text(counted, workbook="w", on=ON, version="9").splitlines()
    first = lines.index("L'ESSENTIEL") + 1
    for line, headline in zip(lines[first:], HEADLINES, strict=False):
        assert line.strip().startswith(headline.label.replace(" :", "\u00a0:"))
    assert any(line.strip().startswith("Temps consacré (heures)") for line in lines)
    assert not any("(minutes)" in line for line in lines)


# The PDF


def pages(form: Any) -> list[str]:
    with typesetter() as setter:
        pdf = setter.pdf("Essai", [form], ON)
    assert not pdf.undrawn
    return [page.extract_text() for page in PdfReader(BytesIO(pdf.data)).pages]


def crowded() -> Records:
    """An association with a long name, large numbers, and unknowns of every kind."""
    records = association(5, 60)
    name = "Association intermédiaire pour l'insertion et la solidarité du Haut-Val de Quelquepart"
    return replace(records, settings=replace(records.settings, structure=name))


@pytest.mark.slow
@pytest.mark.parametrize("year", [2025, 2026, 2030])
def test_the_page_is_one(year: int) -> None:
    found = pages(board_form(crowded(), year, Origin("essai.xlsx", ON)))
    assert len(found) == 1
    text = " ".join(found[0].split())
    assert f"L’ESSENTIEL {year}" in text
    for words in ("Heures d’accompagnement notées", "Objectif", "60 %", "Ce que ces chiffres"):
        assert words in text.replace("\u00a0", " ")


def test_a_chart_says_in_words_what_it_shows() -> None:
    form = board_form(association(5, 60), 2026, Origin("essai.xlsx", ON))
    lines = {line["label"]: line["values"] for line in form["lines"]}
    people = form["charts"][0]
    numbers = lines["Sorties\u00a0: fins de parcours"]
    assert people["alt"].endswith(
        f"Sorties\u00a0: fins de parcours\u00a0: {numbers[0]} en 2024, {numbers[1]} en 2025 et "
        f"{numbers[2]} en 2026."
    )
    shares = [bar["share"] for group in people["groups"] for bar in group["bars"]]
    assert max(shares) == 1
    assert [chart["title"] for chart in form["charts"]][2].startswith("Engagements réciproques")


@pytest.mark.slow
def test_the_classes_of_neighbouring_years_do_not_touch() -> None:
    form = board_form(workbook([ACI, person("A")]), 2026, Origin("essai.xlsx", ON))
    chart = form["charts"][1]
    said = (["100 à 199"] * 3, ["au plus 34\u00a0%"] * 3)
    for group, texts in zip(chart["groups"], said, strict=True):
        group["bars"] = [{"share": 0, "text": text} for text in texts]
    found = starts(form)
    for text, width in (("100 à 199", 30.0), ("au plus", 24.0), ("34 %", 12.0)):
        first, second, third = sorted(found[text])
        assert second - first > width + 3, text  # points
        assert third - second > width + 3, text


def starts(form: Any) -> dict[str, list[float]]:
    """Where each text of a page begins, in points from its left."""
    with typesetter() as setter:
        page = PdfReader(BytesIO(setter.pdf("Essai", [form], ON).data)).pages[0]
    found: dict[str, list[float]] = {}

    def note(text: str, current: list[float], matrix: list[float], *_: object) -> None:
        for one in text.splitlines():
            found.setdefault(one.strip().replace("\u00a0", " "), []).append(current[4] + matrix[4])

    page.extract_text(visitor_text=note)
    return found


@pytest.mark.slow
def test_a_publication_hides_what_its_year_hides() -> None:
    records = association(5, 20)
    form = board_form(records, 2025, Origin("essai.xlsx", ON), public=True)
    shown = {line["label"]: line["values"] for line in form["lines"]}
    for rank, year in enumerate((2023, 2024, 2025)):
        published = publish(records, year, on=ON)
        for identifier, label in (
            ("exits", "Sorties\u00a0: fins de parcours"),
            ("exits_countable", "sur ce nombre de sorties comptées"),
        ):
            value = published.indicator(identifier).value
            said = published.classes.get((identifier, None, "value"))
            told = "–" if value is None else str(value)
            assert shown[label][rank] == (told if said is None else class_of(*said))
    assert form["running"].endswith("pour publication")
    assert "un tiret tient la place" in form["unknown"]


def class_of(low: float, high: float) -> str:
    """How a class of a count is said."""
    return f"{low:.0f} à {high:.0f}" if low else f"< {high + 1:.0f}"


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workbook of twelve people."""
    path = tmp_path_factory.mktemp("small") / "suivi.xlsx"
    path.write_bytes(api.workbook_bytes(demonstration(ON, seed=12, people=12, clean=True).filling))
    return path


@pytest.mark.slow
def test_print_writes_the_page(small: Path, tmp_path: Path) -> None:
    done = CliRunner().invoke(
        command, [str(small), "--board", "2026", "--date", "2026-09-30", "-o", str(tmp_path)]
    )
    assert (done.exit_code, [one.name for one in tmp_path.iterdir()]) == (0, ["Essentiel 2026.pdf"])
    assert len(PdfReader(tmp_path / "Essentiel 2026.pdf").pages) == 1


@pytest.mark.slow
def test_print_public_goes_with_the_board_alone(small: Path, tmp_path: Path) -> None:
    done = CliRunner().invoke(command, [str(small), "--meeting", "--public", "-o", "x"])
    assert done.exit_code == 2
    assert "--board AAAA" in done.output
    with pytest.raises(CedreError, match="--board AAAA"):
        api.print_forms(small, folder=tmp_path)


# A sheet of the former layout


@pytest.mark.slow
def test_what_was_typed_in_a_sheet_of_the_former_layout_stays(small: Path) -> None:
    """Beside a line, it is beside that line; over our cells, it is kept at the bottom."""
    title = "Statistiques 2026"
    data = OLD.read_bytes()
    entries, total = where(data, title, "Entrées")[0], where(data, title, "dont Découverte")[0]
    minutes = where(data, title, "Temps consacré (minutes)")[0]
    data = typed(
        data,
        title,
        {
            f"Q{entries[1:]}": "à citer au CA",
            f"P{minutes[1:]}": "avec les ateliers",
            f"D{total[1:]}": 77,
            "Q2": "imprimé le 3",
            "A400": "loin dessous",
        },
    )
    records = read_workbook(small, on=ON).records
    sheet = yearly_sheets(records, (2026,), on=ON, workbook="a.xlsx", version="2")[0]
    done = splice(data, [sheet], on=ON)
    assert check_package(done.data) == []
    entry = where(done.data, title, "Entrées")
    beside = where(done.data, title, "à citer au CA")
    assert [one[1:] for one in beside] == [entry[0][1:]]
    hours = where(done.data, title, "Temps consacré (heures)")
    assert where(done.data, title, "avec les ateliers")[0][1:] == hours[0][1:]
    assert where(done.data, title, "imprimé le 3")
    kept = kept_lines(done.data, title)
    assert sorted(line.partition(" — ")[0] for line in kept) == ["77", "loin dessous"]
    again = splice(done.data, [sheet], on=ON)
    assert again.data == done.data
    assert not where(done.data, title, "Temps consacré (minutes)")


@pytest.mark.slow
def test_nothing_is_said_of_a_former_sheet_that_nobody_changed(small: Path) -> None:
    records = read_workbook(small, on=ON).records
    sheet = yearly_sheets(records, (2026,), on=ON, workbook="a.xlsx", version="2")[0]
    done = splice(OLD.read_bytes(), [sheet], on=ON)
    assert done.notes == ()
    assert kept_lines(done.data, "Statistiques 2026") == []


@pytest.mark.slow
def test_a_note_beside_any_row_stays_beside_it(small: Path) -> None:
    """Headings and totals of several tables show the same: each has its own note."""
    title = "Statistiques 2026"
    records = read_workbook(small, on=ON).records
    sheet = yearly_sheets(records, (2026,), on=ON, workbook="a.xlsx", version="2")[0]
    made = splice(OLD.read_bytes(), [sheet], on=ON).data
    rows = [n for n, row in enumerate(grid(made, title), start=1) if n >= FIRST_ROW and row[0]]
    noted = typed(made, title, {f"Q{n}": f"note {n}" for n in rows})
    done = splice(noted, [sheet], on=ON)
    after = grid(done.data, title)
    assert [after[n - 1][16] for n in rows] == [f"note {n}" for n in rows]
    assert done.notes == ()
