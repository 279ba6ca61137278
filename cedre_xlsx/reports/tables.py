"""From pure lines to the rows of a generated Excel table, rows kept below it included."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any, Protocol

from cedre_xlsx.reports.carry_over import HEADING_KEY, CarriedOver, Cells, Kept
from cedre_xlsx.reports.layout import Heading, height_of
from cedre_xlsx.schema.columns import Kind
from cedre_xlsx.schema.tables import TableSpec
from cedre_xlsx.workbook.generated import Link, SheetRow, Value
from cedre_xlsx.workbook.styles import (
    BODY,
    BODY_DATE,
    CHOICE,
    HIDDEN_KEY,
    INK,
    MUTED,
    Style,
)

KEPT = "kept"
KEPT_HEADING = "kept_heading"


@cache
def headings(spec: TableSpec[Any]) -> tuple[Heading, ...]:
    """The table's headings, as its schema names them."""
    return tuple(Heading(column.header, column.width) for column in spec.columns.values())


class LaidLine(Protocol):
    """A line as its table shows it: how it looks, and the cells that we write."""

    @property
    def look(self) -> str:
        """The name of the line's style."""
        ...

    @property
    def cells(self) -> Cells:
        """The cells by field."""
        ...


def table_rows(
    spec: TableSpec[Any], lines: Sequence[LaidLine], carried: CarriedOver
) -> list[SheetRow]:
    """The rows of the lines, each with what people typed on it and with its key."""
    return [
        sheet_row(spec, line.look, {**line.cells, **typed, "key": key})
        for line, typed, key in zip(lines, carried.typed, carried.keys, strict=True)
    ]


def sheet_row(spec: TableSpec[Any], style: str, cells: Cells) -> SheetRow:
    """One row of the table, its cells in the order of the columns."""
    values = tuple(_value(cells.get(name)) for name in spec.columns)
    return SheetRow(style, values, height_of(values[:-1], headings(spec)))


def kept_rows(spec: TableSpec[Any], heading: str, kept: Sequence[Kept]) -> tuple[SheetRow, ...]:
    """The block below the table: its heading, then what has no line any more."""
    if not kept:
        return ()
    blanks: tuple[Value, ...] = (None,) * (len(spec.columns) - 2)
    title = SheetRow(KEPT_HEADING, (heading, *blanks, HEADING_KEY), 18)
    return (title, *(sheet_row(spec, KEPT, {**row.cells, "key": row.key}) for row in kept))


def styles_of(
    spec: TableSpec[Any],
    looks: Mapping[str, Style],
    columns: Mapping[str, Style],
    open_fields: Sequence[str],
) -> dict[str, tuple[Style, ...]]:
    """A look a kind of row: `looks` gives its ink and fill, `columns` what a column changes."""
    made = {look: _row_styles(spec, base, columns, open_fields) for look, base in looks.items()}
    made[KEPT] = _row_styles(spec, Style(border="thin", color=MUTED), columns, open_fields)
    title = Style(bold=True, color=INK, vertical="center", wrap=False)
    made[KEPT_HEADING] = (*(title,) * (len(spec.columns) - 1), HIDDEN_KEY)
    return made


def _row_styles(
    spec: TableSpec[Any], base: Style, columns: Mapping[str, Style], open_fields: Sequence[str]
) -> tuple[Style, ...]:
    styles = []
    for name, column in spec.columns.items():
        shape = columns.get(name, BODY_DATE if column.kind is Kind.DATE else BODY)
        style = replace(
            shape,
            bold=shape.bold or base.bold,
            italic=base.italic,
            color=shape.color if shape.underline else base.color,
            fill=CHOICE if name in open_fields else base.fill,
        )
        styles.append(HIDDEN_KEY if name == "key" else style)
    return tuple(styles)


def _value(value: object) -> Value:
    if value is None or isinstance(value, (str, int, float, date, Link)):
        return value or None
    return str(value)
