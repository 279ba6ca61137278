"""The words that may stay in a cell of a date, a time or a number: those of the grammar."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cache

from cedre_xlsx.method.dates import DAY_NAMES, MONTHS, WEEKDAYS
from cedre_xlsx.method.grammar.delays import DELAYS
from cedre_xlsx.method.grammar.periods import FEASTS, PERIODS
from cedre_xlsx.method.grammar.situations import EXAMPLES, NO_END, NOTHING
from cedre_xlsx.method.grammar.times import TIMES
from cedre_xlsx.method.grammar.words import COUNTS, LINKS
from cedre_xlsx.method.personal_numbers import TAKEN_OUT, without_personal_numbers
from cedre_xlsx.method.text import fold
from cedre_xlsx.schema.columns import Kind

_PIECES = re.compile(r"[^\W\d_]+|\d+|[\W_]+")
#: Words of what is late, done, put off: the grammar's patterns have them, not all its examples.
_SITUATIONS = (
    "reporté reportée reporter report repoussé repoussée repousser décalé décalée décaler recul "
    "fait faite faits faites réalisé réalisée effectué effectuée terminé terminée clos close "
    "clôturé rendu honoré réglé ok ras annulé annulée abandon abandonné caduc relance relancé "
    "relancée ancien initialement était partir dès après avant vers environ env autour sous dans "
    "sans si sinon selon non pas plus jamais ne semaine quinzaine trimestre semestre mois an ans "
    "année jour jours heure heures h min mn minutes minute total hebdo mensuel par mi temps etp "
    "prochain prochaine suivant suivante obtenu permis bilan entretien rdv tél tel pour quand "
    "première mission contrat cdd cdi maximum minimum max maxi mini moins"
)
_MOST_FIGURES = 4  # of a number that is no year
_FILLER = "note"


@cache
def _grammar_words() -> frozenset[str]:
    typed: list[str] = [_SITUATIONS, *MONTHS, *WEEKDAYS, *DAY_NAMES, *COUNTS, *LINKS, *FEASTS]
    typed += [*NOTHING, *NO_END, *(text for text, _ in EXAMPLES)]
    for table in (DELAYS, PERIODS, TIMES):
        typed += [text for line in table for text, _ in line.examples]
    return words_of(typed)


def words_of(texts: Iterable[str]) -> frozenset[str]:
    """The words and the numbers of some texts, folded."""
    return frozenset(fold(one) for text in texts for one in _PIECES.findall(text) if one.isalnum())


#: The kinds of columns whose cells are read by the grammar.
MEASURED = frozenset({
    Kind.DATE, Kind.DATED_TEXT, Kind.DEADLINE, Kind.DURATION, Kind.HOURS, Kind.INTEGER, Kind.NUMBER,
})  # fmt: skip


class Filter:
    """What is left of a text when only known words may stay."""

    def __init__(self, unwanted: Iterable[str]) -> None:
        self._unwanted = frozenset(unwanted) - words_of((*MONTHS, *WEEKDAYS))

    def grammar(self, text: str) -> tuple[str, str]:
        """A text with the words of the grammar alone: another word has « note » in its place, then
        nothing at all.
        """
        words = _grammar_words() - self._unwanted
        return self.kept(text, words, _FILLER), self.kept(text, words, "")

    def kept(self, text: str, words: frozenset[str], filler: str) -> str:
        """A text in which every other word, and every long number, has a filler in its place."""
        plain = without_personal_numbers(text)[0].replace(TAKEN_OUT, "")
        return _replaced(plain, lambda piece: _may_stay(piece, words), filler)

    def known(self, text: str, words: frozenset[str]) -> str:
        """What is left of a text of a list: its words and its numbers are among these, which a
        name may have as well (Emploi, Formation).
        """
        plain = without_personal_numbers(text)[0].replace(TAKEN_OUT, "")
        return _replaced(plain, lambda piece: _is_listed(piece, words), "")

    def is_known(self, text: str, words: frozenset[str]) -> bool:
        """Whether a text has no word and no number but these."""
        mine = words - self._unwanted
        return all(_is_listed(piece, mine) for piece in _PIECES.findall(text))


def _is_listed(piece: str, words: frozenset[str]) -> bool:
    return not piece[0].isalnum() or fold(piece) in words


def _may_stay(piece: str, words: frozenset[str]) -> bool:
    if piece.isdigit():
        return len(piece) <= _MOST_FIGURES
    return not piece[0].isalpha() or fold(piece) in words


def _replaced(text: str, may_stay: Callable[[str], bool], filler: str) -> str:
    made: list[str] = []
    gone = False
    for piece in _PIECES.findall(text):
        if may_stay(piece):
            gone = gone and not piece[0].isalnum()
            made.append(piece)
        elif not gone:
            gone = True
            made.append(filler)
    return " ".join("".join(made).split())
