"""What may leave the structure on the sheet for the *référent unique*, and nothing else.

A column that is not in `SHOWN` cannot be printed: the sheet is made through `shown` alone. No text
that people type freely is there, nor anything of health or justice: neither RQTH and AAH, nor the
pause, nor a suspended PASS, nor the reason of an exit, of an absence or of an orientation. What is
not shown leaves no trace: a line without a value is not printed, and no total counts it.
"""

from __future__ import annotations

from typing import NamedTuple

from cedre_xlsx.method.vocabulary import BARRIERS, ExitCategory
from cedre_xlsx.schema.barriers import BarrierRow
from cedre_xlsx.schema.columns import Row
from cedre_xlsx.schema.engagements import EngagementRow
from cedre_xlsx.schema.follow_up import FollowUpRow
from cedre_xlsx.schema.missions import MissionRow
from cedre_xlsx.schema.people import PersonRow


class Shown(NamedTuple):
    """A column whose cells are printed, and how the sheet calls it."""

    model: type[Row]
    field: str
    label: str


#: Every column that is printed. Whoever adds one decides what leaves about everybody.
SHOWN: tuple[Shown, ...] = (
    Shown(PersonRow, "title", "Civilité"),
    Shown(PersonRow, "last_name", "Nom"),
    Shown(PersonRow, "first_name", "Prénom"),
    Shown(PersonRow, "advisor", "Accompagnateur"),
    Shown(PersonRow, "pre_reception", "Pré-accueil"),
    Shown(PersonRow, "interview", "Entretien d'accueil"),
    Shown(PersonRow, "registered", "Inscription"),
    Shown(PersonRow, "exited", "Sortie"),
    Shown(PersonRow, "exit_category", "Catégorie de sortie"),
    Shown(PersonRow, "referent", "Référent unique"),
    Shown(PersonRow, "france_travail", "Catégorie France Travail"),
    Shown(PersonRow, "engagement_contract", "Contrat d'engagement le"),
    Shown(PersonRow, "pass_start", "Début du PASS IAE"),
    Shown(PersonRow, "pass_end", "Fin du PASS IAE"),
    Shown(PersonRow, "contract_start", "Début du contrat de travail"),
    Shown(PersonRow, "contract_end", "Fin du contrat de travail"),
    Shown(MissionRow, "start", "Début"),
    Shown(MissionRow, "end", "Fin"),
    Shown(MissionRow, "nature", "Nature"),
    Shown(MissionRow, "trade", "Métier"),
    Shown(MissionRow, "hours", "Heures"),
    Shown(MissionRow, "weekly_hours", "Heures par semaine"),
    Shown(EngagementRow, "type", "Engagement"),
    Shown(EngagementRow, "agreed", "Pris le"),
    Shown(EngagementRow, "deadline", "Échéance"),
    Shown(EngagementRow, "achieved", "Actions réalisées"),
    Shown(BarrierRow, "barrier", "Frein"),
)

#: Of these, the fields whose cells are words that people type: one in which the check finds a word
#: of health or justice, a number or an address is not printed.
TYPED = ("advisor", "referent", "trade")

#: Columns that are read to count lines, or to choose them: no word of theirs is printed.
COUNTED: tuple[tuple[type[Row], str], ...] = (
    (FollowUpRow, "dated"),
    (FollowUpRow, "action"),
    (FollowUpRow, "status"),
    (FollowUpRow, "outcome"),
    (FollowUpRow, "collective"),
    (FollowUpRow, "attendance"),
    (BarrierRow, "identified"),
    (BarrierRow, "lifted"),
)

#: The freins that may be named: what stands between anybody and a job. Neither health nor justice,
#: nor what tells of private life (Famille, Discrimination, debts, resources), nor a team's own.
BARRIERS_SHOWN: tuple[str, ...] = (
    "Mobilité",
    "Français, illettrisme, langue",
    "Numérique",
    "Démarches administratives et accès aux droits",
    "Hébergement, logement",
    "Disponibilité",
)
#: The categories of exit that may be named: a *retrait* may be an illness.
EXITS_SHOWN: tuple[ExitCategory, ...] = (
    ExitCategory.DURABLE,
    ExitCategory.TRANSITION,
    ExitCategory.POSITIVE,
    ExitCategory.OTHER,
)

if not set(BARRIERS_SHOWN) <= set(BARRIERS):
    raise TypeError("a frein that may be named is one of the list")

_LABELS = {(one.model, one.field): one.label for one in SHOWN}


def label_of(model: type[Row], field: str) -> str:
    """How the sheet calls a column. KeyError for one that may not be printed."""
    return _LABELS[model, field]
