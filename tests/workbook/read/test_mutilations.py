"""The association's workbook after a year in other hands: the same records, or what is said."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from cedre_xlsx.method.values import DatedText, Deadline
from cedre_xlsx.rules import run
from cedre_xlsx.schema.findings import Finding
from cedre_xlsx.schema.records import Records, Table
from cedre_xlsx.workbook.read import Reading, read_data, read_workbook
from tests.edited_package import Package
from tests.mutilation_groups import in_groups, named
from tests.mutilations import (
    losing,
    on_headings,
    on_rows,
    on_sheets,
    on_storage,
    on_values,
    together,
)
from tests.mutilations.parts import Mutilate
from tests.small_association import example_workbook
from tests.support import libreoffice_convert, needs_libreoffice

ON = date(2026, 9, 30)

Said = Mapping[str, int]


@dataclass(frozen=True)
class Case:
    """A mutilation, the codes of the findings that it adds, and what else may differ.

    `order`: the lines come in another order. `typing`: dates and names mean the same, typed
    otherwise. `without`: sheets that `refresh` makes, or settings, that are gone.
    """

    mutilate: Mutilate
    said: Said = field(default_factory=dict)
    order: bool = False
    typing: bool = False
    without: frozenset[str] = frozenset()


#: Five tables that are gone or renamed, and the formula that names one of them.
WITHOUT_TABLES: Said = {"CLA09": 5, "CLA10": 1}
CASES = (
    Case(on_sheets.rename_sheets),
    Case(on_sheets.rename_tables, WITHOUT_TABLES),
    Case(on_sheets.rename_sheets_and_tables, WITHOUT_TABLES),
    Case(on_sheets.move_sheets),
    Case(on_sheets.hide_sheets),
    Case(on_sheets.convert_to_ranges, WITHOUT_TABLES),
    Case(on_sheets.convert_to_ranges_and_rename_sheets, WITHOUT_TABLES),
    Case(on_sheets.hide_the_heading_row),
    Case(on_sheets.own_sheets),
    Case(on_sheets.own_table_below),
    Case(on_sheets.side_by_side, {"CLA07": 1, "CLA13": 1}),
    Case(on_sheets.delete_what_is_not_data, without=frozenset({"template_version"})),
    Case(on_sheets.copy_a_sheet, {"LEC13": 1}),
    Case(on_rows.insert_title_row),
    Case(on_rows.insert_many_rows, WITHOUT_TABLES),
    Case(on_rows.insert_more_rows_above_the_table),
    Case(on_rows.insert_columns_at_the_left),
    Case(on_rows.insert_an_own_column, WITHOUT_TABLES),
    Case(on_rows.reverse_columns),
    Case(on_rows.type_below_the_table, {"LEC02": 1}),
    Case(on_rows.type_after_blank_rows, {"LEC02": 1}),
    Case(on_rows.leave_blank_rows),
    Case(on_rows.stretch_the_table),
    Case(on_rows.sort_lines, order=True),
    Case(on_rows.merge_titles),
    Case(on_rows.merge_in_the_table, {"CLA03": 1}),
    Case(on_rows.hide_rows, {"CLA04": 1}),
    Case(on_rows.filter_lines, {"CLA04": 1}),
    Case(on_rows.hide_columns),
    Case(on_rows.repeat_headings),
    Case(on_rows.add_totals),
    Case(on_rows.style_a_million_rows),
    Case(on_rows.type_far_away),
    Case(on_rows.break_an_own_column),
    Case(on_headings.shout_headings, WITHOUT_TABLES),
    Case(on_headings.decompose_headings, WITHOUT_TABLES),
    Case(on_headings.break_headings, WITHOUT_TABLES),
    Case(on_headings.star_headings, WITHOUT_TABLES),
    Case(on_headings.explain_headings, WITHOUT_TABLES),
    Case(on_headings.space_headings, WITHOUT_TABLES),
    Case(on_headings.curl_headings, WITHOUT_TABLES),
    Case(on_headings.number_headings),
    Case(on_headings.headings_of_their_own),
    Case(on_values.switch_to_1904),
    Case(on_values.lose_the_format_of_dates),
    Case(on_values.add_hours_to_dates),
    Case(on_values.store_dates_as_iso),
    Case(on_values.type_dates_as_text, {"LEC09": on_values.TYPED_DATES}, typing=True),
    Case(on_values.type_deadlines_as_text, {"LEC09": on_values.TYPED_DATES}, typing=True),
    Case(on_values.delete_personne, {"CLA10": 1}),
    Case(on_values.formulas_without_values),
    Case(on_values.type_personne, {"CLA05": on_values.TYPED_NAMES}),
    Case(on_values.break_personne, {"CLA10": 1}),
    Case(on_values.decompose_accents),
    Case(on_values.pad_texts),
    Case(on_values.unbreakable_spaces),
    Case(on_values.invisible_marks),
    Case(on_values.curl_quotes),
    Case(on_values.shout_choices),
    Case(on_values.shorten_statuses),
    Case(on_values.spell_out_codes),
    Case(on_values.tick_yes_and_no),
    Case(on_values.times_of_day),
    Case(on_values.spell_out_times),
    Case(on_values.store_numbers_as_text),
    Case(on_values.names_in_another_order, {"SUI22": 44}, typing=True),  # a person each
    Case(on_values.empty_texts_in_blank_cells),
    Case(on_values.values_from_formulas),
    Case(on_storage.rich_texts),
    Case(on_storage.share_strings),
    Case(on_storage.share_rich_strings),
    Case(on_storage.strict),
    Case(on_storage.macros),
    Case(on_storage.prefixes),
    Case(on_storage.cells_without_places),
    Case(on_storage.pretty_print),
    Case(on_storage.backslashes),
    Case(on_storage.other_case),
    Case(on_storage.absolute_links),
    Case(on_storage.unknown_parts),
    Case(on_storage.broken_names),
    Case(together.a_year, {"LEC02": 1, "CLA04": 1, **WITHOUT_TABLES}),
)


@cache
def original() -> Reading:
    return read_data(example_workbook(), Path("association.xlsx"), on=ON)


@cache
def found_in_the_original() -> Counter[tuple[str, str, str]]:
    return identities(original())


def identities(reading: Reading) -> Counter[tuple[str, str, str]]:
    """Each finding by its code, its person and its line, wherever the line stands."""
    return Counter(one.identity for one in findings(reading))


def findings(reading: Reading) -> tuple[Finding, ...]:
    return tuple(run(reading.records, reading.problems, on=ON))


def codes(found: Counter[tuple[str, str, str]]) -> Counter[str]:
    return Counter(code for code, _, _ in found.elements())


def mutilated(path: Path, *group: Mutilate) -> Reading:
    package = Package(example_workbook())
    for mutilate in group:
        mutilate(package)
    return read_workbook(package.save(path), on=ON)


BY_MUTILATION = {case.mutilate: case for case in CASES}
#: That of a million rows alone: what is done to it is long; the others, four to a workbook.
GROUPS = [
    (on_rows.style_a_million_rows,),
    *in_groups([one for one in BY_MUTILATION if one is not on_rows.style_a_million_rows], 4),
]


def of_all(group: tuple[Mutilate, ...]) -> Case:
    """What is said of several mutilations of one workbook."""
    cases = [BY_MUTILATION[one] for one in group]
    return Case(
        group[0],
        sum((Counter(case.said) for case in cases), Counter()),
        any(case.order for case in cases),
        any(case.typing for case in cases),
        frozenset().union(*(case.without for case in cases)),
    )


@pytest.mark.slow
@pytest.mark.parametrize("group", GROUPS, ids=named)
def test_the_same_records_come_back(group: tuple[Mutilate, ...], tmp_path: Path) -> None:
    case = of_all(group)
    reading = mutilated(tmp_path / "abîmé.xlsx", *group)
    assert differences(original().records, reading.records, case) == []
    found = identities(reading)
    assert codes(found - found_in_the_original()) == Counter(case.said)
    assert found_in_the_original() - found == Counter()


def differences(before: Records, after: Records, case: Case) -> list[str]:
    """The first differences of each table, addresses aside."""
    told = []
    for name in ("people", "follow_ups", "engagements", "missions", "barriers", "synthesis",
                 "control"):  # fmt: skip
        if name in case.without:
            continue
        one = content(getattr(before, name), before, case)
        other = content(getattr(after, name), after, case)
        if len(one) != len(other):
            told.append(f"{name}: {len(one)} rows, then {len(other)}")
        pairs = [
            f"{name}.{key}: {old[key]!r}, then {new[key]!r}"
            for old, new in zip(one, other, strict=False)
            for key in old
            if old[key] != new[key]
        ]
        told += pairs[:3]
    told += [
        f"{name}: {getattr(before, name)}, then {getattr(after, name)}"
        for name in ("settings", "template_version")
        if name not in case.without and getattr(before, name) != getattr(after, name)
    ]
    return told


def content(table: Table[Any], records: Records, case: Case) -> list[dict[str, Any]]:
    """The rows as values by field, without their number and what the sheet computes."""
    rows = [
        {
            name: meaning(name, getattr(row, name), records) if case.typing else getattr(row, name)
            for name in table.spec.model.model_fields
            if name not in ("row", "typed_person", "unreadable")
        }
        for row in table.rows
    ]
    return sorted(rows, key=repr) if case.order else rows


def meaning(name: str, value: object, records: Records) -> object:
    match value:
        case DatedText():
            return replace(value, text="")
        case Deadline():
            return replace(value, text="")
        case str() if name == "person":
            return records.canonical_name(value) or value
        case _:
            return value


@dataclass(frozen=True)
class Loss:
    """A mutilation that loses the values of a table's fields, and what the reading says of it."""

    mutilate: Mutilate
    said: Said
    table: str
    fields: tuple[str, ...]  # none: the whole table


