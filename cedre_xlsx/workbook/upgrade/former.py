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
from cedre_xlsx.workbook.upgrade.sheet_look import SheetLook, sizes

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
#: All that a sheet without lines showed, by sheet: what `as_they_were.sheet_print` gives.
SHEETS: dict[str, frozenset[str]] = {
    "Accueil": frozenset({"9c19c6680e06f560", "5f9afe30555e585d", "fee05aea0d03e6a1"}),
    "Fiche individuelle": frozenset(
        {"d1a627798c032acb", "e298678839421a2b", "0d411e6542a4bf82", "b307f16e183c6a9c"}
    ),
    "Convention": frozenset({"618804f025d2cd94", "216e5c9854dd593b", "39f7bfebaaea63bd"}),
}
#: What these sheets looked like: what `sheet_look.sheet_look` gives.
LOOKS: dict[str, tuple[SheetLook, ...]] = {
    "Accueil": (
        SheetLook(
            cells="b0073a745d1030be",
            links="e1901ad70286c151",
            rules="e3b0c44298fc1c14",
            page="020a7c91e30725bb",
            widths=sizes("1:2 2:24 3:26 4:52"),
            heights=sizes(
                "1:30 2:20 3:43.1111 5-7:18 8-10:30.2222 12-25:18 27-32:18 34-38:18 40:18 "
                "41-42:30.2222"
            ),
        ),
        SheetLook(
            cells="64cce283c814ea75",
            links="e1901ad70286c151",
            rules="e3b0c44298fc1c14",
            page="020a7c91e30725bb",
            widths=sizes("1:2 2:24 3:26 4:52"),
            heights=sizes(
                "1:30 2:20 3:43.1111 5-7:18 8-10:30.2222 12-29:18 31-36:18 38-42:18 44:18 "
                "45-46:30.2222"
            ),
        ),
    ),
    "Fiche individuelle": (
        SheetLook(
            cells="7457baaa7d6bf95c",
            links="e3b0c44298fc1c14",
            rules="cde59d01f609cc7e",
            page="a590874878904a6a",
            widths=sizes("1:15 2:40 3:32 4:12.5 5:17 6:38 7:10.5"),
            heights=sizes("1:18 2:26 3:14 4:6 5-7:18 8:8 9:17 10:64 11:28 12:15 13:30 14-53:62"),
        ),
        SheetLook(
            cells="5d158544fee60eed",
            links="e3b0c44298fc1c14",
            rules="83001764eea40065",
            page="f52d04f7e25e8ed1",
            widths=sizes("1:16 2:33 3:23 4:12 5:15.5 6:32 7:9 8:0"),
            heights=sizes(
                "1:18 2:24 3:15 4:4 5-7:16 8:4 9:15 10:44 11:24 12:10 13:26 14-37:11.8 38:12 39:11"
            ),
        ),
    ),
    "Convention": (
        SheetLook(
            cells="f3391f0979656ac4",
            links="e3b0c44298fc1c14",
            rules="f84e7462ec40cc61",
            page="756acbb18f77c612",
            widths=sizes("1-12:7.7"),
            heights=sizes(
                "1:18 2:26 3:22 4:14 5:8 6-7:19 8:8 9:17 10:74 11:20 12:17 13:62 14:17 15:15 "
                "16:78 17:27 18:20 19:18 20:6 21:19 22:6 23:17 24:50 25:8 26:18 27:16 28:17 "
                "29:16 30-31:17 32:62 33:22"
            ),
        ),
        SheetLook(
            cells="6d700bccfde4c0af",
            links="e3b0c44298fc1c14",
            rules="e058861be9813f36",
            page="887167a4f2f8a0ef",
            widths=sizes("1-12:7.7"),
            heights=sizes(
                "1:18 2:25 3:21 4:11 5:10 6-7:18 8:6 9:16 10:11 11:66 12:21 13:16 14:11 15:54 "
                "16:16 17:11 18:15 19:72 20:26 21:19 22:11 23:18 24:6 25:18 26:6 27:16 28:48 "
                "29:7 30:17 31-34:16 35:14 36:16 37:11 38:54"
            ),
        ),
        SheetLook(
            cells="b2e312f924c25b79",
            links="e3b0c44298fc1c14",
            rules="e058861be9813f36",
            page="887167a4f2f8a0ef",
            widths=sizes("1-12:7.7 13:0"),
            heights=sizes(
                "1:18 2:25 3:21 4:11 5:10 6-7:18 8:6 9:16 10:11 11:66 12:21 13:16 14:11 15:54 "
                "16:16 17:11 18:15 19:72 20:26 21:19 22:11 23:18 24:6 25:18 26:6 27:16 28:48 "
                "29:7 30:17 31-34:16 35:14 36:16 37:11 38:54"
            ),
        ),
    ),
}
