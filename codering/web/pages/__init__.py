"""The pages of the app, in the order of the menu: add a page with one line."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import Final

from codering.web.here import Here


@dataclass(frozen=True, slots=True)
class AppPage:
    """A page in the menu.

    Attributes
    ----------
    name
        Of the module here, and in the page's address.
    title
        In the menu: an English template.
    needs_project, needs_coder
        Whether it is shown only when a project is open, when the coder's name is known.
    watches
        Whether it notices itself what others wrote meanwhile.
    begins
        Whether its module has ``begin()``, which sends what the browser should have before everything else.
    """

    name: str
    title: str
    needs_project: bool = True
    needs_coder: bool = False
    watches: bool = False
    begins: bool = False

    @property
    def show(self) -> Callable[[Here], None]:
        """The function that shows it, imported only now."""
        function: Callable[[Here], None] = import_module(f"{__name__}.{self.name}").show
        return function

    def begin(self) -> None:
        """Send what the browser should have first, if there is such a thing."""
        if self.begins:
            import_module(f"{__name__}.{self.name}").begin()


PAGES: Final = (
    AppPage("project", "Project", needs_project=False),
    AppPage("review", "Code transcripts", needs_coder=True, watches=True, begins=True),
    AppPage("codebook", "Codebook"),
    AppPage("agreement", "Agreement"),
    AppPage("frequencies", "Frequencies"),
    AppPage("waves", "Waves"),
    AppPage("explore", "Explore"),
    AppPage("exports", "Exports"),
    AppPage("practice", "Practice"),
    AppPage("help", "Help", needs_project=False),
)
FIRST: Final = PAGES[0]
