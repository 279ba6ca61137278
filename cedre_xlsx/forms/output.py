"""Setting documents and writing their PDF files: all of them, or none."""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from cedre_xlsx.forms.file_names import distinct_names
from cedre_xlsx.forms.logo import Logo
from cedre_xlsx.forms.typesetting import Form, typesetter
from cedre_xlsx.method.french import counted
from cedre_xlsx.schema.errors import CedreError
from cedre_xlsx.workbook.package.replace import write_new

#: Told how many documents are set, of how many.
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Document:
    """One PDF file to be: its name without ".pdf", its title, its forms in order.

    A `text` is written beside it, under the same name with ".txt".
    """

    stem: str
    title: str
    forms: tuple[Form, ...]
    text: str = ""


@dataclass(frozen=True, slots=True)
class Written:
    """The files, in the order of their documents.

    `undrawn` are those with a sign that no font has, printed as a crossed box; `texts` those that
    stand beside some of them.
    """

    paths: tuple[Path, ...] = ()
    undrawn: tuple[Path, ...] = ()
    texts: tuple[Path, ...] = ()


def write_documents(
    documents: Sequence[Document],
    folder: Path,
    *,
    on: date,
    logo: Logo | None = None,
    force: bool = False,
    progress: Progress | None = None,
) -> Written:
    """Set every document aside, then put them in `folder`, which is made where it lacks.

    One document at a time is in memory. Raises CedreError, with nothing new left in the folder,
    for a file that exists unless `force`, and when one cannot be set or written.
    """
    if not documents:
        return Written()
    names = distinct_names(document.stem for document in documents)
    targets = [folder / f"{name}.pdf" for name in names]
    texts = {
        folder / f"{name}.txt": document.text
        for name, document in zip(names, documents, strict=True)
        if document.text
    }
    _refuse(folder, [*targets, *texts], force=force)
    with tempfile.TemporaryDirectory(prefix="cedre-xlsx-") as aside, typesetter(logo) as setter:
        waiting, undrawn = [], []
        for rank, (document, target) in enumerate(zip(documents, targets, strict=True), 1):
            pdf = setter.pdf(document.title, document.forms, on)
            waiting.append(Path(aside) / f"{rank}.pdf")
            waiting[-1].write_bytes(pdf.data)
            if pdf.undrawn:
                undrawn.append(target)
            if progress is not None:
                progress(rank, len(documents))
        for rank, text in enumerate(texts.values(), 1):
            waiting.append(Path(aside) / f"{rank}.txt")
            waiting[-1].write_bytes(_windows_text(text))
        with _folder_made(folder):
            _put(waiting, [*targets, *texts], force=force)
    return Written(tuple(targets), tuple(undrawn), tuple(texts))


def _windows_text(text: str) -> bytes:
    """A text as every editor opens it, that of Windows too."""
    return text.replace("\n", "\r\n").encode("utf-8-sig", "replace")


def _refuse(folder: Path, targets: Sequence[Path], *, force: bool) -> None:
    if folder.exists() and not folder.is_dir():
        raise CedreError(f"{folder} : ce n'est pas un dossier ; donnez-en un autre avec -o.")
    existing = [target for target in targets if target.exists()]
    if existing and not force:
        others = counted(len(existing) - 1, "autre")
        which = (
            f"{existing[0]} existe" if len(existing) == 1 else f"{existing[0]} et {others} existent"
        )
        raise CedreError(
            f"{which} déjà ; rien n'est écrit. Choisissez un autre dossier, ou ajoutez --force "
            "pour remplacer."
        )


@contextlib.contextmanager
def _folder_made(folder: Path) -> Iterator[None]:
    """Make the folder; take it away again when nothing came of it."""
    made = [one for one in (folder, *folder.parents) if not one.exists()]
    folder.mkdir(parents=True, exist_ok=True)
    try:
        yield
    except BaseException:
        for one in made:
            with contextlib.suppress(OSError):
                one.rmdir()
        raise


def _put(waiting: Sequence[Path], targets: Sequence[Path], *, force: bool) -> None:
    """Each file in its place; when one cannot be, those that are new go again."""
    new = []
    try:
        for source, target in zip(waiting, targets, strict=True):
            is_new = not target.exists()
            write_new(target, source.read_bytes(), overwrite=force)
            if is_new:
                new.append(target)
            source.unlink()
    except BaseException:
        for target in new:
            target.unlink(missing_ok=True)
        raise
