#!/usr/bin/env bash
# LibreOffice 7.4 saves a workbook as .xls: the text that a formula gives is stored as the number 0,
# numbers and logical values as they are. LibreOffice itself computes it anew and shows the text; who
# reads what is stored (xlrd, python-calamine, Gnumeric) finds 0 where names and OUI were. Gnumeric
# stores the texts of the same workbook.
set -euo pipefail
command -v soffice >/dev/null || { echo "LibreOffice is not installed"; exit 3; }
command -v ssconvert >/dev/null || { echo "Gnumeric is not installed"; exit 3; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv env
env/bin/pip install -q python-calamine==0.9.1 xlrd==2.0.2 XlsxWriter==3.3.1
soffice --version
ssconvert --version 2>&1 | head -1
env/bin/pip list 2>/dev/null | grep -iE '^(python-calamine|xlrd) '
env/bin/python - <<'PY'
import xlsxwriter

book = xlsxwriter.Workbook("made.xlsx")
sheet = book.add_worksheet("Personnes")
sheet.write_row("A1", ["Orme", "Lise", 3])
for column, (formula, value) in enumerate(
    (('=A1&" "&B1', "Orme Lise"), ('=IF(C1>2,"OUI","NON")', "OUI"), ("=C1*2", 6), ("=C1>2", True)),
    start=3,
):
    sheet.write_formula(0, column, formula, None, value)
book.close()
PY
soffice "-env:UserInstallation=file://$work/profile" --headless --convert-to xls made.xlsx >/dev/null 2>&1
mv made.xls libreoffice.xls
ssconvert made.xlsx gnumeric.xls 2>/dev/null
ssconvert libreoffice.xls gnumeric-reads.csv 2>/dev/null
soffice "-env:UserInstallation=file://$work/profile" --headless --convert-to csv libreoffice.xls >/dev/null 2>&1
env/bin/python - <<'PY'
import sys
from pathlib import Path

import xlrd
from python_calamine import CalamineWorkbook

found = {
    f"{name}.{kind}": CalamineWorkbook.from_path(f"{name}.{kind}").get_sheet_by_index(0).to_python()[0][3:]
    for name, kind in (("made", "xlsx"), ("libreoffice", "xls"), ("gnumeric", "xls"))
}
for name, values in found.items():
    print(name, values)
row = [cell.value for cell in xlrd.open_workbook("libreoffice.xls").sheet_by_index(0).row(0)][3:]
print("xlrd, of libreoffice.xls:", row)
shown = {
    name: Path(f"{name}.csv").read_text(encoding="latin-1").strip()
    for name in ("gnumeric-reads", "libreoffice")
}
print(shown)
right = ["Orme Lise", "OUI", 6, True]
sys.exit(
    found != {"made.xlsx": right, "libreoffice.xls": [0, 0, 6, True], "gnumeric.xls": right}
    or row != [0, 0, 6, 1]
    or shown["gnumeric-reads"] != "Orme,Lise,3,0,0,6,TRUE"
    or not shown["libreoffice"].startswith("Orme,Lise,3,Orme Lise,OUI,6,")
)
PY
