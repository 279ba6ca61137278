#!/usr/bin/env bash
# PyPDFForm 6.0.1 takes a check box whose widget is a child of its field for a group of radio buttons
# with one choice, and False for the choice 0: fill({"rqth": False}) ticks the box, True is refused.
# pdf-lib writes every box so, as the standard allows; pypdf sees a check box there. A box in one
# piece (reportlab) is left empty by False.
set -euo pipefail
command -v node >/dev/null || { echo "node is not installed"; exit 3; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv env
env/bin/pip install -q PyPDFForm==6.0.1 pypdf==6.21.4 reportlab==5.1.0
echo '{"private": true}' > package.json
npm install --silent --no-audit --no-fund pdf-lib@1.17.1
npm ls --depth=0
env/bin/pip list 2>/dev/null | grep -iE '^(pypdfform|pypdf|reportlab) '
node -e '
const { PDFDocument } = require("pdf-lib");
(async () => {
  const file = await PDFDocument.create();
  const page = file.addPage([300, 200]);
  file.getForm().createCheckBox("rqth").addToPage(page, { x: 50, y: 100, width: 15, height: 15 });
  require("fs").writeFileSync("pdflib.pdf", await file.save());
})();
'
env/bin/python - <<'PY'
import sys

from pypdf import PdfReader
from PyPDFForm import PdfWrapper
from reportlab.pdfgen.canvas import Canvas

canvas = Canvas("reportlab.pdf", pagesize=(300, 200))
canvas.drawString(80, 100, "RQTH")
canvas.acroForm.checkbox(name="rqth", x=50, y=100, size=15)
canvas.save()


def state(path):
    """Which appearance of the box is shown."""
    return PdfReader(path).pages[0]["/Annots"][0].get_object()["/AS"]


found = {}
for maker in ("pdflib", "reportlab"):
    form = PdfWrapper(f"{maker}.pdf")
    kind = type(form.widgets["rqth"]).__name__
    form.fill({"rqth": False}).write("filled.pdf")
    try:
        PdfWrapper(f"{maker}.pdf").fill({"rqth": True}).write("ticked.pdf")
        ticked = state("ticked.pdf")
    except ValueError as error:
        ticked = str(error)
    found[maker] = (kind, state(f"{maker}.pdf"), state("filled.pdf"), ticked)
    print(f"{maker} (kind, made, False, True):", found[maker])
print("pypdf says of pdf-lib's:", PdfReader("pdflib.pdf").get_fields()["rqth"]["/FT"])
sys.exit(
    found["pdflib"][:3] != ("Radio", "/Off", "/Yes")
    or not found["pdflib"][3].startswith("Choice index True")
    or found["reportlab"] != ("Checkbox", "/Off", "/Off", "/Yes")
)
PY
