#!/usr/bin/env bash
# Gnumeric 1.12 saves a workbook as .xlsx: a name whose area ends with INDEX (the usual way to have a
# list that grows), and one that is a column of a table, become a call of ERROR with the formula as a
# text; a hidden sheet is shown.
set -euo pipefail
command -v ssconvert >/dev/null || { echo "Gnumeric is not installed"; exit 3; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv env
env/bin/pip install -q openpyxl==3.1.5
ssconvert --version 2>&1 | head -1
env/bin/python - <<'PY'
from openpyxl import Workbook
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.table import Table

book = Workbook()
sheet = book.active
sheet.title = "Feuil"
for row in (["A", "B"], [2, 3], [4, 5]):
    sheet.append(row)
sheet.add_table(Table(displayName="tT", ref="A1:B3"))
for name, refers_to in (
    ("liste", "Feuil!$A$2:INDEX(Feuil!$A$2:$A$9,Feuil!$A$2)"), ("colonne", "tT[A]"),
):
    book.defined_names[name] = DefinedName(name, attr_text=refers_to)
book.create_sheet("Listes").sheet_state = "hidden"
book.save("made.xlsx")
PY
ssconvert made.xlsx saved.xlsx 2>/dev/null
env/bin/python - <<'PY'
import sys
from openpyxl import load_workbook
book = load_workbook("saved.xlsx")
found = {name: book.defined_names[name].value for name in ("liste", "colonne")}
found["Listes"] = book["Listes"].sheet_state
print(found)
sys.exit(not (all("ERROR(" in found[name] for name in ("liste", "colonne"))
              and found["Listes"] == "visible"))
PY
