"""How the lines of somebody who was made anonymous are called: P-2024-017."""

from __future__ import annotations

import re

ANONYMOUS = re.compile(r"P-\d{4}-\d{3,}")


def is_anonymous(name: str) -> bool:
    """Whether a name is that of an anonymous line."""
    return ANONYMOUS.fullmatch(name.strip()) is not None
