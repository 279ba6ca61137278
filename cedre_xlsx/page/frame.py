"""What stands around every view, and what its template can call."""

from __future__ import annotations

import secrets
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from cedre_xlsx._version import __version__
from cedre_xlsx.page.jobs import Job
from cedre_xlsx.page.menu import menu
from cedre_xlsx.page.model import View
from cedre_xlsx.page.requests import AGAIN, WORKBOOK
from cedre_xlsx.page.session import Session
from cedre_xlsx.page.views import VIEWS


class Frame:
    """What every template can use."""

    def __init__(self, session: Session, view: View, workbook: str, job: Job | None = None) -> None:
        self._session = session
        self._view = view
        self._workbook = workbook
        self._job = job

    @cached_property
    def context(self) -> dict[str, Any]:
        """Names in the templates; `url` and `action` give addresses, `made` that of a file."""
        session, job = self._session, self._job
        page = secrets.token_hex(8)
        session.seen(page)
        return {
            "views": VIEWS,
            "menu": menu(VIEWS, has_workbook=bool(self._workbook)),
            "answers": job is not None and job.action is not None,
            "view": self._view,
            "title": self._view.title,
            "workbook": self._workbook,
            "folder": session.folder.name or str(session.folder),
            "within": (session.within, *(job.task.ask.handed_in if job else ())),
            "token": session.token,
            "seen": job.seen if job else "",
            "undo": session.undo,
            "page": page,
            "clear": tuple(path.name for path in job.clear) if job else (),
            "base": f"/{session.key}",
            "version": __version__,
            "job_number": job.number if job else "",
            "uploads": job.task.ask.uploads if job else {},
            "asked": job.task.ask if job else None,
            "again": AGAIN,
            "handed_number": session.handed_number,
            "url": self._url,
            "action": self._action,
            "made": self._made,
        }

    def _url(self, view: str, **fields: object) -> str:
        asked = {WORKBOOK: self._workbook} if self._workbook else {}
        query = urlencode({**asked, **{name: str(value) for name, value in fields.items()}})
        return f"/{self._session.key}/{view}" + (f"?{query}" if query else "")

    def _action(self, name: str, view: str = "") -> str:
        return f"/{self._session.key}/{view or self._view.name}/{name}"

    def _made(self, path: Any) -> str:
        return f"/{self._session.key}/fichiers/{self._session.number_of(path)}"
