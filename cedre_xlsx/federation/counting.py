"""What a part says besides its figures: whose it is, and how many findings its workbook has."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date

from cedre_xlsx.federation.model import Structure
from cedre_xlsx.method.text import readable
from cedre_xlsx.rules import run
from cedre_xlsx.schema.findings import Finding, Problem
from cedre_xlsx.schema.records import Records
from cedre_xlsx.schema.settings import Settings

_SIRET_DIGITS = 14
_LONGEST_NAME = 200


def structure_of(settings: Settings) -> Structure:
    """Who Paramètres says that it is."""
    digits = "".join(one for one in settings.siret if one.isascii() and one.isdigit())
    typed = " ".join(readable(settings.structure).split()) or "Structure sans nom"
    return Structure(
        name=typed[:_LONGEST_NAME],
        siret=digits if len(digits) == _SIRET_DIGITS else None,
        kind=settings.kind.value if settings.kind is not None else None,
    )


def findings_by_rule(records: Records, problems: Sequence[Problem], on: date) -> dict[str, int]:
    """How many findings each rule has that nobody justified, at the date of the count."""
    found: Sequence[Finding] = run(records.living, problems, on=on)
    counts = Counter(one.code for one in found if one.waived is None)
    return dict(sorted(counts.items()))
