"""The sheet `Qui compte AAAA`: filtered as a person would, it gives the lines of every figure."""

from __future__ import annotations

import re
import tempfile
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cedre_xlsx import api
from cedre_xlsx.demonstration.association import association as demonstration
from cedre_xlsx.method.vocabulary import Accompaniment, ExitCategory, StructureKind
from cedre_xlsx.reports.layout import HEADING_ROW
from cedre_xlsx.reports.statistics import CountedLine, Statistics, compute, yearly_sheets
from cedre_xlsx.reports.statistics.definitions import (
    ANSWER_IDS,
    NO_STATUS,
    NO_STATUS_ID,
    STATUS_IDS,
    UNKNOWN_ID,
    Unit,
    definition_of,
)
from cedre_xlsx.reports.statistics.who_places import PLACES, UNKNOWN_PLACES, WhoPlace
from cedre_xlsx.schema.records import Records
from cedre_xlsx.workbook.generated import GeneratedSheet, Link, SheetRow, Value
from cedre_xlsx.workbook.read import read_workbook
from cedre_xlsx.workbook.template.filling import Filling
from tests.package_checker import check_package
from tests.reports.statistics.test_oracle import ON, association
from tests.reports.statistics.test_who import numbered
from tests.rules.rule_cases import action, left, mission, person, with_settings, workbook
from tests.workbook.package.splice_support import splice

YEAR = 2025
YES, NO, UNKNOWN = "oui", "non", "inconnu"


def sheets(records: Records, year: int = YEAR, on: date = ON) -> tuple[GeneratedSheet, ...]:
    return yearly_sheets(records, (year,), on=on, workbook="essai.xlsx", version="9")


@dataclass(frozen=True)
class Listed:
    """One list of the sheet: its lines by heading, the two rows of figures above it."""

    lines: Sequence[Mapping[str, Value]]
    figures: Mapping[str, Value]
    unknowns: Mapping[str, Value]


def lists(sheet: GeneratedSheet) -> dict[str, Listed]:
    """Every list by its name, read from the rows that its table stands on."""
    found = {}
    for one in sheet.stretches:
        rows = [
            sheet.rows[n - sheet.first_row].values for n in range(one.heading_row, one.last_row + 1)
        ]
        above = [sheet.rows[one.heading_row - sheet.first_row - n].values for n in (2, 1)]
        assert rows[0] == one.headings
        name = re.sub(r"tQuiCompte\d+", "", one.name)
        lines = [dict(zip(one.headings, row, strict=True)) for row in rows[1:] if any(row)]
        figures, unknowns = (dict(zip(one.headings, row, strict=False)) for row in above)
        found[name] = Listed(lines, figures, unknowns)
    return found


def begins(value: Value, word: str) -> bool:
    return isinstance(value, str) and (value == word or value.startswith((f"{word} ", f"{word} :")))


def picked(listed: Listed, place: WhoPlace, identifier: str, part: str) -> list[tuple[str, str]]:
    """The lines that a filter leaves: "oui" or a number, "non", or "inconnu" in some column."""
    kept = []
    for line in listed.lines:
        value = line[place.column]
        if part == "unknown":
            is_there = isinstance(value, str) and UNKNOWN in value
        elif part == "others":
            is_there = begins(value, NO)
        else:
            is_there = begins(value, YES) or isinstance(value, int | float)
            is_there &= value != 0 or place.column != "Minutes"
        if is_there and also(line, identifier, part):
            link = line["Ligne"]
            assert isinstance(link, Link)
            assert link.cell == link.text
            kept.append((link.sheet, link.text))
    return sorted(kept)


ANSWERS = {name: answer.value for answer, name in ANSWER_IDS.items()} | {UNKNOWN_ID: "sans réponse"}
STATUSES = {name: status.value for status, name in STATUS_IDS.items()}
STATUSES[NO_STATUS_ID] = NO_STATUS


def also(line: Mapping[str, Value], identifier: str, part: str) -> bool:
    """Whether the line is of the type, the answer, the status or the category of the figure."""
    family, _, member = identifier.partition(".")
    if identifier == "durable_exit_rate":
        durable = line["Catégorie de sortie"] == ExitCategory.DURABLE.value
        return part == "unknown" or durable == (part == "counted")
    if not member:
        return True
    if family == "engagements_reviewed":
        return line["Actions réalisées"] == ANSWERS[member]
    if member in STATUSES:
        return line["Statut"] == STATUSES[member]
    return line["Type"] == (UNKNOWN if member == UNKNOWN_ID else member)


