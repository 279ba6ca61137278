"""The boxes of a form's sheet: its labels, what was answered already, the empty cells."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

from cedre_xlsx.method.personal_numbers import without_personal_numbers
from cedre_xlsx.method.text import squeeze
from cedre_xlsx.paperwork.form import Form, is_to_fill
from cedre_xlsx.paperwork.questions import is_of_the_paper, says_whose
from cedre_xlsx.schema.records import column_letter

_LONGEST = 100  # characters of a label
_LEAST_HEADINGS = 3  # of a table
_LEAST_LISTED = 3  # labels below each other, in a form without frames
#: A whole day, or a number of nine figures or more.
_DATA = re.compile(r"\d{1,2}[/.\-]\d{1,2}[/.\-]\d{2,4}|(?:\d[\s.]*){9}")

#: Whether a label asks for something of ours.
Knows = Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class Box:
    """An empty cell with the label that it has, and the heading above that says about whom it is.

    `is_far` says that the label is not next to it at its left or above; `is_taken` that it is in a
    table, in someone's line or in a column that has lines.
    """

    cell: str
    label: str
    label_cell: str
    heading: str = ""
    heading_cell: str = ""
    is_far: bool = False
    is_taken: bool = False


@dataclass
class SheetBoxes:
    """The boxes of one sheet, as they are found; `answers` are the cells that were answered, each
    with that of its label; `missed` the framed boxes without a label.
    """

    form: Form
    sheet: str
    knows: Knows
    boxes: dict[str, Box] = field(default_factory=dict)
    answers: dict[str, str] = field(default_factory=dict)
    missed: tuple[str, ...] = ()

    @classmethod
    def of(cls, form: Form, sheet: str, knows: Knows) -> SheetBoxes:
        """The boxes of a sheet."""
        found = cls(form, sheet, knows)
        found._texts = dict(form.texts(sheet))
        found._find_answers()
        found._find_boxes()
        found._find_far_boxes()
        found._find_headings()
        found._find_missed()
        return found

    _texts: dict[str, str] = field(default_factory=dict)
    _labelled: set[str] = field(default_factory=set)

    @property
    def answered(self) -> dict[str, str]:
        """The answers to what asks for something, the form's own lists and titles aside."""
        return {cell: label for cell, label in self.answers.items() if self._asks(label)}

    def _find_answers(self) -> None:
        """The texts that answer a label, and are none: a form may be filled already."""
        for cell, text in self._texts.items():
            left, above = self._text_before(cell), self._text_above(cell)
            is_headed = above in self._texts and not self._has_its_box(above)
            is_headed = is_headed and not (self._far_box(above) and self._far_box(cell))
            heads = is_headed and self._is_answer(cell, text, above)
            if self._is_both(text) or _is_data(text):
                self.answers[cell] = cell
            elif heads and left in self.answers:  # a line of a table
                self.answers[cell] = self.answers.get(above, above)
            elif left in self._texts and self._is_answer(cell, text, left):
                self.answers[cell] = left
            elif heads:
                self.answers[cell] = self.answers.get(above, above)

    def _is_both(self, text: str) -> bool:
        """Whether a text is a label with its answer: "Nom : Durand"."""
        label, _, said = text.partition(":")
        return bool(said) and not is_to_fill(said.strip()) and self.knows(label)

    def _text_before(self, cell: str) -> str:
        """What stands at the left of a text; of a framed one, also one cell further."""
        left = self._left_of(cell)
        if left and left not in self._texts and self._is_framed(cell):
            further = self._left_of(left)
            is_gap = not self._is_framed(left) and not self._is_framed(further)
            return further if further in self._texts and is_gap else left
        return left

    def _text_above(self, cell: str) -> str:
        """What stands above a text; of one in a table, above the empty lines that precede it."""
        above = self._above(cell)
        while above and above not in self._texts and {cell, above} <= self._frames:
            above = self._above(above)
        return above

    def _is_answer(self, cell: str, text: str, label: str) -> bool:
        """Whether a text answers what stands before it, and does not ask in its turn."""
        if text.endswith(":") or is_to_fill(text) or _has_a_blank(text):
            return False
        is_framed, looks = self._is_framed(cell), self.form.looks
        below = self._below(label)
        if not is_framed and below != cell and self._is_open_frame(below):
            return False  # what it asks goes there
        is_alike = looks.style(self.sheet, cell) == looks.style(self.sheet, label)
        if label in self.answers:  # the next line of a table, or a second value
            return (is_alike and is_framed) or not self.knows(text)
        if is_framed and not self._is_framed(label):
            return self._asks(label) or not self.knows(text)
        if self.knows(text) or self._is_of_headings(cell):
            return False
        return self._asks(label) or (is_framed and self._follows_alone(cell, label))

    def _follows_alone(self, cell: str, label: str) -> bool:
        """Whether a text beside or below one that is unknown too is no heading of a table with it,
        nor stands under the title of a part, which is wider.
        """
        are_headings = all(self._is_open_frame(self._below(one)) for one in (cell, label))
        mine, other = self.form.merge(self.sheet, cell), self.form.merge(self.sheet, label)
        is_wider = other.last_column > mine.last_column
        return not are_headings and not is_wider

    def _asks(self, cell: str) -> bool:
        text = self._texts[cell]
        return cell not in self.answers and (text.endswith(":") or self.knows(text))

    def _is_of_headings(self, cell: str) -> bool:
        """Whether a text is one of the headings of a table, most of which are known."""
        run, looks = self._run(cell), self.form.looks
        known = sum(self.knows(self._texts[one]) for one in run)
        styles = {looks.style(self.sheet, one) for one in run}
        return len(run) >= _LEAST_HEADINGS and 2 * known > len(run) and len(styles) == 1

    def _run(self, cell: str) -> list[str]:
        """The texts of a row that stand side by side, with this one."""
        first = cell
        while (left := self._left_of(first)) in self._texts:
            first = left
        run = [first]
        while (right := self._right_of(run[-1])) in self._texts:
            run.append(right)
        return run

    def _has_its_box(self, cell: str) -> bool:
        """Whether what a label asks is at its right."""
        right = self._right_of(cell)
        return right in self.answers or self._is_empty_box(right) or _has_a_blank(self._texts[cell])

    def _far_box(self, cell: str) -> str:
        """The empty frame one cell away from a label, at its right; "" for none."""
        right = self._right_of(cell)
        far = self._right_of(right)
        is_gap = right not in self._texts and not self._is_framed(right)
        return far if is_gap and self._is_framed(far) and self._is_empty_box(far) else ""

    def _find_boxes(self) -> None:
        listed = self._listed()
        for cell, text in self._labels():
            right, below = self._right_of(cell), self._below(cell)
            is_said = text.endswith(":") or cell in listed
            beside = is_said and right not in self._texts
            if self._is_free(right) and (beside or self._is_empty_box(right)):
                self._add(right, cell, text)
            elif self._is_free(below) and self._is_empty_box(below) and right not in self.answers:
                self._add(below, cell, text, is_taken=self._is_taken(cell, below))

    def _listed(self) -> set[str]:
        """The labels that stand below each other, each with nothing at its right: what they ask
        goes there, without a frame. All are known or end with a colon: a text that is unknown may
        be an answer.
        """
        found: set[str] = set()
        for cell, _ in self._labels():
            if cell in found or not self._is_listed(cell):
                continue
            run = [cell]
            while self._is_listed(below := self._below(run[-1])):
                run.append(below)
            if len(run) >= _LEAST_LISTED:
                found.update(run)
        return found

    def _is_listed(self, cell: str) -> bool:
        if cell not in self._texts or not self._asks(cell) or _has_a_blank(self._texts[cell]):
            return False
        right, left = self._right_of(cell), self._left_of(cell)
        is_alone = left not in self._texts and right not in self._texts and self._is_free(right)
        frames = (right, left, self._right_of(right), self._below(cell))
        return is_alone and not any(self._is_open_frame(one) for one in frames if one)

    def _find_far_boxes(self) -> None:
        """Framed cells whose label is at their right, or one cell away."""
        labelled = {box.label_cell for box in self.boxes.values()}
        for cell, text in self._labels():
            if cell in labelled:
                continue
            either = (self._far_box(cell), self._left_of(cell))
            place = next((one for one in either if one and self._is_open_frame(one)), "")
            if place and self._right_of(cell) not in self.answers:
                self._add(place, cell, text, is_far=True)

    def _find_missed(self) -> None:
        """The framed cells that are left, those of the lines of a table aside."""
        in_columns: set[str] = set()
        missed = []
        for cell in sorted(self._frames, key=self._place):
            above = self._above(cell)
            is_headed = above in self.boxes and self.boxes[above].label_cell == self._above(above)
            is_counted = above and above not in self._texts and self._shown(above)
            if above in in_columns or above in self.answered or is_headed or is_counted:
                in_columns.add(cell)
            elif self._is_open_frame(cell):
                missed.append(cell)
        self.missed = tuple(missed)

    def _labels(self) -> Iterator[tuple[str, str]]:
        for cell, text in self._texts.items():
            is_whole = self.form.first_cell(self.sheet, cell) == cell
            is_short = len(text) <= _LONGEST or self.knows(text)
            is_label = cell not in self.answers and not is_to_fill(text) and is_short
            if is_whole and is_label and cell not in self.boxes and not _has_a_blank(text):
                yield cell, text

    def _add(
        self,
        cell: str,
        label_cell: str,
        label: str,
        *,
        is_far: bool = False,
        is_taken: bool = False,
    ) -> None:
        self.boxes[cell] = Box(cell, label, label_cell, is_far=is_far, is_taken=is_taken)

    def _find_headings(self) -> None:
        """What stands above each label and says about whom it is; the boxes in their order."""
        self._labelled = {box.label_cell for box in self.boxes.values()}
        for cell in sorted(self.boxes, key=self._place):
            box = self.boxes.pop(cell)
            place = self.heading_of(box.label_cell)
            heading = self._texts.get(place, "")
            self.boxes[cell] = replace(box, heading=heading, heading_cell=place)

    def heading_of(self, label_cell: str) -> str:
        """The cell of the heading above a label that says about whom its boxes are; "" for none."""
        row, column = self._place(label_cell)
        above = [
            (place, cell)
            for cell, text in self._texts.items()
            if (place := self._place(cell))[0] < row
            and place[1] <= column
            and self._is_heading(cell, text)
        ]
        return max(above, default=((0, 0), ""))[1]

    def _is_heading(self, cell: str, text: str) -> bool:
        if cell in self.answers or len(text) > _LONGEST or text.endswith(":"):
            return False
        says = says_whose(text) and not (is_of_the_paper(text) and self._is_title(cell))
        return says and cell not in self._labelled and not self._has_its_box(cell)

    def _is_title(self, cell: str) -> bool:
        """Whether a text is the title of its sheet: the first one, alone in its row, above all
        boxes, across several columns or unlike the labels.
        """
        area, looks = self.form.merge(self.sheet, cell), self.form.looks
        others = {*self._texts, *self.boxes} - {cell}
        is_first = all(self._place(one)[0] > area.last_row for one in others)
        labels = {looks.style(self.sheet, one) for one in self._labelled}
        is_wide = area.last_column > area.first_column
        return is_first and (is_wide or looks.style(self.sheet, cell) not in labels)

    def _is_taken(self, label: str, box: str) -> bool:
        """Whether the table under a row of labels has lines already, from that of a box on."""
        columns = [self.form.column_of(one) for one in self._run(label)]
        row = self.form.row_of(box)
        while True:
            cells = [f"{column}{row}" for column in columns]
            if any(cell in self.answers for cell in cells):
                return True
            if not any(self._is_framed(cell) for cell in cells):
                return False
            row += 1

    def _is_free(self, cell: str) -> bool:
        is_first = self.form.first_cell(self.sheet, cell) == cell
        return is_first and cell not in self.boxes and is_to_fill(self._shown(cell))

    def _is_empty_box(self, cell: str) -> bool:
        is_drawn = self.form.looks.is_drawn(self.sheet, cell)
        is_first = self.form.first_cell(self.sheet, cell) == cell
        return is_drawn and is_first and is_to_fill(self._shown(cell))

    def _is_open_frame(self, cell: str) -> bool:
        return self._is_framed(cell) and self._is_free(cell)

    def _is_framed(self, cell: str) -> bool:
        return cell in self._frames

    @property
    def _frames(self) -> frozenset[str]:
        return self.form.looks.framed(self.sheet)

    def _shown(self, cell: str) -> str:
        """What a cell shows; what is computed is no box, whatever it shows now."""
        if self.form.looks.is_computed(self.sheet, cell):
            return "="
        return squeeze(self.form.text(self.sheet, cell))

    def _right_of(self, cell: str) -> str:
        area = self.form.merge(self.sheet, cell)
        return f"{column_letter(area.last_column + 1)}{area.first_row}"

    def _below(self, cell: str) -> str:
        area = self.form.merge(self.sheet, cell)
        return f"{column_letter(area.first_column)}{area.last_row + 1}"

    def _left_of(self, cell: str) -> str:
        """The first cell of what is at its left; "" at the edge."""
        area = self.form.merge(self.sheet, cell)
        if area.first_column == 1:
            return ""
        left = f"{column_letter(area.first_column - 1)}{area.first_row}"
        return self.form.first_cell(self.sheet, left)

    def _above(self, cell: str) -> str:
        """The first cell of what is above; "" at the edge."""
        area = self.form.merge(self.sheet, cell)
        if area.first_row == 1:
            return ""
        above = f"{column_letter(area.first_column)}{area.first_row - 1}"
        return self.form.first_cell(self.sheet, above)

    def _place(self, cell: str) -> tuple[int, int]:
        area = self.form.merge(self.sheet, cell)
        return area.first_row, area.first_column


def _is_data(text: str) -> bool:
    """Whether a text is a number, a day or an address: someone's, and no label."""
    has_a_letter = any(map(str.isalpha, text))
    is_said = _DATA.search(text) is not None or bool(without_personal_numbers(text)[1])
    return not is_to_fill(text) and (is_said or not has_a_letter)


def _has_a_blank(text: str) -> bool:
    """Whether a label has what is to be filled in its own cell: "Nom : ……"."""
    blank = text.partition(":")[2].strip()
    return bool(blank) and is_to_fill(blank)
