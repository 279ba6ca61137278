"""An older workbook of ours brought to today's layout, at package level.

Nothing that the team typed, drew or took out is touched: what is new is added beside, and what an
earlier version of ours wrote is replaced only where it still stands as that version wrote it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from cedre_xlsx.method.french import typeset
from cedre_xlsx.method.text import word_key
from cedre_xlsx.ooxml.parts import Package
from cedre_xlsx.schema import tables as t
from cedre_xlsx.schema.losses import data_tables
from cedre_xlsx.schema.records import Records
from cedre_xlsx.schema.settings import FORMER_FTE_HOURS, FTE_HOURS, SETTINGS
from cedre_xlsx.schema.state import BookState, is_dead
from cedre_xlsx.workbook.edit.model import CellChange, Edited, NewColumn
from cedre_xlsx.workbook.edit.pen import Pen
from cedre_xlsx.workbook.edit.wider import with_rule
from cedre_xlsx.workbook.edit.write import edited
from cedre_xlsx.workbook.form_sheets import form_sheet
from cedre_xlsx.workbook.package.host import Host, quoted
from cedre_xlsx.workbook.read.assemble import read_raw
from cedre_xlsx.workbook.read.raw import RawWorkbook
from cedre_xlsx.workbook.read.source import raw_workbook
from cedre_xlsx.workbook.repair.donors import Donors
from cedre_xlsx.workbook.repair.layout import Layout
from cedre_xlsx.workbook.upgrade.colours import with_colours_of_today
from cedre_xlsx.workbook.upgrade.lists import NEW_VALUES, put_lists, put_values
from cedre_xlsx.workbook.upgrade.model import Upgrade, UpgradeNote
from cedre_xlsx.workbook.upgrade.pages import put_pages
from cedre_xlsx.workbook.upgrade.redrawn import put_sheets
from cedre_xlsx.workbook.upgrade.settings import SettingEdits, absolute, setting_edits, value_cells
from cedre_xlsx.workbook.upgrade.side_block import add_block

#: The settings that a name stands for, as the formulas of colours and of forms use it.
_NAMES = {
    t.SOON_NAME: "soon_days", t.CONTRACT_NAME: "contract_days", t.PASS_NAME: "pass_days",
    t.NOTES_NAME: "form_notes",
}  # fmt: skip
_TABLES_BESIDE = "vers la droite"


def upgraded(
    data: bytes,
    records: Records,
    workbook: RawWorkbook,
    packs: Collection[str],
    on: date,
    path: Path,
) -> Upgrade:
    """The workbook with what today's layout has and it lacks, and the columns of some packs.

    `records` and `workbook` are what was read of it on that day. Raises CedreError, which names
    the `path`, for a file that is none of Excel's, or that would be broken.
    """
    told = UpgradeNote()
    older = is_older(records)
    listed = _with_lists(data, workbook, told) if older else data
    made = _written(listed, records, workbook, packs, older, told, path)
    new = made.data
    if older:
        new = _Room(new, on, path).upgraded(told, records.template_version)
    told.left += (one.line for one in made.left)
    if older and not told.left:
        new = _with_version(new, on, path, told)
    notes = (*made.notes, *_to_verify(records), *told.notes) if older else made.notes
    return Upgrade(data if new == data else new, tuple(told.done), tuple(told.left), tuple(notes))


def _with_lists(data: bytes, workbook: RawWorkbook, told: UpgradeNote) -> bytes:
    """The workbook with the lists that columns of packs choose from."""
    host = Host(Package(data))
    pen = Pen(host)
    count = len(told.done)
    for is_done, text in put_lists(host, pen, workbook):
        (told.done if is_done else told.left).append(text)
    if len(told.done) == count:
        return data
    pen.styles.save()
    host.ask_for_calculation()
    host.save()
    return host.package.data()


def _to_verify(records: Records) -> Iterator[str]:
    """What earlier versions of ours filled by themselves, and is right for one kind alone."""
    settings = records.settings
    proposed = FTE_HOURS.get(settings.kind) if settings.kind else None
    if settings.fte_hours == FORMER_FTE_HOURS and proposed != FORMER_FTE_HOURS:
        yield (
            "Réglages : la base annuelle d'un équivalent temps plein reste de 1 820 heures, celle "
            "d'un ACI : à vérifier sur votre annexe financière."
        )


def is_older(records: Records) -> bool:
    """Whether a workbook is of an earlier layout; one that does not say which is."""
    now = t.version_numbers(t.TEMPLATE_VERSION)
    return t.version_numbers(records.template_version) < now


def _written(
    data: bytes,
    records: Records,
    workbook: RawWorkbook,
    packs: Collection[str],
    older: bool,
    told: UpgradeNote,
    path: Path,
) -> Edited:
    """What goes in cells and columns of the sheets that people fill, in one pass."""
    columns = [
        NewColumn(table.spec.table, field=name)
        for table in data_tables(records)
        if table.found
        for name, column in table.spec.columns.items()
        if column.pack in packs and name not in table.columns
    ]
    lines = setting_edits(workbook, records.settings) if older else SettingEdits()
    rows = {t.SETTING_TABLE.table: lines.rows} if lines.rows else {}
    changes = [*lines.changes, *(_titles(workbook) if older else ())]
    told.left += lines.left
    made = edited(data, records, workbook, rows, changes, columns=columns, path=path)
    told.done += filter(None, (lines.changes.get(one) for one in made.made))
    told.done += (lines.told[one.index] for one in made.placed)
    for one in made.columns:
        if not one.was_there:
            told.done.append(f"{one.sheet} : colonne « {one.heading} »")
    return made


def _titles(workbook: RawWorkbook) -> Iterator[CellChange]:
    """What Paramètres says of the tables that it has, where it still says what we wrote."""
    from cedre_xlsx.workbook.template.settings_sheet import tables_beside

    for sheet in workbook.sheets:
        if word_key(sheet.name) != word_key(t.SETTINGS_SHEET):
            continue
        for index, row in enumerate(sheet.grid[:6]):
            first = row[0] if row else None
            if isinstance(first, str) and word_key(first).startswith(_TABLES_BESIDE):
                wanted = typeset(tables_beside())
                if first != wanted:
                    yield CellChange(sheet.name, sheet.address(index, 0), wanted)


def _with_version(data: bytes, on: date, path: Path, told: UpgradeNote) -> bytes:
    """The workbook that says on Accueil which layout it has."""
    workbook = raw_workbook(data, path)
    records = read_raw(workbook, on=on).records
    label = word_key(t.TEMPLATE_VERSION_LABEL)
    home = form_sheet(workbook, t.HOME_SHEET)
    for index, row in enumerate(home.grid if home else ()):
        for column, cell in enumerate(row[:-1]):
            if home and isinstance(cell, str) and word_key(cell) == label:
                address = home.address(index, column + 1)
                change = CellChange(home.name, address, t.TEMPLATE_VERSION)
                made = edited(data, records, workbook, {}, [change], path=path)
                told.left += (one.line for one in made.left)
                if not (told.done or made.left):
                    told.done.append(f"{home.name} : version {t.TEMPLATE_VERSION} du modèle")
                return made.data
    return data


class _Room:
    """The workbook in which what is around the lines is brought to today's layout."""

    def __init__(self, data: bytes, on: date, path: Path) -> None:
        self._workbook = raw_workbook(data, path)
        self._records = read_raw(self._workbook, on=on).records
        self._data = data
        self._host = Host(Package(data))
        self._pen = Pen(self._host)
        self._donors = Donors(self._records.settings)
        self._layout = Layout(self._records, self._workbook, self._donors)
        self._parts = {one.title: one.part for one in self._host.sheets() if one.is_worksheet}

    def upgraded(self, told: UpgradeNote, version: str) -> bytes:
        """The bytes of the workbook; the same where nothing was to be done."""
        count = len(told.done)
        since = t.version_numbers(version)
        versions = [one for one in NEW_VALUES if t.version_numbers(one) > since]
        for is_done, text in put_values(self._host, self._pen, self._workbook, versions):
            (told.done if is_done else told.left).append(text)
        beyond = 0
        for spec in (t.MAPPING_TABLE, t.STAFF_TABLE, t.OWN_COLUMN_TABLE):
            with told.step(spec.title):
                place = (self._host, self._pen, self._workbook, self._donors)
                added = add_block(*place, spec, beyond=beyond)
                if added:
                    told.done.append(f"Paramètres : tableau « {spec.title} »")
                beyond = max(beyond, added)
        self._put_names(told)
        self._put_setting_rules()
        self._put_colours(told)
        known = (self._host, self._pen, self._layout, self._donors, self._workbook)
        put_sheets(*known, version, told)
        put_pages(self._host, self._records, told)
        if len(told.done) == count:
            return self._data
        self._pen.styles.save()
        self._host.ask_for_calculation()
        self._host.save()
        return self._host.package.data()

    def _put_names(self, told: UpgradeNote) -> None:
        """The names by which colours know settings, where they lack."""
        names = (self._records.book or BookState()).names
        cells = value_cells(self._workbook)
        for name, field in _NAMES.items():
            if field in cells and is_dead(names.get(name.casefold(), "")):
                title, address = cells[field]
                self._host.define(name, f"{quoted(title)}!{absolute(address)}", hidden=True)
                label = next(spec.label for spec in SETTINGS if spec.field == field)
                told.done.append(f"Formules : « {label} » de Paramètres")

    def _put_setting_rules(self) -> None:
        """What the lines that were added to Réglages accept."""
        from cedre_xlsx.workbook.template.settings_sheet import setting_rule

        for spec in SETTINGS:
            place = value_cells(self._workbook).get(spec.field)
            if place is None or place[0] not in self._parts:
                continue
            title, address = place
            sheet = next(one for one in self._workbook.sheets if one.name == title)
            if sheet.state is None or _is_helped(sheet.state.helped, address):
                continue
            part = self._parts[title]
            xml = self._host.package.read(part)
            self._host.package.write(part, with_rule(xml, setting_rule(spec, address)))

    def _put_colours(self, told: UpgradeNote) -> None:
        """Colours that earlier versions wrote otherwise."""
        for table in data_tables(self._records):
            if not table.found or table.sheet not in self._parts or table.state is None:
                continue
            part = self._parts[table.sheet]
            with told.step(f"couleurs de {table.sheet}"):
                xml = self._host.package.read(part)
                try:
                    donor = self._donors.colours(table)
                except KeyError:  # a column that they depend on is gone: they stay as they are
                    continue
                made = with_colours_of_today(xml, table, donor, self._pen.styles)
                if made != xml:
                    self._host.package.write(part, made)
                    told.done.append(f"{table.sheet} : couleurs remises à jour")


def _is_helped(areas: Sequence[Any], address: str) -> bool:
    from cedre_xlsx.workbook.read.state import areas_of

    [place] = areas_of([address])
    return any(place.overlaps(one) for one in areas)
