"""What European funds ask of someone who leaves: the exit on record in time, and how the person is
six months later.

The delays are data with their source, as read on `READ_ON`: they change with the programmes, and a
grant agreement may ask for others.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from cedre_xlsx.method.days import add_months
from cedre_xlsx.method.french import counted
from cedre_xlsx.method.text import word_key
from cedre_xlsx.method.vocabulary import EXIT_REASONS, ExitCategory

READ_ON = date(2026, 11, 29)


class Unit(Enum):
    """What a delay is counted in: days, or months of the calendar."""

    DAYS = "jour"
    MONTHS = "mois"


@dataclass(frozen=True, slots=True)
class Delay:
    """So much time after a contract's end, or after an exit; `what` comes then, as `source` says.

    The last day of a delay is still within it.
    """

    length: int
    unit: Unit
    what: str
    source: str

    def after(self, day: date) -> date:
        """The last day of the delay that begins with a day; 31 August and six months make the last
        day of February.
        """
        if self.unit is Unit.MONTHS:
            return add_months(day, self.length)
        rest = timedelta(days=self.length)
        return day + rest if rest < date.max - day else date.max

    @property
    def text(self) -> str:
        """ "30 jours", "6 mois"."""
        plural = self.unit.value if self.unit is Unit.MONTHS else ""
        return counted(self.length, self.unit.value, plural)


_RESULTS = (
    "FSE+, résultats immédiats : règlement (UE) 2021/1057, annexe I ; délai des gestionnaires"
)
_LATER = "FSE+, résultats à plus long terme : règlement (UE) 2021/1057, annexe I"
_OURS = "choix de l'outil"

# After the end of the contract.
EXIT_TOLD = Delay(15, Unit.DAYS, "la sortie à enregistrer est annoncée", _OURS)
EXIT_PRESSED = Delay(25, Unit.DAYS, "la sortie à enregistrer est un avertissement", _OURS)
EXIT_RECORDED = Delay(30, Unit.DAYS, "dernier jour pour enregistrer la sortie", _RESULTS)
# After the exit.
LATER_EARLIEST = Delay(5, Unit.MONTHS, "une situation relevée avant est signalée", _OURS)
LATER_ASKED = Delay(6, Unit.MONTHS, "la situation est à relever", _LATER)
LATER_LATE = Delay(7, Unit.MONTHS, "la situation, toujours pas relevée, est en retard", _OURS)
LATER_LATEST = Delay(8, Unit.MONTHS, "une situation relevée après est signalée", _OURS)
LATER_FORGOTTEN = Delay(12, Unit.MONTHS, "la situation n'est plus demandée", _OURS)

CONTRACT_DELAYS: tuple[Delay, ...] = (EXIT_TOLD, EXIT_PRESSED, EXIT_RECORDED)
LATER_DELAYS: tuple[Delay, ...] = (
    LATER_EARLIEST, LATER_ASKED, LATER_LATE, LATER_LATEST, LATER_FORGOTTEN,
)  # fmt: skip

_WITHDRAWN = frozenset(
    word_key(reason)
    for reason, category in EXIT_REASONS.items()
    if category is ExitCategory.WITHDRAWN
)


def is_withdrawn(category: ExitCategory | None, reason: str) -> bool:
    """Whether an exit is a *retrait* (a death, a long illness…), by its category or its reason:
    nobody is asked how they are.
    """
    return category is ExitCategory.WITHDRAWN or word_key(reason) in _WITHDRAWN
