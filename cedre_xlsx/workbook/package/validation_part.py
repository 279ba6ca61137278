"""What the open cells of a generated sheet take: our lists and checks, on the lines of now."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy

from lxml import etree

from cedre_xlsx.ooxml.areas import Area, areas
from cedre_xlsx.workbook.package.host import q
from cedre_xlsx.workbook.package.moved_areas import MovedAreas

Put = Callable[[str, etree._Element | None], None]


def put_validations(
    root: etree._Element, drawn: etree._Element, moved: MovedAreas, put: Put
) -> None:
    """Ours in the place of what we wrote before. One that the team gave to an open column takes the
    place of ours there, on all of its lines; those of other cells go with them.
    """
    ours = [
        deepcopy(one) for one in drawn.iterfind(f"{q('dataValidations')}/{q('dataValidation')}")
    ]
    if not ours:
        return
    by_column = {_first(one).first_column: one for one in ours}
    types = {_words(one): _type(one) for one in ours}
    kept = []
    for rule in root.findall(f"{q('dataValidations')}/{q('dataValidation')}"):
        ours_type = types.get(_words(rule))
        if ours_type == _type(rule) or (ours_type and rule.find(q("formula1")) is None):
            continue  # ours, be it as a program that takes no message alone wrote it
        mine = []
        for area in areas(rule.get("sqref", "")):
            column = moved.column(area.first_column)
            if column in by_column and area.first_column == area.last_column:
                theirs = deepcopy(rule)
                theirs.set("sqref", by_column[column].get("sqref", ""))
                by_column[column] = theirs
            else:
                mine += moved.moved(area)
        if mine:
            theirs = deepcopy(rule)
            theirs.set("sqref", " ".join(area.text for area in mine))
            kept.append(theirs)
    made = etree.Element(q("dataValidations"))
    made.extend([*by_column.values(), *kept])
    made.set("count", str(len(made)))
    put("dataValidations", made)


def _first(rule: etree._Element) -> Area:
    return areas(rule.get("sqref", ""))[0]


def _words(rule: etree._Element) -> tuple[str, str]:
    """The message by which a rule is known to be ours, wherever its cells are."""
    return rule.get("promptTitle", ""), rule.get("prompt", "")


def _type(rule: etree._Element) -> str:
    return rule.get("type", "none")
