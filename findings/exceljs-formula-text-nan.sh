#!/usr/bin/env bash
# exceljs 4.4.0 opens a workbook with a formula whose result is a text (t="str") in a cell that has a
# format of dates, and saves it: the text is taken for a serial number, and what is stored becomes
# <v>NaN</v>, without t="str". Excel computes again; readers of stored values find a number that is
# none. Beside a General format the text stays; the fork @protobi/exceljs keeps both.
set -euo pipefail
command -v node >/dev/null || { echo "node is not installed"; exit 3; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv env
env/bin/pip install -q XlsxWriter==3.2.0
echo '{"private": true}' > package.json
npm install --silent --no-audit --no-fund exceljs@4.4.0 @protobi/exceljs@4.4.0-protobi.10
npm ls --depth=0
env/bin/python - <<'PY'
import xlsxwriter

book = xlsxwriter.Workbook("made.xlsx")
sheet = book.add_worksheet("Feuil")
day = book.add_format({"num_format": "dd/mm/yyyy"})
sheet.write("B1", "18/04/03 (suite)")
sheet.write_formula("A1", "=B1", day, "18/04/03 (suite)")
sheet.write_formula("A2", "=B1", None, "18/04/03 (suite)")
book.close()
PY
cat > save.cjs <<'JS'
(async () => {
  for (const name of ["exceljs", "@protobi/exceljs"]) {
    const book = new (require(name).Workbook)();
    await book.xlsx.readFile("made.xlsx");
    await book.xlsx.writeFile(name.replace(/\W/g, "") + ".xlsx");
  }
})();
JS
node save.cjs
env/bin/python - <<'PY'
import re, zipfile

found = {}
for name in ("made", "exceljs", "protobiexceljs"):
    text = zipfile.ZipFile(f"{name}.xlsx").read("xl/worksheets/sheet1.xml").decode()
    found[name] = re.findall(r'<c r="A\d"[^>]*>.*?</c>', text)
    print(name, *found[name])
kept = '<f>B1</f><v>18/04/03 (suite)</v></c>'
first, second = found["exceljs"]
assert first.endswith("<f>B1</f><v>NaN</v></c>") and 't="str"' not in first, first
for cell in (second, *found["made"], *found["protobiexceljs"]):
    assert cell.endswith(kept) and 't="str"' in cell, cell
PY
