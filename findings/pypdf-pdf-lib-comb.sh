#!/usr/bin/env bash
# pypdf 6.21.4 fills a field of boxes for one figure each (a number of PASS, a SIRET) of a form that
# pdf-lib made: every figure is drawn at the same place, on top of the others. pdf-lib puts the number
# of boxes (/MaxLen) on the field, not on its widget, as the standard allows; pypdf looks for it on
# the widget only. With the same field in one piece (reportlab) the figures stand in their boxes. The
# value is right in both: who reads it sees nothing, nor who looks with a viewer that draws fields anew.
set -euo pipefail
command -v node >/dev/null || { echo "node is not installed"; exit 3; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv env
env/bin/pip install -q pypdf==6.21.4 reportlab==5.1.0
echo '{"private": true}' > package.json
npm install --silent --no-audit --no-fund pdf-lib@1.17.1
npm ls --depth=0
env/bin/pip list 2>/dev/null | grep -iE '^(pypdf|reportlab) '
node -e '
const { PDFDocument } = require("pdf-lib");
(async () => {
  const file = await PDFDocument.create();
  const field = file.getForm().createTextField("pass");
  field.setMaxLength(12);
  field.enableCombing();
  field.addToPage(file.addPage([400, 200]), { x: 50, y: 100, width: 240, height: 20 });
  require("fs").writeFileSync("pdflib.pdf", await file.save());
})();
'
env/bin/python - <<'PY'
import re
import sys

from pypdf import PdfReader, PdfWriter
from reportlab.pdfgen.canvas import Canvas

canvas = Canvas("reportlab.pdf", pagesize=(400, 200))
canvas.drawString(50, 150, "PASS")
canvas.acroForm.textfield(name="pass", x=50, y=100, width=240, height=20, maxlen=12, fieldFlags="comb")
canvas.save()

found = {}
for maker in ("pdflib", "reportlab"):
    writer = PdfWriter(clone_from=f"{maker}.pdf")
    writer.update_page_form_field_values(writer.pages[0], {"pass": "999991234567"}, auto_regenerate=False)
    writer.write("filled.pdf")
    reader = PdfReader("filled.pdf")
    drawn = reader.pages[0]["/Annots"][0].get_object()["/AP"]["/N"].get_data().decode("latin-1")
    figures = re.findall(r"(\S+) \S+ Td\n\((\d)\) Tj", drawn)
    found[maker] = (reader.get_form_text_fields()["pass"], [float(step) for step, _ in figures][1:])
    print(f"{maker} (value, steps from figure to figure):", found[maker])
value = "999991234567"
sys.exit(
    found["pdflib"] != (value, [0.0] * 11)
    or found["reportlab"][0] != value
    or not all(15 < step < 25 for step in found["reportlab"][1])
    or len(found["reportlab"][1]) != 11
)
PY
