#!/usr/bin/env bash
# R's openxlsx 4.2.5 opens a plain workbook and saves it: each sheet has relationships to a drawing and
# to a VML drawing that are not in the package, and openpyxl 3.1.5 then does not open it.
set -euo pipefail
Rscript -e 'quit(status = !requireNamespace("openxlsx", quietly = TRUE))' >/dev/null 2>&1 ||
  { echo "R's openxlsx is not installed"; exit 3; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv env
env/bin/pip install -q openpyxl==3.1.5
env/bin/pip list 2>/dev/null | grep -i openpyxl
Rscript -e 'cat("openxlsx", as.character(packageVersion("openxlsx")), "\n")'
env/bin/python - <<'PY'
from openpyxl import Workbook

book = Workbook()
book.active["A1"] = 1
book.save("made.xlsx")
PY
Rscript -e 'library(openxlsx); saveWorkbook(loadWorkbook("made.xlsx"), "saved.xlsx")'
env/bin/python - <<'PY'
import re, sys, zipfile
from openpyxl import load_workbook

with zipfile.ZipFile("saved.xlsx") as file:
    targets = re.findall(r'Target="\.\./([^"]*)"', file.read("xl/worksheets/_rels/sheet1.xml.rels").decode())
    absent = [one for one in targets if f"xl/{one}" not in file.namelist()]
try:
    load_workbook("saved.xlsx")
    words = "opened"
except KeyError as error:
    words = str(error)
print("absent:", absent, "; openpyxl:", words)
sys.exit(absent != ["drawings/drawing1.xml", "drawings/vmlDrawing1.vml"] or "drawing1.xml" not in words)
PY
