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
from cedre_xlsx.workbook.generated import GeneratedSheet
from tests.rule_cases import person, workbook
from tests.test_statistics_oracle import ON, association

YEAR = 2025


def drawn(records: Records, year: int = YEAR) -> tuple[GeneratedSheet, Any]:
    """The sheet and what openpyxl has of it, its rows written in their places."""
    made = yearly_sheets(records, (year,), on=ON, workbook="essai.xlsx", version="9")[0]
    sheet: Any = Workbook().active
    for number, row in enumerate(made.rows, FIRST_ROW):
        for column, value in enumerate(row.values, 1):
            sheet.cell(number, column).value = value
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


def test_charts_show_the_tables() -> None:
    records = association(3, 120)
    counted = compute(records, YEAR, on=ON)
    _, sheet = drawn(records)
    found = charts(sheet)
    assert list(found) == [
        "Entrées et sorties par mois",
        "Engagements conclus, par type",
        "Échéances tenues",
        "Sorties, par motif",
        "Parcours : ce qui suit chaque type d'engagement",
        "Heures de mission par mois",
    ]
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
            assert labels.find("numFmt").attrib == {
                "formatCode": "#,##0;-#,##0;;",
                "sourceLinked": "0",
            }
            shown = {child.tag: child.get("val") for child in labels if child.get("val")}
            assert [tag for tag, value in shown.items() if value == "1"] == ["showVal"]


def test_no_chart_covers_a_text() -> None:
    made, sheet = drawn(association(3, 120))
    for chart in sheet._charts:
        first, last = chart.anchor._from.row + 1, chart.anchor.to.row
        covered = made.rows[first - FIRST_ROW : last - FIRST_ROW + 1]
        assert len(covered) == last - first + 1
        assert not any(value is not None for row in covered for value in row.values)


def test_the_last_three_years_stand_side_by_side() -> None:
    records = association(3, 120)
    made, sheet = drawn(records)
    headings = [sheet.cell(FIRST_ROW - 1, column).value for column in (2, 4, 6)]
    assert headings == ["2023", "2024", "2025"]
    active = next(
        row.values for row in made.rows if row.values[:1] == ("Personnes dans la file active",)
    )
    expected = [
        compute(records, year, on=ON).indicator("active").value for year in (2023, 2024, 2025)
    ]
    assert [active[index] for index in (1, 3, 5)] == expected


@pytest.mark.parametrize("year", [2020, 2030])
def test_a_silent_year_has_no_chart_and_no_zero(year: int) -> None:
    made, sheet = drawn(workbook([person("A", registered=date(2026, 1, 5))]), year)
    assert sheet._charts == []
    assert not any(value == 0 for row in made.rows for value in row.values)
