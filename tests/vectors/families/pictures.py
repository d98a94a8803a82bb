"""Badges baked into PNG and SVG pictures (verification 0.5)."""

from __future__ import annotations

import json
from html import escape
from typing import Any

from families.jose import b64, independent
from families.jwt import JOSE
from families.kit import JCS, NOW, RDFC, Family, Json, badge, by_hand, edited, plain, signed, text
from families.packing import END, HEADER, PIXELS, PNG, chunk, deflate, itxt, png, spaces, zlib_frame

PAYLOAD = {"readable": {"payload": "vc2-json"}}
LINK = "https://fernwald.example/assertions/7.json"
SVG = "http://www.w3.org/2000/svg"
OB3, OB2 = "https://purl.imsglobal.org/ob/v3p0", "http://openbadges.org"


def family() -> Family:
    rows = Family("pictures")
    good = text(signed(plain(name="Café Imkerei")))
    tampered = text(edited(signed(plain()), lambda document: document.update(name="Beekeeping for masters")))
    _png_honest(rows, good)
    _png_payloads(rows, good, tampered)
    _png_damaged(rows, good)
    _png_compressed(rows, good)
    _svg_honest(rows, good)
    _svg_payloads(rows, good, tampered)
    _svg_xml(rows, good)
    _tokens(rows)
    for ending in ("png", "svg"):
        rows.add(
            f"{ending}-too-large",
            "cannot-check",
            f"{ending}-json",
            f"A picture ({ending}) beyond the limit of a file, with a good credential in it.",
            format="unknown",
            readable="TOO_LARGE",
            generate={"padTo": 4 * 1024 * 1024 + 1},
        )
    return rows


def _tokens(rows: Family) -> None:
    token = independent(JOSE, plain())
    head, _, signature = token.split(".")
    forged = f"{head}.{b64(plain(name='Beekeeping for masters'))}.{signature}"
    more: Json = {"detail": {"readable": {"payload": "vc-jwt"}}, "flags": ("EdDSA",)}
    for ending, bake, as_usual in (
        ("png", lambda payload: png(itxt(payload.encode())), "as Open Badges 3.0 bakes it"),
        ("svg", lambda payload: _drawing(f'<openbadges:credential verify="{payload}"/>'), "in the attribute `verify`"),
    ):
        kind: Json = more | {"format": ending, "ending": ending}
        rows.honest(f"{ending}-jwt", bake(token), f"A JWT in a picture ({ending}), {as_usual}.", **kind)
        rows.add(
            f"{ending}-jwt-tampered",
            "failed",
            bake(forged),
            f"A JWT in a picture ({ending}) whose payload was changed.",
            signature="SIGNATURE_INVALID",
            **kind,
        )


def _png(rows: Family, id: str, content: bytes, reason: str, code: str, **more: Any) -> None:
    verdict = "failed" if code in ("MALFORMED_FILE", "DUPLICATE_KEY") else "cannot-check"
    rows.add(f"png-{id}", verdict, content, reason, format="png", ending="png", readable=code, **more)


def _svg(rows: Family, id: str, content: bytes, reason: str, code: str, **more: Any) -> None:
    verdict = "failed" if code in ("MALFORMED_FILE", "NOT_UTF8") else "cannot-check"
    rows.add(f"svg-{id}", verdict, content, reason, format="svg", ending="svg", readable=code, **more)


def _png_honest(rows: Family, good: bytes) -> None:
    def honest(id: str, content: bytes, reason: str, **more: Any) -> None:
        usual: Json = {"format": "png", "ending": "png", "detail": PAYLOAD, "flags": (JCS,)}
        rows.honest(f"png-{id}", content, reason, **usual | more)

    honest("json", png(itxt(good)), "A credential in iTXt, UTF-8, as Open Badges 3.0 bakes it.")
    honest(
        "rdfc",
        png(itxt(text(signed(badge(), RDFC)))),
        "An Open Badge whose signature canonicalises RDF, in a picture.",
        flags=(RDFC,),
    )
    honest(
        "after-end",
        png(itxt(good)) + b"<script>",
        "Bytes behind the end are no part of the picture; they are counted and not read.",
        detail={"readable": {"payload": "vc2-json", "afterEnd": 8}},
    )
    second = itxt(text(by_hand(plain(name="Beekeeping for masters"))))
    honest(
        "second-behind-end",
        png(itxt(good)) + second,
        "A second credential behind the end is none of the picture's.",
        detail={"readable": {"payload": "vc2-json", "afterEnd": len(second)}},
    )
    honest(
        "language",
        png(itxt(good, named=b"de\0Abzeichen\0")),
        "iTXt may name its language and say its keyword in it.",
    )
    honest("latin-1-chunk", png(chunk(b"tEXt", b"openbadgecredential\0" + good)), "A baker that wrote tEXt.")
    honest("older-keyword", png(itxt(good, b"openbadges")), "The keyword of Open Badges 2.0 with a 3.0 credential.")
    honest(
        "other-texts",
        png(chunk(b"tEXt", b"Software\0baker"), itxt(good), itxt(b"openbadges", b"Comment")),
        "Texts under other keywords are not asked.",
    )
    honest("white-space", png(itxt(b" \r\n" + good + b"\n\n")), "White space around the payload is trimmed.")


