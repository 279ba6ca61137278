#!/usr/bin/env bash
# SheetJS 0.18.5 reads a cell that stands outside of the sheet's declared dimension (a hint, which
# programs may leave as it was), and saves the workbook without it, without a word.
set -euo pipefail
command -v node >/dev/null || { echo "node is not installed"; exit 3; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv env
env/bin/pip install -q openpyxl==3.1.5
echo '{"private": true}' > package.json
npm install --silent --no-audit --no-fund xlsx@0.18.5
npm ls --depth=0
env/bin/python - <<'PY'
import zipfile
from openpyxl import Workbook

book = Workbook()
book.active["A1"], book.active["C3"] = "un", "trois"
book.save("right.xlsx")
with zipfile.ZipFile("right.xlsx") as old, zipfile.ZipFile("made.xlsx", "w") as new:
    for part in old.namelist():
        data = old.read(part).replace(b'<dimension ref="A1:C3"', b'<dimension ref="A1:B2"')
        new.writestr(part, data)
PY
cat > save.cjs <<'JS'
const library = require("xlsx");
const book = library.readFile("made.xlsx");
library.writeFile(book, "saved.xlsx");
const again = library.readFile("saved.xlsx");
const found = [book, again].map((one) => one.Sheets.Sheet.C3?.v ?? null);
console.log("C3 as read, and once saved:", found);
process.exit(JSON.stringify(found) === '["trois",null]' ? 0 : 1);
JS
node save.cjs
