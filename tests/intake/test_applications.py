"""The platform's export of applications: who it makes, what it tells of them, what stays out."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from cedre_xlsx.intake.forms import APPLICATIONS, RDV_APPOINTMENTS, RDV_PEOPLE, known_form
from cedre_xlsx.intake.model import SourceTable
from cedre_xlsx.schema.errors import CedreError
from tests.intake.intake_support import book_with, empty_book, planned, rows, table

D = date
OURS = "AI des Trois Rivières"
HEADINGS = [
    "Civilité candidat", "Nom candidat", "Prénom candidat", "Email candidat",
    "Téléphone candidat", "Date de naissance candidat", "Ville candidat", "Département candidat",
    "Nom structure employeur", "Type employeur", "Métiers", "Source de la candidature",
    "Nom organisation prescripteur", "Nom utilisateur prescripteur", "Date de la candidature",
    "Statut de la candidature", "Dates de début d’embauche", "Dates de fin d’embauche",
    "Motifs de refus", "Éligibilité IAE validée", "Eligible au contrôle", "Numéro PASS IAE",
    "Début PASS IAE", "Fin PASS IAE", "Statut PASS IAE",
]  # fmt: skip
JEANNE: dict[str, Any] = {
    "Civilité candidat": "MME", "Nom candidat": "MARGUERITE", "Prénom candidat": "Jeanne",
    "Email candidat": "jeanne@exemple.invalid", "Téléphone candidat": "0100000000",
    "Date de naissance candidat": D(1985, 3, 4), "Ville candidat": "Valbruyère",
    "Département candidat": "29100", "Nom structure employeur": OURS, "Type employeur": "AI",
    "Source de la candidature": "Prescripteur habilité",
    "Nom organisation prescripteur": "France Travail - Valbruyère",
    "Nom utilisateur prescripteur": "Ida Lune", "Date de la candidature": D(2026, 1, 12),
    "Statut de la candidature": "Candidature acceptée",
    "Dates de début d’embauche": D(2026, 2, 2), "Dates de fin d’embauche": D(2026, 12, 31),
    "Numéro PASS IAE": "999992612345", "Début PASS IAE": D(2026, 2, 2),
    "Fin PASS IAE": D(2028, 2, 1), "Statut PASS IAE": "Valide",
}  # fmt: skip


def export(*lines: dict[str, Any], headings: list[str] | None = None) -> SourceTable:
    used = headings or HEADINGS
    return table(used, *([line.get(one, "") for one in used] for line in lines), sheet="Sheet")


def people(*lines: dict[str, Any]) -> list[dict[str, Any]]:
    return rows(planned(export(*lines), book=empty_book(OURS)), "tPersonnes")


@pytest.mark.slow
def test_an_accepted_application_makes_someone() -> None:
    assert people(JEANNE) == [
        {
            "Civilité": "Mme", "Nom": "MARGUERITE", "Prénom": "Jeanne",
            "Année de naissance": 1985, "Date d'inscription": D(2026, 2, 2),
            "Début de contrat": D(2026, 2, 2), "Fin de contrat": D(2026, 12, 31),
            "Orienteur": "France Travail", "N° PASS IAE": "999992612345",
            "Début de PASS IAE": D(2026, 2, 2), "Fin de PASS IAE": D(2028, 2, 1),
        }
    ]  # fmt: skip


@pytest.mark.slow
def test_several_applications_are_one_person_and_the_last_accepted_wins() -> None:
    refused = JEANNE | {
        "Statut de la candidature": "Candidature déclinée",
        "Dates de début d’embauche": D(2026, 9, 1),
        "Nom organisation prescripteur": "CCAS de Kerfleur",
    }  # fmt: skip
    later = JEANNE | {"Dates de début d’embauche": D(2026, 5, 4), "Dates de fin d’embauche": ""}
    [one] = people(refused, JEANNE, later)
    assert (one["Date d'inscription"], one["Début de contrat"]) == (D(2026, 2, 2), D(2026, 5, 4))
    assert "Fin de contrat" not in one
    assert one["Orienteur"] == "France Travail"


#: The status, whether someone is made of it, and registered.
STATUSES = {
    "Candidature acceptée": (True, True),
    "Candidature à l'étude": (True, False),
    "Nouvelle candidature": (True, False),
    "Embauche annulée": (True, False),
    "Candidature déclinée": (False, False),
    "Embauché ailleurs": (False, False),
}


@pytest.mark.slow
@pytest.mark.parametrize("status", STATUSES)
def test_who_is_made(status: str) -> None:
    made = people(JEANNE | {"Statut de la candidature": status})
    assert (bool(made), bool(made and "Date d'inscription" in made[0])) == STATUSES[status]


#: Where the application comes from, the organisation, the kind of orienteur.
REFERRERS = [
    ("Prescripteur habilité", "Mission locale du Pays de Kerfleur", "Mission locale"),
    ("Prescripteur habilité", "Pôle emploi Kerfleur", "France Travail"),
    ("Prescripteur habilité", "Maison du lac", "Autre prescripteur habilité"),
    ("Orienteur", "CCAS de Kerfleur", "CCAS"),
    ("Orienteur", "Les Amis du lac", "Orienteur non habilité"),
    ("Candidature spontanée", "", "Candidature spontanée"),
    ("Ma structure", "", None),
    ("Employeur", "Autre AI", None),
]  # fmt: skip


@pytest.mark.parametrize(("source", "body", "kind"), REFERRERS)
def test_the_kind_of_orienteur(source: str, body: str, kind: str | None) -> None:
    [one] = people(
        JEANNE | {"Source de la candidature": source, "Nom organisation prescripteur": body}
    )
    assert one.get("Orienteur") == kind


def test_masked_names_are_nobody() -> None:
    masked = JEANNE | {"Nom candidat": "T…", "Prénom candidat": "A…", "Numéro PASS IAE": ""}
    found = planned(export(masked, JEANNE), book=empty_book(OURS))
    assert [one.line for one in found.plan.to_see] == [
        "liste.xlsx!Sheet!2 : T… A…, nom masqué par la plateforme : la ligne n'est à personne"
    ]


def test_what_is_nobodys_stands_between_the_lines_of_someone() -> None:
    masked = JEANNE | {"Nom candidat": "T…", "Prénom candidat": "A…", "Numéro PASS IAE": ""}
    other = JEANNE | {"Nom structure employeur": "EI du Lac"}
    refused = JEANNE | {"Statut de la candidature": "Candidature déclinée"}
    elsewhere = refused | {"Nom candidat": "ROUVRE", "Numéro PASS IAE": ""}
    found = planned(
        export(refused, masked, other, elsewhere, JEANNE, masked, elsewhere),
        book=empty_book(OURS),
    )
    assert [one.place for one in found.plan.rows] == ["liste.xlsx!Sheet!6"]
    assert [(one.place[-1], one.why.split(" :")[0]) for one in found.plan.to_see] == [
        ("3", "nom masqué par la plateforme"),
        ("4", "ligne d'une autre structure"),
        ("5", "candidature déclinée"),
        ("7", "nom masqué par la plateforme"),
        ("8", "candidature déclinée"),
    ]
    assert found.plan.totals.startswith("7 lignes lues = 2 à créer ")


def test_namesakes_are_told_apart_by_their_town() -> None:
    other = JEANNE | {
        "Date de naissance candidat": D(1999, 1, 1), "Ville candidat": "Kerfleur",
        "Numéro PASS IAE": "999992600000",
    }  # fmt: skip
    assert [one["Précision (homonymes)"] for one in people(JEANNE, other)] == [
        "Valbruyère", "Kerfleur",
    ]  # fmt: skip


@pytest.mark.slow
def test_a_pass_number_says_who_it_is_whatever_the_name() -> None:
    book = book_with(
        tPersonnes=[{"last_name": "Petit", "first_name": "Jeanne", "birth_year": 1985,
                     "pass_number": "99999 26 12345", "pass_end": D(2028, 2, 1)}]
    )  # fmt: skip
    found = planned(export(JEANNE), book=book)
    assert [one.table for one in found.plan.rows] == []
    assert {one.person for one in found.plan.fills} == {"Petit Jeanne"}


def test_another_structure_is_refused() -> None:
    with pytest.raises(CedreError, match=r"l'export est de « AI d'ailleurs », et le classeur de"):
        planned(
            export(JEANNE | {"Nom structure employeur": "AI d'ailleurs"}), book=empty_book(OURS)
        )


def test_lines_of_other_structures_are_left_and_said() -> None:
    other = JEANNE | {"Nom structure employeur": "EI du Lac", "Nom candidat": "AUTRE"}
    found = planned(export(JEANNE, other), book=empty_book(OURS))
    assert found.notes[0] == (
        "liste.xlsx!Sheet : lignes d'autres structures laissées : « EI du Lac » (1)."
    )
    assert found.plan.totals.endswith("= 1 à créer + 0 à mettre à jour + 0 à jour + 1 à voir")


@pytest.mark.slow
def test_several_structures_and_none_in_parametres_are_refused() -> None:
    other = JEANNE | {"Nom structure employeur": "EI du Lac"}
    with pytest.raises(CedreError, match="Notez-y « Nom de la structure »"):
        planned(export(JEANNE, other))


def test_an_export_without_a_line_is_refused() -> None:
    with pytest.raises(CedreError, match="l'export n'a aucune ligne"):
        planned(export(), book=empty_book(OURS))


#: Columns that a form lacks, a date of application, the age that is said.
AGES = [
    ((), D(2026, 1, 1), "forme d'aujourd'hui"),
    ((), "01/01/2025", "d'avant juin 2025"),
    (("Eligible au contrôle",), "01/01/2024", "d'avant septembre 2024"),
    (("Eligible au contrôle", "Statut PASS IAE"), "01/01/2024", "d'avant mars 2024"),
    (("Civilité candidat", "Eligible au contrôle", "Statut PASS IAE"), "01/01/2023",
     "d'avant 2024, la plus ancienne forme"),
]  # fmt: skip


@pytest.mark.parametrize(("lacking", "day", "age"), AGES)
def test_how_old_a_form_is(lacking: tuple[str, ...], day: object, age: str) -> None:
    headings = [one for one in HEADINGS if one not in lacking]
    source = export(JEANNE | {"Date de la candidature": day}, headings=headings)
    assert planned(source, book=empty_book(OURS)).tables[0].title.endswith(age)


def test_a_form_is_known_whatever_the_order_the_signs_and_the_length() -> None:
    odd = [one.upper().replace("’", "'").replace("É", "E")[:24] for one in reversed(HEADINGS)]
    assert known_form(table(odd)) is APPLICATIONS
    assert known_form(table(["Nom", "Prénom", "Date de naissance"])) is None


def test_the_appointments_of_rdv_insertion_are_lines_of_suivi() -> None:
    source = table(
        ["Date du RDV", "Heure du RDV", "Motif du RDV", "Nature du RDV", "RDV pris en autonomie ?",
         "RDV pris le", "Statut du RDV", "Référent(s)", "Organisation du rendez-vous", "Civilité",
         "Nom", "Prénom", "Email"],
        ["12/01/2026", "9h30", "RSA - Signature CER", "Individuel", "non", "05/01/2026",
         "Rendez-vous honoré", "Nadia Ferrand", "AI", "Madame", "DURAND", "Lise",
         "lise@exemple.invalid"],
        file="rdv.csv", sheet="",
    )  # fmt: skip
    assert known_form(source) is RDV_APPOINTMENTS
    assert rows(planned(source), "tSuivi") == [
        {"Personne": "DURAND Lise", "Dates": D(2026, 1, 12), "Intervenant": "Nadia Ferrand",
         "Actions proposées par l'AI / ETTI": "RSA - Signature CER",
         "Suites données / Décisions prises": "Rendez-vous honoré"}
    ]  # fmt: skip


def test_the_people_of_rdv_insertion() -> None:
    source = table(
        ["Civilité", "Nom", "Prénom", "Numéro CAF", "Email", "Adresse", "CP", "Ville", "Téléphone",
         "Date de naissance", "Date de création", "Date de début d'accompagnement",
         "Date de fin d'accompagnement", "Référent(s)", "Tags"],
        ["Madame", "DURAND", "Lise", "1234567", "lise@exemple.invalid", "1 rue du Lac", "29100",
         "Kerfleur", "0100000000", "04/05/1985", "01/01/2026", "05/01/2026", "", "Nadia Ferrand",
         "prioritaire"],
        file="usagers.csv", sheet="",
    )  # fmt: skip
    assert known_form(source) is RDV_PEOPLE
    assert rows(planned(source), "tPersonnes") == [
        {"Civilité": "Mme", "Nom": "DURAND", "Prénom": "Lise", "Année de naissance": 1985,
         "Date d'inscription": D(2026, 1, 5), "Accompagnateur": "Nadia Ferrand"}
    ]  # fmt: skip


def test_true_days_with_a_time_are_days() -> None:
    [one] = people(JEANNE | {"Fin PASS IAE": datetime(2028, 2, 1, 0, 0)})
    assert one["Fin de PASS IAE"] == D(2028, 2, 1)


@pytest.mark.slow
def test_a_registration_that_is_noted_stays() -> None:
    """A later contract is one of the same pathway; after an exit, it begins another one."""
    known = {"last_name": "MARGUERITE", "first_name": "Jeanne", "birth_year": 1985,
             "registered": D(2024, 1, 2), "contract_start": D(2024, 1, 2)}  # fmt: skip
    found = planned(export(JEANNE), book=book_with(tPersonnes=[known]))
    assert [one.heading for one in found.plan.changes] == ["Début de contrat"]
    gone = planned(export(JEANNE), book=book_with(tPersonnes=[known | {"exited": D(2025, 6, 1)}]))
    assert [one["Date d'inscription"] for one in rows(gone, "tPersonnes")] == [D(2026, 2, 2)]


def test_an_export_with_few_columns_is_read() -> None:
    few = ["Nom candidat", "Prénom candidat", "Date de naissance candidat",
           "Statut de la candidature", "Numéro PASS IAE"]  # fmt: skip
    assert len(planned(export(JEANNE, headings=few)).plan.rows) == 1


def test_appointments_of_another_organisation_are_left() -> None:
    headings = ["Date du RDV", "Motif du RDV", "Nom", "Prénom", "Organisation du rendez-vous"]
    ours = ["12/01/2026", "Point", "DURAND", "Lise", OURS]
    other = ["13/01/2026", "Point", "MARTIN", "Paul", "CCAS de Kerfleur"]
    book = empty_book(OURS)
    assert len(rows(planned(table(headings, ours, other), book=book), "tSuivi")) == 1
    with pytest.raises(CedreError, match="l'export est de « CCAS de Kerfleur »"):
        planned(table(headings, other), book=book)
