"""What pouring files would do, bounded: what can be shown at once, and the whole as a table."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from cedre_xlsx.api.arguments import checked
from cedre_xlsx.api.corresponding import TableChoices, table_choices
from cedre_xlsx.api.importing import Import
from cedre_xlsx.schema.errors import CedreError

if TYPE_CHECKING:
    from cedre_xlsx.intake.mapping import MappedTable
    from cedre_xlsx.intake.plan import CellFill, PlannedRow, ToSee

#: Lines of a group that are shown at once.
MOST_SHOWN = 200
_LONGEST = 240  # characters of what a new line holds
_HEADINGS = (
    "Groupe", "Origine", "Feuille", "Cellule", "Personne", "Intitulé", "Avant", "Après", "Remarque",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class ShownLine:
    """A line of a group: where it comes from, which sheet it goes to, whose it is, what it says."""

    place: str
    person: str
    told: str = ""
    sheet: str = ""


@dataclass(frozen=True, slots=True)
class ShownCell:
    """A cell that is completed or would be replaced; `key` says which it is."""

    key: str
    where: str
    person: str
    heading: str
    before: str
    after: str
    place: str


@dataclass(frozen=True, slots=True)
class Some:
    """The first of some lines or cells, and how many there are in all."""

    shown: tuple[ShownLine | ShownCell, ...]
    count: int

    @property
    def more(self) -> int:
        """How many are not shown."""
        return self.count - len(self.shown)


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Columns of a table that are not poured, for one reason."""

    place: str
    why: str
    columns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ImportPreview:
    """What is shown before files are poured.

    `created` are lines to add, `filled` empty cells to complete, `changed` cells that would be
    replaced, `to_see` what is left to the team, `remarks` what is to be known, `same` how many
    lines say nothing new; `totals` adds up. `left_rows` are lines of the files that are none,
    `taken_out` what was taken out of texts, `columns` the columns that are added. `unsure` are the
    places of tables whose mapping nobody has looked at; `is_new` says that the workbook has
    nobody yet, `is_empty` that nothing would be written, `names_people` that the lines of a table
    are somebody's; `doubtful` are names of lines to see of whom it can be told who they are.
    """

    tables: tuple[TableChoices, ...]
    totals: str
    created: Some
    filled: Some
    changed: Some
    to_see: Some
    remarks: Some
    left_rows: Some
    taken_out: tuple[str, ...]
    columns: tuple[str, ...]
    left_out: tuple[LeftOut, ...]
    notes: tuple[str, ...]
    unsure: tuple[str, ...]
    same: int
    is_new: bool
    is_empty: bool
    names_people: bool
    doubtful: tuple[str, ...] = ()


def import_preview(found: Import, most: int = MOST_SHOWN) -> ImportPreview:
    """What pouring would do, with `most` lines of each group."""
    from cedre_xlsx.intake.plan import Fate

    plan = found.plan
    is_new = not found.book.reading.records.people.rows
    left = [_left_line(one, at) for one in found.tables for at in range(len(one.map.source.left))]
    taken_out = [text for one in found.tables for text in one.read.taken_out]
    return ImportPreview(
        tables=table_choices(found),
        totals=plan.totals_of_new if is_new else plan.totals,
        created=_some(plan.rows, most, _created),
        filled=_some(plan.fills, most, _cell),
        changed=_some(plan.changes, most, _cell),
        to_see=_some(plan.to_see, most, _seen),
        remarks=_some(plan.remarks, most, _seen),
        left_rows=Some(tuple(left[:most]), len(left)),
        taken_out=tuple(taken_out[:most]),
        columns=tuple(f"{_sheet(one.table)} : {one.heading}" for one in plan.columns),
        left_out=tuple(_left_out(found.tables)),
        notes=found.notes,
        unsure=tuple(one.map.source.place for one in found.unsure),
        same=plan.counts[Fate.SAME],
        is_new=is_new,
        is_empty=plan.is_empty,
        names_people=any(one.map.names_people for one in found.tables),
        doubtful=tuple(islice(_doubtful(found), most)),
    )


def _doubtful(found: Import) -> Iterator[str]:
    """The names that may be those of several people, each once."""
    from cedre_xlsx.intake.plan import Fate

    names = (
        found.tables[at].read.people.rows[rank].person
        for (at, rank), fate in found.plan.fates.items()
        if fate is Fate.TO_SEE
        and (at, rank) not in found.plan.differing
        and rank not in found.tables[at].read.aside
    )
    yield from dict.fromkeys(filter(None, names))


