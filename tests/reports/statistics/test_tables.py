"""The tables of a year: small workbooks with the lines that they make beside them."""

# ruff: noqa: E501  (a case a line)

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from cedre_xlsx.method.vocabulary import (
    Accompaniment,
    EngagementForm,
    ExitCategory,
    StructureKind,
    Title,
)
from cedre_xlsx.reports.statistics import (
    compute,
    yearly_sheets,
)
from cedre_xlsx.reports.statistics.public import publish
from cedre_xlsx.reports.statistics.text import render_csv, render_text
from tests.rules.rule_cases import (
    ON,
    action,
    barrier,
    engagement,
    left,
    mission,
    person,
    reviewed,
    with_settings,
    workbook,
)

AI = with_settings(kind=StructureKind.AI)


def table(name: str, rows: list[Any]) -> list[dict[str, Any]]:
    return [
        {**row.labels, **row.cells} for row in compute(workbook(rows), 2026, on=ON).tables[name]
    ]


def test_months_add_up_to_the_year() -> None:
    rows = [
        person("A"),
        left("B", registered="31/01", exited="01/02"),
        engagement(agreed="01/03"),
        reviewed(agreed="01/12/25", on="31/03"),
        action(day="28/02"),
        mission(start="29/04", end="02/05", hours=20.0),
    ]
    months = table("months", rows)
    assert [row["Mois"] for row in months] == [*(f"2026-{n:02}" for n in range(1, 13)), "Total"]
    assert list(months[0].values()) == ["2026-01", 2, 0, 0, 0, 0, 0.0]
    assert list(months[1].values()) == ["2026-02", 0, 1, 0, 0, 1, 0.0]
    assert list(months[2].values()) == ["2026-03", 0, 0, 1, 1, 0, 0.0]
    assert [row["Heures de mission"] for row in months[3:5]] == [10.0, 10.0]
    assert list(months[-1].values()) == ["Total", 2, 1, 1, 1, 1, 20.0]


def test_types_with_what_became_of_them() -> None:
    rows = [
        engagement(type="D"),
        reviewed(type="D", form=EngagementForm.ORAL),
        reviewed(type=None, achieved=None, agreed="01/12/25"),
        action(engagement="D"),
    ]
    found = {row["Engagement"]: row for row in table("types", rows)}
    assert list(found) == ["CP", "SA", "T", "MPP", "D", "VP", "Non renseigné", "Total"]
    assert list(found["D"].values()) == ["D", "Découverte", 2, 1, 1, 1, 1, 0, 0, 0, 1]
    assert list(found["Non renseigné"].values())[2:] == [0, 0, 0, 1, 0, 0, 0, 1, 0]
    assert list(found["Total"].values()) == ["Total", "", 2, 1, 1, 2, 1, 0, 0, 1, 1]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        # reviewed or not, what counts is what came next, in the year
        ([engagement(type="CP", agreed="01/02"), engagement(type="D", agreed="01/03")], {("CP", "D")}),
        ([engagement(type="CP", agreed="01/02/25"), engagement(type="D", agreed="01/03/25")], set()),
        ([engagement(type="CP", agreed="01/12/25"), engagement(type="D", agreed="01/03")], {("CP", "D")}),
        ([left("Martin Paul"), engagement(type="VP", agreed="01/03")], {("VP", "Sortie")}),
        ([reviewed(type="SA", on="04/05")], {("SA", "Sans suite à ce jour")}),
        ([engagement(type="SA")], set()),  # still under way
        ([reviewed(type="SA"), engagement(type=None, agreed="05/05")], {("SA", "Non renseigné")}),
        ([reviewed(type="SA"), engagement(type="D", agreed="13/05")], {("SA", "Sans suite à ce jour")}),
        # who left and came back: the exit follows the first engagement
        (
            [
                left("A", registered="01/03/25", exited="31/01/26"),
                person("A", registered="01/03/26"),
                engagement("A", type="CP", agreed="01/04/25"),
                engagement("A", type="D", agreed="01/04/26"),
            ],
            {("CP", "Sortie")},
        ),
    ],
)  # fmt: skip
def test_succession(rows: list[Any], expected: set[tuple[str, str]]) -> None:
    found = {
        (row["Engagement"], step)
        for row in table("succession", rows)[:-1]
        for step, count in row.items()
        if step not in ("Engagement", "Total") and count
    }
    assert found == expected


