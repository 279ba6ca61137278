"""`fill`: someone else's form workbook filled for one person, every other byte of it kept."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from cedre_xlsx.api.arguments import Months, checked
from cedre_xlsx.api.form_maps import chosen_map, form_of
from cedre_xlsx.api.opening import lacks_sentence, not_found, opened
from cedre_xlsx.method.french import counted
from cedre_xlsx.schema.errors import CedreError

if TYPE_CHECKING:
    from cedre_xlsx.paperwork.model import FillPlan, FormMap
    from cedre_xlsx.schema.records import Person, Records

LONGEST_WISH = 12  # months of one request


@dataclass(frozen=True, slots=True)
class Fill:
    """What filling a form for someone would do; `data` is the form so filled, `mapping` the file
    that said what goes where, None for a form that is known.
    """

    model: Path
    workbook: Path
    person: str
    plan: FillPlan
    warnings: tuple[str, ...] = ()
    mapping: Path | None = None
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
        if not self.plan.written:
            return f"{self.model} : rien à remplir pour {self.person} ; rien n'est écrit."
        count = counted(len(self.plan.written), "case remplie", "cases remplies")
        if self.output is None:
            return f"{self.model} : {count} pour {self.person} ; rien n'est écrit."
        return f"{self.output} : {count} pour {self.person}."


@checked
def find_fill(
    model: Path | str,
    path: Path | str,
    *,
    person: str,
    months: Months | None = None,
    mapping: Path | str | FormMap | None = None,
    on: date | None = None,
) -> Fill:
    """What filling a form for someone of a workbook would do; both are only read.

    The State's workbook for the prolongation of a PASS IAE is known; any other form needs a
    `mapping`, which is looked for beside the workbook (`learn_form` proposes one, `form_choices`
    one without a file). `months` is the prolongation that is asked for. Raises UnknownFormError
    where there is none; CedreError for a form that is not the one expected, one whose labels have
    moved, a protected one, one that names someone else, and for someone unknown, or not told from
    another, or without the PASS that the form is about.
    """
    from cedre_xlsx.api.naming import one_person
    from cedre_xlsx.paperwork.answers import Answers
    from cedre_xlsx.paperwork.planning import filled_form

    model, path = Path(model), Path(path)
    if months is not None and not 1 <= months <= LONGEST_WISH:
        raise CedreError(
            f"Une prolongation se demande pour 1 à {LONGEST_WISH} mois (donné : {months})."
        )
    form = form_of(model, path)
    day = on or date.today()
    records = opened(path, day).records
    someone = one_person(records, person)
    answers = Answers(records, someone, day, months)
    given = Path(mapping) if isinstance(mapping, str) else mapping
    chosen = chosen_map(form, path, given, answers.own_columns)
    _refuse_without_pass(path, chosen.mapping, someone)
    plan, data = filled_form(form, chosen.mapping, answers)
    warnings = [chosen.warning, *_warnings(records, chosen.mapping, months)]
    said = tuple(filter(None, warnings))
    return Fill(model, path, someone.name, plan, said, chosen.path, data)


def _warnings(records: Records, known: FormMap, months: int | None) -> Iterator[str]:
    """What the form is filled without, and what it does not ask for."""
    from cedre_xlsx.paperwork.fields import LENGTH_WISHED, NEED_FIELDS, PROLONGATION_FIELDS
    from cedre_xlsx.paperwork.lacks import lacking_columns

    yield lacks_sentence(not_found(records))
    for lack in lacking_columns(records) if known.asks_for(NEED_FIELDS) else ():
        yield (
            f"{lack} ; ce qui en vient est laissé vide. Redonnez leur intitulé aux colonnes "
            "(cedre-xlsx check dit lesquelles)."
        )
    if months is not None and not known.asks_for(PROLONGATION_FIELDS):
        yield (
            f"--months ne sert pas ici : aucune case de ce formulaire n'a le champ "
            f"« {LENGTH_WISHED} »"
        )


def _refuse_without_pass(path: Path, known: FormMap, someone: Person) -> None:
    """Raise CedreError where the form asks for a prolongation, and there is nothing to prolong."""
    from cedre_xlsx.paperwork.fields import PROLONGATION_FIELDS

    row = someone.latest
    if known.asks_for(PROLONGATION_FIELDS) and row.lacks("pass_number", "pass_start", "pass_end"):
        raise CedreError(
            f"{path} : « {someone.name} » n'a pas de PASS IAE dans Personnes (ligne {row.row}) ; "
            "rien n'est écrit. Notez son numéro, son début et sa fin (colonnes du jeu « pass » : "
            "cedre-xlsx upgrade --pack pass)."
        )


def apply_fill(found: Fill, output: Path | str | None = None, *, force: bool = False) -> Filled:
    """Write the filled form in a new file; by default beside the workbook, with the name.

    It is protected by the workbook's password, else by the form's, where one is. Nothing is written
    where no cell is filled. Raises CedreError for a file that exists unless
    `force`, then for one that is open elsewhere, and always for the form itself and for the
    workbook.
    """
    from cedre_xlsx.files.locks import ensure_writable
    from cedre_xlsx.files.replace import ensure_may_be_written, write_new

    target = Path(output) if output is not None else found.default_output
    if target.is_dir():
        ensure_may_be_written(target)
    if target.suffix.lower() != found.model.suffix.lower():
        raise CedreError(
            f"{target} : le formulaire rempli se termine par {found.model.suffix}, comme le "
            "modèle ; corrigez ce nom."
        )
    if target.resolve() in (found.model.resolve(), found.workbook.resolve()):
        raise CedreError(
            f"{target} : le formulaire rempli va dans un nouveau fichier ; donnez un autre nom."
        )
    if not found.plan.written:
        return Filled(found.model, found.person, found.plan, None, found.warnings)
    if target.is_file() and force:
        ensure_writable(target)
    write_new(target, _protected(found), overwrite=force)
    return Filled(found.model, found.person, found.plan, target, found.warnings)


def _protected(found: Fill) -> bytes:
    """The filled form, protected as the workbook is, else as the form was."""
    from cedre_xlsx.files.protection import is_protected, protected_like

    source = found.workbook if is_protected(found.workbook) else found.model
    return protected_like(found.data, source)


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
