"""Lines made anonymous, limit by limit: what is typed, what stays of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cedre_xlsx.method.values import Deadline
from cedre_xlsx.method.vocabulary import StructureKind
from cedre_xlsx.privacy.anonymous.births import told_birth
from cedre_xlsx.privacy.anonymous.dates import shifts_of
from cedre_xlsx.privacy.anonymous.model import Tier
from cedre_xlsx.privacy.anonymous.plan import Asked, codes_of, planned, with_lines
from cedre_xlsx.privacy.anonymous.prove import proved
from cedre_xlsx.privacy.anonymous.shifts import Shifts
from cedre_xlsx.reports.statistics.compute import compute_years
from cedre_xlsx.reports.statistics.gone import (
    PARTS,
    GoneLine,
    GoneYear,
    gone_of,
    gone_rows,
    table_line_key,
)
from cedre_xlsx.schema.errors import CedreError
from cedre_xlsx.schema.records import Records
from cedre_xlsx.schema.settings import Settings
from tests.support import read_rows

ON = date(2026, 9, 30)
NAME = "Roseau Ana"
PERSON = {"Nom": "Roseau", "Prénom": "Ana"}


def read(**tables: Any) -> Records:
    """A workbook of Ana Roseau, by heading; the first line of each table stands in row 5."""
    people = tables.pop("tPersonnes", [{}])
    rows = {name: [{"Personne": NAME, **row} for row in some] for name, some in tables.items()}
    return read_rows(ON, tPersonnes=[{**PERSON, **row} for row in people], **rows).records


def asked(records: Records) -> Asked:
    people = (records.persons[NAME],)
    own = {("tPersonnes", row.row): row.extra for row in people[0].pathways}
    return Asked(people, codes_of(records, people, ON), ON, own)


def anonymous(records: Records) -> Records:
    """The records with Ana Roseau anonymous, whether or not a figure moves."""
    return with_lines(records, planned(records, asked(records)).lines, ())


def days(records: Records, settings: Settings | None = None) -> dict[tuple[str, int, str], str]:
    """Where each day goes, in French order without the year's first two figures."""
    shifts = shifts_of(records.persons.values(), settings or records.settings, ON)
    moved, _ = shifts.moved()
    return {
        (table[1:].lower(), row, field): f"{day:%d/%m/%y}"
        for (table, row, field, part), day in moved.items()
        if part != "first"
    }


REGISTERED = {"Date d'inscription": date(2020, 3, 17)}


