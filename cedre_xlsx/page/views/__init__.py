"""The views, a module each; `VIEWS` has them in the order of the menu."""

from __future__ import annotations

from cedre_xlsx.page.model import View
from cedre_xlsx.page.views import (
    access,
    home,
    meeting,
    nameless,
    printing,
    refreshing,
    retention,
)

VIEWS: tuple[View, ...] = (
    home.VIEW,
    meeting.VIEW,
    printing.VIEW,
    refreshing.VIEW,
    retention.VIEW,
    access.VIEW,
    nameless.VIEW,
)
BY_NAME = {view.name: view for view in VIEWS}
