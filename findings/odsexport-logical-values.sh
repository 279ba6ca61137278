#!/usr/bin/env bash
# odsexport 1.0.0 writes True and False as numbers whose value is the word (office:value="True"), which no
# number is: in LibreOffice every ticked box is 0, as an empty one, and a sum of them 0. python-calamine
# refuses the whole sheet. odswriter writes the same values as OpenDocument says.
set -euo pipefail
command -v soffice >/dev/null || { echo "LibreOffice is not installed"; exit 3; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv env
env/bin/pip install -q odsexport==1.0.0 odswriter==0.5.0 python-calamine==0.9.1
env/bin/pip freeze | grep -i -E "^(odsexport|odswriter|python-calamine)="
soffice --version
cat > make.py <<'PY'
import odsexport
import odswriter

ROWS = [["Nom", "Permis"], ["Lise Orme", True], ["Paul Saule", False]]
document = odsexport.ODSDocument()
writer = document.new_sheet("A").writer()
for row in ROWS:
    writer.writerow(row)
document.write("odsexport.ods")
with odswriter.writer(open("odswriter.ods", "wb")) as out:
    sheet = out.new_sheet("A")
    for row in ROWS:
        sheet.writerow(row)
PY
env/bin/python make.py
soffice "-env:UserInstallation=file://$work/profile" --headless --convert-to csv ./*.ods >/dev/null 2>&1
env/bin/python - <<'PY'
import re
import sys
import zipfile

import python_calamine

seen = {}
for name in ("odsexport", "odswriter"):
    with zipfile.ZipFile(f"{name}.ods") as package:
        print(name, re.findall(r"<table:table-cell[^>]*(?:float|boolean)[^>]*>", package.read("content.xml").decode()))
    shown = [line.split(",")[1] for line in open(f"{name}.csv", encoding="utf-8").read().splitlines()[1:3]]
    try:
        read = python_calamine.load_workbook(f"{name}.ods").get_sheet_by_index(0).to_python()[1:]
    except python_calamine.CalamineError as error:
        read = str(error)
    seen[name] = shown, read
    print(name, "(LibreOffice shows, python-calamine reads):", *seen[name])
sys.exit(seen != {
    "odsexport": (["0", "0"], "Parse float error: invalid float literal"),
    "odswriter": (["TRUE", "FALSE"], [["Lise Orme", True], ["Paul Saule", False]]),
})
PY
