"""How far long work is."""

from __future__ import annotations

import itertools

import pytest

from cedre_xlsx.cli import progress


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (2, ""),
        (8, ", encore 10 s"),
        (44, ", encore 40 s"),
        (119, ", encore 2 min"),
        (7200, ", encore 2 h"),
    ],
)
def test_what_is_left(seconds: float, said: str) -> None:
    assert progress.how_long(seconds) == said


def test_one_line_after_two_seconds(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A second for each of 600 files: nothing of the first ones, nothing left at the end."""
    clock = itertools.count()
    monkeypatch.setattr(progress.time, "monotonic", lambda: float(next(clock)))
    monkeypatch.setattr("sys.stderr.isatty", lambda: True, raising=False)
    with progress.counting("Lecture de 600 fichiers") as tell:
        for done in range(1, 4):
            tell(done, 600)
    first, second, last = capsys.readouterr().err.strip("\r").split("\r")[:3]
    assert first == "Lecture de 600 fichiers : 2 sur 600, encore 10 min"
    assert second == "Lecture de 600 fichiers : 3 sur 600, encore 10 min"
    assert last == " " * len(second)


def test_nothing_for_a_program(capsys: pytest.CaptureFixture[str]) -> None:
    with progress.counting("Lecture") as tell:
        tell(1, 2)
    assert capsys.readouterr().err == ""