@pytest.mark.parametrize(
    ("tables", "expected"),
    [
        # alone: the first of its month
        ({"tPersonnes": [REGISTERED]}, {("personnes", 5, "registered"): "01/03/20"}),
        # until the first proposal: 25 days, here as before
        (
            {"tPersonnes": [REGISTERED], "tSuivi": [{"Dates": "11/04/20"}]},
            {("personnes", 5, "registered"): "07/03/20", ("suivi", 5, "dated"): "01/04/20"},
        ),
        # a paper handed over is no proposal
        (
            {
                "tPersonnes": [REGISTERED],
                "tSuivi": [
                    {"Dates": "11/04/20", "Actions proposées": "Fiche remise au référent unique"}
                ],
            },
            {("personnes", 5, "registered"): "01/03/20", ("suivi", 5, "dated"): "01/04/20"},
        ),
        # an action before the registration, in its month, stays before it
        (
            {"tPersonnes": [REGISTERED], "tSuivi": [{"Dates": "05/03/20"}, {"Dates": "20/05/20"}]},
            {
                ("personnes", 5, "registered"): "13/03/20",
                ("suivi", 5, "dated"): "01/03/20",
                ("suivi", 6, "dated"): "16/05/20",
            },
        ),
        # from an engagement to its deadline and its review
        (
            {"tEngagements": [{"Date": date(2020, 3, 17), "Échéance": date(2020, 5, 20),
                               "Évaluation réalisée le": date(2020, 6, 10)}]},
            {
                ("engagements", 5, "agreed"): "08/03/20",
                ("engagements", 5, "deadline"): "11/05/20",
                ("engagements", 5, "reviewed"): "01/06/20",
            },
        ),
        # two engagements of one month stay one after the other
        (
            {"tEngagements": [{"Date": date(2020, 3, 17)}, {"Date": date(2020, 3, 9)}]},
            {("engagements", 5, "agreed"): "09/03/20", ("engagements", 6, "agreed"): "01/03/20"},
        ),
        # hours across months: to the day
        (
            {"tMissions": [{"Début": date(2020, 3, 17), "Fin": date(2020, 4, 3), "Heures": 20}]},
            {("missions", 5, "start"): "17/03/20", ("missions", 5, "end"): "03/04/20"},
        ),
        # in one month: by whole weeks
        (
            {"tMissions": [{"Début": date(2020, 3, 17), "Fin": date(2020, 3, 20), "Heures": 20}]},
            {("missions", 5, "start"): "03/03/20", ("missions", 5, "end"): "06/03/20"},
        ),
        # without hours: the length alone
        (
            {"tMissions": [{"Début": date(2020, 3, 17), "Fin": date(2020, 4, 20)}]},
            {("missions", 5, "start"): "01/03/20", ("missions", 5, "end"): "04/04/20"},
        ),
        # an exit after six months to the day, and after six months less a day
        (
            {"tPersonnes": [{**REGISTERED, "Date de sortie": date(2020, 9, 17)}]},
            {("personnes", 5, "registered"): "01/03/20", ("personnes", 5, "exited"): "01/09/20"},
        ),
        (
            {"tPersonnes": [{**REGISTERED, "Date de sortie": date(2020, 9, 16)}]},
            {("personnes", 5, "registered"): "02/03/20", ("personnes", 5, "exited"): "01/09/20"},
        ),
        # what is to come is counted by its day
        (
            {"tPersonnes": [{"Fin de PASS IAE": date(2026, 9, 12)}]},
            {("personnes", 5, "pass_end"): "12/09/26"},
        ),
    ],
)  # fmt: skip
def test_days_stay_as_near_as_figures_need(
    tables: dict[str, Any], expected: Mapping[tuple[str, int, str], str]
) -> None:
    assert days(read(**tables)) == expected


@pytest.mark.parametrize(
    ("born", "since", "until", "told", "how"),
    [
        (1990, 2018, 2020, 1992, "milieu de la tranche"),
        (1991, 2017, 2017, 1990, "autre année de la tranche"),  # 26: 1992 is 25
        (1994, 2018, 2020, 1994, "année exacte"),  # 26 in 2020 alone
        (1992, 2018, 2020, 1992, "milieu de la tranche"),
        (1970, 2019, 2020, 1970, "année exacte"),  # 50 in 2020, 49 in 2019
    ],
)
def test_a_year_of_birth_is_of_its_band(
    born: int, since: int, until: int, told: int, how: str
) -> None:
    pathway = {"Année de naissance": born, "Date d'inscription": date(since, 2, 1),
               "Date de sortie": date(until, 2, 1)}  # fmt: skip
    person = read(tPersonnes=[pathway]).persons[NAME]
    assert told_birth(born, person, Settings(), ON, ()) == (told, how)


def test_what_a_line_says_of_somebody_goes() -> None:
    after = anonymous(
        read(
            tPersonnes=[
                {
                    "Civilité": "Mme", "Accompagnateur": "Linda", "La demande": "Un travail",
                    "Motif de sortie": "Longue maladie", "RQTH": "OUI", "AAH": "NON", "QPV": "OUI",
                    "RSA": "elle dit ne pas savoir", "N° PASS IAE": "123456789012",
                    "Référent unique": "Mme Zut", "Orienteur": "Sa sœur Berthe",
                }
            ],
        )
    )  # fmt: skip
    [row] = after.people.rows
    told = {name: value for name, value in row if value not in (None, "", frozenset(), {})}
    assert told == {
        "row": 5, "last_name": "P-2026-001", "typed_person": "P-2026-001", "title": "Mme",
        "advisor": "Linda", "qpv": True, "rsa": "retiré",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("13/02/20 reporté au 14/03/20, malade", (date(2020, 2, 1), date(2020, 3, 2))),
        ("20/03/20 pour bilan", (date(2020, 3, 1), date(2020, 3, 1))),
        ("Se revoir après la première mission", None),
        ("quand elle pourra", None),
    ],
)
def test_a_deadline_keeps_its_days_alone(typed: str, expected: tuple[date, date] | None) -> None:
    [row] = anonymous(read(tSuivi=[{"Dates": "02/01/20", "Échéance": typed}])).follow_ups.rows
    found = row.deadline
    assert (found and (found.first, found.day)) == expected
    assert not isinstance(found, Deadline) or "malade" not in found.text


