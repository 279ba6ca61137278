"""`Paramètres` as the structure filled it: its settings, types, advisors, severities, words."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from cedre_xlsx.method.choices import Choices, yes_or_no
from cedre_xlsx.method.nearest import nearest
from cedre_xlsx.method.text import word_key
from cedre_xlsx.method.types import TYPES, EngagementType
from cedre_xlsx.method.vocabulary import StructureKind
from cedre_xlsx.schema import lists
from cedre_xlsx.schema.columns import Column, Kind, line_key
from cedre_xlsx.schema.findings import Place, Problem
from cedre_xlsx.schema.settings import (
    MOST,
    OWN_COLUMN_DATA,
    SETTINGS,
    HeadingMapping,
    OwnColumn,
    Settings,
    SettingSpec,
    SeveritySetting,
    StaffYear,
    TypeSetting,
)
from cedre_xlsx.schema.tables import (
    ADVISOR_TABLE,
    BREAKDOWN_TABLE,
    MAPPING_TABLE,
    OWN_COLUMN_TABLE,
    SETTING_TABLE,
    SEVERITY_TABLE,
    STAFF_TABLE,
    TYPE_TABLE,
    WORD_TABLE,
    TableSpec,
)
from cedre_xlsx.workbook.read.block import BlockRow, read_block
from cedre_xlsx.workbook.read.cells import Reader, as_number, as_text
from cedre_xlsx.workbook.read.problems import Odd, plain_text, shown
from cedre_xlsx.workbook.read.raw import Cell, RawWorkbook, is_blank, is_error

#: How a severity may be written; "non" turns the rule off.
_SEVERITIES = frozenset(
    {"erreur", "error", "avertissement", "warning", "info", "information", "non", "off"}
)
_PERCENT = "%"
_FIRST_YEAR, _LAST_YEAR = 1900, 2099
_DATE = Column("Date", Kind.DATE)


@dataclass(frozen=True, slots=True)
class ReadSettings:
    """The settings, and what is wrong in them: the default stands where a value is refused."""

    settings: Settings
    problems: list[Problem]


def read_settings(workbook: RawWorkbook, on: date) -> ReadSettings:
    """The structure's choices; the defaults where the workbook has none."""
    problems: list[Problem] = []
    changes: dict[str, Any] = {
        **_values(workbook, on, problems),
        **_types(workbook, problems),
        **_severities(workbook, problems),
    }
    for spec, name, field in (
        (ADVISOR_TABLE, "advisors", "name"),
        (BREAKDOWN_TABLE, "breakdowns", "heading"),
        (WORD_TABLE, "sensitive_words", "word"),
    ):
        rows = read_block(workbook, spec)
        if rows is not None:
            texts = (row.text(field) for row in rows)
            changes[name] = tuple(dict.fromkeys(text for text in texts if text))
    changes["staff"] = _staff(workbook, problems)
    changes["own_columns"] = _own_columns(workbook, problems)
    changes["mappings"] = tuple(mapping for _, mapping in mapping_lines(workbook))
    return ReadSettings(replace(Settings(), **changes), problems)


def mapping_lines(workbook: RawWorkbook) -> list[tuple[BlockRow, HeadingMapping]]:
    """What headings of other files become, with the lines that say it: the last one of each."""
    found: dict[tuple[str, str], tuple[BlockRow, HeadingMapping]] = {}
    for row in read_block(workbook, MAPPING_TABLE) or ():
        mapping = HeadingMapping(row.text("sheet"), row.text("heading"), row.text("becomes"))
        if mapping.sheet and mapping.heading:
            found[mapping.key] = (row, mapping)
    return list(found.values())


def check_breakdowns(
    workbook: RawWorkbook, settings: Settings, headings: list[str]
) -> list[Problem]:
    """The breakdowns that name no column of Personnes."""
    known = {word_key(heading) for heading in headings}
    problems: list[Problem] = []
    for row in read_block(workbook, BREAKDOWN_TABLE) or ():
        typed = row.text("heading")
        if typed and word_key(typed) not in known:
            likely = nearest(typed, headings, limit=1)
            advice = f"Vouliez-vous dire « {likely[0]} » ?" if likely else "Reprenez son intitulé."
            message = f"{shown(typed)} n'est pas une colonne de la feuille Personnes."
            problems.append(_problem(BREAKDOWN_TABLE, row, "heading", message, advice, typed))
    return problems


