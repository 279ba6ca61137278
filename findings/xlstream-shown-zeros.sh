#!/usr/bin/env bash
# xlstream 2.5.5 gives beside each number the text that its cell shows ("formatted"), and makes a number
# of that text again when it looks like one: the post code 01000 of a cell with the format 00000 is
# 1000, an empty text (;;;) is 0, "1.50" is 1.5. A telephone number with spaces keeps its zero. SheetJS
# shows what the cell shows.
set -euo pipefail
command -v node >/dev/null || { echo "node is not installed"; exit 3; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv env
env/bin/pip install -q XlsxWriter==3.3.1
echo '{"private": true}' > package.json
npm install --silent --no-audit --no-fund xlstream@2.5.5 xlsx@0.18.5
npm ls --depth=0
env/bin/python - <<'PY'
import xlsxwriter

book = xlsxwriter.Workbook("made.xlsx")
sheet = book.add_worksheet("A")
cells = ((1000, "00000"), (612345678, "0000000000"), (612345678, '0#" "##" "##" "##" "##'), (5, ";;;"), (1.5, "0.00"))
for column, (number, shown) in enumerate(cells):
    sheet.write_number(0, column, number, book.add_format({"num_format": shown}))
book.close()
PY
cat > read.cjs <<'JS'
const assert = require("node:assert");
const sheetjs = require("xlsx");
const { getXlsxStream } = require("xlstream");
(async () => {
  const rows = [];
  for await (const row of await getXlsxStream({ filePath: "made.xlsx", sheet: 0 })) rows.push(row);
  const sheet = sheetjs.readFile("made.xlsx").Sheets.A;
  const right = ["A1", "B1", "C1", "D1", "E1"].map((address) => sheet[address].w);
  console.log("SheetJS shows ", right);
  console.log("xlstream shows", rows[0].formatted.arr, "of", rows[0].raw.arr);
  assert.deepStrictEqual(right, ["01000", "0612345678", "06 12 34 56 78", "", "1.50"]);
  assert.deepStrictEqual(rows[0].formatted.arr, [1000, 612345678, "06 12 34 56 78", 0, 1.5]);
})();
JS
node read.cjs
