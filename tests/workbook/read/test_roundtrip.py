"""Whatever fills a new workbook is read back equal, in every column of every table."""

from __future__ import annotations

import tempfile
import unicodedata
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cedre_xlsx import api
from cedre_xlsx.method.dates import FIRST_YEAR, LAST_YEAR
from cedre_xlsx.method.values import DatedText, Deadline
from cedre_xlsx.method.vocabulary import StructureKind
from cedre_xlsx.schema.columns import Column, Kind
from cedre_xlsx.schema.packs import PACKS
from cedre_xlsx.schema.records import Records, Table
from cedre_xlsx.schema.settings import Settings
from cedre_xlsx.schema.tables import DATA_TABLES, TableSpec
from cedre_xlsx.workbook.read import Reading, read_workbook
from cedre_xlsx.workbook.template.filling import Filling

ON = date(2026, 5, 12)

#: A cell as it is filled, and what is read of it.
Cell = tuple[Any, Any]

days = st.dates(date(FIRST_YEAR, 1, 1), date(LAST_YEAR, 12, 31))
near_days = st.dates(date(1990, 1, 1), date(2060, 12, 31))  # two digits are enough
_VISIBLE = st.characters(exclude_categories=["Cs", "Cc", "Cf", "Co", "Cn"])
words = st.text(_VISIBLE, min_size=1, max_size=15).map(lambda text: f"Essai {text}")
_SPECIAL = st.sampled_from([
    "=1+1", "+33 6", "-", "@nom", "'guillemet", "<b>&amp;</b>", "]]>", '"', "\t tab", "a\nb",
    "a\r\nb", "  au milieu  ", "e\u0301te\u0301", "l’été", "☒ œuvre ½", "😀", "12", "1,5", "OUI",
    "04/05/26", "VRAI", "None", "nan", "é" * 300,
])  # fmt: skip
#: Not what a spreadsheet takes for an error.
free_texts = st.one_of(st.text(_VISIBLE, max_size=30), _SPECIAL).filter(
    lambda text: not text.startswith(("#", "Err:"))
)


def one_line(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split()).lstrip("'")


def as_kept(text: str) -> str:
    composed = unicodedata.normalize("NFC", text)
    return composed.replace("\r\n", "\n").replace("\r", "\n").strip()


def filled_words() -> st.SearchStrategy[Cell]:
    return words.map(lambda text: (text, one_line(text)))


def filled_texts() -> st.SearchStrategy[Cell]:
    return free_texts.map(lambda text: (text, as_kept(text)))


def filled_dates() -> st.SearchStrategy[Cell]:
    typed = near_days.map(lambda day: (f"{day:%d/%m/%y}", day))
    return st.one_of(days.map(lambda day: (day, day)), typed)


def filled_dated_texts() -> st.SearchStrategy[Cell]:
    alone = days.map(lambda day: (day, DatedText("", day)))
    remarked = st.tuples(near_days, st.sampled_from(["tél", "Entretien individuel"])).map(
        lambda both: (f"{both[0]:%d/%m/%y} {both[1]}", both)
    )
    return st.one_of(alone, remarked.map(lambda one: (one[0], DatedText(one[0], *one[1]))))


def filled_deadlines() -> st.SearchStrategy[Cell]:
    moved = st.tuples(near_days, near_days).map(_moved)
    alone = days.map(lambda day: (day, Deadline("", day, day)))
    among = near_days.map(lambda day: (f"avant le {day:%d/%m/%Y}, au plus tard", day))
    return st.one_of(
        alone, moved, among.map(lambda one: (one[0], Deadline(one[0], one[1], one[1])))
    )


def _moved(both: tuple[date, date]) -> Cell:
    first, last = both
    text = f"{first:%d/%m/%y} reporté au {last:%d/%m/%y}"
    return text, Deadline(text, last, first, int(last > first))


