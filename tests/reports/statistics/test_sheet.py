"""The sheet of a year: its charts stand on the right cells, its years side by side."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from openpyxl import Workbook
from openpyxl.utils.cell import range_boundaries

from cedre_xlsx.reports.layout import FIRST_ROW
from cedre_xlsx.reports.statistics import compute, yearly_sheets
from cedre_xlsx.schema.records import Records
from cedre_xlsx.workbook.generated import GeneratedSheet, Link
from tests.reports.statistics.test_oracle import ON, association
from tests.rules.rule_cases import person, workbook

YEAR = 2025


def drawn(records: Records, year: int = YEAR) -> tuple[GeneratedSheet, Any]:
    """The sheet and what openpyxl has of it, its rows written in their places."""
    made = yearly_sheets(records, (year,), on=ON, workbook="essai.xlsx", version="9")[0]
    sheet: Any = Workbook().active
    for number, row in enumerate(made.rows, FIRST_ROW):
        for column, value in enumerate(row.values, 1):
            sheet.cell(number, column).value = value.text if isinstance(value, Link) else value
    made.draw(sheet, made.last_row)
    return made, sheet


def values(sheet: Any, reference: str) -> list[Any]:
    """The values of "'Sheet'!$B$5:$B$9"."""
    left, top, right, bottom = range_boundaries(reference.rpartition("!")[2].replace("$", ""))
    rows = sheet.iter_rows(
        min_row=top, max_row=bottom, min_col=left, max_col=right, values_only=True
    )
    return [value for row in rows for value in row]


def charts(sheet: Any) -> dict[str, dict[str, dict[Any, Any]]]:
    """Of each chart by its title, each series by its name: labels and numbers."""
    found: dict[str, dict[str, dict[Any, Any]]] = {}
    for chart in sheet._charts:
        title = chart.title.tx.rich.p[0].r[0].t
        found[title] = {
            values(sheet, one.tx.strRef.f)[0]: dict(
                zip(values(sheet, one.cat.strRef.f), values(sheet, one.val.numRef.f), strict=True)
            )
            for one in chart.series
        }
    return found


@pytest.mark.slow
def test_charts_show_the_tables() -> None:
    records = association(3, 120)
    counted = compute(records, YEAR, on=ON)
    _, sheet = drawn(records)
    found = charts(sheet)
    assert list(found) == [
        "Personnes accompagnées, entrées et sorties",
        "Sorties dynamiques, et en emploi durable",
        "Engagements réciproques conclus et évalués",
        "Entrées et sorties par mois",
        "Engagements conclus, par type",
        "Échéances tenues",
        "Sorties, par motif",
        "Parcours : ce qui suit chaque type d'engagement",
        "Heures de mission par mois",
    ]
    people = found["Personnes accompagnées, entrées et sorties"]
    assert list(people) == ["2023", "2024", "2025"]
    assert list(people["2025"].values()) == [
        counted.indicator(one).value for one in ("active", "entries", "exits")
    ]
    rates = found["Sorties dynamiques, et en emploi durable"]["2025"]
    assert rates["Sorties dynamiques (emploi, formation…)"] == pytest.approx(
        counted.indicator("dynamic_exit_rate").value
    )
    months = counted.tables["months"][:-1]
    movements = found["Entrées et sorties par mois"]
    assert list(movements) == ["Entrées", "Sorties"]
    assert list(movements["Entrées"].values()) == [row.cells["Entrées"] for row in months]
    assert list(movements["Sorties"])[:2] == ["janv.", "févr."]
    types = found["Engagements conclus, par type"]["Conclus"]
    assert sum(types.values()) == counted.indicator("engagements_signed").value
    rate = counted.indicator("reviewed_on_time_rate")
    kept = found["Échéances tenues"]
    assert list(kept["Tenues"]) == ["2024", "2025"]  # no deadline in 2023
    assert kept["Tenues"]["2025"] == rate.numerator
    assert kept["Tenues"]["2025"] + kept["Pas tenues"]["2025"] == rate.denominator
    exits = found["Sorties, par motif"]["Sorties"]
    assert sum(exits.values()) == counted.indicator("exits").value
    steps = found["Parcours : ce qui suit chaque type d'engagement"]
    assert "Total" not in steps
    whole = sum(sum(series.values()) for series in steps.values())
    assert whole == counted.tables["succession"][-1].cells["Total"]


def test_charts_leave_excel_nothing_to_guess() -> None:
    """Axes shown, titles beside the plot, zeros without a label."""
    _, sheet = drawn(association(3, 120))
    for chart in sheet._charts:
        assert (chart.x_axis.delete, chart.y_axis.delete) == (False, False)
        assert (chart.title.overlay, chart.roundedCorners) == (False, False)
        for series in chart.series:
            labels = series.dLbls.to_tree("dLbls")
            written = labels.find("numFmt").attrib
            assert written["formatCode"] in ("#,##0;-#,##0;;", "0 %;-0 %;;")
            assert written["sourceLinked"] == "0"
            shown = {child.tag: child.get("val") for child in labels if child.get("val")}
            assert [tag for tag, value in shown.items() if value == "1"] == ["showVal"]


def test_no_chart_covers_a_text() -> None:
    made, sheet = drawn(association(3, 120))
    for chart in sheet._charts:
        first, last = chart.anchor._from.row + 1, chart.anchor.to.row
        columns = slice(chart.anchor._from.col, chart.anchor.to.col)
        covered = made.rows[first - FIRST_ROW : last - FIRST_ROW + 1]
        assert len(covered) == last - first + 1
        assert not any(value is not None for row in covered for value in row.values[columns])


def test_the_charts_of_the_board_stand_beside_its_figures_one_below_the_other() -> None:
    made, sheet = drawn(association(3, 120))
    heights = [row.height or 0 for row in made.rows]

    def points(marker: Any) -> float:
        return sum(heights[: marker.row - FIRST_ROW + 1]) + marker.rowOff / 12_700

    board = [chart.anchor for chart in sheet._charts[:3]]
    tops, bottoms = ([points(getattr(one, end)) for one in board] for end in ("_from", "to"))
    assert tops == pytest.approx([0, 404 / 3, 2 * 404 / 3], abs=0.1)
    assert bottoms == pytest.approx([404 / 3, 2 * 404 / 3, 404], abs=0.1)


@pytest.mark.slow
def test_the_last_three_years_stand_side_by_side() -> None:
    """On the board's page and in the first table to copy, in hours where programs have minutes."""
    records = association(3, 120)
    counted = [compute(records, year, on=ON) for year in (2023, 2024, 2025)]
    made, sheet = drawn(records)
    headings = [sheet.cell(FIRST_ROW - 1, column).value for column in range(1, 8)]
    assert headings == [
        "Chiffre", "2023", "2024", "2025", "Objectif", "Définition", "En images",
    ]  # fmt: skip
    rows = {row.values[0]: row.values for row in made.rows if row.values}
    for board, table, figure in (
        ("Personnes accompagnées dans l'année", "Personnes dans la file active", "active"),
        ("Engagements réciproques conclus", "Engagements conclus", "engagements_signed"),
    ):
        expected = tuple(year.indicator(figure).value for year in counted)
        assert rows[board][1:4] == rows[table][1:4] == expected
    hours = tuple((year.indicator("minutes").value or 0) / 60 for year in counted)
    assert rows["Heures d'accompagnement notées"][1:4] == pytest.approx(hours)
    assert rows["Temps consacré (heures)"][1:4] == pytest.approx(hours)
    assert "Minutes" not in {value for row in made.rows for value in row.values}


@pytest.mark.parametrize("year", [2020, 2030])
def test_a_silent_year_has_no_chart_and_no_zero(year: int) -> None:
    made, sheet = drawn(workbook([person("A", registered=date(2026, 1, 5))]), year)
    assert sheet._charts == []
    assert not any(value == 0 for row in made.rows for value in row.values)
