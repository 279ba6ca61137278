#!/usr/bin/env bash
# xlsx-populate 1.21.0 pairs the tabs of a workbook with its parts by the numbers in the parts' names,
# not by their relationships. Where these are in another order than the tabs, as after tabs were
# moved by some programs, each tab shows the content of the other; a save then exchanges them for good.
set -euo pipefail
command -v node >/dev/null || { echo "node is not installed"; exit 3; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv env
env/bin/pip install -q openpyxl==3.1.5
echo '{"private": true}' > package.json
npm install --silent --no-audit --no-fund xlsx-populate@1.21.0
npm ls --depth=0
env/bin/python - <<'PY'
import zipfile
from openpyxl import Workbook

book = Workbook()
book.active.title = "Un"
book["Un"]["A1"] = "un"
book.create_sheet("Deux")["A1"] = "deux"
book.save("numbered.xlsx")
# The same two sheets under each other's names; the tabs follow their relationships.
other = {"xl/worksheets/sheet1.xml": "xl/worksheets/sheet2.xml",
         "xl/worksheets/sheet2.xml": "xl/worksheets/sheet1.xml"}
with zipfile.ZipFile("numbered.xlsx") as old, zipfile.ZipFile("made.xlsx", "w") as new:
    for part in old.namelist():
        data = old.read(part)
        if part == "xl/_rels/workbook.xml.rels":
            for number, sign in ((b"1", b"@"), (b"2", b"1"), (b"@", b"2")):
                data = data.replace(b"sheet" + number + b".xml", b"sheet" + sign + b".xml")
        new.writestr(other.get(part, part), data)
PY
cat > save.cjs <<'JS'
require("xlsx-populate").fromFileAsync("made.xlsx").then((book) => book.toFileAsync("saved.xlsx"));
JS
node save.cjs
env/bin/python - <<'PY'
import sys
from openpyxl import load_workbook
found = {name: [(sheet.title, sheet["A1"].value) for sheet in load_workbook(f"{name}.xlsx")]
         for name in ("made", "saved")}
print("as openpyxl reads it:", found["made"], "once saved by xlsx-populate:", found["saved"])
sys.exit(found != {"made": [("Un", "un"), ("Deux", "deux")],
                   "saved": [("Un", "deux"), ("Deux", "un")]})
PY
