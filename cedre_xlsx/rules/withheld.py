"""Which of a person's texts do not go on a paper for others: what the DCP rules look for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import TypeVar

from cedre_xlsx.method.french import listed
from cedre_xlsx.method.personal_numbers import BANK, MAIL, NIR, PHONE, is_bank_number, is_nir
from cedre_xlsx.method.sensitive import HEALTH_AND_JUSTICE, ON_PAPERS, STEMS
from cedre_xlsx.method.text import fold
from cedre_xlsx.rules.free_text import FreeText, FreeTexts
from cedre_xlsx.rules.wording import quoted
from cedre_xlsx.schema.columns import Row
from cedre_xlsx.schema.people import PersonRow
from cedre_xlsx.schema.records import Person, Records, Table

R = TypeVar("R", bound=Row)


class Withheld:
    """The texts of one person, without those in which something personal is found.

    Short texts (a partner, a trade) are looked at as sentences are: a paper goes to others.
    """

    def __init__(self, records: Records, person: Person) -> None:
        texts = FreeTexts(_of_one(records, person))
        self._why: dict[tuple[str, int, str], _Why] = {}
        self._asked: dict[str, None] = {}
        for found, match in texts.search_numbers(NIR):
            self._keep(found, "numéro de sécurité sociale" if is_nir(match) else "")
        for found, match in texts.search_numbers(BANK):
            self._keep(found, "numéro bancaire" if is_bank_number(match) else "")
        phones = (found for found, _ in texts.search_numbers(PHONE))
        for found in chain(texts.search_addresses(MAIL), phones):
            self._keep(found, "adresse électronique ou téléphone")
        own = records.settings.sensitive_words
        words = tuple(dict.fromkeys((*own, *HEALTH_AND_JUSTICE, *ON_PAPERS)))
        for found, word in chain(texts.words(words), texts.stems(STEMS)):
            self._keep(found, "", word)

    def text(self, table: Table[R], row: R, field: str) -> str:
        """What a cell says, on one line; "" for a text that is withheld: `notes` then tell it."""
        value = " ".join(str(getattr(row, field) or "").split())
        why = self._why.get((table.sheet, row.row, field))
        if why is None or not value:
            return value
        self._asked[f"{table.place(row, field).address} n'est pas repris ({why.told})"] = None
        return ""

    def of_the_names(self, people: Table[PersonRow], row: PersonRow) -> Iterator[str]:
        """What is found in the names, which are printed as they are: a sentence each."""
        for name in ("last_name", "first_name"):
            why = self._why.get((people.sheet, row.row, name))
            if why is not None:
                place = people.place(row, name)
                yield f"{place.address} ({place.column}) est imprimé tel quel, avec {why.told}"

    @property
    def notes(self) -> tuple[str, ...]:
        """The texts that were asked for and are withheld: their cells, and what was found."""
        return tuple(self._asked)

    def _keep(self, found: FreeText, kind: str, word: str = "") -> None:
        if (kind or word) and found.field:
            why = self._why.setdefault((found.table.sheet, found.row.row, found.field), _Why())
            if kind:
                why.kinds[kind] = None
            else:
                why.words.setdefault(fold(word), word)


@dataclass(slots=True)
class _Why:
    """Why a text is withheld: the kinds of what is in it, and its words of health or justice."""

    kinds: dict[str, None] = field(default_factory=dict)
    words: dict[str, str] = field(default_factory=dict)

    @property
    def told(self) -> str:
        """The kinds and the words in one phrase."""
        words = listed([quoted(word) for word in self.words.values()])
        what = "un mot" if len(self.words) == 1 else "des mots"
        phrase = [f"{words}, {what} de santé ou de justice"] if self.words else []
        return listed([*self.kinds, *phrase])


def _of_one(records: Records, person: Person) -> Records:
    """The records with the lines of one person alone."""
    return Records(
        settings=records.settings,
        people=replace(records.people, rows=person.pathways),
        follow_ups=replace(records.follow_ups, rows=person.follow_ups),
        engagements=replace(records.engagements, rows=person.engagements),
        missions=replace(records.missions, rows=person.missions),
        barriers=replace(records.barriers, rows=person.barriers),
    )
