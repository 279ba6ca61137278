#!/usr/bin/env bash
# exceljs 4.4.0 opens a workbook with a table of four columns, the second one calculated, and saves it
# with two: those after the calculated one are gone from the table, whose area still has four (Excel
# then repairs the file). A name that ends with INDEX becomes its last cell; a name of a table's
# column is gone; a link inside the workbook, written as `location` alone, too. Its fork
# @protobi/exceljs 4.4.0-protobi.10 cuts the table's area to its heading row besides.
set -euo pipefail
command -v node >/dev/null || { echo "node is not installed"; exit 3; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv env
env/bin/pip install -q openpyxl==3.1.5
echo '{"private": true}' > package.json
npm install --silent --no-audit --no-fund exceljs@4.4.0 @protobi/exceljs@4.4.0-protobi.10
npm ls --depth=0
env/bin/python - <<'PY'
import posixpath, re, zipfile
from openpyxl import Workbook
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.table import Table, TableFormula, TableStyleInfo

book = Workbook()
sheet = book.active
sheet.title = "Feuil"
sheet.append(["A", "Double", "C", "D"])
for row in (2, 3, 4):
    sheet.append([row, f"=A{row}*2", "c", "d"])
table = Table(displayName="tT", ref="A1:D4", tableStyleInfo=TableStyleInfo(name="TableStyleLight1"))
table._initialise_columns()
for column, heading in zip(table.tableColumns, ("A", "Double", "C", "D")):
    column.name = heading
table.tableColumns[1].calculatedColumnFormula = TableFormula(attr_text="tT[[#This Row],[A]]*2")
sheet.add_table(table)
sheet["G2"] = "link"
sheet["G2"].hyperlink = Hyperlink(ref="G2", location="Feuil!A3")
for name, refers_to in (
    ("liste", "Feuil!$A$2:INDEX(Feuil!$A$2:$A$9,Feuil!$A$3)"), ("colonne", "tT[A]"),
):
    book.defined_names[name] = DefinedName(name, attr_text=refers_to)
book.save("absolute.xlsx")
# exceljs does not open openpyxl's absolute targets: they are made relative, as Excel writes them.
with zipfile.ZipFile("absolute.xlsx") as old, zipfile.ZipFile("made.xlsx", "w") as new:
    for part in old.namelist():
        data = old.read(part)
        if part.endswith(".rels"):
            base = posixpath.dirname(posixpath.dirname(part)) or "."
            data = re.sub(rb'Target="/([^"]+)"', lambda m: b'Target="%s"'
                          % posixpath.relpath(m[1].decode(), base).encode(), data)
        new.writestr(part, data)
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
import re, sys, zipfile
wanted = {
    "made": ("A1:D4", 4, ["Feuil!$A$2:INDEX(Feuil!$A$2:$A$9,Feuil!$A$3)", "tT[A]"], 1),
    "exceljs": ("A1:D4", 2, ["Feuil!$A$3"], 0),
    "protobiexceljs": ("A1:B1", 2, ["Feuil!$A$3"], 0),
}
found = {}
for name in wanted:
    with zipfile.ZipFile(f"{name}.xlsx") as file:
        table = file.read("xl/tables/table1.xml").decode()
        names = re.findall(r"<definedName [^>]*>([^<]*)<", file.read("xl/workbook.xml").decode())
        sheet = file.read("xl/worksheets/sheet1.xml").decode()
    found[name] = (re.search(r' ref="([^"]*)"', table)[1], len(re.findall("<tableColumn ", table)),
                   names, len(re.findall("<hyperlink ", sheet)))
    print(name, "(area, columns, names, links):", found[name])
sys.exit(found != wanted)
PY
