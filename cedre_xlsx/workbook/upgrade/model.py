"""What an upgrade did to a workbook."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from cedre_xlsx.workbook.repair.layout import UnlikeError


@dataclass(frozen=True, slots=True)
class Upgrade:
    """A workbook's bytes with what could be given to it; the same bytes where nothing was.

    `done` says what, `left` what could not be and why, `notes` what is to be known or verified,
    all in French.
    """

    data: bytes
    done: tuple[str, ...] = ()
    left: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass
class UpgradeNote:
    """What is said of an upgrade under way."""

    done: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @contextmanager
    def step(self, what: str) -> Iterator[None]:
        """A step that is told to be left where the workbook is not laid out as it needs."""
        try:
            yield
        except UnlikeError as why:
            self.left.append(f"{what} : {why}")
