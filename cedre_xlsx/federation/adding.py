"""Parts added up, one after the other: what they come to does not depend on their order."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from cedre_xlsx.federation.amounts import Sum
from cedre_xlsx.federation.model import Bin, Part
from cedre_xlsx.federation.ratios import FigureSum
from cedre_xlsx.federation.united import CountedStructure, United, UnitedFigure
from cedre_xlsx.federation.united_tables import TableSum
from cedre_xlsx.federation.words import definitions_digest, figure_labels
from cedre_xlsx.method.french import day as french_day
from cedre_xlsx.reports.statistics.definitions import TABLES
from cedre_xlsx.schema.errors import CedreError


@dataclass(slots=True)
class Total:
    """The parts of a year that were added.

    Nothing of a part is kept but who it is of, and the value of each of its figures.
    """

    year: int
    public: bool | None = None
    _structures: dict[str, CountedStructure] = field(default_factory=dict)
    _figures: dict[str, FigureSum] = field(default_factory=dict)
    _tables: dict[str, TableSum] = field(default_factory=dict)
    _quality: dict[str, Sum] = field(default_factory=dict)

    def add(self, part: Part) -> None:
        """Add the part of one more structure.

        Raises CedreError, with nothing added, where it does not add up with the others: another
        year, other definitions, a structure that is there, numbers protected and others that are
        not.
        """
        self._refuse(part)
        identity = part.structure.identity
        self.public = part.public
        early = part.counted_on.year <= part.year
        self._structures[identity] = CountedStructure(
            part.structure, part.counted_on, part.tool_version, early
        )
        for name, one in part.figures.items():
            self._figures.setdefault(name, FigureSum(name)).add(
                one, part.histograms.get(name), identity
            )
        for name, lines in part.tables.items():
            self._tables.setdefault(name, TableSum(name)).add(lines)
        for code, amount in part.quality.items():
            self._quality.setdefault(code, Sum()).add(amount)

    def _refuse(self, part: Part) -> None:
        who = f"« {part.structure.name} »"
        if part.year != self.year:
            raise CedreError(
                f"{who} : ces chiffres sont de {part.year}, non de {self.year} ; ils ne sont pas "
                f"ajoutés. Demandez ceux de {self.year}."
            )
        if part.definitions != definitions_digest():
            raise CedreError(
                f"{who} : chiffres comptés par cedre-xlsx {part.tool_version}, dont les "
                "définitions sont autres ; ils ne sont pas ajoutés. Demandez-les à nouveau, avec "
                "la même version que la vôtre."
            )
        if part.structure.identity in self._structures:
            first = self._structures[part.structure.identity].counted_on
            raise CedreError(
                f"{who} : cette structure est déjà comptée en {self.year} (chiffres du "
                f"{french_day(first)}) ; les seconds, du {french_day(part.counted_on)}, ne sont "
                "pas ajoutés. N'en donnez qu'un fichier."
            )
        if self.public is not None and part.public is not self.public:
            told = "protégés" if part.public else "non protégés"
            raise CedreError(
                f"{who} : ces chiffres sont {told}, les autres non ; ils ne sont pas ajoutés. "
                "Donnez des fichiers faits par « cedre-xlsx share », ou seulement des classeurs."
            )

    @property
    def united(self) -> United:
        """What they come to."""
        return United(
            year=self.year,
            public=bool(self.public),
            structures=tuple(self._structures[one] for one in sorted(self._structures)),
            figures=self._united_figures(),
            tables=tuple(self._tables[name].united for name in self._table_names()),
            quality={code: self._quality[code].amount for code in sorted(self._quality)},
            histograms={name: _bins(one) for name, one in self._figures.items() if one.cases.bins},
        )

    def _united_figures(self) -> tuple[UnitedFigure, ...]:
        return tuple(
            self._figures[name].united for name in figure_labels() if name in self._figures
        )

    def _table_names(self) -> Iterable[str]:
        ours = [one.name for one in TABLES if one.name in self._tables]
        return (*ours, *sorted(set(self._tables) - set(ours)))


def _bins(one: FigureSum) -> tuple[Bin, ...]:
    ordered = sorted(one.cases.bins.items(), key=lambda item: (item[0][0], item[0][1] or 0))
    return tuple(
        Bin.model_construct(least=least, most=most, count=count) for (least, most), count in ordered
    )
