"""What other programs do to our workbook, and that nothing typed is lost by what they do.

One text of Suivi is changed in each, and the file saved. What is left of it must be what
`tests/programs/expected.toml` says, which the docs show; and our commands must say of it what
they say of the same change without that program. `python -m tests.programs` writes the file anew.
"""

from __future__ import annotations

import os
from dataclasses import replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from cedre_xlsx import api
from cedre_xlsx.schema.errors import CedreError
from tests.hands import typed
from tests.programs.drivers import PROGRAMS, Program, Saved, saved_by_libreoffice
from tests.programs.facts import facts, left
from tests.programs.lived import LATER, NAME, action_cell, lived
from tests.programs.measure import BY_NAME, EXPECTED, Expected
from tests.programs.once import saved_once
from tests.programs.reread import Rows, Told, differences, generated_rows, refreshed, told

pytestmark = [
    pytest.mark.program,
    # What openpyxl says of the files of others
    pytest.mark.filterwarnings("ignore::UserWarning:openpyxl"),
]

_MOST, _WIDTH = 12, 300  # of what a failure tells
WRITTEN = [one.name for one in PROGRAMS if one.writes == "xlsx"]


def saved(name: str) -> Saved:
    if name.removeprefix("calligra-").startswith("libreoffice"):
        return by_libreoffice()[name]
    return saved_once(name)


@cache
def by_libreoffice() -> dict[str, Saved]:
    return saved_by_libreoffice([(lived(), action_cell(lived()))])


@cache
def without_it() -> bytes:
    """The same change, without any other program."""
    edit = action_cell(lived())
    return typed(lived(), edit.sheet, {edit.cell: edit.text})


def program(name: str) -> tuple[Program, Expected]:
    one = BY_NAME[name]
    if one.missing and not os.environ.get("CI"):
        pytest.skip(one.missing)
    assert not one.missing, one.missing
    return one, EXPECTED[name]


def in_file(folder: Path, data: bytes, kind: str = "xlsx") -> Path:
    path = folder / Path(NAME).with_suffix(f".{kind}")
    path.write_bytes(data)
    return path


def harmless(name: str) -> tuple[Program, Expected, bytes]:
    """A program that leaves all that was typed."""
    one, expected = program(name)
    if expected.ruins:
        pytest.skip(f"{one.label}: {expected.ruins}")
    found = saved(name)
    assert not found.error
    return one, expected, found.data


@pytest.mark.parametrize("name", [one.name for one in PROGRAMS])
def test_a_program_opens_and_saves_our_workbook(name: str) -> None:
    program(name)
    assert saved(name).error == ""


@pytest.mark.parametrize("name", WRITTEN)
def test_what_is_left_of_the_workbook_is_what_the_table_says(name: str) -> None:
    _, expected, data = harmless(name)
    assert left(facts(lived()), facts(data)) == expected.left


def unlike(mine: Told, theirs: Told, says: tuple[str, ...] = ()) -> list[str]:
    """What is not the same, shortly; `says` are the codes of findings that come on top."""
    more = [one for one in theirs.findings if one not in mine.findings]
    lines = [f"missing: {one}" for one in mine.findings if one not in theirs.findings]
    lines += [f"more: {one}" for one in more if one[0] not in says]
    lines += [f"not said: {code}" for code in says if code not in {one[0] for one in more}]
    if theirs.figures != mine.figures:
        lines.append("figures")
    for before, after in zip(mine.lines, theirs.lines, strict=True):
        lines += [f"line: {one!r}" for one in before if one not in after]
        lines += [f"added line: {one!r}" for one in after if one not in before]
    lines += [f"own column of {title}: {theirs.own.get(title)}"
              for title in mine.own if theirs.own.get(title) != mine.own[title]]  # fmt: skip
    return [line[:_WIDTH] for line in lines[:_MOST]]


def without(one: Told, says: tuple[str, ...]) -> Told:
    """What is told, but these codes."""
    return replace(one, findings=tuple(f for f in one.findings if f[0] not in says))


def nothing(found: list[str]) -> None:
    """No difference; a failure shows all that are told."""
    assert not found, "\n".join(found)


@cache
def ours() -> tuple[Told, bytes, Told]:
    """What is told without it, the file after a refresh, and what is told of that."""
    with TemporaryDirectory() as folder:
        path = in_file(Path(folder), without_it())
        before = told(path, LATER)
        made = refreshed(path, LATER)
        assert (made.new_faults, made.second_changes) == ((), False)
        return before, made.data, told(path, LATER)


@cache
def our_rows(unsaid: tuple[str, ...]) -> dict[str, Rows]:
    return generated_rows(ours()[1], unsaid)


@cache
def told_after(name: str) -> Told:
    """What is told of the file that a program saved."""
    with TemporaryDirectory() as folder:
        return told(in_file(Path(folder), saved(name).data, BY_NAME[name].writes), LATER)


@pytest.mark.parametrize("name", [one.name for one in PROGRAMS])
def test_findings_figures_and_lines_are_the_same(name: str) -> None:
    _, expected, _ = harmless(name)
    theirs = told_after(name)
    nothing(unlike(ours()[0], theirs, expected.says))
    assert theirs.state == expected.check


@pytest.mark.parametrize("name", WRITTEN)
def test_a_refresh_after_it_is_the_same_and_sound(name: str, tmp_path: Path) -> None:
    _, expected, data = harmless(name)
    mine_told = ours()[2]
    path = in_file(tmp_path, data)
    theirs = refreshed(path, LATER)
    assert theirs.new_faults == ()
    assert not theirs.second_changes
    nothing(differences(our_rows(expected.says), generated_rows(theirs.data, expected.says)))
    nothing(unlike(mine_told, told(path, LATER), expected.says))


@pytest.mark.parametrize("name", WRITTEN)
def test_fix_mends_what_the_table_says_and_no_line(name: str, tmp_path: Path) -> None:
    _, expected, data = harmless(name)
    path = in_file(tmp_path, data)
    before = told_after(name)
    api.fix(path, on=LATER)
    after = told(path, LATER)
    assert after.state == expected.fixed
    nothing(unlike(without(before, expected.says), without(after, expected.says)))


@pytest.mark.parametrize("name", [name for name in BY_NAME if EXPECTED[name].ruins])
def test_what_a_program_ruins_is_an_error_or_refused(name: str, tmp_path: Path) -> None:
    one, _ = program(name)
    path = in_file(tmp_path, saved(name).data, one.writes)
    try:
        report = api.check(path, on=LATER)
    except CedreError:
        return
    assert any(found.severity == "error" for found in report.findings)
