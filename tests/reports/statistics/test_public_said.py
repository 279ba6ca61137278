"""What a publication leaves out and what it says: hours, rates, health and justice, the note."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from click.testing import CliRunner, Result

from cedre_xlsx.cli.stats import stats
from cedre_xlsx.method.vocabulary import ExitCategory, StructureKind
from cedre_xlsx.reports.statistics import compute
from cedre_xlsx.reports.statistics.public import publish
from cedre_xlsx.reports.statistics.public.figures import indicator_key, shown_in
from cedre_xlsx.reports.statistics.public.sensitive import without_sensitive
from cedre_xlsx.reports.statistics.public.series import series_up_to
from cedre_xlsx.reports.statistics.text import render_csv, render_text
from cedre_xlsx.reports.statistics.values import Line
from cedre_xlsx.schema.errors import CedreError
from cedre_xlsx.schema.settings import Settings
from tests.reports.statistics.public_reader import is_magnitude, numbers
from tests.reports.statistics.test_oracle import ON, association
from tests.reports.statistics.test_public import EXAMPLE, made
from tests.rules.rule_cases import (
    action,
    barrier,
    engagement,
    left,
    mission,
    person,
    with_settings,
    workbook,
)

AI = with_settings(kind=StructureKind.AI)
ILL: dict[str, Any] = {"exit_category": ExitCategory.WITHDRAWN, "exit_reason": "Longue maladie"}
GONE: dict[str, Any] = {"exit_category": ExitCategory.OTHER, "exit_reason": "Sans nouvelles"}
YEAR = 2026
WHEN = date(2026, 12, 31)

NAMES = ("Essai", "Linda", "Chloé", "Roux", "Martin")


@pytest.mark.slow
@pytest.mark.parametrize("threshold", [5, 11])
def test_no_small_number_and_no_name_is_published(threshold: int) -> None:
    records = made(21, 40, StructureKind.AI, threshold)
    told = publish(records, 2025, on=ON)
    counts = [p for p in numbers(told).items() if not is_magnitude(p[0]) and p[1] is not None]
    assert min(value for _, value in counts if value) >= threshold
    assert sum(value == 0 for _, value in counts) > 20, "zeros stay"
    private = compute(records, 2025, on=ON)
    for one in told.indicators:
        was = private.indicator(one.id)
        assert one.value in (None, was.value)
        if one.value is not None and one.id.endswith(("_rate", "_median")):
            assert one.denominator is not None or one.numerator == 0
            assert (one.numerator is None) == (was.numerator is None)
    text = json.dumps(told.to_json_object(), ensure_ascii=False)
    assert not any(name in text for name in NAMES)
    assert "advisors" not in told.tables
    assert told.private is None
    with pytest.raises(CedreError, match="ne dit pas qui est compté"):
        told.who("entries")
    assert not any(name in repr(told) for name in NAMES)


@pytest.mark.slow
def test_an_old_year_is_published_as_it_was() -> None:
    """What a year hides does not depend on the years after it, nor on being asked with them."""
    records = association(41, 20)
    alone = publish(records, 2024, on=ON)
    assert series_up_to(records, 2026, on=ON).published[1] == alone
    assert publish(records, 2024, on=ON) == alone


@pytest.mark.slow
def test_a_total_of_last_year_is_not_found_through_this_year() -> None:
    """2025: 13 there, 3 of them leave. 2026: who was there, less who left, plus who came."""
    rows = [
        *(left(f"A{n}", registered="03/02/25", exited="30/06/25") for n in range(3)),
        *(person(f"B{n}", registered="03/02/25") for n in range(10)),
        *(person(f"C{n}", registered="03/02/26") for n in range(6)),
    ]
    first = publish(workbook(rows), 2025, on=WHEN)
    then = publish(workbook(rows), 2026, on=WHEN)
    assert [first.indicator(name).value for name in ("active", "entries", "exits")] == [
        13,
        13,
        None,
    ]
    told = [then.indicator(name).value for name in ("active", "entries")]
    assert None in told, "13 - 3 + 6 = 16 would give the 3 back"


@pytest.mark.slow
def test_a_line_of_last_year_stays_when_nobody_is_in_it_any_more() -> None:
    """Without its line, 2026 would say that all three who were of Ambert left in 2025."""
    rows = [
        with_settings(breakdowns=("Commune",)),
        *(person(f"T{n}", registered="03/02/25", extra={"Commune": "Thiers"}) for n in range(9)),
        *(
            left(f"A{n}", registered="03/02/25", exited="30/06/25", extra={"Commune": "Ambert"})
            for n in range(3)
        ),
        action("T1", day="04/05/26"),
    ]
    told = series_up_to(workbook(rows), 2026, on=WHEN).figures[-1].tables["Commune"]
    private = compute(workbook(rows), 2026, on=WHEN).tables["Commune"]
    assert [row.label for row in told] == ["Thiers", "Ambert", "Total"]
    assert [row.label for row in private] == ["Thiers", "Total"]


@pytest.mark.parametrize(
    ("word", "told"),
    [
        ("Incarcération", False),
        ("Addictions", False),
        ("Handicaps", False),
        ("CSAPA", False),
        ("CAARUD", False),
        ("CMP", False),
        ("MDPH de l'Oise", False),
        ("Suivi judiciaire", False),
        ("Suivis judiciaires", False),
        ("Détention", False),
        ("Traitement", False),
        ("Traitements", False),
        ("Sous traitement médical", False),
        ("Centre de détention", False),
        ("Hospitalisée", False),
        ("R.Q.T.H.", False),
        ("Sortie de prison", False),
        ("Traitement de texte", True),
        ("Détention du permis", True),
        ("Formation", True),
        ("Mobilité", True),
        ("CCAS", True),
        ("Campagne", True),
    ],
)
def test_what_tells_of_health_or_justice_by_its_words(word: str, told: bool) -> None:
    labels = [word, "Autre", ""]
    rows = tuple(Line({"Ligne": label}, {"Personnes": 20}, is_total=not label) for label in labels)
    figures = compute(workbook([person("A")]), YEAR, on=WHEN)
    figures = replace(figures, tables={word: rows, "referrer": rows})
    plain = without_sensitive(figures, Settings()).tables
    assert (word in plain) == told
    assert [row.label for row in plain["referrer"]] == (
        labels if told else ["Autre", "Non détaillé", ""]
    )


def test_health_and_justice_only_when_asked_for() -> None:
    freins = ("Santé", "Justice", "Mobilité")
    rows = [
        replace(AI, breakdowns=("RQTH", "AAH", "Orienteur", "Accompagnateur")),
        *(
            person(
                f"P{n}",
                rqth=True,
                aah=True,
                referrer="SPIP" if n < 6 else "PJJ" if n < 12 else "PLIE",
            )
            for n in range(18)
        ),
        *(left(f"Q{n}", **ILL) for n in range(6)),
        *(barrier(f"P{n}", barrier=name) for n in range(6) for name in freins),
        *(mission(f"P{n}", hours=20.0) for n in range(6)),
    ]
    plain = publish(workbook(rows), YEAR, on=WHEN)
    full = publish(workbook(rows), YEAR, on=WHEN, with_sensitive=True)
    assert [row.label for row in plain.tables["freins"]] == ["Mobilité"]
    assert sorted(row.label for row in full.tables["freins"]) == sorted(freins)
    lines = [{row.label for row in told.tables["publics"]} for told in (full, plain)]
    assert lines[0] - lines[1] == {
        "dont personnes reconnues RQTH", "dont bénéficiaires de l'AAH"
    }  # fmt: skip
    assert set(full.tables) - set(plain.tables) == {"RQTH", "AAH"}
    assert "Accompagnateur" not in full.tables
    # the lines of a sum are put together, so that it is one still
    assert [(row.label, row.cells["Personnes"]) for row in plain.tables["Orienteur"]] == [
        ("PLIE", 6),
        ("Non renseigné", 6),
        ("Non détaillé", 12),
        ("Total", 24),
    ]
    assert [row.labels["Motif"] for row in plain.tables["exit_reasons"]] == ["Non détaillé", ""]
    text = json.dumps(plain.to_json_object()["tables"], ensure_ascii=False)
    words = ("Santé", "Justice", "RQTH", "AAH", "SPIP", "PJJ", "maladie")
    assert not any(word in text for word in words)


def test_hours_that_few_people_worked_are_hidden_and_not_found() -> None:
    """March: one person; April: one; May: eight. The total of the year stays."""
    rows = [
        *(person(f"P{n}") for n in range(8)),
        mission("P0", start="02/03", end="13/03", hours=40.0),
        mission("P1", start="01/04", end="10/04", hours=60.0),
        *(mission(f"P{n}", start="04/05", end="15/05", hours=30.0) for n in range(8)),
    ]
    told = publish(workbook(rows), YEAR, on=WHEN)
    hours = {row.label: row.cells["Heures de mission"] for row in told.tables["months"]}
    assert hours["2026-03"] is None
    assert hours["2026-04"] is None
    assert hours["Total"] == told.indicator("mission_hours").value == 340
    alone = publish(workbook([person("A"), mission("A", hours=20.0), action("A")]), YEAR, on=WHEN)
    for name in ("mission_hours", "etp", "minutes", "people_in_mission"):
        assert alone.indicator(name).value is None


@pytest.mark.slow
@pytest.mark.parametrize("alone", [3.0, 16.0, 17.0, 240.0, 900.0])
def test_hours_of_one_person_alone_are_hidden_with_enough_of_others(alone: float) -> None:
    """March: one person; April to June: eight. From half of hers to half as many again."""
    rows = [
        *(person(f"P{n}") for n in range(8)),
        mission("P0", start="02/03", end="13/03", hours=alone),
        *(
            mission(f"P{n}", start=f"06/{month:02}", end=f"15/{month:02}", hours=60.0)
            for month in (4, 5, 6)
            for n in range(8)
        ),
    ]
    told = publish(workbook(rows), YEAR, on=WHEN)
    true = compute(workbook(rows), YEAR, on=WHEN)
    said = {row.label: row.cells["Heures de mission"] for row in told.tables["months"]}
    hours = {row.label: row.cells["Heures de mission"] for row in true.tables["months"]}
    hidden = {label for label in hours if said.get(label, 0) is None}
    assert "2026-03" in hidden
    if said["Total"] is not None:
        assert sum(hours[label] or 0 for label in hidden - {"2026-03"}) >= alone / 2


def test_a_rate_goes_with_its_parts() -> None:
    """Two dynamic exits of seven: the rate would give the two back."""
    rows = [
        *(left(f"D{n}") for n in range(2)),
        *(left(f"O{n}", **GONE) for n in range(5)),
    ]
    rate = publish(workbook(rows), YEAR, on=WHEN).indicator("dynamic_exit_rate")
    assert (rate.value, rate.numerator) == (None, None)


def test_the_note_says_how_many_and_nothing_more() -> None:
    """Two engagements: "< 5" wherever they count, and nothing of what divides by them."""
    rows = [*(person(f"P{n}") for n in range(6)), *(engagement(f"P{n}") for n in range(2))]
    told = publish(workbook(rows), YEAR, on=WHEN)
    private = numbers(compute(workbook(rows), YEAR, on=WHEN))
    nulls = [p for p, value in numbers(told).items() if value is None and private.get(p)]
    ratios = ("planned_days_median", "reviewed_on_time_rate")
    assert {told.indicator(name).value for name in ratios} == {None}
    assert told.hidden == len(ratios)
    assert len(told.classes) >= len(nulls)
    assert set(told.classes.values()) == {(0, 4)}
    sentence = f"Secret statistique : {len(told.classes)} nombres donnés par une fourchette et 2"
    assert told.remark.startswith(f"{sentence} nombres masqués. Le tableau")
    assert told.remark.endswith("d'engagement » est laissé de côté : il ne dirait presque rien.")
    object_ = told.to_json_object()
    assert object_["note"] == told.remark
    place = {"in": "engagements_signed", "row": None, "part": "value", "least": 0, "most": 4}
    assert place in object_["classes"]
    text = render_text(told, workbook="w.xlsx", on=WHEN, version="9")
    assert "w.xlsx · au 31/12/2026 · pour publication · cedre-xlsx 9" in text
    line = next(line for line in text.splitlines() if "Engagements conclus" in line)
    assert line.split() == ["Engagements", "conclus", "<", "5"]
    counted = render_text(compute(workbook(rows), YEAR, on=WHEN), workbook="", on=WHEN, version="9")
    assert "sans filtre" in counted
    assert "Secret" not in counted
    table = render_csv(told, workbook="w.xlsx", on=WHEN, version="9")
    assert sentence in table
    assert "engagements_signed;Engagements conclus;< 5;" in table


@pytest.mark.slow
def test_a_rate_of_few_is_given_by_a_class() -> None:
    """Two durable exits and nine others: "au plus 37 %"; all but two dynamic: "au moins 63 %"."""
    transition = {"exit_category": ExitCategory.TRANSITION}
    rows = [
        AI,
        *(left(f"D{n}", exit_category=ExitCategory.DURABLE) for n in range(2)),
        *(left(f"T{n}", **transition) for n in range(7)),
        *(left(f"O{n}", **GONE) for n in range(2)),
    ]
    text = render_text(publish(workbook(rows), YEAR, on=WHEN), workbook="", on=WHEN, version="9")
    lines = {line[:40].strip(): " ".join(line[40:].split()) for line in text.splitlines()}
    assert lines["Sorties comptées"] == "11"
    assert lines["Taux de sorties dynamiques"] == "au moins 63 % 7 à 11 / 11"
    assert lines["Taux de sorties en emploi durable"] == "au plus 37 % < 5 / 11"


def test_a_threshold_of_one_hides_nothing() -> None:
    rows = [with_settings(publication_threshold=1), person("A"), engagement("A")]
    told = publish(workbook(rows), YEAR, on=WHEN)
    assert told.indicator("engagements_signed").value == 1
    assert told.remark == "Secret statistique : aucun nombre masqué."


def test_a_silent_year_is_said_in_a_publication_too() -> None:
    told = publish(workbook([person("A")]), 2020, on=WHEN)
    assert told.is_silent
    assert told.note.startswith("Le classeur ne dit rien de 2020")


def test_two_figures_under_one_name_are_one() -> None:
    counted = compute(association(51, 120), 2025, on=ON)
    values: dict[Any, float] = {}
    for one in shown_in(counted):
        assert values.setdefault(one.key, one.value) == pytest.approx(one.value, abs=0.01)
    assert indicator_key("engagements_signed.CP", "unknown") == ("engagements_signed.unknown",)


def run(*arguments: str) -> Result:
    return CliRunner().invoke(stats, [str(EXAMPLE), "--year", "2025", *arguments])


@pytest.mark.slow
def test_the_command_publishes() -> None:
    private = json.loads(run("--date", "2026-09-30", "--format", "json").output)
    public = json.loads(run("--date", "2026-09-30", "--format", "json", "--public").output)
    full = ["--date", "2026-09-30", "--format", "json", "--public", "--with-sensitive"]
    assert (private["public"], public["public"]) == (False, True)
    assert private["note"] == ""
    assert public["note"].startswith("Secret statistique : ")
    counts = [
        (one["label"], one["value"], hidden["value"])
        for one, hidden in zip(private["indicators"], public["indicators"], strict=True)
    ]
    assert any(value and hidden is None for _, value, hidden in counts)
    assert all(hidden in (None, value) for _, value, hidden in counts)
    lines = {row["Public"] for row in json.loads(run(*full).output)["tables"]["publics"]}
    assert "dont personnes reconnues RQTH" in lines
    assert not any(word in json.dumps(public["tables"]) for word in ("RQTH", "AAH"))


def test_health_and_justice_go_with_a_publication_alone() -> None:
    refused = run("--with-sensitive")
    assert refused.exit_code == 2
    assert "--with-sensitive ne va qu'avec --public." in refused.output
