"""What `fix` undertakes to repair: the one list, which its help, its page and its tests show."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from cedre_xlsx.schema.findings import Finding


@dataclass(frozen=True, slots=True)
class Claim:
    """A finding that a repair makes disappear: its rule, in which columns (none: in all), when.

    A finding of that kind that stays after a repair is one that `fix` says to be left.
    """

    code: str
    when: str
    headings: tuple[str, ...] = ()

    def covers(self, finding: Finding) -> bool:
        """Whether the finding is of this kind."""
        return finding.code == self.code and (
            not self.headings or finding.place.column in self.headings
        )


LOST_LIST = "CLA01"
CLAIMS: tuple[Claim, ...] = (
    Claim("LEC09", "une date tapée en texte, si le jour, le mois et l'année y sont"),
    Claim("LEC10", "une erreur collée à la place de la formule de Personne", ("Personne",)),
    Claim(
        "PER12",
        "la catégorie d'une sortie datée, si son motif est de la liste",
        ("Catégorie de sortie",),
    ),
    Claim(LOST_LIST, "une liste déroulante perdue, si la colonne l'a encore sur d'autres lignes"),
    Claim("CLA05", "la formule de Personne, si le texte tapé dit le même nom"),
)
#: What is repaired beside: the check says nothing of it, because reading understands it.
UNSEEN: tuple[str, ...] = (
    "une valeur de liste écrite autrement (« en cours », « oui », « mme »)",
    "un type d'engagement en toutes lettres (« Coup de pouce »)",
    "un nom écrit autrement que dans Personnes (« marie DURAND »)",
    "les espaces en trop d'un nom",
)


def claimed(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Those of the findings that `fix` undertakes to repair."""
    return tuple(one for one in findings if any(claim.covers(one) for claim in CLAIMS))
