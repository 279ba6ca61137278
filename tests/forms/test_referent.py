"""`print --referent`: what is declared leaves, told first, and nothing betrays the rest."""

from __future__ import annotations

import re
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner, Result
from pypdf import PdfReader

from cedre_xlsx import api
from cedre_xlsx._version import __version__
from cedre_xlsx.cli import hand_over
from cedre_xlsx.cli.print_forms import print_forms
from cedre_xlsx.forms.content import Origin
from cedre_xlsx.forms.output import Document, write_documents
from cedre_xlsx.forms.referent.fields import COUNTED, SHOWN
from cedre_xlsx.forms.referent.sheet import (
    MOST_ENGAGEMENTS,
    MOST_MISSIONS,
    ReferentSheet,
    referent_form,
    referent_sheet,
)
from cedre_xlsx.method.values import DatedText, Deadline
from cedre_xlsx.method.vocabulary import (
    BARRIERS,
    AbsenceReason,
    Achieved,
    Attendance,
    ExitCategory,
    Nature,
    Status,
)
from cedre_xlsx.schema.columns import Column, Kind, Row
from cedre_xlsx.schema.errors import CedreError
from cedre_xlsx.schema.packs import PACKS
from cedre_xlsx.schema.people import PersonRow
from cedre_xlsx.schema.settings import Settings, TypeSetting
from cedre_xlsx.schema.tables import DATA_TABLES
from cedre_xlsx.workbook.read import read_workbook
from cedre_xlsx.workbook.template.filling import Cell, FilledRow, Filling
from tests.forms.test_pdf import needs_pdftotext, text_of
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

LATE = date(2026, 6, 30)
DECLARED = {(one.model, one.field) for one in SHOWN} | set(COUNTED)
#: What a list has where it matters which value it is.
CHOSEN: dict[str, Cell] = {"type": "D", "next_type": "SA", "engagement": "SA", "title": "Mme",
                           "exit_category": "Emploi durable", "nature": "MAD",
                           "achieved": "OUI, en partie", "status": "(3) Réalisée"}  # fmt: skip
_MARK = re.compile(r"MARQUE\w+|\b\d\d/\d\d/\d{4}\b")


def sheet(*rows: Any, who: str = "Martin Paul", on: date = ON) -> ReferentSheet:
    records = workbook(rows)
    return referent_sheet(records, records.persons[who], on)


def told(made: ReferentSheet) -> dict[str, str]:
    """The lines outside the tables."""
    return {one.label: one.value for block in made.blocks for one in block.lines}


def table(made: ReferentSheet, title: str) -> list[list[str]]:
    rows = (one.rows for one in made.listings if one.title.startswith(title))
    return [[one.value for one in row] for row in next(rows, ())]


# --- What leaves, and what never does


def marked(number: int, field: str, column: Column) -> Cell:
    """A cell that tells which column it is of: a word, or a day, of its own."""
    mark, day = f"MARQUE{number:03}{field}".replace("_", ""), date(2026, 1, 1)
    if field == "exited":
        return date(2026, 6, 20)
    match column.kind:
        case Kind.DATE:
            return day + timedelta(days=number)
        case Kind.DATED_TEXT:
            return f"{day + timedelta(days=number):%d/%m/%Y} {mark}"
        case Kind.DEADLINE:
            return f"{day + timedelta(days=number):%d/%m/%Y} pour {mark}"
        case Kind.HOURS | Kind.NUMBER | Kind.DURATION:
            return 1
        case Kind.INTEGER:
            return 1971 if field == "birth_year" else 4
        case Kind.YES_NO:
            return "OUI"
        case Kind.CHOICE if column.choices and column.choices.closed:
            return CHOSEN.get(field, column.choices.values[0])
        case Kind.CODE:
            return CHOSEN[field]
    return mark


