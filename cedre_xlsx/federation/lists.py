"""The lists that labels of a part's tables come from, table by table; each in its order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from cedre_xlsx.method.text import fold
from cedre_xlsx.method.types import TYPES
from cedre_xlsx.method.vocabulary import (
    BARRIERS,
    EXIT_REASONS,
    ORIENTATIONS,
    Accompaniment,
    Achieved,
    ClientKind,
    ExitCategory,
    MissionOutcome,
    OrientationResult,
)
from cedre_xlsx.reports.statistics.breakdowns import LENGTHS, NOT_SAID, listed_labels
from cedre_xlsx.reports.statistics.completeness import NEEDS
from cedre_xlsx.reports.statistics.later_states import STATES
from cedre_xlsx.reports.statistics.owed_tables import CHANGES, WEEKS
from cedre_xlsx.reports.statistics.publics import DYNAMIC, EXAMINED, LINES, WORKERS
from cedre_xlsx.reports.statistics.tables import EXIT, NOTHING, TOTAL

#: What a team calls otherwise than the lists of the method do.
OTHER = "Autre"
#: Lines of a sum that tell of health or justice, put together in a publication.
NOT_DETAILED = "Non détaillé"
CODES = tuple(kind.code for kind in TYPES)
#: The headings of the lines that are periods, the finest first; their labels are no list.
PERIODS = ("Mois", "Trimestre", "Semestre")
#: The heading of the table of what is ahead, whose months are no list either.
AHEAD = "Échéance"
PAST, LATER, UNDATED = "Déjà passée", "Plus tard", "Sans date"

_BREAKDOWN = ("Personnes", "Entrées", "Sorties", "Sorties comptées", "Sorties dynamiques")


@dataclass(frozen=True, slots=True)
class Shape:
    """A table: the labels of its lines by heading, its columns, and whether what is in none of the
    lists goes under "Autre", or is left out.
    """

    labels: Mapping[str, Sequence[str]]
    columns: Sequence[str]
    has_other: bool = False

    def ranks(self, heading: str) -> Mapping[str, int]:
        """Where each label of a heading comes."""
        return {label: rank for rank, label in enumerate(self.labels[heading])}


def _with_more(labels: Sequence[str]) -> tuple[str, ...]:
    more = (OTHER, NOT_DETAILED, NOT_SAID)
    return (*(one for one in labels if one not in more), *more)


_CATEGORIES = (*(str(one) for one in ExitCategory), NOT_SAID)
_OWN_CODES = (*CODES, OTHER, NOT_SAID)
_FREINS = {"Frein": _with_more(BARRIERS)}

_SHAPES: Mapping[str, Shape] = {
    "months": Shape(
        dict.fromkeys(PERIODS, ()),
        ("Entrées", "Sorties", "Engagements conclus", "Engagements évalués", "Actions",
         "Heures de mission"),
    ),
    "types": Shape(
        {"Engagement": _OWN_CODES, "Type": ("", *(kind.name for kind in TYPES))},
        ("Conclus", "Signés", "En cours", "Évalués", *map(str, Achieved), "Sans réponse",
         "Actions"),
        has_other=True,
    ),
    "succession": Shape(
        {"Engagement": _OWN_CODES}, (*_OWN_CODES, EXIT, NOTHING, TOTAL), has_other=True
    ),
    "exits": Shape({"Catégorie": _CATEGORIES}, ("Sorties", "Comptées")),
    "exit_reasons": Shape(
        {"Catégorie": _CATEGORIES, "Motif": _with_more(sorted(EXIT_REASONS, key=fold))},
        ("Sorties", "Comptées"),
        has_other=True,
    ),
    "later_situations": Shape({"Situation": STATES}, ("Sorties",)),
    "freins": Shape(
        _FREINS,
        ("Personnes", *map(str, Accompaniment), NOT_SAID, "Levés dans l'année"),
        has_other=True,
    ),
    "publics": Shape({"Public": (WORKERS, *LINES, EXAMINED, *DYNAMIC)}, ("Personnes", NOT_SAID)),
    "clients": Shape(
        {"Type de client": (*map(str, ClientKind), NOT_SAID)}, ("Missions", "Heures de mission")
    ),
    "lengths": Shape(
        {"Durée": (*LENGTHS, NOT_SAID)},
        ("Présentes", "Sorties", "Sorties comptées", "Sorties dynamiques"),
    ),
    "weeks": Shape({"Semaines": tuple(label for _, label in WEEKS)}, ("Personnes",)),
    "outcomes": Shape(
        {"Débouché": (*map(str, MissionOutcome), NOT_SAID)},
        ("Immersions", "Stages", "Missions salariées", "Autres"),
    ),
    "freins_levels": Shape(_FREINS, ("Personnes", *CHANGES), has_other=True),
    "orientations": Shape(
        {"Orientation": _with_more(ORIENTATIONS)},
        ("Orientations", *map(str, OrientationResult), NOT_SAID),
        has_other=True,
    ),
    "load": Shape({AHEAD: ()}, ("Fins de contrat", "Fins de PASS IAE", "Engagements à échéance")),
    "completeness": Shape(
        {
            "Colonne": tuple(f"{n.spec.sheet}, {n.spec.columns[n.field].header}" for n in NEEDS),
            "Chiffres": tuple(dict.fromkeys(need.starved for need in NEEDS)),
        },
        ("Lignes", "Remplies", "À compléter"),
    ),
}  # fmt: skip


@cache
def shape_of(table: str) -> Shape | None:
    """The table of that name, or the breakdown of that heading; None of any other."""
    if table in _SHAPES:
        return _SHAPES[table]
    labels = listed_labels(table)
    return Shape({table: _with_more(labels)}, _BREAKDOWN, has_other=True) if labels else None
