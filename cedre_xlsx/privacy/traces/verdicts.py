"""What becomes of each form that was found: replaced, left for the team to decide, or nothing.

A whole name or a number is replaced where it names one person and nobody who stays. A word alone
is replaced where nobody else has it, and

- its line, its comment, its part also names that person, or
- it is a last name with a capital, of four letters or more, which the workbook never writes in
  small letters and which is no usual word.

On a line that names somebody who stays and has the word, it is that person's: nothing is said.
So is what names them in the tables of ours, whatever else their line says, and what makes their
whole name with the cell beside it. Beside the first name of a stranger, a last name is told.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from cedre_xlsx.privacy.folding import folded_letters, words_of
from cedre_xlsx.privacy.name_forms import FormKind, Hit, NamedPerson, NameSearch, Strength
from cedre_xlsx.privacy.traces.lines import Beside, Lines
from cedre_xlsx.privacy.traces.survey import Context, Suspect

_LEAST_ALONE = 4  # letters of a last name that is replaced alone
_JOINING = "@._/\\-"
_HOMONYM = "quelqu'un d'autre porte ce nom : voyez de qui il s'agit, et écrivez le code vous-même"
_SHARED = "quelqu'un d'autre porte ce mot : voyez de qui il s'agit, et écrivez le code vous-même"
_BESIDE = (
    "ce qui est à côté peut en faire le nom de quelqu'un d'autre : voyez de qui il s'agit, et "
    "écrivez le code vous-même"
)
_DOUBT = "ce mot seul peut dire autre chose : voyez-le, et écrivez le code vous-même"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What becomes of a form: `person` is who goes, `why` what keeps it ("": it is replaced)."""

    person: NamedPerson | None
    strength: Strength
    why: str = ""