def test_what_cannot_be_read_still_cannot() -> None:
    [row] = anonymous(read(tPersonnes=[{"Date de sortie": "on ne sait pas"}])).people.rows
    assert row.exited is None
    assert row.unreadable == {"exited"}


def test_references_follow_and_keep_type_and_year() -> None:
    after = anonymous(
        read(
            tEngagements=[{"Réf. engagement": "CP-2020-007"}, {"Réf. engagement": "la sienne"}],
            tSuivi=[{"Réf. engagement": "cp-2020-7"}, {"Réf. engagement": "SA-2020-001"}],
        )
    )
    assert [row.reference for row in after.engagements.rows] == ["CP-2020-008", ""]
    assert [row.reference for row in after.follow_ups.rows] == ["CP-2020-008", ""]


@pytest.mark.slow
def test_a_line_of_health_goes_whole_and_its_number_stays() -> None:
    before = read(
        tPersonnes=[{**REGISTERED, "Date de sortie": date(2021, 2, 1)}],
        tFreins=[{"Frein": "Santé", "Accompagnement": "Externe"}, {"Frein": "Mobilité"}],
    )
    made = proved(before, asked(before))
    assert [row.barrier for row in made.records.barriers.rows] == ["Mobilité"]
    added = gone_of(made.memory).of(2020).tables["freins"].values()
    assert [(dict(one.labels), one.cells["Externe"]) for one in added] == [({"Frein": "Santé"}, 1)]
    old, new = (compute_years(one, (2020,), on=ON)[0] for one in (before, made.records))
    assert new.tables["freins"] == old.tables["freins"]
    assert new.who_in("freins", "Santé", "Personnes") == ()


@pytest.mark.slow
def test_a_session_with_people_who_stay_still_counts_once() -> None:
    session = {"Dates": "12/03/20", "Actions proposées": "Atelier", "Collectif": "OUI"}
    before = read_rows(
        ON,
        tPersonnes=[PERSON, {"Nom": "Lilas"}],
        tSuivi=[
            {"Personne": NAME, **session, "Temps consacré": 120},
            {"Personne": "Lilas", **session, "Temps consacré": 90},
        ],
    ).records
    made = proved(before, asked(before))
    assert [row.action for row in made.records.follow_ups.rows] == ["Séance 1", "Atelier"]
    assert gone_of(made.memory).of(2020).figures["minutes", "numerator"] == -90
    old, new = (compute_years(one, (2020,), on=ON)[0] for one in (before, made.records))
    assert (old.indicator("minutes").value, new.indicator("minutes").value) == (120, 120)


def test_the_code_is_of_the_year_of_the_last_contact() -> None:
    records = read(
        tPersonnes=[{**REGISTERED, "Date de sortie": date(2022, 2, 1)}],
        tSuivi=[{"Dates": "02/01/21"}],
    )
    assert codes_of(records, (records.persons[NAME],), ON) == {NAME: "P-2021-001"}


@pytest.mark.slow
def test_where_the_plan_is_wrong_the_count_keeps_the_days(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cedre_xlsx.privacy.anonymous.dates._join_first_events", lambda *_: None)
    before = read(tPersonnes=[REGISTERED], tSuivi=[{"Dates": "11/04/20"}])
    made = proved(before, asked(before))
    assert made.exact == {NAME}
    assert made.records.people.rows[0].registered == REGISTERED["Date d'inscription"]


@pytest.mark.slow
def test_a_figure_that_moves_all_the_same_stops_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "cedre_xlsx.privacy.anonymous.neutral._COUNTED_UNREADABLE", {}, raising=True
    )
    monkeypatch.setattr("cedre_xlsx.privacy.anonymous.prove._is_expected", lambda *_: True)
    monkeypatch.setattr("cedre_xlsx.privacy.anonymous.prove.to_add", lambda *_: {})
    before = read(
        tPersonnes=[{"Date d'inscription": "on ne sait plus"}], tSuivi=[{"Dates": "11/04/20"}]
    )
    with pytest.raises(CedreError, match=r"changerait un chiffre \(active, unknown de 20"):
        proved(before, asked(before))


