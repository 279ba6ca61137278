"""What freins and actions say of the needs of a request for prolongation: only what is sure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from cedre_xlsx.method.values import DatedText
from cedre_xlsx.method.vocabulary import Attendance, BarrierLevel, Status
from cedre_xlsx.paperwork.actions import RESOLVED, NeedAnswers, need_answers
from cedre_xlsx.paperwork.lacks import lacking_columns
from cedre_xlsx.schema.barriers import BarrierRow
from cedre_xlsx.schema.follow_up import FollowUpRow
from cedre_xlsx.schema.people import PersonRow
from cedre_xlsx.schema.records import Person, Records

ON = date(2026, 9, 30)
BEFORE, LATER = date(2026, 5, 1), date(2026, 10, 15)
HIGH, MEDIUM, LOW, NONE = BarrierLevel
DONE, UNDER_WAY, TO_PROPOSE, DROPPED = (
    Status.DONE, Status.UNDER_WAY, Status.TO_PROPOSE, Status.DROPPED
)  # fmt: skip


def frein(barrier: str, level: BarrierLevel | None = None, **said: Any) -> BarrierRow:
    return BarrierRow(row=5, barrier=barrier, current_level=level, **said)


def line(
    action: str, objective: str, status: Status | None, day: date | None = BEFORE, **said: Any
) -> FollowUpRow:
    dated = DatedText(text="", day=day) if day else None
    return FollowUpRow(
        row=9, action=action, objective=objective, status=status, dated=dated, **said
    )


def told(
    freins: Sequence[BarrierRow] = (),
    lines: Sequence[FollowUpRow] = (),
    *,
    pathways: tuple[PersonRow, ...] = (PersonRow(row=5, last_name="A"),),
    records: Records | None = None,
) -> tuple[dict[str, NeedAnswers], tuple[str, ...]]:
    person = Person("A", pathways, follow_ups=tuple(lines), barriers=tuple(freins))
    return need_answers(records or Records(), person, ON)


LEVELS = [
    # freins with their level of now, and whether they are lifted; what C38 is told, or why not
    ([frein("Famille", MEDIUM)], "(+)"),
    ([frein("Famille", NONE), frein("Disponibilité", NONE)], "(--)"),
    ([frein("Famille", MEDIUM), frein("Disponibilité", HIGH)],
     "freins de niveaux différents, à choisir : Famille (+) et Disponibilité (++)"),
    ([frein("Famille", MEDIUM), frein("Disponibilité")],
     "freins de niveaux différents, à choisir : Famille (+) et Disponibilité non noté"),
    ([frein("Famille")], "aucun niveau actuel noté dans Freins"),
    ([frein("Famille", LOW, lifted=ON), frein("Disponibilité", HIGH)], "(++)"),
    ([frein("Famille", LOW, lifted=ON)],
     "frein levé : le niveau noté, (-), n'est plus celui du besoin"),
    ([frein("Famille", NONE, lifted=ON)], "(--)"),
    ([frein("Famille", LOW, lifted=LATER)], "(-)"),
    ([frein("Famille", LOW), frein("Famille", unreadable=frozenset({"current_level"}))],
     "le niveau actuel de la ligne 5 de Freins n'est pas compris"),
    ([frein("Famille", LOW, unreadable=frozenset({"lifted"}))],
     "le levé le de la ligne 5 de Freins n'est pas compris"),
]  # fmt: skip


@pytest.mark.parametrize(("freins", "said"), LEVELS)
def test_a_level_is_told_where_the_freins_agree(freins: list[BarrierRow], said: str) -> None:
    found, notes = told(freins)
    level = found["contraintes personnelles et familiales"].level
    assert (level.value or level.why, notes) == (said, ())


LIFTED = frein("Mobilité", lifted=BEFORE)
PLANS = [
    # freins and lines; what is planned for the mobility, else why nothing is
    ([LIFTED], [], [RESOLVED]),
    ([LIFTED], [line("Atelier", "Mobilité", DONE)], [RESOLVED]),
    ([LIFTED], [line("Atelier", "Mobilité", DROPPED, LATER)], [RESOLVED]),
    ([], [line("Formation", "Mobilité", TO_PROPOSE, LATER)], ["Formation"]),
    ([LIFTED], [line("Formation", "Mobilité", UNDER_WAY, LATER)], ["Formation"]),
    ([LIFTED], [line("Formation", "Mobilité", TO_PROPOSE, None)], ["Formation"]),
    ([LIFTED], [line("Parler du permis", "Mobilité", UNDER_WAY)],
     "Suivi!C9, « Parler du permis », n'est pas réalisée"),
    ([LIFTED], [line("Formation", "Mobilité et famille", UNDER_WAY)],
     "Suivi!C9, « Formation », n'est pas réalisée"),
    ([LIFTED], [line("Formation", "Mobilité", None)],
     "Suivi!C9, « Formation », n'est pas réalisée"),
    ([LIFTED], [line("Formation", "Mobilité", None, unreadable=frozenset({"status"}))],
     "Suivi!C9, « Formation », n'est pas réalisée"),
    ([LIFTED], [line("Formation", "Mobilité", DONE, LATER)],
     "Suivi!C9, « Formation », n'est pas réalisée"),
    ([LIFTED, frein("Mobilité", identified=LATER)], [],
     "Freins!B5, « Mobilité », repéré depuis"),
]  # fmt: skip


@pytest.mark.parametrize(("freins", "lines", "said"), PLANS)
def test_a_need_is_solved_when_nothing_is_left_of_it(
    freins: list[BarrierRow], lines: list[FollowUpRow], said: list[str] | str
) -> None:
    found = told(freins, lines)[0]["mobilité"]
    planned = [one.value for one in found.planned]
    if isinstance(said, str):
        assert planned == []
        assert found.no_plan == f"frein levé, mais résolu n'est pas sûr ({said})"
    else:
        assert planned == said


def test_a_frein_that_may_be_lifted_is_not_solved() -> None:
    found = told([LIFTED, frein("Mobilité", unreadable=frozenset({"lifted"}))])[0]["mobilité"]
    assert (found.planned, found.level.why) == (
        (), "le levé le de la ligne 5 de Freins n'est pas compris"
    )  # fmt: skip


UNSURE = [
    # a line of Suivi that counts as nothing; what is said of it
    (line("Formation refusée par la personne", "Mobilité", DONE),
     "au Statut (3) Réalisée, et ses mots disent le contraire ; à reporter à la main"),
    (line("Formation", "Mobilité", DONE, outcome="Annulée par l'organisme"),
     "au Statut (3) Réalisée, et ses mots disent le contraire ; à reporter à la main"),
    (line("Atelier", "Mobilité", DONE, attendance=Attendance.ABSENT),
     "au Statut (3) Réalisée, avec « Absence non excusée » ; à reporter à la main"),
    (line("Atelier", "Mobilité", DONE, None),
     "au Statut (3) Réalisée, sans date comprise ; à reporter à la main"),
    (line("Atelier", "Mobilité", DONE, LATER),
     "au Statut (3) Réalisée, mais datée d'après le bilan ; à reporter à la main"),
    (line("Atelier", "Mobilité", None, unreadable=frozenset({"status"})),
     "son Statut n'est pas compris, à reporter à la main"),
]  # fmt: skip


@pytest.mark.parametrize(("row", "said"), UNSURE)
def test_an_action_is_done_when_nothing_says_otherwise(row: FollowUpRow, said: str) -> None:
    found, notes = told([], [row])
    assert found["mobilité"].done == found["mobilité"].planned == ()
    assert notes == (f"Suivi!C9, « {row.action} » : {said}",)


FREINS = [
    # as it is typed; the need whose level it gives, else what is said of it
    ("Logement", "logement"), ("hebergement", "logement"), ("Français", "savoirs de base"),
    ("Surendettement", "difficultés financières"), ("MOBILITÉ", "mobilité"),
    ("Accès aux droits", "ce frein touche plusieurs besoins du formulaire (recours aux droits et "
     "procédures administratives), à reporter à la main"),
    ("Discrimination", "ce frein n'a pas de ligne dans le formulaire, à reporter à la main"),
    ("Handicap", "ce frein n'est pas reconnu ; à reporter à la main, peut-être en handicap, "
     "compensation ou handicap, rétablissement"),
    ("Mobillité", "ce frein n'est pas reconnu, à reporter à la main ; vouliez-vous dire "
     "« Mobilité » ?"),
    ("Alcool", "ce frein n'est pas reconnu, à reporter à la main"),
]  # fmt: skip


@pytest.mark.parametrize(("typed", "said"), FREINS)
def test_a_frein_is_known_by_what_it_names(typed: str, said: str) -> None:
    found, notes = told([frein(typed, MEDIUM)])
    levels = {name for name, one in found.items() if one.level.value == "(+)"}
    if said in found:
        assert (levels, notes) == ({said}, ())
    else:
        assert (levels, notes) == (set(), (f"Freins!B5, « {typed} » : {said}",))


def test_a_frein_of_a_former_pathway_is_to_be_seen_again() -> None:
    pathways = (
        PersonRow(row=5, last_name="A", registered=date(2022, 1, 1), exited=date(2023, 6, 1)),
        PersonRow(row=6, last_name="A", registered=date(2026, 1, 5)),
    )
    old = frein("Justice", HIGH, identified=date(2022, 2, 1))
    new = frein("Santé", MEDIUM, identified=date(2026, 1, 4))  # the day before this pathway
    found, notes = told([old, new], pathways=pathways)
    assert found["difficultés judiciaires"].level.why == (
        "le frein « Justice » est d'un parcours d'avant, à revoir"
    )
    assert found["droits, soins et santé"].level.value == "(+)"
    assert notes == (
        "Freins!B5, « Justice » : repéré le 01/02/2022, dans un parcours d'avant, et pas levé ; "
        "à revoir avec la personne",
    )


LACKS = [
    # a column that is not to be found; what C, D and E of the mobility are told
    ("barriers", "barrier", "la colonne « Frein » n'a pas été trouvée dans Freins", "", ""),
    ("barriers", "lifted", "la colonne « Levé le » n'a pas été trouvée dans Freins", "", ""),
    ("barriers", "accompaniment", "",
     "la colonne « Accompagnement » n'a pas été trouvée dans Freins", ""),
    ("follow_ups", "objective", "",
     "la colonne « Objectifs poursuivis » n'a pas été trouvée dans Suivi",
     "la colonne « Objectifs poursuivis » n'a pas été trouvée dans Suivi"),
]  # fmt: skip


@pytest.mark.parametrize(("table", "name", "level", "done", "planned"), LACKS)
def test_a_column_that_was_not_found_is_said(
    table: str, name: str, level: str, done: str, planned: str
) -> None:
    whole = getattr(Records(), table)
    kept = {field: place for field, place in whole.columns.items() if field != name}
    records = Records(**{table: replace(whole, columns=kept)})
    found = told([frein("Mobilité", HIGH)], records=records)[0]["mobilité"]
    assert found.level.why == level
    assert done in ("", found.no_action)
    assert planned in ("", found.no_plan)
    assert len(lacking_columns(records)) == 1
    assert lacking_columns(Records()) == ()


def test_a_sheet_that_was_not_found_is_no_lack_of_freins() -> None:
    records = Records(barriers=replace(Records().barriers, found=False, columns={}))
    level = told(records=records)[0]["mobilité"].level
    assert level.why == "la feuille « Freins » n'a pas été trouvée"
