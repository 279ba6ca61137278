"""The identity of a finding as the hidden column `Clé` of `Contrôle` holds it."""

from __future__ import annotations

import hashlib

_LENGTH = 16  # hexadecimal digits: no two findings of a workbook share them


def encode_identity(identity: tuple[str, str, str]) -> str:
    """Code, person and line of a finding as one short text, which shows no name.

    It has neither "|" (what follows one in the key is ours) nor "~" (which numbers twins).
    """
    code, person, line = identity
    together = "\0".join((person, line)).encode("utf-8", "surrogatepass")
    return f"{code}.{hashlib.sha256(together).hexdigest()[:_LENGTH]}"
