"""ENG: each case is a few rows; the cells that the rule must name stand beside them."""

from __future__ import annotations

from datetime import date
from typing import Any

from cedre_xlsx.method.vocabulary import Achieved, EngagementForm
from cedre_xlsx.rules import RULES
from tests.rules.rule_cases import (
    Cases,
    action,
    cases_as_tests,
    condition,
    due,
    engagement,
    findings,
    left,
    mission,
    person,
    reviewed,
    with_settings,
)

CP = {"type": "CP", "reference": "CP-2026-001"}
TWO = [person("Un A"), person("Deux B")]

TEAM = with_settings(advisors=("Linda Roux", "Sophie Martin"))

FAILING: Cases = {
    "ENG01": [
        ([engagement(needs="")], "needs5"),
        ([engagement(object="")], "object5"),
        ([engagement(structure_means="", person_means="")], "structure_means5"),
        ([engagement(deadline=None)], "deadline5"),
        ([engagement(review_planned=None)], "review_planned5"),
        ([engagement(type=None)], "type5"),
        ([engagement(agreed=None, object="", deadline=None)], "agreed5"),
    ],
    "ENG02": [
        ([engagement(reference="")], "reference5"),
        ([engagement(reference="D-26-001")], "reference5"),
        ([engagement(reference="D-2026-1")], "reference5"),
        ([engagement(reference="D 2026 001")], "reference5"),
        ([engagement(reference="12")], "reference5"),
    ],
    "ENG03": [
        ([engagement(), engagement(agreed="02/04")], "reference6"),
        ([*TWO, engagement("Un A"), engagement("Deux B", reference="d-2026-001")], "reference6"),
        ([engagement(), engagement(), engagement()], "reference6 reference7"),
    ],
    "ENG04": [
        ([engagement(type="CP")], "reference5"),
        ([engagement(reference="XX-2026-001")], "reference5"),
        ([engagement(reference="MPP-2026-001", type="VP")], "reference5"),
    ],
    "ENG05": [
        ([engagement("Martin Pol")], "person5"),
        ([engagement(""), engagement()], "person5"),
        ([person(precision="Caen"), person(precision="Bayeux"), engagement()], "person5"),
    ],
    "ENG06": [
        ([engagement(**CP, agreed="15/01", deadline="16/04")], "deadline5"),
        ([engagement(agreed="29/02/24", deadline="01/03")], "deadline5"),
        ([engagement(type="SA", agreed="01/04", deadline="02/04/28")], "deadline5"),
        ([engagement(**CP, agreed="31/01", deadline="01/05")], "deadline5"),
        ([engagement(**CP, deadline=due("02/07", first="01/06", moves=1))], "deadline5"),
    ],
    "ENG07": [
        ([engagement(agreed="02/04", deadline="01/04")], "deadline5"),
        ([engagement(agreed="01/04", deadline="01/07/25")], "deadline5"),
        ([left(), reviewed(agreed="01/03", deadline="01/02", on="10/03")], "deadline5"),
    ],
    "ENG08": [
        ([engagement(deadline="11/05")], "deadline5"),
        ([engagement(deadline=None, review_planned="11/05")], "review_planned5"),
        ([engagement(deadline=due("11/05", first="01/05", moves=1))], "deadline5"),
        ([engagement(deadline="11/05", achieved=Achieved.FULLY)], "deadline5"),
        ([reviewed(deadline="01/05", on="13/05")], "deadline5"),
    ],
    "ENG09": [
        ([engagement(deadline="12/05", review_planned=None)], "deadline5"),
        ([engagement(deadline="26/05")], "deadline5"),
        ([engagement(deadline="01/07", review_planned="20/05")], "review_planned5"),
    ],
    "ENG10": [
        ([reviewed(agreed="01/04", on="31/03")], "reviewed5"),
        ([engagement(agreed="01/04", review_planned="31/03")], "review_planned5"),
        ([reviewed(agreed="01/04", on="31/03", review_planned="30/03")],
         "review_planned5 reviewed5"),
    ],
    "ENG11": [
        ([reviewed(achieved=None)], "achieved5"),
        ([left(), reviewed(achieved=None, agreed="01/02", on="31/03")], "achieved5"),
        ([reviewed(), reviewed(reference="D-2026-002", achieved=None)], "achieved6"),
    ],
    "ENG12": [
        ([reviewed(achieved=Achieved.NO, comments="")], "comments5"),
        ([left(), reviewed(achieved=Achieved.NO, comments="")], "comments5"),
        ([engagement(achieved=Achieved.NO)], "comments5"),
    ],
    "ENG13": [
        ([reviewed(follow_up=True)], "follow_up5"),
        ([reviewed(follow_up=True, next_type="VP")], "follow_up5"),
        ([reviewed(follow_up=True), engagement(agreed="01/04", reference="D-2026-002")],
         "follow_up5"),
        ([reviewed(follow_up=True), engagement(agreed="01/02", reference="D-2026-002")],
         "follow_up5"),
    ],
    "ENG14": [
        ([reviewed(next_type="SA")], "next_type5"),
        ([reviewed(type="VP", next_type="D")], "next_type5"),
        ([engagement(type="MPP", next_type="T")], "next_type5"),
    ],
    "ENG15": [
        ([engagement(structure_means="")], "structure_means5"),
        ([engagement(person_means="")], "person_means5"),
        ([reviewed(person_means="")], "person_means5"),
    ],
    "ENG16": [
        ([engagement(form=EngagementForm.WRITTEN, agreed="26/04")], "form5"),
        ([engagement(form=EngagementForm.WRITTEN)], "form5"),
        ([engagement(form=EngagementForm.WRITTEN, agreed="06/05"),
          with_settings(signature_days=5)], "form5"),
    ],
    "ENG17": [
        ([engagement(), engagement(**CP, agreed="02/04")], "reference6"),
        ([engagement(agreed="02/04"), engagement(**CP)], "reference5"),
        ([engagement(), engagement(reference="D-2026-002")], "reference6"),
        ([engagement(), engagement(**CP), engagement(type="SA", agreed="04/04")], "reference7"),
    ],
    "ENG18": [
        ([engagement(agreed="11/04")], "object5"),
        ([engagement(), action(day="31/03"), mission(start="30/03", end="31/03")], "object5"),
        ([engagement(), action(reference="CP-2026-001")], "object5"),
    ],
    "ENG19": [
        ([*TWO, engagement("Un A"), engagement("Deux B")], "object5"),
        ([*TWO, reviewed("Un A"), engagement("Deux B", object="DECOUVRIR la peinture")], "object5"),
        ([*TWO, engagement("Un A", object="Autre"), engagement("Deux B"), engagement("Un A")],
         "object6"),
    ],
    "ENG20": [
        ([engagement(agreed=date(2062, 4, 1))], "agreed5"),
        ([engagement(agreed=date(1926, 4, 1))], "agreed5"),
        ([engagement(deadline=date(2206, 7, 1))], "deadline5"),
        ([engagement(deadline=date(2029, 5, 13))], "deadline5"),
        ([engagement(review_planned=date(2029, 5, 13))], "review_planned5"),
        ([reviewed(on=date(1989, 12, 31))], "reviewed5"),
        ([reviewed(on=date(2062, 5, 4))], "reviewed5"),
    ],
    "ENG21": [
        ([engagement(agreed="01/04/25")], "agreed5"),
        ([engagement(agreed="05/12/25")], "agreed5"),
        ([person(pre_reception="20/12/25"), engagement(agreed="19/11/25")], "agreed5"),
    ],
    "ENG22": [
        ([reviewed(on="15/06")], "reviewed5"),
        ([engagement(agreed="13/05")], "agreed5"),
        ([reviewed(agreed="13/05", on="13/05")], "agreed5 reviewed5"),
    ],
    "ENG23": [
        ([engagement(**CP, deadline="02/10/28")], "deadline5"),
        ([engagement(**CP, agreed="15/01", deadline="15/03/29")], "deadline5"),
        ([engagement(**CP), engagement(**CP, deadline="12/05/29")], "deadline6"),
    ],
    "ENG24": [
        ([engagement(advisor="Sophie Martn"), TEAM], "advisor5"),
        ([engagement(advisor="SM"), engagement(advisor="SM"), TEAM], "advisor5"),
        ([reviewed(advisor="Karim", on="15/06"), TEAM], "advisor5"),
    ],
}  # fmt: skip

