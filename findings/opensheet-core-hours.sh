#!/usr/bin/env bash
# opensheet-core 0.3.0 reads every time of day as midnight: an appointment at 9:30 (hh:mm) is
# 31 December 1899, 00:00. Beside a day it is right, but one moment that lies a thousandth of a second
# before midnight refuses the whole sheet. Hours added up ([h]:mm) are moments of January 1900, and
# numbers with a unit (0" jours", 0.00\h) days of it. openpyxl reads all of them.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv env
env/bin/pip install -q openpyxl==3.1.5 opensheet-core==0.3.0 XlsxWriter==3.3.1
env/bin/pip freeze | grep -i -E "^(openpyxl|opensheet-core|xlsxwriter)="
env/bin/python - <<'PY'
import sys
from datetime import date, datetime, time, timedelta

import opensheet_core
import xlsxwriter
from openpyxl import load_workbook


def made(name, *cells):
    """A workbook of one row: numbers, each with the format beside it."""
    book = xlsxwriter.Workbook(name)
    sheet = book.add_worksheet("A")
    for column, (number, shown) in enumerate(cells):
        sheet.write_number(0, column, number, book.add_format({"num_format": shown}))
    book.close()


made("hours.xlsx", (9.5 / 24, "hh:mm"), (17.75 / 24, "hh:mm"), (46146.3958333333, "dd/mm/yyyy hh:mm"),
     (36.25 / 24, "[h]:mm"), (12, '0" jours"'), (35, r"0.00\h"))
made("midnight.xlsx", (46146.99999999, "dd/mm/yyyy hh:mm"))
right = [cell.value for cell in load_workbook("hours.xlsx").active[1]]
read = opensheet_core.read_sheet("hours.xlsx")[0]
for one, other in zip(right, read):
    print(f"openpyxl {one!r}, opensheet-core {other!r}")
try:
    refused = opensheet_core.read_sheet("midnight.xlsx")
except ValueError as error:
    refused = str(error)
print("a moment before midnight:", load_workbook("midnight.xlsx").active["A1"].value, "|", refused)
midnight = datetime(1899, 12, 31)
sys.exit(
    right[:2] + right[3:] != [time(9, 30), time(17, 45), timedelta(hours=36, minutes=15), 12, 35]
    or read[:2] + read[3:]
    != [midnight, midnight, datetime(1900, 1, 1, 12, 15), date(1900, 1, 12), date(1900, 2, 4)]
    or read[2].replace(microsecond=0) != datetime(2026, 5, 4, 9, 30)
    or refused != "hour must be in 0..23"
)
PY
