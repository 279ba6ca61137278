"""Three waves over one association, and every figure counted again from the beginning."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from pathlib import Path
from typing import Any

from cedre_xlsx.api.making import workbook_bytes
from cedre_xlsx.api.opening import book_of
from cedre_xlsx.method.values import DatedText, Deadline
from cedre_xlsx.privacy.anonymous import anonymised
from cedre_xlsx.privacy.anonymous.plan import Asked, codes_of
from cedre_xlsx.privacy.anonymous.prove import proved
from cedre_xlsx.reports.statistics.compute import compute_years
from cedre_xlsx.schema.packs import PACKS
from cedre_xlsx.schema.records import Records
from cedre_xlsx.schema.tables import DATA_TABLES
from cedre_xlsx.workbook.edit.model import CellValue
from cedre_xlsx.workbook.template.filling import Filling
from tests.privacy.retention.generated import START, WAVES, due, ten_years

YEARS = tuple(range(START.year, WAVES[-1].year + 3))
_PATH = Path("suivi.xlsx")


@dataclass
class Told:
    """What some waves did: how many people, to how near their dates stayed, what was remembered."""

    people: int = 0
    tiers: Counter[str] = field(default_factory=Counter)
    exact: int = 0
    added: int = 0


def figures(records: Records, on: date) -> dict[int, Mapping[str, Any]]:
    """Every figure, table and breakdown of all years."""
    counted = compute_years(records, YEARS, on=on)
    return {one.year: one.to_json_object() for one in counted}


def play(records: Records, told: Told) -> Records:
    """Three waves on what was read of a workbook."""
    for on in WAVES:
        people = tuple(records.persons[name] for name in due(records, on))
        own = {("tPersonnes", row.row): dict(row.extra) for one in people for row in one.pathways}
        made = proved(records, Asked(people, codes_of(records, people, on), on, own))
        told.people += len(people)
        told.tiers.update(made.plan.tiers)
        told.exact += len(made.exact)
        told.added += made.added
        records = made.records
    return records


def play_in_workbook(data: bytes, told: Told) -> bytes:
    """Three waves on a workbook, each read anew."""
    for on in WAVES:
        book = book_of(data, _PATH, on)
        made = anonymised(book, due(book.reading.records, on), on, _PATH)
        told.people += len(made.codes)
        told.tiers.update(made.tiers)
        data = made.data
    return data


def moved(before: Mapping[int, Any], after: Mapping[int, Any]) -> list[str]:
    """The years whose figures are not the same, each with the first that is not."""
    return [
        f"{year} : {_first(before[year], after[year])}"
        for year in before
        if before[year] != after[year]
    ]


def _first(before: Mapping[str, Any], after: Mapping[str, Any]) -> object:
    for one, other in zip(before["indicators"], after["indicators"], strict=True):
        if one != other:
            return (one["id"], one["value"], other["value"])
    for name, rows in before["tables"].items():
        if rows != after["tables"].get(name):
            return (name, rows, after["tables"].get(name))
    return "note"


def one_association(seed: int, people: int, told: Told) -> list[str]:
    """What moved in one association after three waves: nothing."""
    records = ten_years(seed, people)
    before = figures(records, WAVES[-1])
    return moved(before, figures(play(records, told), WAVES[-1]))


def workbook_of(records: Records) -> bytes:
    """The association as a workbook; the team's own columns are not in it."""
    rows: dict[str, list[dict[str, CellValue]]] = {}
    tables = (
        records.people, records.follow_ups, records.engagements, records.missions,
        records.barriers,
    )  # fmt: skip
    for spec, table in zip(DATA_TABLES, tables, strict=True):
        assert spec.table == table.spec.table
        rows[spec.table] = [dict(_cells(row, table.spec.columns)) for row in table.rows]
    settings = records.settings
    return workbook_bytes(Filling(settings=settings, rows=rows, packs=frozenset(PACKS)))


def _cells(row: Any, columns: Mapping[str, Any]) -> Iterator[tuple[str, CellValue]]:
    for name, column in columns.items():
        value = getattr(row, name)
        if name in row.unreadable:
            yield name, "bientôt ?"
        elif value is not None and value != "" and not column.calculated:
            yield name, _cell(value)


def _cell(value: Any) -> CellValue:
    match value:
        case DatedText():
            text = f"{value.day:%d/%m/%Y} {value.text}".strip()
            return text if value.text else value.day
        case Deadline():
            if value.first == value.day:
                return value.day  # type: ignore[no-any-return]
            return f"{value.first:%d/%m/%Y} reporté au {value.day:%d/%m/%Y}"
        case Enum():
            return str(value.value)
        case bool() | int() | float() | str() | date():
            return value  # type: ignore[no-any-return]
    return f"{value.amount:g} h{value.per.value}"
