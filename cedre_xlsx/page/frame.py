"""What stands around every view, and what its template can call."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from cedre_xlsx._version import __version__
from cedre_xlsx.page.jobs import Job
from cedre_xlsx.page.model import View
from cedre_xlsx.page.requests import AGAIN, WORKBOOK
from cedre_xlsx.page.session import Session
from cedre_xlsx.page.views import VIEWS

#: The parts of the menu, as they are shown.
GROUPS = ("La semaine", "Les chiffres", "Le classeur", "Savoir")


@dataclass(frozen=True, slots=True)
class Group:
    """One part of the menu, and its views in their order."""

    title: str
    views: tuple[View, ...]


def menu(views: Sequence[View], *, has_workbook: bool) -> tuple[Group, ...]:
    """What can be done now, by groups: those of `GROUPS`, then any other; a view of no group is in
    none. Without a workbook, only what needs none.
    """
    shown = [view for view in views if view.group and (has_workbook or not view.needs_workbook)]
    titles = dict.fromkeys((*GROUPS, *(view.group for view in shown)))
    groups = (Group(one, tuple(v for v in shown if v.group == one)) for one in titles)
    return tuple(group for group in groups if group.views)


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