#: Other families judge what is left, and say other things of it.
OF_THE_READING = ("LEC", "CLA", "PER")
LOSSES = (
    Loss(losing.delete_a_required_column, {"LEC01": 1}, "barriers", ("barrier",)),
    Loss(losing.delete_a_sheet, {"LEC01": 1}, "barriers", ()),
    Loss(losing.rename_a_column, {"LEC01": 1}, "missions", ("start",)),
    Loss(losing.rename_a_column_beyond_words, {"LEC01": 1}, "missions", ("hours",)),
    Loss(losing.lose_names, {"PER16": 2}, "barriers", ("person",)),
    Loss(losing.merge_names, {"CLA03": 1, "PER16": 2}, "barriers", ("person",)),
    Loss(losing.break_cells, {"LEC10": 4}, "barriers", ("partner",)),
    Loss(losing.type_huge_numbers, {"LEC03": 4}, "barriers", ("identified", "lifted")),
    Loss(losing.type_impossible_dates, {"LEC03": 5}, "barriers", ("identified",)),
    Loss(
        losing.type_other_values, {"LEC07": 1, "LEC08": 1}, "barriers", ("accompaniment", "barrier")
    ),
)


@pytest.mark.slow
@pytest.mark.parametrize("loss", LOSSES, ids=lambda loss: loss.mutilate.__name__)
def test_what_is_lost_is_said_and_nothing_else_is(loss: Loss, tmp_path: Path) -> None:
    reading = mutilated(tmp_path / "abîmé.xlsx", loss.mutilate)
    whole = Case(loss.mutilate, without=frozenset() if loss.fields else frozenset({loss.table}))
    lost = {f"{loss.table}.{name}" for name in loss.fields}
    told = differences(original().records, reading.records, whole)
    assert {one.partition(":")[0] for one in told} == lost
    new = codes(identities(reading)) - codes(found_in_the_original())
    assert {code: new[code] for code in new if code[:3] in OF_THE_READING} == loss.said


