"""`minutes`: the decisions of a meeting become lines of `Suivi`, once; its compte rendu as PDF."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from cedre_xlsx.api.arguments import checked
from cedre_xlsx.api.collection import without_collection
from cedre_xlsx.api.noting import refuse_without_lines, unread
from cedre_xlsx.api.opening import lacks_sentence, not_found, open_book
from cedre_xlsx.files.locks import ensure_writable
from cedre_xlsx.method.french import counted
from cedre_xlsx.method.french import day as french_day
from cedre_xlsx.method.text import readable, squeeze
from cedre_xlsx.schema.errors import CedreError
from cedre_xlsx.schema.generated_sheets import MEETING_KIND
from cedre_xlsx.schema.records import Records

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cedre_xlsx.forms.output import Document
    from cedre_xlsx.reports.minutes import MeetingPlan, ToPour
    from cedre_xlsx.workbook.edit.model import Edited
    from cedre_xlsx.workbook.read import Reading
    from cedre_xlsx.workbook.read.raw import RawWorkbook

_SUIVI = "tSuivi"


@dataclass(frozen=True, slots=True)
class PouredLine:
    """A decision that became a line: whose, its words, its reference, the cell of the line; `who`
    takes care of it, `due` when, as they were typed.
    """

    person: str
    text: str
    reference: str
    place: str
    was_there: bool = False
    who: str = ""
    due: str = ""

    @property
    def sentence(self) -> str:
        """The line in one line."""
        done = "était déjà là" if self.was_there else "nouvelle ligne"
        words = squeeze(self.text)
        return f"{self.place} : {self.person}, « {words} » ({self.reference}, {done})"


@dataclass(frozen=True, slots=True)
class Minutes:
    """What became of the decisions of a meeting.

    `left` says what was not poured, or not wholly, `to_correct` which decisions and lines do not
    say the same any more, `deleted` which lines were deleted since and are not made again:
    sentences, each with its cell. `settled` counts the decisions that were lines already; `pdf` is
    the compte rendu. Without `written`, nothing was: that is what would be done, and `would_be` the
    compte rendu to be, where a folder was named for it. `team` are the advisors of Paramètres.
    """

    path: Path
    on: date
    poured: tuple[PouredLine, ...] = ()
    settled: int = 0
    to_correct: tuple[str, ...] = ()
    deleted: tuple[str, ...] = ()
    left: tuple[str, ...] = ()
    pdf: Path | None = None
    would_be: Path | None = None
    team: tuple[str, ...] = ()
    written: bool = True
    warnings: tuple[str, ...] = ()

    @property
    def sentence(self) -> str:
        """One line for the person who ran it."""
        count = counted(len(self.poured), "décision")
        if not self.written:
            return f"{self.path} : {count} à verser dans Suivi ; rien n'est écrit."
        if self.poured:
            did = "versée" if len(self.poured) < 2 else "versées"
            return f"{self.path} : {count} {did} dans Suivi, réunion du {french_day(self.on)}."
        known = f", {counted(self.settled, 'déjà versée', 'déjà versées')}" if self.settled else ""
        return f"{self.path} : aucune décision à verser{known}."


@checked
@without_collection
def minutes(
    path: Path | str,
    *,
    on: date | None = None,
    present: Sequence[str] = (),
    folder: Path | str | None = None,
    dry_run: bool = False,
    force: bool = False,
) -> Minutes:
    """Make each decision of `Réunion` a line of `Suivi`, dated `on`, the day of the meeting.

    A decision becomes a line once: its reference stands beside it in `Versée`. With `folder`, the
    compte rendu is written there as PDF, `present` being who was there. Raises CedreError, and
    leaves the file as it was, when it is locked, of a kind that is not written, changed in the
    meantime or without Réunion or Suivi, and for a PDF that exists unless `force`.
    """
    from cedre_xlsx.files.replace import LINKED, has_other_names, replace_file
    from cedre_xlsx.forms.typesetting import typst_module
    from cedre_xlsx.reports.minutes import plan_of

    path = Path(path)
    day = on or date.today()
    if not dry_run:
        ensure_writable(path)
    book = open_book(path, day)
    reading, records = book.reading, book.reading.records
    _refuse_lacking(path, records)
    plan, edited = _edited(book.data, plan_of(records.living, day), records, book.workbook, path)
    target = Path(folder) if folder is not None else None
    document = _compte_rendu(path, reading, plan, present) if target and not dry_run else None
    if target is not None and document is not None:
        typst_module()
        _refuse_existing(target, f"{document.stem}.pdf", force=force)
    warnings = [*filter(None, [lacks_sentence(not_found(records))])]
    if plan.to_pour and not dry_run:
        if has_other_names(path):
            warnings.append(LINKED)
        replace_file(path, edited.data, expected_sha256=book.sha256)
    count = len(plan.to_pour)
    pdf = (
        _written(target, document, day, poured=count, force=force) if target and document else None
    )
    return Minutes(
        path=path,
        on=day,
        poured=tuple(_lines(plan, edited, records)),
        settled=len(plan.settled),
        to_correct=tuple(one.sentence for one in plan.disagreements),
        deleted=tuple(_deleted(plan)),
        left=(*(one.sentence for one in plan.not_poured), *(one.line for one in edited.left)),
        pdf=pdf,
        would_be=_would_be(target, day) if target and dry_run else None,
        team=records.settings.advisors,
        written=not dry_run,
        warnings=(*warnings, *edited.notes),
    )


def _refuse_lacking(path: Path, records: Records) -> None:
    """Raise CedreError for a workbook without Suivi, or without a Réunion that is ours."""
    refuse_without_lines(path, records)
    known = next((one for one in records.generated if one.kind == MEETING_KIND), None)
    if known is None or not known.tab:
        raise CedreError(
            f"{path} : la feuille « Réunion » n'a pas été trouvée ; rien n'est écrit. "
            "« cedre-xlsx refresh » la refait : notez-y les décisions, puis recommencez."
        )


def _edited(
    data: bytes, plan: MeetingPlan, records: Records, workbook: RawWorkbook, path: Path
) -> tuple[MeetingPlan, Edited]:
    """The workbook with the lines and their references, and the plan without the decisions whose
    reference could not be written: a second run would add them again.
    """
    from dataclasses import replace

    from cedre_xlsx.reports.minutes import NotPoured
    from cedre_xlsx.workbook.edit.model import CellChange, Edited
    from cedre_xlsx.workbook.edit.write import edited

    no_column = "la colonne Versée manque : « cedre-xlsx refresh » la remet"
    while True:
        new = [one for one in plan.to_pour if one.line is None]
        changes = {
            one.decision.row: CellChange(
                one.decision.sheet, one.decision.cells.get("poured", ""), one.reference.text
            )
            for one in plan.to_pour
        }
        if not changes:
            return plan, Edited(data)
        made = edited(
            data,
            records,
            workbook,
            {_SUIVI: [one.row for one in new]},
            list(changes.values()),
            path=path,
        )
        refused = next((one for one in made.left if one.table and not one.field), None)
        if refused is not None:
            raise CedreError(f"{path} : {refused.sheet} : {refused.why}. Rien n'est écrit.")
        why = {one.cell: one.why for one in made.left if not one.table}
        if not why:
            return plan, _proved(made, plan, records, path)
        failed = {row for row, change in changes.items() if change.cell in why}
        plan = replace(
            plan,
            to_pour=tuple(one for one in plan.to_pour if one.decision.row not in failed),
            not_poured=(
                *plan.not_poured,
                *(
                    NotPoured(one.decision, why[one.decision.cells["poured"]])
                    if "poured" in one.decision.cells
                    else NotPoured(one.decision, no_column)
                    for one in plan.to_pour
                    if one.decision.row in failed
                ),
            ),
        )


def _proved(made: Edited, plan: MeetingPlan, records: Records, path: Path) -> Edited:
    """The file as it is read back, each new line as it was meant, and each reference with the
    hidden name that knows its line.
    """
    from dataclasses import replace

    from cedre_xlsx.ooxml.parts import Package
    from cedre_xlsx.schema.generated_sheets import poured_name
    from cedre_xlsx.workbook.line_prints import decision_print, line_identity
    from cedre_xlsx.workbook.package.host import Host
    from cedre_xlsx.workbook.read.assemble import read_raw
    from cedre_xlsx.workbook.read.source import raw_workbook

    after = read_raw(raw_workbook(made.data, path), on=plan.on).records
    rows = {row.row: row for row in after.follow_ups.rows}
    host = Host(Package(made.data))
    for one, number in _numbered(plan, made):
        row = rows.get(number)
        meant = squeeze(one.decision.text)
        is_new = one.line is None
        if row is None or (is_new and (squeeze(row.action), row.day) != (meant, plan.on)):
            raise unread(path, f"la ligne « {meant} » ne se relit pas dans Suivi")
        said = decision_print(one.decision)
        host.define(*poured_name(one.reference, line_identity(after, row), said), hidden=True)
    if len(after.follow_ups.rows) != len(records.follow_ups.rows) + len(made.placed):
        raise unread(path, "les lignes de Suivi ne se relisent pas toutes")
    host.save()
    return replace(made, data=host.package.data())


def _numbered(plan: MeetingPlan, made: Edited) -> Iterator[tuple[ToPour, int]]:
    """Each decision with the number of its row in Suivi."""
    placed = {one.index: one.row for one in made.placed}
    rank = 0
    for one in plan.to_pour:
        if one.line is not None:
            yield one, one.line.row
        else:
            yield one, placed[rank]
            rank += 1


def _lines(plan: MeetingPlan, made: Edited, records: Records) -> Iterator[PouredLine]:
    from cedre_xlsx.schema.records import column_letter

    column = records.follow_ups.columns.get("action", 1)
    for one, number in _numbered(plan, made):
        person = records.name_or_typed(one.decision.person)
        place = f"{records.follow_ups.sheet}!{column_letter(column)}{number}"
        there = one.line is not None
        due = one.decision.due
        yield PouredLine(
            person, one.decision.text, one.reference.text, place,
            was_there=there,
            who=squeeze(one.decision.who),
            due=french_day(due) if isinstance(due, date) else squeeze(str(due or "")),
        )  # fmt: skip


def _deleted(plan: MeetingPlan) -> Iterator[str]:
    for one in plan.deleted:
        words = f"« {squeeze(one.decision.text)} »"
        yield (
            f"{one.decision.sheet}!A{one.decision.row} {one.person}, {words} "
            f"({one.reference.text}) : sa ligne n'est plus dans Suivi (supprimée, ou toute changée)"
            " ; elle n'est pas refaite."
        )


def _compte_rendu(
    path: Path, reading: Reading, plan: MeetingPlan, present: Sequence[str]
) -> Document:
    """The compte rendu of the meeting of that day, whatever was poured before."""
    from cedre_xlsx.forms.content import Origin
    from cedre_xlsx.forms.minutes import decided, minutes_form
    from cedre_xlsx.forms.output import Document
    from cedre_xlsx.reports.agenda_rest import unplaced
    from cedre_xlsx.reports.meeting import agenda
    from cedre_xlsx.rules import run

    records, day = reading.records, plan.on
    known = [*(one for one in plan.settled if one.reference.on == day),
             *(one for one in plan.deleted if one.reference.on == day)]  # fmt: skip
    told = [decided(one.decision, one.person) for one in known]
    told += (
        decided(one.decision, records.name_or_typed(one.decision.person)) for one in plan.to_pour
    )
    findings = run(records, reading.problems, on=day)
    origin = Origin(readable(path.name), day)
    agendas = agenda(records, findings, day)
    shown = [item for one in agendas for item in one.items]
    agendas = (*agendas, unplaced(records, findings, shown))
    settled = {one.identity for one in records.decisions if squeeze(one.text)}
    names = [squeeze(name) for name in present if squeeze(name)]
    form = minutes_form(records, told, agendas, settled, names, origin)
    return Document(_stem(day), str(form["running"]), (form,))


def _stem(day: date) -> str:
    """How the file of the compte rendu of a day is called, without its ending."""
    return f"Compte rendu {day.isoformat()}"


def _would_be(folder: Path, day: date) -> Path:
    """Where the compte rendu of a day goes. Raises CedreError for a folder that is a file."""
    name = f"{_stem(day)}.pdf"
    _refuse_existing(folder, name, force=True)
    return folder / name


def _refuse_existing(folder: Path, name: str, *, force: bool) -> None:
    """Raise CedreError, before anything is written, where the compte rendu could not be."""
    from cedre_xlsx.files.replace import already_there

    above = next((one for one in (folder, *folder.parents) if one.exists()), folder)
    if not above.is_dir():
        raise CedreError(
            f"{above} : ce n'est pas un dossier ; donnez-en un autre avec -o. Rien n'est écrit."
        )
    if (folder / name).exists() and not force:
        raise already_there(folder / name)


def _written(folder: Path, document: Document, day: date, *, poured: int, force: bool) -> Path:
    """The compte rendu on the disk; where it cannot be, what was done already is said."""
    from cedre_xlsx.forms.output import write_documents

    try:
        return write_documents([document], folder, on=day, force=force).paths[0]
    except (CedreError, OSError) as error:
        why = str(error) if isinstance(error, CedreError) else f"{folder} ne peut pas être écrit."
        if not poured:
            raise CedreError(why) from error
        did = "La décision est versée" if poured < 2 else f"Les {poured} décisions sont versées"
        raise CedreError(
            f"{did} dans Suivi, mais le compte rendu n'a pas pu être écrit : {why} Recommencez "
            "avec un autre dossier : rien ne sera ajouté deux fois."
        ) from error
