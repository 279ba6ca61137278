#!/usr/bin/env bash
# pylightxl 1.61 reads hours added up ([h]:mm) without their days, as a text: 36:15 is "12:15:00",
# 24:00 "00:00:00", and the hour of an appointment (dd/mm/yyyy hh:mm is kept) is gone where only the
# day is shown. A number in red ([Red]0 has a d) is a day: 12 is "1900/01/11". openpyxl reads all of
# them.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv env
env/bin/pip install -q openpyxl==3.1.5 pylightxl==1.61 XlsxWriter==3.3.1
env/bin/pip list 2>/dev/null | grep -iE '^(openpyxl|pylightxl|xlsxwriter) '
env/bin/python - <<'PY'
import sys
from datetime import datetime, timedelta

import pylightxl
import xlsxwriter
from openpyxl import load_workbook

book = xlsxwriter.Workbook("made.xlsx")
sheet = book.add_worksheet("A")
moment = datetime(2026, 3, 2, 14, 15)
cells = (
    (timedelta(hours=7, minutes=30), "[h]:mm"),
    (timedelta(hours=36, minutes=15), "[h]:mm"),
    (timedelta(hours=24), "[h]:mm"),
    (moment, "dd/mm/yyyy"),
    (moment, "dd/mm/yyyy hh:mm"),
    (12, "[Red]0"),
)
for column, (value, shown) in enumerate(cells):
    format = book.add_format({"num_format": shown})
    if isinstance(value, int):
        sheet.write_number(0, column, value, format)
    else:
        sheet.write_datetime(0, column, value, format)
book.close()
read = list(pylightxl.readxl("made.xlsx").ws("A").row(1))
right = [cell.value for cell in load_workbook("made.xlsx").active[1]]
print("pylightxl:", read)
print("openpyxl: ", [str(value) for value in right])
sys.exit(
    read
    != ["07:30:00", "12:15:00", "00:00:00", "2026/03/02", "2026/03/02 14:15:00", "1900/01/11"]
    or right != [value for value, _ in cells]
)
PY
