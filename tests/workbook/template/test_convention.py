"""`Convention`: fiche n°19 filled with an engagement, or blank, and its formulas computed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook
from PIL import Image

from cedre_xlsx.schema.settings import Settings
from cedre_xlsx.workbook.template.build import build_workbook
from cedre_xlsx.workbook.template.convention import CHOICE_CELL, draw_convention
from cedre_xlsx.workbook.template.filling import FilledRow, Filling
from cedre_xlsx.workbook.template.form_live import CUT
from tests.support import drawn_alone, libreoffice_converts, needs_libreoffice, values_of
from tests.workbook.template.test_person_form import differences, errors

FORM = "Convention"
NOTES = "Notes d'aide sur les formulaires"

FILLED = Filling(
    settings=Settings(structure="Les Jardins imaginaires", place="Trifouilly"),
    rows={
        "tPersonnes": [
            {"last_name": "Fictif", "first_name": "Élie", "title": "M.", "birth_year": 1985,
             "advisor": "Paul Inventé", "registered": date(2003, 1, 2)},
            {"last_name": "Fictif", "first_name": "Élie", "title": "M.",
             "registered": date(2001, 1, 2)},
            {"last_name": "Étoilée*", "first_name": "Zoé", "title": "Mme", "birth_year": 1984},
        ],
        "tEngagements": [
            {"reference": "CP-2003-001", "sheet_number": 4, "person": "Fictif Élie",
             "agreed": date(2003, 4, 18), "advisor": "Linda Fictive", "type": "CP",
             "needs": "Améliorer sa situation.", "object": "Une première mission.",
             "structure_means": "Chercher des MAD.\nAppeler le partenaire.",
             "person_means": "Se rendre disponible.", "deadline": "fin mai",
             "review_planned": date(2003, 5, 30), "frequency": "Tous les quinze jours",
             "reviewed": date(2003, 6, 2), "achieved": "OUI, en partie", "follow_up": "OUI",
             "comments": "Bien."},
            {"reference": "D-2003-002", "person": "étoilée* zoé", "agreed": date(2003, 1, 1),
             "achieved": "oui totalement", "follow_up": "non", "needs": "n" * 700},
            {"reference": "SA-2003-003", "person": "Inconnue Camille", "achieved": "NON"},
            {},
            {"reference": "VP-2003-*", "person": "Fictif Élie", "agreed": date(2004, 1, 1)},
        ],
    },
)  # fmt: skip


def cells(reference: str, filling: Filling = FILLED) -> list[list[object]]:
    return values_of(drawn_alone(draw_convention, replace(filling, reference=reference)))[FORM]


def texts(rows: Sequence[Sequence[object]]) -> list[list[object]]:
    """What is printed, row by row, from the title on, with spaces as they are typed."""
    found = [[_plain(cell) for cell in row[:12] if cell != ""] for row in rows[1:]]
    return [row for row in found if row]


def _plain(cell: object) -> object:
    return cell.replace("\N{NO-BREAK SPACE}", " ") if isinstance(cell, str) else cell


@pytest.mark.slow
def test_the_convention_of_a_new_workbook_is_the_one_drawn_alone() -> None:
    whole = build_workbook(replace(FILLED, reference="CP-2003-001"))
    assert values_of(whole)[FORM] == cells("CP-2003-001")


def test_a_filled_convention_reads_as_fiche_19() -> None:
    assert texts(cells("CP-2003-001")) == [
        ["Les Jardins imaginaires", "CONVENTION D'ENGAGEMENT RÉCIPROQUE"],
        ["Fiche n°", 4, "Réf. engagement :", "CP-2003-001"],
        ["La référence sert à l'équipe : elle dit la sorte d'engagement, et permet de les "
         "compter."],
        ["Le", date(2003, 4, 18), "Monsieur :", "Élie Fictif"],
        ["Nom de l'accompagnateur :", "Linda Fictive"],
        ["LE(S) BESOIN(S) ET/OU PROJET(S) EXPRIMÉ(S) PAR LE SALARIÉ"],
        ["Un ou plusieurs, avec les mots du salarié : les actions décidées ensemble partent de "
         "là."],
        ["Améliorer sa situation."],
        ["LE CONTRAT"],
        ["1. L'OBJET DE LA CONTRACTUALISATION"],
        ["Un seul point, concret : un pas vers le projet, ou la réponse à un besoin."],
        ["Une première mission."],
        ["2. LES MOYENS MOBILISÉS"],
        ["Qui fait quoi, la structure et le salarié, pour cet objet précis : aides, démarches, "
         "appuis. Les autres besoins viendront ensuite."],
        ["Par la structure", "Par la personne"],
        ["Chercher des MAD.\nAppeler le partenaire.", "Se rendre disponible."],
        ["3. LA DATE, L'ÉCHÉANCE QUE L'ON SE DONNE\nPOUR RÉALISER L'ACTION",
         "4. L'ÉVALUATION DE L'ACTION RÉALISÉE LE"],
        ["fin mai", date(2003, 5, 30)],
        ["Le temps que demandent les démarches, au plus : la date peut être avancée si la "
         "situation change."],
        ["Fréquence des entretiens :", "Tous les quinze jours"],
        ["À", "Trifouilly", ", le"],
        ["Le salarié", "Représentant(e) légal(e)", "Pour la structure,"],
        ["ÉVALUATION / BILAN", "Réalisée le :", date(2003, 6, 2)],
        ["LES ACTIONS ENVISAGÉES ONT-ELLES ÉTÉ RÉALISÉES ?"],
        ["☐  OUI, totalement", "☒  OUI, en partie", "☐  NON"],
        ["DES SUITES SONT-ELLES ENVISAGÉES ?"],
        ["☒  OUI *", "☐  NON"],
        ["* Si oui, une nouvelle fiche est ouverte : le projet et les besoins y sont notés de "
         "nouveau, avec un nouvel objet et de nouveaux moyens."],
        ["COMMENTAIRES"],
        ["Ce qui a aidé, ce qui a gêné : événements, difficultés du salarié, limites de la "
         "structure, démarches faites de part et d'autre."],
        ["Bien."],
    ]  # fmt: skip


def test_a_blank_convention_has_its_labels_alone() -> None:
    blank, filled = texts(cells("", Filling())), texts(cells("CP-2003-001"))
    assert blank[:5] == [
        ["Logo de\nla structure", "CONVENTION D'ENGAGEMENT RÉCIPROQUE"],
        ["Fiche n°", "Réf. engagement :"],
        [
            "La référence sert à l'équipe : elle dit la sorte d'engagement, et permet de les "
            "compter."
        ],
        ["Le", "Monsieur / Madame :"],
        ["Nom de l'accompagnateur :"],
    ]
    said = {str(cell) for row in blank for cell in row}
    assert {cell for cell in said if cell.startswith("☒")} == set()
    assert said - {str(cell) for row in filled for cell in row} == {
        "Logo de\nla structure", "Monsieur / Madame :", "☐  OUI, en partie", "☐  OUI *",
        "LE(S) BESOIN(S) ET/OU PROJET(S) EXPRIMÉ(S) PAR LE OU LA SALARIÉ(E)", "Le ou la salarié(e)",
        "Un ou plusieurs, avec les mots du ou de la salarié(e) : les actions décidées ensemble "
        "partent de là.",
        "Qui fait quoi, la structure et le ou la salarié(e), pour cet objet précis : aides, "
        "démarches, appuis. Les autres besoins viendront ensuite.",
        "Ce qui a aidé, ce qui a gêné : événements, difficultés du ou de la salarié(e), limites de "
        "la structure, démarches faites de part et d'autre.",
    }  # fmt: skip


#: What is said of the person who signs, by Civilité: in the head, in a heading, in two notes, and
#: where to sign.
SAID = {
    "CP-2003-001": ("Monsieur :", "PAR LE SALARIÉ", "les mots du salarié :", "difficultés du "
                    "salarié,", "Le salarié"),
    "D-2003-002": ("Madame :", "PAR LA SALARIÉE", "les mots de la salariée :", "difficultés de la "
                   "salariée,", "La salariée"),
    "SA-2003-003": ("Monsieur / Madame :", "PAR LE OU LA SALARIÉ(E)", "les mots du ou de la "
                    "salarié(e) :", "difficultés du ou de la salarié(e),", "Le ou la salarié(e)"),
}  # fmt: skip


@pytest.mark.parametrize(("reference", "said"), SAID.items())
def test_every_text_agrees_with_the_person(reference: str, said: tuple[str, ...]) -> None:
    rows = cells(reference)
    head, heading, needs, comments, signature = (
        str(_plain(rows[row][column])) for row, column in ((5, 4), (8, 0), (9, 0), (36, 0), (26, 0))
    )
    assert (head, signature) == (said[0], said[-1])
    assert heading.endswith(said[1])
    assert said[2] in needs
    assert said[3] in comments


def test_notes_are_off_where_the_setting_says_so() -> None:
    without = replace(FILLED, settings=replace(FILLED.settings, form_notes=False))
    silent = cells("CP-2003-001", without)
    on = cells("CP-2003-001")
    rows = {number for number, row in enumerate(on, 1) if row != silent[number - 1]}
    assert rows == {4, 10, 14, 17, 22, 37}
    assert all(silent[number - 1][0] == silent[number - 1][4] == "" for number in rows)


@pytest.mark.parametrize(
    ("reference", "title", "name", "advisor", "answers"),
    [
        ("CP-2003-001", "Monsieur :", "Élie Fictif", "Linda Fictive", "☐☒☐☒☐"),
        (" cp-2003-001 ", "Monsieur :", "Élie Fictif", "Linda Fictive", "☐☒☐☒☐"),
        ("D-2003-002", "Madame :", "Zoé Étoilée*", "", "☒☐☐☐☒"),
        ("SA-2003-003", "Monsieur / Madame :", "Inconnue Camille", "", "☐☐☒☐☐"),
        ("VP-2003-*", "Monsieur :", "Élie Fictif", "Paul Inventé", "☐☐☐☐☐"),
        ("*", "Monsieur / Madame :", "", "", "☐☐☐☐☐"),
        ("Réf. engagement", "Monsieur / Madame :", "", "", "☐☐☐☐☐"),  # a heading, not a row
    ],
)
def test_who_is_named_and_what_is_ticked(
    reference: str, title: str, name: str, advisor: str, answers: str
) -> None:
    rows = cells(reference)
    ticks = [rows[31][0], rows[31][4], rows[31][8], rows[33][0], rows[33][4]]
    assert (rows[5][4], rows[5][7], rows[6][4]) == (title, name, advisor)
    assert "".join(str(tick)[0] for tick in ticks) == answers


@pytest.mark.parametrize(
    ("born", "agreed", "label"),
    [
        (1985, date(2003, 12, 31), "Représentant(e) légal(e)"),  # 18 in the year: perhaps not yet
        (1985, date(2004, 1, 1), ""),
        (1984, date(2003, 1, 1), ""),
        (None, date(2003, 1, 1), ""),
        (date.today().year - 17, None, "Représentant(e) légal(e)"),
    ],
)
def test_a_third_signature_for_who_may_be_under_age(
    born: int | None, agreed: date | None, label: str
) -> None:
    rows: dict[str, list[FilledRow]] = {
        "tPersonnes": [{"last_name": "Jeune", "birth_year": born}],
        "tEngagements": [{"reference": "CP-2003-001", "person": "Jeune", "agreed": agreed}],
    }
    assert cells("CP-2003-001", Filling(rows=rows))[26][4] == label


@pytest.mark.parametrize(
    ("reference", "notice"),
    [
        ("CP-2003-001", ""),
        ("", ""),
        ("D-2003-002", "Un texte est coupé […]"),
        ("D-2003-9", "« D-2003-9 » n'est pas dans la feuille Engagements"),
    ],
)
def test_what_cannot_be_shown_is_said(reference: str, notice: str) -> None:
    rows = cells(reference)
    assert str(rows[4][0]).partition(" :")[0] == notice
    assert str(rows[10][0]).endswith(CUT) == ("coupé" in notice)


@pytest.mark.slow
def test_one_page_only_the_choice_to_type() -> None:
    sheet = load_workbook(BytesIO(build_workbook(FILLED)))[FORM]
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "portrait")
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 1)
    assert sheet.protection.sheet
    free = [c.coordinate for row in sheet.iter_rows() for c in row if not c.protection.locked]
    assert free == [CHOICE_CELL, "K3", "L3"]  # one merged cell
    (rule,) = sheet.data_validations.dataValidation
    assert (rule.formula1, rule.errorStyle) == ("lstReferences", "stop")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "size", "kind"),
    [
        ("large.png", (3000, 600), "png"),
        ("tall.jpg", (90, 400), "jpeg"),
        ("small.gif", (16, 16), "png"),
    ],
)
def test_a_logo_keeps_its_proportions_in_its_box(
    name: str, size: tuple[int, int], kind: str, tmp_path: Path
) -> None:
    logo = tmp_path / name
    Image.new("RGB", size, (20, 90, 160)).save(logo)
    data = build_workbook(replace(FILLED, logo=logo))
    (image,) = load_workbook(BytesIO(data))[FORM]._images
    width, height = (edge / 9525 for edge in (image.anchor.ext.cx, image.anchor.ext.cy))
    assert width <= 236
    assert height <= 83
    assert width / height == pytest.approx(size[0] / size[1], rel=0.05)
    with ZipFile(BytesIO(data)) as package:
        (media,) = (part for part in package.namelist() if part.startswith("xl/media/"))
    assert media.endswith(kind)
    assert build_workbook(replace(FILLED, logo=logo)) == data


@needs_libreoffice
def test_formulas_give_the_values_written_beside_them(tmp_path: Path) -> None:
    """Those of D-2003-002, and those of none, are computed in the next test."""
    references = ("CP-2003-001", "SA-2003-003", "VP-2003-*")
    paths = [tmp_path / f"{number}.xlsx" for number in range(len(references))]
    for path, reference in zip(paths, references, strict=True):
        path.write_bytes(build_workbook(replace(FILLED, reference=reference)))
    made = libreoffice_converts(paths, "xlsx", tmp_path / "fait")
    for path, computed in zip(paths, made, strict=True):
        assert differences(path.read_bytes(), computed.read_bytes()) == {}
        assert errors(computed.read_bytes()) == []


@needs_libreoffice
def test_another_choice_gives_the_other_convention(tmp_path: Path) -> None:
    book = load_workbook(BytesIO(build_workbook(replace(FILLED, reference="CP-2003-001"))))
    notes = next(row[0].row for row in book["Paramètres"] if row[0].value == NOTES)
    book["Paramètres"]["B10"] = "Ailleurs"
    choices = {"d.xlsx": ("D-2003-002", " non "), "none.xlsx": ("", 0)}
    for name, (reference, off) in choices.items():
        book[FORM][CHOICE_CELL] = reference or None
        book["Paramètres"][f"B{notes}"] = off
        book.save(tmp_path / name)
    moved = replace(FILLED, settings=replace(FILLED.settings, place="Ailleurs", form_notes=False))
    made = libreoffice_converts([tmp_path / name for name in choices], "xlsx", tmp_path / "fait")
    for computed, (reference, _) in zip(made, choices.values(), strict=True):
        assert errors(computed.read_bytes()) == []
        shown = values_of(computed.read_bytes())[FORM]
        assert texts(shown) == texts(cells(reference, moved))
