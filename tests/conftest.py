"""Whatever a test has the product write is judged, so that no test can forget to.

Workbooks are caught where the product hands out their bytes: what a package becomes may have no
fault that it had not when it came in (many tests bring a stranger's broken file); what is made
from nothing, or written in another way, may have none at all.
"""

from __future__ import annotations

import contextlib
import os
import sys
from collections import Counter
from collections.abc import Iterator
from functools import cache
from hashlib import blake2b
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

pytest.register_assert_rewrite("tests.rules.rule_cases")  # its tests say what differs

# The process that hands the tests out runs none: what takes long to import, functions import.

_HERE = Path(__file__).parent
_PRODUCT = "cedre_xlsx."
#: How many rows of Personnes the list of people looks at, and how many lines of a person the form
#: can show: in the workbooks that tests make, and in everybody's.
SHORT, _LONG = (100, 16), (2000, 60)
#: The variable of the environment that names a folder of this run alone.
RUN_FOLDER = "CEDRE_TEST_RUN"
_MOST_KNOWN = 32  # new workbooks that are remembered, and lines whose figures are
#: Workbooks whose cells are remembered, and of how many bytes at most.
_MOST_READ, _MOST_BYTES = 4, 1_000_000
#: What figures are counted from: no other part of the records.
_COUNTED = (
    "settings", "people", "follow_ups", "engagements", "missions", "barriers", "memory",
)  # fmt: skip


#: Modules of few tests that last long, begun first: none is alone at work at the end.
_LONG_MODULES = frozenset({
    "api/test_refresh_decorations.py", "api/test_refresh_properties.py",
    "api/test_refresh_safety.py", "api/test_watch.py", "page/test_browser.py",
    "page/test_week.py", "privacy/test_anonymous_lines.py", "privacy/test_anonymous_workbook.py",
    "privacy/test_pseudonymise.py", "privacy/test_retention_whole.py",
    "programs/test_histories.py", "programs/test_programs.py", "programs/test_readers.py",
    "programs/test_turns.py", "reports/statistics/test_public.py",
    "reports/statistics/test_who.py", "reports/test_decisions.py",
    "reports/test_decisions_properties.py", "reports/test_minutes.py",
    "workbook/edit/test_columns_elsewhere.py", "workbook/edit/test_other_programs.py",
    "workbook/package/test_followed_lines.py", "api/test_passwords_verbs.py",
    "workbook/read/test_mutilations.py", "workbook/repair/test_fix_losses.py",
    "workbook/repair/test_fix_mutilations.py", "workbook/upgrade/test_upgrade.py",
    "yearly/test_left.py", "yearly/test_year.py", "yearly/test_years.py",
})  # fmt: skip


def pytest_configure(config: pytest.Config) -> None:
    """Random cases may take as long as a slow machine needs; one that fails is shown as it is on
    CI, where making it smaller would take minutes.
    """
    if config.getoption("dist", "no") != "no" and not hasattr(config, "workerinput"):
        return  # the process that hands the tests out
    from hypothesis import Phase, settings

    phases = tuple(Phase)
    if os.environ.get("CI"):
        phases = (Phase.explicit, Phase.reuse, Phase.generate)
    settings.register_profile("cedre", deadline=None, print_blob=True, phases=phases)
    settings.load_profile("cedre")


@pytest.hookimpl(tryfirst=True)  # before -m chooses
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Every test of Hypothesis is one of random cases; what is long is begun first."""
    items.sort(key=lambda item: item.path.relative_to(_HERE).as_posix() not in _LONG_MODULES)
    for item in items:
        if getattr(getattr(item, "obj", None), "is_hypothesis_test", False):
            item.add_marker("property")


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip where the program that a test needs is not there; on CI, let the test fail instead."""
    from tests.support import absent

    for mark in item.iter_markers():
        if (name := absent(mark)) and not os.environ.get("CI"):
            pytest.skip(f"{name} is not installed")


class _Judge:
    """The faults found since they were last asked for, and the files that were judged already."""

    def __init__(self) -> None:
        self._faults: list[str] = []
        self._known: set[bytes] = set()

    def judge(self, data: bytes, before: bytes | None = None) -> None:
        known = blake2b(data).digest()
        if known in self._known or not data.startswith(b"PK"):
            return
        from tests.package_checker import check_package

        self._known.add(known)
        old = Counter[str]()
        if before is not None:
            with contextlib.suppress(Exception):  # a file that is beyond judging
                old = Counter(check_package(before))
        self._faults += (Counter(check_package(data)) - old).elements()

    def take(self) -> list[str]:
        faults, self._faults = self._faults, []
        return faults


_JUDGE = _Judge()


@pytest.fixture(scope="session", autouse=True)
def _catch_what_is_written() -> Iterator[None]:
    from cedre_xlsx.files import replace
    from cedre_xlsx.ooxml.parts import Package
    from cedre_xlsx.workbook.package import finish
    from cedre_xlsx.workbook.template import build

    opened, closed = Package.__init__, Package.data
    finished, written = build.finish_template, replace._written_beside

    def init(self: Any, file: Any) -> None:
        opened(self, file)
        self.came_in = getattr(file, "data", file)

    def data(self: Any) -> bytes:
        made = closed(self)
        if sys._getframe(1).f_globals.get("__name__", "").startswith(_PRODUCT):
            _JUDGE.judge(made, self.came_in)
        return made

    def finish_template(*given: Any) -> bytes:
        made = finished(*given)
        _JUDGE.judge(made)
        return made

    def written_beside(target: Any, content: bytes) -> Any:
        _JUDGE.judge(content)
        return written(target, content)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Package, "__init__", init)
        patch.setattr(Package, "data", data)
        patch.setattr(build, "finish_template", finish_template)
        patch.setattr(finish, "finish_template", finish_template)
        patch.setattr(replace, "_written_beside", written_beside)
        yield