def _values(workbook: RawWorkbook, on: date, problems: list[Problem]) -> dict[str, Any]:
    """The values of tReglages that are given and possible."""
    specs = {word_key(spec.label): spec for spec in SETTINGS}
    formers = {word_key(spec.former): spec for spec in SETTINGS if spec.former}
    found: dict[str, Any] = {}
    former: dict[str, Any] = {}
    for row in read_block(workbook, SETTING_TABLE) or ():
        label, cell = row.text("label"), row.cells.get("value")
        spec = specs.get(word_key(label), formers.get(word_key(label)))
        if is_blank(cell):
            continue
        if spec is None:
            likely = nearest(label, (one.label for one in SETTINGS), limit=1)
            advice = f"Vouliez-vous dire « {likely[0]} » ?" if likely else "Reprenez son libellé."
            message = f"Le réglage {shown(label)} n'existe pas : sa valeur n'est pas prise."
            problems.append(_problem(SETTING_TABLE, row, "label", message, advice, label))
            continue
        value = None if is_error(cell) else _setting(spec, cell, on)
        if value is None:
            default = spec.typed(Settings())
            message = f"{spec.label} : {shown(cell)} n'est pas possible." + (
                f" {plain_text(default)} est pris à la place." if default not in (None, "") else ""
            )
            problems.append(
                _problem(SETTING_TABLE, row, "value", message, _expected(spec, cell), spec.label)
            )
        else:
            is_own = word_key(label) in specs
            heirs = [one.field for one in SETTINGS if one.former == spec.former]
            fields = [spec.field] if is_own else heirs
            (found if is_own else former).update(dict.fromkeys(fields, value))
    return {**former, **found}


def _setting(spec: SettingSpec, cell: Cell, on: date) -> object:
    """The value of one setting; None when it is not possible."""
    if spec.kind is Kind.TEXT:
        return as_text(cell)
    if spec.kind is Kind.CHOICE:
        names = {kind.label: kind.value for kind in StructureKind}
        found = Choices(lists.KIND.values, names).find(plain_text(cell))
        return StructureKind(found) if found else None
    if spec.kind is Kind.YES_NO:
        return cell if isinstance(cell, bool) else yes_or_no(plain_text(cell))
    if spec.kind is Kind.DATE:
        value = Reader(on).converter(spec.field, _DATE)(cell, None)
        value = value.value if isinstance(value, Odd) else value
        return value if isinstance(value, date) else None
    number = as_number(cell, spec.unit)
    if number is None or not spec.least <= number <= spec.most:
        return None
    if spec.unit == _PERCENT:
        number = number * 100 if 0 < number <= 1 and not isinstance(cell, str) else number
        return round(number, 6) if number <= 100 and not _is_share(number) else None
    if spec.kind is Kind.INTEGER:
        return int(number) if number.is_integer() else None
    return number


def _is_share(percentage: float) -> bool:
    """Whether a percentage is a share of one: 0,6 for 60 %."""
    return 0 < percentage < 1


def _expected(spec: SettingSpec, cell: Cell) -> str:
    if spec.kind is Kind.CHOICE:
        return f"Choisissez : {', '.join(lists.KIND.values)}."
    if spec.kind is Kind.YES_NO:
        return "Tapez OUI ou NON."
    if spec.kind is Kind.DATE:
        return "Tapez jour/mois/année : jj/mm/aaaa."
    typed = as_number(cell, spec.unit)
    if spec.unit == _PERCENT and typed is not None and _is_share(typed):
        return f"Tapez {plain_text(round(typed * 100, 6))}, si c'est {plain_text(cell)} sur 1."
    what = "un nombre entier" if spec.kind is Kind.INTEGER else "un nombre"
    least = f"{plain_text(float(spec.least))} au moins et " if spec.least else ""
    most = plain_text(float(100 if spec.unit == _PERCENT else spec.most))
    return f"Tapez {what}, {least}{most} au plus{f' (en {spec.unit})' if spec.unit else ''}."


def _types(workbook: RawWorkbook, problems: list[Problem]) -> dict[str, Any]:
    """The engagement types as the structure codes them."""
    rows = read_block(workbook, TYPE_TABLE)
    types: dict[str, TypeSetting] = {}
    names = {word_key(row.text("name")) for row in rows or ()}
    for row in rows or ():
        code, name = row.text("code"), row.text("name")
        if not code:
            message = f"Le type d'engagement {shown(name)} n'a pas de code."
            problems.append(
                _problem(TYPE_TABLE, row, "code", message, "Donnez-lui un code court.", name)
            )
            continue
        if word_key(code) in types:
            message = f"Le code {shown(code)} est donné à deux types d'engagement."
            problems.append(
                _problem(TYPE_TABLE, row, "code", message, "Donnez un code à chacun.", code, name)
            )
            continue
        method = _method_type(code, name, names)
        months = _months(row, problems, method)
        types[word_key(code)] = TypeSetting(code, name or code, months, method)
    return {"types": tuple(types.values())} if types else {}


def _months(row: BlockRow, problems: list[Problem], method: EngagementType | None) -> float | None:
    cell = row.cells.get("max_months")
    if is_blank(cell):
        return None
    number = as_number(cell, "mois")
    if number is None or not 0 < number <= MOST:
        message = f"L'échéance maximale {shown(cell)} n'est pas un nombre de mois."
        advice = "Tapez un nombre de mois, ou rien s'il n'y a pas de maximum."
        problems.append(_problem(TYPE_TABLE, row, "max_months", message, advice, row.text("code")))
        return method.max_months if method else None
    return number


