"""One figure as it is counted: its lines, from which come both its number and who counts."""

from __future__ import annotations

from dataclasses import dataclass

from cedre_xlsx.reports.statistics.definitions import Unit, definition_of
from cedre_xlsx.reports.statistics.selection import Selection
from cedre_xlsx.reports.statistics.values import Behind, Indicator

_EXACT = 6  # decimals: a sum of shares shows no noise


@dataclass(frozen=True, eq=False)
class FigureLines:
    """The lines of one figure.

    `counted` are those of its value: of the numerator of a rate, of the cases of a median; `others`
    are the rest of a rate's denominator; `unknown` could not be placed. `part` is the type, the
    status or the answer that it is of; `base` what hours, or people, are divided by: a setting.
    """

    id: str
    counted: Selection
    unknown: Selection | None = None
    others: Selection | None = None
    part: str = ""
    base: float | None = None

    @property
    def indicator(self) -> Indicator:
        """The figure as a number, with its definition."""
        definition = definition_of(self.id)
        value, numerator, denominator = self._numbers(definition.unit)
        return Indicator(
            id=self.id,
            label=definition.label.format(self.part),
            value=value,
            numerator=numerator,
            denominator=denominator,
            unknown=0 if self.unknown is None else len(self.unknown),
            definition=definition.whole,
        )

    def _numbers(self, unit: Unit) -> tuple[float | None, float | None, float | None]:
        """Value, numerator, denominator."""
        match unit:
            case Unit.DAYS | Unit.WEEKS:
                return self.counted.median, None, len(self.counted)
            case Unit.RATE:
                whole = len(self.counted) + (0 if self.others is None else len(self.others))
                return _ratio(len(self.counted), whole), len(self.counted), whole
            case Unit.FTE | Unit.RATIO:
                hours = round(self.counted.total, _EXACT)
                return _ratio(hours, self.base or 0), hours, self.base
            case Unit.HOURS:
                hours = round(self.counted.total, _EXACT)
                return hours, hours, None
            case _:
                return int(self.counted.total), int(self.counted.total), None

    @property
    def behind(self) -> Behind:
        """Who counts in it."""
        parts = (self.counted, self.others, self.unknown)
        return Behind(*(() if part is None else part.listed() for part in parts))


def _ratio(numerator: float, denominator: float) -> float | None:
    return numerator / denominator if denominator else None
