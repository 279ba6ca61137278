"""Whatever stands behind a command, it is understood, or refused in a French sentence: exit 2."""

from __future__ import annotations

import contextlib
import io
import tempfile
from collections.abc import Iterator
from pathlib import Path

import click
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from cedre_xlsx.cli import main
from cedre_xlsx.cli.main import COMMANDS
from tests.small_association import refreshed_workbook

#: `watch` never ends, `page` waits for a browser, `demo` takes its time and nothing but a folder.
TRIED = {one.name or "": one for one in COMMANDS if one.name not in ("watch", "page", "demo")}
BOOK = "suivi.xlsx"
#: Words as hurried hands, other programs and the next line of a note give them.
WORDS = (
    "", " ", "-", "--", "-1", "0", "1", "3.5", "nan", "1e400", "99999999999999999999", "2026",
    "10000", "2026-09-30", "2026-13-45", "0001-01-01", "9999-12-31", "a" * 5000, "é\udce9", "=1+1",
    "a\nb", "\x1b[31m", "\u202e", "..", "/", "CON", "dossier", "texte.txt", "absent.xlsx",
    "x/absent/y", BOOK, "*", "[]", "%s", "{x}", "SUI03", "SUI99", "LEC", "CP-2026-001", "Durand",
    "AI", "json", "csv", "text", "error", "linux", "pass", "entries", "--help",
)  # fmt: skip


@st.composite
def lines(draw: st.DrawFn) -> list[str]:
    """A command and what stands behind it: its arguments, some of its options, something else."""
    name = draw(st.sampled_from(sorted(TRIED)))
    word = st.sampled_from(WORDS)
    typed = [name]
    for one in TRIED[name].params:
        if isinstance(one, click.Argument):
            some = draw(st.integers(0, 2)) if one.nargs == -1 else one.nargs
            typed += [draw(st.just(BOOK) | word) for _ in range(some)]
        elif draw(st.integers(0, 2)) == 0:
            takes = 0 if getattr(one, "is_flag", False) else one.nargs
            typed += [one.opts[0], *(draw(word) for _ in range(takes))]
    return [*typed, *draw(st.lists(word, max_size=1))]


@contextlib.contextmanager
def desk() -> Iterator[None]:
    """A folder with a workbook, a text and a folder, from which the command is run."""
    with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):
        Path(BOOK).write_bytes(refreshed_workbook())
        Path("texte.txt").write_text("bonjour\n", encoding="utf-8")
        Path("dossier").mkdir()
        yield


def ended(words: list[str]) -> tuple[int, str]:
    """The exit status of a command, and what it said on the stream of errors."""
    out, err = (io.TextIOWrapper(io.BytesIO(), "utf-8", "backslashreplace") for _ in range(2))
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            main(words)
        except SystemExit as end:
            status = int(end.code or 0)
    err.seek(0)
    return status, err.read()


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(lines())
@example(["new", ""])
@example(["migrate", ""])
def test_any_words_behind_a_command(words: list[str]) -> None:
    with desk():
        status, said = ended(words)
    assert status in ((0, 1, 2) if words[0] == "check" else (0, 2)), said
    assert bool(said) or status != 2
    for unexpected in ("Traceback", "un cas que l'outil ne connaît pas"):
        assert unexpected not in said