def assert_filters_give_the_lines(told: Statistics, sheet: GeneratedSheet) -> None:
    found = lists(sheet)
    for one in told.indicators:
        behind = told.who(one.id)
        place = PLACES[definition_of(one.id).id]
        counted = picked(found[place.block], place, one.id, "counted")
        others: list[tuple[str, str]] = []
        if one.id == "durable_exit_rate":  # the others are those of another category
            every = picked(found[place.block], PLACES["exits_countable"], "", "counted")
            others = sorted(set(every) - set(counted))
        elif behind.others:
            others = picked(found[place.block], place, one.id, "others")
        lines = behind.counted
        if one.id == "minutes":  # 0 is also the time of what is counted on another line
            lines = tuple(line for line in lines if line.amount)
        assert counted == places(lines), one.id
        assert others == places(behind.others), one.id
        if "." not in one.id:  # the unknowns of a type or an answer are a figure of their own
            lost = UNKNOWN_PLACES.get(one.id, place)
            unknown = picked(found[lost.block], lost, one.id, "unknown")
            assert unknown == places(behind.unknown), one.id


def places(lines: Iterable[CountedLine]) -> list[tuple[str, str]]:
    """The cells of these lines that the sheet links to."""
    return sorted((line.sheet, f"{column(line.sheet)}{line.row}") for line in lines)


def column(sheet: str) -> str:
    """The column that names people there."""
    return {"Engagements": "C"}.get(sheet, "A")


@pytest.mark.slow
@pytest.mark.parametrize("kind", [StructureKind.AI, StructureKind.ACI, None])
@pytest.mark.parametrize("year", [2023, 2025, 2026])
def test_filters_give_the_lines_of_every_figure(year: int, kind: StructureKind | None) -> None:
    records = numbered(association(year, 120, kind))
    assert_filters_give_the_lines(compute(records, year, on=ON), sheets(records, year)[1])


@settings(deadline=None, max_examples=15)
@given(
    st.integers(0, 10_000),
    st.integers(1, 10),
    st.integers(2023, 2026),
    st.sampled_from([None, *StructureKind]),
    st.dates(date(2023, 6, 1), ON),
)
def test_filters_give_the_lines_of_small_ones(
    seed: int, people: int, year: int, kind: StructureKind | None, on: date
) -> None:
    records = numbered(association(seed, people, kind))
    told = compute(records, year, on=on)
    if not told.is_silent:
        assert_filters_give_the_lines(told, sheets(records, year, on)[1])


#: They have no column of their own: what they divide has.
NOT_SHOWN = ("durable_exit_rate", "etp", "active_per_support", "active_per_supervision")


def test_the_figures_stand_above_their_lists() -> None:
    records = numbered(association(3, 120))
    told = compute(records, YEAR, on=ON)
    found = lists(sheets(records)[1])
    for identifier, place in PLACES.items():
        if identifier.endswith("*") or identifier in NOT_SHOWN:
            continue
        one, listed = told.indicator(identifier), found[place.block]
        unit = definition_of(identifier).unit
        shown = listed.figures[place.column]
        if unit is Unit.RATE:
            assert shown == f"{one.numerator} / {one.denominator}"
        elif unit.is_median:
            assert shown == "méd. " + f"{one.value:g}".replace(".", ",")
        else:
            assert shown == pytest.approx(one.value, abs=0.005)
        lost = UNKNOWN_PLACES.get(identifier, place)
        assert found[lost.block].unknowns[lost.column] == one.unknown


def counted_by(lines: Iterable[Mapping[str, Value]], *headings: str) -> Counter[tuple[Value, ...]]:
    return Counter(tuple(line[heading] for heading in headings) for line in lines)


def test_the_tables_of_the_year_are_found_by_filters_too() -> None:
    records = numbered(association(3, 120))
    told, found = compute(records, YEAR, on=ON), lists(sheets(records)[1])
    people, engagements = found["Personnes"].lines, found["Engagements"].lines
    exits = [line for line in people if begins(line["Sortie"], YES)]
    for row in told.tables["exit_reasons"][:-1]:
        own = [
            line
            for line in exits
            if (line["Catégorie de sortie"], line["Motif de sortie"])
            == (row.labels["Catégorie"], row.labels["Motif"])
        ]
        assert len(own) == row.cells["Sorties"]
        assert sum(begins(line["Sortie comptée"], YES) for line in own) == row.cells["Comptées"]
    steps = counted_by((line for line in engagements if line["Suite"]), "Type", "Suite")
    for row in told.tables["succession"][:-1]:
        kind = UNKNOWN if row.label == "Non renseigné" else row.label
        for step, count in row.cells.items():
            if step != "Total":
                assert steps[kind, step] == count
    for row in told.tables["advisors"][:-1]:
        own = [line for line in people if line["Accompagnateur"] == row.label]
        assert sum(begins(line["File active"], YES) for line in own) == row.cells["Personnes"]
        assert sum(begins(line["Entrée"], YES) for line in own) == row.cells["Entrées"]
    for row in told.tables["freins"]:
        own = [line for line in found["Freins"].lines if line["Frein"] == row.label]
        assert len(own) == row.cells["Personnes"]
        for way in Accompaniment:
            assert sum(line["Accompagné"] == way.value for line in own) == row.cells[way.value]
        assert (
            sum(line["Levé dans l'année"] == YES for line in own) == row.cells["Levés dans l'année"]
        )
    for row in told.tables["Commune"][:-1]:
        own = [line for line in people if line["Par Commune"] == row.label]
        assert sum(begins(line["File active"], YES) for line in own) == row.cells["Personnes"]
    assert_tables_of_funders(told, found)
    publics = {row.label: row.cells for row in told.tables["publics"]}
    workers = found["Publics"].lines
    assert len(workers) == told.indicator("people_in_mission").value
    for label, heading, value in (
        ("dont hommes", "Civilité", "hommes"),
        ("dont bénéficiaires du RSA", "RSA", YES),
        ("dont personnes reconnues RQTH", "RQTH", YES),
        ("dont moins de 26 ans", "Âge", "moins de 26 ans"),
        ("dont 50 ans et plus", "Âge", "50 ans et plus"),
    ):
        assert sum(line[heading] == value for line in workers) == publics[label]["Personnes"]
        assert sum(line[heading] == UNKNOWN for line in workers) == publics[label]["Non renseigné"]


