"""What a reader knows that ties the figures: sums that the definitions make true.

An inequality (an exit that is counted is an exit) is a sum with a remainder that is shown nowhere.
The relations of two years (who was there, who left and who came make who is there) tie a
publication to the one of the year before.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from cedre_xlsx.method.vocabulary import Accompaniment, Achieved, ExitCategory
from cedre_xlsx.reports.statistics.breakdowns import NOT_SAID, field_of
from cedre_xlsx.reports.statistics.definitions import NO_STATUS_ID, STATUS_IDS
from cedre_xlsx.reports.statistics.later_states import NOT_KNOWN, NOT_REACHED, NOT_TO_ASK, TOLD
from cedre_xlsx.reports.statistics.model import Statistics
from cedre_xlsx.reports.statistics.public.figures import (
    DENOMINATOR,
    DYNAMIC,
    NUMERATOR,
    UNDOCUMENTED,
    UNKNOWN,
    Key,
    breakdown_key,
    cell_key,
    indicator_key,
    later_key,
    shown_in,
    type_key,
)
from cedre_xlsx.reports.statistics.publics import LINES
from cedre_xlsx.reports.statistics.tables import EXIT, NOTHING, TOTAL, breakdown_names
from cedre_xlsx.reports.statistics.values import TableRow

#: Columns of Personnes whose bands move from one year to the next.
_MOVING = ("birth_year", "registered")

Relation = Mapping[Key, int]


@dataclass
class Related:
    """Figures of a year by their names, with the relations among them.

    `remainders` are shown nowhere. A relation gives each figure a factor: the sum never changes.
    """

    values: dict[Key, float] = field(default_factory=dict)
    remainders: set[Key] = field(default_factory=set)
    relations: list[Relation] = field(default_factory=list)

    def add_up(self, whole: Key, parts: Iterable[Key]) -> None:
        """The whole is the sum of its parts; a part that is not there is none."""
        there = [part for part in parts if part in self.values and part != whole]
        if whole in self.values:
            self.relations.append({whole: 1, **dict.fromkeys(there, -1)})

    def keep_within(self, whole: Key, *parts: Key) -> None:
        """The parts together make no more than the whole, where that is so."""
        there = [part for part in parts if part in self.values]
        if whole not in self.values or not there:
            return
        rest = self.values[whole] - sum(self.values[part] for part in there)
        if rest >= 0:
            remainder = ("remainder", *whole, *(" · ".join(part) for part in there))
            self.values[remainder] = rest
            self.remainders.add(remainder)
            self.add_up(whole, (*there, remainder))


def related(statistics: Statistics) -> Related:
    """The figures of a year, and all that ties them."""
    found = Related()
    for shown in shown_in(statistics):
        found.values.setdefault(shown.key, shown.value)
    _tie_indicators(found, [one.id for one in statistics.indicators])
    for name in statistics.tables:
        _Table(found, statistics, name).tie()
    return found


def between_years(before: Statistics, after: Statistics) -> list[Mapping[tuple[int, Key], int]]:
    """What ties the figures of a year to those of the year before.

    Who is there is who was there, less who left last year, plus who came; an engagement under way
    was so last year, or is concluded and not reviewed. People who leave and come back make these
    untrue by a constant, which is taken as known: that hides rather more than less.
    """
    found: list[Mapping[tuple[int, Key], int]] = []

    def flow(stock: Key, gone: tuple[int, Key], come: Key) -> None:
        last, this = before.year, after.year
        found.append({(this, stock): 1, (last, stock): -1, gone: 1, (this, come): -1})

    flow(("active",), (before.year, ("exits",)), ("entries",))
    flow(("engagements_open",), (after.year, ("engagements_reviewed",)), ("engagements_signed",))
    for row in after.tables["types"][:-1]:
        code = row.labels["Engagement"]
        gone = (after.year, type_key(code, "Évalués"))
        flow(type_key(code, "En cours"), gone, type_key(code, "Conclus"))
    for name in breakdown_names(list(after.tables)):
        if name in before.tables and field_of(name) not in _MOVING:
            for row in after.tables[name][:-1]:
                people, left, came = (
                    breakdown_key(name, row.label, column)
                    for column in ("Personnes", "Sorties", "Entrées")
                )
                flow(people, (before.year, left), came)
    return found


def _tie_indicators(found: Related, ids: Sequence[str]) -> None:
    statuses = [f"actions.{name}" for name in (*STATUS_IDS.values(), NO_STATUS_ID)]
    for family in ("engagements_signed", "engagements_reviewed", "actions"):
        members = [one for one in ids if one.startswith(f"{family}.") and one not in statuses]
        found.add_up((family,), [(one,) for one in members])
    found.add_up(("actions",), [(one,) for one in statuses])
    for identifier, cases in (
        ("planned_days_median", "engagements_signed"),
        ("actual_days_median", "engagements_reviewed"),
        ("first_proposal_days_median", "entries"),
        ("first_proposal_on_time_rate", "entries"),
        ("first_mission_days_median", "entries"),
    ):
        parts = [indicator_key(identifier, part) for part in (DENOMINATOR, UNKNOWN)]
        found.add_up((cases,), parts)
    on_time, proposals = "first_proposal_on_time_rate", "first_proposal_days_median"
    had_one = indicator_key(proposals, DENOMINATOR)
    found.keep_within(indicator_key(on_time, DENOMINATOR), had_one)
    found.keep_within(had_one, indicator_key(on_time, NUMERATOR))
    kept = "reviewed_on_time_rate"
    found.keep_within(indicator_key(kept, DENOMINATOR), indicator_key(kept, NUMERATOR))
    signed = "engagements_with_signature"
    found.keep_within(("engagements_signed",), (signed,), indicator_key(signed, UNKNOWN))
    found.keep_within(("missions",), indicator_key("mission_hours", UNKNOWN))
    found.keep_within(("actions",), indicator_key("minutes", UNKNOWN))
    _tie_later(found)
    _tie_missions(found)
    dynamic = [("exits", one.value, "Comptées") for one in ExitCategory if one.dynamic]
    found.add_up(DYNAMIC, dynamic)
    other = ("exits", ExitCategory.OTHER.value, "Comptées")
    found.add_up(("exits_countable",), [DYNAMIC, other, UNDOCUMENTED])


def _tie_later(found: Related) -> None:
    """Who said how they are, was not reached, or is still to be asked; whoever was withdrawn is
    not.
    """
    known, asked = (indicator_key("later_known", part) for part in (NUMERATOR, DENOMINATOR))
    told, others = [later_key(one) for one in TOLD], [later_key(NOT_REACHED), later_key(NOT_KNOWN)]
    if all(key in found.values for key in (*told, *others)):
        found.add_up(known, told)
        found.add_up(asked, [known, *others])
    else:  # a team's own sensitive word put some of them under another line
        found.keep_within(asked, known)
        found.keep_within(known, *told)
    withdrawn = ("exits", ExitCategory.WITHDRAWN.value, "Sorties")
    found.keep_within(later_key(NOT_TO_ASK), withdrawn)


def _tie_missions(found: Related) -> None:
    """Missions are salaried, or of a nature that is counted alone, or of another."""
    salaried, unsaid = ("clients", TOTAL, "Missions"), ("immersions", UNKNOWN)
    found.keep_within(("missions",), ("immersions",), ("internships",), salaried)
    found.keep_within(("missions",), ("immersions",), ("internships",), unsaid)
    found.keep_within(salaried, indicator_key("mission_hours", UNKNOWN))
    found.keep_within(salaried, unsaid)
    found.keep_within(("active",), ("ceiling_near",), ("ceiling_over",))


@dataclass(frozen=True, slots=True)
class _Table:
    """One table of a year, whose relations go to `found`."""

    found: Related
    statistics: Statistics
    name: str

    @property
    def rows(self) -> Sequence[TableRow]:
        return self.statistics.tables[self.name]

    @property
    def body(self) -> Sequence[TableRow]:
        """The lines without that of the totals."""
        return [row for row in self.rows if not row.is_total]

    def key(self, row: TableRow, column: str) -> Key:
        return cell_key(self.statistics, self.name, row, column)

    def tie(self) -> None:
        """The sums of the columns, then what is special to the table."""
        body = self.body
        for total in (row for row in self.rows if row.is_total):
            for column in total.cells:
                self.found.add_up(self.key(total, column), [self.key(r, column) for r in body])
        special = {
            "types": self._tie_types,
            "succession": self._tie_succession,
            "exits": self._tie_exits,
            "exit_reasons": self._tie_reasons,
            "freins": self._tie_barriers,
            "publics": self._tie_publics,
            "lengths": self._tie_lengths,
            "outcomes": self._tie_outcomes,
            "freins_levels": self._tie_levels,
            "orientations": self._tie_orientations,
        }
        if self.name in special:
            special[self.name]()
        elif self.name in breakdown_names(list(self.statistics.tables)):
            self._tie_breakdown()

    def _tie_types(self) -> None:
        answers = [*(answer.value for answer in Achieved), "Sans réponse"]
        for row in self.rows:
            self.found.add_up(self.key(row, "Évalués"), [self.key(row, one) for one in answers])
            self.found.keep_within(self.key(row, "Conclus"), self.key(row, "Signés"))

    def _tie_succession(self) -> None:
        """What has followed nothing was reviewed in the year; what follows was concluded in it."""
        for row in self.rows:
            parts = [self.key(row, column) for column in row.cells if column != TOTAL]
            self.found.add_up(self.key(row, TOTAL), parts)
        for row in self.body:
            reviewed = type_key(row.labels["Engagement"], "Évalués")
            self.found.keep_within(reviewed, self.key(row, NOTHING))
        for total in self.rows[-1:]:
            for column in total.cells:
                if column not in (TOTAL, EXIT, NOTHING):
                    concluded = type_key(column, "Conclus")
                    self.found.keep_within(concluded, self.key(total, column))

    def _tie_exits(self) -> None:
        for row in self.rows:
            self.found.keep_within(self.key(row, "Sorties"), self.key(row, "Comptées"))

    def _tie_reasons(self) -> None:
        for category in dict.fromkeys(row.labels["Catégorie"] for row in self.body):
            own = [row for row in self.body if row.labels["Catégorie"] == category]
            for column in ("Sorties", "Comptées"):
                self.found.add_up(("exits", category, column), [self.key(r, column) for r in own])
        self._tie_exits()

    def _tie_barriers(self) -> None:
        ways = [*(way.value for way in Accompaniment), NOT_SAID]
        for row in self.rows:
            people = self.key(row, "Personnes")
            self.found.add_up(people, [self.key(row, way) for way in ways])
            self.found.keep_within(people, self.key(row, "Levés dans l'année"))
            self.found.keep_within(("active",), people)

    def _tie_publics(self) -> None:
        """The lines of one column of Personnes and those who left it empty: no more than all."""
        whole = self.found.values
        workers = ("people_in_mission",)
        for field_name in dict.fromkeys(LINES.values()):
            unsaid = ("publics", field_name, NOT_SAID)
            if unsaid not in whole:  # lines left out
                continue
            lines = [("publics", one, "Personnes") for one in LINES if LINES[one] == field_name]
            there = [line for line in lines if line in whole]
            if field_name == "title" or not there:  # nothing else can be typed
                self.found.add_up(workers, [*there, unsaid])
            else:
                self.found.keep_within(workers, *there, unsaid)

    def _tie_lengths(self) -> None:
        """Exits are as in a breakdown."""
        for row in self.rows:
            self.found.keep_within(self.key(row, "Sorties"), self.key(row, "Sorties comptées"))
            counted = self.key(row, "Sorties comptées")
            self.found.keep_within(counted, self.key(row, "Sorties dynamiques"))

    def _tie_outcomes(self) -> None:
        """What ended in the year was under way in it."""
        for total in self.rows[-1:]:
            immersions, placements, salaried, others = (self.key(total, c) for c in total.cells)
            self.found.keep_within(("missions",), immersions, placements, salaried, others)
            self.found.keep_within(("immersions",), immersions)
            self.found.keep_within(("internships",), placements)
            self.found.keep_within(("clients", TOTAL, "Missions"), salaried)

    def _tie_levels(self) -> None:
        for row in self.rows:
            people, *changes = (self.key(row, column) for column in row.cells)
            self.found.add_up(people, changes)

    def _tie_orientations(self) -> None:
        for row in self.rows:
            whole, *results = (self.key(row, column) for column in row.cells)
            self.found.add_up(whole, results)

    def _tie_breakdown(self) -> None:
        for row in self.rows:
            self.found.keep_within(self.key(row, "Sorties"), self.key(row, "Sorties comptées"))
            counted = self.key(row, "Sorties comptées")
            self.found.keep_within(counted, self.key(row, "Sorties dynamiques"))
        if field_of(self.name) == "exit_reason":
            self._tie_reasons_alone()

    def _tie_reasons_alone(self) -> None:
        """A reason alone is that reason in every category."""
        reasons = self.statistics.tables.get("exit_reasons", ())[:-1]
        for row in self.body:
            own = [one for one in reasons if one.labels["Motif"] == row.label]
            for column, there in (("Sorties", "Sorties"), ("Sorties comptées", "Comptées")):
                parts = [cell_key(self.statistics, "exit_reasons", one, there) for one in own]
                self.found.add_up(self.key(row, column), parts)
