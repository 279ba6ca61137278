"""What earlier versions of ours wrote and today's writes otherwise, known by its print.

A formula is compared without its rows, and with the fields of its columns in the place of their
letters: wherever the team moved them, it is the same one. What a team wrote itself is never here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from hashlib import sha256

from cedre_xlsx.schema.records import column_number
from cedre_xlsx.workbook.repair.given_lists import form_of

_COLUMN = re.compile(r"\$?(?<![A-Za-z])([A-Z]{1,3})\$?#")
_LENGTH = 12  # hexadecimal digits


def former_print(formula: str, columns: Mapping[str, int] | None = None) -> str:
    """The print of a formula; `columns` are the numbers of fields in the sheet it stands in."""
    names = {number: name for name, number in (columns or {}).items()}

    def named(found: re.Match[str]) -> str:
        name = names.get(column_number(found[1]))
        return f"{{{name}}}" if name else found[0]

    text = form_of(formula.removeprefix("="))
    return sha256((_COLUMN.sub(named, text) if names else text).encode()).hexdigest()[:_LENGTH]


#: Colours of the data sheets, by table.
COLOURS: dict[str, frozenset[str]] = {
    "tPersonnes": frozenset({"10276471c8f1"}),
    "tSuivi": frozenset(
        {
            "1a56d1e572a1",
            "4c0102c32c30",
            "521909431f4a",
            "61e178c9c056",
            "7f17ac3ded94",
            "aa12ebfb6485",
        }
    ),
    "tEngagements": frozenset({"033ccd6afbd1", "88d496a4ae99"}),
}
#: All that a sheet without lines showed, by sheet: what `redrawn.sheet_print` gives.
SHEETS: dict[str, frozenset[str]] = {
    "Accueil": frozenset({"9c19c6680e06f560", "5f9afe30555e585d"}),
    "Fiche individuelle": frozenset({"d1a627798c032acb", "e298678839421a2b"}),
    "Convention": frozenset({"618804f025d2cd94"}),
}
