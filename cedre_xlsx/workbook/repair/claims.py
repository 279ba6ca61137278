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
#: What is repaired around the cells of a sheet, as a whole.
_OF_A_SHEET = frozenset({
    "LEC02", "CLA07", "CLA08", "CLA09", "CLA10", "CLA11", "CLA12", "CLA13", "CLA14",
    "CLA15", "CLA17", "CLA18",
})  # fmt: skip
CLAIMS: tuple[Claim, ...] = (
    Claim("LEC02", "le tableau qui s'arrête avant ses dernières lignes"),
    Claim("LEC09", "une date tapée en texte, si le jour, le mois et l'année y sont"),
    Claim(
        "PER12",
        "la catégorie d'une sortie datée, si son motif est de la liste",
        ("Catégorie de sortie",),
    ),
    Claim(LOST_LIST, "une liste déroulante perdue sur des lignes"),
    Claim("CLA05", "la formule de Personne, si le texte tapé dit le même nom"),
    Claim("CLA07", "les listes déroulantes qu'un autre programme a perdues"),
    Claim(
        "CLA08", "des listes qui ne montrent plus rien, les noms et la feuille d'où elles viennent"
    ),
    Claim("CLA09", "le tableau Excel perdu, ou qui a perdu des colonnes ou ses lignes"),
    Claim("CLA10", "la formule de Personne perdue ou en erreur"),
    Claim("CLA11", "la protection d'un formulaire, sans mot de passe"),
    Claim("CLA12", "les formules en erreur d'un formulaire, si les colonnes y sont encore"),
    Claim("CLA13", "les couleurs automatiques perdues"),
    Claim("CLA14", "la feuille Listes, de nouveau cachée"),
    Claim("CLA15", "la marque cachée d'une feuille refaite, si une seule lui ressemble"),
    Claim("CLA17", "des listes, des contrôles de saisie ou des couleurs qui s'arrêtent trop tôt"),
    Claim("CLA18", "les contrôles de dates et de nombres perdus sur des colonnes entières"),
)
#: What is repaired beside: the check says nothing of it, because reading understands it.
UNSEEN: tuple[str, ...] = (
    "une valeur de liste écrite autrement (« en cours », « oui », « mme »)",
    "un type d'engagement en toutes lettres (« Coup de pouce »)",
    "un nom écrit autrement que dans Personnes (« marie DURAND »)",
    "les espaces en trop d'un nom",
)


#: A date of another weekday than typed beside it: nobody but the team knows which one is right.
_NEVER = "LEC16"


def claimed(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings that `fix` undertakes to repair, or to say that it does not."""
    return tuple(
        one for one in findings if one.code == _NEVER or any(claim.covers(one) for claim in CLAIMS)
    )


#: A name that `fix` writes as Personnes has it: of the findings, only one a person is said.
_NAME = "SUI22"


def may_be_mended(finding: Finding) -> bool:
    """Whether `fix` may make a finding disappear: it is of a kind that it repairs."""
    is_claimed = any(claim.covers(finding) for claim in CLAIMS)
    return finding.waived is None and (is_claimed or finding.code == _NAME)


def is_of_a_sheet(finding: Finding) -> bool:
    """Whether a finding is of a sheet as a whole: a repair of it has no cell."""
    return finding.code in _OF_A_SHEET