#: LibreOffice saves the formulas of `Personne` and the lists, not the shape of the tables.
CONVERSIONS: dict[str, Said] = {"xlsx": {}, "ods": {}}


@needs_libreoffice
@pytest.mark.parametrize("target", CONVERSIONS)
def test_libreoffice_gives_the_same_records_back(target: str, tmp_path: Path) -> None:
    path = tmp_path / "suivi.xlsx"
    path.write_bytes(example_workbook())
    reading = read_workbook(libreoffice_convert(path, target, tmp_path / "lo"), on=ON)
    case = Case(lambda _: None)
    assert differences(original().records, reading.records, case) == []
    found = identities(reading)
    assert (found - found_in_the_original(), found_in_the_original() - found) == (
        Counter(),
        Counter(),
    )


@pytest.mark.slow
def test_openpyxl_gives_the_same_records_back(tmp_path: Path) -> None:
    """What scripts do: load, save; the cached values of formulas are lost."""
    from openpyxl import load_workbook

    load_workbook(BytesIO(example_workbook())).save(tmp_path / "suivi.xlsx")
    reading = read_workbook(tmp_path / "suivi.xlsx", on=ON)
    assert differences(original().records, reading.records, Case(lambda _: None)) == []
    assert identities(reading) == found_in_the_original()
