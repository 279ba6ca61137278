#!/usr/bin/env bash
# office-oxide 0.1.15 writes a workbook as text, and leaves values out: 90 minutes ([mm]) are nothing,
# 5 with the format General" dossiers" is the word General without its number, a half is "1 /". Hours added
# up ([h]:mm) are a moment of January 1900, a post code (00000) and a telephone number lose the zeros that
# their format shows. The file holds all of them.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv env
env/bin/pip install -q office-oxide==0.1.15 XlsxWriter==3.3.1
env/bin/pip freeze | grep -i -E "^(office-oxide|xlsxwriter)="
env/bin/python - <<'PY'
import re
import sys
import zipfile

import office_oxide
import xlsxwriter

CELLS = (("minutes", 0.0625, "[mm]", ""), ("dossiers", 5, 'General" dossiers"', "General dossiers"),
         ("part", 0.5, "# ?/?", "1 /"), ("heures", 1.5, "[h]:mm", "1900-01-01 12:00:00"),
         ("code", 1000, "00000", "1000"),
         ("téléphone", 612345678, '0#" "##" "##" "##" "##', "612345678"), ("taux", 0.805, "0.0%", "80.5%"))
book = xlsxwriter.Workbook("made.xlsx")
sheet = book.add_worksheet("A")
sheet.write_row(0, 0, ["Quoi", "Valeur"])
for row, (name, number, shown, _) in enumerate(CELLS, start=1):
    sheet.write_string(row, 0, name)
    sheet.write_number(row, 1, number, book.add_format({"num_format": shown}))
book.close()
with zipfile.ZipFile("made.xlsx") as package:
    part = package.read("xl/worksheets/sheet1.xml").decode()
print("in the file:", re.findall(r'<c r="B[2-8]"[^>]*><v>([^<]*)', part))
text = office_oxide.to_markdown("made.xlsx")
print(text)
lines = [[cell.strip() for cell in line.split("|")[1:3]] for line in text.splitlines() if line.startswith("|")]
sys.exit(lines[2:] != [[name, read] for name, _, _, read in CELLS])
PY