def _method_type(code: str, name: str, names: Collection[str]) -> EngagementType | None:
    """The type of the method that this one is: by its name, else by its code.

    A code means nothing where another line, of those `names`, bears the type's own name.
    """
    for kind in TYPES:
        if word_key(name) in _names_of(kind):
            return kind
    for kind in TYPES:
        if word_key(kind.code) == word_key(code) and _names_of(kind).isdisjoint(names):
            return kind
    return None


def _names_of(kind: EngagementType) -> set[str]:
    return {word_key(one) for one in (kind.name, *kind.spellings)}


def _severities(workbook: RawWorkbook, problems: list[Problem]) -> dict[str, Any]:
    """The rules whose severity the structure changes."""
    found: dict[str, SeveritySetting] = {}
    rows = read_block(workbook, SEVERITY_TABLE)
    for row in rows or ():
        code, severity = row.text("code").upper(), row.text("severity")
        if not severity:
            continue
        if word_key(severity) not in _SEVERITIES:
            message = f"La gravité {shown(severity)} n'existe pas : celle de la règle est prise."
            advice = "Tapez Erreur, Avertissement, Info ou Non."
            problems.append(_problem(SEVERITY_TABLE, row, "severity", message, advice, code))
        else:
            found[code] = SeveritySetting(code, severity, _place(SEVERITY_TABLE, row, "code"))
    return {"severities": tuple(found.values())}


def _staff(workbook: RawWorkbook, problems: list[Problem]) -> tuple[StaffYear, ...]:
    """The staff year by year; of two lines of one year the last one counts."""
    found: dict[int, StaffYear] = {}
    for row in read_block(workbook, STAFF_TABLE) or ():
        year = as_number(row.cells.get("year"), "")
        if year is None or not year.is_integer() or not _FIRST_YEAR <= year <= _LAST_YEAR:
            typed = row.cells.get("year")
            message = (
                "Une ligne de l'équipe n'a pas d'année."
                if is_blank(typed)
                else f"L'année {shown(typed)} de l'équipe n'est pas une année."
            )
            advice = "Tapez l'année que ces ETP concernent : 2026."
            problems.append(_problem(STAFF_TABLE, row, "year", message, advice, row.text("year")))
            continue
        if int(year) in found:
            message = f"L'année {int(year)} de l'équipe a deux lignes : celle-ci compte."
            advice = "Gardez une ligne par an."
            problems.append(_problem(STAFF_TABLE, row, "year", message, advice, row.text("year")))
        support, supervision = (_fte(row, field, problems) for field in ("support", "supervision"))
        found[int(year)] = StaffYear(int(year), support, supervision)
    return tuple(found.values())


def _own_columns(workbook: RawWorkbook, problems: list[Problem]) -> tuple[OwnColumn, ...]:
    """What columns of the team hold; of two lines of one column the last one counts."""
    choices = Choices(lists.OWN_DATA.values, lists.OWN_DATA.spellings)
    found: dict[tuple[str, str], OwnColumn] = {}
    for row in read_block(workbook, OWN_COLUMN_TABLE) or ():
        sheet, heading, holds = (row.text(field) for field in ("sheet", "heading", "holds"))
        known = choices.find(holds) if holds else None
        if known is not None and sheet and heading:
            made = OwnColumn(sheet, heading, OWN_COLUMN_DATA[known])
            found[word_key(sheet), word_key(heading)] = made
        elif holds and known is None:
            message = (
                f"« Contient » de la colonne {shown(heading)} : {shown(holds)} n'existe pas ; la "
                "colonne ne sera pas dans une copie sans noms."
            )
            advice = f"Choisissez : {', '.join(lists.OWN_DATA.values)}."
            problems.append(
                _problem(OWN_COLUMN_TABLE, row, "holds", message, advice, sheet, heading)
            )
    return tuple(found.values())


def _fte(row: BlockRow, field: str, problems: list[Problem]) -> float | None:
    cell = row.cells.get(field)
    if is_blank(cell):
        return None
    number = as_number(cell, "ETP")
    if number is None or not 0 < number <= MOST:
        message = f"Le nombre d'ETP {shown(cell)} n'est pas possible : il n'est pas pris."
        advice = "Tapez un nombre d'équivalents temps plein : 1,5."
        problems.append(_problem(STAFF_TABLE, row, field, message, advice, row.text("year")))
        return None
    return number


def _problem(
    spec: TableSpec[Any], row: BlockRow, field: str, message: str, advice: str, *key: str
) -> Problem:
    return Problem(
        "LEC12", _place(spec, row, field), message, advice, key=line_key(spec.table, field, *key)
    )


def _place(spec: TableSpec[Any], row: BlockRow, field: str) -> Place:
    column = row.columns.get(field)
    return Place(
        row.sheet.name,
        row.sheet.row_numbers[row.index],
        spec.columns[field].header,
        row.sheet.address(row.index, column) if column is not None else "",
    )