def _png_payloads(rows: Family, good: bytes, tampered: bytes) -> None:
    more: Json = {"format": "png", "ending": "png", "detail": PAYLOAD, "flags": (JCS,)}
    rows.add(
        "png-tampered",
        "failed",
        png(itxt(tampered)),
        "The credential in the picture was changed after it was signed.",
        signature="SIGNATURE_INVALID",
        **more,
    )
    rows.add(
        "png-wrong-key",
        "failed",
        png(itxt(text(by_hand(plain(), key="other")))),
        "The credential in the picture was signed by somebody else's key.",
        signature="SIGNATURE_INVALID",
        **more,
    )
    rows.add(
        "png-expired",
        "expired",
        png(itxt(text(signed(plain(validUntil="2026-05-01T00:00:00Z"))))),
        "The dates of the credential in the picture count.",
        dates="EXPIRED",
        now=NOW,
        **more,
    )
    _png(rows, "none", png(), "A picture without a badge is only a picture.", "NO_BADGE", honest=True)
    _png(rows, "keyword-in-capitals", png(itxt(good, b"OpenBadgeCredential")), "Keywords are exact.", "NO_BADGE")
    forged = itxt(text(plain(name="Beekeeping for masters")))
    _png(
        rows,
        "two",
        png(itxt(good), forged),
        "A signed credential, and another that a second reader might take.",
        "AMBIGUOUS",
    )
    _png(rows, "two-reversed", png(forged, itxt(good)), "The unsigned one of two comes first.", "AMBIGUOUS")
    _png(rows, "two-alike", png(itxt(good), itxt(good)), "The same credential twice is one too many.", "AMBIGUOUS")
    _png(
        rows,
        "two-keywords",
        png(itxt(good), chunk(b"tEXt", b"openbadges\0" + LINK.encode())),
        "A badge of each kind in one picture.",
        "AMBIGUOUS",
    )
    _png(
        rows,
        "link",
        png(chunk(b"tEXt", b"openbadges\0" + LINK.encode())),
        "An early Open Badge: the picture holds no more than an address.",
        "LINK_ONLY",
        detail={"readable": {"url": LINK}},
        honest=True,
    )
    _png(
        rows,
        "script-link",
        png(itxt(b"javascript:alert(1)")),
        "A script is no link.",
        "NOT_A_CREDENTIAL",
    )
    _png(rows, "in-png", png(itxt(png(itxt(good)))), "A picture in a picture's text is not opened.", "NOT_A_CREDENTIAL")
    _png(rows, "empty", png(itxt(b"")), "A payload of nothing.", "NOT_A_CREDENTIAL")
    twice = good.replace(b'"name"', b'"name": "Forgery", "name"', 1)
    _png(
        rows,
        "member-twice",
        png(itxt(twice)),
        "The payload is read by the same strict reader as a file.",
        "DUPLICATE_KEY",
        detail=PAYLOAD,
    )


