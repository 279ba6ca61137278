#!/usr/bin/env bash
# hucre 1.0.0 opens a workbook and saves it by the way that it calls preserving (openXlsx, saveXlsx):
# every number that has a format of hours is a day of year-month-day from then on. 36 hours of work
# ([h]:mm) are shown as 1 January 1900, an appointment at 9:30 (hh:mm) as 0 January; one that is written
# the French way (hh"h"mm) is a bare 0.3958, a rate 0.8. No cell was touched. With readStyles they stay.
# A link to a place in a page leads into the workbook itself, with and without.
set -euo pipefail
command -v node >/dev/null || { echo "node is not installed"; exit 3; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv env
env/bin/pip install -q openpyxl==3.1.5 XlsxWriter==3.3.1
echo '{"private": true}' > package.json
npm install --silent --no-audit --no-fund hucre@1.0.0
npm ls --depth=0
env/bin/python - <<'PY'
import xlsxwriter

book = xlsxwriter.Workbook("made.xlsx")
sheet = book.add_worksheet("Heures")
cells = ((46146, "dd/mm/yyyy"), (1.5, "[h]:mm"), (9.5 / 24, "hh:mm"), (9.5 / 24, 'hh"h"mm'), (0.8, "0%"))
for column, (number, shown) in enumerate(cells):
    sheet.write_number(0, column, number, book.add_format({"num_format": shown}))
sheet.write_url("A2", "https://exemple.fr/aide#dates", string="aide")
book.close()
PY
cat > save.mjs <<'JS'
import { readFile, writeFile } from "node:fs/promises";
import { openXlsx, saveXlsx } from "hucre/xlsx";
for (const [name, options] of [["saved", undefined], ["styled", { readStyles: true }]])
  await writeFile(`${name}.xlsx`, await saveXlsx(await openXlsx(await readFile("made.xlsx"), options)));
JS
node save.mjs
env/bin/python - <<'PY'
import sys

from openpyxl import load_workbook

formats = ["dd/mm/yyyy", "[h]:mm", "hh:mm", 'hh"h"mm', "0%"]
wanted = {
    "made": (formats, ("https://exemple.fr/aide", "dates")),
    "saved": (["yyyy-mm-dd"] * 3 + ["General"] * 2, (None, "dates")),
    "styled": (formats, (None, "dates")),
}
seen = {}
for name in wanted:
    sheet = load_workbook(f"{name}.xlsx")["Heures"]
    link = sheet["A2"].hyperlink
    seen[name] = [cell.number_format for cell in sheet[1]], (link.target, link.location)
    print(name, *seen[name], [str(cell.value) for cell in sheet[1]])
sys.exit(seen != wanted)
PY
