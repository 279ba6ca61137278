#!/usr/bin/env bash
# Calligra 3.2.1 opens a workbook whose texts stand in its cells (inline strings, which openpyxl 3.1
# writes) and has none of them, without a word; numbers are there. The same workbook saved by
# LibreOffice, with shared strings, keeps them. (openpyxl's absolute targets, which Calligra does not
# open, are made relative first: both files differ in nothing else that it reads.)
set -euo pipefail
command -v calligraconverter >/dev/null || { echo "Calligra is not installed"; exit 3; }
command -v soffice >/dev/null || { echo "LibreOffice is not installed"; exit 3; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv env
env/bin/pip install -q openpyxl==3.1.5
export QT_QPA_PLATFORM=offscreen HOME="$work"
dpkg-query -W -f '${Package} ${Version}\n' calligra-libs libreoffice-calc 2>/dev/null || true
env/bin/pip list 2>/dev/null | grep -i openpyxl
env/bin/python - <<'PY'
import zipfile
from openpyxl import Workbook
book = Workbook()
book.active.append(["Essai", 12])
book.save("absolute.xlsx")
with zipfile.ZipFile("absolute.xlsx") as old, zipfile.ZipFile("inline.xlsx", "w") as new:
    for name in old.namelist():
        data = old.read(name)
        if name == "xl/_rels/workbook.xml.rels":
            data = data.replace(b'Target="/xl/', b'Target="')
        new.writestr(name, data)
sheet = zipfile.ZipFile("inline.xlsx").read("xl/worksheets/sheet1.xml")
print("openpyxl writes inline strings:", b'"inlineStr"' in sheet)
PY
mkdir shared
soffice "-env:UserInstallation=file://$work/profile" --headless --convert-to xlsx --outdir shared inline.xlsx >/dev/null 2>&1
calligraconverter inline.xlsx inline.ods >/dev/null 2>&1
calligraconverter shared/inline.xlsx shared.ods >/dev/null 2>&1
env/bin/python - <<'PY'
import sys, zipfile
found = {}
for name in ("inline", "shared"):
    content = zipfile.ZipFile(f"{name}.ods").read("content.xml").decode()
    found[name] = ("Essai" in content, 'office:value="12"' in content)
    print(f"{name} strings: text there {found[name][0]}, number there {found[name][1]}")
sys.exit(0 if found == {"inline": (False, True), "shared": (True, True)} else 1)
PY