def _png_damaged(rows: Family, good: bytes) -> None:
    whole = png(itxt(good))
    _png(rows, "cut-in-text", whole[: len(whole) // 2], "A picture that is cut off in its badge.", "MALFORMED_FILE")
    _png(rows, "no-end", PNG + HEADER + itxt(good) + PIXELS, "A picture without its end.", "MALFORMED_FILE")
    _png(
        rows,
        "crc",
        png(chunk(b"iTXt", b"openbadgecredential\0\0\0\0\0" + good, crc=0)),
        "A text with a wrong CRC.",
        "MALFORMED_FILE",
    )
    _png(rows, "text-first", PNG + itxt(good) + HEADER + PIXELS + END, "A text before the header.", "MALFORMED_FILE")
    _png(rows, "two-headers", png(HEADER, itxt(good)), "A second header is another picture.", "MALFORMED_FILE")
    _png(
        rows,
        "length-beyond",
        PNG + HEADER + b"\xff\xff\xff\xff" + itxt(good)[4:] + PIXELS + END,
        "A chunk that claims to be four gigabytes long.",
        "MALFORMED_FILE",
    )
    _png(rows, "odd-type", png(chunk(b"i1Xt", b""), itxt(good)), "A chunk's type is four letters.", "MALFORMED_FILE")
    _png(rows, "short-itxt", png(itxt(b"", named=b"\0")), "iTXt without its third NUL.", "MALFORMED_FILE")
    _png(
        rows,
        "odd-flag",
        png(itxt(good, flags=b"\2\0")),
        "A flag that is neither 0 nor 1.",
        "MALFORMED_FILE",
    )
    _png(
        rows,
        "odd-method",
        png(itxt(good, flags=b"\0\1")),
        "A method that PNG does not know.",
        "MALFORMED_FILE",
    )


def _png_compressed(rows: Family, good: bytes) -> None:
    packed = zlib_frame(deflate(good), good)
    more: Json = {"format": "png", "ending": "png", "detail": PAYLOAD, "flags": (JCS,)}
    rows.honest("png-compressed", png(itxt(packed, flags=b"\1\0")), "A compressed text in iTXt.", **more)
    rows.honest("png-ztxt", png(chunk(b"zTXt", b"openbadges\0\0" + packed)), "A compressed text in zTXt.", **more)

    def bad(id: str, stream: bytes, reason: str, code: str = "MALFORMED_FILE") -> None:
        _png(rows, f"compressed-{id}", png(itxt(stream, flags=b"\1\0")), reason, code)

    bad("cut", packed[:-9], "A compressed text that stops in the middle.")
    bad("sum", packed[:-4] + bytes(4), "A compressed text whose check sum is another's.")
    bad("more", packed + b"{}", "Bytes behind the end of a compressed text.")
    bad("not", good, "A text that claims to be compressed.")
    frame = b"\x78\xbb" + packed[2:]
    bad("dictionary", frame, "A compressed text that needs a dictionary which it does not bring.")
    edge = 4 * 1024 * 1024 // 258
    bad(
        "over",
        zlib_frame(spaces(edge + 1), b" " * (1 + 258 * (edge + 1))),
        "One that unpacks to more than a file may be.",
        "TOO_LARGE",
    )


def _drawing(inside: str, before: str = "", attributes: str = f'xmlns:openbadges="{OB3}"') -> bytes:
    return f'{before}<svg xmlns="{SVG}" {attributes}>{inside}<title>Bees &amp; more</title></svg>\n'.encode()


def _element(payload: bytes, name: str = "openbadges:credential", attributes: str = "") -> str:
    return f"<{name}{attributes}><![CDATA[{payload.decode()}]]></{name}>"


def _svg_honest(rows: Family, good: bytes) -> None:
    def honest(id: str, content: bytes, reason: str, **more: Any) -> None:
        usual: Json = {"format": "svg", "ending": "svg", "detail": PAYLOAD, "flags": (JCS,)}
        rows.honest(f"svg-{id}", content, reason, **usual | more)

    honest("json", _drawing(_element(good)), "A credential in CDATA, as Open Badges 3.0 bakes it.")
    honest(
        "rdfc",
        _drawing(_element(text(signed(badge(), RDFC)))),
        "An Open Badge whose signature canonicalises RDF, in an SVG.",
        flags=(RDFC,),
    )
    spelt = escape(good.decode())
    honest(
        "escaped",
        _drawing(f"<openbadges:credential>{spelt}</openbadges:credential>"),
        "The text may be escaped instead, with XML's own five entities.",
    )
    honest(
        "attribute",
        _drawing(f"<openbadges:credential verify='{escape(json.dumps(json.loads(good), ensure_ascii=False))}'/>"),
        "The payload may stand in the attribute `verify`.",
    )
    honest(
        "other-prefix",
        _drawing(_element(good, "ob:credential"), attributes=f'xmlns:ob="{OB3}"'),
        "A prefix is a name for a namespace, whichever it is.",
    )
    honest(
        "older-element",
        _drawing(_element(good, "openbadges:assertion"), attributes=f'xmlns:openbadges="{OB2}"'),
        "The element of Open Badges 2.0 with a 3.0 credential.",
    )
    doctype = '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">\r\n'
    honest(
        "doctype",
        _drawing(_element(good), '<?xml version="1.0" encoding="utf-8" standalone="no"?>\r\n' + doctype),
        "A document type that only names SVG's, as drawing programs write it.",
    )
    honest(
        "script",
        _drawing("<script>alert('&lt;')</script>" + _element(good)),
        "A script in the picture is not run, and is no part of the credential.",
    )
    honest(
        "comment-within",
        _drawing(_element(good).replace("<![CDATA[", "<!-- baked --><![CDATA[")),
        "A comment beside the payload says nothing.",
    )


def _svg_payloads(rows: Family, good: bytes, tampered: bytes) -> None:
    more: Json = {"format": "svg", "ending": "svg", "detail": PAYLOAD, "flags": (JCS,)}
    rows.add(
        "svg-tampered",
        "failed",
        _drawing(_element(tampered)),
        "The credential in the SVG was changed after it was signed.",
        signature="SIGNATURE_INVALID",
        **more,
    )
    rows.add(
        "svg-wrong-key",
        "failed",
        _drawing(_element(text(by_hand(plain(), key="other")))),
        "The credential in the SVG was signed by somebody else's key.",
        signature="SIGNATURE_INVALID",
        **more,
    )
    rows.add(
        "svg-expired",
        "expired",
        _drawing(_element(text(signed(plain(validUntil="2026-05-01T00:00:00Z"))))),
        "The dates of the credential in the SVG count.",
        dates="EXPIRED",
        **more,
    )
    forged = text(plain(name="Beekeeping for masters"))
    _svg(rows, "two", _drawing(_element(good) + _element(forged)), "Two elements for a badge.", "AMBIGUOUS")
    _svg(
        rows,
        "two-prefixes",
        _drawing(_element(good) + _element(forged, "ob:credential"), attributes=f'xmlns:ob="{OB3}"'),
        "The second element has another prefix for the same namespace.",
        "AMBIGUOUS",
    )
    quoted = escape(forged.decode())
    _svg(
        rows,
        "attribute-and-text",
        _drawing(_element(good, attributes=f' verify="{quoted}"')),
        "One payload in the attribute and another in the element.",
        "AMBIGUOUS",
    )
    _svg(
        rows,
        "link",
        _drawing(f'<openbadges:assertion verify="{LINK}"><![CDATA[]]></openbadges:assertion>'),
        "An early Open Badge: the element holds no more than an address.",
        "LINK_ONLY",
        detail={"readable": {"url": LINK}},
        honest=True,
    )
    _svg(
        rows,
        "other-namespace",
        _drawing(_element(good, "ob:credential"), attributes='xmlns:ob="https://fernwald.example/ob"'),
        "An element of somebody else's namespace is no badge.",
        "NO_BADGE",
    )
    _svg(rows, "in-comment", _drawing(f"<!--{_element(good)}-->"), "A badge that is commented out is none.", "NO_BADGE")
    _svg(rows, "empty", _drawing("<openbadges:credential/>"), "An element for a badge without one.", "NOT_A_CREDENTIAL")


def _svg_xml(rows: Family, good: bytes) -> None:
    inside = _element(good)
    levels = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    _svg(
        rows,
        "entity-bomb",
        _drawing("<title>&l9;</title>" + inside, f'<!DOCTYPE svg [<!ENTITY l0 "lol">{levels}]>'),
        "Entities that stand for a billion words.",
        "NOT_PLAIN",
    )
    _svg(
        rows,
        "entity",
        _drawing(
            "<openbadges:credential>&badge;</openbadges:credential>",
            f"<!DOCTYPE svg [<!ENTITY badge '{escape(good.decode())}'>]>",
        ),
        "A credential that stands in an entity.",
        "NOT_PLAIN",
    )
    _svg(
        rows,
        "external-entity",
        _drawing("<title>&file;</title>" + inside, '<!DOCTYPE svg [<!ENTITY file SYSTEM "file:///etc/hostname">]>'),
        "An entity that would bring in a file.",
        "NOT_PLAIN",
    )
    _svg(
        rows,
        "two-doctypes",
        _drawing(inside, "<!DOCTYPE svg>\n<!DOCTYPE svg>"),
        "One document type is enough.",
        "NOT_PLAIN",
    )
    latin = _drawing(inside, '<?xml version="1.0" encoding="ISO-8859-1"?>').decode().encode("latin-1")
    _svg(rows, "latin-1", latin.replace(b"\xe9", b"e"), "An SVG that says it is not UTF-8.", "NOT_PLAIN")
    _svg(rows, "not-utf8", _drawing(inside).decode().encode("latin-1"), "Text in Latin-1 in an SVG.", "NOT_UTF8")
    _svg(rows, "undefined-entity", _drawing("<title>&nbsp;</title>" + inside), "An undefined entity.", "MALFORMED_FILE")
    whole = _drawing(inside)
    _svg(rows, "cut", whole[:-9], "An SVG that is cut off.", "MALFORMED_FILE")
    _svg(rows, "two-roots", whole + b"<svg/>", "A second root element.", "MALFORMED_FILE")
    _svg(
        rows,
        "attribute-twice",
        _drawing(inside.replace("<openbadges:credential>", "<openbadges:credential verify='' verify=''>")),
        "An attribute that is given twice.",
        "MALFORMED_FILE",
    )
    _svg(
        rows,
        "element-within",
        _drawing(f"<openbadges:credential><g>{escape(good.decode())}</g></openbadges:credential>"),
        "An element within the payload, which some readers pass over.",
        "MALFORMED_FILE",
    )
    _svg(
        rows,
        "odd-name",
        _drawing("<grün/>" + inside),
        "A name on which editions of XML differ.",
        "MALFORMED_FILE",
    )