def all_marked() -> tuple[Filling, dict[str, str]]:
    """Someone of whom every column of every table is filled; and what each mark is of."""
    rows: dict[str, list[FilledRow]] = {}
    marks: dict[str, str] = {}
    number = 0
    for spec in DATA_TABLES:
        row: dict[str, Cell] = {}
        for field, column in spec.columns.items():
            number += 1
            row[field] = marked(number, field, column)
            value = row[field]
            words = f"{value:%d/%m/%Y}" if isinstance(value, date) else str(value)
            for mark in _MARK.findall(words):
                marks[mark] = f"{spec.model.__name__}.{field}"
        rows[spec.table] = [row]
    name = f"{rows['tPersonnes'][0]['last_name']} {rows['tPersonnes'][0]['first_name']}"
    precision = rows["tPersonnes"][0]["precision"]
    for table_name, [row_of] in rows.items():
        if table_name != "tPersonnes":
            rows[table_name] = [{**row_of, "person": f"{name} ({precision})"}]
    settings = Settings(structure="Les Jardins imaginaires", place="MARQUEville")
    return Filling(settings=settings, rows=rows, packs=frozenset(PACKS)), marks


@pytest.mark.slow
@needs_pdftotext
def test_no_other_column_reaches_the_page(tmp_path: Path) -> None:
    """Every column of every table has a mark of its own; those of the page are those declared."""
    filling, marks = all_marked()
    path = tmp_path / "suivi.xlsx"
    path.write_bytes(api.workbook_bytes(filling))
    [someone] = read_workbook(path, on=LATE).records.persons
    done = api.apply_referent(api.find_referent(path, [someone], on=LATE), tmp_path)
    [pdf] = done.paths
    assert PdfReader(pdf).get_num_pages() == 1
    seen = set(_MARK.findall(f"{text_of(pdf)} {pdf.name} {PdfReader(pdf).metadata}"))
    found = {marks.get(mark, mark) for mark in seen} - {f"{LATE:%d/%m/%Y}"}
    assert found == {
        "PersonRow.last_name", "PersonRow.first_name", "PersonRow.advisor",
        "PersonRow.pre_reception", "PersonRow.interview", "PersonRow.registered",
        "PersonRow.exited", "PersonRow.referent", "PersonRow.engagement_contract",
        "PersonRow.pass_start", "PersonRow.pass_end", "PersonRow.contract_start",
        "PersonRow.contract_end", "MissionRow.start", "MissionRow.end", "MissionRow.trade",
        "EngagementRow.agreed", "EngagementRow.deadline",
    }  # fmt: skip
    text = text_of(pdf)
    for word in ("1971", "Santé", "RQTH", "QPV", "Durée", "pause", "suspendu", "Les Jardins"):
        assert (word in text) is (word == "Les Jardins")


def _nothing(row: Row, field: str) -> object:
    """What an empty cell is, of a field."""
    return type(row).model_fields[field].get_default(call_default_factory=True)


FULL: tuple[Row, ...] = (
    person(
        precision="", paused_until="30/06", informed_on=date(2026, 1, 5), exit_reason="CDI",
        education="Formation de niveau bac", unemployment="Non", rsa="Non", ass=True, aah=True,
        rqth=True, qpv=True, zrr=True, pass_number="999992139048", pass_start="05/01",
        pass_suspended_until="30/06", contract_start="05/01", referent="Mission locale",
        france_travail="F", engagement_contract=date(2025, 12, 1), autonomy=2,
        extra={"Traitement": "tous les mardis"},
    ),
    action(attendance=Attendance.EXCUSED, absence_reason=AbsenceReason.HEALTH, to_discuss=True),
    action(day="05/05", dated=DatedText("05/05/26 entretien au CMP", date(2026, 5, 5))),
    engagement(deadline=Deadline("fin juin, après l'opération", date(2026, 6, 30),
                                 date(2026, 6, 30)), needs="Se soigner", frequency="Mensuelle"),
    reviewed(reference="D-2026-002", comments="Arrêt maladie", follow_up=True, next_type="VP"),
    mission(client_review="Souvent malade", person_review="Mal au dos", client="ESAT du Lac"),
    barrier(remarks="Sans permis", partner="Garage", current_level=None),
)  # fmt: skip
SENSITIVE = (
    *(barrier(barrier=name, remarks="détail") for name in
      ("Santé", "Justice", "Famille", "Discrimination", "Surendettement et finances")),
    barrier(barrier="SANTE"),
    barrier(barrier="Suivi au SPIP"),  # the team's own
)  # fmt: skip


