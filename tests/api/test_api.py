"""The same verbs from Python: each command has one, typed, explained, silent and light."""

from __future__ import annotations

import ast
import inspect
import re
import subprocess
import sys
import threading
import typing
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import cedre_xlsx
from cedre_xlsx import api
from cedre_xlsx.cli.main import COMMANDS
from cedre_xlsx.workbook.read import read_workbook
from tests.paperwork.form_models import prolongation
from tests.small_association import refreshed_workbook
from tests.support import ROOT

ON = date(2026, 9, 30)

#: The verb of each command: its own name, but for a builtin, a noun and the package of the rules.
VERBS = {
    **{command.name or "": command.name or "" for command in COMMANDS},
    "import": "import_tables",
    "print": "print_forms",
    "retention": "find_retention",
    "rules": "rule",
    "year": "start_year",
}
NO_VERB = {
    "completion",  # a script for a shell
    "page",  # a server, which calls the other verbs
}
#: What only a person at a keyboard needs: a question, a form to show, where to put it.
ON_THE_COMMAND_LINE_ALONE = {
    "check": {
        "workbooks": "path",
        "form": "",
        "everything": "",
        "statistics": "",
        "output": "",
        "force": "",
    },
    "compare": {"form": "", "output": "", "force": ""},
    "dossier": {"workbook": "path", "yes": ""},
    "fill": {"workbook": "path", "learn": ""},
    "fix": {"workbook": "path", "yes": ""},
    "import": {"workbook": "path", "yes": "replace_all", "show_all": ""},
    # What was chosen is done by merge_apply.
    "merge": {"workbooks": "path", "is_end": "", "form": ""},
    "migrate": {"show_all": ""},
    "minutes": {"workbook": "path"},
    # What leaves is told first: find_referent, then apply_referent.
    "print": {"workbook": "path", "referents": "", "yes": ""},
    "pseudonymise": {"workbook": "path"},
    "refresh": {"workbook": "path"},
    # The letters are of print_notices; what is erased is told first: find_anonymisation, then
    # apply_anonymisation.
    "retention": {
        "workbook": "path",
        **dict.fromkeys(
            (
                "notice", "people", "to_apply", "dry_run", "yes", "copy", "own_sheets", "force",
                "output",
            ),
            "",
        ),
    },
    # Without `output` nothing is written: what would leave is in what it returns.
    "share": {"workbook": "path", "dry_run": ""},
    "shortcuts": {"workbook": "path"},
    "stats": {"workbook": "path", "form": "", "output": "", "who": "", "force": ""},
    "upgrade": {"workbook": "path"},
    "watch": {"place": "path", "poll": ""},
    "year": {"workbook": "path", "wanted": "year"},
}  # fmt: skip
WITH_VERBS = sorted(VERBS.keys() - NO_VERB)


def verb(command: str) -> Callable[..., Any]:
    found: Callable[..., Any] = getattr(cedre_xlsx, VERBS[command])
    return found


@pytest.mark.parametrize("command", WITH_VERBS)
def test_every_command_has_its_verb_typed_and_explained(command: str) -> None:
    found = verb(command)
    assert VERBS[command] in cedre_xlsx.__all__
    assert found is getattr(api, VERBS[command])
    assert len((found.__doc__ or "").split()) >= 8
    hints = typing.get_type_hints(inspect.unwrap(found))
    assert hints.keys() == {*inspect.signature(found).parameters, "return"}
    assert hints["return"] not in (None, type(None), Any)


@pytest.mark.parametrize("command", WITH_VERBS)
def test_every_option_has_its_parameter(command: str) -> None:
    known = inspect.signature(verb(command)).parameters
    renamed = ON_THE_COMMAND_LINE_ALONE.get(command, {})
    options = next(one for one in COMMANDS if one.name == command).params
    for option in options:
        name = renamed.get(option.name or "", option.name or "")
        assert not name or name in known, f"{command} --{option.name}"


@pytest.mark.parametrize("command", WITH_VERBS)
def test_the_page_for_developers_has_its_parameters(command: str) -> None:
    page = (ROOT / "docs/developper.md").read_text(encoding="utf-8")
    name = VERBS[command]
    told = re.search(rf"^\| `{name}\((.*?)\)` \|", page, re.MULTILINE)
    assert told is not None
    known = [
        ("*, " if one.kind is one.KEYWORD_ONLY and before.kind is not one.KEYWORD_ONLY else "")
        + one.name
        for before, one in pairs(inspect.signature(verb(command)).parameters.values())
    ]
    shown = told[1].removesuffix(", …")
    assert ", ".join(known).startswith(shown)
    assert shown == ", ".join(known) or told[1].endswith("…")


def pairs(parameters: Iterable[inspect.Parameter]) -> Iterator[tuple[Any, Any]]:
    """Each parameter with the one before it."""
    every = list(parameters)
    yield from zip([*every[:1], *every], every, strict=False)


