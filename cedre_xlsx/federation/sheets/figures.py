"""The sheets « Chiffres AAAA » and « Réseau AAAA »: a line a figure, a column a source."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import groupby

from cedre_xlsx.federation.consolidation import ConsolidatedYear, Consolidation, ConsolidationSort
from cedre_xlsx.federation.sheets.page import LABEL, NARROW, NOTHING, Page, ToldOrigin, over_all
from cedre_xlsx.federation.sheets.said import Said
from cedre_xlsx.method.french import counted, listed, typeset
from cedre_xlsx.ooxml.cell_text import legal
from cedre_xlsx.reports.layout import Heading, height_of_lines, lines_of
from cedre_xlsx.reports.statistics.definitions import PERIOD, Unit, definition_of
from cedre_xlsx.reports.statistics.shown import in_shown_unit, shown_label, shown_unit
from cedre_xlsx.reports.statistics.values import Indicator
from cedre_xlsx.workbook.generated import SheetRow, Value

_ROW, _BLOCK = 15.0, 20.0  # points
_KINDS = {
    Unit.COUNT: "c", Unit.RATE: "p", Unit.DAYS: "d", Unit.HOURS: "h", Unit.FTE: "f",
    Unit.WEEKS: "d", Unit.RATIO: "h",
}  # fmt: skip
_DETAIL = {
    Unit.RATE: "numérateur / dénominateur",
    Unit.FTE: "heures / base annuelle",
    Unit.RATIO: "personnes / ETP",
}
_HINT = "Une colonne par antenne. Sous un taux, ce qu'il divise ; définitions : dernier onglet."
_NETWORK_HINT = (
    "Réseau : toutes les structures comme une seule. Médiane et quartiles : ceux de leurs chiffres "
    "exacts, à partir de cinq structures."
)
_MOST_NAMES = 3  # of structures, above the figures
_NETWORK_HEADINGS = ("Réseau", "Structures", "1er quartile", "Médiane", "3e quartile")


def origin_of(consolidation: Consolidation) -> ToldOrigin:
    """What every sheet says of where it comes from."""
    return ToldOrigin(
        legal(consolidation.title), consolidation.on, consolidation.version, consolidation.public
    )


def figures_page(consolidation: Consolidation, year: ConsolidatedYear) -> Page:
    """The figures of a year."""
    if consolidation.sort is ConsolidationSort.NETWORK:
        return _network_page(consolidation, year)
    names = [source.name for source in consolidation.sources] if year.columns else []
    columns = [Said(year.total), *map(Said, year.columns)]
    headings = [Heading("Chiffre", LABEL), Heading("Total", NARROW)]
    headings += [Heading(name, NARROW + 1) for name in names]
    return Page(
        title=f"Chiffres {year.year}",
        heading=f"Chiffres {year.year}",
        hint=_HINT if names else "Les chiffres de toutes les antennes ensemble.",
        legend=" ".join(filter(None, (first_of(year.total.remark) or PERIOD, _by_antenna(year)))),
        origin=origin_of(consolidation),
        columns=headings,
        rows=list(_rows(year.total.indicators, columns)),
        frozen=2,
        heading_height=height_of_names(names),
    )


def first_of(remark: str) -> str:
    """The first sentence of what is to be said; all of it is in the sheet of the files."""
    sentence, stop, _ = remark.partition(". ")
    return f"{sentence}." if stop else remark


def _by_antenna(year: ConsolidatedYear) -> str:
    if year.total.hidden is None or not year.columns:
        return ""
    return "Par antenne, seuls les chiffres de tête sont publiés."


def height_of_names(names: Sequence[str]) -> float:
    """The height of headings that are names of antennas."""
    lines = max((lines_of(name, NARROW + 1) for name in names), default=1)
    return height_of_lines(lines, 30.0)


def _rows(figures: Sequence[Indicator], columns: Sequence[Said]) -> Iterator[SheetRow]:
    """A banner a block, then of each figure its line, what it divides, and its unknowns."""
    width = len(columns) + 1
    for block, members in groupby(figures, key=lambda one: definition_of(one.id).block):
        yield over_all("block", block, width, _BLOCK)
        for one in members:
            yield from _figure_rows(one, columns)


def _figure_rows(one: Indicator, columns: Sequence[Said]) -> Iterator[SheetRow]:
    label = typeset(shown_label(one.label))
    unit = shown_unit(one.id)
    kind = "i" if label.startswith("dont ") else "l"
    values = [column.value(one.id) for column in columns]
    yield _row(kind, _KINDS[unit], label, values)
    details = [column.detail(one.id) for column in columns]
    if any(details):
        said = "cas" if unit.is_median else _DETAIL[unit]
        yield _row("i", "x", said, [text.removesuffix(" cas") or None for text in details])
    unknowns = [column.unknown(one.id) for column in columns]
    if any(unknown is not None for unknown in unknowns):
        yield _row("i", "x", "inconnus", unknowns)


def _row(kind: str, of_value: str, label: str, values: Sequence[Value]) -> SheetRow:
    height = height_of_lines(lines_of(label, LABEL), _ROW)
    return SheetRow(f"body:{kind}{of_value * len(values)}", (label, *values), height)


def _network_page(consolidation: Consolidation, year: ConsolidatedYear) -> Page:
    headings = [Heading("Chiffre", LABEL)]
    headings += [Heading(text, NARROW + 2) for text in _NETWORK_HEADINGS]
    if year.own:
        headings += [Heading(year.own, NARROW + 6), Heading("Rang", NARROW)]
    return Page(
        title=f"Réseau {year.year}",
        heading=f"Réseau {year.year}",
        hint=_NETWORK_HINT,
        legend=" ".join(filter(None, (_who(year), first_of(year.total.remark)))),
        origin=origin_of(consolidation),
        columns=headings,
        rows=list(_network_rows(year, len(headings))),
    )


def _who(year: ConsolidatedYear) -> str:
    """How many structures are in, which are missing, which were counted too early."""
    said = [f"{counted(year.structures, 'structure')}."]
    if year.missing:
        said.append(f"Manquent : {_some(year.missing)}.")
    if year.late:
        said.append(f"Comptées avant la fin de l'année : {_some(year.late)}.")
    return " ".join(said)


def _some(names: Sequence[str]) -> str:
    if len(names) <= _MOST_NAMES:
        return listed([*names])
    return f"{len(names)} (voir Fichiers)"


def _network_rows(year: ConsolidatedYear, width: int) -> Iterator[SheetRow]:
    said = Said(year.total)
    for block, members in groupby(year.total.indicators, lambda one: definition_of(one.id).block):
        yield over_all("block", block, width, _BLOCK)
        for one in members:
            rows = list(_figure_rows(one, [said]))
            yield from (_widened(row, _standing(year, one.id, width - 2)) for row in rows[:1])
            yield from (_widened(row, [None] * (width - 2)) for row in rows[1:])


def _standing(year: ConsolidatedYear, identifier: str, width: int) -> list[Value]:
    """How many structures have the figure, its quartiles, the reader's and its rank."""
    one = year.standings.get(identifier)
    if one is None:
        return [NOTHING] * width
    shown = partial(in_shown_unit, identifier)
    values: list[Value] = [one.structures, *map(shown, (one.low, one.median, one.high))]
    if width > len(values):
        values += [
            NOTHING if one.own is None else shown(one.own),
            NOTHING if one.rank is None else f"{one.rank} / {one.structures}",
        ]
    return values


def _widened(row: SheetRow, values: Sequence[Value]) -> SheetRow:
    look, _, kinds = row.style.partition(":")
    kind = kinds[-1]
    more = "x" * len(values) if kind == "x" else ("c" + kind * 4 + "x")[: len(values)]
    return SheetRow(f"{look}:{kinds}{more}", (*row.values, *values), row.height)