PASSING: dict[str, list[list[Any]]] = {
    "ENG01": [
        [engagement()],
        [engagement(form=EngagementForm.ORAL)],
        [reviewed(review_planned=None)],
        [engagement(deadline=condition("À la fin du stage"))],
        [engagement(deadline=None, unreadable=frozenset({"deadline"}))],
        [engagement(person_means="")],
    ],
    "ENG02": [
        [engagement(reference="D-2026-001")],
        [engagement(reference="d-2026-1204")],
        [engagement(reference=" MPP-2026-001 ")],
    ],
    "ENG03": [
        [engagement(), engagement(reference="D-2026-002")],
        [engagement(), engagement(reference="D-2025-001")],
        [engagement(reference=""), engagement(reference="")],
    ],
    "ENG04": [
        [engagement(reference="d-2026-001")],
        [engagement(reference="DECOUVERTE-2026-001")],
        [engagement(type=None, unreadable=frozenset({"type"}))],
        [engagement(reference="12")],
    ],
    "ENG05": [
        [engagement("Mme MARTIN paul")],
        [person(precision="Caen"), person(precision="Bayeux"), engagement("Martin Paul (Caen)")],
        [engagement("Paul Martin")],
    ],
    "ENG06": [
        [engagement(**CP, agreed="15/01", deadline="15/04")],
        [engagement(**CP, agreed="30/11/25", deadline="28/02")],
        [engagement(**CP, agreed="29/02/24", deadline="29/05/24")],
        [engagement(agreed="29/02/24", deadline="28/02")],
        [engagement(type="VP", agreed="01/04", deadline="01/04/28")],
        [engagement(type="T", agreed="01/04", deadline="01/04/40")],
        [engagement(type="SA", deadline="02/04")],
        [engagement(**CP, deadline=condition("Après le RDV"))],
    ],
    "ENG07": [
        [engagement(agreed="01/04", deadline="01/04")],
        [engagement(agreed=None, deadline="01/04/20")],
        [engagement(deadline=condition("Après le RDV"))],
    ],
    "ENG08": [
        [engagement(deadline="12/05")],
        [reviewed(deadline="01/05", on="12/05")],
        [left(), engagement(agreed="01/02", deadline="11/05")],
        [person(paused_until="30/06"), engagement(deadline="11/05")],
        [engagement(deadline="11/05", unreadable=frozenset({"reviewed"}))],
        [engagement(deadline="12/06", review_planned="01/05")],
    ],
    "ENG09": [
        [engagement(deadline="27/05", review_planned="27/05")],
        [engagement(deadline="11/05", review_planned="20/05")],
        [reviewed(deadline="20/05")],
        [person(paused_until="30/06"), engagement(deadline="20/05")],
    ],
    "ENG10": [
        [reviewed(agreed="01/04", on="01/04")],
        [engagement()],
        [reviewed(agreed=None, on="01/01/20")],
    ],
    "ENG11": [
        [reviewed(achieved=Achieved.PARTLY)],
        [engagement()],
        [reviewed(achieved=None, unreadable=frozenset({"achieved"}))],
    ],
    "ENG12": [
        [reviewed(achieved=Achieved.NO, comments="A trouvé un CDD")],
        [reviewed(achieved=Achieved.PARTLY, comments="")],
        [engagement(comments="")],
    ],
    "ENG13": [
        [reviewed(follow_up=True), engagement(agreed="04/05", reference="D-2026-002")],
        [reviewed(follow_up=True), engagement(agreed="02/05", reference="D-2026-002")],
        [reviewed(follow_up=True, on="12/05")],
        [reviewed(follow_up=False)],
        [left(exited="06/05"), reviewed(follow_up=True)],
        [person(paused_until="30/06"), reviewed(follow_up=True)],
        [reviewed(follow_up=True), engagement(agreed=None, reference="D-2026-002")],
    ],
    "ENG14": [
        [reviewed(next_type="D")],
        [reviewed(type="VP", next_type="CP")],
        [reviewed(next_type="VP")],
        [reviewed(type="T", next_type="MPP")],
        [reviewed()],
    ],
    "ENG15": [
        [engagement()],
        [engagement(structure_means="", person_means="")],
        [engagement(person_means="", unreadable=frozenset({"person_means"}))],
    ],
    "ENG16": [
        [engagement(form=EngagementForm.ORAL)],
        [engagement(form=EngagementForm.HANDED_OVER)],
        [engagement(form=EngagementForm.WRITTEN, agreed="27/04")],
        [reviewed(form=EngagementForm.WRITTEN)],
        [person(paused_until="30/06"), engagement(form=EngagementForm.WRITTEN)],
    ],
    "ENG17": [
        [reviewed(on="04/05"), engagement(agreed="04/05", reference="D-2026-002")],
        [engagement(), engagement(**CP, agreed="13/05")],
        [*TWO, engagement("Un A"), engagement("Deux B")],
        [reviewed(), reviewed(reference="D-2026-002")],
    ],
    "ENG18": [
        [engagement(agreed="12/04")],
        [engagement(), action(day="01/04")],
        [engagement(), mission(start="01/03", end=None)],
        [engagement(), action(day="01/03", reference="D-2026-001")],
        [reviewed()],
    ],
    "ENG19": [
        [*TWO, engagement("Un A"), engagement("Deux B", person_means="Appeler deux employeurs")],
        [reviewed(), engagement(agreed="04/05", reference="D-2026-002")],
        [*TWO, engagement("Un A", object=""), engagement("Deux B", object="")],
        [*TWO, reviewed("Un A"), reviewed("Deux B")],
    ],
    "ENG20": [
        [engagement(agreed=date(2003, 4, 1), deadline=date(2003, 7, 1))],
        [engagement(deadline=date(2029, 5, 12), review_planned=date(2029, 5, 11))],
        [reviewed(on=date(1990, 1, 1))],
        [engagement(agreed=date(2027, 12, 31))],
        [engagement(agreed=None, deadline=None, review_planned=None)],
    ],
    "ENG21": [
        [engagement(agreed="06/12/25")],
        [person(registered=None, interview=None), engagement(agreed="01/04/25")],
        [engagement("Inconnu Jean", agreed="01/04/25")],
    ],
    "ENG22": [
        [reviewed(on="12/05")],
        [engagement(agreed="12/05")],
        [engagement(agreed="20/05", form=EngagementForm.ORAL)],
        [engagement(agreed="20/05", form=None)],
        [reviewed(on=date(2062, 5, 4))],
    ],
    "ENG23": [
        [engagement(**CP, deadline="01/10/28")],
        [engagement(type="T", reference="T-2026-001", deadline="12/05/29")],
        [engagement(**CP, deadline=date(2206, 7, 1))],
        [engagement(**CP, deadline=None)],
    ],
    "ENG24": [
        [engagement(advisor="MARTIN Sophie"), TEAM],
        [engagement(advisor=""), TEAM],
        [reviewed(advisor="Ancienne Collègue"), TEAM],
        [person(advisor="SM"), engagement(advisor="SM"), TEAM],
        [left(), engagement(advisor="SM"), TEAM],
        [engagement(advisor="Quiconque")],
    ],
}


test_fails, test_passes = cases_as_tests(FAILING, PASSING)


def test_every_rule_has_its_cases() -> None:
    codes = [rule.code for rule in RULES if rule.family == "ENG"]
    assert list(FAILING) == list(PASSING) == codes
    assert min(map(len, FAILING.values())) >= 3
    assert min(map(len, PASSING.values())) >= 3


def test_what_is_missing_is_said() -> None:
    [finding] = findings([engagement(object="", deadline=None)], "ENG01")
    assert finding.message == "Il manque à l'engagement D-2026-001 : l'objet et l'échéance."


def test_the_longest_deadline_is_that_of_the_settings() -> None:
    settings = with_settings()
    shorter = tuple(
        kind.__class__(kind.code, kind.name, 1.5, kind.method) for kind in settings.types
    )
    rows = [engagement(agreed="01/04", deadline="16/05"), with_settings(types=shorter)]
    assert findings(rows, "ENG06") == []
    rows = [engagement(agreed="01/04", deadline="17/05"), with_settings(types=shorter)]
    [finding] = findings(rows, "ENG06")
    assert "1,5 mois" in finding.message
    assert "16/05/2026" in finding.message