def test_what_is_not_declared_leaves_no_trace() -> None:
    """The page is the same to the letter without what is not declared, and without the freins of
    health and justice: no line, no blank and no count tells of them.
    """
    origin = Origin("suivi.xlsx", ON)
    bare = [
        row.model_copy(
            update={
                field: _nothing(row, field)
                for field in (*type(row).model_fields,)
                if field not in ("row", "unreadable", "person")
                and (type(row), field) not in DECLARED
            }
        )
        for row in FULL
    ]
    whole = referent_form(sheet(*FULL, *SENSITIVE), origin)
    assert whole == referent_form(sheet(*bare), origin)
    assert "Mobilité" in str(whole)
    assert whole != referent_form(sheet(*FULL[:-1]), origin)  # the frein that may be named


@pytest.mark.parametrize(
    ("rows", "label", "value"),
    [
        ([person(exited="31/03", exit_category=ExitCategory.DURABLE)], "Catégorie de sortie",
         "Emploi durable"),
        ([person(exited="31/03", exit_category=ExitCategory.WITHDRAWN)], "Catégorie de sortie",
         None),
        ([person(france_travail="f")], "Catégorie France Travail", "F"),
        ([person(france_travail="D, arrêt maladie")], "Catégorie France Travail", None),
        ([barrier(barrier="mobilite")], "Frein", "Mobilité"),
        ([barrier(lifted="01/05")], "Frein", None),
        ([barrier(lifted="01/06")], "Frein", "Mobilité"),
        ([person(registered=None, unreadable=frozenset({"registered"}))], "Inscription", None),
        ([action()], "Présences notées", None),
        ([action(attendance=Attendance.ABSENT)], "Présences notées", "0"),
        ([action(attendance=Attendance.ABSENT)], "Absences non excusées", "1"),
        ([action(day="04/01", attendance=Attendance.ABSENT)], "Absences non excusées", None),
    ],
)  # fmt: skip
def test_a_line_and_what_makes_it_go(rows: list[Any], label: str, value: str | None) -> None:
    assert told(sheet(*rows)).get(label) == value


@pytest.mark.parametrize("name", BARRIERS)
def test_freins_that_may_be_named(name: str) -> None:
    private = ("Santé", "Justice", "Famille", "Discrimination", "Surendettement et finances",
               "Ressources immédiates")  # fmt: skip
    shown = told(sheet(barrier(barrier=name))).get("Frein")
    assert shown == (None if name in private else name)


def test_interviews_are_those_that_took_place_with_the_person_alone() -> None:
    counted = [
        action(),
        action(action="RDV au garage", status=None),
        action(action="Point", dated=DatedText("04/05/26 Rendez-vous", date(2026, 5, 4))),
    ]
    others = [
        action(attendance=Attendance.EXCUSED),
        action(status=Status.DROPPED),
        action(collective=True),
        action(action="Mail à la mission locale"),
        action(day="13/05"),
        action(day="04/01"),  # before the pathway
        action(status=None, outcome=""),
    ]
    assert told(sheet(*counted, *others))["Entretiens réalisés"] == "3"


