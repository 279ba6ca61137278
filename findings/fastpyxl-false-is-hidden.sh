#!/usr/bin/env bash
# fastpyxl 1.1.0, a fork of openpyxl, reads attributes of rows and columns as texts: hidden="false", which
# LibreOffice writes on each of them, is the text "false", which is true to whoever asks. A script that
# leaves out hidden rows and columns leaves out all of them, and hidden="0" is so, too. A workbook of
# which one column is grouped and another is not cannot be saved. openpyxl does both well.
set -euo pipefail
command -v soffice >/dev/null || { echo "LibreOffice is not installed"; exit 3; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv env
env/bin/pip install -q fastpyxl==1.1.0 openpyxl==3.1.5 XlsxWriter==3.3.1
env/bin/pip freeze | grep -i -E "^(fastpyxl|openpyxl|xlsxwriter)="
soffice --version
cat > make.py <<'PY'
import xlsxwriter

book = xlsxwriter.Workbook("made.xlsx")
sheet = book.add_worksheet("A")
sheet.write_column("A1", ["Nom", "Lise Orme", "Paul Saule"])
sheet.set_column("A:A", 30)
sheet.set_row(2, None, None, {"hidden": True})
book.close()
book = xlsxwriter.Workbook("grouped.xlsx")
sheet = book.add_worksheet("A")
sheet.set_column("B:B", 30)
sheet.set_column("D:E", 12, None, {"level": 1})
book.close()
PY
env/bin/python make.py
soffice "-env:UserInstallation=file://$work/profile" --headless --convert-to xlsx --outdir out made.xlsx >/dev/null 2>&1
env/bin/python - <<'PY'
import re
import sys
import zipfile

import fastpyxl
import openpyxl

with zipfile.ZipFile("out/made.xlsx") as package:
    print(re.findall("<(?:row|col) [^>]*>", package.read("xl/worksheets/sheet1.xml").decode()))
seen = {}
for library in (openpyxl, fastpyxl):
    sheet = library.load_workbook("out/made.xlsx").active
    hidden = [sheet.row_dimensions[row].hidden for row in (1, 2, 3)] + [sheet.column_dimensions["A"].hidden]
    shown = [row[0].value for row in sheet.iter_rows() if not sheet.row_dimensions[row[0].row].hidden]
    try:
        saved = library.load_workbook("grouped.xlsx").save("saved.xlsx") or "saved"
    except TypeError as error:
        saved = str(error)
    seen[library.__name__] = hidden, shown, saved
    print(library.__name__, "(hidden, rows shown, grouped columns):", *seen[library.__name__])
sys.exit(seen != {
    "openpyxl": ([False, False, True, False], ["Nom", "Lise Orme"], "saved"),
    "fastpyxl": (["false", "false", "true", "false"], [], "'>' not supported between instances of 'str' and 'int'"),
})
PY