def test_exits_by_category_and_reason() -> None:
    rows = [
        AI,
        left("A", exit_reason="CDI"),
        left("B", exit_reason="cdi"),
        mission("B", hours=10.0),
        left("C", exit_category=ExitCategory.WITHDRAWN, exit_reason=""),
        left("D", exit_category=None, exit_reason=""),
    ]
    assert [tuple(row.values()) for row in table("exits", rows)] == [
        ("Emploi durable", 2, 1),
        ("Emploi de transition", 0, 0),
        ("Sortie positive", 0, 0),
        ("Autre sortie", 0, 0),
        ("Retrait des sorties constatées", 1, 0),
        ("Non renseigné", 1, 1),
        ("Total", 4, 2),
    ]
    assert [tuple(row.values()) for row in table("exit_reasons", rows)] == [
        ("Emploi durable", "CDI", 2, 1),
        ("Retrait des sorties constatées", "Non renseigné", 1, 0),
        ("Non renseigné", "Non renseigné", 1, 1),
        ("Total", "", 4, 2),
    ]


def test_freins_of_the_active_file() -> None:
    rows = [
        person("A"),
        person("B"),
        left("C", registered="01/03/25", exited="31/12/25"),
        barrier("A", barrier="Mobilité", accompaniment=Accompaniment.INSIDE),
        barrier(
            "A", barrier="mobilité", accompaniment=Accompaniment.OUTSIDE
        ),  # the later line tells
        barrier("B", barrier="Mobilité", identified=None, lifted="04/05"),
        barrier("B", barrier="Santé", identified="13/05"),  # not yet
        barrier("B", barrier="Justice", lifted="31/12/25"),  # no more
        barrier("C", barrier="Santé"),
        barrier("A", barrier="Famille", accompaniment=Accompaniment.BOTH),
    ]
    assert [tuple(row.values()) for row in table("freins", rows)] == [
        ("Mobilité", 2, 0, 1, 0, 0, 1, 1),
        ("Famille", 1, 0, 0, 1, 0, 0, 0),
    ]


def test_publics_are_those_at_work_in_the_year() -> None:
    rows = [
        person("A", title=Title.MRS, birth_year=2001, rsa="RSA majoré", education="Formation de niveau CAP ou BEP"),
        person("B", birth_year=1976, rsa="Non", rqth=True, unemployment="24 mois et plus"),
        person("C", title=None, birth_year=None),
        person("D"),  # did not work
        left("E", exited="31/03"),
        *(mission(name, hours=20.0) for name in "ABC"),
    ]  # fmt: skip
    found = {
        row["Public"]: (row["Personnes"], row["Non renseigné"]) for row in table("publics", rows)
    }
    assert found == {
        "Salariés en insertion ayant travaillé dans l'année": (3, 0),
        "dont hommes": (1, 1),
        "dont femmes": (1, 1),
        "dont bénéficiaires du RSA": (1, 1),
        "dont bénéficiaires de l'ASS": (None, 3),
        "dont bénéficiaires de l'AAH": (None, 3),
        "dont personnes reconnues RQTH": (1, 2),
        "dont résidants en ZRR": (None, 3),
        "dont résidants en QPV": (None, 3),
        "dont moins de 26 ans": (1, 1),
        "dont 50 ans et plus": (1, 1),
        "dont inscrits à France Travail depuis 12 à 23 mois": (0, 2),
        "dont inscrits à France Travail depuis 24 mois et plus": (1, 2),
        "dont niveau CAP-BEP": (1, 2),
        "dont inférieur au CAP": (0, 2),
        "dont qualifications non certifiantes": (0, 2),
        "Total des sorties examinées": (1, 0),
        "dont en emploi durable": (1, 0),
        "dont en emploi de transition": (0, 0),
        "dont sorties positives": (0, 0),
    }


