"""What `fix` leaves: texts that may mean two things, and cells that are more than a text."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date
from functools import cache
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from cedre_xlsx import api
from cedre_xlsx.api.fixing import find_repairs, fix
from cedre_xlsx.cli.fix import fix as command
from cedre_xlsx.method.types import TYPES
from cedre_xlsx.ooxml.parts import Package
from cedre_xlsx.schema.errors import CedreError
from cedre_xlsx.schema.settings import Settings, TypeSetting
from cedre_xlsx.workbook.edit import pen
from cedre_xlsx.workbook.read import read_workbook
from cedre_xlsx.workbook.repair import write
from cedre_xlsx.workbook.repair.lists import OTHER_RULE, RELATIVE, SEVERAL
from cedre_xlsx.workbook.template.filling import Filling
from tests.package_checker import check_package
from tests.support import ROOT, libreoffice_convert, needs_libreoffice

pytestmark = pytest.mark.slow

ON = date(2026, 9, 30)
PERSONNES, SUIVI = "xl/worksheets/sheet2.xml", "xl/worksheets/sheet3.xml"
Rows = list[dict[str, Any]]


def saved(path: Path, people: Rows, settings: Settings | None = None, **tables: Rows) -> Path:
    rows = {"tPersonnes": people, **tables}
    path.write_bytes(api.workbook_bytes(Filling(rows=rows, settings=settings or Settings())))
    return path


def edited(path: Path, part: str, *changes: tuple[str, str]) -> None:
    package = Package(path.read_bytes())
    text = package.read(part).decode()
    for before, after in changes:
        assert re.search(before, text, re.DOTALL), before
        text = re.sub(before, after, text, count=1, flags=re.DOTALL)
    package.write(part, text.encode())
    path.write_bytes(package.data())


def repairs(path: Path) -> dict[str, str]:
    return {f"{one.sheet}!{one.cell}": one.shown_after for one in find_repairs(path, on=ON).items}


# Texts

PEOPLE: Rows = [
    {"last_name": "Martin", "first_name": "Paul", "title": "M."},
    {"last_name": "Paul", "first_name": "Martin"},
    {"last_name": "Claude", "first_name": "Dominique", "title": "Mme"},
    {"last_name": "Petit", "first_name": "Éva", "precision": "Lyon"},
    {"last_name": "Durand"},
    {"last_name": "'t Hooft", "first_name": "Jan"},
]
NAMES = (
    # typed, written (None: left)
    ("Martin Paul", None),  # as it is
    ("martin paul", None),  # two people, one by the first name of the other
    (" Martin  Paul ", "Martin Paul"),  # the spaces alone
    ("M. Claude Dominique", None),  # the civility is not hers
    ("mme CLAUDE dominique", "Claude Dominique"),
    ("Petit Éva", None),  # a Précision is not guessed
    ("eva petit (lyon)", "Petit Éva (Lyon)"),
    ("Durand M.", None),  # an initial, perhaps
    ("M. DURAND", "Durand"),
    ("T HOOFT JAN", "'t Hooft Jan"),
    ("'t Hooft Jan", None),  # as it is: the apostrophe is the name's
    ("Inconnu Jean", None),
)


def test_names(tmp_path: Path) -> None:
    lines = [{"person": typed, "dated": ON, "action": "Voir"} for typed, _ in NAMES]
    path = saved(tmp_path / "a.xlsx", PEOPLE, tSuivi=lines)
    wanted = {f"Suivi!A{row}": name for row, (_, name) in enumerate(NAMES, start=5) if name}
    assert repairs(path) == wanted
    assert "Personnes!A10" not in repairs(path)  # the apostrophe of a name stays


STATUSES = (
    ("en cours", "(2) En cours"), ("2", "(2) En cours"), ("3 - réalisé", "(3) Réalisée"),
    ("fait", "(3) Réalisée"), ("(2)En cours", "(2) En cours"),
    # what says more than the value, or may be another one
    ("refusée", None), ("annulée", None), ("abandonnée", None), ("en attente", None),
    ("3 en cours", None), ("peut-être", None), ("a", None),
)  # fmt: skip
CODES = (
    ("coup de pouce", "CP"), ("cp", "CP"), ("CP (coup de pouce)", "CP"), ("mobilis.", "MPP"),
    ("Coup de pouce pour le permis", None), ("CP ou SA", None), ("ZZ", None),
)  # fmt: skip
ANSWERS = (("oui", "OUI"), ("x", "OUI"), ("✓", "OUI"), ("0", "NON"), ("✗", None), ("☐", None),
           ("?", None))  # fmt: skip


@pytest.mark.parametrize(
    ("field", "letter", "cases"),
    [("status", "G", STATUSES), ("engagement", "E", CODES), ("collective", "N", ANSWERS)],
)
def test_values(
    field: str, letter: str, cases: tuple[tuple[str, str | None], ...], tmp_path: Path
) -> None:
    lines = [{"person": "Durand", "dated": ON, "action": "Voir", field: typed}
             for typed, _ in cases]  # fmt: skip
    path = saved(tmp_path / "a.xlsx", PEOPLE, tSuivi=lines)
    assert repairs(path) == {
        f"Suivi!{letter}{row}": value for row, (_, value) in enumerate(cases, start=5) if value
    }


def test_an_answer_that_two_values_begin_with(tmp_path: Path) -> None:
    """« oui » : totalement, or en partie?"""
    lines = [{"reference": "CP-2026-001", "person": "Durand", "achieved": said}
             for said in ("oui", "totalement", "en partie", "non")]  # fmt: skip
    path = saved(tmp_path / "a.xlsx", PEOPLE, tEngagements=lines)
    values = list(repairs(path).values())
    assert values == ["OUI, totalement", "OUI, en partie", "NON"]


def test_types_of_the_teams_own(tmp_path: Path) -> None:
    """Two types of one name, or with one beginning: no code is chosen."""
    own = (*TYPES[:1],)
    settings = Settings(
        types=(
            *(TypeSetting(kind.code, kind.name, kind.max_months, kind) for kind in own),
            TypeSetting("L1", "Logement", 3, None),
            TypeSetting("L2", "Logement", 24, None),
            TypeSetting("M1", "Mobilité quotidienne", 3, None),
            TypeSetting("M2", "Mobilité longue", 3, None),
        )
    )
    typed = ("logement", "mobilité", "mobilité quot.", "l1")
    lines = [{"person": "Durand", "dated": ON, "action": "Voir", "engagement": one}
             for one in typed]  # fmt: skip
    path = saved(tmp_path / "a.xlsx", PEOPLE, settings, tSuivi=lines)
    assert repairs(path) == {"Suivi!E7": "M1", "Suivi!E8": "L1"}


def test_values_that_the_team_added_to_a_list(tmp_path: Path) -> None:
    people = [
        {"last_name": f"N{row}", "referrer": typed}
        for row, typed in enumerate(("ccas", "CCAS", "Ccas", "plie"))
    ]
    path = saved(tmp_path / "a.xlsx", people)
    from openpyxl import load_workbook

    book = load_workbook(path)
    sheet = book["Listes"]
    column = next(cell.column for cell in sheet[1] if cell.value == "Orienteur")
    last = max(cell.row for cell in sheet[sheet.cell(1, column).column_letter] if cell.value)
    sheet.cell(last + 1, column, "ccas")
    book.save(path)
    assert list(repairs(path).values()) == ["PLIE"]


DATES = (
    ("18/04/2026", "18/04/2026"), ("18/4/26", "18/04/2026"), ("le 18 avril 2026", "18/04/2026"),
    ("samedi 18 avril 2026", "18/04/2026"), ("sam. 18/04/26", "18/04/2026"),
    ("2026-04-18 00:00:00", "18/04/2026"), ("18.04.2026", "18/04/2026"),
    ("01/02", None),  # no year
    ("lundi 18 avril 2026", None),  # a Saturday
    ("18/04/75", None),  # 1975 or 2075
    ("18/04/26 ?", None), ("18/04/26 Entretien", None), ("vers le 18/04/26", None),
    ("18/04/26 - 20/04/26", None), ("04/18/2026", None), ("31/02/2026", None),
    ("avril 2026", None), ("18/04", None), ("46130", None),
)  # fmt: skip


def test_dates(tmp_path: Path) -> None:
    lines = [{"person": "Durand", "dated": typed, "action": "Voir", "deadline": typed}
             for typed, _ in DATES]  # fmt: skip
    path = saved(tmp_path / "a.xlsx", PEOPLE, tSuivi=lines)
    wanted = {
        f"Suivi!{letter}{row}": day
        for row, (_, day) in enumerate(DATES, start=5)
        for letter in "BF"
        if day
    }
    assert repairs(path) == wanted


def test_exits(tmp_path: Path) -> None:
    exited = {"exited": date(2026, 5, 1)}
    path = saved(tmp_path / "a.xlsx", [
        {"last_name": "A", **exited, "exit_reason": "CDI"},
        {"last_name": "B", **exited, "exit_reason": "Parti dans le sud"},
        {"last_name": "C", **exited},
        {"last_name": "D", "exit_reason": "CDI"},  # no date: perhaps not gone
        {"last_name": "E", **exited, "exit_reason": "CDI", "exit_category": "Autre sortie"},
    ])  # fmt: skip
    assert repairs(path) == {"Personnes!M5": "Emploi durable"}
    found = find_repairs(path, on=ON)
    assert [one.place.cell for one in found.unsure] == ["M6", "M7"]


def test_a_name_that_stands_in_personne_alone_stays(tmp_path: Path) -> None:
    path = saved(tmp_path / "a.xlsx", [{"last_name": "Durand"}, {"last_name": "Petit"}])
    cell = r'(<c r="D6"[^>]*?)(?: t="str")?><f>.*?</f><v>.*?</v></c>'
    edited(path, PERSONNES, (cell, r'\1 t="inlineStr"><is><t>Petit</t></is></c>'),
           (r'(<c r="A6"[^>]*?) t="inlineStr"><is>.*?</is></c>', r"\1/>"))  # fmt: skip
    assert read_workbook(path, on=ON).records.people.rows[1].person == "Petit"
    assert repairs(path) == {}


# Cells


@cache
def sample() -> bytes:
    lines: Rows = [{"person": "Durand", "dated": "18/04/26", "action": "Voir", "status": "fait"},
                   {"person": "durand", "dated": "19/04/26", "action": "Voir"}]  # fmt: skip
    people: Rows = [{"last_name": "Durand"}, {"last_name": "Petit", "exited": date(2026, 5, 1),
                                              "exit_reason": "CDI"}]  # fmt: skip
    return api.workbook_bytes(Filling(rows={"tPersonnes": people, "tSuivi": lines}))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "suivi d'été.xlsx"
    made.write_bytes(sample())
    return made


ALL = {"Personnes!M6", "Suivi!B5", "Suivi!G5", "Suivi!A6", "Suivi!B6"}
TEXT = r'<c r="{0}"([^>]*?) t="inlineStr"><is>.*?</is></c>'
HOSTILE: dict[str, tuple[str, str, str, dict[str, str]]] = {
    "computed": (
        SUIVI, TEXT.format("G5"), r'<c r="G5"\1 t="str"><f>LOWER("FAIT")</f><v>fait</v></c>',
        {"Suivi!G5": pen.COMPUTED},
    ),
    "spilled": (
        SUIVI, TEXT.format("B5"),
        r'<c r="B5"\1 t="str"><f t="array" ref="B5:B6">X1:X2</f><v>18/04/26</v></c>',
        {"Suivi!B5": pen.COMPUTED, "Suivi!B6": pen.COMPUTED},
    ),
    "in two formats": (
        SUIVI, TEXT.format("A6"),
        r'<c r="A6"\1 t="inlineStr"><is><r><rPr><b/></rPr><t>du</t></r><r><t>rand</t></r></is></c>',
        {"Suivi!A6": pen.FORMATTED},
    ),
    "in one format": (
        SUIVI, TEXT.format("A6"),
        r'<c r="A6"\1 t="inlineStr"><is><r><rPr><b/></rPr><t>durand</t></r></is></c>', {},
    ),
    "with a reading aid": (
        SUIVI, TEXT.format("A6"),
        r'<c r="A6"\1 t="inlineStr"><is><t>durand</t><rPh sb="0" eb="1"><t>o</t></rPh></is></c>',
        {},
    ),
    "linked data": (
        SUIVI, r'<c r="A6"', r'<c vm="1" r="A6"', {"Suivi!A6": pen.SPECIAL},
    ),
    "merged over": (
        PERSONNES, "</sheetData>",
        '</sheetData><mergeCells count="1"><mergeCell ref="L6:M6"/></mergeCells>',
        {"Personnes!M6": pen.MERGED},
    ),
    "first of a merge": (
        SUIVI, "</sheetData>",
        '</sheetData><mergeCells count="1"><mergeCell ref="B6:B7"/></mergeCells>', {},
    ),
    "protected": (
        SUIVI, "</sheetData>", '</sheetData><sheetProtection sheet="1"/>',
        {one: pen.PROTECTED for one in ALL if one.startswith("Suivi")},
    ),
    "protected no more": (
        SUIVI, "</sheetData>", '</sheetData><sheetProtection sheet="0" objects="1"/>', {},
    ),
    "a comment that looks like a cell": (
        SUIVI, "<sheetData>", '<sheetData><!-- <row r="6"><c r="B6" t="s"><v>1</v></c></row> -->',
        {},
    ),
    "attributes on lines of their own": (
        SUIVI, r'<c r="B6" ', "<c\n\tr='B6'\n\t", {},
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", HOSTILE)
def test_cells_that_are_more_than_a_text(case: str, path: Path) -> None:
    part, before, after, left = HOSTILE[case]
    edited(path, part, (before, after))
    found = find_repairs(path, on=ON)
    assert {f"{one.repair.sheet}!{one.repair.cell}": one.why for one in found.left} == left
    done = fix(path, on=ON)
    assert {f"{one.sheet}!{one.cell}" for one in done.made} == ALL - left.keys()
    assert all(re.search(", [a-zé' ]+$", one) for one in found.left_lines)
    content = Package(path.read_bytes()).read(part).decode()
    cells = re.findall(r'<c\s[^>]*?\br=["\']([A-Z]+[0-9]+)', re.sub("<!--.*?-->", "", content))
    assert len(cells) == len(set(cells))
    assert fix(path, on=ON).made == ()


def test_unlocked_cells_of_a_protected_sheet_are_repaired(path: Path) -> None:
    from openpyxl import load_workbook
    from openpyxl.styles import Protection

    book = load_workbook(path)
    book["Suivi"].protection.sheet = True
    book["Suivi"]["B5"].protection = Protection(locked=False)
    book.save(path)
    made = {f"{one.sheet}!{one.cell}" for one in fix(path, on=ON).made}
    assert made == {"Suivi!B5", "Personnes!M6"}


def test_a_text_mark_goes_with_the_text(path: Path) -> None:
    """An apostrophe typed before a date, in a cell whose format is that of texts."""
    text = '<xf numFmtId="49" fontId="0" fillId="0" borderId="0" quotePrefix="1"/>'
    edited(path, "xl/styles.xml", (r"(<cellXfs[^>]*>.*?)</cellXfs>", rf"\1{text}</cellXfs>"))
    package = Package(path.read_bytes())
    last = len(re.findall("<xf ", package.read("xl/styles.xml").decode().partition("<cellXfs")[2]
                          .partition("</cellXfs>")[0])) - 1  # fmt: skip
    edited(path, "xl/styles.xml", (r'<cellXfs count="\d+"', f'<cellXfs count="{last + 1}"'))
    edited(path, SUIVI, (r'(<c r="B5") s="\d+"', rf'\1 s="{last}"'))
    fix(path, on=ON)
    assert check_package(path.read_bytes()) == []
    package = Package(path.read_bytes())
    [style] = re.findall(r'<c r="B5" s="(\d+)"', package.read(SUIVI).decode())
    xfs = package.read("xl/styles.xml").decode().partition("<cellXfs")[2]
    made = re.findall("<xf [^>]*>", xfs)[int(style)]
    assert 'numFmtId="14"' in made
    assert "quotePrefix" not in made


# Formulas of Personne


def pasted_over(path: Path, typed: str = "petit") -> None:
    cell = r'(<c r="D6"[^>]*?)(?: t="str")?><f>.*?</f><v>.*?</v></c>'
    edited(path, PERSONNES, (cell, rf'\1 t="inlineStr"><is><t>{typed}</t></is></c>'))


def formula(path: Path, cell: str) -> str:
    found = re.search(
        rf'<c r="{cell}"[^>]*><f>(.*?)</f>', Package(path.read_bytes()).read(PERSONNES).decode()
    )
    return unescape(found[1]) if found else ""


def test_the_formula_is_that_of_the_other_rows(path: Path) -> None:
    pasted_over(path)
    edited(path, PERSONNES, (r"TRIM\(tPersonnes", "UPPER(tPersonnes"))
    fix(path, on=ON)
    assert "UPPER" in formula(path, "D5")
    assert formula(path, "D6") == formula(path, "D5")


def test_a_formula_by_addresses_is_that_of_its_row(path: Path) -> None:
    pasted_over(path)
    edited(path, PERSONNES, (r'(<c r="D5"[^>]*><f>).*?</f>', r'\1TRIM(A5&amp;" "&amp;$B5)</f>'))
    fix(path, on=ON)
    assert formula(path, "D6") == 'TRIM(A6&" "&$B6)'


def test_without_a_formula_to_copy_nothing_is_written(path: Path) -> None:
    pasted_over(path)
    edited(path, PERSONNES, (r'(<c r="D5"[^>]*><f)>.*?</f>', r'\1 t="shared" si="0"/>'))
    [left] = [one for one in find_repairs(path, on=ON).left if one.repair.cell == "D6"]
    assert left.why == write.NO_FORMULA


# Lists

RULE = r'(<dataValidation [^>]*?)sqref="G5:G5000"([^>]*>)(.*?)</dataValidation>'


@pytest.mark.parametrize(
    ("rules", "why", "addresses"),
    [
        (r'\1sqref="G6:G5000"\2\3</dataValidation>', "", "G5:G5000"),
        (  # cells of several columns, as LibreOffice gathers them
            r'\1sqref="G7:G5000 P5:Q9"\2\3</dataValidation>', "", "P5:Q9 G5:G5000",
        ),
        (  # the team has forbidden something else there
            r'\1sqref="G6:G5000"\2\3</dataValidation>'
            '<dataValidation type="textLength" sqref="G5"><formula1>9</formula1></dataValidation>',
            OTHER_RULE, "G6:G5000",
        ),
        (
            r'\1sqref="G7:G5000"\2\3</dataValidation><dataValidation type="list" sqref="G6">'
            "<formula1>$X$1:$X$3</formula1></dataValidation>", SEVERAL, "G7:G5000",
        ),
        (
            r'\1sqref="G6:G5000"\2<formula1>INDIRECT(F6)</formula1></dataValidation>',
            RELATIVE, "G6:G5000",
        ),
    ],
)  # fmt: skip
def test_a_lost_list(rules: str, why: str, addresses: str, path: Path) -> None:
    edited(path, SUIVI, (RULE, rules))
    faults = check_package(path.read_bytes())  # a rule more than their count says
    found = find_repairs(path, on=ON)
    lists = [one for one in (*found.items, *(left.repair for left in found.left)) if one.lists]
    assert [one.cell for one in lists] == ["G5"]
    assert [one.why for one in found.left] == ([why] if why else [])
    fix(path, on=ON)
    assert f'sqref="{addresses}"' in Package(path.read_bytes()).read(SUIVI).decode()
    assert check_package(path.read_bytes()) == faults
    assert fix(path, on=ON).made == ()


# What the team decided, and a person's new name


def test_what_the_team_accepted_stays(path: Path) -> None:
    api.refresh(path, on=ON)
    from openpyxl import load_workbook

    book = load_workbook(path)
    sheet = book["Contrôle"]
    [heading] = [c for row in sheet.iter_rows() for c in row if c.value == "Justification"]
    for row in range(heading.row + 1, sheet.max_row + 1):
        if sheet.cell(row, 1).value == "PER12":
            sheet.cell(row, heading.column, "À voir avec la personne")
    book.save(path)
    found = find_repairs(path, on=ON)
    assert [(one.repair.cell, one.why) for one in found.left] == [
        ("M6", "l'équipe l'a accepté dans Contrôle")
    ]


RENAMING: Rows = [
    {"last_name": "Neuve", "first_name": "Lise", "title": "Mme"},
    {"last_name": "Petit", "first_name": "Éva", "precision": "Lyon"},
    {"last_name": "Petit", "first_name": "Éva", "precision": "Nice"},
    {"last_name": "Martin", "first_name": "Paul"},
    {"last_name": "Paul", "first_name": "Martin"},
]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("Durand Lise", "Petit Éva", "plusieurs personnes"),
        ("Petit Éva", "Neuve Lise", "plusieurs personnes"),
        ("Durand Lise", "Neuve Luise", "Vouliez-vous dire « Neuve Lise »"),
        ("Petit Éva (Nice)", "Neuve Lise", "encore dans la feuille Personnes"),
        ("Durand Lise", "martin paul", "« Martin Paul » et « Paul Martin »"),
        ("Martin Paul", "Paul Martin", "encore dans la feuille Personnes"),
        ("", "Neuve Lise", "deux noms"),
        ("Durand Lise", " - ", "deux noms"),
    ],
)
def test_a_renaming_that_may_be_wrong_is_refused(
    old: str, new: str, said: str, tmp_path: Path
) -> None:
    path = saved(tmp_path / "a.xlsx", RENAMING)
    with pytest.raises(CedreError, match=said):
        fix(path, on=ON, rename=(old, new))


@pytest.mark.parametrize("new", ["Martin Paul", "Paul Martin", " Paul  Martin "])
def test_a_renaming_writes_the_name_that_was_given(new: str, tmp_path: Path) -> None:
    lines = [{"person": "Durand Lise", "dated": ON, "action": "Voir"}]
    path = saved(tmp_path / "a.xlsx", RENAMING, tSuivi=lines)
    [made] = fix(path, on=ON, rename=("Durand Lise", new)).made
    assert made.after == " ".join(new.split())


def test_a_renaming_leaves_who_is_called_otherwise(tmp_path: Path) -> None:
    typed = ("Durand Lise", "MME LISE DURAND", "M. Durand Lise", "Durand Élise", "Neuve Lise")
    lines = [{"person": one, "dated": ON, "action": "Voir"} for one in typed]
    path = saved(tmp_path / "a.xlsx", RENAMING, tSuivi=lines)
    done = fix(path, on=ON, rename=("Mme Durand Lise", "neuve lise"))
    assert [(one.cell, one.after) for one in done.made] == [
        ("A5", "Neuve Lise"), ("A6", "Neuve Lise"),
    ]  # fmt: skip
    assert fix(path, on=ON, rename=("Mme Durand Lise", "neuve lise")).made == ()


# Files


def asked(path: Path, *options: str) -> Result:
    return CliRunner().invoke(command, [str(path), "--date", "2026-09-30", *options])


def test_the_command_says_what_it_leaves(path: Path) -> None:
    edited(path, SUIVI, (r'<c r="A6"', r'<c vm="1" r="A6"'))
    shown = asked(path, "--dry-run").output.splitlines()
    assert shown[-3:] == [
        "Laissé tel quel, à voir vous-même :",
        "  Suivi!A6 Personne : « durand », la cellule contient plus qu'un texte",
        "4 à faire ; rien n'est écrit.",
    ]
    assert asked(path, "--yes").output.endswith("4 réparations faites, 1 cellule laissée.\n")
    assert asked(path, "--yes", "--rename", "Absente Ida", "Durand").output.splitlines() == [
        "Aucune ligne au nom de « Absente Ida » dans les feuilles que vous remplissez.",
        "Laissé tel quel, à voir vous-même :",
        "  Suivi!A6 Personne : « durand », la cellule contient plus qu'un texte",
        f"{path} : rien à réparer.",
    ]


def test_the_help_says_what_is_repaired() -> None:
    shown = CliRunner().invoke(command, ["--help"]).output
    for said in ("LEC09", "CLA01", "Exemple : cedre-xlsx fix", "Rien d'ambigu n'est touché"):
        assert said in shown


def test_a_dry_run_of_the_api_writes_nothing(path: Path) -> None:
    data = path.read_bytes()
    done = fix(path, on=ON, dry_run=True)
    assert (len(done.made), done.written) == (len(ALL), False)
    assert done.sentence == f"{path} : {len(ALL)} réparations à faire ; rien n'est écrit."
    assert path.read_bytes() == data


def lock_of_excel(path: Path) -> None:
    (path.parent / f"~${path.name[2:]}").write_bytes(b"\x05Linda")


def lock_of_libreoffice(path: Path) -> None:
    (path.parent / f".~lock.{path.name}#").write_text(",Linda,,,;", encoding="utf-8")


def read_only(path: Path) -> None:
    path.chmod(0o444)


@pytest.mark.parametrize(
    ("hinder", "said"),
    [(lock_of_excel, "ouvert"), (lock_of_libreoffice, "ouvert"), (read_only, "lecture seule")],
    ids=lambda one: getattr(one, "__name__", one),
)
def test_a_file_that_may_not_be_written(
    hinder: Callable[[Path], None], said: str, path: Path
) -> None:
    data = path.read_bytes()
    hinder(path)
    for options in ((), ("--yes",)):
        done = asked(path, *options)
        assert isinstance(done.exception, CedreError)
        assert said in str(done.exception)
        assert done.output == ""  # said before anything
    assert "5 à faire" in asked(path, "--dry-run").output
    assert path.read_bytes() == data


@needs_libreoffice
def test_an_ods_file_is_refused_in_french(path: Path, tmp_path: Path) -> None:
    ods = libreoffice_convert(path, "ods", tmp_path / "lo")
    data = ods.read_bytes()
    with pytest.raises(CedreError, match=r"\.ods.*enregistrez-le en \.xlsx.*Rien n'est écrit"):
        fix(ods, on=ON)
    assert ods.read_bytes() == data


@pytest.mark.skipif(os.name == "nt", reason="no SIGKILL")
def test_killed_at_any_instant_the_file_is_the_old_one_or_the_new_one(path: Path) -> None:
    old = path.read_bytes()
    fix(path, on=ON)
    new = path.read_bytes()
    line = [sys.executable, "-m", "cedre_xlsx", "fix", str(path), "--date", "2026-09-30", "--yes"]
    left = set()
    for tenths in (2, 3, 4, 5, 6, 8):
        path.write_bytes(old)
        done = subprocess.Popen(line, cwd=ROOT, stdout=subprocess.DEVNULL)
        time.sleep(tenths / 10)
        done.send_signal(signal.SIGKILL)
        done.wait()
        left.add(path.read_bytes())
    assert left <= {old, new}
    path.write_bytes(old)
    fix(path, on=ON)
    assert path.read_bytes() == new
    assert [one.name for one in path.parent.iterdir()] == [path.name]
