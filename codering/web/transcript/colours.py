"""Colours of codes that can be told from the page, whether it is light or dark.

A codebook's colour may be too pale for white paper or too dark for a black page. It keeps its hue and is darkened or
lightened until its contrast with the page is at least 3:1, what WCAG 2.2 (success criterion 1.4.11) asks of graphics.
"""

from __future__ import annotations

import colorsys
from typing import Final

from codering.exporters import palette

LIGHT: Final = palette.LIGHT.page
DARK: Final = palette.DARK.page
"""The backgrounds of the app."""
ENOUGH: Final = 3.0
_STEPS: Final = 100


def on_page(colour: str, page: str, enough: float = ENOUGH) -> str:
    """Give the colour nearest to this one, in lightness, that can be seen on a page.

    Parameters
    ----------
    colour, page
        ``#rrggbb``.
    enough
        The lowest contrast, from 1 to 21.
    """
    if contrast(colour, page) >= enough:
        return colour
    hue, light, saturation = colorsys.rgb_to_hls(*_channels(colour))
    towards = 0.0 if _luminance(page) > 0.18 else 1.0
    for step in range(1, _STEPS + 1):
        mixed = light + (towards - light) * step / _STEPS
        found = _written(colorsys.hls_to_rgb(hue, mixed, saturation))
        if contrast(found, page) >= enough:
            return found
    return "#000000" if towards == 0.0 else "#ffffff"


def contrast(left: str, right: str) -> float:
    """Contrast of two colours, from 1 (the same) to 21 (black on white).

    References
    ----------
    W3C, Web Content Accessibility Guidelines 2.2, definition of "contrast ratio".
    """
    lighter, darker = sorted((_luminance(left), _luminance(right)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    red, green, blue = (
        channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4 for channel in _channels(colour)
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _channels(colour: str) -> tuple[float, float, float]:
    red, green, blue = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    return red, green, blue


def _written(channels: tuple[float, float, float]) -> str:
    return "#" + "".join(f"{round(channel * 255):02x}" for channel in channels)
