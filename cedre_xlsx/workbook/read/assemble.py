"""From raw cells to records and problems, step by step."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from typing import Any

from cedre_xlsx.method.french import counted
from cedre_xlsx.method.nearest import nearest
from cedre_xlsx.method.text import word_key
from cedre_xlsx.schema import tables as t
from cedre_xlsx.schema.columns import EntryRow, Row, line_key
from cedre_xlsx.schema.findings import Place, Problem
from cedre_xlsx.schema.lists import LISTS, PACK_LISTS
from cedre_xlsx.schema.records import Records, Table, column_letter
from cedre_xlsx.schema.tables import TableSpec
from cedre_xlsx.workbook.form_sheets import form_sheet
from cedre_xlsx.workbook.read.block import block_table
from cedre_xlsx.workbook.read.cells import Reader, as_word
from cedre_xlsx.workbook.read.decisions import with_decisions
from cedre_xlsx.workbook.read.forms import form_states, hollow_names
from cedre_xlsx.workbook.read.fusion import waiting_choices
from cedre_xlsx.workbook.read.generated import read_generated
from cedre_xlsx.workbook.read.kept import read_kept, read_last_agenda, read_old_notes
from cedre_xlsx.workbook.read.lacking import lacking_in_settings, lacking_in_table
from cedre_xlsx.workbook.read.locate import Located, locate, other_places
from cedre_xlsx.workbook.read.memory import read_memory
from cedre_xlsx.workbook.read.raw import RawSheet, RawTable, RawWorkbook, is_blank, is_error
from cedre_xlsx.workbook.read.rows import Oddity, read_rows, to_table
from cedre_xlsx.workbook.read.settings import check_breakdowns, read_settings


@dataclass(frozen=True)
class Reading:
    """A workbook once read: its records, what could not be understood.

    `sha256` is that of its bytes; `tabs` are the sheets that were read.
    """

    records: Records
    problems: tuple[Problem, ...]
    sha256: str = ""
    tabs: tuple[str, ...] = ()

    @property
    def living(self) -> Reading:
        """The reading without the anonymous lines, and what there is to say of their cells."""
        if self.records.living is self.records:
            return self
        rows = self.records.anonymous_rows
        problems = (one for one in self.problems if (one.place.sheet, one.place.row) not in rows)
        return replace(self, records=self.records.living, problems=tuple(problems))


@dataclass(frozen=True, slots=True)
class _ReadTable:
    """A data table: where it was found, its rows, what there is to say of its cells."""

    spec: TableSpec[Any]
    found: Located | None
    table: Table[Any]
    oddities: Sequence[Oddity]


def read_raw(workbook: RawWorkbook, *, on: date, sha256: str = "") -> Reading:
    """Understand everything in a workbook's cells. Every line of a table makes a row."""
    read = read_settings(workbook, on)
    reader = Reader(on, workbook.date1904, read.settings, added_values(workbook))
    in_turn = sorted(t.DATA_TABLES, key=lambda spec: spec is t.FOLLOW_UP)  # last: still parsed
    read_tables = {spec.table: _read_table(workbook, spec, reader) for spec in in_turn}
    tables = {spec.table: read_tables[spec.table] for spec in t.DATA_TABLES}
    synthesis = locate(workbook, t.SYNTHESIS)
    control = locate(workbook, t.CONTROL)
    records = Records(
        settings=read.settings,
        people=tables[t.PEOPLE.table].table,
        follow_ups=tables[t.FOLLOW_UP.table].table,
        engagements=tables[t.ENGAGEMENTS.table].table,
        missions=tables[t.MISSIONS.table].table,
        barriers=tables[t.BARRIERS.table].table,
        synthesis=read_generated(synthesis, t.SYNTHESIS, on, date1904=workbook.date1904),
        control=read_generated(control, t.CONTROL, on, date1904=workbook.date1904),
        old_notes=read_old_notes(workbook),
        memory=read_memory(workbook),
        kept=read_kept(workbook),
        fusion=waiting_choices(workbook),
        last_agenda=read_last_agenda(workbook),
        template_version=_template_version(workbook),
        date1904=workbook.date1904,
        generated=workbook.recognised,
        book=workbook.state and replace(workbook.state, hollow=hollow_names(workbook)),
        forms=form_states(workbook),
        choices=tuple(filter(None, (block_table(workbook, s) for s in t.CHOICE_TABLES))),
    )
    records = with_decisions(records, workbook)
    problems = [
        *read.problems,
        *lacking_in_settings(workbook),
        *_older_template(workbook, records.template_version),
    ]
    for one in tables.values():
        problems += _table_problems(one, other_places(workbook, one.spec, one.found))
        problems += _cell_problems(one, records)
    problems += check_breakdowns(workbook, read.settings, _people_headings(tables[t.PEOPLE.table]))
    tabs = tuple(sheet.name for sheet in workbook.sheets)
    return Reading(records, tuple(problems), sha256, tabs)


