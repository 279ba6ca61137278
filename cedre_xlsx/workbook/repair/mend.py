"""What another program took from the workbook, given back as a new workbook has it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import cached_property

from cedre_xlsx.ooxml.parts import Relations
from cedre_xlsx.schema.helps import short_colours, short_columns
from cedre_xlsx.schema.losses import (
    Loss,
    dead_columns,
    listed_columns,
    names_fill,
    rule_is_dead,
)
from cedre_xlsx.schema.records import Records
from cedre_xlsx.schema.state import BookState, is_dead
from cedre_xlsx.schema.tables import COLOUR_NAMES, LISTS_SHEET
from cedre_xlsx.workbook.edit.sheet_cells import SheetCells
from cedre_xlsx.workbook.edit.styles import CellStyles
from cedre_xlsx.workbook.package.frame import SheetFrame
from cedre_xlsx.workbook.package.host import Host, q
from cedre_xlsx.workbook.read.raw import RawWorkbook
from cedre_xlsx.workbook.read.state import areas_of, sheet_state
from cedre_xlsx.workbook.repair.computed import needs_formula, put_formulas, put_names
from cedre_xlsx.workbook.repair.donors import Donor, Donors, rows_of
from cedre_xlsx.workbook.repair.given_colours import colours_of, lacking_colours, with_colours
from cedre_xlsx.workbook.repair.given_lists import column_of, with_column_rules, with_form_rules
from cedre_xlsx.workbook.repair.layout import Layout, UnlikeError, formulas_of
from cedre_xlsx.workbook.repair.lists import OTHER_RULE
from cedre_xlsx.workbook.repair.lists_sheet import complete_lists, new_lists
from cedre_xlsx.workbook.repair.longer import with_longer_colours, with_longer_rules
from cedre_xlsx.workbook.repair.tables import TableMender

ALONE = "c'est la seule feuille visible"
NO_STYLES = "le fichier n'a pas de styles"
NOT_OURS = "ces cellules ne sont pas celles d'un classeur neuf"
UNUSUAL = "des listes sont rangées d'une façon inhabituelle"
UNLIKE_LISTS = f"la feuille {LISTS_SHEET} n'est pas disposée comme dans un classeur neuf"
MERGED = "des cellules sont fusionnées, ou leur ligne n'a pas été retrouvée"
_SELECTED = re.compile(rb"\stabSelected\s*=\s*[\"'](?:1|true)[\"']")


class Mender:
    """What gives back, loss by loss; the parts of the package change in place."""

    def __init__(
        self, host: Host, styles: CellStyles, records: Records, workbook: RawWorkbook
    ) -> None:
        self._host = host
        self._styles = styles
        self._records = records
        self._sheets = {sheet.name: sheet for sheet in workbook.sheets}
        self._donors = Donors(records.settings)
        self._layout = Layout(records, workbook, self._donors)
        self._parts = {s.title: s.part for s in host.sheets() if s.is_worksheet}
        self._by_code: dict[str, Callable[[Loss], str]] = {
            "LEC02": self._table, "CLA01": self._lists, "CLA07": self._lists,
            "CLA08": self._dead_lists, "CLA09": self._table, "CLA10": self._names_of_people,
            "CLA11": self._protection, "CLA12": self._formulas, "CLA13": self._colours,
            "CLA14": self._hidden, "CLA15": self._mark,
            "CLA17": self._longer, "CLA18": self._guards,
        }  # fmt: skip

    def mend(self, loss: Loss) -> str:
        """Give back what was lost; why not, in French."""
        if loss.sheet not in self._parts:
            return NOT_OURS
        try:
            return self._by_code[loss.code](loss)
        except UnlikeError as why:
            return str(why)

    # Names

    def _mark(self, loss: Loss) -> str:
        """The hidden name by which a refresh knows the sheet."""
        for name in loss.names:
            self._host.set_mark(name, loss.sheet)
        return ""

    @cached_property
    def _dead_names(self) -> list[str]:
        """The names of a new workbook that are gone or broken."""
        names = (self._records.book or BookState()).names
        return [one for one in self._donors.names if is_dead(names.get(one.casefold(), ""))]

    @cached_property
    def _why_no_lists(self) -> str:
        """Make the sheet of the lists whole, where it lost something; why not, in French."""
        sheet, book = self._layout.sheet(LISTS_SHEET), self._records.book or BookState()
        is_empty = sheet is not None and sheet.state is not None and not sheet.state.formulas
        lacks = bool(book.hollow) or is_empty
        if sheet is None:  # or under another name, which those that are left go by
            lacks |= any(LISTS_SHEET in self._donors.names[name][0] for name in self._dead_names)
        if not lacks:
            return ""
        title = LISTS_SHEET if sheet is None else sheet.name
        donor, package = self._donors.form(LISTS_SHEET).root, self._host.package
        if sheet is None and title.casefold() in {
            one.title.casefold() for one in self._host.sheets()
        }:
            return NOT_OURS
        if sheet is not None and not self._layout.may_complete(LISTS_SHEET):
            return UNLIKE_LISTS
        self._layout.has_made(LISTS_SHEET)
        if sheet is None:
            part = self._host.add_sheet(title, "").part
            package.write(part, new_lists(donor, self._layout.moved))
            self._host.hide(title)
        else:
            root = package.root(self._parts[title])
            complete_lists(root, donor, self._layout.moved)
            package.write_xml(self._parts[title], root)
        return ""

    @cached_property
    def _names_left(self) -> dict[str, str]:
        """Every name of a new workbook that is gone or broken, defined again; those that cannot
        be, with why.
        """
        book = self._records.book or BookState()
        left: dict[str, str] = {}
        if self._why_no_lists:  # most names stand for its cells: they say it themselves
            left = dict.fromkeys(book.hollow, self._why_no_lists)
        for name in self._dead_names:
            refers_to, hidden = self._donors.names[name]
            try:
                self._host.define(name, self._layout.moved(refers_to), hidden=hidden)
            except UnlikeError as why:
                left[name] = str(why)
        return left

    def _define(self, names: Iterable[str]) -> None:
        """Make sure of some names; UnlikeError when one cannot be told."""
        left = {name.casefold(): why for name, why in self._names_left.items()}
        for name in names:
            if name.casefold() in left:
                raise UnlikeError(left[name.casefold()])

    # Lists

    def _lists(self, loss: Loss) -> str:
        """All the lists of a sheet, or of some of its columns."""
        donor = self._donor_of_lists(loss)
        rules = donor.rules()
        self._define(one.findtext(q("formula1")) or "" for one in rules)
        if loss.form is not None:
            self._layout.require(loss.form.name)
            return self._change(loss, lambda xml: with_form_rules(xml, rules))
        self._change(loss, lambda xml: with_column_rules(xml, rules))
        return "" if loss.code != "CLA07" or self._has_lists(loss) else OTHER_RULE

    def _has_lists(self, loss: Loss) -> bool:
        """Whether a column of ours has a list: rules of the team may hold all of them."""
        assert loss.table is not None
        state = sheet_state(self._host.package.read(self._parts[loss.sheet]), with_formulas=False)
        columns = listed_columns(loss.table).values()
        return any(area.holds(column) for area in state.listed for column in columns)

    def _dead_lists(self, loss: Loss) -> str:
        """Their names first: often nothing else is wrong."""
        self._define(loss.names)
        if loss.hollow and self._why_no_lists:
            return self._why_no_lists
        if self._still_dead(loss):
            why = self._lists(loss)
            return why or (UNUSUAL if self._still_dead(loss) else "")
        return ""

    def _still_dead(self, loss: Loss) -> bool:
        """Whether a list of the sheet has nothing to show, or two stand on the same cells."""
        state = sheet_state(self._host.package.read(self._parts[loss.sheet]), with_formulas=False)
        names = {
            one.get("name", "").casefold(): one.text or ""
            for one in self._host.root.iter(q("definedName"))
        }
        book = BookState(names=names)
        if loss.table is not None:
            return bool(dead_columns(loss.table, state, book))
        return any(rule_is_dead(rule, book) for rule in state.lists)

    def _donor_of_lists(self, loss: Loss) -> Donor:
        if loss.table is None:
            return self._donors.form(_form(loss))
        table = loss.table
        if loss.code in ("CLA01", "CLA18"):
            lost = {f: n for f, n in table.columns.items()
                    if table.spec.columns[f].header in loss.headings}  # fmt: skip
            table = replace(table, columns=lost)
        return self._donors.lists(table)

    def _guards(self, loss: Loss) -> str:
        """What refuses dates and numbers that cannot be, in the columns that lost it."""
        if loss.table is None:
            self._layout.require(_form(loss))
            lists = ("list", None)
            rules = [
                r for r in self._donors.form(_form(loss)).rules() if r.get("type") not in lists
            ]
            return self._change(loss, lambda xml: with_form_rules(xml, rules))
        rules = self._donor_of_lists(loss).rules()
        return self._change(loss, lambda xml: with_column_rules(xml, rules))

    # Tables

    def _table(self, loss: Loss) -> str:
        assert loss.table is not None
        return self._table_mender(loss).mend(loss.fate)

    def _table_mender(self, loss: Loss) -> TableMender:
        assert loss.table is not None
        sheet = self._sheets[loss.sheet]
        return TableMender(self._host, self._parts[loss.sheet], loss.table, sheet)

    # Formulas

    def _names_of_people(self, loss: Loss) -> str:
        """The formula of Personne in its cells, then in its table."""
        assert loss.table is not None
        part = self._parts[loss.sheet]
        cells = SheetCells(self._host.package.read(part))
        left = put_names(cells, self._styles, loss.table, loss.rows, self._rows_in_table(loss))
        if left:
            return MERGED
        self._host.package.write(part, cells.data())
        why = self._table_mender(loss).remember()
        return "" if loss.rows else why

    def _rows_in_table(self, loss: Loss) -> frozenset[int]:
        """The rows of the table of that name, if it has the headings that the formula names."""
        assert loss.table is not None
        wanted = loss.table.spec.table.casefold()
        areas = [
            area
            for relation in Relations(self._host.package, self._parts[loss.sheet]).of_kind("table")
            if relation.target in self._host.package
            for root in [self._host.package.root(relation.target)]
            if root.get("displayName", "").casefold() == wanted
            and names_fill(loss.table, (one.get("name", "") for one in root.iter(q("tableColumn"))))
            for area in areas_of([root.get("ref", "")])
        ]
        return frozenset(row for a in areas for row in range(a.first_row + 1, a.last_row + 1))

    def _formulas(self, loss: Loss) -> str:
        """Give back the formulas of a form that are in error, or all where none is left; the reason
        where it cannot be, else "".
        """
        name = _form(loss)
        if name == LISTS_SHEET and self._why_no_lists:
            return self._why_no_lists
        self._define(())  # the sheet of the lists, which the formulas of others read
        self._layout.require(name)
        part = self._parts[loss.sheet]
        cells = SheetCells(self._host.package.read(part))
        known = formulas_of(self._donors.form(name))
        wanted = [one for one in loss.cells or known if one in known and needs_formula(cells, one)]
        formulas = {address: self._layout.moved(known[address]) for address in wanted}
        self._define(self._donors.names)
        if not all(one in known for one in loss.cells):
            return NOT_OURS
        if put_formulas(cells, formulas):
            return MERGED
        self._host.package.write(part, cells.data())
        return ""

    # Around the cells

    def _protection(self, loss: Loss) -> str:
        """Without a password; the cells where one chooses stay free."""
        name = _form(loss)
        self._layout.require(name)
        donor = self._donors.form(name)
        part = self._parts[loss.sheet]
        cells = SheetCells(self._host.package.read(part))
        for cell in donor.cells():
            if donor.is_unlocked(cell):
                cells.restyle(cell.get("r", ""), self._styles.unlocked)
        protection = donor.root.find(q("sheetProtection"))
        assert protection is not None, "the forms of a new workbook are protected"
        frame = SheetFrame(cells.data())
        frame.put("sheetProtection", frame.written(protection))
        self._host.package.write(part, frame.xml)
        return ""

    def _colours(self, loss: Loss) -> str:
        assert loss.table is not None
        self._define(COLOUR_NAMES.get(loss.table.spec.table, ()))
        if loss.names:
            return ""
        try:
            donor = self._donors.colours(loss.table)
        except KeyError as field:
            heading = loss.table.spec.columns[str(field.args[0])].header
            return f"la colonne « {heading} », dont elles dépendent, manque"
        wanted, table = colours_of(donor.colours()), loss.table
        lacking = lacking_colours(self._host.package.read(self._parts[loss.sheet]), table, wanted)
        for one in lacking:
            look = self._styles.look(donor.styles, int(one.rule.get("dxfId", "0")))
            if look is None:
                return NO_STYLES
            one.rule.set("dxfId", str(look))
        return self._change(loss, lambda xml: with_colours(xml, table, wanted, lacking))

    def _longer(self, loss: Loss) -> str:
        """Lists and guards as a new workbook has them, down to where lines will come; those of
        the team, and the colours, stay as they are and reach as far.
        """
        table = loss.table
        assert table is not None
        assert table.state is not None
        first, _ = rows_of(table)
        if loss.headings:
            short = {table.columns[f] for f in short_columns(table, table.state)}
            rules = [one for one in self._donors.lists(table).rules() if column_of(one) in short]
            self._define(one.findtext(q("formula1")) or "" for one in rules)
            self._change(loss, lambda xml: with_longer_rules(xml, rules))
        if end := short_colours(table, table.state):
            self._change(loss, lambda xml: with_longer_colours(xml, first, end))
        state = sheet_state(self._host.package.read(self._parts[loss.sheet]), with_formulas=False)
        left = short_columns(table, state) or short_colours(table, state)
        return UNUSUAL if left else ""

    def _hidden(self, loss: Loss) -> str:
        if not self._host.hide(loss.sheet):
            return ALONE
        return self._change(loss, lambda xml: _SELECTED.sub(b"", xml, count=1))

    def _change(self, loss: Loss, change: Callable[[bytes], bytes]) -> str:
        part = self._parts[loss.sheet]
        self._host.package.write(part, change(self._host.package.read(part)))
        return ""


def _form(loss: Loss) -> str:
    assert loss.form is not None, "what is lost is not of a data sheet"
    return loss.form.name
