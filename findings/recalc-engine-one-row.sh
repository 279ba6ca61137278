#!/usr/bin/env bash
# recalc-engine 0.1.0 computes a workbook anew. In SUMPRODUCT, a condition on a column looks at the row
# of the formula alone: the hours of Lise Orme are those of one of her three lines, and #VALUE! where the
# formula stands below the list. LOOKUP(2,1/(…),…), the usual way to the last one that is filled, gives
# the first. It has no word of it in its diagnostics, which it promises for what it cannot compute.
# LibreOffice computes both; SUMIFS is right in both.
set -euo pipefail
command -v soffice >/dev/null || { echo "LibreOffice is not installed"; exit 3; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv env
env/bin/pip install -q recalc-engine==0.1.0 openpyxl==3.1.5 XlsxWriter==3.3.1
env/bin/pip freeze | grep -i -E "^(openpyxl|recalc-engine|xlsxwriter)="
soffice --version
cat > make.py <<'PY'
import xlsxwriter

formulas = ('SUMIFS(B1:B4,A1:A4,"Lise Orme")', 'SUMPRODUCT((A1:A4="Lise Orme")*B1:B4)',
            'SUMPRODUCT(--(B1:B4>2))', 'LOOKUP(2,1/(A1:A4<>""),B1:B4)', "SUM(B1:B4)", "MAX(B1:B4)",
            'SUMPRODUCT((A1:A4="Lise Orme")*B1:B4)')
book = xlsxwriter.Workbook("made.xlsx")
sheet = book.add_worksheet("A")
for row, (name, hours) in enumerate((("Lise Orme", 2), ("Paul Saule", 3), ("Lise Orme", 4), ("Lise Orme", 5))):
    sheet.write_row(row, 0, [name, hours])
for row, formula in enumerate(formulas):
    sheet.write_formula(row, 3, f"={formula}", None, 0)
book.close()
PY
env/bin/python make.py
# In .ods and back, so that LibreOffice computes every formula of a file that it did not write.
for format in ods xlsx; do
  soffice "-env:UserInstallation=file://$work/profile" --headless --convert-to $format --outdir out \
    "$([ $format = ods ] && echo made.xlsx || echo out/made.ods)" >/dev/null 2>&1
done
env/bin/python - <<'PY'
import sys

import recalc
from openpyxl import load_workbook

told = [cell.value for (cell,) in load_workbook("made.xlsx").active["D1:D7"]]
right = [cell.value for (cell,) in load_workbook("out/made.xlsx", data_only=True).active["D1:D7"]]
book = recalc.open("made.xlsx")
book.recalc()
seen = [str(book.value("A", row, 3)) for row in range(7)]
for formula, *values in zip(told, right, seen):
    print(formula, "LibreOffice and recalc-engine:", *values)
print("diagnostics:", book.diagnostics())
sys.exit(right != [11, 11, 3, 5, 14, 5, 11] or bool(book.diagnostics())
         or seen != ["11.0", "0.0", "1.0", "2.0", "14.0", "5.0", "#VALUE!"])
PY
