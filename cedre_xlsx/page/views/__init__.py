"""The views, a module each; `VIEWS` has them in the order of the menu."""

from __future__ import annotations

from cedre_xlsx.page.model import View
from cedre_xlsx.page.views import filling, home, importing, migrating, refreshing, starting

VIEWS: tuple[View, ...] = (
    home.VIEW,
    refreshing.VIEW,
    filling.VIEW,
    importing.VIEW,
    migrating.VIEW,
    starting.VIEW,
)
BY_NAME = {view.name: view for view in VIEWS}
