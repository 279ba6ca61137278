"""The rules of the PASS IAE: the dated table, windows by calendar months, grounds and ceilings."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cedre_xlsx.method.days import add_months
from cedre_xlsx.method.pass_rules import PassRules, pass_rules
from cedre_xlsx.method.vocabulary import StructureKind
from cedre_xlsx.rules import run
from cedre_xlsx.schema.packs import PASS
from cedre_xlsx.schema.records import Records
from tests.rules.rule_cases import (
    assert_told,
    findings,
    left,
    mission,
    person,
    with_settings,
    workbook,
)

RULES = pass_rules()
ON = date(2026, 11, 2)
AI, EI = with_settings(kind=StructureKind.AI), with_settings(kind=StructureKind.EI)

#: The grounds as the platform names them: one request, ceiling, agreement, kinds, years in all.
GROUNDS = [
    ("CDI conclu avec une personne de plus de 57 ans", 3650, None, False, "", None),
    ("Fin d'une formation", 365, None, False, "", None),
    ("RQTH - Reconnaissance de la qualité de travailleur handicapé", 365, 1095, True, "", 5),
    ("50 ans et plus", 365, 1825, True, "", 7),
    ("Difficultés particulièrement importantes dont l'absence de prise en charge ferait obstacle à "
     "son insertion professionnelle", 365, 1095, True, "AI ACI", 5),
]  # fmt: skip


def test_the_table_is_the_one_of_its_day() -> None:
    assert RULES.dated == date(2026, 5, 26)
    assert RULES.length_days == 730
    assert [(one.label, one.one_request_days, one.ceiling_days, one.prescriber_agrees,
             " ".join(one.kinds), RULES.years_in_all(one)) for one in RULES.grounds
            ] == GROUNDS  # fmt: skip


@pytest.mark.parametrize(("on", "old"), [
    (date(2027, 5, 25), False), (date(2027, 5, 26), False), (date(2027, 5, 27), True),
])  # fmt: skip
def test_after_a_year_the_rules_are_old(on: date, old: bool) -> None:
    assert RULES.is_old(on) is old


@pytest.mark.parametrize(
    ("end", "opens", "closes"),
    [
        (date(2027, 3, 15), date(2026, 3, 15), date(2027, 9, 15)),
        (date(2027, 8, 31), date(2026, 8, 31), date(2028, 2, 29)),  # no 31 February: its last day
        (date(2028, 2, 29), date(2027, 2, 28), date(2028, 8, 29)),
        (
            date(2026, 5, 1),
            date(2025, 10, 1),
            date(2026, 11, 1),
        ),  # seven months before, twelve since then
        (
            date(2026, 4, 30),
            date(2025, 9, 30),
            date(2026, 10, 30),
        ),  # seven months before, by the old rule
        (
            date(2026, 9, 30),
            date(2025, 10, 1),
            date(2027, 3, 30),
        ),  # ten months left when the rule changed
        (date(2025, 6, 1), date(2024, 11, 1), date(2025, 9, 1)),
        (
            date(2026, 2, 25),
            date(2025, 7, 25),
            date(2026, 8, 25),
        ),  # open when the longer delay came
    ],
)
def test_a_window_opens_and_closes_on_its_days(end: date, opens: date, closes: date) -> None:
    before, after = (
        opens.fromordinal(opens.toordinal() - 1),
        date.fromordinal(closes.toordinal() + 1),
    )
    assert [RULES.window(end, day) for day in (before, opens, closes, after)] == [
        None, (opens, closes), (opens, closes), None,
    ]  # fmt: skip


def test_a_window_that_had_closed_opens_again_with_a_longer_delay() -> None:
    end = date(2026, 1, 15)
    assert RULES.window(end, date(2026, 4, 15)) == (date(2025, 6, 15), date(2026, 4, 15))
    assert RULES.window(end, date(2026, 4, 16)) is None
    assert RULES.window(end, date(2026, 5, 25)) is None
    assert RULES.window(end, date(2026, 5, 26)) == (date(2026, 5, 26), date(2026, 7, 15))


@given(st.dates(date(2024, 1, 1), date(2032, 1, 1)), st.integers(-800, 800))
def test_a_day_is_in_a_window_by_the_rule_of_that_day(end: date, days: int) -> None:
    on = date.fromordinal(end.toordinal() + days)
    before = 12 if on >= date(2025, 10, 1) else 7
    after = 6 if on >= date(2026, 5, 26) else 3
    window = RULES.window(end, on)
    assert (window is not None) == (add_months(end, -before) <= on <= add_months(end, after))
    assert window is None or window.first <= on <= window.last


@pytest.mark.parametrize(
    ("start", "end", "beyond"),
    [
        (date(2024, 11, 4), date(2026, 11, 3), 0),  # 730 days
        (date(2024, 11, 4), date(2026, 11, 4), 1),
        (date(2024, 1, 5), date(2026, 1, 4), 0),  # two calendar years, of 731 days
        (date(2024, 11, 4), date(2027, 11, 3), 365),
        (date(2024, 11, 4), date(2025, 3, 1), 0),  # closed early
    ],
)
def test_days_beyond_the_length_of_a_pass(start: date, end: date, beyond: int) -> None:
    assert RULES.beyond(start, end) == beyond


def grounds(*rows: Any, on: date = ON) -> str:
    """What is told of the grounds of the one person of these rows."""
    [found] = findings(rows, "PER24", on)
    assert_told([found])
    return found.message


#: A PASS of 730 days that ends today, of someone of 36 years.
PLAIN: dict[str, Any] = {"pass_start": "03/11/24", "pass_end": "02/11", "rqth": False}
TRAINING = "Fin d'une formation"
RQTH, FIFTY = "(reste 1 095 jours sur 1 095)", "(reste 1 825 jours sur 1 825)"
HARD = "Difficultés particulièrement importantes"


@pytest.mark.parametrize(
    ("cells", "kind", "expected"),
    [
        ({}, "EI", f"Motifs à vérifier : {TRAINING}."),
        ({}, "ETTI", f"Motifs à vérifier : {TRAINING}."),
        ({}, "AI", f"Motifs à vérifier : {TRAINING} ; {HARD} {RQTH}."),
        ({}, "ACI", f"Motifs à vérifier : {TRAINING} ; {HARD} {RQTH}."),
        ({}, None, f"Motifs à vérifier : {TRAINING} ; {HARD} (type de structure inconnu, reste "
         "1 095 jours sur 1 095)."),
        ({"rqth": True}, "EI", f"Motifs : RQTH {RQTH}. À vérifier : {TRAINING}."),
        ({"rqth": None}, "EI", f"Motifs à vérifier : {TRAINING} ; RQTH (non notée, reste 1 095 "
         "jours sur 1 095)."),
        # 50 years: last year, this year, by the end of the window (02/05/2027), later
        ({"birth_year": 1975}, "EI", f"Motifs : 50 ans et plus {FIFTY}. À vérifier : {TRAINING}."),
        ({"birth_year": 1976}, "EI", f"Motifs à vérifier : {TRAINING} ; 50 ans et plus (50 ans "
         "dans l'année, reste 1 825 jours sur 1 825)."),
        ({"birth_year": 1977}, "EI", f"Motifs à vérifier : {TRAINING} ; 50 ans et plus (50 ans en "
         "2027, reste 1 825 jours sur 1 825)."),
        ({"birth_year": 1978}, "EI", f"Motifs à vérifier : {TRAINING}."),
        # 57 years, the same
        ({"birth_year": 1968}, "EI", f"Motifs : 50 ans et plus {FIFTY}. À vérifier : CDI après 57 "
         f"ans ; {TRAINING}."),
        ({"birth_year": 1969}, "EI", f"Motifs : 50 ans et plus {FIFTY}. À vérifier : CDI après 57 "
         f"ans (57 ans dans l'année) ; {TRAINING}."),
        ({"birth_year": 1970}, "EI", f"Motifs : 50 ans et plus {FIFTY}. À vérifier : CDI après 57 "
         f"ans (57 ans en 2027) ; {TRAINING}."),
        ({"birth_year": 1971}, "EI", f"Motifs : 50 ans et plus {FIFTY}. À vérifier : {TRAINING}."),
        ({"birth_year": None}, "EI", "Motifs à vérifier : CDI après 57 ans (année de naissance "
         f"inconnue) ; {TRAINING} ; 50 ans et plus (année de naissance inconnue, reste 1 825 jours "
         "sur 1 825)."),
        ({"birth_year": 1926}, "EI",  # nobody is a hundred: the year says nothing
         "Motifs à vérifier : CDI après 57 ans (année de naissance "
         f"inconnue) ; {TRAINING} ; 50 ans et plus (année de naissance inconnue, reste 1 825 jours "
         "sur 1 825)."),
    ],
)  # fmt: skip
def test_the_grounds_that_are_open(cells: dict[str, Any], kind: str | None, expected: str) -> None:
    settings = with_settings(kind=StructureKind(kind) if kind else None)
    assert grounds(person(**{**PLAIN, **cells}), settings) == expected


ASSUMED = (
    "au-delà de 730, comptés comme prolongés : s'il y a eu des suspensions, il reste davantage."
)
UNKNOWN = " Sans un Début de PASS IAE sûr, ce qui reste des plafonds est à vérifier."
REACHED = "plafond atteint, sauf suspensions, reste 0 jour"


@pytest.mark.parametrize(
    ("start", "expected"),
    [
        ("03/11/24", f"Motifs : RQTH {RQTH} ; 50 ans et plus {FIFTY}. À vérifier : {TRAINING}."),
        ("02/11/26", f"Motifs : RQTH {RQTH} ; 50 ans et plus {FIFTY}. À vérifier : {TRAINING}."),
        ("02/11/24", "Motifs : RQTH (reste 1 094 jours sur 1 095) ; 50 ans et plus (reste 1 824 "
         f"jours sur 1 825). À vérifier : {TRAINING}. 1 jour {ASSUMED}"),
        ("01/11/24", "Motifs : RQTH (reste 1 093 jours sur 1 095) ; 50 ans et plus (reste 1 823 "
         f"jours sur 1 825). À vérifier : {TRAINING}. 2 jours {ASSUMED}"),
        ("03/11/23", "Motifs : RQTH (reste 730 jours sur 1 095) ; 50 ans et plus (reste 1 460 "
         f"jours sur 1 825). À vérifier : {TRAINING}. 365 jours {ASSUMED}"),
        ("04/11/21", "Motifs : RQTH (reste 1 jour sur 1 095) ; 50 ans et plus (reste 731 jours "
         f"sur 1 825). À vérifier : {TRAINING}. 1 094 jours {ASSUMED}"),
        ("03/11/21", f"Motifs : 50 ans et plus (reste 730 jours sur 1 825). À vérifier : {TRAINING}"
         f" ; RQTH ({REACHED} sur 1 095). 1 095 jours {ASSUMED}"),
        ("04/11/19", f"Motifs : 50 ans et plus (reste 1 jour sur 1 825). À vérifier : {TRAINING} ; "
         f"RQTH ({REACHED} sur 1 095). 1 824 jours {ASSUMED}"),
        ("03/11/19", f"Motifs à vérifier : {TRAINING} ; RQTH ({REACHED} sur 1 095) ; 50 ans et plus"
         f" ({REACHED} sur 1 825). 1 825 jours {ASSUMED}"),
        (None, "Motifs : RQTH (plafond 1 095 jours) ; 50 ans et plus (plafond 1 825 jours). À "
         f"vérifier : {TRAINING}.{UNKNOWN}"),
        ("03/11/26", "Motifs : RQTH (plafond 1 095 jours) ; 50 ans et plus (plafond 1 825 jours). À"
         f" vérifier : {TRAINING}.{UNKNOWN}"),  # begins after its end
    ],
)  # fmt: skip
def test_what_remains_of_the_ceilings(start: str | None, expected: str) -> None:
    someone = person(**PLAIN | {"pass_start": start, "rqth": True, "birth_year": 1971})
    assert grounds(someone, EI) == expected


def test_who_must_agree_is_said_with_the_day_of_the_rules() -> None:
    [found] = findings([person(**PLAIN | {"rqth": True}), AI], "PER24", ON)
    assert found.help == (
        "Choisissez le motif avec la personne. Un prescripteur habilité doit donner son accord "
        "pour : RQTH ; Difficultés particulièrement importantes. Règles au 26/05/2026."
    )
    [found] = findings([person(**PLAIN), EI], "PER24", ON)
    assert found.help == "Choisissez le motif avec la personne. Règles au 26/05/2026."


def test_the_window_says_since_when_and_until_when() -> None:
    [found] = findings([person(pass_end="03/11/26")], "PER23", ON)
    assert found.message == (
        "Prolongation du PASS IAE possible depuis le 03/11/2025, jusqu'au 03/05/2027."
    )
    [found] = findings([person(pass_end="03/11/26", pass_suspended_until=ON)], "PER23", ON)
    assert found.message == (
        "Prolongation du PASS IAE possible jusqu'au 03/05/2027, mais pas tant qu'il est suspendu, "
        "jusqu'au 02/11/2026."
    )
    [found] = findings([person(pass_end="03/11/26", pass_suspended_until="01/11")], "PER23", ON)
    assert "suspendu" not in found.message


@pytest.mark.parametrize(
    ("on", "said"),
    [
        (date(2027, 4, 2), "jusqu'au 03/05/2027."),
        (date(2027, 4, 3), "jusqu'au 03/05/2027. Il reste 30 jours."),
        (date(2027, 5, 2), "jusqu'au 03/05/2027. Il reste 1 jour."),
        (date(2027, 5, 3), "jusqu'au 03/05/2027. Aujourd'hui est le dernier jour."),
    ],
)
def test_the_last_days_of_a_window_are_said(on: date, said: str) -> None:
    [found] = findings([person(pass_end="03/11/26")], "PER23", on)
    assert found.message.endswith(said)


@pytest.mark.parametrize(
    ("start", "end", "days"),
    [
        (date(2023, 6, 1), date(2025, 5, 31), 0),  # two years with a 29 February in them
        (date(2023, 6, 1), date(2026, 5, 31), 365),
        (date(2025, 6, 1), date(2028, 5, 31), 365),  # it is in the year of prolongation
        (date(2025, 6, 1), date(2027, 6, 1), 1),
        (date(2024, 2, 29), date(2026, 2, 28), 0),
        (date(2019, 11, 3), date(2026, 11, 2), 1825),
    ],
)
def test_a_year_of_prolongation_is_365_days(start: date, end: date, days: int) -> None:
    assert RULES.beyond(start, end) == days


def test_an_answer_that_was_not_understood_is_said_so() -> None:
    someone = person(**PLAIN | {"rqth": None, "unreadable": frozenset({"rqth"})})
    assert "RQTH (non comprise, " in grounds(someone, EI)


def test_a_prolonged_pass_is_told_of_anew() -> None:
    """What was accepted of the former end is not accepted of the next one."""
    keys = {
        findings([person(pass_end=end)], "PER23", ON)[0].key for end in ("03/11/26", "04/11/26")
    }
    assert len(keys) == 2


def test_a_suspension_tells_what_is_known_of_it() -> None:
    rows = [person(pass_suspended_until="01/01/27", pass_start="03/11/24")]
    [found] = findings(rows, "PER25", ON)
    assert found.message == (
        "PASS IAE suspendu jusqu'au 01/01/2027 : s'il l'est sans interruption depuis le 02/11/2025 "
        "ou avant, la structure peut le clore (aucune mission salariée passée)."
    )
    [found] = findings([*rows, mission(start="01/06/25", end="05/06/25")], "PER25", ON)
    assert found.message.endswith("(dernière mission le 05/06/2025).")


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({"pass_end": "02/11"}, ", le PASS IAE court jusqu'au 02/11/2026, et la personne"),
        ({"pass_end": "01/11"}, "01/11/2026, et la personne"),
        ({"pass_end": "02/11", "pass_suspended_until": "02/11"}, "01/11/2026, et la personne"),
        ({"pass_end": "02/11", "pass_suspended_until": "01/11"}, "02/11/2026, et la personne"),
        ({}, "01/11/2026, et la personne"),
    ],
)
def test_a_contract_that_ended_says_that_the_pass_runs_on(cells: dict[str, Any], said: str) -> None:
    found = findings([person(contract_end="01/11", **cells)], "PER15", ON)
    assert said in found[0].message
    assert ("suspendre" in found[0].help) is ("court" in found[0].message)


def without_pack(records: Records) -> Records:
    people = records.people
    kept = {name: place for name, place in people.columns.items()
            if people.spec.columns[name].pack != PASS}  # fmt: skip
    return replace(records, people=replace(people, columns=kept))


def test_a_workbook_without_the_pack_hears_nothing_of_it() -> None:
    records = workbook([person(pass_end="03/11"), left("Petit Eva", pass_end="03/11")])
    for on, told in ((ON, {"PER23", "PER24"}), (date(2027, 5, 27), {"PER26"})):
        codes = {"PER23", "PER24", "PER25", "PER26"}
        assert codes & {one.code for one in run(records, (), on=on)} == told
        assert codes.isdisjoint(one.code for one in run(without_pack(records), (), on=on))


def test_a_table_with_another_word_is_refused() -> None:
    with pytest.raises(ValueError, match="extra"):
        PassRules.model_validate({**RULES.model_dump(), "autre": 1})
