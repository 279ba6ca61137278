"""What openpyxl draws of the generated sheets, in a scratch workbook that nobody keeps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from lxml import etree
from openpyxl import Workbook

from cedre_xlsx.ooxml.parts import Package
from cedre_xlsx.workbook.generated import GeneratedSheet
from cedre_xlsx.workbook.package.host import q, quoted
from cedre_xlsx.workbook.package.typed_over import LOOKS
from cedre_xlsx.workbook.saving import saved
from cedre_xlsx.workbook.styles import Style, apply_style

_STYLES = "xl/styles.xml"
_STRINGS = "xl/sharedStrings.xml"


@dataclass(frozen=True)
class Drawn:
    """One sheet as drawn: its part in the scratch package, the style indexes of its rows.

    `names` are its built-in local names (_xlnm.Print_Titles…); `seen_width` is that of its
    columns together, in characters, the hidden ones aside.
    """

    part: str
    styles: Mapping[str, tuple[int, ...]]
    names: Mapping[str, str]
    seen_width: float


@dataclass(frozen=True)
class Scaffold:
    """The scratch package and its sheets, in the order given.

    They stand in it under names of its own, for a host may have titles that openpyxl refuses:
    `in_host` puts the host's title in their place.
    """

    package: Package
    sheets: tuple[Drawn, ...]
    titles: Mapping[str, str]  # the scratch name, quoted → the host's title, quoted

    @cached_property
    def styles(self) -> etree._Element:
        """The styles of the scratch workbook."""
        return self.package.root(_STYLES)

    @cached_property
    def strings(self) -> tuple[str, ...]:
        """The texts of its cells by index."""
        if _STRINGS not in self.package:
            return ()
        items = self.package.root(_STRINGS).iterchildren(q("si"))
        return tuple("".join(t.text or "" for t in item.iter(q("t"))) for item in items)

    def in_host(self, formula: str) -> str:
        """A formula or address with the titles that the sheets have in the host."""
        for scratch, title in self.titles.items():
            formula = formula.replace(scratch, title)
        return formula


def scaffold_of(sheets: Sequence[GeneratedSheet], titles: Sequence[str]) -> Scaffold:
    """The sheets drawn, each with the title that it has in the host."""
    workbook = Workbook()
    looks = workbook.active
    assert looks is not None
    looks.title = "cedre-looks"
    styles: dict[Style, int] = {}
    for number, sheet in enumerate(sheets, start=1):
        worksheet = workbook.create_sheet(_scratch_name(number))
        sheet.draw(worksheet, sheet.last_row)
        for style in (style for row in _looks(sheet).values() for style in row):
            if style not in styles:
                styles[style] = len(styles) + 1
                apply_style(looks.cell(styles[style], 1), style)
    package = Package(saved(workbook))
    return Scaffold(
        package,
        _drawn(package, sheets, styles),
        {quoted(_scratch_name(n)): quoted(title) for n, title in enumerate(titles, start=1)},
    )


def _looks(sheet: GeneratedSheet) -> dict[str, tuple[Style, ...]]:
    """The looks of its rows, those of the rows that the splice adds included."""
    return {**sheet.styles, **LOOKS}


def _seen_width(root: etree._Element) -> float:
    return sum(
        float(column.get("width", "0"))
        * (int(column.get("max", "1")) - int(column.get("min", "1")) + 1)
        for column in root.iterfind(f"{q('cols')}/{q('col')}")
        if column.get("hidden") != "1"
    )


def _scratch_name(number: int) -> str:
    return f"cedre-{number:04}"


def _drawn(
    package: Package, sheets: Sequence[GeneratedSheet], styles: Mapping[Style, int]
) -> tuple[Drawn, ...]:
    """openpyxl numbers the parts in the order of the sheets, the looks being the first."""
    looks = package.root("xl/worksheets/sheet1.xml")
    indexes = {int(c.get("r", "A0")[1:]): int(c.get("s", "0")) for c in looks.iter(q("c"))}
    workbook = package.root("xl/workbook.xml")
    put_columns_first(workbook)
    names = _local_names(workbook)
    return tuple(
        Drawn(
            part=f"xl/worksheets/sheet{number + 1}.xml",
            styles={
                look: tuple(indexes[styles[style]] for style in row)
                for look, row in _looks(sheet).items()
            },
            names=names.get(number, {}),
            seen_width=_seen_width(package.root(f"xl/worksheets/sheet{number + 1}.xml")),
        )
        for number, sheet in enumerate(sheets, start=1)
    )


def put_columns_first(workbook: etree._Element) -> None:
    """Have titles repeated in print name their columns before their rows, as Excel does.

    LibreOffice writes the name a second time when it finds them the other way round.
    """
    for name in workbook.iter(q("definedName")):
        if name.get("name") == "_xlnm.Print_Titles" and name.text:
            rows, comma, columns = name.text.partition(",")
            name.text = f"{columns}{comma}{rows}" if columns else rows


def _local_names(workbook: etree._Element) -> dict[int, dict[str, str]]:
    found: dict[int, dict[str, str]] = {}
    for name in workbook.iterfind(f"{q('definedNames')}/{q('definedName')}"):
        local = int(name.get("localSheetId", "-1"))
        found.setdefault(local, {})[name.get("name", "")] = name.text or ""
    return found
