#!/usr/bin/env bash
# Gnumeric writes the pieces of a text of which a word is bold without xml:space, and python-calamine
# trims each piece: "appeler avant lundi" is read as "appeleravantlundi". Nothing says so, and a name
# or a sentence is another one. LibreOffice and openpyxl read the same file with its blanks; in the
# workbook that Gnumeric was given, python-calamine reads them too.
set -euo pipefail
command -v ssconvert >/dev/null || { echo "Gnumeric is not installed"; exit 3; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv env
env/bin/pip install -q openpyxl==3.1.5 python-calamine==0.9.1 XlsxWriter==3.3.1
ssconvert --version 2>&1 | head -1
env/bin/pip list 2>/dev/null | grep -iE '^(openpyxl|python-calamine|xlsxwriter) '
env/bin/python - <<'PY'
import xlsxwriter

book = xlsxwriter.Workbook("made.xlsx")
sheet = book.add_worksheet("Suivi")
bold = book.add_format({"bold": True})
sheet.write_rich_string("A1", "appeler ", bold, "avant", " lundi")
book.close()
PY
ssconvert made.xlsx saved.xlsx 2>/dev/null
env/bin/python - <<'PY'
import re
import sys
import zipfile

from openpyxl import load_workbook
from python_calamine import CalamineWorkbook

found = {}
for name in ("made.xlsx", "saved.xlsx"):
    found[name] = (
        CalamineWorkbook.from_path(name).get_sheet_by_index(0).to_python()[0][0],
        load_workbook(name).active["A1"].value,
    )
    print(name, "(calamine, openpyxl):", found[name])
with zipfile.ZipFile("saved.xlsx") as saved:
    pieces = re.findall(r"<t[^>]*>[^<]*</t>", saved.read("xl/worksheets/sheet1.xml").decode())
print("Gnumeric wrote:", pieces)
text = "appeler avant lundi"
sys.exit(
    found != {"made.xlsx": (text, text), "saved.xlsx": ("appeleravantlundi", text)}
    or pieces != ["<t>appeler </t>", "<t>avant</t>", "<t> lundi</t>"]
)
PY
