"""The sheet `Qui compte AAAA`: behind every figure of the year, its lines; it names people."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from cedre_xlsx.method.french import typeset
from cedre_xlsx.reports.identities import identified_by, with_own_identities
from cedre_xlsx.reports.layout import (
    HEADING_ROW,
    Frame,
    Heading,
    SheetOrigin,
    height_of_lines,
    lines_of,
)
from cedre_xlsx.reports.statistics.counted import Counted
from cedre_xlsx.reports.statistics.definitions import Unit, definition_of
from cedre_xlsx.reports.statistics.gone import COUNTED
from cedre_xlsx.reports.statistics.looks import look_of
from cedre_xlsx.reports.statistics.model import Statistics
from cedre_xlsx.reports.statistics.shown import number_text
from cedre_xlsx.reports.statistics.text import detail_text
from cedre_xlsx.reports.statistics.who_blocks import Block, blocks_of
from cedre_xlsx.reports.statistics.who_columns import WhoColumn
from cedre_xlsx.reports.statistics.who_weights import heavy_lines
from cedre_xlsx.schema.generated_sheets import who_kind
from cedre_xlsx.schema.records import column_letter
from cedre_xlsx.workbook.fingerprint import digest
from cedre_xlsx.workbook.generated import GeneratedSheet, Link, SheetRow, Stretch, Value

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_HINT = (
    "Feuille refaite par « cedre-xlsx refresh --year {year} » : ne rien y taper. Filtrer une "
    "colonne sur « oui », ou sur ses nombres, donne les lignes du chiffre ; « non » : du "
    "dénominateur seulement ; « inconnu » : pas placées."
)
#: Widths in characters, from the first column on; each column of a breakdown has the last one.
_WIDTHS = (24, 7, 15, 11, 11, 8, 8, 8, 10, 9, 16, 18, 9, 9, 9, 10, 12)
_NAMES = len(_WIDTHS) - 1  # columns of the widest list without breakdowns
_PAGE = 13_700  # per cent × characters: what an A4 page in landscape holds in width
_TITLES = "1:2"  # repeated on each page
_ROW, _TITLE, _GAP = 15.0, 20.0, 10.0  # points
_TOTALS, _UNKNOWNS = "Chiffre de l'année", "Inconnus"
_NOTHING = "–"
_DATE = "D"  # the kind of a column of dates


@dataclass(frozen=True)
class _Laid:
    """The lists in their places; rows count from the sheet's first one."""

    rows: Sequence[SheetRow]
    stretches: Sequence[Stretch]
    starts: Sequence[int]  # the row of each list's title
    printed: int  # the last row in the print area
    width: int


def who_sheet(statistics: Statistics, origin: SheetOrigin) -> GeneratedSheet:
    """The lists of one year, ready to be written; none for a year without figures."""
    counted = statistics.private
    assert statistics.hidden is None, "a publication has no such sheet"
    blocks = () if statistics.is_silent or counted is None else blocks_of(counted)
    laid = _laid(statistics, blocks)
    kind = who_kind(statistics.year)
    frame = Frame(
        title=kind.title,
        hint=statistics.note or _HINT.format(year=statistics.year),
        legend="",
        origin=origin,
        headings=[
            Heading("", _WIDTHS[min(index, len(_WIDTHS) - 1)]) for index in range(laid.width)
        ],
        fit=False,
    )
    return GeneratedSheet(
        mark=kind.mark,
        title=kind.sheet,
        draw=partial(_draw, frame, laid),
        first_row=HEADING_ROW,
        styles={style: look_of(style) for style in dict.fromkeys(row.style for row in laid.rows)},
        rows=laid.rows,
        stretches=laid.stretches,
    )


def _laid(statistics: Statistics, blocks: Sequence[Block]) -> _Laid:
    """The way to each list, then the lists one below the other."""
    width = max([_NAMES, *(len(block.columns) for block in blocks)])
    bodies = [list(_rows(statistics, block, width)) for block in blocks]
    starts: list[int] = []
    stretches = []
    following = HEADING_ROW + 2
    for block, body in zip(blocks, bodies, strict=True):
        starts.append(following)
        following += len(body)
        last = following - 1
        headings = tuple(column.heading for column in block.columns)
        heading_row = last - max(len(block.places), 1)
        name = f"tQuiCompte{statistics.year}{block.name}"
        stretches.append(Stretch(name, headings, heading_row, last))
        following += 1  # a gap
    rows = [_way(blocks, starts, width), _gap()]
    for block, body in zip(blocks, bodies, strict=True):
        named = identified_by(body, block.title, 1)
        rows += [*(own if own.identity else one for own, one in zip(body, named, strict=True))]
        rows.append(_gap())
    rows = with_own_identities(rows)
    shown = [start for block, start in zip(blocks, starts, strict=True) if block.sensitive]
    return _Laid(rows, stretches, starts, min(shown, default=following) - 1, width)


