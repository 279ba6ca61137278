"""What people typed in a generated sheet follows its line, whatever happens to the line."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cedre_xlsx.method.values import DatedText, Deadline
from cedre_xlsx.method.vocabulary import Status
from cedre_xlsx.reports.control_sheet import control_sheet
from cedre_xlsx.reports.meeting import agenda, agenda_became
from cedre_xlsx.reports.synthesis import synthesis
from cedre_xlsx.reports.synthesis_sheet import synthesis_sheet
from cedre_xlsx.rules.previous import seen_before
from cedre_xlsx.schema.columns import Row
from cedre_xlsx.schema.findings import Finding, Place, Problem, Severity
from cedre_xlsx.schema.follow_up import FollowUpRow
from cedre_xlsx.schema.generated import ControlRow, SynthesisRow
from cedre_xlsx.schema.people import PersonRow
from cedre_xlsx.schema.records import Records, Table
from cedre_xlsx.schema.tables import CONTROL, FOLLOW_UP, PEOPLE, SYNTHESIS, TableSpec
from cedre_xlsx.workbook.generated import GeneratedSheet, Link
from cedre_xlsx.workbook.line_prints import parts_of
from cedre_xlsx.workbook.read.own_keys import on_their_lines

ON = date(2026, 5, 12)
LATER = date(2026, 6, 1)

Action = tuple[str, date, str]  # person, date, action
A: Action = ("Dupont Jean", date(2026, 5, 1), "Rechercher une MAD")
B: Action = ("Dupont Jean", date(2026, 5, 4), "Atelier CV")
C: Action = ("Martin Zoé", date(2026, 5, 4), "Appel au bailleur")


def records(actions: Sequence[Action], previous: Sequence[SynthesisRow] = ()) -> Records:
    names = dict.fromkeys(["Dupont Jean", "Martin Zoé", *(person for person, _, _ in actions)])
    people = tuple(
        PersonRow(row=5 + i, last_name=name.split()[0], first_name=name.split()[1],
                  registered=date(2026, 1, 5))
        for i, name in enumerate(names)
    )  # fmt: skip
    rows = tuple(
        FollowUpRow(
            row=5 + i, person=person, dated=DatedText("", day), action=action,
            deadline=Deadline("", day, day), status=Status.UNDER_WAY,
        )
        for i, (person, day, action) in enumerate(actions)
    )  # fmt: skip
    return Records(
        people=Table.of(PEOPLE, people),
        follow_ups=Table.of(FOLLOW_UP, rows),
        synthesis=Table.of(SYNTHESIS, tuple(previous)),
    )


def refreshed(
    actions: Sequence[Action], previous: Sequence[SynthesisRow] = (), on: date = ON
) -> GeneratedSheet:
    return synthesis_sheet(records(actions, previous), on, workbook="essai.xlsx", version="1")


def reread(sheet: GeneratedSheet, spec: TableSpec[Row]) -> list[Row]:
    """The rows of a sheet as reading gives them back, those below the table included."""
    found = []
    for index, row in enumerate([*sheet.rows, *sheet.footer]):
        cells = {
            name: value.text if isinstance(value, Link) else value
            for name, value in zip(spec.columns, row.values, strict=True)
            if value is not None
        }
        found.append(spec.model(row=6 + index, **cells))
    return found


def shown(sheet: GeneratedSheet) -> list[SynthesisRow]:
    return [row for row in reread(sheet, SYNTHESIS) if isinstance(row, SynthesisRow)]


def typed(row: SynthesisRow, **cells: object) -> SynthesisRow:
    return row.model_copy(update=cells)


def noted(sheet: GeneratedSheet, notes: dict[str, str]) -> list[SynthesisRow]:
    """The sheet after someone typed notes, by the action of their lines."""
    return [typed(row, notes=notes.get(row.action, row.notes)) for row in shown(sheet)]


def notes_of(sheet: GeneratedSheet) -> dict[tuple[str, str], str]:
    body = shown(replace(sheet, footer=()))
    return {(row.person, row.action): row.notes for row in body if row.notes}


def kept_of(sheet: GeneratedSheet) -> list[str]:
    return [row.notes for row in shown(replace(sheet, rows=())) if row.notes]


FIRST = noted(refreshed([A, B, C]), {A[2]: "voir Paul", C[2]: "urgent"})

CORRECTIONS: dict[str, tuple[list[Action], dict[tuple[str, str], str], list[str]]] = {
    "nothing changed": ([A, B, C], {(A[0], A[2]): "voir Paul", (C[0], C[2]): "urgent"}, []),
    "rows were sorted": ([C, B, A], {(A[0], A[2]): "voir Paul", (C[0], C[2]): "urgent"}, []),
    "case and accents": (
        [(A[0], A[1], "rechercher une  MAD"), B, C],
        {(A[0], "rechercher une  MAD"): "voir Paul", (C[0], C[2]): "urgent"}, [],
    ),
    "the action was corrected": (
        [(A[0], A[1], "Trouver une MAD"), B, C],
        {(A[0], "Trouver une MAD"): "voir Paul", (C[0], C[2]): "urgent"}, [],
    ),
    "the date was corrected": (
        [(A[0], date(2026, 5, 2), A[2]), B, C],
        {(A[0], A[2]): "voir Paul", (C[0], C[2]): "urgent"}, [],
    ),
    "the person was corrected": (
        [("Dupond Jean", A[1], A[2]), B, C],
        {("Dupond Jean", A[2]): "voir Paul", (C[0], C[2]): "urgent"}, [],
    ),
    "two of the three were corrected": (
        [(A[0], date(2026, 5, 2), "Trouver une MAD"), B, C],
        {(C[0], C[2]): "urgent"}, ["voir Paul"],
    ),
    "the correction may be either of two lines": (
        [(A[0], A[1], "Trouver une MAD"), (A[0], A[1], "Atelier"), B, C],
        {(C[0], C[2]): "urgent"}, ["voir Paul"],
    ),
    "the line was deleted": ([B, C], {(C[0], C[2]): "urgent"}, ["voir Paul"]),
    "everything was deleted": ([], {}, ["voir Paul", "urgent"]),
}  # fmt: skip


@pytest.mark.parametrize("case", CORRECTIONS)
def test_notes_follow_their_line(case: str) -> None:
    actions, notes, kept = CORRECTIONS[case]
    sheet = refreshed(actions, FIRST, LATER)
    assert notes_of(sheet) == notes
    assert kept_of(sheet) == kept


def test_a_line_that_is_only_not_shown_any_more_does_not_give_its_note_away() -> None:
    done = records([A, B], FIRST)
    closed = done.follow_ups.rows[0].model_copy(
        update={"status": Status.DONE, "outcome": "trouvée"}
    )
    new = FollowUpRow(row=9, person=A[0], dated=DatedText("", A[1]), action="Autre chose")
    rows = (closed, done.follow_ups.rows[1], new)
    after = replace(done, follow_ups=Table.of(FOLLOW_UP, rows))
    sheet = synthesis_sheet(after, date(2026, 12, 1), workbook="essai.xlsx", version="1")
    assert notes_of(sheet) == {}
    assert kept_of(sheet) == ["voir Paul", "urgent"]


def test_kept_notes_say_where_they_come_from_and_since_when() -> None:
    row = shown(replace(refreshed([B, C], FIRST, LATER), rows=()))[1]
    assert (row.person, row.dates, row.action) == A
    assert row.outcome == (
        "Cette ligne n'est plus dans le tableau depuis l'actualisation du 01/06/2026."
    )


def test_kept_notes_stay_until_they_are_erased_and_go_back_to_their_line() -> None:
    first = refreshed([B, C], FIRST, LATER)
    second = refreshed([B, C], shown(first), date(2026, 7, 1))
    assert second.footer == first.footer
    erased = [typed(row, notes="") if row.action == A[2] else row for row in shown(second)]
    assert refreshed([B, C], erased, date(2026, 7, 1)).footer == ()
    back = refreshed([A, B, C], shown(second), date(2026, 7, 1))
    assert notes_of(back)[A[0], A[2]] == "voir Paul"
    assert back.footer == ()


CHANGES: dict[str, tuple[dict[str, object], list[str]]] = {
    "a cross": ({"done": "X"}, ["X"]),
    "a text": ({"objective": "Se loger d'abord"}, ["Se loger d'abord"]),
    "a date": ({"deadline": date(2026, 9, 1)}, ["01/09/2026"]),
    "a cell erased": ({"under_way": ""}, []),
    "spaces only": ({"action": A[2] + "  "}, []),
}


@pytest.mark.parametrize("case", CHANGES)
def test_other_cells_that_someone_changed_are_reported_and_kept(case: str) -> None:
    change, kept = CHANGES[case]
    before = shown(refreshed([A, B, C]))
    after = [typed(row, **change) if row.person == A[0] and row.dates == A[1] else row
             for row in before]  # fmt: skip
    sheet = refreshed([A, B, C], after, LATER)
    assert kept_of(sheet) == kept
    assert len(sheet.notes) == len(kept)
    assert refreshed([A, B, C], shown(sheet), LATER).footer == sheet.footer
    for note in sheet.notes:
        assert note.startswith("01/05/2026, Dupont Jean, Rechercher une MAD : Cellule « ")


def test_a_line_typed_by_hand_below_the_others_is_kept() -> None:
    mine = SynthesisRow(row=40, person="Martin Zoé", action="Appeler demain")
    sheet = refreshed([A, B, C], [*FIRST, mine])
    row = shown(replace(sheet, rows=()))[1]
    assert (row.person, row.action) == ("Martin Zoé", "Appeler demain")
    assert refreshed([A, B, C], shown(sheet)).footer == sheet.footer


def test_without_the_key_column_the_notes_still_follow() -> None:
    sheet = refreshed([C, A], [typed(row, key="") for row in FIRST])
    assert notes_of(sheet) == {(A[0], A[2]): "voir Paul", (C[0], C[2]): "urgent"}
    assert sheet.footer == ()


def test_sorted_without_its_key_and_another_column_a_note_follows_what_its_row_shows() -> None:
    """As when the columns seen first are sorted alone, where no table keeps rows whole."""
    left = {row.row: row for row in FIRST}
    turned = dict(zip(left, [*list(left.values())[1:], FIRST[0]], strict=True))
    rows = [
        row.model_copy(update={
            "row": number, "key": left[number].key, "understood": left[number].understood,
        })
        for number, row in turned.items()
    ]  # fmt: skip
    known = [row for row in on_their_lines(rows, SYNTHESIS) if isinstance(row, SynthesisRow)]
    assert notes_of(refreshed([A, B, C], known)) == notes_of(refreshed([A, B, C], FIRST))


def test_a_sentence_names_an_action_of_several_lines_by_its_first() -> None:
    signed = ("Dupont Jean", date(2026, 5, 1), "Engagement CP-2026-001\nLa structure : accueillir")
    before = [typed(row, notes="à relire") for row in shown(refreshed([signed]))[:1]]
    (note,) = refreshed([B], before).notes
    assert note.startswith("01/05/2026, Dupont Jean, Engagement CP-2026-001 : Cette ligne n'est")


def test_twins_keep_each_their_note() -> None:
    first = shown(refreshed([A, A]))
    noted_twins = [typed(row, notes=f"note {i}") for i, row in enumerate(first)]
    again = refreshed([A, A], list(reversed(noted_twins)))
    assert [row.notes for row in shown(again)] == ["note 0", "note 1", "note 2"]


def twins(*told: tuple[str, date]) -> Records:
    """Lines of one person, day and action, that differ by their objective and deadline."""
    made = records([A for _ in told])
    rows = tuple(
        row.model_copy(update={"objective": objective, "deadline": Deadline("", due, due)})
        for row, (objective, due) in zip(made.follow_ups.rows, told, strict=True)
    )
    return replace(made, follow_ups=Table.of(FOLLOW_UP, rows))


MAY, JUNE = date(2026, 5, 20), date(2026, 6, 20)
HOUSING, WORK = ("Se loger", JUNE), ("Travailler", MAY)

#: What is left of two twins, with a note each, at the next refresh: whose note is where.
TWINS: dict[str, tuple[tuple[tuple[str, date], ...], dict[str, str], list[str]]] = {
    "both": ((HOUSING, WORK), {"Se loger": "logement", "Travailler": "travail"}, []),
    "the more urgent is over": ((HOUSING,), {"Se loger": "logement"}, ["travail"]),
    "the less urgent is over": ((WORK,), {"Travailler": "travail"}, ["logement"]),
    "one is more urgent now": (
        (("Se loger", date(2026, 5, 13)), WORK),
        {"Se loger": "logement", "Travailler": "travail"}, [],
    ),
    "the one that stays is due later": (
        (("Se loger", date(2026, 8, 1)),), {"Se loger": "logement"}, ["travail"],
    ),
    "which one stays is not to be told": (
        (("Autre", date(2026, 8, 1)),), {}, ["logement", "travail"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", TWINS)
def test_twins_are_told_apart_by_what_they_say(case: str) -> None:
    now, notes, kept = TWINS[case]
    words = {"Se loger": "logement", "Travailler": "travail"}

    def made(book: Records, previous: Sequence[SynthesisRow] = ()) -> GeneratedSheet:
        book = replace(book, synthesis=Table.of(SYNTHESIS, tuple(previous)))
        return synthesis_sheet(book, ON, workbook="essai.xlsx", version="1")

    before = [typed(row, notes=words.get(row.objective, ""))
              for row in shown(made(twins(HOUSING, WORK)))]  # fmt: skip
    sheet = made(twins(*now), before)
    body = shown(replace(sheet, footer=()))
    assert {row.objective: row.notes for row in body if row.notes} == notes
    assert sorted(kept_of(sheet)) == kept
    back = made(twins(HOUSING, WORK), shown(sheet))  # what was over has come back
    body = shown(replace(back, footer=()))
    assert {row.objective: row.notes for row in body if row.notes} == words
    assert back.footer == ()


def test_a_twin_whose_date_is_corrected_keeps_its_note() -> None:
    made = twins(HOUSING, WORK)
    words = {"Se loger": "logement", "Travailler": "travail"}
    first = shown(synthesis_sheet(made, ON, workbook="essai.xlsx", version="1"))
    before = [typed(row, notes=words.get(row.objective, "")) for row in first]
    rows = tuple(
        row.model_copy(update={"dated": DatedText("", date(2026, 5, 2))})
        if row.objective == "Se loger" else row
        for row in made.follow_ups.rows
    )  # fmt: skip
    after = replace(made, follow_ups=Table.of(FOLLOW_UP, rows),
                    synthesis=Table.of(SYNTHESIS, tuple(before)))  # fmt: skip
    sheet = synthesis_sheet(after, LATER, workbook="essai.xlsx", version="1")
    assert {row.objective: row.notes for row in shown(sheet) if row.notes} == words


def one_corrected(made: Records) -> Records:
    """The same lines, that for housing with its action said otherwise, and the last Synthèse."""
    before = shown(synthesis_sheet(made, ON, workbook="essai.xlsx", version="1"))
    rows = tuple(
        row.model_copy(update={"action": "Visiter"}) if row.objective == "Se loger" else row
        for row in made.follow_ups.rows
    )
    follow_ups = Table.of(FOLLOW_UP, rows)
    return replace(made, follow_ups=follow_ups, synthesis=Table.of(SYNTHESIS, tuple(before)))


@pytest.mark.parametrize(("told", "count"), [((HOUSING,), 1), ((HOUSING, WORK), 0)])
def test_what_waits_for_a_line_does_not_follow_its_twin(
    told: tuple[tuple[str, date], ...], count: int
) -> None:
    """What is kept in Contrôle names no twin: it waits while one of them is as it was."""
    assert len(synthesis(one_corrected(twins(*told)), LATER).corrected) == count


@pytest.mark.parametrize("shown_before", [True, False])
def test_a_finding_follows_its_line_where_a_twin_without_one_stays(shown_before: bool) -> None:
    before = justified(lambda row: {"justification": "accord", "since": ON})
    after = replace(one_corrected(twins(HOUSING, WORK)), control=Table.of(CONTROL, tuple(before)))
    if not shown_before:  # whether the other line is new is not known then
        after = replace(after, synthesis=Table.of(SYNTHESIS, ()))
    problem = Problem(LATE.code, LATE.place, LATE.message, "", LATE.person, "2026-05-01|visiter")
    [seen] = seen_before(after, [problem], LATER)
    assert (seen.since == ON, seen.waived is not None) == (shown_before, shown_before)


def test_a_finding_that_comes_of_a_twin_does_not_take_the_place_of_the_other() -> None:
    """One line had a finding; it is corrected as the other one gets its own."""
    before = justified(lambda row: {"justification": "accord", "since": ON})
    after = replace(one_corrected(twins(HOUSING, WORK)), control=Table.of(CONTROL, tuple(before)))
    new = Problem(LATE.code, LATE.place, "Échéance dépassée : 20/05.", "", LATE.person, LATE.key)
    old = Problem(LATE.code, LATE.place, LATE.message, "", LATE.person, "2026-05-01|visiter")
    assert [seen.since for seen in seen_before(after, [new, old], LATER)] == [None, ON]


@pytest.mark.parametrize("change", [
    {"action": "Visiter"}, {"dated": DatedText("", date(2026, 5, 2))},
    {"deadline": Deadline("", date(2026, 8, 1), date(2026, 8, 1))},
])  # fmt: skip
def test_a_point_of_the_agenda_follows_its_line_and_not_its_twin(change: dict[str, object]) -> None:
    def points(book: Records) -> dict[str, str]:
        return {item.identity: str(item.place.row)
                for one in agenda(book, [], LATER) for item in one.items}  # fmt: skip

    made = twins(HOUSING, WORK)
    rows = tuple(row.model_copy(update={"to_discuss": True}) for row in made.follow_ups.rows)
    made = replace(made, follow_ups=Table.of(FOLLOW_UP, rows))
    before = shown(synthesis_sheet(made, ON, workbook="essai.xlsx", version="1"))
    now = tuple(row.model_copy(update=change if row.objective == "Se loger" else {})
                for row in rows)  # fmt: skip
    after = replace(made, follow_ups=Table.of(FOLLOW_UP, now),
                    synthesis=Table.of(SYNTHESIS, tuple(before)))  # fmt: skip
    old, new, became = points(made), points(after), synthesis(after, LATER).became
    known = agenda_became(after, agenda(after, [], LATER), became, list(old), list(old))
    found = {known[identity]: row for identity, row in old.items()}
    assert new.items() <= found.items()  # a line dated after ends the mark of the other
    assert "5" in new.values()
    assert len(found) == 2


def test_a_line_copied_by_hand_with_another_note_loses_neither() -> None:
    copied = next(row for row in FIRST if row.action == A[2])
    sheet = refreshed([A, B, C], [*FIRST, typed(copied, notes="et Luc")])
    assert notes_of(sheet)[A[0], A[2]] == "voir Paul"
    assert kept_of(sheet) == ["et Luc"]
    assert sheet.notes[0].endswith(
        "Sa ligne porte déjà autre chose, à l'actualisation du 12/05/2026."
    )
    assert refreshed([A, B, C], shown(sheet)).footer == sheet.footer


def test_a_note_that_says_someone_has_nothing_stays_with_the_person() -> None:
    before = [typed(row, notes=f"à revoir : {row.person}") for row in shown(refreshed([]))]
    respelt = records([("Dupond Jean", A[1], A[2])], before)
    people = tuple(
        row.model_copy(update={"last_name": "Martins"}) if row.last_name == "Martin" else row
        for row in respelt.people.rows
        if row.last_name != "Dupont"
    )
    after = replace(respelt, people=Table.of(PEOPLE, people))
    sheet = synthesis_sheet(after, ON, workbook="essai.xlsx", version="1")
    assert list(notes_of(sheet).values()) == ["à revoir : Martin Zoé"]
    assert kept_of(sheet) == ["à revoir : Dupont Jean"]


actions = st.lists(
    st.tuples(
        st.sampled_from(["Dupont Jean", "Martin Zoé", "Roux Noé"]),
        st.dates(date(2026, 1, 1), date(2026, 5, 1)),
        st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=12),
    ),
    max_size=8,
)


@settings(deadline=None, max_examples=40)
@given(actions, st.lists(st.text(max_size=8), min_size=8), st.randoms(use_true_random=False))
def test_no_note_is_ever_lost(before: list[Action], notes: list[str], random: Random) -> None:
    """Notes in = notes out, and refreshing twice is refreshing once."""
    rows = [
        typed(row, notes=f"{index} {notes[index % len(notes)]}")
        for index, row in enumerate(shown(refreshed(before)))
    ]
    random.shuffle(rows)
    after = [action for action in before if random.random() < 0.7]
    after.insert(0, ("Roux Noé", date(2026, 5, 2), "ajout"))
    sheet = refreshed(after, rows)
    carried = [row.notes for row in shown(sheet) if row.notes]
    assert sorted(carried) == sorted(row.notes for row in rows)
    again = refreshed(after, shown(sheet))
    assert (again.rows, again.footer) == (sheet.rows, sheet.footer)


LATE = Finding(
    "SUI03", "action-late", Severity.WARNING, Place("Suivi", 6, "Échéance / délai", "F6"),
    "Dupont Jean", "Échéance dépassée.", "Faire le point.", "2026-05-01|rechercher une mad",
)  # fmt: skip


def controlled(
    findings: Sequence[Finding],
    previous: Sequence[ControlRow] = (),
    on: date = ON,
    corrected: Mapping[str, str] | None = None,
    lines: Records | None = None,
) -> GeneratedSheet:
    table = replace(lines or Records(), control=Table.of(CONTROL, tuple(previous)))
    problems = [Problem(f.code, f.place, f.message, f.help, f.person, f.key) for f in findings]
    known = [
        replace(finding, continues=seen.rows)
        for finding, seen in zip(findings, seen_before(table, problems, on), strict=True)
    ]
    return control_sheet(table, known, on, workbook="essai.xlsx", version="1", corrected=corrected)


def control_rows(sheet: GeneratedSheet) -> list[ControlRow]:
    return [row for row in reread(sheet, CONTROL) if isinstance(row, ControlRow)]


def justified(change: Callable[[ControlRow], dict[str, object]]) -> list[ControlRow]:
    return [row.model_copy(update=change(row)) for row in control_rows(controlled([LATE]))]


def test_justifications_follow_their_finding_when_its_row_moves() -> None:
    before = justified(lambda row: {"justification": "accord", "until": date(2026, 8, 1)})
    moved = replace(LATE, place=replace(LATE.place, row=60, cell="F60"), since=ON)
    row = control_rows(controlled([moved], before, LATER))[0]
    assert (row.cell, row.justification, row.until) == ("F60", "accord", date(2026, 8, 1))
    assert row.since == ON


def test_justifications_without_finding_are_kept_below_and_come_back() -> None:
    before = justified(lambda row: {"justification": "accord"})
    gone = controlled([], before, LATER)
    assert gone.rows == []
    assert [row.justification for row in control_rows(gone)] == ["", "accord"]
    assert controlled([], control_rows(gone), date(2026, 7, 1)).footer == gone.footer
    back = controlled([LATE], control_rows(gone), date(2026, 7, 1))
    assert control_rows(back)[0].justification == "accord"
    assert back.footer == ()


def test_what_is_kept_of_a_line_follows_its_correction() -> None:
    """Its finding was over; its action is said otherwise; then the finding is back."""
    before = justified(lambda row: {"justification": "accord"})
    gone = control_rows(controlled([], before, LATER))
    was, now = ("2026-05-01|rechercher une mad", "2026-05-01|trouver une mad")
    said = {".".join(parts_of("Dupont Jean", was)): ".".join(parts_of("Dupont Jean", now))}
    waiting = control_rows(controlled([], gone, LATER, said))
    assert [row.justification for row in waiting] == ["", "accord"]
    back = controlled([replace(LATE, key=now)], waiting, date(2026, 7, 1))
    assert control_rows(back)[0].justification == "accord"
    assert back.footer == ()


@pytest.mark.parametrize("had_twin", [True, False])
def test_what_is_kept_of_a_line_that_had_a_twin_is_not_given_to_that(had_twin: bool) -> None:
    """Its finding ends; its line is deleted; then there is one of the other line."""
    late = replace(LATE, message="Échéance dépassée : 20/06/2026.")
    before = [row.model_copy(update={"justification": "accord"})
              for row in control_rows(controlled([late]))]  # fmt: skip
    lines = twins(HOUSING, WORK) if had_twin else twins(HOUSING)
    gone = control_rows(controlled([], before, LATER, lines=lines))
    other = replace(LATE, message="Échéance dépassée : 20/05/2026.")
    back = controlled([other], gone, LATER, lines=twins(WORK))
    texts = [row.justification for row in control_rows(back)]
    assert texts == (["", "", "accord"] if had_twin else ["accord"])
    again = controlled([late], control_rows(back), LATER, lines=twins(HOUSING))
    assert control_rows(again)[0].justification == "accord"


def test_a_line_that_leaves_as_it_is_corrected_is_kept_under_what_it_is_now() -> None:
    before = justified(lambda row: {"justification": "accord"})
    was, now = ("2026-05-01|rechercher une mad", "2026-05-01|trouver une mad")
    said = {".".join(parts_of("Dupont Jean", was)): ".".join(parts_of("Dupont Jean", now))}
    gone = control_rows(controlled([], before, LATER, said))
    back = controlled([replace(LATE, key=now)], gone, date(2026, 7, 1))
    assert control_rows(back)[0].justification == "accord"
