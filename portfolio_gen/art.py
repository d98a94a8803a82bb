"""The picture of a credential that brings none: a seal drawn from its file's SHA-256.

`browser/src/art.ts` draws the same. The page script draws it again from its own hash, so that no
picture that the site's owner drew can pass for one.
"""

from __future__ import annotations

Shape = tuple[str, dict[str, str]]

_RAYS = (24, 36, 45, 60, 72, 90, 120)


def seal(sha256: str) -> list[Shape]:
    """Return SVG elements (name and attributes) for a 100 × 100 view box, from 64 hexadecimal digits."""
    seed = bytes.fromhex(sha256)
    hue = seed[0] * 360 // 256
    other = (hue + 30 + seed[1] * 60 // 256) % 360
    shapes: list[Shape] = [("rect", {"width": "100", "height": "100", "fill": f"hsl({hue} 42% 30%)"})]
    for index, radius in enumerate((62, 43, 27)):
        rays = _RAYS[seed[2 + index] % len(_RAYS)]
        shapes.append(
            (
                "circle",
                {
                    "cx": "50",
                    "cy": "50",
                    "r": str(radius),
                    "fill": "none",
                    "stroke": f"hsl({other if index % 2 else hue} 58% {44 + 13 * index}%)",
                    "stroke-width": str(10 + seed[5 + index] % 9),
                    "pathLength": str(2 * rays),
                    "stroke-dasharray": "1 1",
                },
            )
        )
    core = {"cx": "50", "cy": "50", "r": "14", "fill": f"hsl({other} 52% 84%)"}
    rim = {"cx": "50", "cy": "50", "r": "10", "fill": "none", "stroke": f"hsl({hue} 42% 30%)", "stroke-width": "1"}
    return [*shapes, ("circle", core), ("circle", rim)]
