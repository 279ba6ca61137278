"""What is found of somebody in a workbook, and what was done about it."""

from __future__ import annotations

from dataclasses import dataclass

from cedre_xlsx.privacy.name_forms import NamedPerson, Strength


@dataclass(frozen=True, slots=True)
class Trace:
    """A form of a name in a workbook.

    `part` is the part of the package, `place` what people call it; `form` is what stands there.
    `person` is None where it may be several, or where nobody is named. `why` says, in French, what
    keeps the tool from cleaning it, and what to do; "" where it can. `own_sheet` is the title of
    the team's own sheet whose cleaning was not allowed, where that alone keeps it.
    """

    part: str
    place: str
    form: str
    person: NamedPerson | None
    strength: Strength
    why: str = ""
    own_sheet: str = ""


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A workbook without the traces that could be cleaned: what was, and what is left to people."""

    data: bytes
    done: tuple[Trace, ...]
    left: tuple[Trace, ...]
