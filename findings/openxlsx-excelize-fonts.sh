#!/usr/bin/env bash
# R's openxlsx writes XML that no program can read, from a font that excelize wrote. excelize closes
# every element with a tag of its own (<name val="Arial"></name><family val="2"></family>), which is
# valid; openxlsx takes the two attributes for one, and saves <name c("val", "val")1="Arial"/>. It
# says nothing. The same file with empty elements (<name val="Arial"/>) is saved well.
set -euo pipefail
command -v npm >/dev/null || { echo "node and npm are not installed"; exit 3; }
Rscript -e 'quit(status = !requireNamespace("openxlsx", quietly = TRUE))' >/dev/null 2>&1 ||
  { echo "openxlsx for R (Debian: r-cran-openxlsx) is not installed"; exit 3; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --silent --no-audit --no-fund --prefix . excelize-wasm@0.1.3 >/dev/null 2>&1
cat > make.cjs <<'JS'
const path = require("path"), fs = require("fs");
(async () => {
  const folder = path.dirname(require.resolve("excelize-wasm"));
  const library = await require("excelize-wasm").init(path.join(folder, "excelize.wasm.gz"));
  const file = library.NewFile();
  file.SetCellValue("Sheet1", "A1", "Nom");
  const font = { Bold: true, Size: 14, Family: "Arial", Color: "1F3864" };
  file.SetCellStyle("Sheet1", "A1", "A1", file.NewStyle({ Font: font }).style);
  fs.writeFileSync("tags.xlsx", file.WriteToBuffer().buffer);
  process.exit(0);
})();
JS
node make.cjs
echo "excelize-wasm 0.1.3"
Rscript -e 'cat("openxlsx", as.character(packageVersion("openxlsx")), "\n")'
python3 - <<'PY'
import re, zipfile
with zipfile.ZipFile("tags.xlsx") as old, zipfile.ZipFile("empty.xlsx", "w") as new:
    for name in old.namelist():
        data = old.read(name)
        if name == "xl/styles.xml":
            data = re.sub(rb"<(\w+)((?: [^<>]*)?)></\1>", rb"<\1\2/>", data)
        new.writestr(name, data)
PY
for name in tags empty; do
  Rscript -e "suppressMessages(library(openxlsx)); saveWorkbook(loadWorkbook('$name.xlsx'), '$name-saved.xlsx')"
done
python3 - <<'PY'
import re, sys, zipfile
from xml.etree import ElementTree

seen = {}
for name in ("tags", "empty"):
    before = zipfile.ZipFile(f"{name}.xlsx").read("xl/styles.xml").decode()
    after = zipfile.ZipFile(f"{name}-saved.xlsx").read("xl/styles.xml").decode()
    ElementTree.fromstring(before)
    try:
        ElementTree.fromstring(after)
        seen[name] = "well formed"
    except ElementTree.ParseError:
        seen[name] = "not well formed"
    print(name, "saved:", seen[name], "|", re.findall(r"<name[^/]*", after)[1])
sys.exit(seen != {"tags": "not well formed", "empty": "well formed"})
PY