def assert_tables_of_funders(told: Statistics, found: Mapping[str, Listed]) -> None:
    """Lengths, what is ahead, kinds of client, outcomes, freins: by the columns of their lists."""
    people, missions, freins = (found[one].lines for one in ("Personnes", "Missions", "Freins"))
    exits = [line for line in people if begins(line["Sortie"], YES)]
    for row in told.tables["lengths"][:-1]:
        assert counted_by(exits, "Durée du parcours")[row.label,] == row.cells["Sorties"]
    for column in ("Fin de contrat", "Fin de PASS IAE"):
        ends, table = counted_by(people, column), column.replace("Fin ", "Fins ")
        for row in told.tables["load"][:-1]:
            assert ends[row.label,] == row.cells[table]
    kinds = counted_by(missions, "Type de client")
    for row in told.tables["clients"][:-1]:
        assert kinds[row.label,] == row.cells["Missions"]
    outcomes = counted_by(missions, "Débouché")
    for row in told.tables["outcomes"][:-1]:
        assert outcomes[row.label,] == sum(value or 0 for value in row.cells.values())
    changes = counted_by(freins, "Frein", "Évolution")
    for row in told.tables["freins_levels"]:
        for change, count in row.cells.items():
            assert change == "Personnes" or changes[row.label, change] == count
    results = counted_by(freins, "Orientation", "Résultat")
    for row in told.tables["orientations"][:-1]:
        for result, count in row.cells.items():
            assert result == "Orientations" or results[row.label, result] == count


def test_a_month_of_hours_is_found_from_the_hours_a_day() -> None:
    rows = [mission(start="20/04", end="09/05", hours=40.0), mission(start="01/02", end="02/02")]
    records = workbook([*rows, person()])
    april = next(
        row.cells["Heures de mission"]
        for row in compute(records, 2026, on=ON).tables["months"]
        if row.label == "2026-04"
    )
    line = lists(sheets(records, 2026)[1])["Missions"].lines[0]
    assert (line["Heures par jour"], line["Heures"]) == (2, 40)
    assert april == 11 * 2  # from the 20th to the 30th


@pytest.mark.slow
@pytest.mark.parametrize(
    ("hours", "said"),
    [
        ((20, 20, 39), False),
        ((20, 20, 40), False),  # half
        ((20, 20, 41), True),
        ((0, 20, 41), False),  # of two lines, one is the larger
    ],
)
def test_a_line_that_makes_up_more_than_half_is_named(hours: tuple[float, ...], said: bool) -> None:
    missions = [mission(client=name, hours=float(n)) for name, n in zip("ABC", hours, strict=True)]
    actions = [action(day=f"0{n}/05", minutes=int(minutes)) for n, minutes in enumerate(hours, 4)]
    sheet = sheets(workbook([person(), *missions, *actions]), 2026)[1]
    texts = [str(row.values[0]) for row in sheet.rows if row.values and row.values[0]]
    found = [text for text in texts if "plus de la moitié" in text]
    assert [text.replace("\u202f", " ").replace("\u00a0", " ") for text in found] == [
        f"{heading} : sans une ligne, le chiffre perdrait plus de la moitié (41 sur 81). "
        f"À vérifier : Martin Paul, A7 de {name}."
        for heading, name in (("Heures", "Missions"), ("Minutes", "Suivi"))
        if said
    ]


