#!/usr/bin/env bash
# pyexcel-xlsxr 0.6.2, once it is installed beside pyexcel-xlsx 0.6.1, reads the workbooks that
# pyexcel_xlsx.get_data is asked for. The same call on the same file then gives numbers for days,
# hours and TRUE as a text; a text of which a word is bold is gone, and its row with it. No word of it.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv env
env/bin/pip install -q openpyxl==3.1.5 pyexcel-io==0.6.8 pyexcel-xlsx==0.6.1 XlsxWriter==3.3.1
env/bin/python - <<'PY'
from datetime import date, timedelta

import xlsxwriter

book = xlsxwriter.Workbook("made.xlsx")
sheet = book.add_worksheet("A")
sheet.write_string("A1", "Lise")
sheet.write_datetime("B1", date(2026, 3, 2), book.add_format({"num_format": "dd/mm/yyyy"}))
sheet.write_datetime("C1", timedelta(hours=36), book.add_format({"num_format": "[h]:mm"}))
sheet.write_boolean("D1", True)
sheet.write_rich_string("A2", "à ", book.add_format({"bold": True}), "rappeler")
sheet.write_string("A3", "Paul")
book.close()
PY
cat > read.py <<'PY'
import pyexcel_xlsx

print([row for row in next(iter(pyexcel_xlsx.get_data("made.xlsx").values())) if row])
PY
alone=$(env/bin/python read.py)
env/bin/pip install -q pyexcel-xlsxr==0.6.2
env/bin/pip list 2>/dev/null | grep -iE '^pyexcel'
beside=$(env/bin/python read.py)
echo "alone:  $alone"
echo "beside: $beside"
[ "$alone" = "[['Lise', datetime.datetime(2026, 3, 2, 0, 0), datetime.timedelta(days=1, seconds=43200), True], ['à rappeler'], ['Paul']]" ]
[ "$beside" = "[['Lise', 46083, 1.5, 'TRUE'], ['Paul']]" ]
