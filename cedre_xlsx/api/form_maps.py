"""What goes into the cells of a form: the mapping that is used for it, and the one proposed."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from cedre_xlsx.api.arguments import checked
from cedre_xlsx.api.opening import is_ours, opened
from cedre_xlsx.method.french import listed
from cedre_xlsx.schema.errors import CedreError

if TYPE_CHECKING:
    from cedre_xlsx.paperwork.form import Form
    from cedre_xlsx.paperwork.model import FormMap

#: Forms that stay what they are under the name of their kind.
_KINDS = (".xlsx", ".xlsm")
#: What systems and mail programs add to the name of a copy.
_COPY = re.compile(r"(?:\s*\(\d+\)|\s*[-_]\s*copie|\s*[-_]\s*copy)+$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ChosenMap:
    """The mapping by which a form is filled; `path` is None for a form that is known."""

    mapping: FormMap
    path: Path | None = None
    warning: str = ""


@dataclass(frozen=True, slots=True)
class Learned:
    """The mapping of a form that was proposed: `mapped` of its `boxes` have a field.

    `left` are the cells beyond the most that are proposed, `missed` the framed ones without a
    label near, with their sheets, `hidden` the sheets that are not shown, `answered` the cells that
    are filled already: none of these is in it.
    """

    path: Path
    boxes: int
    mapped: int
    left: int = 0
    missed: tuple[tuple[str, str], ...] = ()
    hidden: tuple[str, ...] = ()
    answered: int = 0


def form_of(model: Path, path: Path) -> Form:
    """The form to fill. CedreError for a file that is none, and for a workbook of ours."""
    from cedre_xlsx.paperwork.form import Form
    from cedre_xlsx.workbook.read import read_data
    from cedre_xlsx.workbook.read.formats import read_bytes

    if model.suffix.lower() not in _KINDS:
        raise CedreError(
            f"{model} : un formulaire se remplit en .xlsx ou .xlsm ; ouvrez-le dans Excel ou "
            "LibreOffice et enregistrez-le ainsi."
        )
    order = "donnez d'abord le formulaire, puis votre classeur."
    if model.resolve() == path.resolve():
        raise CedreError(f"{model} : c'est le classeur lui-même ; {order}")
    data = read_bytes(model)
    if is_ours(read_data(data, model, on=date.today())):
        raise CedreError(f"{model} : c'est un classeur CEDRE, et non un formulaire ; {order}")
    return Form.of(data, model)


def chosen_map(
    form: Form, path: Path, mapping: Path | None, own_fields: Collection[str]
) -> ChosenMap:
    """The mapping of a form: the one given, a known form's, else the one beside the workbook.

    Raises CedreError for a form without any.
    """
    from cedre_xlsx.paperwork.map_file import map_path, read_form_map
    from cedre_xlsx.paperwork.prolongation import is_official, official_map

    if mapping is not None:
        known = "ce formulaire est le bilan officiel, connu sans elle" if is_official(form) else ""
        said = f"la correspondance {mapping} est suivie : {known}" if known else ""
        return ChosenMap(read_form_map(mapping, own_fields), mapping, said)
    beside = map_path(form.path, path)
    try:
        official = official_map(form)
    except CedreError:
        if not beside.exists() or is_official(form):
            raise
        said = f"le bilan officiel a changé : la correspondance {beside.name} est suivie"
        return ChosenMap(read_form_map(beside, own_fields), beside, said)
    if official is not None:
        unused = f"{beside.name} n'est pas suivi : ce formulaire est le bilan officiel, connu"
        said = f"{unused} ; pour le suivre, donnez-le par --map" if beside.exists() else ""
        return ChosenMap(official, None, said)
    if beside.exists():
        return ChosenMap(read_form_map(beside, own_fields), beside)
    return _of_a_copy(form, path, own_fields)


def _of_a_copy(form: Form, path: Path, own_fields: Collection[str]) -> ChosenMap:
    """The mapping of the form of which this one is a copy, by its name and its labels."""
    from cedre_xlsx.paperwork.map_file import MAP_ENDING, map_path, read_form_map

    original = map_path(form.path.with_stem(_COPY.sub("", form.path.stem) or "x"), path)
    if original.exists() and _fits(form, original, own_fields):
        said = f"la correspondance {original.name} est suivie : ses libellés sont les mêmes"
        return ChosenMap(read_form_map(original, own_fields), original, said)
    others = sorted(path.parent.glob(f"*{MAP_ENDING}"))
    fitting = [f"« {one.name} »" for one in others if _fits(form, one, own_fields)]
    what = (
        f"Les mêmes libellés sont dans {listed(fitting, 'ou')}, à donner par --map ; pour en faire "
        "une autre"
        if fitting
        else "Faites-la par"
    )
    raise CedreError(
        f"{form.path} : ce n'est ni le classeur officiel de prolongation, ni un formulaire dont la "
        f"correspondance est notée ({map_path(form.path, path).name}) ; rien n'est écrit. {what} : "
        f'cedre-xlsx fill "{form.path}" "{path}" --learn'
    )


def _fits(form: Form, mapping: Path, own_fields: Collection[str]) -> bool:
    """Whether the labels of a mapping are where a form has them."""
    from cedre_xlsx.paperwork.fitting import placed_slots
    from cedre_xlsx.paperwork.map_file import read_form_map

    try:
        read = read_form_map(mapping, own_fields)
        placed_slots(form, read)
    except CedreError:
        return False
    return any(slot.label_cell for slot in read.slots)


@checked
def learn_form(model: Path | str, path: Path | str, *, force: bool = False) -> Learned:
    """Propose where ours go in a form, by the labels beside its empty cells, as a file to correct.

    It is kept beside the workbook, under the form's name, and used by `fill` from then on. Raises
    CedreError where it is there already unless `force`, for a form that is known, and for one
    without an empty cell.
    """
    from cedre_xlsx.method.text import word_key
    from cedre_xlsx.paperwork.answers import own_fields, own_headings
    from cedre_xlsx.paperwork.learn import learned, names_someone
    from cedre_xlsx.paperwork.map_file import form_map_text, map_path
    from cedre_xlsx.paperwork.prolongation import is_official
    from cedre_xlsx.workbook.package.replace import write_new

    model, path = Path(model), Path(path)
    form = form_of(model, path)
    records = opened(path, date.today()).records
    if names_someone(model.stem.replace("_", " "), list(records.persons)):
        raise CedreError(
            f"{model} : ce nom de fichier est celui d'une personne, et la correspondance le "
            "garderait ; rien n'est écrit. Donnez le modèle vide, sous son propre nom."
        )
    if is_official(form):
        raise CedreError(
            f"{model} : c'est le bilan officiel de prolongation, connu case par case ; rien n'est "
            f'écrit. Il se remplit tel quel : cedre-xlsx fill "{model}" "{path}" --person NOM'
        )
    target = map_path(model, path)
    if target.exists() and not force:
        _refuse_existing(form, target, own_fields(records))
    own = {word_key(heading): heading for heading in own_headings(records)}
    found = learned(form, own, list(records.persons))
    if not found.slots:
        raise CedreError(
            f"{model} : aucune case vide n'y a de libellé à sa gauche ou au-dessus ; rien n'est "
            "écrit."
        )
    text = form_map_text(model, found.slots, found.last_columns)
    write_new(target, text.encode(), overwrite=force)
    return Learned(
        target, len(found.slots), found.mapped, found.left, found.missed, found.hidden,
        found.answered,
    )  # fmt: skip


def _refuse_existing(form: Form, target: Path, own: Collection[str]) -> None:
    """Raise CedreError for a mapping that is there, of this form or of another one."""
    if _fits(form, target, own):
        raise CedreError(
            f"{target} existe déjà, pour ce formulaire ; rien n'est écrit. Corrigez-le, ou "
            "refaites-le avec --force : vos corrections y seront perdues."
        )
    raise CedreError(
        f"{target} existe déjà, et ne convient pas à ce formulaire ; rien n'est écrit. Refaites-le "
        f"avec --force ou, s'il est d'un autre formulaire, donnez un autre nom à {form.path.name}."
    )