@contextlib.contextmanager
def lists_of(people: int, lines: int) -> Iterator[None]:
    from cedre_xlsx.workbook.template import form_chain, lists_sheet, person_form

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(lists_sheet, "PEOPLE_ROWS", people)
        patch.setattr(lists_sheet, "_LAST", lists_sheet.FIRST_ROW + people - 1)
        patch.setattr(form_chain, "PEOPLE_ROWS", people)
        patch.setattr(person_form, "LINES", lines)
        yield


@pytest.fixture(scope="session", autouse=True)
def _short_lists() -> Iterator[None]:
    """New workbooks have a quarter of the formulas that list people and find a person's lines: all
    that makes, reads, refreshes or judges a workbook is quicker. As many as they are stand in the
    template, the examples, and whatever a process of its own makes.
    """
    from tests.small_association import new_workbook

    assert not new_workbook.cache_info().currsize, "a workbook is made while tests are collected"
    with lists_of(*SHORT):
        yield


@pytest.fixture(scope="session", autouse=True)
def _made_once(_catch_what_is_written: None) -> Iterator[None]:
    """A new workbook of the same content is made once: many tests begin with an empty one, and all
    that repairs or upgrades a workbook takes sheets out of a new one. What a test module makes by
    the `build_workbook` that it imported is made each time.
    """
    from cedre_xlsx.workbook.template import build, lists_sheet, person_form

    make, known = build.build_workbook, dict[str, bytes]()

    def made_once(filling: Any, generated: Any = ()) -> bytes:
        titles = [one.title for one in generated]  # those of new workbooks have no rows
        asked = f"{lists_sheet.PEOPLE_ROWS} {person_form.LINES} {titles} {filling!r}"
        if filling.logo is not None or any(one.rows for one in generated):
            return make(filling, generated)
        if asked not in known:
            if len(known) >= _MOST_KNOWN:
                known.pop(next(iter(known)))
            known[asked] = make(filling, generated)
        return known[asked]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(build, "build_workbook", made_once)
        yield


@pytest.fixture(scope="session", autouse=True)
def _read_once() -> Iterator[None]:
    """The cells of a workbook are parsed once as long as it is the same: a verb reads what it
    changes and what it has written, the next one reads it again, and so does the test.
    """
    from cedre_xlsx.workbook.read import source

    read, known = source._excel, dict[tuple[Any, ...], Any]()

    def read_once(package: Any, choose: Any) -> Any:
        data = package.file.data
        if choose is not None or len(data) > _MOST_BYTES:
            return read(package, choose)
        asked = (blake2b(data).digest(), package.path, source.MOST_CELLS, source.MOST_TEXT)
        if asked not in known:
            if len(known) >= _MOST_READ:
                known.pop(next(iter(known)))
            known[asked] = read(package, choose)
        return known[asked]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(source, "_excel", read_once)
        yield


@pytest.fixture(scope="session", autouse=True)
def _one_folder(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Where the processes of one run leave what all of them need (tests/programs/once.py)."""
    own = tmp_path_factory.getbasetemp()
    os.environ[RUN_FOLDER] = str(own.parent if "PYTEST_XDIST_WORKER" in os.environ else own)


@pytest.fixture(scope="session", autouse=True)
def _counted_once() -> Iterator[None]:
    """Figures are counted once of the same lines, as they stand in the same rows, on the same day:
    that is half of what a refresh takes, and many tests refresh again a workbook in which only
    notes were typed.
    """
    # By their names: the package has a function that is called as one of them.
    modules = [
        import_module(f"cedre_xlsx.reports.statistics.{name}")
        for name in ("compute", "sheet", "public.series")
    ]
    counter, known = modules[0].counter, dict[bytes, Any]()

    def counted_once(records: Any, on: Any) -> Any:
        lines = [getattr(records, name) for name in _COUNTED]
        asked = blake2b(f"{on} {lines!r}".encode("utf-8", "surrogatepass")).digest()
        if asked not in known:
            if len(known) >= _MOST_KNOWN:
                known.pop(next(iter(known)))
            known[asked] = cache(counter(records, on))
        return known[asked]

    with pytest.MonkeyPatch.context() as patch:
        for module in modules:
            patch.setattr(module, "counter", counted_once)
        yield


@pytest.fixture(scope="module")
def long_lists() -> Iterator[None]:
    """For a module whose new workbooks are compared with those that are kept: as everybody's."""
    with lists_of(*_LONG):
        yield


@pytest.fixture(autouse=True)
def _never_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test waits for a damaged file to grow; those of copies under way say so."""
    from cedre_xlsx.files import settled

    monkeypatch.setattr(settled, "_PAUSE", 0.0)


@pytest.fixture(autouse=True)
def _judge_what_is_written(_catch_what_is_written: None) -> Iterator[None]:
    """The test that wrote it fails."""
    yield
    assert _JUDGE.take() == [], "Excel would repair a file that this test had written"
