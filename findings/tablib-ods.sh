#!/usr/bin/env bash
# tablib 3.10.0 reads an .ods that LibreOffice wrote. Of two equal cells side by side one is read, of
# two empty ones none, so that what stands right of them moves to the left, under other headings. A
# text ends at its first bold word or line break; that of a cell with a comment is the date of the
# comment (or its author, where one is named). pandas reads all of them.
set -euo pipefail
command -v soffice >/dev/null || { echo "LibreOffice is not installed"; exit 3; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv env
env/bin/pip install -q odfpy==1.4.1 pandas==3.1.1 tablib==3.10.0 XlsxWriter==3.3.1
env/bin/pip list 2>/dev/null | grep -iE '^(odfpy|pandas|tablib|xlsxwriter) '
soffice --version
env/bin/python - <<'PY'
import xlsxwriter

book = xlsxwriter.Workbook("made.xlsx")
sheet = book.add_worksheet("Suivi")
sheet.write_row("A1", ["Nom", "Permis", "Logement", "Frein", "Note"])
sheet.write_row("A2", ["Lise", "OUI", "OUI", "Santé"])
sheet.write_rich_string("E2", "appeler ", book.add_format({"bold": True}), "avant", " lundi")
sheet.write_row("A3", ["Paul", None, None, "Mobilité"])
sheet.write_string("E3", "vu\nseul", book.add_format({"text_wrap": True}))
sheet.write_row("A4", ["Zoé", "NON", "OUI", "Santé", "à revoir"])
sheet.write_comment("E4", "avec la cheffe")
book.close()
PY
soffice "-env:UserInstallation=file://$work/profile" --headless --convert-to ods made.xlsx >/dev/null 2>&1
env/bin/python - <<'PY'
import re
import sys

import pandas
import tablib

with open("made.ods", "rb") as file:
    data = tablib.Dataset().load(file, format="ods")
read = [list(row)[:5] for row in data]
right = pandas.read_excel("made.ods", engine="odf").fillna("").to_numpy().tolist()
print(data.headers[:5])
for row, other in zip(read, right):
    print("tablib:", row, "| pandas:", other)
commented = read[2].pop()
sys.exit(
    read
    != [
        ["Lise", "OUI", "Santé", "appeler ", ""],
        ["Paul", "Mobilité", "vu", "", ""],
        ["Zoé", "NON", "OUI", "Santé"],
    ]
    or not re.match(r"\d{4}-\d\d-\d\dT", commented)
    or right
    != [
        ["Lise", "OUI", "OUI", "Santé", "appeler avant lundi"],
        ["Paul", "", "", "Mobilité", "vu\nseul"],
        ["Zoé", "NON", "OUI", "Santé", "à revoir"],
    ]
)
PY
