"""No test is lost between those that run while one waits and those that only CI runs."""

from __future__ import annotations

import ast
import re
import tomllib

from tests.support import ROOT, needs_calligra, needs_chromium, needs_gnumeric, needs_libreoffice

_OPTIONS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
_PYTEST = _OPTIONS["tool"]["pytest"]["ini_options"]


def rest() -> str:
    """What nox tells pytest to run besides."""
    tree = ast.parse((ROOT / ".ci/noxfile.py").read_text(encoding="utf-8"))
    given = [one for one in tree.body if isinstance(one, ast.Assign)]
    [found] = [one.value for one in given if ast.unparse(one.targets[0]) == "REST"]
    return str(ast.literal_eval(found))


def test_what_pytest_leaves_out_is_the_rest() -> None:
    options = _PYTEST["addopts"]
    assert options[options.index("-m") + 1] == f"not ({rest()})"
    assert set(rest().split(" or ")) == {
        re.split(r"[(:]", one)[0] for one in _PYTEST["markers"]
    }  # fmt: skip


def test_ci_runs_both() -> None:
    script = (ROOT / ".ci/run").read_text(encoding="utf-8")
    assert "readme_block 2" in script
    for words in ("rest", "cover", "lint", "docs -- --check", "release"):
        assert f"nox -f .ci/noxfile.py -s {words}" in script
    assert (ROOT / "README.md").read_text(encoding="utf-8").count(".venv/bin/pytest\n") == 1


def test_what_needs_a_program_is_left_out() -> None:
    for needs in (needs_libreoffice, needs_gnumeric, needs_calligra, needs_chromium):
        assert needs.mark.name in rest().split(" or ")
