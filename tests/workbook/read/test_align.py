"""Lines of two copies, aligned by what they say."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cedre_xlsx.workbook.alignment.align import Alignment, Doubt, aligned

Line = dict[str, str]

DUPONT = {"person": "DUPONT Jean", "dated": "3/1", "action": "Entretien", "minutes": "30"}
DUPONT_LATER = {**DUPONT, "dated": "7/2", "minutes": "45"}
MARTIN = {"person": "MARTIN Léa", "dated": "3/1", "action": "Entretien", "minutes": "20"}
DUPOND = {"person": "DUPOND Jean"}
ATELIER = {"person": "DUPONT Jean", "dated": "9/3", "action": "Atelier CV", "status": "fait"}


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        # Sorted the other way.
        ([DUPONT, MARTIN], [MARTIN, DUPONT], Alignment(((0, 1), (1, 0)), (), ())),
        # One inserted at the top, one deleted.
        ([DUPONT, MARTIN], [ATELIER, DUPONT], Alignment(((0, 1),), (1,), (0,))),
        # The same person, day and action, all else changed.
        (
            [DUPONT, ATELIER],
            [{**DUPONT, "minutes": "90", "status": "fait", "outcome": "absent"}, ATELIER],
            Alignment(((0, 0), (1, 1)), (), ()),
        ),
        # A day corrected.
        ([DUPONT], [{**DUPONT, "dated": "4/1"}], Alignment(((0, 0),), (), ())),
        # A name corrected: each line goes with its own.
        (
            [DUPONT, DUPONT_LATER, MARTIN],
            [{**DUPONT_LATER, **DUPOND}, MARTIN, {**DUPONT, **DUPOND}],
            Alignment(((0, 2), (1, 0), (2, 1)), (), ()),
        ),
        # Two names corrected; the lines that they have in common follow those that they have not.
        (
            [
                {"person": "A", "dated": "1", "action": "atelier"},
                {"person": "B", "dated": "1", "action": "atelier"},
                {"person": "A", "dated": "2", "action": "bilan"},
                {"person": "B", "dated": "3", "action": "bilan"},
            ],
            [
                {"person": "B2", "dated": "3", "action": "bilan"},
                {"person": "B2", "dated": "1", "action": "atelier"},
                {"person": "A2", "dated": "1", "action": "atelier"},
                {"person": "A2", "dated": "2", "action": "bilan"},
            ],
            Alignment(((0, 2), (1, 1), (2, 3), (3, 0)), (), ()),
        ),
        # Another line altogether.
        (
            [DUPONT],
            [{"person": "MARTIN Léa", "dated": "8/8", "action": "Visite"}],
            Alignment((), (0,), (0,)),
        ),
        # Twins, one of which was deleted, and a line that is as like to both of two.
        ([DUPONT, DUPONT], [DUPONT], Alignment(((0, 0),), (1,), (), (Doubt((0, 1), (0,)),))),
        (
            [{**DUPONT, "status": "a"}],
            [{**DUPONT, "status": "b"}, {**DUPONT, "status": "c"}],
            Alignment(((0, 0),), (), (1,), (Doubt((0,), (0, 1)),)),
        ),
        # A column that one copy alone has.
        (
            [{**DUPONT, "+zone": "Nord"}, {**MARTIN, "+zone": "Sud"}],
            [MARTIN, DUPONT],
            Alignment(((0, 1), (1, 0)), (), ()),
        ),
    ],
)  # fmt: skip
def test_lines_of_follow_up(left: list[Line], right: list[Line], expected: Alignment) -> None:
    assert aligned("tSuivi", left, right) == expected


def test_a_pathway_is_its_person_s() -> None:
    jean = {"last_name": "DUPONT", "first_name": "Jean", "registered": "2023", "rsa": "OUI"}
    back = {"last_name": "DUPONT", "first_name": "Jean", "registered": "2025", "rsa": "NON"}
    moved = {"last_name": "DUPONT", "first_name": "Jean", "registered": "2022", "title": "M."}
    assert aligned("tPersonnes", [jean], [back, {**jean, "exited": "2024"}]).pairs == ((0, 1),)
    assert aligned("tPersonnes", [jean], [moved]).pairs == ((0, 0),)


def test_an_engagement_is_known_by_its_reference() -> None:
    left = {"reference": "E1", "person": "A", "agreed": "1", "object": "x", "type": "t"}
    right = {"reference": "E1", "person": "B", "agreed": "2", "object": "y", "type": "u"}
    assert aligned("tEngagements", [left], [right]).pairs == ((0, 0),)


#: Few contents, so that lines share many, and twins come.
_LINES = st.lists(
    st.dictionaries(
        st.sampled_from(["person", "dated", "action", "status", "minutes"]),
        st.sampled_from("abcd"),
        min_size=1,
    ),
    max_size=9,
)


@given(_LINES, _LINES, st.integers(0, 99).map(Random))
@settings(max_examples=30)
def test_whatever_the_order_of_rows_and_columns(
    left: list[Line], right: list[Line], random: Random
) -> None:
    found = aligned("tSuivi", left, right)
    assert sorted([*(one for one, _ in found.pairs), *found.left_only]) == [*range(len(left))]
    assert sorted([*(other for _, other in found.pairs), *found.right_only]) == [*range(len(right))]

    mirror = aligned("tSuivi", right, left)
    assert sorted((one, other) for other, one in mirror.pairs) == list(found.pairs)
    assert {(doubt.right, doubt.left) for doubt in mirror.doubtful} == {
        (doubt.left, doubt.right) for doubt in found.doubtful
    }

    shuffled, turned = (_shuffled(lines, random) for lines in (left, right))
    again = aligned("tSuivi", shuffled, turned)
    assert _contents(again, shuffled, turned) == _contents(found, left, right)
    assert not _equal_left_over(left, right, found)


@given(_LINES.filter(bool), st.data())
@settings(max_examples=30)
def test_one_cell_changed_keeps_its_pair_unless_there_is_a_twin(
    left: list[Line], data: st.DataObject
) -> None:
    at = data.draw(st.sampled_from(range(len(left))))
    cell = data.draw(st.sampled_from(sorted(left[at])))
    right = [*left]
    right[at] = {**left[at], cell: "changed"}
    found = aligned("tSuivi", left, right)
    if len(left[at]) >= 3 and left.count(left[at]) == 1:
        assert (at, at) in found.pairs


def _shuffled(lines: list[Line], random: Random) -> list[Line]:
    turned = [dict(random.sample([*line.items()], len(line))) for line in lines]
    return random.sample(turned, len(turned))


def _contents(found: Alignment, left: list[Line], right: list[Line]) -> Sequence[object]:
    return sorted((sorted(left[i].items()), sorted(right[j].items())) for i, j in found.pairs)


def _equal_left_over(left: list[Line], right: list[Line], found: Alignment) -> list[Line]:
    return [left[i] for i in found.left_only if left[i] in [right[j] for j in found.right_only]]
