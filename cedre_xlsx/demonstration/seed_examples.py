"""Exemples n°4 and n°5 of the guide as a workbook: M. Christian and Mme Carine.

The cells hold what the two filled forms print, typed as printed. The forms give no advisor, no
year of birth and no status; the advisor is invented, the year of birth follows from "27 ans" in
2003, and no line has a status. The guide prints no convention filled in: that of
M. Christian is drawn from his sheet, its deadline the three months that a testimony of exemple n°6
gives a coup de pouce.
"""

from __future__ import annotations

from datetime import date

from cedre_xlsx.method.vocabulary import EngagementForm, StructureKind, Title
from cedre_xlsx.schema.settings import Settings
from cedre_xlsx.workbook.template.filling import FilledRow, Filling

_ADVISOR = "C. Martin"
_CHRISTIAN = "Christian"
_CARINE = "Carine"
_INCOME = "Urgence financière, apporter une source de revenu"

_PEOPLE: tuple[FilledRow, ...] = (
    {
        "last_name": _CHRISTIAN,
        "title": Title.MR.value,
        "birth_year": 1976,
        "advisor": _ADVISOR,
        "pre_reception": date(2003, 4, 10),
        "interview": date(2003, 4, 18),
        "registered": date(2003, 4, 18),
        "request": (
            "Christian souhaite travailler sur des missions de manutention ou de peinture. Son "
            "projet reste à préciser, il a des compétences en maçonnerie mais ne souhaite plus "
            "travailler dans ce secteur.\n"
            "L'objectif prioritaire est de trouver du travail rapidement pour améliorer sa "
            "situation financière (RMI/ 5 enfants)\n"
            "→ Coup de pouce dans un 1er temps"
        ),
    },
    {
        "last_name": _CARINE,
        "title": Title.MRS.value,
        "advisor": _ADVISOR,
        "registered": date(2003, 4, 18),
    },
)

_EXAMPLE_4: tuple[FilledRow, ...] = (
    {
        "person": _CHRISTIAN,
        "dated": "18/04/03 Entretien individuel",
        "action": (
            "Rechercher des MAD sur la manutention, la peinture, ou le jardinage\n"
            "Prise de contact avec le partenaire Y ... pour une aide à la gestion du budget"
        ),
        "objective": (
            "Urgence financière, apporter une Source de revenu\n"
            "Apporter une aide à la gestion du budget"
        ),
        "engagement": "Coup de pouce",
        "deadline": ("Se revoir après la première mission\nEntretien dans 15 jours (02/05/03)"),
        "outcome": "Contact du partenaire par l'AI 19/04 – prendre RDV",
        "minutes": "45 min",
    },
    {
        "person": _CHRISTIAN,
        "dated": "20/04/03 tél",
        "action": "Proposition (MAD Test) MAD manutention (5 h)",
        "objective": _INCOME,
        "engagement": "CP",
        "outcome": "Remise du contact et horaire pour l'action budget",
        "minutes": "15 min",
    },
    {
        "person": _CHRISTIAN,
        "dated": "24/04/03 Entretien individuel",
        "action": "Bilan 1ère MAD\nProposition MAD jardinage chez 3 particuliers 15 h",
        "objective": _INCOME,
        "engagement": "CP",
        "outcome": "Bilan MAD par les DO, regard du DE, mission satisfaisante",
        "minutes": "15 min",
    },
    {"person": _CHRISTIAN, "dated": "02/05/03", "action": "Bilan des MAD"},
)

_REBOUND = (
    "Trouver une alternative (via le travail/emploi) à la situation difficile vécue pour "
    "rebondir ensuite, si possible\nUrgence financière"
)
_NO_INCOME = (
    "M. Christian est sans ressource financière et refusé au départ les solutions "
    "d'assistances existantes."
)

# On the form, the second line of M. Christian leaves blank what the first one says for both.
_EXAMPLE_5: tuple[FilledRow, ...] = (
    {
        "person": "M. Christian",
        "dated": "18/04/03",
        "action": "- MAD Jardinage, manutention, peinture (code ROME)",
        "objective": _REBOUND,
        "engagement": "CP",
        "deadline": "Prioritaire Dans la semaine",
        "outcome": _NO_INCOME,
    },
    {
        "person": "M. Christian",
        "dated": "18/04/03",
        "action": "- action budget avec partenaire",
        "objective": _REBOUND,
        "engagement": "CP",
        "deadline": "02/05/03 pour entretien bilan",
        "outcome": _NO_INCOME,
    },
    {
        "person": "Mme Carine",
        "dated": "18/04/03",
        "action": (
            "- MAD test sur particuliers et entreprises ensuite pour les métiers suivants (codes "
            "ROME) – au moins 2 types de missions sur le mois qui suit"
        ),
        "objective": ("Construire son projet professionnel, découvrir plusieurs types de mission"),
        "engagement": "D",
        "deadline": "15/05/03 pour entretien bilan",
        "outcome": (
            "Mme Carine est sans expérience professionnelle et sans projet professionnel précis."
        ),
    },
)

_CONVENTION: FilledRow = {
    "reference": "CP-2003-001",
    "sheet_number": "1",
    "person": _CHRISTIAN,
    "agreed": date(2003, 4, 18),
    "advisor": _ADVISOR,
    "type": "CP",
    "needs": (
        "Travailler sur des missions de manutention ou de peinture ; son projet reste à préciser.\n"
        "Améliorer rapidement sa situation financière."
    ),
    "object": "Trouver tout de suite une source de revenu, et une aide à la gestion du budget.",
    "structure_means": (
        "Rechercher des MAD sur la manutention, la peinture ou le jardinage.\n"
        "Contacter le partenaire Y pour la gestion du budget."
    ),
    "person_means": (
        "Accepter la MAD test et celles qui suivent.\n"
        "Prendre rendez-vous avec le partenaire Y et s'y rendre."
    ),
    "deadline": date(2003, 7, 18),
    "review_planned": date(2003, 7, 11),
    "form": EngagementForm.SIGNED.value,
    "frequency": "Après la première mission, puis tous les quinze jours",
}


def examples_4_and_5() -> Filling:
    """The workbook of the two filled examples, M. Christian shown in both forms."""
    return Filling(
        settings=Settings(structure="AI / ETTI", kind=StructureKind.AI, advisors=(_ADVISOR,)),
        rows={
            "tPersonnes": _PEOPLE,
            "tSuivi": (*_EXAMPLE_4, *_EXAMPLE_5),
            "tEngagements": (_CONVENTION,),
        },
        person=_CHRISTIAN,
        reference=str(_CONVENTION["reference"]),
    )
