"""Files mapped to results: in their order, over processes that may die, taken up again."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from cedre_xlsx.federation.job import digest_of
from cedre_xlsx.federation.kept import Kept, kept_beside, kept_path
from cedre_xlsx.federation.work import Done, Failed, results
from cedre_xlsx.schema.errors import CedreError
from tests.federation.tasks import KILLS, REFUSED, SLOW, UNKNOWN, task


def files(folder: Path, *contents: bytes) -> list[Path]:
    made = [folder / f"{number:02}.xlsx" for number in range(len(contents))]
    for path, data in zip(made, contents, strict=True):
        path.write_bytes(data)
    return made


def said(found: Sequence[Done[int] | Failed]) -> list[int | str]:
    """The result of each file, or why there is none."""
    return [one.value if isinstance(one, Done) else one.why for one in found]


MIXED = (b"a", REFUSED, b"abc", UNKNOWN, b"abcde")
OF_MIXED = [
    1,
    "ce n'est pas un classeur.",
    3,
    "l'outil ne connaît pas ce cas (KeyError) ; « cedre-xlsx stats » sur ce fichier en dit plus.",
    5,
]


@pytest.mark.parametrize("batch", [1, 2, 9])
def test_a_file_that_cannot_be_read_is_one_line(tmp_path: Path, batch: int) -> None:
    made = list(results(files(tmp_path, *MIXED), task(batch), workers=1))
    assert said(made) == OF_MIXED
    assert [one.path.name for one in made] == [f"0{number}.xlsx" for number in range(5)]


def test_a_missing_file_is_one_line(tmp_path: Path) -> None:
    (made,) = results([tmp_path / "rien.xlsx"], task(), workers=1)
    assert isinstance(made, Failed)
    assert made.sentence == f"{tmp_path / 'rien.xlsx'} : ce fichier n'existe pas."


def test_progress_is_told_by_batches(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    many = files(tmp_path, *[b"a"] * 5)
    list(results(many, task(2), workers=1, progress=lambda *one: told.append(one)))
    assert told == [(2, 5), (4, 5), (5, 5)]


@pytest.mark.slow
def test_processes_give_what_one_gives_and_whose_dies_is_one_line(tmp_path: Path) -> None:
    """The slow file ends last and comes first; what was under way with the one that kills is
    done again.
    """
    many = files(tmp_path, SLOW, *MIXED, KILLS, *[b"abcdefg"] * 30)
    found = said(list(results(many, task(2), workers=2)))
    died = found[6]
    assert found == [4, *OF_MIXED, died, *[7] * 30]
    assert "s'est arrêté net" in str(died)


@contextmanager
def interrupted(output: Path, key: str) -> Iterator[Kept]:
    """A run that Ctrl-C ends when the work inside is done."""
    with suppress(KeyboardInterrupt), kept_beside(output, key) as kept:
        yield kept
        raise KeyboardInterrupt


class TestResume:
    def test_what_was_made_is_taken_up_again(self, tmp_path: Path) -> None:
        many = files(tmp_path, b"a", b"ab", b"abc")
        output = tmp_path / "sortie.xlsx"
        with interrupted(output, "2026") as kept:
            for one in results(many, task(), workers=1, resume=kept):
                if one.path == many[1]:
                    break
        assert stat.S_IMODE(kept_path(output).stat().st_mode) == 0o600 or os.name == "nt"
        many[0].write_bytes(b"abcdef")  # it changed: it is done again
        with kept_beside(output, "2026") as kept:
            found = list(results(many, task(), workers=1, resume=kept))
        assert [(one.value, one.is_kept) for one in found if isinstance(one, Done)] == [
            (6, False),
            (2, True),
            (3, False),
        ]
        assert not kept_path(output).exists()

    def test_what_a_killed_run_was_writing_is_cut_off(self, tmp_path: Path) -> None:
        output = tmp_path / "sortie.xlsx"
        self.keep(output, "2026", {"a" * 64: b"1", "b" * 64: b"2"})
        whole = kept_path(output).read_bytes()
        kept_path(output).write_bytes(whole[:-3])
        with kept_beside(output, "2026") as kept:
            assert (kept.get("a" * 64), kept.get("b" * 64)) == (b"1", None)
            kept.put("c" * 64, b"3")
            assert (kept.get("a" * 64), kept.get("c" * 64)) == (b"1", b"3")

    def test_other_options_take_nothing_up(self, tmp_path: Path) -> None:
        output = tmp_path / "sortie.xlsx"
        self.keep(output, "2026", {"a" * 64: b"1"})
        with kept_beside(output, "2025") as kept:
            assert kept.get("a" * 64) is None

    def test_what_does_not_hold_is_done_again(self, tmp_path: Path) -> None:
        """A result that was changed, and one that is none."""
        many = files(tmp_path, b"a", b"ab")
        output = tmp_path / "sortie.xlsx"
        with interrupted(output, "x") as kept:
            list(results(many[:1], task(), workers=1, resume=kept))
            kept.put(digest_of(b"ab", many[1]), b"deux")
        path = kept_path(output)
        path.write_bytes(path.read_bytes().replace(b" 1\n", b" 9\n"))
        with kept_beside(output, "x") as kept:
            found = list(results(many, task(), workers=1, resume=kept))
        assert [(one.value, one.is_kept) for one in found if isinstance(one, Done)] == [
            (1, False),
            (2, False),
        ]

    @pytest.mark.skipif(os.name == "nt", reason="rights are those of the folder there")
    def test_what_others_could_write_is_not_trusted(self, tmp_path: Path) -> None:
        output = tmp_path / "sortie.xlsx"
        self.keep(output, "x", {"a" * 64: b"1"})
        kept_path(output).chmod(0o660)
        with kept_beside(output, "x") as kept:
            assert kept.get("a" * 64) is None
            assert stat.S_IMODE(kept.path.stat().st_mode) == 0o600

    @pytest.mark.skipif(os.name == "nt", reason="an open file cannot be removed there")
    def test_two_runs_do_not_write_the_same(self, tmp_path: Path) -> None:
        output = tmp_path / "sortie.xlsx"
        with (
            kept_beside(output, "x"),
            pytest.raises(CedreError, match="une autre consolidation y travaille"),
            kept_beside(output, "x"),
        ):
            pass

    def test_nothing_made_leaves_nothing(self, tmp_path: Path) -> None:
        output = tmp_path / "sortie.xlsx"
        self.keep(output, "x", {})
        assert not kept_path(output).exists()

    def test_where_nothing_can_be_written(self, tmp_path: Path) -> None:
        with (
            pytest.raises(CedreError, match="le fichier de reprise ne peut pas être écrit"),
            kept_beside(tmp_path / "absent" / "sortie.xlsx", "x"),
        ):
            pass

    def keep(self, output: Path, key: str, made: dict[str, bytes]) -> None:
        """What an earlier run had made."""
        with interrupted(output, key) as kept:
            for digest, result in made.items():
                kept.put(digest, result)
