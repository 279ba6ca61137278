#!/usr/bin/env bash
# The spreadsheet of Odoo (@odoo/o-spreadsheet 19.3.7) opens an .xlsx and takes texts for what they
# look like: a telephone number and a post code lose their first zero, the room 12E3 is 12000, the
# text TRUE a logical value, and so they are in the .xlsx that it gives back. In the file they are
# texts (shared strings); only cells whose format is "text" stay so. SheetJS gives back the texts.
set -euo pipefail
command -v node >/dev/null || { echo "node is not installed"; exit 3; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv env
env/bin/pip install -q python-calamine==0.9.1 XlsxWriter==3.3.1
echo '{"private": true}' > package.json
npm install --silent --no-audit --no-fund --ignore-scripts \
  @odoo/o-spreadsheet@19.3.7 @odoo/owl@2.8.3 jsdom@22.1.0 jszip@3.10.2 xlsx@0.18.5
npm ls --depth=0
env/bin/python - <<'PY'
import xlsxwriter

book = xlsxwriter.Workbook("made.xlsx")
sheet = book.add_worksheet("A")
for row, text in enumerate(("0612345678", "01000", "12E3", "TRUE", "02/03/2026", "2A004")):
    sheet.write_string(row, 0, text)
sheet.write_string(6, 0, "0612345678", book.add_format({"num_format": "@"}))
book.close()
PY
cat > save.cjs <<'JS'
// The library is made for browsers: it finds here what it asks of one when it is loaded.
const { window } = new (require("jsdom").JSDOM)("", { url: "http://localhost", pretendToBeVisual: true });
Object.assign(globalThis, { window, document: window.document });
for (const name of Object.getOwnPropertyNames(window))
  if (!(name in globalThis)) globalThis[name] = window[name];
globalThis.owl = require("@odoo/owl");
const { Model } = require("@odoo/o-spreadsheet/dist/o_spreadsheet.cjs");
const { readFileSync, writeFileSync } = require("fs");
const Zip = require("jszip");
(async () => {
  const parts = {};
  for (const [name, part] of Object.entries((await Zip.loadAsync(readFileSync("made.xlsx"))).files))
    parts[name] = await part.async("string");
  const saved = new Zip();
  for (const file of (await new Model(parts).exportXLSX()).files) saved.file(file.path, file.content);
  writeFileSync("odoo.xlsx", await saved.generateAsync({ type: "nodebuffer" }));
  const xlsx = require("xlsx");
  xlsx.writeFile(xlsx.readFile("made.xlsx"), "sheetjs.xlsx");
  process.exit(0);
})();
JS
node save.cjs >/dev/null
env/bin/python - <<'PY'
import sys

from python_calamine import CalamineWorkbook

found = {
    name: [row[0] for row in CalamineWorkbook.from_path(f"{name}.xlsx").get_sheet_by_index(0).to_python()]
    for name in ("made", "sheetjs", "odoo")
}
for name, values in found.items():
    print(name, values)
texts = ["0612345678", "01000", "12E3", "TRUE", "02/03/2026", "2A004", "0612345678"]
taken = [612345678, 1000, 12000, True, "02/03/2026", "2A004", "0612345678"]
sys.exit(found != {"made": texts, "sheetjs": texts, "odoo": taken})
PY
