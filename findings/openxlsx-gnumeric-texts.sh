#!/usr/bin/env bash
# R's openxlsx loses texts that Gnumeric wrote. Gnumeric stores a text that is used once in its cell
# (inlineStr), and indents the XML; openxlsx keeps the cell, without its text, and says nothing. The
# same file on one line keeps every text, so the white space alone is the reason. Numbers, and texts
# that are shared by several cells, are kept in both.
set -euo pipefail
command -v ssconvert >/dev/null || { echo "Gnumeric (ssconvert) is not installed"; exit 3; }
Rscript -e 'quit(status = !requireNamespace("openxlsx", quietly = TRUE))' >/dev/null 2>&1 ||
  { echo "openxlsx for R (Debian: r-cran-openxlsx) is not installed"; exit 3; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
ssconvert --version 2>&1 | head -1
Rscript -e 'cat("openxlsx", as.character(packageVersion("openxlsx")), "\n")'
printf 'Nom,Ville,Heures\nOrme Lise,Valbrune,35\nSaule Paul,Valbrune,28\n' > noms.csv
ssconvert noms.csv indented.xlsx 2>/dev/null
python3 - <<'PY'
import re, zipfile
with zipfile.ZipFile("indented.xlsx") as old, zipfile.ZipFile("flat.xlsx", "w") as new:
    for name in old.namelist():
        data = old.read(name)
        if name.startswith("xl/worksheets/sheet"):
            data = re.sub(rb">\s+<", b"><", data)
        new.writestr(name, data)
PY
for name in indented flat; do
  Rscript -e "suppressMessages(library(openxlsx)); saveWorkbook(loadWorkbook('$name.xlsx'), '$name-saved.xlsx')"
done
python3 - <<'PY'
import sys, zipfile

def texts(path):
    with zipfile.ZipFile(path) as book:
        return "".join(book.read(n).decode() for n in book.namelist() if n.endswith(".xml"))

seen = {}
for name in ("indented", "flat"):
    before, after = texts(f"{name}.xlsx"), texts(f"{name}-saved.xlsx")
    seen[name] = [word in after for word in ("Orme Lise", "Saule Paul", "Valbrune", ">35<")]
    print(name, "had both names:", "Orme Lise" in before and "Saule Paul" in before,
          "| saved with Orme Lise, Saule Paul, Valbrune, 35:", seen[name])
expected = {"indented": [False, False, True, True], "flat": [True, True, True, True]}
sys.exit(seen != expected)
PY
