#!/usr/bin/env bash
# Gnumeric numbers the formats of its .xls from 50 on, and python-calamine 0.9.1 takes 50 to 58 for
# dates whatever the file says that they are: a rate of 80 % is read as 19:12, a price of 1234,50 € as
# a day of 1903, a duration of 36:15 as noon of 1 January 1900. xlrd reads the formats that the file
# declares. In an .xlsx with the same numbers python-calamine reads them too.
set -euo pipefail
command -v ssconvert >/dev/null || { echo "Gnumeric is not installed"; exit 3; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv env
env/bin/pip install -q python-calamine==0.9.1 xlrd==2.0.2 XlsxWriter==3.3.1
ssconvert --version 2>&1 | head -1
env/bin/pip list 2>/dev/null | grep -iE '^(python-calamine|xlrd) '
env/bin/python - <<'PY'
import xlsxwriter

book = xlsxwriter.Workbook("made.xlsx")
sheet = book.add_worksheet("A")
for column, (value, shown) in enumerate(
    ((0.8, "0 %"), (1234.5, '#,##0.00 "€"'), (1.5104166666666667, "[h]:mm"))
):
    sheet.write_number(0, column, value, book.add_format({"num_format": shown}))
book.close()
PY
ssconvert made.xlsx saved.xls 2>/dev/null
env/bin/python - <<'PY'
import re
import sys
import zipfile
from datetime import datetime, time, timedelta

import xlrd
from python_calamine import CalamineWorkbook


def read(name):
    """The first row, as python-calamine gives it."""
    return CalamineWorkbook.from_path(name).get_sheet_by_index(0).to_python()[0]


with zipfile.ZipFile("made.xlsx") as made, zipfile.ZipFile("low.xlsx", "w") as low:
    for part in made.namelist():
        data = made.read(part)
        if part == "xl/styles.xml":
            data = re.sub(rb'numFmtId="1(6\d)"', lambda found: b'numFmtId="%d"' % (int(found[1]) - 14), data)
        low.writestr(part, data)

book = xlrd.open_workbook("saved.xls", formatting_info=True)
cells = book.sheet_by_index(0).row(0)
keys = [book.xf_list[cell.xf_index].format_key for cell in cells]
declared = [(key, book.format_map[key].format_str) for key in keys]
kinds = [cell.ctype == xlrd.XL_CELL_DATE for cell in cells]
found = {name: read(name) for name in ("made.xlsx", "low.xlsx", "saved.xls")}
for name, values in found.items():
    print(name, values)
print("the .xls declares:", declared, "| a date for xlrd:", kinds)
right = [0.8, 1234.5, timedelta(hours=36, minutes=15)]
sys.exit(
    found["made.xlsx"] != right
    or found["low.xlsx"] != right
    or found["saved.xls"] != [time(19, 12), datetime(1903, 5, 18, 12), datetime(1900, 1, 1, 12, 15)]
    or not all(50 <= key <= 58 for key in keys)
    or kinds[:2] != [False, False]
)
PY
