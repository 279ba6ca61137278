#!/usr/bin/env bash
# rustypyxl 0.7.1 saves a data validation that only has an input message (no criterion) as a criterion
# of whole numbers without any formula, and writes the message's character references (&#233; for é,
# as openpyxl with lxml writes them) as text: the person sees "D&#233;cision".
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv env
env/bin/pip install -q lxml==6.1.3 openpyxl==3.1.5 rustypyxl==0.7.1
env/bin/pip freeze | grep -i -E "^(lxml|openpyxl|rustypyxl)="
env/bin/python - <<'PY'
import sys
import zipfile

import rustypyxl
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.datavalidation import DataValidation

book = Workbook()
message = DataValidation(promptTitle="Décision", prompt="Une action", showInputMessage=True)
message.add("A2:A9")
book.active.add_data_validation(message)
book.save("made.xlsx")
rustypyxl.load_workbook("made.xlsx").save("saved.xlsx")


def told(name):
    """What a file says of the validation: its type, its title."""
    one = load_workbook(name).active.data_validations.dataValidation[0]
    return one.type, one.promptTitle, one.formula1


for name in ("made.xlsx", "saved.xlsx"):
    print(name, told(name))
with zipfile.ZipFile("saved.xlsx") as saved:
    part = saved.read("xl/worksheets/sheet1.xml").decode()
    print(part[part.index("<dataValidation ") :].partition(">")[0])
expected = [(None, "Décision", None), ("whole", "D&#233;cision", None)]
sys.exit([told("made.xlsx"), told("saved.xlsx")] != expected)
PY