class Verdicts:
    """Judges the forms of a workbook, all of which must be known first."""

    def __init__(self, search: NameSearch, findings: Sequence[Suspect], lines: Lines) -> None:
        self._search = search
        self._lines = lines
        self._named: dict[Context, set[int]] = defaultdict(set)
        self._staying: dict[Context, set[int]] = defaultdict(set)
        self._small: set[str] = set()
        told = {one.context for one in findings if any(hit.people for hit in one.hits)}
        findings = [one for one in findings if one.context in told]
        self._note_staying(findings)
        findings = [one for one in findings if not lines.is_of_who_stays(one)]
        for finding in findings:
            for hit in finding.hits:
                self._note(finding, hit)
        self._note_fields(findings)
        for finding in findings:
            for hit in finding.hits:
                if not hit.is_sure_kind:
                    self._note_small(finding, hit)

    def _note_staying(self, findings: Sequence[Suspect]) -> None:
        """Those who stay whom a line names, whose line it is, whose name two cells make."""
        for finding in findings:
            staying = self._staying[finding.context]
            staying.update(self._lines.owners(finding))
            for hit in finding.hits:
                if hit.is_sure_kind:
                    staying.update(rank for rank in hit.others if rank >= 0)
                staying.update(self._lines.staying_beside(finding, hit))

    def _note(self, finding: Suspect, hit: Hit) -> None:
        is_sure = hit.is_sure_kind and hit.people and not hit.others
        if is_sure and len(self._search.codes(hit.people)) == 1:
            self._named[finding.context].update(hit.people)

    def _note_small(self, finding: Suspect, hit: Hit) -> None:
        """A word in small letters, in no address and of no line of theirs, is a usual word."""
        text = finding.chars.text
        is_address = text[hit.end : hit.end + 1] in tuple(_JOINING) or (
            hit.start > 0 and text[hit.start - 1] in _JOINING
        )
        is_theirs = self._named[finding.context].intersection(hit.people)
        if text[hit.start : hit.end].islower() and not (is_address or is_theirs):
            self._small.add(hit.letters)

    def _note_fields(self, findings: Sequence[Suspect]) -> None:
        """A last and a first name in two cells of a line are a whole name."""
        fields: dict[tuple[Context, int], set[FormKind]] = defaultdict(set)
        for finding in findings:
            if len(finding.hits) != 1 or finding.hits[0].kind not in (
                FormKind.LAST,
                FormKind.FIRST,
            ):
                continue
            hit = finding.hits[0]
            is_theirs = self._lines.beside(finding, hit) in (Beside.THEIRS, Beside.NOTHING)
            if is_theirs and self._is_whole(finding, hit):
                for rank in hit.people:
                    fields[finding.context, rank].add(hit.kind)
        for (context, rank), kinds in fields.items():
            if len(kinds) == 2 and not self._search.is_also_another(rank):
                self._named[context].add(rank)

    def of(self, finding: Suspect, hit: Hit) -> Verdict | None:
        """What becomes of a form; None where it says nothing of those who go."""
        if not hit.people or self._lines.is_of_who_stays(finding):
            return None
        near = self._named[finding.context].intersection(hit.people)
        if hit.is_sure_kind:
            return self._of_sure(hit, near)
        if hit.kind is FormKind.INITIALS:
            one = self._only(near)
            return Verdict(one, Strength.ALONE) if one is not None else None
        return self._of_field(finding, hit, near)

    def _of_sure(self, hit: Hit, near: Collection[int]) -> Verdict:
        if not hit.others:
            one = self._only(hit.people) or self._only(near)
            if one is not None:
                return Verdict(one, Strength.SURE)
        return Verdict(None, Strength.SURE, _HOMONYM)

    def _of_field(self, finding: Suspect, hit: Hit, near: Collection[int]) -> Verdict | None:
        """What becomes of a word, by the cells around it too."""
        beside = self._lines.beside(finding, hit)
        if beside is Beside.STAYING:
            return None
        found = self._of_word(finding, hit, near)
        if found is None or found.why:
            return found
        if beside in (Beside.BOTH, Beside.OTHER):
            return replace(found, why=_BESIDE)
        if self._lines.is_name_cell(finding):
            return replace(found, why=_DOUBT)
        if self._is_of_who_stays(finding, hit) and self._is_whole(finding, hit):
            return found if beside is Beside.THEIRS else replace(found, why=_SHARED)
        return found

    def _of_word(self, finding: Suspect, hit: Hit, near: Collection[int]) -> Verdict | None:
        typed = finding.chars.text[hit.start : hit.end]
        is_usual = hit.letters in common_words() or (
            hit.letters in self._small and not typed.islower()
        )
        person = self._only(near) or self._only(hit.people)
        if self._is_of_who_stays(finding, hit) and not near:
            return None
        if not hit.is_capital and (
            hit.letters in common_words() or len(hit.letters) < _LEAST_ALONE
        ):
            return None
        if hit.letters in self._search.shared and not (near and self._is_whole(finding, hit)):
            if not near and (hit.kind is not FormKind.LAST or not hit.is_capital):
                return None  # a first name, a part of one, a small word that others have
            return Verdict(person, Strength.ALONE, _SHARED)
        one = self._only(near)
        if one is not None and not (is_usual and not self._is_whole(finding, hit)):
            return Verdict(one, Strength.ALONE)
        if hit.kind is FormKind.PART and (is_usual or not hit.is_capital or not self._is_last(hit)):
            return None
        is_telling = (
            hit.kind is FormKind.LAST and hit.is_capital and len(hit.letters) >= _LEAST_ALONE
        )
        if is_telling and not is_usual and self._only(hit.people) is not None:
            return Verdict(person, Strength.ALONE)
        return Verdict(person, Strength.ALONE, _DOUBT)

    def _is_of_who_stays(self, finding: Suspect, hit: Hit) -> bool:
        """Whether the line names somebody who stays and has the word."""
        for rank in self._staying[finding.context]:
            one = self._search.living[rank]
            names = (one.last_name, one.first_name, *one.last_name.split(), *one.first_name.split())
            if hit.letters in map(folded_letters, names):
                return True
        return False

    def _is_last(self, hit: Hit) -> bool:
        """Whether a part of a name is one of a last name."""
        names = (self._search.people[rank].last_name for rank in hit.people)
        return any(hit.letters in [word.folded for word in words_of(name)] for name in names)

    def _is_whole(self, finding: Suspect, hit: Hit) -> bool:
        return finding.chars.text.strip() == finding.chars.text[hit.start : hit.end]

    def _only(self, ranks: Collection[int]) -> NamedPerson | None:
        """The one person that these are, by what stands in their place; None for several."""
        if len(self._search.codes(ranks)) != 1:
            return None
        return self._search.people[min(ranks)]


#: French words that are also names: adjectives, things, plants, places, months, feasts, trades that
#: people are called after. No list can be whole: what the workbook writes in small letters counts
#: too.
_WORDS = Path(__file__).with_name("common_words.txt")


@cache
def common_words() -> frozenset[str]:
    """The words, folded as texts are compared."""
    return frozenset(_WORDS.read_text(encoding="ascii").split())
