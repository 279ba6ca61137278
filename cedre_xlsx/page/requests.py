"""From a request of the browser to what a view is asked."""

from __future__ import annotations

import asyncio
import shutil
from collections import defaultdict
from datetime import date
from pathlib import Path, PureWindowsPath

from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request

from cedre_xlsx.page.folder import inside, is_device
from cedre_xlsx.page.model import Ask
from cedre_xlsx.page.session import Session
from cedre_xlsx.schema.errors import CedreError

#: Fields that are of every form: the workbook, the token, what was shown.
WORKBOOK, TOKEN, SEEN = "classeur", "jeton", "vu"
#: How the fields end that name files handed over before.
AGAIN = ".garde"
#: Bytes of what is handed over in one form: as much as is read of one file.
MOST_BYTES = 400 * 1024 * 1024
#: Bytes of a form without files: all of it is in memory.
MOST_TYPED = 8 * 1024 * 1024
_TYPED, _WITH_FILES = "application/x-www-form-urlencoded", "multipart/form-data"
_MOST_FILES, _MOST_FIELDS = 60, 30_000
_NAME_LENGTH = 150  # bytes
_FORBIDDEN = '<>:"/\\|?*'


async def posted(request: Request, session: Session, *, with_files: bool = False) -> FormData:
    """The form of a change; 403 without the token, 413 where it is too large.

    Only one `with_files` may hand some over: they are open until the form is closed.
    """
    _ensure_bearable(request)
    most_files = _MOST_FILES if with_files else 0
    try:
        form = await request.form(max_files=most_files, max_fields=_MOST_FIELDS)
    except HTTPException:  # what it says is in English
        raise HTTPException(400, "Le formulaire est illisible, ou trop long.") from None
    if not session.allows(one_of(form, TOKEN)):
        await form.close()
        raise HTTPException(403, "Le formulaire n'est pas de cette page. Rechargez-la.")
    return form


def _ensure_bearable(request: Request) -> None:
    """Refuse what is no form, or does not say how large it is, or is too large."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind not in (_TYPED, _WITH_FILES):
        raise HTTPException(415, "La demande n'est pas un formulaire.")
    length = request.headers.get("content-length", "")
    if not (length.isascii() and length.isdigit()) or "transfer-encoding" in request.headers:
        raise HTTPException(411, "La demande ne dit pas sa taille.")
    if int(length) > MOST_BYTES:
        most = MOST_BYTES // 1024**2
        raise HTTPException(413, f"Ces fichiers sont trop gros : {most} Mo au plus.")
    if kind == _TYPED and int(length) > MOST_TYPED:
        raise HTTPException(413, "Ce formulaire est trop long.")


def one_of(form: FormData, name: str) -> str:
    """The text of one field; "" where it is not there."""
    value = form.get(name, "")
    return value if isinstance(value, str) else ""


def asked(request: Request, session: Session) -> Ask:
    """What an address asks for."""
    fields: defaultdict[str, list[str]] = defaultdict(list)
    for name, value in request.query_params.multi_items():
        fields[name].append(value)
    workbook = request.query_params.get(WORKBOOK, "")
    return Ask(session.folder, chosen(session, workbook), date.today(), _frozen(fields))


async def asked_by(form: FormData, session: Session) -> Ask:
    """What a form asks for, with the files that it hands over, or handed over before."""
    fields: defaultdict[str, list[str]] = defaultdict(list)
    uploads: defaultdict[str, list[Path]] = defaultdict(list)
    for name, value in form.multi_items():
        if isinstance(value, UploadFile):
            if value.filename:
                uploads[name].append(await _saved(value, session))
        elif name.endswith(AGAIN):
            if value not in session.handed:
                raise HTTPException(400, "Un fichier déposé n'est plus là. Déposez-le de nouveau.")
            uploads[name.removesuffix(AGAIN)].append(session.handed[value])
        else:
            fields[name].append(value)
    return Ask(
        session.folder,
        chosen(session, one_of(form, WORKBOOK)),
        date.today(),
        _frozen(fields),
        {name: tuple(paths) for name, paths in uploads.items()},
    )


def chosen(session: Session, name: str) -> Path | None:
    """The workbook that an address names, below the folder; None for none.

    Raises CedreError for what is no file: a folder, a device.
    """
    if not name:
        return None
    path = inside(session.folder, name)
    if path.exists() and not path.is_file():
        raise CedreError(f"« {name} » n'est pas un fichier. Choisissez un classeur.")
    return path


def _frozen(fields: dict[str, list[str]]) -> dict[str, tuple[str, ...]]:
    return {name: tuple(values) for name, values in fields.items()}


async def _saved(file: UploadFile, session: Session) -> Path:
    path = session.upload_folder() / _safe_name(file.filename or "")

    def copy() -> None:
        with path.open("wb") as target:
            shutil.copyfileobj(file.file, target)

    await asyncio.to_thread(copy)
    await file.close()
    session.hand_over(path)
    return path


def _safe_name(name: str) -> str:
    """The last part of a name, without what a system refuses in one."""
    last = PureWindowsPath(name.replace("\0", "")).name
    clean = "".join("_" if sign in _FORBIDDEN or not sign.isprintable() else sign for sign in last)
    stem, dot, ending = clean.rpartition(".")
    short = f"{_cut(stem)}{dot}{ending[:16]}" if dot else _cut(clean)
    name = short.removeprefix("~$").strip(". ") or "fichier"
    return f"_{name}" if is_device(name) else name


def _cut(name: str) -> str:
    """A name that every disk can hold."""
    return name.encode(errors="replace")[:_NAME_LENGTH].decode(errors="ignore")