def test_a_column_of_several_lines_of_the_state_says_which_one_counts() -> None:
    rows = [
        person("A", education="Qualifications non certifiantes", birth_year=2003, aah=True),
        person(
            "B", education="Diplôme obtenu BAC", birth_year=1985, unemployment="24 mois et plus"
        ),
        person("C", birth_year=None),
        *(mission(name, hours=20.0) for name in "ABC"),
    ]
    lines = lists(sheets(workbook(rows), 2026)[1])["Publics"].lines
    shown = ("Niveau de formation", "Âge", "Durée d'inscription à France Travail", "AAH")
    assert [tuple(line[heading] for heading in shown) for line in lines] == [
        ("qualifications non certifiantes", "moins de 26 ans", UNKNOWN, YES),
        ("autre", "autre", "depuis 24 mois et plus", UNKNOWN),
        (UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN),
    ]


def test_an_exit_that_is_not_counted_says_why() -> None:
    rows = [
        with_settings(kind=StructureKind.AI),
        left("Retrait", exit_category=ExitCategory.WITHDRAWN),
        left("Trop court"),
        mission("Trop court", hours=20.0),
        left("Sans catégorie", exit_category=None),
        left("Compté"),
        mission("Compté", hours=200.0),
    ]
    lines = lists(sheets(workbook(rows), 2026)[1])["Personnes"].lines
    assert [
        (line["Personne"], line["Sortie comptée"], line["Sortie dynamique"]) for line in lines
    ] == [
        ("Compté", "oui", "oui"),
        ("Retrait", "non : retrait", None),
        ("Sans catégorie", "oui (inconnu)", "non (inconnu)"),
        ("Trop court", "non : sous le seuil", None),
    ]


@pytest.mark.slow
def test_breakdowns_whose_headings_are_ours_or_the_same() -> None:
    """A table of Excel has no heading twice, whatever the case."""
    settings_of = with_settings(breakdowns=("Commune", "COMMUNE", "Motif de sortie", "x" * 300))
    records = workbook([settings_of, person("A", extra={"Commune": "Ambert"})])
    made = sheets(records, 2026)[1]
    for one in made.stretches:
        headings = [heading.casefold() for heading in one.headings]
        assert len(set(headings)) == len(headings)
        assert all(0 < len(heading) < 200 for heading in headings)
    assert check_package(splice(api.workbook_bytes(Filling()), [made], on=ON).data) == []


# Names.


def texts(rows: Iterable[SheetRow]) -> list[str]:
    return [
        value.text if isinstance(value, Link) else str(value)
        for row in rows
        for value in row.values
        if value is not None
    ]


@pytest.mark.slow
def test_the_statistics_name_nobody_and_the_list_nothing_more_than_it_needs() -> None:
    filling = demonstration(date(2026, 9, 30)).filling
    names = {str(line["last_name"]) for line in filling.rows["tPersonnes"]}
    on = date(2026, 9, 30)
    statistics, who = made_from(filling, on)
    assert not [text for text in texts(statistics.rows) if any(name in text for name in names)]
    assert len([name for name in names if any(name in text for text in texts(who.rows))]) > 40
    told = " ".join(texts(who.rows))
    for table, field in (
        ("tSuivi", "action"), ("tSuivi", "objective"), ("tSuivi", "outcome"),
        ("tPersonnes", "request"), ("tEngagements", "needs"), ("tEngagements", "object"),
        ("tMissions", "client"), ("tFreins", "remarks"),
    ):  # fmt: skip
        typed = {str(line[field]) for line in filling.rows[table] if line.get(field)}
        assert not [text for text in typed if len(text) > 12 and text in told], (table, field)


def made_from(filling: Any, on: date) -> tuple[GeneratedSheet, ...]:
    data = api.workbook_bytes(filling)
    return yearly_sheets(records_of(data, on), (on.year,), on=on, workbook="w", version="9")


def records_of(data: bytes, on: date) -> Records:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "w.xlsx"
        file.write_bytes(data)
        return read_workbook(file, on=on).records


def test_health_stands_last_and_is_not_printed() -> None:
    made = sheets(numbered(association(3, 60)))[1]
    names = [re.sub(r"tQuiCompte\d+", "", one.name) for one in made.stretches]
    assert names == ["Personnes", "Engagements", "Missions", "Suivi", "Freins", "Publics"]
    sheet = drawn(made)
    last = int(str(sheet.print_area).rpartition("$")[2])
    suivi, freins = made.stretches[3], made.stretches[4]
    assert suivi.last_row <= last < freins.heading_row
    words = ("Santé", "Justice", "RQTH", "AAH")
    printed = texts(made.rows[: last - HEADING_ROW + 1])
    assert not [text for text in printed if any(word in text for word in words)]


def drawn(made: GeneratedSheet) -> Any:
    from openpyxl import Workbook

    sheet = Workbook().active
    made.draw(sheet, made.last_row)  # type: ignore[arg-type]
    return sheet
