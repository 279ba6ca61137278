#!/usr/bin/env bash
# LibreOffice 7.4 drops a print area that is a formula: Excel computes Print_Area when it is
# =OFFSET(…) or =Sheet!$A$1:INDEX(…) and prints the rows in use; LibreOffice prints every page that
# holds a formula, empty texts included. An area that is written as an address is kept.
set -euo pipefail
command -v soffice >/dev/null && command -v pdfinfo >/dev/null || {
  echo "LibreOffice or poppler is not installed"
  exit 3
}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv env
env/bin/pip install -q openpyxl==3.1.5
env/bin/python - <<'PY'
from openpyxl import Workbook
from openpyxl.workbook.defined_name import DefinedName

AREAS = {
    "address": "Form!$A$1:$B$20",
    "index": "Form!$A$1:INDEX(Form!$B$1:$B$400,Form!$D$1)",
    "offset": "OFFSET(Form!$A$1,0,0,Form!$D$1,2)",
}
for name, area in AREAS.items():
    book = Workbook()
    sheet = book.active
    sheet.title = "Form"
    sheet["D1"] = 20
    for row in range(1, 401):
        sheet.cell(row, 1, f'=IF(ROW()<=$D$1,"line "&ROW(),"")')
    sheet.defined_names["_xlnm.Print_Area"] = DefinedName("_xlnm.Print_Area", attr_text=area)
    book.save(f"{name}.xlsx")
PY
soffice "-env:UserInstallation=file://$work/profile" --version
soffice "-env:UserInstallation=file://$work/profile" --headless --convert-to pdf ./*.xlsx >/dev/null 2>&1
pages() { pdfinfo "$1.pdf" | awk '/^Pages/ {print $2}'; }
for name in address index offset; do echo "$name: $(pages "$name") pages"; done
[ "$(pages address)" -eq 1 ] && [ "$(pages index)" -gt 1 ] && [ "$(pages offset)" -gt 1 ]
