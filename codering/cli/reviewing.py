"""Commands that open the app: review.

Annotations are evaluated here (no ``from __future__ import annotations``): the help of an option is a text in one
language, known only when the command line is built.
"""

from typing import Annotated, Final

import typer

from codering.cli.common import Command, Maker
from codering.exit_codes import DONE
from codering.texts import Texts


def _review(t: Texts) -> Command:
    def review(
        project: Annotated[str, typer.Argument(help=t("The project file; without it you choose in the app."))] = "",
        port: Annotated[
            int | None, typer.Option(help=t("Port; without it: 8501 or the next free one."), min=1, max=65535)
        ] = None,
        browser: Annotated[bool, typer.Option(help=t("Open the browser, or leave it closed."))] = True,
    ) -> int:
        from codering.project import Project
        from codering.web.serving import serve

        if project:  # what is wrong with it is said here, before a browser opens
            Project.open(project).close()
        serve(project, language=t.language, port=port, headless=not browser)
        return DONE

    return "review", review, t("Open the app in the browser, on this computer only.")


COMMANDS: Final[tuple[Maker, ...]] = (_review,)
