"""The board's page of a year: the figures that a report opens with, three years, three charts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from cedre_xlsx.forms.content import Origin
from cedre_xlsx.forms.typesetting import Form
from cedre_xlsx.forms.typography import french
from cedre_xlsx.method.french import listed, typeset
from cedre_xlsx.reports.statistics.board import (
    BOARD_TITLE,
    CHARTS,
    UNKNOWN_TITLE,
    YEARS,
    Board,
    BoardChart,
    BoardLine,
    board_of,
)
from cedre_xlsx.reports.statistics.compute import compute_years
from cedre_xlsx.reports.statistics.definitions import PERIOD, Unit
from cedre_xlsx.reports.statistics.text import unit_text
from cedre_xlsx.schema.records import Records

_MASKED = (
    "Les petits nombres sont donnés par une tranche, ou masqués ; un tiret tient la place d'un "
    "nombre masqué, ou d'un nombre que l'année n'a pas."
)


def board_form(records: Records, year: int, origin: Origin, *, public: bool = False) -> Form:
    """The page of a year beside the two before it, as counted at the date of `origin`.

    When it is `public`, each year hides or rounds its small numbers, as its own publication does.
    """
    years = range(year - YEARS + 1, year + 1)
    if public:
        from cedre_xlsx.reports.statistics.public import publish

        counted = tuple(publish(records, one, on=origin.on) for one in years)
    else:
        counted = compute_years(records, years, on=origin.on)
    board = board_of(counted, records.settings, origin.on)
    running = f"{BOARD_TITLE} {year}{' pour publication' if public else ''}"
    told = [counted[-1].note, board.unknown, _MASKED if public else ""]
    return {
        "form": "board",
        "running": french(running),
        "foot": origin.foot,
        "structure": french(records.settings.structure),
        "title": french(f"{BOARD_TITLE.upper()} {year}"),
        "period": french(PERIOD),
        "years": [str(one) for one in board.years],
        "lines": [_line(line) for line in board.lines],
        "charts": [_chart(board, chart) for chart in CHARTS],
        "unknown_title": french(UNKNOWN_TITLE),
        "unknown": french(" ".join(dict.fromkeys(filter(None, told)))),
    }


def _line(line: BoardLine) -> dict[str, object]:
    return {
        "label": french(line.headline.label),
        "base": line.headline.is_base,
        "values": _numbers(line),
        "target": "" if line.target is None else _number(line.target, line.unit),
    }


def _numbers(line: BoardLine) -> list[str]:
    """The numbers of a line, or the classes that they are given by."""
    return [
        typeset(known) or _number(value, line.unit)
        for value, known in zip(line.values, line.classes, strict=True)
    ]


def _number(value: float | None, unit: Unit) -> str:
    """A number as the page prints it: rates and hours without decimals."""
    if value is not None and unit in (Unit.RATE, Unit.HOURS):
        value = round(value, 2 if unit is Unit.RATE else 0)
    return typeset(unit_text(value, unit))


def _chart(board: Board, chart: BoardChart) -> dict[str, Any]:
    lines = board.charted(chart)
    most = max((value for line in lines for value in line.values if value), default=1)
    return {
        "title": french(chart.title),
        "alt": french(f"{chart.title}. {' '.join(_said(board, lines))}"),
        "groups": [
            {
                "label": french(line.headline.label),
                "bars": [
                    {"share": (value or 0) / most, "text": text}
                    for value, text in zip(line.values, _numbers(line), strict=True)
                ],
            }
            for line in lines
        ],
    }


def _said(board: Board, lines: tuple[BoardLine, ...]) -> Iterator[str]:
    """What a chart shows, in words."""
    for line in lines:
        numbers = [
            f"{text} en {year}"
            for year, value, known, text in zip(
                board.years, line.values, line.classes, _numbers(line), strict=True
            )
            if value is not None or known
        ]
        yield f"{line.headline.label} : {listed(numbers) or 'aucun nombre'}."
