#!/usr/bin/env bash
# python-calamine 0.9.1 reads a duration of an OpenDocument cell as a time of day below 24 hours,
# and as the bare text of the file ("PT30H15M00S") from 24 hours on: hours of work added up over a
# month become a text. The same duration in an .xlsx is a timedelta.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv env
env/bin/pip install -q python-calamine==0.9.1 odfpy==1.4.1 openpyxl==3.1.5
env/bin/pip list 2>/dev/null | grep -i -E "calamine|odfpy|openpyxl"
env/bin/python - <<'PY'
import sys
from datetime import time, timedelta
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P
from openpyxl import Workbook
from python_calamine import CalamineWorkbook

HOURS = {"PT07H30M00S": "07:30", "PT23H59M00S": "23:59", "PT24H00M00S": "24:00", "PT30H15M00S": "30:15"}

document, table, row = OpenDocumentSpreadsheet(), Table(name="A"), TableRow()
for value, shown in HOURS.items():
    cell = TableCell(valuetype="time", timevalue=value)
    cell.addElement(P(text=shown))
    row.addElement(cell)
table.addElement(row)
document.spreadsheet.addElement(table)
document.save("heures.ods")

book = Workbook()
for column, shown in enumerate(HOURS.values(), 1):
    hours, minutes = map(int, shown.split(":"))
    cell = book.active.cell(1, column, timedelta(hours=hours, minutes=minutes))
    cell.number_format = "[h]:mm"
book.save("heures.xlsx")

def read(path):
    return CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()[0]

ods, xlsx = read("heures.ods"), read("heures.xlsx")
print("ods :", ods)
print("xlsx:", xlsx)
same = ods == [time(7, 30), time(23, 59), "PT24H00M00S", "PT30H15M00S"]
sys.exit(0 if same and xlsx[3] == timedelta(hours=30, minutes=15) else 1)
PY
