#!/usr/bin/env bash
# oxlsx 0.2.0 opens a workbook and saves it: the words around a bold one are joined in the file
# ("appeler avant lundi" is "appeleravantlundi"), although each piece says xml:space="preserve"; spaces
# at the ends of a text are gone, so that a list of choices does not know it any more. A matrix formula
# is one of a single cell. openpyxl saves the same workbook as it was.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv env
env/bin/pip install -q openpyxl==3.1.5 oxlsx==0.2.0 XlsxWriter==3.3.1
env/bin/pip freeze | grep -i -E "^(openpyxl|oxlsx|xlsxwriter)="
env/bin/python - <<'PY'
import re
import sys
import zipfile

import oxlsx
import xlsxwriter
from openpyxl import load_workbook

book = xlsxwriter.Workbook("made.xlsx")
sheet = book.add_worksheet("A")
sheet.write_rich_string("A1", "appeler ", book.add_format({"bold": True}), "avant", " lundi")
sheet.write_string("A2", "Valbrune ")
sheet.write_column("B1", [1, 2, 3])
sheet.write_array_formula("C1:C3", "{=B1:B3*2}", None, 2)
book.close()
load_workbook("made.xlsx", rich_text=True).save("openpyxl.xlsx")
oxlsx.load_workbook("made.xlsx").save("oxlsx.xlsx")

seen = {}
for name in ("made", "openpyxl", "oxlsx"):
    sheet = load_workbook(f"{name}.xlsx")["A"]
    with zipfile.ZipFile(f"{name}.xlsx") as package:
        held = [part for part in package.namelist() if re.search("sheet1.xml$|sharedStrings", part)]
        parts = "".join(package.read(part).decode() for part in held)
        formula = re.search(r"<f[ >].*?</f>", parts)[0]
        print(name, re.findall(r"<t[ >].*?</t>", parts), formula)
    seen[name] = sheet["A1"].value, sheet["A2"].value, 't="array"' in formula
right = "appeler avant lundi", "Valbrune ", True
sys.exit(seen != {"made": right, "openpyxl": right, "oxlsx": ("appeleravantlundi", "Valbrune", False)})
PY
