#!/usr/bin/env bash
# xlsx2csv 0.8.6 takes a number whose format names a unit with an s, an h or a d in it (0" jours",
# 0.0" h") for a date, and writes the text of the format in its stead: 12 days and 90 days are both
# `0" jours"`, 7.5 hours and 35 hours `0.0" 12"`. polars with engine="xlsx2csv" hands them on as texts;
# its other engine reads the numbers.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv env
env/bin/pip install -q fastexcel==0.21.0 polars==2.1.0 xlsx2csv==0.8.6 XlsxWriter==3.3.1
env/bin/pip list 2>/dev/null | grep -iE '^(fastexcel|polars|xlsx2csv|xlsxwriter) '
env/bin/python - <<'PY'
import xlsxwriter

book = xlsxwriter.Workbook("made.xlsx")
sheet = book.add_worksheet("A")
sheet.write_row(0, 0, ["Nom", "Reste", "Semaine", "Prix"])
formats = [book.add_format({"num_format": shown}) for shown in ('0" jours"', '0.0" h"', '0.00" €"')]
for row, (name, *numbers) in enumerate((("Lise", 12, 7.5, 3.5), ("Paul", 90, 35, 4.25)), start=1):
    sheet.write(row, 0, name)
    for column, (number, shown) in enumerate(zip(numbers, formats), start=1):
        sheet.write_number(row, column, number, shown)
book.close()
PY
env/bin/xlsx2csv made.xlsx made.csv
cat made.csv
env/bin/python - <<'PY'
import csv
import sys

import polars

with open("made.csv", newline="", encoding="utf-8") as file:
    written = list(csv.reader(file))[1:]
read = {engine: polars.read_excel("made.xlsx", engine=engine).rows() for engine in ("xlsx2csv", "calamine")}
print(written, read)
lost = ['0" jours"', '0.0" 12"']
sys.exit(
    [line[1:3] for line in written] != [lost, lost]
    or [float(line[3]) for line in written] != [3.5, 4.25]
    or [list(line[1:3]) for line in read["xlsx2csv"]] != [lost, lost]
    or read["calamine"] != [("Lise", 12, 7.5, 3.5), ("Paul", 90, 35, 4.25)]
)
PY
