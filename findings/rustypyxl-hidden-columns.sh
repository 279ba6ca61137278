#!/usr/bin/env bash
# rustypyxl 0.7.1 opens a workbook and saves it: hidden columns and rows are hidden no more, so that
# what a team keeps out of sight (a number, a birth date) is on the next print. What the filter says
# stays, with all of its rows shown. A hidden sheet stays hidden.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv env
env/bin/pip install -q openpyxl==3.1.5 rustypyxl==0.7.1 XlsxWriter==3.3.1
env/bin/pip list 2>/dev/null | grep -iE '^(openpyxl|rustypyxl|xlsxwriter) '
env/bin/python - <<'PY'
import sys

import rustypyxl
import xlsxwriter
from openpyxl import load_workbook

book = xlsxwriter.Workbook("made.xlsx")
sheet = book.add_worksheet("Personnes")
for row, line in enumerate([["Nom", "Né le", "Statut"], ["Lise", 1990, "en cours"], ["Paul", 1971, "sorti"]]):
    sheet.write_row(row, 0, line)
sheet.set_column("B:B", 12, None, {"hidden": True})
sheet.autofilter("A1:C3")
sheet.filter_column("C", 'x == "en cours"')
sheet.set_row(2, None, None, {"hidden": True})
book.add_worksheet("Listes").hide()
book.close()
rustypyxl.load_workbook("made.xlsx").save("saved.xlsx")


def told(name):
    """What is hidden: column B, row 3, the second sheet; and what the filter asks for."""
    people, lists = load_workbook(name).worksheets
    return (
        people.column_dimensions["B"].hidden,
        people.row_dimensions[3].hidden,
        lists.sheet_state,
        [(column.colId, column.filters.filter) for column in people.auto_filter.filterColumn],
    )


found = {name: told(name) for name in ("made.xlsx", "saved.xlsx")}
for name, values in found.items():
    print(f"{name} (column, row, sheet, filter):", values)
asked = [(2, ["en cours"])]
sys.exit(
    found
    != {"made.xlsx": (True, True, "hidden", asked), "saved.xlsx": (False, False, "hidden", asked)}
)
PY
