"""Setting documents and writing their PDF files: all of them, or none."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from cedre_xlsx.files.new_files import folder_made
from cedre_xlsx.files.protection.keyring import held
from cedre_xlsx.files.replace import write_new
from cedre_xlsx.files.scratch import Scratch
from cedre_xlsx.forms.file_names import distinct_names
from cedre_xlsx.forms.logo import Logo
from cedre_xlsx.forms.typesetting import Form, typesetter, typst_module
from cedre_xlsx.method.french import counted
from cedre_xlsx.schema.errors import CedreError

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

    @property
    def existing(self) -> tuple[Path, ...]:
        """The files that stand at these paths already."""
        return tuple(one for one in (*self.paths, *self.texts) if one.exists())


def planned(documents: Sequence[Document], folder: Path) -> Written:
    """The files that would be written in `folder`; none is.

    Raises CedreError where none could be: without the library that sets them, and for a folder that
    is a file.
    """
    if documents:
        typst_module()
        _refuse(folder, [], force=True)
    targets, texts = _targets(documents, folder)
    return Written(tuple(targets), texts=tuple(texts))


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

    One document at a time is in memory, all of them where what they tell was protected by a
    password: the folder set aside is not. Raises CedreError, with nothing new left in the folder,
    for a file that exists unless `force`, and when one cannot be set or written.
    """
    if not documents:
        return Written()
    targets, texts = _targets(documents, folder)
    _refuse(folder, [*targets, *texts], force=force)
    with Scratch() as aside, typesetter(logo) as setter:
        waiting, undrawn = _Aside(aside), []
        for rank, (document, target) in enumerate(zip(documents, targets, strict=True), 1):
            pdf = setter.pdf(document.title, document.forms, on)
            waiting.add(pdf.data)
            if pdf.undrawn:
                undrawn.append(target)
            if progress is not None:
                progress(rank, len(documents))
        for text in texts.values():
            waiting.add(_windows_text(text))
        with folder_made(folder):
            _put(waiting, [*targets, *texts], force=force)
    return Written(tuple(targets), tuple(undrawn), tuple(texts))


def _targets(documents: Sequence[Document], folder: Path) -> tuple[list[Path], dict[Path, str]]:
    """The path of each PDF, and of each text with what it says."""
    names = distinct_names(document.stem for document in documents)
    texts = {
        folder / f"{name}.txt": document.text
        for name, document in zip(names, documents, strict=True)
        if document.text
    }
    return [folder / f"{name}.pdf" for name in names], texts


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


class _Aside:
    """Files that wait until all are made: in a folder, or in memory alone where they are made out
    of a workbook that a password protects.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._in_memory = held().has_opened
        self._waiting: list[Path | bytes] = []

    def add(self, data: bytes) -> None:
        """Take one more file, which waits to be joined."""
        if self._in_memory:
            self._waiting.append(data)
            return
        path = self._folder / str(len(self._waiting))
        path.write_bytes(data)
        self._waiting.append(path)

    def taken(self) -> Iterator[bytes]:
        """The files in their order, each let go once the next is asked for."""
        for rank, one in enumerate(self._waiting):
            yield one if isinstance(one, bytes) else one.read_bytes()
            self._waiting[rank] = b""
            if isinstance(one, Path):
                one.unlink()


def _put(waiting: _Aside, targets: Sequence[Path], *, force: bool) -> None:
    """Each file in its place; when one cannot be, those that are new go again."""
    new = []
    try:
        for data, target in zip(waiting.taken(), targets, strict=True):
            is_new = not target.exists()
            write_new(target, data, overwrite=force)
            if is_new:
                new.append(target)
    except BaseException:
        for target in new:
            target.unlink(missing_ok=True)
        raise