def test_missions_and_engagements_are_told_by_their_dates() -> None:
    own = TypeSetting("SAN", "Parcours santé", None, None)
    made = sheet(
        with_settings(types=(*Settings().types, own)),
        mission(hours=20.5), mission(start="04/05", end=None, hours=None, weekly_hours=8.0),
        mission(start="05/05", end="06/05", nature=Nature.IMMERSION, hours=14.0),
        mission(start="20/05", end="22/05"),
        engagement(), reviewed(reference="", agreed="02/04", achieved=Achieved.NO),
        engagement(reference="", type="SAN", agreed="03/04", deadline=None),
    )  # fmt: skip
    assert table(made, "Missions (3) ; 30,79 heures de travail notées") == [
        ["20/04/2026", "24/04/2026", "MAD", "Peintre", "20,5 h"],
        ["04/05/2026", "", "MAD", "Peintre", "8 h par semaine"],
        ["05/05/2026", "06/05/2026", "Immersion", "Peintre", "14 h"],
    ]
    assert table(made, "Engagements réciproques (3)") == [
        ["Découverte", "01/04/2026", "01/07/2026", ""],
        ["Découverte", "02/04/2026", "01/07/2026", "NON"],
        ["Autre engagement", "03/04/2026", "", ""],
    ]


def test_typed_words_in_which_the_check_finds_something_stay() -> None:
    """A short text too: it is told on the terminal, and the page has nothing of it."""
    rows = [
        person(referent="Mme Hirondelle, 06 12 34 56 78", advisor="Linda Roux"),
        mission(trade="Peintre, mi-temps pour dépression"),
        mission(start="27/04", end="28/04", trade="Jardinier"),
    ]
    made = sheet(*rows)
    assert [row[3] for row in table(made, "Missions")] == ["", "Jardinier"]
    assert told(made)["Accompagnateur"] == "Linda Roux"
    assert "Référent unique" not in told(made)
    assert len([one for one in made.remarks if "n'est pas repris (" in one]) == 2
    form = str(referent_form(made, Origin("suivi.xlsx", ON)))
    assert not any(word in form for word in ("dépression", "06", "Hirondelle", "repris"))


def test_only_the_latest_pathway_is_told() -> None:
    earlier = person(registered="05/01/24", interview="05/01/24", exited="01/09/24")
    made = sheet(earlier, person(), mission(start="01/03/24", end="05/03/24"),
                 engagement(agreed="01/03/24"), action(day="01/03/24"))  # fmt: skip
    assert told(made)["Inscription"] == "05/01/2026"
    assert made.listings == ()
    assert "Entretiens réalisés" not in told(made)


def test_a_full_page_is_one_page(tmp_path: Path) -> None:
    """The longest names, every line, and more missions and engagements than are shown."""
    long = "Extraordinairement-Longue " * 5
    rows: list[Any] = [
        person(last_name=long, first_name=long, advisor=long, referent=long, france_travail="F",
               pre_reception="03/01", exited="11/05", exit_category=ExitCategory.OTHER,
               engagement_contract=date(2026, 1, 2), pass_start="05/01", pass_end="05/01/28",
               contract_start="05/01", contract_end="05/06"),
        with_settings(structure=long),
    ]  # fmt: skip
    who = rows[0].person
    rows += [mission(who, trade=long, client=f"C{n}") for n in range(MOST_MISSIONS + 20)]
    rows += [engagement(who, type="MPP", reference="") for _ in range(MOST_ENGAGEMENTS + 20)]
    rows += [barrier(who, barrier=name) for name in BARRIERS]
    rows += [action(who, attendance=one) for one in Attendance]
    made = sheet(*rows, who=who)
    assert [one.title for one in made.listings] == [
        "Missions (les 10 dernières sur 30) ; 600 heures de travail notées",
        "Engagements réciproques (les 8 derniers sur 28)",
    ]
    form = referent_form(made, Origin("suivi.xlsx", ON))
    [pdf] = write_documents([Document("f", "Fiche", (form,))], tmp_path, on=ON).paths
    assert PdfReader(pdf).get_num_pages() == 1


# --- The command


