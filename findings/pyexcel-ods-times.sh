#!/usr/bin/env bash
# pyexcel-ods3 0.6.1 empties cells of hours that it cannot take apart: a negative duration (hours that
# are owed) and a time with a fraction of a second, both as LibreOffice writes them, and one without
# seconds (PT9H30M, which the standard allows). No error, no text: the cell is None, or is not there
# when it is the last one of its row. Hours above 24 are read well.
set -euo pipefail
command -v soffice >/dev/null || { echo "LibreOffice is not installed"; exit 3; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv env
env/bin/pip install -q openpyxl==3.1.5 pyexcel-ods3==0.6.1 pyexcel-ods==0.6.0 pyexcel-io==0.6.8 odfpy==1.4.1
env/bin/pip list 2>/dev/null | grep -iE '^(pyexcel|odfpy)'
soffice --version
env/bin/python - <<'PY'
from openpyxl import Workbook

book = Workbook()
sheet = book.active
for name, hours in (("report", 36.25), ("dues", -1.5), ("pointage", 9.5 + 0.5 / 3600)):
    sheet.append([name, hours / 24, "fin"])
    sheet.cell(sheet.max_row, 2).number_format = "[h]:mm"
book.save("heures.xlsx")
PY
soffice "-env:UserInstallation=file://$work/profile" --headless --convert-to ods heures.xlsx >/dev/null 2>&1
env/bin/python - <<'PY'
import re
import sys
import zipfile
from datetime import timedelta

from pyexcel_ods3 import get_data

with zipfile.ZipFile("heures.ods") as saved:
    content = saved.read("content.xml").decode()
    written = re.findall(r'office:time-value="([^"]*)"', content)
    with zipfile.ZipFile("short.ods", "w") as short:
        for part in saved.namelist():
            data = saved.read(part)
            if part == "content.xml":
                data = content.replace(written[0], "PT9H30M").encode()
            short.writestr(part, data)
print("LibreOffice wrote:", written)


def read(name):
    """The rows of the first sheet that hold something."""
    return [row for row in next(iter(get_data(name).values())) if row]


rows, short = read("heures.ods"), read("short.ods")
print("pyexcel-ods3 reads:", rows)
print("and PT9H30M as:", short[0])
expected = [
    ["report", timedelta(hours=36, minutes=15), "fin"],
    ["dues", None, "fin"],
    ["pointage", None, "fin"],
]
sys.exit(
    written[:2] != ["PT36H15M00S", "-PT01H30M00S"]
    or rows != expected
    or short[0] != ["report", None, "fin"]
)
PY
