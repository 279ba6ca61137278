"""What goes into the cells of a form: the mapping that is used for it, and the one proposed."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from cedre_xlsx.api.arguments import checked
from cedre_xlsx.api.opening import is_ours, opened
from cedre_xlsx.method.french import counted, listed
from cedre_xlsx.schema.errors import CedreError, UnknownFormError

if TYPE_CHECKING:
    from cedre_xlsx.paperwork.form import Form
    from cedre_xlsx.paperwork.learn import Proposals
    from cedre_xlsx.paperwork.model import FormMap
    from cedre_xlsx.schema.records import Records

#: Forms that stay what they are under the name of their kind.
_KINDS = (".xlsx", ".xlsm")
_SHOWN = 12  # cells named in a line
#: What to do with a label that was taken for an answer.
_AS_A_LABEL = (
    "Si l'un de ces textes est un libellé, terminez-le par deux-points ou encadrez la case à "
    "remplir."
)
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
    answered: tuple[tuple[str, str], ...] = ()

    @property
    def notes(self) -> tuple[str, ...]:
        """What of the form is not in it."""
        return tuple(notes_of(self.missed, self.answered, self.left, self.hidden))


def notes_of(
    missed: Sequence[tuple[str, str]],
    answered: Sequence[tuple[str, str]],
    left: int,
    hidden: Sequence[str],
) -> Iterator[str]:
    """The cells and sheets of a form that no mapping proposed for it has, in sentences."""
    if missed:
        cells = counted(len(missed), "case encadrée", "cases encadrées")
        yield (
            f"Sans libellé proche, à ajouter à la main si elles servent : {cells} "
            f"({_named(missed)})."
        )
    if answered:
        cells = counted(
            len(answered),
            "case a déjà un texte et n'y est pas",
            "cases ont déjà un texte et n'y sont pas",
        )
        yield (
            f"{cells} ({_named(answered)}) : un modèle vide donne une correspondance entière. "
            f"{_AS_A_LABEL}"
        )
    if left:
        cells = counted(left, "case de plus n'est pas notée", "cases de plus ne sont pas notées")
        yield f"{cells} : ajoutez à la main celles qui servent."
    for sheet in hidden:
        yield f"La feuille masquée « {sheet} » n'est pas reprise."


def _named(places: Sequence[tuple[str, str]]) -> str:
    """Some cells, the first ones of many, with their sheets where there are several."""
    is_one = len({sheet for sheet, _ in places}) == 1
    named = [cell if is_one else f"{sheet}!{cell}" for sheet, cell in places[:_SHOWN]]
    return ", ".join(named) + (", …" if len(places) > _SHOWN else "")


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
    form: Form, path: Path, mapping: Path | FormMap | None, own_fields: Collection[str]
) -> ChosenMap:
    """The mapping of a form: the one given, a known form's, else the one beside the workbook.

    Raises UnknownFormError for a form without any.
    """
    from cedre_xlsx.paperwork.map_file import map_path, read_form_map
    from cedre_xlsx.paperwork.model import FormMap
    from cedre_xlsx.paperwork.prolongation import is_official, official_map

    if isinstance(mapping, FormMap):
        return ChosenMap(mapping)
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
    if original.exists() and fits(form, original, own_fields):
        said = f"la correspondance {original.name} est suivie : ses libellés sont les mêmes"
        return ChosenMap(read_form_map(original, own_fields), original, said)
    others = sorted(path.parent.glob(f"*{MAP_ENDING}"))
    fitting = [f"« {one.name} »" for one in others if fits(form, one, own_fields)]
    what = (
        f"Les mêmes libellés sont dans {listed(fitting, 'ou')}, à donner par --map ; pour en faire "
        "une autre"
        if fitting
        else "Faites-la par"
    )
    raise UnknownFormError(
        f"{form.path} : ce n'est ni le classeur officiel de prolongation, ni un formulaire dont la "
        f"correspondance est notée ({map_path(form.path, path).name}) ; rien n'est écrit. {what} : "
        f'cedre-xlsx fill "{form.path}" "{path}" --learn'
    )


def fits(form: Form, mapping: Path, own_fields: Collection[str]) -> bool:
    """Whether the labels and the names of a mapping are where a form has them."""
    from cedre_xlsx.paperwork.fitting import placed_slots
    from cedre_xlsx.paperwork.map_file import read_form_map

    try:
        read = read_form_map(mapping, own_fields)
        placed_slots(form, read)
    except CedreError:
        return False
    return any(slot.label_cell or slot.name for slot in read.slots)


@checked
def learn_form(model: Path | str, path: Path | str, *, force: bool = False) -> Learned:
    """Propose where ours go in a form, by the labels beside its empty cells, as a file to correct.

    It is kept beside the workbook, under the form's name, and used by `fill` from then on. Raises
    CedreError where it is there already unless `force`, for a form that is known, and for one
    without an empty cell.
    """
    from cedre_xlsx.files.replace import write_new
    from cedre_xlsx.paperwork.answers import own_fields
    from cedre_xlsx.paperwork.map_file import form_map_text, map_path

    model, path = Path(model), Path(path)
    form = form_of(model, path)
    records = opened(path, date.today()).records
    refuse_name(model, records)
    refuse_known(form, path)
    target = map_path(model, path)
    if target.exists() and not force:
        _refuse_existing(form, target, own_fields(records))
    found = proposals_of(form, records)
    text = form_map_text(model, found.slots, found.last_columns)
    write_new(target, text.encode(), overwrite=force)
    return Learned(
        target, len(found.slots), found.mapped, found.left, found.missed, found.hidden,
        found.answered,
    )  # fmt: skip


def refuse_name(model: Path, records: Records) -> None:
    """Raise CedreError for a form whose file is called as somebody: its mapping would be too."""
    from cedre_xlsx.paperwork.learn import names_someone

    if names_someone(model.stem.replace("_", " "), list(records.persons)):
        raise CedreError(
            f"{model} : ce nom de fichier est celui d'une personne, et la correspondance le "
            "garderait ; rien n'est écrit. Donnez le modèle vide, sous son propre nom."
        )


def refuse_known(form: Form, path: Path) -> None:
    """Raise CedreError for a form that needs no mapping."""
    from cedre_xlsx.paperwork.prolongation import is_official

    if is_official(form):
        raise CedreError(
            f"{form.path} : c'est le bilan officiel de prolongation, connu case par case ; rien "
            f"n'est écrit. Il se remplit tel quel : "
            f'cedre-xlsx fill "{form.path}" "{path}" --person NOM'
        )


def proposals_of(form: Form, records: Records) -> Proposals:
    """What seems to go into the empty cells of a form. Raises CedreError where there are none."""
    from cedre_xlsx.method.text import word_key
    from cedre_xlsx.paperwork.answers import own_headings
    from cedre_xlsx.paperwork.learn import learned

    own = {word_key(heading): heading for heading in own_headings(records)}
    found = learned(form, own, list(records.persons))
    if not found.slots:
        named = _named(found.answered) if found.answered else ""
        taken = f" Pris pour des réponses : {named}." if named else ""
        raise CedreError(
            f"{form.path} : aucune case à remplir n'y est reconnue ; rien n'est écrit. Terminez "
            "par deux-points chaque libellé dont la case est à droite, ou encadrez les cases à "
            f"remplir.{taken}"
        )
    return found


def _refuse_existing(form: Form, target: Path, own: Collection[str]) -> None:
    """Raise CedreError for a mapping that is there, of this form or of another one."""
    if fits(form, target, own):
        raise CedreError(
            f"{target} existe déjà, pour ce formulaire ; rien n'est écrit. Corrigez-le, ou "
            "refaites-le avec --force : vos corrections y seront perdues."
        )
    raise CedreError(
        f"{target} existe déjà, et ne convient pas à ce formulaire ; rien n'est écrit. Refaites-le "
        f"avec --force ou, s'il est d'un autre formulaire, donnez un autre nom à {form.path.name}."
    )
