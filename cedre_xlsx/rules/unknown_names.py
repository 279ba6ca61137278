"""Who an unknown or ambiguous name probably means, as a sentence of help."""

from __future__ import annotations

from cedre_xlsx.method.french import listed
from cedre_xlsx.method.nearest import nearest
from cedre_xlsx.rules.wording import quoted
from cedre_xlsx.schema.records import Records

#: With more unknown names than this it is a sheet that is wrong, and each guess costs time.
_MOST_GUESSES = 200


class NameGuesser:
    """Says of a name what is wrong with it; each spelling is searched once."""

    def __init__(self, records: Records) -> None:
        self._records = records
        self._said: dict[str, tuple[str, str]] = {}

    def say(self, typed: str) -> tuple[str, str]:
        """The message and the help for a name that is not one person of Personnes."""
        if typed not in self._said:
            self._said[typed] = self._find(typed)
        return self._said[typed]

    def _find(self, typed: str) -> tuple[str, str]:
        people = self._records.people.sheet
        if not typed.strip():
            return (
                "La colonne Personne est vide : la ligne n'est à personne.",
                f"Choisissez la personne dans la liste, qui vient de la feuille {people}.",
            )
        if self._records.is_ambiguous(typed):
            return (
                f"{quoted(typed)} désigne plusieurs personnes de la feuille {people}.",
                "Choisissez dans la liste le nom suivi de sa précision entre parenthèses.",
            )
        likely = self._guess(typed)
        help_text = (
            f"Vouliez-vous dire {listed([quoted(name) for name in likely], 'ou')} ? "
            f"Sinon, ajoutez la personne dans {people}."
            if likely
            else f"Ajoutez la personne dans la feuille {people}, ou choisissez-la dans la liste."
        )
        return f"{quoted(typed)} n'est pas dans la feuille {people}.", help_text

    def _guess(self, typed: str) -> tuple[str, ...]:
        if len(self._said) >= _MOST_GUESSES:
            return ()
        return nearest(typed, self._records.persons)
