"""Where the columns of a table are: of our fields, and of the team by their headings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from cedre_xlsx.workbook.edit.model import PlacedColumn
from cedre_xlsx.workbook.read.headings import field_of, heading_key
from cedre_xlsx.workbook.read.locate import Located


def own_key(heading: str) -> str:
    """A heading of the team's as it is compared: one without words by its signs."""
    return heading_key(heading) or heading.strip().casefold()


class Headed:
    """The columns that reading found in a table, and those that were added since.

    `fields` are the numbers of our columns by field.
    """

    def __init__(self, found: Located, added: Sequence[PlacedColumn] = ()) -> None:
        number = found.sheet.column_number
        self._model = found.spec.model
        self.fields = {name: number(index) for name, index in found.columns.items()}
        self._own = {own_key(name): number(index) for name, index in found.extra.items()}
        for column in added:
            if column.field:
                self.fields[column.field] = column.number
            else:
                self._own[own_key(column.heading)] = column.number

    @property
    def owned(self) -> Mapping[str, int]:
        """The numbers of the team's own columns, by their headings as they are compared."""
        return self._own

    @property
    def last(self) -> int:
        """The last of all of them."""
        return max([*self.fields.values(), *self._own.values()], default=0)

    def own(self, heading: str) -> int | None:
        """The column of the team's that has this heading, or of ours if reading takes it so."""
        found = self._own.get(own_key(heading))
        return self.fields.get(field_of(self._model, heading)) if found is None else found
