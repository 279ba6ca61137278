#!/usr/bin/env bash
# python-calamine 0.9.1 joins the text of a text box anchored in a cell of an OpenDocument to the
# cell's own text: "Essai Anne" under a note "Rappeler lundi" is read as one value. A comment in the
# same place is left out, as is right.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv env
env/bin/pip install -q python-calamine==0.9.1
env/bin/pip list 2>/dev/null | grep -i calamine
env/bin/python - <<'PY'
import sys, zipfile
from python_calamine import CalamineWorkbook

URN = "urn:oasis:names:tc:opendocument:xmlns:"
SPACES = {"office": "office:1.0", "table": "table:1.0", "text": "text:1.0", "draw": "drawing:1.0",
          "svg": "svg-compatible:1.0", "manifest": "manifest:1.0"}
BOX = ('<draw:frame svg:width="2cm" svg:height="1cm"><draw:text-box><text:p>Rappeler lundi</text:p>'
       "</draw:text-box></draw:frame>")
NOTE = "<office:annotation><text:p>Rappeler lundi</text:p></office:annotation>"
MIME = "application/vnd.oasis.opendocument.spreadsheet"

def spaces(*names):
    return " ".join(f'xmlns:{name}="{URN}{SPACES[name]}"' for name in names)

def value(beside):
    cell = f'<table:table-cell office:value-type="string">{beside}<text:p>Essai Anne</text:p></table:table-cell>'
    content = (f'<office:document-content {spaces("office", "table", "text", "draw", "svg")} '
               'office:version="1.3"><office:body><office:spreadsheet><table:table table:name="A">'
               f"<table:table-column/><table:table-row>{cell}</table:table-row></table:table>"
               "</office:spreadsheet></office:body></office:document-content>")
    manifest = (f'<manifest:manifest {spaces("manifest")} manifest:version="1.3">'
                f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{MIME}"/>'
                '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
                "</manifest:manifest>")
    with zipfile.ZipFile("cell.ods", "w") as package:
        package.writestr("mimetype", MIME)
        package.writestr("content.xml", content)
        package.writestr("META-INF/manifest.xml", manifest)
    return CalamineWorkbook.from_path("cell.ods").get_sheet_by_index(0).to_python()

boxed, noted = value(BOX), value(NOTE)
print("with a text box:", boxed)
print("with a comment:", noted)
same = "Rappeler lundi" in boxed[0][0] and "Essai Anne" in boxed[0][0] and noted == [["Essai Anne"]]
sys.exit(0 if same else 1)
PY
