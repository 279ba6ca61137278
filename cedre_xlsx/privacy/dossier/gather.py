"""Every line, note and finding of one person, each value with its cell."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from cedre_xlsx.method.french import day as french_day
from cedre_xlsx.method.french import decimal
from cedre_xlsx.method.text import name_key
from cedre_xlsx.ooxml.parts import Package, Relations
from cedre_xlsx.privacy.dossier.article import Said, article_of
from cedre_xlsx.privacy.dossier.elsewhere import Elsewhere, elsewhere
from cedre_xlsx.privacy.dossier.masking import Mask, mask_of
from cedre_xlsx.schema.findings import Finding
from cedre_xlsx.schema.records import Person, Records, column_letter
from cedre_xlsx.schema.tables import DATA_TABLES, FUSION, PEOPLE
from cedre_xlsx.workbook.package.comments import comment_texts
from cedre_xlsx.workbook.package.host import Host
from cedre_xlsx.workbook.read.fusion import read_fusion
from cedre_xlsx.workbook.read.locate import Located, locate
from cedre_xlsx.workbook.read.raw import Cell, RawSheet, RawWorkbook, is_blank

#: The part of what is said of somebody on lines, notes and sheets that are not theirs.
ELSEWHERE = "Ailleurs dans le classeur"
_WRITTEN = "Ce qui est écrit"


@dataclass(frozen=True, slots=True)
class Value:
    """One thing that the workbook holds: its heading, what is there, its cell."""

    heading: str
    text: str
    cell: str


@dataclass(frozen=True, slots=True)
class Part:
    """A table of the dossier: its title, and lines of values."""

    title: str
    lines: tuple[tuple[Value, ...], ...]


@dataclass(frozen=True, slots=True)
class Content:
    """All that is given to somebody: what the article asks to be told, and the data.

    `doubts` are for the team alone: places where a word may be of that person, to be read again.
    """

    person: str
    structure: str
    article: tuple[Said, ...]
    parts: tuple[Part, ...]
    doubts: tuple[str, ...] = ()

    @property
    def count(self) -> int:
        """How many lines, notes and findings."""
        return sum(len(part.lines) for part in self.parts)


def dossier_of(
    workbook: RawWorkbook,
    data: bytes,
    records: Records,
    found: Sequence[Finding],
    person: Person,
) -> Content:
    """What a workbook holds of one person, the names of others masked."""
    mask = mask_of(records, person)
    lines = {spec.sheet: [*_lines_of(workbook, records, spec, person)] for spec in DATA_TABLES}
    rows: dict[str, set[int]] = {}
    for mine in lines.values():
        for sheet, row, _ in mine:
            rows.setdefault(sheet, set()).add(row)
    parts = [
        Part(title, tuple(_masked(values, mask) for _, _, values in mine))
        for title, mine in lines.items()
    ]
    parts += [
        Part("Commentaires de cellules", tuple(_comments(data, rows, mask))),
        Part("Notes de réunion et décisions", tuple(_notes(records, person, mask))),
        Part("Notes gardées au bas des feuilles", tuple(_kept(workbook, records, person, mask))),
        Part("Notes anciennes", tuple(_old(records, person, mask))),
        Part("Réunion de deux fichiers", tuple(_fused(workbook, records, person, mask))),
        Part("Constats du contrôle", tuple(_findings(found, person, mask))),
    ]
    beside = elsewhere(workbook, data, records, person, rows)
    known = {one.cell for part in parts for line in part.lines for one in line}
    parts.append(Part(ELSEWHERE, tuple(_beside(workbook, beside, known, mask))))
    settings = records.settings
    return Content(
        person.name, settings.structure, article_of(settings),
        tuple(part for part in parts if part.lines),
        tuple(one for one in beside.doubts if one.partition(" : ")[0] not in known),
    )  # fmt: skip


def _beside(
    workbook: RawWorkbook, found: Elsewhere, known: Collection[str], mask: Mask
) -> Iterator[tuple[Value, ...]]:
    sheets = {sheet.name: sheet for sheet in workbook.sheets}
    for one in found.told:
        if one.place not in known:
            yield (Value(_WRITTEN, mask(shown(one.text)), one.place),)
    for title, row in found.whole_rows:
        texts = _row_texts(sheets[title], row) if title in sheets else ()
        values = [Value(_WRITTEN, mask(text), cell) for text, cell in texts if cell not in known]
        if values:
            yield tuple(values)


def _masked(values: Sequence[Value], mask: Mask) -> tuple[Value, ...]:
    return tuple(Value(one.heading, mask(one.text), one.cell) for one in values)


def _lines_of(
    workbook: RawWorkbook, records: Records, spec: object, person: Person
) -> Iterator[tuple[str, int, list[Value]]]:
    found = locate(workbook, spec)  # type: ignore[arg-type]
    if found is None:
        return
    own = name_key(person.name)
    for index in found.rows:
        if name_key(_whose(found, index, records)) == own:
            row = found.sheet.row_numbers[index]
            yield found.sheet.name, row, [*_values(found, index)]


def _whose(found: Located, index: int, records: Records) -> str:
    """Whose line it is, by the name typed on it."""
    fields = ("last_name", "first_name", "precision") if found.spec is PEOPLE else ("person",)
    cells = [found.sheet.cell(index, found.columns[one]) for one in fields if one in found.columns]
    typed = " ".join(str(cell) for cell in cells if not is_blank(cell))
    return records.name_or_typed(typed)


def _values(found: Located, index: int) -> Iterator[Value]:
    headings = {column: found.spec.columns[field].header for field, column in found.columns.items()}
    headings |= {column: heading for heading, column in found.extra.items()}
    for column, heading in sorted(headings.items()):
        cell = found.sheet.cell(index, column)
        if not is_blank(cell):
            place = f"{found.sheet.name}!{found.sheet.address(index, column)}"
            yield Value(heading, shown(cell), place)


def shown(cell: Cell) -> str:
    """A cell as French shows it."""
    if isinstance(cell, bool):
        return "OUI" if cell else "NON"
    if isinstance(cell, date):
        return french_day(cell)
    if isinstance(cell, float):
        return decimal(cell) if not cell.is_integer() else str(int(cell))
    return str(cell).strip()


def _comments(data: bytes, rows: Mapping[str, set[int]], mask: Mask) -> Iterator[tuple[Value, ...]]:
    host = Host(Package(data))
    for sheet in host.sheets():
        if sheet.is_worksheet and sheet.title in rows:
            for (row, column), texts in comment_texts(
                host, Relations(host.package, sheet.part)
            ).items():
                if row in rows[sheet.title]:
                    place = f"{sheet.title}!{column_letter(column)}{row}"
                    yield tuple(Value("Commentaire", mask(text), place) for text in texts)


def _notes(records: Records, person: Person, mask: Mask) -> Iterator[tuple[Value, ...]]:
    own = name_key(person.name)
    for row in records.synthesis.rows:
        if name_key(row.person) == own and row.notes.strip():
            place = records.synthesis.place(row, "notes")
            yield (
                Value("À propos de", mask(row.action), ""),
                Value(place.column, mask(row.notes), place.address),
            )
    for line in records.control.rows:
        if name_key(line.person) == own and line.justification.strip():
            place = records.control.place(line, "justification")
            yield (
                Value("Constat", mask(line.message), ""),
                Value(place.column, mask(line.justification), place.address),
            )
    for one in records.decisions:
        if name_key(records.name_or_typed(one.person)) == own:
            place_of = {name: f"{one.sheet}!{cell}" for name, cell in one.cells.items()}
            due = french_day(one.due) if isinstance(one.due, date) else one.due or ""
            told = (("Décision", one.text, "text"), ("Qui", one.who, "who"),
                    ("Pour quand", due, "due"))  # fmt: skip
            yield tuple(
                Value(title, mask(text), place_of.get(name, ""))
                for title, text, name in told
                if text
            )


def _kept(
    workbook: RawWorkbook, records: Records, person: Person, mask: Mask
) -> Iterator[tuple[Value, ...]]:
    sheets = {sheet.name: sheet for sheet in workbook.sheets}
    own = name_key(person.name)
    for note in records.kept:
        if name_key(note.person) == own and note.sheet in sheets:
            yield tuple(
                Value("Note gardée", mask(text), cell)
                for text, cell in _row_texts(sheets[note.sheet], note.row)
            )


def _row_texts(sheet: RawSheet, number: int) -> Iterator[tuple[str, str]]:
    index = sheet.row_index(number)
    for column, cell in enumerate(sheet.grid[index] if index < len(sheet.grid) else ()):
        text = "" if is_blank(cell) else shown(cell)
        is_key = len(text) >= _LONGEST_MARK and not any(char.isspace() for char in text)
        if text and not is_key:
            yield text, f"{sheet.name}!{sheet.address(index, column)}"


_LONGEST_MARK = 16


def _old(records: Records, person: Person, mask: Mask) -> Iterator[tuple[Value, ...]]:
    own, table = name_key(person.name), records.old_notes
    for row in table.rows:
        if name_key(row.person) == own:
            told = ((row.sheet, "sheet"), (row.line, "line"), (row.text, "text"))
            yield tuple(
                Value(table.spec.columns[name].header, mask(text), table.place(row, name).address)
                for text, name in told
                if text
            )


def _fused(
    workbook: RawWorkbook, records: Records, person: Person, mask: Mask
) -> Iterator[tuple[Value, ...]]:
    """The rows of `Fusion` that are of her: what two copies say of her differently."""
    own = name_key(person.name)
    for row in read_fusion(workbook):
        typed = row.text("person")
        if name_key(records.name_or_typed(typed)) == own:
            yield tuple(
                Value(column.header, mask(shown(cell)), f"{row.sheet}!{row.places[name]}")
                for name, column in FUSION.columns.items()
                if name != "key" and not is_blank(cell := row.cells.get(name))
            )


def _findings(found: Sequence[Finding], person: Person, mask: Mask) -> Iterator[tuple[Value, ...]]:
    own = name_key(person.name)
    for one in found:
        if one.person and name_key(one.person) == own:
            cell = one.place.address if one.place.cell else one.place.sheet
            yield (
                Value("Règle", f"{one.code} {one.name}", cell),
                Value("Constat", mask(one.message), cell),
                Value("Que faire", mask(one.help), cell),
            )
