"""The addresses of the page, and what is answered at each."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import replace
from importlib.resources import files
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import urlencode

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import (
    FileResponse,
    HTMLResponse,
    PlainTextResponse,
    RedirectResponse,
    Response,
    StreamingResponse,
)
from starlette.routing import Route

from cedre_xlsx._version import __version__
from cedre_xlsx.api.last_door import what_stopped
from cedre_xlsx.page.folder import inside
from cedre_xlsx.page.frame import Frame
from cedre_xlsx.page.guard import Guard
from cedre_xlsx.page.jobs import Job, State
from cedre_xlsx.page.model import View
from cedre_xlsx.page.requests import SEEN, WORKBOOK, asked, asked_by, one_of, posted
from cedre_xlsx.page.session import Session
from cedre_xlsx.page.templates import rendered, shown
from cedre_xlsx.page.undo import take_back
from cedre_xlsx.page.views import BY_NAME
from cedre_xlsx.page.worker import Hindrance, WorkFailure, WorkTask
from cedre_xlsx.schema.errors import CedreError

#: Seconds that an answer is waited for before its progress is shown.
_PATIENCE = 1.2
_HOME = "accueil"
_SERVED = (
    "Cette adresse a déjà servi. Pour rouvrir la page, double-cliquez sur « Ouvrir CEDRE », ou "
    "relancez « cedre-xlsx page »."
)
#: What Starlette says by itself.
_IN_FRENCH = {
    "Not Found": "Cette adresse ne mène à rien.",
    "Method Not Allowed": "Cette adresse attend un formulaire de la page.",
}
#: The kinds of files in `static/`.
_KINDS = {".css": "text/css", ".js": "text/javascript"}
#: What a browser may show by itself; all else is saved.
_SHOWN = {".pdf": "application/pdf", ".txt": "text/plain; charset=utf-8"}


def application(session: Session, hosts: frozenset[str]) -> Guard:
    """The page of a session, at these names of the machine."""
    pages = _Pages(session)
    routes = [
        Route("/ouvrir/{ticket}", pages.open),
        Route("/statique/{name}", _static),
        Route("/{key}/vivant", pages.alive, methods=["POST"]),
        Route("/{key}/dort", pages.asleep, methods=["POST"]),
        Route("/{key}/partie", pages.left, methods=["POST"]),
        Route("/{key}/fermer", pages.close, methods=["POST"]),
        Route("/{key}/defaire", pages.ask_to_undo),
        Route("/{key}/defaire", pages.undo, methods=["POST"]),
        Route("/{key}/motdepasse", pages.password, methods=["POST"]),
        Route("/{key}/fichiers/{number}", pages.file),
        Route("/{key}/travaux/{number}", pages.job),
        Route("/{key}/travaux/{number}/suite", pages.progress),
        Route("/{key}/travaux/{number}/annuler", pages.cancel, methods=["POST"]),
        Route("/{key}/{view}", pages.show),
        Route("/{key}/{view}/{action}", pages.act, methods=["POST"]),
    ]
    handlers: dict[Any, Any] = {
        HTTPException: pages.refused, CedreError: pages.refused, Exception: pages.unexpected,
    }  # fmt: skip
    return Guard(Starlette(routes=routes, exception_handlers=handlers), hosts)


async def _static(request: Request) -> Response:
    there = {one.name: one for one in (files(__package__) / "static").iterdir()}
    asked = there.get(request.path_params["name"])
    if asked is None:
        raise HTTPException(404, "Cette adresse ne mène à rien.")
    return Response(asked.read_bytes(), media_type=_KINDS[PurePosixPath(asked.name).suffix])


class _Pages:
    def __init__(self, session: Session) -> None:
        self._session = session

    async def open(self, request: Request) -> Response:
        """The address that the command gives: it leads to the page once."""
        if not self._session.redeem(request.path_params["ticket"]):
            raise HTTPException(403, _SERVED)
        workbook = self._session.workbook
        return self._to(_HOME, self._named(workbook))

    async def show(self, request: Request) -> Response:
        """Answer with a view of the menu."""
        self._known(request)
        view = BY_NAME.get(request.path_params["view"])
        if view is None:
            raise HTTPException(404, "Cette adresse ne mène à rien.")
        ask = asked(request, self._session)
        if view.needs_workbook and ask.workbook is None:
            return self._to(_HOME, "")
        job = self._begin(view, None, WorkTask(view.show, ask))
        if await job.over(_PATIENCE):
            return self._shown(job)
        return self._to_job(job, request.url.query)

    async def act(self, request: Request) -> Response:
        """What a form of a view does."""
        self._known(request)
        view = BY_NAME.get(request.path_params["view"])
        action = view.action(request.path_params["action"]) if view else None
        if view is None or action is None:
            raise HTTPException(404, "Cette adresse ne mène à rien.")
        form = await posted(request, self._session, with_files=True)
        try:
            ask = await asked_by(form, self._session)
        finally:
            await form.close()
        if view.needs_workbook and ask.workbook is None:
            raise HTTPException(400, "Aucun classeur n'est choisi.")
        seen = one_of(form, SEEN)
        if action.writes and ask.workbook is not None and not seen:
            raise HTTPException(400, "Le formulaire ne dit pas ce qui était montré.")
        job = self._begin(view, action.name, WorkTask(action.work, ask, action.writes, seen))
        await job.over(_PATIENCE)
        return self._to_job(job)

    def _begin(self, view: View, action: str | None, task: WorkTask) -> Job:
        session = self._session
        passwords = tuple(session.passwords)
        task = replace(task, passwords=passwords, needs_workbook=view.needs_workbook)
        return session.begin(view, view.action(action) if action else None, task)

    async def job(self, request: Request) -> Response:
        """What became of what was asked: its answer, or how far it is."""
        self._known(request)
        return self._shown(self._job(request))

    async def progress(self, request: Request) -> Response:
        """How far it is, as a stream of events, until it is over."""
        self._known(request)
        job, within = self._job(request), self._session.within

        async def events() -> AsyncIterator[str]:
            async for _ in job.news():
                sentence = shown(job.told.sentence, [within])
                told = {
                    "etat": job.state.value, "dit": sentence, "fait": job.told.done,
                    "sur": job.told.total, "attend": job.told.waits,
                    "fini": job.is_over,
                }  # fmt: skip
                yield f"data: {json.dumps(told)}\n\n"

        return StreamingResponse(events(), media_type="text/event-stream")

    async def cancel(self, request: Request) -> Response:
        """Stop the work that is under way."""
        self._known(request)
        await posted(request, self._session)
        job = self._job(request)
        self._session.jobs.cancel(job)
        await job.over(_PATIENCE)
        return self._to_job(job)

    async def file(self, request: Request) -> Response:
        """A file that was made."""
        self._known(request)
        path = self._session.made.get(request.path_params["number"])
        if path is None or not path.is_file():
            raise HTTPException(404, "Ce fichier n'est plus là.")
        inside(self._session.folder, path.relative_to(self._session.folder).as_posix())
        shown = _SHOWN.get(path.suffix.lower())
        return FileResponse(
            path,
            media_type=shown or "application/octet-stream",
            filename=path.name,
            content_disposition_type="inline" if shown else "attachment",
        )

    async def ask_to_undo(self, request: Request) -> Response:
        """What taking back the last write would do, before it is done."""
        self._known(request)
        workbook = asked(request, self._session).workbook
        return self._plain("defaire.html", {}, self._named(workbook))

    async def undo(self, request: Request) -> Response:
        """Take back the last write."""
        self._known(request)
        form = await posted(request, self._session)
        last = self._session.undo
        if last is None:
            raise HTTPException(400, "Il n'y a rien à défaire.")
        if last.number != one_of(form, "ecriture"):
            raise HTTPException(
                409, "Autre chose a été écrit depuis : regardez de nouveau ce qui serait défait."
            )
        if self._session.jobs.is_writing:
            raise HTTPException(409, "Un travail qui écrit est en cours : attendez sa fin.")
        self._session.undo = None  # a second click finds nothing
        try:
            done = await asyncio.to_thread(take_back, last)
        except Exception:
            self._session.leave(last)
            raise
        self._session.leave(done.left)
        context = {"sentence": done.sentence, "is_left": done.left is not None}
        return self._plain("defait.html", context, one_of(form, WORKBOOK))

    async def password(self, request: Request) -> Response:
        """Try a password, which is kept in memory as long as the page is open."""
        self._known(request)
        form = await posted(request, self._session)
        if typed := one_of(form, "mot"):
            self._session.try_password(typed)
        back = one_of(form, "retour")
        return self._to(back if back in BY_NAME else _HOME, one_of(form, WORKBOOK))

    async def alive(self, request: Request) -> Response:
        """A page says that it is open."""
        self._known(request)
        form = await posted(request, self._session)
        self._session.seen(one_of(form, "page"))
        return Response(status_code=204)

    async def asleep(self, request: Request) -> Response:
        """A page says that the browser puts it to sleep."""
        self._known(request)
        form = await posted(request, self._session)
        self._session.seen(one_of(form, "page"), sleeps=True)
        return Response(status_code=204)

    async def left(self, request: Request) -> Response:
        """A page says that it is closed."""
        self._known(request)
        form = await posted(request, self._session)
        self._session.left(one_of(form, "page"))
        return Response(status_code=204)

    async def close(self, request: Request) -> Response:
        """End the server, at the end of what is under way."""
        self._known(request)
        await posted(request, self._session)
        self._session.is_closing = True
        return HTMLResponse(
            rendered("ferme.html", {"title": "Page fermée", "version": __version__})
        )

    async def refused(self, request: Request, error: Exception) -> Response:
        """What is said of a request that cannot be answered."""
        status = error.status_code if isinstance(error, HTTPException) else 400
        said = error.detail if isinstance(error, HTTPException) else str(error)
        said = _IN_FRENCH.get(said, said)
        key = request.path_params.get("key", "")
        if self._session.knows(key):
            return self._plain("refus.html", {"sentence": said}, "", status)
        return PlainTextResponse(said, status)

    async def unexpected(self, _request: Request, error: Exception) -> Response:
        """What is said of a case that nobody thought of."""
        return PlainTextResponse(what_stopped(error, "page"), 500)

    def _known(self, request: Request) -> None:
        if not self._session.knows(request.path_params["key"]):
            raise HTTPException(404, "Cette adresse ne mène à rien.")

    def _named(self, workbook: Path | None) -> str:
        return workbook.relative_to(self._session.folder).as_posix() if workbook else ""

    def _job(self, request: Request) -> Job:
        job = self._session.jobs.get(request.path_params["number"])
        if job is None:
            raise HTTPException(404, "Ce travail n'est plus connu. Recommencez.")
        return job

    def _shown(self, job: Job) -> Response:
        if not job.is_over:
            return self._page("travail.html", {"job": job}, job)
        if job.failure is not None:
            return self._failed(job, job.failure)
        assert job.answer is not None
        return self._page(job.answer.template, dict(job.answer.context), job)

    def _failed(self, job: Job, failure: WorkFailure) -> Response:
        needs_password = failure.kind is Hindrance.PASSWORD
        template = "motdepasse.html" if needs_password else "echec.html"
        sentence = failure.sentence
        if needs_password and not job.task.passwords:
            sentence = "ce classeur est protégé par un mot de passe ; tapez-le pour l'ouvrir."
        context = {"failure": sentence, "cancelled": job.state is State.CANCELLED,
                   "changed": failure.kind is Hindrance.CHANGED,
                   "gone": failure.kind is Hindrance.GONE}  # fmt: skip
        return self._page(template, context, job)

    def _page(self, template: str, context: dict[str, Any], job: Job) -> Response:
        workbook = job.task.ask.workbook
        if job.answer is not None and job.answer.opens is not None:
            workbook = job.answer.opens
        frame = Frame(self._session, job.view, self._named(workbook), job)
        return HTMLResponse(rendered(template, {**frame.context, **context}))

    def _plain(
        self, template: str, context: dict[str, Any], workbook: str, status: int = 200
    ) -> Response:
        frame = Frame(self._session, BY_NAME[_HOME], workbook)
        return HTMLResponse(rendered(template, {**frame.context, **context}), status)

    def _to(self, view: str, workbook: str) -> Response:
        query = f"?{urlencode({WORKBOOK: workbook})}" if workbook else ""
        return RedirectResponse(f"/{self._session.key}/{view}{query}", 303)

    def _to_job(self, job: Job, query: str = "") -> Response:
        """To what becomes of it; the scripts of a view still find what was asked for."""
        asked = f"?{query}" if query else ""
        return RedirectResponse(f"/{self._session.key}/travaux/{job.number}{asked}", 303)
