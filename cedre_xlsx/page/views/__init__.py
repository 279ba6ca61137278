"""The views, a module each; `VIEWS` has them in the order of the menu."""

from __future__ import annotations

from cedre_xlsx.page.model import View
from cedre_xlsx.page.views import checking, explaining, home, refreshing, settings

VIEWS: tuple[View, ...] = (
    home.VIEW,
    checking.VIEW,
    refreshing.VIEW,
    settings.VIEW,
    explaining.VIEW,
)
BY_NAME = {view.name: view for view in VIEWS}