def filled_times() -> st.SearchStrategy[Cell]:
    minutes = st.integers(0, 1440)
    told = minutes.filter(lambda number: not 0 < number < 5)  # fewer may be hours
    forms = st.sampled_from(["{0} min", "{1}h{2:02}", "{1}:{2:02}", "{1} h {2:02}"])
    typed = st.tuples(minutes, forms).map(
        lambda both: (both[1].format(both[0], both[0] // 60, both[0] % 60), both[0])
    )
    return st.one_of(told.map(lambda number: (number, number)), typed)


def filled_hours() -> st.SearchStrategy[Cell]:
    quarters = st.integers(0, 8000).map(lambda number: number / 4)
    typed = quarters.map(lambda number: (f"{number:.2f}".replace(".", ","), number))
    return st.one_of(quarters.map(lambda number: (number, number)), typed)


def filled_choices(column: Column) -> st.SearchStrategy[Cell]:
    assert column.choices is not None
    return st.sampled_from(column.choices.values).map(lambda value: (value, value))


_CODES = [kind.code for kind in Settings().types]
_BY_KIND: dict[Kind, st.SearchStrategy[Cell]] = {
    Kind.PERSON: filled_words(),
    Kind.TEXT: filled_texts(),
    Kind.REFERENCE: st.integers(1, 1200).map(lambda n: (f"CP-2026-{n:03}",) * 2),
    Kind.DATE: filled_dates(),
    Kind.DATED_TEXT: filled_dated_texts(),
    Kind.DEADLINE: filled_deadlines(),
    Kind.DURATION: filled_times(),
    Kind.HOURS: filled_hours(),
    Kind.INTEGER: st.integers(1930, 2020).map(lambda year: (year, year)),
    Kind.YES_NO: st.sampled_from([("OUI", True), ("NON", False), (True, True), (False, False)]),
    Kind.CODE: st.sampled_from(_CODES).map(lambda code: (code, code)),
}
_ONE_LINE = frozenset({"last_name", "first_name", "precision", "advisor", "participant"})


def filled(name: str, column: Column) -> st.SearchStrategy[Cell]:
    """Cells of a column, each with its meaning."""
    if column.kind is Kind.CHOICE:
        return filled_choices(column)
    if name == "autonomy":
        return st.integers(1, 5).map(lambda level: (level, level))
    return filled_words() if name in _ONE_LINE else _BY_KIND[column.kind]


def rows_of(spec: TableSpec[Any]) -> st.SearchStrategy[list[dict[str, Cell]]]:
    """Some lines of a table: its first column always filled, the others or not."""
    fields = {
        name: filled(name, column) for name, column in spec.columns.items() if not column.calculated
    }
    first = next(iter(fields))
    always = {first: fields.pop(first)}
    return st.lists(st.fixed_dictionaries(always, optional=fields), max_size=3)


workbooks = st.fixed_dictionaries({spec.table: rows_of(spec) for spec in DATA_TABLES})


def read_back(filling: Filling) -> Reading:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "classeur.xlsx"
        path.write_bytes(api.workbook_bytes(filling))
        return read_workbook(path, on=ON)


def tables(records: Records) -> Mapping[str, Table[Any]]:
    found = (records.people, records.follow_ups, records.engagements, records.missions,
             records.barriers)  # fmt: skip
    return {table.spec.table: table for table in found}


@settings(deadline=None, max_examples=12, suppress_health_check=[HealthCheck.too_slow])
@given(workbooks)
def test_whatever_is_filled_is_read_back(content: dict[str, list[dict[str, Cell]]]) -> None:
    filling = Filling(
        packs=frozenset(PACKS),
        rows={
            table: [{name: cell for name, (cell, _) in row.items()} for row in rows]
            for table, rows in content.items()
        },
    )
    reading = read_back(filling)
    for name, table in tables(reading.records).items():
        expected = [
            {field: meant for field, (_, meant) in row.items() if meant not in ("", None)}
            for row in content[name]
        ]
        ignored = {"row", "typed_person"}
        found = [
            {
                field: getattr(row, field)
                for field, info in table.spec.model.model_fields.items()
                if field not in ignored
                and getattr(row, field) != info.get_default(call_default_factory=True)
            }
            for row in table.rows
        ]
        assert found == expected
    assert {problem.code for problem in reading.problems} <= {"LEC09"}  # dates typed as texts


choices = st.fixed_dictionaries(
    {},
    optional={
        "structure": words.map(one_line),
        "kind": st.sampled_from(StructureKind),
        "started": days,
        "proposal_days": st.integers(0, 400),
        "contact_days": st.integers(0, 400),
        "soon_days": st.integers(0, 60),
        "dynamic_target": st.integers(1, 100).map(float),
        "fte_hours": st.integers(500, 3000).map(float),
        "advisors": st.lists(words.map(one_line), max_size=4, unique=True).map(tuple),
        "sensitive_words": st.lists(words.map(one_line), max_size=4, unique=True).map(tuple),
    },
)


@settings(deadline=None, max_examples=6, suppress_health_check=[HealthCheck.too_slow])
@given(choices)
def test_the_choices_of_the_structure_are_read_back(changes: dict[str, Any]) -> None:
    reading = read_back(Filling(settings=Settings(**changes)))
    assert reading.records.settings == Settings(**changes)
    assert reading.problems == ()