def _read_table(workbook: RawWorkbook, spec: TableSpec[Any], reader: Reader) -> _ReadTable:
    found = locate(workbook, spec)
    rows, oddities = read_rows(found, reader) if found else ((), [])
    said, errors = _without_computed(spec, rows, oddities)
    return _ReadTable(spec, found, to_table(found, spec, rows, errors), said)


def _without_computed(
    spec: TableSpec[Any], rows: Sequence[Row], oddities: Sequence[Oddity]
) -> tuple[list[Oddity], dict[str, frozenset[int]]]:
    """What there is to say of the cells that people type, and the rows of the computed cells with
    an error: we compute these ourselves, and one sentence is enough for all of them.
    """
    errors: dict[str, set[int]] = {}
    said = []
    for one in oddities:
        if one.odd.code == "LEC10" and spec.columns[one.field].calculated:
            errors.setdefault(one.field, set()).add(rows[one.rank].row)
        else:
            said.append(one)
    return said, {field: frozenset(numbers) for field, numbers in errors.items()}


def added_values(workbook: RawWorkbook) -> dict[str, tuple[str, ...]]:
    """What the hidden sheet of lists holds, by the name of the list: a team may add to it."""
    every = (*LISTS, *PACK_LISTS)
    titles = {word_key(spec.title): spec.name for spec in every if not spec.closed}
    sheet = _sheet(workbook, t.LISTS_SHEET)
    found: dict[str, tuple[str, ...]] = {}
    for column, title in enumerate(sheet.grid[0] if sheet and sheet.grid else ()):
        name = titles.get(word_key(as_word(title)))
        if sheet is None or name is None:
            continue
        below = (row[column] for row in sheet.grid[1:] if column < len(row))
        cells = (one for one in below if isinstance(one, str) and one and not is_error(one))
        found[name] = tuple(filter(None, map(as_word, cells)))
    return found


def _sheet(workbook: RawWorkbook, name: str) -> RawSheet | None:
    key = word_key(name)
    return next((sheet for sheet in workbook.sheets if word_key(sheet.name) == key), None)


def _template_version(workbook: RawWorkbook) -> str:
    """What stands after its label on `Accueil`; "" when it is nowhere."""
    home = form_sheet(workbook, t.HOME_SHEET)
    label = word_key(t.TEMPLATE_VERSION_LABEL)
    for row in home.grid if home else ():
        for index, cell in enumerate(row):
            if isinstance(cell, str) and word_key(cell) == label:
                said = next((one for one in row[index + 1 :] if not is_blank(one)), None)
                return as_word(said).replace(",", ".")
    return ""


def _older_template(workbook: RawWorkbook, version: str) -> list[Problem]:
    if not version or t.version_numbers(version) >= t.version_numbers(t.TEMPLATE_VERSION):
        return []
    home = form_sheet(workbook, t.HOME_SHEET)
    return [
        Problem(
            "LEC11",
            Place(home.name if home else t.HOME_SHEET),
            f"Le classeur suit la version {version} du modèle ; la version actuelle est la "
            f"{t.TEMPLATE_VERSION}.",
            "Il est lu en entier. Pour lui donner les listes, les réglages et les couleurs "
            "d'aujourd'hui sans rien perdre : cedre-xlsx upgrade, classeur fermé.",
            key=line_key(version),
        )
    ]


def _people_headings(people: _ReadTable) -> list[str]:
    """Every heading of Personnes, as printed, as typed, and the team's own."""
    headings = [column.header for column in t.PEOPLE.columns.values()]
    headings += [alias for column in t.PEOPLE.columns.values() for alias in column.aliases]
    return headings + (list(people.found.extra) if people.found else [])


def _table_problems(one: _ReadTable, others: Sequence[Located]) -> list[Problem]:
    """What is wrong with a table as a whole."""
    spec, found = one.spec, one.found
    if found is None:
        return [
            Problem(
                "LEC01",
                Place(spec.sheet),
                f"La feuille {spec.sheet} n'a pas été trouvée.",
                f"Redonnez-lui son nom, ou les intitulés de ses colonnes : {_headings(spec)}.",
                key=line_key(spec.table),
            )
        ]
    problems = list(_missing_columns(found))
    if found.outside and (found.table is None or found.table.last_row > found.table.first_row):
        problems.append(_outside(found))  # of a table without any line, a rule says more
    problems += (_laid_over(found, table) for table in found.under.laid_over)
    problems += lacking_in_table(found)
    problems += (_second(found, other) for other in others)
    return problems


