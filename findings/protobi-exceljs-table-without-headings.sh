#!/usr/bin/env bash
# @protobi/exceljs 4.4.0-protobi.10, a fork of exceljs, opens a workbook with a table that shows no
# heading row (headerRowCount="0", as Excel leaves it when "Header Row" is unticked) and saves it:
# the table has a heading row, written over the cells of its first line, whose texts are nowhere in
# the file any more, and its area ends there (Excel then repairs the file). exceljs 4.4.0 keeps all.
set -euo pipefail
command -v node >/dev/null || { echo "node is not installed"; exit 3; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv env
env/bin/pip install -q openpyxl==3.1.5 XlsxWriter==3.2.0
echo '{"private": true}' > package.json
npm install --silent --no-audit --no-fund exceljs@4.4.0 @protobi/exceljs@4.4.0-protobi.10
npm ls --depth=0
env/bin/python - <<'PY'
import xlsxwriter

book = xlsxwriter.Workbook("made.xlsx")
sheet = book.add_worksheet("Feuil")
sheet.write_row("A1", ["Nom", "Note"])  # headings that people typed above the table
for row, line in enumerate((["Anne", "appeler"], ["Zoe", "revoir"]), start=1):
    sheet.write_row(row, 0, line)
sheet.add_table("A2:B3", {"name": "tT", "header_row": False,
                          "columns": [{"header": "Nom"}, {"header": "Note"}]})
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
import zipfile, re
from openpyxl import load_workbook

def seen(name):
    rows = [list(row) for row in load_workbook(name)["Feuil"].iter_rows(values_only=True)]
    archive = zipfile.ZipFile(name)
    tables = [n for n in archive.namelist() if re.match(r"xl/tables/[^/]+\.xml", n)]
    text = archive.read(tables[0]).decode()
    return rows, re.search(r'headerRowCount="(\d)"', text), re.search(r'\sref="([^"]+)"', text)[1]

found = {}
for name in ("made", "exceljs", "protobiexceljs"):
    rows, count, ref = seen(f"{name}.xlsx")
    found[name] = (count[1] if count else None, ref, rows)
    print(name, "headerRowCount", count[1] if count else "absent", "ref", ref, rows)
lines = [["Nom", "Note"], ["Anne", "appeler"], ["Zoe", "revoir"]]
assert found["made"] == found["exceljs"] == ("0", "A2:B3", lines), found
assert found["protobiexceljs"] == ("1", "A2:B2", [lines[0], lines[0], lines[2]]), found
PY
