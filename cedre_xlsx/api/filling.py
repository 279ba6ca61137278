"""`fill`: someone else's form workbook filled for one person, every other byte of it kept."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from cedre_xlsx.api.arguments import Months, checked
from cedre_xlsx.api.opening import lacks_sentence, not_found, opened
from cedre_xlsx.method.french import counted
from cedre_xlsx.method.text import word_key
from cedre_xlsx.schema.errors import CedreError

if TYPE_CHECKING:
    from cedre_xlsx.paperwork.answers import Answers
    from cedre_xlsx.paperwork.form import Form
    from cedre_xlsx.paperwork.model import FillPlan, FormMap
    from cedre_xlsx.schema.records import Person

#: Forms that stay what they are under the name of their kind.
_KINDS = (".xlsx", ".xlsm")
LONGEST_WISH = 12  # months of one request


@dataclass(frozen=True, slots=True)
class Fill:
    """What filling a form for someone would do; `data` is the form so filled."""

    model: Path
    workbook: Path
    person: str
    plan: FillPlan
    warnings: tuple[str, ...] = ()
    data: bytes = field(default=b"", repr=False)

    @property
    def default_output(self) -> Path:
        """Where the filled form goes when nobody says: beside the workbook."""
        from cedre_xlsx.forms.file_names import safe_name

        stem = safe_name(f"{self.model.stem} {self.person}")
        return self.workbook.with_name(f"{stem}{self.model.suffix}")


@dataclass(frozen=True, slots=True)
class Filled:
    """A form that was filled: `output` is the new file, None where nothing was written."""

    model: Path
    person: str
    plan: FillPlan
    output: Path | None = None
    warnings: tuple[str, ...] = ()

    @property
    def sentence(self) -> str:
        """One line for the person who ran it."""
        count = counted(len(self.plan.written), "case remplie", "cases remplies")
        if self.output is None:
            return f"{self.model} : {count} pour {self.person} ; rien n'est écrit."
        return f"{self.output} : {count} pour {self.person}."


@dataclass(frozen=True, slots=True)
class Learned:
    """The mapping of a form that was proposed: `mapped` of its `boxes` have a field."""

    path: Path
    boxes: int
    mapped: int


@checked
def find_fill(
    model: Path | str,
    path: Path | str,
    *,
    person: str,
    months: Months | None = None,
    mapping: Path | str | None = None,
    on: date | None = None,
) -> Fill:
    """What filling a form for someone of a workbook would do; both are only read.

    The State's workbook for the prolongation of a PASS IAE is known; any other form needs a
    `mapping`, which is looked for beside the workbook (`learn_form` proposes one). `months` is the
    prolongation that is asked for. Raises CedreError for a form that is not the one expected, one
    whose labels have moved, a protected one, and for someone unknown, or not told from another, or
    without the PASS that the form is about.
    """
    from cedre_xlsx.api.naming import one_person
    from cedre_xlsx.paperwork.answers import Answers
    from cedre_xlsx.paperwork.form import Form
    from cedre_xlsx.paperwork.planning import filled_form
    from cedre_xlsx.workbook.read.formats import read_bytes

    model, path = Path(model), Path(path)
    if months is not None and not 1 <= months <= LONGEST_WISH:
        raise CedreError(
            f"Une prolongation se demande pour 1 à {LONGEST_WISH} mois (donné : {months})."
        )
    _refuse_itself(model, path)
    day = on or date.today()
    records = opened(path, day).records
    someone = one_person(records, person)
    form = Form.of(read_bytes(model), model)
    answers = Answers(records, someone, day, months)
    known = _map_of(form, path, Path(mapping) if mapping is not None else None, answers)
    _refuse_without_pass(path, known, someone)
    plan, data = filled_form(form, known, answers)
    warnings = tuple(filter(None, [lacks_sentence(not_found(records))]))
    return Fill(model, path, someone.name, plan, warnings, data)


def _refuse_itself(model: Path, path: Path) -> None:
    if model.suffix.lower() not in _KINDS:
        raise CedreError(
            f"{model} : un formulaire se remplit en .xlsx ou .xlsm ; ouvrez-le dans Excel ou "
            "LibreOffice et enregistrez-le ainsi."
        )
    if model.resolve() == path.resolve():
        raise CedreError(f"{model} : c'est le classeur lui-même ; donnez le formulaire d'abord.")


def _map_of(form: Form, path: Path, mapping: Path | None, answers: Answers) -> FormMap:
    """The mapping of a form: the one given, else the one beside the workbook, else a known form."""
    from cedre_xlsx.paperwork.map_file import map_path, read_form_map
    from cedre_xlsx.paperwork.prolongation import official_map

    beside = map_path(form.path, path)
    if mapping is None and beside.exists():
        mapping = beside
    if mapping is not None:
        return read_form_map(mapping, answers.own_columns)
    known = official_map(form)
    if known is None:
        raise CedreError(
            f"{form.path} : ce n'est ni le classeur officiel de prolongation, ni un formulaire "
            f"dont la correspondance est notée ({beside.name}) ; rien n'est écrit. Faites-la par : "
            f'cedre-xlsx fill "{form.path}" "{path}" --learn'
        )
    return known


def _refuse_without_pass(path: Path, known: FormMap, someone: Person) -> None:
    """Raise CedreError where the form asks for a prolongation, and there is nothing to prolong."""
    from cedre_xlsx.paperwork.fields import LENGTH_WISHED

    asked = {word_key(slot.field) for slot in known.slots}
    row = someone.latest
    if word_key(LENGTH_WISHED) in asked and row.lacks("pass_number", "pass_start", "pass_end"):
        raise CedreError(
            f"{path} : « {someone.name} » n'a pas de PASS IAE dans Personnes (ligne {row.row}) ; "
            "rien n'est écrit. Notez son numéro, son début et sa fin (colonnes du jeu « pass » : "
            "cedre-xlsx upgrade --pack pass)."
        )


def apply_fill(found: Fill, output: Path | str | None = None, *, force: bool = False) -> Filled:
    """Write the filled form in a new file; by default beside the workbook, with the name.

    Raises CedreError for a file that exists unless `force`, and always for the form itself and for
    the workbook.
    """
    from cedre_xlsx.workbook.package.replace import write_new

    target = Path(output) if output is not None else found.default_output
    if target.suffix.lower() != found.model.suffix.lower():
        raise CedreError(
            f"{target} : le formulaire rempli se termine par {found.model.suffix}, comme le "
            "modèle ; corrigez ce nom."
        )
    if target.resolve() in (found.model.resolve(), found.workbook.resolve()):
        raise CedreError(
            f"{target} : le formulaire rempli va dans un nouveau fichier ; donnez un autre nom."
        )
    write_new(target, found.data, overwrite=force)
    return Filled(found.model, found.person, found.plan, target, found.warnings)


@checked
def fill(
    model: Path | str,
    path: Path | str,
    *,
    person: str,
    months: Months | None = None,
    mapping: Path | str | None = None,
    on: date | None = None,
    output: Path | str | None = None,
    dry_run: bool = False,
    force: bool = False,
) -> Filled:
    """Fill a form for someone, in a new file; arguments as for `find_fill` and `apply_fill`."""
    found = find_fill(model, path, person=person, months=months, mapping=mapping, on=on)
    if dry_run:
        return Filled(found.model, found.person, found.plan, warnings=found.warnings)
    return apply_fill(found, output, force=force)


@checked
def learn_form(model: Path | str, path: Path | str, *, force: bool = False) -> Learned:
    """Propose where ours go in a form, by the labels beside its empty cells, as a file to correct.

    It is kept beside the workbook, under the form's name, and used by `fill` from then on. Raises
    CedreError where it is there already unless `force`, and for a form without an empty cell.
    """
    from cedre_xlsx.paperwork.form import Form
    from cedre_xlsx.paperwork.learn import learned_slots
    from cedre_xlsx.paperwork.map_file import form_map_text, map_path
    from cedre_xlsx.workbook.package.replace import write_new
    from cedre_xlsx.workbook.read.formats import read_bytes

    model, path = Path(model), Path(path)
    _refuse_itself(model, path)
    opened(path, date.today())
    slots = learned_slots(Form.of(read_bytes(model), model))
    if not slots:
        raise CedreError(
            f"{model} : aucune case vide n'y a de libellé à sa gauche ou au-dessus ; rien n'est "
            "écrit."
        )
    target = map_path(model, path)
    write_new(target, form_map_text(model, slots).encode(), overwrite=force)
    return Learned(target, len(slots), sum(bool(slot.field) for slot, _ in slots))
