#!/usr/bin/env bash
# python-calamine 0.9.1 refuses a whole OpenDocument spreadsheet whose rows are indented, as Gnumeric
# writes every one of its files: white space between two cells is an error to it. LibreOffice's, on
# one line, is read. The same cells without the white space are read, so nothing else is wrong.
set -euo pipefail
command -v ssconvert >/dev/null || { echo "Gnumeric (ssconvert) is not installed"; exit 3; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv env
env/bin/pip install -q python-calamine==0.9.1
ssconvert --version 2>&1 | head -1
env/bin/pip list 2>/dev/null | grep -i calamine
printf 'Nom,Heures\nEssai,12\n' > table.csv
ssconvert table.csv table.ods 2>/dev/null
env/bin/python - <<'PY'
import re, sys, zipfile
from python_calamine import CalamineWorkbook

def read(path):
    try:
        return CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()
    except Exception as error:
        return f"{type(error).__name__}: {error}"

with zipfile.ZipFile("table.ods") as old, zipfile.ZipFile("flat.ods", "w") as new:
    for name in old.namelist():
        data = old.read(name)
        new.writestr(name, re.sub(rb">\s+<", b"><", data) if name == "content.xml" else data)
as_saved, flat = read("table.ods"), read("flat.ods")
print("as Gnumeric saved it:", as_saved)
print("without the white space between elements:", flat)
same = "Expecting 'table-cell'" in str(as_saved) and flat == [["Nom", "Heures"], ["Essai", 12.0]]
sys.exit(0 if same else 1)
PY
