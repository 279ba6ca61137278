"""What stands for a text: nothing of what it says, all that a rule looks at."""

from __future__ import annotations

import re
from random import Random

from cedre_xlsx.method.hand_overs import is_hand_over
from cedre_xlsx.method.personal_numbers import BANK, MAIL, NIR, PHONE, is_bank_number, is_nir
from cedre_xlsx.method.text import fold, squeeze
from cedre_xlsx.rules.follow_up_lines import COLLECTIVE, INDIVIDUAL
from cedre_xlsx.rules.free_text import words_in

#: Numbers and addresses of nobody, that the rules know as what they are.
FICTIONAL_NIR = "2 99 12 99 999 999"
FICTIONAL_BANK = "FR00 0000 0000 0000 0000 0000 000"
FICTIONAL_MAIL = "adresse@exemple.invalid"
FICTIONAL_PHONE = "06 00 00 00 00"
#: So many characters at the least, and what is added to a text of that length.
_FILLERS = (
    (300, " Le texte d'origine n'est pas dans cette copie : il a été remplacé par des mots qui ne "
          "disent rien, et qui sont à peu près aussi nombreux que les siens."),
    (120, " Le texte d'origine n'est pas dans cette copie."),
    (40, " Propos remplacé."),
)  # fmt: skip
_E = re.compile("é")


class Texts:
    """« Texte 014 » for each text: the same for the same, another for another."""

    def __init__(self, random: Random, sensitive: dict[str, str]) -> None:
        self._random = random
        self._sensitive = sensitive
        self._numbers: dict[str, int] = {}
        self._spellings: dict[str, dict[str, int]] = {}
        self._free: list[int] = []

    def of(self, text: str) -> str:
        """What stands for a text; an empty one, or one of signs alone, stays."""
        if not any(char.isalnum() for char in text) or is_hand_over(text):
            return text
        key = fold(text)
        if key not in self._numbers:
            self._numbers[key] = self._next()
        spellings = self._spellings.setdefault(key, {})
        rank = spellings.setdefault(text.casefold().strip(), len(spellings))
        made = f"{_noun(key)} remplacé {self._numbers[key]:03}"
        if rank:
            made = _E.sub("e", made) + " " * (rank - 1)
        told = self.signs_of(text)
        if told:
            made += f" : {', '.join(told)}"
        filler = next((filler for least, filler in _FILLERS if len(text) >= least), "")
        return f"{made}{'.' if filler and told else ''}{filler}"

    def signs_of(self, text: str) -> tuple[str, ...]:
        """What stands for the numbers, addresses and sensitive words of a text."""
        plain = squeeze(text)
        told = [self._sensitive[word] for word in words_in(plain, tuple(self._sensitive))]
        told += [FICTIONAL_NIR] * any(map(is_nir, NIR.finditer(plain)))
        told += [FICTIONAL_BANK] * any(map(is_bank_number, BANK.finditer(plain)))
        told += [FICTIONAL_MAIL] * bool(MAIL.search(plain))
        told += [FICTIONAL_PHONE] * bool(PHONE.search(plain))
        return tuple(dict.fromkeys(told))

    def _next(self) -> int:
        if not self._free:
            first = len(self._numbers) + 1
            self._free = list(range(first, first + 200))
            self._random.shuffle(self._free)
        return self._free.pop()


def _noun(folded: str) -> str:
    """The word that tells a talk with one person, or a group's, as the rules tell them."""
    if COLLECTIVE.search(folded):
        return "Atelier"
    return "Entretien" if INDIVIDUAL.search(folded) else "Texte"
