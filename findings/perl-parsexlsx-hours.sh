#!/usr/bin/env bash
# Perl's Spreadsheet::ParseXLSX (Debian 12: 0.27, with ParseExcel 0.65) shows every number of hours with
# one minute: 36:15 and 36:45 ([h]:mm) are both "36:01", since mm is the month there, January. 4 May
# written out in French ([$-40C]dddd d mmmm yyyy) is "[$4C]  4 6146", a telephone number has lost its
# zero (0#" "##…), 5 dossiers (General" dossiers") their number. The value beside it is right.
set -euo pipefail
perl -MSpreadsheet::ParseXLSX -e 1 2>/dev/null ||
  { echo "Spreadsheet::ParseXLSX (Debian: libspreadsheet-parsexlsx-perl) is not installed"; exit 3; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv env
env/bin/pip install -q XlsxWriter==3.3.1
perl -MSpreadsheet::ParseXLSX -MSpreadsheet::ParseExcel -e \
  'print "ParseXLSX $Spreadsheet::ParseXLSX::VERSION, ParseExcel $Spreadsheet::ParseExcel::VERSION\n"'
env/bin/python - <<'PY'
import xlsxwriter

book = xlsxwriter.Workbook("made.xlsx")
sheet = book.add_worksheet("A")
cells = ((36.25 / 24, "[h]:mm"), (36.75 / 24, "[h]:mm"), (9.5 / 24, "hh:mm"), (46146, "[$-40C]dddd d mmmm yyyy"),
         (46146, "dd/mm/yyyy"), (612345678, '0#" "##" "##" "##" "##'), (5, 'General" dossiers"'))
for row, (number, shown) in enumerate(cells):
    sheet.write_number(row, 0, number, book.add_format({"num_format": shown}))
book.close()
PY
cat > read.pl <<'PL'
use strict;
use Spreadsheet::ParseXLSX;
my ($sheet) = Spreadsheet::ParseXLSX->new->parse("made.xlsx")->worksheets;
for my $row (0 .. 6) {
    my $cell = $sheet->get_cell($row, 0);
    printf "%s|%s\n", $cell->unformatted, $cell->value;
}
PL
perl read.pl 2>/dev/null | tee seen.txt
python3 - <<'PY'
import sys

seen = [line.rstrip("\n").split("|")[1] for line in open("seen.txt", encoding="utf-8")]
sys.exit(seen != ["36:01", "36:01", "09:30", "[$4C]  4 6146", "04/05/2026", "6 12 34 56 78", "General dossiers"])
PY
