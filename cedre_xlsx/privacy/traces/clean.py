"""A workbook without the traces of given people, every other byte as it was.

Names are replaced by codes where they stand, in any part that is XML; what cannot be replaced
without harm, or without a human eye, is told. Cleaning twice changes nothing more.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence

from cedre_xlsx.ooxml.cell_text import escaped
from cedre_xlsx.ooxml.parts import Package, normal
from cedre_xlsx.privacy.name_forms import NamedPerson, NameSearch, Strength
from cedre_xlsx.privacy.traces.book import BookParts
from cedre_xlsx.privacy.traces.caches import definitions, settle
from cedre_xlsx.privacy.traces.content import bytes_of
from cedre_xlsx.privacy.traces.dropping import drop_cell_comments
from cedre_xlsx.privacy.traces.judged import SIGNATURE, Judged, beyond, judged
from cedre_xlsx.privacy.traces.model import Cleaned, Trace
from cedre_xlsx.privacy.traces.shared import SharedStrings
from cedre_xlsx.privacy.traces.strokes import Stroke, applied, emptied, replacing, spliced
from cedre_xlsx.privacy.traces.survey import Segment, Survey, Suspect, called, survey

#: What a shared item of a pivot table says whose text was taken out: two may not be the same.
_GONE = "(effacé)"


def cleaned(
    data: bytes,
    people: Sequence[NamedPerson],
    *,
    own_sheets: Collection[str] = (),
    removed_texts: Collection[str] = (),
    drop_comments: Collection[tuple[str, str]] = (),
    living: Iterable[NamedPerson] = (),
    others: Collection[str] = (),
) -> Cleaned:
    """The workbook with each of the people replaced by their code.

    `own_sheets` are the titles of the team's own sheets that may be changed; `removed_texts` whole
    texts that were taken from lines, emptied wherever no cell that people fill says them still;
    `drop_comments` the cells, by sheet and address, whose comments go; `living` those who stay,
    `others` the names of advisors, places, clients. CedreError where the file cannot be read.
    """
    search = NameSearch(people, living, others)
    book = BookParts(Package(data))
    gone = drop_cell_comments(book, drop_comments)
    wanted = frozenset(text for text in removed_texts if text.strip())
    found = survey(book, search, wanted)
    work = _Work(book, found, search, {title.casefold() for title in own_sheets})
    work.empty_texts()
    work.replace_names()
    work.write()
    done = [_of_comment(*one) for one in gone] + work.done
    made = book.package.data() if work.is_changed or gone else data
    left = [*work.left, *beyond(book, search)]
    if made != data:
        left += _signatures(book)
    return Cleaned(made, tuple(done), tuple(left))


class _Work:
    """What is written over the parts of one workbook."""

    def __init__(
        self, book: BookParts, found: Survey, search: NameSearch, allowed: Collection[str]
    ) -> None:
        self._book = book
        self._found = found
        self._search = search
        self._allowed = allowed
        self._strokes: dict[int, tuple[Segment, list[Stroke]]] = {}
        self._shared = SharedStrings(found.strings) if found.strings is not None else None
        self._emptied: set[int] = set()
        self._written = {escaped(one.code) for one in search.people} | {_GONE}
        self.done: list[Trace] = []
        self.left: list[Trace] = []
        self.is_changed = False

    def empty_texts(self) -> None:
        """Take out the whole texts that are to go, but those that somebody's line says still."""
        removed = [finding for finding in self._found.findings if finding.is_removed]
        said = {
            finding.chars.text
            for finding in removed
            if finding.sheet in self._book.entry and finding.cell and not finding.is_formula_cell
            and "row" in finding.unit.path
        }  # fmt: skip
        for finding in removed:
            if finding.chars.text in said or not _is_value(finding):
                continue
            place, form = called(self._book, finding), finding.chars.text
            why = self._keeps(finding)
            part = finding.segment.part
            trace = Trace(part, place, form, None, Strength.SURE, why, finding.sheet if why else "")
            if why:
                self.left.append(trace)
                continue
            self._emptied.add(id(finding))
            in_cache = finding.unit.element == "s"
            self._write(finding, emptied(finding, _GONE if in_cache else ""))
            self.done.append(trace)

    def replace_names(self) -> None:
        """Replace each form that can be, and note the others."""
        for finding in self._found.findings:
            if finding.shared >= 0 and self._shared is not None:
                self._shared.see(finding)
        for one in judged(self._book, self._found, self._search, self._keeps):
            if id(one.finding) in self._emptied:
                continue
            if one.trace.why:
                self.left.append(one.trace)
            else:
                self._replace(one)
                self.done.append(one.trace)

    def _replace(self, one: Judged) -> None:
        person = one.trace.person
        assert person is not None, "what is replaced names somebody"
        self._write(one.finding, replacing(one.finding, one.start, one.end, person.code, one.rank))

    def _write(self, finding: Suspect, strokes: list[Stroke]) -> None:
        if finding.shared >= 0 and self._shared is not None:
            self._shared.see(finding, strokes)
            return
        segment = finding.segment
        self._strokes.setdefault(id(segment), (segment, []))[1].extend(strokes)

    def _keeps(self, finding: Suspect) -> str:
        title = finding.sheet
        if title in self._book.own and title.casefold() not in self._allowed:
            return f"« {title} » est une feuille de l'équipe : nommez-la pour qu'elle soit nettoyée"
        return ""

    def write(self) -> None:
        """Give the parts their new contents."""
        strings = self._found.strings
        if strings is not None and self._shared is not None:
            own = {
                segment.place.start: strokes
                for segment, strokes in self._strokes.values()
                if segment.part == strings.part
            }
            content, moved = self._shared.written(own, self._found.used)
            for finding, stroke in moved:
                segment = finding.segment
                self._strokes.setdefault(id(segment), (segment, []))[1].append(stroke)
            self._put(strings.part, content)
        by_part: dict[str, list[tuple[int, int, bytes]]] = defaultdict(list)
        for segment, strokes in self._strokes.values():
            if strings is None or segment.part != strings.part:
                new = bytes_of(applied(segment.text, strokes), segment.encoding)
                by_part[segment.part].append((segment.place.start, segment.place.end, new))
        changed = [
            part
            for part, pieces in by_part.items()
            if self._put(part, spliced(self._book.package.read(part), pieces))
        ]
        for part in definitions(self._book, changed):
            settle(self._book, part, self._written)

    def _put(self, part: str, content: bytes) -> bool:
        if content == self._book.package.read(part):
            return False
        self._book.package.write(part, content)
        self.is_changed = True
        return True


def _is_value(finding: Suspect) -> bool:
    """Whether a text is the whole of a cell, of a shared item, of a point of a chart."""
    unit = finding.unit
    if unit.attribute:
        return True  # of a shared item: the survey asks no other
    return ("row" in unit.path and finding.cell != "") or (
        unit.element == "v" and "pt" in unit.path
    )


def _of_comment(part: str, title: str, cell: str) -> Trace:
    return Trace(part, f"commentaire de {title}!{cell}", "", None, Strength.SURE)


def _signatures(book: BookParts) -> list[Trace]:
    signed = [part for part in book.package.names() if normal(part).startswith("_xmlsignatures/")]
    return [
        Trace(part, book.called(part), "", None, Strength.SURE, SIGNATURE) for part in signed[:1]
    ]
