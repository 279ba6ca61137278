"""What people type in the generated sheets and beside them, entered in the ledger as they do."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from lxml import etree
from openpyxl.utils.cell import coordinate_to_tuple

from cedre_xlsx.workbook.package.host import q
from tests.hands import address, edited_sheet, renumber_rows, typed
from tests.hands_looks import coloured, commented, moved_comments
from tests.yearly.years.entries import Line
from tests.yearly.years.pages import GeneratedPage, Pages

COLOURS = ("FFC000", "92D050", "00B0F0")
OWN = {"Synthèse": "Salle", "Contrôle": "Vu par"}
COMPUTED = "Rappel"  # a column of the team's with formulas
UNTIL = "Jusqu'au"
_OPEN = {"Synthèse": "Notes de réunion", "Contrôle": "Justification"}
_EPOCH = date(1899, 12, 30)
_WORDS = (
    "à revoir avec la personne", "appeler le partenaire", "d'accord en équipe",
    "attendre la réponse", "proposer un essai", "voir le dossier", "rappeler jeudi",
)  # fmt: skip


@dataclass(slots=True)
class Typed:
    """A text that someone typed beside a line, and what the ledger knows of it."""

    tag: int
    kind: str  # note, justification, own column, formula, free cell, comment
    sheet: str
    subject: str
    names: list[str]  # of whose line it is; the present one last
    week: int
    heading: str = ""
    until: date | None = None
    purged: bool = False
    unseen: date | None = None  # since when its line is not shown
    told: set[str] = field(default_factory=set)

    @property
    def where(self) -> str:
        """What a fault says of it."""
        return f"[n{self.tag}] {self.kind} of week {self.week} in {self.sheet}, {self.subject}"


@dataclass(slots=True)
class Colour:
    """A fill that someone gave to a line."""

    sheet: str
    subject: str
    rgb: str
    told: set[str] = field(default_factory=set)


class Scribbler:
    """The team, as it types in the generated sheets of one week."""

    def __init__(self, chance: Random, typed_before: list[Typed], colours: list[Colour]) -> None:
        self.chance = chance
        self.typed = typed_before
        self.colours = colours

    def week(self, data: bytes, pages: Pages, on: date, week: int, share: float) -> bytes:
        """Everything of one week; `share` is the size of the team's work, 1 for seventy people."""
        self.pages, self.on, self.number = pages, on, week
        self._taken: set[tuple[str, str]] = set()  # a line is written upon once a week and kind
        cells: dict[str, dict[str, object]] = {sheet: {} for sheet in pages.sheets}
        for sheet, count in (("Synthèse", 6.0), ("Contrôle", 2.5)):
            cells[sheet] |= self._column(sheet, _OPEN[sheet], self.times(count * share))
            cells[sheet] |= self._column(sheet, OWN[sheet], self.times(1.5 * share))
        cells["Synthèse"] |= self._formula(self.times(0.5 * share))
        cells["Synthèse"] |= self._free("Synthèse", self.times(0.4 * share))
        cells["Réunion"] |= self._free("Réunion", self.times(1.5 * share))
        for sheet, some in cells.items():
            data = typed(data, sheet, some) if some else data
        for sheet in ("Synthèse", "Contrôle"):
            data = self._comment(data, sheet, self.times(0.3 * share))
            data = self._colour(data, sheet, self.times(0.3 * share))
        return data

    def __getstate__(self) -> dict[str, object]:
        return {name: value for name, value in self.__dict__.items() if name != "pages"}

    def times(self, mean: float) -> int:
        """A whole number that is that on average."""
        return int(mean) + (self.chance.random() < mean % 1)

    def _rows(
        self, sheet: str, kind: str, count: int, free: Callable[[GeneratedPage, int], bool]
    ) -> list[tuple[int, str, Line]]:
        """Rows about one line that no other row is about, free for what is to be typed."""
        page = self.pages.sheets[sheet]
        found: list[tuple[int, str, Line]] = []
        for row, subjects in self.chance.sample(sorted(page.subjects.items()), len(page.subjects)):
            if len(found) == count:
                break
            subject = next(iter(subjects), "")
            line = self._line(subject)
            alone = len(subjects) == 1 and len(page.rows_of[subject]) == 1
            if line and alone and (kind, subject) not in self._taken and free(page, row):
                self._taken.add((kind, subject))
                found.append((row, subject, line))
        return found

    def _line(self, subject: str) -> Line | None:
        number = subject.rpartition(" ")[2]
        return next(
            (s.lines[number] for s in self.pages.facts.book.sheets.values() if number in s.lines),
            None,
        )

    def _enter(self, kind: str, sheet: str, subject: str, line: Line, heading: str = "") -> Typed:
        made = Typed(
            len(self.typed), kind, sheet, subject, [line.person], self.number, heading=heading
        )
        self.typed.append(made)
        return made

    def _words(self, entry: Typed) -> str:
        return f"{self.chance.choice(_WORDS)} [n{entry.tag}]"

    def _column(self, sheet: str, heading: str, count: int) -> dict[str, object]:
        """Texts under a heading: ours, or one of theirs, which is made beside the table."""
        page = self.pages.sheets[sheet]
        titles = [str(text) for text in page.page.rows[page.page.top]]
        column = titles.index(heading) if heading in titles else self._next_column(page, heading)
        kind = {"Notes de réunion": "note", "Justification": "justification"}.get(heading, "own")
        cells: dict[str, object] = {}
        for row, subject, line in self._rows(sheet, kind, count, _free_at(column)):
            entry = self._enter(kind, sheet, subject, line, heading)
            cells[address(row, column)] = self._words(entry)
            if kind == "justification" and self.chance.random() < 0.4:
                entry.until = self.on + timedelta(days=self.chance.choice((60, 180, 400)))
                days = (entry.until - _EPOCH).days
                cells[address(row, titles.index(UNTIL))] = days
        if cells and heading not in titles:
            cells[address(page.page.top, column)] = heading
        return cells

    def _next_column(self, page: GeneratedPage, heading: str) -> int:
        """The first free column right of all headings; what has none yet gets one each."""
        titles = page.page.rows[page.page.top]
        last = max(n for n, text in enumerate(titles) if text != "")
        if page.title == "Réunion":
            return last + 2  # its key has no heading
        theirs = [OWN[page.title], *([COMPUTED] if page.title == "Synthèse" else []), ""]
        missing = [one for one in theirs if not one or one not in titles]
        return last + 1 + missing.index(heading)

    def _formula(self, count: int) -> dict[str, object]:
        """Formulas of the team's that read their own line."""
        page = self.pages.sheets["Synthèse"]
        titles = [str(text) for text in page.page.rows[page.page.top]]
        there = COMPUTED in titles
        column = titles.index(COMPUTED) if there else self._next_column(page, COMPUTED)
        cells: dict[str, object] = {}
        for row, subject, line in self._rows("Synthèse", "formula", count, _free_at(column)):
            entry = self._enter("formula", "Synthèse", subject, line, COMPUTED)
            cells[address(row, column)] = f'="[n{entry.tag}] "&LEN(E{row + 1})'
        if cells and not there:
            cells[address(page.page.top, column)] = COMPUTED
        return cells

    def _free(self, sheet: str, count: int) -> dict[str, object]:
        """Cells under no heading, in the first free column."""
        column = self._next_column(self.pages.sheets[sheet], "")
        cells: dict[str, object] = {}
        for row, subject, line in self._rows(sheet, "free cell", count, _free_at(column)):
            entry = self._enter("free cell", sheet, subject, line)
            cells[address(row, column)] = self._words(entry)
        return cells

    def _comment(self, data: bytes, sheet: str, count: int) -> bytes:
        page = self.pages.sheets[sheet]
        column = page.page.column(page.page.who)
        texts = {}
        rows = self._rows(sheet, "comment", count, lambda p, row: (row, column) not in p.comments)
        for row, subject, line in rows:
            entry = self._enter("comment", sheet, subject, line)
            texts[address(row, column)] = self._words(entry)
        return commented(data, sheet, texts) if texts else data

    def _colour(self, data: bytes, sheet: str, count: int) -> bytes:
        page = self.pages.sheets[sheet]
        column = page.page.column(page.page.who)
        has = {one.subject for one in self.colours if one.sheet == sheet}
        for row, subject, _ in self._rows(sheet, "colour", count, lambda p, row: True):
            if subject not in has:
                rgb = self.chance.choice(COLOURS)
                self.colours.append(Colour(sheet, subject, rgb))
                data = coloured(data, sheet, [address(row, column)], rgb)
        return data


