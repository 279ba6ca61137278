"""A package as people know it: its sheets, whose each part is, what each part is called."""

from __future__ import annotations

import posixpath
import re

from lxml import etree

from cedre_xlsx.method.text import word_key
from cedre_xlsx.ooxml.areas import areas
from cedre_xlsx.ooxml.parts import (
    Package,
    Relations,
    Relationship,
    normal,
    rels_name,
)
from cedre_xlsx.schema import tables as t
from cedre_xlsx.schema.errors import CedreError
from cedre_xlsx.schema.generated_sheets import MARK_PREFIX
from cedre_xlsx.schema.records import column_letter
from cedre_xlsx.workbook.package.host import Host, q
from cedre_xlsx.workbook.recognition import sheet_named_in

_ENTRY_TABLES = frozenset(spec.table.casefold() for spec in t.DATA_TABLES)
_OUR_TABLES = _ENTRY_TABLES | {spec.table.casefold() for spec in t.CHOICE_TABLES}
_OUR_TABS = frozenset(
    word_key(tab)
    for tab in (
        t.HOME_SHEET,
        t.SETTINGS_SHEET,
        *t.COMPUTED_SHEETS,
        t.MEETING_SHEET,
        t.PERIODS_SHEET,
    )
)
_YEARLY = re.compile(rf"({t.STATISTICS_SHEET}|{t.WHO_SHEET}) \d{{4}}", re.IGNORECASE)
#: Parts that many sheets may share: they are the workbook's.
_OF_THE_WORKBOOK = ("pivotCacheDefinition", "pivotCacheRecords", "slicerCache", "timelineCache")
#: What the parts of a workbook are called: by how their names begin or end, in this order.
_CALLED = (
    ("docprops/", "propriétés du document"),
    ("xl/pivotcache/", "cache du tableau croisé"),
    ("xl/pivottables/", "tableau croisé"),
    ("xl/externallinks/", "valeurs gardées d'un autre classeur"),
    ("xl/querytables/", "requête"),
    ("xl/connections", "connexion de données"),
    ("xl/slicer", "segment"),
    ("xl/timeline", "chronologie"),
    ("xl/threadedcomments/", "commentaire"),
    ("xl/comments", "commentaire"),
    ("xl/persons/", "auteurs des commentaires"),
    ("xl/charts/", "graphique"),
    ("xl/diagrams/", "dessin"),
    ("xl/drawings/", "dessin"),
    ("xl/media/", "image"),
    ("xl/embeddings/", "objet incorporé"),
    ("xl/activex/", "contrôle"),
    ("xl/ctrlprops/", "contrôle"),
    ("xl/printersettings/", "réglages d'imprimante"),
    ("xl/vbaproject", "macro"),
    ("xl/sharedstrings", "textes du classeur"),
    ("xl/styles", "styles"),
    ("xl/tables/", "tableau"),
    ("xl/worksheets/", "feuille"),
    ("xl/chartsheets/", "feuille"),
    ("xl/model/", "modèle de données"),
    ("xl/revisions/", "suivi des modifications"),
    ("customxml/", "données XML du classeur"),
    ("customui/", "ruban du classeur"),
    ("_xmlsignatures/", "signature électronique"),
    ("docmetadata/", "étiquette de confidentialité"),
)


class BookParts:
    """The sheets of a package and whose its parts are."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self.host = Host(package)
        self.workbook = self.host.part
        self.titles = {
            normal(sheet.part): sheet.title for sheet in self.host.sheets() if sheet.part in package
        }
        related = self.host.related("sharedStrings")
        self.strings = related.target if related else ""
        self._owners = self._owned()
        self._tables = self._sheet_tables()
        self.entry = {
            title
            for title, roots in self._tables.items()
            if any(_name(root) in _ENTRY_TABLES for root in roots)
        }
        self.own = set(self.titles.values()) - self._ours()

    def _ours(self) -> set[str]:
        """The sheets that a new workbook has, those that `refresh` makes, old notes included."""
        ours = {
            title
            for title, roots in self._tables.items()
            if any(_name(root) in _OUR_TABLES for root in roots)
        }
        marked = {
            sheet_named_in(text).casefold()
            for _, name, text in self.host.meanings()
            if name.startswith(MARK_PREFIX)
        }
        for title in self.titles.values():
            is_tab = word_key(title) in _OUR_TABS or _YEARLY.fullmatch(title)
            if is_tab or title.casefold() in marked:
                ours.add(title)
        return ours

    def _sheet_tables(self) -> dict[str, list[etree._Element]]:
        return {
            title: [
                self.package.root(relation.target)
                for relation in Relations(self.package, part).of_kind("table")
                if relation.target in self.package
            ]
            for part, title in self.titles.items()
        }

    def _owned(self) -> dict[str, str]:
        """The sheet of each part that belongs to one."""
        owners: dict[str, str] = {}
        for part, title in self.titles.items():
            waiting = [part]
            while waiting:
                one = waiting.pop()
                if one in owners:
                    continue
                owners[one] = title
                owners.setdefault(normal(rels_name(one)), title)
                waiting += (
                    normal(relation.target)
                    for relation in self._relations(one)
                    if not relation.external
                    and relation.target in self.package
                    and relation.kind not in _OF_THE_WORKBOOK
                    and normal(relation.target) not in self.titles
                    and normal(relation.target) != normal(self.workbook)
                )
        return owners

    def _relations(self, part: str) -> tuple[Relationship, ...]:
        if rels_name(part) not in self.package:
            return ()
        try:
            return tuple(Relations(self.package, part))
        except CedreError:
            return ()

    def sheet_of(self, part: str) -> str:
        """The title of the sheet that a part belongs to; "" for those of the whole workbook."""
        return self._owners.get(normal(part), "")

    def headings(self, part: str) -> dict[str, str]:
        """The heading cells of the tables of a sheet, by address, each with its heading."""
        cells: dict[str, str] = {}
        for root in self._tables.get(self.titles.get(normal(part), ""), ()):
            found = areas(root.get("ref", ""))
            if len(found) != 1 or root.get("headerRowCount", "1") == "0":
                continue
            columns = root.iter(q("tableColumn"))
            for number, column in enumerate(columns, found[0].first_column):
                address = f"{column_letter(number)}{found[0].first_row}"
                cells[address] = column.get("name", "")
        return cells

    def called(self, part: str) -> str:
        """What people call a part: « graphique de Suivi », « propriétés du document »."""
        name = part.casefold().lstrip("/")
        if name == normal(self.workbook):
            return "classeur"
        sheet = self.sheet_of(part)
        words = next((words for start, words in _CALLED if name.startswith(start)), "")
        if name.endswith(".rels"):
            return f"lien de {sheet or words or 'classeur'}".replace("de classeur", "du classeur")
        if words == "feuille":
            return f"feuille {sheet}"
        if not words:
            words = f"partie {posixpath.basename(part)}"
        return f"{words} de {sheet}" if sheet else words


def _name(root: etree._Element) -> str:
    return (root.get("displayName") or root.get("name") or "").casefold()