@pytest.mark.slow
def test_the_verbs_return_values_print_nothing_and_do_not_exit(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    made = cedre_xlsx.demo(tmp_path / "essai", on=ON)
    path, small = tmp_path / "le_leur.xlsx", tmp_path / "petit.xlsx"
    for one in (path, small):
        one.write_bytes(refreshed_workbook())
    stop = threading.Event()
    stop.set()
    returned = {
        "demo": made,
        "new": cedre_xlsx.new(tmp_path / "suivi.xlsx", structure="Essai", kind="AI"),
        "check": cedre_xlsx.check(path, on=ON),
        "migrate": cedre_xlsx.migrate([_people(tmp_path)], tmp_path / "ancien.xlsx", on=ON),
        "import": cedre_xlsx.import_tables([_people(tmp_path)], path, on=ON),
        "refresh": cedre_xlsx.refresh(path, on=ON),
        "merge": cedre_xlsx.merge(small, [small], output=tmp_path / "deux.xlsx", on=ON),
        "minutes": cedre_xlsx.minutes(path, on=ON),
        "stats": cedre_xlsx.stats(path, year=2026, on=ON),
        "share": cedre_xlsx.share(small, year=2026, on=ON),
        "consolidate": cedre_xlsx.consolidate([small], tmp_path / "tout.xlsx", years=[2026], on=ON),
        "print": cedre_xlsx.print_forms(path, folder=tmp_path / "pdf", due=True, on=ON),
        "fill": cedre_xlsx.fill(_form(tmp_path), path, person=_someone(path), on=ON),
        "fix": cedre_xlsx.fix(path, on=ON),
        "retention": cedre_xlsx.find_retention(path, on=ON),
        "upgrade": cedre_xlsx.upgrade(path),
        "year": cedre_xlsx.start_year(path, 2027, on=ON, dry_run=True),
        "compare": cedre_xlsx.compare(small, small, on=ON),
        "pseudonymise": cedre_xlsx.pseudonymise(small, tmp_path / "copie.xlsx", on=ON),
        "dossier": cedre_xlsx.dossier(small, person=_anybody(small), folder=tmp_path, on=ON),
        "rules": cedre_xlsx.rule("SUI03"),
        "shortcuts": cedre_xlsx.shortcuts(path, folder=tmp_path / "bureau"),
        "watch": list(cedre_xlsx.watch(path, stop=stop)),
    }
    assert sorted(returned) == WITH_VERBS
    assert {name for name, value in returned.items() if not value} == set()
    assert capfd.readouterr() == ("", "")


def _form(folder: Path) -> Path:
    path = folder / "modele.xlsx"
    path.write_bytes(prolongation())
    return path


def _anybody(path: Path) -> str:
    return next(iter(read_workbook(path, on=ON).records.persons))


def _someone(path: Path) -> str:
    """A person of the example whose PASS has an end."""
    people = read_workbook(path, on=ON).records.persons.values()
    return next(one.name for one in people if one.latest.pass_end is not None)


def _people(folder: Path) -> Path:
    path = folder / "liste.csv"
    path.write_text("Nom;Prénom\nDurand;Lise\n", encoding="utf-8")
    return path


@pytest.mark.parametrize("module", ["cedre_xlsx", "cedre_xlsx.api"])
def test_the_lazy_names_are_those_that_types_are_checked_by(module: str) -> None:
    found = sys.modules[module]
    tree = ast.parse(Path(found.__file__ or "").read_text(encoding="utf-8"))
    [checked] = [node for node in tree.body if isinstance(node, ast.If)]
    names = {alias.name for node in checked.body if isinstance(node, ast.ImportFrom)
             for alias in node.names}  # fmt: skip
    assert names == set(found.__all__) - {"__version__"}
    assert sorted(found.__all__) == found.__all__
    assert set(found.__all__) <= set(dir(found))
    assert all(getattr(found, name) is not None for name in found.__all__)
    with pytest.raises(AttributeError, match="absent"):
        found.absent  # noqa: B018


def test_importing_the_package_is_cheap() -> None:
    code = "import sys, cedre_xlsx; print(*{name.partition('.')[0] for name in sys.modules})"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True
    )
    heavy = {"click", "pydantic", "lxml", "python_calamine", "openpyxl", "pandas", "typst"}
    assert set(done.stdout.split()) & heavy == set()


@pytest.mark.slow
def test_a_name_is_the_same_whatever_was_imported_before() -> None:
    """`rules` is the package of the checks, before and after something imports it."""
    code = (
        "import cedre_xlsx; before = cedre_xlsx.rules; import cedre_xlsx.rules.people; "
        "print(before is cedre_xlsx.rules, len(before.RULES) > 50)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True
    )
    assert done.stdout.split() == ["True", "True"]