def filling() -> Filling:
    """Two who have one name, one whose lines overlap, one without anything."""
    known: dict[str, Cell] = {"registered": date(2026, 1, 5), "informed_on": date(2026, 1, 5)}
    return Filling(
        settings=Settings(structure="Les Jardins imaginaires"),
        rows={
            "tPersonnes": [
                {"last_name": "Fictif", "first_name": "Élie", **known},
                {"last_name": "Roux", "first_name": "Dominique", "precision": "Arras", **known},
                {"last_name": "Roux", "first_name": "Dominique", "precision": "Lens", **known},
                {"last_name": "Double", "first_name": "Zoé", "birth_year": 1980, **known},
                {"last_name": "Double", "first_name": "Zoé", "birth_year": 1990, **known},
                {"last_name": "Seule", "first_name": "Ida"},
            ],
            "tSuivi": [
                {"person": "Fictif Élie", "dated": date(2026, 3, 2), "action": "Entretien",
                 "status": "(3) Réalisée", "outcome": "Fait", "minutes": 30},
                {"person": "Fictif Élie", "dated": date(2026, 4, 1), "status": "(3) Réalisée",
                 "action": "Fiche remise au référent unique (courrier)", "outcome": "Remis"},
            ],
        },
    )  # fmt: skip


@pytest.fixture(scope="module")
def made() -> bytes:
    return api.workbook_bytes(filling())


@pytest.fixture
def path(made: bytes, tmp_path: Path) -> Path:
    path = tmp_path / "suivi.xlsx"
    path.write_bytes(made)
    return path


def run(path: Path, *options: str, answer: str = "") -> Result:
    out = str(path.parent / "papiers")
    arguments = [str(path), "-o", out, "--date", "2026-05-12", *options]
    return CliRunner().invoke(print_forms, arguments, input=answer)


@pytest.mark.slow
def test_what_leaves_is_told_with_its_cells(path: Path, made: bytes) -> None:
    """Nobody can answer: it is told, and nothing is written."""
    done = run(path, "--referent", "elie FICTIF")
    assert done.stdout.splitlines() == [
        "Sortirait du classeur, pour le référent unique de Fictif Élie :",
        "  Structure : Les Jardins imaginaires   [Paramètres]",
        "  La personne",
        "    Nom : Fictif   [Personnes!A5]",
        "    Prénom : Élie   [Personnes!B5]",
        "  Le parcours",
        "    Inscription : 05/01/2026   [Personnes!J5]",
        "  L'accompagnement",
        "    Entretiens réalisés : 1   [compté dans Suivi]",
        "  Déjà remise le 01/04/2026 (Suivi).",
        "  À voir d'abord : Référent unique n'est pas rempli : vérifiez à qui vous remettez cette "
        "fiche.",
        f"Au pied de la page : suivi.xlsx · 12/05/2026 · cedre-xlsx {__version__}",
    ]
    assert isinstance(done.exception, CedreError)
    assert str(done.exception).endswith(
        "rien n'est écrit. Relisez ce qui sortirait du classeur, voyez-le avec la personne, puis "
        "recommencez avec --yes."
    )
    assert path.read_bytes() == made
    assert not (path.parent / "papiers").exists()


@pytest.mark.slow
@pytest.mark.parametrize(("answer", "written"), [("non", []), ("", []), ("oui", ["Fictif Élie"])])
def test_someone_answers(
    answer: str, written: list[str], path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hand_over, "_somebody", lambda: True)
    done = run(path, "--referent", "Fictif Élie", answer=f"{answer}\n")
    assert done.exit_code == 0
    assert "Écrire ce qui est montré, et rien d'autre ?" in done.output
    assert ("Rien n'est écrit." in done.output) is not bool(written)
    found = [one.name for one in path.parent.rglob("*.pdf")]
    assert found == [f"Référent unique {name}.pdf" for name in written]


