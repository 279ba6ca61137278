"""`migrate`: unlike tables of teams become a workbook, and every value is accounted for."""

from __future__ import annotations

import csv
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from cedre_xlsx.api.migrating import Migrated, apply_migration, find_migration
from cedre_xlsx.intake.reading import read_tables
from cedre_xlsx.method.date_cells import read_date
from cedre_xlsx.method.french import day as french_day
from cedre_xlsx.method.text import fold, word_key
from cedre_xlsx.schema.settings import Settings
from cedre_xlsx.workbook.read import read_workbook
from cedre_xlsx.workbook.read.problems import plain_text
from tests.intake.team_tables import TEAM_TABLES

ON = date(2026, 11, 29)
_TABLES = {"tSuivi": "follow_ups", "tMissions": "missions", "tFreins": "barriers",
           "tEngagements": "engagements"}  # fmt: skip


def migrated(sources: list[Path], folder: Path) -> Migrated:
    found = find_migration(sources, folder / "neuf.xlsx", structure="AI de Kerfleur", on=ON)
    return apply_migration(found)


@pytest.mark.slow
@pytest.mark.parametrize("name", TEAM_TABLES)
def test_a_table_becomes_a_workbook(name: str, tmp_path: Path) -> None:
    given = TEAM_TABLES[name]
    sources = given.make(tmp_path)
    done = migrated(sources, tmp_path)
    records = read_workbook(done.path, on=ON).records
    assert len(records.persons) == given.people
    counts = {table: len(getattr(records, kept).rows) for table, kept in _TABLES.items()}
    assert {table: count for table, count in counts.items() if count} == given.lines
    assert len(done.done.plan.to_see) == given.to_see
    assert sum(len(one.map.source.left) for one in done.done.tables) == given.left
    assert done.done.left == ()
    _every_value_is_somewhere(sources, done)


def _every_value_is_somewhere(sources: list[Path], done: Migrated) -> None:
    """Each cell of the old files is in the new workbook, or the report says where it stayed."""
    texts = _texts_of(done.path)
    report = _report(done)
    told = " ".join(fold(row["Remarque"]) for row in report)
    left_out = {
        row["Remarque"].split(" (")[0] for row in report if row["Devenir"] == "colonne non reprise"
    }
    seen = {row["Origine"] for row in report if row["Devenir"] == "à voir"}
    missing = []
    for source in sources:
        for table in read_tables(source):
            for row in table.rows:
                for heading, cell in zip(table.headings, row.cells, strict=True):
                    poured = table.row_place(row.number) not in seen and heading not in left_out
                    if poured and cell not in (None, "") and not _is_in(cell, texts, told):
                        missing.append((table.row_place(row.number), heading, cell))
    assert missing == []


def _is_in(cell: Any, texts: Counter[str], told: str) -> bool:
    """Whether a value, or what it means, is in the new workbook."""
    text = fold(plain_text(cell))
    day = read_date(cell, ON).day if isinstance(cell, str) else cell
    meant = {text, fold(Settings().code_spellings().get(word_key(text), text))}
    if isinstance(day, date):
        meant |= {french_day(day), str(day.year)}
    words = text.replace("-", " ").split()
    return (
        not meant.isdisjoint(texts)
        or text in told
        or all(any(word in one for one in texts) for word in words)
    )


def _texts_of(path: Path) -> Counter[str]:
    book = CalamineWorkbook.from_path(str(path))
    found: Counter[str] = Counter()
    for name in ("Personnes", "Suivi", "Engagements", "Missions", "Freins"):
        for row in book.get_sheet_by_name(name).to_python():
            found.update(fold(plain_text(cell)) for cell in row if cell != "")
    return found


def _report(done: Migrated) -> list[dict[str, str]]:
    assert done.report is not None
    text = done.report.read_text(encoding="utf-8-sig")
    return list(csv.DictReader(text.splitlines(), delimiter=";"))


@pytest.mark.slow
def test_each_line_of_the_report_says_where_it_went(tmp_path: Path) -> None:
    done = migrated(TEAM_TABLES["lines without a name"].make(tmp_path), tmp_path)
    assert [
        (row["Origine"], row["Devenir"], row["Feuille"], row["Ligne"], row["Remarque"])
        for row in _report(done)
    ] == [
        ("liste.xlsx!Liste!2", "versée", "Personnes", "5", ""),
        ("liste.xlsx!Liste!2", "versée", "Suivi", "5", ""),
        ("liste.xlsx!Liste!3", "à voir", "", "", "aucun nom de personne"),
        ("liste.xlsx!Liste!4", "versée", "Personnes", "6", ""),
        ("liste.xlsx!Liste!4", "versée", "Suivi", "6", ""),
    ]
    assert done.sentence == "3 lignes lues = 2 versées + 1 à voir"


@pytest.mark.slow
def test_advisors_named_by_the_tables_are_those_of_parametres(tmp_path: Path) -> None:
    done = migrated(TEAM_TABLES["headings on two lines"].make(tmp_path), tmp_path)
    settings = read_workbook(done.path, on=ON).records.settings
    assert settings.advisors == ("Nadia Ferrand", "Karim Sol")
    assert settings.structure == "AI de Kerfleur"
