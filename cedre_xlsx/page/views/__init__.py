"""The views, a module each; `VIEWS` has them in the order of the menu."""

from __future__ import annotations

from cedre_xlsx.page.model import View
from cedre_xlsx.page.views import copies, home, refreshing, repairing, upgrading, year

VIEWS: tuple[View, ...] = (
    home.VIEW,
    refreshing.VIEW,
    repairing.VIEW,
    upgrading.VIEW,
    year.VIEW,
    copies.VIEW,
)
BY_NAME = {view.name: view for view in VIEWS}
