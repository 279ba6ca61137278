"""The views, a module each; `VIEWS` has them in the order of the menu."""

from __future__ import annotations

from cedre_xlsx.page.model import View
from cedre_xlsx.page.views import consolidating, home, refreshing, sharing, statistics

VIEWS: tuple[View, ...] = (
    home.VIEW,
    refreshing.VIEW,
    statistics.VIEW,
    sharing.VIEW,
    consolidating.VIEW,
)
BY_NAME = {view.name: view for view in VIEWS}
