#!/usr/bin/env bash
# xlsx-extract 0.2.0 makes two numbers of the same rate: 80,5 % is read as 0.8 where one decimal is shown
# (0.0%), as 81 where none is (0%); and 90 minutes ([mm]) as 0. Numbers are cut to the decimals of their
# format, and a rate without decimals is given in hundredths, the others not. Nothing asks for it.
# SheetJS reads the numbers of the file.
set -euo pipefail
command -v node >/dev/null || { echo "node is not installed"; exit 3; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv env
env/bin/pip install -q XlsxWriter==3.3.1
echo '{"private": true}' > package.json
npm install --silent --no-audit --no-fund xlsx-extract@0.2.0 xlsx@0.18.5
npm ls --depth=0
env/bin/python - <<'PY'
import xlsxwriter

book = xlsxwriter.Workbook("made.xlsx")
sheet = book.add_worksheet("Taux")
cells = ((0.805, "0.0%"), (0.805, "0%"), (0.04, "0%"), (0.0625, "[mm]"), (0.805, "General"))
for column, (number, shown) in enumerate(cells):
    sheet.write_number(0, column, number, book.add_format({"num_format": shown}))
book.close()
PY
cat > read.cjs <<'JS'
const assert = require("node:assert");
const sheetjs = require("xlsx");
const { XLSX } = require("xlsx-extract");
const rows = [];
new XLSX()
  .extract("made.xlsx", { sheet_nr: 1 })
  .on("row", (row) => rows.push(row))
  .on("error", (error) => { throw error; })
  .on("end", () => {
    const book = sheetjs.readFile("made.xlsx");
    const right = sheetjs.utils.sheet_to_json(book.Sheets.Taux, { header: 1 })[0];
    console.log("SheetJS reads     ", right);
    console.log("xlsx-extract reads", rows[0]);
    assert.deepStrictEqual(right, [0.805, 0.805, 0.04, 0.0625, 0.805]);
    assert.deepStrictEqual(rows[0], [0.8, 81, 4, 0, 0.805]);
  });
JS
node read.cjs
