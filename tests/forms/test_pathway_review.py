"""`print --bilan`: what is sure of a pathway goes in, what is missing is said, what is personal
stays out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cedre_xlsx.forms.content import Origin
from cedre_xlsx.forms.pathway_review import review_form, review_text
from cedre_xlsx.method.vocabulary import BARRIERS, EXIT_REASONS, ExitCategory, Title
from cedre_xlsx.paperwork import review_form as form
from cedre_xlsx.paperwork.needs import NEEDS
from cedre_xlsx.paperwork.themes import AREAS, OTHER_AREA, THEMES
from cedre_xlsx.reports.pathway_review.gather import pathway_review
from cedre_xlsx.reports.pathway_review.model import FreinLine, PathwayReview, Quote
from cedre_xlsx.schema.records import Records, Table
from tests.support import read_rows

ON = date(2026, 11, 27)
STARTED = date(2025, 3, 3)
WHO = "Mésange Aïcha"
ORIGIN = Origin("suivi.xlsx", ON)
ACTION, REQUEST = "Actions proposées par l'AI / ETTI", "La demande"
HEAD: Mapping[str, Any] = {
    "Nom": "Mésange", "Prénom": "Aïcha", "Civilité": "Mme", "Année de naissance": 1990,
    "Accompagnateur": "Linda Fictive", "Date d'inscription": STARTED, REQUEST: "Être dehors.",
    "Fin de contrat": date(2026, 12, 31), "N° PASS IAE": "999992112345",
    "Début de PASS IAE": STARTED, "Fin de PASS IAE": date(2027, 3, 2), "Autonomie (1 à 5)": 3,
}  # fmt: skip
Rows = Sequence[Mapping[str, Any]]


def records_of(head: Mapping[str, Any] | None = None, **tables: Rows) -> Records:
    """One person with lines, each theirs."""
    rows = {name: [{"Personne": WHO, **row} for row in lines] for name, lines in tables.items()}
    return read_rows(ON, tPersonnes=[HEAD if head is None else head], **rows).records


def review_of(head: Mapping[str, Any] | None = None, **tables: Rows) -> PathwayReview:
    records = records_of(head, **tables)
    return pathway_review(records, next(iter(records.persons.values())), ON)


def line_of(review: PathwayReview, label: str) -> FreinLine:
    [area] = [one for one in (*review.areas, review.others) if one.label == label]
    [line] = area.lines
    return line


def action(number: int, said: str, objective: str, **more: Any) -> dict[str, Any]:
    day = date(2026, 5, 1) + timedelta(days=number)
    return {"Dates": day, ACTION: said, "Objectifs poursuivis": objective, "Statut": "(3)"} | more


# -- the freins of the form ------------------------------------------------------------------------


def test_every_frein_has_its_area_and_its_needs() -> None:
    assert sorted(theme.barrier for theme in THEMES) == sorted(BARRIERS)
    assert {theme.area for theme in THEMES} == {*AREAS, OTHER_AREA}
    assert {need for theme in THEMES for need in theme.needs} <= {need.name for need in NEEDS}


@pytest.mark.parametrize(
    ("barrier", "label"),
    [
        ("Santé", "Santé"),
        ("Mobilité", "Mobilité"),
        ("Famille", "Situation personnelle ou familiale"),
        ("Disponibilité", "Situation personnelle ou familiale"),
        ("Surendettement et finances", "Situation financière"),
        ("Ressources immédiates", "Situation financière"),
        ("Numérique", "Situation numérique"),
        ("Démarches administratives et accès aux droits", "Situation administrative ou juridique"),
        ("Justice", "Situation administrative ou juridique"),
        ("Français, illettrisme, langue", "Situation en français ou en calcul"),
        ("Hébergement, logement", "Autres freins identifiés"),
        ("Discrimination", "Autres freins identifiés"),
        ("Permis poids lourd", "Autres freins identifiés"),
    ],
)
def test_a_frein_is_in_one_area(barrier: str, label: str) -> None:
    review = review_of(tFreins=[{"Frein": barrier}])
    there = [one.label for one in (*review.areas, review.others) if one.is_there]
    assert (there, [one.label for one in review.areas]) == ([label], list(AREAS))


def test_what_is_known_of_a_frein_is_told() -> None:
    frein = {
        "Frein": "Mobilité", "Accompagnement": "Les deux", "Partenaire": "Garage solidaire",
        "Niveau à l'entrée": "(++) Fort", "Niveau actuel": "(-) Faible",
        "Orientation": "Mission locale", "Résultat": "Aboutie", "Remarques": "Habite loin",
    }  # fmt: skip
    lines = [
        action(1, "Atelier code", "Mobilité"),
        action(9, "Inscription à l'auto-école", "Gagner en mobilité"),
        action(20, "atelier  CODE", "mobilité"),
        action(21, "Louer une voiture", "Mobilité", Statut="(1)"),
        action(22, "Louer un vélo", "Mobilité", Statut="Sans suite"),
        action(23, "Point sur les missions", "Garder le rythme"),
        action(-500, "Avant ce parcours", "Mobilité"),
    ]
    engagement = {"Réf. engagement": "SA-2025-004", "Date": date(2025, 6, 2), "Engagement": "SA",
                  "Objet": "Gagner en mobilité"}  # fmt: skip
    review = review_of(tFreins=[frein], tSuivi=lines, tEngagements=[engagement])
    assert line_of(review, "Mobilité") == FreinLine(
        "",
        "(++) Fort → (-) Faible",
        "Dans la structure et par un partenaire\nPartenaire : Garage solidaire\n"
        "Orientation : Mission locale (aboutie)",
        (
            "Engagement SA-2025-004",
            "atelier CODE (21/05/2026, 2 fois)",
            "Inscription à l'auto-école (10/05/2026)",
        ),
    )


def test_many_actions_are_counted() -> None:
    lines = [action(number, f"Pas {number}", "Mobilité") for number in range(7)]
    lines += [action(20, "Point", "Garder le rythme")]
    review = review_of(tFreins=[{"Frein": "Mobilité"}], tSuivi=lines)
    assert any(gap.startswith("Suivi!D12 : 1 action réalisée ne nomme aucun frein")
               for gap in review.gaps)  # fmt: skip
    actions = line_of(review, "Mobilité").actions
    assert actions[0] == "Pas 6 (07/05/2026)"
    assert (len(actions), actions[-1]) == (5, "et 3 autres actions")


def test_a_frein_that_is_lifted_is_not_ticked() -> None:
    day = date(2026, 2, 1)
    review = review_of(tFreins=[{"Frein": "Famille", "Levé le": day}])
    assert line_of(review, "Situation personnelle ou familiale").lifted == "01/02/2026"
    assert not any(one.is_there for one in review.areas)
    before = {"Frein": "Famille", "Levé le": date(2024, 2, 1)}
    assert not any(one.lines for one in review_of(tFreins=[before]).areas)


@pytest.mark.parametrize(
    ("barrier", "area"),
    [
        ("Santé", "Santé"),
        ("Justice", "Situation administrative ou juridique"),
        ("Santé mentale", OTHER_AREA),
        ("Suivi par le SPIP", OTHER_AREA),
    ],
)
@pytest.mark.parametrize(
    ("helped", "said"),
    [("Externe", "Suivi, sans autre détail"), ("Aucun", "Repéré, sans autre détail")],
)
def test_of_health_and_justice_only_that_it_is_there(
    barrier: str, area: str, helped: str, said: str
) -> None:
    """A line without a name beside others that have one would say which frein it is."""
    frein = {"Frein": barrier, "Accompagnement": helped, "Partenaire": "Docteur Fictif",
             "Niveau à l'entrée": "(++) Fort", "Orientation": "Service de soins"}  # fmt: skip
    lines = [action(1, "Rendez-vous pris", "Santé"), action(2, "Dossier déposé", "Justice")]
    review = review_of(tFreins=[frein], tSuivi=lines)
    told = {one.label: one for one in (*review.areas, review.others) if one.is_there}
    lines_of = [FreinLine(support=said)] if area == "Santé" else []
    assert ([*told], [*told[area].lines]) == ([area], lines_of)
    if area == OTHER_AREA:
        assert review.withheld[0].startswith("Freins!B5 n'est pas repris (")
        assert f"{OTHER_AREA} :\n" in review_text(review, ORIGIN)


@pytest.mark.parametrize(
    ("said", "more"),
    [
        ("Atelier code", {"Présence": "Absence excusée"}),
        ("Atelier code", {"Présence": "Absence non excusée"}),
        ("Atelier code", {"Suites données": "Refusée par la personne"}),
        ("Atelier annulé", {}),
    ],
)
def test_what_did_not_take_place_is_no_action(said: str, more: Mapping[str, Any]) -> None:
    """The same lines as `fill` leaves out; each is said."""
    review = review_of(
        tFreins=[{"Frein": "Mobilité"}], tSuivi=[action(1, said, "Mobilité", **more)]
    )
    assert line_of(review, "Mobilité").actions == ()
    assert any(gap.startswith("Suivi!C5 : au Statut (3) Réalisée, ") for gap in review.gaps)


def test_a_frein_of_a_former_pathway_is_left_and_said() -> None:
    before = {**HEAD, "Date d'inscription": date(2023, 1, 9), "Date de sortie": date(2024, 1, 9)}
    freins = [
        {"Frein": "Mobilité", "Repéré le": date(2023, 2, 1)},
        {"Frein": "Numérique", "Repéré le": date(2025, 3, 3)},
        {"Frein": "Famille"},
    ]
    rows = [{"Personne": WHO, **row} for row in freins]
    records = read_rows(ON, tPersonnes=[before, HEAD], tFreins=rows).records
    review = pathway_review(records, records.persons[WHO], ON)
    assert [area.label for area in review.areas if area.lines] == [
        "Situation personnelle ou familiale", "Situation numérique",
    ]  # fmt: skip
    assert (
        "Freins!B5, « Mobilité » : repéré le 01/02/2023, dans un parcours d'avant, et pas levé ; "
        "à revoir avec la personne"
    ) in review.gaps


def test_actions_stand_beside_one_frein_alone() -> None:
    """Of two of one name, the one that goes on."""
    freins = [{"Frein": "Mobilité", "Levé le": date(2026, 6, 1)}, {"Frein": "Mobilité"}]
    review = review_of(tFreins=freins, tSuivi=[action(1, "Atelier code", "Mobilité")])
    [mobility] = [area for area in review.areas if area.lines]
    assert [line.actions for line in mobility.lines] == [(), ("Atelier code (02/05/2026)",)]


def test_a_frein_without_details_leaves_no_blank_line() -> None:
    text = review_text(review_of(tFreins=[{"Frein": "Mobilité"}]), ORIGIN)
    assert [line for line in text.splitlines() if line and not line.strip()] == []


def test_before_the_pathway_began_nothing_is_told() -> None:
    records = records_of(
        tFreins=[{"Frein": "Mobilité"}], tEngagements=[{"Engagement": "CP"}],
        tMissions=[{"Début": STARTED, "Métier": "Jardin"}],
    )  # fmt: skip
    review = pathway_review(records, records.persons[WHO], STARTED - timedelta(days=1))
    assert review.gaps == (
        "le 02/03/2025 est avant le début du parcours, le 03/03/2025 (Personnes!J5, Date "
        "d'inscription) : rien n'en est repris. Vérifiez --date, ou cette cellule",
    )
    text = review_text(review, ORIGIN)
    assert "Mésange Aïcha" in text
    for later in (
        "03/03/2025",
        "31/12/2026",
        "99999",
        "Être dehors",
        "Coup de pouce",
        "Jardin",
        "[x]",
    ):
        assert later not in text


# -- the other parts -------------------------------------------------------------------------------


def test_the_head_keeps_the_year_of_birth_alone() -> None:
    head = review_of().head
    assert (head.person, head.title, head.birth_year) == (WHO, Title.MRS, "1990")
    assert (head.pathway, head.contract_end) == ("depuis le 03/03/2025", "31/12/2026")
    assert (head.pass_number, head.pass_dates, head.author) == (
        "99999 21 12345", "du 03/03/2025 au 02/03/2027", "Linda Fictive",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("category", "reason", "answer"),
    [
        ("Emploi durable", "", (None, "")),
        ("Emploi de transition", "", (None, "")),
        ("Emploi durable", "CDI", (True, form.DURABLE)),
        ("Emploi de transition", "CDD ou intérim de moins de 6 mois", (True, form.TRANSITION)),
        ("Emploi de transition", "Contrat aidé", (None, "")),
        ("Sortie positive", "Formation", (True, form.TRAINING)),
        ("Sortie positive", "", (None, "")),
        ("Sortie positive", "Retraite", (None, "")),
        ("Autre sortie", "Sans emploi", (False, "")),
        ("Autre sortie", "Sans nouvelles", (None, "")),
        ("Emploi durable", "Formation", (None, "")),  # one says the contrary of the other
        (None, "CDI", (None, "")),
    ],
)
def test_only_a_sure_exit_ticks_a_box(
    category: str | None, reason: str, answer: tuple[bool | None, str]
) -> None:
    assert form.solution_of_exit(ExitCategory(category) if category else None, reason) == answer
    gone = {"Date de sortie": ON, "Catégorie de sortie": category, "Motif de sortie": reason}
    review = review_of({**HEAD, **gone})
    assert (review.has_solution, review.solution) == answer
    later = review_of({**HEAD, **gone, "Date de sortie": ON + timedelta(days=1)})
    assert (later.has_solution, later.solution) == (None, "")


def test_a_box_of_an_exit_is_of_the_reason_s_own_category() -> None:
    for reason, category in EXIT_REASONS.items():
        for other in ExitCategory:
            if other is not category:
                assert form.solution_of_exit(other, reason) == (None, "")


def test_engagements_have_their_review() -> None:
    engagements = [
        {"Réf. engagement": "CP-2025-001", "Date": date(2025, 3, 9), "Engagement": "CP",
         "Objet": "Garde des enfants", "Évaluation réalisée le": date(2025, 5, 9),
         "Actions réalisées": "OUI, en partie", "Commentaires": "Place trouvée."},
        {"Réf. engagement": "D-2026-001", "Date": date(2026, 9, 9), "Engagement": "D",
         "Objet": "Essayer deux métiers", "Échéance": date(2027, 1, 9)},
        {"Réf. engagement": "D-2020-001", "Date": date(2020, 9, 9), "Engagement": "D"},
    ]  # fmt: skip
    first, second = review_of(tEngagements=engagements).engagements
    assert (first.name, first.agreed, first.object, first.review) == (
        "CP-2025-001 Coup de pouce", "09/03/2025", "Garde des enfants",
        "09/05/2025 : OUI, en partie\nPlace trouvée.",
    )  # fmt: skip
    assert (second.name, second.review) == (
        "D-2026-001 Découverte", "En cours, échéance 09/01/2027",
    )  # fmt: skip


def test_missions_are_summed_and_quoted_without_the_client() -> None:
    def mission(month: int, **more: Any) -> dict[str, Any]:
        return {"Début": date(2026, month, 1), "Fin": date(2026, month, 20), "Heures": 40,
                "Donneur d'ordre": "Mme Hirondelle", "Métier": "Jardin"} | more  # fmt: skip

    missions = [
        mission(1, **{"Métier": "Peinture", "Bilan de la personne": "Trop de bruit."}),
        mission(2, **{"Bilan du donneur d'ordre": "Ponctuelle."}),
        mission(3, Heures=None),
        mission(4, Nature="Immersion", Heures=None),
    ]
    review = review_of(tMissions=missions)
    assert review.work.count == "3 missions, au moins 80 h depuis le 01/01/2026 et 1 immersion"
    assert review.work.trades == "Jardin et Peinture"
    assert review.work.clients == (Quote("Jardin, 02/2026", "Ponctuelle."),)
    assert review.work.person == (Quote("Peinture, 01/2026", "Trop de bruit."),)
    assert "Hirondelle" not in review_text(review, ORIGIN)


@pytest.mark.parametrize(
    ("hours", "said"),
    [((35.5,), "1 mission, 35,5 h"), ((10.8, None), "2 missions, au moins 10,8 h"),
     ((0.25, 0.5), "2 missions, 0,75 h"), ((40,), "1 mission, 40 h")],
)  # fmt: skip
def test_hours_are_not_rounded(hours: tuple[float | None, ...], said: str) -> None:
    day = {"Début": date(2026, 3, 2), "Fin": date(2026, 3, 20)}
    review = review_of(tMissions=[{**day, "Heures": one} for one in hours])
    assert review.work.count == f"{said} depuis le 02/03/2026"


def test_an_earlier_review_takes_the_place_of_one_that_is_withheld() -> None:
    said = ["Un.", "Deux.", "Rappeler au 06 12 34 56 78", "Quatre.", "Cinq."]
    missions = [
        {"Début": date(2026, month, 1), "Fin": date(2026, month, 9), "Bilan de la personne": text}
        for month, text in enumerate(said, start=1)
    ]
    quotes = review_of(tMissions=missions).work.person
    assert [quote.text for quote in quotes] == ["Cinq.", "Quatre.", "Deux."]


def test_a_review_received_otherwise_is_no_quote_and_no_gap() -> None:
    """It answers the control that asks for one; it says nothing to a prescriber."""
    mission = {
        "Début": date(2026, 3, 1),
        "Fin": date(2026, 3, 20),
        "Heures": 40,
        "Bilan du donneur d'ordre": "Reçu autrement",
        "Bilan de la personne": "Bien.",
    }
    review = review_of(tMissions=[mission])  # fmt: skip
    assert review.work.clients == ()
    assert [quote.text for quote in review.work.person] == ["Bien."]
    assert not any("Bilan du donneur d'ordre" in gap for gap in review.gaps)


# -- what is missing, what stays out ---------------------------------------------------------------


def test_what_is_missing_is_said_with_its_cell() -> None:
    review = review_of(
        {"Nom": "Mésange", "Prénom": "Aïcha", "Civilité": "Mme", "Date d'inscription": STARTED},
        tFreins=[{"Frein": "Mobilité"}, {"Frein": "Justice"}],
        tEngagements=[{"Réf. engagement": "D-2026-001", "Date": date(2026, 9, 9)}],
    )
    told = {gap.partition(" est vide")[0] for gap in review.gaps if " est vide" in gap}
    assert told == {
        "Personnes!F5 : Année de naissance", "Personnes!G5 : Accompagnateur",
        "Personnes!Q5 : Fin de contrat", "Personnes!AB5 : N° PASS IAE",
        "Personnes!AI5 : Autonomie (1 à 5)",
        "Personnes!K5 : La demande, les attentes, les besoins, les projets de la personne",
        "Freins!D5 : Accompagnement", "Freins!I5 : Niveau actuel", "Freins!H5 : Niveau à l'entrée",
        "Engagements!N5 : Évaluation réalisée le",
    }  # fmt: skip
    assert any("à cocher à la main, aucune sortie" in gap for gap in review.gaps)
    assert any("aucun frein noté pour Santé, Situation personnelle" in gap for gap in review.gaps)


def test_a_column_that_is_not_there_is_said_with_its_pack() -> None:
    head = {"Nom": "Mésange", "Prénom": "Aïcha"}
    records = records_of(head, tFreins=[{"Frein": "Mobilité"}])

    def without(table: Table[Any], *fields: str) -> Any:
        return replace(table, columns={n: c for n, c in table.columns.items() if n not in fields})

    records = replace(
        records,
        people=without(records.people, "autonomy", "pass_number"),
        barriers=without(records.barriers, "current_level", "entry_level"),
    )
    gaps = pathway_review(records, records.persons[WHO], ON).gaps
    missing = "la colonne Autonomie (1 à 5) n'est pas dans le classeur"
    assert f"Personnes : {missing} ; cedre-xlsx upgrade --pack apres l'ajoute" in gaps
    assert any("Niveau actuel" in gap and "--pack niveaux" in gap for gap in gaps)
    assert any("N° PASS IAE n'est pas" in gap and "--pack pass" in gap for gap in gaps)


def test_an_action_that_names_two_freins_is_put_to_none() -> None:
    review = review_of(
        tFreins=[{"Frein": "Hébergement, logement"}],
        tSuivi=[action(1, "Point", "Budget, logement")],
    )
    assert line_of(review, OTHER_AREA).actions == ()
    assert any(gap.startswith("Suivi!D5 nomme plusieurs freins") for gap in review.gaps)


PERSONAL = (
    "1 84 12 76 451 089 46", "06 12 34 56 78", "aicha@exemple.fr", "en dépression", "incarcérée",
    "suivie au CSAPA", "FR76 3000 6000 0112 3456 7890 189", "problèmes de santé",
)  # fmt: skip
#: Every text that may be printed: its table, its heading, what makes its line count.
TEXTS: tuple[tuple[str, str, Mapping[str, Any]], ...] = (
    ("tSuivi", ACTION, action(1, "", "Mobilité")),
    ("tEngagements", "Objet", {"Date": date(2026, 9, 9)}),
    ("tEngagements", "Commentaires",
     {"Date": date(2026, 5, 9), "Évaluation réalisée le": date(2026, 9, 9)}),
    ("tMissions", "Métier", {"Début": date(2026, 9, 9)}),
    ("tMissions", "Bilan du donneur d'ordre", {"Début": date(2026, 9, 9)}),
    ("tMissions", "Bilan de la personne", {"Début": date(2026, 9, 9)}),
    ("tFreins", "Partenaire", {"Frein": "Mobilité"}),
    ("tFreins", "Orientation", {"Frein": "Mobilité"}),
    ("tEngagements", "Réf. engagement", {"Date": date(2026, 9, 9), "Objet": "Mobilité"}),
)  # fmt: skip


@given(st.data())
def test_nothing_personal_goes_in(data: st.DataObject) -> None:
    """Wherever something personal is typed, the text is not there, and its cell is said."""
    tables: dict[str, list[dict[str, Any]]] = {"tFreins": [{"Frein": "Mobilité"}]}
    chosen = data.draw(st.lists(st.tuples(st.sampled_from(TEXTS), st.sampled_from(PERSONAL)),
                                min_size=1, max_size=4))  # fmt: skip
    for (table, heading, row), personal in chosen:
        before, after = data.draw(st.tuples(*[st.sampled_from(("", "Bien.", "Point fait"))] * 2))
        tables.setdefault(table, []).append(
            {**row, heading: f"{before} {personal} {after}".strip()}
        )
    review = review_of({**HEAD, REQUEST: data.draw(st.sampled_from(PERSONAL))}, **tables)
    text = review_text(review, ORIGIN)
    assert not any(personal in text for personal in PERSONAL)
    assert not any(personal in str(review_form(review, ORIGIN)) for personal in PERSONAL)
    assert any(note.startswith("Personnes!K5 n'est pas repris (") for note in review.withheld)


@pytest.mark.parametrize("text", TEXTS, ids=lambda text: text[1])
def test_what_is_withheld_is_said_and_the_rest_goes_in(
    text: tuple[str, str, Mapping[str, Any]],
) -> None:
    table, heading, row = text
    freins: Rows = [{"Frein": "Mobilité"}] if table != "tFreins" else []
    lines = {"tFreins": freins, table: [{**row, heading: "Rappeler au 06 12 34 56 78"}]}
    [note] = review_of(**lines).withheld
    assert note.endswith("n'est pas repris (adresse électronique ou téléphone)")
    lines[table] = [{**row, heading: "Rappeler mardi"}]
    review = review_of(**lines)
    assert review.withheld == ()
    assert "Rappeler mardi" in review_text(review, ORIGIN)


def test_the_advisor_is_screened_and_precision_never_told() -> None:
    head = {**HEAD, "Précision (homonymes)": "sort de prison", "Prénom": "Aïcha 06 12 34 56 78",
            "Accompagnateur": "Linda, 06 12 34 56 78"}  # fmt: skip
    review = review_of(head)
    assert review.head.author == ""
    assert [note.partition(" ")[0] for note in review.withheld] == ["Personnes!G5"]
    assert [note.partition(" (")[0] for note in review.names] == ["Personnes!B5"]
    assert "prison" in review.name
    assert "prison" not in f"{review_text(review, ORIGIN)}{review_form(review, ORIGIN)}"


def test_a_cell_that_is_not_understood_is_said_with_what_to_do() -> None:
    review = review_of(
        tEngagements=[{"Date": date(2026, 5, 9), "Évaluation réalisée le": "hier ?"}]
    )
    [gap] = [gap for gap in review.gaps if "n'est pas compris" in gap]
    assert gap.startswith(
        "Engagements!N5 (Évaluation réalisée le) n'est pas compris : retapez-le. "
    )
    assert "jj/mm/aaaa" in gap
