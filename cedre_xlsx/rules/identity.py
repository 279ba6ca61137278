"""The identity of a finding as the hidden column `Clé` of `Contrôle` holds it."""

from __future__ import annotations

import hashlib

from cedre_xlsx.schema.records import Records
from cedre_xlsx.workbook.following import Parts
from cedre_xlsx.workbook.line_prints import parts_of

_LENGTH = 16  # hexadecimal digits: no two findings of a workbook share them


def encode_identity(identity: tuple[str, str, str]) -> str:
    """Code, person and line of a finding as one short text, which shows no name.

    After one print of it all come those of the person and of each part of the line, by which a
    corrected line is followed. It has neither "|" (what follows one in the key is ours) nor "~"
    (which numbers twins).
    """
    code, person, line = identity
    together = "\0".join((person, line)).encode("utf-8", "surrogatepass")
    whole = hashlib.sha256(together).hexdigest()[:_LENGTH]
    return ".".join((code, whole, *parts_of(person, line)))


def whole_of(name: str) -> str:
    """The code and the print of it all: what an older version wrote, alone."""
    return ".".join(name.split(".")[:2])


def base_of(name: str) -> str:
    """What two findings of the same line have in common, and one that has another name since: its
    code and the prints of the person and of the line, where they are known.
    """
    parts = parts_in(name)
    return ".".join((name.partition(".")[0], *parts)) if parts else whole_of(name)


def parts_in(name: str) -> Parts:
    """The prints of the person and of the line; none in a text of an older version."""
    return tuple(name.split(".")[2:])


def twin_lines(records: Records) -> frozenset[str]:
    """The prints, as they stand in an identity, of the lines of Suivi that have twins."""
    return frozenset(".".join(parts_of(name, key)) for name, key in records.twins)
