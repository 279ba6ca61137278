"""What somebody does with the view of `tests.page.page_works`, and reads."""

from __future__ import annotations

from tests.page.page_client import PageClient, Reply, encoded


def look(page: PageClient, name: str = "suivi.xlsx") -> Reply:
    return page.get("essai", classeur=name)


def write(page: PageClient, shown: Reply, content: str = "deux", **more: str) -> Reply:
    return page.post("essai/write", shown, fields={"contenu": content, **more})


def plain(reply: Reply) -> str:
    """What is read, with spaces of one kind."""
    return reply.text.replace("\N{NO-BREAK SPACE}", " ")


def look_nothing(page: PageClient) -> Reply:
    """A page with the token in its forms, of no work."""
    return page.get("defaire")


def begun(page: PageClient, shown: Reply, action: str = "write", **fields: str) -> str:
    """The address of a work that was begun, and is not waited for."""
    body, kind = encoded({**shown.hidden(), **fields}, ())
    reply = page.ask("POST", f"{page.base}/essai/{action}", body, {"Content-Type": kind})
    assert reply.status == 303
    return reply.headers["location"]
