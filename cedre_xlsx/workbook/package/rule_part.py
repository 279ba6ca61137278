"""Conditional formats: ours in the place of what we wrote before, then those of the team.

Programs write formulas, formats and ranges in their own ways; a text inside our formulas, which
counts for nothing, is what all of them keep.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from copy import deepcopy

from lxml import etree
from openpyxl.formula.tokenizer import TokenizerError
from openpyxl.formula.translate import Translator, TranslatorError
from openpyxl.utils import get_column_letter

from cedre_xlsx.ooxml.areas import Area, areas
from cedre_xlsx.workbook.package.host import q
from cedre_xlsx.workbook.package.moved_areas import MovedAreas

_MARK = 'N("cedre_xlsx")=0'
_MARKED = re.compile(r'AND\((.*),\s*N\(\s*"cedre_xlsx"\s*\)\s*=\s*0\s*\)', re.DOTALL)
_STRING = re.compile(r'("(?:[^"]|"")*")')
_ADDRESS = re.compile(r"\$?\b[A-Z]{1,3}\$?\d{1,7}\b")
_NUMBER = re.compile(r"(?<![\w.#])\d+(?:\.\d+)?")
_X14 = "http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"
_XM = "http://schemas.microsoft.com/office/excel/2006/main"

#: What makes two rules the same one, wherever their cells are and whatever their look.
_Shape = tuple[str, ...]


def mark(rule: etree._Element) -> None:
    """Have a rule of ours known again; one without formula is known by what it is."""
    formula = rule.find(q("formula"))
    if rule.get("type") == "expression" and formula is not None:
        formula.text = f"AND({formula.text},{_MARK})"


def replaced_rules(
    root: etree._Element, drawn: Sequence[etree._Element], moved: MovedAreas
) -> list[etree._Element]:
    """The old sheet's blocks of rules without ours; our extensions go from `root` as well.

    A rule of ours that was copied right of our columns is whoever's copied it.
    """
    blocks = root.findall(q("conditionalFormatting"))
    ours = _OurRules(drawn, [rule for block in blocks for rule in _rules(block)])
    kept = []
    gone: set[str] = set()
    for block in blocks:
        for rule in _rules(block):
            if rule in ours:
                block.remove(rule)
                gone |= {one.text or "" for one in rule.iter(f"{{{_X14}}}id")}
                kept += _copied_beside(block, rule, moved)
        if _rules(block):
            kept.append(block)
    _remove_extended(root, gone, ours)
    return kept


def _rules(block: etree._Element) -> list[etree._Element]:
    return block.findall(q("cfRule"))


class _OurRules:
    """What is ours among some rules: the marked ones.

    Where none is, an earlier version of ours wrote them: they are known by their formulas, and
    those of settings that changed since by their formulas' form.
    """

    def __init__(self, drawn: Iterable[etree._Element], old: Collection[etree._Element]) -> None:
        ours = [rule for block in drawn for rule in _rules(block)]
        if any(map(_is_marked, old)):
            self._exact = {_shape(rule) for rule in ours if rule.get("type") != "expression"}
            self._loose: set[_Shape] = set()
            return
        self._exact = {_shape(rule) for rule in ours}
        found = {_shape(rule) for rule in old}
        self._loose = {
            _shape(rule, with_numbers=False) for rule in ours if _shape(rule) not in found
        }

    def __contains__(self, rule: etree._Element) -> bool:
        return (
            _is_marked(rule)
            or _shape(rule) in self._exact
            or _shape(rule, with_numbers=False) in self._loose
        )


def _formulas(rule: etree._Element) -> list[str]:
    """The formulas of a rule for colours, of the sheet or of an extension."""
    return [one.text or "" for one in rule.iter(q("formula"), f"{{{_XM}}}f")]


def _is_marked(rule: etree._Element) -> bool:
    return any(_MARKED.search(formula) for formula in _formulas(rule))


def _shape(rule: etree._Element, *, with_numbers: bool = True) -> _Shape:
    formulas = [_form(formula, with_numbers=with_numbers) for formula in _formulas(rule)]
    return (rule.get("type", ""), rule.get("operator", ""), *formulas)


def _form(formula: str, *, with_numbers: bool) -> str:
    """A formula without its addresses, as no program spells it otherwise."""
    marked = _MARKED.fullmatch(formula)
    pieces = _STRING.split(marked.group(1) if marked else formula)
    for index in range(0, len(pieces), 2):  # what stands outside of texts
        piece = _ADDRESS.sub("#", re.sub(r"\s", "", pieces[index].upper()))
        pieces[index] = piece if with_numbers else _NUMBER.sub("0", piece)
    return "".join(pieces)


def _copied_beside(
    block: etree._Element, rule: etree._Element, moved: MovedAreas
) -> list[etree._Element]:
    """A rule of ours for the cells right of our columns that someone gave it, as one of theirs."""
    found = areas(block.get("sqref", ""))
    beside = [area for area in found if moved.is_beside((1, moved.column(area.first_column)))]
    if not beside:
        return []
    copy = etree.Element(block.tag)
    copy.set("sqref", " ".join(area.text for area in beside))
    made = deepcopy(rule)
    for extension in made.findall(q("extLst")):
        made.remove(extension)
    for formula in made.iter(q("formula")):
        formula.text = _read_from(_unmarked(formula.text or ""), _corner(found), _corner(beside))
    copy.append(made)
    return [copy]


def _unmarked(formula: str) -> str:
    marked = _MARKED.fullmatch(formula)
    return marked.group(1) if marked else formula


def _corner(found: Sequence[Area]) -> str:
    """The cell from which the formula of a rule is read."""
    column = min(area.first_column for area in found)
    return f"{get_column_letter(column)}{min(area.first_row for area in found)}"


def _read_from(formula: str, old: str, new: str) -> str:
    try:
        return str(Translator(f"={formula}", old).translate_formula(new)).removeprefix("=")
    except (TokenizerError, TranslatorError, ValueError):
        return formula


def _remove_extended(root: etree._Element, gone: Collection[str], ours: _OurRules) -> None:
    """Take out what belongs to our rules in the sheet's extensions, and what that leaves empty."""
    for rule in list(root.iter(f"{{{_X14}}}cfRule")):
        if rule.get("id", "-") in gone or rule in ours:
            _remove_emptied(rule)


def _remove_emptied(element: etree._Element) -> None:
    """Take an element out, and what held nothing else up to the list of extensions."""
    holder = element.getparent()
    assert holder is not None, "it stands in a sheet"
    holder.remove(element)
    name = etree.QName(holder).localname
    is_empty = not any(etree.QName(one).localname != "sqref" for one in holder)
    if is_empty and name in ("conditionalFormatting", "conditionalFormattings", "ext", "extLst"):
        _remove_emptied(holder)
