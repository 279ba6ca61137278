"""The first sheet, « Essentiel »: what a report opens with, a line an antenna or a year, charts."""

from __future__ import annotations

from collections.abc import Sequence

from cedre_xlsx.federation.consolidation import ConsolidatedYear, Consolidation
from cedre_xlsx.federation.sheets.figures import origin_of
from cedre_xlsx.federation.sheets.page import GAP, Page, over_all
from cedre_xlsx.federation.sheets.said import Said
from cedre_xlsx.method.french import typeset
from cedre_xlsx.reports.layout import FIRST_ROW, Heading, height_of_lines, lines_of
from cedre_xlsx.reports.statistics.charts import Bars, ChartArea
from cedre_xlsx.reports.statistics.definitions import Unit
from cedre_xlsx.reports.statistics.shown import shown_unit
from cedre_xlsx.workbook.generated import SheetRow, Value

ESSENTIAL = "Essentiel"
#: The figures of the sheet: their ids, what their columns are called.
SHOWN = (
    ("active", "Personnes accompagnées"),
    ("entries", "Entrées"),
    ("exits", "Sorties"),
    ("exits_countable", "Sorties comptées"),
    ("dynamic_exit_rate", "Sorties dynamiques"),
    ("durable_exit_rate", "En emploi durable"),
    ("engagements_signed", "Engagements conclus"),
    ("engagements_reviewed", "Engagements évalués"),
    ("minutes", "Heures de suivi notées"),
    ("people_in_mission", "Personnes en mission"),
    ("mission_hours", "Heures de mission"),
    ("etp", "ETP"),
)
_SHARES = ("dynamic_exit_rate", "durable_exit_rate")
_KINDS = {Unit.RATE: "p", Unit.HOURS: "h", Unit.FTE: "f"}
_LABEL, _NUMBER, _ROW, _TITLE = 30.0, 11.3, 16.0, 20.0
_TEAL, _OCHRE, _NAVY, _BLUE = "2F7F79", "B5762A", "1F3864", "5B84C4"
_CHART_ROWS, _MOST_BARS = 16, 16  # of a chart: the rows that it covers, the most that it shows
_HALF = 7


def essential_page(consolidation: Consolidation) -> Page:
    """The last year first, then those before it; or a line a year, where there are no columns."""
    kinds = "".join(_KINDS.get(shown_unit(identifier), "c") for identifier, _ in SHOWN)
    columns = [Heading("", _LABEL)]
    columns += [Heading(text, _NUMBER + (at == 0) * 2) for at, (_, text) in enumerate(SHOWN)]
    rows: list[SheetRow] = []
    bars: list[Bars] = []
    if consolidation.has_columns:
        for year in reversed(consolidation.years):
            lines = _of_antennas(consolidation, year)
            _add(rows, bars, f"Année {year.year}", lines, kinds, total=True)
    else:
        lines = [(str(year.year), Said(year.total)) for year in consolidation.years]
        _add(rows, bars, "Année par année", lines, kinds, total=False)
    return Page(
        title=ESSENTIAL,
        heading=typeset(f"{consolidation.title} : l'essentiel"),
        hint="Une personne suivie dans deux antennes compte une fois dans le total."
        if consolidation.has_columns
        else "Toutes les sources ensemble.",
        legend=" ".join((*consolidation.warnings, *consolidation.differing)),
        origin=origin_of(consolidation),
        columns=columns,
        rows=rows,
        bars=bars,
        heading_height=height_of_lines(max(lines_of(text, _NUMBER) for _, text in SHOWN), 0),
    )


def _of_antennas(consolidation: Consolidation, year: ConsolidatedYear) -> list[tuple[str, Said]]:
    names = [source.name for source in consolidation.sources]
    lines = [
        (name, Said(one)) for name, one in zip(names, year.columns, strict=True) if one is not None
    ]
    return [*lines, ("Total", Said(year.total))]


def _add(
    rows: list[SheetRow],
    bars: list[Bars],
    title: str,
    lines: Sequence[tuple[str, Said]],
    kinds: str,
    *,
    total: bool,
) -> None:
    """One block: its title, its lines, its charts beside each other below them."""
    rows.append(over_all("title", title, len(SHOWN) + 1, _TITLE))
    first = FIRST_ROW + len(rows)
    for at, (label, said) in enumerate(lines):
        look = "total" if total and at == len(lines) - 1 else "body"
        values = (typeset(label), *(said.value(identifier) for identifier, _ in SHOWN))
        height = height_of_lines(lines_of(label, _LABEL), _ROW)
        rows.append(SheetRow(f"{look}:l{kinds}", values, height))
    body = len(lines) - total
    if 1 < body <= _MOST_BARS:
        top = FIRST_ROW + len(rows) + 1
        rows += [SheetRow("body:", (), _ROW)] * (_CHART_ROWS + 2)
        last = first + body - 1
        shares = [said.value(identifier) for _, said in lines[:body] for identifier in _SHARES]
        bars += _charts(first, last, top, has_antennas=total)[: 1 + _can_be_drawn(shares)]
    rows.append(GAP)


def _can_be_drawn(values: Sequence[Value]) -> bool:
    """Whether most of what a chart would show is a number."""
    return 2 * sum(isinstance(value, (int, float)) for value in values) > len(values)


def _charts(first: int, last: int, top: int, *, has_antennas: bool) -> list[Bars]:
    """People at the left, shares of exits at the right."""
    by = "par antenne" if has_antennas else "par année"

    def chart(title: str, columns: Sequence[int], colors: Sequence[str], left: int) -> Bars:
        return Bars(
            title=title,
            heading_row=FIRST_ROW - 1,
            first_row=first,
            last_row=last,
            columns=columns,
            colors=colors,
            area=ChartArea(top, top + _CHART_ROWS - 1, left, left + _HALF - 1 - (left == 1)),
            rates=left > 1,
        )

    return [
        chart(f"Personnes accompagnées, entrées, sorties {by}", (2, 3, 4),
              (_NAVY, _TEAL, _OCHRE), 1),
        chart(f"Sorties dynamiques, en emploi durable {by}", (6, 7), (_TEAL, _BLUE), _HALF),
    ]  # fmt: skip
