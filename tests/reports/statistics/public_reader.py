"""A reader who wants to know: all that ties the numbers of publications, by their labels.

Nothing here is shared with what chooses the hidden numbers.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from cedre_xlsx.reports.statistics import Statistics
from cedre_xlsx.reports.statistics.values import TableRow

#: A number where it stands: year; indicator or table; line ("" of an indicator); part or column.
Place = tuple[int, str, str, str]
Sum = Mapping[Place, int]

CATEGORIES = ("Emploi durable", "Emploi de transition", "Sortie positive")
ANSWERS = {
    "OUI, totalement": "engagements_reviewed.yes",
    "OUI, en partie": "engagements_reviewed.partly",
    "NON": "engagements_reviewed.no",
    "Sans réponse": "engagements_reviewed.unknown",
}
STATUSES = ("to_propose", "under_way", "done", "dropped", "no_status")
UNSAID = "Non renseigné"
FIELDS = (
    ("dont hommes", "dont femmes"),
    ("dont bénéficiaires du RSA",),
    ("dont bénéficiaires de l'ASS",),
    ("dont bénéficiaires de l'AAH",),
    ("dont personnes reconnues RQTH",),
    ("dont résidants en ZRR",),
    ("dont résidants en QPV",),
    ("dont moins de 26 ans", "dont 50 ans et plus"),
    (
        "dont inscrits à France Travail depuis 12 à 23 mois",
        "dont inscrits à France Travail depuis 24 mois et plus",
    ),
    (
        "dont niveau CAP-BEP",
        "dont inférieur au CAP",
        "dont qualifications non certifiantes",
    ),
)
LENGTHS = "lengths"
FIXED = (
    "months", "types", "succession", "exits", "exit_reasons", "freins", "publics", "clients",
    LENGTHS, "weeks", "outcomes", "freins_levels", "orientations", "later_situations",
)  # fmt: skip
LATER = "later_known"
#: The situations that say how somebody is, six months after the exit.
SITUATIONS = (
    "Emploi durable", "Emploi de transition", "Formation", "Autre sortie positive", "Inactivité",
    "Chômage",
)  # fmt: skip
RATIOS = ("active_per_support", "active_per_supervision")


def label(row: TableRow) -> str:
    return row.label


def numbers(told: Statistics) -> dict[Place, float | None]:
    """Every number but the rates and the medians themselves, hours and minutes included."""
    found: dict[Place, float | None] = {}
    for one in told.indicators:
        found[told.year, one.id, "", "unknown"] = one.unknown
        if one.id.endswith(("_rate", "_median", LATER)):
            found[told.year, one.id, "", "denominator"] = one.denominator
            if one.id.endswith(("_rate", LATER)):
                found[told.year, one.id, "", "numerator"] = one.numerator
        elif one.id in RATIOS:
            found[told.year, one.id, "", "numerator"] = one.numerator
        elif one.id != "etp":
            found[told.year, one.id, "", "value"] = one.value
    for name, rows in told.tables.items():
        for row in rows:
            for column, value in row.cells.items():
                found[told.year, name, label(row), column] = value
    return found


def is_magnitude(place: Place) -> bool:
    is_sum = place[1] in ("minutes", "mission_hours") and place[3] == "value"
    return is_sum or place[3] == "Heures de mission"


def _in(place: Place, year: int) -> Place:
    """The same number in another year."""
    was, holder, line, part = place
    return (year, holder, line.replace(f"{was:04}-", f"{year:04}-"), part)


class Reader:
    """What a reader knows of some years' publications, one after the other."""

    def __init__(self, publications: Sequence[Statistics]) -> None:
        self.places = {place for told in publications for place in numbers(told)}
        self.sums: list[Sum] = []  # that a reader knows never to change
        self.floors: list[Sum] = []  # that a reader knows never to be negative
        for told in publications:
            self._read(told)
        for before, after in pairwise(publications):
            self._compare(before, after)

    def take_for_granted(self, true: Mapping[Place, float], threshold: int) -> None:
        """Add what holds in practice: what was equal, or left nothing over, in all the years.

        A year's belief rests on that year and those before it.
        """
        years = sorted({place[0] for place in self.places})
        for upto in range(1, len(years) + 1):
            self._believe(true, years[:upto], threshold)

    def _believe(self, true: Mapping[Place, float], years: Sequence[int], threshold: int) -> None:
        def value(place: Place, year: int) -> float:
            return true.get(_in(place, year), 0.0)

        now = sorted(p for p in self.places if p[0] == years[-1] and not is_magnitude(p))
        for floor in [one for one in self.floors if all(p[0] == years[-1] for p in one)]:
            if all(not sum(f * value(p, y) for p, f in floor.items()) for y in years):
                self.sums.append(floor)
        alike: dict[tuple[float, ...], Place] = {}
        for p in now:
            numbers = tuple(value(p, year) for year in years)
            if len({number for number in numbers if number >= threshold}) > 1:
                self._same(alike.setdefault(numbers, p), p)
            if p[1] == "types" and p[3] == "Évalués":
                twin = (p[0], "succession", p[2].split(" · ")[0], "Total")
                if twin in self.places and all(value(p, y) == value(twin, y) for y in years):
                    self._same(p, twin)

    def _sum(self, whole: Place, parts: Iterable[Place]) -> None:
        there = [part for part in parts if part in self.places]
        if whole in self.places:
            self.sums.append({whole: 1, **dict.fromkeys(there, -1)})

    def _same(self, one: Place, other: Place) -> None:
        if one != other and one in self.places and other in self.places:
            self.sums.append({one: 1, other: -1})

    def _at_most(self, whole: Place, *parts: Place) -> None:
        there = [part for part in parts if part in self.places]
        if whole in self.places and there:
            self.floors.append({whole: 1, **dict.fromkeys(there, -1)})

    def _read(self, told: Statistics) -> None:
        self.year = told.year
        self._read_totals(told)
        self._read_engagements(told)
        self._read_delays()
        self._read_types(told)
        self._read_exits(told)
        self._read_later()
        self._read_barriers(told)
        self._read_publics()
        self._read_breakdowns(told)
        self._read_work()
        self._read_lengths(told)
        self._read_levels(told)

    def i(self, identifier: str, part: str = "value") -> Place:
        return (self.year, identifier, "", part)

    def t(self, table: str, line: str, column: str) -> Place:
        return (self.year, table, line, column)

    def _read_engagements(self, told: Statistics) -> None:
        i = self.i
        ids = [one.id for one in told.indicators]
        codes = [one.split(".")[1] for one in ids if one.startswith("engagements_signed.")]
        self._sum(i("engagements_signed"), [i(f"engagements_signed.{code}") for code in codes])
        self._sum(i("engagements_reviewed"), [i(one) for one in ANSWERS.values()])
        self._sum(i("actions"), [i(f"actions.{one}") for one in STATUSES])
        self._sum(i("actions"), [i(f"actions.{code}") for code in codes])
        for code in codes[:-1]:
            for family in ("engagements_signed", "actions"):
                self._same(i(f"{family}.{code}", "unknown"), i(f"{family}.unknown"))
        for answer in ("yes", "partly", "no"):
            unknown = i(f"engagements_reviewed.{answer}", "unknown")
            self._same(unknown, i("engagements_reviewed.unknown"))

    def _read_delays(self) -> None:
        i = self.i
        for rate, whole in (
            ("planned_days_median", "engagements_signed"),
            ("actual_days_median", "engagements_reviewed"),
            ("first_proposal_days_median", "entries"),
            ("first_mission_days_median", "entries"),
            ("first_proposal_on_time_rate", "entries"),
        ):
            self._sum(i(whole), [i(rate, "denominator"), i(rate, "unknown")])
        proposal, judged = "first_proposal_days_median", "first_proposal_on_time_rate"
        self._at_most(i(judged, "denominator"), i(proposal, "denominator"))
        self._at_most(i(proposal, "denominator"), i(judged, "numerator"))
        kept = "reviewed_on_time_rate"
        self._at_most(i(kept, "denominator"), i(kept, "numerator"))
        both = "engagements_with_signature"
        self._at_most(i("engagements_signed"), i(both), i(both, "unknown"))
        self._at_most(i("missions"), i("mission_hours", "unknown"))
        self._same(i("mission_hours", "unknown"), i("etp", "unknown"))
        self._at_most(i("actions"), i("minutes", "unknown"))

    def _read_totals(self, told: Statistics) -> None:
        i, t = self.i, self.t
        for name, rows in told.tables.items():
            if not rows or name in ("freins", "publics", "freins_levels"):
                continue
            for column in rows[-1].cells:
                parts = [t(name, label(row), column) for row in rows[:-1]]
                self._sum(t(name, label(rows[-1]), column), parts)
        for column, identifier in (
            ("Entrées", "entries"),
            ("Sorties", "exits"),
            ("Engagements conclus", "engagements_signed"),
            ("Engagements évalués", "engagements_reviewed"),
            ("Actions", "actions"),
            ("Heures de mission", "mission_hours"),
        ):
            self._same(t("months", "Total", column), i(identifier))

    def _read_types(self, told: Statistics) -> None:
        i, t = self.i, self.t
        for row in told.tables["types"]:
            line, code = label(row), row.labels["Engagement"]
            suffix = "" if code == "Total" else ".unknown" if code == UNSAID else f".{code}"
            self._same(t("types", line, "Conclus"), i(f"engagements_signed{suffix}"))
            self._same(t("types", line, "Actions"), i(f"actions{suffix}"))
            self._sum(t("types", line, "Évalués"), [t("types", line, one) for one in ANSWERS])
            self._at_most(t("types", line, "Conclus"), t("types", line, "Signés"))
            if code != "Total":
                waiting = t("succession", code, "Sans suite à ce jour")
                self._at_most(t("types", line, "Évalués"), waiting)
                self._at_most(t("types", line, "Conclus"), t("succession", "Total", code))
        self._same(t("types", "Total", "Signés"), i("engagements_with_signature"))
        self._same(t("types", "Total", "En cours"), i("engagements_open"))
        self._same(t("types", "Total", "Évalués"), i("engagements_reviewed"))
        for answer, identifier in ANSWERS.items():
            self._same(t("types", "Total", answer), i(identifier))
        for row in told.tables["succession"]:
            parts = [t("succession", label(row), one) for one in row.cells if one != "Total"]
            self._sum(t("succession", label(row), "Total"), parts)

    def _read_exits(self, told: Statistics) -> None:
        i, t = self.i, self.t
        for rate in ("dynamic_exit_rate", "durable_exit_rate"):
            self._same(i(rate, "denominator"), i("exits_countable"))
            self._same(i(rate, "unknown"), i("exits_countable", "unknown"))
        self._same(i("durable_exit_rate", "numerator"), t("exits", CATEGORIES[0], "Comptées"))
        dynamic = i("dynamic_exit_rate", "numerator")
        self._sum(dynamic, [t("exits", one, "Comptées") for one in CATEGORIES])
        self._same(i("exits_countable", "unknown"), t("exits", UNSAID, "Comptées"))
        self._same(t("exits", "Total", "Sorties"), i("exits"))
        self._same(t("exits", "Total", "Comptées"), i("exits_countable"))
        for row in told.tables["exits"][:-1]:
            of = [
                one for one in told.tables["exit_reasons"] if one.labels["Catégorie"] == label(row)
            ]
            for column in ("Sorties", "Comptées"):
                parts = [t("exit_reasons", label(one), column) for one in of]
                self._sum(t("exits", label(row), column), parts)
        for name in ("exits", "exit_reasons"):
            for row in told.tables[name]:
                self._at_most(t(name, label(row), "Sorties"), t(name, label(row), "Comptées"))

    def _read_later(self) -> None:
        i = self.i

        def of(state: str) -> Place:
            return self.t("later_situations", state, "Sorties")

        known = i(LATER, "numerator")
        self._sum(known, map(of, SITUATIONS))
        asked = [known, of("Injoignable"), of("Non renseignée")]
        self._sum(i(LATER, "denominator"), asked)
        self._same(i(LATER, "unknown"), of("Non renseignée"))
        self._same(of("Total"), i("exits"))
        withdrawn = self.t("exits", "Retrait des sorties constatées", "Sorties")
        self._at_most(of("Pas à relever"), withdrawn)

    def _read_barriers(self, told: Statistics) -> None:
        i, t = self.i, self.t
        for row in told.tables["freins"]:
            line = label(row)
            ways = ["Interne", "Externe", "Les deux", "Aucun", UNSAID]
            self._sum(t("freins", line, "Personnes"), [t("freins", line, one) for one in ways])
            self._at_most(t("freins", line, "Personnes"), t("freins", line, "Levés dans l'année"))
            self._at_most(i("active"), t("freins", line, "Personnes"))

    def _read_publics(self) -> None:
        i, t = self.i, self.t
        workers = t("publics", "Salariés en insertion ayant travaillé dans l'année", "Personnes")
        self._same(workers, i("people_in_mission"))
        for lines in FIELDS:
            counts = [t("publics", line, "Personnes") for line in lines]
            unsaid = t("publics", lines[0], UNSAID)
            for line in lines[1:]:
                self._same(unsaid, t("publics", line, UNSAID))
            if lines[0] == "dont hommes":
                self._sum(workers, [*counts, unsaid])
            self._at_most(workers, *counts, unsaid)
        examined = "Total des sorties examinées"
        self._same(t("publics", examined, "Personnes"), i("exits_countable"))
        self._same(t("publics", examined, UNSAID), i("exits_countable", "unknown"))
        for line, category in zip(
            ("dont en emploi durable", "dont en emploi de transition", "dont sorties positives"),
            CATEGORIES,
            strict=True,
        ):
            self._same(t("publics", line, "Personnes"), t("exits", category, "Comptées"))

    def _read_work(self) -> None:
        i, t = self.i, self.t
        salaried, unsaid = t("clients", "Total", "Missions"), i("immersions", "unknown")
        self._same(t("clients", "Total", "Heures de mission"), i("mission_hours"))
        self._same(i("weeks_worked_median", "denominator"), i("people_in_mission"))
        self._same(t("weeks", "Total", "Personnes"), i("people_in_mission"))
        self._same(i("weeks_worked_median", "unknown"), i("mission_hours", "unknown"))
        self._same(i("internships", "unknown"), unsaid)
        self._same(i("ceiling_over", "unknown"), i("ceiling_near", "unknown"))
        self._at_most(i("missions"), i("immersions"), i("internships"), salaried)
        self._at_most(i("missions"), i("immersions"), i("internships"), unsaid)
        self._at_most(salaried, unsaid)
        self._at_most(salaried, i("mission_hours", "unknown"))
        over = [t("outcomes", "Total", one) for one in
                ("Immersions", "Stages", "Missions salariées", "Autres")]  # fmt: skip
        self._at_most(i("missions"), *over)
        for whole, part in ((i("immersions"), 0), (i("internships"), 1), (salaried, 2)):
            self._at_most(whole, over[part])
        self._at_most(i("active"), i("ceiling_near"), i("ceiling_over"))
        for one in RATIOS:
            self._same(i(one, "numerator"), i("active"))
            self._same(i(one, "unknown"), i("active", "unknown"))

    def _read_lengths(self, told: Statistics) -> None:
        i, t = self.i, self.t
        for row in told.tables[LENGTHS]:
            line = label(row)
            counted = t(LENGTHS, line, "Sorties comptées")
            self._at_most(t(LENGTHS, line, "Sorties"), counted)
            self._at_most(counted, t(LENGTHS, line, "Sorties dynamiques"))
        for column, place in (
            ("Sorties", i("exits")),
            ("Sorties comptées", i("exits_countable")),
            ("Sorties dynamiques", i("dynamic_exit_rate", "numerator")),
        ):
            self._same(t(LENGTHS, "Total", column), place)

    def _read_levels(self, told: Statistics) -> None:
        t = self.t
        for row in told.tables.get("freins_levels", ()):
            line = label(row)
            whole, *parts = (t("freins_levels", line, one) for one in row.cells)
            self._sum(whole, parts)
            for column in ("Personnes", "Levés dans l'année"):
                self._same(t("freins_levels", line, column), t("freins", line, column))
        for row in told.tables.get("orientations", ()):
            whole, *parts = (t("orientations", label(row), one) for one in row.cells)
            self._sum(whole, parts)

    def _read_breakdowns(self, told: Statistics) -> None:
        i, t = self.i, self.t
        for name in set(told.tables) - set(FIXED):
            for column, place in (
                ("Personnes", i("active")),
                ("Entrées", i("entries")),
                ("Sorties", i("exits")),
                ("Sorties comptées", i("exits_countable")),
                ("Sorties dynamiques", i("dynamic_exit_rate", "numerator")),
            ):
                self._same(t(name, "Total", column), place)
            for row in told.tables[name]:
                line = label(row)
                self._at_most(t(name, line, "Sorties"), t(name, line, "Sorties comptées"))
                counted = t(name, line, "Sorties comptées")
                self._at_most(counted, t(name, line, "Sorties dynamiques"))
                self._read_exits_again(told, name, line)

    def _read_exits_again(self, told: Statistics, name: str, line: str) -> None:
        """A breakdown by category or reason of exit says what the tables of exits say."""
        for column, other in (("Sorties", "Sorties"), ("Sorties comptées", "Comptées")):
            if name == "Catégorie de sortie" and line != "Total":
                self._same(self.t(name, line, column), self.t("exits", line, other))
            if name == "Motif de sortie" and line != "Total":
                of = [
                    row for row in told.tables["exit_reasons"][:-1] if row.labels["Motif"] == line
                ]
                parts = [self.t("exit_reasons", label(row), other) for row in of]
                self._sum(self.t(name, line, column), parts)

    def _compare(self, before: Statistics, after: Statistics) -> None:
        """Who is there was there and stayed, or came; the same of engagements under way."""

        def flow(stay: Sequence[str], gone: Place, come: Place) -> None:
            now, then = (after.year, *stay), (before.year, *stay)
            terms = {now: 1, then: -1, gone: 1, come: -1}
            self.sums.append({p: f for p, f in terms.items() if p in self.places})  # type: ignore[misc]

        flow(
            ("active", "", "value"),
            (before.year, "exits", "", "value"),
            (after.year, "entries", "", "value"),
        )
        for row in after.tables["types"]:
            line = label(row)
            flow(
                ("types", line, "En cours"),
                (after.year, "types", line, "Évalués"),
                (after.year, "types", line, "Conclus"),
            )
        for name in set(after.tables) & set(before.tables) - set(FIXED):
            if name in ("Année de naissance", "Date d'inscription"):
                continue  # the bands of last year are not those of this year
            spelled = {label(row).casefold(): label(row) for row in before.tables[name]}
            for row in after.tables[name]:
                line = label(row)
                old = spelled.get(line.casefold(), line)
                terms: dict[Place, int] = {
                    (after.year, name, line, "Personnes"): 1,
                    (before.year, name, old, "Personnes"): -1,
                    (before.year, name, old, "Sorties"): 1,
                    (after.year, name, line, "Entrées"): -1,
                }
                self.sums.append({p: f for p, f in terms.items() if p in self.places})
