#!/usr/bin/env bash
# pyexcel-ods3 0.6.1 writes the lines of a text as <text:line-break/>, which OpenDocument has for them;
# LibreOffice Calc 7.4 and python-calamine 0.9.1 leave it out, with nothing in its stead: the note
# "rappeler lundi / permis B" is "rappeler lundipermis B". Lines in paragraphs of their own, as LibreOffice
# writes them, are read. pyexcel-ods3 itself reads what it wrote, so that nobody sees it there.
set -euo pipefail
command -v soffice >/dev/null || { echo "LibreOffice is not installed"; exit 3; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv env
env/bin/pip install -q pyexcel-ods3==0.6.1 python-calamine==0.9.1 openpyxl==3.1.5
env/bin/pip freeze | grep -i -E "^(openpyxl|pyexcel-ods3|python-calamine)="
soffice --version
env/bin/python -c 'import pyexcel_ods3 as ods; ods.save_data("breaks.ods", {"A": [["rappeler lundi\npermis B"]]})'
env/bin/python - <<'PY'
import zipfile

with zipfile.ZipFile("breaks.ods") as old, zipfile.ZipFile("paragraphs.ods", "w") as new:
    for part in old.namelist():
        new.writestr(part, old.read(part).replace(b"<text:line-break/>", b"</text:p><text:p>"))
PY
soffice "-env:UserInstallation=file://$work/profile" --headless --convert-to xlsx ./*.ods >/dev/null 2>&1
env/bin/python - <<'PY'
import re
import sys
import zipfile

import pyexcel_ods3
import python_calamine
from openpyxl import load_workbook

seen = {}
for name in ("breaks", "paragraphs"):
    with zipfile.ZipFile(f"{name}.ods") as package:
        print(name, re.search("<text:p>.*</text:p>", package.read("content.xml").decode())[0])
    seen[name] = (load_workbook(f"{name}.xlsx").active["A1"].value,
                  python_calamine.load_workbook(f"{name}.ods").get_sheet_by_index(0).to_python()[0][0],
                  pyexcel_ods3.get_data(f"{name}.ods")["A"][0][0])
    print(name, "(LibreOffice, python-calamine, pyexcel-ods3):", *map(repr, seen[name]))
joined, right = "rappeler lundipermis B", "rappeler lundi\npermis B"
sys.exit(seen != {"breaks": (joined, joined, right), "paragraphs": (right, right, right)})
PY