@pytest.mark.slow
def test_the_hand_over_is_noted_once(path: Path, made: bytes) -> None:
    asked = ("--referent", "Fictif Élie", "--referent", "Seule Ida", "--yes")
    done = run(path, *asked)
    assert (done.exit_code, path.read_bytes()) == (0, made)
    done = run(path, *asked, "--note", "--force")
    assert "Suivi!C7 : Fictif Élie, « Fiche remise au référent unique » (12/05/2026, nouv" in (
        done.output
    )
    noted = path.read_bytes()
    again = run(path, *asked, "--note", "--force")
    assert "était déjà noté" in again.output
    assert "Déjà remise le 01/04/2026 et 12/05/2026 (Suivi)." in again.output
    assert path.read_bytes() == noted
    [line] = [
        row
        for row in read_workbook(path, on=ON).records.follow_ups.rows
        if row.person == "Seule Ida"
    ]
    assert (line.action, line.day, line.status) == (
        "Fiche remise au référent unique", ON, Status.DONE,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--referent", "Fictive Élie", "--yes"), "n'existe pas dans Personnes ; vouliez-vous"),
        (("--referent", "Roux Dominique", "--yes"), "désigne plusieurs personnes"),
        (("--referent", "Double Zoé", "--yes"), "peuvent être deux personnes ; rien n'est écrit"),
    ],
)
def test_someone_who_is_not_known_is_refused(
    options: tuple[str, ...], said: str, path: Path, made: bytes
) -> None:
    done = run(path, *options)
    assert isinstance(done.exception, CedreError)
    assert said in str(done.exception)
    assert path.read_bytes() == made
    assert not (path.parent / "papiers").exists()


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--referent", "Fictif Élie", "--all"), "--referent va seul"),
        (("--referent", "Fictif Élie", "--merge"), "--referent va seul"),
        (("--referent", "Fictif Élie", "--bilan", "Fictif Élie"), "--referent va seul"),
        (("--fiche", "Fictif Élie", "--yes"), "--yes ne va qu'avec --referent"),
        (("--fiche", "Fictif Élie", "--note"), "--note ne va qu'avec --bilan ou --referent"),
    ],
)
def test_it_goes_alone(options: tuple[str, ...], said: str, path: Path) -> None:
    done = run(path, *options)
    assert done.exit_code == click.UsageError.exit_code
    assert said in " ".join(done.output.split())


def test_a_page_is_made_of_whatever_there_is() -> None:
    """A pathway of a name alone."""
    alone = PersonRow(row=0, last_name="Seule")
    made = sheet(alone, who="Seule")
    assert [block.title for block in made.blocks] == ["La personne"]
    assert made.listings == ()
    assert len(made.remarks) == 2


def test_a_frein_of_a_former_pathway_is_not_told() -> None:
    """Found before the exit, another pathway since; one without a date may be of now."""
    before = left(registered=date(2024, 1, 8), interview=date(2024, 1, 8), exited=date(2025, 1, 8))
    made = sheet(
        before,
        person(),
        barrier(barrier="Mobilité", identified=date(2024, 2, 1)),
        barrier(barrier="Numérique", identified=None),
    )
    [freins] = [block for block in made.blocks if block.title == "Les freins en cours"]
    assert [one.value for one in freins.lines] == ["Numérique"]


def test_the_hours_are_those_of_the_lines() -> None:
    days = {"start": "20/04", "end": "24/04"}
    made = sheet(mission(**days, hours=35.5), mission(**days, hours=10.8), mission(**days, hours=7))
    [missions] = [one for one in made.listings if one.title.startswith("Missions")]
    assert missions.title == "Missions (3) ; 53,3 heures de travail notées"
    assert [row[-1].value for row in missions.rows] == ["35,5 h", "10,8 h", "7 h"]


def test_what_is_found_in_a_name_is_said_and_precision_told_nowhere() -> None:
    made = sheet(
        person(first_name="Paul (RQTH)", precision="sort de prison"),
        who="Martin Paul (RQTH) (sort de prison)",
    )
    told = [one for one in made.remarks if "imprimé tel quel" in one]
    assert len(told) == 1
    assert "(Prénom)" in told[0]
    assert "prison" not in str(referent_form(made, Origin("suivi.xlsx", ON)))
