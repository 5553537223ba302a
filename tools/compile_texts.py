"""Compile the Dutch texts: ``python -m tools.compile_texts`` after editing a ``.po`` file."""

from __future__ import annotations

from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po


def merged(folder: Path) -> Catalog:
    """Read every ``.po`` file of a language into one catalogue.

    Raises
    ------
    ValueError
        If two files translate one text differently.
    """
    catalogue = Catalog(locale=folder.name, domain="codering")
    for path in sorted(folder.glob("*.po")):
        with path.open("rb") as file:
            for message in read_po(file, locale=folder.name):
                if not message.id or not message.string or message.fuzzy:
                    continue
                earlier = catalogue.get(message.id)
                if earlier and earlier.string and earlier.string != message.string:
                    raise ValueError(f"{path.name}: {message.id!r} is translated differently in another file")
                catalogue[message.id] = message
    return catalogue


def compile_texts(locale: Path) -> None:
    """Write ``LC_MESSAGES/codering.mo`` for each language below `locale`."""
    for folder in sorted(path for path in locale.iterdir() if path.is_dir()):
        target = folder / "LC_MESSAGES" / "codering.mo"
        target.parent.mkdir(exist_ok=True)
        with target.open("wb") as file:
            write_mo(file, merged(folder))


if __name__ == "__main__":
    compile_texts(Path(__file__).parent.parent / "codering" / "locale")
