"""What people typed over a generated sheet: known by prints of what we wrote, kept at its bottom.

The last of our columns, hidden, holds prints of the texts that we wrote: in row 1, of the titles
and headings; in each other row, of its own cells. A table keeps those of its lines in its own
column of keys, with their identity: here, only what stands above its headings is looked at.
A cell whose text is not among those of its row was typed by someone. What was typed stays at the
bottom of the sheet, a row each, until it is erased there.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from openpyxl.utils import get_column_letter

from cedre_xlsx.method.french import day as french_day
from cedre_xlsx.ooxml.cell_text import PRINT_LENGTH, text_print
from cedre_xlsx.schema.generated import KEPT as _KEPT
from cedre_xlsx.schema.generated import is_kept_key, is_key
from cedre_xlsx.workbook.package.old_cells import OldCell
from cedre_xlsx.workbook.package.old_sheet import OldSheet
from cedre_xlsx.workbook.styles import HIDDEN_KEY, INK, MUTED, Style

#: How the rows look that this module adds, by their names among the sheet's styles.
KEY_LOOK, HEADING_LOOK = "cedre key", "cedre heading"
KEPT_LOOK, GONE_LOOK, LABEL_LOOK = "cedre kept", "cedre gone", "cedre label"
LOOKS: Mapping[str, tuple[Style, ...]] = {
    KEY_LOOK: (HIDDEN_KEY,),
    HEADING_LOOK: (Style(bold=True, color=INK, vertical="center", wrap=False),),
    KEPT_LOOK: (Style(border="thin"),),
    GONE_LOOK: (Style(italic=True, color=MUTED, wrap=False),),
    LABEL_LOOK: (Style(italic=True, color=MUTED),),
}
HEADING = (
    "Textes tapés à la main dans cette feuille, qui est refaite à chaque actualisation. "
    "Effacer une ligne ici l'enlève à la prochaine."
)

Cells = Mapping[int, OldCell]  # by column

HEADING_KEY = f"textes|{_KEPT}"
_KEPT_KEY = re.compile(rf"texte\.[0-9a-f]{{10}}\|{_KEPT}:texte")
_TITLES, _ROW = "cedre-titres:", "cedre:"
_KEY = re.compile(r"(cedre(?:-titres)?:)([A-Za-z0-9_-]*)")
_SHOWN = 60  # characters of a typed text in a sentence


@dataclass(frozen=True, slots=True)
class Typed:
    """A text that someone typed in a cell of ours: where, and beside what."""

    text: str
    where: str

    def kept(self, on: date | None) -> str:
        """The line that keeps it."""
        day = f" du {french_day(on)}" if on else ""
        return f"{self.text} — tapé en {self.where}, gardé ici à l'actualisation{day}"

    @property
    def sentence(self) -> str:
        """What the person who refreshes is told."""
        return f"« {_short(self.text)} », tapé en {self.where}, est gardé au bas de la feuille."


@dataclass(frozen=True, slots=True)
class Found:
    """What an old sheet holds that was typed over ours: the lines kept already, the new texts."""

    kept: tuple[str, ...] = ()
    fresh: tuple[Typed, ...] = ()

    def lines(self, on: date | None) -> list[str]:
        """The lines of the new sheet's block, each once."""
        return list(dict.fromkeys([*self.kept, *(typed.kept(on) for typed in self.fresh)]))


def titles_key(texts: Iterable[str]) -> str:
    """What the hidden cell of row 1 holds: prints of the titles and headings."""
    return _TITLES + _prints(texts)


def is_titles_key(key: str) -> bool:
    """Whether a key is that of the titles and headings."""
    return key.startswith(_TITLES)


def row_key(texts: Iterable[str], identity: str) -> str:
    """What the hidden cell of a row holds; "" for an empty row."""
    prints = _prints(texts)
    return f"{_ROW}{prints}{identity and f'|{identity}'}" if prints else ""


def prints_key(cells: Iterable[OldCell]) -> str:
    """The key, identity aside, of a row that we wrote with these cells."""
    return _ROW + _prints(cell.text for cell in cells)


def kept_key(line: str) -> str:
    """What the hidden cell of a row holds that keeps a text."""
    return f"texte.{sha256(line.encode('utf-8', 'surrogatepass')).hexdigest()[:10]}|{_KEPT}:texte"


def _prints(texts: Iterable[str]) -> str:
    return "".join(map(text_print, texts))