def _free_at(column: int) -> Callable[[GeneratedPage, int], bool]:
    def free(page: GeneratedPage, row: int) -> bool:
        values = page.page.rows[row]
        return (row, column) not in page.formulas and values[column : column + 1] in ([], [""])

    return free


def sorted_page(data: bytes, page: GeneratedPage, order: Sequence[int], key: bool) -> bytes:
    """The lines of a generated table in another order; without its `Clé` when only the visible
    columns were selected.
    """
    rows = sorted(page.subjects)
    places = {row + 1: new + 1 for row, new in zip(rows, order, strict=True)}
    hidden = (
        -1 if key else next(n for n, t in enumerate(page.page.rows[page.page.top]) if t == "Clé")
    )

    def sort(root: etree._Element) -> None:
        kept = {} if key else _taken_out(root, hidden + 1, set(places))
        renumber_rows(root, places)
        holder = root.find(q("sheetData"))
        assert holder is not None
        for row in holder:
            cell = kept.get(int(row.get("r", "0")))
            if cell is not None:
                column = coordinate_to_tuple(cell.get("r", ""))[1]
                before = [c for c in row if coordinate_to_tuple(c.get("r", ""))[1] < column]
                row.insert(len(before), cell)

    return moved_comments(edited_sheet(data, page.title, sort), page.title, places)


def _taken_out(root: etree._Element, column: int, rows: set[int]) -> dict[int, etree._Element]:
    """The cells of a column, which stay where they are."""
    found = {}
    for cell in list(root.iter(q("c"))):
        row, where = coordinate_to_tuple(cell.get("r", ""))
        if where == column and row in rows:
            holder = cell.getparent()
            assert holder is not None
            holder.remove(cell)
            found[row] = cell
    return found
