"""What a place in a part is called, and whether a text there may be replaced."""

from __future__ import annotations

import re

from cedre_xlsx.privacy.traces.book import BookParts
from cedre_xlsx.privacy.traces.units import HEADERS, TextUnit

_QUOTED = re.compile(r'"(?:[^"]|"")*"')
_COMMENTS = ("comment", "threadedComment")
#: Elements that hold a formula, and attributes that hold one or lead to a cell.
_FORMULAS = frozenset(
    (
        "f", "formula", "formula1", "formula2", "definedName", "calculatedColumnFormula",
        "totalsRowFormula", "oldFormula",
    )
)  # fmt: skip
_LEADING = frozenset((("hyperlink", "location"), ("cNvPr", "macro"), ("sp", "textlink")))
#: Names by which other parts find something: replaced in one place only, they would be lost.
_TAB = "renommez cet onglet dans Excel, qui suit les formules, puis recommencez"
HEADING = "renommez cette colonne dans Excel, qui suit les formules, puis recommencez"
_NAME = "renommez ce nom dans Excel (Formules, Gestionnaire de noms), puis recommencez"
_TABLE = "renommez ce tableau dans Excel (Création de tableau), puis recommencez"
_FIELD = "actualisez le tableau croisé après avoir renommé la colonne, puis recommencez"
_SLICER = "renommez ce segment dans Excel (Paramètres du segment), puis recommencez"
_FORMULA = "cette formule désigne un onglet, une colonne ou un nom ainsi appelé : renommez-le"
_LINKED = "c'est l'onglet d'un autre classeur : rompez la liaison (Données, Modifier les liens)"
_FIXED = {
    ("sheet", "name"): _TAB,
    ("sheetName", "val"): _LINKED,
    ("tableColumn", "name"): HEADING,
    ("tableColumn", "uniqueName"): HEADING,
    ("queryTableField", "name"): HEADING,
    ("table", "name"): _TABLE,
    ("table", "displayName"): _TABLE,
    ("definedName", "name"): _NAME,
    ("worksheetSource", "sheet"): _TAB,
    ("worksheetSource", "name"): _TABLE,
    ("rangeSet", "sheet"): _TAB,
    ("cacheField", "name"): _FIELD,
    ("cacheHierarchy", "uniqueName"): _FIELD,
    ("slicerCacheDefinition", "name"): _SLICER,
    ("slicerCacheDefinition", "sourceName"): _SLICER,
    ("timelineCacheDefinition", "name"): _SLICER,
    ("timelineCacheDefinition", "sourceName"): _SLICER,
    ("slicer", "name"): _SLICER,
    ("slicer", "cache"): _SLICER,
    ("timeline", "name"): _SLICER,
    ("timeline", "cache"): _SLICER,
    ("sheetPr", "codeName"): "renommez ce module dans l'éditeur de macros (Alt+F11)",
    ("Relationship", "Id"): "ouvrez puis enregistrez le classeur dans Excel",
    ("Override", "PartName"): "remplacez ce fichier dans Excel, puis recommencez",
}
#: What is said by a number, by its attribute or its element.
_NUMERIC = frozenset((("n", "v"), ("sharedItems", "minValue"), ("sharedItems", "maxValue")))


def comment_of(unit: TextUnit) -> str:
    """The cell of the comment that a text belongs to; "" where it belongs to none."""
    return next((unit_ref for name in _COMMENTS if (unit_ref := _ref(unit, name))), "")


def cell_of(unit: TextUnit) -> str:
    """The address of the cell that a text belongs to; "" where it belongs to none."""
    cell = unit.within("c")
    return cell.get("r") if cell is not None and "row" in unit.path else ""


def _ref(unit: TextUnit, name: str) -> str:
    found = unit.within(name)
    return found.get("ref") if found is not None else ""


def is_formula(unit: TextUnit) -> bool:
    """Whether a text is a formula, of which only the texts in quotes are words."""
    if unit.attribute:
        return (unit.element, unit.attribute) in _LEADING or unit.attribute == "formula"
    return unit.element in _FORMULAS


def is_number(unit: TextUnit) -> bool:
    """Whether a text is where only a number may stand, a cell aside."""
    if unit.attribute:
        return (unit.element, unit.attribute) in _NUMERIC
    return unit.element == "v" and "numCache" in unit.path


def is_numeric_cell(unit: TextUnit) -> bool:
    """Whether a text is the number of a cell."""
    cell = unit.within("c")
    return (
        unit.element == "v" and not unit.attribute and cell is not None and "row" in unit.path
        and cell.get("t") in ("", "n")
    )  # fmt: skip


def in_quotes(text: str, start: int, end: int) -> bool:
    """Whether a stretch of a formula stands within one text in quotes."""
    return any(one.start() < start and end < one.end() for one in _QUOTED.finditer(text))


def why_fixed(unit: TextUnit, text: str, start: int, end: int) -> str:
    """What keeps a stretch of a text as it is, in French; "" where it may be replaced."""
    if unit.attribute:
        if why := _FIXED.get((unit.element, unit.attribute)):
            return why
        if unit.element == "Relationship" and unit.opened[-1].get("TargetMode") != "External":
            return "remplacez ce fichier dans Excel, puis recommencez"
    if is_formula(unit) and not in_quotes(text, start, end):
        return _FORMULA
    return ""


def place_of(book: BookParts, part: str, unit: TextUnit) -> str:
    """Where a text is, as people say it."""
    sheet = book.sheet_of(part)
    element = unit.element
    if cell := comment_of(unit):
        return f"commentaire de {sheet}!{cell}"
    if "authors" in unit.path and sheet:
        return f"auteur d'un commentaire de {sheet}"
    if (cell := cell_of(unit)) and sheet:
        return f"{sheet}!{cell}"
    if element in HEADERS:
        return f"{'en-tête' if 'Header' in element else 'pied de page'} de {sheet}"
    if (link := unit.within("hyperlink")) is not None and sheet:
        return f"lien de {sheet}!{link.get('ref')}"
    if (listed := unit.within("dataValidation")) is not None:
        return f"liste de choix de {sheet}!{listed.get('sqref')}".removesuffix("!")
    if "cfRule" in unit.path:
        return f"mise en forme conditionnelle de {sheet}"
    if (named := unit.within("definedName")) is not None:
        return f"nom défini {named.get('name')}"
    if element == "sheet" and unit.attribute == "name":
        return "nom d'onglet"
    if unit.within("tableColumn") is not None:
        return f"titre de colonne de {sheet}"
    return book.called(part)
