"""Who is who in both copies: somebody whose name was corrected is one person."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from cedre_xlsx.merging.comparing.copies import Copy
from cedre_xlsx.method.text import full_name, name_key
from cedre_xlsx.workbook.read.problems import plain_text
from cedre_xlsx.workbook.typed_lines import TypedLine


def name_of(line: TypedLine) -> str:
    """The name of the person of a line of Personnes."""
    parts = (line.cells.get(one) for one in ("last_name", "first_name", "precision"))
    return full_name(*map(plain_text, parts))


@dataclass(frozen=True)
class People:
    """The people of two copies; `renamed` gives the former name of each new one, both as keys."""

    before: Copy
    after: Copy
    renamed: Mapping[str, str] = field(default_factory=dict)

    def was(self, typed: str) -> str:
        """The key of who is meant by a name in the first copy; "" for no name."""
        return name_key(self.before.who(typed)) if typed else ""

    def is_now(self, typed: str) -> str:
        """The key of the same person, by a name in the second copy."""
        key = name_key(self.after.who(typed)) if typed else ""
        return self.renamed.get(key, key)

    def advisor(self, key: str, name: str) -> str:
        """Who accompanies somebody, as the second copy says, else the first."""
        return self.after.advisors.get(name_key(name)) or self.before.advisors.get(key, "")
