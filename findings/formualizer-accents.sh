#!/usr/bin/env bash
# formualizer 0.13.0 computes a workbook, and its accents have no capitals where texts are compared or
# changed: UPPER("Aïcha") is "AïCHA", ="élise"="Élise" is false, SEARCH("É",…) #VALUE!, and SUMPRODUCT
# counts none of them; COUNTIF, MATCH and VLOOKUP of the same words find them. In SUMPRODUCT, LEN of a
# column looks at one cell. LibreOffice finds all of them.
set -euo pipefail
command -v soffice >/dev/null || { echo "LibreOffice is not installed"; exit 3; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv env
env/bin/pip install -q formualizer==0.13.0 openpyxl==3.1.5
env/bin/pip freeze | grep -i -E "^(formualizer|openpyxl)="
soffice --version
cat > make.py <<'PY'
from openpyxl import Workbook

book = Workbook()
sheet = book.active
sheet.title = "A"
formulas = ('COUNTIF(A1:A3,"élise")', 'MATCH("ÉCLAIR",A1:A3,0)', 'A1="élise"', 'SUMPRODUCT(--(A1:A3="élise"))',
            'UPPER(A2)', 'LOWER("ÉLISE")', 'SEARCH("É",A3)', "SUMPRODUCT(--(LEN(A1:A3)>4))")
for row, name in enumerate(("Élise", "Aïcha", "éclair"), start=1):
    sheet.cell(row, 1, name)
for row, formula in enumerate(formulas, start=1):
    sheet.cell(row, 3, f"={formula}")
book.save("made.xlsx")
PY
env/bin/python make.py
soffice "-env:UserInstallation=file://$work/profile" --headless --convert-to xlsx --outdir out made.xlsx >/dev/null 2>&1
env/bin/python - <<'PY'
import sys

import formualizer
from openpyxl import load_workbook

told = [cell.value for (cell,) in load_workbook("made.xlsx").active["C1:C8"]]
right = [cell.value for (cell,) in load_workbook("out/made.xlsx", data_only=True).active["C1:C8"]]
book = formualizer.load_workbook("made.xlsx")
book.evaluate_all()
seen = [book.evaluate_cell("A", row, 3) for row in range(1, 9)]
for formula, *values in zip(told, right, seen):
    print(formula, "LibreOffice and formualizer:", *values)
sys.exit(right != [1, 3, True, 1, "AÏCHA", "élise", 1, 3]
         or seen != [1, 3, False, 0, "AïCHA", "Élise", {"type": "Error", "kind": "Value"}, 1])
PY