def _headings(spec: TableSpec[Any]) -> str:
    return ", ".join(column.header for column in spec.columns.values() if column.required)


def _missing_columns(found: Located) -> Iterable[Problem]:
    """Required columns that are not there, and others that a heading seems to be."""
    instead = _in_their_place(found)
    for field, column in found.spec.columns.items():
        if field in found.columns:
            continue
        likely = nearest(column.header, found.extra, limit=1) or instead.get(field, ())
        if not column.required and not likely:
            continue
        place = Place(found.sheet.name, found.heading_row_number, column.header)
        message = f"La colonne « {column.header} » n'a pas été trouvée."
        if likely:
            index = found.extra[likely[0]]
            cell = found.sheet.address(found.heading_row, index) if found.heading_row >= 0 else ""
            place = Place(found.sheet.name, found.heading_row_number, column.header, cell)
            message = message[:-1] + f" ; est-ce « {likely[0]} » ?"
        advice = f"Donnez à la colonne l'intitulé « {column.header} »."
        yield Problem("LEC01", place, message, advice, key=line_key(found.spec.table, field))


def _in_their_place(found: Located) -> dict[str, tuple[str, ...]]:
    """Headings of the team's own that stand where columns of ours were, as many as these."""
    own = {index: heading for heading, index in found.extra.items()}
    columns, fields = found.columns, list(found.spec.columns)
    instead: dict[str, tuple[str, ...]] = {}
    known = [place for place, field in enumerate(fields) if field in columns]
    for before, after in pairwise(known):
        missing = fields[before + 1 : after]
        between = range(columns[fields[before]] + 1, columns[fields[after]])
        if len(missing) == len(between) and all(index in own for index in between):
            instead.update(
                (field, (own[index],)) for field, index in zip(missing, between, strict=True)
            )
    return instead


def _outside(found: Located) -> Problem:
    numbers = [found.sheet.row_numbers[index] for index in found.outside]
    rows = (
        f"la ligne {numbers[0]}"
        if len(numbers) == 1
        else f"{counted(len(numbers), 'ligne')}, de {numbers[0]} à {numbers[-1]}"
    )
    are = "est lue" if len(numbers) == 1 else "sont lues"
    return Problem(
        "LEC02",
        Place(found.sheet.name, numbers[0]),
        f"Sous le tableau : {rows}. Elle{'s' if len(numbers) > 1 else ''} {are} comme les autres.",
        "Dans Excel, tirez le coin du tableau jusqu'à la dernière ligne ; dans LibreOffice, rien "
        "n'est à faire.",
        key=line_key(found.spec.table),
    )


def _laid_over(found: Located, table: RawTable) -> Problem:
    cell = f"{column_letter(table.first_column)}{table.first_row}"
    ref = f"{cell}:{column_letter(table.last_column)}{table.last_row}"
    return Problem(
        "LEC14",
        Place(found.sheet.name, table.first_row, cell=cell),
        f"Un tableau sans nos intitulés ({table.name}, {ref}) est posé sur les lignes : elles sont "
        "toutes lues.",
        "Vérifiez qu'il n'a rien décalé. Dans Excel, Création de tableau, Convertir en plage ; "
        "dans Google Sheets, retirez les couleurs alternées.",
        key=line_key(found.spec.table, table.name),
    )


def _second(found: Located, other: Located) -> Problem:
    return Problem(
        "LEC13",
        Place(other.sheet.name, other.heading_row_number),
        f"Ces lignes ressemblent à celles de la feuille {found.sheet.name} : elles ne sont pas "
        "lues.",
        "Supprimez la copie, ou sortez-la du classeur.",
        key=line_key(found.spec.table, other.sheet.name, other.heading_row_number),
    )


def _cell_problems(one: _ReadTable, records: Records) -> Iterable[Problem]:
    """What there is to say of single cells, each with its place, its person and its line."""
    table = one.table
    for oddity in one.oddities:
        row = table.rows[oddity.rank]
        place = table.place(row, oddity.field)
        yield Problem(
            oddity.odd.code,
            place,
            oddity.odd.message,
            oddity.odd.help,
            person=_person(row, records),
            key="|".join((line_key(place.column), row.key if isinstance(row, EntryRow) else "")),
        )


def _person(row: Row, records: Records) -> str:
    typed = str(getattr(row, "person", ""))
    return records.name_or_typed(typed) if typed else ""