def typed_over(
    old: OldSheet,
    column: int,
    titles: Sequence[str],
    heading_row: int | None,
    own: Collection[int],
    now: Mapping[int, Collection[str]],
    opened: Collection[int] = (),
    kept_whole: Collection[int] = (),
) -> Found:
    """What was typed in our `own` columns, left of the key column; in the `opened` ones, above the
    lines alone.

    `titles` are the texts that we write now above the rows, `now` some that we write in columns:
    they are never anybody's; rows that are `kept_whole` are kept otherwise. Of a table, whose lines
    are read as such, `heading_row` is the row of the headings.
    """
    keys = {number: old.text(cells.get(column)) for number, cells in old.cells.items()}
    prints_of = {number: key.partition("|")[0] for number, key in keys.items()}
    headed = _heading_row(keys) if heading_row is None else heading_row
    mine = {
        number: {c: cell for c, cell in cells.items()
                 if (c in own or (c in opened and number <= headed)) and c != column}
        for number, cells in old.cells.items()
    }  # fmt: skip
    kept = [
        joined(old, mine[number])
        for number, key in sorted(keys.items())
        if _KEPT_KEY.fullmatch(key)
    ]
    ours = Counter(key for key in prints_of.values() if key.startswith(_ROW))
    allowed = _split(next((k for k in keys.values() if k.startswith(_TITLES)), ""))
    allowed |= _split(titles_key(titles))
    fresh: list[Typed] = []
    for number in sorted(mine):
        key = keys[number]
        if heading_row is not None and number >= heading_row:
            break
        if _is_kept(key) or number in kept_whole:
            continue
        prints = {c: text_print(old.text(cell)) for c, cell in mine[number].items()}
        whole = prints_key(mine[number].values())
        if ours[whole]:  # as we wrote it, even if sorting left its key behind
            ours[whole] -= 1
            continue
        moved = {c: old.counted_otherwise(cell) for c, cell in mine[number].items()}
        if ours[prints_key(moved.values())]:
            ours[prints_key(moved.values())] -= 1
            continue
        known = _split(prints_of[number]) if key.startswith(_ROW) else allowed
        heading = mine.get(headed, {}) if number > headed else {}
        cells = {c: cell for c, cell in mine[number].items()
                 if known[prints[c]] or old.text(cell) not in now.get(c, ())}  # fmt: skip
        before = {c: text_print(cell.text) for c, cell in moved.items()}
        fresh += _unknown(old, number, cells, (prints, before), known, heading)
    return Found(tuple(filter(None, kept)), tuple(fresh))


def _split(key: str) -> Counter[str]:
    """The prints in a key, each with its number of times."""
    match = _KEY.fullmatch(key)
    text = match[2] if match else ""
    return Counter(text[i : i + PRINT_LENGTH] for i in range(0, len(text), PRINT_LENGTH))


def _unknown(
    old: OldSheet,
    number: int,
    cells: Cells,
    prints: Sequence[Mapping[int, str]],
    known: Counter[str],
    heading: Cells,
) -> Iterator[Typed]:
    """The cells of a row that hold something else than what we wrote there, by either print."""
    for column in sorted(cells):
        either = [some[column] for some in prints]
        if not any(either):
            continue
        ours = next((one for one in either if known[one] > 0), None)
        if ours is not None:
            known[ours] -= 1
            continue
        yield _typed(old, number, column, cells, heading)


def typed_in(old: OldSheet, number: int, column: int, heading_row: int) -> Typed:
    """What a cell of a table holds, and where that is."""
    return _typed(old, number, column, old.cells[number], old.cells.get(heading_row, {}))


def _typed(old: OldSheet, number: int, column: int, cells: Cells, heading: Cells) -> Typed:
    words = [old.text(other) for c, other in sorted(cells.items()) if c != column]
    beside = next((text for text in words if heading and _has_letters(text)), "")
    above = old.text(heading.get(column))
    around = [_short(beside), f"« {_short(above)} »" if _has_letters(above) else ""]
    named = ", ".join(filter(None, around))
    reference = f"{get_column_letter(column)}{number}"
    return Typed(old.shown(cells[column]), f"{reference} ({named})" if named else reference)


def _heading_row(keys: Mapping[int, str]) -> int:
    """The row of the headings of a sheet without table; 0 when nothing tells it."""
    return min((number for number, key in keys.items() if key.startswith(_ROW)), default=1) - 1


def _is_kept(key: str) -> bool:
    return is_key(key) and is_kept_key(key)


def _has_letters(text: str) -> bool:
    return any(map(str.isalpha, text))


def _short(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= _SHOWN else words[: _SHOWN - 1] + "…"


def joined(old: OldSheet, cells: Cells) -> str:
    """The text of a kept line, with what was typed beside it."""
    return " ".join(filter(None, (old.text(cell) for _, cell in sorted(cells.items()))))
