#!/usr/bin/env bash
# aspose-cells-foss 26.10.0 opens a workbook in which someone typed the texts TRUE and FALSE (with an
# apostrophe, so that they stay texts), changes nothing, and saves it: both are the boolean TRUE. Texts
# that stand in their cells (inline strings, as openpyxl writes them) are lost altogether.
set -euo pipefail
command -v soffice >/dev/null || { echo "LibreOffice is not installed"; exit 3; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv env
env/bin/pip install -q openpyxl==3.1.5 aspose-cells-foss==26.10.0
env/bin/pip list 2>/dev/null | grep -iE "openpyxl|aspose"
env/bin/python - <<'PY'
from openpyxl import Workbook

book = Workbook()
book.active.append(["TRUE", "FALSE", "vrai"])
book.save("inline.xlsx")
PY
# With shared strings, which LibreOffice writes, the texts are read
soffice "-env:UserInstallation=file://$work/profile" --headless --convert-to xlsx:"Calc MS Excel 2007 XML" --outdir shared inline.xlsx >/dev/null 2>&1
env/bin/python - <<'PY'
import sys
from aspose.cells_foss import Workbook
from openpyxl import load_workbook

found = {}
for name in ("shared/inline.xlsx", "inline.xlsx"):
    Workbook(name).save("saved.xlsx")
    found[name] = [[cell.value for cell in load_workbook(one).active[1]] for one in (name, "saved.xlsx")]
    print(name, "holds", found[name][0], "; saved:", found[name][1])
sys.exit(found != {
    "shared/inline.xlsx": [["TRUE", "FALSE", "vrai"], [True, True, "vrai"]],
    "inline.xlsx": [["TRUE", "FALSE", "vrai"], [None, None, None]],
})
PY
