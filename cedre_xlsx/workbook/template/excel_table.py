"""An Excel table over cells that are already drawn."""

from __future__ import annotations

from typing import Any

from openpyxl.worksheet.filters import AutoFilter
from openpyxl.worksheet.table import Table, TableColumn, TableFormula, TableStyleInfo
from openpyxl.worksheet.worksheet import Worksheet

from cedre_xlsx.schema.records import column_letter
from cedre_xlsx.schema.tables import TableSpec


def add_table(
    sheet: Worksheet,
    spec: TableSpec[Any],
    header_row: int,
    rows: int,
    *,
    first: int = 1,
    filtered: bool = True,
) -> None:
    """Make a table of `rows` rows below its headings; `filtered` gives each heading an arrow.

    Calculated columns are told to the table, so that Excel fills the rows that are typed next.
    """
    last = column_letter(first + len(spec.columns) - 1)
    ref = f"{column_letter(first)}{header_row}:{last}{header_row + rows}"
    table = Table(
        displayName=spec.table,
        name=spec.table,
        ref=ref,
        tableStyleInfo=TableStyleInfo(name="TableStyleLight1", showRowStripes=True),
    )
    table.tableColumns = [
        TableColumn(
            id=number,
            name=column.header,
            calculatedColumnFormula=TableFormula(attr_text=column.calculated)
            if column.calculated
            else None,
        )
        for number, column in enumerate(spec.columns.values(), start=1)
    ]
    if filtered:
        table.autoFilter = AutoFilter(ref=ref)
    sheet.add_table(table)
