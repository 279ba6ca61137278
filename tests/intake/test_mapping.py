"""Where the columns of a team's own tables go: by their headings, their likeness, their values."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cedre_xlsx.api.importing import refuse_without_names
from cedre_xlsx.intake.free_texts import without_personal_data
from cedre_xlsx.intake.names import Names, is_masked, split_names
from cedre_xlsx.schema.errors import CedreError
from tests.intake.intake_support import planned, rows, table, targets

D = date
NAMES = "Personnes : Nom et prénom ensemble"
OUT = "ne pas reprendre"

#: Headings with their values, the sheet that the lines go to, where each column goes.
TABLES: dict[str, tuple[list[tuple[str, list[Any], str]], str]] = {
    "a list of people, contact details left out": (
        [
            ("NOM Prénom", ["DURAND Lise", "MARTIN Paul"], NAMES),
            ("Né(e) le", [D(1980, 2, 3), D(1975, 6, 7)], "Personnes : Année de naissance"),
            ("Tél.", ["01 00 00 00 01", "01 00 00 00 02"], OUT),
            ("Adresse mail", ["lise@exemple.invalid", None], OUT),
            ("Code postal", ["29100", "29120"], OUT),
            ("Entrée", [D(2025, 1, 6), D(2025, 2, 3)], "Personnes : Date d'inscription"),
            ("Réf.", ["Nadia", "Karim"], "Personnes : Accompagnateur"),
            ("Sortie", [None, D(2026, 1, 9)], "Personnes : Date de sortie"),
            ("Motif", [None, "CDI"], "Personnes : Motif de sortie"),
            ("Permis", ["B", "non"], "Personnes : colonne de l'équipe"),
        ],
        "Personnes",
    ),
    "interviews": (
        [
            ("Date", ["12/01/2026", "15/01/2026"], "Suivi : Dates"),
            ("Bénéficiaire", ["Durand Lise", "M. Paul Martin"], NAMES),
            (
                "Objet de l'entretien",
                ["Point CV", "Mobilité"],
                "Suivi : Actions proposées par l'AI / ETTI",
            ),
            ("Observations", ["À revoir", None], "Suivi : Suites données / Décisions prises"),
            ("Durée", ["1h", "45 min"], "Suivi : Temps consacré"),
            ("CIP", ["Nadia", "Karim"], "Personnes : Accompagnateur"),
        ],
        "Suivi",
    ),
    "missions": (
        [
            ("Salarié", ["Durand Lise", "Martin Paul"], NAMES),
            ("Client", ["Mairie de Kerfleur", "M. Dupré"], "Missions : Donneur d'ordre"),
            ("Du", [D(2026, 1, 5), D(2026, 1, 12)], "Missions : Début"),
            ("Au", [D(2026, 1, 30), None], "Missions : Fin"),
            ("Nb heures", ["35 h", 12.5], "Missions : Heures"),
        ],
        "Missions",
    ),
    "freins, the heading of which is none of ours": (
        [
            ("Nom", ["Durand", "Martin"], "Personnes : Nom"),
            ("Prénom", ["Lise", "Paul"], "Personnes : Prénom"),
            ("Difficultés repérées", ["Mobilité", "Logement"], "Freins : Frein"),
            ("Partenaire", ["Auto-école", "SIAO"], "Freins : Partenaire"),
            ("Résolu le", [None, D(2026, 3, 2)], "Freins : Levé le"),
        ],
        "Freins",
    ),
    "engagements": (
        [
            ("Personne", ["Durand Lise"], NAMES),
            ("Date de signature", [D(2026, 2, 2)], "Engagements : Date"),
            (
                "Objet du contrat",
                ["Passer le code"],
                "Engagements : Objet de la contractualisation",
            ),
            (
                "La structure s'engage à",
                ["Payer l'inscription"],
                "Engagements : Moyens mobilisés par la structure",
            ),
            (
                "Le salarié s'engage à",
                ["Venir aux cours"],
                "Engagements : Moyens mobilisés par la personne",
            ),
        ],
        "Engagements",
    ),
    "names by their values, and what is told": (
        [
            ("", ["Durand Lise", "Martin Paul"], NAMES),
            ("Quand", [D(2026, 1, 5), D(2026, 1, 6)], "Suivi : Dates"),
            ("Quoi", ["Entretien", "Visite"], "Suivi : Actions proposées par l'AI / ETTI"),
            ("Suite", ["RAS", "ok"], "Suivi : Suites données / Décisions prises"),
        ],
        "Suivi",
    ),
    "numbers and pay, by heading and by value": (
        [
            ("Identité", ["Durand Lise", "Martin Paul"], NAMES),
            ("DDN", [D(1980, 2, 3), D(1975, 6, 7)], "Personnes : Année de naissance"),
            ("Quartier", ["Oui", "non"], "Personnes : QPV"),
            ("N° Sécu", ["2 80 02 49 588 157 62", None], OUT),
            ("Salaire net", [1200, 1300], OUT),
            ("Compte", ["FR76 1234 5678 9012 3456 7890 189", None], OUT),
            ("À joindre", ["01 00 00 00 01", "01 00 00 00 02"], OUT),
            ("Perso", ["a@exemple.invalid", "b@exemple.invalid"], OUT),
            ("Fin du contrat", [D(2026, 5, 4), None], "Personnes : Fin de contrat"),
        ],
        "Personnes",
    ),
    "words of contact details and pay that name neither": (
        [
            ("Nom", ["Durand", "Martin"], "Personnes : Nom"),
            ("Prénom", ["Lise", "Paul"], "Personnes : Prénom"),
            ("Entrée", [D(2025, 1, 6), D(2025, 2, 3)], "Personnes : Date d'inscription"),
            ("Sortie", [None, D(2026, 1, 9)], "Personnes : Date de sortie"),
            ("Compte rendu", ["Vue, projet clair", "RAS"], "Personnes : colonne de l'équipe"),
            ("Prise de contact", ["par la mairie", None], "Personnes : colonne de l'équipe"),
            ("Contact employeur le", [D(2026, 1, 5), None], "Personnes : colonne de l'équipe"),
            ("Contacts pris", ["Mairie", "SIAO"], "Personnes : colonne de l'équipe"),
            ("Projet mobile", ["oui", "non"], "Personnes : colonne de l'équipe"),
            ("Immatriculation CMA", ["en cours", None], "Personnes : colonne de l'équipe"),
            ("Mobile", ["oui", "non"], "Personnes : colonne de l'équipe"),
            ("Congés payés", [5, 2], "Personnes : colonne de l'équipe"),
            ("Contact", ["01 00 00 00 01", "mairie"], OUT),
            ("Portable", [100000001, 100000002], OUT),
        ],
        "Personnes",
    ),
    "homes, pay and numbers, however they are headed": (
        [
            ("Nom", ["Durand", "Martin"], "Personnes : Nom"),
            ("Prénom", ["Lise", "Paul"], "Personnes : Prénom"),
            ("Adr.", ["Kerfleur", None], OUT),
            ("Lieu de vie", ["Kerfleur", None], OUT),
            ("Où habite", ["Kerfleur", None], OUT),
            ("Domicile", ["Kerfleur", None], OUT),
            ("Divers", ["2 rue du Port", "3 place Foch"], OUT),
            ("Rému.", [1200, None], OUT),
            ("Dernier bulletin", [1200, None], OUT),
            ("Acompte", [50, None], OUT),
            ("Au mois", ["11,88 €/h", "1 300 € net"], OUT),
            ("n° alloc CAF", ["12345", None], OUT),
        ],
        "Personnes",
    ),
    "groups of headings, PASS and agreements": (
        [
            ("Identité Nom et prénom", ["DURAND Lise", "MARTIN Paul"], NAMES),
            ("Identité Né(e) le", ["02/01/90", "19900102"], "Personnes : Année de naissance"),
            ("Contrat Début", [D(2026, 1, 1), None], "Personnes : Début de contrat"),
            ("Suivi Référent", ["Nadia", "Karim"], "Personnes : Accompagnateur"),
            ("PASS IAE N°", ["99999 21 12345", None], "Personnes : N° PASS IAE"),
            ("PASS IAE du", [D(2025, 1, 1), None], "Personnes : Début de PASS IAE"),
            ("PASS IAE", [D(2027, 1, 1), D(2027, 2, 1)], "Personnes : Fin de PASS IAE"),
            ("Agrément", ["oui", "non"], "Personnes : colonne de l'équipe"),
            ("Date formation", [D(2026, 1, 1), None], "Personnes : colonne de l'équipe"),
            ("Date permis", [D(2026, 1, 1), None], "Personnes : colonne de l'équipe"),
        ],
        "Personnes",
    ),
    "births never are a column of the team's": (
        [
            ("Nom de naissance", ["Durand", "Martin", "Petit"], "Personnes : Nom"),
            ("Prénom", ["Lise", "Paul", "Ines"], "Personnes : Prénom"),
            ("Âge (date naissance)", ["vers 1983", "12/03", "inconnue"], OUT),
            ("Date et lieu de naissance", ["12/03/1985 à Brest", "02/01/90", "inconnue"],
             "Personnes : Année de naissance"),
            ("Naissance", ["12/03", None, None], OUT),
            ("Lieu de naissance", ["Brest", None, None], OUT),
        ],
        "Personnes",
    ),
    "a birth under a heading that says nothing": (
        [
            ("Nom", ["Durand", "Martin", "Petit"], "Personnes : Nom"),
            ("Prénom", ["Lise", "Paul", "Ines"], "Personnes : Prénom"),
            ("D.N.", [D(1980, 2, 3), D(1975, 6, 7), D(1999, 1, 1)],
             "Personnes : Année de naissance"),
        ],
        "Personnes",
    ),
    "a slip in the heading, and one that says more": (
        [
            ("Nom Prénom", ["Durand Lise"], NAMES),
            ("Date d'inscripton", [D(2026, 1, 5)], "Personnes : Date d'inscription"),
            ("Date de sortie de l'AI", [D(2026, 8, 5)], "Personnes : Date de sortie"),
        ],
        "Personnes",
    ),
    "a heading that says a date over texts: the column is the team's": (
        [
            ("Nom", ["Durand", "Martin", "Petit"], "Personnes : Nom"),
            ("Prénom", ["Lise", "Paul", "Ines"], "Personnes : Prénom"),
            ("Inscription", ["faite", "à faire", "faite"], "Personnes : colonne de l'équipe"),
            ("Né le", [1980, 1975, 1999], "Personnes : Année de naissance"),
        ],
        "Personnes",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", TABLES)
def test_where_columns_go(name: str) -> None:
    columns, sheet = TABLES[name]
    headings, values, expected = zip(*columns, strict=True)
    found = planned(table(headings, *zip(*values, strict=True)))
    assert targets(found) == list(expected)
    assert found.tables[0].map.spec.sheet == sheet


NAMES_TYPED = {
    ("DURAND Lise", ""): Names("DURAND", "Lise"),
    ("Lise DURAND", ""): Names("DURAND", "Lise"),
    ("Mme DURAND Lise", ""): Names("DURAND", "Lise", "Mme"),
    ("M. LE GOFF Yann", ""): Names("LE GOFF", "Yann", "M."),
    ("D'ÉPINE-NOIRE Léo", ""): Names("D'ÉPINE-NOIRE", "Léo"),
    ("Durand, Lise", ""): Names("Durand", "Lise"),
    ("Durand Lise", "Nom et prénom"): Names("Durand", "Lise"),
    ("Lise Durand", "Prénom Nom"): Names("Durand", "Lise"),
    ("Durand Lise", "Bénéficiaire"): Names("Durand Lise"),
    ("Le Goff Yann", "Nom prénom"): Names("Le Goff Yann"),
    ("DURAND LISE", "Salarié"): Names("DURAND LISE"),
    ("Durand Lise (Kerfleur)", "Nom prénom"): Names("Durand", "Lise", "", "Kerfleur"),
    ("  DURAND   Lise ", ""): Names("DURAND", "Lise"),
    ("BRIAND Tom 02/01/1990", ""): Names("BRIAND", "Tom", born="02/01/1990"),
    ("BRIAND Tom, né le 02/01/1990", ""): Names("BRIAND", "Tom", born="02/01/1990"),
    ("BRIAND Tom (02/01/90)", ""): Names("BRIAND", "Tom", born="02/01/90"),
    ("BRIAND Tom né en 1990", ""): Names("BRIAND", "Tom", born="1990"),
    ("M et Mme DURAND", ""): Names("M et Mme DURAND"),
    ("DURAND épouse MARTIN", ""): Names("DURAND épouse MARTIN"),
    ("DURAND née MARTIN Lise", ""): Names("DURAND née MARTIN Lise"),
    ("DURAND née MARTIN, Lise", ""): Names("DURAND née MARTIN", "Lise"),
    ("DURAND Lise […]", ""): Names("DURAND", "Lise"),
    ("DURAND Lise ([…])", ""): Names("DURAND", "Lise"),
    ("Durand M.", "NOM Prénom"): Names("Durand", "M."),
    ("Ba A.", "NOM Prénom"): Names("Ba", "A."),
    ("Martin JP", "NOM Prénom"): Names("Martin", "JP"),
    ("Martin J.-P.", "NOM Prénom"): Names("Martin", "J.-P."),
    ("Dos Santos M.", "NOM Prénom"): Names("Dos Santos", "M."),
    ("J.-P. Le Goff", "Prénom NOM"): Names("Le Goff", "J.-P."),
    ("Durand M.", "Salarié"): Names("Durand M."),  # Awa D. has the initial of her Nom
    ("LE GOFF JB", "Salarié"): Names("LE GOFF", "JB"),
    ("BA Awa", "Nom Prénom"): Names("BA", "Awa"),
    ("NG Li", "Nom Prénom"): Names("NG", "Li"),
    ("Mme VVE Noir Anne", "NOM Prénom"): Names("Noir", "Anne", "Mme"),
    ("Vve NOIR Anne", ""): Names("NOIR", "Anne", "Mme"),
    ("Noir Anne Mlle", "NOM Prénom"): Names("Noir", "Anne", "Mme"),
    ("Monsieur Blanc Luc", "NOM Prénom"): Names("Blanc", "Luc", "M."),
}


@pytest.mark.parametrize(("text", "heading"), NAMES_TYPED)
def test_names_in_one_cell(text: str, heading: str) -> None:
    assert split_names(text, heading) == NAMES_TYPED[text, heading]


@pytest.mark.parametrize(
    ("last", "first", "expected"),
    [("T…", "A…", True), ("T...", "Aya", True), ("…", "", True), ("Tavarès", "A.", False),
     ("D'Épine", "Léo", False)],
)  # fmt: skip
def test_masked_names(last: str, first: str, expected: bool) -> None:
    assert is_masked(last, first) is expected


def test_a_number_in_a_text_is_taken_out_and_said() -> None:
    found = planned(
        table(["Nom", "Prénom", "Remarques"],
              ["Durand", "Lise", "rappeler au 01 00 00 00 01 le lundi"])
    )  # fmt: skip
    assert found.plan.rows[0].row.extra == {"Remarques": "rappeler au […] le lundi"}
    assert found.tables[0].read.taken_out == ("liste.xlsx!Feuil1!C2 : téléphone",)


def test_births_that_say_no_year_are_told_and_no_full_date_is() -> None:
    births = ["02/01/90", "19900102", "née le 3 mars 1985 à Brest", "35 ans (12/03/1990)",
              "vers 1983", "12/03", "inconnue", "12/3/1990 ou 91"]  # fmt: skip
    names = ("Durand", "Martin", "Petit", "Roux", "Blanc", "Noir", "Vert", "Brun")
    found = planned(
        table(["Nom", "Prénom", "Né(e) le"],
              *([name, "Lise", birth] for name, birth in zip(names, births, strict=True)))
    )  # fmt: skip
    years = [one.get("Année de naissance") for one in rows(found, "tPersonnes")]
    assert years == [1990, 1990, 1985, 1990, None, None, None, None]
    assert found.tables[0].read.taken_out == tuple(
        f"liste.xlsx!Feuil1!C{row} : date de naissance non comprise, « {said} » non reprise"
        for row, said in ((6, "vers 1983"), (7, "12/03"), (8, "inconnue"), (9, "…"))
    )


def test_a_birth_beside_a_name_is_its_year_where_no_column_has_it() -> None:
    line = [D(2026, 1, 5), "Point CV"]
    found = planned(table(["Salarié", "Date", "Action"], ["BRIAND Tom né le 02/01/1990", *line]))
    assert rows(found, "tPersonnes") == [
        {"Nom": "BRIAND", "Prénom": "Tom", "Année de naissance": 1990}
    ]
    known = planned(table(["Nom", "Prénom", "Né le"], ["BRIAND 02/01/1990", "Tom", 1990]))
    assert known.tables[0].read.taken_out == ("liste.xlsx!Feuil1!A2 : date de naissance",)


@pytest.mark.parametrize(
    "name",
    ["équipe", "?", "-", "Tous", "Collectif", "Fait à Kerfleur le 3",
     "nous avons vu ensemble le projet de Lise"],
)  # fmt: skip
def test_what_is_no_name_is_nobodys(name: str) -> None:
    line = [D(2026, 1, 5), "Point CV"]
    found = planned(
        table(["Salarié", "Date", "Action"], ["DURAND Lise", *line], [name, *line])
    )  # fmt: skip
    assert [(one.place, one.why) for one in found.plan.to_see] == [
        ("liste.xlsx!Feuil1!3", "n'est pas un nom de personne")
    ]
    assert len(rows(found, "tPersonnes")) == 1


def test_what_is_no_number_is_not_poured_under_that_of_a_pass() -> None:
    found = planned(table(["Nom", "Prénom", "N° PASS IAE"], ["Durand", "Lise", "en cours"]))
    assert found.plan.rows[0].row.extra == {"Origine : N° PASS IAE": "en cours"}


TEXTS = {
    "Habite 2 rue du Port, 29120 Kerfleur. Permis B": "Habite […]. Permis B",
    "au 3 place Foch 29200 BREST avec Mme Le Goff": "au […] avec Mme Le Goff",
    "lotissement Les Pins 29120 Pont-l'Abbé le lundi": "[…] le lundi",
    "née le 3 mars 1985 à Brest": "née en 1985 à Brest",
    "Né(e) le 3/4/1990, DDN : 02/01/90": "Né(e) en 1990, DDN 1990",
    "salaire 1 250 € net, CDI": "salaire […], CDI",
    "11,88 €/h": "[…]",
    "loyer 450 € par mois, 20 € d'aide": "loyer 450 € par mois, 20 € d'aide",
    "vu 3 fois, place en crèche 12 rue voisine": "vu 3 fois, place en crèche 12 rue voisine",
    "bénéficie le 12/03/2025 d'une aide": "bénéficie le 12/03/2025 d'une aide",
}


@pytest.mark.parametrize("text", TEXTS)
def test_homes_births_and_pay_are_taken_out_of_texts(text: str) -> None:
    kept, kinds = without_personal_data(text)
    assert kept == TEXTS[text]
    assert bool(kinds) is (kept != text)


@pytest.mark.parametrize(
    "figures",
    ["0612345678", "0033612345678", "1850578006084", "185057800608436", "4111111111111111",
     "30004000000000000000054"],
)  # fmt: skip
def test_the_numbers_of_people_are_taken_out_where_they_are_figures_alone(figures: str) -> None:
    assert without_personal_data(figures)[0] == "[…]"


@given(st.text("0123456789", min_size=1, max_size=25))
@example("999992612345")
def test_figures_alone_are_judged_as_with_a_space_behind_them(figures: str) -> None:
    kept, kinds = without_personal_data(f"{figures} ")
    assert without_personal_data(figures) == (kept.rstrip(), kinds)


#: A sheet without a column of names, and whose its lines are.
WHOSE = {
    "the sheet's name": ({"sheet": "DURAND Lise"}, ["DURAND Lise"] * 2),
    "a title": ({"titles": ["Fiche de suivi de Durand Lise"]}, ["Durand Lise"] * 2),
    "a title with a label": ({"titles": ["AI de Kerfleur", "Nom : DURAND Lise"]},
                             ["DURAND Lise"] * 2),
    "blocks": ({"under": ["DURAND Lise", "MARTIN Paul"], "sheet": "2026"},
               ["DURAND Lise", "MARTIN Paul"]),
}  # fmt: skip


@pytest.mark.parametrize("name", WHOSE)
def test_whose_lines_are(name: str) -> None:
    options, expected = WHOSE[name]
    lines = [[D(2026, 1, 5), "Point CV"], [D(2026, 2, 5), "Mobilité"]]
    found = planned(table(["Date", "Action"], *lines, **options))
    assert [one.person for one in found.plan.rows if one.table == "tSuivi"] == expected


@pytest.mark.parametrize("sheet", ["Janvier 2026", "Suivi", "Feuil1", "Actions 2026"])
def test_a_sheet_that_names_nobody(sheet: str) -> None:
    found = planned(table(["Date", "Action"], [D(2026, 1, 5), "Point CV"], sheet=sheet))
    assert [one.why for one in found.plan.to_see] == ["aucun nom de personne"]
    with pytest.raises(CedreError, match="aucune colonne ne dit de qui sont les lignes"):
        refuse_without_names(found.tables)


def test_what_is_told_is_nobody_where_the_sheet_says_whose_it_is() -> None:
    found = planned(
        table(["Date", "Thème", "À prévoir"], [D(2026, 1, 5), "Faire CV", "RDV mission locale"],
              [D(2026, 2, 5), "Bilan", "Faire point"], sheet="LE GOFF Yann")
    )  # fmt: skip
    assert {one.person for one in found.plan.rows} == {"LE GOFF Yann"}


def test_a_table_of_nobody_among_others_adds_no_column() -> None:
    people = table(["Nom", "Prénom"], ["Durand", "Lise"])
    budget = table(["Poste", "Montant"], ["Loyer", 600], ["Essence", 80], sheet="Budget")
    found = planned(people, budget)
    assert found.plan.columns == ()
    assert found.plan.totals.endswith("= 1 à créer + 0 à mettre à jour + 0 à jour + 2 à voir")


def test_the_month_of_a_sheet_dates_its_lines() -> None:
    """It is no day: it stands in the column of days as it is written, where `check` says so."""
    headings = ["Salarié", "Client", "Nature du travail", "Nb heures"]
    found = planned(table(headings, ["Durand Lise", "Mairie", "ménage", 12], sheet="Janv 2025"))
    [line] = [one.row.values for one in found.plan.rows if one.table == "tMissions"]
    assert line["start"] == "Janv 2025"
