#!/usr/bin/env bash
# betteroffice-xlsx 0.2.1 computes formulas, and finds nothing where a text is looked for with a
# wildcard: MATCH("?*",…), the usual way to the next cell that is filled, is #N/A, SEARCH("??/??/??",…)
# #VALUE!. One cell written, the workbook saved: values that depend on it are replaced in the file.
# COUNTIF with the same wildcard counts well. LibreOffice finds all of them.
set -euo pipefail
command -v soffice >/dev/null || { echo "LibreOffice is not installed"; exit 3; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv env
env/bin/pip install -q betteroffice-xlsx==0.2.1 openpyxl==3.1.5 XlsxWriter==3.3.1
env/bin/pip list 2>/dev/null | grep -iE '^(betteroffice|openpyxl|xlsxwriter)'
soffice --version
env/bin/python - <<'PY'
import xlsxwriter

book = xlsxwriter.Workbook("made.xlsx")
sheet = book.add_worksheet("A")
sheet.write_column("A1", [None, "Lise", "Paul", "vu le 02/03/26"])
for row, (formula, value) in enumerate(
    (
        ('=MATCH("?*",A1:A4,0)', 2),
        ('=INDEX(A1:A4,MATCH("Pa*",A1:A4,0))', "Paul"),
        ('=SEARCH("??/??/??",A4)', 7),
        ('=COUNTIF(A1:A4,"?*")', 3),
    )
):
    sheet.write_formula(row, 2, formula, None, value)
book.close()
PY
env/bin/python - <<'PY'
from betteroffice_xlsx import Workbook

book = Workbook.open_path("made.xlsx")
book.save_path("untouched.xlsx")
book["A"]["A4"] = "vu le 05/03/26"
book["A"]["A3"] = "Pauline"
book.save_path("saved.xlsx")
PY
mkdir libreoffice
env/bin/python - <<'PY'
from openpyxl import load_workbook

book = load_workbook("made.xlsx")  # what openpyxl saves has no values: LibreOffice computes them all
book["A"]["A4"], book["A"]["A3"] = "vu le 05/03/26", "Pauline"
book.save("bare.xlsx")
PY
soffice "-env:UserInstallation=file://$work/profile" --headless --convert-to xlsx \
  --outdir libreoffice bare.xlsx >/dev/null 2>&1
env/bin/python - <<'PY'
import sys

from openpyxl import load_workbook

found = {}
for name in ("made", "untouched", "saved", "libreoffice/bare"):
    sheet = load_workbook(f"{name}.xlsx", data_only=True)["A"]
    found[name] = [sheet.cell(row, 3).value for row in range(1, 5)]
    print(name, found[name])
made = [2, "Paul", 7, 3]
sys.exit(
    found
    != {
        "made": made,
        "untouched": made,
        "saved": ["#N/A", "#N/A", "#VALUE!", 3],
        "libreoffice/bare": [2, "Pauline", 7, 3],
    }
)
PY
