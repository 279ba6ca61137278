"""The small TOML file that says what of ours goes into the cells of a team's form."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Any

from cedre_xlsx.intake.map_file import read_toml, toml_text
from cedre_xlsx.intake.targets import WHOLE_NAME
from cedre_xlsx.method.nearest import nearest
from cedre_xlsx.method.text import word_key
from cedre_xlsx.paperwork.fields import (
    LENGTH_DONE,
    TODAY,
    is_known,
    known_fields,
    need_field,
    setting_field,
)
from cedre_xlsx.paperwork.model import FormMap, Slot
from cedre_xlsx.schema.errors import CedreError

#: How the name of a mapping ends.
MAP_ENDING = ".formulaire.toml"
_CELL = re.compile(r"[A-Z]{1,3}[1-9]\d{0,6}")
_LINE = 'champ = "Personnes : Nom"'
_HEAD = f"""\
# Ce qui va dans chaque case du formulaire. Corrigez ce qui est à droite de « champ = », puis
# enregistrez : ce fichier sert ensuite chaque fois que ce formulaire est rempli. À droite, l'une
# de ces formes :
#   "Personnes : Intitulé"             une colonne de Personnes, les vôtres comprises
#   "Personnes : {WHOLE_NAME}"
#   "{setting_field("structure")}"
#   "{TODAY}"
#   "{LENGTH_DONE}"
#   "{need_field("mobilité", "niveau")}"        de même : action menée 1 ou 2, action prévue 1 ou 2
#   ""                                 rien : la case reste à remplir à la main
# Une case est dite par sa feuille et sa cellule, ou par un nom défini (nom = "…"). Le libellé à
# côté est vérifié à chaque fois, le titre au-dessus et la dernière colonne aussi : s'ils ont
# changé de place, rien n'est écrit.
"""


def map_path(model: Path, workbook: Path) -> Path:
    """Where the mapping of a form is kept: beside the workbook whose fields it names."""
    return workbook.with_name(f"{model.stem}{MAP_ENDING}")


def form_map_text(
    model: Path,
    slots: Collection[tuple[Slot, str]],
    last_columns: Collection[tuple[str, str]] = (),
) -> str:
    """A mapping as the file to correct; each cell with what is to be said of its field."""
    parts = [_HEAD, f"\nmodele = {toml_text(model.name)}\n"]
    for sheet, column in last_columns:
        parts.append(f"\n[[feuille]]\nnom = {toml_text(sheet)}\n")
        parts.append(f"derniere_colonne = {toml_text(column)}\n")
    for slot, remark in slots:
        parts.append("\n[[case]]\n")
        if slot.name:
            parts.append(f"nom = {toml_text(slot.name)}\n")
        else:
            parts.append(f"feuille = {toml_text(slot.sheet)}\n")
            parts.append(f"cellule = {toml_text(slot.cell)}\n")
        if slot.label:
            parts.append(f"libelle = {toml_text(slot.label)}\n")
        if slot.label_cell and not slot.name:
            parts.append(f"libelle_en = {toml_text(slot.label_cell)}\n")
        if slot.heading_cell and not slot.name:
            parts.append(f"titre = {toml_text(slot.heading)}\n")
            parts.append(f"titre_en = {toml_text(slot.heading_cell)}\n")
        said = f"  # {remark}" if remark else ""
        parts.append(f"champ = {toml_text(slot.field)}{said}\n")
    return "".join(parts)


def read_form_map(path: Path, own_fields: Collection[str]) -> FormMap:
    """A mapping from its file; `own_fields` are the words, as they are compared, of the team's own
    columns.

    Raises CedreError for one that cannot be read, that names what we have not, or nothing at all.
    """
    return form_map_of(path, read_toml(path, _LINE), own_fields)


def form_map_of(path: Path, data: Mapping[str, Any], own_fields: Collection[str]) -> FormMap:
    """What such a file says, from what it holds; `path` is what CedreError names."""
    slots = tuple(_slots(path, data, own_fields))
    if not slots:
        raise CedreError(
            f"{path} : aucune case n'y a de champ ; rien n'est écrit. Complétez ce qui est à "
            "droite de « champ = »."
        )
    title = f"formulaire « {data.get('modele', path.stem)} »"
    return FormMap(title, slots, last_columns=tuple(_last_columns(path, data)))


def _last_columns(path: Path, data: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    sheets = data.get("feuille", [])
    for one in sheets if isinstance(sheets, list) else [sheets]:
        said = one if isinstance(one, dict) else {}
        name, column = said.get("nom"), said.get("derniere_colonne")
        if not isinstance(name, str) or not isinstance(column, str):
            raise _misshapen(path, "feuille")
        yield name, column


def _slots(path: Path, data: Mapping[str, Any], own_fields: Collection[str]) -> Iterator[Slot]:
    boxes = data.get("case", [])
    if not isinstance(boxes, list) or not all(isinstance(one, dict) for one in boxes):
        raise _misshapen(path, "case")
    seen: set[tuple[str, str]] = set()
    for box in boxes:
        said = {key: box.get(key, "") for key in _KEYS}
        strange = next((key for key in box if key not in _KEYS), "")
        if strange or not all(isinstance(value, str) for value in said.values()):
            raise _misshapen(path, strange or "case")
        slot = Slot(**{_KEYS[key]: value.strip() for key, value in said.items()})
        if not slot.field:
            continue
        if not slot.name and not (slot.sheet and _CELL.fullmatch(slot.cell)):
            raise _misshapen(path, "cellule")
        place = (slot.sheet, slot.name or slot.cell)
        if place in seen:
            raise CedreError(f"{path} : la case {place[1]} y est deux fois ; gardez-en une.")
        seen.add(place)
        _refuse_unknown(path, slot, own_fields)
        yield slot


#: The words of the file, and what they say of a cell.
_KEYS = {
    "feuille": "sheet",
    "cellule": "cell",
    "nom": "name",
    "libelle": "label",
    "libelle_en": "label_cell",
    "titre": "heading",
    "titre_en": "heading_cell",
    "champ": "field",
}


def _misshapen(path: Path, name: str) -> CedreError:
    return CedreError(
        f"{path} : « {name} » n'est pas de la forme attendue. Refaites le fichier par --learn, et "
        "ne corrigez que ce qui est à droite de « champ = »."
    )


def _refuse_unknown(path: Path, slot: Slot, own_fields: Collection[str]) -> None:
    if is_known(slot.field) or word_key(slot.field) in own_fields:
        return
    likely = nearest(slot.field, known_fields())
    guess = " ou ".join(f"« {one} »" for one in likely)
    raise CedreError(
        f"{path} : « {slot.field} » ({slot.name or slot.cell}) n'est pas un champ du classeur. "
        + (f"Vouliez-vous dire {guess} ?" if likely else "Le début du fichier dit lesquels il a.")
    )
