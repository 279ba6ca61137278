#!/usr/bin/env bash
# openexcel-c 1.0.0 opens a workbook and saves it: the stored text of every formula that gives a text is
# the first text of the workbook from then on. Who is late, the name looked up beside a number: all read
# "Nom" until a spreadsheet computes again, and a reader of stored values never knows. Days lose their
# format, 04/05/2026 is shown as 46146. Hidden sheets are shown, and tables are gone.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv env
env/bin/pip install -q openexcel-c==1.0.0 openpyxl==3.1.5 XlsxWriter==3.3.1
env/bin/pip freeze | grep -i -E "^(openexcel-c|openpyxl|xlsxwriter)="
env/bin/python - <<'PY'
import re
import sys
import zipfile

import openexcel
import xlsxwriter
from openpyxl import load_workbook

book = xlsxwriter.Workbook("made.xlsx")
sheet, hidden = book.add_worksheet("Suivi"), book.add_worksheet("Listes")
hidden.hide()
rows = [["Lise Orme", 3], ["Paul Saule", 9]]
sheet.add_table("A1:B3", {"name": "tSuivi", "data": rows, "columns": [{"header": "Nom"}, {"header": "Mois"}]})
for row, (name, months) in enumerate(rows, start=2):
    late = "en retard" if months > 6 else "à jour"
    sheet.write_formula(f"D{row}", f'=IF(B{row}>6,"en retard","à jour")', None, late)
    sheet.write_formula(f"E{row}", f'=A{row}&" : "&B{row}', None, f"{name} : {months}")
    sheet.write_formula(f"F{row}", f"=B{row}*2", None, months * 2)
sheet.write_number("G2", 46146, book.add_format({"num_format": "dd/mm/yyyy"}))
book.close()
openexcel.load_workbook("made.xlsx").save("saved.xlsx")

seen = {}
for name in ("made", "saved"):
    sheet = load_workbook(f"{name}.xlsx", data_only=True)["Suivi"]
    with zipfile.ZipFile(f"{name}.xlsx") as package:
        part = package.read("xl/worksheets/sheet1.xml").decode()
        hides = 'state="hidden"' in package.read("xl/workbook.xml").decode()
        tables = sum("tables/table" in one for one in package.namelist())
    print(name, re.search(r'<c r="E3".*?</c>', part)[0])
    seen[name] = [cell.value for row in sheet["D2:F3"] for cell in row], sheet["G2"].number_format, hides, tables
    print(name, "(values of formulas, format of a day, Listes hidden, tables):", *seen[name])
sys.exit(seen != {
    "made": (["à jour", "Lise Orme : 3", 6, "en retard", "Paul Saule : 9", 18], "dd/mm/yyyy", True, 1),
    "saved": (["Nom", "Nom", 6, "Nom", "Nom", 18], "General", False, 0),
})
PY
