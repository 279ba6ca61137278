#!/usr/bin/env bash
# python-calamine 0.9.1 reads one column of an .xlsb that SheetJS wrote, and says nothing of the
# others: SheetJS leaves the column's number out of each cell that follows its neighbour, which the
# format allows (records named Short), and such cells are skipped. After an empty cell one more is
# read. LibreOffice reads the whole table.
set -euo pipefail
command -v node >/dev/null || { echo "node is not installed"; exit 3; }
command -v soffice >/dev/null || { echo "LibreOffice is not installed"; exit 3; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv env
env/bin/pip install -q python-calamine==0.9.1
echo '{"private": true}' > package.json
npm install --silent --no-audit --no-fund xlsx@0.18.5
npm ls --depth=0
env/bin/pip list 2>/dev/null | grep -i calamine
node -e '
const xlsx = require("xlsx");
const book = xlsx.utils.book_new();
const rows = [["Nom", "Contrat", null, "Heures"], ["Lise", "CDDI", null, 26], ["Paul", "CDI", null, 35]];
xlsx.utils.book_append_sheet(book, xlsx.utils.aoa_to_sheet(rows), "A");
for (const kind of ["xlsx", "xlsb"]) xlsx.writeFile(book, `made.${kind}`);
'
soffice "-env:UserInstallation=file://$work/profile" --headless --convert-to csv made.xlsb >/dev/null 2>&1
env/bin/python - <<'PY'
import sys
from pathlib import Path

from python_calamine import CalamineWorkbook

found = {
    kind: CalamineWorkbook.from_path(f"made.{kind}").get_sheet_by_index(0).to_python()
    for kind in ("xlsx", "xlsb")
}
for kind, rows in found.items():
    print(kind, rows)
shown = Path("made.csv").read_text().split()
print("LibreOffice:", shown)
whole = [["Nom", "Contrat", "", "Heures"], ["Lise", "CDDI", "", 26], ["Paul", "CDI", "", 35]]
part = [[name, "", "", hours] for name, _, _, hours in whole]
sys.exit(
    found != {"xlsx": whole, "xlsb": part}
    or shown != ["Nom,Contrat,,Heures", "Lise,CDDI,,26", "Paul,CDI,,35"]
)
PY
