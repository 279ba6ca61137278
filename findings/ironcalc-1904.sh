#!/usr/bin/env bash
# ironcalc 0.9.1 opens a workbook that counts its days from 1904, as older Excels for Mac made them,
# shows each day four years and one day earlier, and saves it so: the file says 1900 from then on, its
# numbers are the old ones. A formula with a day in it is right beside the cell that it read. openpyxl
# keeps the days of the same workbook when it saves it.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv env
env/bin/pip install -q ironcalc==0.9.1 openpyxl==3.1.5 XlsxWriter==3.3.1
env/bin/pip list 2>/dev/null | grep -iE '^(ironcalc|openpyxl|xlsxwriter) '
env/bin/python - <<'PY'
import sys
from datetime import date

import ironcalc
import xlsxwriter
from openpyxl import load_workbook

book = xlsxwriter.Workbook("made.xlsx", {"date_1904": True})
sheet = book.add_worksheet("A")
shown = book.add_format({"num_format": "dd/mm/yyyy"})
sheet.write_datetime("A1", date(2026, 3, 2), shown)
sheet.write_formula("A2", "=DATE(2026,3,2)", shown, 44621)
book.close()

model = ironcalc.load_from_xlsx("made.xlsx", "fr", "Europe/Paris", "fr")
model.evaluate()
cells = [model.get_formatted_cell_value(0, row, 1) for row in (1, 2)]
model.save_to_xlsx("ironcalc.xlsx")
load_workbook("made.xlsx").save("openpyxl.xlsx")

found = {}
for name in ("made", "openpyxl", "ironcalc"):
    saved = load_workbook(f"{name}.xlsx")
    found[name] = (saved.epoch.year, str(saved.active["A1"].value.date()))
    print(f"{name} (counts from, day):", found[name])
print("ironcalc shows:", cells)
right = (1904, "2026-03-02")
sys.exit(
    found != {"made": right, "openpyxl": right, "ironcalc": (1899, "2022-03-01")}
    or cells != ["01/03/2022", "02/03/2026"]
)
PY
