"""What is expected of each program, as `expected.toml` has it, and that file made anew.

`python -m tests.programs` runs every program and writes the file: read the difference before you
commit it. `ruins`, `says` and `advice` are written by hand, and kept.
"""

from __future__ import annotations

import json
import tempfile
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from cedre_xlsx import api
from tests.programs.drivers import PROGRAMS, Program
from tests.programs.facts import facts, left
from tests.programs.lived import LATER, NAME, action_cell, lived
from tests.programs.reread import told

FILE = Path(__file__).with_name("expected.toml")


@dataclass(frozen=True, slots=True)
class Expected:
    """One program: what is left of the workbook, what our commands say of it.

    `check` are the codes about the workbook's state, `fixed` those that remain after `fix`,
    `says` the other codes that come on top. `ruins` says in French what typed content it loses,
    "" for the others; `advice` is what to do.
    """

    label: str
    left: Mapping[str, str] = field(default_factory=dict)
    check: tuple[str, ...] = ()
    fixed: tuple[str, ...] = ()
    says: tuple[str, ...] = ()
    ruins: str = ""
    advice: str = ""


def read_expected() -> dict[str, Expected]:
    """The file's content, by the name of the program; those not there yet have nothing."""
    made = tomllib.loads(FILE.read_text(encoding="utf-8")) if FILE.exists() else {}
    return {one.name: _expected(one, made.get(one.name, {})) for one in PROGRAMS}


def _expected(program: Program, content: Mapping[str, object]) -> Expected:
    values = {
        name: tuple(value) if isinstance(value, list) else value for name, value in content.items()
    }
    return Expected(**{**values, "label": program.label})  # type: ignore[arg-type]


BY_NAME = {one.name: one for one in PROGRAMS}
EXPECTED = read_expected()


def state_after_fix(path: Path) -> tuple[str, ...]:
    """The codes about the workbook's state that remain once it is repaired, in place."""
    api.fix(path, on=LATER)
    return told(path, LATER).state


def measured(program: Program) -> Expected:
    """What the program does now; what is written by hand stays."""
    before = EXPECTED[program.name]
    edit = action_cell(lived())
    saved = program.saved([(lived(), edit)])[0]
    if saved.error or before.ruins:
        print(f"{program.name}: {saved.error or before.ruins}")
        return before
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / NAME
        path = path.with_suffix(f".{program.writes}")
        path.write_bytes(saved.data)
        theirs = told(path, LATER)
        written = program.writes == "xlsx"
        return Expected(
            label=program.label,
            left=left(facts(lived()), facts(saved.data)) if written else {},
            check=theirs.state,
            fixed=state_after_fix(path) if written else (),
            says=before.says,
            ruins=before.ruins,
            advice=before.advice,
        )


def toml(found: Mapping[str, Expected]) -> str:
    """The file's text."""
    return "\n".join("\n".join(_lines(name, one)) + "\n" for name, one in found.items())


def _lines(name: str, one: Expected) -> Iterator[str]:
    yield f"[{name}]"
    for key in ("label", "ruins", "advice"):
        yield f"{key} = {json.dumps(getattr(one, key), ensure_ascii=False)}"
    for key in ("check", "fixed", "says"):
        yield f"{key} = {json.dumps(getattr(one, key))}"
    yield f"[{name}.left]"
    yield from (f'{key} = "{state}"' for key, state in one.left.items())


def main() -> None:
    """Write what every program here does; the others keep their lines."""
    found = {one.name: EXPECTED[one.name] if one.missing else measured(one) for one in PROGRAMS}
    FILE.write_text(toml(found), encoding="utf-8")
