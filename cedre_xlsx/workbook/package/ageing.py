"""What has had no line for long leaves the block at the bottom of a sheet, all of it together."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from cedre_xlsx.method.days import add_months
from cedre_xlsx.ooxml.areas import Area, areas
from cedre_xlsx.ooxml.parts import REL
from cedre_xlsx.schema.generated import KEPT, identity_in, is_kept_key
from cedre_xlsx.schema.kept import is_explanation, kept_line, since_in
from cedre_xlsx.workbook.generated import GeneratedSheet, OldNote, SheetRow
from cedre_xlsx.workbook.package.comments import comment_texts, drop_comments
from cedre_xlsx.workbook.package.host import q
from cedre_xlsx.workbook.package.old_cells import OldCell
from cedre_xlsx.workbook.package.old_sheet import OldSheet

#: The fields that tell which line a kept row of a table was.
_TELLING = ("dates", "action", "code", "sheet", "message")
_BESIDE, _TYPED_OVER = f"{KEPT}:cote", f"{KEPT}:texte"
_TRUE_FALSE = {"1": "VRAI", "0": "FAUX"}
_RICH = "vm"  # the attribute of a cell that holds a picture or a card


def aged_rows(old: OldSheet, sheet: GeneratedSheet, on: date, months: int) -> dict[int, date]:
    """The rows of the old sheet's block to leave now, each with the day since when it is kept.

    One whose line is back stays, and so does one that nothing dates, or that something spans which
    cannot be told as a text.
    """
    written = sheet.open_columns.written if sheet.open_columns else ()
    found = {
        number: since
        for number, key in old.keys.items()
        if number not in written
        and is_kept_key(key)
        and not key.endswith(f"|{KEPT}")  # that one is a heading
        and (since := since_in("\n".join(map(old.text, old.cells[number].values())))) is not None
        and add_months(since, months) < on
    }  # fmt: skip
    if not found:
        return {}
    waiting = [*_without_line(old, sheet, found)]
    bound = _bound(old, waiting)
    return {number: found[number] for number in waiting if number not in bound}


def without_aged(sheet: GeneratedSheet, old: OldSheet, aged: Mapping[int, date]) -> GeneratedSheet:
    """The sheet without the rows of its block that leave; its heading goes with the last one."""
    gone = [(old.keys[number], since) for number, since in aged.items()]
    left = []
    for row in sheet.footer:
        known = (str(row.values[-1]), _since(row))
        if known in gone:
            gone.remove(known)
        else:
            left.append(row)
    is_empty = all(str(row.values[-1]).endswith(f"|{KEPT}") for row in left) and sheet.table
    return replace(sheet, footer=[] if is_empty else left)


def _without_line(old: OldSheet, sheet: GeneratedSheet, aged: Mapping[int, date]) -> Iterator[int]:
    """The numbers of the aged rows whose line is gone: the new sheet's block would keep them."""
    footer = [(str(row.values[-1]), _since(row)) for row in sheet.footer if row.values]
    lines = {row.identity for row in sheet.body}
    if sheet.table is not None:
        lines = {identity_in(str(row.values[-1] or "")) for row in sheet.body}
    became = sheet.became({identity_in(old.keys[number]) for number in aged}, ())
    for number, since in sorted(aged.items()):
        key = old.keys[number]
        if key.endswith(_TYPED_OVER):
            yield number
        elif key.endswith(_BESIDE):
            known = identity_in(key)
            names = (known, became.get(known, ""), sheet.places.get(number, ""))
            if not any(name and name in lines for name in names):
                yield number
        elif (key, since) in footer:
            footer.remove((key, since))
            yield number


def _since(row: SheetRow) -> date | None:
    return since_in("\n".join(str(value) for value in row.values if isinstance(value, str)))


def _bound(old: OldSheet, mine: Sequence[int]) -> set[int]:
    """Which of some rows are part of something larger, or hold what no text tells."""
    spans = [area for reference in (*old.arrays, *old.merges, *old.pivots)
             for area in areas(reference) if area.first_row != area.last_row]  # fmt: skip
    spans += [
        Area(one.first_row, one.first_column, one.last_row, one.last_column)
        for one in old.tables
        if one.first_column > (old.key_column or 0)  # the others are laid over our lines
    ]
    found = {n for n in mine if any(one.first_row <= n <= one.last_row for one in spans)}
    errors = {(number, column) for number in mine for column, cell in old.cells[number].items()
              if cell.kind == "e"}  # fmt: skip
    rich = old.elements(errors) if errors else {}
    return found | {place[0] for place, cell in rich.items() if cell.get(_RICH) is not None}


def old_notes(
    old: OldSheet, sheet: GeneratedSheet, title: str, aged: Mapping[int, date]
) -> list[OldNote]:
    """What some rows of the block say, all that was typed on each of them together."""
    telling = _Telling(old, sheet, title, aged)
    return [telling.note(number, since) for number, since in sorted(aged.items())]


def take_away(old: OldSheet, aged: Collection[int]) -> None:
    """Have these rows not be in the old sheet, with all that is tied to them."""
    drop_comments(old.host, old.relations, aged)
    for holder, item in (("hyperlinks", "hyperlink"), ("mergeCells", "mergeCell")):
        for found in old.root.findall(f"{q(holder)}/{q(item)}"):
            parent = found.getparent()
            if parent is not None and _row(found.get("ref", "")) in aged:
                identifier = found.get(f"{{{REL}}}id")
                parent.remove(found)
                if identifier and not _is_used(old, identifier):
                    old.relations.remove(identifier)
    old.relations.save()
    old.forget(aged)


def _is_used(old: OldSheet, identifier: str) -> bool:
    return any(one.get(f"{{{REL}}}id") == identifier for one in old.root.iter(q("hyperlink")))


