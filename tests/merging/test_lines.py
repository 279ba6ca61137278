"""Lines of two copies, three ways: what is taken, what stays, what is to be chosen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cedre_xlsx.merging.lines import merged_table
from cedre_xlsx.merging.model import BaseLines, Line, Lines, TableMerge
from cedre_xlsx.schema.fusion import NO_LINE, Sort
from cedre_xlsx.workbook.cell_prints import CellPrints
from cedre_xlsx.workbook.read.raw import Cell

Cells = Mapping[str, Cell]
PRINTS = CellPrints(b"test")
COLUMNS = ("person", "dated", "action", "objective", "outcome", "minutes", "+couleur")
HEADINGS = {name: name.capitalize() for name in COLUMNS}


def call(action: str = "Appeler la mairie", **cells: Cell) -> dict[str, Cell]:
    """A line of Suivi."""
    return {"person": "Martin Paul", "dated": "02/03/26", "action": action, **cells}


def prints(cells: Cells) -> dict[str, str]:
    return {name: one for name, cell in cells.items() if (one := PRINTS.of(cell))}


def side(lines: Sequence[Cells], columns: Sequence[str] = COLUMNS) -> Lines:
    made = tuple(Line(row, one, prints(one)) for row, one in enumerate(lines, 5))
    return Lines("Suivi", {name: HEADINGS[name] for name in columns}, made)


def base(lines: Sequence[Cells]) -> BaseLines:
    return BaseLines(tuple(map(prints, lines)), tuple(lines))


def merge(was: Sequence[Cells] | None, a: Sequence[Cells], b: Sequence[Cells]) -> TableMerge:
    return merged_table("tSuivi", side(a), side(b), None if was is None else base(was))


def told(found: TableMerge) -> list[tuple[str, str, Cell, Cell]]:
    return [(one.sort.value, one.column, one.first, one.second) for one in found.notes]


def result(a: Sequence[Cells], found: TableMerge) -> Counter[frozenset[tuple[str, str]]]:
    """The lines that A has once what was decided is written."""
    lines = {row: dict(one) for row, one in enumerate(a, 5)}
    for row, cells in found.changes.items():
        lines[row] |= cells
    for row in found.removed:
        del lines[row]
    every = [*lines.values(), *(line.cells for line in found.added)]
    return Counter(frozenset(prints(one).items()) for one in every)


def contents(lines: Sequence[Cells]) -> Counter[frozenset[tuple[str, str]]]:
    return Counter(frozenset(prints(one).items()) for one in lines)


OTHER = call("Chercher un logement", objective="Se loger")


@pytest.mark.parametrize(
    ("a", "b", "changes", "said"),
    [
        # changed by B alone
        (call(), call(outcome="Fait"), {5: {"outcome": "Fait"}}, []),
        # by A alone
        (call(outcome="Fait"), call(), {}, []),
        # the same
        (call(outcome="Fait"), call(outcome="Fait"), {}, []),
        # another cell each: both, and that is said
        (
            call(outcome="Fait"),
            call(minutes="1h"),
            {5: {"minutes": "1h"}},
            [("Parallèle", "", "Outcome : Fait", "Minutes : 1h")],
        ),
        # the same cell otherwise: A's stays
        (
            call(outcome="Fait"),
            call(outcome="Refusé"),
            {},
            [("Conflit", "outcome", "Fait", "Refusé")],
        ),
    ],
)
def test_one_line_that_both_have(a: Cells, b: Cells, changes: object, said: list[object]) -> None:
    found = merge([call(), OTHER], [a, OTHER], [OTHER, b])
    assert found.changes == changes
    assert told(found) == said
    assert not found.added
    assert not found.removed


def test_a_conflict_shows_what_both_had() -> None:
    was = [call(outcome="À voir"), OTHER]
    found = merge(was, [call(outcome="Fait"), OTHER], [call(outcome="Refusé"), OTHER])
    assert [one.before for one in found.notes] == ["À voir"]


def test_a_line_that_b_took_out_goes_and_is_told() -> None:
    was = [call(), OTHER]
    found = merge(was, [call(), OTHER], [call(minutes="1h")])
    assert found.removed == [6]
    assert [(one.sort, one.second) for one in found.notes] == [(Sort.REMOVED, NO_LINE)]
    assert "Objective : Se loger" in str(found.notes[0].first)


def test_a_line_that_b_took_out_and_a_changed_stays() -> None:
    was = [call(), OTHER]
    found = merge(was, [call(), {**OTHER, "outcome": "Trouvé"}], [call()])
    assert not found.removed
    assert [(one.sort, one.second) for one in found.notes] == [(Sort.CONFLICT, NO_LINE)]


def test_a_line_that_a_took_out_and_b_changed_comes_back() -> None:
    was = [call(), OTHER]
    found = merge(was, [call()], [call(), {**OTHER, "outcome": "Trouvé"}])
    assert [line.cells["outcome"] for line in found.added] == ["Trouvé"]
    assert [(one.sort, one.first) for one in found.notes] == [(Sort.CONFLICT, NO_LINE)]


def test_lines_added_by_both_alike_are_there_once_and_twins_twice() -> None:
    new = call("Visiter un chantier")
    assert not merge([OTHER], [OTHER, new], [OTHER, new]).added
    assert len(merge([OTHER], [OTHER, new], [OTHER, new, new]).added) == 1  # typed twice
    assert not merge([OTHER], [OTHER, new, new], [OTHER, new]).added


def test_a_column_that_b_lacks_was_not_emptied_there() -> None:
    was = [call(**{"+couleur": "vert"}), OTHER]
    lacking = side([call(outcome="Fait"), OTHER], COLUMNS[:-1])
    found = merged_table("tSuivi", side(was), lacking, base(was))
    assert found.changes == {5: {"outcome": "Fait"}}


def test_without_a_base_nothing_goes_and_what_differs_is_chosen() -> None:
    a = [call(outcome="Fait"), OTHER]
    b = [call(outcome="Refusé", minutes="1h"), call("Visiter un chantier")]
    found = merge(None, a, b)
    assert found.changes == {5: {"minutes": "1h"}}
    assert told(found) == [("Conflit", "outcome", "Fait", "Refusé")]
    assert [line.cells["action"] for line in found.added] == ["Visiter un chantier"]
    assert not found.removed


def test_a_formula_is_neither_written_nor_written_over() -> None:
    computed = Line(5, call(minutes=3), prints(call(minutes=3)), {"minutes": "1+2"})
    a = Lines("Suivi", HEADINGS, (computed,))
    found = merged_table("tSuivi", a, side([call(minutes=9)]), base([call(minutes=3)]))
    assert not found.changes
    assert told(found) == [("À placer", "minutes", "=1+2", 9)]


WORDS = st.sampled_from(("", "Fait", "Refusé", "À voir", "Vu"))
LINE = st.builds(
    lambda who, day, what, objective, outcome, minutes: {
        name: one
        for name, one in {
            "person": who, "dated": day, "action": what, "objective": objective,
            "outcome": outcome, "minutes": minutes,
        }.items()
        if one
    },
    st.sampled_from(("Martin Paul", "Petit Eva")),
    st.sampled_from(("02/03/26", "09/03/26")),
    st.sampled_from(("Appeler la mairie", "Chercher un logement", "Faire un CV")),
    WORDS,
    WORDS,
    WORDS,
)  # fmt: skip
TABLE = st.lists(LINE, max_size=6)


@st.composite
def copies(draw: st.DrawFn) -> tuple[list[Cells], list[Cells], list[Cells]]:
    """A table, and two copies of it: lines changed, taken out, added, sorted."""
    was = draw(TABLE)

    def copy() -> list[Cells]:
        lines: list[Cells] = []
        for line in was:
            what = draw(st.sampled_from("...cg"))
            if what != "g":
                lines.append({**line, "outcome": draw(WORDS) or "?"} if what == "c" else line)
        return draw(st.permutations([*lines, *draw(st.lists(LINE, max_size=2))]))

    return was, copy(), copy()


@given(copies())
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_laws(three: tuple[list[Cells], list[Cells], list[Cells]]) -> None:
    was, a, b = three
    assert merge(was, a, was).is_nothing
    assert merge(was, a, a).is_nothing
    only_b = merge(was, was, b)
    assert result(was, only_b) == contents(b)
    assert not [one for one in only_b.notes if one.sort is not Sort.REMOVED]


@given(copies(), st.booleans())
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_both_ways_round_give_the_same_but_for_conflicts(
    three: tuple[list[Cells], list[Cells], list[Cells]], has_base: bool
) -> None:
    was, a, b = three if has_base else (None, *three[1:])
    found, back = merge(was, a, b), merge(was, b, a)
    mine, theirs = result(a, found), result(b, back)
    conflicts = sum(one.sort is Sort.CONFLICT for one in found.notes)
    assert mine.total() == theirs.total()
    assert (mine - theirs).total() <= conflicts
    shown = "\n".join(f"{one.first}\n{one.second}" for one in found.notes)
    texts = {cell for lines in mine for _, cell in lines}
    for line in (*a, *b):
        for cell in line.values():
            assert (
                PRINTS.of(cell) in texts
                or str(cell) in shown
                or any(cell in one.values() for one in was or ())
            )
