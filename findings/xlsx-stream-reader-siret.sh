#!/usr/bin/env bash
# xlsx-stream-reader 1.1.1 gives the number of a cell without a format as a narrow column would show it:
# the SIRET 80295478500028 is "8.02955E+13", and its last eight figures are nowhere any more. A duration
# below zero is an empty text, a logical value "1"; the words around a bold one are joined. Nothing says
# so, and SheetJS reads all of them.
set -euo pipefail
command -v node >/dev/null || { echo "node is not installed"; exit 3; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv env
env/bin/pip install -q XlsxWriter==3.3.1
echo '{"private": true}' > package.json
npm install --silent --no-audit --no-fund xlsx-stream-reader@1.1.1 xlsx@0.18.5
npm ls --depth=0
env/bin/python - <<'PY'
import xlsxwriter

book = xlsxwriter.Workbook("made.xlsx")
sheet = book.add_worksheet("A")
sheet.write_number("A1", 80295478500028)
sheet.write_number("B1", 612345678)
sheet.write_number("C1", -1.5 / 24, book.add_format({"num_format": "[h]:mm"}))
sheet.write_boolean("D1", True)
sheet.write_rich_string("E1", "appeler ", book.add_format({"bold": True}), "avant", " lundi")
sheet.write_string("F1", "fin")
book.close()
PY
cat > read.cjs <<'JS'
const assert = require("node:assert");
const fs = require("node:fs");
const sheetjs = require("xlsx");
const Reader = require("xlsx-stream-reader");
const rows = [];
const reader = new Reader();
reader.on("error", (error) => { throw error; });
reader.on("worksheet", (sheet) => {
  sheet.on("row", (row) => rows.push(Array.from(row.values).slice(1)));
  sheet.process();
});
reader.on("end", () => {
  const right = sheetjs.utils.sheet_to_json(sheetjs.readFile("made.xlsx").Sheets.A, { header: 1 })[0];
  console.log("SheetJS reads           ", right);
  console.log("xlsx-stream-reader reads", rows[0]);
  assert.deepStrictEqual(right, [80295478500028, 612345678, -0.0625, true, "appeler avant lundi", "fin"]);
  assert.deepStrictEqual(rows[0], ["8.02955E+13", "612345678", "", "1", "appeleravantlundi", "fin"]);
});
fs.createReadStream("made.xlsx").pipe(reader);
JS
node read.cjs