class _Telling:
    """Tells rows of a sheet's block as texts: by the headings of their columns."""

    def __init__(
        self, old: OldSheet, sheet: GeneratedSheet, title: str, rows: Collection[int]
    ) -> None:
        self._old = old
        self._title = title
        self._mark = sheet.mark
        self._spec = sheet.table
        self._fields = self._columns(sheet)
        self._headings = self._beside_headings(sheet)
        self._values = self._computed(rows)
        self._comments = comment_texts(old.host, old.relations)
        self._links = self._addresses()

    def _columns(self, sheet: GeneratedSheet) -> dict[int, str]:
        """Our fields by their column in the old sheet."""
        if sheet.table is None:
            return {}
        fields = {column.header.casefold(): name for name, column in sheet.table.columns.items()}
        lines = self._old.lines([column.header for column in sheet.table.columns.values()])
        if lines is None:
            return dict(enumerate(sheet.table.columns, start=1))
        return {lines.first_column + rank: fields[name.casefold()]
                for rank, name in enumerate(lines.names) if name.casefold() in fields}  # fmt: skip

    def _beside_headings(self, sheet: GeneratedSheet) -> dict[int, str]:
        """What is said above the columns of the team."""
        lines = None
        if sheet.table is not None:
            headings = [column.header for column in sheet.table.columns.values()]
            lines = self._old.lines(headings)
        first = min((n for n, key in self._old.keys.items() if not is_kept_key(key) and n > 1),
                    default=sheet.first_row)  # fmt: skip
        number = lines.header_row if lines else first - 1
        found = {
            column: " ".join(cell.text.split())
            for column, cell in self._old.cells.get(number, {}).items()
            if cell.filled and not cell.text.startswith("=") and column not in self._fields
        }
        for extra in self._old.extras(lines, headings) if lines else ():
            found.setdefault(extra.column, extra.name)
        return found

    def _computed(self, rows: Collection[int]) -> dict[tuple[int, int], str]:
        """The values of the formulas of some rows."""
        places = {(number, column) for number in rows
                  for column, cell in self._old.cells[number].items()
                  if cell.text.startswith("=")}  # fmt: skip
        return {
            place: cell.findtext(q("v"), "") for place, cell in self._old.elements(places).items()
        }

    def _addresses(self) -> dict[tuple[int, int], str]:
        """Where the team's links lead out of the workbook, by their cells."""
        targets = {one.id: one.target for one in self._old.relations.of_kind("hyperlink")}
        found = {}
        for link in self._old.root.iterfind(f"{q('hyperlinks')}/{q('hyperlink')}"):
            address = targets.get(link.get(f"{{{REL}}}id", ""), "")
            if address and not address.startswith("#") and (place := _corner(link.get("ref", ""))):
                found[place] = address
        return found

    def note(self, number: int, since: date) -> OldNote:
        """A row of the block with all that it says, as the sheet of old notes keeps it."""
        cells = self._old.cells[number]
        key = self._old.keys[number]
        told = {
            self._fields.get(c, ""): self._shown(number, c, cell)
            for c, cell in cells.items()
            if c in self._fields and cell.filled
        }
        person = told.get("person", "")
        line = " · ".join(filter(None, (told.get(name, "") for name in _TELLING)))
        texts: list[str] = []
        alone = self._alone(cells, key)
        kept = kept_line(alone, self._mark) if alone else None
        if kept is not None:
            person, line = kept.person or person, kept.line
            texts.append(kept.text)
        texts += self._texts(number, cells, key, said=alone if kept else "")
        comments = (text for place, said in sorted(self._comments.items()) if place[0] == number
                    for text in said)  # fmt: skip
        texts += [f"Commentaire : {text}" for text in comments]
        whole = "\n".join(filter(None, (text.strip() for text in texts)))
        return OldNote(person, self._title, line, since, whole)

    def _alone(self, cells: Mapping[int, OldCell], key: str) -> str:
        """The text of a row that is one text."""
        if not key.endswith((_BESIDE, _TYPED_OVER)):
            return ""
        texts = (self._old.text(cells[c]) for c in sorted(cells) if cells[c].filled)
        return next((text for text in texts if text != key), "")

    def _texts(
        self, number: int, cells: Mapping[int, OldCell], key: str, *, said: str
    ) -> Iterator[str]:
        """What was typed in each cell of a row, under its heading; `said` is told already."""
        changed = key.rpartition(":")[2]
        for column, cell in sorted(cells.items()):
            field = self._fields.get(column, "")
            text = self._shown(number, column, cell)
            is_told = field == "person" or field in _TELLING or is_explanation(text) or text == said
            if not text.strip() or column == self._old.key_column or (is_told and cell.text):
                continue
            heading = self._headings.get(column, "")
            if field and self._spec is not None:
                columns = self._spec.columns
                heading = columns[changed if changed in columns else field].header
            yield f"{heading} : {text}" if heading else text

    def _shown(self, number: int, column: int, cell: OldCell) -> str:
        """A cell as it is read, its formula and where it leads included."""
        text = self._old.shown(cell)
        if cell.kind == "b":
            text = _TRUE_FALSE.get(text, text)
        value = self._values.get((number, column), "")
        if text.startswith("=") and value:
            text = (
                f"{value.replace('.', ',')} ({text})" if cell.kind == "n" else f"{value} ({text})"
            )
        address = self._links.get((number, column), "")
        return f"{text} ({address})" if address and address != text else text


def _corner(reference: str) -> tuple[int, int] | None:
    found: Sequence[Area] = areas(reference)
    return (found[0].first_row, found[0].first_column) if found else None


def _row(reference: str) -> int:
    place = _corner(reference)
    return place[0] if place else 0
