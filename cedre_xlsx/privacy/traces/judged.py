"""Each form that was found, with what becomes of it and where it is: what `traces` says, and what
`cleaned` does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from cedre_xlsx.ooxml.parts import normal
from cedre_xlsx.privacy.name_forms import NamedPerson, NameSearch, Strength
from cedre_xlsx.privacy.traces.binaries import forms_in, is_closed, is_picture
from cedre_xlsx.privacy.traces.book import BookParts
from cedre_xlsx.privacy.traces.content import encoding_of
from cedre_xlsx.privacy.traces.lines import Lines
from cedre_xlsx.privacy.traces.model import Trace
from cedre_xlsx.privacy.traces.places import HEADING, why_fixed
from cedre_xlsx.privacy.traces.survey import Survey, Suspect, called
from cedre_xlsx.privacy.traces.verdicts import Verdicts

_MACRO = "l'outil ne touche pas aux macros : corrigez-la dans l'éditeur (Alt+F11)"
_OBJECT = "l'outil n'ouvre pas cet objet : corrigez-le dans Excel, ou supprimez-le"
_CLOSED = (
    "cet objet est protégé par un mot de passe : rien n'y est cherché ; ouvrez-le, ou supprimez-le"
)
_PICTURE = "le nom de ce fichier reste : remplacez l'image dans Excel"
_OTHER = "l'outil ne sait pas écrire cette partie : voyez-la dans Excel, ou supprimez-la"
SIGNATURE = "la signature électronique ne vaut plus après une correction : signez de nouveau"


@dataclass(frozen=True, slots=True)
class Judged:
    """A form in a text, who it names, and its trace: `why` is there where it stays."""

    finding: Suspect
    start: int
    end: int
    trace: Trace
    rank: int


def judged(
    book: BookParts, found: Survey, search: NameSearch, keeps: Callable[[Suspect], str]
) -> Iterator[Judged]:
    """The forms in the XML of a workbook; `keeps` says why a finding is to stay, "" where not."""
    lines = Lines(book, search, found.strings)
    verdicts = Verdicts(search, found.findings, lines)
    headings: dict[str, dict[str, str]] = {}
    ranks: dict[NamedPerson, int] = {}
    for rank, one in enumerate(search.people):
        ranks.setdefault(one, rank)
    for finding in found.findings:
        part = finding.segment.part
        for hit in finding.hits:
            verdict = verdicts.of(finding, hit)
            if verdict is None:
                continue
            if part not in headings:
                headings[part] = book.headings(part)
            text = finding.chars.text
            why = why_fixed(finding.unit, text, hit.start, hit.end)
            if not why and finding.cell in headings[part] and normal(part) in book.titles:
                why = HEADING
            why = why or verdict.why
            kept = "" if why else keeps(finding)
            trace = Trace(
                part, called(book, finding), text[hit.start : hit.end], verdict.person,
                verdict.strength, why or kept, finding.sheet if kept else "",
            )  # fmt: skip
            rank = -1 if verdict.person is None else ranks[verdict.person]
            yield Judged(finding, hit.start, hit.end, trace, rank)


def beyond(book: BookParts, search: NameSearch) -> Iterator[Trace]:
    """What cannot be cleaned: forms in parts that are no XML, and in the names of parts."""
    for part in book.package.names():
        named = search.find(part.rpartition("/")[2])
        for hit in named:
            if hit.people and hit.is_sure_kind:
                form = part.rpartition("/")[2][hit.start : hit.end]
                yield _trace(book, search, part, (hit.people, form), _PICTURE)
        content = b"" if is_picture(part) else book.package.read(part)
        if not content or encoding_of(content):
            continue
        why = _why(part)
        if is_closed(content):
            yield Trace(part, book.called(part), "", None, Strength.ALONE, _CLOSED)
        for hit, form in forms_in(part, content, search):
            strength = Strength.SURE if hit.is_sure_kind else Strength.ALONE
            yield _trace(book, search, part, (hit.people, form), why, strength)


def _why(part: str) -> str:
    name = part.casefold()
    if name.endswith("vbaproject.bin"):
        return _MACRO
    return _OBJECT if name.startswith("xl/embeddings/") else _OTHER


def _trace(
    book: BookParts, search: NameSearch, part: str, said: tuple[tuple[int, ...], str], why: str,
    strength: Strength = Strength.SURE,
) -> Trace:  # fmt: skip
    people, form = said
    person = search.people[people[0]] if len(search.codes(people)) == 1 else None
    return Trace(part, book.called(part), form, person, strength, why)
