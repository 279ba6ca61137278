"""The line that a text stands on: whose it is, and whose name its cells make together.

What names somebody who stays, on a line of theirs, is no trace of who goes, whatever else that
line says.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum, auto

from cedre_xlsx.method.text import word_key
from cedre_xlsx.privacy.folding import folded_letters, words_of
from cedre_xlsx.privacy.name_forms import FormKind, Hit, NamedPerson, NameSearch
from cedre_xlsx.privacy.traces.book import BookParts
from cedre_xlsx.privacy.traces.places import cell_of
from cedre_xlsx.privacy.traces.survey import Strings, Suspect, shared_index
from cedre_xlsx.privacy.traces.units import units_of
from cedre_xlsx.schema.columns import WHOSE
from cedre_xlsx.schema.records import column_number
from cedre_xlsx.schema.tables import PEOPLE

_CELL = re.compile(r"([A-Z]+)(\d+)")
_END_OF_ROW = re.compile(r"</(?:\w+:)?row\s*>")
#: A cell of one or two words, no figure in it: a first name may be one, or a last name.
_LIKE_A_NAME = re.compile(r"\s*[^\W\d_]{2,}(?:[-'’ ][^\W\d_]{2,})?\s*")
#: What stands beside a name and is none.
_NO_NAMES = frozenset(("m", "mr", "mme", "mlle", "monsieur", "madame", "oui", "non"))
_NEAR = 2  # columns; a name that lies farther may be anything
_FAR = 100_000  # columns; no name at all


class Beside(Enum):
    """Whose name a word makes, alone in its cell, with the cells around it."""

    NOTHING = auto()  # it is not alone in a cell, or nothing there is like a name
    THEIRS = auto()  # that of who goes
    STAYING = auto()  # that of somebody who stays
    BOTH = auto()  # either
    OTHER = auto()  # with a first name, or a last name, which is not theirs


def _keys(header: str, aliases: Iterable[str] = ()) -> frozenset[str]:
    return frozenset(word_key(one) for one in (header, *aliases))


def _people_column(field: str) -> frozenset[str]:
    column = PEOPLE.columns[field]
    return _keys(column.header, column.aliases)


_PARTS = tuple(_people_column(field) for field in ("last_name", "first_name", "precision"))
_PERSON = _keys(WHOSE.header, WHOSE.aliases)
_NAMES = _PERSON.union(*_PARTS)


@dataclass(frozen=True, slots=True)
class _Line:
    """The texts of a row by their columns, and the headings of these, where a table has them."""

    cells: Mapping[int, str]
    headings: Mapping[int, str]

    def under(self, headings: frozenset[str]) -> str:
        """What stands in the first column that is so headed."""
        found = sorted(column for column, name in self.headings.items() if name in headings)
        return self.cells.get(found[0], "") if found else ""


class Lines:
    """The lines of a workbook, each read where a form on it is judged."""

    def __init__(self, book: BookParts, search: NameSearch, strings: Strings | None) -> None:
        self._book = book
        self._search = search
        self._strings = strings
        self._living = _by_name(search.living)
        self._whole_living = _partners(search.living)
        self._whole_gone = _partners(search.people)
        self._lines: dict[tuple[str, int, int], _Line] = {}
        self._headings: dict[str, dict[int, list[tuple[int, str]]]] = {}

    def owners(self, finding: Suspect) -> tuple[int, ...]:
        """Those who stay whose line of a sheet of ours it is, by their ranks.

        Lines of who goes bear codes by then: a line at a name of who stays is not theirs.
        """
        if not self._is_in_our_table(finding):
            return ()
        line = self._line(finding)
        for typed in (" ".join(map(line.under, _PARTS)), line.under(_PERSON)):
            if found := self._living.get(folded_letters(typed), ()):
                return found
        return ()

    def is_name_cell(self, finding: Suspect) -> bool:
        """Whether it is a Nom, Prénom, Précision or Personne cell of a table of ours."""
        if not self._is_in_our_table(finding):
            return False
        return self._line(finding).headings.get(_column(finding), "") in _NAMES

    def is_of_who_stays(self, finding: Suspect) -> bool:
        """Whether it names, in a sheet of ours, the person who stays and whose line it is."""
        if finding.sheet in self._book.own or not _is_cell(finding):
            return False
        if self.is_name_cell(finding):
            return bool(self.owners(finding))
        is_made = finding.sheet not in self._book.entry
        return is_made and folded_letters(finding.chars.text) in self._living

    def beside(self, finding: Suspect, hit: Hit) -> Beside:
        """Whose name a word makes with the cells around it."""
        if not _is_alone(finding, hit):
            return Beside.NOTHING
        at = _column(finding)
        cells = self._others(finding)
        theirs = _nearest(at, cells, self._whole_gone.get(hit.letters, {}))
        staying = _nearest(at, cells, self._whole_living.get(hit.letters, {}))
        if staying < _FAR and staying <= theirs:
            return Beside.STAYING if staying < theirs and staying <= _NEAR else Beside.BOTH
        if theirs > 1 and any(self._is_like_a_name(cells.get(at + by, ""), hit) for by in (-1, 1)):
            return Beside.OTHER
        return Beside.THEIRS if theirs < _FAR else Beside.NOTHING

    def staying_beside(self, finding: Suspect, hit: Hit) -> set[int]:
        """Those who stay whose whole name a word makes with a cell near it, by their ranks."""
        if self.beside(finding, hit) is not Beside.STAYING:
            return set()
        known = self._whole_living.get(hit.letters, {})
        names = (folded_letters(text) for text in self._others(finding).values())
        return {rank for name in names for rank in known.get(name, ())}

    def _others(self, finding: Suspect) -> dict[int, str]:
        """The other cells of its line."""
        at = _column(finding)
        return {column: text for column, text in self._line(finding).cells.items() if column != at}

    def _is_like_a_name(self, text: str, hit: Hit) -> bool:
        if not _LIKE_A_NAME.fullmatch(text) or word_key(text) in _NO_NAMES:
            return False
        is_typed_so = text.strip()[0].isupper() or not hit.is_capital
        return is_typed_so and not any(one.is_sure_kind for one in self._search.find(text))

    def _is_in_our_table(self, finding: Suspect) -> bool:
        return finding.sheet not in self._book.own and _is_cell(finding)

    def _line(self, finding: Suspect) -> _Line:
        row = finding.unit.within("row")
        assert row is not None, "only cells have a line"
        segment = finding.segment
        key = (segment.part, segment.place.start, row.at)
        if key not in self._lines:
            end = _END_OF_ROW.search(segment.text, row.at)
            text = segment.text[max(row.at - 1, 0) : end.end() if end else len(segment.text)]
            cells = dict(_texts(text, self._strings))
            self._lines[key] = _Line(cells, self._headings_at(segment.part, _row(finding)))
        return self._lines[key]

    def _headings_at(self, part: str, row: int) -> dict[int, str]:
        """The heading of each column, as it is compared: the last one above a row."""
        if part not in self._headings:
            known: dict[int, list[tuple[int, str]]] = defaultdict(list)
            for cell, name in self._book.headings(part).items():
                if found := _CELL.fullmatch(cell):
                    known[column_number(found[1])].append((int(found[2]), word_key(name)))
            self._headings[part] = known
        above = {
            column: max((one for one in names if one[0] < row), default=(0, ""))[1]
            for column, names in self._headings[part].items()
        }
        return {column: name for column, name in above.items() if name}


def _by_name(people: Iterable[NamedPerson]) -> dict[str, tuple[int, ...]]:
    """The ranks of people by the letters of their whole names, the Précision included."""
    known: dict[str, tuple[int, ...]] = {}
    for rank, one in enumerate(people):
        name = folded_letters(f"{one.last_name} {one.first_name} {one.precision}")
        known[name] = (*known.get(name, ()), rank)
    return known


def _partners(people: Iterable[NamedPerson]) -> dict[str, dict[str, set[int]]]:
    """By each word of a last name the first names that make a whole name with it, each with the
    ranks of those who are called so; and the reverse.
    """
    found: dict[str, dict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
    for rank, one in enumerate(people):
        last, first = folded_letters(one.last_name), folded_letters(one.first_name)
        if not (last and first):
            continue
        for name, other in ((one.last_name, first), (one.first_name, last)):
            for word in {folded_letters(name), *(part.folded for part in words_of(name))}:
                found[word][other].add(rank)
    return found


def _nearest(at: int, cells: Mapping[int, str], wanted: Collection[str]) -> int:
    """How many columns away the nearest cell stands that says one of these names, whole."""
    if not wanted:
        return _FAR
    far = (abs(at - one) for one, text in cells.items() if folded_letters(text) in wanted)
    return min(far, default=_FAR)


def _texts(row: str, strings: Strings | None) -> Iterator[tuple[int, str]]:
    """The texts of the cells of a row, by their columns."""
    texts: dict[int, str] = defaultdict(str)
    for unit in units_of(row):
        found = _CELL.fullmatch(cell_of(unit))
        if found is None or unit.attribute or unit.element == "f" or unit.is_remark:
            continue
        shared = shared_index(unit, row) if strings is not None else -1
        if strings is not None and shared >= 0:
            text = "".join(one.chars.text for one in strings.texts(shared))
        else:
            text = unit.chars(row).text
        texts[column_number(found[1])] += text
    yield from texts.items()


def _is_alone(finding: Suspect, hit: Hit) -> bool:
    """Whether a word of a name is all that a cell says."""
    typed = finding.chars.text[hit.start : hit.end]
    is_word = not hit.is_sure_kind and hit.kind is not FormKind.INITIALS
    return is_word and finding.chars.text.strip() == typed and _is_cell(finding)


def _is_cell(finding: Suspect) -> bool:
    return (
        "row" in finding.unit.path
        and not finding.unit.attribute
        and _CELL.fullmatch(finding.cell) is not None
    )


def _column(finding: Suspect) -> int:
    found = _CELL.fullmatch(finding.cell)
    return column_number(found[1]) if found else 0


def _row(finding: Suspect) -> int:
    found = _CELL.fullmatch(finding.cell)
    return int(found[2]) if found else 0
