"""The number of a PASS IAE: twelve digits, which the State's platform shows as 99999 21 12345."""

from __future__ import annotations

import re

_SIGNS = re.compile(r"[\s.\-]+")
_DIGITS = 12
_NUMBER = re.compile(rf"[0-9]{{{_DIGITS}}}")


def pass_number(typed: str) -> str:
    """The twelve digits of a number as it was typed, in groups or not; "" where it is none."""
    if len(typed) == _DIGITS and typed.isascii() and typed.isdigit():
        return typed
    digits = _SIGNS.sub("", typed)
    return digits if _NUMBER.fullmatch(digits) else ""


def shown_pass_number(number: str) -> str:
    """Twelve digits in the groups by which people read them: 5, 2 and 5."""
    return f"{number[:5]} {number[5:7]} {number[7:]}"