def _way(blocks: Sequence[Block], starts: Sequence[int], width: int) -> SheetRow:
    """A link to each list, in every other column so that its name has room."""
    values: list[Value] = [None] * width
    for index, (block, start) in enumerate(zip(blocks, starts, strict=True)):
        values[2 + 2 * index] = Link(f"{block.name} ({len(block.places)})", "", f"A{start}")
    if blocks:
        values[0] = "Aller à :"
    return _row("go", "t" + "l" * (width - 1), values, _TITLE)


def _rows(statistics: Statistics, block: Block, width: int) -> Iterator[SheetRow]:
    """One list: title, what it says, the lines that weigh most, the figures that it adds up to,
    headings, lines.
    """
    yield _banner("title", block.title, width, _TITLE)
    yield _banner("hint", block.hint, width, _ROW)
    told = gone_lines(statistics.private, block.name) if statistics.private else ()
    for said in (*heavy_lines(statistics, block), *told):
        yield _banner("hint", said, width, _ROW)
    if any(column.figure for column in block.columns):
        yield _figures(_TOTALS, [_total(statistics, column) for column in block.columns])
        yield _figures(_UNKNOWNS, [_unknown(statistics, column) for column in block.columns])
    kinds = "".join(column.kind for column in block.columns)
    headings = [column.heading for column in block.columns]
    yield _row("head", kinds, headings, _height(headings, range(len(headings))))
    texts = [index for index, kind in enumerate(kinds) if kind in "lt"]
    for place in block.places:
        values = [column.values.get(place) for column in block.columns]
        known = digest(block.name, str(values[0]), str(values[kinds.find(_DATE)]))
        yield replace(_row("body", kinds, values, _height(values, texts)), identity=known)
    if not block.places:
        yield _row("body", kinds, [None] * len(kinds), _ROW)


def _figures(label: str, values: Sequence[Value]) -> SheetRow:
    return _row("total", "l" + "c" * (len(values) - 1), [label, *values[1:]], _ROW)


def _total(statistics: Statistics, column: WhoColumn) -> Value:
    """The figure that a column tells of, as the year's sheet has it; a median says so."""
    if not column.figure or not column.tells_known:
        return None
    one = statistics.indicator(column.figure)
    if one.value is None:
        return _NOTHING
    unit = definition_of(one.id).unit
    if unit is Unit.RATE:
        return detail_text(one)
    if unit.is_median:
        return f"méd. {number_text(one.value, 1)}"
    return round(one.value, 2)


def _unknown(statistics: Statistics, column: WhoColumn) -> Value:
    if not column.figure or not column.tells_unknown:
        return None
    return statistics.indicator(column.figure).unknown


def _height(values: Sequence[Value], texts: Sequence[int]) -> float:
    """The height that the longest text needs."""
    lines = max(lines_of(values[i], _WIDTHS[min(i, _NAMES)]) for i in texts if values[i])
    return height_of_lines(lines, _ROW)


def _row(look: str, kinds: str, values: Sequence[Value], height: float) -> SheetRow:
    return SheetRow(f"{look}:{kinds}", tuple(values), height)


def _banner(look: str, text: str, width: int, height: float) -> SheetRow:
    return _row(look, "l" * width, (typeset(text), *(None,) * (width - 1)), height)


def _gap() -> SheetRow:
    return SheetRow("body:", (), _GAP)


def _draw(frame: Frame, laid: _Laid, sheet: Worksheet, last_row: int) -> None:
    from openpyxl.worksheet.pagebreak import Break

    frame.draw(sheet)
    sheet.freeze_panes = f"A{HEADING_ROW + 1}"
    sheet.print_title_rows = _TITLES
    sheet.page_setup.scale = min(int(_PAGE / sum(heading.width for heading in frame.headings)), 100)
    sheet.print_area = f"A1:{column_letter(laid.width)}{laid.printed}"
    for start in laid.starts[1:]:
        sheet.row_breaks.append(Break(id=start - 1))


#: The table that each list adds up to, and its column; what it counts, in French.
_TABLES = {
    "Personnes": ("exit_reasons", "Sorties", "motifs de sortie"),
    "Freins": ("freins", "Personnes", "freins"),
    "Publics": ("publics", "Personnes", "personnes"),
}


def gone_lines(counted: Counted, block: str) -> Iterator[str]:
    """What is to be said under the title of a list, by its name."""
    gone = counted.year.frames.gone.of(counted.year.year)
    if block in _TABLES:
        table, column, what = _TABLES[block]
        numbers = (line.cells.get(column, 0) for line in gone.tables.get(table, {}).values())
        many = sum(number for number in numbers if number > 0)
        if many:
            yield (
                f"Santé et justice : dont {many} sur des lignes rendues anonymes ({what}), que la "
                "liste ne montre pas ; les tableaux les comptent (feuille Mémoire)."
            )
    minutes = gone.figures.get(("minutes", COUNTED), 0)
    if block == "Suivi" and minutes:
        how, many = ("à retirer", -minutes) if minutes < 0 else ("à ajouter", minutes)
        yield (
            f"Minutes : {many} {how} à la liste pour des actions collectives sur des lignes "
            "rendues anonymes ; le chiffre en tient compte (feuille Mémoire)."
        )
