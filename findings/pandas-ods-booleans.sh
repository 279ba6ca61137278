#!/usr/bin/env bash
# pandas 3.1.1 with its odf engine decides what a logical value of an .ods is by the word that is
# shown: TRUE is true, anything else false. In a French file the word is VRAI, so that every ticked
# cell is read as False, without a warning. The value beside it in the file (office:boolean-value) is
# the same in all languages; python-calamine reads that one.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv env
env/bin/pip install -q odfpy==1.4.1 pandas==3.1.1 python-calamine==0.9.1
env/bin/pip list 2>/dev/null | grep -iE '^(odfpy|pandas|python-calamine) '
env/bin/python - <<'PY'
import sys

import pandas
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P


def write(name, words):
    """A column of three people: the second one is not concerned."""
    document, table = OpenDocumentSpreadsheet(), Table(name="Personnes")
    for person, value in (("Lise", "true"), ("Paul", "false"), ("Zoé", "true")):
        row = TableRow()
        named = TableCell(valuetype="string")
        named.addElement(P(text=person))
        ticked = TableCell(valuetype="boolean", booleanvalue=value)
        ticked.addElement(P(text=words[value]))
        row.addElement(named)
        row.addElement(ticked)
        table.addElement(row)
    document.spreadsheet.addElement(table)
    document.save(name)


def read(name, engine):
    """The logical values, as an engine of pandas gives them."""
    return [bool(value) for value in pandas.read_excel(name, header=None, engine=engine)[1]]


write("french.ods", {"true": "VRAI", "false": "FAUX"})
write("english.ods", {"true": "TRUE", "false": "FALSE"})
found = {
    (name, engine): read(f"{name}.ods", engine)
    for name in ("french", "english")
    for engine in ("odf", "calamine")
}
for which, values in found.items():
    print(*which, values)
right = [True, False, True]
sys.exit(
    found
    != {
        ("french", "odf"): [False, False, False],
        ("french", "calamine"): right,
        ("english", "odf"): right,
        ("english", "calamine"): right,
    }
)
PY
