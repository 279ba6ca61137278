#!/usr/bin/env bash
# LibreOffice 7.4 saves an .xlsx with a hidden name as .xlsx: the name is shown (hidden="false"), so
# that what a program keeps there is listed among the names of the user, who may delete it.
set -euo pipefail
command -v soffice >/dev/null || { echo "LibreOffice is not installed"; exit 3; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv env
env/bin/pip install -q openpyxl==3.1.5
soffice --version
env/bin/python - <<'PY'
from openpyxl import Workbook
from openpyxl.workbook.defined_name import DefinedName

book = Workbook()
book.active["A1"] = 1
book.defined_names["marque"] = DefinedName("marque", attr_text="Sheet!$A$1", hidden=True)
book.save("made.xlsx")
PY
soffice "-env:UserInstallation=file://$work/profile" --headless --convert-to xlsx --outdir saved made.xlsx >/dev/null 2>&1
env/bin/python - <<'PY'
import sys
from openpyxl import load_workbook
found = [load_workbook(one).defined_names["marque"].hidden for one in ("made.xlsx", "saved/made.xlsx")]
print("hidden before and after:", found)
sys.exit(found != [True, False] and found != [True, None])
PY
