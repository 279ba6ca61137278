#!/usr/bin/env bash
# Calligra 3.2.1 saves dates and errors of a spreadsheet as plain numbers in .ods: 04/05/2026 becomes
# the float 46146 (no office:date-value), #DIV/0! the float 0 with the error as its shown text. Who
# reads values, as pandas and odfpy do, gets 46146 and 0. LibreOffice writes a date, and an error.
set -euo pipefail
command -v calligraconverter >/dev/null || { echo "Calligra is not installed"; exit 3; }
command -v soffice >/dev/null || { echo "LibreOffice is not installed"; exit 3; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv env
env/bin/pip install -q pandas==2.3.3 odfpy==1.4.1
export QT_QPA_PLATFORM=offscreen HOME="$work"
dpkg-query -W -f '${Package} ${Version}\n' calligra-libs libreoffice-calc 2>/dev/null || true
env/bin/pip list 2>/dev/null | grep -iE '^(pandas|odfpy) '
cat > source.fods <<'XML'
<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:number="urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0" xmlns:of="urn:oasis:names:tc:opendocument:xmlns:of:1.2" office:version="1.3" office:mimetype="application/vnd.oasis.opendocument.spreadsheet"><office:automatic-styles><number:date-style style:name="N1"><number:day number:style="long"/><number:text>/</number:text><number:month number:style="long"/><number:text>/</number:text><number:year number:style="long"/></number:date-style><style:style style:name="day" style:family="table-cell" style:data-style-name="N1"/></office:automatic-styles><office:body><office:spreadsheet><table:table table:name="A"><table:table-row><table:table-cell office:value-type="string"><text:p>Essai</text:p></table:table-cell><table:table-cell table:style-name="day" office:value-type="date" office:date-value="2026-05-04"><text:p>04/05/2026</text:p></table:table-cell><table:table-cell table:formula="of:=1/0" office:value-type="float" office:value="0"/></table:table-row></table:table></office:spreadsheet></office:body></office:document>
XML
for format in xlsx ods; do
  soffice "-env:UserInstallation=file://$work/profile" --headless --convert-to $format source.fods >/dev/null 2>&1
done
mv source.ods libreoffice.ods
calligraconverter source.xlsx calligra.ods >/dev/null 2>&1
env/bin/python - <<'PY'
import re, sys, zipfile
import pandas
seen = {}
for name in ("libreoffice", "calligra"):
    content = zipfile.ZipFile(f"{name}.ods").read("content.xml").decode()
    row = re.search(r"<table:table-row.*?</table:table-row>", content, re.S)[0]
    cells = re.findall(r'<table:table-cell[^>]*office:value-type="[^>]*>', row)[1:3]
    for cell in cells:
        print(name, ":", " ".join(re.findall(r'(?:office:|calcext:)[\w-]+="[^"]*"', cell)))
    values = pandas.read_excel(f"{name}.ods", header=None, engine="odf").iloc[0].tolist()
    print(name, ": pandas reads", values)
    seen[name] = (["office:date-value" in cells[0], 'value-type="error"' in cells[1]], values[1:])
same = (seen["libreoffice"][0] == [True, True] and seen["calligra"][0] == [False, False]
        and seen["calligra"][1] == [46146, 0])
sys.exit(0 if same else 1)
PY