def test_each_person_is_with_one_advisor() -> None:
    rows = [
        left("A", registered="01/02", exited="01/03", advisor="Linda Roux"),
        person("A", registered="01/04", advisor="Chloé Martin"),
        person("B", registered="01/03/25", advisor="linda roux"),
        person("C", advisor=""),
        engagement("B"),
        action("A", minutes=45),
        action("B", minutes=None),
        action("Inconnu", minutes=10),
    ]
    assert [tuple(row.values()) for row in table("advisors", rows)] == [
        ("Chloé Martin", 1, 2, 1, 0, 1, 45.0),
        ("linda roux", 1, 0, 0, 1, 1, 0.0),
        ("Non renseigné", 1, 1, 0, 0, 1, 10.0),
        ("Total", 3, 3, 1, 1, 3, 55.0),
    ]


def test_breakdowns_by_any_column_of_personnes() -> None:
    chosen = ("Civilité", "Année de naissance", "Date d'inscription", "RQTH", "Commune", "Enfants")
    rows = [
        replace(AI, breakdowns=chosen),
        person("A", title=Title.MRS, birth_year=2001, rqth=False, registered="01/03/24", extra={"Commune": "Thiers", "Enfants": 2.0}),
        person("B", birth_year=1971, rqth=True, extra={"commune": "thiers", "Enfants": 10}),
        left("C", birth_year=1972, extra={"Commune": "Ambert", "Enfants": None}),
    ]  # fmt: skip
    counted = compute(workbook(rows), 2026, on=ON).tables
    labels = {name: [row.label for row in counted[name]] for name in chosen}
    assert labels == {
        "Civilité": ["M.", "Mme", "Total"],
        "Année de naissance": ["Moins de 26 ans", "26 à 54 ans", "55 ans et plus", "Total"],
        "Date d'inscription": ["Moins de 6 mois", "24 mois et plus", "Total"],
        "RQTH": ["OUI", "NON", "Non renseigné", "Total"],
        "Commune": ["Ambert", "Thiers", "Total"],
        "Enfants": ["2", "10", "Non renseigné", "Total"],
    }
    assert counted["Commune"][0].label == "Ambert"
    assert counted["Commune"][0].cells == {
        "Personnes": 1,
        "Entrées": 1,
        "Sorties": 1,
        "Sorties comptées": 1,
        "Sorties dynamiques": 1,
    }


def test_a_team_may_call_a_column_or_a_value_as_we_do() -> None:
    rows = [
        replace(AI, breakdowns=("Entrées",)),
        person("A", extra={"Entrées": "Total"}),
        person("B", extra={"Entrées": "2026-13"}),
    ]
    counted = compute(workbook(rows), 2026, on=ON)
    lines = counted.tables["Entrées"]
    assert [(row.label, row.cells["Entrées"], row.is_total) for row in lines] == [
        ("2026-13", 1, False),
        ("Total", 1, False),
        ("Total", 2, True),
    ]
    assert [line.person for line in counted.who_in("Entrées", "Total", "Entrées")] == ["A"]
    told = counted.to_json_object()["tables"]["Entrées"]
    assert [(row["Entrées (valeur)"], row["Entrées"]) for row in told] == [
        ("2026-13", 1),
        ("Total", 1),
        ("Total", 2),
    ]
    text, csv = (
        render(counted, workbook="x", on=ON, version="1") for render in (render_text, render_csv)
    )
    assert text.count("\n  Total     ") >= 2
    assert "Entrées (valeur);Personnes;Entrées;" in csv
    publish(workbook(rows), 2026, on=ON)
    statistics, who = yearly_sheets(workbook(rows), (2026,), on=ON, workbook="x.xlsx", version="1")
    shown = [(row.style[:5], row.values[0]) for row in statistics.rows if row.values]
    end = shown.index(("title", "Définitions"))
    assert shown[end - 3 : end] == [("body:", "2026-13"), ("body:", "Total"), ("total", "Total")]
    assert [v for row in who.rows for v in row.values].count("Total") == 1
