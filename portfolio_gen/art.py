"""The picture of a credential that brings none: a seal, one and the same for all credentials of an achievement.

`browser/src/art.ts` draws the same. The page script draws it again from the file that it checked, so that no
picture that the site's owner drew can pass for one.
"""

from __future__ import annotations

from portfolio_gen.report import Report

Shape = tuple[str, dict[str, str]]

_RAYS = (24, 36, 45, 60, 72, 90, 120)


_NAMED_BY = ("achievementId", "name", "credentialName", "degreeName")
"""Fields that tell achievements of one issuer apart, the best first."""


def emblem(report: Report) -> str:
    """Return the sixteen hexadecimal digits of a seal: of the issuer's identifier and the achievement's.

    Where the achievement has none, of its name; where it has none either, of the file. Credentials of one achievement
    share them. FNV-1a (64 bits), its halves mixed: this is a picture, and no proof of anything.
    """
    named = (fact for field in _NAMED_BY for fact in report.credential if fact.field == field)
    first = next(named, None)
    text = f"{report.issuer.id if report.issuer else ''}\n{first.value}" if first else report.sha256
    digits = 0xCBF29CE484222325
    for byte in text.encode():
        digits = ((digits ^ byte) * 0x100000001B3) % 2**64
    return f"{(digits ^ digits >> 32) * 0x100000001B3 % 2**64:016x}"


def seal(digits: str) -> list[Shape]:
    """Return SVG elements (name and attributes) for a 100 × 100 view box, from sixteen hexadecimal digits or more."""
    seed = bytes.fromhex(digits)
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
