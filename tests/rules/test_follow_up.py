"""SUI: each case is a few rows; the cells that the rule must name stand beside them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from cedre_xlsx.method.values import DatedText, Deadline
from cedre_xlsx.method.vocabulary import AbsenceReason, Attendance, Status, Title
from cedre_xlsx.rules import RULES, run
from cedre_xlsx.schema.findings import Severity
from cedre_xlsx.schema.follow_up import FollowUpRow
from cedre_xlsx.schema.settings import TypeSetting
from tests.rules.rule_cases import (
    ON,
    Cases,
    action,
    ago,
    cases_as_tests,
    condition,
    due,
    engagement,
    findings,
    left,
    person,
    reviewed,
    to_do,
    with_settings,
    workbook,
)

WORKSHOP = {"action": "Atelier CV", "minutes": 120}
FOUR = [person("Un A"), person("Deux B"), person("Trois C"), person("Quatre D")]
NAMES = [row.person for row in FOUR]

BENSAID = person("Bensaïd Fatima")


def undated(text: str) -> Deadline:
    return Deadline(text, None, None)


THERE, EXCUSED, ABSENT = Attendance
TRANSPORT = AbsenceReason.TRANSPORT


def missed(on: str | date) -> FollowUpRow:
    """An interview to which nobody came, nor said why."""
    return action(day=on, attendance=ABSENT, status=Status.DROPPED, minutes=None)


FAILING: Cases = {
    "SUI01": [
        ([action("Martin Pol")], "person5"),
        ([action(), action("Petit Eva"), action("Petit Eva")], "person6 person7"),
        ([action("")], "person5"),
        ([person(precision="Caen"), person(precision="Bayeux"), action()], "person5"),
    ],
    "SUI02": [
        ([to_do(deadline=None)], "deadline5"),
        ([to_do(deadline=None, status=Status.TO_PROPOSE)], "deadline5"),
        ([person(registered=None), to_do(deadline=None)], "deadline5"),
    ],
    "SUI03": [
        ([to_do(deadline="11/05")], "deadline5"),
        ([to_do(deadline="11/05", status=Status.TO_PROPOSE)], "deadline5"),
        ([to_do(deadline="11/05", status=None)], "deadline5"),
        ([to_do(deadline=due("11/05", first="30/06", typed="avancé au 11/05"))], "deadline5"),
        ([to_do(deadline=due("11/05", first="01/05", moves=1))], "deadline5"),
        ([left(exited="01/02"), person(registered="01/04"), to_do(deadline="11/05")], "deadline5"),
    ],
    "SUI04": [
        ([to_do(deadline=due("12/06", moves=3))], "deadline5"),
        ([to_do(deadline=due("11/05", moves=4))], "deadline5"),
        ([to_do(), to_do(day="01/05", deadline=due("12/06", moves=3))], "deadline6"),
    ],
    "SUI05": [
        ([to_do(deadline="12/05")], "deadline5"),
        ([to_do(deadline="26/05")], "deadline5"),
        ([to_do(deadline="02/06"), with_settings(soon_days=21)], "deadline5"),
    ],
    "SUI06": [
        ([action(day="04/05", deadline="03/05")], "deadline5"),
        ([to_do(day="04/05", deadline="04/05/25")], "deadline5"),
        ([left(), action(day="04/03", deadline="03/03", status=Status.DROPPED)], "deadline5"),
    ],
    "SUI07": [
        ([action(outcome="")], "outcome5"),
        ([left(), action(outcome="", day="04/03")], "outcome5"),
        ([action(), action(outcome="", day="05/05")], "outcome6"),
    ],
    "SUI08": [
        ([action(day="13/05")], "dated5"),
        ([action(day="13/05/27")], "dated5"),
        ([action("Petit Eva", day="13/05")], "dated5"),
    ],
    "SUI09": [
        ([action(minutes=None)], "minutes5"),
        ([action(minutes=None, status=None)], "minutes5"),
        ([action(minutes=None, collective=True)], "minutes5"),
    ],
    "SUI10": [
        ([action(minutes=481)], "minutes5"),
        ([action(minutes=2700)], "minutes5"),
        ([action(minutes=-15)], "minutes5"),
        ([action(minutes=61), with_settings(max_minutes=60)], "minutes5"),
    ],
    "SUI11": [
        ([action(objective="")], "objective5"),
        ([to_do(objective="")], "objective5"),
        ([person(registered=None), action(objective="")], "objective5"),
    ],
    "SUI12": [
        ([to_do(deadline="16/05")], "deadline5"),  # a Saturday
        ([to_do(deadline="14/05")], "deadline5"),  # Ascension
        ([to_do(deadline=due("17/05", typed="17/05 pour bilan"))], "deadline5"),
        ([to_do(deadline=due("14/07", typed="avant le 14 juillet"))], "deadline5"),
    ],
    "SUI13": [
        ([action(engagement="CP")], "engagement5"),
        ([action(engagement="CP"), action(engagement="SA", day="05/05")], "engagement5"),
        ([engagement(agreed="05/05"), action(engagement="D", day="04/05")], "engagement5"),
        ([reviewed(on="03/05"), action(engagement="D", day="04/05")], "engagement5"),
        ([engagement(type="VP"), action(engagement="D")], "engagement5"),
    ],
    "SUI14": [
        ([engagement(), action(reference="D-2026-002")], "reference5"),
        ([action(reference="D-2026-001")], "reference5"),
        ([person(), person("Petit Eva"), engagement("Petit Eva"), action(reference="D-2026-001")],
         "reference5"),
    ],
    "SUI15": [
        ([action(status=None, outcome="")], "status5"),
        ([to_do(status=None)], "status5"),
        ([person(registered=None), action(status=None, outcome="", deadline=None)], "status5"),
    ],
    "SUI16": [
        ([*FOUR, *(action(name, **WORKSHOP) for name in NAMES)], "collective5"),
        ([*FOUR, *(action(name, **WORKSHOP, collective=name == "Un A" or None) for name in NAMES)],
         "collective6"),
        ([*FOUR, action("Un A", **WORKSHOP), action("Deux B", **WORKSHOP)], "collective5"),
    ],
    "SUI17": [
        ([action(day=date(2062, 5, 4))], "dated5"),
        ([action(day=date(1926, 5, 4))], "dated5"),
        ([to_do(deadline=date(2206, 6, 30))], "deadline5"),
        ([action(day=date(1989, 12, 31))], "dated5"),
        ([to_do(deadline=date(2029, 5, 13))], "deadline5"),
        ([to_do(deadline=Deadline("", date(2026, 6, 1), date(1926, 5, 1), 1))], "deadline5"),
        ([to_do(day=date(2028, 1, 1))], "dated5"),
    ],
    "SUI18": [
        ([action(day="08/01/25")], "dated5"),
        ([action(day="05/12/25")], "dated5"),
        ([person(pre_reception="20/12/25"), action(day="19/11/25")], "dated5"),
    ],
    "SUI19": [
        ([to_do(day="04/06", outcome="A retiré son dossier", minutes=45)], "dated5"),
        ([action(day="13/05", status=None)], "dated5"),
        ([action(day="13/05", status=Status.TO_PROPOSE)], "dated5"),
    ],
    "SUI20": [
        ([to_do(engagement="CP", deadline="05/11/28")], "deadline5"),
        ([to_do(engagement="CP", deadline=due("12/05/29", first="15/06"))], "deadline5"),
        ([to_do(engagement="CP", deadline="05/06/26"),
          to_do(engagement="D", deadline="05/11/28"),
          with_settings(types=(TypeSetting("D", "Découverte", 2, None),))], "deadline6"),
    ],
    "SUI21": [
        ([to_do(deadline=condition("fait"))], "deadline5"),
        ([to_do(deadline=undated("RAS"))], "deadline5"),
        ([to_do(deadline=undated("Fait le 12/05"), status=Status.TO_PROPOSE)], "deadline5"),
        ([to_do(deadline=undated("réalisé"), status=None)], "deadline5"),
    ],
    "SUI22": [
        ([BENSAID, action("FATIMA BENSAID"), action("Bensaid Fatima"), action("Bensaïd Fatima")],
         "person5"),
        ([BENSAID, action("Bensaïd Fatima"), action("Mme Bensaïd Fatima")], "person6"),
        ([BENSAID, person(), action("Paul Martin"), action("Fatima Bensaïd")], "person5 person6"),
    ],
    "SUI23": [
        ([action(status=None, deadline="11/05")], "status5"),
        ([action(status=None, deadline=due("11/05", first="01/05", moves=1))], "status5"),
        ([action(status=None, outcome="Vu", deadline="05/05", day="04/05"),
          action(status=None, deadline="12/05")], "status5"),
    ],
    "SUI24": [
        ([action(absence_reason=TRANSPORT)], "attendance5"),
        ([action(absence_reason=TRANSPORT, attendance=THERE)], "attendance5"),
        ([action(), action(day="05/05", absence_reason=AbsenceReason.HEALTH)], "attendance6"),
    ],
    "SUI25": [
        ([action(attendance=EXCUSED)], "absence_reason5"),
        ([to_do(attendance=EXCUSED)], "absence_reason5"),
        ([action(), action(day="05/05", attendance=EXCUSED, status=Status.DROPPED)],
         "absence_reason6"),
    ],
    "SUI26": [
        ([action(attendance=EXCUSED, absence_reason=TRANSPORT)], "attendance5"),
        ([action(attendance=ABSENT)], "attendance5"),
        ([action(attendance=ABSENT, collective=False, minutes=1)], "attendance5"),
    ],
    "SUI27": [
        ([missed("20/04"), missed("04/05")], "attendance6"),
        ([missed("04/05"), missed(ON)], "attendance6"),
        ([missed("04/05"), missed("20/04")], "attendance5"),
        ([missed("20/04"), action(day="28/04"), missed("04/05")], "attendance7"),
        ([action(day="13/04", attendance=THERE), missed("20/04"), missed("27/04"),
          missed("04/05")], "attendance8"),
        ([missed("01/03"), missed(ago(60))], "attendance6"),
        ([with_settings(discuss_days=5), missed("20/04"), missed("07/05")], "attendance6"),
        ([missed("20/04"), missed("04/05"), action(day="13/05", attendance=THERE)], "attendance6"),
    ],
}  # fmt: skip

PASSING: dict[str, list[list[Any]]] = {
    "SUI01": [
        [action("M. MARTIN Paul")],
        [action("paul martin")],
        [person(precision="Caen"), person(precision="Bayeux"), action("Martin Paul (Caen)")],
    ],
    "SUI02": [
        [to_do(deadline=condition("Se revoir après la première mission"))],
        [to_do(deadline=None, status=None)],
        [action(deadline=None)],
        [to_do(deadline=None, status=Status.DROPPED)],
        [to_do(deadline=None, unreadable=frozenset({"deadline"}))],
        [left(), to_do(deadline=None, day="01/03")],
    ],
    "SUI03": [
        [to_do(deadline="12/05")],
        [to_do(deadline="11/05", status=Status.DROPPED)],
        [action(deadline="11/05")],
        [action(deadline="11/05", status=None)],
        [to_do(deadline=due("12/06", first="01/05", moves=1))],
        [to_do(deadline=condition("Après la première mission"))],
        [person(paused_until="12/05"), to_do(deadline="11/05")],
        [left(), to_do(deadline="11/05")],
        [person(registered=None), to_do(deadline="11/05")],
        [to_do(deadline="11/05", status=None, unreadable=frozenset({"status"}))],
    ],
    "SUI04": [
        [to_do(deadline=due("12/06", moves=2))],
        [action(deadline=due("12/06", moves=5))],
        [left(), to_do(deadline=due("12/06", moves=3))],
    ],
    "SUI05": [
        [to_do(deadline="27/05")],
        [to_do(deadline="11/05")],
        [action(deadline="20/05")],
        [person(paused_until="30/06"), to_do(deadline="20/05")],
    ],
    "SUI06": [
        [to_do(day="04/05", deadline="04/05")],
        [to_do(deadline=condition("Après la mission"))],
        [to_do(day=None, deadline="03/05/20")],
        [to_do(day="29/02/24", deadline="01/03/24")],
    ],
    "SUI07": [
        [action()],
        [to_do()],
        [action(status=None, outcome="")],
        [action(outcome="", status=Status.DROPPED)],
    ],
    "SUI08": [
        [action(day="12/05")],
        [to_do(day="13/05")],
        [action(day="13/05", status=None)],
        [action(day="13/05", status=Status.DROPPED)],
    ],
    "SUI09": [
        [action(minutes=0)],
        [to_do()],
        [action(minutes=None, status=Status.DROPPED)],
        [action(minutes=None, unreadable=frozenset({"minutes"}))],
        [person(), person("Petit Eva"), action(collective=True),
         action("Petit Eva", minutes=None, collective=True)],
        [left(), action(minutes=None, day="01/03")],
    ],
    "SUI10": [
        [action(minutes=480)],
        [action(minutes=0)],
        [action(minutes=500), with_settings(max_minutes=600)],
    ],
    "SUI11": [
        [action()],
        [action(objective="", status=Status.DROPPED)],
        [left(), action(objective="", day="01/03")],
    ],
    "SUI12": [
        [to_do(deadline="18/05")],
        [to_do(deadline="09/05")],
        [to_do(deadline=due("31/05", typed="fin mai"))],
        [to_do(deadline=due("17/05", typed="Prioritaire Dans la semaine"))],
        [action(deadline="16/05")],
    ],
    "SUI13": [
        [engagement(), action(engagement="D")],
        [engagement(agreed="04/05"), action(engagement="D", day="04/05")],
        [reviewed(on="04/05"), action(engagement="D", day="04/05")],
        [engagement(), engagement(type="CP", reference="CP-2026-001"), action(engagement="CP")],
        [engagement(type=None, unreadable=frozenset({"type"})), action(engagement="D")],
        [left(), action(engagement="CP", day="01/03")],
        [action()],
    ],
    "SUI14": [
        [engagement(), action(reference="D-2026-001")],
        [engagement(), action(reference="d-2026-1")],
        [engagement("Martin Pol"), action(reference="D-2026-001")],  # said on the engagement
        [action()],
    ],
    "SUI15": [
        [action()],
        [action(status=None)],
        [action(status=None, deadline="11/05")],  # SUI23
        [left(), action(status=None, outcome="", day="01/03")],
        [action(status=None, outcome="", unreadable=frozenset({"status"}))],
    ],
    "SUI16": [
        [*FOUR, *(action(name, **WORKSHOP, collective=True) for name in NAMES)],
        [*FOUR, *(action(name, **WORKSHOP, collective=False) for name in NAMES)],
        [*FOUR, *(action(name) for name in NAMES)],
        [action(**WORKSHOP), action(**WORKSHOP)],
        [*FOUR, action("Un A", **WORKSHOP), action("Deux B", **WORKSHOP, day="05/05")],
    ],
    "SUI17": [
        [action(day=date(2003, 4, 18))],
        [to_do(day=date(2027, 12, 31))],
        [action(day=date(1990, 1, 1))],
        [to_do(deadline=date(2029, 5, 12))],
        [to_do(deadline=date(2029, 5, 11))],
        [action(day=None)],
    ],
    "SUI18": [
        [action(day="06/12/25")],
        [left(exited="01/02/25", registered="01/01/24", interview=None), person(),
         action(day="05/02/24")],
        [person(pre_reception="20/12/25"), action(day="20/11/25")],
        [person(registered=None, interview=None), action(day="05/02/24")],
        [person(unreadable=frozenset({"pre_reception"})), action(day="05/02/24")],
        [action(day=date(1926, 5, 4))],
    ],
    "SUI19": [
        [to_do(day="04/06", outcome="Apporter le CV")],
        [to_do(day="04/06", minutes=60)],
        [action(day="12/05", status=None)],
        [action(day="13/05")],
        [action(day="13/05", status=Status.DROPPED)],
        [action(day=date(2062, 5, 4), status=None)],
    ],
    "SUI20": [
        [to_do(engagement="CP", deadline="04/11/28")],
        [to_do(engagement="T", deadline="12/05/29")],
        [to_do(engagement=None, deadline="12/05/29")],
        [to_do(engagement="CP", deadline=date(2206, 6, 30))],
        [to_do(engagement="CP", day=date(1926, 5, 4))],
    ],
    "SUI21": [
        [action(deadline=undated("fait"))],
        [action(deadline=undated("RAS"), status=Status.DROPPED)],
        [to_do(deadline=undated("à revoir"))],
        [to_do(deadline=due("12/06", typed="fait le 12/05, à revoir le 12/06"))],
        [person(paused_until="30/06"), to_do(deadline=undated("fait"))],
    ],
    "SUI22": [
        [BENSAID, action("BENSAÏD FATIMA")],
        [BENSAID, action(" Bensaïd  Fatima ")],
        [left("Bensaïd Fatima"), action("Bensaid Fatima")],
        [BENSAID, action("Bensad")],
    ],
    "SUI23": [
        [action(status=None, deadline="12/05")],  # not past that day
        [to_do(status=None, deadline="11/05")],  # no outcome: late, SUI03
        [action(status=None)],  # no deadline
        [action(deadline="11/05")],
        [action(deadline="11/05", status=Status.DROPPED)],
        [action(deadline="11/05", status=Status.UNDER_WAY)],
        [action(status=None, deadline="11/05", unreadable=frozenset({"status"}))],
        [person(paused_until="12/05"), action(status=None, deadline="11/05")],
        [left(), action(status=None, day="01/03", deadline="11/03")],
    ],
    "SUI24": [
        [action(attendance=EXCUSED, absence_reason=TRANSPORT)],
        [action(attendance=ABSENT, absence_reason=TRANSPORT)],
        [action(attendance=THERE)],
        [action(absence_reason=TRANSPORT, unreadable=frozenset({"attendance"}))],
        [left(), action(absence_reason=TRANSPORT)],
    ],
    "SUI25": [
        [action(attendance=ABSENT)],
        [action(attendance=THERE)],
        [action(attendance=EXCUSED, unreadable=frozenset({"absence_reason"}))],
        [left(), action(attendance=EXCUSED)],
    ],
    "SUI26": [
        [action(attendance=THERE)],
        [action(attendance=ABSENT, status=Status.DROPPED)],
        [action(attendance=ABSENT, minutes=None)],
        [action(attendance=ABSENT, minutes=0)],
        [action(attendance=ABSENT, collective=True)],
        [left(), action(attendance=ABSENT)],
    ],
    "SUI27": [
        [missed("04/05")],
        [missed("04/05"), missed("04/05")],  # one day
        [missed("20/04"), missed("04/05"), action(day="08/05", attendance=THERE)],
        [missed("20/04"), missed("04/05"), action(day="08/05", attendance=EXCUSED)],
        [missed("20/04"), action(day="28/04", attendance=THERE), missed("04/05")],
        [missed("04/05"), missed("13/05")],  # still to come
        [missed("01/03"), missed(ago(61))],
        [person(paused_until="30/06"), missed("20/04"), missed("04/05")],
        [left(exited="08/05"), missed("20/04"), missed("04/05")],
    ],
}  # fmt: skip


test_fails, test_passes = cases_as_tests(FAILING, PASSING)


def test_every_rule_has_its_cases() -> None:
    codes = [rule.code for rule in RULES if rule.family == "SUI"]
    assert list(FAILING) == list(PASSING) == codes
    assert min(map(len, FAILING.values())) >= 3
    assert min(map(len, PASSING.values())) >= 3


def dated(text: str, day: date) -> DatedText:
    return DatedText(text, day, text.partition(" ")[2])


def test_the_seed_s_christian_is_late_on_one_cell_and_nothing_else() -> None:
    """Exemple n°4 as filled, with Statut (2) on its first line."""
    inscribed = date(2003, 4, 18)
    rows = [
        person(
            "Christian", title=Title.MR, birth_year=1976, pre_reception=date(2003, 4, 10),
            interview=inscribed, registered=inscribed,
        ),
        action(
            "M. Christian", dated=dated("18/04/03 Entretien individuel", inscribed),
            action="Rechercher des MAD sur la manutention, la peinture, ou le jardinage",
            engagement="CP", status=Status.UNDER_WAY,
            deadline=Deadline(
                "Se revoir après la première mission Entretien dans 15 jours (02/05/03)",
                date(2003, 5, 2), date(2003, 5, 2),
            ),
            outcome="Contact du partenaire par l'AI 19/04 – prendre RDV",
        ),
        action(
            "M. Christian", dated=dated("20/04/03 tél", date(2003, 4, 20)), status=None,
            action="Proposition (MAD Test)", engagement="CP", minutes=15,
        ),
        action(
            "M. Christian", dated=dated("24/04/03 Entretien individuel", date(2003, 4, 24)),
            action="Bilan 1ère MAD", engagement="CP", status=None, minutes=15,
        ),
        action(
            "M. Christian", dated=dated("02/05/03", date(2003, 5, 2)), action="Bilan des MAD",
            objective="", status=None, outcome="", minutes=None,
        ),
    ]  # fmt: skip
    found = run(workbook(rows), (), on=date(2003, 5, 10))
    grave = [finding for finding in found if finding.severity is not Severity.INFO]
    assert [(f.code, f"{f.place.sheet}!{f.place.cell}") for f in grave] == [("SUI03", "Suivi!F5")]
    assert "02/05/2003" in grave[0].message
    assert [(f.code, f.place.cell) for f in found if f.severity is Severity.INFO] == [
        ("SUI22", "A5"),
        ("SUI13", "E5"),
        ("SUI11", "D8"),
        ("SUI15", "G8"),
    ]


def test_a_reference_nearly_right_is_suggested() -> None:
    [finding] = findings([engagement(), action(reference="D-2026-010")], "SUI14")
    assert finding.help == "Vouliez-vous dire D-2026-001 ?"


def test_absences_in_a_row_are_counted_and_dated() -> None:
    [finding] = findings([missed("13/04"), missed("20/04"), missed("04/05")], "SUI27")
    assert finding.message == "3 absences non excusées de suite, la dernière le 04/05/2026."


def test_a_reason_is_never_told() -> None:
    """The reason may be of health: a finding goes into files that others read."""
    [finding] = findings([action(absence_reason=AbsenceReason.HEALTH)], "SUI24")
    assert "Santé" not in finding.message + finding.help


@pytest.mark.parametrize("gone", ["attendance", "absence_reason"])
def test_without_one_of_the_columns_the_other_is_not_asked_for(gone: str) -> None:
    records = workbook([action(attendance=EXCUSED), action(absence_reason=TRANSPORT)])
    columns = {n: c for n, c in records.follow_ups.columns.items() if n != gone}
    bare = replace(records, follow_ups=replace(records.follow_ups, columns=columns))
    codes = [one.code for one in run(bare, (), on=ON) if one.code in ("SUI24", "SUI25")]
    assert codes == []
