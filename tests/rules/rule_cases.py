"""Small workbooks for the rules: good rows, of which a case changes what it is about."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

import pytest
from openpyxl.utils.cell import get_column_letter, range_boundaries

from cedre_xlsx.method.values import DatedText, Deadline
from cedre_xlsx.method.vocabulary import (
    Achieved,
    EngagementForm,
    ExitCategory,
    Nature,
    Status,
    Title,
)
from cedre_xlsx.rules import find_rule, run
from cedre_xlsx.schema.barriers import BarrierRow
from cedre_xlsx.schema.columns import Row
from cedre_xlsx.schema.engagements import EngagementRow
from cedre_xlsx.schema.findings import Finding
from cedre_xlsx.schema.follow_up import FollowUpRow
from cedre_xlsx.schema.fusion import Waiting
from cedre_xlsx.schema.generated import ControlRow, OldNoteRow, SynthesisRow
from cedre_xlsx.schema.generated_sheets import Recognised
from cedre_xlsx.schema.kept import KeptNote
from cedre_xlsx.schema.missions import MissionRow
from cedre_xlsx.schema.people import PersonRow
from cedre_xlsx.schema.records import Records, Table
from cedre_xlsx.schema.settings import Settings
from cedre_xlsx.schema.state import (
    Area,
    BookState,
    FormState,
    ListRule,
    SheetState,
    TableState,
)
from cedre_xlsx.schema.tables import (
    BARRIERS,
    CONTROL,
    ENGAGEMENTS,
    FOLLOW_UP,
    HEADER_ROW,
    MISSIONS,
    OLD_NOTES,
    PEOPLE,
    SYNTHESIS,
)

#: The day of the count: a Tuesday.
ON = date(2026, 5, 12)
TODAY = ON

#: A case: the rows of a small workbook, and the cells that the rule must name ("" for none), as
#: `places` writes them: "rome5" is the field `rome` in row 5, wherever its column stands.
Cases = Mapping[str, Sequence[tuple[list[Any], str]]]
#: The cases of which the rule says nothing.
Passing = Mapping[str, Sequence[list[Any]]]


def day(text: str) -> date:
    """ "05/03" is the 5th of March 2026; "05/03/24" is in 2024."""
    parts = [int(part) for part in text.split("/")]
    return date(2000 + parts[2] if len(parts) > 2 else 2026, parts[1], parts[0])


def ago(days: int) -> date:
    return ON - timedelta(days=days)


def due(text: str, *, moves: int = 0, typed: str = "", first: str = "") -> Deadline:
    return Deadline(typed, day(text), day(first or text), moves)


def condition(text: str) -> Deadline:
    return Deadline(text, None, None, condition=True)


def _typed(cells: dict[str, Any], dates: Iterable[str], deadlines: Iterable[str]) -> None:
    """Let a case write its dates as texts."""
    for name in dates:
        if isinstance(cells.get(name), str):
            cells[name] = day(cells[name])
    for name in deadlines:
        if isinstance(cells.get(name), str):
            cells[name] = due(cells[name])
        elif isinstance(cells.get(name), date):
            cells[name] = Deadline("", cells[name], cells[name])


def person(name: str = "Martin Paul", **cells: Any) -> PersonRow:
    """Someone followed since the 5th of January, about whom nothing is lacking."""
    last, _, first = name.partition(" ")
    good: dict[str, Any] = {
        "last_name": last,
        "first_name": first,
        "title": Title.MR,
        "birth_year": 1990,
        "advisor": "Linda Roux",
        "interview": "05/01",
        "registered": "05/01",
        "request": "Cherche des missions de peinture.",
        **cells,
    }
    dates = ("pre_reception", "interview", "registered", "exited", "paused_until", "later_on")
    spans = ("contract_start", "contract_end", "pass_start", "pass_end", "pass_suspended_until")
    _typed(good, (*dates, *spans), ())
    return PersonRow(row=0, **good)


def left(name: str = "Martin Paul", exited: str = "31/03", **cells: Any) -> PersonRow:
    """Someone who left, as a good row tells it."""
    good = {"exited": exited, "exit_category": ExitCategory.DURABLE, "exit_reason": "CDI"}
    return person(name, **{**good, **cells})


def action(who: str = "Martin Paul", **cells: Any) -> FollowUpRow:
    """An interview of last week, done, with all that it needs."""
    dated = cells.pop("day", "04/05")
    good: dict[str, Any] = {
        "person": who,
        "action": "Entretien individuel",
        "objective": "Préciser le projet",
        "status": Status.DONE,
        "outcome": "À revoir après la mission",
        "minutes": 45,
        **cells,
    }
    if dated is not None and "dated" not in good:
        good["dated"] = DatedText("", day(dated) if isinstance(dated, str) else dated)
    _typed(good, (), ("deadline",))
    return FollowUpRow(row=0, **good)


def to_do(who: str = "Martin Paul", **cells: Any) -> FollowUpRow:
    """An action under way, due in a month."""
    good = {"status": Status.UNDER_WAY, "outcome": "", "minutes": None, "deadline": "12/06"}
    return action(who, **{**good, **cells})


def engagement(who: str = "Martin Paul", **cells: Any) -> EngagementRow:
    """A découverte under way, agreed in April, due in July."""
    good: dict[str, Any] = {
        "reference": "D-2026-001",
        "person": who,
        "agreed": "01/04",
        "advisor": "Linda Roux",
        "type": "D",
        "needs": "Un métier du bâtiment",
        "object": "Découvrir la peinture",
        "structure_means": "Proposer deux missions",
        "person_means": "Se rendre disponible",
        "deadline": "01/07",
        "review_planned": "01/07",
        "form": EngagementForm.SIGNED,
        **cells,
    }
    _typed(good, ("agreed", "reviewed"), ("deadline", "review_planned"))
    return EngagementRow(row=0, **good)


def reviewed(who: str = "Martin Paul", *, on: str = "04/05", **cells: Any) -> EngagementRow:
    """An engagement whose review is done and told."""
    good = {"reviewed": on, "achieved": Achieved.FULLY, "follow_up": False, "comments": "Bien."}
    return engagement(who, **{**good, **cells})


def mission(who: str = "Martin Paul", **cells: Any) -> MissionRow:
    """A short mission of April."""
    good: dict[str, Any] = {
        "person": who,
        "nature": Nature.MAD,
        "start": "20/04",
        "end": "24/04",
        "hours": 20.0,
        "client": "Particulier A",
        "trade": "Peintre",
        "rome": "F1606",
        **cells,
    }
    _typed(good, ("start", "end"), ())
    return MissionRow(row=0, **good)


def barrier(who: str = "Martin Paul", **cells: Any) -> BarrierRow:
    good: dict[str, Any] = {"person": who, "barrier": "Mobilité", "identified": "05/01", **cells}
    _typed(good, ("identified", "lifted"), ())
    return BarrierRow(row=0, **good)


def noted(**cells: Any) -> SynthesisRow:
    """A row of the last Synthèse."""
    return SynthesisRow(row=0, **cells)


def justified(**cells: Any) -> ControlRow:
    """A row of the last Contrôle."""
    return ControlRow(row=0, **cells)


def old_note(**cells: Any) -> OldNoteRow:
    """A row of Notes anciennes."""
    return OldNoteRow(row=0, **cells)


_TABLES: dict[type[Row], Any] = {
    PersonRow: PEOPLE,
    FollowUpRow: FOLLOW_UP,
    EngagementRow: ENGAGEMENTS,
    MissionRow: MISSIONS,
    BarrierRow: BARRIERS,
    SynthesisRow: SYNTHESIS,
    ControlRow: CONTROL,
    OldNoteRow: OLD_NOTES,
}
_FIELDS = {
    PersonRow: "people",
    FollowUpRow: "follow_ups",
    EngagementRow: "engagements",
    MissionRow: "missions",
    BarrierRow: "barriers",
    SynthesisRow: "synthesis",
    ControlRow: "control",
    OldNoteRow: "old_notes",
}


@dataclass(frozen=True)
class InSheet:
    """The state of the sheet of a table."""

    model: type[Row]
    state: SheetState


@dataclass(frozen=True)
class Beside:
    """A file beside the workbook."""

    name: str


def area(cells: str) -> Area:
    """ "C5:D6" as an area."""
    first_column, first_row, last_column, last_row = range_boundaries(cells)
    return Area(first_row or 1, first_column or 1, last_row or 1, last_column or 1)


def in_sheet(
    model: type[Row],
    *,
    merged: str = "",
    hidden: Iterable[int] = (),
    lists: str = "",
    guards: str = "",
    source: str = "lstStatut",
    colours: Iterable[str] = (),
    formulas: str = "",
    broken: str = "",
    called: str = "",
) -> InSheet:
    """The state of a sheet, its areas typed as Excel shows them; `guards` are the cells with a
    rule for what is typed, those of `lists` aside; `formulas` and `broken` are single
    cells, `called` the tables that the formulas name.
    """
    computed = _by_column(formulas)
    return InSheet(
        model,
        SheetState(
            merged=tuple(map(area, merged.split())),
            hidden_rows=frozenset(hidden),
            lists=tuple(ListRule(source, (area(one),)) for one in lists.split()),
            helped=tuple(map(area, f"{lists} {guards}".split())),
            guards=tuple(map(area, guards.split())),
            colours=tuple(tuple(map(area, one.split())) for one in colours),
            formulas=computed,
            broken=_by_column(broken),
            called={column: frozenset(called.split()) for column in computed},
        ),
    )


def _by_column(addresses: str) -> dict[int, frozenset[int]]:
    found: defaultdict[int, set[int]] = defaultdict(set)
    for one in map(area, addresses.split()):
        found[one.first_column].add(one.first_row)
    return {column: frozenset(rows) for column, rows in found.items()}


@dataclass(frozen=True)
class InExcel:
    """The Excel table over the lines of a model."""

    model: type[Row]
    state: TableState


def in_excel(
    model: type[Row], cells: str, name: str = "", *, headings: int = 0, fills: str = "",
    has_headings: bool = True,
) -> InExcel:  # fmt: skip
    """A table of these cells, by the name of a new workbook; `headings` counts those it knows."""
    spec, over = _TABLES[model], area(cells)
    known = [column.header for column in spec.columns.values()]
    count = headings or over.last_column - over.first_column + 1
    return InExcel(
        model,
        TableState(
            name or spec.table, over, tuple(known[:count]), frozenset(fills.split()), has_headings
        ),
    )


def in_form(
    name: str, *, sheet: str = "", lists: str = "", guards: str = "", protected: bool = True,
    formulas: str = "A1", errors: Iterable[str] = (),
) -> FormState:  # fmt: skip
    """A sheet of ours without lines."""
    state = in_sheet(PersonRow, lists=lists, guards=guards, formulas=formulas).state
    return FormState(name, sheet or name, replace(state, protected=protected), tuple(errors))


#: Names of a new workbook that colours and lists depend on.
NAMES = {
    name.casefold(): "Listes!$A$3"
    for name in ("lstStatut", "lstPersonnes", "cedre_Bientot", "cedre_FinContrat",
                 "cedre_Personnes", "cedre_Pauses", "cedre_Sorties")
}  # fmt: skip


def in_book(
    *, without: str = "", shown: str = "", program: str = "", hollow: str = "", **names: str
) -> BookState:
    """A workbook of ours, some of its names missing, empty or standing for something else."""
    given = {name.casefold(): text for name, text in names.items()}
    kept = {name: text for name, text in NAMES.items() if name not in without.casefold().split()}
    tables = frozenset(spec.table.casefold() for spec in _TABLES.values())
    return BookState(
        program,
        kept | given,
        tables,
        frozenset(shown.casefold().split()),
        frozenset(hollow.casefold().split()),
    )


#: What a structure fills, of which the rules ask nothing more.
SETTINGS = Settings(fte_hours=1607)


def workbook(rows: Sequence[Any]) -> Records:
    """The rows in their tables, from row 5 on; a good person where a case names none."""
    settings = next((row for row in rows if isinstance(row, Settings)), SETTINGS)
    given = [row for row in rows if isinstance(row, Row)]
    if not any(isinstance(row, PersonRow) for row in given):
        given.insert(0, person())
    tables = {}
    states = {one.model: one.state for one in rows if isinstance(one, InSheet)}
    for model, field in _FIELDS.items():
        mine = [row for row in given if isinstance(row, model)]
        numbered = [
            row.model_copy(update={"row": number})
            for number, row in enumerate(mine, HEADER_ROW + 1)
        ]
        table = Table.of(_TABLES[model], tuple(numbered))
        excel = next((o.state for o in rows if isinstance(o, InExcel) and o.model is model), None)
        tables[field] = replace(table, state=states.get(model), excel=excel)
    copies = tuple(one.name for one in rows if isinstance(one, Beside))
    return Records(
        settings=settings,
        rival_copies=copies,
        fusion=next((one for one in rows if isinstance(one, Waiting)), None),
        generated=tuple(one for one in rows if isinstance(one, Recognised)),
        book=next((one for one in rows if isinstance(one, BookState)), None),
        kept=tuple(one for one in rows if isinstance(one, KeptNote)),
        forms=tuple(one for one in rows if isinstance(one, FormState)),
        **tables,
    )


def findings(rows: Sequence[Any], code: str, on: date = ON) -> list[Finding]:
    """What the rule says of these rows; a date among them is the day of the count."""
    day = next((row for row in rows if isinstance(row, date)), on)
    return [finding for finding in run(workbook(rows), (), on=day) if finding.code == code]


def cells(found: Iterable[Finding]) -> str:
    return " ".join(finding.place.cell or f"row {finding.place.row}" for finding in found)


def places(found: Iterable[Finding]) -> str:
    """The cells by field and row, where the column is one of ours."""
    return " ".join(map(_place, found))


def _place(finding: Finding) -> str:
    cell = cells([finding])
    spec = next((one for one in _TABLES.values() if one.sheet == finding.place.sheet), None)
    letters = cell.rstrip("0123456789")
    for number, field in enumerate(spec.columns if spec else (), 1):
        if letters == get_column_letter(number):
            return field + cell.removeprefix(letters)
    return cell


def assert_told(found: Sequence[Finding]) -> None:
    """Every finding says what, what to do, and in French."""
    for finding in found:
        assert finding.name == find_rule(finding.code).name
        assert finding.message.endswith((".", "?"))
        assert finding.help.endswith((".", "?"))
        assert "None" not in finding.message + finding.help
        assert "«  »" not in finding.message + finding.help


def flat(cases: Cases) -> list[tuple[str, list[Any], str]]:
    """The cases one by one, with the code of their rule."""
    return [(code, rows, expected) for code, mine in cases.items() for rows, expected in mine]


def cases_as_tests(
    failing: Cases,
    passing: Passing,
    told: Callable[[Sequence[Finding]], str] | None = None,
) -> tuple[Callable[..., None], Callable[..., None]]:
    """What every module of cases asks: `test_fails` and `test_passes`. `told` writes the places of
    the findings, as `places` does where none is given.
    """
    write = told or places

    @pytest.mark.parametrize(("code", "rows", "expected"), flat(failing))
    def test_fails(code: str, rows: list[Any], expected: str) -> None:
        found = findings(rows, code)
        assert write(found) == expected
        assert_told(found)

    @pytest.mark.parametrize(
        ("code", "rows"), [(code, rows) for code, mine in passing.items() for rows in mine]
    )
    def test_passes(code: str, rows: list[Any]) -> None:
        assert [finding.message for finding in findings(rows, code)] == []

    return test_fails, test_passes


def with_settings(**values: Any) -> Settings:
    return replace(SETTINGS, **values)
