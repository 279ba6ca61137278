"""`consolidate`: several workbooks, or what structures say of theirs without a name, as one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from cedre_xlsx._version import __version__
from cedre_xlsx.api.arguments import Count, checked
from cedre_xlsx.federation.kept import Kept, kept_beside
from cedre_xlsx.federation.kinds import is_consolidation, refuse_over_others
from cedre_xlsx.federation.sources import LeftOut, Sources, find_sources
from cedre_xlsx.federation.work import Done, Failed, results
from cedre_xlsx.method.french import counted, listed
from cedre_xlsx.method.text import readable
from cedre_xlsx.schema.errors import CedreError

if TYPE_CHECKING:
    from cedre_xlsx.api.counting_files import CountedWorkbook
    from cedre_xlsx.federation.consolidation import Consolidation, Failure, SourceFile
    from cedre_xlsx.federation.job import Task
    from cedre_xlsx.federation.model import Part

R = TypeVar("R")
_MOST_WORKERS = 256
_NOTHING_READ = "aucun des fichiers n'a pu être compté ; rien n'est écrit"
_TITLES = {False: "Antennes", True: "Réseau"}


@dataclass(frozen=True, slots=True)
class Consolidated:
    """What was counted and where it is: the files that are in, those that are not and why.

    `kept` is how many of them an earlier run had counted.
    """

    path: Path
    years: tuple[int, ...]
    files: int
    are_parts: bool
    left_out: tuple[LeftOut, ...] = ()
    warnings: tuple[str, ...] = ()
    kept: int = 0

    @property
    def sentence(self) -> str:
        """One line for the person who ran it."""
        what = (
            counted(self.files, "fichier de chiffres", "fichiers de chiffres")
            if self.are_parts
            else counted(self.files, "classeur")
        )
        out = f", {len(self.left_out)} laissé{'s' * (len(self.left_out) > 1)}"
        kept = f" (dont {self.kept} repris)" if self.kept else ""
        years = str(self.years[0]) if len(self.years) == 1 else f"{self.years[0]}-{self.years[-1]}"
        return f"{self.path} : {what}{kept}{out if self.left_out else ''}, {years}."


@dataclass(frozen=True, slots=True)
class _Asked:
    """How the files are gone through, and what for."""

    workers: int | None
    scheduler: str
    resume: Kept | None
    progress: Callable[[int, int], None] | None
    own: str = ""
    public: bool = False
    with_sensitive: bool = False


@checked
def consolidate(
    sources: Sequence[Path | str],
    output: Path | str,
    *,
    years: Sequence[int] = (),
    on: date | None = None,
    public: bool = False,
    with_sensitive: bool = False,
    own: str = "",
    workers: Count | None = None,
    scheduler: str = "",
    resume: bool = False,
    force: bool = False,
    progress: Callable[[int, int], None] | None = None,
) -> Consolidated:
    """Count workbooks as one, or add up the parts that structures share, in a new workbook.

    `sources` are files, folders and patterns: workbooks, each an antenna with its column, or parts
    (`share`). Of workbooks the year of `on`, or `years`; of parts all, or `years`. `own` is the
    reader's structure among parts, by name or SIRET. Files are counted by as many processes as
    processors, or `workers`, or by the Dask cluster of `scheduler`; `progress` is called with how
    many are done, of how many. `resume` keeps results beside `output` until it is written, and
    takes up those of a run that was interrupted. `public` hides, among workbooks, the small numbers
    and all that would give them back, and names; and, but `with_sensitive`, what tells of health or
    justice.

    A file that cannot be counted is one of `left_out`. Raises CedreError where none can, where the
    result may not be written (over one of the sources, over anything but a consolidation, over one
    without `force`), and where the cluster cannot be used.
    """
    output = Path(output)
    day = on or date.today()
    _refuse(output, workers)
    found = find_sources(sources, without=[output])
    _refuse_existing(output, force=force)
    wanted = tuple(sorted(set(years))) or (() if found.are_parts else (day.year,))
    _refuse_misused(found, own, public=public)
    key = f"{found.are_parts} {wanted} {day} {public}"
    with kept_beside(output, key) if resume else nullcontext() as kept:
        asked = _Asked(workers, scheduler, kept, progress, own, public, with_sensitive)
        made = _of_parts if found.are_parts else _of_workbooks
        consolidation, left_out, again = made(found, asked, wanted, day)
        _write(consolidation, output, force=force)
    return Consolidated(
        path=output,
        years=tuple(year.year for year in consolidation.years),
        files=len(consolidation.sources),
        are_parts=found.are_parts,
        left_out=left_out,
        warnings=(*consolidation.warnings, *consolidation.differing),
        kept=again,
    )


def _refuse(output: Path, workers: int | None) -> None:
    """Raise CedreError, before any work, for what cannot be asked."""
    from cedre_xlsx.files.replace import ensure_may_be_written

    if workers is not None and not 1 <= workers <= _MOST_WORKERS:
        raise CedreError(f"{workers} processus : donnez un nombre de 1 à {_MOST_WORKERS}.")
    if output.suffix.lower() != ".xlsx":
        raise CedreError(f"{output} : le résultat est un classeur ; donnez un nom en .xlsx.")
    ensure_may_be_written(output)


def _refuse_existing(output: Path, *, force: bool) -> None:
    """Raise CedreError where a file is there that is no consolidation, or without `force` any."""
    from cedre_xlsx.files.replace import already_there

    refuse_over_others(
        output, is_ours=is_consolidation(output), what="le résultat d'une consolidation"
    )
    if output.exists() and not force:
        raise already_there(output)


def _refuse_misused(found: Sources, own: str, *, public: bool) -> None:
    if own and not found.are_parts:
        raise CedreError("--own ne va qu'avec des fichiers de chiffres (.json).")
    if public and found.are_parts:
        raise CedreError(
            "--public ne va qu'avec des classeurs : les fichiers de chiffres sont déjà protégés."
        )


class _Going:
    """The files gone through: what each gave, those that gave nothing, how many were kept."""

    def __init__(self, found: Sources, asked: _Asked) -> None:
        self._found, self._asked = found, asked
        self.left_out: list[LeftOut] = list(found.left_out)
        self.kept = 0

    def through(self, task: Task[R]) -> Iterator[tuple[Path, R]]:
        """The files that gave something, in their order."""
        asked = self._asked
        for one in results(
            self._found.files, task, workers=asked.workers, scheduler=asked.scheduler,
            resume=asked.resume, progress=asked.progress,
        ):  # fmt: skip
            if isinstance(one, Done):
                self.kept += one.is_kept
                yield one.path, one.value
            else:
                self.left_out.append(one)

    def refuse(self, path: Path, error: CedreError) -> None:
        """A file that gave something, which does not go with the others."""
        self.left_out.append(Failed(path, str(error)))

    @property
    def failures(self) -> tuple[Failure, ...]:
        """As the workbook tells them."""
        from cedre_xlsx.federation.consolidation import Failure

        return tuple(Failure(readable(str(one.path)), one.why) for one in self.left_out)

    def refuse_nothing(self, count: int) -> None:
        """Raise CedreError where no file counts."""
        if count:
            return
        first = self.left_out[0].sentence if self.left_out else ""
        raise CedreError(f"{_NOTHING_READ}. {first}".strip())


_Made = tuple["Consolidation", tuple[LeftOut, ...], int]


def _of_workbooks(found: Sources, asked: _Asked, years: tuple[int, ...], on: date) -> _Made:
    """Each workbook an antenna with its column."""
    from cedre_xlsx.api.counting_files import lean, workbook_task
    from cedre_xlsx.federation.antennas import of_antennas

    going = _Going(found, asked)
    met: dict[object, Any] = {}
    task = workbook_task(years, on, public=asked.public)
    those = [(path, lean(one, met)) for path, one in going.through(task)]
    going.refuse_nothing(len(those))
    names = _names([(path, one.structure) for path, one in those])
    structures = {one.structure for _, one in those if one.structure}
    made = of_antennas(
        [
            (_source(path, one, name, on), one.antenna)
            for (path, one), name in zip(those, names, strict=True)
        ],
        title=structures.pop() if len(structures) == 1 else _TITLES[False],
        on=on,
        version=__version__,
        failures=going.failures,
        years=years,
        public=asked.public,
        with_sensitive=asked.with_sensitive,
    )
    return made, tuple(going.left_out), going.kept


def _source(path: Path, one: CountedWorkbook, name: str, on: date) -> SourceFile:
    from cedre_xlsx.federation.consolidation import SourceFile

    return SourceFile(name, readable(path.name), on, one.version, one.lines, one.quality)


def _names(those: Sequence[tuple[Path, str]]) -> list[str]:
    """What each workbook's column is called: its structure where no other has it, else its file,
    else its folder and its file.
    """
    structures = Counter(structure for _, structure in those)
    files = Counter(readable(path.stem) for path, _ in those)
    named = []
    for path, structure in those:
        file = readable(path.stem)
        if structure and structures[structure] == 1:
            named.append(structure)
        else:
            named.append(file if files[file] == 1 else f"{readable(path.parent.name)}, {file}")
    return [
        name if named.count(name) == 1 else f"{name} ({named[:place].count(name) + 1})"
        for place, name in enumerate(named)
    ]


def _of_parts(found: Sources, asked: _Asked, years: tuple[int, ...], on: date) -> _Made:
    """The parts of each year added up as they come; no more of them is kept than who they are of,
    and the value of each figure.
    """
    from cedre_xlsx.api.counting_files import part_task
    from cedre_xlsx.federation.adding import Total
    from cedre_xlsx.federation.network import of_network
    from cedre_xlsx.federation.proof import Proof

    going = _Going(found, asked)
    totals: dict[int, Total] = {}
    proofs: dict[int, Proof] = {}
    sources: list[SourceFile] = []
    for path, part in going.through(part_task()):
        try:
            if years and part.year not in years:
                raise CedreError(f"ces chiffres sont de {part.year}, qui n'est pas demandée.")
            totals.setdefault(part.year, Total(part.year)).add(part)
        except CedreError as error:
            going.refuse(path, error)
            continue
        proofs.setdefault(part.year, Proof()).add(part)
        sources.append(_part_source(path, part))
    going.refuse_nothing(len(sources))
    made = of_network(
        {year: proof.proven(totals[year].united) for year, proof in proofs.items()},
        title=_TITLES[True],
        on=on,
        version=__version__,
        sources=sources,
        own=asked.own,
        failures=going.failures,
        warnings=_of_few({year: proof.structures for year, proof in sorted(proofs.items())}),
    )
    return made, tuple(going.left_out), going.kept


def _of_few(structures: Mapping[int, int]) -> list[str]:
    """What is to be known of years of which so few structures are in that one reads another's."""
    from cedre_xlsx.federation.proof import FEW

    years = {few: [str(year) for year, n in structures.items() if n == few] for few in FEW}
    return [f"{listed(years[few])} : {said}" for few, said in FEW.items() if years[few]]


def _part_source(path: Path, part: Part) -> SourceFile:
    from cedre_xlsx.federation.consolidation import SourceFile

    return SourceFile(part.structure.name, readable(path.name), part.counted_on, part.definitions)


def _write(consolidation: Consolidation, output: Path, *, force: bool) -> None:
    from cedre_xlsx.federation.sheets import consolidated_workbook
    from cedre_xlsx.files.replace import write_new

    made = consolidated_workbook(consolidation)
    _refuse_existing(output, force=force)  # the work may have been long
    write_new(output, made, overwrite=force)
