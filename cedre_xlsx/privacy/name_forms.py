"""The forms under which a text may hold somebody's name or number, all found at once.

A name is looked for as its letters, whatever parts them: hyphen, apostrophe, space of any kind,
underscore, a hump (`MartinSophie`), nothing. A match begins and ends where words do: `Martin` is
not in `Martinique`.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from functools import lru_cache

from cedre_xlsx.privacy.folding import Word, folded_letters, words_of

#: What may stand between two words of one name.
_GAP = re.compile(r"[\s\W_]{0,4}")
_PARTING = re.compile(r"[\s\W_]+")
_CLOSING = re.compile(r"\s*[)\]]")
_APOSTROPHES = "'’‘ʼ´"
#: Initials that are read as a civility or an address.
_CIVILITY_INITIALS = frozenset("m")
#: Initials that are words as well: MARTIN A TROUVÉ.
_ALSO_WORDS = frozenset("aoy")
_PARTICLES = frozenset(
    (
        "abd", "al", "bin", "d", "da", "das", "de", "del", "della", "den", "der", "des",
        "di", "do", "dos", "du", "el", "ibn", "l", "la", "le", "les", "los", "mac", "mc",
        "o", "ould", "saint", "sainte", "san", "ter", "van", "von", "y",
    )
)  # fmt: skip
_SHORTEST_PART = 3
_SHORTEST_NUMBER = 6


class Strength(Enum):
    """How surely a form names one person."""

    SURE = "sûr"  # last and first name together, a number
    ALONE = "isolé"  # a word that others, or the dictionary, may have


class FormKind(Enum):
    """What a form is made of."""

    WHOLE = "nom et prénom"
    NUMBER = "numéro"
    INITIAL = "nom et initiale"
    LAST = "nom seul"
    FIRST = "prénom seul"
    PART = "partie d'un nom"
    INITIALS = "initiales"


#: Ranks of others who are not of those who stay: what replaces a name, and an advisor or a place.
CODE, ELSEWHERE = -1, -2
_SURE_KINDS = (FormKind.WHOLE, FormKind.NUMBER, FormKind.INITIAL)


@dataclass(frozen=True, slots=True)
class NamedPerson:
    """A person as the workbook names them; `code` is what stands in their place afterwards."""

    last_name: str
    first_name: str = ""
    precision: str = ""
    code: str = ""
    other_numbers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Hit:
    """A form found in a text, from `start` to `end`.

    `people` are those whom it may name, by their ranks, `others` those who stay: a SURE one names
    one code and nobody who stays. Without `people` it is the whole name of somebody who stays.
    """

    start: int
    end: int
    kind: FormKind
    people: tuple[int, ...]
    others: tuple[int, ...]
    is_capital: bool
    letters: str

    @property
    def is_sure_kind(self) -> bool:
        """Whether it is a whole name or a number, whoever has it."""
        return self.kind in _SURE_KINDS


@dataclass(slots=True)
class _Form:
    """The letters of a form, and whose it is."""

    letters: str
    kind: FormKind
    people: set[int]
    others: set[int]


class NameSearch:
    """Searches texts for `people`; knows `living`, those who stay, and words that `others` have."""

    def __init__(
        self,
        people: Sequence[NamedPerson],
        living: Iterable[NamedPerson] = (),
        others: Collection[str] = (),
    ) -> None:
        self.people = tuple(people)
        self.living = tuple(living)
        #: The forms by their letters, the words that one may begin with, letters of the longest.
        self._forms: dict[str, list[_Form]] = {}
        self._starts: set[str] = set()
        self._longest = 0
        #: Of the words that a text must have to hold any form, one at least is among these.
        self.anchors: set[str] = set()
        #: The first digits of the numbers: what has none of them holds no number.
        self.number_starts: set[str] = set()
        #: Words that somebody who stays, an advisor, a place has.
        self.shared = {word.folded for text in others for word in words_of(text)}
        for rank, one in enumerate(self.people):
            self._add_person(rank, one)
        for code in sorted({one.code for one in self.people if one.code}):
            self._add(_words(code), FormKind.WHOLE, other=CODE)
        for name in sorted(others):
            if len(words := _words(name)) > 1:
                self._add(words, FormKind.WHOLE, other=ELSEWHERE)
        for rank, one in enumerate(self.living):
            self._add_living(rank, one)
        for one in self.people:
            self._anchor_person(one)
        self._known = lru_cache(maxsize=20_000)(self._find)  # lines say the same again and again

    def _add_person(self, rank: int, one: NamedPerson) -> None:
        last, first = _words(one.last_name), _words(one.first_name)
        for letters in _whole_names(one):
            self._add(letters, FormKind.WHOLE, person=rank)
        for number in one.other_numbers:
            digits = folded_letters(number)
            if len(digits) >= _SHORTEST_NUMBER:
                self._add((digits,), FormKind.NUMBER, person=rank)
                self.number_starts.add(digits[:3])
                self._starts.update(digits[:end] for end in range(3, len(digits)))
        for kind, words, typed in (
            (FormKind.LAST, last, one.last_name), (FormKind.FIRST, first, one.first_name),
        ):  # fmt: skip
            if len("".join(words)) > 1:
                self._add(words, kind, person=rank)
            for word in _parts_of(typed):
                self._add((word,), FormKind.PART, person=rank)
        if last and first:
            for initials in _initials(first):
                self._add((*last, *initials), FormKind.INITIAL, person=rank)
                self._add((*initials, *last), FormKind.INITIAL, person=rank)
            self._add((first[0][0], last[0][0]), FormKind.INITIALS, person=rank)
            self._add((last[0][0], first[0][0]), FormKind.INITIALS, person=rank)

    def _add_living(self, rank: int, one: NamedPerson) -> None:
        last, first = _words(one.last_name), _words(one.first_name)
        for letters in _whole_names(one):
            self._add(letters, FormKind.WHOLE, other=rank)
        self.shared.update((*last, *first, "".join(last), "".join(first)))
        if last and first:
            for initials in _initials(first):
                self._add((*last, *initials), FormKind.INITIAL, other=rank)
                self._add((*initials, *last), FormKind.INITIAL, other=rank)

    def is_also_another(self, rank: int) -> bool:
        """Whether somebody who stays, or somebody else of `people`, has the same whole name."""
        one = self.people[rank]
        letters = "".join((*_words(one.last_name), *_words(one.first_name)))
        forms = [form for form in self._forms.get(letters, ()) if form.kind is FormKind.WHOLE]
        return any(form.others or len(self.codes(form.people)) > 1 for form in forms)

    def codes(self, ranks: Iterable[int]) -> set[str]:
        """What stands in the place of these people."""
        return {self.people[rank].code for rank in ranks}

    def _add(
        self,
        words: Sequence[str],
        kind: FormKind,
        *,
        person: int | None = None,
        other: int | None = None,
    ) -> None:
        letters = "".join(words)
        known = self._forms.setdefault(letters, [])
        form = next((one for one in known if one.kind is kind), None)
        if form is None:
            form = _Form(letters, kind, set(), set())
            known.append(form)
            self._longest = max(self._longest, len(letters))
            self._starts.update("".join(words[:end]) for end in range(1, len(words) + 1))
        if person is not None:
            form.people.add(person)
        if other is not None:
            form.others.add(other)

    def _anchor_person(self, one: NamedPerson) -> None:
        """A first name that others have says nothing on a line without the last name."""
        last, first = _words(one.last_name), _words(one.first_name)
        self._anchor((), last, first)
        self._anchor(first, last, ())
        if not last or "".join(first) not in self.shared:
            self._anchor((), first, ())
        for word in (*_parts_of(one.last_name), *_parts_of(one.first_name)):
            if word not in self.shared:
                self.anchors.add(word)

    def _anchor(self, before: Sequence[str], words: Sequence[str], after: Sequence[str]) -> None:
        """Whatever parts the words of a name, one stretch of them holds the longest of `words`."""
        letters = [rank for rank, word in enumerate(words) if word.isalpha()]
        if not letters:
            return
        longest = len(before) + max(letters, key=lambda rank: len(words[rank]))
        name = (*before, *words, *after)
        for start in range(longest + 1):
            for end in range(longest + 1, len(name) + 1):
                self.anchors.add("".join(name[start:end]))

    def find(self, text: str) -> list[Hit]:
        """The forms that a text holds, none over another: the longest from the first on."""
        return self._known(text)

    def _find(self, text: str) -> list[Hit]:
        words = words_of(text)
        found: list[Hit] = []
        at = 0
        while at < len(words):
            hits = list(self._at(text, words, at))
            if not hits:
                at += 1
                continue
            best, after = _best(hits)
            found.append(best)
            at = after
        return found

    def _at(self, text: str, words: list[Word], at: int) -> Iterator[tuple[Hit, int]]:
        """The forms that begin with a word: one after the other, the words make their letters."""
        if words[at].folded not in self._starts:
            return
        letters = ""
        for last in range(at, len(words)):
            if last > at and not _GAP.fullmatch(text, words[last - 1].end, words[last].start):
                return
            letters += words[last].folded
            if len(letters) > self._longest:
                return
            for form in self._forms.get(letters, ()):
                if _is_typed_so(text, words, at, last, form.kind):
                    yield self._hit(text, words, at, last, form), last + 1

    def _hit(self, text: str, words: list[Word], at: int, last: int, form: _Form) -> Hit:
        start, end = words[at].start, words[last].end
        if form.kind in (FormKind.INITIAL, FormKind.INITIALS):
            end = _with_dot(text, words[last])
        elif (closing := _CLOSING.match(text, end)) and _opens(text, start, end):
            end = closing.end()
        people, others = tuple(sorted(form.people)), tuple(sorted(form.others))
        is_capital = text[start].isupper()
        return Hit(start, end, form.kind, people, others, is_capital, form.letters)


def _best(hits: list[tuple[Hit, int]]) -> tuple[Hit, int]:
    """The longest, a sure kind before another; of the same words, whomever any of them names."""
    best, after = max(hits, key=lambda one: (one[0].end, one[0].is_sure_kind))
    if CODE in best.others:
        return replace(best, people=()), after
    same = [one for one, end in hits if end == after and one.is_sure_kind == best.is_sure_kind]
    people = sorted({rank for one in same for rank in one.people})
    others = sorted({rank for one in same for rank in one.others})
    return replace(best, people=tuple(people), others=tuple(others)), after


def _words(name: str) -> tuple[str, ...]:
    return tuple(word.folded for word in words_of(name))


def _parts_of(name: str) -> Iterator[str]:
    """The words of a name of several that say something alone."""
    parts = [folded_letters(part) for part in _PARTING.split(name)]
    for word in parts if len(parts) > 1 else ():
        if len(word) >= _SHORTEST_PART and word not in _PARTICLES:
            yield word


def _whole_names(one: NamedPerson) -> Iterator[tuple[str, ...]]:
    """Last and first name in both orders, with and without the Précision."""
    last, first, more = _words(one.last_name), _words(one.first_name), _words(one.precision)
    if not (last and first):
        if more and (last or first):
            yield (*last, *first, *more)
        return
    for order in ((*last, *first), (*first, *last)):
        yield order
        if more:
            yield (*order, *more)


def _initials(first: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    """The initials of a first name: P, and J P for Jean-Pierre."""
    letters = tuple(word[0] for word in first)
    return ((letters[0],),) if len(letters) == 1 else ((letters[0],), letters)


def _is_typed_so(text: str, words: list[Word], at: int, last: int, kind: FormKind) -> bool:
    """Whether letters that are initials are typed as such: capitals, with their dot or alone."""
    if kind not in (FormKind.INITIAL, FormKind.INITIALS):
        return True
    ends = [word for word in (words[at], words[last]) if word.end - word.start <= 2]
    ends = [word for word in ends if text[word.start : word.end].isupper()]
    if kind is FormKind.INITIALS:
        return len(ends) == 2 and all(_is_dotted(text, word) for word in ends)
    if not ends or (words[at].folded in _CIVILITY_INITIALS and last == at + 1):
        return False  # M. Martin, whoever he is
    if text[words[last].end : words[last].end + 1] in tuple(_APOSTROPHES):
        return False
    is_word = words[last].folded in _ALSO_WORDS and last + 1 < len(words)
    return not (is_word and not _is_dotted(text, words[last]))


def _is_dotted(text: str, word: Word) -> bool:
    return text[word.start : word.end].isupper() and text[word.end : word.end + 1] == "."


def _with_dot(text: str, word: Word) -> int:
    """Where a form ends whose last word may be an initial with its dot."""
    is_short = word.end - word.start == 1
    return word.end + (is_short and text[word.end : word.end + 1] == ".")


def _opens(text: str, start: int, end: int) -> bool:
    """Whether a bracket is opened between two places and not closed."""
    inside = text[start:end]
    return inside.count("(") + inside.count("[") > inside.count(")") + inside.count("]")
