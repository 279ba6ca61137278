"""`retention --notice`: a page a person, with the day and the rights, and nothing of their life."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from pypdf import PdfReader

from cedre_xlsx import api
from cedre_xlsx.cli.retention import retention
from cedre_xlsx.forms.content import Origin
from cedre_xlsx.forms.notice import ANSWER_DAYS, last_day_to_ask, notice_form
from cedre_xlsx.forms.output import Document, write_documents
from cedre_xlsx.method.sensitive import HEALTH_AND_JUSTICE
from cedre_xlsx.method.text import fold
from cedre_xlsx.method.vocabulary import Title
from cedre_xlsx.privacy.due import whose_time_is_over
from cedre_xlsx.schema.errors import CedreError
from cedre_xlsx.schema.settings import Settings
from tests.privacy.retention_support import ON as DAY
from tests.privacy.retention_support import small
from tests.rules.rule_cases import ON, action, barrier, left, mission, reviewed, workbook
from tests.support import ROOT

EXAMPLE = ROOT / "examples" / "association.xlsx"
LATER = date(2027, 9, 30)
ORIGIN = Origin("suivi.xlsx", ON)
STRUCTURE = Settings(structure="Les Trois Ponts", place="Valbruyère")


def letter(*rows: Any, on: date = ON, **cells: Any) -> dict[str, Any]:
    """The letter to someone gone for long, whose last contact is a line of March 2022."""
    good = {"registered": "03/01/22", "interview": None, "exited": "01/01/23", **cells}
    given = [left(**good), *(rows or [action(day="01/03/22")]), STRUCTURE]
    records = workbook(given)
    [one] = whose_time_is_over(records, on).told
    return dict(notice_form(records, one, Origin("suivi.xlsx", on)))


def texts(made: dict[str, Any]) -> str:
    """All the sentences, with plain spaces and quotes."""
    said = [text for part in made["parts"] for text in (part["heading"], *part["texts"])]
    return fold(" ".join(said)).replace("\u202f", " ")


def pages_of(path: Path) -> list[str]:
    return [" ".join(page.extract_text().split()) for page in PdfReader(path).pages]


@pytest.mark.parametrize(
    ("title", "greeting", "said", "addressee"),
    [
        (Title.MRS, "Madame,", "vous a accompagnee dans", "Madame Paul Martin"),
        (Title.MR, "Monsieur,", "vous a accompagne dans", "Monsieur Paul Martin"),
        (None, "Madame, Monsieur,", "vous a accompagne(e) dans", "Paul Martin"),
    ],
)
def test_it_speaks_to_the_person(
    title: Title | None, greeting: str, said: str, addressee: str
) -> None:
    made = letter(title=title)
    assert made["greeting"] == greeting
    assert f"les trois ponts {said}" in texts(made)
    assert made["addressee"] == addressee


def test_it_says_what_is_kept_since_when_and_until_when() -> None:
    said = texts(letter(action(day="01/03/22"), mission(start="04/01/22", end="05/01/22")))
    assert "les actions menees avec vous et vos missions, depuis le 03/01/2022" in said
    assert "les engagements" not in said
    assert "le dernier contact que nous avons note date du 01/03/2022" in said
    assert "2 ans apres le dernier contact" in said
    assert "apres le 11/06/2026, elles seront rendues anonymes" in said  # a month is left


@pytest.mark.parametrize(
    ("contact", "expected"),
    [
        (date(2022, 3, 1), ON + timedelta(days=ANSWER_DAYS)),
        (date(2024, 6, 10), ON + timedelta(days=ANSWER_DAYS)),
        (date(2024, 6, 11), ON + timedelta(days=ANSWER_DAYS)),
        (date(2024, 6, 12), date(2026, 6, 12)),
        (date(2024, 7, 1), date(2026, 7, 1)),
    ],
)
def test_a_month_is_left_to_ask_for_a_copy(contact: date, expected: date) -> None:
    rows = [left(registered="03/01/22", interview=None, exited="01/01/23"), action(day=contact)]
    [one] = whose_time_is_over(workbook(rows), ON).told
    assert last_day_to_ask(one, ON) == expected


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([reviewed(agreed="01/02/22", on="01/03/22")],
         "le dernier contact que nous avons note date du 01/03/2022"),
        ([mission(start="04/01/22", end="05/01/22")], "05/01/2022"),
        ([barrier(identified="05/01/22")], "celle de votre sortie, est le 01/01/2023"),
    ],
)  # fmt: skip
def test_the_last_trace_is_said_for_what_it_is(rows: list[Any], said: str) -> None:
    assert said in texts(letter(*rows))


def test_an_arrival_alone_is_said_as_such() -> None:
    said = texts(letter(barrier(), exited=None, exit_category=None, exit_reason=""))
    assert "celle de votre arrivee, est le 03/01/2022" in said


def test_all_the_rights_are_there() -> None:
    said = texts(letter())
    for word in ("acces", "rectification", "effacement", "limitation", "opposition", "cnil",
                 "une copie de votre dossier", "chiffres sans nom"):  # fmt: skip
        assert word in said


def test_no_theme_of_a_life_is_named() -> None:
    made = letter(
        barrier(barrier="Santé", remarks="cure"), action(day="01/03/22", outcome="prison"),
        exit_reason="maladie",
    )  # fmt: skip
    said = texts(made)
    assert not [
        word for word in (*HEALTH_AND_JUSTICE, "sante", "cure") if f" {fold(word)} " in said
    ]


@pytest.mark.parametrize(
    ("months", "said"), [(24, "2 ans"), (12, "1 an"), (30, "30 mois"), (1, "1 mois")]
)
def test_the_delay_is_that_of_the_structure(months: int, said: str) -> None:
    rows = [left(registered="03/01/22", interview=None, exited="01/01/23"), action(day="01/03/22")]
    records = workbook([*rows, Settings(retention_months=months)])
    [one] = whose_time_is_over(records, ON).due
    assert f"gardons ces donnees {said} apres" in texts(dict(notice_form(records, one, ORIGIN)))


@pytest.mark.slow
def test_the_letters_are_one_page_each(tmp_path: Path) -> None:
    done = api.print_notices(EXAMPLE, folder=tmp_path / "lettres", on=LATER)
    found = api.find_retention(EXAMPLE, on=LATER)
    assert len(done.paths) == len(found.due) + len(found.soon) > 10
    for path, one in zip(done.paths, found.retention.told, strict=True):
        head = one.person.latest
        [page] = pages_of(path)
        assert f"{head.first_name} {head.last_name}" in page
        assert "AI des Trois Rivières" in page
        assert "cnil.fr" in page
        assert "association.xlsx · 30/09/2027" in page
        assert not head.precision or f"({head.precision})" not in page


def test_the_longest_names_stay_on_one_page(tmp_path: Path) -> None:
    long = "Marie-Antoinette-Joséphine " * 6
    made = letter(last_name=long, first_name=long)
    made["structure"] = "Association " * 30
    document = Document("lettre", "Lettre", (made,))
    [path] = write_documents([document], tmp_path, on=ON).paths
    assert len(PdfReader(path).pages) == 1


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """The workbook of somebody who is due and somebody who is not."""
    made = tmp_path / "suivi.xlsx"
    made.write_bytes(small())
    return made


@pytest.mark.slow
def test_one_person_is_chosen_by_name(path: Path) -> None:
    done = api.print_notices(
        path, folder=path.parent / "lettres", people=["cigue anselme", "Anselme Ciguë"], on=DAY
    )
    assert [one.name for one in done.paths] == ["Lettre conservation Ciguë Anselme.pdf"]


@pytest.mark.parametrize(
    ("who", "said"),
    [("Ajonc Maximin", "n'est pas de ceux"), ("Cigue Anselm", "vouliez-vous dire")],
)
def test_nobody_else_gets_one(who: str, said: str, path: Path) -> None:
    with pytest.raises(CedreError, match=said):
        api.print_notices(path, folder=path.parent / "lettres", people=[who], on=DAY)
    assert [one.name for one in path.parent.iterdir()] == ["suivi.xlsx"]


def test_the_command_names_the_files_and_writes_over_none(path: Path) -> None:
    asked = [str(path), "--date", "2026-09-30", "--notice", "-o", str(path.parent / "lettres")]
    done = CliRunner().invoke(retention, asked)
    assert done.exit_code == 0
    assert done.output.endswith("Lettre conservation Ciguë Anselme.pdf\n")
    again = CliRunner().invoke(retention, asked)
    assert isinstance(again.exception, CedreError)
    assert CliRunner().invoke(retention, [*asked, "--force"]).exit_code == 0
    none = CliRunner().invoke(retention, [*asked[:2], "2025-01-01", *asked[3:]])
    assert "aucune lettre" in none.output
    assert path.read_bytes() == small()