def fill_key(cell: CellFill) -> str:
    """Which cell would be replaced, and by what."""
    return f"{cell.sheet}!{cell.cell} = {cell.after}"


def replacing_cells(
    found: Import, keys: Collection[str], *, others: bool = False, most: int = MOST_SHOWN
) -> Callable[[CellFill], bool]:
    """Which filled cells are changed: those of some keys, with `others` also all that are not among
    the first `most`.
    """
    wanted = set(keys)
    if others:
        wanted.update(fill_key(one) for one in found.plan.changes[most:])
    return lambda cell: fill_key(cell) in wanted


@checked
def write_preview(found: Import, output: Path | str) -> Path:
    """Write the whole preview as a CSV that Excel opens as a table.

    Raises CedreError for a file that is there already, or of another kind.
    """
    from cedre_xlsx.files.replace import write_new
    from cedre_xlsx.reports.csv_text import csv_text

    target = Path(output)
    if target.suffix.lower() != ".csv":
        raise CedreError(f"{target} : l'aperçu s'écrit en .csv ; corrigez ce nom.")
    text = csv_text([_HEADINGS, *_rows(found)])
    write_new(target, text.encode("utf-8-sig"), overwrite=False)
    return target


T = TypeVar("T")


def _some(lines: Sequence[T], most: int, shown: Callable[[T], ShownLine | ShownCell]) -> Some:
    return Some(tuple(shown(one) for one in islice(lines, most)), len(lines))


def _rows(found: Import) -> Iterator[tuple[str, ...]]:
    plan = found.plan
    for row in plan.rows:
        one = _created(row, None)
        yield "à créer", one.place, one.sheet, "", one.person, "", "", one.told, ""
    for group, cells in (("à compléter", plan.fills), ("à remplacer", plan.changes)):
        for cell in cells:
            yield (
                group, cell.place, cell.sheet, cell.cell, cell.person, cell.heading, cell.before,
                cell.after, "",
            )  # fmt: skip
    for group, lines in (("à voir", plan.to_see), ("à savoir", plan.remarks)):
        for line in lines:
            yield group, line.place, "", "", line.person, "", "", "", line.why
    for left in _left_out(found.tables):
        for name in left.columns:
            yield "colonne non reprise", left.place, "", "", "", name, "", "", left.why
    yield "total", "", "", "", "", "", "", "", plan.totals


def _created(one: PlannedRow, longest: int | None = _LONGEST) -> ShownLine:
    from cedre_xlsx.intake.targets import SPECS
    from cedre_xlsx.workbook.edit.model import shown

    columns = SPECS[one.table].columns
    values = [
        (columns[name].header if name in columns else name, value)
        for name, value in (*one.row.values.items(), *one.row.extra.items())
        if value not in (None, "") and name != "person"
    ]
    told = " · ".join(f"{heading} : {shown(value)}" for heading, value in values)
    if longest is not None and len(told) > longest:
        told = told[: longest - 1] + "…"
    return ShownLine(one.place, one.person, told, _sheet(one.table))


def _cell(one: CellFill) -> ShownCell:
    where = f"{one.sheet}!{one.cell}" if one.cell else f"{one.sheet}, ligne {one.row}"
    return ShownCell(
        fill_key(one), where, one.person, one.heading, one.before, one.after, one.place
    )


def _seen(one: ToSee) -> ShownLine:
    return ShownLine(one.place, one.person, one.why)


def _left_line(table: MappedTable, rank: int) -> ShownLine:
    source = table.map.source
    row = source.left[rank]
    return ShownLine(source.row_place(row.number), "", f"« {row.text} », {row.why}")


def _left_out(tables: Iterable[MappedTable]) -> Iterator[LeftOut]:
    for table in tables:
        reasons: dict[str, list[str]] = {}
        for name, why in table.left_out:
            reasons.setdefault(why, []).append(name)
        for why, names in reasons.items():
            yield LeftOut(table.map.source.place, why, tuple(names))


def _sheet(table: str) -> str:
    from cedre_xlsx.intake.targets import SPECS

    return SPECS[table].sheet
