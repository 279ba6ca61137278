"""`fill`: the State's workbook for a prolongation, filled from ours; nothing else of it changes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from cedre_xlsx import api
from cedre_xlsx.api.filling import Filled
from cedre_xlsx.cli.main import group
from cedre_xlsx.ooxml.parts import Package
from cedre_xlsx.schema.errors import CedreError
from cedre_xlsx.schema.settings import Settings
from cedre_xlsx.workbook.template.filling import Filling
from cedre_xlsx.workbook.upgrade.settings import value_cells
from tests.hands import edited_sheet, typed
from tests.paperwork.form_models import BLANK_DATE, LISTS, SHEET, prolongation, team_form
from tests.support import ROOT, libreoffice_convert, needs_libreoffice, saved_workbook
from tests.workbook.edit.edit_support import raw

ON = date(2026, 9, 30)
STARTED, ENDS = date(2024, 11, 4), date(2026, 11, 3)
SOPHIE = "Martin Sophie"
PEOPLE: list[Mapping[str, Any]] = [
    {"last_name": "Martin", "first_name": "Sophie", "birth_year": 1981, "registered": STARTED,
     "pass_number": "999992112345", "pass_start": STARTED, "pass_end": ENDS},
    {"last_name": "Bleuet", "first_name": "Omar", "registered": date(2026, 1, 5)},
    {"last_name": "Ajonc", "first_name": "Léa", "precision": "Nantes", "pass_end": ENDS},
    {"last_name": "Ajonc", "first_name": "Léa", "precision": "Rezé", "pass_end": ENDS},
    {"last_name": "Petit", "first_name": "Jean", "birth_year": 1970, "pass_end": ENDS,
     "registered": date(2020, 1, 6), "exited": date(2021, 1, 6)},
    {"last_name": "Petit", "first_name": "Jean", "birth_year": 1999, "pass_end": ENDS,
     "registered": date(2024, 1, 6)},
]  # fmt: skip
FREINS = [
    ("Mobilité", {"accompaniment": "Externe"}),
    ("Français, illettrisme, langue", {"accompaniment": "Les deux"}),
    ("Hébergement, logement", {"lifted": date(2025, 5, 5), "accompaniment": "Interne"}),
    ("Démarches administratives et accès aux droits", {"accompaniment": "Interne"}),
    ("Discrimination", {}),
    ("Justice", {"lifted": date(2023, 5, 5), "accompaniment": "Externe"}),  # before this pathway
]
LINES = [
    ("Atelier code de la route", "Mobilité", "(3) Réalisée"),
    ("Immersion chez un fleuriste", "Projet professionnel : fleuriste", "(3) Réalisée"),
    ("Formation permis B", "mobilité", "(2) En cours"),
    ("PMSMP en jardinerie", "Projet professionnel", "(3) Réalisée"),
    ("PMSMP en pépinière", "Projet professionnel", "(1) À proposer"),
    ("Atelier budget", "Budget et logement", "(3) Réalisée"),  # two needs
    ("Atelier CV", "Recherche d'emploi", None),  # done, or not?
    ("Parler d'une formation", "Recherche d'emploi", "(3) Réalisée"),  # no formation was done
    ("Formation cariste", "Recherche d'emploi", "Sans suite"),
]
FILLED = {
    "C2": "Les Jardins d'Ajonc",
    "C3": "841 234 567 00011",
    "C4": SOPHIE,
    "C6": "99999 21 12345",
    "C7": "1 an",
    "C8": ENDS,
    "D12": "Prestations internes", "D13": "Prestations externes",
    "D16": "Immersion", "E16": "PMSMP",
    "D20": "Prestations internes", "E20": "Sans objet / problématique résolue",
    "D26": "Ateliers", "D27": "Prestations externes", "E26": "Formation",
    "C54": "6 mois",
}  # fmt: skip


@cache
def ours() -> bytes:
    import tempfile

    rows = {
        "tPersonnes": PEOPLE,
        "tFreins": [{"person": SOPHIE, "barrier": name, **said} for name, said in FREINS],
        "tSuivi": [
            {"person": SOPHIE, "dated": date(2026, 3, number), "action": action,
             "objective": objective, "status": status}
            for number, (action, objective, status) in enumerate(LINES, start=2)
        ],
    }  # fmt: skip
    settings = Settings(structure="Les Jardins d'Ajonc", siret="84123456700011")
    with tempfile.TemporaryDirectory() as folder:
        filling = Filling(settings, rows, packs=frozenset({"pass"}))
        return saved_workbook(Path(folder, "suivi.xlsx"), filling).read_bytes()


@pytest.fixture
def book(tmp_path: Path) -> Path:
    path = tmp_path / "suivi.xlsx"
    path.write_bytes(ours())
    return path


@pytest.fixture
def model(tmp_path: Path) -> Path:
    path = tmp_path / "modele.xlsx"
    path.write_bytes(prolongation())
    return path


def fill(model: Path, book: Path, person: str = SOPHIE, **options: Any) -> Filled:
    return api.fill(model, book, person=person, **{"on": ON, "months": 6, **options})


def written(done: Filled) -> dict[str, object]:
    return {one.place.cell: one.value for one in done.plan.written}


CELL = re.compile(rb'<c r="([A-Z]+\d+)"[^>]*?(?:/>|>.*?</c>)', re.DOTALL)


def changed_cells(before: bytes, after: bytes) -> set[str]:
    """The cells that differ; all that is not a cell, and every other part, is the same."""
    old, new = Package(before), Package(after)
    assert old.names() == new.names()
    found = set()
    for name in old.names():
        one, other = old.read(name), new.read(name)
        if one != other:
            assert CELL.sub(b"", one) == CELL.sub(b"", other)
            pairs = zip(CELL.finditer(one), CELL.finditer(other), strict=True)
            found |= {was[1].decode() for was, now in pairs if was[0] != now[0]}
    return found


@pytest.mark.slow
def test_the_cells_that_are_sure_are_filled_and_nothing_else_changes(
    model: Path, book: Path
) -> None:
    done = fill(model, book)
    assert written(done) == FILLED
    assert done.output == book.with_name("modele Martin Sophie.xlsx")
    data = done.output.read_bytes()
    assert changed_cells(prolongation(), data) == set(FILLED)
    sheet = Package(data).read("xl/worksheets/sheet1.xml")
    assert b"<is><t>03/11/2026</t></is>" in sheet  # a text: the cell has no format of dates
    assert sheet.count(b"<mergeCell ") == 37
    assert (sheet.count(b"<dataValidation "), sheet.count(b"<x14:dataValidation ")) == (4, 1)
    assert (model.read_bytes(), book.read_bytes()) == (prolongation(), ours())


def test_what_is_left_is_said_with_the_reason(model: Path, book: Path) -> None:
    plan = fill(model, book, months=None, dry_run=True).plan
    why = {one.place.cell: one.why for one in plan.blank}
    assert why["C5"] == "le classeur ne garde que l'année (1981)"
    assert why["C54"] == "à demander par --months"
    lacks = "la colonne « Niveau actuel » n'a pas été trouvée dans Freins"
    assert why["C12"] == why["C26"] == lacks
    nothing = "ni frein ni action sûre dans le classeur, ce qui ne dit pas que le besoin est nul"
    assert why["C36"] == why["D36"] == why["E36"] == nothing
    assert why["C16"] == "aucun frein noté, ce qui ne dit pas que le besoin est nul"
    shared = "le frein « Démarches administratives et accès aux droits » est à répartir"
    assert why["C22"] == why["C24"] == shared
    assert why["E12"] == "aucune action sûre dans Suivi ni dans Freins"
    assert not {"D17", "D21", "E27"} & {*why}  # a second action may lack
    assert [note.partition(",")[0] for note in plan.notes] == [
        "Freins!B8", "Freins!B9", "Suivi!C11", "Suivi!C10", "Suivi!C8",
    ]  # fmt: skip
    lines = plan.blank_lines()
    assert "Date de naissance (C5) : le classeur ne garde que l'année (1981)" in lines
    assert any(line.startswith("La colonne « Niveau actuel »") and "mobilité (C26)" in line
               for line in lines)  # fmt: skip


def test_what_stands_in_a_cell_is_kept_and_said(model: Path, book: Path) -> None:
    by_hand = {"C2": "Une autre association", "C7": "2 ans", "D26": "Formation"}
    model.write_bytes(typed(prolongation(), SHEET, by_hand))
    done = fill(model, book, dry_run=True)
    assert {one.place.cell: one.text for one in done.plan.kept} == by_hand
    assert {*written(done)} == {*FILLED} - {*by_hand}
    assert done.plan.kept[0].line == (
        "C2 Nom de l'association intermédiaire : « Une autre association » "
        "(le classeur dit « Les Jardins d'Ajonc »)"
    )
    [blank] = [one for one in done.plan.written if one.instead]
    assert (blank.place.cell, blank.instead) == ("C8", BLANK_DATE)


def test_no_value_outside_the_list_of_its_cell(model: Path, book: Path) -> None:
    """The lists are those of the file: one without « Formation », one that cannot be read."""
    data = typed(prolongation(), LISTS, {"E4": "Stage"})
    data = edited_sheet(data, SHEET, lambda root: _without_list(root, "C54"))
    model.write_bytes(data)
    plan = fill(model, book, dry_run=True).plan
    assert {*FILLED} - {one.place.cell for one in plan.written} == {"E26", "C54"}
    why = {one.place.cell: one.why for one in plan.blank}
    assert why["C54"] == "la liste de la case ne se lit pas (« 6 mois » n'est pas écrit)"
    assert any("« Formation » n'est pas dans la liste de la case" in note for note in plan.notes)


def _without_list(root: Any, cell: str) -> None:
    for rule in root.iter("{*}dataValidation"):
        if rule.get("sqref") == cell:
            rule[0].text = 'INDIRECT("autre")'


LENGTHS = [
    # days since the PASS began, the first included; what the form is told
    (1, "Moins de 1an"), (364, "Moins de 1an"), (365, "1 an"), (729, "1 an"), (730, "2 ans"),
    (1_094, "2 ans"), (1_095, "Plus de 3 ans"), (2_000, "Plus de 3 ans"),
]  # fmt: skip


@pytest.mark.parametrize(("days", "said"), LENGTHS)
def test_the_length_is_told_in_whole_years(days: int, said: str) -> None:
    assert _length(ON - timedelta(days=days - 1), None).replace(" ", "") == said.replace(" ", "")


def test_the_length_stops_at_the_end_of_the_pass_and_is_not_guessed() -> None:
    assert _length(ON - timedelta(days=800), ON - timedelta(days=100)) == "1 an"
    assert _length(ON + timedelta(days=1), None) == "le PASS commence le 01/10/2026"
    suspended = _length(STARTED, None, pass_suspended_until=date(2025, 1, 1))
    assert suspended == "PASS suspendu : la durée réalisée est à compter à la main"


def _length(start: date, end: date | None, **said: Any) -> str:
    """What is told of the length, or why nothing is."""
    from cedre_xlsx.paperwork.answers import Answers
    from cedre_xlsx.paperwork.fields import LENGTH_DONE
    from cedre_xlsx.schema.people import PersonRow
    from cedre_xlsx.schema.records import Person, Records

    row = PersonRow(row=5, last_name="A", pass_start=start, pass_end=end, **said)
    answer = Answers(Records(), Person("A", (row,)), ON, None).of(LENGTH_DONE)
    return str(answer.value or answer.why)


SIRETS = [
    # as it is typed; what the form is told, or why nothing is
    (84123456700011, "841 234 567 00011"), ("841 234 567 00011", "841 234 567 00011"),
    ("841234567", "« 841234567 » n'a pas les 14 chiffres d'un SIRET (Paramètres)"),
    (None, "vide dans Paramètres : N° SIRET"),
]  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize(("value", "said"), SIRETS)
def test_the_siret_is_told_where_it_is_one(value: object, said: str, model: Path) -> None:
    book = model.with_name("suivi.xlsx")
    sheet, cell = value_cells(raw(ours()))["siret"]
    book.write_bytes(typed(ours(), sheet, {cell: value}))
    plan = fill(model, book, dry_run=True).plan
    told = [one.value for one in plan.written if one.place.cell == "C3"]
    assert told + [one.why for one in plan.blank if one.place.cell == "C3"] == [said]


def moved(data: bytes) -> bytes:
    return typed(data, SHEET, {"B6": None, "B9": "Numéro de PASS IAE : "})


def protected(data: bytes) -> bytes:
    def protect(root: Any) -> None:
        made = root.makeelement(root.tag.replace("worksheet", "sheetProtection"), {"sheet": "1"})
        root.insert([child.tag for child in root].index(f"{{{root.nsmap[None]}}}sheetData") + 1,
                    made)  # fmt: skip

    return edited_sheet(data, SHEET, protect)


REFUSED = {
    # the model, the person and the options; what is said
    "another workbook": (team_form, SOPHIE, {}, "ni le classeur officiel de prolongation"),
    "our own kind": (ours, SOPHIE, {}, "c'est un classeur CEDRE, et non un formulaire"),
    "a label that moved": (
        lambda: moved(prolongation()), SOPHIE, {},
        "« Numéro de PASS IAE » est en B9 au lieu de B6. Rien n'est écrit : demandez",
    ),
    "a label that is gone": (
        lambda: typed(prolongation(), SHEET, {"B36": "Autres"}), SOPHIE, {},
        "« Difficultés judiciaires » manque en B36",
    ),
    "a protected sheet": (
        lambda: protected(prolongation()), SOPHIE, {}, "est protégée, et C2 y est verrouillée"
    ),
    "a password": (
        lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptionInfo".encode("utf-16-le"), SOPHIE,
        {}, "protégé par un mot de passe",
    ),
    "no workbook": (lambda: b"Nom;Prenom\n", SOPHIE, {}, "c'est un fichier texte"),
    "no PASS": (prolongation, "Bleuet Omar", {}, "n'a pas de PASS IAE dans Personnes (ligne 6)"),
    "nobody": (prolongation, "Martin Sofia", {}, "vouliez-vous dire « Martin Sophie » ?"),
    "two of one name": (prolongation, "Ajonc Léa", {}, "désigne plusieurs personnes"),
    "two lines that may be two": (prolongation, "Petit Jean", {}, "peuvent être deux personnes"),
    "too long a wish": (prolongation, SOPHIE, {"months": 13}, "pour 1 à 12 mois (donné : 13)"),
    "over the model": (prolongation, SOPHIE, {"output": "modele.xlsx", "force": True},
                       "va dans un nouveau fichier"),
    "over the workbook": (prolongation, SOPHIE, {"output": "suivi.xlsx", "force": True},
                          "va dans un nouveau fichier"),
    "over another file": (prolongation, SOPHIE, {"output": "là.xlsx"}, "existe déjà"),
    "of another kind": (prolongation, SOPHIE, {"output": "bilan.pdf"}, "se termine par .xlsx"),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_be_filled_is_one_sentence(
    case: str, model: Path, book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make, person, options, said = REFUSED[case]
    model.write_bytes(make())
    monkeypatch.chdir(model.parent)
    Path("là.xlsx").write_bytes(b"un autre")
    before = {path: path.read_bytes() for path in model.parent.iterdir()}
    with pytest.raises(CedreError) as refused:
        fill(model, book, person, **options)
    assert said in str(refused.value)
    assert "\n" not in str(refused.value)
    assert {path: path.read_bytes() for path in model.parent.iterdir()} == before


def test_the_command_shows_then_writes(
    model: Path, book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(model.parent)
    words = ["fill", "modele.xlsx", "suivi.xlsx", "--person", SOPHIE, "--date", "2026-09-30"]
    shown = CliRunner().invoke(group, [*words, "--dry-run"])
    assert shown.exit_code == 0
    assert "  C4 Nom & Prénom du salarié : Martin Sophie\n" in shown.stdout
    assert "  D26 mobilité, action menée : Ateliers   [Suivi!C5, " in shown.stdout
    assert shown.stdout.endswith("Rien n'est écrit.\n")
    assert len([*model.parent.iterdir()]) == 2
    done = CliRunner().invoke(group, [*words, "-o", "bilan.xlsx", "--months", "3"])
    assert done.stdout.endswith("bilan.xlsx : 16 cases remplies pour Martin Sophie.\n")
    assert changed_cells(prolongation(), Path("bilan.xlsx").read_bytes()) == set(FILLED)


@needs_libreoffice
def test_the_lists_still_work_in_libreoffice(model: Path, book: Path, tmp_path: Path) -> None:
    done = fill(model, book)
    assert done.output is not None
    made = libreoffice_convert(done.output, "fods", tmp_path / "lo").read_text(encoding="utf-8")
    lists = re.findall(r'<table:content-validation table:name="(\w+)" [^>]*is-in-list', made)
    used = re.findall(r'table:content-validation-name="(\w+)"', made)
    assert (len(lists), {*lists}) == (5, {*used})
    assert "[$&apos;Menus déroulants&apos;.$E$2:.$E$9]" in made
    assert "Sans objet / problématique résolue" in made


#: Those of the example whose PASS may be prolonged.
HOLDERS = ("Réglisse Honorine", "Serpolet Gustave", "Valériane Apolline")


@pytest.mark.slow
@pytest.mark.parametrize("person", HOLDERS)
def test_the_official_form_has_something_to_say_of_three_people_of_the_example(
    person: str, model: Path
) -> None:
    example = ROOT / "examples/association.xlsx"
    found = written(fill(model, example, person, dry_run=True))
    assert found["C6"] == f"00000 26 0000{HOLDERS.index(person) + 1}"
    assert {"C2", "C3", "C4", "C7", "C8", "C54", "D12", "D16", "D26", "E12"} <= set(found)
