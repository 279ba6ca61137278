#!/usr/bin/env bash
# @zwight/exceljs 4.4.2, a fork of exceljs, opens a workbook with links to pages and to addresses, and
# saves them as links to parts of the workbook itself: TargetMode="External" is gone. LibreOffice
# shows the texts without a link, openpyxl reads a path inside the file. exceljs 4.4.0 keeps them.
set -euo pipefail
command -v node >/dev/null || { echo "node is not installed"; exit 3; }
command -v soffice >/dev/null || { echo "LibreOffice is not installed"; exit 3; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv env
env/bin/pip install -q openpyxl==3.1.5 XlsxWriter==3.3.1
echo '{"private": true}' > package.json
npm install --silent --no-audit --no-fund exceljs@4.4.0 @zwight/exceljs@4.4.2
npm ls --depth=0
soffice --version
env/bin/python - <<'PY'
import xlsxwriter

book = xlsxwriter.Workbook("made.xlsx")
sheet = book.add_worksheet("Partenaires")
sheet.write_url("A1", "https://example.org/fiche", string="fiche")
sheet.write_url("A2", "mailto:accueil@example.org", string="écrire")
book.close()
PY
cat > save.cjs <<'JS'
(async () => {
  for (const name of ["exceljs", "@zwight/exceljs"]) {
    const book = new (require(name).Workbook)();
    await book.xlsx.readFile("made.xlsx");
    await book.xlsx.writeFile(name.replace(/\W/g, "") + ".xlsx");
  }
})();
JS
node save.cjs
for name in exceljs zwightexceljs; do
  soffice "-env:UserInstallation=file://$work/profile" --headless --convert-to ods $name.xlsx >/dev/null 2>&1
done
env/bin/python - <<'PY'
import re
import sys
import zipfile

from openpyxl import load_workbook

found = {}
for name in ("exceljs", "zwightexceljs"):
    sheet = load_workbook(f"{name}.xlsx").active
    with zipfile.ZipFile(f"{name}.ods") as file:
        shown = re.findall(r'xlink:href="([^"]*)"', file.read("content.xml").decode())
    found[name] = ([sheet[cell].hyperlink.target for cell in ("A1", "A2")], shown)
    print(f"{name} (openpyxl, LibreOffice):", *found[name])
links = ["https://example.org/fiche", "mailto:accueil@example.org"]
inside = ["xl/worksheets/https:/example.org/fiche", "xl/worksheets/mailto:accueil@example.org"]
sys.exit(found != {"exceljs": (links, links), "zwightexceljs": (inside, [])})
PY