@pytest.mark.slow
def test_what_has_no_end_is_remembered_for_all_years_to_come() -> None:
    before = read(tPersonnes=[REGISTERED], tFreins=[{"Frein": "Santé", "Repéré le": "02/05/2021"}])
    made = proved(before, asked(before))
    gone = gone_of(made.memory)
    assert {year: len(gone.of(year).tables) > 0 for year in (2019, 2020, 2021, 2030, 2050)} == {
        2019: False, 2020: False, 2021: True, 2030: True, 2050: True,
    }  # fmt: skip
    later = date(2040, 6, 1)
    old, new = (compute_years(one, (2039, 2040), on=later) for one in (before, made.records))
    assert [one.tables["freins"] for one in new] == [one.tables["freins"] for one in old]


@pytest.mark.slow
def test_a_second_wave_adds_to_the_first() -> None:
    rows = [{"Personne": name, "Frein": "Santé"} for name in ("Lilas", NAME)]
    people = [{**PERSON, **REGISTERED}, {"Nom": "Lilas", **REGISTERED}]
    before = read_rows(ON, tPersonnes=people, tFreins=rows).records
    first = proved(before, asked(before)).records
    lilas = (first.persons["Lilas"],)
    codes = codes_of(first, lilas, ON)
    assert codes == {"Lilas": "P-2020-002"}
    second = proved(first, Asked(lilas, codes, ON, {})).records
    [line] = gone_of(second.memory).of(2022).tables["freins"].values()
    assert line.cells["Personnes"] == 2
    old, new = (compute_years(one, (2022,), on=ON)[0] for one in (before, second))
    assert new.to_json_object() == old.to_json_object()


DAYS = st.dates(date(2015, 1, 1), date(2025, 12, 31))


@given(
    st.lists(DAYS, min_size=1, max_size=8), st.lists(st.integers(0, 7)), st.sets(st.integers(0, 7))
)
def test_days_that_move_stay_in_their_months(
    typed: list[date], together: list[int], by_weeks: set[int]
) -> None:
    shifts = Shifts()
    keys = [("t", number, "day", "") for number in range(len(typed))]
    for key, day in zip(keys, typed, strict=True):
        shifts.add(key, day)
    joined = [keys[one] for one in together if one < len(keys)]
    shifts.join(joined)
    for one in by_weeks & {*range(len(keys))}:
        shifts.by_weeks(keys[one])
    moved, tiers = shifts.moved()
    for number, (key, day) in enumerate(zip(keys, typed, strict=True)):
        assert (moved[key].year, moved[key].month) == (day.year, day.month)
        assert number not in by_weeks or (day - moved[key]).days % 7 == 0
        assert tiers[key] is not Tier.MONTH or moved[key].day == 1
    assert len({shifts.days[key] - moved[key] for key in joined}) <= 1


NUMBERS = st.dictionaries(st.sampled_from(["Personnes", "Externe"]), st.integers(-9, 9), min_size=1)


@given(
    st.dictionaries(
        st.integers(2015, 2030),
        st.builds(
            GoneYear,
            st.dictionaries(
                st.tuples(st.just("minutes"), st.sampled_from(PARTS)), st.integers(1, 99)
            ),
            st.just({}),
        ),
    ),
    st.dictionaries(st.sampled_from(["Santé", "Justice"]), NUMBERS, min_size=1),
)
def test_what_is_remembered_reads_as_it_was(
    years: dict[int, GoneYear], lines: dict[str, dict[str, int]]
) -> None:
    labels = {name: {"Frein": name} for name in lines}
    table = {
        table_line_key("freins", labels[name]): GoneLine(labels[name], cells)
        for name, cells in lines.items()
    }
    meant = {**years, 2031: GoneYear({}, {"freins": table})}
    found = gone_of(gone_rows(meant, 2033))
    assert found.of(2031) == meant[2031]
    assert found.of(2040) == GoneYear()
    assert {year: found.of(year).figures for year in years} == {
        year: one.figures for year, one in years.items()
    }
    assert found.last == 2033


def test_only_exact_days_are_called_so() -> None:
    records = read(tMissions=[{"Début": date(2020, 3, 17), "Fin": date(2020, 4, 3), "Heures": 9}])
    shifts = shifts_of(records.persons.values(), Settings(kind=StructureKind.AI), ON)
    assert set(shifts.moved()[1].values()) == {Tier.EXACT}
