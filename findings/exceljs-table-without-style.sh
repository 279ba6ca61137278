#!/usr/bin/env bash
# A workbook with a table, saved by LibreOffice, which writes no style for it (that part is optional):
# exceljs 4.4.0 opens it and cannot save it, its fork @protobi/exceljs 4.4.0-protobi.10 cannot open it.
set -euo pipefail
command -v node >/dev/null || { echo "node is not installed"; exit 3; }
command -v soffice >/dev/null || { echo "LibreOffice is not installed"; exit 3; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv env
env/bin/pip install -q openpyxl==3.1.5
echo '{"private": true}' > package.json
npm install --silent --no-audit --no-fund exceljs@4.4.0 @protobi/exceljs@4.4.0-protobi.10
npm ls --depth=0
soffice --version
env/bin/python - <<'PY'
from openpyxl import Workbook
from openpyxl.worksheet.table import Table, TableStyleInfo

book = Workbook()
for row in (["A", "B"], [1, 2]):
    book.active.append(row)
style = TableStyleInfo(name="TableStyleLight1")
book.active.add_table(Table(displayName="tT", ref="A1:B2", tableStyleInfo=style))
book.save("made.xlsx")
PY
soffice "-env:UserInstallation=file://$work/profile" --headless --convert-to xlsx --outdir saved made.xlsx >/dev/null 2>&1
echo "styles in the table that LibreOffice wrote: $(unzip -p saved/made.xlsx 'xl/tables/*' | grep -c tableStyleInfo || true)"
cat > save.cjs <<'JS'
const wanted = {
  exceljs: ["opened", "Cannot read properties of null (reading 'theme')"],
  "@protobi/exceljs": ["Cannot read properties of null (reading 'theme')", ""],
};
(async () => {
  let same = true;
  for (const name of Object.keys(wanted)) {
    const book = new (require(name).Workbook)();
    const words = ["", ""];
    try {
      await book.xlsx.readFile("saved/made.xlsx");
      words[0] = "opened";
      await book.xlsx.writeBuffer();
      words[1] = "saved";
    } catch (error) {
      words[words[0] ? 1 : 0] = error.message;
    }
    console.log(name, words);
    same &&= JSON.stringify(words) === JSON.stringify(wanted[name]);
  }
  process.exit(same ? 0 : 1);
})();
JS
node save.cjs
