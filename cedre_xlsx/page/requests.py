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

from cedre_xlsx.page.folder import inside
from cedre_xlsx.page.model import Ask
from cedre_xlsx.page.session import Session

#: Fields that are of every form: the workbook, the token, what was shown.
WORKBOOK, TOKEN, SEEN = "classeur", "jeton", "vu"
#: How the fields end that name files handed over before.
AGAIN = ".garde"
#: Bytes of what is handed over in one form: as much as is read of one file.
MOST_BYTES = 400 * 1024 * 1024
_MOST_FILES, _MOST_FIELDS = 60, 30_000
_NAME_LENGTH = 150
_FORBIDDEN = '<>:"/\\|?*'


async def posted(request: Request, session: Session) -> FormData:
    """The form of a change; 403 without the token, 413 where it is too large."""
    length = request.headers.get("content-length", "")
    if not length.isdigit():
        raise HTTPException(411, "La demande ne dit pas sa taille.")
    if int(length) > MOST_BYTES:
        raise HTTPException(413, "Ces fichiers sont trop gros : 400 Mo au plus.")
    form = await request.form(max_files=_MOST_FILES, max_fields=_MOST_FIELDS)
    if not session.allows(one_of(form, TOKEN)):
        raise HTTPException(403, "Le formulaire n'est pas de cette page. Rechargez-la.")
    return form


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
    """The workbook that an address names, below the folder; None for none."""
    return inside(session.folder, name) if name else None


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
    clean = "".join("_" if sign in _FORBIDDEN or ord(sign) < 32 else sign for sign in last)
    stem, dot, ending = clean.rpartition(".")
    short = f"{stem[:_NAME_LENGTH]}{dot}{ending[:16]}" if dot else clean[:_NAME_LENGTH]
    return short.strip(". ") or "fichier"
