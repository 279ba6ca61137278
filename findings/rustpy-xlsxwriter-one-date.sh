#!/usr/bin/env bash
# rustpy-xlsxwriter 0.8.0 writes a list of records: once a day stands in a column, every number below it
# is shown as a moment. A column "Échéance" that has a day and then "3 (months)" as a number has 3 January
# 1900 there, a rate of 80 % is 19:12 of no day. What stands above the first day keeps its own form. The
# numbers in the file are right, their format is not; openpyxl and spreadsheets read days.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv env
env/bin/pip install -q openpyxl==3.1.5 rustpy-xlsxwriter==0.8.0
env/bin/pip freeze | grep -i -E "^(openpyxl|rustpy-xlsxwriter)="
env/bin/python - <<'PY'
import re
import sys
import zipfile
from datetime import date, datetime, time

import rustpy_xlsxwriter
from openpyxl import load_workbook

values = (6, date(2026, 5, 4), 3, 0.8, "à voir")
records = [{"Nom": f"Essai {number}", "Échéance": value} for number, value in enumerate(values)]
rustpy_xlsxwriter.write_worksheet(records, "made.xlsx")
with zipfile.ZipFile("made.xlsx") as package:
    print(re.findall(r'<c r="B.*?</c>', package.read("xl/worksheets/sheet1.xml").decode()))
cells = [row[1] for row in load_workbook("made.xlsx").active.iter_rows(min_row=2)]
for given, cell in zip(values, cells):
    print(f"given {given!r}, read {cell.value!r}, format {cell.number_format}")
wanted = [6, datetime(2026, 5, 4), datetime(1900, 1, 3), time(19, 12), "à voir"]
sys.exit([cell.value for cell in cells] != wanted)
PY
