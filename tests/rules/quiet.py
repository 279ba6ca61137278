"""Generated associations in which nothing is wrong: what a check says of them is false.

    python -m tests.rules.quiet [--count 200] [--first 1]

Each has its own seed, day, size and age, and no planted fault. A check may remind of
what is due or not noted (info); an error, a warning, or a rule about what is plausible is false. It
takes some minutes, and is not part of the tests, which look at a few.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from cedre_xlsx.demonstration.association import association
from cedre_xlsx.rules import run
from cedre_xlsx.schema.findings import Finding, Severity
from cedre_xlsx.schema.tables import DATA_TABLES
from tests.support import read_rows

#: The rules about what can be meant: true or false, never a reminder.
PLAUSIBLE = frozenset(
    {"LEC16", "LEC17", "LEC18", "PER17", "PER18", "PER19", "PER20", "SUI17", "SUI18", "SUI19",
     "SUI20", "SUI21", "SUI22", "ENG20", "ENG21", "ENG22", "ENG23", "ENG24", "MIS07", "MIS08"}
)  # fmt: skip


def found_in(seed: int) -> tuple[Finding, ...]:
    """What a check says of the clean association of a seed, read from its cells."""
    chance = Random(seed)
    on = date(2022, 1, 1) + timedelta(days=chance.randrange(3000))
    people, years = chance.randint(30, 120), chance.randint(1, 4)
    made = association(on, seed=seed, people=people, years=years, clean=True)
    headings = {
        spec.table: {field: column.header for field, column in spec.columns.items()}
        for spec in DATA_TABLES
    }
    tables = {
        table: [{headings[table][field]: cell for field, cell in row.items()} for row in rows]
        for table, rows in made.filling.rows.items()
    }
    advisors = [{"Accompagnateur": name} for name in made.filling.settings.advisors]
    read = read_rows(on, **tables, tAccompagnateurs=advisors)
    return run(read.records, read.problems, on=on)


def false_among(findings: tuple[Finding, ...]) -> Iterator[Finding]:
    """The findings that a clean association cannot deserve."""
    for one in findings:
        if one.severity is not Severity.INFO or one.code in PLAUSIBLE:
            yield one


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--first", type=int, default=1, help="the first seed")
    asked = parser.parse_args()
    quiet, reminders = 0, Counter[str]()
    for seed in range(asked.first, asked.first + asked.count):
        findings = found_in(seed)
        false = list(false_among(findings))
        quiet += not false
        reminders.update(one.code for one in findings if one not in false)
        for one in false:
            print(f"{seed}: {one.code} {one.place.sheet}!{one.place.cell} {one.message}")
    print(f"{quiet} of {asked.count} quiet; reminders: {dict(sorted(reminders.items()))}")
    return 0 if quiet == asked.count else 1


if __name__ == "__main__":
    sys.exit(main())
