#!/usr/bin/env bash
# LibreOffice 7.4 saves an .xlsx with comments as .xlsx: their texts are there, their authors are one
# without a name, so that a team cannot tell any more who wrote what.
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
from openpyxl.comments import Comment

book = Workbook()
for cell, author in (("A1", "Alma"), ("A2", "Basile")):
    book.active[cell] = 1
    book.active[cell].comment = Comment("à revoir", author)
book.save("made.xlsx")
PY
soffice "-env:UserInstallation=file://$work/profile" --headless --convert-to xlsx --outdir saved made.xlsx >/dev/null 2>&1
env/bin/python - <<'PY'
import sys
from openpyxl import load_workbook

found = []
for name in ("made.xlsx", "saved/made.xlsx"):
    sheet = load_workbook(name).active
    found.append([(sheet[cell].comment.author, sheet[cell].comment.text) for cell in ("A1", "A2")])
print("before:", found[0])
print("after: ", found[1])
kept = [author.strip() for author, _ in found[1]] == ["Alma", "Basile"]
sys.exit(kept or [text for _, text in found[1]] != ["à revoir", "à revoir"])
PY
