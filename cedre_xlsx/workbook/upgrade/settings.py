"""The lines of Réglages that an older workbook lacks, and those that have another name now."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from cedre_xlsx.method.french import typeset
from cedre_xlsx.method.text import word_key
from cedre_xlsx.schema.settings import ENDS_LABEL, SETTINGS, Settings, SettingSpec
from cedre_xlsx.schema.tables import SETTING_TABLE
from cedre_xlsx.workbook.edit.model import CellChange, NewRow
from cedre_xlsx.workbook.read.block import BlockRow, block_places, read_block
from cedre_xlsx.workbook.read.raw import RawWorkbook

NO_SETTINGS = "le tableau Réglages n'a pas été trouvé dans Paramètres"
_LABELS = {spec.field: spec for spec in SETTINGS}
#: What lines said of themselves, where they say something else now.
_FORMER_EFFECTS = {
    "kind": ("AI, ETTI, ACI ou EI : décide du seuil des sorties comptées.",),
    "fte_hours": (
        "Heures travaillées divisées par cette base ; l'extranet de l'État fait foi.",
        "ACI : 1 820 ; les autres : selon l'annexe financière. Vide : pas d'ETP compté.",
    ),
}


@dataclass
class SettingEdits:
    """What is to be written in Réglages: lines to add and cells to change, with what is said of
    each once it is.
    """

    rows: list[NewRow] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    changes: dict[CellChange, str] = field(default_factory=dict)
    left: list[str] = field(default_factory=list)


def setting_edits(workbook: RawWorkbook, settings: Settings) -> SettingEdits:
    """What gives a workbook the settings of today, each with the value that it has now."""
    made = SettingEdits()
    lines = read_block(workbook, SETTING_TABLE)
    if lines is None:
        made.left.append(NO_SETTINGS)
        return made
    known = {word_key(line.text("label")): line for line in lines}
    former = known.get(word_key(ENDS_LABEL))
    contract = _LABELS["contract_days"]
    for spec in SETTINGS:
        line = known.get(word_key(spec.label))
        if line is not None:
            _retell(made, spec, line)
        elif spec is contract and former is not None:
            said = f"Réglages : « {ENDS_LABEL} » devient « {spec.label} »"
            _change(made, former, "label", spec.label, said)
        else:
            value = spec.typed(settings)
            told = {"label": spec.label, "unit": spec.unit, "effect": spec.effect}
            texts = {name: typeset(text) for name, text in told.items() if text}
            made.rows.append(NewRow({**texts, "value": value}))
            unit = f" {spec.unit}" if spec.unit and value is not None else ""
            shown = "" if value is None else f" ({value}{unit})"
            made.told.append(f"Réglages : « {spec.label} »{shown}")
    return made


def _retell(made: SettingEdits, spec: SettingSpec, line: BlockRow) -> None:
    """What the line says of itself, where it says what an earlier version of ours wrote."""
    former = _FORMER_EFFECTS.get(spec.field, ())
    if word_key(line.text("effect")) in map(word_key, former):
        _change(made, line, "effect", typeset(spec.effect))


def _change(made: SettingEdits, line: BlockRow, name: str, value: str, said: str = "") -> None:
    column = line.columns.get(name)
    if column is not None:
        cell = line.sheet.address(line.index, column)
        made.changes[CellChange(line.sheet.name, cell, value)] = said


def value_cells(workbook: RawWorkbook) -> dict[str, tuple[str, str]]:
    """The sheet and the address of each setting's value, by field."""
    specs = {word_key(spec.label): spec.field for spec in SETTINGS}
    found: dict[str, tuple[str, str]] = {}
    for line in read_block(workbook, SETTING_TABLE) or ():
        name = specs.get(word_key(line.text("label")), "")
        column = line.columns.get("value")
        if name and column is not None:
            found[name] = (line.sheet.name, line.sheet.address(line.index, column))
    return found


def heading_place(workbook: RawWorkbook) -> tuple[str, int, int] | None:
    """Where Réglages stands: the title of its sheet, its heading row, its first column."""
    place: Any = next(block_places(workbook, SETTING_TABLE), None)
    if place is None:
        return None
    sheet, row, columns = place
    first = min(sheet.column_number(index) for index in columns.values())
    return sheet.name, sheet.row_numbers[row], first


def absolute(address: str) -> str:
    """An address that stays the same wherever its formula goes: $B$33."""
    letters = address.rstrip("0123456789")
    return f"${letters}${address[len(letters) :]}"
