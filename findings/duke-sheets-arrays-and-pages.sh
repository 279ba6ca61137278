#!/usr/bin/env bash
# duke-sheets 0.1.20 opens a workbook and saves it. A matrix formula of several cells is written into
# each of them as a formula of its own: Gnumeric, which computes the matrix of the first file, finds
# #VALUE! there. "Fit to one page wide" is half gone (fitToHeight stays, fitToPage does not): the sheet
# is printed at its full size on several pages.
set -euo pipefail
command -v soffice >/dev/null || { echo "LibreOffice is not installed"; exit 3; }
command -v ssconvert >/dev/null || { echo "Gnumeric is not installed"; exit 3; }
command -v pdfinfo >/dev/null || { echo "poppler is not installed"; exit 3; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv env
env/bin/pip install -q duke-sheets==0.1.20 XlsxWriter==3.3.1
env/bin/pip list 2>/dev/null | grep -iE '^(duke|xlsxwriter)'
soffice --version
ssconvert --version 2>&1 | head -1
env/bin/python - <<'PY'
import duke_sheets
import xlsxwriter

book = xlsxwriter.Workbook("made.xlsx")
sheet = book.add_worksheet("A")
sheet.write_column("A1", [1, 2, 3])
sheet.write_array_formula("B5:B7", "{=A1:A3*2}", None, 2)
sheet.write("B6", 4)
sheet.write("B7", 6)
sheet.write_row("C9", ["un titre de colonne"] * 20)
sheet.set_column("C:V", 20)
sheet.set_landscape()
sheet.fit_to_pages(1, 0)
book.close()
duke_sheets.Workbook.open("made.xlsx").save("saved.xlsx")
PY
for name in made saved; do
  soffice "-env:UserInstallation=file://$work/profile" --headless --convert-to pdf $name.xlsx >/dev/null 2>&1
  pdfinfo $name.pdf | awk '/^Pages/ { print $2 }' > $name.pages
  ssconvert --recalc $name.xlsx $name.csv 2>/dev/null
done
env/bin/python - <<'PY'
import csv
import re
import sys
import zipfile
from pathlib import Path

found = {}
for name in ("made", "saved"):
    with zipfile.ZipFile(f"{name}.xlsx") as file:
        part = file.read("xl/worksheets/sheet1.xml").decode()
    with open(f"{name}.csv", newline="") as file:
        computed = [row[1] for row in list(csv.reader(file))[4:7]]
    found[name] = (
        re.findall(r"<f[^>]*>", part),
        "fitToPage" in part,
        "fitToHeight" in part,
        int(Path(f"{name}.pages").read_text()),
        computed,
    )
    print(f"{name} (formulas, fitToPage, fitToHeight, pages, values):", *found[name])
sys.exit(
    found["made"] != (['<f t="array" ref="B5:B7">'], True, True, 1, ["2", "4", "6"])
    or found["saved"][:3] != (["<f>"] * 3, False, True)
    or found["saved"][3] < 3
    or found["saved"][4] != ["#VALUE!"] * 3
)
PY
